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
  records_.try_emplace(name, std::move(record));
}

std::string Directory::NameOf(absl::string_view name, absl::CivilDay day) const {
  std::string shown;
  if (const auto* state = Find<people::v1::State>(name)) {
    shown = DisplayName(state->names(), day);
  } else if (const auto* person = Find<people::v1::Person>(name)) {
    shown = DisplayName(person->names(), day);
  } else if (const auto* post = Find<people::v1::Post>(name)) {
    shown = DisplayName(post->titles(), day);
  } else if (const auto* organization = Find<people::v1::Organization>(name)) {
    shown = DisplayName(organization->names(), day);
  } else if (const auto* event = Find<events::v1::Event>(name)) {
    shown = event->title();
  } else if (const auto* series = Find<events::v1::Series>(name)) {
    shown = series->title();
  } else if (const auto* matter = Find<agreements::v1::Matter>(name)) {
    shown = matter->title();
  } else if (const auto* agreement = Find<agreements::v1::Agreement>(name)) {
    shown = DisplayName(agreement->titles(), day);
  } else if (const auto* programme = Find<agreements::v1::Programme>(name)) {
    shown = programme->title();
  } else if (const auto* source = Find<agreements::v1::Source>(name)) {
    shown = source->title();
  }
  return shown.empty() ? IdOf(name) : shown;
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
