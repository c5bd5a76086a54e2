#include "services/agreements/segment_spec.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "chancery/agreements/v1/segment.pb.h"
#include "chancery/agreements/v1/source.pb.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"
#include "services/agreements/source_spec.h"
#include "services/resource/index_keys.h"

namespace chancery::agreements {
namespace {

using google::protobuf::Message;
using storage::IndexKeys;

const v1::Segment& AsSegment(const Message& record) {
  return static_cast<const v1::Segment&>(record);
}

constexpr storage::IndexSpec kIndexes[] = {
    {.id = 1,
     .name = "by_source",
     .emit =
         [](const Message& record, IndexKeys& keys) {
           const v1::Segment& segment = AsSegment(record);
           resource::AddSpanKey(segment.source(), segment.start(), segment.end(), keys);
         }},
};

absl::Status InvalidEnd(const v1::Segment& segment, absl::string_view rule) {
  return errors::Error(types::v1::FIELD_INVALID, absl::StrCat("segment.end: ", rule),
                       {{"field", "segment.end"},
                        {"value", absl::StrCat(segment.end())},
                        {"rule", std::string(rule)}});
}

absl::Status CheckSegment(storage::Transaction& transaction, const Message* /*before*/,
                          const Message* after) {
  if (after == nullptr) return absl::OkStatus();
  const v1::Segment& segment = AsSegment(*after);
  if (segment.start() < 0 || segment.end() <= segment.start()) {
    return InvalidEnd(segment, "the span must have 0 <= start < end");
  }
  ASSIGN_OR_RETURN(const auto version, transaction.Get(*SourceSpec().table, segment.source()));
  v1::Source source;
  if (version.has_value()) RETURN_IF_ERROR(version->ParseTo(source));
  if (source.digest() != segment.digest() || source.code_points() == 0) return absl::OkStatus();
  if (segment.end() <= source.code_points()) return absl::OkStatus();
  return InvalidEnd(segment,
                    absl::StrCat("the document has ", source.code_points(), " code points"));
}

}  // namespace

const resource::ResourceSpec& SegmentSpec() {
  static const storage::TableSpec table = {.id = 8,
                                           .name = "segments",
                                           .derivation_version = 1,
                                           .prototype = &v1::Segment::default_instance(),
                                           .indexes = kIndexes};
  static const resource::ResourceSpec* const spec = new resource::ResourceSpec{
      .table = &table,
      .default_order = resource::Order::kStart,
      .list_indexes = {{&kIndexes[0], {"source"}, resource::Order::kStart}},
      .check = CheckSegment,
  };
  return *spec;
}

const storage::IndexSpec& SegmentsByStart() { return kIndexes[0]; }

}  // namespace chancery::agreements
