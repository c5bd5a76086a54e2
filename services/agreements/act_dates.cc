#include "services/agreements/act_dates.h"

#include "absl/strings/str_cat.h"
#include "services/chronology/compare.h"
#include "services/chronology/edtf_parser.h"

namespace chancery::agreements {

std::vector<DatedAct> ActsBy(const v1::Agreement& agreement, absl::CivilDay day) {
  std::vector<DatedAct> acts;
  for (const v1::Act& act : agreement.acts()) {
    DatedAct& dated = acts.emplace_back(DatedAct{&act, std::nullopt});
    auto date = chronology::Parse(act.time().edtf());
    if (!date.ok()) continue;
    dated.by =
        chronology::MatchWindow(*date, {std::nullopt, day}, chronology::WindowMode::kOverlaps);
    dated.date = *std::move(date);
  }
  return acts;
}

bool CertainlyBefore(const DatedAct& a, const DatedAct& b) {
  return a.date.has_value() && b.date.has_value() &&
         chronology::Compare(*a.date, *b.date) == chronology::Relation::kBefore;
}

std::string PathOf(const v1::Act& act) { return absl::StrCat("acts.", act.id()); }

}  // namespace chancery::agreements
