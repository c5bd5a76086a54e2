#include "gateway/rpc/requests.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"
#include "services/chronology/window_parser.h"

namespace chancery::gateway::rpc {
namespace {

constexpr size_t kMaxId = 63;

// [a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?
bool IsId(absl::string_view id) {
  if (id.empty() || id.size() > kMaxId || id.front() == '-' || id.back() == '-') return false;
  return std::all_of(id.begin(), id.end(), [](char c) {
    return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-';
  });
}

bool IsName(absl::string_view value, absl::string_view collection) {
  return absl::ConsumePrefix(&value, collection) && absl::ConsumePrefix(&value, "/") && IsId(value);
}

absl::Status Missing(absl::string_view field) {
  return errors::Error(types::v1::REQUIRED_FIELD_MISSING, absl::StrCat(field, " must be set"),
                       {{"field", std::string(field)}});
}

absl::Status NotAName(absl::string_view field, const std::string& value,
                      const std::string& pattern) {
  return errors::Error(
      types::v1::RESOURCE_NAME_INVALID, absl::StrCat(field, " is not a name like ", pattern),
      {{"field", std::string(field)}, {"value", value}, {"pattern", pattern}, {"position", "0"}});
}

}  // namespace

absl::Status CheckName(absl::string_view field, const std::string& value,
                       absl::string_view collection) {
  if (value.empty()) return Missing(field);
  if (IsName(value, collection)) return absl::OkStatus();
  const absl::string_view singular = absl::StripSuffix(collection, "s");
  return NotAName(field, value, absl::StrCat(collection, "/{", singular, "}"));
}

absl::Status CheckStates(const std::string& state, const std::string& other_state) {
  RETURN_IF_ERROR(CheckName("state", state, "states"));
  RETURN_IF_ERROR(CheckName("other_state", other_state, "states"));
  if (state != other_state) return absl::OkStatus();
  return errors::Error(
      types::v1::FIELD_INVALID, "other_state must be another state than state",
      {{"field", "other_state"}, {"value", other_state}, {"rule", "another state than `state`"}});
}

absl::Status CheckHolders(const v1::ListOfficeHoldersRequest& request) {
  const std::string& parent = request.parent();
  if (parent.empty()) return Missing("parent");
  const std::string& day = request.as_of().valid_at();
  if (IsName(parent, "events") && !day.empty()) {
    return errors::Error(types::v1::FIELD_INVALID,
                         "as_of.valid_at must be unset: an event has a date of its own",
                         {{"field", "as_of.valid_at"}, {"value", day}, {"rule", "unset"}});
  }
  for (const char* collection : {"posts", "states", "people", "events"}) {
    if (IsName(parent, collection)) return absl::OkStatus();
  }
  return NotAName("parent", parent,
                  "posts/{post}, states/{state}, people/{person} or events/{event}");
}

absl::Status CheckSections(const v1::GetDossierRequest& request) {
  for (int i = 0; i < request.sections_size(); ++i) {
    const int section = request.sections(i);
    if (v1::GetDossierRequest::Section_IsValid(section) && section != 0) continue;
    const std::string field = absl::StrCat("sections.", i);
    return errors::Error(types::v1::ENUM_VALUE_UNKNOWN,
                         absl::StrCat(field, ": a dossier has no section ", section),
                         {{"field", field},
                          {"value", absl::StrCat(section)},
                          {"enum", v1::GetDossierRequest::Section_descriptor()->full_name()}});
  }
  return absl::OkStatus();
}

absl::Status CheckDossier(const v1::GetDossierRequest& request) {
  RETURN_IF_ERROR(CheckStates(request.state(), request.other_state()));
  RETURN_IF_ERROR(CheckSections(request));
  if (request.page_token().empty() || request.sections_size() == 1) return absl::OkStatus();
  return errors::Error(types::v1::FIELD_INVALID,
                       "page_token goes on with one section, which sections must name alone",
                       {{"field", "sections"},
                        {"value", absl::StrCat(request.sections_size(), " sections")},
                        {"rule", "one section with a page token"}});
}

absl::StatusOr<std::optional<dossier::EventWindow>> WindowOf(
    const v1::ListTimelineRequest& request) {
  if (request.window_case() == v1::ListTimelineRequest::WINDOW_NOT_SET) return std::nullopt;
  const bool within = request.has_within();
  const std::string& days = within ? request.within() : request.overlaps();
  chronology::ParseError error;
  const auto window = chronology::ParseWindow(days, &error);
  if (window.ok()) {
    return dossier::EventWindow{
        *window, within ? chronology::WindowMode::kWithin : chronology::WindowMode::kOverlaps};
  }
  const std::string field = within ? "within" : "overlaps";
  return errors::Error(types::v1::DATE_INVALID,
                       absl::StrCat(field, ": \"", days, "\" is no window of days: expected ",
                                    error.expected, " at position ", error.position),
                       {{"field", field},
                        {"value", days},
                        {"position", absl::StrCat(error.position)},
                        {"rule", error.rule}});
}

absl::Status CheckParties(const std::string& party, const std::string& other_party) {
  if (party.empty()) return Missing("party");
  if (other_party.empty()) return Missing("other_party");
  if (!IsName(party, "people") && !IsName(party, "posts")) {
    return NotAName("party", party, "people/{person} or posts/{post}");
  }
  if (!IsName(other_party, "people") && !IsName(other_party, "posts") &&
      !IsName(other_party, "states")) {
    return NotAName("other_party", other_party, "people/{person}, posts/{post} or states/{state}");
  }
  if (party != other_party) return absl::OkStatus();
  return errors::Error(
      types::v1::FIELD_INVALID, "other_party must be another one than party",
      {{"field", "other_party"}, {"value", other_party}, {"rule", "another one than `party`"}});
}

bool Wants(const v1::GetDossierRequest& request, v1::GetDossierRequest::Section section) {
  return request.sections().empty() ||
         std::count(request.sections().begin(), request.sections().end(), section) > 0;
}

absl::StatusOr<size_t> PageSize(int32_t requested) {
  if (requested < 0) {
    return errors::Error(types::v1::PAGE_SIZE_INVALID,
                         absl::StrCat("page_size is ", requested, ", less than nothing"),
                         {{"value", absl::StrCat(requested)}});
  }
  return requested == 0 ? 50 : std::min(requested, kMaxPageSize);
}

}  // namespace chancery::gateway::rpc
