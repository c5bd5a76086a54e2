#include "services/agreements/agreement_status.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "google/protobuf/util/time_util.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"
#include "services/agreements/agreement_spec.h"
#include "services/agreements/ledger.h"
#include "services/chronology/edtf_parser.h"
#include "services/resource/annotations.h"
#include "storage/read_view.h"
#include "storage/store.h"

namespace chancery::agreements {
namespace {

using google::protobuf::util::TimeUtil;
using serving::Call;
using storage::ReadView;
using types::v1::AsOf;

constexpr int kMaxNames = 100;
// Below gRPC's limit, with room for framing.
constexpr size_t kMaxReplyBytes = (4 << 20) - (64 << 10);

// The day in the world that is asked for: that of the moment, where none is named.
absl::StatusOr<absl::CivilDay> DayOf(const resource::Context& context, const AsOf& as_of) {
  if (as_of.valid_at().empty()) {
    const int64_t moment = as_of.has_known_at()
                               ? TimeUtil::TimestampToMicroseconds(as_of.known_at())
                               : context.store().clock().NowMicros();
    return absl::ToCivilDay(absl::FromUnixMicros(moment), absl::UTCTimeZone());
  }
  const auto day = chronology::ParseDay(as_of.valid_at());
  if (day.ok()) return *day;
  return errors::Error(types::v1::VALID_AT_INVALID,
                       absl::StrCat("as_of.valid_at: \"", as_of.valid_at(),
                                    "\" is not a day of the form YYYY-MM-DD"),
                       {{"field", "as_of.valid_at"}, {"value", as_of.valid_at()}});
}

absl::StatusOr<v1::AgreementStatus> StatusAt(const ReadView& view, const std::string& name,
                                             absl::CivilDay day) {
  ASSIGN_OR_RETURN(const auto version, view.Get(*AgreementSpec().table, name));
  if (!version.has_value()) {
    return errors::Error(types::v1::RESOURCE_NOT_FOUND, absl::StrCat("there is no ", name),
                         {{"name", name}});
  }
  if (version->header.deleted()) {
    return errors::Error(types::v1::RESOURCE_DELETED, absl::StrCat(name, " is deleted"),
                         {{"name", name}});
  }
  v1::Agreement agreement;
  RETURN_IF_ERROR(version->ParseTo(agreement));
  agreement.set_name(name);
  return StatusOn(agreement, day);
}

absl::StatusOr<v1::BatchGetAgreementStatusesResponse> StatusesAt(
    const ReadView& view, const std::vector<std::string>& names, absl::CivilDay day,
    const Call& call) {
  v1::BatchGetAgreementStatusesResponse response;
  size_t bytes = 0;
  for (const std::string& name : names) {
    if (call.cancelled()) break;
    ASSIGN_OR_RETURN(v1::AgreementStatus status, StatusAt(view, name, day));
    bytes += status.ByteSizeLong() + 8;
    if (bytes > kMaxReplyBytes) {
      const std::string fits = absl::StrCat(response.agreement_statuses_size());
      return errors::Error(types::v1::RESPONSE_TOO_LARGE,
                           absl::StrCat("the answer is too large; ", fits, " of the names fit"),
                           {{"fits", fits}});
    }
    *response.add_agreement_statuses() = std::move(status);
  }
  return response;
}

template <typename Reply>
void Finish(const absl::StatusOr<Reply>& reply, Call call) {
  if (!reply.ok()) return std::move(call).Finish(reply.status());
  std::move(call).Finish(*reply);
}

}  // namespace

void AnswerAgreementStatus(const resource::Context& context, v1::GetAgreementStatusRequest request,
                           Call call) {
  if (absl::Status status = resource::Prepare(request); !status.ok()) {
    return std::move(call).Finish(status);
  }
  const absl::StatusOr<absl::CivilDay> day = DayOf(context, request.as_of());
  if (!day.ok()) return std::move(call).Finish(day.status());
  context.Read(request.as_of(), std::move(call),
               [&context, name = request.name(), day = *day](const ReadView& view, Call on) {
                 context.Run(std::move(on), [view, name, day](Call running) {
                   Finish(StatusAt(view, name, day), std::move(running));
                 });
               });
}

void AnswerAgreementStatuses(const resource::Context& context,
                             v1::BatchGetAgreementStatusesRequest request, Call call) {
  absl::Status status = resource::Prepare(request);
  if (status.ok() && request.names_size() > kMaxNames) {
    status = errors::Error(types::v1::BATCH_TOO_LARGE, absl::StrCat("names: at most ", kMaxNames),
                           {{"field", "names"},
                            {"count", absl::StrCat(request.names_size())},
                            {"limit", absl::StrCat(kMaxNames)}});
  }
  const absl::StatusOr<absl::CivilDay> day = DayOf(context, request.as_of());
  status.Update(day.status());
  if (!status.ok()) return std::move(call).Finish(status);
  std::vector<std::string> names(request.names().begin(), request.names().end());
  context.Read(request.as_of(), std::move(call),
               [&context, names = std::move(names), day = *day](const ReadView& view, Call on) {
                 context.Run(std::move(on), [view, names, day](Call running) {
                   auto statuses = StatusesAt(view, names, day, running);
                   Finish(statuses, std::move(running));
                 });
               });
}

}  // namespace chancery::agreements
