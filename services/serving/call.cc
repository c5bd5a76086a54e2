#include "services/serving/call.h"

#include <utility>

#include "absl/time/clock.h"
#include "grpcpp/server_context.h"
#include "proto/errors/error.h"
#include "proto/errors/grpc_status.h"
#include "services/serving/log.h"

namespace chancery::serving {

Call::Call(Call&& other) noexcept
    : method_(other.method_),
      context_(other.context_),
      reactor_(std::exchange(other.reactor_, nullptr)),
      request_(other.request_),
      response_(other.response_) {}

Call& Call::operator=(Call&& other) noexcept {
  std::swap(method_, other.method_);
  std::swap(context_, other.context_);
  std::swap(reactor_, other.reactor_);
  std::swap(request_, other.request_);
  std::swap(response_, other.response_);
  return *this;
}

Call::~Call() {
  if (reactor_ == nullptr) return;
  std::move(*this).Finish(errors::Error(types::v1::INTERNAL_FAULT, "the call was not answered"));
}

void Call::Complete(const grpc::Status& status) {
  std::exchange(reactor_, nullptr)->Finish(status);
}

absl::string_view Call::method() const { return method_; }

std::string Call::metadata(absl::string_view key) const {
  const auto& metadata = context_->client_metadata();
  const auto found = metadata.find(grpc::string_ref(key.data(), key.size()));
  if (found == metadata.end()) return "";
  return std::string(found->second.data(), found->second.size());
}

std::string Call::principal() const {
  std::string principal = metadata(kPrincipalMetadata);
  return principal.empty() ? "anonymous" : principal;
}

absl::Time Call::deadline() const {
  const auto deadline = context_->deadline();
  if (deadline == std::chrono::system_clock::time_point::max()) return absl::InfiniteFuture();
  return absl::FromChrono(deadline);
}

bool Call::cancelled() const { return context_->IsCancelled(); }

const grpc::CallbackServerContext& Call::context() const { return *context_; }

const grpc::ByteBuffer& Call::request_bytes() const { return *request_; }

void Call::AddReplyMetadata(absl::string_view key, absl::string_view value) {
  context_->AddInitialMetadata(std::string(key), std::string(value));
}

void Call::Finish(const absl::Status& status) && {
  LogFault(method_, status);
  Complete(errors::ToGrpc(status));
}

void Call::Finish(const google::protobuf::Message& reply) && {
  grpc::Slice slice(reply.ByteSizeLong());
  reply.SerializeWithCachedSizesToArray(const_cast<uint8_t*>(slice.begin()));
  std::move(*this).FinishRaw(slice);
}

void Call::Finish(const google::protobuf::Message& reply,
                  const google::protobuf::Message& rest) && {
  grpc::Slice slice(reply.ByteSizeLong() + rest.ByteSizeLong());
  uint8_t* const end = reply.SerializeWithCachedSizesToArray(const_cast<uint8_t*>(slice.begin()));
  rest.SerializeWithCachedSizesToArray(end);
  std::move(*this).FinishRaw(slice);
}

void Call::FinishRaw(const grpc::Slice& reply) && {
  *response_ = grpc::ByteBuffer(&reply, 1);
  Complete(grpc::Status::OK);
}

void Call::Finish(const grpc::Status& status, const grpc::ByteBuffer& reply) && {
  if (status.ok()) *response_ = reply;
  Complete(status);
}

}  // namespace chancery::serving
