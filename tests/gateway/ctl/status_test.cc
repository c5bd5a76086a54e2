// `chancery status`: what an agreement was on a day, and what decided it.

#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/gateway/ctl/command_line.h"
#include "tests/gateway/ctl/test_register.h"

namespace chancery::ctl {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using Words = std::vector<std::string>;

constexpr char kDeclaration[] = "agreements/1956-joint-declaration";

// What the second source says: its own source, and its document.
constexpr char kSource[] = R"({"name": "sources/note", "codePoints": 5, "digest": "sha256:)"
                           R"(2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"})";
constexpr char kActs[] =
    R"(acts=[{"id": "signed", "action": "SIGNATURE", "time": {"edtf": "1956-10-19"}, "citations":)"
    R"( [{"id": "n", "source": "sources/note", "start": 0, "end": 5, "exact": "hello", "digest":)"
    R"( "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"}]}, {"id":)"
    R"( "force", "action": "ENTRY_INTO_FORCE", "time": {"edtf": "1956-12-12"}}])";

class StatusCommand : public ::testing::Test {
 protected:
  StatusCommand() : record_(TestRegister::WithRecord()) {}

  Outcome Run(Words words, Surroundings where = {}) const {
    where.variables.emplace("CHANCERY_ADDRESS", record_->address());
    return RunCommand(words, where);
  }

  Outcome On(const std::string& day, Words more = {}) const {
    Words words = {"status", kDeclaration, "--on", day};
    words.insert(words.end(), more.begin(), more.end());
    return Run(words);
  }

  void AddSecondSource() const {
    ASSERT_EQ(Run({"import", "-"}, {.input = kSource}).exit, 0);
    ASSERT_EQ(Run({"source", "load", "note", "-"}, {.input = "hello"}).exit, 0);
    const Outcome edit = Run({"edit", kDeclaration, "--set", kActs, "--note", "a second source"});
    ASSERT_EQ(edit.exit, 0) << edit.err;
  }

  std::unique_ptr<TestRegister> record_;
};

TEST_F(StatusCommand, IsUndeterminedByTheBriefAlone) {
  const Outcome brief = On("1956-11-01");
  EXPECT_EQ(brief.exit, 1);
  EXPECT_THAT(brief.out, HasSubstr("agreements/1956-joint-declaration on 1956-11-01\n"
                                   "UNDETERMINED: NOT_CONCLUDED, "));
  EXPECT_THAT(brief.out,
              HasSubstr("may have been done by 1956-11-01 or after it (acts.signature)\n"));
  EXPECT_THAT(brief.out, HasSubstr("acts.signature: signature 1956\n"
                                   "  sources/founding-brief 772-832\n"));
  EXPECT_THAT(brief.out, HasSubstr("a source says: signed"));
}

TEST_F(StatusCommand, IsDeterminedWithTheActsOfASecondSource) {
  AddSecondSource();
  const Outcome signed_only = On("1956-11-01");
  EXPECT_EQ(signed_only.exit, 0);
  EXPECT_THAT(signed_only.out, HasSubstr("1956-11-01\nSIGNED_NOT_IN_FORCE\n"
                                         "  signed or concluded by 1956-11-01 (acts.signed)\n"
                                         "  in force only after 1956-11-01 (acts.force)\n"));
  EXPECT_THAT(signed_only.out, HasSubstr("states/ussr: SIGNATORY\n"));
  const Outcome in_force = On("1956-12-12");
  EXPECT_THAT(in_force.out, HasSubstr("1956-12-12\nIN_FORCE\n"));
  EXPECT_THAT(in_force.out, HasSubstr("acts.force: entry into force 1956-12-12\n"));
}

TEST_F(StatusCommand, MeetsARequirementOrDoesNot) {
  EXPECT_EQ(On("1956-12-12", {"--require", "IN_FORCE"}).exit, 1);
  AddSecondSource();
  EXPECT_EQ(On("1956-12-12", {"--require", "IN_FORCE"}).exit, 0);
  EXPECT_EQ(On("1956-12-11", {"--require", "IN_FORCE"}).exit, 1);
  EXPECT_EQ(On("1956-12-11", {"--require", "SIGNED_NOT_IN_FORCE"}).exit, 0);
  EXPECT_EQ(On("1956-12-11", {"--require", "FORCE"}).exit, 2);
}

TEST_F(StatusCommand, IsAsItWasKnown) {
  AddSecondSource();
  const Outcome before = On("1956-12-12", {"--known-at", "2020-01-01"});
  EXPECT_EQ(before.exit, 3) << "it was not recorded then";
  EXPECT_THAT(before.err, HasSubstr("RESOURCE_NOT_FOUND"));
}

TEST_F(StatusCommand, ExplainsItselfDownToTheWords) {
  AddSecondSource();
  const Outcome tree = On("1956-11-01", {"--explain"});
  EXPECT_EQ(tree.exit, 0);
  EXPECT_THAT(tree.out,
              HasSubstr("agreements/1956-joint-declaration on 1956-11-01\n"
                        "SIGNED_NOT_IN_FORCE\n"
                        "├─ signed: signed or concluded by 1956-11-01\n"
                        "│  ├─ acts.signed: signature 1956-10-19\n"
                        "│  │  └─ sources/note 0-5 \"hello\"\n"
                        "│  └─ would change it: a date after 1956-11-01, or an act that ends it\n"
                        "├─ in-force-later: in force only after 1956-11-01\n"
                        "│  ├─ acts.force: entry into force 1956-12-12\n"));
  EXPECT_THAT(tree.out, HasSubstr("├─ states/ussr: SIGNATORY\n│  └─ signed: signed by 1956-11-01"));
  const Outcome json = On("1956-11-01", {"--explain", "--output", "json"});
  const auto value = ParseJson(json.out);
  const auto& fields = value.struct_value().fields();
  EXPECT_EQ(fields.at("status").struct_value().fields().at("status").string_value(),
            "SIGNED_NOT_IN_FORCE");
  const auto& first = fields.at("quotations").list_value().values(0).struct_value().fields();
  EXPECT_EQ(first.at("element").string_value(), "acts.signed");
  EXPECT_EQ(first.at("quotation").struct_value().fields().at("text").string_value(), "hello");
}

TEST_F(StatusCommand, TheDossierShowsItOnItsDay) {
  AddSecondSource();
  const Words dossier = {"dossier", "russia", "japan", "--section", "AGREEMENTS", "--valid-at"};
  Words then = dossier;
  then.push_back("1956-12-12");
  EXPECT_THAT(Run(then).out, HasSubstr("on 1956-12-12: IN_FORCE by acts.force\n"));
  Words before = dossier;
  before.push_back("1956-12-11");
  EXPECT_THAT(Run(before).out, Not(HasSubstr("IN_FORCE by acts.force\n")));
}

}  // namespace
}  // namespace chancery::ctl
