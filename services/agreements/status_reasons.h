#ifndef CHANCERY_SERVICES_AGREEMENTS_STATUS_REASONS_H_
#define CHANCERY_SERVICES_AGREEMENTS_STATUS_REASONS_H_

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "chancery/agreements/v1/agreement_status.pb.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "services/agreements/act_dates.h"

// The reasons of a derived status, and what follows from them.

namespace chancery::agreements {

using StatusReasons = google::protobuf::RepeatedPtrField<v1::StatusReason>;

// A reason about these elements; `alternatives` if each of several suffices.
v1::StatusReason MakeReason(std::string rule, std::string text, std::vector<std::string> elements,
                            std::string would_change, bool alternatives = true);

// The paths of acts.
std::vector<std::string> PathsOf(const std::vector<const DatedAct*>& acts);

// That acts may have been done by the day or after it.
v1::StatusReason DateOpen(const std::vector<const DatedAct*>& acts, absl::CivilDay day);

// The elements of the reasons, each once, in their order.
google::protobuf::RepeatedPtrField<std::string> DecidedBy(const StatusReasons& reasons);

}  // namespace chancery::agreements

#endif  // CHANCERY_SERVICES_AGREEMENTS_STATUS_REASONS_H_
