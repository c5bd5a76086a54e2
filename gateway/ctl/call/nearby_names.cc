#include "gateway/ctl/call/nearby_names.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "gateway/ctl/call/catalog.h"
#include "gateway/ctl/call/request_fields.h"
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

}  // namespace

absl::Status WithNearbyNames(const absl::Status& error, const Client& client) {
  const std::string missing = MissingName(error);
  if (missing.empty()) return error;
  const auto kind = KindOfName(missing);
  if (!kind.ok()) return error;
  // Ids are compared, since the collection that all begin with would make all look alike.
  const std::string prefix = absl::StrCat((*kind)->collection, "/");
  std::vector<std::string> ids = NamesOf(**kind, client);
  for (std::string& id : ids) id = std::string(absl::StripPrefix(id, prefix));
  // A record may exist now and not have existed at the moment asked for.
  ids.erase(std::remove(ids.begin(), ids.end(), absl::StripPrefix(missing, prefix)), ids.end());
  std::vector<std::string> nearest = errors::NearestNames(absl::StripPrefix(missing, prefix), ids);
  if (nearest.empty()) return error;
  for (std::string& id : nearest) id.insert(0, prefix);
  return errors::WithMetadata(error, "nearest", absl::StrJoin(nearest, ","));
}

}  // namespace chancery::ctl
