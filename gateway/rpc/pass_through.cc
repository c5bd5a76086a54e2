#include "gateway/rpc/pass_through.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/match.h"
#include "absl/time/clock.h"
#include "gateway/rpc/reference_check.h"
#include "google/protobuf/message.h"
#include "proto/errors/error.h"
#include "proto/errors/grpc_status.h"

namespace chancery::gateway::rpc {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::Message;
using google::protobuf::MessageFactory;
using google::protobuf::MethodDescriptor;

bool WritesRecords(const MethodDescriptor& method) {
  return absl::StartsWith(method.name(), "Create") || absl::StartsWith(method.name(), "Update") ||
         absl::StartsWith(method.name(), "BatchCreate");
}

std::unique_ptr<Message> NewRequest(const MethodDescriptor& method) {
  const Message* prototype = MessageFactory::generated_factory()->GetPrototype(method.input_type());
  return std::unique_ptr<Message>(prototype->New());
}

// The service's own status as it is; a failure of the way there as ours.
grpc::Status StatusFor(const upstream::Backend& backend, const grpc::Status& status) {
  if (status.ok() || !status.error_details().empty()) return status;
  const absl::Status error = backend.ErrorOf(status);
  return errors::InfoOf(error).reason().empty() ? status : errors::ToGrpc(error);
}

}  // namespace

PassThrough::PassThrough(const Environment& environment, upstream::Backend& backend)
    : environment_(environment), backend_(backend), service_(backend.service()) {
  const auto* descriptor = DescriptorPool::generated_pool()->FindServiceByName(backend.service());
  for (int i = 0; i < descriptor->method_count(); ++i) {
    const MethodDescriptor& method = *descriptor->method(i);
    service_.Raw(method.name(), [this, &method](serving::Call call) {
      if (WritesRecords(method)) {
        CheckAndForward(method, std::move(call));
      } else {
        Forward(method, std::move(call));
      }
    });
  }
}

upstream::CallOptions PassThrough::OptionsOf(const serving::Call& call) const {
  const absl::Time limit = absl::Now() + environment_.limits.without_deadline;
  const bool patient = call.deadline() == absl::InfiniteFuture();
  return {patient ? limit : call.deadline(), call.principal(), &call.context()};
}

void PassThrough::Forward(const MethodDescriptor& method, serving::Call call) {
  const upstream::CallOptions options = OptionsOf(call);
  const grpc::ByteBuffer request = call.request_bytes();
  backend_.CallRaw(method.name(), request, options,
                   [this, call = std::move(call)](upstream::RawReply reply) mutable {
                     for (const auto& [key, value] : reply.metadata) {
                       call.AddReplyMetadata(key, value);
                     }
                     std::move(call).Finish(StatusFor(backend_, reply.status), reply.bytes);
                   });
}

void PassThrough::CheckAndForward(const MethodDescriptor& method, serving::Call call) {
  const std::unique_ptr<Message> request = NewRequest(method);
  if (!serving::RpcService::Decode(call.request_bytes(), *request).ok()) {
    Forward(method, std::move(call));  // the service says what is wrong with it
    return;
  }
  // An owner that hangs must leave time to say so.
  const absl::Time now = absl::Now();
  upstream::CallOptions options = OptionsOf(call);
  options.deadline = Budget(call.deadline(), now, environment_.limits).ForCalls(now);
  CheckReferences(*request, backend_, environment_, options,
                  [this, &method, call = std::move(call)](absl::Status status) mutable {
                    if (status.ok()) {
                      Forward(method, std::move(call));
                    } else {
                      std::move(call).Finish(status);
                    }
                  });
}

}  // namespace chancery::gateway::rpc
