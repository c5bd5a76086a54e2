#ifndef CHANCERY_TESTS_BENCH_ECHO_H_
#define CHANCERY_TESTS_BENCH_ECHO_H_

#include <functional>
#include <memory>
#include <string>

#include "grpcpp/server.h"
#include "grpcpp/support/byte_buffer.h"
#include "tests/bench/load.h"

namespace chancery::bench {

// The least that a gRPC server can do, to measure ours against: one unary method on raw bytes, by
// gRPC's callback API, that answers on the thread the request came in on. No metadata, no parsing,
// and, where the reply is made once, no copying.
class EchoServer {
 public:
  // Listens on a free port of the loopback. `reply` is called by several threads.
  explicit EchoServer(std::function<grpc::ByteBuffer(const grpc::ByteBuffer& request)> reply);
  // The same bytes for every request.
  explicit EchoServer(size_t reply_size);
  ~EchoServer();

  Target target() const;

 private:
  class Service;

  const std::unique_ptr<Service> service_;
  std::unique_ptr<grpc::Server> server_;
  std::string address_;
};

}  // namespace chancery::bench

#endif  // CHANCERY_TESTS_BENCH_ECHO_H_
