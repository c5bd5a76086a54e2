#ifndef CHANCERY_SERVICES_SERVING_RPC_SERVICE_H_
#define CHANCERY_SERVICES_SERVING_RPC_SERVICE_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "grpcpp/impl/codegen/service_type.h"
#include "services/serving/call.h"

namespace chancery::serving {

// A gRPC service whose methods are rows: a name, a request type, what to do.
//
//   RpcService rpc("chancery.people.v1.PeopleService");
//   rpc.Unary<v1::GetPersonRequest>("GetPerson", [&](v1::GetPersonRequest request, Call call) {…});
//
// All methods use gRPC's callback API on raw bytes and share one path: bytes that are no message of
// the request type are answered with our own error (REQUEST_UNDECODABLE, or TEXT_NOT_UTF8 naming
// the field), and replies may be bytes as they lie in the store. Handlers run on gRPC's threads and
// must not block; they hand the Call on to whoever can.
//
// This is the only file that knows gRPC's registration of raw methods (see docs/adr/).
class RpcService final : public grpc::Service {
 public:
  using RawHandler = std::function<void(Call)>;

  // `full_name` must be a service of the linked descriptors.
  explicit RpcService(absl::string_view full_name);

  const std::string& full_name() const { return full_name_; }

  // Serves one method; `method` must be a unary method of the service, once.
  template <typename Request>
  void Unary(absl::string_view method, std::function<void(Request, Call)> handler) {
    Raw(method, Decoding<Request>(std::move(handler)));
  }

  // Serves one method on its bytes.
  void Raw(absl::string_view method, RawHandler handler);

  // Serves one method of another service, by its full name, beside this one's own.
  template <typename Request>
  void UnaryOf(absl::string_view service, absl::string_view method,
               std::function<void(Request, Call)> handler) {
    RawAt(absl::StrCat("/", service, "/", method), Decoding<Request>(std::move(handler)));
  }

  // From now on every reply, errors included, says in its header that nothing is kept
  // (kEphemeralMetadata: true). To be called before the service is served.
  void MarkEphemeral() { ephemeral_ = true; }

  // The service's methods that nobody serves; a server refuses to start with any.
  std::vector<std::string> Missing() const;

  // REQUEST_UNDECODABLE or TEXT_NOT_UTF8 unless `bytes` are such a message.
  static absl::Status Decode(const grpc::ByteBuffer& bytes, google::protobuf::Message& message);

 private:
  template <typename Request>
  static RawHandler Decoding(std::function<void(Request, Call)> handler) {
    return [handler = std::move(handler)](Call call) {
      Request request;
      if (absl::Status status = Decode(call.request_bytes(), request); !status.ok()) {
        std::move(call).Finish(status);
        return;
      }
      handler(std::move(request), std::move(call));
    };
  }

  void RawAt(std::string path, RawHandler handler);

  const std::string full_name_;
  std::vector<std::unique_ptr<std::string>> paths_;  // gRPC keeps pointers to them
  std::vector<std::string> served_;
  bool ephemeral_ = false;
};

}  // namespace chancery::serving

#endif  // CHANCERY_SERVICES_SERVING_RPC_SERVICE_H_
