#ifndef CHANCERY_TESTS_ACCEPTANCE_BRIEF_SERVED_H_
#define CHANCERY_TESTS_ACCEPTANCE_BRIEF_SERVED_H_

#include <memory>
#include <string>
#include <vector>

#include "chancery/gateway/v1/gateway_service.pb.h"
#include "chancery/people/v1/tenure_bounds.pb.h"
#include "chancery/types/v1/citation.pb.h"
#include "google/protobuf/message.h"
#include "tests/support/caller.h"

namespace chancery::brief {

using MessagePtr = std::unique_ptr<google::protobuf::Message>;

// The register as a client sees it at the gateway's address. A call that fails, fails the test.
class Served {
 public:
  explicit Served(const std::string& address) : caller_(address) {}

  // Null if it can not be had.
  MessagePtr Get(const std::string& name);

  // All records of a collection that match a filter, through all pages.
  std::vector<MessagePtr> List(const std::string& collection, const std::string& filter);

  people::v1::TenureBounds Bounds(const std::string& tenure);

  // The words of a citation, as the register quotes them: it must be able to verify them.
  std::string Quote(const types::v1::Citation& citation);

  // Who held a post on a day, by the gateway.
  gateway::v1::ListOfficeHoldersResponse Holders(const std::string& post, const std::string& day);

 private:
  MessagePtr Call(const google::protobuf::MethodDescriptor& method,
                  const google::protobuf::Message& request);

  testing::Caller caller_;
};

}  // namespace chancery::brief

#endif  // CHANCERY_TESTS_ACCEPTANCE_BRIEF_SERVED_H_
