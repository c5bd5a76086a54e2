#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "chancery/gateway/v1/gateway_service.pb.h"
#include "gateway/ctl/call/catalog.h"
#include "gateway/ctl/commands.h"
#include "gateway/ctl/invocation.h"
#include "gateway/ctl/print/json.h"
#include "gateway/ctl/print/record_text.h"
#include "gateway/ctl/print/section_text.h"
#include "google/protobuf/empty.pb.h"
#include "google/protobuf/unknown_field_set.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"

namespace chancery::ctl {
namespace {

namespace v1 = gateway::v1;

constexpr absl::Duration kFirstPause = absl::Milliseconds(20);
constexpr absl::Duration kLongestPause = absl::Milliseconds(500);

// grpc.health.v1, whose reply is one enum: 1 is SERVING. An empty request asks about the server as
// a whole.
absl::Status CheckServing(const Client& client, absl::Duration timeout) {
  google::protobuf::Empty reply;
  RETURN_IF_ERROR(
      client.CallPath("/grpc.health.v1.Health/Check", google::protobuf::Empty(), reply, timeout));
  const auto& fields = reply.GetReflection()->GetUnknownFields(reply);
  for (int i = 0; i < fields.field_count(); ++i) {
    if (fields.field(i).number() == 1 && fields.field(i).varint() == 1) return absl::OkStatus();
  }
  return errors::Error(types::v1::STORE_UNAVAILABLE, "the register is not ready");
}

absl::StatusOr<v1::RegisterStatus> AskStatus(const Client& client, bool full) {
  v1::GetRegisterStatusRequest request;
  request.set_full(full);
  v1::RegisterStatus status;
  RETURN_IF_ERROR(client.Call(GatewayMethod("GetRegisterStatus"), request, status));
  return status;
}

// Ready means that a read would succeed: the gateway serves and all of its services answer.
absl::Status CheckReady(const Client& client, absl::Duration timeout) {
  RETURN_IF_ERROR(CheckServing(client, timeout));
  ASSIGN_OR_RETURN(const v1::RegisterStatus status, AskStatus(client, /*full=*/false));
  if (status.unreachable().empty()) return absl::OkStatus();
  const std::string& service = status.unreachable(0).service();
  return errors::Error(types::v1::SERVICE_UNREACHABLE, absl::StrCat(service, " can not be reached"),
                       {{"service", service}});
}

// Asks until the register is ready or the time is over; the last answer counts.
absl::Status WaitUntilReady(const Client& client, absl::Duration wait) {
  const absl::Time end = absl::Now() + wait;
  absl::Duration pause = kFirstPause;
  for (;;) {
    const absl::Duration left = std::max(end - absl::Now(), absl::Milliseconds(1));
    absl::Status status = CheckReady(client, std::min(client.timeout(), left));
    if (status.ok() || absl::Now() + pause >= end) return status;
    absl::SleepFor(pause);
    pause = std::min(2 * pause, kLongestPause);
  }
}

Table StatusTable(const v1::RegisterStatus& status, bool full) {
  Table table{{"service", "version", "last_commit_time"}, {}};
  if (full) table.columns.insert(table.columns.end(), {"records", "digest"});
  for (const auto& store : status.stores()) {
    std::vector<std::string> row = {
        store.service(), store.version(),
        store.has_last_commit_time() ? TimeText(store.last_commit_time()) : "none"};
    if (full) {
      int64_t records = 0;
      for (const auto& collection : store.collections()) records += collection.live_records();
      row.push_back(absl::StrCat(records));
      row.push_back(store.digest());
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

absl::StatusOr<Exit> Health(Invocation& in) {
  ASSIGN_OR_RETURN(const Client* client, in.Register());
  if (in.Has("--wait")) {
    ASSIGN_OR_RETURN(const absl::Duration wait, in.Duration("--wait"));
    RETURN_IF_ERROR(WaitUntilReady(*client, wait));
  } else if (in.Has("--ready")) {
    RETURN_IF_ERROR(CheckReady(*client, client->timeout()));
  } else {
    RETURN_IF_ERROR(CheckServing(*client, client->timeout()));
  }
  if (in.Has("--ready")) {
    in.output().ShowValue(JsonObject({{"ready", "true"}}), "ready\n");
    return Exit::kDone;
  }
  const bool full = in.Has("--full");
  ASSIGN_OR_RETURN(const v1::RegisterStatus status, AskStatus(*client, full));
  in.output().Show(status, StatusTable(status, full));
  if (status.ephemeral()) in.output().ShowMissing("ephemeral: nothing is kept\n");
  if (!status.digest().empty()) {
    in.output().ShowMissing(absl::StrCat("digest ", status.digest(), "\n"));
  }
  in.output().ShowMissing(UnreachableText(status.unreachable()));
  return status.unreachable().empty() ? Exit::kDone : Exit::kPartial;
}

}  // namespace

Commands HealthCommands() {
  return {
      {.name = "health",
       .summary = "Show whether the register is ready, and the state of its stores.",
       .flags = {{.name = "--ready", .summary = "Only whether it is ready: exit code 0 or 4."},
                 {.name = "--wait",
                  .value = "DURATION",
                  .summary = "Wait for it to become ready, as long as this."},
                 {.name = "--full", .summary = "Also digests and counts, which reads everything."}},
       .example = "chancery health --ready --wait 60s",
       .run = Health},
  };
}

}  // namespace chancery::ctl
