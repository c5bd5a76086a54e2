#include "tests/bench/load.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>

#include "absl/time/clock.h"
#include "grpcpp/client_context.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/security/credentials.h"
#include "proto/errors/grpc_status.h"

namespace chancery::bench {
namespace {

class Driver {
 public:
  Driver(const Target& target, const std::function<bool(int64_t, grpc::ByteBuffer&)>& next)
      : path_(target.path), stub_(target.channel), next_(next) {}

  Driven Run(int in_flight) {
    const absl::Time start = absl::Now();
    std::vector<Lane> lanes(in_flight);
    open_ = in_flight;
    for (Lane& lane : lanes) Call(lane);
    std::unique_lock lock(mutex_);
    ended_.wait(lock, [this] { return open_ == 0; });
    driven_.took = absl::Now() - start;
    driven_.reply_bytes = reply_bytes_;
    driven_.calls = calls_;
    return driven_;
  }

 private:
  // One call after another.
  struct Lane {
    std::optional<grpc::ClientContext> context;
    grpc::ByteBuffer request;
    grpc::ByteBuffer reply;
  };

  void Call(Lane& lane) {
    if (failed_ || !next_(begun_++, lane.request)) return Leave();
    lane.context.emplace();
    stub_.UnaryCall(&*lane.context, path_, {}, &lane.request, &lane.reply,
                    [this, &lane](const grpc::Status& status) {
                      if (!status.ok()) return Fail(status);
                      ++calls_;
                      reply_bytes_ += static_cast<int64_t>(lane.reply.Length());
                      Call(lane);
                    });
  }

  void Fail(const grpc::Status& status) {
    failed_ = true;
    {
      const std::lock_guard lock(mutex_);
      driven_.status.Update(errors::FromGrpc(status));
    }
    Leave();
  }

  void Leave() {
    const std::lock_guard lock(mutex_);
    if (--open_ == 0) ended_.notify_one();
  }

  const std::string path_;
  grpc::GenericStub stub_;
  const std::function<bool(int64_t, grpc::ByteBuffer&)>& next_;
  std::atomic<int64_t> begun_ = 0;
  std::atomic<int64_t> calls_ = 0;
  std::atomic<int64_t> reply_bytes_ = 0;
  std::atomic<bool> failed_ = false;
  std::mutex mutex_;
  std::condition_variable ended_;
  int open_ = 0;
  Driven driven_;
};

}  // namespace

Driven Drive(const Target& target, int in_flight,
             const std::function<bool(int64_t, grpc::ByteBuffer&)>& next) {
  return Driver(target, next).Run(in_flight);
}

Driven DriveFor(const Target& target, int in_flight, absl::Duration length,
                const std::vector<grpc::ByteBuffer>& requests) {
  const absl::Time end = absl::Now() + length;
  return Drive(target, in_flight, [&](int64_t i, grpc::ByteBuffer& request) {
    request = requests[i % requests.size()];
    return absl::Now() < end;
  });
}

Driven DriveOnce(const Target& target, int in_flight,
                 const std::vector<grpc::ByteBuffer>& requests) {
  return Drive(target, in_flight, [&](int64_t i, grpc::ByteBuffer& request) {
    if (i >= static_cast<int64_t>(requests.size())) return false;
    request = requests[i];
    return true;
  });
}

grpc::ByteBuffer Bytes(const google::protobuf::Message& message) {
  const grpc::Slice slice(message.SerializeAsString());
  return grpc::ByteBuffer(&slice, 1);
}

std::shared_ptr<grpc::Channel> Dial(const std::string& address) {
  return grpc::CreateChannel(address, grpc::InsecureChannelCredentials());
}

}  // namespace chancery::bench
