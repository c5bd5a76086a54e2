// The status of an agreement on a day, by its acts.

#include "services/agreements/ledger.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "services/chronology/edtf_parser.h"
#include "services/resource/annotations.h"

namespace chancery::agreements {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

v1::Agreement Parse(const std::string& text) {
  v1::Agreement agreement;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &agreement)) << text;
  agreement.set_kind(v1::Agreement::TREATY);
  EXPECT_TRUE(resource::Prepare(agreement).ok()) << text;
  return agreement;
}

// "SIGNATURE a 1990" is an act of party a, "SIGNATURE - 1990" one of all; without a date undated.
std::string Acts(const std::vector<std::vector<std::string>>& acts) {
  std::string text;
  for (const auto& act : acts) {
    const std::string id = absl::StrCat("act", &act - acts.data());
    absl::StrAppend(&text, "acts { id: '", id, "' action: ", act[0]);
    if (act[1] != "-") absl::StrAppend(&text, " party: '", act[1], "'");
    if (act.size() > 2) absl::StrAppend(&text, " time { edtf: '", act[2], "' }");
    absl::StrAppend(&text, " } ");
  }
  return text;
}

constexpr char kTwo[] =
    "parties { id: 'a' party: 'states/a' } parties { id: 'b' party: 'states/b' } ";
constexpr char kThree[] =
    "parties { id: 'a' party: 'states/a' } parties { id: 'b' party: 'states/b' } "
    "parties { id: 'c' party: 'states/c' } ";

v1::AgreementStatus On(const v1::Agreement& agreement, const std::string& day) {
  return StatusOn(agreement, *chronology::ParseDay(day));
}

std::string Words(const v1::AgreementStatus& status) {
  std::vector<std::string> possible;
  for (const int one : status.possible()) {
    possible.push_back(v1::AgreementStatus::Status_Name(v1::AgreementStatus::Status(one)));
  }
  const std::string& name = v1::AgreementStatus::Status_Name(status.status());
  return possible.empty() ? name : absl::StrCat(name, ": ", absl::StrJoin(possible, " "));
}

std::string Words(const v1::PartyStatus& status) {
  std::vector<std::string> possible;
  for (const int one : status.possible()) {
    possible.push_back(v1::PartyStatus::Standing_Name(v1::PartyStatus::Standing(one)));
  }
  const std::string& name = v1::PartyStatus::Standing_Name(status.standing());
  return possible.empty() ? name : absl::StrCat(name, ": ", absl::StrJoin(possible, " "));
}

std::string PartyOn(const v1::Agreement& agreement, const std::string& day, int party = 0) {
  return Words(On(agreement, day).parties(party));
}

std::vector<std::string> Rules(const v1::AgreementStatus& status) {
  std::vector<std::string> rules;
  for (const auto& reason : status.reasons()) rules.push_back(reason.rule());
  return rules;
}

TEST(Ledger, ADateThatMayLieOnEitherSideIsNoAnswer) {
  const v1::Agreement brief = Parse(absl::StrCat(kTwo, Acts({{"SIGNATURE", "-", "1956"}})));
  const v1::AgreementStatus status = On(brief, "1956-11-01");
  EXPECT_EQ(status.status(), v1::AgreementStatus::UNDETERMINED);
  EXPECT_THAT(status.decided_by(), ElementsAre("acts.act0"));
  EXPECT_THAT(Rules(status), Contains("date-open"));
  EXPECT_EQ(Words(On(brief, "1955-12-31")), "NOT_CONCLUDED");
  EXPECT_EQ(Words(On(Parse(absl::StrCat(kTwo, Acts({{"SIGNATURE", "-"}}))), "2000-01-01")),
            "UNDETERMINED: NOT_CONCLUDED ADOPTED SIGNED_NOT_IN_FORCE IN_FORCE")
      << "an undated act, and whether it binds is not recorded";
}

TEST(Ledger, SignedAndInForceByExactDates) {
  const v1::Agreement both = Parse(absl::StrCat(
      kTwo, Acts({{"SIGNATURE", "-", "1956-10-19"}, {"ENTRY_INTO_FORCE", "-", "1956-12-12"}})));
  EXPECT_EQ(Words(On(both, "1956-10-18")), "NOT_CONCLUDED");
  EXPECT_EQ(Words(On(both, "1956-11-01")), "SIGNED_NOT_IN_FORCE");
  EXPECT_THAT(On(both, "1956-11-01").decided_by(), ElementsAre("acts.act0", "acts.act1"));
  EXPECT_THAT(Rules(On(both, "1956-11-01")), ElementsAre("signed", "in-force-later", "binding"));
  EXPECT_EQ(Words(On(both, "1956-12-12")), "IN_FORCE");
  EXPECT_THAT(On(both, "1956-12-12").decided_by(), ElementsAre("acts.act1"));
  EXPECT_EQ(PartyOn(both, "1956-11-01"), "SIGNATORY");
  EXPECT_EQ(PartyOn(both, "1956-12-12"), "PARTY");
}

TEST(Ledger, ASignatureAloneLeavesOpenWhetherItEnteredIntoForce) {
  const v1::Agreement signed_only = Parse(
      absl::StrCat("binding_force: LEGALLY_BINDING ", kTwo, Acts({{"SIGNATURE", "-", "2009-05"}})));
  EXPECT_EQ(Words(On(signed_only, "2012-01-01")), "UNDETERMINED: SIGNED_NOT_IN_FORCE IN_FORCE");
  EXPECT_THAT(Rules(On(signed_only, "2012-01-01")),
              ElementsAre("signed", "no-entry-into-force", "binding"));
  EXPECT_EQ(PartyOn(signed_only, "2012-01-01"), "UNDETERMINED: SIGNATORY PARTY");
}

TEST(Ledger, AnEntryIntoForceKnownToTheYear) {
  const v1::Agreement vague = Parse(absl::StrCat(
      kTwo, Acts({{"SIGNATURE", "-", "1956-10-19"}, {"ENTRY_INTO_FORCE", "-", "1956"}})));
  EXPECT_EQ(Words(On(vague, "1956-11-01")), "UNDETERMINED: SIGNED_NOT_IN_FORCE IN_FORCE");
  EXPECT_EQ(Words(On(vague, "1956-12-31")), "IN_FORCE");
}

TEST(Ledger, AWithdrawnRatificationMakesASignatoryAgain) {
  const v1::Agreement ban = Parse(absl::StrCat("binding_force: LEGALLY_BINDING ", kThree,
                                               Acts({{"SIGNATURE", "-", "1996-09-24"},
                                                     {"RATIFICATION", "a", "2000-06-30"},
                                                     {"RATIFICATION_WITHDRAWN", "a", "2023-11-02"},
                                                     {"RATIFICATION", "a", "2030-01-01"}})));
  EXPECT_EQ(PartyOn(ban, "1996-09-23"), "NEGOTIATING_STATE");
  EXPECT_EQ(PartyOn(ban, "1999-01-01"), "SIGNATORY");
  EXPECT_EQ(PartyOn(ban, "2023-11-02"), "SIGNATORY");
  EXPECT_THAT(On(ban, "2024-01-01").parties(0).decided_by(),
              ::testing::IsSupersetOf({"acts.act0", "acts.act2"}));
  EXPECT_EQ(PartyOn(ban, "2024-01-01", 1), "SIGNATORY") << "who did not ratify";
  const v1::Agreement later =
      Parse(absl::StrCat("binding_force: LEGALLY_BINDING ", kThree,
                         Acts({{"SIGNATURE", "-", "1996-09-24"},
                               {"RATIFICATION", "a", "2000-06-30"},
                               {"RATIFICATION_WITHDRAWN", "a", "2023-11-02"},
                               {"RATIFICATION", "a", "2030-01-01"},
                               {"ENTRY_INTO_FORCE", "-", "2040-01-01"}})));
  EXPECT_EQ(PartyOn(later, "2001-01-01"), "CONTRACTING_STATE");
  EXPECT_EQ(PartyOn(later, "2024-01-01"), "SIGNATORY");
  EXPECT_EQ(PartyOn(later, "2031-01-01"), "CONTRACTING_STATE");
  EXPECT_EQ(PartyOn(later, "2041-01-01"), "PARTY");
  EXPECT_EQ(PartyOn(later, "2041-01-01", 1), "SIGNATORY");
}

TEST(Ledger, WithoutASignatureItIsANegotiatingStateAgain) {
  const v1::Agreement acceded =
      Parse(absl::StrCat(kThree, Acts({{"ACCESSION", "a", "2000"},
                                       {"RATIFICATION_WITHDRAWN", "a", "2001"},
                                       {"ENTRY_INTO_FORCE", "-", "2050"}})));
  EXPECT_EQ(PartyOn(acceded, "2002-01-01"), "NEGOTIATING_STATE");
  EXPECT_EQ(PartyOn(acceded, "2001-06-01"), "UNDETERMINED: NEGOTIATING_STATE CONTRACTING_STATE");
}

TEST(Ledger, WhoLeavesWasAParty) {
  const v1::Agreement many =
      Parse(absl::StrCat(kThree, Acts({{"RATIFICATION", "a", "1990"},
                                       {"RATIFICATION", "b", "1990"},
                                       {"RATIFICATION", "c", "1990"},
                                       {"ENTRY_INTO_FORCE", "-", "1991-01-01"},
                                       {"WITHDRAWAL", "a", "2000-01-01"},
                                       {"ACCESSION", "a", "2010-01-01"}})));
  EXPECT_EQ(PartyOn(many, "1999-12-31"), "PARTY");
  EXPECT_EQ(PartyOn(many, "2000-01-01"), "FORMER_PARTY");
  EXPECT_EQ(Words(On(many, "2000-01-01")), "IN_FORCE") << "for the others";
  EXPECT_EQ(PartyOn(many, "2000-01-01", 1), "PARTY");
  EXPECT_EQ(PartyOn(many, "2010-01-01"), "PARTY");
}

TEST(Ledger, WhoJoinsLaterIsNoPartyBefore) {
  const v1::Agreement succeeded =
      Parse(absl::StrCat(kThree, Acts({{"CONCLUSION", "-", "1986-07-02"},
                                       {"ENTRY_INTO_FORCE", "-", "1986-07-02"},
                                       {"SUCCESSION", "c", "1991-12-26"}})));
  EXPECT_EQ(PartyOn(succeeded, "1990-01-01", 0), "PARTY");
  EXPECT_EQ(PartyOn(succeeded, "1990-01-01", 2), "SIGNATORY");
  EXPECT_EQ(PartyOn(succeeded, "1992-01-01", 2), "PARTY");
  EXPECT_EQ(PartyOn(succeeded, "1992-01-01", 1), "PARTY");
}

TEST(Ledger, ABilateralAgreementEndsWithADeparture) {
  const v1::Agreement two = Parse(absl::StrCat(
      kTwo, Acts({{"ENTRY_INTO_FORCE", "-", "1991-10-14"}, {"DENUNCIATION", "a", "2022-09-05"}})));
  EXPECT_EQ(Words(On(two, "2022-09-04")), "IN_FORCE");
  EXPECT_EQ(Words(On(two, "2022-09-05")), "TERMINATED");
  EXPECT_EQ(PartyOn(two, "2022-09-05", 1), "FORMER_PARTY");
}

TEST(Ledger, WhatEndsIt) {
  const auto ended_by = [](const std::string& action) {
    return Words(On(Parse(absl::StrCat(kTwo, Acts({{"ENTRY_INTO_FORCE", "-", "1990"},
                                                   {action, "-", "2000-01-01"}}))),
                    "2000-01-01"));
  };
  EXPECT_EQ(ended_by("TERMINATION"), "TERMINATED");
  EXPECT_EQ(ended_by("EXPIRY"), "EXPIRED");
  EXPECT_EQ(ended_by("REPLACEMENT"), "SUPERSEDED");
  EXPECT_EQ(ended_by("SUSPENSION"), "SUSPENDED");
  EXPECT_EQ(ended_by("REGISTRATION"), "IN_FORCE");
  const v1::Agreement twice =
      Parse(absl::StrCat(kTwo, Acts({{"EXPIRY", "-", "1999"}, {"TERMINATION", "-", "2000"}})));
  EXPECT_EQ(Words(On(twice, "2001-01-01")), "EXPIRED") << "what has ended can not end again";
  EXPECT_EQ(Words(On(twice, "1999-06-01")),
            "UNDETERMINED: NOT_CONCLUDED ADOPTED SIGNED_NOT_IN_FORCE IN_FORCE EXPIRED");
}

TEST(Ledger, ASuspensionLastsUntilItIsInForceAgain) {
  const v1::Agreement resumed =
      Parse(absl::StrCat(kTwo, Acts({{"ENTRY_INTO_FORCE", "-", "1990"},
                                     {"SUSPENSION", "-", "1995"},
                                     {"ENTRY_INTO_FORCE", "-", "1998"}})));
  EXPECT_EQ(Words(On(resumed, "1996-01-01")), "SUSPENDED");
  EXPECT_EQ(Words(On(resumed, "1998-05-01")), "UNDETERMINED: IN_FORCE SUSPENDED");
  EXPECT_EQ(Words(On(resumed, "1999-01-01")), "IN_FORCE");
  EXPECT_EQ(Words(On(resumed, "1995-05-01")), "UNDETERMINED: IN_FORCE SUSPENDED");
}

TEST(Ledger, APoliticalInstrumentIsNeverInForce) {
  const v1::Agreement plan = Parse(
      absl::StrCat("binding_force: POLITICAL stated_statuses { id: 's' status: IN_FORCE } ", kTwo,
                   Acts({{"ADOPTION", "-", "2003-01-10"},
                         {"ENTRY_INTO_FORCE", "-", "2003-01-11"},
                         {"EXPIRY", "-", "2020-01-01"}})));
  EXPECT_EQ(Words(On(plan, "2003-01-09")), "NOT_CONCLUDED");
  EXPECT_EQ(Words(On(plan, "2012-01-01")), "ADOPTED");
  EXPECT_THAT(Rules(On(plan, "2012-01-01")), ElementsAre("adopted", "political"));
  EXPECT_EQ(Words(On(plan, "2020-01-01")), "LAPSED");
  v1::Agreement binding = plan;
  binding.set_binding_force(v1::Agreement::LEGALLY_BINDING);
  EXPECT_EQ(Words(On(binding, "2012-01-01")), "IN_FORCE") << "the same acts of one that binds";
  binding.set_binding_force(v1::Agreement::DISPUTED);
  EXPECT_EQ(Words(On(binding, "2012-01-01")), "UNDETERMINED: ADOPTED IN_FORCE");
  EXPECT_THAT(Rules(On(binding, "2012-01-01")), Contains("binding-force-disputed"));
}

TEST(Ledger, WhatASourceSaysOfItsConclusionHoldsUntilItSpoke) {
  const v1::Agreement none = Parse(
      "stated_statuses { id: 'not-concluded' status: NOT_CONCLUDED as_of { edtf: '[2012-09-08..]' "
      "} "
      "} matters: 'matters/peace-treaty'");
  const v1::AgreementStatus then = On(none, "2012-09-08");
  EXPECT_EQ(Words(then), "NOT_CONCLUDED");
  EXPECT_THAT(then.decided_by(), ElementsAre("stated_statuses.not-concluded"));
  EXPECT_THAT(then.matters(), ElementsAre("matters/peace-treaty"));
  const v1::AgreementStatus later = On(none, "2012-09-09");
  EXPECT_EQ(Words(later), "UNDETERMINED: NOT_CONCLUDED ADOPTED SIGNED_NOT_IN_FORCE IN_FORCE");
  EXPECT_THAT(Rules(later), Contains("stated-before"));
}

TEST(Ledger, WithoutActsNothingIsKnown) {
  const v1::AgreementStatus status = On(Parse("placeholder_count { value: 3 }"), "2012-09-08");
  EXPECT_EQ(status.status(), v1::AgreementStatus::UNDETERMINED);
  EXPECT_THAT(Rules(status), Contains("no-act"));
  EXPECT_EQ(status.placeholder_count().value(), 3);
  EXPECT_THAT(status.decided_by(), IsEmpty());
}

v1::Agreement Without(v1::Agreement agreement, const std::string& path) {
  if (path == "binding_force") agreement.clear_binding_force();
  for (int i = agreement.acts_size() - 1; i >= 0; --i) {
    if (path == absl::StrCat("acts.", agreement.acts(i).id())) {
      agreement.mutable_acts()->DeleteSubrange(i, 1);
    }
  }
  return agreement;
}

// The acts that rules on order allow, at random.
v1::Agreement AnyAgreement(std::mt19937& random) {
  const std::vector<std::string> actions = {"INITIALLING",
                                            "ADOPTION",
                                            "SIGNATURE",
                                            "CONCLUSION",
                                            "RATIFICATION",
                                            "ENTRY_INTO_FORCE",
                                            "PROVISIONAL_APPLICATION",
                                            "SUSPENSION",
                                            "TERMINATION",
                                            "EXPIRY",
                                            "RATIFICATION_WITHDRAWN",
                                            "WITHDRAWAL",
                                            "REGISTRATION",
                                            "UNSPECIFIED_ACT"};
  const std::vector<std::string> dates = {"1990",       "1991-05",    "1991-05-05", "1992/1994",
                                          "[..1991]",   "[1993..]",   "1993-02-01", "1995~",
                                          "1995-06-07", "1996-01-01", "1989"};
  const std::vector<std::string> nature = {"", "binding_force: POLITICAL ",
                                           "binding_force: LEGALLY_BINDING ",
                                           "binding_force: DISPUTED "};
  const auto pick = [&](const auto& from) { return from[random() % from.size()]; };
  std::vector<std::vector<std::string>> acts;
  for (size_t i = random() % 6; i > 0; --i) {
    acts.push_back({pick(actions), pick(std::vector<std::string>{"a", "b", "-"}), pick(dates)});
  }
  return Parse(
      absl::StrCat(pick(nature), pick(std::vector<std::string>{kTwo, kThree}), Acts(acts)));
}

bool IsAlternative(const v1::AgreementStatus& status, const std::string& path) {
  return std::any_of(status.reasons().begin(), status.reasons().end(), [&](const auto& reason) {
    const auto& elements = reason.elements();
    return reason.alternatives() &&
           std::find(elements.begin(), elements.end(), path) != elements.end();
  });
}

// All that the answer says: overall and of each party.
std::string AllWords(const v1::AgreementStatus& status) {
  std::string words = Words(status);
  for (const v1::PartyStatus& party : status.parties()) {
    absl::StrAppend(&words, " / ", Words(party));
  }
  return words;
}

bool Names(const google::protobuf::RepeatedPtrField<std::string>& paths, const std::string& path) {
  return std::find(paths.begin(), paths.end(), path) != paths.end();
}

// Over agreements made of a few acts with dates of every width, on several days: what is not named
// as deciding can be left out, all of it at once.
TEST(Ledger, WhatIsNotNamedDecidesNothing) {
  std::mt19937 random(7);
  int determined = 0, left_out = 0;
  for (int i = 0; i < 4000; ++i) {
    const v1::Agreement agreement = AnyAgreement(random);
    for (const char* day : {"1988-01-01", "1991-05-04", "1991-05-05", "1993-06-01", "1999-01-01"}) {
      const v1::AgreementStatus status = On(agreement, day);
      determined += static_cast<int>(status.status() != v1::AgreementStatus::UNDETERMINED);
      v1::Agreement overall = agreement;
      v1::Agreement named = agreement;
      for (const v1::Act& act : agreement.acts()) {
        const std::string path = absl::StrCat("acts.", act.id());
        const bool shown = std::any_of(status.acts().begin(), status.acts().end(),
                                       [&](const v1::Act& one) { return one.id() == act.id(); });
        if (!Names(status.decided_by(), path)) overall = Without(overall, path);
        if (!shown) named = Without(named, path);
        left_out += static_cast<int>(!shown);
      }
      EXPECT_EQ(Words(On(overall, day)), Words(status)) << day << agreement.DebugString();
      EXPECT_EQ(AllWords(On(named, day)), AllWords(status)) << day << agreement.DebugString();
    }
  }
  EXPECT_GT(determined, 2000);
  EXPECT_GT(left_out, 1000);
}

// What is named as deciding changes the answer where it is left out, or what it rests on; and where
// it is the only reason of a determined answer and no alternative is named, the answer itself.
TEST(Ledger, WhatIsNamedDecides) {
  std::mt19937 random(8);
  int changed = 0;
  for (int i = 0; i < 4000; ++i) {
    const v1::Agreement agreement = AnyAgreement(random);
    const v1::AgreementStatus status = On(agreement, "1993-06-01");
    for (const std::string& path : status.decided_by()) {
      const v1::AgreementStatus without = On(Without(agreement, path), "1993-06-01");
      EXPECT_FALSE(Names(without.decided_by(), path)) << path;
      if (status.status() == v1::AgreementStatus::UNDETERMINED || IsAlternative(status, path)) {
        continue;
      }
      EXPECT_NE(Words(without), Words(status)) << path << agreement.DebugString();
      ++changed;
    }
  }
  EXPECT_GT(changed, 500);
}

}  // namespace
}  // namespace chancery::agreements
