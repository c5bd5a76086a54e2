#include "gateway/dossier/directory.h"

#include <utility>

#include "absl/strings/match.h"
#include "chancery/agreements/v1/agreement.pb.h"
#include "chancery/agreements/v1/matter.pb.h"
#include "chancery/agreements/v1/programme.pb.h"
#include "chancery/agreements/v1/source.pb.h"
#include "chancery/events/v1/event.pb.h"
#include "chancery/events/v1/series.pb.h"
#include "chancery/people/v1/organization.pb.h"
#include "chancery/people/v1/person.pb.h"
#include "chancery/people/v1/post.pb.h"
#include "chancery/people/v1/state.pb.h"
#include "gateway/dossier/display_name.h"

namespace chancery::gateway::dossier {

void Directory::Add(const std::string& name,
                    std::unique_ptr<const google::protobuf::Message> record) {
  entries_.try_emplace(name, Entry{std::move(record), {}, {}});
}

std::string Directory::FindName(const google::protobuf::Message& record, absl::CivilDay day) {
  if (const auto* person = As<people::v1::Person>(record)) return DisplayName(person->names(), day);
  if (const auto* state = As<people::v1::State>(record)) return DisplayName(state->names(), day);
  if (const auto* post = As<people::v1::Post>(record)) return DisplayName(post->titles(), day);
  if (const auto* organization = As<people::v1::Organization>(record)) {
    return DisplayName(organization->names(), day);
  }
  if (const auto* event = As<events::v1::Event>(record)) return event->title();
  if (const auto* series = As<events::v1::Series>(record)) return series->title();
  if (const auto* matter = As<agreements::v1::Matter>(record)) return matter->title();
  if (const auto* agreement = As<agreements::v1::Agreement>(record)) {
    return DisplayName(agreement->titles(), day);
  }
  if (const auto* programme = As<agreements::v1::Programme>(record)) return programme->title();
  if (const auto* source = As<agreements::v1::Source>(record)) return source->title();
  return "";
}

std::string Directory::NameOf(absl::string_view name, absl::CivilDay day) const {
  const auto found = entries_.find(name);
  if (found == entries_.end()) return IdOf(name);
  const Entry& entry = found->second;
  if (entry.day != day) {
    entry.shown = FindName(*entry.record, day);
    entry.day = day;
  }
  return entry.shown.empty() ? IdOf(name) : entry.shown;
}

std::string Directory::StateOf(absl::string_view name) const {
  if (absl::StartsWith(name, "states/")) return std::string(name);
  if (const auto* post = Find<people::v1::Post>(name)) {
    return post->state().empty() ? StateOf(post->organization()) : post->state();
  }
  if (const auto* organization = Find<people::v1::Organization>(name)) return organization->state();
  return "";
}

NameSet Directory::Missing(const NameSet& wanted) const {
  NameSet missing;
  for (const std::string& name : wanted) {
    if (!Has(name)) missing.insert(name);
  }
  return missing;
}

}  // namespace chancery::gateway::dossier
