#ifndef CHANCERY_SERVICES_SERVING_CALL_H_
#define CHANCERY_SERVICES_SERVING_CALL_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "grpcpp/support/slice.h"

namespace chancery::serving {

// Names of the metadata that Chancery's servers read and write.
inline constexpr char kPrincipalMetadata[] = "chancery-principal";  // request: who asks, as claimed
inline constexpr char kAskClockMetadata[] = "chancery-ask-clock";   // request: send the next two
inline constexpr char kTokenMetadata[] = "chancery-token";          // reply: consistency token
inline constexpr char kClockMetadata[] = "chancery-clock";          // reply: server's clock, µs
inline constexpr char kCommitTimeMetadata[] = "chancery-commit-time";  // reply: newest commit, µs
inline constexpr char kEphemeralMetadata[] = "chancery-ephemeral";     // reply: nothing is kept

// One unary call that is being answered. Whoever holds it answers it, once, from any thread: the
// call may travel to an executor, to the sequencer, or through replies of other servers. A Call
// that is dropped unanswered answers INTERNAL by itself.
//
// Movable, not copyable. Not thread-safe: one holder at a time.
class Call {
 public:
  // Made by RpcService alone. gRPC owns what is pointed to and keeps it until the call is finished.
  Call(absl::string_view method, grpc::CallbackServerContext* context,
       grpc::ServerUnaryReactor* reactor, const grpc::ByteBuffer* request,
       grpc::ByteBuffer* response)
      : method_(method),
        context_(context),
        reactor_(reactor),
        request_(request),
        response_(response) {}
  Call(Call&& other) noexcept;
  Call& operator=(Call&& other) noexcept;
  ~Call();

  // The method as gRPC spells it: "/chancery.people.v1.PeopleService/GetPerson".
  absl::string_view method() const;
  // The caller as claimed in the metadata; "anonymous" if nothing is claimed.
  std::string principal() const;
  // The first value of a metadata key of the request; empty if absent.
  std::string metadata(absl::string_view key) const;
  // When the caller stops waiting; absl::InfiniteFuture() if never.
  absl::Time deadline() const;
  // Whether the caller went away; long scans ask now and then.
  bool cancelled() const;
  // For upstream calls on behalf of this one (deadline and cancellation are handed on).
  const grpc::CallbackServerContext& context() const;
  // The request's bytes as they came in.
  const grpc::ByteBuffer& request_bytes() const;

  // To be called before finishing.
  void AddReplyMetadata(absl::string_view key, absl::string_view value);

  // The answers. The Call is empty afterwards.
  void Finish(const absl::Status& status) &&;
  void Finish(const google::protobuf::Message& reply) &&;
  // A reply in two parts: their bytes, one after the other, are one message with the fields of
  // both.
  void Finish(const google::protobuf::Message& reply, const google::protobuf::Message& rest) &&;
  // A reply that is serialised already; it is sent without being copied.
  void FinishRaw(const grpc::Slice& reply) &&;
  // As it came from another server.
  void Finish(const grpc::Status& status, const grpc::ByteBuffer& reply) &&;

 private:
  // Ends the call; nothing of gRPC's may be touched afterwards.
  void Complete(const grpc::Status& status);

  absl::string_view method_;
  grpc::CallbackServerContext* context_;
  grpc::ServerUnaryReactor* reactor_;  // null: moved from, or finished
  const grpc::ByteBuffer* request_;
  grpc::ByteBuffer* response_;
};

}  // namespace chancery::serving

#endif  // CHANCERY_SERVICES_SERVING_CALL_H_
