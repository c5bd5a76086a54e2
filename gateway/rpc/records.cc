#include "gateway/rpc/records.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "proto/errors/error.h"
#include "proto/errors/nearest.h"

namespace chancery::gateway::rpc {

absl::StatusOr<const Collection*> CollectionNamed(const Collections& collections,
                                                  absl::string_view name) {
  const Collection* collection = collections.Of(name);
  const size_t slash = name.find('/');
  if (collection != nullptr && slash != absl::string_view::npos) return collection;
  std::vector<std::string> nearest =
      errors::NearestNames(name.substr(0, slash), collections.Names());
  for (std::string& one : nearest) {
    if (slash != absl::string_view::npos) absl::StrAppend(&one, name.substr(slash));
  }
  return errors::Error(types::v1::RESOURCE_NAME_INVALID,
                       absl::StrCat("name: ", name, " names no kind", errors::DidYouMean(nearest)),
                       {{"field", "name"},
                        {"value", std::string(name)},
                        {"pattern", "{collection}/{id}"},
                        {"nearest", absl::StrJoin(nearest, ",")}});
}

std::unique_ptr<google::protobuf::Message> NewRecord(const Collection& collection) {
  const auto* type = collection.batch_get->output_type()->FindFieldByNumber(1)->message_type();
  return std::unique_ptr<google::protobuf::Message>(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New());
}

upstream::CallOptions OptionsFor(const Environment& environment, const serving::Call& call) {
  const Budget budget(call.deadline(), absl::Now(), environment.limits);
  return {budget.end(), call.principal(), &call.context()};
}

}  // namespace chancery::gateway::rpc
