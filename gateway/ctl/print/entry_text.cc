#include "gateway/ctl/print/entry_text.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gateway/ctl/print/record_text.h"

namespace chancery::ctl {
namespace {

namespace v1 = gateway::v1;
using agreements::v1::Matter;

constexpr int kIndent = Page::kDateWidth;

void Put(std::string part, std::vector<std::string>& parts) {
  if (!part.empty()) parts.push_back(std::move(part));
}

std::string Dotted(const std::vector<std::string>& parts) { return absl::StrJoin(parts, " · "); }

std::string StatedText(const agreements::v1::StatedState& stated) {
  std::string text = stated.state() == agreements::v1::StatedState::STATE_UNSPECIFIED
                         ? stated.as_stated()
                         : EnumWords(agreements::v1::StatedState::State_Name(stated.state()));
  if (stated.has_as_of()) absl::StrAppend(&text, " as of ", DateText(stated.as_of()));
  return text;
}

std::string CertaintyText(const v1::OfficeHolder& holder) {
  const std::string& name = types::v1::Certainty_Name(holder.certainty());
  return EnumWords(name.substr(sizeof("CERTAINTY_") - 1));
}

std::string PartyText(const v1::EncounterParty& party) {
  std::string text = party.display_name();
  for (const std::string& title : party.titles()) {
    if (title != party.display_name()) absl::StrAppend(&text, ", ", title);
  }
  return text;
}

template <typename Parties>
std::string PartiesText(const Parties& parties) {
  return absl::StrJoin(parties, "; ", [](std::string* out, const v1::EncounterParty& party) {
    absl::StrAppend(out, PartyText(party));
  });
}

}  // namespace

void AddEntry(const v1::MatterEntry& entry, CitationNumbers& numbers, Page& page) {
  const Matter& matter = entry.matter();
  page.Line(DisplayName(matter), 0);
  std::vector<std::string> facts;
  if (matter.kind() != Matter::KIND_UNSPECIFIED) {
    Put(EnumWords(Matter::Kind_Name(matter.kind())), facts);
  }
  Put(absl::StrJoin(entry.state_names(), ", "), facts);
  for (const auto& stated : matter.stated_states()) Put(StatedText(stated), facts);
  Put(AccountsText(matter), facts);
  page.Line(Dotted(facts), kIndent);
  for (const v1::PositionEntry& held : entry.positions()) {
    const auto& position = held.position();
    std::vector<std::string> words = {
        absl::StrCat("– ", absl::StrJoin(held.holder_names(), ", "), ": ", position.text())};
    Put(AccountsText(position), words);
    words.push_back(numbers.LineOf(position, position.name()));
    page.Line(Dotted(words), kIndent);
  }
  if (entry.position_count().comparator() == types::v1::Count::GE) {
    page.Line(absl::StrCat(CountText(entry.position_count()), " positions"), kIndent);
  }
  page.Line(numbers.LineOf(matter, matter.name()), kIndent);
}

void AddEntry(const v1::OfficeHolder& holder, CitationNumbers& numbers, Page& page) {
  std::vector<std::string> words;
  words.push_back(absl::StrCat(holder.post_title(), ": ",
                               holder.has_tenure() ? holder.person_name() : "unknown"));
  if (holder.has_tenure()) Put(CertaintyText(holder), words);
  Put(AccountsText(holder.tenure()), words);
  words.push_back(holder.has_tenure() ? numbers.LineOf(holder.tenure(), holder.tenure().name())
                                      : holder.post().name());
  page.Line(Dotted(words), 0);
}

void AddEntry(const v1::Contact& contact, CitationNumbers& /*numbers*/, Page& page) {
  std::vector<std::string> words = {absl::StrCat(
      contact.party_name(), " – ", contact.other_party_name(), ": ", CountText(contact.count()),
      contact.count().value() == 1 ? " contact" : " contacts")};
  if (contact.has_last_time()) {
    if (contact.first_event() != contact.last_event()) {
      words.push_back("first " + DateText(contact.first_time()));
    }
    words.push_back("last " + DateText(contact.last_time()));
  }
  Put(contact.last_event(), words);
  page.Line(Dotted(words), 0);
}

void AddEntry(const v1::StatisticEntry& entry, CitationNumbers& numbers, Page& page) {
  const auto& statistic = entry.statistic();
  page.DatedLine(DateText(statistic.period()), DisplayName(statistic));
  std::vector<std::string> facts;
  const auto& count = statistic.count();
  Put(count.comparator() == types::v1::Count::VAGUE ? count.as_stated() : CountText(count), facts);
  Put(entry.population_name(), facts);
  Put("on " + entry.subject_name(), facts);
  Put(AccountsText(statistic), facts);
  page.Line(Dotted(facts), kIndent);
  page.Line(numbers.LineOf(statistic, statistic.name()), kIndent);
}

void AddEntry(const v1::Encounter& encounter, CitationNumbers& numbers, Page& page) {
  const auto& event = encounter.entry().event();
  page.DatedLine(DateText(event.time()), DisplayName(event));
  std::vector<std::string> facts;
  Put(EnumWords(events::v1::Event::Kind_Name(event.kind())), facts);
  Put(event.venue().as_stated().empty() ? event.venue().locality() : event.venue().as_stated(),
      facts);
  if (const std::string& host = encounter.entry().host_event_title(); !host.empty()) {
    facts.push_back("during " + host);
  }
  Put(AccountsText(event), facts);
  page.Line(Dotted(facts), kIndent);
  page.Line(PartiesText(encounter.parties()), kIndent);
  page.Line(PartiesText(encounter.other_parties()), kIndent);
  page.Line(numbers.LineOf(event, event.name()), kIndent);
}

}  // namespace chancery::ctl
