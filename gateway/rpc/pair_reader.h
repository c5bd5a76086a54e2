#ifndef CHANCERY_GATEWAY_RPC_PAIR_READER_H_
#define CHANCERY_GATEWAY_RPC_PAIR_READER_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "chancery/agreements/v1/agreement.pb.h"
#include "chancery/agreements/v1/agreement_status.pb.h"
#include "chancery/gateway/v1/token.pb.h"
#include "chancery/people/v1/state.pb.h"
#include "gateway/dossier/directory.h"
#include "gateway/dossier/event_window.h"
#include "gateway/dossier/merge.h"
#include "gateway/dossier/timeline.h"
#include "gateway/rpc/reading.h"
#include "gateway/rpc/section_reader.h"

namespace chancery::gateway::rpc {

// What to read about two states.
struct PairQuery {
  std::string state;
  std::string other_state;
  bool with_predecessors = true;
  bool timeline = true;
  bool agreements = true;
  size_t limit = 50;
  // Set to read only the events of these days; `event_filter` says the same to the service.
  std::optional<dossier::EventWindow> window;
  std::string event_filter;
  // Set to go on where a page ended: only these lists are read, of events or, without a timeline,
  // of agreements; or, if there are none and `goes_on` is set, the sections alone.
  std::vector<v1::ListPlace> places;
  bool goes_on = false;
  std::shared_ptr<Sections> sections;  // the further sections, if any are wanted
};

// A state found.
struct FoundState {
  people::v1::State record;  // with its name only, if it could not be read
  std::string succeeded_by;  // set on predecessors
};

// What was found. Parts that could not be had are empty; the reading knows why.
struct PairAnswer {
  std::vector<FoundState> states;
  dossier::Merged<dossier::TimelineEvent> events;
  std::vector<v1::ListPlace> next_places;  // where the timeline goes on
  dossier::Merged<agreements::v1::Agreement> agreements;
  std::vector<v1::ListPlace> next_agreement_places;
  // Of these agreements, by name.
  std::map<std::string, agreements::v1::AgreementStatus> statuses;
  dossier::Directory directory;  // the records that these refer to
};

// Reads it at the reading's moment, in as few rounds of calls as can be:
//
//   1    the two states; the states that they succeeded; the lists of the pair
//   2 …  as long as further predecessors turn up: theirs, and the lists of the pairs they form
//   last names: BatchGets of the people, posts, organisations and so on that the lists refer to;
//        the statuses of the agreements
//
// Further sections ask in the same rounds what they can.
//
// `done` gets an error only where there is no answer at all: a state that does not exist, or a page
// token that a service refused. The answer may be taken apart.
void ReadPair(std::shared_ptr<Reading> reading, PairQuery query,
              absl::AnyInvocable<void(absl::Status, PairAnswer&)> done);

}  // namespace chancery::gateway::rpc

#endif  // CHANCERY_GATEWAY_RPC_PAIR_READER_H_
