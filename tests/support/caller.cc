#include "tests/support/caller.h"

#include <chrono>
#include <future>
#include <vector>

#include "absl/strings/str_cat.h"
#include "grpcpp/client_context.h"
#include "grpcpp/create_channel.h"
#include "proto/errors/grpc_status.h"

namespace chancery::testing {

Caller::Caller(const std::string& address)
    : channel_(grpc::CreateChannel(address, grpc::InsecureChannelCredentials())), stub_(channel_) {}

absl::StatusOr<std::string> Caller::CallBytes(absl::string_view method,
                                              const std::string& request) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
  context.AddMetadata("chancery-principal", "tester");
  grpc::Slice slice(request);
  const grpc::ByteBuffer sent(&slice, 1);
  grpc::ByteBuffer received;
  std::promise<grpc::Status> finished;
  stub_.UnaryCall(&context, absl::StrCat("/", method), grpc::StubOptions(), &sent, &received,
                  [&](grpc::Status status) { finished.set_value(std::move(status)); });
  const grpc::Status status = finished.get_future().get();
  metadata_.clear();
  for (const auto& [key, value] : context.GetServerInitialMetadata()) {
    metadata_[std::string(key.data(), key.size())] = std::string(value.data(), value.size());
  }
  if (!status.ok()) return errors::FromGrpc(status);
  std::vector<grpc::Slice> slices;
  if (!received.Dump(&slices).ok()) return absl::DataLossError("no reply");
  std::string bytes;
  for (const grpc::Slice& piece : slices) {
    bytes.append(reinterpret_cast<const char*>(piece.begin()), piece.size());
  }
  return bytes;
}

}  // namespace chancery::testing
