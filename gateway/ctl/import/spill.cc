#include "gateway/ctl/import/spill.h"

#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "proto/errors/error.h"
#include "proto/errors/grpc_status.h"

namespace chancery::ctl {
namespace {

void PutNumber(uint32_t number, std::string& bytes) {
  bytes.append(reinterpret_cast<const char*>(&number), sizeof(number));
}

void PutText(absl::string_view text, std::string& bytes) {
  PutNumber(static_cast<uint32_t>(text.size()), bytes);
  bytes.append(text.data(), text.size());
}

uint32_t TakeNumber(absl::string_view& bytes) {
  uint32_t number = 0;
  std::memcpy(&number, bytes.data(), sizeof(number));
  bytes.remove_prefix(sizeof(number));
  return number;
}

std::string TakeText(absl::string_view& bytes) {
  const uint32_t size = TakeNumber(bytes);
  std::string text(bytes.substr(0, size));
  bytes.remove_prefix(size);
  return text;
}

std::string Encode(const WaitingLine& waiting) {
  const grpc::Status status = errors::ToGrpc(waiting.status);
  std::string bytes;
  PutText(waiting.line.dataset, bytes);
  PutText(waiting.line.file, bytes);
  PutNumber(static_cast<uint32_t>(waiting.line.number), bytes);
  PutText(waiting.line.text, bytes);
  PutNumber(waiting.is_part ? 1 : 0, bytes);
  PutNumber(static_cast<uint32_t>(status.error_code()), bytes);
  PutText(status.error_message(), bytes);
  PutText(status.error_details(), bytes);
  return bytes;
}

WaitingLine Decode(absl::string_view bytes) {
  WaitingLine waiting;
  waiting.line.dataset = TakeText(bytes);
  waiting.line.file = TakeText(bytes);
  waiting.line.number = static_cast<int>(TakeNumber(bytes));
  waiting.line.text = TakeText(bytes);
  waiting.is_part = TakeNumber(bytes) == 1;
  const auto code = static_cast<grpc::StatusCode>(TakeNumber(bytes));
  const std::string message = TakeText(bytes);
  waiting.status = errors::FromGrpc(grpc::Status(code, message, TakeText(bytes)));
  return waiting;
}

absl::Status Lost() {
  return errors::Error(types::v1::INTERNAL_FAULT,
                       "the temporary file of waiting lines can not be read; import again");
}

}  // namespace

absl::Status Spill::Full() const {
  return errors::Error(types::v1::IMPORT_SPILL_FULL,
                       absl::StrCat("more than ", limits_.bytes,
                                    " bytes of lines wait for what they refer to; import what they "
                                    "refer to first, or allow more with --max-waiting"),
                       {{"limit_bytes", absl::StrCat(limits_.bytes)}});
}

absl::Status Spill::Add(const WaitingLine& waiting) {
  std::string bytes = Encode(waiting);
  if (bytes_ + bytes.size() > limits_.bytes) return Full();
  if (file_ == nullptr && memory_bytes_ + bytes.size() <= limits_.memory_bytes) {
    memory_bytes_ += bytes.size();
    bytes_ += bytes.size();
    memory_.push_back(std::move(bytes));
    ++lines_;
    return absl::OkStatus();
  }
  if (file_ == nullptr) file_.reset(std::tmpfile());
  const auto size = static_cast<uint32_t>(bytes.size());
  if (file_ == nullptr || std::fwrite(&size, sizeof(size), 1, file_.get()) != 1 ||
      std::fwrite(bytes.data(), bytes.size(), 1, file_.get()) != 1) {
    return Full();
  }
  bytes_ += bytes.size();
  ++lines_;
  return absl::OkStatus();
}

absl::StatusOr<bool> Spill::Take(WaitingLine& waiting) {
  if (lines_ == 0) return false;
  --lines_;
  if (!memory_.empty()) {
    waiting = Decode(memory_.front());
    memory_.pop_front();
    return true;
  }
  if (!std::exchange(reading_, true)) std::rewind(file_.get());
  uint32_t size = 0;
  if (std::fread(&size, sizeof(size), 1, file_.get()) != 1) return Lost();
  std::string bytes(size, '\0');
  if (std::fread(bytes.data(), size, 1, file_.get()) != 1) return Lost();
  waiting = Decode(bytes);
  return true;
}

}  // namespace chancery::ctl
