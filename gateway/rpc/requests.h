#ifndef CHANCERY_GATEWAY_RPC_REQUESTS_H_
#define CHANCERY_GATEWAY_RPC_REQUESTS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "chancery/gateway/v1/gateway_service.pb.h"
#include "gateway/dossier/event_window.h"

// What is right in the gateway's own requests, before any service is asked. Pure.

namespace chancery::gateway::rpc {

// REQUIRED_FIELD_MISSING or RESOURCE_NAME_INVALID unless `value` is the name of a record of
// `collection`.
absl::Status CheckName(absl::string_view field, const std::string& value,
                       absl::string_view collection);

// Two different states.
absl::Status CheckStates(const std::string& state, const std::string& other_state);

// A post or a state.
absl::Status CheckHolders(const v1::ListOfficeHoldersRequest& request);

// ENUM_VALUE_UNKNOWN unless all are sections that a dossier has.
absl::Status CheckSections(const v1::GetDossierRequest& request);

// Two different states, sections that there are, and a page token only for one of them.
absl::Status CheckDossier(const v1::GetDossierRequest& request);

// The days that a timeline is asked for; nullopt if for all. DATE_INVALID if they are none.
absl::StatusOr<std::optional<dossier::EventWindow>> WindowOf(
    const v1::ListTimelineRequest& request);

// A person or a post, and another one or a state.
absl::Status CheckParties(const std::string& party, const std::string& other_party);

// Whether the section is wanted: all are if none is named.
bool Wants(const v1::GetDossierRequest& request, v1::GetDossierRequest::Section section);

// 0 means 50, more than 500 means 500; PAGE_SIZE_INVALID if negative.
absl::StatusOr<size_t> PageSize(int32_t requested);

inline constexpr int kMaxPageSize = 500;

// States on one side of an answer that follows successions; no chain of them is that long.
inline constexpr size_t kMaxStates = 16;

}  // namespace chancery::gateway::rpc

#endif  // CHANCERY_GATEWAY_RPC_REQUESTS_H_
