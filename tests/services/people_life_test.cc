// The life of a resource, through the gateway, the real service and the real store.

#include <memory>
#include <optional>
#include <string>

#include "chancery/people/v1/people_service.pb.h"
#include "deploy/allinone/register.h"
#include "google/protobuf/util/time_util.h"
#include "gtest/gtest.h"
#include "tests/support/caller.h"
#include "tests/support/manual_clock.h"
#include "tests/support/status_matchers.h"

namespace chancery {
namespace {

using google::protobuf::util::TimeUtil;
using people::v1::Person;
using ::testing::AllOf;
using testing::Caller;
using testing::HasMetadata;
using testing::HasReason;
using testing::IsOk;
using testing::ManualClock;

std::string Method(const std::string& name) { return "chancery.people.v1.PeopleService/" + name; }

class PeopleLife : public ::testing::Test {
 protected:
  void SetUp() override {
    allinone::RegisterOptions options;
    options.clock = &clock_;
    auto served = allinone::Register::Start(options);
    ASSERT_TRUE(served.ok()) << served.status();
    register_ = *std::move(served);
    caller_.emplace(register_->address());
  }

  absl::StatusOr<Person> Create(const std::string& id, const std::string& name,
                                const std::string& request_id = "") {
    people::v1::CreatePersonRequest request;
    request.set_person_id(id);
    request.set_request_id(request_id);
    auto* first = request.mutable_person()->add_names();
    first->set_id("printed");
    first->set_text(name);
    return caller_->Call<Person>(Method("CreatePerson"), request);
  }

  absl::StatusOr<Person> Get(const std::string& name, int64_t known_at = 0) {
    people::v1::GetPersonRequest request;
    request.set_name(name);
    if (known_at != 0) {
      *request.mutable_as_of()->mutable_known_at() = TimeUtil::MicrosecondsToTimestamp(known_at);
    }
    return caller_->Call<Person>(Method("GetPerson"), request);
  }

  absl::StatusOr<Person> Rename(const std::string& name, const std::string& text,
                                const std::string& etag = "") {
    people::v1::UpdatePersonRequest request;
    request.mutable_person()->set_name(name);
    request.mutable_person()->set_etag(etag);
    auto* first = request.mutable_person()->add_names();
    first->set_id("printed");
    first->set_text(text);
    request.mutable_update_mask()->add_paths("names");
    return caller_->Call<Person>(Method("UpdatePerson"), request);
  }

  absl::StatusOr<Person> Delete(const std::string& name, bool allow_missing = false) {
    people::v1::DeletePersonRequest request;
    request.set_name(name);
    request.set_allow_missing(allow_missing);
    return caller_->Call<Person>(Method("DeletePerson"), request);
  }

  ManualClock clock_;
  std::unique_ptr<allinone::Register> register_;
  std::optional<Caller> caller_;
};

TEST_F(PeopleLife, WhatIsCreatedIsRead) {
  ASSERT_OK_AND_ASSIGN(const Person created, Create("noda", "Yoshihiko Noda"));
  EXPECT_EQ(created.name(), "people/noda");
  EXPECT_FALSE(created.etag().empty());
  EXPECT_GE(TimeUtil::TimestampToMicroseconds(created.create_time()), ManualClock::kStart);
  ASSERT_OK_AND_ASSIGN(const Person read, Get("people/noda"));
  EXPECT_EQ(read.SerializeAsString(), created.SerializeAsString());
  EXPECT_EQ(caller_->metadata().count("chancery-token"), 1u);
}

TEST_F(PeopleLife, ACorrectionChangesNoEarlierAnswer) {
  ASSERT_THAT(Create("okada", "Kunio Okada"), IsOk());
  ASSERT_OK_AND_ASSIGN(const Person before, Get("people/okada"));
  const int64_t then = TimeUtil::TimestampToMicroseconds(before.update_time());
  clock_.Advance(ManualClock::kDay);
  ASSERT_THAT(Rename("people/okada", "Katsuya Okada", before.etag()), IsOk());
  ASSERT_OK_AND_ASSIGN(const Person after, Get("people/okada"));
  EXPECT_EQ(after.names(0).text(), "Katsuya Okada");
  EXPECT_NE(after.etag(), before.etag());
  ASSERT_OK_AND_ASSIGN(const Person as_known_then, Get("people/okada", then));
  EXPECT_EQ(as_known_then.SerializeAsString(), before.SerializeAsString());
  EXPECT_THAT(Get("people/okada", then - 1), HasReason(types::v1::RESOURCE_NOT_FOUND));
}

TEST_F(PeopleLife, AStaleEtagIsRefused) {
  ASSERT_OK_AND_ASSIGN(const Person first, Create("kan", "Naoto Kan"));
  ASSERT_THAT(Rename("people/kan", "Kan Naoto", first.etag()), IsOk());
  EXPECT_THAT(Rename("people/kan", "Somebody", first.etag()),
              AllOf(HasReason(types::v1::ETAG_MISMATCH), HasMetadata("name", "people/kan")));
  ASSERT_OK_AND_ASSIGN(const Person kept, Get("people/kan"));
  EXPECT_EQ(kept.names(0).text(), "Kan Naoto");
}

TEST_F(PeopleLife, WhatIsDeletedStaysReadableAndComesBack) {
  ASSERT_THAT(Create("gryzlov", "Boris Gryzlov"), IsOk());
  ASSERT_THAT(Delete("people/gryzlov"), IsOk());
  ASSERT_OK_AND_ASSIGN(const Person deleted, Get("people/gryzlov"));
  EXPECT_TRUE(deleted.has_delete_time());
  EXPECT_THAT(Delete("people/gryzlov"), HasReason(types::v1::RESOURCE_DELETED));
  EXPECT_THAT(Delete("people/gryzlov", /*allow_missing=*/true), IsOk());
  EXPECT_THAT(Rename("people/gryzlov", "x"), HasReason(types::v1::RESOURCE_DELETED));
  EXPECT_THAT(Create("gryzlov", "again"), HasReason(types::v1::RESOURCE_ALREADY_EXISTS));
  people::v1::UndeletePersonRequest undelete;
  undelete.set_name("people/gryzlov");
  ASSERT_THAT(caller_->Call<Person>(Method("UndeletePerson"), undelete), IsOk());
  EXPECT_THAT(caller_->Call<Person>(Method("UndeletePerson"), undelete),
              HasReason(types::v1::RESOURCE_NOT_DELETED));
  ASSERT_OK_AND_ASSIGN(const Person live, Get("people/gryzlov"));
  EXPECT_FALSE(live.has_delete_time());
}

TEST_F(PeopleLife, HistoryIsNewestFirstAndSaysWhy) {
  ASSERT_THAT(Create("sasae", "Kenichiro Sasae"), IsOk());
  for (int i = 0; i < 4; ++i)
    ASSERT_THAT(Rename("people/sasae", "Sasae " + std::to_string(i)), IsOk());
  people::v1::ListPersonRevisionsRequest request;
  request.set_parent("people/sasae");
  request.set_page_size(3);
  ASSERT_OK_AND_ASSIGN(const auto first, caller_->Call<people::v1::ListPersonRevisionsResponse>(
                                             Method("ListPersonRevisions"), request));
  ASSERT_EQ(first.person_revisions_size(), 3);
  EXPECT_EQ(first.person_revisions(0).snapshot().names(0).text(), "Sasae 3");
  EXPECT_EQ(first.person_revisions(0).change_note().kind(), types::v1::ChangeNote::CORRECTED);
  EXPECT_EQ(first.person_revisions(0).principal(), "tester");
  request.set_page_token(first.next_page_token());
  ASSERT_OK_AND_ASSIGN(const auto second, caller_->Call<people::v1::ListPersonRevisionsResponse>(
                                              Method("ListPersonRevisions"), request));
  ASSERT_EQ(second.person_revisions_size(), 2);
  EXPECT_EQ(second.person_revisions(1).change_note().kind(), types::v1::ChangeNote::CREATED);
  EXPECT_TRUE(second.next_page_token().empty());
}

TEST_F(PeopleLife, ARepeatedRequestIsAnsweredFromTheFirst) {
  const std::string id = "0b0f3a3e-6f0c-4a52-9a3b-2f1f6f6f6f6f";
  ASSERT_OK_AND_ASSIGN(const Person first, Create("lavrov", "Sergey Lavrov", id));
  ASSERT_THAT(Rename("people/lavrov", "S. Lavrov"), IsOk());
  ASSERT_OK_AND_ASSIGN(const Person again, Create("lavrov", "Sergey Lavrov", id));
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
  EXPECT_THAT(Create("lavrov", "Another", id),
              AllOf(HasReason(types::v1::REQUEST_ID_REUSED), HasMetadata("request_id", id)));
}

TEST_F(PeopleLife, PagesShowOneMoment) {
  for (int i = 0; i < 10; ++i) {
    ASSERT_THAT(Create("p" + std::to_string(i), "P"), IsOk());
  }
  people::v1::ListPeopleRequest request;
  request.set_page_size(4);
  int seen = 0;
  do {
    ASSERT_OK_AND_ASSIGN(const auto page, caller_->Call<people::v1::ListPeopleResponse>(
                                              Method("ListPeople"), request));
    seen += page.people_size();
    request.set_page_token(page.next_page_token());
    ASSERT_THAT(Create("late" + std::to_string(seen), "Late"), IsOk());
  } while (!request.page_token().empty());
  EXPECT_EQ(seen, 10);
}

TEST_F(PeopleLife, ABatchIsAllOrNothing) {
  people::v1::BatchCreatePeopleRequest request;
  for (const char* id : {"a", "b", "c"}) {
    auto* each = request.add_requests();
    each->set_person_id(id);
    each->mutable_person()->set_state(id[0] == 'c' ? "states/nowhere" : "");
  }
  EXPECT_THAT(
      caller_->Call<people::v1::BatchCreatePeopleResponse>(Method("BatchCreatePeople"), request),
      AllOf(HasReason(types::v1::REFERENCE_NOT_FOUND), HasMetadata("index", "2")));
  EXPECT_THAT(Get("people/a"), HasReason(types::v1::RESOURCE_NOT_FOUND));
  request.mutable_requests(2)->mutable_person()->clear_state();
  ASSERT_OK_AND_ASSIGN(const auto created, caller_->Call<people::v1::BatchCreatePeopleResponse>(
                                               Method("BatchCreatePeople"), request));
  EXPECT_EQ(created.people_size(), 3);
}

TEST_F(PeopleLife, ValidateOnlyChangesNothing) {
  people::v1::CreatePersonRequest request;
  request.set_person_id("draft");
  request.mutable_person();
  request.set_validate_only(true);
  ASSERT_OK_AND_ASSIGN(const Person draft, caller_->Call<Person>(Method("CreatePerson"), request));
  EXPECT_EQ(draft.name(), "people/draft");
  EXPECT_THAT(Get("people/draft"), HasReason(types::v1::RESOURCE_NOT_FOUND));
}

TEST_F(PeopleLife, AnUpdateThatMakesARecordSaysSo) {
  people::v1::UpdatePersonRequest request;
  request.mutable_person()->set_name("people/denisov");
  request.set_allow_missing(true);
  ASSERT_THAT(caller_->Call<Person>(Method("UpdatePerson"), request), IsOk());
  people::v1::ListPersonRevisionsRequest history;
  history.set_parent("people/denisov");
  ASSERT_OK_AND_ASSIGN(const auto revisions, caller_->Call<people::v1::ListPersonRevisionsResponse>(
                                                 Method("ListPersonRevisions"), history));
  ASSERT_EQ(revisions.person_revisions_size(), 1);
  EXPECT_EQ(revisions.person_revisions(0).change_note().kind(), types::v1::ChangeNote::CREATED);
}

TEST_F(PeopleLife, WhatChangesNothingMakesNoRevision) {
  ASSERT_THAT(Create("kan", "Naoto Kan"), IsOk());
  ASSERT_OK_AND_ASSIGN(const Person before, Get("people/kan"));
  ASSERT_OK_AND_ASSIGN(const Person same, Rename("people/kan", "Naoto Kan"));
  EXPECT_EQ(same.SerializeAsString(), before.SerializeAsString());
}

TEST_F(PeopleLife, NoWriteDropsAnAccount) {
  ASSERT_THAT(Create("okada", "Kunio Okada"), IsOk());
  people::v1::UpdatePersonRequest add;
  add.mutable_person()->set_name("people/okada");
  auto* account = add.mutable_person()->add_accounts();
  account->set_id("ministry");
  account->mutable_value()->add_names()->set_text("Katsuya Okada");
  account->mutable_value()->mutable_names(0)->set_id("printed");
  add.mutable_update_mask()->add_paths("accounts");
  ASSERT_THAT(caller_->Call<Person>(Method("UpdatePerson"), add), IsOk());
  for (const char* mask : {"accounts", "accounts.ministry", "*"}) {
    people::v1::UpdatePersonRequest drop;
    drop.mutable_person()->set_name("people/okada");
    drop.mutable_update_mask()->add_paths(mask);
    EXPECT_THAT(
        caller_->Call<Person>(Method("UpdatePerson"), drop),
        AllOf(HasReason(types::v1::FIELD_IMMUTABLE), HasMetadata("field", "accounts.ministry")))
        << mask;
  }
  account->set_rank(types::v1::RANK_DEPRECATED);
  account->set_deprecation_reason(types::v1::DEPRECATION_REASON_NOW_KNOWN_WRONG);
  EXPECT_THAT(caller_->Call<Person>(Method("UpdatePerson"), add), IsOk());
}

}  // namespace
}  // namespace chancery
