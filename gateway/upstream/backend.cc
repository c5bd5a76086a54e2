#include "gateway/upstream/backend.h"

#include <algorithm>
#include <optional>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "grpcpp/client_context.h"
#include "grpcpp/impl/codegen/proto_utils.h"
#include "proto/errors/error.h"
#include "proto/errors/grpc_status.h"
#include "services/serving/call.h"

namespace chancery::gateway::upstream {
namespace {

using google::protobuf::Message;
using Traits = grpc::SerializationTraits<Message>;

constexpr char kOwnMetadata[] = "chancery-";

// Longer than a channel waits between two attempts to connect (channel.cc).
constexpr absl::Duration kToComeBack = absl::Milliseconds(400);

std::unique_ptr<grpc::ClientContext> MakeContext(const CallOptions& options) {
  std::unique_ptr<grpc::ClientContext> context =
      options.parent != nullptr ? grpc::ClientContext::FromCallbackServerContext(*options.parent)
                                : std::make_unique<grpc::ClientContext>();
  context->set_deadline(absl::ToChronoTime(options.deadline));
  context->set_wait_for_ready(options.wait_for_connection);
  context->AddMetadata(serving::kAskClockMetadata, "1");
  if (!options.principal.empty()) {
    context->AddMetadata(serving::kPrincipalMetadata, options.principal);
  }
  return context;
}

std::string Find(const RawReply& reply, absl::string_view key) {
  for (const auto& [name, value] : reply.metadata) {
    if (name == key) return value;
  }
  return "";
}

std::optional<absl::Time> FindTime(const RawReply& reply, absl::string_view key) {
  int64_t micros = 0;
  if (!absl::SimpleAtoi(Find(reply, key), &micros)) return std::nullopt;
  return absl::FromUnixMicros(micros);
}

absl::Status Parse(grpc::ByteBuffer& bytes, Message& reply) {
  if (Traits::Deserialize(&bytes, &reply).ok()) return absl::OkStatus();
  return errors::Error(types::v1::INTERNAL_FAULT,
                       absl::StrCat("a reply is no ", reply.GetDescriptor()->full_name()));
}

}  // namespace

// What a call needs until it has ended.
struct Backend::Pending {
  std::unique_ptr<grpc::ClientContext> context;
  grpc::ByteBuffer request;
  grpc::ByteBuffer reply;
  absl::Time sent;
  absl::AnyInvocable<void(RawReply)> done;
};

Backend::Backend(Options options) : options_(std::move(options)), stub_(options_.channel) {}

void Backend::CallRaw(absl::string_view method, grpc::ByteBuffer request,
                      const CallOptions& options, absl::AnyInvocable<void(RawReply)> done) {
  auto call = std::make_shared<Pending>();
  call->context = MakeContext(options);
  // gRPC tells a message of no bytes from no message.
  const grpc::Slice nothing;
  call->request = request.Valid() ? request : grpc::ByteBuffer(&nothing, 1);
  call->sent = options_.clock();
  call->done = std::move(done);
  const std::string path = absl::StrContains(method, "/")
                               ? absl::StrCat("/", method)
                               : absl::StrCat("/", options_.service, "/", method);
  stub_.UnaryCall(call->context.get(), path, {}, &call->request, &call->reply,
                  [this, call](grpc::Status status) {
                    RawReply reply = Receive(*call, std::move(status));
                    auto done = std::move(call->done);
                    done(std::move(reply));
                  });
}

RawReply Backend::Receive(Pending& call, grpc::Status status) {
  RawReply reply;
  reply.status = std::move(status);
  reply.bytes = call.reply;
  for (const auto& [key, value] : call.context->GetServerInitialMetadata()) {
    const absl::string_view name(key.data(), key.size());
    if (!absl::StartsWith(name, kOwnMetadata)) continue;
    reply.metadata.emplace_back(std::string(name), std::string(value.data(), value.size()));
  }
  reply.token = Find(reply, serving::kTokenMetadata);
  const auto clock = FindTime(reply, serving::kClockMetadata);
  if (clock && IsSkewed(*clock, call.sent, options_.clock(), options_.skew)) {
    reply.clock = errors::Error(types::v1::CLOCK_SKEW,
                                absl::StrCat("the clock of ", name(), " is too far off"),
                                {{"service", name()}});
  } else if (const auto commit = FindTime(reply, serving::kCommitTimeMetadata); commit) {
    newest_commit_.Report(*commit);
  }
  return reply;
}

void Backend::Call(absl::string_view method, const Message& request, const CallOptions& options,
                   Message* reply, absl::AnyInvocable<void(absl::Status, std::string)> done) {
  grpc::ByteBuffer bytes;
  bool own_buffer = false;
  if (grpc::Status status = Traits::Serialize(request, &bytes, &own_buffer); !status.ok()) {
    done(ErrorOf(status), "");
    return;
  }
  const auto finish = [this, reply](RawReply& raw) {
    absl::Status status = raw.clock;
    if (status.ok()) status = ErrorOf(raw.status);
    return status.ok() ? Parse(raw.bytes, *reply) : status;
  };
  CallRaw(method, bytes, options,
          [=, this, method = std::string(method), done = std::move(done)](RawReply raw) mutable {
            absl::Status status = finish(raw);
            if (!errors::HasReason(status, types::v1::SERVICE_UNREACHABLE)) {
              return done(std::move(status), std::move(raw.token));
            }
            CallOptions again = options;
            again.wait_for_connection = true;
            again.deadline = std::min(options.deadline, absl::Now() + kToComeBack);
            CallRaw(method, bytes, again, [=, done = std::move(done)](RawReply second) mutable {
              const bool expired =
                  second.status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED;
              absl::Status found = expired ? status : finish(second);
              done(std::move(found), std::move(second.token));
            });
          });
}

absl::Status Backend::ErrorOf(const grpc::Status& status) const {
  absl::Status error = errors::FromGrpc(status);
  if (error.ok() || !status.error_details().empty()) return error;
  if (errors::HasReason(error, types::v1::SERVICE_UNREACHABLE)) {
    return errors::Error(types::v1::SERVICE_UNREACHABLE,
                         absl::StrCat(name(), " can not be reached"), {{"service", name()}});
  }
  if (errors::InfoOf(error).reason().empty()) return error;
  return errors::WithMetadata(error, "service", name());
}

}  // namespace chancery::gateway::upstream
