#ifndef CHANCERY_GATEWAY_CTL_PRINT_SECTION_TEXT_H_
#define CHANCERY_GATEWAY_CTL_PRINT_SECTION_TEXT_H_

#include <string>
#include <vector>

#include "chancery/gateway/v1/gateway_service.pb.h"
#include "gateway/ctl/print/citation_numbers.h"
#include "gateway/ctl/print/page.h"
#include "gateway/ctl/print/table.h"

// The gateway's answers for people to read. Every statement keeps the words of the record: dates
// claim no more than they do, what is not known is said to be unknown, what is missing is named,
// what is contested is said to be. What is cited gets its number; SourcesText says what they stand
// for.

namespace chancery::ctl {

// What was asked about, as resource names.
using Asked = std::vector<std::string>;

// Both states, the moment, the sections, and what could not be reached.
std::string DossierText(const gateway::v1::Dossier& dossier, Setting setting,
                        CitationNumbers& numbers);

// The entries of a timeline, by time, with the moment and what could not be reached.
std::string TimelineText(const gateway::v1::ListTimelineResponse& timeline, const Asked& asked,
                         Setting setting, CitationNumbers& numbers);

// The encounters of a page, by time, with the moment and what could not be reached.
std::string EncountersText(const gateway::v1::ListEncountersResponse& encounters,
                           const Asked& asked, Setting setting, CitationNumbers& numbers);

// A row per post and holder; an unknown holder has a row that says so.
Table HolderTable(const gateway::v1::ListOfficeHoldersResponse& holders);

// "not reached: events (timeline), CLOCK_SKEW" per service; empty if all were reached.
std::string UnreachableText(
    const google::protobuf::RepeatedPtrField<gateway::v1::Unreachable>& unreachable);

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_PRINT_SECTION_TEXT_H_
