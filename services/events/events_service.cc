#include "services/events/events_service.h"

#include <memory>
#include <utility>

#include "chancery/events/v1/event_requests.pb.h"
#include "chancery/events/v1/series_requests.pb.h"
#include "services/events/event_spec.h"
#include "services/events/series_spec.h"

namespace chancery::events {

using serving::Call;
using serving::RpcService;

EventsService::EventsService(const resource::Context& context)
    : events_(EventSpec(), context), series_(SeriesSpec(), context) {}

void EventsService::Register(RpcService& rpc) const {
  RegisterEvents(rpc);
  RegisterSeries(rpc);
}

void EventsService::RegisterEvents(RpcService& rpc) const {
  rpc.Unary<v1::GetEventRequest>("GetEvent", [this](v1::GetEventRequest request, Call call) {
    events_.Get(request, std::move(call));
  });
  rpc.Unary<v1::ListEventsRequest>("ListEvents", [this](v1::ListEventsRequest request, Call call) {
    events_.List(std::move(request), std::move(call));
  });
  rpc.Unary<v1::BatchGetEventsRequest>("BatchGetEvents",
                                       [this](v1::BatchGetEventsRequest request, Call call) {
                                         events_.BatchGet(request, std::move(call));
                                       });
  rpc.Unary<v1::CreateEventRequest>(
      "CreateEvent", [this](v1::CreateEventRequest request, Call call) {
        events_.Create(std::move(request), &v1::CreateEventRequest::mutable_event,
                       &v1::CreateEventRequest::event_id, std::move(call));
      });
  rpc.Unary<v1::BatchCreateEventsRequest>(
      "BatchCreateEvents", [this](v1::BatchCreateEventsRequest request, Call call) {
        events_.BatchCreate(std::move(request), &v1::CreateEventRequest::mutable_event,
                            &v1::CreateEventRequest::event_id, std::move(call));
      });
  rpc.Unary<v1::UpdateEventRequest>(
      "UpdateEvent", [this](v1::UpdateEventRequest request, Call call) {
        events_.Update(std::move(request), &v1::UpdateEventRequest::mutable_event, std::move(call));
      });
  rpc.Unary<v1::DeleteEventRequest>("DeleteEvent",
                                    [this](v1::DeleteEventRequest request, Call call) {
                                      events_.Delete(std::move(request), std::move(call));
                                    });
  rpc.Unary<v1::UndeleteEventRequest>("UndeleteEvent",
                                      [this](v1::UndeleteEventRequest request, Call call) {
                                        events_.Undelete(std::move(request), std::move(call));
                                      });
  rpc.Unary<v1::ListEventRevisionsRequest>(
      "ListEventRevisions", [this](v1::ListEventRevisionsRequest request, Call call) {
        events_.ListRevisions(std::move(request), std::move(call));
      });
}

void EventsService::RegisterSeries(RpcService& rpc) const {
  rpc.Unary<v1::GetSeriesRequest>("GetSeries", [this](v1::GetSeriesRequest request, Call call) {
    series_.Get(request, std::move(call));
  });
  rpc.Unary<v1::ListSeriesRequest>("ListSeries", [this](v1::ListSeriesRequest request, Call call) {
    series_.List(std::move(request), std::move(call));
  });
  rpc.Unary<v1::BatchGetSeriesRequest>("BatchGetSeries",
                                       [this](v1::BatchGetSeriesRequest request, Call call) {
                                         series_.BatchGet(request, std::move(call));
                                       });
  rpc.Unary<v1::CreateSeriesRequest>(
      "CreateSeries", [this](v1::CreateSeriesRequest request, Call call) {
        series_.Create(std::move(request), &v1::CreateSeriesRequest::mutable_series,
                       &v1::CreateSeriesRequest::series_id, std::move(call));
      });
  rpc.Unary<v1::BatchCreateSeriesRequest>(
      "BatchCreateSeries", [this](v1::BatchCreateSeriesRequest request, Call call) {
        series_.BatchCreate(std::move(request), &v1::CreateSeriesRequest::mutable_series,
                            &v1::CreateSeriesRequest::series_id, std::move(call));
      });
  rpc.Unary<v1::UpdateSeriesRequest>("UpdateSeries", [this](v1::UpdateSeriesRequest request,
                                                            Call call) {
    series_.Update(std::move(request), &v1::UpdateSeriesRequest::mutable_series, std::move(call));
  });
  rpc.Unary<v1::DeleteSeriesRequest>("DeleteSeries",
                                     [this](v1::DeleteSeriesRequest request, Call call) {
                                       series_.Delete(std::move(request), std::move(call));
                                     });
  rpc.Unary<v1::UndeleteSeriesRequest>("UndeleteSeries",
                                       [this](v1::UndeleteSeriesRequest request, Call call) {
                                         series_.Undelete(std::move(request), std::move(call));
                                       });
  rpc.Unary<v1::ListSeriesRevisionsRequest>(
      "ListSeriesRevisions", [this](v1::ListSeriesRevisionsRequest request, Call call) {
        series_.ListRevisions(std::move(request), std::move(call));
      });
}

const resource::ServiceDefinition& Definition() {
  static const resource::ServiceDefinition* const definition = new resource::ServiceDefinition{
      .name = "events",
      .full_name = "chancery.events.v1.EventsService",
      .specs = {&EventSpec(), &SeriesSpec()},
      .serve =
          [](const resource::Context& context, RpcService& rpc) {
            auto service = std::make_shared<EventsService>(context);
            service->Register(rpc);
            return std::shared_ptr<void>(service);
          },
  };
  return *definition;
}

}  // namespace chancery::events
