#include "gateway/ctl/call/nearby_names.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "gateway/ctl/call/catalog.h"
#include "gateway/ctl/call/request_fields.h"
#include "google/protobuf/util/time_util.h"
#include "proto/errors/error.h"
#include "proto/errors/nearest.h"

namespace chancery::ctl {
namespace {

constexpr int kPageSize = 500;
constexpr int kPages = 4;

// The name that the error says is not there; empty if it is about something else.
std::string MissingName(const absl::Status& error) {
  const google::rpc::ErrorInfo info = errors::InfoOf(error);
  const char* key = nullptr;
  if (errors::HasReason(error, types::v1::RESOURCE_NOT_FOUND)) key = "name";
  if (errors::HasReason(error, types::v1::REFERENCE_NOT_FOUND)) key = "value";
  if (key == nullptr || info.metadata().count("nearest") > 0) return "";
  const auto found = info.metadata().find(key);
  return found == info.metadata().end() ? "" : found->second;
}

std::vector<std::string> NamesOf(const Kind& kind, const Client& client) {
  std::vector<std::string> names;
  const MessagePtr request = NewMessage(kind.list->input_type());
  SetNumber(*request, "page_size", kPageSize);
  for (int page = 0; page < kPages; ++page) {
    const MessagePtr reply = NewMessage(kind.list->output_type());
    if (!client.Call(*kind.list, *request, *reply).ok()) break;
    for (const google::protobuf::Message* item : ItemsOf(*reply)) {
      names.push_back(TextOf(*item, "name"));
    }
    const std::string next = TextOf(*reply, "next_page_token");
    if (next.empty()) break;
    SetText(*request, "page_token", next);
  }
  return names;
}

// When a record was made that may not have existed at the moment asked for; empty if there is none.
std::string RecordedSince(const std::string& name, const Kind& kind, const Client& client) {
  const MessagePtr request = NewMessage(kind.get->input_type());
  SetText(*request, "name", name);
  const MessagePtr record = NewMessage(kind.message);
  if (!client.Call(*kind.get, *request, *record).ok()) return "";
  return google::protobuf::util::TimeUtil::ToString(
      static_cast<const google::protobuf::Timestamp&>(FieldOf(*record, "create_time")));
}

}  // namespace

absl::Status WithNearbyNames(const absl::Status& error, const Client& client) {
  const std::string missing = MissingName(error);
  if (missing.empty()) return error;
  const auto kind = KindOfName(missing);
  if (!kind.ok()) return error;
  if (const std::string since = RecordedSince(missing, **kind, client); !since.empty()) {
    return errors::WithMetadata(error, "recorded_since", since);
  }
  // Ids are compared, since the collection that all begin with would make all look alike.
  const std::string prefix = absl::StrCat((*kind)->collection, "/");
  std::vector<std::string> ids = NamesOf(**kind, client);
  for (std::string& id : ids) id = std::string(absl::StripPrefix(id, prefix));
  std::vector<std::string> nearest = errors::NearestNames(absl::StripPrefix(missing, prefix), ids);
  if (nearest.empty()) return error;
  for (std::string& id : nearest) id.insert(0, prefix);
  return errors::WithMetadata(error, "nearest", absl::StrJoin(nearest, ","));
}

}  // namespace chancery::ctl
