// The record of the brief without loss: what is served is projected back to each fact of the brief,
// by mapping.tsv, and compared. Facts and document lie beside the tree; without them the tests are
// skipped, unless REQUIRE_TEST_DATA=1.

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "deploy/allinone/register.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/acceptance/brief/facts.h"
#include "tests/acceptance/brief/projection.h"
#include "tests/acceptance/brief/sentences.h"
#include "tests/acceptance/brief/served.h"
#include "tests/acceptance/brief/served_path.h"
#include "tests/deploy/allinone/document.h"
#include "tests/deploy/allinone/record_files.h"
#include "tests/support/brief_import.h"
#include "tests/system/deployment.h"

namespace chancery::brief {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string SourceDir() { return std::getenv("CHANCERY_SOURCE_DIR"); }

std::string Data() { return SourceDir() + "/../shared/brief"; }

bool DataIsRequired() {
  const char* required = std::getenv("REQUIRE_TEST_DATA");
  return required != nullptr && std::string(required) == "1";
}

template <typename T>
T Take(absl::StatusOr<T> read) {
  EXPECT_TRUE(read.ok()) << read.status();
  return read.ok() ? *std::move(read) : T();
}

// The brief, the tables, and a register that has imported the record; once for all tests.
struct Brief {
  std::vector<Fact> facts;
  std::vector<Mapping> mapping;
  Vocabulary vocabulary;
  Sentences sentences;
  std::unique_ptr<allinone::Register> served;
  std::unique_ptr<Served> client;
  std::map<std::string, MessagePtr> records;  // by name, as served

  Projection projection() const { return {mapping, vocabulary, sentences}; }
};

std::unique_ptr<Brief> ReadBrief(const std::string& data) {
  auto brief = std::make_unique<Brief>();
  const std::string tables = SourceDir() + "/tests/acceptance/brief";
  brief->facts = Take(ReadFacts(data + "/facts.jsonl"));
  brief->mapping = Take(ReadMapping(tables + "/mapping.tsv"));
  brief->vocabulary = Take(Vocabulary::Read(tables + "/values.tsv"));
  brief->sentences = Take(Sentences::Read(data));
  brief->served = Take(allinone::Register::Start({}));
  if (brief->served == nullptr) return brief;
  EXPECT_TRUE(testing::ImportBrief(brief->served->address()).ok());
  EXPECT_EQ(testing::LoadBrief(brief->served->address(), data + "/brief.txt"), absl::OkStatus());
  brief->client = std::make_unique<Served>(brief->served->address());
  for (const Fact& fact : brief->facts) {
    const std::string record = brief->projection().HomeOf(fact).record;
    if (brief->records.count(record) == 0) {
      brief->records[record] = brief->client->Get(record);
    }
  }
  return brief;
}

class BriefRecord : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string data = Data();
    if (!std::filesystem::exists(data + "/facts.jsonl") && !DataIsRequired()) {
      GTEST_SKIP() << data << " is not there";
    }
    static const Brief* const read = ReadBrief(data).release();
    brief_ = read;
    ASSERT_THAT(brief_->records, Not(IsEmpty()));
  }

  // The differences of all facts that are found in a record.
  std::vector<Difference> Compare(const std::string& name, const Message& record,
                                  Served* client) const {
    std::vector<Difference> differences;
    const Projection projection = brief_->projection();
    for (const Fact& fact : brief_->facts) {
      if (projection.HomeOf(fact).record != name) continue;
      for (Difference& one : projection.Compare(fact, record, client)) {
        differences.push_back(std::move(one));
      }
    }
    return differences;
  }

  const Brief* brief_ = nullptr;
};

class BriefRecordIn : public BriefRecord, public ::testing::WithParamInterface<testing::Shape> {};

TEST_P(BriefRecordIn, EveryFactIsServedAsItIsStated) {
  testing::Deployment deployment(GetParam());
  ASSERT_EQ(deployment.Start(), absl::OkStatus());
  ASSERT_EQ(testing::ImportBrief(deployment.address()), absl::OkStatus());
  ASSERT_EQ(testing::LoadBrief(deployment.address(), Data() + "/brief.txt"), absl::OkStatus());
  Served client(deployment.address());
  std::map<std::string, MessagePtr> records;
  size_t compared = 0;
  // Wordings over 60 code points are not in the record: they are compared with what the register
  // quotes.
  size_t quoted_long = 0;
  Sentences sentences = brief_->sentences;
  sentences.QuoteBy([&](const types::v1::Citation& citation) {
    std::string words = client.Quote(citation);
    if (record::CodePoints(words).size() > 60) ++quoted_long;
    return words;
  });
  const Projection projection(brief_->mapping, brief_->vocabulary, sentences);
  for (const Fact& fact : brief_->facts) {
    MessagePtr& record = records[projection.HomeOf(fact).record];
    if (record == nullptr) record = client.Get(projection.HomeOf(fact).record);
    ASSERT_NE(record, nullptr) << fact.id;
    ++compared;
    for (const Difference& one : projection.Compare(fact, *record, &client)) {
      ADD_FAILURE() << one.fact << ' ' << one.key << ": " << one.text;
    }
  }
  EXPECT_EQ(compared, 323u);
  EXPECT_GT(quoted_long, 100u);
  deployment.StopAll(SIGTERM);
}

INSTANTIATE_TEST_SUITE_P(Shapes, BriefRecordIn,
                         ::testing::Values(testing::Shape::kOneProcess,
                                           testing::Shape::kFourProcesses),
                         [](const auto& info) {
                           return info.param == testing::Shape::kOneProcess ? "OneProcess"
                                                                            : "FourProcesses";
                         });

TEST_F(BriefRecord, EverySentenceIsCited) {
  std::set<std::string> cited;
  for (const auto& each : brief_->records) {
    const std::string& name = each.first;
    record::VisitMessages(*each.second, [&](const std::string& path, const Message& message) {
      if (message.GetDescriptor() != types::v1::Citation::descriptor()) return;
      const auto& citation = static_cast<const types::v1::Citation&>(message);
      const std::string sentence = brief_->sentences.Of(citation);
      EXPECT_NE(sentence, "") << name << ' ' << path;
      cited.insert(sentence);
    });
  }
  EXPECT_THAT(cited, SizeIs(53));
  EXPECT_EQ(cited.size(), brief_->sentences.ids().size());
}

TEST_F(BriefRecord, ValuesMapOneToOne) { EXPECT_THAT(brief_->vocabulary.Ambiguities(), IsEmpty()); }

TEST_F(BriefRecord, OnlyEditorsWordsAreNotCompared) {
  const std::set<std::string> editorial = {"note", "presumption", "role_in_document", "label",
                                           "statement"};
  for (const Mapping& row : brief_->mapping) {
    if (row.how != "note" && row.as != "marked" && row.as != "present") continue;
    if (editorial.count(row.key) != 0 || absl::EndsWith(row.key, "_note") ||
        absl::EndsWith(row.key, "_basis")) {
      continue;
    }
    // A doubt is compared as one; its sentence is the editor's.
    EXPECT_TRUE(row.key == "doubtful" || row.key == "given_name_doubtful")
        << row.kind << ' ' << row.key;
  }
}

TEST_F(BriefRecord, AKeyThatIsNotMappedFails) {
  std::vector<Mapping> less;
  for (const Mapping& row : brief_->mapping) {
    if (row.kind != "event" || row.key != "destination") less.push_back(row);
  }
  const Projection projection(less, brief_->vocabulary, brief_->sentences);
  std::set<std::string> failed;
  for (const Fact& fact : brief_->facts) {
    const Message& record = *brief_->records.at(projection.HomeOf(fact).record);
    for (const Difference& one : projection.Compare(fact, record, nullptr)) failed.insert(one.key);
  }
  EXPECT_EQ(failed, std::set<std::string>{"destination"});
}

// The twin: every value of every served record is changed, one at a time.

void SetOther(Message& message, const FieldDescriptor* field, int index) {
  const auto* r = message.GetReflection();
  const bool repeated = field->is_repeated();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      if (repeated) {
        r->SetRepeatedString(&message, field, index,
                             r->GetRepeatedString(message, field, index) + "x");
      } else {
        r->SetString(&message, field, r->GetString(message, field) + "x");
      }
      return;
    case FieldDescriptor::CPPTYPE_ENUM: {
      const int last = field->enum_type()->value_count() - 1;
      const int now = r->GetEnum(message, field)->index();
      r->SetEnum(&message, field, field->enum_type()->value(now == last ? last - 1 : last));
      return;
    }
    case FieldDescriptor::CPPTYPE_BOOL:
      return r->SetBool(&message, field, !r->GetBool(message, field));
    case FieldDescriptor::CPPTYPE_INT32:
      return r->SetInt32(&message, field, r->GetInt32(message, field) + 1);
    case FieldDescriptor::CPPTYPE_INT64:
      return r->SetInt64(&message, field, r->GetInt64(message, field) + 1);
    default:
      return;
  }
}

// Calls `changed` with the path of a value, "participants.noda.role", while it is another one in
// `record`, and again while it is unset. Ids are left alone: they say where a fact is.
void ForEachChange(Message& record, Message& message, const std::string& prefix,
                   const std::function<void(const std::string&)>& changed) {
  const auto* r = message.GetReflection();
  const auto* type = message.GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    const bool bare_bool = field->cpp_type() == FieldDescriptor::CPPTYPE_BOOL;
    const int size = field->is_repeated()                       ? r->FieldSize(message, field)
                     : bare_bool || r->HasField(message, field) ? 1
                                                                : 0;
    if (field->name() == "id" || field->name() == "etag") continue;
    if (&message == &record && field->name() == "name") continue;
    for (int j = 0; j < size; ++j) {
      std::string path = absl::StrCat(prefix, prefix.empty() ? "" : ".", field->name());
      if (field->message_type() != nullptr) {
        Message* inner = field->is_repeated() ? r->MutableRepeatedMessage(&message, field, j)
                                              : r->MutableMessage(&message, field);
        const std::string id =
            field->is_repeated() && inner->GetDescriptor()->FindFieldByName("id") != nullptr
                ? Follow(*inner, "id")[0].text
                : "";
        if (!id.empty()) absl::StrAppend(&path, ".", id);
        ForEachChange(record, *inner, path, changed);
        continue;
      }
      const std::unique_ptr<Message> before(message.New());
      before->CopyFrom(message);
      SetOther(message, field, j);
      changed(path);
      message.CopyFrom(*before);
      if (field->is_repeated()) continue;
      r->ClearField(&message, field);
      changed(path);
      message.CopyFrom(*before);
    }
  }
}

// Whose value a path leads to.
std::string OwnerOf(const std::string& path) {
  for (const std::string list : {"participants.", "ties."}) {
    if (!absl::StartsWith(path, list)) continue;
    return path.substr(0, path.find('.', list.size()));
  }
  return "";
}

TEST_F(BriefRecord, AnyMappedValueThatIsChangedFailsExactlyItsFact) {
  std::set<std::pair<std::string, std::string>> noticed;
  size_t changes = 0;
  for (const auto& each : brief_->records) {
    const std::string& name = each.first;
    std::map<std::string, std::string> facts;  // owner → fact
    for (const Fact& fact : brief_->facts) {
      const Home home = brief_->projection().HomeOf(fact);
      if (home.record == name) facts[home.element] = fact.id;
    }
    const MessagePtr record(each.second->New());
    record->CopyFrom(*each.second);
    ForEachChange(*record, *record, "", [&](const std::string& path) {
      ++changes;
      for (const Difference& one : Compare(name, *record, nullptr)) {
        if (one.editorial) continue;
        noticed.emplace(one.kind, one.key);
        EXPECT_EQ(one.fact, facts[OwnerOf(path)]) << name << ' ' << path << ": " << one.text;
      }
    });
  }
  EXPECT_GT(changes, 10'000u);
  for (const Mapping& row : brief_->mapping) {
    if (row.how != "field" && row.how != "more" && !absl::StartsWith(row.how, "either")) continue;
    // Where the fact is says these by itself.
    if (row.target == "#record" || absl::StartsWith(row.target, "#record |")) continue;
    EXPECT_EQ(noticed.count({row.kind, row.key}), 1u) << row.kind << ' ' << row.key;
  }
}

}  // namespace
}  // namespace chancery::brief
