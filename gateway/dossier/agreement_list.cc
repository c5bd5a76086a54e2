#include "gateway/dossier/agreement_list.h"

#include <string>
#include <utility>

#include "gateway/dossier/dates.h"
#include "gateway/dossier/display_name.h"

namespace chancery::gateway::dossier {
namespace {

using agreements::v1::Act;
using agreements::v1::Agreement;
using agreements::v1::Matter;

// The date of the earliest act that has one; null if none has.
const types::v1::Date* FirstAct(const Agreement& agreement) {
  const types::v1::Date* first = nullptr;
  for (const Act& act : agreement.acts()) {
    if (!Read(act.time())) continue;
    if (first == nullptr || SortKeyOf(act.time()) < SortKeyOf(*first)) first = &act.time();
  }
  return first;
}

std::string TitleOf(const Agreement& agreement, absl::CivilDay day) {
  std::string title = DisplayName(agreement.titles(), day);
  if (title.empty()) title = agreement.subject();
  return title.empty() ? IdOf(agreement.name()) : title;
}

}  // namespace

ListKey KeyOf(const Agreement& agreement) {
  const types::v1::Date* first = FirstAct(agreement);
  return {first != nullptr ? SortKeyOf(*first) : chronology::kUndated, agreement.name()};
}

void AddReferences(const Agreement& agreement, NameSet& names) {
  for (const auto& party : agreement.parties()) names.insert(party.party());
  for (const std::string& matter : agreement.matters()) names.insert(matter);
}

v1::AgreementEntry MakeEntry(Agreement agreement, const Directory& directory,
                             absl::CivilDay valid_at) {
  v1::AgreementEntry entry;
  entry.set_display_title(TitleOf(agreement, valid_at));
  for (const auto& party : agreement.parties()) {
    entry.add_party_names(directory.NameOf(party.party(), valid_at));
  }
  for (const std::string& name : agreement.matters()) {
    if (const Matter* matter = directory.Find<Matter>(name)) *entry.add_matters() = *matter;
  }
  if (const types::v1::Date* first = FirstAct(agreement)) *entry.mutable_first_act() = *first;
  *entry.mutable_agreement() = std::move(agreement);
  return entry;
}

}  // namespace chancery::gateway::dossier
