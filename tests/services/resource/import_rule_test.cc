// What a line does to a record that is there: decided by digests, on any kind.

#include "services/resource/import_rule.h"

#include <memory>
#include <string>

#include "chancery/agreements/v1/segment.pb.h"
#include "chancery/people/v1/person.pb.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "proto/errors/error.h"
#include "services/resource/annotations.h"

namespace chancery::resource {
namespace {

using people::v1::Person;
using types::v1::ImportOutcome;

Person Noda(const std::string& name) {
  Person person;
  person.set_name("people/noda");
  auto& first = *person.add_names();
  first.set_id("a");
  first.set_text(name);
  person.mutable_birth()->set_edtf("1957-05-20");
  EXPECT_TRUE(Prepare(person).ok());
  return person;
}

ImportedRecord Line(const Person& person, const std::string& digest,
                    const std::string& dataset = "d") {
  auto record = std::make_shared<Person>(person);
  record->mutable_origin()->set_dataset(dataset);
  record->mutable_origin()->set_key("people/noda");
  record->mutable_origin()->set_line_digest(digest);
  ImportedRecord line{record, false};
  NoteContent(line);
  return line;
}

// What an import of the line leaves.
Person Imported(const Person& person, const std::string& digest) {
  return static_cast<const Person&>(*Line(person, digest).record);
}

ImportDecision Decide(const Person& current, const ImportedRecord& line) {
  auto decision = DecideImport(current, /*deleted=*/false, line);
  EXPECT_TRUE(decision.ok()) << decision.status();
  return decision.ok() ? *std::move(decision) : ImportDecision();
}

Person Edited(Person person) {
  person.mutable_names(0)->set_text("Corrected");
  return person;
}

TEST(ImportRule, AKnownLineChangesNothingEvenAfterAnEdit) {
  const Person current = Edited(Imported(Noda("Noda"), "sha256:1"));
  EXPECT_EQ(Decide(current, Line(Noda("Noda"), "sha256:1")).next, nullptr);
}

TEST(ImportRule, AnotherLineThatSaysTheSameChangesNothing) {
  const Person current = Imported(Noda("Noda"), "sha256:1");
  EXPECT_EQ(Decide(current, Line(Noda("Noda"), "sha256:2")).next, nullptr);
  EXPECT_EQ(Decide(current, Line(Noda("Noda"), "sha256:2", "other")).next, nullptr);
}

TEST(ImportRule, AChangedLineUpdatesWhatNobodyEdited) {
  const ImportedRecord line = Line(Noda("Yoshihiko Noda"), "sha256:2");
  const ImportDecision decision = Decide(Imported(Noda("Noda"), "sha256:1"), line);
  EXPECT_EQ(decision.kind, ImportOutcome::UPDATED);
  ASSERT_NE(decision.next, nullptr);
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(*decision.next, *line.record));
}

TEST(ImportRule, AChangedLineStandsBesideAnEdit) {
  const Person current = Edited(Imported(Noda("Noda"), "sha256:1"));
  const ImportedRecord line = Line(Noda("Yoshihiko Noda"), "sha256:2");
  const ImportDecision decision = Decide(current, line);
  EXPECT_EQ(decision.kind, ImportOutcome::ACCOUNT_ADDED);
  ASSERT_NE(decision.next, nullptr);
  const auto& next = static_cast<const Person&>(*decision.next);
  EXPECT_EQ(next.names(0).text(), "Corrected");
  ASSERT_EQ(next.accounts_size(), 1);
  EXPECT_EQ(next.accounts(0).mask().paths_size(), 1);
  EXPECT_EQ(next.accounts(0).mask().paths(0), "names");
  EXPECT_EQ(next.accounts(0).value().names(0).text(), "Yoshihiko Noda");
  EXPECT_FALSE(next.accounts(0).value().has_birth());
  // Once.
  EXPECT_EQ(Decide(next, line).next, nullptr);
}

// The twin: where the note of what the line gave is made to follow the edit, the edit is lost.
TEST(ImportRule, WithoutTheNoteOfWhatTheLineGaveAnEditIsOverwritten) {
  Person current = Edited(Imported(Noda("Noda"), "sha256:1"));
  current.mutable_origin()->set_record_digest(ContentDigest(current));
  const ImportDecision decision = Decide(current, Line(Noda("Yoshihiko Noda"), "sha256:2"));
  EXPECT_EQ(decision.kind, ImportOutcome::UPDATED);
  EXPECT_EQ(static_cast<const Person&>(*decision.next).names(0).text(), "Yoshihiko Noda");
}

TEST(ImportRule, WhatAnotherDataSetSaysStandsBesideWhatNobodyEdited) {
  const ImportDecision decision =
      Decide(Imported(Noda("Noda"), "sha256:1"), Line(Noda("Other"), "sha256:2", "other"));
  EXPECT_EQ(decision.kind, ImportOutcome::ACCOUNT_ADDED);
}

TEST(ImportRule, WhatNoAccountCanSayIsAConflict) {
  const Person current = Edited(Imported(Noda("Noda"), "sha256:1"));
  Person less = Noda("Noda");
  less.clear_birth();
  const auto decision = DecideImport(current, false, Line(less, "sha256:2"));
  EXPECT_TRUE(errors::HasReason(decision.status(), types::v1::IMPORT_CONFLICT))
      << decision.status();
  EXPECT_EQ(errors::InfoOf(decision.status()).metadata().at("name"), "people/noda");
}

TEST(ImportRule, AChangedLineOfADeletedRecordIsAConflict) {
  const Person current = Imported(Noda("Noda"), "sha256:1");
  EXPECT_TRUE(DecideImport(current, true, Line(Noda("Noda"), "sha256:1")).ok());
  EXPECT_TRUE(errors::HasReason(DecideImport(current, true, Line(Noda("N"), "sha256:2")).status(),
                                types::v1::IMPORT_CONFLICT));
}

TEST(ImportRule, AnUpdateKeepsTheAccountsThatAreThere) {
  Person current = Imported(Noda("Noda"), "sha256:1");
  current.add_accounts()->set_id("theirs");
  Person changed = Noda("Yoshihiko Noda");
  changed.add_accounts()->set_id("ours");
  const ImportDecision decision = Decide(current, Line(changed, "sha256:2"));
  EXPECT_EQ(decision.kind, ImportOutcome::UPDATED);
  const auto& next = static_cast<const Person&>(*decision.next);
  ASSERT_EQ(next.accounts_size(), 2);
  EXPECT_EQ(next.accounts(0).id(), "theirs");
  EXPECT_EQ(next.accounts(1).id(), "ours");
  // One that says something else under the same id is not taken for it.
  changed.mutable_accounts(0)->set_id("theirs");
  changed.mutable_accounts(0)->set_reason("something else");
  EXPECT_TRUE(errors::HasReason(DecideImport(current, false, Line(changed, "sha256:3")).status(),
                                types::v1::IMPORT_CONFLICT));
}

// A kind without accounts has no place for what differs.
TEST(ImportRule, WithoutAccountsAnEditedRecordIsAConflict) {
  const auto line = [](int end, const std::string& digest) {
    auto segment = std::make_shared<agreements::v1::Segment>();
    segment->set_name("segments/s");
    segment->set_end(end);
    segment->mutable_origin()->set_line_digest(digest);
    ImportedRecord imported{segment, false};
    NoteContent(imported);
    return imported;
  };
  const auto imported = line(5, "sha256:1");
  auto current = static_cast<const agreements::v1::Segment&>(*imported.record);
  const auto changed = DecideImport(current, false, line(6, "sha256:2"));
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_EQ(changed->kind, ImportOutcome::UPDATED);
  current.set_end(7);
  EXPECT_TRUE(errors::HasReason(DecideImport(current, false, line(6, "sha256:2")).status(),
                                types::v1::IMPORT_CONFLICT));
}

// What is computed is no part of what a record says: a release that computes it otherwise must not
// make all records look edited.
TEST(ImportRule, TheDigestIsOfWhatIsStated) {
  Person person = Noda("Noda");
  const std::string digest = ContentDigest(person);
  person.mutable_birth()->clear_earliest();
  person.mutable_birth()->clear_shape();
  person.set_etag("\"1\"");
  person.mutable_create_time()->set_seconds(5);
  person.mutable_origin()->set_dataset("d");
  EXPECT_EQ(ContentDigest(person), digest);
  person.mutable_birth()->set_edtf("1957-05");
  EXPECT_NE(ContentDigest(person), digest);
}

}  // namespace
}  // namespace chancery::resource
