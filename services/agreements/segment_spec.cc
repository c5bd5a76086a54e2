#include "services/agreements/segment_spec.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "chancery/agreements/v1/segment.pb.h"
#include "chancery/agreements/v1/source.pb.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"
#include "services/agreements/source_spec.h"
#include "services/resource/index_keys.h"
#include "storage/key_codec.h"

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

absl::Status Overlap(const v1::Segment& segment, const v1::Segment& other) {
  const std::string rule = absl::StrCat("segments must not overlap: ", other.name(), " is ",
                                        other.start(), "-", other.end());
  return errors::Error(
      types::v1::FIELD_INVALID, absl::StrCat("segment.start: ", rule),
      {{"field", "segment.start"}, {"value", absl::StrCat(segment.start())}, {"rule", rule}});
}

// Compares a segment with those that are there. Says of one whether others before it may overlap.
class OverlapCheck {
 public:
  OverlapCheck(storage::Transaction& transaction, const v1::Segment& segment)
      : transaction_(transaction), segment_(segment) {}

  absl::Status Run() {
    const storage::TableSpec& table = *SegmentSpec().table;
    for (const std::string& name : transaction_.NamesWritten(table)) {
      RETURN_IF_ERROR(Compare(name).status());
    }
    storage::KeyRange range;
    range.from = storage::KeyWriter().Text(segment_.source()).key();
    range.to = storage::KeyWriter().Text(segment_.source()).I32(segment_.end()).key();
    range.reverse = true;
    return transaction_.VisitCommitted(table, SegmentsByStart(), range,
                                       [this](const std::string& name) { return Compare(name); });
  }

 private:
  absl::StatusOr<bool> Compare(const std::string& name) {
    if (name == segment_.name()) return true;
    ASSIGN_OR_RETURN(const auto version, transaction_.Get(*SegmentSpec().table, name));
    if (!version.has_value() || version->header.deleted()) return true;
    v1::Segment other;
    RETURN_IF_ERROR(version->ParseTo(other));
    if (other.source() != segment_.source() || other.digest() != segment_.digest()) return true;
    const bool apart = other.end() <= segment_.start() || segment_.end() <= other.start();
    if (!apart) return Overlap(segment_, other);
    return false;  // those before it end before it begins
  }

  storage::Transaction& transaction_;
  const v1::Segment& segment_;
};

absl::Status CheckSegment(storage::Transaction& transaction, const Message* /*before*/,
                          const Message* after) {
  if (after == nullptr) return absl::OkStatus();
  const v1::Segment& segment = AsSegment(*after);
  if (segment.start() < 0 || segment.end() <= segment.start()) {
    return InvalidEnd(segment, "the span must have 0 <= start < end");
  }
  RETURN_IF_ERROR(OverlapCheck(transaction, segment).Run());
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
