#include "services/resource/window_index.h"

#include <string>

#include "absl/time/civil_time.h"
#include "gtest/gtest.h"
#include "services/chronology/day_number.h"
#include "services/resource/index_keys.h"

namespace chancery::resource {
namespace {

using Day = absl::CivilDay;

TimeKey Time(Day first, Day last) {
  return {chronology::DayNumberOf(first), chronology::DayNumberOf(last)};
}

size_t EntriesOf(TimeKey time) {
  storage::IndexKeys keys;
  AddDaysKeys("", time, keys);
  return keys.size();
}

TEST(WindowIndexTest, WhatTheCalendarHasANameForIsOneEntry) {
  EXPECT_EQ(EntriesOf(Time(Day(2009, 5, 12), Day(2009, 5, 12))), 1);
  EXPECT_EQ(EntriesOf(Time(Day(2009, 5, 1), Day(2009, 5, 31))), 1);
  EXPECT_EQ(EntriesOf(Time(Day(2009, 1, 1), Day(2009, 12, 31))), 1);
  EXPECT_EQ(EntriesOf(Time(Day(2010, 1, 1), Day(2019, 12, 31))), 1);
  EXPECT_EQ(EntriesOf(Time(Day(1900, 1, 1), Day(1999, 12, 31))), 1);
  EXPECT_EQ(EntriesOf({chronology::kNoEarliest, 12417}), 1);
  EXPECT_EQ(EntriesOf({13514, chronology::kNoLatest}), 1);
  EXPECT_EQ(EntriesOf({chronology::kNoEarliest, chronology::kNoLatest}), 1);
  EXPECT_EQ(EntriesOf(kUndated), 0);
}

TEST(WindowIndexTest, WhatItHasNoneForIsFew) {
  EXPECT_EQ(EntriesOf(Time(Day(2008, 11, 5), Day(2008, 11, 8))), 4);
  EXPECT_EQ(EntriesOf(Time(Day(1918, 1, 1), Day(1925, 12, 31))), 8);
  EXPECT_EQ(EntriesOf(Time(Day(2008, 12, 30), Day(2010, 2, 1))), 2 + 1 + 1 + 1);
  EXPECT_LE(EntriesOf(Time(Day(1, 1, 2), Day(9999, 12, 30))), 250);
  EXPECT_EQ(EntriesOf(Time(Day(1, 1, 1), Day(9999, 12, 31))), 9 + 9 + 99);
}

}  // namespace
}  // namespace chancery::resource
