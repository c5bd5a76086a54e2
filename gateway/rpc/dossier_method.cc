#include <memory>
#include <utility>

#include "gateway/dossier/agreement_list.h"
#include "gateway/dossier/timeline.h"
#include "gateway/rpc/methods.h"
#include "gateway/rpc/page.h"
#include "gateway/rpc/pair_reader.h"
#include "gateway/rpc/requests.h"
#include "proto/errors/status_macros.h"

namespace chancery::gateway::rpc {
namespace {

using v1::GetDossierRequest;

absl::StatusOr<PairQuery> QueryOf(const GetDossierRequest& request) {
  RETURN_IF_ERROR(CheckStates(request.state(), request.other_state()));
  RETURN_IF_ERROR(CheckSections(request));
  PairQuery query;
  query.state = request.state();
  query.other_state = request.other_state();
  query.with_predecessors = !request.exclude_predecessors();
  query.timeline = Wants(request, GetDossierRequest::TIMELINE);
  query.agreements = Wants(request, GetDossierRequest::AGREEMENTS);
  ASSIGN_OR_RETURN(query.limit, PageSize(request.page_size()));
  return query;
}

void SetTotal(size_t shown, bool complete, types::v1::Count& total) {
  total.set_value(static_cast<int64_t>(shown));
  total.set_comparator(complete ? types::v1::Count::EQ : types::v1::Count::GE);
}

void AddStates(PairAnswer& answer, absl::CivilDay day, v1::Dossier& dossier) {
  for (FoundState& found : answer.states) {
    v1::DossierState& state = *dossier.add_states();
    state.set_display_name(answer.directory.NameOf(found.record.name(), day));
    state.set_succeeded_by(found.succeeded_by);
    *state.mutable_state() = std::move(found.record);
  }
}

// The request whose next page the timeline's token is for.
v1::ListTimelineRequest NextPageOf(const GetDossierRequest& request) {
  v1::ListTimelineRequest next;
  next.set_state(request.state());
  next.set_other_state(request.other_state());
  next.set_exclude_predecessors(request.exclude_predecessors());
  return next;
}

void SetTimeline(const GetDossierRequest& request, const Moment& moment, PairAnswer& answer,
                 v1::PassedTimeline& timeline) {
  for (auto& event : answer.events.records) {
    *timeline.add_entries() =
        dossier::MakeEntry(std::move(event), answer.directory, moment.valid_at);
  }
  timeline.set_next_page_token(NextPageToken(NextPageOf(request), moment, answer.next_places));
  SetTotal(answer.events.records.size(), answer.events.Complete(), *timeline.mutable_total());
}

void SetAgreements(const Moment& moment, PairAnswer& answer, v1::AgreementList& list) {
  for (auto& agreement : answer.agreements.records) {
    *list.add_entries() =
        dossier::MakeEntry(std::move(agreement), answer.directory, moment.valid_at);
  }
  list.set_next_page_token(answer.next_agreements);
  SetTotal(answer.agreements.records.size(), answer.agreements.Complete(), *list.mutable_total());
}

v1::PassedDossier MakeTimeline(const GetDossierRequest& request, const Moment& moment,
                               PairAnswer& answer) {
  v1::PassedDossier dossier;
  if (Wants(request, GetDossierRequest::TIMELINE)) {
    SetTimeline(request, moment, answer, *dossier.mutable_timeline());
  }
  return dossier;
}

// All but the timeline.
v1::Dossier MakeDossier(const GetDossierRequest& request, const Moment& moment,
                        PairAnswer& answer) {
  v1::Dossier dossier;
  AddStates(answer, moment.valid_at, dossier);
  if (Wants(request, GetDossierRequest::AGREEMENTS)) {
    SetAgreements(moment, answer, *dossier.mutable_agreements());
  }
  return dossier;
}

}  // namespace

void GetDossier(const Environment& environment, GetDossierRequest request, serving::Call call) {
  absl::StatusOr<PairQuery> query = QueryOf(request);
  if (!query.ok()) return std::move(call).Finish(query.status());
  const absl::StatusOr<Moment> moment = FixMoment(request.as_of(), environment.present());
  if (!moment.ok()) return std::move(call).Finish(moment.status());
  auto reading = std::make_shared<Reading>(environment, std::move(call), *moment);
  ReadPair(reading, *std::move(query),
           [reading, request = std::move(request)](absl::Status status, PairAnswer& answer) {
             if (!status.ok()) return reading->Fail(status);
             const Moment& moment = reading->moment();
             reading->Finish(MakeDossier(request, moment, answer),
                             MakeTimeline(request, moment, answer));
           });
}

}  // namespace chancery::gateway::rpc
