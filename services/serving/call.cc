#include "services/serving/call.h"

#include <utility>

#include "absl/time/clock.h"
#include "grpcpp/server_context.h"
#include "proto/errors/error.h"
#include "proto/errors/grpc_status.h"
#include "services/serving/call_reactor.h"
#include "services/serving/log.h"

namespace chancery::serving {

Call& Call::operator=(Call&& other) noexcept {
  std::swap(reactor_, other.reactor_);
  return *this;
}

Call::~Call() {
  if (reactor_ == nullptr) return;
  std::move(*this).Finish(errors::Error(types::v1::INTERNAL_FAULT, "the call was not answered"));
}

Call::Reactor* Call::Release() { return std::exchange(reactor_, nullptr); }

absl::string_view Call::method() const { return reactor_->method; }

std::string Call::metadata(absl::string_view key) const {
  const auto& metadata = reactor_->context->client_metadata();
  const auto found = metadata.find(grpc::string_ref(key.data(), key.size()));
  if (found == metadata.end()) return "";
  return std::string(found->second.data(), found->second.size());
}

std::string Call::principal() const {
  std::string principal = metadata(kPrincipalMetadata);
  return principal.empty() ? "anonymous" : principal;
}

absl::Time Call::deadline() const {
  const auto deadline = reactor_->context->deadline();
  if (deadline == std::chrono::system_clock::time_point::max()) return absl::InfiniteFuture();
  return absl::FromChrono(deadline);
}

bool Call::cancelled() const { return reactor_->context->IsCancelled(); }

const grpc::CallbackServerContext& Call::context() const { return *reactor_->context; }

const grpc::ByteBuffer& Call::request_bytes() const { return *reactor_->request; }

void Call::AddReplyMetadata(absl::string_view key, absl::string_view value) {
  reactor_->context->AddInitialMetadata(std::string(key), std::string(value));
}

void Call::Finish(const absl::Status& status) && {
  LogFault(reactor_->method, status);
  Release()->Finish(errors::ToGrpc(status));
}

void Call::Finish(const google::protobuf::Message& reply) && {
  grpc::Slice slice(reply.ByteSizeLong());
  reply.SerializeWithCachedSizesToArray(const_cast<uint8_t*>(slice.begin()));
  std::vector<grpc::Slice> slices;
  slices.push_back(std::move(slice));
  std::move(*this).FinishRaw(std::move(slices));
}

void Call::FinishRaw(std::vector<grpc::Slice> reply) && {
  Reactor* reactor = Release();
  *reactor->response = grpc::ByteBuffer(reply.data(), reply.size());
  reactor->Finish(grpc::Status::OK);
}

void Call::Finish(const grpc::Status& status, const grpc::ByteBuffer& reply) && {
  Reactor* reactor = Release();
  if (status.ok()) *reactor->response = reply;
  reactor->Finish(status);
}

}  // namespace chancery::serving
