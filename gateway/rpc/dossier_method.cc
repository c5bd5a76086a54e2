#include <memory>
#include <utility>

#include "gateway/dossier/agreement_list.h"
#include "gateway/dossier/timeline.h"
#include "gateway/rpc/dossier_page.h"
#include "gateway/rpc/methods.h"
#include "gateway/rpc/page.h"
#include "gateway/rpc/pair_reader.h"
#include "gateway/rpc/requests.h"
#include "gateway/rpc/section_reader.h"
#include "proto/errors/status_macros.h"

namespace chancery::gateway::rpc {
namespace {

using v1::GetDossierRequest;

absl::StatusOr<PairQuery> QueryOf(const GetDossierRequest& request) {
  PairQuery query;
  query.state = request.state();
  query.other_state = request.other_state();
  query.with_predecessors = !request.exclude_predecessors();
  query.timeline = Wants(request, GetDossierRequest::TIMELINE);
  query.agreements = Wants(request, GetDossierRequest::AGREEMENTS);
  ASSIGN_OR_RETURN(query.limit, PageSize(request.page_size()));
  return query;
}

void AddStates(PairAnswer& answer, absl::CivilDay day, v1::Dossier& dossier) {
  for (FoundState& found : answer.states) {
    v1::DossierState& state = *dossier.add_states();
    state.set_display_name(answer.directory.NameOf(found.record.name(), day));
    state.set_succeeded_by(found.succeeded_by);
    *state.mutable_state() = std::move(found.record);
  }
}

void SetTimeline(const GetDossierRequest& request, const Moment& moment, PairAnswer& answer,
                 v1::PassedTimeline& timeline) {
  for (auto& event : answer.events.records) {
    *timeline.add_entries() =
        dossier::MakeEntry(std::move(event), answer.directory, moment.valid_at);
  }
  timeline.set_next_page_token(NextPageToken(TimelineAfter(request), moment, answer.next_places));
  SetTotal(answer.events.records.size(), answer.events.Complete(), *timeline.mutable_total());
}

void SetAgreements(const GetDossierRequest& request, const Moment& moment, PairAnswer& answer,
                   v1::AgreementList& list) {
  for (auto& agreement : answer.agreements.records) {
    v1::AgreementEntry& entry = *list.add_entries();
    const auto status = answer.statuses.find(agreement.name());
    entry = dossier::MakeEntry(std::move(agreement), answer.directory, moment.valid_at);
    if (status != answer.statuses.end()) *entry.mutable_status() = std::move(status->second);
  }
  list.set_next_page_token(NextPageToken(RequestOfSection(request, GetDossierRequest::AGREEMENTS),
                                         moment, answer.next_agreement_places));
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
v1::Dossier MakeDossier(const GetDossierRequest& request, const Moment& moment, Sections& sections,
                        PairAnswer& answer) {
  v1::Dossier dossier;
  AddStates(answer, moment.valid_at, dossier);
  if (Wants(request, GetDossierRequest::AGREEMENTS)) {
    SetAgreements(request, moment, answer, *dossier.mutable_agreements());
  }
  sections.Fill(request, moment, answer.directory, dossier);
  return dossier;
}

}  // namespace

void GetDossier(const Environment& environment, GetDossierRequest request, serving::Call call) {
  absl::Status right = CheckDossier(request);
  if (!right.ok()) return std::move(call).Finish(right);
  absl::StatusOr<PageStart> start = StartOfDossier(request, environment.present());
  if (!start.ok()) return std::move(call).Finish(start.status());
  absl::StatusOr<PairQuery> query = QueryOf(request);
  if (!query.ok()) return std::move(call).Finish(query.status());
  query->goes_on = !request.page_token().empty();
  const auto sections = std::make_shared<Sections>(request, query->limit, start->places);
  query->sections = sections;
  if (query->timeline || query->agreements) query->places = std::move(start->places);
  auto reading = std::make_shared<Reading>(environment, std::move(call), start->moment);
  ReadPair(
      reading, *std::move(query),
      [reading, request = std::move(request), sections](absl::Status status, PairAnswer& answer) {
        if (!status.ok()) return reading->Fail(status);
        const Moment& moment = reading->moment();
        reading->Finish(MakeDossier(request, moment, *sections, answer),
                        MakeTimeline(request, moment, answer));
      });
}

}  // namespace chancery::gateway::rpc
