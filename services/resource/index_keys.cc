#include "services/resource/index_keys.h"

#include <utility>

#include "services/chronology/day_number.h"
#include "storage/key_codec.h"

namespace chancery::resource {

using storage::IndexKeys;
using storage::KeyWriter;

void AddKey(absl::string_view value, IndexKeys& keys) {
  if (!value.empty()) keys.push_back(KeyWriter().Text(value).key());
}

void AddTimedKey(absl::string_view value, TimeKey time, IndexKeys& keys) {
  if (value.empty()) return;
  keys.push_back(KeyWriter().Text(value).I32(time.earliest).I32(time.latest).key());
}

void AddTimeKey(TimeKey time, IndexKeys& keys) {
  keys.push_back(KeyWriter().I32(time.earliest).I32(time.latest).key());
}

void AddSpanKey(absl::string_view value, int32_t start, int32_t end, IndexKeys& keys) {
  if (value.empty()) return;
  keys.push_back(KeyWriter().Text(value).I32(start).I32(end).key());
}

bool MayInclude(const types::v1::Date& start, const types::v1::Date& end, absl::CivilDay day) {
  const int32_t number = chronology::DayNumberOf(day);
  if (!start.edtf().empty() && TimeKeyOf(start).earliest > number) return false;
  return end.edtf().empty() || TimeKeyOf(end).latest >= number;
}

}  // namespace chancery::resource
