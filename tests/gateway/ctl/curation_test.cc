#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gateway/ctl/commands.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/gateway/ctl/command_line.h"
#include "tests/gateway/ctl/strict_json.h"
#include "tests/gateway/ctl/test_register.h"

// What a curator does with a record: change it, compare its versions, put what another source says
// on it, and take that back.

namespace chancery::ctl {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using Words = std::vector<std::string>;
using Value = google::protobuf::Value;

constexpr char kVisit[] = "events/2009-05-putin-japan";
constexpr char kBrief[] = "sources/founding-brief";

class Curation : public ::testing::Test {
 protected:
  Curation() : record_(TestRegister::WithRecord()) {}

  Outcome Run(Words words, Surroundings where = {}) const {
    where.variables.emplace("CHANCERY_ADDRESS", record_->address());
    return RunCommand(words, where);
  }

  std::map<std::string, Value> Get(const std::string& name) const {
    const auto value = ParseJson(Run({"get", name, "--output", "json"}).out);
    return {value.struct_value().fields().begin(), value.struct_value().fields().end()};
  }

  // Fails unless the command succeeds.
  std::string Must(const Words& words, Surroundings where = {}) const {
    const Outcome outcome = Run(words, std::move(where));
    EXPECT_EQ(outcome.exit, 0) << outcome.out << outcome.err;
    return outcome.out;
  }

  // Edits Noda at a terminal with a command of sed as the editor.
  Outcome EditWith(const std::string& editor) const {
    return Run({"edit", "people/noda"}, {.terminal = 80, .variables = {{"EDITOR", editor}}});
  }

  std::unique_ptr<TestRegister> record_;
};

std::string TextAt(const std::map<std::string, Value>& record, const std::string& message,
                   const std::string& field) {
  const auto found = record.find(message);
  if (found == record.end()) return "";
  return found->second.struct_value().fields().at(field).string_value();
}

TEST_F(Curation, AnEditShowsWhatItChanges) {
  EXPECT_EQ(Must({"edit", "people/noda", "--set", "birth=1957", "--set", "state=states/russia",
                  "--note", "from his page"}),
            "path\tbefore\tafter\n"
            "state\tstates/japan\tstates/russia\n"
            "birth.edtf\t\t1957\n"
            "people/noda is updated\n");
  const auto record = Get("people/noda");
  EXPECT_EQ(TextAt(record, "birth", "edtf"), "1957");
  EXPECT_EQ(record.at("state").string_value(), "states/russia");
  EXPECT_EQ(record.at("names").list_value().values_size(), 2) << "the rest stays";
  EXPECT_THAT(Run({"history", "people/noda"}).out, HasSubstr("from his page"));
  // At a terminal it is a table, and nothing is said twice.
  const std::string shown =
      Must({"edit", "people/noda", "--set", "birth=", "--note", "undo"}, {.terminal = 80});
  EXPECT_THAT(shown, StartsWith("path        before  after\nbirth.edtf  1957\n"));
  EXPECT_EQ(Get("people/noda").count("birth"), 0);
}

TEST_F(Curation, AnEditSetsWhatAPathNames) {
  Must({"edit", kVisit, "--note", "x",                    //
        "--set", "matters=matters/peace-treaty",          // a list
        "--set", "venue={\"locality\": \"Kyoto\"}",       // a message
        "--set", "participants.putin.role=VISITOR",       // in an element
        "--set", "participants.noda.person=people/noda",  // a new element
        "--set", "kind=TALKS",                            // an enum
        "--set", "title=Talks, \"so called\""});          // text as it stands
  const auto record = Get(kVisit);
  EXPECT_EQ(record.at("title").string_value(), "Talks, \"so called\"");
  EXPECT_EQ(record.at("kind").string_value(), "TALKS");
  EXPECT_EQ(TextAt(record, "venue", "locality"), "Kyoto");
  EXPECT_EQ(record.at("venue").struct_value().fields().size(), 1) << "as a whole";
  EXPECT_EQ(record.at("matters").list_value().values_size(), 1);
  const auto& participants = record.at("participants").list_value();
  ASSERT_EQ(participants.values_size(), 2);
  EXPECT_EQ(participants.values(0).struct_value().fields().at("role").string_value(), "VISITOR");
  EXPECT_EQ(participants.values(1).struct_value().fields().at("id").string_value(), "noda");
  Must({"edit", kVisit, "--note", "x", "--set", "participants.noda="});
  EXPECT_EQ(Get(kVisit).at("participants").list_value().values_size(), 1);
}

TEST_F(Curation, AnEditThatOnlyChecksWritesNothing) {
  const auto before = Get("people/noda");
  const std::string out = Must({"edit", "people/noda", "--set", "birth=1957", "--note", "x",
                                "--validate-only", "--output", "json"});
  const auto answer = ParseJson(out).struct_value().fields();
  EXPECT_EQ(answer.at("done").string_value(), "valid");
  const auto& change = answer.at("changes").list_value().values(0).struct_value().fields();
  EXPECT_EQ(change.at("path").string_value(), "birth.edtf");
  EXPECT_EQ(change.count("before"), 0) << "it was not set";
  EXPECT_EQ(change.at("after").string_value(), "1957");
  EXPECT_EQ(Get("people/noda").at("etag").string_value(), before.at("etag").string_value());
}

TEST_F(Curation, AnEditThatChangesNothingMakesNoRevision) {
  const size_t revisions = Lines(Run({"history", "people/noda"}).out).size();
  EXPECT_THAT(Must({"edit", "people/noda", "--set", "state=states/japan", "--note", "x"}),
              HasSubstr("unchanged"));
  EXPECT_EQ(Lines(Run({"history", "people/noda"}).out).size(), revisions);
}

// An editor that is slow: meanwhile somebody else changes the record.
TEST_F(Curation, AnEditThatCameLateIsRefusedAndKept) {
  const std::string editor =
      absl::StrCat("sed -i -e 's/^note:.*/note: mine/' -e 's/Yoshihiko/Yoshi/'");
  const std::string late = ::testing::TempDir() + "/late-editor";
  {
    // The other one writes through a draft that is applied by the test itself, in between.
    std::ofstream script(late);
    script << "#!/bin/sh\n"
           << "touch " << late << ".started\n"
           << "while [ ! -e " << late << ".go ]; do sleep 0.01; done\n"
           << editor << " \"$1\"\n";
  }
  std::filesystem::permissions(late, std::filesystem::perms::owner_all);
  std::filesystem::remove(late + ".started");
  std::filesystem::remove(late + ".go");
  Outcome outcome;
  std::thread curator([&] { outcome = EditWith(late); });
  while (!std::filesystem::exists(late + ".started")) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  Must({"edit", "people/noda", "--set", "birth=1957", "--note", "theirs"});
  std::ofstream(late + ".go") << "\n";
  curator.join();
  EXPECT_EQ(outcome.exit, 6) << outcome.out << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr("[ETAG_MISMATCH]"));
  EXPECT_THAT(outcome.err, HasSubstr("\n  what to do: "));
  EXPECT_THAT(Run({"get", "people/noda"}).out, Not(HasSubstr("Yoshi "))) << "nothing is lost";
  // What was written is where the error says.
  const std::string kept = "what you wrote is kept in ";
  const size_t at = outcome.err.find(kept);
  ASSERT_NE(at, std::string::npos) << outcome.err;
  const std::string path =
      outcome.err.substr(at + kept.size(), outcome.err.find('\n', at) - at - kept.size());
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  EXPECT_THAT(text.str(), HasSubstr("Yoshi Noda"));
  std::filesystem::remove(path);
}

TEST_F(Curation, AnEditorIsGivenTheRecordAndTheNote) {
  const Outcome outcome =
      EditWith("sed -i -e 's/^note:.*/note: as he is called/' -e 's/Yoshihiko/Yoshi/'");
  EXPECT_EQ(outcome.exit, 0) << outcome.err;
  EXPECT_THAT(Lines(outcome.out),
              ElementsAre(StartsWith("path "),
                          StartsWith("names.yoshihiko-noda.text  Yoshihiko Noda  Yoshi Noda"),
                          "people/noda is updated"));
  EXPECT_THAT(Run({"history", "people/noda"}).out, HasSubstr("as he is called"));
}

TEST_F(Curation, AnEditorThatIsLeftWritesNothing) {
  const size_t revisions = Lines(Run({"history", "people/noda"}).out).size();
  EXPECT_THAT(EditWith("true").out, HasSubstr("unchanged"));
  EXPECT_EQ(EditWith("false").exit, 2);
  const Outcome without_note = EditWith("sed -i s/Yoshihiko/Yoshi/");
  EXPECT_EQ(without_note.exit, 2);
  EXPECT_THAT(without_note.err, HasSubstr("note"));
  const Outcome misspelt = EditWith("sed -i -e s/languageCode/langaugeCode/ -e s/note:/note:x/");
  EXPECT_EQ(misspelt.exit, 3);
  EXPECT_THAT(misspelt.err, HasSubstr("did you mean"));
  const Outcome renamed = EditWith("sed -i -e s/people.noda/people\\\\/kan/ -e s/note:/note:x/");
  EXPECT_EQ(renamed.exit, 2) << renamed.out;
  EXPECT_EQ(Lines(Run({"history", "people/noda"}).out).size(), revisions);
}

TEST_F(Curation, AnEditWithoutATerminalNeverWaits) {
  const Outcome outcome = Run({"edit", "people/noda"}, {.variables = {{"EDITOR", "sleep 60"}}});
  EXPECT_EQ(outcome.exit, 2);
  EXPECT_THAT(outcome.err, HasSubstr("--set"));
  EXPECT_LT(outcome.took, absl::Seconds(5));
}

TEST_F(Curation, ADiffIsBetweenRevisionsOrMoments) {
  const std::string start = Get("people/noda").at("updateTime").string_value();
  EXPECT_EQ(Run({"diff", "people/noda"}).exit, 1) << "there is one revision";
  Must({"edit", "people/noda", "--set", "birth=1956", "--note", "x"});
  const std::string middle = Get("people/noda").at("updateTime").string_value();
  Must({"edit", "people/noda", "--set", "birth=1957", "--note", "x"});
  const std::string heading = "path\tbefore\tafter\n";
  EXPECT_EQ(Must({"diff", "people/noda"}), heading + "birth.edtf\t1956\t1957\n");
  EXPECT_EQ(Must({"diff", "people/noda", start}), heading + "birth.edtf\t\t1957\n");
  EXPECT_EQ(Must({"diff", "people/noda", start, middle}), heading + "birth.edtf\t\t1956\n");
  EXPECT_EQ(Must({"diff", "people/noda", middle, start}), heading + "birth.edtf\t1956\t\n");
  EXPECT_EQ(Must({"diff", "people/noda", start, "--known-at", middle}),
            heading + "birth.edtf\t\t1956\n");
  std::vector<std::string> revisions;
  for (const std::string& line : Lines(Must({"history", "people/noda", "--output", "jsonl"}))) {
    revisions.push_back(ParseJson(line).struct_value().fields().at("name").string_value());
  }
  ASSERT_EQ(revisions.size(), 3);
  EXPECT_EQ(Must({"diff", "people/noda", revisions[2], revisions[1]}),
            heading + "birth.edtf\t\t1956\n");
  EXPECT_EQ(Run({"diff", "people/noda", revisions[0]}).exit, 1) << "it is the newest";
  Must({"delete", "people/noda"});
  EXPECT_THAT(Must({"diff", "people/noda"}), HasSubstr("delete_time\t\t20"));
}

TEST_F(Curation, AClaimContestsWhatItContradicts) {
  EXPECT_EQ(Run({"conflicts"}).exit, 1);
  // A narrower date refines the one on record.
  EXPECT_THAT(Must({"claim", kVisit, "time=2009-05-11", "--source", kBrief}),
              Not(HasSubstr("contested")));
  EXPECT_EQ(Run({"conflicts"}).exit, 1);
  EXPECT_THAT(Must({"claim", kVisit, "time=2009-06", "venue.locality=Kyoto", "--source", kBrief,
                    "--account", "other", "--rank", "PREFERRED", "--note", "a hint"}),
              HasSubstr("contested"));
  const std::vector<std::string> rows = Lines(Must({"conflicts"}));
  EXPECT_THAT(
      rows,
      ElementsAre(
          "record\tpath\tvalue\taccount\tsource\trank",
          absl::StrCat(kVisit, "\ttime.edtf\t2009-05\tthe record\t\t"),
          absl::StrCat(kVisit, "\ttime.edtf\t2009-05-11\tfounding-brief\t", kBrief, "\tNORMAL"),
          absl::StrCat(kVisit, "\ttime.edtf\t2009-06\tother\t", kBrief, "\tPREFERRED"),
          absl::StrCat(kVisit, "\tvenue.locality\tJapan\tthe record\t\t"),
          absl::StrCat(kVisit, "\tvenue.locality\tKyoto\tother\t", kBrief, "\tPREFERRED")));
  const auto json = ParseJson(Must({"conflicts", "--output", "json"})).list_value();
  EXPECT_EQ(json.values_size(), 2);
  EXPECT_EQ(Run({"conflicts", "agreements"}).exit, 1) << "that kind has none";
  EXPECT_THAT(Run({"get", kVisit}).out, HasSubstr("contested: true"));
  EXPECT_EQ(Lines(Must({"list", "events", "--filter", "contested = true"})).size(), 2);
}

TEST_F(Curation, ADeprecatedAccountIsKeptAndContestsNothing) {
  Must({"claim", kVisit, "time=2009-06", "--source", kBrief, "--cite", "10-20", "--cite", "30-40"});
  EXPECT_EQ(Must({"deprecate", kVisit, "founding-brief", "--because", "NOW_KNOWN_WRONG", "--reason",
                  "the month is stated"}),
            absl::StrCat(kVisit, " has the account founding-brief, no longer held\n"));
  EXPECT_EQ(Run({"conflicts"}).exit, 1);
  const auto record = Get(kVisit);
  EXPECT_EQ(record.count("contested"), 0);
  const auto account = record.at("accounts").list_value().values(0).struct_value().fields();
  EXPECT_EQ(account.at("rank").string_value(), "RANK_DEPRECATED");
  EXPECT_EQ(account.at("deprecationReason").string_value(), "DEPRECATION_REASON_NOW_KNOWN_WRONG");
  EXPECT_EQ(account.at("reason").string_value(), "the month is stated");
  EXPECT_EQ(account.at("mask").string_value(), "time");
  ASSERT_EQ(account.at("citations").list_value().values_size(), 2);
  const auto citation = account.at("citations").list_value().values(1).struct_value().fields();
  EXPECT_EQ(citation.at("start").number_value(), 30);
  EXPECT_THAT(citation.at("digest").string_value(), StartsWith("sha256:"));
  // As it was known before it is contested still.
  EXPECT_THAT(Run({"deprecate", kVisit, "founding-breif", "--because", "DUPLICATE"}).err,
              HasSubstr("did you mean founding-brief?"));
  // A second account of one source has a name of its own.
  Must({"claim", kVisit, "time=2009-07", "--source", kBrief});
  EXPECT_THAT(Must({"conflicts"}), HasSubstr("founding-brief-2"));
}

TEST_F(Curation, AClaimCanDenyAnElement) {
  EXPECT_THAT(Must({"claim", kVisit, "participants.putin=", "--source", kBrief}),
              HasSubstr("contested"));
  EXPECT_THAT(Must({"claim", kVisit, "participants.kan=", "--source", kBrief}),
              HasSubstr("founding-brief-2"));
}

TEST_F(Curation, ConflictsOfYesterdayAreThoseOfYesterday) {
  Must({"claim", kVisit, "time=2009-06", "--source", kBrief});
  const std::string then = Get(kVisit).at("updateTime").string_value();
  Must({"deprecate", kVisit, "founding-brief", "--because", "DUPLICATE"});
  EXPECT_EQ(Run({"conflicts"}).exit, 1);
  EXPECT_EQ(Lines(Must({"conflicts", "--known-at", then})).size(), 3);
}

}  // namespace
}  // namespace chancery::ctl
