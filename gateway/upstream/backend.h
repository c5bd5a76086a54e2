#ifndef CHANCERY_GATEWAY_UPSTREAM_BACKEND_H_
#define CHANCERY_GATEWAY_UPSTREAM_BACKEND_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "gateway/upstream/reported_time.h"
#include "google/protobuf/message.h"
#include "grpcpp/channel.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "grpcpp/support/status.h"

namespace chancery::gateway::upstream {

// On whose behalf a call is made and how long it may take. Every call has a deadline, so every call
// ends.
struct CallOptions {
  absl::Time deadline;
  // Handed on as `chancery-principal`.
  std::string principal;
  // The call that this one helps to answer, if any: when its caller goes away, so does this one. It
  // must not be answered before this one has ended.
  const grpc::CallbackServerContext* parent = nullptr;
  // Whether to wait for a connection where there is none.
  bool wait_for_connection = false;
};

// A reply as it came.
struct RawReply {
  // As the service made it, details included, or as gRPC did.
  grpc::Status status;
  grpc::ByteBuffer bytes;
  // The initial metadata whose keys are Chancery's.
  std::vector<std::pair<std::string, std::string>> metadata;
  // CLOCK_SKEW if the service's clock is too far off for its answer to be read together with
  // others.
  absl::Status clock;
  // The service's consistency token; empty if it sent none.
  std::string token;
};

// A reply as a message.
template <typename Reply>
struct Answer {
  absl::StatusOr<Reply> reply = absl::UnknownError("not asked");
  std::string token;
};

// One of the three services, wherever it runs. Calls never block and never hang: their end is
// reported on a thread of gRPC's, or, where a call can not even begin, on the caller's.
//
// Thread-safe. Must outlive its calls.
class Backend {
 public:
  struct Options {
    std::string name;     // "people"
    std::string service;  // "chancery.people.v1.PeopleService"
    std::shared_ptr<grpc::Channel> channel;
    Clock clock;
    absl::Duration skew;
  };

  explicit Backend(Options options);

  const std::string& name() const { return options_.name; }
  const std::string& service() const { return options_.service; }

  // The newest commit time that it has reported, not counting reports from a skewed clock.
  absl::Time newest_commit() const { return newest_commit_.Get(); }

  // Sends bytes as they are. `method` is a name of the service's ("GetPerson"), or, of another
  // service at the same address, "chancery.types.v1.RecordsService/ScanRecords".
  void CallRaw(absl::string_view method, grpc::ByteBuffer request, const CallOptions& options,
               absl::AnyInvocable<void(RawReply)> done);

  // For reads: sends and parses messages. `*reply` must live until `done` and is meaningful if that
  // gets OK; a reply from a skewed clock is CLOCK_SKEW. Where the service can not be reached, it is
  // asked once more and given the time that a channel takes to find one that has come back.
  void Call(absl::string_view method, const google::protobuf::Message& request,
            const CallOptions& options, google::protobuf::Message* reply,
            absl::AnyInvocable<void(absl::Status, std::string token)> done);

  // A failed call's status for a client: the service's own error, or ours with the service's name
  // (SERVICE_UNREACHABLE, DEADLINE_EXPIRED, ...) where the transport failed.
  absl::Status ErrorOf(const grpc::Status& status) const;

 private:
  struct Pending;

  RawReply Receive(Pending& call, grpc::Status status);

  const Options options_;
  grpc::GenericStub stub_;
  NewestCommit newest_commit_;
};

}  // namespace chancery::gateway::upstream

#endif  // CHANCERY_GATEWAY_UPSTREAM_BACKEND_H_
