// Orders in which acts can not have been done.

#include "services/agreements/act_order.h"

#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "proto/errors/error.h"
#include "services/resource/annotations.h"

namespace chancery::agreements {
namespace {

v1::Agreement Parse(const std::string& text) {
  v1::Agreement agreement;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      absl::StrCat("kind: TREATY parties { id: 'a' party: 'states/a' } "
                   "parties { id: 'b' party: 'states/b' } ",
                   text),
      &agreement))
      << text;
  EXPECT_TRUE(resource::Prepare(agreement).ok()) << text;
  return agreement;
}

std::string Act(const std::string& id, const std::string& action, const std::string& edtf,
                const std::string& more = "") {
  return absl::StrCat("acts { id: '", id, "' action: ", action, " time { edtf: '", edtf, "' } ",
                      more, " } ");
}

// The name of the rule that is broken; empty if none is.
std::string Broken(const std::string& acts) {
  const absl::Status status = CheckActs(Parse(acts));
  if (status.ok()) return "";
  EXPECT_TRUE(errors::HasReason(status, types::v1::FIELD_INVALID)) << status;
  return errors::InfoOf(status).metadata().at("rule");
}

// For each rule an act too early, and the act that it comes before.
struct Case {
  const char* later;
  const char* earlier;
};
const std::map<std::string, Case>& Cases() {
  static const auto& cases = *new std::map<std::string, Case>{
      {"entry-into-force-before-adoption", {"ENTRY_INTO_FORCE", "ADOPTION"}},
      {"entry-into-force-before-signature", {"ENTRY_INTO_FORCE", "SIGNATURE"}},
      {"provisional-application-before-conclusion", {"PROVISIONAL_APPLICATION", "CONCLUSION"}},
      {"ratification-before-signature", {"RATIFICATION", "SIGNATURE"}},
      {"consent-withdrawn-before-consent", {"RATIFICATION_WITHDRAWN", "RATIFICATION"}},
      {"departure-before-consent", {"WITHDRAWAL", "ACCESSION"}},
      {"suspension-before-entry-into-force", {"SUSPENSION", "ENTRY_INTO_FORCE"}},
      {"end-before-conclusion", {"TERMINATION", "SIGNATURE"}},
      {"end-before-entry-into-force", {"EXPIRY", "ENTRY_INTO_FORCE"}},
  };
  return cases;
}

TEST(ActOrder, EachRuleRefusesItsOrderAndOnlyThat) {
  for (const OrderRule& rule : OrderRules()) {
    ASSERT_EQ(Cases().count(rule.name), 1u) << rule.name;
    const Case& one = Cases().at(rule.name);
    const std::string earlier = Act("first", one.earlier, "1990-05-05", "party: 'a'");
    const auto later = [&](const std::string& edtf, const std::string& party,
                           const std::string& more = "") {
      return Act("second", one.later, edtf, absl::StrCat("party: '", party, "' ", more));
    };
    EXPECT_EQ(Broken(earlier + later("1990-05-04", "a")), rule.name);
    EXPECT_EQ(Broken(later("1990-05-04", "a") + earlier), rule.name) << "however they are listed";
    EXPECT_EQ(Broken(earlier + later("1990-05-05", "a")), "") << "on the same day";
    EXPECT_EQ(Broken(earlier + later("1990-05", "a")), "") << "it may have been in time";
    EXPECT_EQ(Broken(later("1990-05-04", "a")), "") << "nothing else is recorded";
    EXPECT_EQ(Broken(earlier + later("1990-05-04", "b")), rule.by_party ? "" : rule.name);
    EXPECT_EQ(Broken(Act("third", one.earlier, "1990-01-01", "party: 'a'") + earlier +
                     later("1990-05-04", "a")),
              "")
        << "another was in time";
    EXPECT_EQ(Broken(earlier +
                     later("1990-05-04", "a", "order_override_reason: 'so says the depositary'")),
              "");
  }
}

TEST(ActOrder, TheErrorNamesBothActs) {
  const absl::Status status = CheckActs(
      Parse(Act("adoption", "ADOPTION", "2003-01-10") + Act("force", "ENTRY_INTO_FORCE", "2002")));
  const auto info = errors::InfoOf(status);
  EXPECT_EQ(info.metadata().at("field"), "acts.force");
  EXPECT_EQ(info.metadata().at("other"), "acts.adoption");
  EXPECT_EQ(info.metadata().at("value"), "2002");
}

TEST(ActOrder, AnActIsOfAPartyThatThereIs) {
  EXPECT_EQ(Broken(Act("s", "SIGNATURE", "1990", "party: 'b'")), "");
  EXPECT_EQ(Broken(Act("s", "SIGNATURE", "1990", "party: 'c'")), "act-of-a-party");
}

}  // namespace
}  // namespace chancery::agreements
