#include "gateway/rpc/gateway.h"

#include <utility>

#include "gateway/rpc/collections.h"
#include "gateway/rpc/environment.h"
#include "gateway/rpc/methods.h"
#include "gateway/rpc/pass_through.h"

namespace chancery::gateway::rpc {
namespace {

constexpr char kGatewayService[] = "chancery.gateway.v1.GatewayService";

// Serves a function of methods.h.
template <typename Request>
void Serve(serving::RpcService& rpc, const char* method, const Environment& environment,
           void (*function)(const Environment&, Request, serving::Call)) {
  rpc.Unary<Request>(method, [&environment, function](Request request, serving::Call call) {
    function(environment, std::move(request), std::move(call));
  });
}

}  // namespace

struct Gateway::Parts {
  explicit Parts(GatewayOptions options)
      : backends(options.channels, options.clock, options.skew),
        collections(backends),
        environment{backends,     collections,    options.clock,
                    options.skew, options.limits, options.ephemeral},
        people(environment, backends.people()),
        events(environment, backends.events()),
        agreements(environment, backends.agreements()),
        own(kGatewayService) {
    Serve(own, "GetDossier", environment, &GetDossier);
    Serve(own, "ListTimeline", environment, &ListTimeline);
    Serve(own, "ListEncounters", environment, &ListEncounters);
    Serve(own, "ListOfficeHolders", environment, &ListOfficeHolders);
    Serve(own, "GetSourceCoverage", environment, &GetSourceCoverage);
    Serve(own, "GetRegisterStatus", environment, &GetRegisterStatus);
    Serve(own, "ImportRecords", environment, &ImportRecords);
    Serve(own, "ExportRecords", environment, &ExportRecords);
    Serve(own, "ExportHistory", environment, &ExportHistory);
    Serve(own, "RestoreHistory", environment, &RestoreHistory);
  }

  upstream::Backends backends;
  Collections collections;
  Environment environment;
  PassThrough people;
  PassThrough events;
  PassThrough agreements;
  serving::RpcService own;
};

Gateway::Gateway(GatewayOptions options) : parts_(std::make_unique<Parts>(std::move(options))) {}

Gateway::~Gateway() = default;

std::vector<serving::RpcService*> Gateway::services() {
  return {&parts_->own, parts_->people.service(), parts_->events.service(),
          parts_->agreements.service()};
}

}  // namespace chancery::gateway::rpc
