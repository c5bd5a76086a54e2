#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gateway/ctl/call/catalog.h"
#include "gateway/ctl/call/client.h"
#include "gateway/ctl/call/request_fields.h"
#include "gateway/ctl/commands.h"
#include "gateway/ctl/explanations.h"
#include "gateway/ctl/invocation.h"
#include "gateway/ctl/parser.h"
#include "gateway/ctl/print/json.h"
#include "gateway/ctl/shell_script.h"

namespace chancery::ctl {
namespace {

using Words = std::vector<std::string>;

// Who waits at a key does not wait long.
constexpr absl::Duration kPatience = absl::Milliseconds(120);
constexpr int kMostNames = 500;

// What may stand for the last of the words of a command line.
class Proposals {
 public:
  // `address` is the register's that is asked for names.
  Proposals(const Commands& commands, Words words, std::string address)
      : commands_(commands), words_(std::move(words)), address_(std::move(address)) {
    if (words_.empty()) words_.emplace_back();
    prefix_ = words_.back();
    words_.pop_back();
  }

  Words Find() {
    Words rest = words_;
    const auto command = TakeCommand(commands_, rest);
    if (!command.ok()) return {};
    if (*command == nullptr) {
      if (absl::StartsWith(prefix_, "-"))
        Add(NamesOf(CommonFlags()));
      else
        AddNames(Names::kCommands);
    } else {
      AddFor(**command, rest);
    }
    return std::move(found_);
  }

 private:
  static Words NamesOf(const std::vector<Flag>& flags) {
    Words names;
    for (const Flag& flag : flags) names.push_back(flag.name);
    return names;
  }

  void Add(const Words& words) {
    for (const std::string& word : words) {
      if (absl::StartsWith(word, prefix_)) found_.push_back(word);
    }
  }

  // The flag of the last word, if its value is what comes now.
  static const Flag* OpenFlag(const std::vector<Flag>& flags, const Words& before) {
    if (before.empty()) return nullptr;
    for (const Flag& flag : flags) {
      const bool is_it = before.back() == flag.name || before.back() == flag.short_name;
      if (is_it && !flag.value.empty()) return &flag;
    }
    return nullptr;
  }

  void AddFor(const Command& command, const Words& before) {
    const std::vector<Flag> flags = FlagsOf(command);
    if (const Flag* open = OpenFlag(flags, before)) {
      Add(open->choices);
      AddNames(open->names);
    } else if (absl::StartsWith(prefix_, "-")) {
      AddFlags(flags, before);
    } else if (const Argument* argument = NextArgument(command, flags, before)) {
      Add(argument->choices);
      AddNames(argument->names);
    }
  }

  void AddFlags(const std::vector<Flag>& flags, const Words& before) {
    for (const Flag& flag : flags) {
      const bool given = std::find(before.begin(), before.end(), flag.name) != before.end();
      if (!given || flag.repeated) Add({flag.name});
    }
  }

  static const Argument* NextArgument(const Command& command, const std::vector<Flag>& flags,
                                      const Words& before) {
    size_t given = 0;
    for (size_t i = 0; i < before.size(); ++i) {
      const bool is_value = OpenFlag(flags, Words(before.begin(), before.begin() + i)) != nullptr;
      if (!is_value && !absl::StartsWith(before[i], "-")) ++given;
    }
    const auto& arguments = command.arguments;
    if (given < arguments.size()) return &arguments[given];
    return !arguments.empty() && arguments.back().repeated ? &arguments.back() : nullptr;
  }

  void AddNames(Names names) {
    switch (names) {
      case Names::kCommands:
        for (const Command& command : commands_) Add({command.name});
        return;
      case Names::kKinds:
        for (const Kind& kind : Kinds()) Add({kind.collection});
        return;
      case Names::kReasons:
        for (const Explanation& row : Explanations()) {
          Add({types::v1::ErrorReason_Name(row.reason)});
        }
        return;
      case Names::kRecords:
        return AddRecords();
      case Names::kHoldersOf:
        Add({"events/", "people/", "posts/", "states/"});
        AddStates();
        return AddRecords();
      case Names::kStates:
        return AddStates();
      case Names::kNothing:
      case Names::kFiles:  // the shell's own
        return;
    }
  }

  void AddRecords() {
    if (!absl::StrContains(prefix_, '/')) {
      for (const Kind& kind : Kinds()) Add({kind.collection + "/"});
      return;
    }
    const auto kind = KindCalled(prefix_.substr(0, prefix_.find('/')));
    if (kind.ok()) Add(Ask(**kind, prefix_));
  }

  void AddStates() {
    if (absl::StrContains(prefix_, '/')) return;
    const Kind* states = *KindCalled("states");
    for (const std::string& name : Ask(*states, absl::StrCat("states/", prefix_))) {
      Add({name.substr(sizeof("states/") - 1)});
    }
  }

  // Names on record that begin like this; none if the register is away.
  Words Ask(const Kind& kind, const std::string& beginning) const {
    ClientOptions options;
    options.timeout = kPatience;
    options.address = address_;
    const MessagePtr request = NewMessage(kind.list->input_type());
    SetText(*request, "filter", absl::StrCat("name = ", JsonString(beginning + "*")));
    SetText(*request, "order_by", "name");
    SetNumber(*request, "page_size", kMostNames);
    const MessagePtr reply = NewMessage(kind.list->output_type());
    Words names;
    if (!Client::Dial(options).Call(*kind.list, *request, *reply).ok()) return names;
    for (const auto* item : ItemsOf(*reply)) names.push_back(TextOf(*item, "name"));
    return names;
  }

  const Commands& commands_;
  Words words_;
  const std::string address_;
  std::string prefix_;
  Words found_;
};

// As the command line that is being typed says, else as the environment does.
std::string AddressFor(const Invocation& in, const Words& words) {
  for (const Flag& flag : RegisterFlags()) {
    if (flag.name != "--address") continue;
    if (std::string typed = PeekFlag(words, flag.name); !typed.empty()) return typed;
    const std::string variable = in.Variable(flag.variable);
    return variable.empty() ? flag.fallback : variable;
  }
  return "";
}

absl::StatusOr<Exit> Complete(Invocation& in) {
  const Words& words = in.arguments();
  Words found = Proposals(in.commands(), words, AddressFor(in, words)).Find();
  std::vector<std::string> json;
  std::string text;
  for (const std::string& word : found) {
    json.push_back(JsonString(word));
    absl::StrAppend(&text, word, "\n");
  }
  in.output().ShowList(json, text);
  return Exit::kDone;
}

absl::StatusOr<Exit> Completion(Invocation& in) {
  const std::string& shell = in.arguments().front();
  const std::string script = ShellScript(shell);
  in.output().ShowValue(JsonObject({{"shell", JsonString(shell)}, {"script", JsonString(script)}}),
                        script);
  return Exit::kDone;
}

}  // namespace

Commands CompletionCommands() {
  return {
      {.name = "completion",
       .summary = "Print what makes a shell complete commands, flags, values and names on record.",
       .arguments = {{.name = "SHELL", .summary = "the shell", .choices = Shells()}},
       .access = Access::kLocal,
       .example = "chancery completion bash",
       .run = Completion},
      {.name = "complete",
       .summary =
           "Say what may stand for the last word of a command line; for shells. Silent about "
           "names on record if the register does not answer at once.",
       .arguments = {{.name = "WORD",
                      .summary = "the words behind `chancery`, after --",
                      .optional = true,
                      .repeated = true}},
       .access = Access::kLocal,
       .example = "chancery complete -- get people/no",
       .run = Complete},
  };
}

}  // namespace chancery::ctl
