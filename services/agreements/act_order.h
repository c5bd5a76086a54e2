#ifndef CHANCERY_SERVICES_AGREEMENTS_ACT_ORDER_H_
#define CHANCERY_SERVICES_AGREEMENTS_ACT_ORDER_H_

#include <vector>

#include "absl/status/status.h"
#include "chancery/agreements/v1/agreement.pb.h"
#include "google/protobuf/message.h"
#include "services/agreements/act_dates.h"
#include "storage/sequencer.h"

namespace chancery::agreements {

// An order in which acts can not have been done: something of `later` certainly before everything
// of `earlier` that is recorded, of the same party where it is about one. What is not recorded may
// have been in time.
struct OrderRule {
  const char* name;
  ActionSet later;
  ActionSet earlier;
  bool by_party;
};
const std::vector<OrderRule>& OrderRules();

// FIELD_INVALID with the name of the rule that the acts break, and `other`, the first of the acts
// that come too late. An act with an order_override_reason breaks none. Also FIELD_INVALID, rule
// "act-of-a-party", if an act is of a party that the agreement does not have.
absl::Status CheckActs(const v1::Agreement& agreement);

// The WriteCheck of agreements: acts, then citations.
absl::Status CheckAgreement(storage::Transaction& transaction,
                            const google::protobuf::Message* before,
                            const google::protobuf::Message* after);

}  // namespace chancery::agreements

#endif  // CHANCERY_SERVICES_AGREEMENTS_ACT_ORDER_H_
