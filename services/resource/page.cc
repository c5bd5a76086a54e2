#include "services/resource/page.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"
#include "services/chronology/edtf_parser.h"
#include "services/resource/reply.h"

namespace chancery::resource {
namespace {

using storage::Cursor;
using storage::ReadView;
using storage::Version;

// The names that a cursor comes to next, with the key to go on after each.
struct Found {
  std::vector<std::string> names;
  std::vector<std::string> keys;
};

Found Take(Cursor& cursor, size_t limit) {
  Found found;
  for (; cursor.Valid() && found.names.size() < limit; cursor.Next()) {
    found.names.emplace_back(cursor.name());
    found.keys.emplace_back(cursor.key());
  }
  return found;
}

}  // namespace

absl::StatusOr<int32_t> EffectivePageSize(int32_t asked) {
  if (asked < 0) {
    return errors::Error(types::v1::PAGE_SIZE_INVALID, "page_size must not be negative",
                         {{"value", absl::StrCat(asked)}});
  }
  return asked == 0 ? kDefaultPageSize : std::min(asked, kMaxPageSize);
}

absl::StatusOr<std::shared_ptr<const Page>> Page::Prepare(const ResourceSpec& spec,
                                                          const Context& context, ListQuery query) {
  ASSIGN_OR_RETURN(query.page_size, EffectivePageSize(query.page_size));
  ASSIGN_OR_RETURN(
      Filter filter,
      Filter::Parse(query.filter, spec.table->prototype->GetDescriptor(), spec.virtual_fields));
  ASSIGN_OR_RETURN(ListOrder order, ParseOrderBy(query.order_by, spec));
  // Deleted records are in no index.
  if (query.show_deleted) {
    if (!query.order_by.empty() && order.order != Order::kName) {
      return errors::Error(types::v1::ORDER_BY_INVALID,
                           "order_by: deleted records are listed by name only",
                           {{"order_by", query.order_by}, {"supported", "name"}});
    }
    order.order = Order::kName;
  }
  std::shared_ptr<Page> page(new Page(spec, context, std::move(query), std::move(filter)));
  page->order_ = order;
  if (!page->query_.page_token.empty()) {
    ASSIGN_OR_RETURN(page->token_, storage::OpenPageToken(context.sealer(), page->query_.page_token,
                                                          page->query_.digest));
  }
  if (!page->query_.as_of.valid_at().empty()) {
    ASSIGN_OR_RETURN(page->valid_at_, chronology::ParseDay(page->query_.as_of.valid_at()));
  }
  return page;
}

absl::StatusOr<bool> Page::Shows(const Version& version, bool check_filter) const {
  if (version.header.deleted() && !query_.show_deleted) return false;
  if (!check_filter && !valid_at_.has_value()) return true;
  std::unique_ptr<google::protobuf::Message> record(spec_.table->prototype->New());
  RETURN_IF_ERROR(version.ParseTo(*record));
  if (check_filter && !filter_.Matches(*record)) return false;
  return !valid_at_.has_value() || spec_.valid_on(*record, *valid_at_);
}

absl::StatusOr<grpc::Slice> Page::Read(const ReadView& view, const serving::Call& call) const {
  const ListPlan plan = query_.show_deleted
                            ? PlanOfTable(filter_, order_.descending)
                            : PlanList(spec_, filter_, order_, context_.store(), view);
  const auto cursor = OpenRanges(view, *spec_.table, plan.ranges, token_.after);
  ListReply reply;
  int shown = 0;
  int scanned = 0;
  std::string last_key;
  bool full = false;
  while (!full && cursor->Valid() && !call.cancelled()) {
    const Found found = Take(*cursor, query_.page_size - shown);
    ASSIGN_OR_RETURN(const auto versions, view.MultiGet(*spec_.table, found.names));
    for (size_t i = 0; i < found.names.size() && !full; ++i) {
      if (!versions[i].has_value()) {
        return errors::Error(types::v1::STORE_CORRUPT, "an index entry has no record");
      }
      last_key = found.keys[i];
      ASSIGN_OR_RETURN(const bool shows, Shows(*versions[i], plan.check_filter));
      if (shows) {
        reply.AddRecord(context_, found.names[i], *versions[i]);
        ++shown;
      }
      full =
          ++scanned >= kMaxPageScan || shown >= query_.page_size || reply.bytes() >= kMaxPageBytes;
      // The rest of what was taken is left for the next page.
      if (full && i + 1 < found.names.size()) {
        reply.SetNextPageToken(
            storage::SealPageToken(context_.sealer(), {query_.digest, view.seq(), last_key}));
        return reply.Release();
      }
    }
  }
  RETURN_IF_ERROR(cursor->status());
  if (cursor->Valid()) {
    reply.SetNextPageToken(
        storage::SealPageToken(context_.sealer(), {query_.digest, view.seq(), last_key}));
  }
  return reply.Release();
}

}  // namespace chancery::resource
