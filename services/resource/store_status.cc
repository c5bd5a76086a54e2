#include "services/resource/store_status.h"

#include <utility>

#include "google/protobuf/util/time_util.h"
#include "proto/errors/status_macros.h"
#include "services/serving/version.h"

namespace chancery::resource {
namespace {

using google::protobuf::util::TimeUtil;
using serving::Call;

types::v1::StoreStatus Brief(const Context& context, const storage::ReadView& view) {
  types::v1::StoreStatus status;
  status.set_service(context.service());
  if (const int64_t time = context.store().LastCommitTime(); time != 0) {
    *status.mutable_last_commit_time() = TimeUtil::MicrosecondsToTimestamp(time);
  }
  *status.mutable_now() = TimeUtil::MicrosecondsToTimestamp(context.store().clock().NowMicros());
  status.set_token(context.TokenOf(view.seq()));
  status.set_version(serving::kVersion);
  return status;
}

absl::StatusOr<types::v1::StoreStatus> Full(const Context& context, const storage::ReadView& view) {
  types::v1::StoreStatus status = Brief(context, view);
  ASSIGN_OR_RETURN(*status.mutable_digest(), context.store().Digest(view));
  ASSIGN_OR_RETURN(const storage::StoreStatistics statistics, context.store().Statistics());
  for (const auto& [collection, count] : statistics.live_records) {
    auto* row = status.add_collections();
    row->set_collection(collection);
    row->set_live_records(static_cast<int64_t>(count));
  }
  return status;
}

}  // namespace

void AnswerStoreStatus(const Context& context, const types::v1::GetStoreStatusRequest& request,
                       Call call) {
  const storage::ReadView view = context.store().Latest();
  context.AddReplyMetadata(call, view.seq());
  if (!request.full()) return std::move(call).Finish(Brief(context, view));
  context.Run(std::move(call), [&context, view](Call running) {
    const auto status = Full(context, view);
    if (!status.ok()) return std::move(running).Finish(status.status());
    std::move(running).Finish(*status);
  });
}

}  // namespace chancery::resource
