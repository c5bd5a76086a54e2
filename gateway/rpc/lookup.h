#ifndef CHANCERY_GATEWAY_RPC_LOOKUP_H_
#define CHANCERY_GATEWAY_RPC_LOOKUP_H_

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "absl/functional/any_invocable.h"
#include "gateway/dossier/directory.h"
#include "gateway/rpc/reading.h"
#include "gateway/upstream/round.h"

namespace chancery::gateway::rpc {

// The records that parts of a reply need, by part.
using Wanted = std::map<std::string, dossier::NameSet>;

// Further questions that go along with the rounds of a lookup.
class Companion {
 public:
  virtual ~Companion() = default;
  virtual bool HasQuestions() const = 0;
  virtual void Ask(Reading& reading, upstream::Round& round) = 0;
  // The answers to what was asked last.
  virtual absl::Status Take(Reading& reading) = 0;
};

// Fetches what `wanted()` names into `directory`, in one round of BatchGets; then asks `wanted()`
// again, since records can make more records needed, for at most a few rounds. What can not be had
// is left out: names that do not exist at the moment silently, the others as missing parts of the
// reading. What `companion` has to ask is asked in the same rounds; one that fails is done for
// itself. `directory`, `companion` and what `wanted()` returns must live until `done`.
void LookUp(std::shared_ptr<Reading> reading, dossier::Directory& directory,
            std::function<const Wanted&()> wanted, absl::AnyInvocable<void()> done,
            Companion* companion = nullptr);

}  // namespace chancery::gateway::rpc

#endif  // CHANCERY_GATEWAY_RPC_LOOKUP_H_
