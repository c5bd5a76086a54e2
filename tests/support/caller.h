#ifndef CHANCERY_TESTS_SUPPORT_CALLER_H_
#define CHANCERY_TESTS_SUPPORT_CALLER_H_

#include <map>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "grpcpp/channel.h"
#include "grpcpp/generic/generic_stub.h"

namespace chancery::testing {

// Calls a server's methods and waits, for at most 30 s: what a client would do, without generated
// stubs.
class Caller {
 public:
  // "127.0.0.1:41234".
  explicit Caller(const std::string& address);

  // `method` is "chancery.people.v1.PeopleService/GetPerson".
  template <typename Reply>
  absl::StatusOr<Reply> Call(absl::string_view method, const google::protobuf::Message& request) {
    auto bytes = CallBytes(method, request.SerializeAsString());
    if (!bytes.ok()) return bytes.status();
    Reply reply;
    if (!reply.ParseFromString(*bytes)) return absl::DataLossError("undecodable reply");
    return reply;
  }

  absl::StatusOr<std::string> CallBytes(absl::string_view method, const std::string& request);

  // Initial metadata of the last reply.
  const std::map<std::string, std::string>& metadata() const { return metadata_; }

 private:
  std::shared_ptr<grpc::Channel> channel_;
  grpc::GenericStub stub_;
  std::map<std::string, std::string> metadata_;
};

}  // namespace chancery::testing

#endif  // CHANCERY_TESTS_SUPPORT_CALLER_H_
