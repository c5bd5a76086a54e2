#include "services/resource/accounts.h"

#include <string>

#include "chancery/agreements/v1/statistic.pb.h"
#include "chancery/events/v1/event.pb.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "proto/errors/error.h"

namespace chancery::resource {
namespace {

using agreements::v1::Statistic;
using events::v1::Event;

template <typename Record>
Record Parsed(const std::string& text) {
  Record record;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &record)) << text;
  return record;
}

bool Contested(const std::string& event) {
  Event record = Parsed<Event>(event);
  EXPECT_TRUE(SettleAccounts(record).ok()) << event;
  return record.contested();
}

// An event and one account of it that speaks about these paths.
std::string With(const std::string& record, const std::string& paths, const std::string& value) {
  return record + " accounts { id: 'a' mask { " + paths + " } value { " + value + " } }";
}

// The time of the record against that of an account.
bool DatesContest(const std::string& a, const std::string& b) {
  return Contested(
      With("time { edtf: '" + a + "' }", "paths: 'time'", "time { edtf: '" + b + "' }"));
}

TEST(Accounts, OfDatesConflictOnlyIfNoReadingIsBoth) {
  EXPECT_TRUE(DatesContest("2012-06", "2012-07"));
  EXPECT_TRUE(DatesContest("2012-06-18", "2012-06-19"));
  EXPECT_TRUE(DatesContest("[..2003]", "2004"));
  EXPECT_TRUE(DatesContest("[2003,2005]", "2004"));
  EXPECT_TRUE(DatesContest("2008-11-05/2008-11-08", "2008-11-06/2008-11-08"));
  EXPECT_FALSE(DatesContest("2012-06", "2012-06-18")) << "a narrower one refines";
  EXPECT_FALSE(DatesContest("2012-06-18", "2012-06"));
  EXPECT_FALSE(DatesContest("[..2003]", "2003-05"));
  EXPECT_FALSE(DatesContest("2007/..", "2007/2012"));
  EXPECT_FALSE(DatesContest("1956~", "1957")) << "a doubtful date contradicts nothing";
}

bool CountsContest(const std::string& a, const std::string& b) {
  Statistic record =
      Parsed<Statistic>("count { " + a + " } accounts { id: 'a' value { count { " + b + " } } }");
  EXPECT_TRUE(SettleAccounts(record).ok());
  return record.contested();
}

TEST(Accounts, OfCountsConflictOnlyIfNoNumberIsBoth) {
  EXPECT_TRUE(CountsContest("value: 60", "value: 61 comparator: EQ"));
  EXPECT_TRUE(CountsContest("value: 50 comparator: GT", "value: 50 comparator: EQ"));
  EXPECT_TRUE(CountsContest("value: 50 comparator: EQ", "value: 51 comparator: GE"));
  EXPECT_TRUE(CountsContest("value: 2 comparator: ORDINAL", "value: 3 comparator: ORDINAL"));
  EXPECT_FALSE(CountsContest("value: 50 comparator: GT", "value: 51 comparator: EQ"));
  EXPECT_FALSE(CountsContest("value: 50 comparator: GE", "value: 50 comparator: EQ"));
  EXPECT_FALSE(CountsContest("value: 50 comparator: GT", "value: 900 comparator: GE"));
  EXPECT_FALSE(CountsContest("value: 2 comparator: ORDINAL", "value: 3 comparator: EQ"));
  EXPECT_FALSE(CountsContest("value: 7", "comparator: VAGUE as_stated: 'several'"));
}

TEST(Accounts, SpeakAboutTheirMaskAlone) {
  const std::string record = "title: 'A' kind: VISIT";
  EXPECT_TRUE(Contested(With(record, "paths: 'title'", "title: 'B'")));
  EXPECT_FALSE(Contested(With(record, "paths: 'kind'", "title: 'B' kind: VISIT")));
  EXPECT_TRUE(Contested(With(record, "", "title: 'B'"))) << "no mask: all that the value has";
  EXPECT_FALSE(Contested(With(record, "", "title: 'A'")));
  EXPECT_FALSE(Contested(With("kind: VISIT", "paths: 'title'", "title: 'B'"))) << "nothing said";
  EXPECT_FALSE(Contested(With(record, "paths: 'title'", ""))) << "nothing said";
  EXPECT_FALSE(Contested(With("kind_as_stated: 'a'", "", "kind_as_stated: 'b'"))) << "a wording";
}

TEST(Accounts, OfElementsAreComparedById) {
  const std::string record = "participants { id: 'noda' person: 'people/noda' role: HOST }";
  const auto contested = [&](const std::string& path, const std::string& value) {
    return Contested(With(record, "paths: '" + path + "'", value));
  };
  EXPECT_TRUE(contested("participants.noda.role", "participants { id: 'noda' role: SPEAKER }"));
  EXPECT_TRUE(contested("participants", "participants { id: 'noda' role: SPEAKER }"));
  EXPECT_TRUE(contested("participants.noda", "participants { id: 'noda' post: 'posts/jp-pm' }"));
  EXPECT_FALSE(contested("participants.noda.role", "participants { id: 'noda' role: HOST }"));
  EXPECT_FALSE(contested("participants.kan", "participants { id: 'kan' role: HOST }"));
  EXPECT_FALSE(contested("participants", "participants { id: 'kan' role: HOST }"));
  EXPECT_TRUE(contested("participants.noda", "")) << "it says that he was not there";
  EXPECT_FALSE(contested("participants.kan", "")) << "and so does the record";
}

TEST(Accounts, OfListsConflictUnlessOneHoldsTheOther) {
  const std::string record = "matters: 'matters/a' matters: 'matters/b'";
  EXPECT_FALSE(Contested(With(record, "paths: 'matters'", "matters: 'matters/b'")));
  EXPECT_FALSE(Contested(With("matters: 'matters/a'", "", record)));
  EXPECT_TRUE(
      Contested(With(record, "paths: 'matters'", "matters: 'matters/a' matters: 'matters/c'")));
}

TEST(Accounts, ConflictWithEachOtherToo) {
  const std::string first = "accounts { id: 'a' mask { paths: 'title' } value { title: 'A' } }";
  const std::string second = "accounts { id: 'b' mask { paths: 'title' } value { title: 'B' } }";
  EXPECT_FALSE(Contested(first));
  EXPECT_TRUE(Contested(first + second));
  const std::string place =
      "accounts { id: 'a' mask { paths: 'venue' } value { venue { locality: 'A' } } }";
  const std::string other =
      "accounts { id: 'b' mask { paths: 'venue.locality' } value { venue { locality: 'B' } } }";
  EXPECT_TRUE(Contested(place + other)) << "one path leads into the other";
}

TEST(Accounts, ThatAreDeprecatedContestNothingAndSayWhy) {
  const std::string start =
      "title: 'A' accounts { id: 'a' rank: RANK_DEPRECATED value { title: 'B' } ";
  EXPECT_FALSE(Contested(start + "deprecation_reason: DEPRECATION_REASON_DUPLICATE }"));
  Event record = Parsed<Event>(start + "}");
  const absl::Status status = SettleAccounts(record);
  ASSERT_TRUE(errors::HasReason(status, types::v1::REQUIRED_FIELD_MISSING)) << status;
  EXPECT_EQ(errors::InfoOf(status).metadata().at("field"), "accounts.a.deprecation_reason");
}

TEST(Accounts, HaveMasksOfTheirRecord) {
  Event record = Parsed<Event>(With("", "paths: 'venue.localty'", ""));
  const absl::Status status = SettleAccounts(record);
  ASSERT_TRUE(errors::HasReason(status, types::v1::FIELD_MASK_INVALID)) << status;
  const auto metadata = errors::InfoOf(status).metadata();
  EXPECT_EQ(metadata.at("field"), "accounts.a.mask");
  EXPECT_EQ(metadata.at("position"), "6");
  EXPECT_EQ(metadata.at("nearest"), "venue.locality");
}

TEST(Accounts, AreIndexedWhereTheyContest) {
  Event record;
  storage::IndexKeys keys;
  kContestedIndex.emit(record, keys);
  EXPECT_TRUE(keys.empty());
  record.set_contested(true);
  kContestedIndex.emit(record, keys);
  EXPECT_EQ(keys.size(), 1);
}

}  // namespace
}  // namespace chancery::resource
