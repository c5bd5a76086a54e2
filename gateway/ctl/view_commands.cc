#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "chancery/gateway/v1/gateway_service.pb.h"
#include "gateway/ctl/call/catalog.h"
#include "gateway/ctl/cited_sources.h"
#include "gateway/ctl/commands.h"
#include "gateway/ctl/invocation.h"
#include "gateway/ctl/named_record.h"
#include "gateway/ctl/print/citation_numbers.h"
#include "gateway/ctl/print/record_text.h"
#include "gateway/ctl/print/section_text.h"
#include "proto/errors/status_macros.h"

namespace chancery::ctl {
namespace {

namespace v1 = gateway::v1;

// The two states and the moment of a request for a pair.
template <typename Request>
absl::Status SetPair(const Invocation& in, const Client& client, Request& request) {
  ASSIGN_OR_RETURN(*request.mutable_state(),
                   ResourceNameOf(in, client, {"STATE", {"states"}}, in.arguments()[0]));
  ASSIGN_OR_RETURN(*request.mutable_other_state(),
                   ResourceNameOf(in, client, {"OTHER_STATE", {"states"}}, in.arguments()[1]));
  request.set_exclude_predecessors(in.Has("--exclude-predecessors"));
  return in.SetAsOf(request);
}

// Something is missing, or there is something, or there is nothing.
template <typename Unreachable>
Exit Verdict(const Unreachable& unreachable, bool any, bool complete = true) {
  if (!unreachable.empty() || !complete) return Exit::kPartial;
  return any ? Exit::kDone : Exit::kNone;
}

Setting SettingOf(Output& output) { return {output.width(), output.color()}; }

// Shows an answer, and to people with it what it cites. Whether that is all of it.
template <typename Answer, typename Print>
bool ShowCited(Invocation& in, const Client& client, const Answer& answer, const Print& print) {
  if (!in.output().is_table()) {
    in.output().Show(answer, "");
    return true;
  }
  CitationNumbers numbers;
  const std::string text = print(numbers);
  const SourceList sources = AskSources(in, client, answer.as_of(), numbers);
  in.output().Show(answer, absl::StrCat(text, sources.text));
  return sources.complete;
}

// Posts whose holders are unknown say nothing.
bool SaysAnything(const v1::Dossier& dossier) {
  const auto& holders = dossier.holders().entries();
  return dossier.timeline().entries_size() > 0 || dossier.agreements().entries_size() > 0 ||
         dossier.matters().entries_size() > 0 || dossier.contacts().entries_size() > 0 ||
         dossier.statistics().entries_size() > 0 ||
         std::any_of(holders.begin(), holders.end(),
                     [](const v1::OfficeHolder& holder) { return holder.has_tenure(); });
}

absl::StatusOr<Exit> ShowDossier(Invocation& in) {
  ASSIGN_OR_RETURN(const Client* client, in.Register());
  v1::GetDossierRequest request;
  RETURN_IF_ERROR(SetPair(in, *client, request));
  ASSIGN_OR_RETURN(const int size, in.PageSize());
  request.set_page_size(size);
  request.set_page_token(in.Text("--page-token"));
  if (in.Has("--section")) {
    v1::GetDossierRequest::Section section{};
    v1::GetDossierRequest::Section_Parse(in.Text("--section"), &section);
    request.add_sections(section);
  }
  v1::Dossier dossier;
  RETURN_IF_ERROR(client->Call(GatewayMethod("GetDossier"), request, dossier));
  const bool complete = ShowCited(in, *client, dossier, [&](CitationNumbers& numbers) {
    return DossierText(dossier, SettingOf(in.output()), numbers);
  });
  return Verdict(dossier.unreachable(), SaysAnything(dossier), complete);
}

absl::StatusOr<Exit> ShowTimeline(Invocation& in) {
  if (in.Has("--overlaps") && in.Has("--within")) {
    return UsageError("--within", in.Text("--within"), "one of --overlaps and --within is given");
  }
  ASSIGN_OR_RETURN(const Client* client, in.Register());
  v1::ListTimelineRequest request;
  RETURN_IF_ERROR(SetPair(in, *client, request));
  RETURN_IF_ERROR(in.SetPage(request));
  if (in.Has("--overlaps")) request.set_overlaps(in.Text("--overlaps"));
  if (in.Has("--within")) request.set_within(in.Text("--within"));
  v1::ListTimelineResponse timeline;
  RETURN_IF_ERROR(client->Call(GatewayMethod("ListTimeline"), request, timeline));
  const Asked asked = {request.state(), request.other_state()};
  const bool complete = ShowCited(in, *client, timeline, [&](CitationNumbers& numbers) {
    return TimelineText(timeline, asked, SettingOf(in.output()), numbers);
  });
  if (in.output().is_table()) {
    in.output().ShowNextPage(timeline.entries_size(), timeline.next_page_token());
  }
  return Verdict(timeline.unreachable(), timeline.entries_size() > 0, complete);
}

absl::StatusOr<Exit> ShowEncounters(Invocation& in) {
  ASSIGN_OR_RETURN(const Client* client, in.Register());
  v1::ListEncountersRequest request;
  const std::vector<std::string> parties = {"people", "posts", "states"};
  ASSIGN_OR_RETURN(*request.mutable_party(),
                   ResourceNameOf(in, *client, {"PARTY", parties}, in.arguments()[0]));
  ASSIGN_OR_RETURN(*request.mutable_other_party(),
                   ResourceNameOf(in, *client, {"OTHER_PARTY", parties}, in.arguments()[1]));
  RETURN_IF_ERROR(in.SetAsOf(request));
  RETURN_IF_ERROR(in.SetPage(request));
  v1::ListEncountersResponse encounters;
  RETURN_IF_ERROR(client->Call(GatewayMethod("ListEncounters"), request, encounters));
  const Asked asked = {request.party(), request.other_party()};
  const bool complete = ShowCited(in, *client, encounters, [&](CitationNumbers& numbers) {
    return EncountersText(encounters, asked, SettingOf(in.output()), numbers);
  });
  if (in.output().is_table()) {
    in.output().ShowNextPage(encounters.encounters_size(), encounters.next_page_token());
  }
  return Verdict(encounters.unreachable(), encounters.encounters_size() > 0, complete);
}

// A page, or with --require all of them: a check is about everybody.
absl::StatusOr<v1::ListOfficeHoldersResponse> CallHolders(const Invocation& in,
                                                          const Client& client,
                                                          v1::ListOfficeHoldersRequest& request) {
  v1::ListOfficeHoldersResponse holders;
  do {
    v1::ListOfficeHoldersResponse page;
    RETURN_IF_ERROR(client.Call(GatewayMethod("ListOfficeHolders"), request, page));
    request.set_page_token(page.next_page_token());
    holders.clear_next_page_token();
    holders.MergeFrom(page);
  } while (in.Has("--require") && !request.page_token().empty());
  return holders;
}

const std::vector<std::string>& Certainties() {
  static const auto& weakest_first =
      *new std::vector<std::string>{"POSSIBLE", "IMPLIED", "CERTAIN"};
  return weakest_first;
}

// How far up a certainty stands there; -1 for less than all.
int Strength(const std::string& certainty) {
  const auto found = std::find(Certainties().begin(), Certainties().end(), certainty);
  return found == Certainties().end() ? -1 : static_cast<int>(found - Certainties().begin());
}

// Whether every post has a holder at least as certain as --require says.
bool Meets(const Invocation& in, const v1::ListOfficeHoldersResponse& holders) {
  std::map<std::string, int> best;
  for (const auto& holder : holders.holders()) {
    const std::string name = types::v1::Certainty_Name(holder.certainty());
    int& strength = best.try_emplace(holder.post().name(), -1).first->second;
    strength = std::max(strength, Strength(name.substr(sizeof("CERTAINTY_") - 1)));
  }
  const int least = Strength(in.Text("--require"));
  return !best.empty() && std::all_of(best.begin(), best.end(),
                                      [&](const auto& post) { return post.second >= least; });
}

absl::StatusOr<Exit> ShowHolders(Invocation& in) {
  ASSIGN_OR_RETURN(const Client* client, in.Register());
  v1::ListOfficeHoldersRequest request;
  ASSIGN_OR_RETURN(
      *request.mutable_parent(),
      ResourceNameOf(in, *client, {"NAME", {"states", "posts", "people"}}, in.arguments().front()));
  RETURN_IF_ERROR(in.SetPage(request));
  RETURN_IF_ERROR(in.SetAsOf(request));
  ASSIGN_OR_RETURN(const v1::ListOfficeHoldersResponse holders, CallHolders(in, *client, request));
  in.output().Show(holders, HolderTable(holders));
  if (in.output().is_table()) {
    in.output().ShowNextPage(holders.holders_size(), holders.next_page_token());
    in.output().ShowMissing(UnreachableText(holders.unreachable()));
  }
  const bool any = std::any_of(holders.holders().begin(), holders.holders().end(),
                               [](const v1::OfficeHolder& holder) { return holder.has_tenure(); });
  return Verdict(holders.unreachable(), in.Has("--require") ? Meets(in, holders) : any);
}

std::vector<Argument> PairArguments() {
  return {{.name = "STATE",
           .summary = "one state: russia, RU, \"Russian Federation\" or states/russia",
           .names = Names::kStates},
          {.name = "OTHER_STATE", .summary = "the other", .names = Names::kStates}};
}

std::vector<Flag> PairFlags() {
  return Joined({{.name = "--exclude-predecessors",
                  .summary = "Only the states as named, not those that they succeeded."}},
                AsOfFlags());
}

}  // namespace

Commands ViewCommands() {
  const std::vector<Flag> dossier_flags = {
      {.name = "--section",
       .value = "SECTION",
       .summary = "One section only.",
       .choices = {"TIMELINE", "AGREEMENTS", "MATTERS", "HOLDERS", "CONTACTS", "STATISTICS"}},
      {.name = "--page-size",
       .value = "N",
       .summary = "Rows of each section; 0 means 50.",
       .fallback = "0"},
      {.name = "--page-token",
       .value = "TOKEN",
       .summary = "Go on where a page of the one section ended."},
  };
  const std::vector<Flag> timeline_flags = {
      {.name = "--overlaps",
       .value = "DAYS",
       .summary = "Only what may have a day in common with these, as 2009-05 or "
                  "2009-05-10/2009-05-20."},
      {.name = "--within",
       .value = "DAYS",
       .summary = "Only what may lie wholly within these; not together with --overlaps."},
  };
  return {
      {.name = "dossier",
       .summary = "Show what the record has on the relations of two states.",
       .arguments = PairArguments(),
       .flags = Joined(Joined(dossier_flags, QuotationsFlag()), PairFlags()),
       .example = "chancery dossier russia japan",
       .run = ShowDossier},
      {.name = "timeline",
       .summary = "Show what happened between two states, by time.",
       .arguments = PairArguments(),
       .flags = Joined(Joined(timeline_flags, Joined(PageFlags(), QuotationsFlag())), PairFlags()),
       .example = "chancery timeline russia japan --overlaps 2009-05-10/2009-05-20",
       .run = ShowTimeline},
      {.name = "encounters",
       .summary = "Show the events in which two took part, by time.",
       .arguments =
           {{"PARTY",
             "a person: lavrov, \"Sergey Lavrov\" or people/lavrov; or a post: posts/ru-fm"},
            {"OTHER_PARTY", "another one, or a state: JP, \"Japan\" or states/japan"}},
       .flags = Joined(Joined(PageFlags(), QuotationsFlag()), AsOfFlags()),
       .example = "chancery encounters lavrov gemba",
       .run = ShowEncounters},
      {.name = "who",
       .summary =
           "Show who held a post, or the posts of a state or person, on a day or at an event.",
       .arguments = {{.name = "NAME",
                      .summary =
                          "a post, as posts/jp-pm or by its title; a state, as japan or JP, "
                          "for its posts; a person, as people/noda, for theirs; or an event, "
                          "for those in which somebody was there",
                      .names = Names::kHoldersOf}},
       .flags =
           Joined({{.name = "--on", .value = "DAY", .summary = "The day; today without it."},
                   {.name = "--require",
                    .value = "CERTAINTY",
                    .summary = "Exit code 1 unless each post has a holder at least so certain.",
                    .choices = Certainties()}},
                  Joined(PageFlags(), KnownAtFlags())),
       .example = "chancery who posts/jp-pm --on 2012-06-18",
       .run = ShowHolders},
  };
}

}  // namespace chancery::ctl
