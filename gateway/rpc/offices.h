#ifndef CHANCERY_GATEWAY_RPC_OFFICES_H_
#define CHANCERY_GATEWAY_RPC_OFFICES_H_

#include <deque>
#include <string>
#include <vector>

#include "chancery/gateway/v1/gateway_service.pb.h"
#include "chancery/people/v1/post.pb.h"
#include "chancery/people/v1/tenure_requests.pb.h"
#include "gateway/dossier/directory.h"
#include "gateway/dossier/holders.h"
#include "gateway/rpc/reading.h"
#include "gateway/upstream/round.h"

namespace chancery::gateway::rpc {

// Posts with all of their tenures, read page by page in the rounds of a reading; half of a post's
// tenures could name the wrong holder. If any can not be read, there are none at all.
class Offices {
 public:
  // `part` is what is missing then.
  explicit Offices(const char* part) : part_(part) {}

  void Add(people::v1::Post post);

  bool HasQuestions() const;
  void Ask(Reading& reading, upstream::Round& round);
  // Whether all that was asked could be had.
  bool Take(Reading& reading);

  // The people of the tenures.
  void AddReferences(dossier::NameSet& names) const;
  // The posts whose tenures have all been read, in the order in which they were added.
  std::vector<const dossier::Office*> Read() const;

 private:
  struct Asking {
    dossier::Office office;
    bool complete = false;
    bool asked = false;
    std::string page_token;
    upstream::Answer<people::v1::ListTenuresResponse> page;
  };

  const char* const part_;
  std::deque<Asking> offices_;  // calls write into its elements while more are added
};

}  // namespace chancery::gateway::rpc

#endif  // CHANCERY_GATEWAY_RPC_OFFICES_H_
