#include "gateway/dossier/dates.h"

#include "services/chronology/edtf_parser.h"
#include "services/chronology/window.h"

namespace chancery::gateway::dossier {

std::optional<chronology::Edtf> Read(const types::v1::Date& date) {
  if (date.edtf().empty()) return std::nullopt;
  auto edtf = chronology::Parse(date.edtf());
  if (!edtf.ok()) return std::nullopt;
  return *std::move(edtf);
}

chronology::SortKey SortKeyOf(const types::v1::Date& date) {
  const auto edtf = Read(date);
  return edtf ? chronology::SortKeyOf(*edtf) : chronology::kUndated;
}

bool MayBeValid(const types::v1::Date& valid, absl::CivilDay day) {
  const auto edtf = Read(valid);
  if (!edtf) return true;
  return chronology::MatchWindow(*edtf, {day, day}, chronology::WindowMode::kOverlaps) !=
         chronology::WindowMatch::kNo;
}

}  // namespace chancery::gateway::dossier
