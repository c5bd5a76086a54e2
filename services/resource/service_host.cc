#include "services/resource/service_host.h"

#include <utility>

#include "proto/errors/status_macros.h"
#include "services/resource/records_methods.h"
#include "services/resource/store_status.h"
#include "services/resource/text.h"

namespace chancery::resource {
namespace {

constexpr int kThreads = 2;
constexpr size_t kMaxQueued = 1024;

}  // namespace

storage::StoreOptions ServiceHost::Complete(const ServiceDefinition& definition,
                                            storage::StoreOptions options) {
  options.tables.clear();
  for (const ResourceSpec* spec : definition.specs) options.tables.push_back(spec->table);
  options.unicode_version = UnicodeVersion();
  return options;
}

absl::StatusOr<std::unique_ptr<ServiceHost>> ServiceHost::Open(const ServiceDefinition& definition,
                                                               storage::StoreOptions options,
                                                               const storage::Sealer* sealer) {
  std::unique_ptr<ServiceHost> host(new ServiceHost);
  ASSIGN_OR_RETURN(host->store_, storage::Store::Open(Complete(definition, std::move(options))));
  host->executor_ = std::make_unique<serving::Executor>(kThreads, kMaxQueued);
  host->context_ = std::make_unique<Context>(definition.name, host->store_.get(), sealer,
                                             host->executor_.get(), definition.specs);
  host->rpc_ = std::make_unique<serving::RpcService>(definition.full_name);
  host->methods_ = definition.serve(*host->context_, *host->rpc_);
  const Context* context = host->context_.get();
  host->rpc_->Unary<types::v1::GetStoreStatusRequest>(
      "GetStoreStatus", [context](types::v1::GetStoreStatusRequest request, serving::Call call) {
        AnswerStoreStatus(*context, request, std::move(call));
      });
  ServeRecords(*context, *host->rpc_);
  return host;
}

}  // namespace chancery::resource
