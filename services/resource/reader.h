#ifndef CHANCERY_SERVICES_RESOURCE_READER_H_
#define CHANCERY_SERVICES_RESOURCE_READER_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "chancery/types/v1/read.pb.h"
#include "services/resource/catalog.h"
#include "services/resource/context.h"
#include "services/resource/resource_spec.h"
#include "services/serving/call.h"

namespace chancery::resource {

// What a List request says.
struct ListQuery {
  int32_t page_size = 0;
  std::string page_token;
  std::string filter;
  std::string order_by;
  bool show_deleted = false;
  types::v1::AsOf as_of;
  // Digest of the request without page_size and page_token: what a page token is bound to.
  std::string digest;
};

inline constexpr int32_t kDefaultPageSize = 50;
inline constexpr int32_t kMaxPageSize = 500;
// A page ends early when it holds so many bytes or has looked at so many records.
inline constexpr size_t kMaxPageBytes = 2 << 20;
inline constexpr int kMaxPageScan = 20'000;

// The reads of one kind. Each answers its call; all are safe to call from gRPC's threads: a Get is
// done on the spot, what scans goes to the executor. Thread-safe.
class Reader {
 public:
  Reader(const ResourceSpec& spec, const Context& context)
      : spec_(spec), kind_(FindKindByCollection(spec.table->name)), context_(context) {}

  void Get(std::string name, const types::v1::AsOf& as_of, serving::Call call) const;
  void BatchGet(std::vector<std::string> names, const types::v1::AsOf& as_of,
                serving::Call call) const;
  void List(ListQuery query, serving::Call call) const;
  // {1: repeated Revision, 2: next_page_token}, newest first.
  void ListRevisions(const std::string& parent, ListQuery query, serving::Call call) const;

 private:
  absl::Status CheckAsOf(const types::v1::AsOf& as_of) const;

  const ResourceSpec& spec_;
  const Kind* const kind_;
  const Context& context_;
};

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_READER_H_
