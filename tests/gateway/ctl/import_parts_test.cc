#include <sstream>
#include <string>
#include <vector>

#include "chancery/events/v1/event.pb.h"
#include "gateway/ctl/call/uuid.h"
#include "gateway/ctl/import/line.h"
#include "gateway/ctl/import/spill.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "proto/errors/error.h"
#include "tests/support/status_matchers.h"

namespace chancery::ctl {
namespace {

using ::chancery::testing::HasMetadata;
using ::chancery::testing::HasReason;
using ::chancery::testing::IsOk;
using ::testing::AllOf;

TEST(Uuid, HasTheShapeOfVersion4) {
  const std::string uuid = UuidOf("lines");
  EXPECT_THAT(uuid, ::testing::MatchesRegex(
                        "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
  EXPECT_EQ(uuid, UuidOf("lines"));
  EXPECT_NE(uuid, UuidOf("other lines"));
  EXPECT_NE(NewUuid(), NewUuid());
}

TEST(ReadRecord, FindsTheKindByTheName) {
  ASSERT_OK_AND_ASSIGN(const LineRecord record,
                       ReadRecord(R"({"name": "events/e", "kind": "PHONE_CALL"})"));
  EXPECT_EQ(record.kind->collection, "events");
  EXPECT_EQ(record.message->GetDescriptor(), events::v1::Event::descriptor());
}

TEST(ReadRecord, SaysWhatFieldMayHaveBeenMeant) {
  EXPECT_THAT(ReadRecord(R"({"name": "events/e", "titel": "x"})"),
              AllOf(HasReason(types::v1::FIELD_INVALID), HasMetadata("field", "titel"),
                    HasMetadata("nearest", "title,time")));
  EXPECT_THAT(ReadRecord(R"({"name": "events/e", "venue": {"localty": "x"}})"),
              AllOf(HasReason(types::v1::FIELD_INVALID), HasMetadata("field", "venue.localty"),
                    HasMetadata("nearest", "locality")));
}

TEST(ReadRecord, SaysWhatValueMayHaveBeenMeant) {
  EXPECT_THAT(ReadRecord(R"({"name": "events/e", "kind": "PHONE_CAL"})"),
              AllOf(HasReason(types::v1::FIELD_INVALID), HasMetadata("field", "kind"),
                    HasMetadata("nearest", "PHONE_CALL")));
}

TEST(ReadRecord, RefusesWhatIsNoRecord) {
  EXPECT_THAT(ReadRecord(R"({"name": )"), HasReason(types::v1::REQUEST_UNDECODABLE));
  EXPECT_THAT(ReadRecord(R"({"title": "x"})"), HasReason(types::v1::REQUIRED_FIELD_MISSING));
  EXPECT_THAT(ReadRecord(R"({"name": "evnts/e"})"),
              AllOf(HasReason(types::v1::USAGE_INVALID), HasMetadata("nearest", "events/e")));
}

TEST(LineReader, SkipsBlanksAndCommentsAndTakesTheDataSetFromRejects) {
  std::istringstream text(
      "# made by hand\n"
      "{\"name\":\"events/a\"}\r\n"
      "\n"
      "# {\"dataset\":\"mine\",\"line\":7}\n"
      "{\"name\":\"events/b\"}\n"
      "{\"name\":\"events/c\"}\n");
  const std::vector<ImportLine> lines = ReadLines(text, "f.jsonl", "f");
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[0].text, R"({"name":"events/a"})");
  EXPECT_EQ(lines[0].dataset, "f");
  EXPECT_EQ(lines[1].dataset, "mine");
  EXPECT_EQ(lines[1].number, 5);
  EXPECT_EQ(lines[2].dataset, "f");
}

WaitingLine Waiting(int i) {
  WaitingLine waiting;
  waiting.line = {"d", "f", i, std::string(100, static_cast<char>('a' + i % 26))};
  waiting.is_part = i % 2 == 1;
  waiting.status = errors::Error(types::v1::REFERENCE_NOT_FOUND, "no", {{"value", "events/e"}});
  return waiting;
}

TEST(Spill, GivesBackWhatWasAddedFromMemoryAndFile) {
  Spill spill({.memory_bytes = 1000, .bytes = 1 << 20});
  for (int i = 0; i < 100; ++i) ASSERT_THAT(spill.Add(Waiting(i)), IsOk());
  for (int i = 0; i < 100; ++i) {
    WaitingLine waiting;
    const auto found = spill.Take(waiting);
    ASSERT_TRUE(found.ok() && *found);
    EXPECT_EQ(waiting.line.number, i);
    EXPECT_EQ(waiting.line.text, Waiting(i).line.text);
    EXPECT_EQ(waiting.is_part, i % 2 == 1);
    EXPECT_THAT(waiting.status,
                AllOf(HasReason(types::v1::REFERENCE_NOT_FOUND), HasMetadata("value", "events/e")));
  }
  WaitingLine none;
  EXPECT_FALSE(*spill.Take(none));
  EXPECT_TRUE(spill.empty());
}

TEST(Spill, SaysWhenItIsFull) {
  Spill spill({.memory_bytes = 500, .bytes = 2000});
  absl::Status status;
  int added = 0;
  for (; status.ok() && added < 100; ++added) status = spill.Add(Waiting(added));
  EXPECT_THAT(status,
              AllOf(HasReason(types::v1::IMPORT_SPILL_FULL), HasMetadata("limit_bytes", "2000")));
  EXPECT_LT(added, 10);
}

}  // namespace
}  // namespace chancery::ctl
