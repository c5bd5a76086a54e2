#include "services/resource/filter_window.h"

#include <algorithm>
#include <optional>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "absl/time/civil_time.h"
#include "chancery/types/v1/citation.pb.h"
#include "services/chronology/edtf_parser.h"

namespace chancery::resource {
namespace {

using chronology::WindowMatch;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using types::v1::Citation;

bool Contains(absl::string_view element, absl::string_view path) {
  return absl::ConsumePrefix(&path, element) && (path.empty() || path.front() == '.');
}

// A citation supports the whole record or what it names.
bool Supports(const Citation& citation, const std::string& path) {
  return citation.elements().empty() ||
         absl::c_any_of(citation.elements(),
                        [&](const std::string& element) { return Contains(element, path); });
}

// The last day for which the record's sources speak of what is at `path`.
std::optional<absl::CivilDay> AsOf(const Message& record, const std::string& path) {
  const FieldDescriptor* field = record.GetDescriptor()->FindFieldByName("citations");
  if (field == nullptr || field->message_type() != Citation::descriptor()) return std::nullopt;
  std::optional<absl::CivilDay> last;
  for (int i = 0; i < record.GetReflection()->FieldSize(record, field); ++i) {
    const auto& citation =
        static_cast<const Citation&>(record.GetReflection()->GetRepeatedMessage(record, field, i));
    const auto& as_of = citation.as_of_source();
    if (!as_of.has_earliest() || !Supports(citation, path)) continue;
    const absl::CivilDay day(as_of.earliest().year(), as_of.earliest().month(),
                             as_of.earliest().day());
    last = last ? std::max(*last, day) : day;
  }
  return last;
}

}  // namespace

bool WindowQuestion::Wants(WindowMatch match) const {
  switch (match) {
    case WindowMatch::kNo:
      return no;
    case WindowMatch::kPossible:
      return possible;
    case WindowMatch::kCertain:
      return certain;
  }
  return false;
}

bool IsAnswered(const WindowQuestion& question, const types::v1::Date& date, const Message& record,
                const std::string& path) {
  const auto edtf = chronology::Parse(date.edtf());
  if (!edtf.ok()) return false;
  const bool goes_on = !edtf->latest().has_value();
  return question.Wants(chronology::MatchWindow(*edtf, question.window, question.mode,
                                                goes_on ? AsOf(record, path) : std::nullopt));
}

}  // namespace chancery::resource
