#ifndef CHANCERY_GATEWAY_CTL_INVOCATION_H_
#define CHANCERY_GATEWAY_CTL_INVOCATION_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "chancery/types/v1/read.pb.h"
#include "gateway/ctl/call/client.h"
#include "gateway/ctl/command.h"
#include "gateway/ctl/print/output.h"
#include "google/protobuf/message.h"

namespace chancery::ctl {

// The words of a command line, sorted; not checked against each other yet.
struct ParsedWords {
  std::vector<std::string> arguments;
  // By the flag's name; "true" for a switch that is given.
  std::map<std::string, std::string> flags;
  // All values of the flags that may be repeated.
  std::map<std::string, std::vector<std::string>> lists;
};

// One run of a command: what was given, where the answer goes, and the register to ask.
class Invocation {
 public:
  // `commands` is the whole tree, for `help`. All references outlive the invocation.
  Invocation(const Command& command, const Commands& commands, ParsedWords words, Streams& streams,
             Output& output);

  const Commands& commands() const { return commands_; }
  const std::vector<std::string>& arguments() const { return words_.arguments; }
  // A variable of the environment; empty if it is not set.
  std::string Variable(const std::string& name) const;
  // Goes on as if the flag had been given.
  void Give(const std::string& flag, const std::string& value) { words_.flags[flag] = value; }
  // All values of a flag that may be repeated.
  std::vector<std::string> Texts(const std::string& flag) const;
  Streams& streams() { return streams_; }
  Output& output() { return output_; }

  // A flag as given, else from the environment, else its fallback. The command must have the flag.
  std::string Text(const std::string& flag) const;
  // Whether it is given or in the environment; for a switch: whether it is on.
  bool Has(const std::string& flag) const;
  // USAGE_INVALID naming the flag if it is no number from `least` to `most`, or no duration like
  // 10s.
  absl::StatusOr<int64_t> Number(const std::string& flag, int64_t most, int64_t least = 0) const;
  absl::StatusOr<absl::Duration> Duration(const std::string& flag) const;

  // The register at --address. USAGE_INVALID if --timeout is no duration.
  absl::StatusOr<const Client*> Register();

  // The error with the names that may have been meant, if it is about a name that does not exist,
  // and, where others came first, with what to do.
  absl::Status Explained(const absl::Status& error) const;

  // Fills in a read's `as_of` from --known-at, --valid-at and --token, where the command has them.
  // A `moment` counts more than --known-at.
  absl::Status SetAsOf(google::protobuf::Message& request, const std::string& moment = "") const;
  // The clock of the record alone: --known-at and --token, where the command has them.
  absl::StatusOr<types::v1::AsOf> KnownAt() const;
  // --page-size, where the command has it.
  absl::StatusOr<int> PageSize() const;
  // Fills in `page_size` and `page_token`.
  absl::Status SetPage(google::protobuf::Message& request) const;
  // Fills in a write's change note, request id (a new one if none is given) and validate_only.
  // Returns the request id, under which the write may be repeated.
  absl::StatusOr<std::string> SetWrite(google::protobuf::Message& request) const;

 private:
  const Flag& FlagCalled(const std::string& name) const;
  std::optional<std::string> Given(const std::string& flag) const;
  bool Takes(const std::string& name) const;

  const Commands& commands_;
  const std::vector<Flag> flags_;
  ParsedWords words_;
  Streams& streams_;
  Output& output_;
  std::optional<Client> client_;
};

// USAGE_INVALID about a flag or an argument.
absl::Status UsageError(const std::string& flag, const std::string& value,
                        const std::string& sentence);

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_INVOCATION_H_
