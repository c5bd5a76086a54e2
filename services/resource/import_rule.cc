#include "services/resource/import_rule.h"

#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "chancery/types/v1/account.pb.h"
#include "chancery/types/v1/change.pb.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/util/message_differencer.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"
#include "services/resource/annotations.h"
#include "services/resource/any_record.h"
#include "services/resource/type_plan.h"
#include "storage/sha256.h"

namespace chancery::resource {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using google::protobuf::util::MessageDifferencer;
using types::v1::ImportOutcome;
using types::v1::Origin;

// Of an account's id; enough for one record's.
constexpr size_t kDigestDigits = 12;

const FieldDescriptor* FieldOf(const Message& message, const char* name) {
  return message.GetDescriptor()->FindFieldByName(name);
}

const Origin& OriginOf(const Message& record) {
  return static_cast<const Origin&>(
      record.GetReflection()->GetMessage(record, FieldOf(record, "origin")));
}

void ClearComputed(Message& message, const TypePlan& plan) {
  const Reflection& reflection = *message.GetReflection();
  for (const FieldPlan& each : plan.fields) {
    if (each.output_only) reflection.ClearField(&message, each.field);
    if (each.child == nullptr || each.output_only) continue;
    if (!each.field->is_repeated()) {
      if (reflection.HasField(message, each.field)) {
        ClearComputed(*reflection.MutableMessage(&message, each.field), *each.child);
      }
      continue;
    }
    for (int i = 0; i < reflection.FieldSize(message, each.field); ++i) {
      ClearComputed(*reflection.MutableRepeatedMessage(&message, each.field, i), *each.child);
    }
  }
}

// What a record says.
std::unique_ptr<Message> Content(const Message& record) {
  std::unique_ptr<Message> content(record.New());
  content->CopyFrom(record);
  for (const char* field : {"accounts", "origin", "etag"}) {
    const FieldDescriptor* cleared = FieldOf(record, field);
    if (cleared != nullptr) content->GetReflection()->ClearField(content.get(), cleared);
  }
  ClearComputed(*content, PlanOf(content->GetDescriptor()));
  return content;
}

absl::Status Conflict(const Message& current, absl::string_view why) {
  const std::string name = current.GetReflection()->GetString(current, FieldOf(current, "name"));
  return errors::Error(types::v1::IMPORT_CONFLICT, absl::StrCat(name, " ", why), {{"name", name}});
}

std::string IdOf(const Message& element) {
  return element.GetReflection()->GetString(element, FieldOf(element, "id"));
}

const Message* FindAccount(const Message& record, const std::string& id) {
  const FieldDescriptor* accounts = FieldOf(record, "accounts");
  if (accounts == nullptr) return nullptr;
  const Reflection& reflection = *record.GetReflection();
  for (int i = 0; i < reflection.FieldSize(record, accounts); ++i) {
    const Message& account = reflection.GetRepeatedMessage(record, accounts, i);
    if (IdOf(account) == id) return &account;
  }
  return nullptr;
}

// Adds to `record` the accounts of `from` that it does not have. Returns how many.
absl::StatusOr<int> AddAccounts(const Message& from, Message& record) {
  const FieldDescriptor* accounts = FieldOf(record, "accounts");
  if (accounts == nullptr) return 0;
  int added = 0;
  for (int i = 0; i < from.GetReflection()->FieldSize(from, accounts); ++i) {
    const Message& account = from.GetReflection()->GetRepeatedMessage(from, accounts, i);
    const Message* known = FindAccount(record, IdOf(account));
    if (known != nullptr && !MessageDifferencer::Equals(*known, account)) {
      return Conflict(record, absl::StrCat("has an account ", IdOf(account),
                                           " that says something else than the line's"));
    }
    if (known != nullptr) continue;
    record.GetReflection()->AddMessage(&record, accounts)->CopyFrom(account);
    ++added;
  }
  return added;
}

ImportDecision Unchanged() { return {}; }

std::unique_ptr<Message> CopyOf(const Message& message) {
  std::unique_ptr<Message> copy(message.New());
  copy->CopyFrom(message);
  return copy;
}

absl::StatusOr<ImportDecision> TakeAccounts(const Message& current, const Message& line) {
  ImportDecision decision{ImportOutcome::ACCOUNT_ADDED, CopyOf(current)};
  ASSIGN_OR_RETURN(const int added, AddAccounts(line, *decision.next));
  if (added == 0) return Unchanged();
  return decision;
}

absl::StatusOr<ImportDecision> Update(const Message& current, const Message& line) {
  ImportDecision decision{ImportOutcome::UPDATED, CopyOf(line)};
  // The record's accounts come first, as they stood.
  const FieldDescriptor* accounts = FieldOf(line, "accounts");
  if (accounts != nullptr) {
    decision.next->GetReflection()->ClearField(decision.next.get(), accounts);
  }
  RETURN_IF_ERROR(AddAccounts(current, *decision.next).status());
  RETURN_IF_ERROR(AddAccounts(line, *decision.next).status());
  RETURN_IF_ERROR(CheckImmutable(current, *decision.next));
  return decision;
}

bool IsSet(const Message& message, const FieldDescriptor* field) {
  const Reflection& reflection = *message.GetReflection();
  return field->is_repeated() ? reflection.FieldSize(message, field) > 0
                              : reflection.HasField(message, field);
}

bool DiffersIn(const Message& one, const Message& other, const FieldDescriptor* field) {
  std::vector<const FieldDescriptor*> fields = {field};
  return !MessageDifferencer().CompareWithFields(one, other, fields, fields);
}

// The fields of the record in which the two differ. What supports them is no claim.
std::vector<const FieldDescriptor*> Differences(const Message& one, const Message& other) {
  std::vector<const FieldDescriptor*> fields;
  const auto* type = one.GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    if (field->name() == "citations") continue;
    if (!IsSet(one, field) && !IsSet(other, field)) continue;
    if (DiffersIn(one, other, field)) fields.push_back(field);
  }
  return fields;
}

void CopyField(const Message& from, const FieldDescriptor* field, Message& to) {
  std::unique_ptr<Message> part = CopyOf(from);
  const auto* type = from.GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    if (type->field(i) != field) part->GetReflection()->ClearField(part.get(), type->field(i));
  }
  to.MergeFrom(*part);
}

void FillAccount(const Message& line, const std::vector<const FieldDescriptor*>& fields,
                 const std::string& id, Message& account) {
  const Reflection& reflection = *account.GetReflection();
  const Origin& origin = OriginOf(line);
  reflection.SetString(&account, FieldOf(account, "id"), id);
  reflection.SetEnumValue(&account, FieldOf(account, "rank"), types::v1::RANK_NORMAL);
  reflection.SetString(&account, FieldOf(account, "reason"),
                       absl::StrCat("imported from ", origin.dataset(), ", ", origin.key(),
                                    ", after the record was edited"));
  const FieldDescriptor* citations = FieldOf(line, "citations");
  for (int i = 0; i < line.GetReflection()->FieldSize(line, citations); ++i) {
    reflection.AddMessage(&account, FieldOf(account, "citations"))
        ->CopyFrom(line.GetReflection()->GetRepeatedMessage(line, citations, i));
  }
  auto& mask = static_cast<google::protobuf::FieldMask&>(
      *reflection.MutableMessage(&account, FieldOf(account, "mask")));
  Message& value = *reflection.MutableMessage(&account, FieldOf(account, "value"));
  for (const FieldDescriptor* field : fields) {
    mask.add_paths(field->name());
    CopyField(line, field, value);
  }
}

absl::StatusOr<ImportDecision> AddAccount(const Message& current, const Message& line,
                                          const std::string& digest) {
  if (FieldOf(current, "accounts") == nullptr) {
    return Conflict(current, "was edited, and its kind has no accounts");
  }
  const std::string id =
      absl::StrCat("import-", digest.substr(digest.find(':') + 1, kDigestDigits));
  if (FindAccount(current, id) != nullptr) return Unchanged();
  const std::vector<const FieldDescriptor*> fields = Differences(*Content(current), *Content(line));
  for (const FieldDescriptor* field : fields) {
    if (IsSet(line, field)) continue;
    return Conflict(
        current, absl::StrCat("was edited, and the changed line says nothing of ", field->name()));
  }
  if (fields.empty()) return Conflict(current, "was edited, and so were the line's citations");
  ImportDecision decision{ImportOutcome::ACCOUNT_ADDED, CopyOf(current)};
  Message* account =
      decision.next->GetReflection()->AddMessage(decision.next.get(), FieldOf(current, "accounts"));
  FillAccount(line, fields, id, *account);
  return decision;
}

}  // namespace

std::string ContentDigest(const Message& record) {
  return absl::StrCat(
      "sha256:",
      absl::BytesToHexString(storage::Sha256().Update(StoredBytes(*Content(record))).Finish()));
}

void NoteContent(ImportedRecord& line) {
  if (line.own_origin) return;
  Message& record = *line.record;
  auto& origin = static_cast<Origin&>(
      *record.GetReflection()->MutableMessage(&record, FieldOf(record, "origin")));
  origin.set_record_digest(ContentDigest(record));
}

absl::StatusOr<ImportDecision> DecideImport(const Message& current, bool deleted,
                                            const ImportedRecord& line) {
  const Origin& theirs = OriginOf(current);
  const Origin& ours = OriginOf(*line.record);
  const bool same_place = theirs.dataset() == ours.dataset() && theirs.key() == ours.key();
  if (!line.own_origin && same_place && !ours.line_digest().empty() &&
      ours.line_digest() == theirs.line_digest()) {
    return Unchanged();
  }
  if (deleted) return Conflict(current, "was deleted, and the line has changed");
  const std::string says = ContentDigest(current);
  const std::string line_says = ContentDigest(*line.record);
  if (says == line_says) return TakeAccounts(current, *line.record);
  if (same_place && theirs.record_digest() == says) return Update(current, *line.record);
  return AddAccount(current, *line.record, line_says);
}

}  // namespace chancery::resource
