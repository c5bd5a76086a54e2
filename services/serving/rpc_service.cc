#include "services/serving/rpc_service.h"

#include <algorithm>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "grpcpp/impl/codegen/proto_buffer_reader.h"
#include "grpcpp/impl/codegen/server_callback_handlers.h"
#include "proto/errors/error.h"
#include "services/serving/invalid_text.h"

namespace chancery::serving {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::ServiceDescriptor;
using UnaryHandler = grpc::internal::CallbackUnaryHandler<grpc::ByteBuffer, grpc::ByteBuffer>;

const ServiceDescriptor* FindService(const std::string& full_name) {
  return DescriptorPool::generated_pool()->FindServiceByName(full_name);
}

std::string Concatenate(const grpc::ByteBuffer& bytes) {
  std::vector<grpc::Slice> slices;
  if (!bytes.Dump(&slices).ok()) return "";
  std::string all;
  all.reserve(bytes.Length());
  for (const grpc::Slice& slice : slices) {
    all.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return all;
}

bool Parse(const grpc::ByteBuffer& bytes, google::protobuf::Message& message) {
  grpc::Slice whole;
  if (bytes.TrySingleSlice(&whole).ok()) {
    return message.ParseFromArray(whole.begin(), static_cast<int>(whole.size()));
  }
  grpc::ByteBuffer copy(bytes);  // shares the slices; the reader wants it mutable
  grpc::ProtoBufferReader reader(&copy);
  return reader.status().ok() && message.ParseFromZeroCopyStream(&reader);
}

void SayEphemeral(grpc::CallbackServerContext& context) {
  static const auto& key = *new std::string(kEphemeralMetadata);
  static const auto& value = *new std::string("true");
  context.AddInitialMetadata(key, value);
}

absl::Status Undecodable(const grpc::ByteBuffer& bytes, const google::protobuf::Message& message) {
  const std::string field = FindInvalidText(*message.GetDescriptor(), Concatenate(bytes));
  if (!field.empty()) {
    return errors::Error(types::v1::TEXT_NOT_UTF8, absl::StrCat(field, " is not UTF-8 text"),
                         {{"field", field}});
  }
  const std::string& type = message.GetDescriptor()->full_name();
  return errors::Error(types::v1::REQUEST_UNDECODABLE,
                       absl::StrCat("the request's bytes are not a ", type),
                       {{"message_type", type}});
}

}  // namespace

RpcService::RpcService(absl::string_view full_name) : full_name_(full_name) {
  if (FindService(full_name_) == nullptr) std::abort();  // a spelling mistake in Chancery itself
}

void RpcService::Raw(absl::string_view method, RawHandler handler) {
  if (FindService(full_name_)->FindMethodByName(std::string(method)) == nullptr) std::abort();
  RawAt(absl::StrCat("/", full_name_, "/", method), std::move(handler));
  served_.emplace_back(method);
}

void RpcService::RawAt(std::string name, RawHandler handler) {
  const std::string& path = *paths_.emplace_back(std::make_unique<std::string>(std::move(name)));
  AddMethod(new grpc::internal::RpcServiceMethod(path.c_str(),
                                                 grpc::internal::RpcMethod::NORMAL_RPC, nullptr));
  const auto answer = [this, &path, handler = std::move(handler)](
                          grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                          grpc::ByteBuffer* response) {
    if (ephemeral_) SayEphemeral(*context);
    // A reactor of our own would be told on another thread that it is done: as dear as a Get.
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    handler(Call(path, context, reactor, request, response));
    return reactor;
  };
  MarkMethodRawCallback(paths_.size() - 1, new UnaryHandler(answer));
}

std::vector<std::string> RpcService::Missing() const {
  std::vector<std::string> missing;
  const ServiceDescriptor* service = FindService(full_name_);
  for (int i = 0; i < service->method_count(); ++i) {
    const std::string& name = service->method(i)->name();
    if (std::find(served_.begin(), served_.end(), name) == served_.end()) missing.push_back(name);
  }
  return missing;
}

absl::Status RpcService::Decode(const grpc::ByteBuffer& bytes, google::protobuf::Message& message) {
  return Parse(bytes, message) ? absl::OkStatus() : Undecodable(bytes, message);
}

}  // namespace chancery::serving
