#include "tests/bench/sample_events.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "tests/bench/load.h"

namespace chancery::bench {
namespace {

constexpr int kBatch = 100;
constexpr char kDigest[] =
    "sha256:e049b1c02d90b0fe4a9e2026fcfbc5a737ca3069cce9f35711e6b3791aaa6976";

void AddParticipant(const char* id, const char* person, const char* post, const std::string& state,
                    events::v1::Event& event) {
  auto& participant = *event.add_participants();
  participant.set_id(id);
  participant.set_person(person);
  participant.set_represents(state);
  participant.set_named_in_text(true);
  auto& capacity = *participant.add_capacities();
  capacity.set_id("c");
  capacity.set_post(post);
}

}  // namespace

std::string Day(int i) { return absl::FormatCivilTime(absl::CivilDay(1600, 1, 1) + i); }

std::string SampleId(int i) { return absl::StrFormat("e%07d", i); }

std::string SampleName(int i) { return absl::StrCat("events/", SampleId(i)); }

events::v1::Event SampleEvent(int i, const std::string& state) {
  events::v1::Event event;
  event.set_title(absl::StrCat("Meeting ", i, " on the margins of a summit"));
  event.set_kind(events::v1::Event::MEETING);
  event.set_mode(events::v1::Event::IN_PERSON);
  event.set_level(types::v1::LEVEL_LEADERS);
  event.mutable_time()->set_edtf(Day(i));
  event.mutable_venue()->set_locality("Yokohama");
  AddParticipant("a", "people/putin", "posts/ru-president", "states/russia", event);
  AddParticipant("b", "people/noda", "posts/jp-pm", state, event);
  auto& citation = *event.add_citations();
  citation.set_id("c1");
  citation.set_source("sources/founding-brief");
  citation.set_digest(kDigest);
  citation.set_start(i);
  citation.set_end(i + 40);
  citation.set_slice_digest(kDigest);
  citation.set_basis(types::v1::BASIS_EXPLICIT);
  return event;
}

events::v1::BatchCreateEventsRequest SampleBatch(int first, int count, const std::string& state) {
  events::v1::BatchCreateEventsRequest batch;
  for (int i = first; i < first + count; ++i) {
    auto& request = *batch.add_requests();
    request.set_event_id(SampleId(i));
    *request.mutable_event() = SampleEvent(i, state);
  }
  // A version 4 UUID; the same events come under the same id.
  batch.set_request_id(absl::StrFormat("00000000-0000-4000-8000-%012d", first));
  return batch;
}

std::vector<grpc::ByteBuffer> SampleBatches(int first, int count, const std::string& state) {
  std::vector<grpc::ByteBuffer> batches;
  for (int i = 0; i < count; i += kBatch) {
    batches.push_back(Bytes(SampleBatch(first + i, std::min(kBatch, count - i), state)));
  }
  return batches;
}

}  // namespace chancery::bench
