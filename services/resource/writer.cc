#include "services/resource/writer.h"

#include <openssl/rand.h>

#include <optional>
#include <set>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/util/message_differencer.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"
#include "services/resource/accounts.h"
#include "services/resource/annotations.h"
#include "services/resource/catalog.h"
#include "services/resource/commit_checks.h"
#include "services/resource/not_stated.h"
#include "services/resource/reply.h"
#include "services/resource/update_mask.h"

namespace chancery::resource {
namespace {

using google::protobuf::FieldMask;
using google::protobuf::Message;
using google::protobuf::util::MessageDifferencer;
using serving::Call;
using storage::Transaction;
using storage::Version;
using types::v1::ChangeNote;

std::string GetText(const Message& record, const char* field) {
  return record.GetReflection()->GetString(record, record.GetDescriptor()->FindFieldByName(field));
}

void SetText(Message& record, const char* field, const std::string& text) {
  record.GetReflection()->SetString(&record, record.GetDescriptor()->FindFieldByName(field), text);
}

// What a client sends but the store does not keep.
void DropEtag(Message& record) { SetText(record, "etag", ""); }

absl::Status Named(types::v1::ErrorReason reason, const std::string& name,
                   absl::string_view problem) {
  return errors::Error(reason, absl::StrCat(name, " ", problem), {{"name", name}});
}

absl::Status CheckNewId(const std::string& id) {
  if (id.empty() || IsId(id)) return absl::OkStatus();
  return errors::Error(
      types::v1::FIELD_INVALID,
      absl::StrCat("\"", id, "\" is not an id: [a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"),
      {{"field", "id"}, {"value", id}, {"rule", "id"}});
}

// The version that a change starts from: RESOURCE_NOT_FOUND or RESOURCE_DELETED if there is none.
absl::StatusOr<Version> Live(const storage::TableSpec& table, Transaction& transaction,
                             const std::string& name) {
  ASSIGN_OR_RETURN(auto version, transaction.Get(table, name));
  if (!version.has_value()) {
    return Named(types::v1::RESOURCE_NOT_FOUND, name, "does not exist");
  }
  if (version->header.deleted()) {
    return Named(types::v1::RESOURCE_DELETED, name, "is deleted; undelete it first");
  }
  return *std::move(version);
}

absl::StatusOr<MessagePtr> Parse(const storage::TableSpec& table, const Version& version) {
  MessagePtr record(table.prototype->New());
  RETURN_IF_ERROR(version.ParseTo(*record));
  return record;
}

// A record that is replaced still comes from where it came from: an import tells by it what it has
// brought before.
void KeepOrigin(const Message& before, Message& next) {
  const auto* origin = before.GetDescriptor()->FindFieldByName("origin");
  const auto* reflection = before.GetReflection();
  if (!reflection->HasField(before, origin) || reflection->HasField(next, origin)) return;
  reflection->MutableMessage(&next, origin)->CopyFrom(reflection->GetMessage(before, origin));
}

absl::Status CheckNew(const ResourceSpec& spec, Transaction& transaction, const std::string& name) {
  ASSIGN_OR_RETURN(const auto existing, transaction.Get(*spec.table, name));
  if (!existing.has_value()) return absl::OkStatus();
  return Named(types::v1::RESOURCE_ALREADY_EXISTS, name,
               existing->header.deleted() ? "exists, deleted" : "exists");
}

}  // namespace

std::string Writer::NewName(const std::string& id) const {
  if (!id.empty()) return absl::StrCat(spec_.table->name, "/", id);
  char random[10];
  RAND_bytes(reinterpret_cast<uint8_t*>(random), sizeof(random));
  return absl::StrCat(spec_.table->name, "/x",
                      absl::BytesToHexString(absl::string_view(random, sizeof(random))));
}

void Writer::Create(MessagePtr record, std::string id, WriteOptions options, Call call) const {
  absl::Status status = CheckNewId(id);
  if (status.ok()) status = SettleAccounts(*record);
  if (!status.ok()) return std::move(call).Finish(status);
  const std::string name = NewName(id);
  SetText(*record, "name", name);
  DropEtag(*record);
  std::shared_ptr<Message> kept(std::move(record));
  const bool validate_only = options.validate_only;
  Submit(
      ChangeNote::CREATED, std::move(options),
      [this, kept, name, validate_only](Transaction& transaction,
                                        Outcome& outcome) -> absl::Status {
        RETURN_IF_ERROR(CheckNew(spec_, transaction, name));
        RETURN_IF_ERROR(CheckNotStated(*kept));
        RETURN_IF_ERROR(CheckReferences(context_, transaction, *kept, {name}));
        RETURN_IF_ERROR(CheckNoCycle(spec_, transaction, name, *kept));
        RETURN_IF_ERROR(CheckKind(spec_, transaction, nullptr, kept.get()));
        RETURN_IF_ERROR(transaction.Put(*spec_.table, name, *kept));
        outcome.names.push_back(name);
        if (validate_only) outcome.records.emplace_back(kept->New())->CopyFrom(*kept);
        return absl::OkStatus();
      },
      /*batch=*/false, std::move(call));
}

void Writer::BatchCreate(std::vector<NewRecord> records, WriteOptions options, Call call) const {
  auto kept = std::make_shared<std::vector<NewRecord>>(std::move(records));
  std::set<std::string> names;
  for (size_t i = 0; i < kept->size(); ++i) {
    absl::Status status = CheckNewId((*kept)[i].id);
    if (status.ok()) status = SettleAccounts(*(*kept)[i].record);
    const std::string name = NewName((*kept)[i].id);
    if (status.ok() && !names.insert(name).second) {
      status = Named(types::v1::BATCH_NAME_REPEATED, name, "is in the batch twice");
    }
    if (!status.ok()) {
      return std::move(call).Finish(errors::WithMetadata(status, "index", absl::StrCat(i)));
    }
    SetText(*(*kept)[i].record, "name", name);
    DropEtag(*(*kept)[i].record);
  }
  const bool validate_only = options.validate_only;
  Submit(
      ChangeNote::CREATED, std::move(options),
      [this, kept, names, validate_only](Transaction& transaction,
                                         Outcome& outcome) -> absl::Status {
        const auto add = [&](const Message& record) -> absl::Status {
          const std::string name = GetText(record, "name");
          RETURN_IF_ERROR(CheckNew(spec_, transaction, name));
          RETURN_IF_ERROR(CheckNotStated(record));
          RETURN_IF_ERROR(CheckReferences(context_, transaction, record, names));
          RETURN_IF_ERROR(CheckKind(spec_, transaction, nullptr, &record));
          outcome.names.push_back(name);
          if (validate_only) outcome.records.emplace_back(record.New())->CopyFrom(record);
          return transaction.Put(*spec_.table, name, record);
        };
        const auto check = [&](const Message& record) {
          return CheckNoCycle(spec_, transaction, GetText(record, "name"), record);
        };
        for (const auto& each : {std::function<absl::Status(const Message&)>(add),
                                 std::function<absl::Status(const Message&)>(check)}) {
          for (size_t i = 0; i < kept->size(); ++i) {
            absl::Status status = each(*(*kept)[i].record);
            if (!status.ok()) return errors::WithMetadata(status, "index", absl::StrCat(i));
          }
        }
        return absl::OkStatus();
      },
      /*batch=*/true, std::move(call));
}

void Writer::Update(MessagePtr update, FieldMask mask, bool allow_missing, WriteOptions options,
                    Call call) const {
  const std::string name = GetText(*update, "name");
  const Kind* kind = FindKindByCollection(spec_.table->name);
  absl::Status status = CheckName("name", name, kind);
  status.Update(CheckUpdateMask(mask, update->GetDescriptor()));
  if (!status.ok()) return std::move(call).Finish(status);
  const std::string etag = GetText(*update, "etag");
  const bool kind_given = options.note.kind() != ChangeNote::KIND_UNSPECIFIED;
  DropEtag(*update);
  std::shared_ptr<Message> kept(std::move(update));
  Submit(
      ChangeNote::CORRECTED, std::move(options),
      [=, this](Transaction& transaction, Outcome& outcome) -> absl::Status {
        ASSIGN_OR_RETURN(const auto existing, transaction.Get(*spec_.table, name));
        MessagePtr next(kept->New());
        MessagePtr before;
        if (existing.has_value() || !allow_missing) {
          ASSIGN_OR_RETURN(const Version current, Live(*spec_.table, transaction, name));
          RETURN_IF_ERROR(CheckEtag(context_, name, current.seq, etag));
          ASSIGN_OR_RETURN(before, Parse(*spec_.table, current));
          next->CopyFrom(*before);
          RETURN_IF_ERROR(ApplyUpdateMask(mask, *kept, *next));
          KeepOrigin(*before, *next);
          RETURN_IF_ERROR(SettleAccounts(*next));
          RETURN_IF_ERROR(CheckImmutable(*before, *next));
          RETURN_IF_ERROR(CheckAccountsKept(*before, *next));
          outcome.names.push_back(name);
          // What changes nothing makes no revision.
          if (MessageDifferencer::Equals(*before, *next)) return absl::OkStatus();
        } else {
          next->CopyFrom(*kept);
          RETURN_IF_ERROR(SettleAccounts(*next));
          outcome.names.push_back(name);
          if (!kind_given) transaction.SetChangeKind(ChangeNote::CREATED);
        }
        RETURN_IF_ERROR(CheckRequired(*next));
        RETURN_IF_ERROR(CheckNotStated(*next));
        RETURN_IF_ERROR(CheckReferences(context_, transaction, *next, {name}));
        RETURN_IF_ERROR(CheckNoCycle(spec_, transaction, name, *next));
        RETURN_IF_ERROR(CheckKind(spec_, transaction, before.get(), next.get()));
        RETURN_IF_ERROR(transaction.Put(*spec_.table, name, *next));
        outcome.records.push_back(std::move(next));
        return absl::OkStatus();
      },
      /*batch=*/false, std::move(call));
}

void Writer::Delete(std::string name, std::string etag, bool allow_missing, WriteOptions options,
                    Call call) const {
  Submit(
      ChangeNote::RETRACTED, std::move(options),
      [=, this](Transaction& transaction, Outcome& outcome) -> absl::Status {
        outcome.names.push_back(name);
        auto current = Live(*spec_.table, transaction, name);
        if (!current.ok() && allow_missing) return absl::OkStatus();
        RETURN_IF_ERROR(current.status());
        RETURN_IF_ERROR(CheckEtag(context_, name, current->seq, etag));
        ASSIGN_OR_RETURN(MessagePtr record, Parse(*spec_.table, *current));
        RETURN_IF_ERROR(CheckKind(spec_, transaction, record.get(), nullptr));
        RETURN_IF_ERROR(transaction.Put(*spec_.table, name, *record, /*deleted=*/true));
        outcome.records.push_back(std::move(record));
        return absl::OkStatus();
      },
      /*batch=*/false, std::move(call));
}

void Writer::Undelete(std::string name, std::string etag, WriteOptions options, Call call) const {
  Submit(
      ChangeNote::CORRECTED, std::move(options),
      [=, this](Transaction& transaction, Outcome& outcome) -> absl::Status {
        ASSIGN_OR_RETURN(auto current, transaction.Get(*spec_.table, name));
        if (!current.has_value()) {
          return Named(types::v1::RESOURCE_NOT_FOUND, name, "does not exist");
        }
        if (!current->header.deleted()) {
          return Named(types::v1::RESOURCE_NOT_DELETED, name, "is not deleted");
        }
        RETURN_IF_ERROR(CheckEtag(context_, name, current->seq, etag));
        ASSIGN_OR_RETURN(MessagePtr record, Parse(*spec_.table, *current));
        RETURN_IF_ERROR(CheckNoCycle(spec_, transaction, name, *record));
        RETURN_IF_ERROR(CheckKind(spec_, transaction, record.get(), record.get()));
        RETURN_IF_ERROR(transaction.Put(*spec_.table, name, *record));
        outcome.names.push_back(name);
        outcome.records.push_back(std::move(record));
        return absl::OkStatus();
      },
      /*batch=*/false, std::move(call));
}

void Writer::Submit(ChangeNote::Kind kind, WriteOptions options, Apply apply, bool batch,
                    Call call) const {
  storage::Mutation mutation;
  mutation.principal = std::move(options.principal);
  mutation.request_id = std::move(options.request_id);
  mutation.request_digest = std::move(options.request_digest);
  mutation.validate_only = options.validate_only;
  const auto asked = options.note.kind();
  mutation.change_kind = static_cast<uint8_t>(asked == ChangeNote::KIND_UNSPECIFIED ? kind : asked);
  mutation.note = options.note.note();
  auto outcome = std::make_shared<Outcome>();
  outcome->batch = batch;
  mutation.apply = [outcome, apply = std::move(apply)](Transaction& transaction) {
    return apply(transaction, *outcome);
  };
  auto waiting = std::make_shared<Call>(std::move(call));
  context_.store().sequencer().Submit(
      std::move(mutation), [this, outcome, waiting](absl::StatusOr<storage::Commit> commit) {
        if (!commit.ok()) return std::move(*waiting).Finish(commit.status());
        Answer(*std::move(commit), *outcome, std::move(*waiting));
      });
}

absl::StatusOr<std::optional<Version>> Writer::Read(const storage::ReadView& view,
                                                    const std::string& name,
                                                    std::string bytes) const {
  if (bytes.empty()) return view.Get(*spec_.table, name);
  return Version::Own(view.seq(), std::move(bytes));
}

void Writer::Answer(storage::Commit commit, const Outcome& outcome, Call call) const {
  // Nothing was written: validate_only, a deletion of what is gone already, a change of nothing.
  const bool unwritten = commit.written.empty();
  if (unwritten && !outcome.records.empty()) return AnswerUnwritten(outcome, std::move(call));
  if (unwritten) {
    for (const std::string& name : outcome.names) commit.written.push_back({.name = name});
  }
  const auto view = unwritten ? context_.store().Latest() : context_.store().ViewAtSeq(commit.seq);
  if (!view.ok()) return std::move(call).Finish(view.status());
  context_.AddReplyMetadata(call, view->seq());
  ListReply list;
  for (auto& [table, name, bytes] : commit.written) {
    const auto version = Read(*view, name, std::move(bytes));
    if (!version.ok()) return std::move(call).Finish(version.status());
    if (!version->has_value()) continue;
    if (!outcome.batch) {
      return std::move(call).FinishRaw(RecordReply(context_, name, **version));
    }
    list.AddRecord(context_, name, **version);
  }
  std::move(call).FinishRaw(list.Release());
}

void Writer::AnswerUnwritten(const Outcome& outcome, Call call) {
  if (!outcome.batch) return std::move(call).Finish(*outcome.records.front());
  ListReply list;
  for (const MessagePtr& record : outcome.records) list.AddMessage(record->SerializeAsString());
  std::move(call).FinishRaw(list.Release());
}

}  // namespace chancery::resource
