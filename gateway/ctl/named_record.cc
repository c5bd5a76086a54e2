#include "gateway/ctl/named_record.h"

#include <algorithm>
#include <functional>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "chancery/types/v1/name.pb.h"
#include "chancery/types/v1/read.pb.h"
#include "gateway/ctl/call/catalog.h"
#include "gateway/ctl/call/request_fields.h"
#include "google/protobuf/descriptor.h"
#include "proto/errors/error.h"
#include "proto/errors/nearest.h"
#include "proto/errors/status_macros.h"

namespace chancery::ctl {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr int kPageSize = 500;
// Pages of names among which the nearest are looked for.
constexpr int kPages = 4;

bool IsId(const std::string& word) {
  return std::all_of(word.begin(), word.end(), [](char c) {
    return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-';
  });
}

bool IsCode(const std::string& word) {
  return (word.size() == 2 || word.size() == 3) &&
         std::all_of(word.begin(), word.end(), absl::ascii_isupper);
}

// Where a kind has its names; null if it has none.
const FieldDescriptor* NamesField(const Kind& kind) {
  for (const char* field : {"names", "titles"}) {
    const FieldDescriptor* found = kind.message->FindFieldByName(field);
    if (found != nullptr && found->message_type() == types::v1::Name::descriptor()) return found;
  }
  return nullptr;
}

std::string Quoted(const std::string& text) {
  return absl::StrCat(
      "\"", absl::StrReplaceAll(text, {{"\\", "\\\\"}, {"\"", "\\\""}, {"*", "\\*"}}), "\"");
}

// Calls `visit` with the records of a kind that a filter leaves, on at most so many pages.
absl::Status Visit(const Invocation& in, const Client& client, const Kind& kind,
                   const std::string& filter, int pages,
                   const std::function<void(const Message&)>& visit) {
  const MessagePtr request = NewMessage(kind.list->input_type());
  ASSIGN_OR_RETURN(const types::v1::AsOf known, in.KnownAt());
  MutableField(*request, "as_of")->CopyFrom(known);
  SetText(*request, "filter", filter);
  SetNumber(*request, "page_size", kPageSize);
  for (int page = 0; page < pages; ++page) {
    const MessagePtr reply = NewMessage(kind.list->output_type());
    RETURN_IF_ERROR(client.Call(*kind.list, *request, *reply));
    for (const Message* record : ItemsOf(*reply)) visit(*record);
    const std::string next = TextOf(*reply, "next_page_token");
    if (next.empty()) break;
    SetText(*request, "page_token", next);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::set<std::string>> Called(const Invocation& in, const Client& client,
                                             const Kind& kind, const std::string& word) {
  std::set<std::string> names;
  std::vector<std::string> filters;
  if (const FieldDescriptor* field = NamesField(kind)) {
    filters.push_back(absl::StrCat(field->name(), ".text = ", Quoted(word)));
  }
  if (IsCode(word) && kind.message->FindFieldByName("iso_code") != nullptr) {
    filters.push_back(absl::StrCat("iso_code = ", Quoted(word)));
  }
  if (filters.empty()) return names;
  // Lists end their pages by what they have looked at, too.
  constexpr int kAllPages = 1 << 20;
  RETURN_IF_ERROR(Visit(in, client, kind, absl::StrJoin(filters, " OR "), kAllPages,
                        [&](const Message& record) { names.insert(TextOf(record, "name")); }));
  return names;
}

absl::Status NoneCalled(const Invocation& in, const Client& client, const Meant& meant,
                        const std::string& word) {
  std::vector<std::string> texts;
  for (const std::string& collection : meant.collections) {
    ASSIGN_OR_RETURN(const Kind* kind, KindCalled(collection));
    const FieldDescriptor* field = NamesField(*kind);
    if (field == nullptr) continue;
    RETURN_IF_ERROR(Visit(in, client, *kind, "", kPages, [&](const Message& record) {
      const auto& reflection = *record.GetReflection();
      for (int i = 0; i < reflection.FieldSize(record, field); ++i) {
        texts.push_back(TextOf(reflection.GetRepeatedMessage(record, field, i), "text"));
      }
    }));
  }
  const absl::Status none =
      errors::Error(types::v1::RESOURCE_NOT_FOUND,
                    absl::StrCat("none of the ", absl::StrJoin(meant.collections, ", "),
                                 " is called '", word, "'"),
                    {{"name", word}});
  const std::vector<std::string> nearest = errors::NearestNames(word, texts);
  if (nearest.empty()) return none;
  return errors::WithMetadata(none, "nearest", absl::StrJoin(nearest, ","));
}

}  // namespace

absl::StatusOr<std::string> ResourceNameOf(const Invocation& in, const Client& client,
                                           const Meant& meant, const std::string& word) {
  if (absl::StrContains(word, '/')) return word;
  if (IsId(word)) return absl::StrCat(meant.collections.front(), "/", word);
  std::set<std::string> names;
  for (const std::string& collection : meant.collections) {
    ASSIGN_OR_RETURN(const Kind* kind, KindCalled(collection));
    ASSIGN_OR_RETURN(std::set<std::string> called, Called(in, client, *kind, word));
    names.merge(called);
  }
  if (names.size() == 1) return *names.begin();
  if (names.empty()) return NoneCalled(in, client, meant, word);
  return UsageError(meant.argument, word,
                    absl::StrCat("'", word, "' is what several are called: ",
                                 absl::StrJoin(names, ", "), "; say which"));
}

}  // namespace chancery::ctl
