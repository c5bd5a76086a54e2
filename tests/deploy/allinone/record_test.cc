// The record in itself, without its document: every line parses, every reference and every path in
// it leads somewhere.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "chancery/types/v1/citation.pb.h"
#include "google/api/field_behavior.pb.h"
#include "google/api/resource.pb.h"
#include "tests/deploy/allinone/record_files.h"

namespace chancery::record {
namespace {

using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class RecordTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto lines =
        ReadRecord(absl::StrCat(std::getenv("CHANCERY_SOURCE_DIR"), "/deploy/allinone/record"));
    ASSERT_TRUE(lines.ok()) << lines.status();
    lines_ = *std::move(lines);
  }

  // Calls `visit` for every message of every line.
  void VisitAll(const std::function<void(const std::string&, const Message&)>& visit) {
    for (const Line& line : lines_) {
      VisitMessages(*line.message, [&](const std::string& path, const Message& message) {
        visit(absl::StrCat(line.place, " ", path), message);
      });
    }
  }

  std::vector<Line> lines_;
};

std::vector<const FieldDescriptor*> SetFields(const Message& message) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  return fields;
}

std::vector<std::string> Strings(const Message& message, const FieldDescriptor* field) {
  const auto* reflection = message.GetReflection();
  if (!field->is_repeated()) return {reflection->GetString(message, field)};
  std::vector<std::string> values;
  values.reserve(reflection->FieldSize(message, field));
  for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
    values.push_back(reflection->GetRepeatedString(message, field, i));
  }
  return values;
}

// References of `line` to what is not in `known` (name → type), or to another kind than the field
// allows.
std::vector<std::string> ReferenceFaults(const Line& line,
                                         const std::map<std::string, std::string>& known) {
  std::vector<std::string> faults;
  VisitMessages(*line.message, [&](const std::string& path, const Message& message) {
    for (const FieldDescriptor* field : SetFields(message)) {
      const std::string type =
          field->options().GetExtension(google::api::resource_reference).type();
      if (type.empty()) continue;
      for (const std::string& target : Strings(message, field)) {
        const auto found = known.find(target);
        if (found != known.end() && (type == "*" || type == found->second)) continue;
        faults.push_back(absl::StrCat(line.place, " ", path, ": ", field->name(), " ", target,
                                      ", wanted ", type));
      }
    }
  });
  return faults;
}

std::string ResourceType(const Line& line) {
  return line.message->GetDescriptor()->options().GetExtension(google::api::resource).type();
}

// Whether `path` names something that is set in `message`.
bool Leads(const Message& message, std::vector<std::string> path) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(path.front());
  if (field == nullptr) return false;
  path.erase(path.begin());
  const auto* reflection = message.GetReflection();
  if (!field->is_repeated()) {
    if (path.empty()) return !field->has_presence() || reflection->HasField(message, field);
    return field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
           Leads(reflection->GetMessage(message, field), path);
  }
  if (path.empty()) return reflection->FieldSize(message, field) > 0;
  const std::string id = path.front();
  path.erase(path.begin());
  for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
    const Message& element = reflection->GetRepeatedMessage(message, field, i);
    if (Strings(element, element.GetDescriptor()->FindFieldByName("id")).front() != id) continue;
    return path.empty() || Leads(element, path);
  }
  return false;
}

// Whether `path` names a field that is unset, of `message` or of an element that is there.
bool LeadsToNothing(const Message& message, std::vector<std::string> path) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(path.front());
  if (field == nullptr) return false;
  if (path.size() == 1) {
    const std::vector<const FieldDescriptor*> set = SetFields(message);
    return std::find(set.begin(), set.end(), field) == set.end();
  }
  if (field->message_type() == nullptr) return false;
  path.erase(path.begin());
  const auto* reflection = message.GetReflection();
  if (!field->is_repeated()) return LeadsToNothing(reflection->GetMessage(message, field), path);
  const std::string id = path.front();
  path.erase(path.begin());
  for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
    const Message& element = reflection->GetRepeatedMessage(message, field, i);
    if (Strings(element, element.GetDescriptor()->FindFieldByName("id")).front() != id) continue;
    return !path.empty() && LeadsToNothing(element, path);
  }
  return false;
}

TEST_F(RecordTest, NamesAreUniqueAndWellFormed) {
  const std::regex pattern("[a-z]+/[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  std::set<std::string> names;
  for (const Line& line : lines_) {
    EXPECT_TRUE(std::regex_match(line.name, pattern)) << line.place << ' ' << line.name;
    EXPECT_TRUE(names.insert(line.name).second) << line.place << ' ' << line.name;
  }
  EXPECT_FALSE(names.empty());
}

TEST_F(RecordTest, ReferencesLeadToEarlierLines) {
  std::map<std::string, std::string> known;
  for (const Line& line : lines_) {
    EXPECT_THAT(ReferenceFaults(line, known), IsEmpty());
    known[line.name] = ResourceType(line);
  }
}

TEST_F(RecordTest, ElementIdsAreUniqueInTheirListAndCitationIdsInTheirLine) {
  const std::regex pattern("[a-z0-9-]{1,63}");
  for (const Line& line : lines_) {
    std::set<std::string> paths;
    std::set<std::string> citations;
    VisitMessages(*line.message, [&](const std::string& path, const Message& message) {
      EXPECT_TRUE(paths.insert(path).second) << line.place << ' ' << path;
      const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName("id");
      if (field == nullptr) return;
      const std::string id = Strings(message, field).front();
      EXPECT_TRUE(std::regex_match(id, pattern)) << line.place << ' ' << path;
      if (message.GetDescriptor() != types::v1::Citation::descriptor()) return;
      EXPECT_TRUE(citations.insert(id).second) << line.place << ' ' << path;
    });
  }
}

TEST_F(RecordTest, EveryCitationHasItsSpanAndDigests) {
  const std::regex digest("sha256:[0-9a-f]{64}");
  VisitAll([&](const std::string& path, const Message& message) {
    if (message.GetDescriptor() != types::v1::Citation::descriptor()) return;
    const auto& citation = static_cast<const types::v1::Citation&>(message);
    EXPECT_LT(citation.start(), citation.end()) << path;
    EXPECT_TRUE(std::regex_match(citation.digest(), digest)) << path;
    EXPECT_TRUE(std::regex_match(citation.slice_digest(), digest)) << path;
    EXPECT_NE(citation.basis(), types::v1::BASIS_UNSPECIFIED) << path;
  });
}

TEST_F(RecordTest, EveryRecordButTheDocumentIsCited) {
  for (const Line& line : lines_) {
    if (absl::StartsWith(line.name, "sources/") || absl::StartsWith(line.name, "segments/")) {
      continue;
    }
    EXPECT_TRUE(Leads(*line.message, {"citations"})) << line.place;
  }
}

TEST_F(RecordTest, CitedElementsExist) {
  for (const Line& line : lines_) {
    VisitMessages(*line.message, [&](const std::string& path, const Message& message) {
      if (message.GetDescriptor() != types::v1::Citation::descriptor()) return;
      for (const std::string& element :
           static_cast<const types::v1::Citation&>(message).elements()) {
        EXPECT_TRUE(Leads(*line.message, absl::StrSplit(element, '.')))
            << line.place << ' ' << path << ": " << element;
      }
    });
  }
}

TEST_F(RecordTest, WhatIsNotStatedIsNotThere) {
  int silent = 0;
  for (const Line& line : lines_) {
    if (absl::StartsWith(line.name, "segments/")) continue;  // of the document itself
    const FieldDescriptor* field = line.message->GetDescriptor()->FindFieldByName("not_stated");
    ASSERT_NE(field, nullptr) << line.place;
    for (const std::string& path : Strings(*line.message, field)) {
      ++silent;
      EXPECT_TRUE(LeadsToNothing(*line.message, absl::StrSplit(path, '.')))
          << line.place << ' ' << path;
    }
  }
  EXPECT_GT(silent, 0);
}

TEST_F(RecordTest, OnlyWhatAClientMayWriteIsWrittenAndNothingRequiredIsMissing) {
  VisitAll([&](const std::string& path, const Message& message) {
    for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
      const FieldDescriptor* field = message.GetDescriptor()->field(i);
      const std::vector<const FieldDescriptor*> set = SetFields(message);
      const bool is_set = std::find(set.begin(), set.end(), field) != set.end();
      const auto behaviors = field->options().GetRepeatedExtension(google::api::field_behavior);
      for (const int behavior : behaviors) {
        if (behavior == google::api::REQUIRED) {
          EXPECT_TRUE(is_set) << path << ' ' << field->name();
        }
        if (behavior == google::api::OUTPUT_ONLY || behavior == google::api::INPUT_ONLY) {
          EXPECT_FALSE(is_set) << path << ' ' << field->name();
        }
      }
    }
  });
}

// What the checks above would say.

TEST(RecordFilesTest, UnknownKeysAndStrangersAreRefused) {
  EXPECT_THAT(ParseLine("people", "people.jsonl:7", R"({"name": "people/a", "title": "x"})")
                  .status()
                  .ToString(),
              HasSubstr("people.jsonl:7"));
  EXPECT_THAT(ParseLine("people", "people.jsonl:8", R"({"name": "states/a"})").status().ToString(),
              HasSubstr("states/a does not belong here"));
}

TEST(RecordFilesTest, DanglingAndMisdirectedReferencesAreReported) {
  auto line = ParseLine("tenures", "tenures.jsonl:1",
                        R"({"name": "tenures/a", "person": "people/a", "post": "posts/none"})");
  ASSERT_TRUE(line.ok()) << line.status();
  EXPECT_THAT(ReferenceFaults(*line, {{"people/a", "people.chancery.dev/State"}}),
              ElementsAre("tenures.jsonl:1 : person people/a, wanted people.chancery.dev/Person",
                          "tenures.jsonl:1 : post posts/none, wanted people.chancery.dev/Post"));
}

}  // namespace
}  // namespace chancery::record
