#include "gateway/dossier/display_name.h"

#include "gateway/dossier/dates.h"

namespace chancery::gateway::dossier {

std::string DisplayName(const Names& names, absl::CivilDay day) {
  const types::v1::Name* published = nullptr;
  for (const types::v1::Name& name : names) {
    if (name.use() != types::v1::Name::PUBLISHED) continue;
    if (MayBeValid(name.valid(), day)) return name.text();
    if (published == nullptr) published = &name;
  }
  if (published != nullptr) return published->text();
  return names.empty() ? "" : names[0].text();
}

std::string IdOf(absl::string_view resource_name) {
  const size_t slash = resource_name.find('/');
  if (slash == absl::string_view::npos) return std::string(resource_name);
  return std::string(resource_name.substr(slash + 1));
}

}  // namespace chancery::gateway::dossier
