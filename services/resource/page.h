#ifndef CHANCERY_SERVICES_RESOURCE_PAGE_H_
#define CHANCERY_SERVICES_RESOURCE_PAGE_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "grpcpp/support/slice.h"
#include "services/resource/list_plan.h"
#include "services/resource/reader.h"
#include "storage/page_token.h"

namespace chancery::resource {

// One page of a list: checked first, then read at a moment. Immutable once prepared.
class Page {
 public:
  // Checks page size and token, order and filter.
  static absl::StatusOr<std::shared_ptr<const Page>> Prepare(const ResourceSpec& spec,
                                                             const Context& context,
                                                             ListQuery query);

  // The moment that the list's first page was read at; 0 on the first page.
  uint64_t resumed_seq() const { return token_.seq; }
  const ListQuery& query() const { return query_; }

  // The reply, serialised. Stops early when the caller went away.
  absl::StatusOr<grpc::Slice> Read(const storage::ReadView& view, const serving::Call& call) const;

 private:
  Page(const ResourceSpec& spec, const Context& context, ListQuery query, Filter filter)
      : spec_(spec), context_(context), query_(std::move(query)), filter_(std::move(filter)) {}

  absl::StatusOr<bool> Shows(const storage::Version& version, bool check_filter) const;

  const ResourceSpec& spec_;
  const Context& context_;
  const ListQuery query_;
  const Filter filter_;
  ListOrder order_;
  storage::PageToken token_;
  std::optional<absl::CivilDay> valid_at_;
};

// 0 becomes the default, too much the maximum; PAGE_SIZE_INVALID if negative.
absl::StatusOr<int32_t> EffectivePageSize(int32_t asked);

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_PAGE_H_
