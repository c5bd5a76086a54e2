// Lists of what overlaps a window of days, through the gateway, the real service and the real
// store.

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "chancery/events/v1/event.pb.h"
#include "chancery/events/v1/event_requests.pb.h"
#include "chancery/people/v1/state_requests.pb.h"
#include "deploy/allinone/register.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/events/event_spec.h"
#include "services/resource/list_plan.h"
#include "tests/support/caller.h"

namespace chancery {
namespace {

using events::v1::Event;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Names = std::vector<std::string>;

std::string Method(const std::string& name) { return "chancery.events.v1.EventsService/" + name; }

class WindowList : public ::testing::Test {
 protected:
  void SetUp() override {
    auto served = allinone::Register::Start({});
    ASSERT_TRUE(served.ok()) << served.status();
    register_ = *std::move(served);
    caller_.emplace(register_->address());
  }

  void Add(const std::string& id, const std::string& time, const std::string& state = "") {
    auto& request = *batch_.add_requests();
    request.set_event_id(id);
    request.mutable_event()->set_title(id);
    request.mutable_event()->set_kind(Event::MEETING);
    if (!time.empty()) request.mutable_event()->mutable_time()->set_edtf(time);
    if (!state.empty()) request.mutable_event()->set_initiated_by(state);
    if (batch_.requests_size() == 100) Flush();
  }

  void Flush() {
    if (batch_.requests_size() == 0) return;
    const auto reply =
        caller_->Call<events::v1::BatchCreateEventsResponse>(Method("BatchCreateEvents"), batch_);
    EXPECT_TRUE(reply.ok()) << reply.status();
    batch_.Clear();
  }

  void CreateState(const std::string& id) {
    people::v1::CreateStateRequest request;
    request.set_state_id(id);
    auto& name = *request.mutable_state()->add_names();
    name.set_id("en");
    name.set_text(id);
    const auto reply =
        caller_->Call<people::v1::State>("chancery.people.v1.PeopleService/CreateState", request);
    EXPECT_TRUE(reply.ok()) << reply.status();
  }

  // The names without their collection, over all pages.
  Names List(const std::string& filter, const std::string& order_by = "", int page_size = 7) {
    Flush();
    events::v1::ListEventsRequest request;
    request.set_filter(filter);
    request.set_order_by(order_by);
    request.set_page_size(page_size);
    Names names;
    do {
      const auto page =
          caller_->Call<events::v1::ListEventsResponse>(Method("ListEvents"), request);
      EXPECT_TRUE(page.ok()) << filter << ": " << page.status();
      if (!page.ok()) break;
      for (const Event& event : page->events()) names.push_back(event.name().substr(7));
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return names;
  }

  // How many entries of indexes or of the table a list looks at.
  int Visited(const std::string& filter, const resource::ResourceSpec& spec) {
    Flush();
    const auto parsed = resource::Filter::Parse(filter, Event::descriptor(), spec.virtual_fields);
    EXPECT_TRUE(parsed.ok()) << parsed.status();
    const storage::Store& store = register_->store("events");
    const storage::ReadView view = register_->store("events").Latest();
    const resource::ListPlan plan =
        resource::PlanList(spec, *parsed, {resource::Order::kTime}, store, view);
    int visited = 0;
    const auto cursor = resource::OpenRanges(view, *spec.table, plan.ranges, "");
    for (; cursor->Valid(); cursor->Next()) ++visited;
    EXPECT_TRUE(cursor->status().ok());
    return visited;
  }

  std::unique_ptr<allinone::Register> register_;
  std::optional<testing::Caller> caller_;
  events::v1::BatchCreateEventsRequest batch_;
};

TEST_F(WindowList, AHitIsCertainOrPossible) {
  Add("visit", "2009-05");
  EXPECT_THAT(List("overlaps(time, \"2009-05-01/2009-05-31\") = CERTAIN"), ElementsAre("visit"));
  EXPECT_THAT(List("overlaps(time, \"2009-05-01/2009-05-31\") = POSSIBLE"), IsEmpty());
  EXPECT_THAT(List("overlaps(time, \"2009-05-10/2009-05-20\") = POSSIBLE"), ElementsAre("visit"));
  EXPECT_THAT(List("overlaps(time, \"2009-05-10/2009-05-20\") = CERTAIN"), IsEmpty());
  EXPECT_THAT(List("overlaps(time, \"2009-05-10/2009-05-20\")"), ElementsAre("visit"));
  EXPECT_THAT(List("overlaps(time, 2009-06)"), IsEmpty());
  EXPECT_THAT(List("overlaps(time, 2009-06) = NO"), ElementsAre("visit"));
}

TEST_F(WindowList, ThroughoutIsNotSomeDayWithin) {
  Add("throughout", "2009-10-12/2009-10-14");
  Add("some-day", "[2009-10-12..2009-10-14]");
  EXPECT_THAT(List("overlaps(time, 2009-10-13) = CERTAIN"), ElementsAre("throughout"));
  EXPECT_THAT(List("overlaps(time, 2009-10-13) = POSSIBLE"), ElementsAre("some-day"));
  EXPECT_THAT(List("within(time, 2009-10-13)"), ElementsAre("some-day"));
  EXPECT_THAT(List("within(time, 2009-10) = CERTAIN"), ElementsAre("some-day", "throughout"));
}

TEST_F(WindowList, WhatHasNoDateIsInNoWindow) {
  Add("undated", "");
  Add("dated", "2009");
  EXPECT_THAT(List("overlaps(time, \"0001/..\")"), ElementsAre("dated"));
  EXPECT_THAT(List("overlaps(time, \"../9999\")"), ElementsAre("dated"));
  EXPECT_THAT(List("overlaps(time, 2008) = NO"), ElementsAre("dated"));
  EXPECT_THAT(List("NOT overlaps(time, 2008)"), ElementsAre("dated", "undated"));
}

// A date of any form, near 2000.
std::string RandomDate(std::mt19937& random) {
  const auto draw = [&](int n) { return static_cast<int>(random() % n); };
  const auto day = [&] { return absl::FormatCivilTime(absl::CivilDay(1995, 1, 1) + draw(4000)); };
  const auto date = [&]() -> std::string {
    const std::string full = day();
    const size_t lengths[] = {4, 7, 10, 10};
    return full.substr(0, lengths[draw(4)]);
  };
  std::string a = date();
  std::string b = date();
  if (b < a) std::swap(a, b);
  switch (draw(10)) {
    case 0:
      return absl::StrCat(a.substr(0, 3), "X");
    case 1:
      return absl::StrCat(a.substr(0, 2), "XX");
    case 2:
      return absl::StrCat(a, "/..");
    case 3:
      return absl::StrCat("[..", b, "]");
    case 4:
      return absl::StrCat("[", a, "..]");
    case 5:
      return absl::StrCat(a, "/", b);
    case 6:
      return absl::StrCat("[", a.substr(0, 4), ",", std::stoi(b.substr(0, 4)) + 1, "]");
    default:
      return a;
  }
}

std::string RandomWindow(std::mt19937& random) {
  const absl::CivilDay from = absl::CivilDay(1994, 6, 1) + random() % 4400;
  std::string first = absl::FormatCivilTime(from);
  const std::string last = absl::FormatCivilTime(from + random() % 900);
  switch (random() % 6) {
    case 0:
      return absl::StrCat(first, "/..");
    case 1:
      return absl::StrCat("../", last);
    case 2:
      return first;
    default:
      return absl::StrCat(first, "/", last);
  }
}

TEST_F(WindowList, TheIndexFindsWhatTheFilterWouldInTheSameOrder) {
  CreateState("a");
  CreateState("b");
  std::mt19937 random(20120908);
  for (int i = 0; i < 400; ++i) {
    const char* states[] = {"states/a", "states/b", ""};
    Add(absl::StrFormat("e%03d", i), i % 40 == 0 ? "" : RandomDate(random), states[i % 3]);
  }
  const Names by_time = List("", "time", 500);
  std::map<std::string, size_t> place;
  for (const std::string& name : by_time) place[name] = place.size();
  size_t found = 0;
  for (int i = 0; i < 40; ++i) {
    const std::string window = RandomWindow(random);
    std::string filter = absl::StrCat(i % 2 ? "overlaps" : "within", "(time, \"", window, "\")");
    if (i % 4 == 1) absl::StrAppend(&filter, " = POSSIBLE");
    if (i % 3 == 0) absl::StrAppend(&filter, " AND involves = \"states/a\"");
    // In order of names no index is used.
    Names expected = List(filter, "name", 500);
    std::sort(expected.begin(), expected.end(), [&](const std::string& a, const std::string& b) {
      return place.at(a) < place.at(b);
    });
    found += expected.size();
    EXPECT_EQ(List(filter), expected) << filter;
    std::reverse(expected.begin(), expected.end());
    EXPECT_EQ(List(filter, "time desc"), expected) << filter;
  }
  EXPECT_GT(found, 500);
}

// What is visited must not depend on what lies before the window, behind it, or around it without
// touching it.
TEST_F(WindowList, VisitsNothingButHits) {
  CreateState("a");
  const absl::CivilDay first(1900, 1, 1);
  for (int i = 0; i < 1'500; ++i) {
    const absl::CivilDay day = first + int64_t{20} * i;
    const std::string text = absl::FormatCivilTime(day);
    Add(absl::StrFormat("day%04d", i), text, "states/a");
    // Months, and stretches of many lengths.
    if (i % 3 == 0) Add(absl::StrFormat("month%04d", i), text.substr(0, 7), "states/a");
    if (i % 5 == 0) {
      Add(absl::StrFormat("stay%04d", i), absl::StrCat(text, "/", absl::FormatCivilTime(day + i)),
          "states/a");
    }
  }
  Add("long-ago-until-now", "1905-09-05/..", "states/a");
  Add("a-century", "1901-02-03/2001-02-03", "states/a");
  Add("never-begun", "[..2005]", "states/a");
  const std::string window = "overlaps(time, \"1975-06-10/1975-08-20\")";
  for (const std::string& filter : {window, window + " AND involves = \"states/a\""}) {
    const int hits = static_cast<int>(List(filter).size());
    EXPECT_GE(hits, 10) << filter;
    EXPECT_LE(hits, 40) << filter;
    EXPECT_EQ(Visited(filter, events::EventSpec()), hits) << filter;
    // Without the index: everything up to the end of the window.
    resource::ResourceSpec without = events::EventSpec();
    without.window_indexes.clear();
    EXPECT_GT(Visited(filter, without), 1'500) << filter;
  }
}

}  // namespace
}  // namespace chancery
