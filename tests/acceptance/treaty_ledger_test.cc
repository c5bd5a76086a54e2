// The treaty ledger over the record of the founding brief and a second source: what was in force on
// a day, as it was known at a moment, and what decided that.

#include <memory>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "chancery/agreements/v1/agreements_service.pb.h"
#include "chancery/events/v1/events_service.pb.h"
#include "chancery/gateway/v1/gateway_service.pb.h"
#include "deploy/allinone/register.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/time_util.h"
#include "gtest/gtest.h"
#include "proto/errors/error.h"
#include "tests/support/brief_import.h"
#include "tests/support/caller.h"
#include "tests/support/manual_clock.h"
#include "tests/support/process.h"
#include "tests/support/status_matchers.h"

namespace chancery {
namespace {

using agreements::v1::Agreement;
using agreements::v1::AgreementStatus;
using agreements::v1::PartyStatus;
using gateway::v1::Dossier;
using google::protobuf::util::TimeUtil;
using testing::Caller;
using ::testing::ElementsAre;
using testing::HasReason;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::ManualClock;

constexpr char kGetDossier[] = "chancery.gateway.v1.GatewayService/GetDossier";
constexpr char kGetEvent[] = "chancery.events.v1.EventsService/GetEvent";
constexpr char kAgreements[] = "chancery.agreements.v1.AgreementsService/";

constexpr char k1956[] = "agreements/1956-joint-declaration";
constexpr char k1986[] = "agreements/1986-07-02-grave-visits";
constexpr char k1991[] = "agreements/1991-10-14-reciprocal-visits";
constexpr char kPlan[] = "agreements/2003-action-plan";
constexpr char kPeaceTreaty[] = "agreements/peace-treaty";

using Names = std::set<std::string>;

// A register in memory with the record of the brief and a second source, on day 1.
class TreatyLedger : public ::testing::Test {
 protected:
  void SetUp() override {
    allinone::RegisterOptions options;
    options.data = testing::NewFolder("register");
    options.clock = &clock_;
    auto served = allinone::Register::Start(std::move(options));
    ASSERT_TRUE(served.ok()) << served.status();
    register_ = *std::move(served);
    caller_ = std::make_unique<Caller>(register_->address());
    ASSERT_THAT(testing::ImportBrief(register_->address()), IsOk());
    agreements::v1::CreateSourceRequest source;
    source.set_source_id("treaty-collection");
    source.mutable_source()->set_title("A collection of treaties");
    ASSERT_THAT(Call<agreements::v1::Source>("CreateSource", source), IsOk());
    clock_.Advance(ManualClock::kSecond);
  }

  template <typename Reply>
  absl::StatusOr<Reply> Call(const std::string& method, const google::protobuf::Message& request) {
    return caller_->Call<Reply>(absl::StrCat(kAgreements, method), request);
  }

  Agreement Get(const std::string& name) {
    agreements::v1::GetAgreementRequest request;
    request.set_name(name);
    const auto got = Call<Agreement>("GetAgreement", request);
    EXPECT_THAT(got, IsOk());
    return got.ok() ? *got : Agreement();
  }

  // Adds to an agreement what a text form says, with a citation of the second source for each act.
  absl::Status Add(const std::string& name, const std::string& more) {
    Agreement added;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(more, &added)) << more;
    for (agreements::v1::Act& act : *added.mutable_acts()) {
      types::v1::Citation& citation = *act.add_citations();
      citation.set_id("t");
      citation.set_source("sources/treaty-collection");
      citation.set_basis(types::v1::BASIS_EXPLICIT);
    }
    agreements::v1::UpdateAgreementRequest request;
    *request.mutable_agreement() = Get(name);
    request.mutable_agreement()->MergeFrom(added);
    // Its parties are stated now.
    if (added.parties_size() > 0) request.mutable_agreement()->clear_not_stated();
    for (const char* path : {"acts", "parties", "binding_force", "not_stated"}) {
      request.mutable_update_mask()->add_paths(path);
    }
    return Call<Agreement>("UpdateAgreement", request).status();
  }

  // The instruments of 1986 and 1991 as the second source has them.
  void AddEntriesIntoForce() {
    ASSERT_THAT(
        Add(k1986, "acts { id: 'force' action: ENTRY_INTO_FORCE time { edtf: '1986-07-02' } }"),
        IsOk());
    ASSERT_THAT(Add(k1991,
                    "parties { id: 'ussr' party: 'states/ussr' } "
                    "parties { id: 'japan' party: 'states/japan' } "
                    "acts { id: 'force' action: ENTRY_INTO_FORCE time { edtf: '1991-10-14' } }"),
                IsOk());
  }

  absl::StatusOr<AgreementStatus> GetStatus(const std::string& name, const std::string& day) {
    agreements::v1::GetAgreementStatusRequest request;
    request.set_name(name);
    request.mutable_as_of()->set_valid_at(day);
    return Call<AgreementStatus>("GetAgreementStatus", request);
  }

  AgreementStatus StatusOn(const std::string& name, const std::string& day) {
    const auto status = GetStatus(name, day);
    EXPECT_THAT(status, IsOk());
    return status.ok() ? *status : AgreementStatus();
  }

  // The agreements of Russia and Japan, and of those that they succeeded.
  static gateway::v1::GetDossierRequest AgreementsOn(const std::string& day, int64_t known_at = 0) {
    gateway::v1::GetDossierRequest request;
    request.set_state("states/russia");
    request.set_other_state("states/japan");
    request.add_sections(gateway::v1::GetDossierRequest::AGREEMENTS);
    request.mutable_as_of()->set_valid_at(day);
    if (known_at != 0) {
      *request.mutable_as_of()->mutable_known_at() = TimeUtil::MicrosecondsToTimestamp(known_at);
    }
    return request;
  }

  Dossier GetDossier(const gateway::v1::GetDossierRequest& request) {
    const auto dossier = caller_->Call<Dossier>(kGetDossier, request);
    EXPECT_THAT(dossier, IsOk());
    if (!dossier.ok()) return {};
    EXPECT_THAT(dossier->unreachable(), IsEmpty());
    return *dossier;
  }

  Names InForce(const std::string& day, int64_t known_at = 0) {
    Names names;
    const Dossier dossier = GetDossier(AgreementsOn(day, known_at));
    for (const auto& entry : dossier.agreements().entries()) {
      EXPECT_EQ(entry.status().valid_at(), day);
      if (entry.status().status() == AgreementStatus::IN_FORCE) {
        names.insert(entry.agreement().name());
      }
    }
    return names;
  }

  // Writes of every kind that a dossier shows: events, and agreements that are in force.
  void WriteOn(int count) {
    for (int done = 0; done < count; done += 200) {
      events::v1::BatchCreateEventsRequest events;
      agreements::v1::BatchCreateAgreementsRequest agreements;
      for (int i = 0; i < 100; ++i) {
        auto* event = events.add_requests();
        event->set_event_id(absl::StrCat("later-", done + i));
        event->mutable_event()->set_kind(events::v1::Event::MEETING);
        event->mutable_event()->add_states("states/russia");
        event->mutable_event()->add_states("states/japan");
        auto* agreement = agreements.add_requests();
        agreement->set_agreement_id(absl::StrCat("later-", done + i));
        EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
            "kind: TREATY parties { id: 'a' party: 'states/russia' } "
            "parties { id: 'b' party: 'states/japan' } "
            "acts { id: 'force' action: ENTRY_INTO_FORCE time { edtf: '1990-01-01' } }",
            agreement->mutable_agreement()));
      }
      ASSERT_THAT(caller_->Call<events::v1::BatchCreateEventsResponse>(
                      "chancery.events.v1.EventsService/BatchCreateEvents", events),
                  IsOk());
      ASSERT_THAT(
          Call<agreements::v1::BatchCreateAgreementsResponse>("BatchCreateAgreements", agreements),
          IsOk());
    }
  }

  ManualClock clock_;
  std::unique_ptr<allinone::Register> register_;
  std::unique_ptr<Caller> caller_;
};

// Capability 2: two clocks on every read, and a receipt for every answer.
TEST_F(TreatyLedger, WhatWasInForceOnADayAsItWasKnownAtAMoment) {
  AddEntriesIntoForce();
  clock_.Advance(ManualClock::kSecond);
  const int64_t day_1 = clock_.NowMicros();
  EXPECT_EQ(InForce("2012-12-31"), (Names{k1986, k1991}));
  clock_.Advance(ManualClock::kDay);
  ASSERT_THAT(Add(k1991,
                  "parties { id: 'russia' party: 'states/russia' } "
                  "acts { id: 'end' action: TERMINATION party: 'russia' "
                  "       time { edtf: '2022-09-05' } }"),
              IsOk());
  EXPECT_EQ(InForce("2012-12-31"), (Names{k1986, k1991}));
  EXPECT_EQ(InForce("2023-02-01"), (Names{k1986}));
  EXPECT_EQ(InForce("2023-02-01", day_1), (Names{k1986, k1991}));
  const AgreementStatus ended = StatusOn(k1991, "2023-02-01");
  EXPECT_EQ(ended.status(), AgreementStatus::TERMINATED);
  EXPECT_THAT(ended.decided_by(), ElementsAre("acts.end"));
  EXPECT_EQ(ended.acts(0).citations(0).source(), "sources/treaty-collection");
}

TEST_F(TreatyLedger, AnOldTokenGivesTheSameBytesAfterTenThousandWrites) {
  AddEntriesIntoForce();
  gateway::v1::GetDossierRequest request = AgreementsOn("2023-02-01");
  const Dossier first = GetDossier(request);
  // The moment of the first answer and its receipt are what the second one has to be of.
  request.mutable_as_of()->set_token(first.token());
  request.mutable_as_of()->set_consistency(types::v1::CONSISTENCY_AT_EXACT_SNAPSHOT);
  const Dossier before = GetDossier(request);
  EXPECT_EQ(before.agreements().SerializeAsString(), first.agreements().SerializeAsString());
  agreements::v1::GetAgreementStatusRequest one;
  one.set_name(k1991);
  one.mutable_as_of()->set_valid_at("2023-02-01");
  ASSERT_OK_AND_ASSIGN(const AgreementStatus status,
                       Call<AgreementStatus>("GetAgreementStatus", one));
  one.mutable_as_of()->set_token(caller_->metadata().at("chancery-token"));
  one.mutable_as_of()->set_consistency(types::v1::CONSISTENCY_AT_EXACT_SNAPSHOT);

  clock_.Advance(ManualClock::kDay);
  ASSERT_THAT(Add(k1991, "acts { id: 'end' action: TERMINATION time { edtf: '2022-09-05' } }"),
              IsOk());
  WriteOn(10'000);
  EXPECT_EQ(GetDossier(request).SerializeAsString(), before.SerializeAsString());
  ASSERT_OK_AND_ASSIGN(const AgreementStatus again,
                       Call<AgreementStatus>("GetAgreementStatus", one));
  EXPECT_EQ(again.SerializeAsString(), status.SerializeAsString());
  // The twin: without the token everything has moved on.
  EXPECT_EQ(StatusOn(k1991, "2023-02-01").status(), AgreementStatus::TERMINATED);
  EXPECT_NE(GetDossier(AgreementsOn("2023-02-01")).agreements().SerializeAsString(),
            before.agreements().SerializeAsString());
}

// Capability 6: derived status with an explanation.
TEST_F(TreatyLedger, SignedRatifiedAndWithdrawnIsASignatory) {
  agreements::v1::CreateAgreementRequest create;
  create.set_agreement_id("test-ban");
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(
      "kind: TREATY binding_force: LEGALLY_BINDING "
      "parties { id: 'russia' party: 'states/russia' } "
      "parties { id: 'japan' party: 'states/japan' } "
      "acts { id: 'sign' action: SIGNATURE party: 'russia' time { edtf: '1996-09-24' } } "
      "acts { id: 'ratify' action: RATIFICATION party: 'russia' time { edtf: '2000-06-30' } } "
      "acts { id: 'back' action: RATIFICATION_WITHDRAWN party: 'russia' "
      "       time { edtf: '2023-11-02' } }",
      create.mutable_agreement()));
  ASSERT_THAT(Call<Agreement>("CreateAgreement", create), IsOk());
  const auto russia = [&](const std::string& day) {
    return StatusOn("agreements/test-ban", day).parties(0);
  };
  EXPECT_EQ(russia("1997-01-01").standing(), PartyStatus::SIGNATORY);
  EXPECT_THAT(russia("2001-01-01").possible(),
              ElementsAre(PartyStatus::CONTRACTING_STATE, PartyStatus::PARTY))
      << "whether it entered into force is not recorded";
  EXPECT_EQ(russia("2023-11-02").standing(), PartyStatus::SIGNATORY);
  EXPECT_THAT(russia("2023-11-02").possible(), IsEmpty());
}

TEST_F(TreatyLedger, TheDeclarationOf1956) {
  const AgreementStatus brief = StatusOn(k1956, "1956-11-01");
  EXPECT_EQ(brief.status(), AgreementStatus::UNDETERMINED) << "signed in 1956, says the brief";
  EXPECT_THAT(brief.decided_by(), ElementsAre("acts.signature"));
  ASSERT_GT(brief.reasons_size(), 0);
  ASSERT_THAT(Add(k1956,
                  "acts { id: 'signed' action: SIGNATURE time { edtf: '1956-10-19' } } "
                  "acts { id: 'force' action: ENTRY_INTO_FORCE time { edtf: '1956-12-12' } }"),
              IsOk());
  const AgreementStatus then = StatusOn(k1956, "1956-11-01");
  EXPECT_EQ(then.status(), AgreementStatus::SIGNED_NOT_IN_FORCE);
  EXPECT_THAT(then.decided_by(), ElementsAre("acts.signed", "acts.force"));
  EXPECT_EQ(StatusOn(k1956, "1956-12-11").status(), AgreementStatus::SIGNED_NOT_IN_FORCE);
  EXPECT_EQ(StatusOn(k1956, "1956-12-12").status(), AgreementStatus::IN_FORCE);
  EXPECT_EQ(StatusOn(k1956, "1956-12-12").parties(0).party(), "states/ussr")
      << "a state of its time";
}

TEST_F(TreatyLedger, APoliticalInstrumentNeverIsInForce) {
  const auto never = [&](const char* when) {
    for (int year = 1990; year < 2030; ++year) {
      EXPECT_NE(StatusOn(kPlan, absl::StrCat(year, "-07-01")).status(), AgreementStatus::IN_FORCE)
          << when;
    }
  };
  never("by the brief alone");
  ASSERT_THAT(Add(kPlan,
                  "binding_force: POLITICAL "
                  "acts { id: 'force' action: ENTRY_INTO_FORCE time { edtf: '2004-01-01' } }"),
              IsOk());
  never("with an entry into force");
  const AgreementStatus plan = StatusOn(kPlan, "2012-09-08");
  EXPECT_EQ(plan.status(), AgreementStatus::ADOPTED);
  EXPECT_EQ(plan.stated_statuses(0).status(), agreements::v1::StatedStatus::IN_FORCE)
      << "what a source says is beside it";
  ASSERT_THAT(Add(kPlan, "binding_force: LEGALLY_BINDING"), IsOk());
  EXPECT_EQ(StatusOn(kPlan, "2012-09-08").status(), AgreementStatus::IN_FORCE)
      << "the twin: the same acts of one that binds";
}

TEST_F(TreatyLedger, SixAgreementsAreThreeNamedAndThreePlaceholders) {
  events::v1::GetEventRequest event;
  event.set_name("events/2009-05-six-agreements-signing");
  ASSERT_OK_AND_ASSIGN(const auto signing, caller_->Call<events::v1::Event>(kGetEvent, event));
  agreements::v1::BatchGetAgreementStatusesRequest request;
  *request.mutable_names() = signing.agreements();
  request.mutable_as_of()->set_valid_at("2009-06-01");
  ASSERT_OK_AND_ASSIGN(const auto statuses, Call<agreements::v1::BatchGetAgreementStatusesResponse>(
                                                "BatchGetAgreementStatuses", request));
  int named = 0;
  int64_t placeholders = 0;
  Names names;
  for (const AgreementStatus& status : statuses.agreement_statuses()) {
    placeholders += status.placeholder_count().value();
    if (status.has_placeholder_count()) continue;
    ++named;
    names.insert(status.agreement());
  }
  EXPECT_EQ(named, 3);
  EXPECT_EQ(placeholders, 3);
  gateway::v1::GetDossierRequest counts = AgreementsOn("2012-09-08");
  counts.set_sections(0, gateway::v1::GetDossierRequest::STATISTICS);
  Names enumerated;
  int64_t known_count = 0;
  const Dossier dossier = GetDossier(counts);
  for (const auto& entry : dossier.statistics().entries()) {
    if (entry.statistic().name() != "statistics/agreements-may-2009") continue;
    known_count = entry.statistic().count().value();
    EXPECT_EQ(entry.statistic().count().comparator(), types::v1::Count::EQ);
    enumerated.insert(entry.statistic().enumerated().begin(), entry.statistic().enumerated().end());
  }
  EXPECT_EQ(known_count, 6);
  EXPECT_EQ(enumerated, names);
}

TEST_F(TreatyLedger, ImpossibleOrdersAreRefusedWithTheNameOfTheRule) {
  const auto early = [&](const std::string& more) {
    return Add(kPlan, absl::StrCat("acts { id: 'force' action: ENTRY_INTO_FORCE "
                                   "time { edtf: '2002-12-31' } ",
                                   more, " }"));
  };
  const std::string before = Get(kPlan).SerializeAsString();
  const absl::Status refused = early("");
  EXPECT_THAT(refused, HasReason(types::v1::FIELD_INVALID));
  EXPECT_EQ(errors::InfoOf(refused).metadata().at("rule"), "entry-into-force-before-adoption");
  EXPECT_EQ(Get(kPlan).SerializeAsString(), before);
  EXPECT_THAT(early("order_override_reason: 'so says the collection of treaties'"), IsOk());
  EXPECT_EQ(Get(kPlan).acts(1).order_override_reason(), "so says the collection of treaties");
}

TEST_F(TreatyLedger, WhatIsNotConcludedComesWithItsOpenMatter) {
  const Dossier dossier = GetDossier(AgreementsOn("2012-09-08"));
  int found = 0;
  for (const auto& entry : dossier.agreements().entries()) {
    if (entry.agreement().name() != kPeaceTreaty) continue;
    ++found;
    EXPECT_EQ(entry.status().status(), AgreementStatus::NOT_CONCLUDED);
    EXPECT_THAT(entry.status().decided_by(), ElementsAre("stated_statuses.not-concluded"));
    ASSERT_EQ(entry.matters_size(), 1);
    EXPECT_EQ(entry.matters(0).name(), "matters/peace-treaty");
    EXPECT_EQ(entry.matters(0).stated_states(0).state(), agreements::v1::StatedState::OPEN);
  }
  EXPECT_EQ(found, 1);
  EXPECT_EQ(StatusOn(kPeaceTreaty, "2020-01-01").status(), AgreementStatus::UNDETERMINED)
      << "of the time after it spoke the brief says nothing";
}

TEST_F(TreatyLedger, WhatCanNotBeAskedIsRefused) {
  EXPECT_THAT(GetStatus(k1956, "1956"), HasReason(types::v1::VALID_AT_INVALID));
  EXPECT_THAT(GetStatus("agreements/none", "1956-11-01"), HasReason(types::v1::RESOURCE_NOT_FOUND));
  EXPECT_THAT(GetStatus("matters/peace-treaty", "1956-11-01"),
              HasReason(types::v1::RESOURCE_NAME_INVALID));
  agreements::v1::DeleteAgreementRequest remove;
  remove.set_name(k1956);
  ASSERT_THAT(Call<Agreement>("DeleteAgreement", remove), IsOk());
  EXPECT_THAT(GetStatus(k1956, "1956-11-01"), HasReason(types::v1::RESOURCE_DELETED));
}

// Without a day it is that of the moment.
TEST_F(TreatyLedger, WithoutADayItIsTheDayOfTheMoment) {
  agreements::v1::GetAgreementStatusRequest request;
  request.set_name(k1956);
  *request.mutable_as_of()->mutable_known_at() =
      TimeUtil::MicrosecondsToTimestamp(clock_.NowMicros());
  ASSERT_OK_AND_ASSIGN(const AgreementStatus by_moment,
                       Call<AgreementStatus>("GetAgreementStatus", request));
  request.clear_as_of();
  ASSERT_OK_AND_ASSIGN(const AgreementStatus today,
                       Call<AgreementStatus>("GetAgreementStatus", request));
  EXPECT_EQ(by_moment.SerializeAsString(), today.SerializeAsString());
  EXPECT_EQ(
      today.valid_at(),
      TimeUtil::ToString(TimeUtil::MicrosecondsToTimestamp(clock_.NowMicros())).substr(0, 10));
}

}  // namespace
}  // namespace chancery
