#ifndef CHANCERY_TESTS_BENCH_LOAD_H_
#define CHANCERY_TESTS_BENCH_LOAD_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "grpcpp/channel.h"
#include "grpcpp/support/byte_buffer.h"

namespace chancery::bench {

// What a client sends: the same for everything that is measured. It reads no reply, so that as much
// as can be of what is measured is the server's.
struct Target {
  std::shared_ptr<grpc::Channel> channel;
  std::string path;  // "/chancery.events.v1.EventsService/GetEvent"
};

struct Driven {
  int64_t calls = 0;
  int64_t reply_bytes = 0;
  absl::Duration took;
  // The first error. A figure with an error in it is none.
  absl::Status status;

  double PerSecond() const { return static_cast<double>(calls) / absl::ToDoubleSeconds(took); }
};

// Keeps `in_flight` calls under way, each begun when another has ended, until `next` returns false;
// returns when the last has ended. `next` fills in the i-th request; it is called by several
// threads.
Driven Drive(const Target& target, int in_flight,
             const std::function<bool(int64_t i, grpc::ByteBuffer& request)>& next);

// The requests over and over for so long.
Driven DriveFor(const Target& target, int in_flight, absl::Duration length,
                const std::vector<grpc::ByteBuffer>& requests);

// Every request once.
Driven DriveOnce(const Target& target, int in_flight,
                 const std::vector<grpc::ByteBuffer>& requests);

grpc::ByteBuffer Bytes(const google::protobuf::Message& message);

// Over TCP.
std::shared_ptr<grpc::Channel> Dial(const std::string& address);

}  // namespace chancery::bench

#endif  // CHANCERY_TESTS_BENCH_LOAD_H_
