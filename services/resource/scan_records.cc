#include <algorithm>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"
#include "services/resource/any_record.h"
#include "services/resource/records_methods.h"

namespace chancery::resource {
namespace {

using serving::Call;
using types::v1::ScanRecordsRequest;
using types::v1::ScanRecordsResponse;

constexpr int kMaxNames = 10'000;
constexpr int kMaxPage = 500;
constexpr size_t kMaxPageBytes = 1 << 20;

absl::StatusOr<types::v1::FindMissingResponse> Missing(const Context& context,
                                                       const types::v1::FindMissingRequest& asked) {
  const storage::ReadView view = context.store().Latest();
  types::v1::FindMissingResponse reply;
  for (const std::string& name : asked.names()) {
    const ResourceSpec* spec = SpecOf(context, name);
    if (spec != nullptr) {
      ASSIGN_OR_RETURN(const auto found, view.Get(*spec->table, name));
      if (found.has_value()) continue;
    }
    reply.add_names(name);
  }
  return reply;
}

// The tables of the service as one, in the order of names.
class MergedScan {
 public:
  MergedScan(const Context& context, const storage::ReadView& view, const std::string& after) {
    storage::KeyRange range;
    // The least name that is greater.
    if (!after.empty()) range.from = absl::StrCat(after, absl::string_view("\0", 1));
    for (const ResourceSpec* spec : context.specs()) {
      cursors_.push_back({spec->table, view.Scan(*spec->table, range)});
    }
  }

  struct Place {
    const storage::TableSpec* table;
    std::unique_ptr<storage::Cursor> cursor;
  };

  // The place of the least name; null at the end.
  absl::StatusOr<Place*> Least() {
    Place* least = nullptr;
    for (Place& place : cursors_) {
      if (!place.cursor->Valid()) {
        RETURN_IF_ERROR(place.cursor->status());
        continue;
      }
      if (least == nullptr || place.cursor->name() < least->cursor->name()) least = &place;
    }
    return least;
  }

 private:
  std::vector<Place> cursors_;
};

absl::StatusOr<ScanRecordsResponse> Scan(const Context& context, const storage::ReadView& view,
                                         const ScanRecordsRequest& request) {
  const int size = request.page_size() <= 0 ? kMaxPage : std::min(request.page_size(), kMaxPage);
  MergedScan scan(context, view, request.after());
  ScanRecordsResponse reply;
  size_t bytes = 0;
  for (;;) {
    ASSIGN_OR_RETURN(MergedScan::Place * place, scan.Least());
    if (place == nullptr) return reply;
    const std::string name(place->cursor->name());
    ASSIGN_OR_RETURN(const auto version, view.Get(*place->table, name));
    if (version.has_value() && !version->header.deleted()) {
      if (reply.records_size() == size || bytes + version->payload.size() > kMaxPageBytes) {
        reply.set_more(true);
        return reply;
      }
      auto& record = *reply.add_records();
      record.set_name(name);
      record.set_record(version->payload.data(), version->payload.size());
      bytes += version->payload.size();
    }
    place->cursor->Next();
  }
}

}  // namespace

void FindMissing(const Context& context, const types::v1::FindMissingRequest& request, Call call) {
  if (request.names_size() > kMaxNames) {
    return std::move(call).Finish(errors::Error(
        types::v1::BATCH_TOO_LARGE, absl::StrCat("at most ", kMaxNames, " names"),
        {{"count", absl::StrCat(request.names_size())}, {"limit", absl::StrCat(kMaxNames)}}));
  }
  context.Run(std::move(call), [&context, request](Call running) {
    const auto reply = Missing(context, request);
    if (!reply.ok()) return std::move(running).Finish(reply.status());
    std::move(running).Finish(*reply);
  });
}

void ScanRecords(const Context& context, const ScanRecordsRequest& request, Call call) {
  context.Read(request.as_of(), std::move(call),
               [&context, request](const storage::ReadView& view, Call reading) {
                 context.Run(std::move(reading), [&context, request, view](Call running) {
                   const auto reply = Scan(context, view, request);
                   if (!reply.ok()) return std::move(running).Finish(reply.status());
                   std::move(running).Finish(*reply);
                 });
               });
}

}  // namespace chancery::resource
