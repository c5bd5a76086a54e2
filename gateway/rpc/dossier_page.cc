#include "gateway/rpc/dossier_page.h"

#include "gateway/rpc/section_reader.h"

namespace chancery::gateway::rpc {

v1::ListTimelineRequest TimelineAfter(const v1::GetDossierRequest& request) {
  v1::ListTimelineRequest next;
  next.set_state(request.state());
  next.set_other_state(request.other_state());
  next.set_exclude_predecessors(request.exclude_predecessors());
  return next;
}

absl::StatusOr<PageStart> StartOfDossier(const v1::GetDossierRequest& request,
                                         const Present& present) {
  if (request.page_token().empty()) return StartOf(request, present);
  if (request.sections(0) == v1::GetDossierRequest::TIMELINE) {
    v1::ListTimelineRequest timeline = TimelineAfter(request);
    timeline.set_page_token(request.page_token());
    return StartOf(timeline, present);
  }
  v1::GetDossierRequest section =
      RequestOfSection(request, v1::GetDossierRequest::Section(request.sections(0)));
  section.set_page_token(request.page_token());
  return StartOf(section, present);
}

}  // namespace chancery::gateway::rpc
