#ifndef CHANCERY_GATEWAY_CTL_PRINT_ENTRY_TEXT_H_
#define CHANCERY_GATEWAY_CTL_PRINT_ENTRY_TEXT_H_

#include "chancery/gateway/v1/gateway_service.pb.h"
#include "gateway/ctl/print/citation_numbers.h"
#include "gateway/ctl/print/page.h"

// Entries of the gateway's answers, for people to read. A view is said by whom, a count with its
// comparator, and who is not known is said to be unknown. What is cited has its numbers, and what
// is contested says so.

namespace chancery::ctl {

// A matter with what is said of its state, and the positions on it, each with who holds it.
void AddEntry(const gateway::v1::MatterEntry& entry, CitationNumbers& numbers, Page& page);

// A post and its holder, in a line.
void AddEntry(const gateway::v1::OfficeHolder& holder, CitationNumbers& numbers, Page& page);

// Two who met, how often, first and last, in a line.
void AddEntry(const gateway::v1::Contact& contact, CitationNumbers& numbers, Page& page);

// A number with what it counts.
void AddEntry(const gateway::v1::StatisticEntry& entry, CitationNumbers& numbers, Page& page);

// An event in which two took part, and as what.
void AddEntry(const gateway::v1::Encounter& encounter, CitationNumbers& numbers, Page& page);

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_PRINT_ENTRY_TEXT_H_
