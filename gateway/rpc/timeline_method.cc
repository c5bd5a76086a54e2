#include <memory>
#include <utility>

#include "gateway/dossier/timeline.h"
#include "gateway/rpc/methods.h"
#include "gateway/rpc/page.h"
#include "gateway/rpc/pair_reader.h"
#include "gateway/rpc/requests.h"
#include "proto/errors/status_macros.h"

namespace chancery::gateway::rpc {
namespace {

using v1::ListTimelineRequest;

absl::StatusOr<PairQuery> QueryOf(const ListTimelineRequest& request) {
  RETURN_IF_ERROR(CheckStates(request.state(), request.other_state()));
  PairQuery query;
  query.state = request.state();
  query.other_state = request.other_state();
  query.with_predecessors = !request.exclude_predecessors();
  query.agreements = false;
  ASSIGN_OR_RETURN(query.limit, PageSize(request.page_size()));
  return query;
}

v1::PassedTimeline MakePage(const ListTimelineRequest& request, const Moment& moment,
                            PairAnswer& answer) {
  v1::PassedTimeline page;
  for (auto& event : answer.events.records) {
    *page.add_entries() = dossier::MakeEntry(std::move(event), answer.directory, moment.valid_at);
  }
  page.set_next_page_token(NextPageToken(request, moment, answer.next_places));
  return page;
}

}  // namespace

void ListTimeline(const Environment& environment, ListTimelineRequest request, serving::Call call) {
  absl::StatusOr<PairQuery> query = QueryOf(request);
  if (!query.ok()) return std::move(call).Finish(query.status());
  absl::StatusOr<PageStart> start = StartOf(request, environment.present());
  if (!start.ok()) return std::move(call).Finish(start.status());
  query->places = std::move(start->places);
  auto reading = std::make_shared<Reading>(environment, std::move(call), start->moment);
  ReadPair(reading, *std::move(query),
           [reading, request = std::move(request)](absl::Status status, PairAnswer& answer) {
             if (!status.ok()) return reading->Fail(status);
             reading->Finish(v1::ListTimelineResponse(),
                             MakePage(request, reading->moment(), answer));
           });
}

}  // namespace chancery::gateway::rpc
