#include "gateway/ctl/print/section_text.h"

#include <type_traits>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gateway/ctl/print/entry_text.h"
#include "gateway/ctl/print/page.h"
#include "gateway/ctl/print/record_text.h"
#include "gateway/ctl/print/status_text.h"
#include "google/protobuf/descriptor.h"

namespace chancery::ctl {
namespace {

namespace v1 = gateway::v1;

// Collects non-empty parts.
void Put(std::string part, std::vector<std::string>& parts) {
  if (!part.empty()) parts.push_back(std::move(part));
}

std::string Dotted(const std::vector<std::string>& parts) { return absl::StrJoin(parts, " · "); }

template <typename Strings>
std::string Listed(absl::string_view label, const Strings& strings) {
  return strings.empty() ? "" : absl::StrCat(label, absl::StrJoin(strings, ", "));
}

std::string VenueText(const types::v1::Venue& venue) {
  return venue.as_stated().empty() ? venue.locality() : venue.as_stated();
}

std::string ParticipantText(const v1::ParticipantLine& line) {
  std::string text = line.display_name();
  if (!line.titles().empty()) absl::StrAppend(&text, ", ", absl::StrJoin(line.titles(), ", "));
  const std::string& state = line.state_name().empty() ? line.state() : line.state_name();
  if (!state.empty() && state != line.display_name()) absl::StrAppend(&text, " (", state, ")");
  return text;
}

void AddEntry(const v1::TimelineEntry& entry, CitationNumbers& numbers, Page& page) {
  const auto& event = entry.event();
  page.DatedLine(DateText(event.time()), DisplayName(event));
  std::vector<std::string> facts;
  if (entry.certainty() == types::v1::CERTAINTY_POSSIBLE) Put("possibly then", facts);
  Put(EnumWords(events::v1::Event::Kind_Name(event.kind())), facts);
  Put(VenueText(event.venue()), facts);
  if (!entry.host_event_title().empty()) Put("during " + entry.host_event_title(), facts);
  Put(Listed("part of ", entry.parent_titles()), facts);
  Put(Listed("series: ", entry.series_titles()), facts);
  Put(AccountsText(event), facts);
  page.Line(Dotted(facts), Page::kDateWidth);
  for (const auto& participant : entry.participants()) {
    page.Line(ParticipantText(participant), Page::kDateWidth);
  }
  for (const auto& outcome : event.outcomes()) page.Line("– " + outcome.text(), Page::kDateWidth);
  page.Line(numbers.LineOf(event, event.name()), Page::kDateWidth);
}

std::string ActText(const agreements::v1::Act& act) {
  std::string text = EnumWords(agreements::v1::Act::Action_Name(act.action()));
  if (act.has_time()) absl::StrAppend(&text, " ", DateText(act.time()));
  if (!act.party().empty()) absl::StrAppend(&text, " (", act.party(), ")");
  return text;
}

std::string StatedText(const agreements::v1::StatedStatus& stated) {
  return absl::StrCat("stated: ",
                      stated.as_stated().empty()
                          ? EnumWords(agreements::v1::StatedStatus::Status_Name(stated.status()))
                          : stated.as_stated());
}

void AddEntry(const v1::AgreementEntry& entry, CitationNumbers& numbers, Page& page) {
  const auto& agreement = entry.agreement();
  page.DatedLine(DateText(entry.first_act()),
                 entry.display_title().empty() ? agreement.name() : entry.display_title());
  std::vector<std::string> facts;
  Put(EnumWords(agreements::v1::Agreement::Kind_Name(agreement.kind())), facts);
  Put(Listed("", entry.party_names()), facts);
  Put(AccountsText(agreement), facts);
  page.Line(Dotted(facts), Page::kDateWidth);
  std::vector<std::string> acts;
  for (const auto& act : agreement.acts()) acts.push_back(ActText(act));
  for (const auto& stated : agreement.stated_statuses()) acts.push_back(StatedText(stated));
  page.Line(Dotted(acts), Page::kDateWidth);
  if (entry.has_status()) {
    page.Line(absl::StrCat("on ", entry.status().valid_at(), ": ", DecidedText(entry.status())),
              Page::kDateWidth);
  }
  std::vector<std::string> matters;
  for (const auto& matter : entry.matters()) matters.push_back(DisplayName(matter));
  page.Line(Listed("on ", matters), Page::kDateWidth);
  page.Line(numbers.LineOf(agreement, agreement.name()), Page::kDateWidth);
}

// Entries of one line stand one below the other.
template <typename Entry>
constexpr bool kIsLine =
    std::is_same_v<Entry, v1::OfficeHolder> || std::is_same_v<Entry, v1::Contact>;

template <typename Entries>
void AddEntries(const Entries& entries, CitationNumbers& numbers, Page& page) {
  if (!entries.empty() && kIsLine<typename Entries::value_type>) page.Blank();
  for (const auto& entry : entries) {
    if (!kIsLine<typename Entries::value_type>) page.Blank();
    AddEntry(entry, numbers, page);
  }
}

std::string AsOfText(const types::v1::AsOf& as_of) {
  std::string text = absl::StrCat("known at ", TimeText(as_of.known_at()));
  if (!as_of.valid_at().empty()) absl::StrAppend(&text, " · valid at ", as_of.valid_at());
  return text;
}

// "Timeline: 50 of at least 51 shown", the entries, and how to see more of them.
template <typename Section>
void AddSection(const char* title, const Section& section, const std::string& more,
                CitationNumbers& numbers, Page& page) {
  const int shown = section.entries_size();
  if (shown == 0) {
    page.Heading(absl::StrCat(title, ": none recorded"));
    return;
  }
  const std::string& token = section.next_page_token();
  const bool limited = !token.empty() || section.total().comparator() == types::v1::Count::GE;
  if (!limited) {
    page.Heading(absl::StrCat(title, ": ", shown));
    AddEntries(section.entries(), numbers, page);
    return;
  }
  const std::string of = absl::StrCat(shown, " of ", CountText(section.total()), " shown");
  page.Heading(absl::StrCat(title, ": ", of));
  AddEntries(section.entries(), numbers, page);
  page.Blank();
  page.Raw(absl::StrCat(of, " · next: ", more, " --page-token ", token, "\n"));
}

std::string TitleOf(const v1::Dossier& dossier) {
  std::vector<std::string> asked;
  for (const auto& state : dossier.states()) {
    if (state.succeeded_by().empty()) asked.push_back(state.display_name());
  }
  return absl::StrJoin(asked, " – ");
}

Asked NamesAsked(const v1::Dossier& dossier) {
  Asked names;
  for (const auto& state : dossier.states()) {
    if (state.succeeded_by().empty()) names.push_back(state.state().name());
  }
  return names;
}

// "with USSR, succeeded by states/russia", and who says so.
std::string PredecessorText(const v1::DossierState& state, CitationNumbers& numbers) {
  std::vector<std::string> words = {
      absl::StrCat("with ", state.display_name(), ", succeeded by ", state.succeeded_by())};
  for (const auto& succession : state.state().successions()) {
    if (succession.successor() == state.succeeded_by()) Put(numbers.Of(succession), words);
  }
  Put(AccountsText(state.state()), words);
  return Dotted(words);
}

// The sightings that decided, or what ended the tenure.
std::string DecidedBy(const v1::OfficeHolder& holder) {
  return holder.ended_by().empty() ? absl::StrJoin(holder.decided_by(), ", ") : holder.ended_by();
}

}  // namespace

std::string DossierText(const v1::Dossier& dossier, Setting setting, CitationNumbers& numbers) {
  Page page(setting);
  page.Heading(TitleOf(dossier));
  page.Line(Dotted(NamesAsked(dossier)), 0);
  page.Line(AsOfText(dossier.as_of()), 0);
  for (const auto& state : dossier.states()) {
    if (state.succeeded_by().empty()) continue;
    page.Line(PredecessorText(state, numbers), 0);
  }
  const std::string pair = absl::StrJoin(NamesAsked(dossier), " ");
  if (dossier.has_timeline()) {
    AddSection("Timeline", dossier.timeline(), "chancery timeline " + pair, numbers, page);
  }
  const std::string goes_on = absl::StrCat("chancery dossier ", pair, " --section ");
  if (dossier.has_agreements()) {
    AddSection("Agreements", dossier.agreements(), goes_on + "AGREEMENTS", numbers, page);
  }
  if (dossier.has_matters()) {
    AddSection("Matters", dossier.matters(), goes_on + "MATTERS", numbers, page);
  }
  if (dossier.has_holders()) {
    AddSection("Holders of posts", dossier.holders(), goes_on + "HOLDERS", numbers, page);
  }
  if (dossier.has_contacts()) {
    AddSection("Contacts", dossier.contacts(), goes_on + "CONTACTS", numbers, page);
  }
  if (dossier.has_statistics()) {
    AddSection("Statistics", dossier.statistics(), goes_on + "STATISTICS", numbers, page);
  }
  if (dossier.unreachable_size() > 0) page.Blank();
  page.Raw(UnreachableText(dossier.unreachable()));
  return page.Finish();
}

std::string TimelineText(const v1::ListTimelineResponse& timeline, const Asked& asked,
                         Setting setting, CitationNumbers& numbers) {
  Page page(setting);
  page.Line(Dotted(asked), 0);
  page.Line(AsOfText(timeline.as_of()), 0);
  if (timeline.entries().empty()) page.Line("none recorded", 0);
  AddEntries(timeline.entries(), numbers, page);
  if (timeline.unreachable_size() > 0) page.Blank();
  page.Raw(UnreachableText(timeline.unreachable()));
  return page.Finish();
}

std::string EncountersText(const v1::ListEncountersResponse& encounters, const Asked& asked,
                           Setting setting, CitationNumbers& numbers) {
  Page page(setting);
  page.Line(Dotted(asked), 0);
  page.Line(AsOfText(encounters.as_of()), 0);
  if (encounters.encounters().empty()) page.Line("none recorded", 0);
  AddEntries(encounters.encounters(), numbers, page);
  if (encounters.unreachable_size() > 0) page.Blank();
  page.Raw(UnreachableText(encounters.unreachable()));
  return page.Finish();
}

Table HolderTable(const v1::ListOfficeHoldersResponse& holders) {
  Table table{{"post", "title", "holder", "certainty", "standing", "tenure", "decided_by"}, {}};
  for (const auto& holder : holders.holders()) {
    std::string certainty = types::v1::Certainty_Name(holder.certainty());
    table.rows.push_back({holder.post().name(), holder.post_title(),
                          holder.person_name().empty() ? "unknown" : holder.person_name(),
                          EnumWords(certainty.substr(sizeof("CERTAINTY_") - 1)),
                          EnumWords(v1::OfficeHolder::Standing_Name(holder.standing())),
                          holder.tenure().name(), DecidedBy(holder)});
  }
  return table;
}

std::string UnreachableText(
    const google::protobuf::RepeatedPtrField<v1::Unreachable>& unreachable) {
  std::string text;
  for (const auto& part : unreachable) {
    absl::StrAppend(&text, "not reached: ", part.service());
    if (!part.sections().empty()) {
      absl::StrAppend(&text, " (", absl::StrJoin(part.sections(), ", "), ")");
    }
    absl::StrAppend(&text, ", ", part.reason(), "\n");
  }
  return text;
}

}  // namespace chancery::ctl
