#include "gateway/ctl/parser.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

#include "CLI/CLI.hpp"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "proto/errors/error.h"
#include "proto/errors/nearest.h"
#include "proto/errors/status_macros.h"

namespace chancery::ctl {
namespace {

using Words = std::vector<std::string>;

absl::Status NearestError(const std::string& flag, const std::string& value,
                          const std::string& sentence, const Words& known) {
  const Words nearest = errors::NearestNames(value, known);
  return errors::WithMetadata(
      UsageError(flag, value, absl::StrCat(sentence, errors::DidYouMean(nearest))), "nearest",
      absl::StrJoin(nearest, ","));
}

std::string Spelling(const Flag& flag) {
  return flag.short_name.empty() ? flag.name : absl::StrCat(flag.short_name, ",", flag.name);
}

// Whether the word is a flag that takes the next word as its value.
bool TakesNext(const std::string& word) {
  for (const std::vector<Flag>* flags : {&CommonFlags(), &RegisterFlags()}) {
    for (const Flag& flag : *flags) {
      if (flag.name == word && !flag.value.empty()) return true;
    }
  }
  return false;
}

// Where the first two words stand that are no flags.
std::vector<size_t> FirstTwo(const Words& words) {
  std::vector<size_t> places;
  for (size_t i = 0; i < words.size() && places.size() < 2; ++i) {
    if (!absl::StartsWith(words[i], "-")) {
      places.push_back(i);
    } else if (TakesNext(words[i])) {
      ++i;
    }
  }
  return places;
}

absl::Status CheckChoice(const std::string& name, const Words& choices, const std::string& value) {
  if (choices.empty() || std::find(choices.begin(), choices.end(), value) != choices.end()) {
    return absl::OkStatus();
  }
  const std::string sentence =
      absl::StrCat(name, " is one of ", absl::StrJoin(choices, ", "), ", not ", value);
  return NearestError(name, value, sentence, choices);
}

absl::Status CheckArguments(const Command& command, const Words& given) {
  size_t required = 0;
  bool repeated = false;
  for (const Argument& argument : command.arguments) {
    if (!argument.optional) ++required;
    repeated |= argument.repeated;
  }
  if (given.size() < required) {
    const Argument& missing = command.arguments[given.size()];
    return UsageError(missing.name, "",
                      absl::StrCat(command.name, " needs ", missing.name, ": ", missing.summary));
  }
  if (!repeated && given.size() > command.arguments.size()) {
    const std::string& extra = given[command.arguments.size()];
    return UsageError("", extra, absl::StrCat(command.name, " does not take ", extra));
  }
  for (size_t i = 0; i < std::min(given.size(), command.arguments.size()); ++i) {
    const Argument& argument = command.arguments[i];
    RETURN_IF_ERROR(CheckChoice(argument.name, argument.choices, given[i]));
  }
  return absl::OkStatus();
}

absl::Status UnknownFlag(const Command& command, const std::string& word) {
  Words known;
  for (const Flag& flag : FlagsOf(command)) known.push_back(flag.name);
  const std::string name = word.substr(0, word.find('='));
  return NearestError(name, name, absl::StrCat(command.name, " has no flag ", name), known);
}

// A parser for one command, and what it has found.
struct Parser {
  explicit Parser(const Command& command) : flags(FlagsOf(command)) {
    app.set_help_flag();
    app.allow_extras();
    values.resize(flags.size());
    lists.resize(flags.size());
    for (size_t i = 0; i < flags.size(); ++i) options.push_back(AddFlag(i));
    app.add_option("words", arguments);
  }

  CLI::Option* AddFlag(size_t i) {
    const std::string spelling = Spelling(flags[i]);
    if (flags[i].value.empty()) return app.add_flag(spelling);
    if (flags[i].repeated) return app.add_option(spelling, lists[i])->allow_extra_args(false);
    return app.add_option(spelling, values[i])
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  }

  CLI::App app;
  std::vector<Flag> flags;
  std::vector<CLI::Option*> options;
  Words values;
  std::vector<Words> lists;
  Words arguments;
};

}  // namespace

absl::StatusOr<const Command*> TakeCommand(const Commands& commands, Words& words) {
  const std::vector<size_t> places = FirstTwo(words);
  if (places.empty()) return nullptr;
  std::string name = words[places[0]];
  const bool has_two = std::any_of(commands.begin(), commands.end(), [&](const Command& command) {
    return absl::StartsWith(command.name, name + " ");
  });
  if (has_two && places.size() > 1) absl::StrAppend(&name, " ", words[places[1]]);
  for (const Command& command : commands) {
    if (command.name != name) continue;
    if (has_two) words.erase(words.begin() + static_cast<std::ptrdiff_t>(places[1]));
    words.erase(words.begin() + static_cast<std::ptrdiff_t>(places[0]));
    return &command;
  }
  Words known;
  for (const Command& command : commands) known.push_back(command.name);
  return NearestError("COMMAND", name, absl::StrCat("there is no command ", name), known);
}

absl::StatusOr<ParsedWords> ParseWords(const Command& command, const Words& words) {
  Parser parser(command);
  // Behind `--` there are no flags.
  const auto end = std::find(words.begin(), words.end(), "--");
  try {
    // CLI11 takes them from the back.
    parser.app.parse(Words(std::make_reverse_iterator(end), words.rend()));
  } catch (const CLI::ArgumentMismatch&) {
    // Only the last word can be a flag whose value is missing.
    return UsageError(*(end - 1), "", absl::StrCat(*(end - 1), " needs a value"));
  } catch (const CLI::ParseError& error) {
    return UsageError("", "", error.what());
  }
  for (const std::string& extra : parser.app.remaining()) {
    if (absl::StartsWith(extra, "-")) return UnknownFlag(command, extra);
  }
  ParsedWords parsed;
  for (size_t i = 0; i < parser.flags.size(); ++i) {
    const Flag& flag = parser.flags[i];
    if (parser.options[i]->count() == 0) {
      if (!flag.required) continue;
      return UsageError(flag.name, "",
                        absl::StrCat(command.name, " needs ", flag.name, " ", flag.value));
    }
    if (flag.repeated) {
      parsed.lists[flag.name] = parser.lists[i];
      parser.values[i] = parser.lists[i].back();
    }
    if (!flag.value.empty())
      RETURN_IF_ERROR(CheckChoice(flag.name, flag.choices, parser.values[i]));
    parsed.flags[flag.name] = flag.value.empty() ? "true" : parser.values[i];
  }
  parsed.arguments = std::move(parser.arguments);
  if (end != words.end()) parsed.arguments.insert(parsed.arguments.end(), end + 1, words.end());
  RETURN_IF_ERROR(CheckArguments(command, parsed.arguments));
  return parsed;
}

std::string PeekFlag(const Words& words, const std::string& flag) {
  std::string value;
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i] == flag && i + 1 < words.size()) value = words[i + 1];
    const std::string start = absl::StrCat(flag, "=");
    if (absl::StartsWith(words[i], start)) value = words[i].substr(start.size());
  }
  return value;
}

}  // namespace chancery::ctl
