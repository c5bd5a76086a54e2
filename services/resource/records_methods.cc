#include "services/resource/records_methods.h"

#include <utility>

namespace chancery::resource {

using serving::Call;

void ServeRecords(const Context& context, serving::RpcService& rpc) {
  constexpr char kService[] = "chancery.types.v1.RecordsService";
  const Context* const of = &context;
  rpc.UnaryOf<types::v1::TakeRecordsRequest>(
      kService, "TakeRecords", [of](types::v1::TakeRecordsRequest request, Call call) {
        TakeRecords(*of, std::move(request), std::move(call));
      });
  rpc.UnaryOf<types::v1::FindMissingRequest>(
      kService, "FindMissing", [of](const types::v1::FindMissingRequest& request, Call call) {
        FindMissing(*of, request, std::move(call));
      });
  rpc.UnaryOf<types::v1::ScanRecordsRequest>(
      kService, "ScanRecords", [of](const types::v1::ScanRecordsRequest& request, Call call) {
        ScanRecords(*of, request, std::move(call));
      });
  rpc.UnaryOf<types::v1::ListChangesRequest>(
      kService, "ListChanges", [of](const types::v1::ListChangesRequest& request, Call call) {
        ListChanges(*of, request, std::move(call));
      });
  rpc.UnaryOf<types::v1::RestoreChangesRequest>(
      kService, "RestoreChanges", [of](types::v1::RestoreChangesRequest request, Call call) {
        RestoreChanges(*of, std::move(request), std::move(call));
      });
}

}  // namespace chancery::resource
