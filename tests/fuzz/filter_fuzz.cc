// Filters from arbitrary text. Whatever is accepted must be evaluated without harm, mean the same
// in parentheses and the opposite after NOT, and require no more than what its matches have;
// whatever is refused must say where and why, briefly.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "chancery/events/v1/event.pb.h"
#include "google/protobuf/text_format.h"
#include "proto/errors/error.h"
#include "services/resource/filter.h"

namespace chancery::resource {
namespace {

using events::v1::Event;

// Holds in every build, unlike assert.
void Require(bool holds) {
  if (!holds) std::abort();
}

std::vector<std::string> Involved(const google::protobuf::Message& message) {
  const auto& event = static_cast<const Event&>(message);
  return {event.states().begin(), event.states().end()};
}

absl::StatusOr<Filter> ParseFor(absl::string_view text) {
  static constexpr VirtualField kVirtual[] = {{"involves", Involved}};
  return Filter::Parse(text, Event::descriptor(), kVirtual);
}

Event EventOf(const char* text) {
  Event event;
  Require(google::protobuf::TextFormat::ParseFromString(text, &event));
  return event;
}

// One event with nothing and one with something everywhere.
const std::vector<Event>& Events() {
  static const auto& events =
      *new std::vector<Event>{Event(), EventOf(R"pb(
                                name: "events/visit"
                                title: "Working visit*"
                                kind: VISIT
                                level: LEVEL_LEADERS
                                time { edtf: "2012-06-18" }
                                observed { edtf: "2012-06" }
                                venue { locality: "Los Cabos" }
                                parents: [ "events/g20", "events/tour" ]
                                series { id: "a" series: "series/talks" ordinal: 10 }
                                participants {
                                  id: "noda"
                                  person: "people/noda"
                                  role: HOST
                                  capacities { id: "pm" post: "posts/jp-pm" acting: true }
                                }
                                participants {
                                  id: "delegation"
                                  group {
                                    label: "ministers"
                                    size { value: 3 }
                                  }
                                }
                                accounts {
                                  id: "x"
                                  value { title: "Talks" }
                                  mask { paths: "title" }
                                }
                                states: [ "states/jp", "states/ru" ]
                                matters_open_ended: true
                                agreements_claimed { value: 12 comparator: GE }
                                update_time { seconds: 1340010000 nanos: 500000000 }
                              )pb")};
  return events;
}

void CheckEqualities(const Filter& filter, const Event& event) {
  std::vector<size_t> all;
  for (const auto& [path, value] : filter.required_equalities()) {
    all.push_back(all.size());
    const std::string quoted =
        absl::StrReplaceAll(value, {{"\\", "\\\\"}, {"\"", "\\\""}, {"*", "\\*"}});
    const auto equality = ParseFor(absl::StrCat(path, ":\"", quoted, "\""));
    // The quotes can make it too long.
    if (!equality.ok()) continue;
    Require(equality->CoveredBy({0}));
    if (filter.Matches(event)) Require(equality->Matches(event));
  }
  Require(filter.empty() || !filter.CoveredBy({}));
  if (filter.empty()) Require(filter.CoveredBy(all));
}

void CheckFilter(absl::string_view text, const Filter& filter) {
  // These can pass the limits.
  const auto wrapped = ParseFor(absl::StrCat("(", text, ")"));
  const auto negated = ParseFor(absl::StrCat("NOT (", text, ")"));
  for (const Event& event : Events()) {
    const bool matches = filter.Matches(event);
    Require(!filter.empty() || matches);
    if (wrapped.ok()) Require(wrapped->Matches(event) == matches);
    if (negated.ok()) Require(negated->Matches(event) != matches);
    CheckEqualities(filter, event);
  }
}

void CheckRefusal(absl::string_view text, const absl::Status& status) {
  Require(errors::HasReason(status, types::v1::FILTER_INVALID));
  const auto info = errors::InfoOf(status);
  size_t position;
  Require(absl::SimpleAtoi(info.metadata().at("position"), &position) && position <= text.size());
  Require(!info.metadata().at("rule").empty());
  Require(info.ByteSizeLong() + status.message().size() < 4096);
}

}  // namespace
}  // namespace chancery::resource

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  const auto filter = chancery::resource::ParseFor(text);
  if (filter.ok()) {
    chancery::resource::CheckFilter(text, *filter);
  } else {
    chancery::resource::CheckRefusal(text, filter.status());
  }
  return 0;
}
