#ifndef CHANCERY_GATEWAY_CTL_PRINT_STATUS_TEXT_H_
#define CHANCERY_GATEWAY_CTL_PRINT_STATUS_TEXT_H_

#include <map>
#include <string>
#include <vector>

#include "chancery/agreements/v1/agreement_status.pb.h"
#include "gateway/ctl/print/page.h"

// The derived status of an agreement, for people to read.

namespace chancery::ctl {

// What supports an element, in lines: where it is written, and the words where they are at hand.
using Support = std::map<std::string, std::vector<std::string>>;  // by "acts.signature"

// "SIGNED_NOT_IN_FORCE", or "UNDETERMINED: NOT_CONCLUDED, IN_FORCE".
std::string StatusWords(const agreements::v1::AgreementStatus& status);

// The same with the elements that decided it: "IN_FORCE by acts.force".
std::string DecidedText(const agreements::v1::AgreementStatus& status);

// Status, reasons, acts with dates and citations, parties, and what sources say.
std::string StatusText(const agreements::v1::AgreementStatus& status, const Support& support,
                       Setting setting);

// The same as a tree: the status, below it the rules that gave it, below them the acts that they
// were applied to, below those what supports them; and what would change each.
std::string StatusTree(const agreements::v1::AgreementStatus& status, const Support& support,
                       Setting setting);

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_PRINT_STATUS_TEXT_H_
