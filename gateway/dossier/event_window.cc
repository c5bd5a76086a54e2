#include "gateway/dossier/event_window.h"

#include <algorithm>
#include <optional>

#include "gateway/dossier/dates.h"

namespace chancery::gateway::dossier {
namespace {

using types::v1::Citation;

bool SupportsTime(const Citation& citation) {
  const auto& elements = citation.elements();
  return elements.empty() || std::find(elements.begin(), elements.end(), "time") != elements.end();
}

// The last day for which the sources of its date speak.
std::optional<absl::CivilDay> AsOf(const events::v1::Event& event) {
  std::optional<absl::CivilDay> last;
  for (const Citation& citation : event.citations()) {
    if (!SupportsTime(citation)) continue;
    const auto as_of = Read(citation.as_of_source());
    const auto day = as_of ? as_of->earliest() : std::nullopt;
    if (day) last = last ? std::max(*last, *day) : *day;
  }
  return last;
}

}  // namespace

types::v1::Certainty CertaintyIn(const EventWindow& window, const events::v1::Event& event) {
  const auto date = Read(event.time());
  if (!date) return types::v1::CERTAINTY_UNSPECIFIED;
  switch (chronology::MatchWindow(*date, window.days, window.mode, AsOf(event))) {
    case chronology::WindowMatch::kNo:
      return types::v1::CERTAINTY_UNSPECIFIED;
    case chronology::WindowMatch::kPossible:
      return types::v1::CERTAINTY_POSSIBLE;
    case chronology::WindowMatch::kCertain:
      return types::v1::CERTAINTY_CERTAIN;
  }
  return types::v1::CERTAINTY_UNSPECIFIED;
}

}  // namespace chancery::gateway::dossier
