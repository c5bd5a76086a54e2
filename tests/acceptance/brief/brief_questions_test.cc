// The questions of the brief, asked through the public methods: questions.jsonl says how, the
// answers lie beside the tree with the questions; without them the tests are skipped, unless
// REQUIRE_TEST_DATA=1.

#include <signal.h>

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "chancery/events/v1/event_requests.pb.h"
#include "deploy/allinone/register.h"
#include "gateway/ctl/call/catalog.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "tests/acceptance/brief/changes.h"
#include "tests/acceptance/brief/facts.h"
#include "tests/acceptance/brief/question_chain.h"
#include "tests/acceptance/brief/question_check.h"
#include "tests/acceptance/brief/sentences.h"
#include "tests/support/brief_import.h"
#include "tests/support/caller.h"
#include "tests/system/deployment.h"

namespace chancery::brief {
namespace {

using google::protobuf::Message;
using google::protobuf::MethodDescriptor;
using ::testing::IsEmpty;

std::string SourceDir() { return std::getenv("CHANCERY_SOURCE_DIR"); }

bool DataIsRequired() {
  const char* required = std::getenv("REQUIRE_TEST_DATA");
  return required != nullptr && std::string(required) == "1";
}

template <typename T>
T Take(absl::StatusOr<T> read) {
  EXPECT_TRUE(read.ok()) << read.status();
  return read.ok() ? *std::move(read) : T();
}

// What a register answers; each request is made once, and its reply kept.
class Replies {
 public:
  explicit Replies(const std::string& address) : caller_(address) {}

  absl::StatusOr<const Message*> Ask(const MethodDescriptor& method, const Message& request) {
    std::string key = absl::StrCat(method.name(), " ", request.SerializeAsString());
    if (const auto kept = replies_.find(key); kept != replies_.end()) return kept->second.get();
    const auto bytes =
        caller_.CallBytes(absl::StrCat(method.service()->full_name(), "/", method.name()),
                          request.SerializeAsString());
    if (!bytes.ok()) return bytes.status();
    ctl::MessagePtr reply = ctl::NewMessage(method.output_type());
    if (!reply->ParseFromString(*bytes)) return absl::DataLossError("an undecodable reply");
    return (replies_[std::move(key)] = std::move(reply)).get();
  }

  Answerer answerer() {
    return [this](const MethodDescriptor& method, const Message& request) {
      return Ask(method, request);
    };
  }

  // To change them.
  std::map<std::string, ctl::MessagePtr>& kept() { return replies_; }

 private:
  testing::Caller caller_;
  std::map<std::string, ctl::MessagePtr> replies_;
};

// The questions, the table, and what compares them.
struct Questions {
  std::map<std::string, Question> questions;
  std::vector<QuestionRow> rows;
  Vocabulary vocabulary;
  Sentences sentences;

  // What is wrong with the answer to a question; "" if nothing is.
  std::string WhatIsWrong(const QuestionRow& row, const Answerer& answerer) const {
    const auto named = AskChain(row.ask, answerer);
    if (!named.ok()) return std::string(named.status().message());
    const QuestionCheck check(vocabulary, sentences);
    std::vector<std::string> texts;
    for (const Mistake& one : check.Compare(row.answer, questions.at(row.id).answer, *named)) {
      texts.push_back(absl::StrCat(one.where, ": ", one.text));
    }
    return absl::StrJoin(texts, "; ");
  }
};

class BriefQuestions : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string data = SourceDir() + "/../shared/brief";
    if (!std::filesystem::exists(data + "/questions.jsonl") && !DataIsRequired()) {
      GTEST_SKIP() << data << " is not there";
    }
    const std::string tables = SourceDir() + "/tests/acceptance/brief";
    for (Question& question : Take(ReadQuestions(data + "/questions.jsonl"))) {
      brief_.questions.emplace(question.id, std::move(question));
    }
    brief_.rows = Take(ReadQuestionRows(tables + "/questions.jsonl"));
    brief_.vocabulary = Take(Vocabulary::Read(tables + "/values.tsv"));
    brief_.sentences = Take(Sentences::Read(data));
    ASSERT_EQ(brief_.questions.size(), 104u);
  }

  // The ids of the questions that are answered otherwise than they should be.
  std::set<std::string> AnsweredWrongly(const Answerer& answerer) const {
    std::set<std::string> wrong;
    for (const QuestionRow& row : brief_.rows) {
      if (row.remains.empty() && !brief_.WhatIsWrong(row, answerer).empty()) wrong.insert(row.id);
    }
    return wrong;
  }

  Questions brief_;
};

TEST_F(BriefQuestions, TheTableHasEachQuestionOnceAndSaysWhatRemains) {
  std::set<std::string> seen;
  std::map<std::string, std::vector<std::string>> remaining;  // reason → ids
  size_t answered = 0;
  const std::set<std::string> all_of = {"lookup", "filter", "viewpoint"};
  for (const QuestionRow& row : brief_.rows) {
    ASSERT_EQ(brief_.questions.count(row.id), 1u) << row.id;
    EXPECT_TRUE(seen.insert(row.id).second) << row.id;
    if (row.remains.empty()) {
      ++answered;
      continue;
    }
    remaining[row.remains].push_back(row.id);
    EXPECT_EQ(all_of.count(brief_.questions.at(row.id).difficulty), 0u) << row.id;
  }
  EXPECT_EQ(seen.size(), brief_.questions.size());
  EXPECT_GE(answered, 50u);
  std::cout << answered << " of " << seen.size() << " questions are answered; of the others\n";
  for (const auto& [why, ids] : remaining) {
    std::cout << "  " << absl::StrJoin(ids, " ") << " " << why << "\n";
  }
}

class BriefQuestionsIn : public BriefQuestions,
                         public ::testing::WithParamInterface<testing::Shape> {};

TEST_P(BriefQuestionsIn, AreAnsweredExactly) {
  testing::Deployment deployment(GetParam());
  ASSERT_TRUE(deployment.Start().ok());
  ASSERT_TRUE(testing::ImportBrief(deployment.address()).ok());
  Replies replies(deployment.address());
  for (const QuestionRow& row : brief_.rows) {
    if (!row.remains.empty()) continue;
    const std::string wrong = brief_.WhatIsWrong(row, replies.answerer());
    EXPECT_EQ(wrong, "") << row.id;
  }
  deployment.StopAll(SIGTERM);
}

INSTANTIATE_TEST_SUITE_P(Shapes, BriefQuestionsIn,
                         ::testing::Values(testing::Shape::kOneProcess,
                                           testing::Shape::kFourProcesses),
                         [](const auto& info) {
                           return info.param == testing::Shape::kOneProcess ? "OneProcess"
                                                                            : "FourProcesses";
                         });

class BriefQuestionsChanged : public BriefQuestions {
 protected:
  void SetUp() override {
    BriefQuestions::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    register_ = Take(allinone::Register::Start({}));
    ASSERT_NE(register_, nullptr);
    ASSERT_TRUE(testing::ImportBrief(register_->address()).ok());
  }

  // Changes an event by an update in text form.
  void Update(const std::string& text) {
    events::v1::UpdateEventRequest request;
    ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &request)) << text;
    testing::Caller caller(register_->address());
    const auto updated =
        caller.Call<events::v1::Event>("chancery.events.v1.EventsService/UpdateEvent", request);
    ASSERT_TRUE(updated.ok()) << updated.status();
  }

  std::set<std::string> AnsweredWronglyNow() {
    Replies replies(register_->address());
    return AnsweredWrongly(replies.answerer());
  }

  std::unique_ptr<allinone::Register> register_;
};

// The twin: a record that says something else fails the questions that depend on it, and no others.
TEST_F(BriefQuestionsChanged, ARecordThatSaysSomethingElseFailsItsQuestions) {
  ASSERT_THAT(AnsweredWronglyNow(), IsEmpty());
  Update(R"(event { name: 'events/2010-11-13-yokohama' venue { locality: 'Osaka' } }
            update_mask { paths: 'venue.locality' })");
  EXPECT_EQ(AnsweredWronglyNow(), (std::set<std::string>{"Q009", "Q120"}));
  Update(R"(event { name: 'events/2010-11-13-yokohama' venue { locality: 'Yokohama' } }
            update_mask { paths: 'venue.locality' })");
  EXPECT_THAT(AnsweredWronglyNow(), IsEmpty());
}

// The twin: for each part of each answer there is a served value that decides it. Every value of
// every reply to a question is changed, one at a time. A label, which says that there is any, is
// decided by a reply as a whole.
TEST_F(BriefQuestionsChanged, EachPartOfAnAnswerDependsOnWhatIsServed) {
  const QuestionCheck check(brief_.vocabulary, brief_.sentences);
  size_t parts = 0;
  for (const QuestionRow& row : brief_.rows) {
    if (!row.remains.empty()) continue;
    Replies replies(register_->address());
    ASSERT_EQ(brief_.WhatIsWrong(row, replies.answerer()), "") << row.id;
    const google::protobuf::Value& expected = brief_.questions.at(row.id).answer;
    std::set<std::string> open = PartsOf(row.answer, expected);
    parts += open.size();
    // What is asked for after a change may never have been asked for; then there is no answer.
    const Answerer kept = [&](const MethodDescriptor& method,
                              const Message& request) -> absl::StatusOr<const Message*> {
      const auto reply =
          replies.kept().find(absl::StrCat(method.name(), " ", request.SerializeAsString()));
      if (reply == replies.kept().end()) return absl::NotFoundError("not asked for before");
      return reply->second.get();
    };
    const auto close = [&](bool labels) {
      if (open.empty()) return;
      const auto named = AskChain(row.ask, kept);
      if (!named.ok()) return;
      for (const Mistake& one : check.Compare(row.answer, expected, *named)) {
        if (absl::StrContains(one.part, "{label}") == labels) open.erase(one.part);
      }
    };
    for (auto& [request, reply] : replies.kept()) {
      const ctl::MessagePtr whole(reply->New());
      whole->CopyFrom(*reply);
      reply->Clear();
      close(true);
      reply->CopyFrom(*whole);
    }
    for (auto& [request, reply] : replies.kept()) {
      ForEachChange(*reply, [&] { close(false); });
    }
    EXPECT_THAT(open, IsEmpty()) << row.id;
  }
  std::cout << parts << " parts of answers\n";
}

}  // namespace
}  // namespace chancery::brief
