#include "services/agreements/status_reasons.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace chancery::agreements {

v1::StatusReason MakeReason(std::string rule, std::string text, std::vector<std::string> elements,
                            std::string would_change, bool alternatives) {
  v1::StatusReason reason;
  reason.set_rule(std::move(rule));
  reason.set_text(std::move(text));
  reason.set_alternatives(alternatives && elements.size() > 1);
  for (std::string& element : elements) reason.add_elements(std::move(element));
  reason.set_would_change(std::move(would_change));
  return reason;
}

std::vector<std::string> PathsOf(const std::vector<const DatedAct*>& acts) {
  std::vector<std::string> paths;
  paths.reserve(acts.size());
  for (const DatedAct* act : acts) paths.push_back(PathOf(*act->act));
  return paths;
}

v1::StatusReason DateOpen(const std::vector<const DatedAct*>& acts, absl::CivilDay day) {
  const std::string on = absl::FormatCivilTime(day);
  return MakeReason("date-open", absl::StrCat("may have been done by ", on, " or after it"),
                    PathsOf(acts), absl::StrCat("a date that lies on one side of ", on),
                    /*alternatives=*/false);
}

google::protobuf::RepeatedPtrField<std::string> DecidedBy(const StatusReasons& reasons) {
  google::protobuf::RepeatedPtrField<std::string> decided;
  for (const v1::StatusReason& reason : reasons) {
    for (const std::string& element : reason.elements()) {
      const bool known = std::find(decided.begin(), decided.end(), element) != decided.end();
      if (!known) *decided.Add() = element;
    }
  }
  return decided;
}

}  // namespace chancery::agreements
