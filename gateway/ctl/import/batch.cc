#include "gateway/ctl/import/batch.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "chancery/types/v1/change.pb.h"
#include "gateway/ctl/call/request_fields.h"
#include "gateway/ctl/call/uuid.h"
#include "gateway/ctl/import/same_record.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"

namespace chancery::ctl {
namespace {

using google::protobuf::Message;

constexpr size_t kMaxRecords = 100;
constexpr size_t kMaxBytes = 900 << 10;

// Whether an error is about what was sent, rather than about the register.
bool IsRefusal(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kOutOfRange:
      return true;
    default:
      return false;
  }
}

void Refuse(Entrant& entrant, const absl::Status& status) {
  entrant.state = Entrant::State::kRefused;
  entrant.status = AtLine(status, *entrant.line);
}

// Takes what the register says of a record that is in.
void Accept(Entrant& entrant, Entrant::State state, const Message& record) {
  entrant.state = state;
  entrant.etag = TextOf(record, "etag");
  entrant.create_time.CopyFrom(FieldOf(record, "create_time"));
}

std::string IdOf(const std::string& name) { return name.substr(name.find('/') + 1); }

void SetNote(Message& request, const std::string& note) {
  if (note.empty()) return;
  static_cast<types::v1::ChangeNote*>(MutableField(request, "change_note"))->set_note(note);
}

MessagePtr MakeRequest(const std::vector<Entrant*>& batch, const std::string& note) {
  const Kind& kind = *batch.front()->record.kind;
  MessagePtr request = NewMessage(kind.batch_create->input_type());
  for (const Entrant* entrant : batch) {
    Message& create = *AddItem(*request);
    MutableFieldOfType(create, *kind.message)->CopyFrom(*entrant->first);
    SetText(create, absl::StrCat(kind.singular, "_id").c_str(), IdOf(entrant->record.name));
  }
  SetNote(*request, note);
  SetText(*request, "request_id", UuidOf(absl::StrCat("create\n", request->SerializeAsString())));
  return request;
}

// Which record of the batch a refusal is about; -1 if it does not say.
int IndexIn(const absl::Status& status, size_t size) {
  const google::rpc::ErrorInfo info = errors::InfoOf(status);
  const auto found = info.metadata().find("index");
  int index = -1;
  if (found == info.metadata().end() || !absl::SimpleAtoi(found->second, &index)) return -1;
  return index >= 0 && index < static_cast<int>(size) ? index : -1;
}

// Decides about a record that is in the register already.
void Compare(Entrant& entrant, const Message& found) {
  const auto& ours =
      static_cast<const types::v1::Origin&>(FieldOf(*entrant.record.message, "origin"));
  const auto& theirs = static_cast<const types::v1::Origin&>(FieldOf(found, "origin"));
  const bool same_line = ours.line_digest() == theirs.line_digest() &&
                         ours.dataset() == theirs.dataset() && ours.key() == theirs.key();
  if (same_line || SaySame(found, *entrant.record.message)) {
    Accept(entrant, Entrant::State::kUnchanged, found);
    entrant.is_partial = false;
  } else if (entrant.is_partial && SaySame(found, *entrant.first)) {
    Accept(entrant, Entrant::State::kCreated, found);
  } else {
    Refuse(entrant, errors::Error(types::v1::IMPORT_CONFLICT,
                                  absl::StrCat(entrant.record.name,
                                               " is in the register and says something else"),
                                  {{"name", entrant.record.name}}));
  }
}

}  // namespace

absl::Status BatchSender::Create(const std::vector<Entrant*>& entrants) const {
  std::vector<Entrant*> batch;
  size_t bytes = 0;
  for (Entrant* entrant : entrants) {
    const size_t size = entrant->first->ByteSizeLong();
    if (!batch.empty() && (batch.size() == kMaxRecords || bytes + size > kMaxBytes)) {
      RETURN_IF_ERROR(CreateBatch(std::move(batch)));
      batch.clear();
      bytes = 0;
    }
    batch.push_back(entrant);
    bytes += size;
  }
  return CreateBatch(std::move(batch));
}

absl::Status BatchSender::CreateBatch(std::vector<Entrant*> batch) const {
  while (!batch.empty()) {
    const Kind& kind = *batch.front()->record.kind;
    const MessagePtr reply = NewMessage(kind.batch_create->output_type());
    absl::Status status = client_.Call(*kind.batch_create, *MakeRequest(batch, note_), *reply);
    if (status.ok()) {
      const std::vector<const Message*> items = ItemsOf(*reply);
      for (size_t i = 0; i < batch.size() && i < items.size(); ++i) {
        Accept(*batch[i], Entrant::State::kCreated, *items[i]);
      }
      return absl::OkStatus();
    }
    if (!IsRefusal(status)) return status;
    const size_t before = batch.size();
    if (errors::HasReason(status, types::v1::RESOURCE_ALREADY_EXISTS)) {
      RETURN_IF_ERROR(Settle(batch));
      if (batch.size() < before) continue;
    }
    const int index = before == 1 ? 0 : IndexIn(status, before);
    if (index < 0) return CreateHalves(batch);
    Refuse(*batch[index], status);
    batch.erase(batch.begin() + index);
  }
  return absl::OkStatus();
}

absl::Status BatchSender::CreateHalves(const std::vector<Entrant*>& batch) const {
  const auto middle = batch.begin() + static_cast<std::ptrdiff_t>(batch.size() / 2);
  RETURN_IF_ERROR(CreateBatch({batch.begin(), middle}));
  return CreateBatch({middle, batch.end()});
}

// Takes those out of the batch that exist, with the decision about each.
absl::Status BatchSender::Settle(std::vector<Entrant*>& batch) const {
  for (Entrant* entrant : batch) RETURN_IF_ERROR(LookAt(*entrant));
  batch.erase(std::remove_if(batch.begin(), batch.end(),
                             [](const Entrant* entrant) {
                               return entrant->state != Entrant::State::kWaiting;
                             }),
              batch.end());
  return absl::OkStatus();
}

// Compares a record with the one in the register, if there is one.
absl::Status BatchSender::LookAt(Entrant& entrant) const {
  const Kind& kind = *entrant.record.kind;
  const MessagePtr request = NewMessage(kind.get->input_type());
  SetText(*request, "name", entrant.record.name);
  const MessagePtr found = NewMessage(kind.message);
  absl::Status status = client_.Call(*kind.get, *request, *found);
  if (errors::HasReason(status, types::v1::RESOURCE_NOT_FOUND)) return absl::OkStatus();
  if (status.ok()) Compare(entrant, *found);
  return status;
}

absl::Status BatchSender::Complete(Entrant& entrant) const {
  const Kind& kind = *entrant.record.kind;
  const MessagePtr request = NewMessage(kind.update->input_type());
  Message& record = *MutableFieldOfType(*request, *kind.message);
  record.CopyFrom(*entrant.record.message);
  SetText(record, "etag", entrant.etag);
  AddText(*MutableField(*request, "update_mask"), "paths", "*");
  SetNote(*request, note_);
  SetText(*request, "request_id", UuidOf(absl::StrCat("update\n", request->SerializeAsString())));
  const MessagePtr reply = NewMessage(kind.message);
  absl::Status status = client_.Call(*kind.update, *request, *reply);
  // The part was created by an earlier run, which may have completed it.
  if (errors::HasReason(status, types::v1::ETAG_MISMATCH)) return LookAt(entrant);
  if (!status.ok() && !IsRefusal(status)) return status;
  if (!status.ok()) Refuse(entrant, status);
  return absl::OkStatus();
}

}  // namespace chancery::ctl
