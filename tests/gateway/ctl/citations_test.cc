#include <algorithm>
#include <memory>
#include <regex>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"
#include "gateway/ctl/print/citation_numbers.h"
#include "gateway/ctl/print/text_width.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/gateway/ctl/command_line.h"
#include "tests/gateway/ctl/test_register.h"

// What an answer cites: numbers in its text, the list at its end, the words; and the words of a
// command line that stand for records.

namespace chancery::ctl {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using types::v1::Citation;
using types::v1::Quotation;
using Words = std::vector<std::string>;

// ---- numbers

Citation Cite(const std::string& source, int start, int end,
              types::v1::Basis basis = types::v1::BASIS_UNSPECIFIED) {
  Citation citation;
  citation.set_source(source);
  citation.set_start(start);
  citation.set_end(end);
  citation.set_basis(basis);
  return citation;
}

TEST(CitationNumbers, CountSpansInTheOrderInWhichTheyAreCited) {
  CitationNumbers numbers;
  EXPECT_EQ(numbers.Of(Cite("sources/b", 5, 9)), "[1]");
  EXPECT_EQ(numbers.Of(Cite("sources/a", 5, 9)), "[2]");
  EXPECT_EQ(numbers.Of(Cite("sources/b", 5, 10)), "[3]");
  EXPECT_EQ(numbers.Of(Cite("sources/b", 5, 9, types::v1::BASIS_IMPLIED)), "[1]");
  Citation other_version = Cite("sources/b", 5, 9);
  other_version.set_digest("sha256:1");
  EXPECT_EQ(numbers.Of(other_version), "[4]");
  ASSERT_EQ(numbers.spans().size(), 4u);
  EXPECT_EQ(numbers.spans()[1].citation.source(), "sources/a");
}

TEST(SourcesText, SaysWhatANumberStandsFor) {
  CitationNumbers numbers;
  numbers.Of(Cite("sources/a", 5, 9));
  numbers.Of(Cite("sources/a", 7, 9, types::v1::BASIS_DERIVED));
  numbers.Of(Cite("sources/b", 0, 0, types::v1::BASIS_IMPLIED));
  numbers.Of(Cite("sources/b", 0, 0, types::v1::BASIS_EXPLICIT));
  CitedSources sources;
  sources.titles = {{"sources/a", "A brief"}};
  EXPECT_EQ(SourcesText(numbers, sources, {}),
            "\nSources: 3\n\n"
            "[1] A brief · 5-9\n"
            "[2] A brief · 7-9 · derived\n"
            "[3] sources/b · explicit, implied\n");
  sources.with_quotations = true;
  sources.quotations.resize(3);
  sources.quotations[0].set_verification(Quotation::VERIFIED);
  sources.quotations[0].set_text("word");
  sources.quotations[1].set_verification(Quotation::MISMATCH);
  sources.quotations[1].set_rule("span");
  sources.quotations[2].set_verification(Quotation::TEXT_NOT_LOADED);
  EXPECT_EQ(SourcesText(numbers, sources, {}),
            "\nSources: 3\n\n"
            "[1] A brief · 5-9\n      \"word\"\n"
            "[2] A brief · 7-9 · derived\n      MISMATCH: span\n"
            "[3] sources/b · explicit, implied\n"
            "      TEXT_NOT_LOADED: the register does not have the text\n");
  EXPECT_EQ(SourcesText(CitationNumbers(), sources, {}), "");
}

// ---- answers

// The numbers before the list, in their order, and those that begin its lines.
struct Numbers {
  std::vector<int> used;
  std::vector<int> listed;
};

Numbers NumbersIn(const std::string& text) {
  static const auto& number = *new std::regex(R"(\[(\d+)\])");
  Numbers numbers;
  bool in_list = false;
  for (const std::string& line : Lines(text)) {
    in_list |= absl::StartsWith(line, "Sources: ");
    for (std::sregex_iterator at(line.begin(), line.end(), number), end; at != end; ++at) {
      if (in_list && at->position() > 0) break;
      (in_list ? numbers.listed : numbers.used).push_back(std::stoi((*at)[1]));
    }
  }
  return numbers;
}

// Every number appears first when all smaller ones have, and the list has just these.
void ExpectNumbered(const std::string& text) {
  const Numbers numbers = NumbersIn(text);
  int greatest = 0;
  for (const int number : numbers.used) {
    EXPECT_LE(number, greatest + 1);
    greatest = std::max(greatest, number);
  }
  EXPECT_GT(greatest, 0);
  ASSERT_EQ(numbers.listed.size(), static_cast<size_t>(greatest));
  for (int i = 0; i < greatest; ++i) EXPECT_EQ(numbers.listed[i], i + 1);
  EXPECT_THAT(text, HasSubstr(absl::StrCat("\nSources: ", greatest, "\n")));
}

using Span = std::tuple<std::string, double, double>;

// The spans of all citations in a part of a reply.
void AddSpans(const google::protobuf::Value& value, std::set<Span>& spans) {
  for (const auto& element : value.list_value().values()) AddSpans(element, spans);
  const auto& fields = value.struct_value().fields();
  for (const auto& [name, field] : fields) {
    AddSpans(field, spans);
    if (name != "citations") continue;
    for (const auto& element : field.list_value().values()) {
      const auto& citation = element.struct_value().fields();
      const auto number = [&](const char* key) {
        return citation.count(key) == 0 ? 0 : citation.at(key).number_value();
      };
      spans.emplace(citation.at("source").string_value(), number("start"), number("end"));
    }
  }
}

class Citations : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    record_ = TestRegister::WithRecord().release();
    moment_ = absl::FormatTime(absl::RFC3339_full, absl::Now(), absl::UTCTimeZone());
  }
  static void TearDownTestSuite() { delete record_; }

  static Outcome Run(const Words& words, Surroundings where = {}) {
    where.variables.emplace("CHANCERY_ADDRESS", record_->address());
    return RunCommand(words, where);
  }

  // As of one moment, so that answers can be compared.
  static Outcome Then(Words words, Surroundings where = {}) {
    words.insert(words.end(), {"--known-at", moment_});
    return Run(words, std::move(where));
  }

  static TestRegister* record_;
  static std::string moment_;
};

TestRegister* Citations::record_ = nullptr;
std::string Citations::moment_;

TEST_F(Citations, AreNumberedAndListedAtTheEnd) {
  for (const Words& words :
       std::vector<Words>{{"dossier", "russia", "japan"},
                          {"dossier", "russia", "japan", "--section", "HOLDERS"},
                          {"timeline", "russia", "japan"},
                          {"encounters", "lavrov", "gemba"},
                          {"get", "people/noda"},
                          {"get", "people/noda", "people/putin"}}) {
    SCOPED_TRACE(absl::StrCat(words[0], " ", words[1]));
    const Outcome pipe = Then(words);
    EXPECT_EQ(pipe.exit, 0) << pipe.err;
    ExpectNumbered(pipe.out);
    const std::string title = "Background brief on the relations between Russia and Japan";
    EXPECT_THAT(pipe.out, HasSubstr(absl::StrCat("\n[1] ", title, " · ")));
    // A terminal of 80 columns has the same.
    const Outcome terminal = Then(words, {.terminal = 80, .variables = {{"NO_COLOR", "1"}}});
    ExpectNumbered(terminal.out);
    EXPECT_EQ(NumbersIn(terminal.out).used, NumbersIn(pipe.out).used);
    for (const std::string& line : Lines(terminal.out)) {
      if (absl::StrContains(line, "--page-token")) continue;  // to be copied
      EXPECT_LE(DisplayWidth(line), 80) << line;
    }
  }
}

TEST_F(Citations, OfOneSpanHaveOneNumber) {
  const Words words = {"timeline", "russia", "japan", "--page-size", "500"};
  const size_t listed = NumbersIn(Then(words).out).listed.size();
  Words as_json = words;
  as_json.insert(as_json.end(), {"--output", "json"});
  std::set<Span> spans;
  const auto reply = ParseJson(Then(as_json).out).struct_value().fields();
  size_t citations = 0;
  for (const auto& entry : reply.at("entries").list_value().values()) {
    const auto& event = entry.struct_value().fields().at("event");
    AddSpans(event, spans);
    std::set<Span> own;
    AddSpans(event, own);
    citations += own.size();
  }
  EXPECT_EQ(listed, spans.size());
  EXPECT_GT(citations, spans.size()) << "no span is cited twice";
}

TEST_F(Citations, AddNothingToJson) {
  const Words words = {"timeline", "russia", "japan", "--output", "json"};
  Words more = words;
  more.push_back("--quotations");
  EXPECT_EQ(Then(more).out, Then(words).out);
}

TEST_F(Citations, SayThatTheTextIsNotLoaded) {
  for (const Words& words : std::vector<Words>{{"dossier", "russia", "japan", "--quotations"},
                                               {"get", "people/noda", "--quotations"}}) {
    const Outcome outcome = Then(words);
    EXPECT_EQ(outcome.exit, 0) << outcome.err;
    size_t without = 0;
    for (const std::string& line : Lines(outcome.out)) {
      if (line == "      TEXT_NOT_LOADED: the register does not have the text") ++without;
    }
    EXPECT_EQ(without, NumbersIn(outcome.out).listed.size());
  }
  EXPECT_THAT(Then({"get", "people/noda"}).out, Not(HasSubstr("TEXT_NOT_LOADED")));
}

// Two states that met once; what is cited is of one text, "hello".
class Cited : public ::testing::Test {
 protected:
  Cited() : register_(TestRegister::Empty()) {
    const std::string digest =
        "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    std::string lines =
        absl::StrCat(R"({"name": "sources/note", "title": "A note", "codePoints": 5, "digest": ")",
                     digest, "\"}\n");
    for (const char* state : {"a", "b"}) {
      absl::StrAppend(&lines, R"({"name": "states/)", state, R"(", "isoCode": ")",
                      absl::StrReplaceAll(state, {{"a", "AA"}, {"b", "BB"}}),
                      R"(", "names": [{"id": "n", "text": "State )", state, "\"}]}\n");
    }
    absl::StrAppend(&lines, R"({"name": "events/e", "title": "A meeting", "kind": "MEETING", )",
                    R"("participants": [)", R"({"id": "a", "side": {"state": "states/a"}}, )",
                    R"({"id": "b", "side": {"state": "states/b"}}],)",
                    R"( "time": {"edtf": "2009-05"}, "citations": [{"id": "c", "source": )",
                    R"("sources/note", "start": 1, "end": 4, "exact": "ell"}]})", "\n");
    absl::StrAppend(&lines, R"({"name": "matters/m", "title": "A question", "states": )",
                    R"(["states/a", "states/b"], "accounts": [{"id": "x", "mask": "title", )",
                    R"("source": "sources/note", "value": {"title": "No question"}}]})", "\n");
    for (const char* person : {"x", "y"}) {
      absl::StrAppend(&lines, R"({"name": "people/)", person,
                      R"(", "names": [{"id": "n", "text": "Kan"}, {"id": "m", "text": "Kan \"*\" )",
                      person, "\"}]}\n");
    }
    const Outcome import = Run({"import", "-"}, {.input = lines});
    EXPECT_EQ(import.exit, 0) << import.err;
  }

  void LoadText() { EXPECT_EQ(Run({"source", "load", "note", "-"}, {.input = "hello"}).exit, 0); }

  Outcome Run(const Words& words, Surroundings where = {}) const {
    where.variables.emplace("CHANCERY_ADDRESS", register_->address());
    return RunCommand(words, where);
  }

  std::unique_ptr<TestRegister> register_;
};

TEST_F(Cited, WordsAreShownWhereTheyAreWanted) {
  LoadText();
  for (const Words& words :
       std::vector<Words>{{"dossier", "a", "b"}, {"timeline", "a", "b"}, {"get", "events/e"}}) {
    SCOPED_TRACE(words[0]);
    const Outcome plain = Run(words);
    EXPECT_THAT(plain.out, HasSubstr("\nSources: 1\n\n[1] A note · 1-4\n"));
    EXPECT_THAT(plain.out, Not(HasSubstr("ell\"")));
    Words with = words;
    with.push_back("--quotations");
    EXPECT_THAT(Run(with).out, HasSubstr("\n[1] A note · 1-4\n      \"ell\"\n"));
  }
}

TEST_F(Cited, WordsAreThoseOfTheMomentThatIsAskedFor) {
  const std::string before = absl::FormatTime(absl::RFC3339_full, absl::Now(), absl::UTCTimeZone());
  LoadText();
  const Words words = {"timeline", "a", "b", "--quotations"};
  EXPECT_THAT(Run(words).out, HasSubstr("\"ell\""));
  Words then = words;
  then.insert(then.end(), {"--known-at", before});
  EXPECT_THAT(Run(then).out, HasSubstr("TEXT_NOT_LOADED"));
}

TEST_F(Cited, SourcesThatAreNotReachedAreNamed) {
  register_->StopService("agreements");
  const Outcome outcome = Run({"timeline", "a", "b", "--quotations"});
  EXPECT_EQ(outcome.exit, 5);
  EXPECT_THAT(outcome.out, HasSubstr("\n[1] sources/note · 1-4\n"
                                     "      not reached: the words, SERVICE_UNREACHABLE\n"
                                     "not reached: titles of sources, SERVICE_UNREACHABLE\n"));
}

TEST_F(Cited, WhatIsContestedSaysSo) {
  const std::string before = Run({"dossier", "a", "b"}).out;
  EXPECT_THAT(before, HasSubstr("\n            State a, State b · contested, 1 account\n"));
  EXPECT_THAT(before, HasSubstr("\n            no citation · matters/m\n"));
  // Another one that is no longer held does not contest.
  EXPECT_EQ(Run({"deprecate", "matters/m", "x", "--because", "DUPLICATE"}).exit, 0);
  EXPECT_THAT(Run({"dossier", "a", "b"}).out,
              AllOf(HasSubstr(" · 1 account\n"), Not(HasSubstr("contested"))));
  EXPECT_EQ(Run({"claim", "events/e", "time=2010", "--source", "sources/note"}).exit, 0);
  EXPECT_THAT(Run({"timeline", "a", "b"}).out, HasSubstr("contested, 1 account\n"));
}

TEST_F(Cited, AContestedAgreementSaysSo) {
  const std::string agreement =
      R"({"name": "agreements/g", "kind": "DECLARATION", "parties": [{"id": "a", "party": )"
      R"("states/a"}, {"id": "b", "party": "states/b"}]})";
  const Outcome import = Run({"import", "-"}, {.input = agreement});
  EXPECT_EQ(import.exit, 0) << import.err;
  const Words dossier = {"dossier", "a", "b", "--section", "AGREEMENTS"};
  EXPECT_THAT(Run(dossier).out, Not(HasSubstr("contested")));
  EXPECT_EQ(Run({"claim", "agreements/g", "kind=ACTION_PLAN", "--source", "sources/note"}).exit, 0);
  EXPECT_THAT(Run(dossier).out, HasSubstr("declaration · State a, State b · contested, 1 account"));
}

// ---- words for records

TEST_F(Citations, StatesAreMeantByIdNameOrCode) {
  const std::string by_id = Then({"dossier", "russia", "japan"}).out;
  EXPECT_THAT(by_id, HasSubstr("\nstates/russia · states/japan\n"));
  for (const Words& pair :
       std::vector<Words>{{"Russian Federation", "Japan"}, {"RU", "JP"}, {"states/russia", "JP"}}) {
    EXPECT_EQ(Then({"dossier", pair[0], pair[1]}).out, by_id) << pair[0];
  }
  EXPECT_THAT(Then({"timeline", "RU", "JP"}).out, HasSubstr("states/russia · states/japan\n"));
  const std::string met = Then({"encounters", "lavrov", "gemba"}).out;
  EXPECT_THAT(met, HasSubstr("people/lavrov · people/gemba\n"));
  EXPECT_EQ(Then({"encounters", "Sergey Lavrov", "Koichiro Gemba"}).out, met);
  EXPECT_THAT(Then({"encounters", "Sergey Lavrov", "JP"}).out,
              HasSubstr("people/lavrov · states/japan\n"));
  EXPECT_EQ(Then({"who", "JP", "--on", "2012-06-18"}).out,
            Then({"who", "japan", "--on", "2012-06-18"}).out);
  EXPECT_THAT(Then({"who", "Prime Minister of Japan", "--on", "2012-06-18"}).out,
              HasSubstr("Yoshihiko Noda"));
}

TEST_F(Citations, AWordForNobodyIsAnError) {
  const Outcome name = Run({"dossier", "Rusia", "japan"});
  EXPECT_EQ(name.exit, 3);
  EXPECT_THAT(name.err, AllOf(HasSubstr("none of the states is called 'Rusia'"),
                              HasSubstr("did you mean Russia")));
  EXPECT_EQ(Run({"dossier", "XX", "japan"}).exit, 3);
  // Before they were on record there was nobody of that name.
  EXPECT_EQ(Run({"dossier", "RU", "japan", "--known-at", "2020-01-01"}).exit, 3);
}

TEST_F(Cited, AWordForSeveralNamesThem) {
  const Outcome outcome = Run({"encounters", "Kan", "states/a"});
  EXPECT_EQ(outcome.exit, 2);
  EXPECT_THAT(outcome.err, HasSubstr("people/x, people/y"));
  EXPECT_EQ(Run({"encounters", "Kan \"*\" x", "states/a"}).exit, 1) << "nothing recorded";
  EXPECT_EQ(Run({"encounters", "Kan *", "states/a"}).exit, 3) << "an asterisk is a letter";
}

}  // namespace
}  // namespace chancery::ctl
