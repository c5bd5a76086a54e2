#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gateway/dossier/event_window.h"
#include "gateway/dossier/timeline.h"
#include "gateway/rpc/methods.h"
#include "gateway/rpc/page.h"
#include "gateway/rpc/pair_reader.h"
#include "gateway/rpc/requests.h"
#include "proto/errors/status_macros.h"

namespace chancery::gateway::rpc {
namespace {

using v1::ListTimelineRequest;

// What the window is to the service that keeps the events; it has been checked.
std::string FilterOf(const ListTimelineRequest& request) {
  if (request.has_overlaps()) return absl::StrCat("overlaps(time, \"", request.overlaps(), "\")");
  if (request.has_within()) return absl::StrCat("within(time, \"", request.within(), "\")");
  return "";
}

absl::StatusOr<PairQuery> QueryOf(const ListTimelineRequest& request) {
  RETURN_IF_ERROR(CheckStates(request.state(), request.other_state()));
  PairQuery query;
  query.state = request.state();
  query.other_state = request.other_state();
  query.with_predecessors = !request.exclude_predecessors();
  query.agreements = false;
  ASSIGN_OR_RETURN(query.limit, PageSize(request.page_size()));
  ASSIGN_OR_RETURN(query.window, WindowOf(request));
  query.event_filter = FilterOf(request);
  return query;
}

v1::PassedTimeline MakePage(const ListTimelineRequest& request,
                            const std::optional<dossier::EventWindow>& window, const Moment& moment,
                            PairAnswer& answer) {
  v1::PassedTimeline page;
  for (auto& event : answer.events.records) {
    const auto certainty =
        window ? CertaintyIn(*window, event.record) : types::v1::CERTAINTY_UNSPECIFIED;
    v1::PassedEntry& entry = *page.add_entries();
    entry = dossier::MakeEntry(std::move(event), answer.directory, moment.valid_at);
    entry.set_certainty(certainty);
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
  const auto window = query->window;
  ReadPair(
      reading, *std::move(query),
      [reading, window, request = std::move(request)](absl::Status status, PairAnswer& answer) {
        if (!status.ok()) return reading->Fail(status);
        reading->Finish(v1::ListTimelineResponse(),
                        MakePage(request, window, reading->moment(), answer));
      });
}

}  // namespace chancery::gateway::rpc
