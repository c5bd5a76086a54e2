#include "gateway/ctl/commands.h"

#include <utility>

namespace chancery::ctl {

Commands AllCommands() {
  Commands all;
  for (auto family : {ViewCommands, StatusCommands, ReadCommands, ImportCommands, ExportCommands,
                      SourceCommands, WriteCommands, EditCommands, AccountCommands, HealthCommands,
                      ExplainCommands, CompletionCommands, HelpCommands}) {
    for (Command& command : family()) all.push_back(std::move(command));
  }
  return all;
}

const std::vector<Flag>& CommonFlags() {
  static const auto& flags = *new std::vector<Flag>{
      {.name = "--output",
       .value = "FORMAT",
       .summary = "How the answer is written.",
       .fallback = "table",
       .choices = {"table", "json", "jsonl"}},
      {.name = "--color",
       .value = "WHEN",
       .summary = "Bold headings; auto: on a terminal, unless NO_COLOR is set.",
       .fallback = "auto",
       .choices = {"auto", "always", "never"}},
  };
  return flags;
}

const std::vector<Flag>& RegisterFlags() {
  static const auto& flags = *new std::vector<Flag>{
      {.name = "--address",
       .value = "HOST:PORT",
       .summary = "The register to ask.",
       .fallback = "127.0.0.1:7600",
       .variable = "CHANCERY_ADDRESS"},
      {.name = "--timeout",
       .value = "DURATION",
       .summary = "How long each call may take.",
       .fallback = "10s"},
      {.name = "--principal",
       .value = "WHO",
       .summary = "Who asks, as claimed; written into the history of a change."},
  };
  return flags;
}

std::vector<Flag> FlagsOf(const Command& command) {
  std::vector<Flag> flags = Joined(command.flags, CommonFlags());
  return command.access == Access::kLocal ? flags : Joined(std::move(flags), RegisterFlags());
}

std::vector<Flag> KnownAtFlags() {
  return {
      {.name = "--known-at",
       .value = "MOMENT",
       .summary =
           "As recorded by then: 2026-11-25T12:00:00Z, or a day, meaning its beginning in UTC."},
      {.name = "--token",
       .value = "TOKEN",
       .summary = "A consistency token of an earlier answer: not older than that."},
  };
}

std::vector<Flag> AsOfFlags() {
  return Joined({{.name = "--valid-at",
                  .value = "DAY",
                  .summary = "As it was in the world on that day: states, names, posts, tenures."}},
                KnownAtFlags());
}

std::vector<Flag> PageFlags() {
  return {
      {.name = "--page-size",
       .value = "N",
       .summary = "At most so many; 0 means 50.",
       .fallback = "0"},
      {.name = "--page-token", .value = "TOKEN", .summary = "Go on where a page ended."},
  };
}

std::vector<Flag> WriteFlags() {
  return {
      {.name = "--note", .value = "TEXT", .summary = "Why, for those who read the history."},
      {.name = "--kind",
       .value = "KIND",
       .summary = "What kind of change it is; without it the command's own.",
       .choices = {"CREATED", "CORRECTED", "RETRACTED", "SUPERSEDED", "MERGED"}},
      {.name = "--request-id",
       .value = "UUID",
       .summary = "The same id again does not change anything again; without it a new one."},
      {.name = "--validate-only", .summary = "Check everything, change nothing."},
  };
}

std::vector<Flag> ChangeFlags() {
  return Joined({{.name = "--etag",
                  .value = "ETAG",
                  .summary = "Only if the record has not changed since it had this etag."}},
                WriteFlags());
}

std::vector<Flag> AllFlag() { return {{.name = "--all", .summary = "All pages, not one."}}; }

std::vector<Flag> Joined(std::vector<Flag> first, const std::vector<Flag>& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

}  // namespace chancery::ctl
