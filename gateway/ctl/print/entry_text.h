#ifndef CHANCERY_GATEWAY_CTL_PRINT_ENTRY_TEXT_H_
#define CHANCERY_GATEWAY_CTL_PRINT_ENTRY_TEXT_H_

#include "chancery/gateway/v1/gateway_service.pb.h"
#include "gateway/ctl/print/page.h"

// Entries of the gateway's answers, for people to read. A view is said by whom, a count with its
// comparator, and who is not known is said to be unknown.

namespace chancery::ctl {

// A matter with what is said of its state, and the positions on it, each with who holds it.
void AddEntry(const gateway::v1::MatterEntry& entry, Page& page);

// A post and its holder, in a line.
void AddEntry(const gateway::v1::OfficeHolder& holder, Page& page);

// Two who met, how often, first and last, in a line.
void AddEntry(const gateway::v1::Contact& contact, Page& page);

// A number with what it counts.
void AddEntry(const gateway::v1::StatisticEntry& entry, Page& page);

// An event in which two took part, and as what.
void AddEntry(const gateway::v1::Encounter& encounter, Page& page);

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_PRINT_ENTRY_TEXT_H_
