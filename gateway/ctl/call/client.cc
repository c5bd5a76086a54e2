#include "gateway/ctl/call/client.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/impl/codegen/proto_buffer_reader.h"
#include "grpcpp/security/credentials.h"
#include "proto/errors/error.h"
#include "proto/errors/grpc_status.h"
#include "services/serving/call.h"
#include "services/serving/callback_queue.h"

namespace chancery::ctl {
namespace {

using google::protobuf::Message;

// Answers are as large as a server sends them.
constexpr int kMaxMessageBytes = 16 << 20;

grpc::ByteBuffer ToBytes(const Message& message) {
  const grpc::Slice slice(message.SerializeAsString());
  return grpc::ByteBuffer(&slice, 1);
}

bool FromBytes(grpc::ByteBuffer& bytes, Message& message) {
  grpc::ProtoBufferReader reader(&bytes);
  return message.ParseFromZeroCopyStream(&reader);
}

grpc::ChannelArguments ChannelArguments() {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
  arguments.SetUserAgentPrefix("chancery-cli");
  // For `health --wait`: a register that comes up is seen soon.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 50);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 2000);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 500);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  return arguments;
}

}  // namespace

Client::Client(std::shared_ptr<grpc::Channel> channel, ClientOptions options)
    : channel_(std::move(channel)), options_(std::move(options)) {}

Client Client::Dial(ClientOptions options) {
  serving::KeepCallbackQueue();
  auto channel = grpc::CreateCustomChannel(options.address, grpc::InsecureChannelCredentials(),
                                           ChannelArguments());
  return Client(std::move(channel), std::move(options));
}

absl::Status Client::Call(const google::protobuf::MethodDescriptor& method, const Message& request,
                          Message& reply) const {
  return CallPath(absl::StrCat("/", method.service()->full_name(), "/", method.name()), request,
                  reply, options_.timeout);
}

absl::Status Client::CallPath(const std::string& path, const Message& request, Message& reply,
                              absl::Duration timeout) const {
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + timeout));
  if (!options_.principal.empty()) {
    context.AddMetadata(serving::kPrincipalMetadata, options_.principal);
  }
  const grpc::ByteBuffer request_bytes = ToBytes(request);
  grpc::ByteBuffer reply_bytes;
  grpc::Status status;
  absl::Notification done;
  grpc::GenericStub stub(channel_);
  stub.UnaryCall(&context, path, grpc::StubOptions(), &request_bytes, &reply_bytes,
                 [&](grpc::Status result) {
                   status = std::move(result);
                   done.Notify();
                 });
  done.WaitForNotification();
  if (status.ok()) {
    if (FromBytes(reply_bytes, reply)) return absl::OkStatus();
    return errors::Error(types::v1::INTERNAL_FAULT, "the answer is not what the contract says");
  }
  const bool from_transport = status.error_details().empty();
  if (from_transport && status.error_code() == grpc::StatusCode::UNAVAILABLE) {
    return errors::Error(
        types::v1::SERVICE_UNREACHABLE,
        absl::StrCat("no register answers at ", options_.address, "; `chancery serve` starts one"),
        {{"address", options_.address}});
  }
  absl::Status error = errors::FromGrpc(status);
  return from_transport ? errors::WithMetadata(error, "address", options_.address) : error;
}

}  // namespace chancery::ctl
