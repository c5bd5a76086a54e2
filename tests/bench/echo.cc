#include "tests/bench/echo.h"

#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "grpcpp/impl/codegen/server_callback_handlers.h"
#include "grpcpp/impl/codegen/service_type.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server_builder.h"

namespace chancery::bench {
namespace {

using Reply = std::function<grpc::ByteBuffer(const grpc::ByteBuffer& request)>;
using Handler = grpc::internal::CallbackUnaryHandler<grpc::ByteBuffer, grpc::ByteBuffer>;

constexpr char kPath[] = "/chancery.bench.Echo/Echo";

Reply SameEveryTime(size_t size) {
  const grpc::Slice slice(std::string(size, 'x'));
  return [reply = grpc::ByteBuffer(&slice, 1)](const grpc::ByteBuffer&) { return reply; };
}

}  // namespace

class EchoServer::Service final : public grpc::Service {
 public:
  explicit Service(Reply reply) {
    AddMethod(new grpc::internal::RpcServiceMethod(kPath, grpc::internal::RpcMethod::NORMAL_RPC,
                                                   nullptr));
    MarkMethodRawCallback(
        0, new Handler([reply = std::move(reply)](grpc::CallbackServerContext* context,
                                                  const grpc::ByteBuffer* request,
                                                  grpc::ByteBuffer* response) {
          *response = reply(*request);
          grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
          reactor->Finish(grpc::Status::OK);
          return reactor;
        }));
  }
};

EchoServer::EchoServer(Reply reply) : service_(std::make_unique<Service>(std::move(reply))) {
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(service_.get());
  server_ = builder.BuildAndStart();
  address_ = absl::StrCat("127.0.0.1:", port);
}

EchoServer::EchoServer(size_t reply_size) : EchoServer(SameEveryTime(reply_size)) {}

EchoServer::~EchoServer() {
  server_->Shutdown(std::chrono::system_clock::now());
  server_->Wait();
}

Target EchoServer::target() const { return {Dial(address_), kPath}; }

}  // namespace chancery::bench
