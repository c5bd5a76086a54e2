// Lines into a register and out of it, at the gateway over the real services.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "chancery/people/v1/person_requests.pb.h"
#include "chancery/people/v1/state_requests.pb.h"
#include "chancery/types/v1/status.pb.h"
#include "proto/errors/error.h"
#include "proto/errors/grpc_status.h"
#include "services/resource/import_rule.h"
#include "tests/gateway/rpc/register.h"

namespace chancery::gateway::rpc {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using types::v1::ImportOutcome;

constexpr char kGateway[] = "gateway.v1.GatewayService/";
constexpr char kJapan[] = R"({"name":"states/japan","names":[{"id":"a","text":"Japan"}]})";
constexpr char kNoda[] =
    R"({"name":"people/noda","names":[{"id":"a","text":"Noda"}],"state":"states/japan"})";
constexpr char kMeeting[] =
    R"({"name":"events/m","kind":"MEETING","participants":[{"id":"n","person":"people/noda"}]})";

std::string Reason(const ImportOutcome& outcome) {
  return errors::InfoOf(errors::FromGrpc(grpc::Status(
                            static_cast<grpc::StatusCode>(outcome.error().code()),
                            outcome.error().message(), outcome.error().SerializeAsString())))
      .reason();
}

class ImportMethodTest : public RegisterTest {
 protected:
  std::vector<ImportOutcome> Import(const std::vector<std::string>& lines,
                                    const std::vector<std::string>& absent = {},
                                    bool validate_only = false) {
    v1::ImportRecordsRequest request;
    for (const std::string& line : lines) {
      request.add_lines()->set_text(line);
      request.mutable_lines()->rbegin()->set_dataset("d");
    }
    for (const std::string& name : absent) request.add_absent(name);
    request.set_validate_only(validate_only);
    v1::ImportRecordsResponse reply;
    const absl::Status status =
        Call(absl::StrCat(kGateway, "ImportRecords"), request, &reply, absl::Seconds(30));
    EXPECT_TRUE(status.ok()) << status;
    return {reply.outcomes().begin(), reply.outcomes().end()};
  }

  // "CREATED", or the reason.
  std::vector<std::string> Words(const std::vector<ImportOutcome>& outcomes) {
    std::vector<std::string> words;
    for (const ImportOutcome& outcome : outcomes) {
      words.push_back(outcome.has_error() ? Reason(outcome)
                                          : ImportOutcome::Kind_Name(outcome.kind()));
    }
    return words;
  }

  template <typename Request, typename Reply>
  std::vector<std::string> All(const std::string& method, int page_size = 0) {
    std::vector<std::string> lines;
    Request request;
    request.set_page_size(page_size);
    do {
      Reply reply;
      const absl::Status status =
          Call(absl::StrCat(kGateway, method), request, &reply, absl::Seconds(30));
      EXPECT_TRUE(status.ok()) << status;
      lines.insert(lines.end(), reply.lines().begin(), reply.lines().end());
      request.set_page_token(reply.next_page_token());
    } while (!request.page_token().empty());
    return lines;
  }
  std::vector<std::string> Export(int page_size = 0) {
    return All<v1::ExportRecordsRequest, v1::ExportRecordsResponse>("ExportRecords", page_size);
  }
  std::vector<std::string> ExportHistory(int page_size = 0) {
    return All<v1::ExportHistoryRequest, v1::ExportHistoryResponse>("ExportHistory", page_size);
  }

  absl::Status Restore(const std::vector<std::string>& lines, size_t window = 1000) {
    std::string continuation;
    for (size_t from = 0; from < lines.size();) {
      v1::RestoreHistoryRequest request;
      const size_t to = std::min(from + window, lines.size());
      for (size_t i = from; i < to; ++i) request.add_lines(lines[i]);
      request.set_continuation(continuation);
      request.set_end(to == lines.size());
      v1::RestoreHistoryResponse reply;
      absl::Status status =
          Call(absl::StrCat(kGateway, "RestoreHistory"), request, &reply, absl::Seconds(30));
      if (!status.ok()) return status;
      continuation = reply.continuation();
      from += static_cast<size_t>(reply.lines_taken());
      if (reply.lines_taken() == 0) return absl::InternalError("no progress");
    }
    return absl::OkStatus();
  }

  people::v1::Person GetNoda() {
    const auto person = Call<people::v1::GetPersonRequest, people::v1::Person>(
        "people.v1.PeopleService/GetPerson", "name: 'people/noda'");
    EXPECT_TRUE(person.ok()) << person.status();
    return person.value_or(people::v1::Person());
  }

  void Edit(const std::string& text) {
    const auto edited = Call<people::v1::UpdatePersonRequest, people::v1::Person>(
        "people.v1.PeopleService/UpdatePerson",
        absl::StrCat("person { name: 'people/noda' names { id: 'a' text: '", text,
                     "' } } update_mask { paths: 'names' }"));
    ASSERT_TRUE(edited.ok()) << edited.status();
  }

  std::string Digest() {
    const auto status = Call<v1::GetRegisterStatusRequest, v1::RegisterStatus>(
        "gateway.v1.GatewayService/GetRegisterStatus", "full: true");
    EXPECT_TRUE(status.ok()) << status.status();
    return status.ok() ? status->digest() : "";
  }
};

std::string Changed(const char* line) {
  return absl::StrReplaceAll(line, {{"\"Noda\"", "\"Y. Noda\""}});
}

TEST_F(ImportMethodTest, ALineWaitsForItsTargetInAnotherService) {
  EXPECT_THAT(Words(Import({kMeeting, kNoda, kJapan})),
              ElementsAre("REFERENCE_NOT_FOUND", "REFERENCE_NOT_FOUND", "CREATED"));
  EXPECT_THAT(Words(Import({kMeeting, kNoda})), ElementsAre("REFERENCE_NOT_FOUND", "CREATED"));
  EXPECT_THAT(Words(Import({kMeeting})), ElementsAre("CREATED"));
}

TEST_F(ImportMethodTest, BadLinesHoldNobodyUp) {
  const auto outcomes =
      Import({"not json", R"({"name":"states/x","nmaes":[]})", R"({"name":"sttes/x"})", kJapan,
              R"({"name":"people/y","birth":{"edtf":"1956-13"}})", R"({"name":"states/UP"})"});
  EXPECT_THAT(Words(outcomes),
              ElementsAre("REQUEST_UNDECODABLE", "FIELD_INVALID", "RESOURCE_NAME_INVALID",
                          "CREATED", "DATE_INVALID", "RESOURCE_NAME_INVALID"));
}

TEST_F(ImportMethodTest, ImportingTwiceWritesNothing) {
  Import({kJapan, kNoda});
  const std::string digest = Digest();
  EXPECT_THAT(Words(Import({kJapan, kNoda})), ElementsAre("UNCHANGED", "UNCHANGED"));
  EXPECT_EQ(Digest(), digest);
}

TEST_F(ImportMethodTest, AChangedLineUpdatesWhatNobodyEdited) {
  Import({kJapan, kNoda});
  EXPECT_THAT(Words(Import({Changed(kNoda)})), ElementsAre("UPDATED"));
  EXPECT_EQ(GetNoda().names(0).text(), "Y. Noda");
  const auto revisions =
      Call<people::v1::ListPersonRevisionsRequest, people::v1::ListPersonRevisionsResponse>(
          "people.v1.PeopleService/ListPersonRevisions", "parent: 'people/noda'");
  ASSERT_TRUE(revisions.ok());
  ASSERT_EQ(revisions->person_revisions_size(), 2);
  EXPECT_EQ(revisions->person_revisions(0).change_note().kind(), types::v1::ChangeNote::CORRECTED);
  EXPECT_EQ(revisions->person_revisions(1).change_note().kind(), types::v1::ChangeNote::CREATED);
}

TEST_F(ImportMethodTest, AChangedLineNeverOverwritesACurator) {
  Import({kJapan, kNoda});
  Edit("Yoshihiko Noda");
  EXPECT_THAT(Words(Import({kNoda})), ElementsAre("UNCHANGED"));
  EXPECT_THAT(Words(Import({Changed(kNoda)})), ElementsAre("ACCOUNT_ADDED"));
  const people::v1::Person person = GetNoda();
  EXPECT_EQ(person.names(0).text(), "Yoshihiko Noda");
  ASSERT_EQ(person.accounts_size(), 1);
  EXPECT_EQ(person.accounts(0).value().names(0).text(), "Y. Noda");
  // Once, and what says nothing where the record says something is a conflict.
  EXPECT_THAT(Words(Import({Changed(kNoda)})), ElementsAre("UNCHANGED"));
  EXPECT_THAT(Words(Import({R"({"name":"people/noda"})"})), ElementsAre("IMPORT_CONFLICT"));
  EXPECT_EQ(GetNoda().accounts_size(), 1);
}

// The twin: where the note of what the line gave follows the edit, the edit is overwritten.
TEST_F(ImportMethodTest, WithoutTheRuleACuratorIsOverwritten) {
  Import({kJapan, kNoda});
  Edit("Yoshihiko Noda");
  people::v1::UpdatePersonRequest forge;
  *forge.mutable_person() = GetNoda();
  forge.mutable_person()->mutable_origin()->set_record_digest(
      resource::ContentDigest(forge.person()));
  forge.mutable_update_mask()->add_paths("origin");
  people::v1::Person forged;
  ASSERT_TRUE(Call("people.v1.PeopleService/UpdatePerson", forge, &forged, absl::Seconds(30)).ok());
  EXPECT_THAT(Words(Import({Changed(kNoda)})), ElementsAre("UPDATED"));
  EXPECT_EQ(GetNoda().names(0).text(), "Y. Noda");
}

TEST_F(ImportMethodTest, WhatIsCheckedOnlyIsNotWritten) {
  EXPECT_THAT(Words(Import({kJapan, kNoda}, {}, /*validate_only=*/true)),
              ElementsAre("CREATED", "CREATED"));
  EXPECT_TRUE(Export().empty());
}

TEST_F(ImportMethodTest, ReferencesInACircleAreLeftOutAndCompleted) {
  const std::vector<std::string> lines = {
      R"({"name":"events/e","kind":"SIGNING","agreements":["agreements/a"]})",
      R"({"name":"agreements/a","kind":"TREATY","acts":[{"id":"s","action":"SIGNATURE","event":"events/e"}]})"};
  EXPECT_THAT(Words(Import(lines)), ElementsAre("REFERENCE_NOT_FOUND", "REFERENCE_NOT_FOUND"));
  const std::vector<std::string> absent = {"events/e", "agreements/a"};
  EXPECT_THAT(Words(Import(lines, absent)), ElementsAre("CREATED", "CREATED"));
  EXPECT_THAT(Export()[1], Not(HasSubstr("agreements/a")));
  EXPECT_THAT(Words(Import(lines)), ElementsAre("UPDATED", "UPDATED"));
  EXPECT_THAT(Export()[1], HasSubstr("agreements/a"));
  EXPECT_THAT(Words(Import(lines)), ElementsAre("UNCHANGED", "UNCHANGED"));
}

TEST_F(ImportMethodTest, AServiceThatIsAwayFailsTheCall) {
  Import({kJapan, kNoda});
  Stop("events");
  v1::ImportRecordsRequest request;
  request.add_lines()->set_text(kMeeting);
  v1::ImportRecordsResponse reply;
  const std::string method = absl::StrCat(kGateway, "ImportRecords");
  const absl::Status status = Call(method, request, &reply, absl::Seconds(30));
  EXPECT_TRUE(errors::HasReason(status, types::v1::SERVICE_UNREACHABLE)) << status;
  StartAgain("events");
  EXPECT_THAT(Words(Import({kMeeting})), ElementsAre("CREATED"));
}

TEST_F(ImportMethodTest, AnExportIsInNameOrderWhateverTheSizeOfItsPages) {
  FillIn();
  const std::vector<std::string> lines = Export();
  ASSERT_GT(lines.size(), 8u);
  std::vector<std::string> names;
  for (const std::string& line : lines) {
    names.push_back(line.substr(0, line.find('"', 10)));
    EXPECT_THAT(line, HasSubstr("\"origin\":{}"));
    for (const char* computed : {"etag", "createTime", "updateTime", "earliest", "shape"}) {
      EXPECT_THAT(line, Not(HasSubstr(computed)));
    }
  }
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
  for (const int size : {1, 2, 5}) EXPECT_EQ(Export(size), lines);
}

TEST_F(ImportMethodTest, AnExportIsOneMoment) {
  FillIn();
  v1::ExportRecordsRequest request;
  request.set_page_size(1);
  v1::ExportRecordsResponse first;
  const std::string method = absl::StrCat(kGateway, "ExportRecords");
  ASSERT_TRUE(Call(method, request, &first, absl::Seconds(30)).ok());
  const size_t before = Export().size();
  Create("State", "zembla", "");
  EXPECT_EQ(Export().size(), before + 1);
  size_t lines = 1;
  for (request.set_page_token(first.next_page_token()); !request.page_token().empty(); ++lines) {
    v1::ExportRecordsResponse next;
    ASSERT_TRUE(Call(method, request, &next, absl::Seconds(30)).ok());
    request.set_page_token(next.next_page_token());
  }
  EXPECT_EQ(lines, before);
}

TEST_F(ImportMethodTest, AnExportWithAHoleIsNone) {
  FillIn();
  Stop("events");
  v1::ExportRecordsResponse reply;
  const absl::Status status = Call(absl::StrCat(kGateway, "ExportRecords"),
                                   v1::ExportRecordsRequest(), &reply, absl::Seconds(30));
  EXPECT_TRUE(errors::HasReason(status, types::v1::SERVICE_UNREACHABLE)) << status;
}

TEST_F(ImportMethodTest, AHistoryIsRestoredOnlyIntoWhatIsItsBeginning) {
  FillIn();
  Import({kJapan});
  Edit("Yoshihiko Noda");
  const std::vector<std::string> history = ExportHistory();
  for (const int size : {1, 3}) EXPECT_EQ(ExportHistory(size), history);
  const std::string digest = Digest();
  // All of it is there.
  EXPECT_TRUE(Restore(history).ok());
  EXPECT_EQ(Digest(), digest);
  EXPECT_EQ(ExportHistory(), history);
  // Another history is not put behind it.
  std::vector<std::string> other = history;
  other[0] = absl::StrReplaceAll(other[0], {{"\"2026-", "\"2025-"}});
  const absl::Status refused = Restore(other);
  EXPECT_TRUE(errors::HasReason(refused, types::v1::STORE_NOT_EMPTY)) << refused;
  EXPECT_EQ(ExportHistory(), history);
  const absl::Status behind = Restore({history.begin() + 1, history.end()});
  EXPECT_TRUE(errors::HasReason(behind, types::v1::STORE_NOT_EMPTY)) << behind;
}

TEST_F(ImportMethodTest, RestoreRefusesWhatIsNoHistory) {
  const absl::Status status = Restore({kJapan});
  EXPECT_TRUE(errors::HasReason(status, types::v1::FIELD_INVALID)) << status;
  EXPECT_EQ(errors::InfoOf(status).metadata().at("line_index"), "0");
}

}  // namespace
}  // namespace chancery::gateway::rpc
