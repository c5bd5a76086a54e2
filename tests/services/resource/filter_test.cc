#include "services/resource/filter.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "chancery/events/v1/event.pb.h"
#include "chancery/types/v1/participant.pb.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "proto/errors/error.h"

namespace chancery::resource {
namespace {

using events::v1::Event;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

std::vector<std::string> Involved(const google::protobuf::Message& message) {
  const auto& event = static_cast<const Event&>(message);
  return {event.states().begin(), event.states().end()};
}

constexpr VirtualField kVirtual[] = {{"involves", Involved}};

absl::StatusOr<Filter> ParseFor(absl::string_view text) {
  return Filter::Parse(text, Event::descriptor(), kVirtual);
}

// A visit with a venue, two participants and two citations.
Event Visit() {
  Event event;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"pb(
        name: "events/visit"
        title: "Working visit: \"talks\" at Los Cabos*"
        kind: VISIT
        time { edtf: "2012-06-18" as_stated: "on June 18" }
        observed { edtf: "2012-06" }
        observed { edtf: "2012-06-17/2012-06-19" }
        venue { locality: "Los Cabos" }
        parents: [ "events/g20", "events/tour" ]
        series { id: "a" series: "series/talks" ordinal: 10 }
        participants {
          id: "noda"
          person: "people/noda"
          role: HOST
          named_in_text: true
          capacities { id: "pm" post: "posts/jp-pm" }
        }
        participants {
          id: "delegation"
          group {
            label: "ministers"
            size { value: 3 }
          }
          role: VISITOR
        }
        accounts {
          id: "x"
          rank: RANK_NORMAL
          value { title: "Talks" }
        }
        states: [ "states/jp", "states/ru" ]
        matters_open_ended: true
        agreements_claimed { value: 12 comparator: GE }
        update_time { seconds: 1340010000 nanos: 500000000 }
      )pb",  // 2012-06-18T09:00:00.5Z
      &event));
  return event;
}

struct Question {
  const char* filter;
  bool matches;
};

class FilterOfAVisit : public testing::TestWithParam<Question> {};

TEST_P(FilterOfAVisit, Matches) {
  const auto filter = ParseFor(GetParam().filter);
  ASSERT_TRUE(filter.ok()) << GetParam().filter << ": " << filter.status();
  EXPECT_EQ(filter->Matches(Visit()), GetParam().matches) << GetParam().filter;
}

INSTANTIATE_TEST_SUITE_P(
    Text, FilterOfAVisit,
    testing::Values(Question{"", true}, Question{" \t\n", true},  //
                    Question{"name = events/visit", true}, Question{"name=\"events/visit\"", true},
                    Question{"name = 'events/visit'", true},
                    Question{"name : \"events/visit\"", true},
                    Question{"name = events/Visit", false}, Question{"name != events/visit", false},
                    Question{"name != events/other", true}, Question{"name > events/a", true},
                    Question{"name < events/a", false}, Question{"name >= events/visit", true},
                    Question{"name <= events/visit", true}, Question{"name > events/visit", false},
                    // Wildcards.
                    Question{"title = \"Working*\"", true}, Question{"title = Working*", true},
                    Question{"title = \"*Cabos\\*\"", true}, Question{"title = \"*Cabos\"", false},
                    Question{"title = \"*talks*\"", true}, Question{"title : \"*talks*\"", true},
                    Question{"title != \"*talks*\"", false}, Question{"title = \"*Talks*\"", false},
                    Question{"title = *visit*", true}, Question{"title = \"Working\"", false},
                    // Quotes and escapes.
                    Question{R"(title = "Working visit: \"talks\" at Los Cabos\*")", true},
                    Question{R"(title = 'Working visit: "talks" at Los Cabos\*')", true},
                    Question{R"(title = 'Working visit: \"talks\" at *')", true},
                    Question{R"(title = "a\\b\'")", false},
                    // Unset text is the empty text.
                    Question{"destination = \"\"", true}, Question{"destination != \"\"", false},
                    Question{"title != ''", true}, Question{"kind_as_stated:*", false},
                    Question{"title:*", true}, Question{"NOT title:*", false}));

INSTANTIATE_TEST_SUITE_P(
    OtherTypes, FilterOfAVisit,
    testing::Values(
        Question{"kind = VISIT", true}, Question{"kind:VISIT", true},
        Question{"kind = \"VISIT\"", true}, Question{"kind = MEETING", false},
        Question{"kind != MEETING", true}, Question{"kind:*", true}, Question{"level:*", false},
        Question{"level = LEVEL_UNSPECIFIED", true}, Question{"matters_open_ended = true", true},
        Question{"matters_open_ended:false", false}, Question{"matters_open_ended != true", false},
        Question{"contested = false", true}, Question{"agreements_claimed.value = 12", true},
        Question{"agreements_claimed.value >= 12", true},
        Question{"agreements_claimed.value > 12", false},
        Question{"agreements_claimed.value < 100", true},
        Question{"agreements_claimed.value <= -5", false},
        Question{"agreements_claimed.value > -5", true},
        Question{"agreements_claimed.value != 9223372036854775807", true},
        Question{"agreements_claimed.comparator = GE", true},
        // Moments.
        Question{"update_time = 2012-06-18T09:00:00.5Z", true},
        Question{"update_time = \"2012-06-18T18:00:00.500+09:00\"", true},
        Question{"update_time:2012-06-18T09:00:00.5Z", true},
        Question{"update_time > 2012-06-18T09:00:00Z", true},
        Question{"update_time < 2012-06-18T09:00:00.500000001Z", true},
        Question{"update_time != 2012-06-18T09:00:00.5Z", false}, Question{"update_time:*", true},
        // Dates: by their text in canonical form.
        Question{"time = 2012-06-18", true}, Question{"time = \"2012-06-18\"", true},
        Question{"time = [2012-06-18]", true}, Question{"time:2012-06-18", true},
        Question{"time = 2012-06", false}, Question{"time != 2012-06", true},
        Question{"time.edtf = 2012-06-18", true}, Question{"time.edtf = \"2012*\"", true},
        Question{"time.as_stated:*", true}, Question{"observed:2012-06", true},
        Question{"observed = 2012-06-17/2012-06-19", true}, Question{"observed:2012", false}));

INSTANTIATE_TEST_SUITE_P(
    Windows, FilterOfAVisit,
    testing::Values(
        Question{"overlaps(time, 2012-06-18)", true}, Question{"within(time, 2012-06-18)", true},
        Question{"overlaps(time, \"2012-06-18/..\")", true},
        Question{"overlaps( time , '2012' )", true}, Question{"overlaps(time,../2012)", true},
        Question{"overlaps(time, 2012-07)", false}, Question{"NOT overlaps(time, 2012-07)", true},
        Question{"-overlaps(time, 2012-06)", false},
        Question{"overlaps(time, 2012-06) = CERTAIN", true},
        Question{"overlaps(time, 2012-06):CERTAIN", true},
        Question{"overlaps(time, 2012-06) = \"CERTAIN\"", true},
        Question{"overlaps(time, 2012-06) != CERTAIN", false},
        Question{"overlaps(time, 2012-06) = POSSIBLE", false},
        Question{"overlaps(time, 2012-06) != NO", true},
        Question{"overlaps(time, 2012-07) = NO", true},
        Question{"overlaps(time, 2012-06) kind = VISIT", true},
        Question{"kind = TALKS OR overlaps(time, 2012-06) = CERTAIN", true},
        Question{"(overlaps(time, 2012-06) AND within(time, 2012))", true},
        // Through a repeated field: any element.
        Question{"overlaps(observed, 2012-06-20) = POSSIBLE", true},
        Question{"overlaps(observed, 2012-06-18) = CERTAIN", true},
        Question{"overlaps(observed, 2012-06-18) = POSSIBLE", true},
        Question{"within(observed, 2012-06-18) = NO", true},
        Question{"within(observed, 2012-06-18) = CERTAIN", false},
        // What is not there is in no window.
        Question{"overlaps(citations.as_of_source, 0001/..)", false},
        Question{"overlaps(citations.as_of_source, 2012) = NO", false}));

INSTANTIATE_TEST_SUITE_P(
    Paths, FilterOfAVisit,
    testing::Values(
        Question{"venue.locality = \"Los Cabos\"", true}, Question{"venue:*", true},
        Question{"purpose:*", false}, Question{"purpose.event:*", false},
        Question{"mattersOpenEnded = true", true}, Question{"agreementsClaimed.value = 12", true},
        // A message on the way that is unset matches nothing, but NOT matches what does not match.
        Question{"purpose.text = \"\"", false}, Question{"purpose.text != \"x\"", false},
        Question{"NOT purpose.text = \"x\"", true},
        Question{"create_time != 2012-06-18T09:00:00Z", false},
        Question{"origin.key != \"x\"", false}, Question{"origin.key:*", false},
        // Through repeated fields: any element.
        Question{"parents:events/tour", true}, Question{"parents = events/g20", true},
        Question{"parents:events/x", false}, Question{"parents:\"*tour\"", true},
        Question{"NOT parents:events/x", true}, Question{"parents:*", true},
        Question{"matters:*", false}, Question{"participants:*", true},
        Question{"participants.role:HOST", true}, Question{"participants.role = VISITOR", true},
        Question{"participants.role:CHAIR", false}, Question{"participants.role:*", true},
        Question{"participants.named_in_text:true", true},
        Question{"participants.capacities.post:posts/jp-pm", true},
        Question{"participants.capacities.acting:*", false},
        Question{"participants.group.size.value:3", true}, Question{"series.ordinal:10", true},
        // Each restriction looks for an element of its own.
        Question{"participants.person:people/noda participants.role:VISITOR", true},
        // A member of a oneof that is not set has no value, not even the empty one.
        Question{"participants.organization = \"\"", false},
        Question{"participants.organization:*", false}, Question{"participants.person:*", true},
        Question{"accounts.value.title:Talks", true}, Question{"accounts.value.kind:VISIT", false},
        // A virtual field.
        Question{"involves = \"states/jp\"", true}, Question{"involves:\"*/ru\"", true},
        Question{"involves:states/us", false}, Question{"involves:*", true},
        Question{"involves = states/jp AND involves = states/ru", true}));

INSTANTIATE_TEST_SUITE_P(
    Logic, FilterOfAVisit,
    testing::Values(
        Question{"kind = VISIT AND mode = PHONE", false},
        Question{"kind = VISIT OR mode = PHONE", true},
        Question{"kind = VISIT mode = PHONE", false}, Question{"kind = VISIT name:*", true},
        // OR binds tighter than AND, and than standing side by side.
        Question{"kind = VISIT OR kind = TALKS AND mode = PHONE", false},
        Question{"kind = VISIT OR kind = TALKS mode = PHONE", false},
        Question{"mode = PHONE AND kind = TALKS OR kind = VISIT", false},
        Question{"kind = VISIT OR (kind = TALKS AND mode = PHONE)", true},
        Question{"(kind = VISIT OR kind = TALKS) AND NOT mode = PHONE", true},
        Question{"mode = PHONE OR kind = TALKS OR kind = VISIT", true},
        // NOT and `-`.
        Question{"NOT kind = VISIT", false}, Question{"-kind = VISIT", false},
        Question{"NOT kind = TALKS", true}, Question{"-(kind = TALKS)", true},
        Question{"NOT (kind = VISIT AND mode = PHONE)", true}, Question{"NOT(mode = PHONE)", true},
        Question{"-mode = PHONE kind = VISIT", true}, Question{"kind = VISIT -mode = PHONE", true},
        Question{"kind = VISIT -(mode = PHONE OR kind = VISIT)", false},
        Question{"NOT kind = VISIT OR title:*", true},
        Question{"NOT kind = TALKS mode = PHONE", false},
        // White space.
        Question{"( kind = VISIT )", true}, Question{"(kind = VISIT\n)", true},
        Question{"((kind=VISIT) )", true}, Question{"( ( kind=VISIT ) OR (kind=TALKS ) )", true},
        Question{"kind  =  VISIT\tAND\r\nname:*", true}, Question{"  kind=VISIT  ", true},
        Question{"(kind=VISIT) AND(name:*)", true}));

struct Mistake {
  const char* filter;
  const char* rule;
  int position;
  const char* nearest = "";
};

class WrongFilter : public testing::TestWithParam<Mistake> {};

TEST_P(WrongFilter, IsRefusedByRule) {
  const auto& [text, rule, position, nearest] = GetParam();
  const auto filter = ParseFor(text);
  ASSERT_FALSE(filter.ok()) << text;
  EXPECT_EQ(filter.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_TRUE(errors::HasReason(filter.status(), types::v1::FILTER_INVALID));
  const auto metadata = errors::InfoOf(filter.status()).metadata();
  EXPECT_EQ(metadata.at("rule"), rule) << text << ": " << filter.status();
  EXPECT_EQ(metadata.at("position"), absl::StrCat(position)) << text << ": " << filter.status();
  EXPECT_EQ(metadata.at("filter"), text);
  EXPECT_EQ(metadata.contains("nearest") ? metadata.at("nearest") : "", nearest) << text;
}

INSTANTIATE_TEST_SUITE_P(
    Syntax, WrongFilter,
    testing::Values(
        Mistake{"kind =", "syntax", 6}, Mistake{"kind = = VISIT", "syntax", 7},
        Mistake{"kind == VISIT", "syntax", 6}, Mistake{"= VISIT", "syntax", 0},
        Mistake{"kind ! VISIT", "bare-value", 0}, Mistake{"(kind = VISIT", "syntax", 13},
        Mistake{"kind = VISIT)", "syntax", 12}, Mistake{"()", "syntax", 1},
        Mistake{"kind = VISIT AND", "syntax", 16}, Mistake{"AND kind = VISIT", "syntax", 0},
        Mistake{"kind = VISIT AND AND name:*", "syntax", 17},
        Mistake{"kind = VISIT OR", "syntax", 15}, Mistake{"OR", "syntax", 0},
        Mistake{"NOT", "syntax", 3}, Mistake{"NOT NOT kind = VISIT", "syntax", 4},
        Mistake{"-", "syntax", 1}, Mistake{"--kind = VISIT", "syntax", 1},
        Mistake{"- kind = VISIT", "syntax", 1}, Mistake{"(kind = VISIT)(name:*)", "syntax", 14},
        Mistake{"title = \"a\"name:*", "syntax", 11}, Mistake{"kind = VISIT, name:*", "syntax", 12},
        Mistake{"title = O'Brien", "syntax", 9}, Mistake{"\"title\" = x", "syntax", 0},
        Mistake{"venue..locality = x", "syntax", 6}, Mistake{".title = x", "syntax", 0},
        Mistake{"participants.no-da.role:HOST", "syntax", 13}, Mistake{"title = AND", "syntax", 8},
        Mistake{"title = \"abc", "string", 8}, Mistake{"title = 'abc\"", "string", 8},
        Mistake{"title = \"a\\n\"", "escape", 10}, Mistake{"title = \"a\\", "escape", 10},
        Mistake{"title = \"a*b\"", "wildcard", 10}, Mistake{"title = a*b", "wildcard", 9},
        Mistake{"title = \"*\"", "wildcard", 9}, Mistake{"title:\"**\"", "wildcard", 8},
        Mistake{"title > \"a*\"", "wildcard", 8}, Mistake{"kind = VIS*", "wildcard", 7},
        Mistake{"time = \"2012*\"", "wildcard", 7}, Mistake{"series.ordinal:1*", "wildcard", 15},
        Mistake{"VISIT", "bare-value", 0}, Mistake{"\"a text\"", "bare-value", 0},
        Mistake{"-(42)", "bare-value", 2}, Mistake{"( 42 )", "bare-value", 2},
        Mistake{"name:* Nisshō title:*", "bare-value", 7}, Mistake{"-30", "bare-value", 1},
        Mistake{"kind = VISIT and name:*", "keyword-case", 13},
        Mistake{"not kind = VISIT", "keyword-case", 0},
        Mistake{"kind = VISIT Or kind = TALKS", "keyword-case", 13},
        Mistake{"size(participants) > 2", "function", 0}, Mistake{"math.abs(1) = 1", "function", 0},
        Mistake{"update_time > now()", "function", 14},
        Mistake{"overlap(time, 2012)", "function", 0},
        Mistake{"kind = within(time, 2012)", "function", 7}, Mistake{"overlaps()", "syntax", 9},
        Mistake{"overlaps(time)", "syntax", 13}, Mistake{"overlaps(time, )", "syntax", 15},
        Mistake{"overlaps(time, 2012", "syntax", 19},
        Mistake{"overlaps(time, 2012, 2013)", "syntax", 19},
        Mistake{"overlaps(time, 2012) =", "syntax", 22},
        Mistake{"overlaps(time, 2012)kind = VISIT", "syntax", 20},
        Mistake{"kind = (VISIT OR TALKS)", "argument-group", 7}));

INSTANTIATE_TEST_SUITE_P(
    Meaning, WrongFilter,
    testing::Values(
        Mistake{"titel = x", "unknown-field", 0, "title,time"},
        Mistake{"involve:states/jp", "unknown-field", 0, "involves"},
        Mistake{"name:* AND venue.localty = x", "unknown-field", 17, "venue.locality"},
        Mistake{"title.x = y", "unknown-field", 6},
        Mistake{"involves.x = y", "unknown-field", 0, "involves"},
        Mistake{"update_time.seconds = 1", "unknown-field", 12},
        Mistake{"title = \"日本\" vemue:*", "unknown-field", 13, "venue"},
        Mistake{"citations.exact:x", "input-only", 10},
        Mistake{"citations.exac:x", "unknown-field", 10}, Mistake{"venue = x", "message", 0},
        Mistake{"participants:x", "message", 0}, Mistake{"participants.group = x", "message", 13},
        Mistake{"parents != events/x", "repeated", 8},
        Mistake{"participants.role != HOST", "repeated", 18},
        Mistake{"series.ordinal > 2", "repeated", 15},
        Mistake{"involves != states/jp", "repeated", 9}, Mistake{"observed != 2009", "repeated", 9},
        Mistake{"kind > VISIT", "operator", 5}, Mistake{"contested < true", "operator", 10},
        Mistake{"time < 2009", "date-order", 5}, Mistake{"time >= \"2009\"", "date-order", 5},
        Mistake{"title = *", "presence", 8}, Mistake{"kind != *", "presence", 8},
        Mistake{"venue > *", "presence", 8}, Mistake{"involves = *", "presence", 11},
        Mistake{"kind = visit", "enum-value", 7, "VISIT"}, Mistake{"kind = PHONE", "enum-value", 7},
        Mistake{"kind = 1", "enum-value", 7}, Mistake{"kind = MEETNG", "enum-value", 7, "MEETING"},
        Mistake{"contested = yes", "boolean", 12}, Mistake{"contested = True", "boolean", 12},
        Mistake{"series.ordinal:ten", "number", 15},
        Mistake{"agreements_claimed.value > 1.5", "number", 27},
        Mistake{"agreements_claimed.value = 9223372036854775808", "number", 27},
        Mistake{"update_time > 2012", "timestamp", 14},
        Mistake{"update_time > infinite-past", "timestamp", 14},
        Mistake{"update_time > 2012-06-18", "timestamp", 14},
        Mistake{"update_time > 2012-06-18T09:00:00", "timestamp", 14},
        Mistake{"update_time > 2012-13-18T09:00:00Z", "timestamp", 14},
        Mistake{"update_time > \" 2012-06-18T09:00:00Z\"", "timestamp", 14},
        Mistake{"update_time > \"2012-06-18T09:00:00Z \"", "timestamp", 14},
        Mistake{"overlaps(title, 2012)", "function-field", 9},
        Mistake{"overlaps(involves, 2012)", "function-field", 9},
        Mistake{"overlaps(tim, 2012)", "unknown-field", 9, "time"},
        Mistake{"overlaps(time, 2012?)", "window", 15},
        Mistake{"within(time, \"[2011..2012]\")", "window", 13},
        Mistake{"within(time, 2012-13)", "window", 13},
        Mistake{"within(time, 2012*)", "window", 13}, Mistake{"within(time, *)", "window", 13},
        Mistake{"within(time, 2012) = MAYBE", "certainty", 21},
        Mistake{"within(time, 2012) > NO", "operator", 19},
        Mistake{"time = \"18 June 2012\"", "date", 7}, Mistake{"observed:2012-6", "date", 9}));

absl::Status ErrorOf(absl::string_view text) { return ParseFor(text).status(); }

std::string MetadataOf(const absl::Status& status, const std::string& key) {
  const auto metadata = errors::InfoOf(status).metadata();
  return metadata.contains(key) ? metadata.at(key) : "";
}

// What went on when its source spoke is certain until then, and by what supports the date only.
TEST(FilterWindow, AnOpenEndIsCertainUpToTheAsOfOfItsCitation) {
  Event event;
  event.mutable_time()->set_edtf("2007/..");
  auto& citation = *event.add_citations();
  auto& as_of = *citation.mutable_as_of_source();
  as_of.set_edtf("[2012-09-08..]");
  as_of.mutable_earliest()->set_year(2012);
  as_of.mutable_earliest()->set_month(9);
  as_of.mutable_earliest()->set_day(8);
  const auto holds = [&](absl::string_view filter) { return ParseFor(filter)->Matches(event); };
  EXPECT_TRUE(holds("overlaps(time, 2012-09-08) = CERTAIN"));
  EXPECT_TRUE(holds("overlaps(time, 2012-09-09) = POSSIBLE"));
  citation.add_elements("time");
  EXPECT_TRUE(holds("overlaps(time, 2012-09-08) = CERTAIN"));
  citation.set_elements(0, "title");
  EXPECT_TRUE(holds("overlaps(time, 2012-09-08) = POSSIBLE"));
  event.mutable_time()->set_edtf("2007/");
  citation.clear_elements();
  EXPECT_TRUE(holds("overlaps(time, 2012-09-08) = POSSIBLE"));
}

TEST(FilterWindow, IsRequiredWhereEveryMatchOverlapsIt) {
  const auto overlaps = [](absl::string_view filter) {
    return ParseFor(filter)->required_overlaps().size();
  };
  EXPECT_EQ(overlaps("overlaps(time, 2012) kind = VISIT"), 1);
  EXPECT_EQ(overlaps("within(time, 2012) = CERTAIN"), 1);
  EXPECT_EQ(overlaps("overlaps(time, 2012) != NO within(observed, 2012)"), 2);
  EXPECT_EQ(overlaps("overlaps(time, 2012) = NO"), 0);
  EXPECT_EQ(overlaps("overlaps(time, 2012) != CERTAIN"), 0);
  EXPECT_EQ(overlaps("NOT overlaps(time, 2012)"), 0);
  EXPECT_EQ(overlaps("overlaps(time, 2012) OR kind = VISIT"), 0);
}

TEST(FilterError, SaysWhatWasMeant) {
  EXPECT_THAT(
      std::string(ErrorOf("kind = visit").message()),
      AllOf(HasSubstr("position 7"), HasSubstr("'visit'"), HasSubstr("did you mean VISIT?")));
  EXPECT_EQ(MetadataOf(ErrorOf("kind = visit"), "field"), "kind");
  EXPECT_EQ(MetadataOf(ErrorOf("kind = visit"), "value"), "visit");
  EXPECT_THAT(std::string(ErrorOf("venue.stat:x").message()),
              HasSubstr("there is no field 'venue.stat' (did you mean venue.state?)"));
  EXPECT_EQ(MetadataOf(ErrorOf("venue.stat:x"), "field"), "venue.stat");
}

TEST(FilterError, IsSmallWhateverTheFilter) {
  for (const char* start : {"title=\"", "title=x ", "", "kind=", "\"", "titl"}) {
    std::string text = start;
    while (text.size() < size_t{12000}) text += "語";
    const absl::Status status = ErrorOf(text);
    ASSERT_FALSE(status.ok());
    EXPECT_LT(errors::InfoOf(status).ByteSizeLong() + status.message().size(), 4000u) << start;
  }
}

TEST(FilterLimits, Length) {
  const auto text = [](size_t length) {
    std::string filter = "title=\"";
    for (size_t i = filter.size() + 1; i < length; ++i) filter += "ō";
    return filter + "\"";
  };
  EXPECT_TRUE(ErrorOf(text(Filter::kMaxLength)).ok());
  EXPECT_EQ(MetadataOf(ErrorOf(text(Filter::kMaxLength + 1)), "rule"), "length");
}

TEST(FilterLimits, Restrictions) {
  std::string filter = "kind=VISIT";
  for (size_t i = 1; i < Filter::kMaxRestrictions; ++i)
    filter += i % 2 ? " kind=TALKS" : " OR kind=TALKS";
  EXPECT_TRUE(ErrorOf(filter).ok());
  EXPECT_EQ(MetadataOf(ErrorOf(filter + " kind=TALKS"), "rule"), "restrictions");
}

TEST(FilterLimits, Depth) {
  const auto nested = [](size_t depth) {
    return absl::StrCat(std::string(depth, '('), "kind=VISIT", std::string(depth, ')'));
  };
  EXPECT_TRUE(ErrorOf(nested(Filter::kMaxDepth)).ok());
  EXPECT_TRUE(ErrorOf(nested(Filter::kMaxDepth) + " AND " + nested(Filter::kMaxDepth)).ok());
  EXPECT_EQ(MetadataOf(ErrorOf(nested(Filter::kMaxDepth + 1)), "rule"), "depth");
  EXPECT_EQ(MetadataOf(ErrorOf(std::string(4000, '(')), "rule"), "depth");

  std::string path;
  for (size_t i = 2; i < Filter::kMaxDepth; i += 2) path += "accounts.value.";
  EXPECT_TRUE(ErrorOf(path + "venue.locality:x").ok());
  EXPECT_EQ(MetadataOf(ErrorOf(path + "venue.accounts.id:x"), "rule"), "depth");
}

TEST(FilterText, IsUtf8) {
  for (const char* bad :
       {"\xff", "\xc0\x80", "\xe2\x82", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\x80"}) {
    const absl::Status status = ErrorOf(absl::StrCat("title=\"ō", bad, "\""));
    EXPECT_EQ(MetadataOf(status, "rule"), "utf-8");
    EXPECT_EQ(MetadataOf(status, "position"), "8");
    EXPECT_EQ(MetadataOf(status, "filter"), "title=\"ō");
  }
  EXPECT_TRUE(ErrorOf("title=\"ō€𐍈\"").ok());
}

std::vector<std::pair<std::string, std::string>> EqualitiesOf(absl::string_view text) {
  const auto filter = ParseFor(text);
  EXPECT_TRUE(filter.ok()) << filter.status();
  std::vector<std::pair<std::string, std::string>> equalities;
  for (const auto& [path, value] : filter->required_equalities())
    equalities.emplace_back(path, value);
  return equalities;
}

TEST(RequiredEqualities, AreThePartsOfTheOutermostAnd) {
  EXPECT_THAT(EqualitiesOf("kind = VISIT"), ElementsAre(Pair("kind", "VISIT")));
  EXPECT_THAT(EqualitiesOf("(kind = VISIT AND (destination:states/jp)) contested = true"),
              ElementsAre(Pair("kind", "VISIT"), Pair("destination", "states/jp"),
                          Pair("contested", "true")));
  EXPECT_THAT(
      EqualitiesOf("participants.person:people/noda AND series.ordinal:10"),
      ElementsAre(Pair("participants.person", "people/noda"), Pair("series.ordinal", "10")));
  EXPECT_THAT(EqualitiesOf("involves = \"states/a\" AND involves = \"states/b\""),
              ElementsAre(Pair("involves", "states/a"), Pair("involves", "states/b")));
  EXPECT_THAT(EqualitiesOf("kindAsStated = x"), ElementsAre(Pair("kind_as_stated", "x")));
  EXPECT_THAT(EqualitiesOf("time = [2009] kind:*"), ElementsAre(Pair("time.edtf", "2009")));
}

TEST(RequiredEqualities, AreNothingLess) {
  for (const char* filter :
       {"", "kind = VISIT OR kind = TALKS", "NOT kind = VISIT", "kind != VISIT", "kind:*",
        "title = \"a*\"", "title > a", "title = \"\"", "kind = KIND_UNSPECIFIED",
        "series.ordinal:0", "contested = false", "update_time = 2012-06-18T09:00:00Z", "involves:*",
        "involves:\"*jp\""}) {
    EXPECT_THAT(EqualitiesOf(filter), IsEmpty()) << filter;
  }
}

struct Cover {
  const char* filter;
  std::vector<size_t> equalities;
  bool covered;
};

TEST(CoveredBy, IsTrueIfNothingElseIsSaid) {
  const std::vector<Cover> covers = {
      {"", {}, true},
      {"kind = VISIT", {0}, true},
      {"kind = VISIT", {}, false},
      {"involves:states/a AND involves:states/b", {1, 0}, true},
      {"involves:states/a AND involves:states/b", {0}, false},
      {"involves:states/a AND involves:states/b", {0, 0}, false},
      {"(kind = VISIT (involves:states/a))", {0, 1}, true},
      {"kind = VISIT title:*", {0}, false},
      {"kind = VISIT title = \"\"", {0}, false},
      {"kind = VISIT (mode = PHONE OR mode = VIDEO)", {0}, false},
      {"mode = PHONE OR mode = VIDEO", {}, false},
      {"NOT kind = VISIT", {}, false},
  };
  for (const auto& [text, equalities, covered] : covers) {
    const auto filter = ParseFor(text);
    ASSERT_TRUE(filter.ok()) << filter.status();
    EXPECT_EQ(filter->CoveredBy(equalities), covered) << text;
  }
}

TEST(Filter, IsEmptyWithoutRestrictions) {
  EXPECT_TRUE(ParseFor(" ")->empty());
  EXPECT_FALSE(ParseFor("kind = VISIT")->empty());
}

TEST(Filter, MatchesAsACopy) {
  const Filter copy = *ParseFor("kind = VISIT");
  EXPECT_TRUE(copy.Matches(Visit()));
  EXPECT_FALSE(copy.Matches(Event()));
}

TEST(Filter, KnowsNoVirtualFieldThatItIsNotGiven) {
  const auto filter = Filter::Parse("involves:states/jp", Event::descriptor(), {});
  EXPECT_EQ(MetadataOf(filter.status(), "rule"), "unknown-field");
}

}  // namespace
}  // namespace chancery::resource
