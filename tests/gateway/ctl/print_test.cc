#include <string>
#include <vector>

#include "chancery/events/v1/event.pb.h"
#include "gateway/ctl/print/error_text.h"
#include "gateway/ctl/print/json.h"
#include "gateway/ctl/print/record_text.h"
#include "gateway/ctl/print/table.h"
#include "gateway/ctl/print/text_width.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "proto/errors/error.h"

namespace chancery::ctl {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using types::v1::Date;

TEST(DisplayWidth, CountsColumnsOfTheTerminal) {
  EXPECT_EQ(DisplayWidth("Noda"), 4);
  EXPECT_EQ(DisplayWidth("野田"), 4);
  EXPECT_EQ(DisplayWidth("Лавров"), 6);
  EXPECT_EQ(DisplayWidth("e\u0301"), 1);
  EXPECT_EQ(DisplayWidth("\xff"), 1);
  EXPECT_EQ(DisplayWidth(""), 0);
}

TEST(WrapText, BreaksAtSpacesAndLosesNothingElse) {
  EXPECT_THAT(WrapText("the first deputy minister", 10),
              ElementsAre("the first", "deputy", "minister"));
  EXPECT_THAT(WrapText("", 10), ElementsAre(""));
}

TEST(WrapText, BreaksBetweenWideCharactersAndLongWords) {
  EXPECT_THAT(WrapText("野田佳彦総理", 5), ElementsAre("野田", "佳彦", "総理"));
  EXPECT_THAT(WrapText("abcdefgh", 3), ElementsAre("abc", "def", "gh"));
  EXPECT_THAT(WrapText("posts/ru-first-deputy-fm", 16),
              ElementsAre("posts/ru-first-", "deputy-fm"));
}

TEST(OneLine, ShowsWhatATerminalWouldObey) {
  EXPECT_EQ(OneLine("a\nb\tc\x1b[1m"), "a\\nb\\tc\\x1b[1m");
}

TEST(Table, AlignsKanjiAndStaysWithinTheTerminal) {
  const Table table{{"name", "title"},
                    {{"people/noda", "野田佳彦"}, {"people/x", std::string(200, 'y')}}};
  const std::string text = FitTable(table, 40);
  std::string joined;
  for (size_t start = 0; start < text.size();) {
    const size_t end = text.find('\n', start);
    const std::string line = text.substr(start, end - start);
    EXPECT_LE(DisplayWidth(line), 40) << line;
    for (const char c : line) {
      if (c == 'y') joined += c;
    }
    start = end + 1;
  }
  EXPECT_EQ(joined.size(), 200) << "nothing is cut";
  EXPECT_THAT(text, HasSubstr("people/noda  野田佳彦\n"));
}

TEST(Table, GivesAPipeFullValuesInOneLine) {
  const std::string long_value(10'000, 'z');
  const Table table{{"name", "title"}, {{"a", long_value + "\n\x1b[31m"}}};
  EXPECT_EQ(PipeTable(table), "name\ttitle\na\t" + long_value + "\\n\\x1b[31m\n");
}

TEST(ErrorText, PutsACaretUnderThePlace) {
  const absl::Status error =
      errors::Error(types::v1::DATE_INVALID, "there is no month 13",
                    {{"field", "time.edtf"}, {"value", "2009-13"}, {"position", "5"}});
  EXPECT_EQ(ErrorText(error),
            "chancery: there is no month 13 [DATE_INVALID]\n"
            "  time.edtf: 2009-13\n"
            "                  ^\n");
}

TEST(ErrorText, CountsColumnsBeforeTheCaret) {
  const absl::Status error =
      errors::Error(types::v1::FILTER_INVALID, "no such field",
                    {{"filter", "\"野田\" foo"}, {"position", "5"}, {"nearest", "for,food"}});
  EXPECT_EQ(ErrorText(error),
            "chancery: no such field [FILTER_INVALID]\n"
            "  filter: \"野田\" foo\n"
            "                 ^\n"
            "  did you mean for, food?\n");
}

TEST(ErrorText, NamesTheFileAndTheLine) {
  const absl::Status error =
      errors::Error(types::v1::FIELD_INVALID, "too long", {{"file", "a.jsonl"}, {"line", "7"}});
  EXPECT_EQ(ErrorText(error), "chancery: a.jsonl:7: too long [FIELD_INVALID]\n");
}

TEST(ErrorJson, IsAStatusWithItsErrorInfo) {
  const std::string json =
      ErrorJson(errors::Error(types::v1::ETAG_MISMATCH, "changed", {{"name", "people/x"}}));
  EXPECT_EQ(json,
            "{\"code\":10,\"message\":\"changed\",\"details\":[{\"@type\":"
            "\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\"ETAG_MISMATCH\","
            "\"domain\":\"chancery.dev\",\"metadata\":{\"name\":\"people/x\"}}]}");
}

TEST(Json, WritesTextAsText) {
  EXPECT_EQ(JsonString("a \"b\" 野"), "\"a \\\"b\\\" 野\"");
  EXPECT_EQ(JsonArray({}), "[]");
}

TEST(DateText, ClaimsNoMoreThanTheDate) {
  const auto text = [](const char* edtf, Date::Shape shape) {
    Date date;
    date.set_edtf(edtf);
    date.set_shape(shape);
    return DateText(date);
  };
  EXPECT_EQ(text("2009-05", Date::POINT), "2009-05");
  EXPECT_EQ(text("[2009-10-12..2009-10-14]", Date::WITHIN), "within 2009-10-12..2009-10-14");
  EXPECT_EQ(text("2008-11-05/2008-11-08", Date::THROUGHOUT), "2008-11-05 to 2008-11-08");
  EXPECT_EQ(text("[..2003]", Date::ON_OR_BEFORE), "by 2003");
  EXPECT_EQ(text("[2003..]", Date::ON_OR_AFTER), "2003 or later");
  EXPECT_EQ(text("2007/..", Date::ONGOING), "since 2007");
  EXPECT_EQ(text("2007/", Date::END_UNKNOWN), "from 2007");
  EXPECT_EQ(text("/2007", Date::START_UNKNOWN), "until 2007");
  EXPECT_EQ(text("../2007", Date::START_UNKNOWN), "until 2007");
  EXPECT_EQ(text("[2003,2005]", Date::ONE_OF), "2003 or 2005");
  EXPECT_EQ(text("{2003,2005..2007}", Date::ALL_OF), "2003 and 2005 to 2007");
  EXPECT_EQ(text("[2003,2005]", Date::SHAPE_UNSPECIFIED), "[2003,2005]");
  EXPECT_EQ(text("", Date::SHAPE_UNSPECIFIED), "undated");
}

TEST(RecordTable, HasTheFirstPlainFieldsOfTheKind) {
  events::v1::Event event;
  event.set_name("events/e");
  event.set_title("A call");
  event.set_kind(events::v1::Event::PHONE_CALL);
  event.mutable_time()->set_edtf("2012-01");
  const Table table = RecordTable(*events::v1::Event::descriptor(), {&event});
  EXPECT_THAT(table.columns,
              ElementsAre("name", "title", "kind", "mode", "level", "time", "host_event"));
  EXPECT_THAT(table.rows,
              ElementsAre(ElementsAre("events/e", "A call", "PHONE_CALL", "", "", "2012-01", "")));
}

TEST(RecordText, ShowsEveryFieldOnce) {
  events::v1::Event event;
  event.set_name("events/e");
  event.add_matters("matters/a");
  event.add_matters("matters/b");
  event.mutable_venue()->set_locality("Tokyo");
  event.add_citations()->set_source("sources/s");
  CitationNumbers numbers;
  EXPECT_EQ(RecordText(event, 0, numbers),
            "name: events/e\nvenue:\n  locality: Tokyo\nmatters: matters/a\nmatters: matters/b\n"
            "citations: [1]\n  source: sources/s\n");
}

}  // namespace
}  // namespace chancery::ctl
