#include "services/resource/window_index.h"

#include <limits>
#include <string>
#include <utility>

#include "absl/time/civil_time.h"
#include "services/chronology/day_number.h"
#include "services/resource/index_keys.h"
#include "storage/key_codec.h"

namespace chancery::resource {
namespace {

using chronology::DayNumber;
using storage::KeyWriter;

// On disk; never reused.
enum class Unit : uint8_t {
  kNoLastDay = 1,
  kNoFirstDay = 2,
  kCentury = 3,
  kDecade = 4,
  kYear = 5,
  kMonth = 6,
  kDay = 7,
};

constexpr Unit kCalendar[] = {Unit::kCentury, Unit::kDecade, Unit::kYear, Unit::kMonth, Unit::kDay};

// Which unit of a size a day lies in. Years are positive.
int32_t NumberOf(Unit unit, absl::CivilDay day) {
  const auto year = static_cast<int32_t>(day.year());
  switch (unit) {
    case Unit::kCentury:
      return year / 100;
    case Unit::kDecade:
      return year / 10;
    case Unit::kYear:
      return year;
    case Unit::kMonth:
      return year * 12 + day.month() - 1;
    default:
      return DayInKey(chronology::DayNumberOf(day));
  }
}

// The first day of the unit of this size that a day lies in, and of the one after.
std::pair<absl::CivilDay, absl::CivilDay> BoundsOf(Unit unit, absl::CivilDay day) {
  const auto years = [&](int count) {
    const auto first = day.year() - day.year() % count;
    return std::make_pair(absl::CivilDay(first, 1, 1), absl::CivilDay(first + count, 1, 1));
  };
  switch (unit) {
    case Unit::kCentury:
      return years(100);
    case Unit::kDecade:
      return years(10);
    case Unit::kYear:
      return years(1);
    case Unit::kMonth:
      return {absl::CivilDay(absl::CivilMonth(day)), absl::CivilDay(absl::CivilMonth(day) + 1)};
    default:
      return {day, day + 1};
  }
}

KeyWriter Prefix(absl::string_view value, Unit unit, int32_t number) {
  KeyWriter key;
  key.Text(value).U8(static_cast<uint8_t>(unit)).I32(number);
  return key;
}

void AddKeyOf(absl::string_view value, Unit unit, int32_t number, TimeKey time,
              storage::IndexKeys& keys) {
  keys.push_back(
      Prefix(value, unit, number).I32(DayInKey(time.earliest)).I32(DayInKey(time.latest)).key());
}

// The largest unit that begins on a day and ends before another.
Unit LargestFrom(absl::CivilDay day, absl::CivilDay end) {
  for (const Unit unit : kCalendar) {
    const auto [first, next] = BoundsOf(unit, day);
    if (first == day && next <= end) return unit;
  }
  return Unit::kDay;
}

// All of a unit; the value and the unit are the prefix.
IndexRange RangeOfUnit(const storage::IndexSpec& index, std::string prefix) {
  const size_t size = prefix.size();
  std::string end = storage::PrefixEnd(prefix);
  return {&index, {std::move(prefix), std::move(end)}, size};
}

}  // namespace

void AddDaysKeys(absl::string_view value, TimeKey time, storage::IndexKeys& keys) {
  if (time == kUndated) return;
  if (time.latest == chronology::kNoLatest) {
    return AddKeyOf(value, Unit::kNoLastDay, 0, time, keys);
  }
  if (time.earliest == chronology::kNoEarliest) {
    return AddKeyOf(value, Unit::kNoFirstDay, 0, time, keys);
  }
  absl::CivilDay day = chronology::CivilDayOf(time.earliest);
  const absl::CivilDay end = chronology::CivilDayOf(time.latest) + 1;
  while (day < end) {
    const Unit unit = LargestFrom(day, end);
    AddKeyOf(value, unit, NumberOf(unit, day), time, keys);
    day = BoundsOf(unit, day).second;
  }
}

std::vector<IndexRange> RangesOfWindow(const WindowIndex& index, absl::string_view value,
                                       const chronology::Window& window) {
  constexpr int32_t kNoFirst = std::numeric_limits<int32_t>::min();
  constexpr int32_t kUndatedFirst = std::numeric_limits<int32_t>::max();
  const std::string all = value.empty() ? "" : KeyWriter().Text(value).key();
  const auto from_day = [&](int32_t day) { return KeyWriter().Raw(all).I32(day).key(); };
  const int32_t after_last =
      window.to ? DayInKey(chronology::DayNumberOf(*window.to)) + 1 : kUndatedFirst;
  const int32_t first = window.from ? DayInKey(chronology::DayNumberOf(*window.from)) : kNoFirst;

  std::vector<IndexRange> ranges;
  // What begins after the window's first day, or at any time if it has none.
  const int32_t next = window.from ? first + 1 : first;
  ranges.push_back({index.by_time, {from_day(next), from_day(after_last)}, all.size()});
  if (!window.from) return ranges;

  for (const Unit unit : kCalendar) {
    ranges.push_back(
        RangeOfUnit(*index.by_days, Prefix(value, unit, NumberOf(unit, *window.from)).key()));
  }
  IndexRange no_last = RangeOfUnit(*index.by_days, Prefix(value, Unit::kNoLastDay, 0).key());
  no_last.range.to = Prefix(value, Unit::kNoLastDay, 0).I32(next).key();
  ranges.push_back(std::move(no_last));
  IndexRange no_first = RangeOfUnit(*index.by_days, Prefix(value, Unit::kNoFirstDay, 0).key());
  no_first.range.from = Prefix(value, Unit::kNoFirstDay, 0).I32(kNoFirst).I32(first).key();
  ranges.push_back(std::move(no_first));
  return ranges;
}

}  // namespace chancery::resource
