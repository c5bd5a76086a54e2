#ifndef CHANCERY_GATEWAY_RPC_PAIR_LISTS_H_
#define CHANCERY_GATEWAY_RPC_PAIR_LISTS_H_

#include <deque>
#include <string>
#include <vector>

#include "chancery/agreements/v1/agreement_requests.pb.h"
#include "chancery/gateway/v1/passed_on.pb.h"
#include "chancery/gateway/v1/token.pb.h"
#include "gateway/dossier/timeline.h"
#include "gateway/rpc/pair_reader.h"
#include "gateway/rpc/reading.h"
#include "gateway/upstream/backend.h"
#include "gateway/upstream/round.h"

namespace chancery::gateway::rpc {

// The events and agreements between one pair of states: a page of each list.
struct PairLists {
  v1::ListPlace place;  // the pair, and where its events go on, or its agreements
  upstream::Answer<v1::PassedEvents> events;
  std::vector<dossier::TimelineEvent> read;  // its events, once ReadEvents() took them
  upstream::Answer<agreements::v1::ListAgreementsResponse> agreements;
};

// Asks for the lists that the query wants, of the services that can be asked.
void AskFor(PairLists& lists, const PairQuery& query, Reading& reading, upstream::Round& round);

// Reads the events of a page that has come, once. To be called while other answers are waited for.
void ReadEvents(PairLists& lists);

// Merges the pages of all pairs into the answer, with the places where they go on.
void MergeLists(std::deque<PairLists>& all, const PairQuery& query, PairAnswer& answer);

}  // namespace chancery::gateway::rpc

#endif  // CHANCERY_GATEWAY_RPC_PAIR_LISTS_H_
