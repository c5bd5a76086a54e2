#ifndef CHANCERY_GATEWAY_RPC_PASS_THROUGH_H_
#define CHANCERY_GATEWAY_RPC_PASS_THROUGH_H_

#include "gateway/rpc/environment.h"
#include "gateway/upstream/backend.h"
#include "google/protobuf/descriptor.h"
#include "services/serving/rpc_service.h"

namespace chancery::gateway::rpc {

// A service's own methods at the gateway's address. Bytes go through unread in both directions,
// with principal, deadline and cancellation on the way there, and Chancery's metadata, the status
// and its details on the way back; a service that can not be reached is SERVICE_UNREACHABLE.
//
// Mutations that write records (Create, Update, BatchCreate) are read on the way: what they refer
// to in other services must exist, see CheckReferences().
class PassThrough {
 public:
  PassThrough(const Environment& environment, upstream::Backend& backend);

  serving::RpcService* service() { return &service_; }

 private:
  void Forward(const google::protobuf::MethodDescriptor& method, serving::Call call);
  void CheckAndForward(const google::protobuf::MethodDescriptor& method, serving::Call call);
  upstream::CallOptions OptionsOf(const serving::Call& call) const;

  const Environment& environment_;
  upstream::Backend& backend_;
  serving::RpcService service_;
};

}  // namespace chancery::gateway::rpc

#endif  // CHANCERY_GATEWAY_RPC_PASS_THROUGH_H_
