#include "services/resource/index_keys.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "services/chronology/day_number.h"
#include "storage/key_codec.h"

namespace chancery::resource {

using storage::IndexKeys;
using storage::KeyWriter;

void AddKey(absl::string_view value, IndexKeys& keys) {
  if (!value.empty()) keys.push_back(KeyWriter().Text(value).key());
}

int32_t DayInKey(chronology::DayNumber day) {
  constexpr chronology::DayNumber kFirst = std::numeric_limits<int32_t>::min();
  constexpr chronology::DayNumber kLast = std::numeric_limits<int32_t>::max();
  return static_cast<int32_t>(std::clamp(day, kFirst, kLast));
}

void AddTimedKey(absl::string_view value, TimeKey time, IndexKeys& keys) {
  if (value.empty()) return;
  keys.push_back(
      KeyWriter().Text(value).I32(DayInKey(time.earliest)).I32(DayInKey(time.latest)).key());
}

void AddTimeKey(TimeKey time, IndexKeys& keys) {
  keys.push_back(KeyWriter().I32(DayInKey(time.earliest)).I32(DayInKey(time.latest)).key());
}

void AddSpanKey(absl::string_view value, int32_t start, int32_t end, IndexKeys& keys) {
  if (value.empty()) return;
  keys.push_back(KeyWriter().Text(value).I32(start).I32(end).key());
}

bool MayInclude(const types::v1::Date& start, const types::v1::Date& end, absl::CivilDay day) {
  const chronology::DayNumber number = chronology::DayNumberOf(day);
  if (!start.edtf().empty() && TimeKeyOf(start).earliest > number) return false;
  return end.edtf().empty() || TimeKeyOf(end).latest >= number;
}

}  // namespace chancery::resource
