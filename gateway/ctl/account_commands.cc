#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "chancery/types/v1/account.pb.h"
#include "chancery/types/v1/citation.pb.h"
#include "gateway/ctl/call/request_fields.h"
#include "gateway/ctl/commands.h"
#include "gateway/ctl/invocation.h"
#include "gateway/ctl/print/json.h"
#include "gateway/ctl/record_calls.h"
#include "gateway/ctl/revise/assignment.h"
#include "gateway/ctl/revise/leaves.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/field_mask.pb.h"
#include "proto/errors/error.h"
#include "proto/errors/nearest.h"
#include "proto/errors/status_macros.h"

namespace chancery::ctl {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FieldMask;
using google::protobuf::Message;

// All kinds that have accounts have the same fields in them, and so in what they are part of.
const FieldDescriptor* AccountsOf(const Message& record) {
  return record.GetDescriptor()->FindFieldByName("accounts");
}

bool HasAccounts(const Kind& kind) { return kind.message->FindFieldByName("accounts") != nullptr; }

absl::Status CheckHasAccounts(const Kind& kind, const std::string& word) {
  if (HasAccounts(kind)) return absl::OkStatus();
  return UsageError(word, "",
                    absl::StrCat(kind.collection, " say what a text says and have no accounts"));
}

// The record whose accounts are to change.
absl::StatusOr<KindRecord> ReadWithAccounts(Invocation& in, const Client& client) {
  const std::string& name = in.arguments().front();
  ASSIGN_OR_RETURN(KindRecord found, ReadRecordCalled(in, client, name));
  RETURN_IF_ERROR(CheckHasAccounts(*found.kind, name));
  return found;
}

std::vector<const Message*> AccountsIn(const Message& record) {
  std::vector<const Message*> accounts;
  accounts.reserve(record.GetReflection()->FieldSize(record, AccountsOf(record)));
  const auto& r = *record.GetReflection();
  for (int i = 0; i < r.FieldSize(record, AccountsOf(record)); ++i) {
    accounts.push_back(&r.GetRepeatedMessage(record, AccountsOf(record), i));
  }
  return accounts;
}

std::vector<std::string> AccountIds(const Message& record) {
  std::vector<std::string> ids;
  for (const Message* account : AccountsIn(record)) ids.push_back(TextOf(*account, "id"));
  return ids;
}

// Sets an enum whose values begin with their type's name by the rest of it.
void SetEnum(Message& message, const char* field, const std::string& word) {
  const FieldDescriptor* found = message.GetDescriptor()->FindFieldByName(field);
  const EnumDescriptor& type = *found->enum_type();
  for (int i = 0; i < type.value_count(); ++i) {
    if (!absl::EndsWith(type.value(i)->name(), absl::StrCat("_", word))) continue;
    message.GetReflection()->SetEnum(&message, found, type.value(i));
    return;
  }
}

// "PREFERRED" of RANK_PREFERRED and its like; without the value that says nothing.
std::vector<std::string> WordsOf(const EnumDescriptor& type, absl::string_view prefix) {
  std::vector<std::string> words;
  for (int i = 1; i < type.value_count(); ++i) {
    words.emplace_back(absl::StripPrefix(type.value(i)->name(), prefix));
  }
  return words;
}

std::vector<std::string> Except(std::vector<std::string> words, absl::string_view word) {
  words.erase(std::remove(words.begin(), words.end(), word), words.end());
  return words;
}

bool IsContested(const Message& record) {
  return record.GetReflection()->GetBool(record,
                                         record.GetDescriptor()->FindFieldByName("contested"));
}

// ---- conflicts

// Who says something: an account, or the record itself, whose id is empty.
struct Voice {
  std::string account;
  std::string source;
  std::string rank;
  Leaf says;
};

// A value about which a record's voices differ.
struct Dispute {
  std::string record;
  std::string path;
  std::vector<Voice> voices;
};

bool IsWithin(const std::string& path, const std::string& mask) {
  return path == mask || absl::StartsWith(path, absl::StrCat(mask, "."));
}

bool Speaks(const FieldMask& mask, const std::string& path) {
  return mask.paths().empty() ||
         std::any_of(mask.paths().begin(), mask.paths().end(),
                     [&](const std::string& one) { return IsWithin(path, one); });
}

// What the accounts that still stand say, by path, in the order of the contract.
class Disputes {
 public:
  explicit Disputes(const Message& record) : name_(TextOf(record, "name")) {
    Add(record, FieldMask(), {});
    for (const Message* account : AccountsIn(record)) AddAccount(*account);
  }

  std::vector<Dispute> Found() const {
    std::vector<Dispute> found;
    for (const std::string& path : order_) {
      const std::vector<Voice>& voices = voices_.at(path);
      const bool differ = std::any_of(voices.begin(), voices.end(), [&](const Voice& voice) {
        return voice.says.json != voices.front().says.json;
      });
      if (differ) found.push_back({name_, path, voices});
    }
    return found;
  }

 private:
  void AddAccount(const Message& account) {
    const FieldDescriptor* rank = account.GetDescriptor()->FindFieldByName("rank");
    const int number = account.GetReflection()->GetEnumValue(account, rank);
    if (number == types::v1::RANK_DEPRECATED) return;
    const std::string word =
        types::v1::Rank_Name(number == 0 ? types::v1::RANK_NORMAL : types::v1::Rank(number));
    Add(FieldOf(account, "value"), static_cast<const FieldMask&>(FieldOf(account, "mask")),
        {TextOf(account, "id"),
         TextOf(account, "source"),
         std::string(absl::StripPrefix(word, "RANK_")),
         {}});
  }

  void Add(const Message& value, const FieldMask& mask, const Voice& voice) {
    for (Leaf& leaf : LeavesOf(value)) {
      const std::string path = leaf.path;
      if (IsWithin(path, "accounts") || path == "contested" || !Speaks(mask, path)) continue;
      std::vector<Voice>& voices = voices_[path];
      if (voices.empty()) order_.push_back(path);
      voices.push_back(voice);
      voices.back().says = std::move(leaf);
    }
  }

  const std::string name_;
  std::vector<std::string> order_;
  std::map<std::string, std::vector<Voice>> voices_;
};

std::string VoiceJson(const Voice& voice) {
  std::vector<std::pair<std::string, std::string>> members;
  if (!voice.account.empty()) {
    members = {{"account", JsonString(voice.account)},
               {"source", JsonString(voice.source)},
               {"rank", JsonString(voice.rank)}};
  }
  members.emplace_back("value", voice.says.json);
  return JsonObject(members);
}

std::string DisputeJson(const Dispute& dispute) {
  std::vector<std::string> voices;
  for (const Voice& voice : dispute.voices) voices.push_back(VoiceJson(voice));
  return JsonObject({{"record", JsonString(dispute.record)},
                     {"path", JsonString(dispute.path)},
                     {"says", JsonArray(voices)}});
}

Table DisputeTable(const std::vector<Dispute>& disputes) {
  Table table{{"record", "path", "value", "account", "source", "rank"}, {}};
  for (const Dispute& dispute : disputes) {
    for (const Voice& voice : dispute.voices) {
      table.rows.push_back({dispute.record, dispute.path, voice.says.text,
                            voice.account.empty() ? "the record" : voice.account, voice.source,
                            voice.rank});
    }
  }
  return table;
}

absl::Status AddContested(const Invocation& in, const Client& client, const Kind& kind,
                          std::vector<Dispute>& disputes) {
  const MessagePtr request = NewMessage(kind.list->input_type());
  SetText(*request, "filter", "contested = true");
  SetText(*request, "order_by", "name");
  RETURN_IF_ERROR(in.SetAsOf(*request));
  do {
    const MessagePtr reply = NewMessage(kind.list->output_type());
    RETURN_IF_ERROR(client.Call(*kind.list, *request, *reply));
    for (const Message* record : ItemsOf(*reply)) {
      for (Dispute& dispute : Disputes(*record).Found()) disputes.push_back(std::move(dispute));
    }
    SetText(*request, "page_token", TextOf(*reply, "next_page_token"));
  } while (!TextOf(*request, "page_token").empty());
  return absl::OkStatus();
}

absl::StatusOr<Exit> Conflicts(Invocation& in) {
  const Kind* only = nullptr;
  if (!in.arguments().empty()) {
    ASSIGN_OR_RETURN(only, KindCalled(in.arguments().front()));
    RETURN_IF_ERROR(CheckHasAccounts(*only, in.arguments().front()));
  }
  ASSIGN_OR_RETURN(const Client* client, in.Register());
  std::vector<Dispute> disputes;
  std::vector<absl::Status> unreached;
  std::string missing;
  size_t asked = 0;
  for (const Kind& kind : Kinds()) {
    if ((only != nullptr && only != &kind) || !HasAccounts(kind)) continue;
    ++asked;
    absl::Status status = AddContested(in, *client, kind, disputes);
    if (status.ok()) continue;
    if (ExitOf(status) != Exit::kUnreachable) return status;
    absl::StrAppend(&missing, "not reached: ", kind.collection, ", ",
                    errors::InfoOf(status).reason(), "\n");
    unreached.push_back(std::move(status));
  }
  if (unreached.size() == asked) return unreached.front();
  std::vector<std::string> json;
  json.reserve(disputes.size());
  for (const Dispute& dispute : disputes) json.push_back(DisputeJson(dispute));
  in.output().ShowList(json, DisputeTable(disputes));
  in.output().ShowMissing(missing);
  if (!unreached.empty()) return Exit::kPartial;
  return disputes.empty() ? Exit::kNone : Exit::kDone;
}

// ---- claim

// "120-180" as a citation of a source.
absl::Status AddCitation(const std::string& span, const std::string& source,
                         const std::string& digest, Message& account) {
  const std::pair<std::string, std::string> ends = absl::StrSplit(span, absl::MaxSplits('-', 1));
  int start = 0;
  int end = 0;
  if (!absl::SimpleAtoi(ends.first, &start) || !absl::SimpleAtoi(ends.second, &end)) {
    return UsageError(
        "--cite", span,
        absl::StrCat("--cite needs the code points of a span, as 120-180, not ", span));
  }
  const FieldDescriptor* field = account.GetDescriptor()->FindFieldByName("citations");
  auto& citation =
      static_cast<types::v1::Citation&>(*account.GetReflection()->AddMessage(&account, field));
  citation.set_id(absl::StrCat("c", start, "-", end));
  citation.set_source(source);
  citation.set_digest(digest);
  citation.set_start(start);
  citation.set_end(end);
  return absl::OkStatus();
}

// An id that no account of the record has: that of the source, with a number if need be.
std::string NewAccountId(const Message& record, const std::string& source) {
  constexpr size_t kRoom = 60;
  const std::vector<std::string> taken = AccountIds(record);
  const std::string stem = source.substr(source.find('/') + 1).substr(0, kRoom);
  std::string id = stem;
  for (int i = 2; std::find(taken.begin(), taken.end(), id) != taken.end(); ++i) {
    id = absl::StrCat(stem, "-", i);
  }
  return id;
}

absl::StatusOr<std::string> AccountIdFor(const Invocation& in, const Message& record) {
  if (!in.Has("--account")) return NewAccountId(record, in.Text("--source"));
  std::string id = in.Text("--account");
  const std::vector<std::string> taken = AccountIds(record);
  if (std::find(taken.begin(), taken.end(), id) == taken.end()) return id;
  const std::string name = TextOf(record, "name");
  return errors::Error(types::v1::RESOURCE_ALREADY_EXISTS,
                       absl::StrCat(name, " has an account ", id, " already"),
                       {{"name", name}, {"account", id}});
}

// What the words after the name claim: into the account's value, and into its mask.
absl::Status SetClaim(const Invocation& in, Message& account) {
  Message& value = *MutableField(account, "value");
  auto& mask = static_cast<FieldMask&>(*MutableField(account, "mask"));
  for (size_t i = 1; i < in.arguments().size(); ++i) {
    ASSIGN_OR_RETURN(std::string path, Assign(in.arguments()[i], "PATH=VALUE", value));
    mask.add_paths(std::move(path));
  }
  return absl::OkStatus();
}

absl::Status SetCitations(const Invocation& in, const Client& client, Message& account) {
  if (!in.Has("--cite")) return absl::OkStatus();
  ASSIGN_OR_RETURN(const KindRecord source, ReadRecordCalled(in, client, in.Text("--source")));
  for (const std::string& span : in.Texts("--cite")) {
    RETURN_IF_ERROR(
        AddCitation(span, in.Text("--source"), TextOf(*source.record, "digest"), account));
  }
  return absl::OkStatus();
}

absl::StatusOr<Exit> ShowAccount(Invocation& in, const Message& record, const std::string& done) {
  const bool only_checked = in.Has("--validate-only");
  in.output().Show(
      record, absl::StrCat(TextOf(record, "name"), only_checked ? " could have " : " has ", done,
                           IsContested(record) ? ", and is contested" : "", "\n"));
  return Exit::kDone;
}

absl::StatusOr<Exit> Claim(Invocation& in) {
  ASSIGN_OR_RETURN(const Client* client, in.Register());
  ASSIGN_OR_RETURN(const KindRecord found, ReadWithAccounts(in, *client));
  Message& record = *found.record;
  ASSIGN_OR_RETURN(const std::string id, AccountIdFor(in, record));
  Message& account = *record.GetReflection()->AddMessage(&record, AccountsOf(record));
  SetText(account, "id", id);
  SetText(account, "source", in.Text("--source"));
  SetText(account, "reason", in.Text("--reason"));
  SetEnum(account, "rank", in.Text("--rank"));
  if (in.Has("--basis")) SetEnum(account, "basis", in.Text("--basis"));
  RETURN_IF_ERROR(SetClaim(in, account));
  RETURN_IF_ERROR(SetCitations(in, *client, account));
  ASSIGN_OR_RETURN(const MessagePtr written,
                   ReviseRecord(in, *client, found, {absl::StrCat("accounts.", id)}));
  return ShowAccount(in, *written, absl::StrCat("the account ", id));
}

// ---- deprecate

absl::Status NoAccount(const Message& record, const std::string& id) {
  std::vector<std::string> nearest = errors::NearestNames(id, AccountIds(record));
  absl::Status error = errors::Error(
      types::v1::FIELD_MASK_INVALID,
      absl::StrCat(TextOf(record, "name"), " has no account ", id, errors::DidYouMean(nearest)),
      {{"path", absl::StrCat("accounts.", id)},
       {"position", absl::StrCat(sizeof("accounts.") - 1)},
       {"name", TextOf(record, "name")}});
  if (nearest.empty()) return error;
  return errors::WithMetadata(error, "nearest", absl::StrJoin(nearest, ","));
}

absl::StatusOr<Exit> Deprecate(Invocation& in) {
  const std::string& id = in.arguments()[1];
  ASSIGN_OR_RETURN(const Client* client, in.Register());
  ASSIGN_OR_RETURN(const KindRecord found, ReadWithAccounts(in, *client));
  Message& record = *found.record;
  const std::vector<std::string> ids = AccountIds(record);
  const auto place = std::find(ids.begin(), ids.end(), id);
  if (place == ids.end()) return NoAccount(record, id);
  Message& account = *record.GetReflection()->MutableRepeatedMessage(
      &record, AccountsOf(record), static_cast<int>(place - ids.begin()));
  SetEnum(account, "rank", "DEPRECATED");
  SetEnum(account, "deprecation_reason", in.Text("--because"));
  if (in.Has("--reason")) SetText(account, "reason", in.Text("--reason"));
  ASSIGN_OR_RETURN(const MessagePtr written,
                   ReviseRecord(in, *client, found, {absl::StrCat("accounts.", id)}));
  return ShowAccount(in, *written, absl::StrCat("the account ", id, ", no longer held"));
}

Argument NameArgument() {
  return {.name = "NAME", .summary = "a name like people/noda", .names = Names::kRecords};
}

}  // namespace

Commands AccountCommands() {
  const std::vector<Flag> claim_flags = {
      {.name = "--source",
       .value = "SOURCE",
       .summary = "Whose claim it is, as sources/founding-brief.",
       .required = true,
       .names = Names::kRecords},
      {.name = "--account",
       .value = "ID",
       .summary = "What to call the account; without it after the source."},
      {.name = "--rank",
       .value = "RANK",
       .summary = "How it stands against the others.",
       .fallback = "NORMAL",
       .choices = Except(WordsOf(*types::v1::Rank_descriptor(), "RANK_"), "DEPRECATED")},
      {.name = "--basis",
       .value = "BASIS",
       .summary = "Whether the source says it, implies it, or it was derived.",
       .choices = WordsOf(*types::v1::Basis_descriptor(), "BASIS_")},
      {.name = "--reason", .value = "TEXT", .summary = "A sentence on the rank or the basis."},
      {.name = "--cite",
       .value = "START-END",
       .summary =
           "The span of the source that says it, in code points. May be given several times.",
       .repeated = true},
  };
  const std::vector<Flag> deprecate_flags = {
      {.name = "--because",
       .value = "REASON",
       .summary = "Why the account is no longer held.",
       .choices = WordsOf(*types::v1::DeprecationReason_descriptor(), "DEPRECATION_REASON_"),
       .required = true},
      {.name = "--reason", .value = "TEXT", .summary = "A sentence on it."},
  };
  return {
      {.name = "claim",
       .summary = "Put a competing claim on a record: what another source says instead.",
       .arguments = {NameArgument(),
                     {.name = "PATH=VALUE",
                      .summary =
                          "what it says, as time=2012-07; nothing behind = denies an element",
                      .repeated = true}},
       .flags = Joined(claim_flags, ChangeFlags()),
       .access = Access::kWrite,
       .example = "chancery claim events/2009-05-putin-japan time=2009-06 "
                  "--source sources/founding-brief",
       .run = Claim},
      {.name = "conflicts",
       .summary = "List what records and the accounts of them contradict each other about.",
       .arguments = {{.name = "KIND",
                      .summary = "one kind only, as people",
                      .optional = true,
                      .names = Names::kKinds}},
       .flags = KnownAtFlags(),
       .example = "chancery conflicts",
       .run = Conflicts},
      {.name = "deprecate",
       .summary = "Mark an account of a record as no longer held; it is kept.",
       .arguments = {NameArgument(),
                     {.name = "ACCOUNT", .summary = "the account's id, as `conflicts` shows it"}},
       .flags = Joined(deprecate_flags, ChangeFlags()),
       .access = Access::kWrite,
       .example = "chancery deprecate events/2009-05-putin-japan founding-brief "
                  "--because NOW_KNOWN_WRONG",
       .run = Deprecate},
  };
}

}  // namespace chancery::ctl
