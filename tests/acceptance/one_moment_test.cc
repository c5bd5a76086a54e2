// A dossier is of one moment: the same moment gives the same bytes, whatever happened since and
// whatever the services' clocks do.

#include <memory>
#include <string>
#include <utility>

#include "chancery/events/v1/events_service.pb.h"
#include "chancery/gateway/v1/gateway_service.pb.h"
#include "deploy/allinone/register.h"
#include "google/protobuf/util/time_util.h"
#include "gtest/gtest.h"
#include "storage/inspect/reindex.h"
#include "tests/support/brief_import.h"
#include "tests/support/caller.h"
#include "tests/support/manual_clock.h"
#include "tests/support/process.h"
#include "tests/support/status_matchers.h"

namespace chancery {
namespace {

using gateway::v1::Dossier;
using google::protobuf::util::TimeUtil;
using testing::Caller;
using testing::HasReason;
using testing::IsOk;
using testing::ManualClock;

constexpr char kGetDossier[] = "chancery.gateway.v1.GatewayService/GetDossier";
constexpr char kGetEvent[] = "chancery.events.v1.EventsService/GetEvent";
constexpr char kListEvents[] = "chancery.events.v1.EventsService/ListEvents";
constexpr char kUpdateEvent[] = "chancery.events.v1.EventsService/UpdateEvent";
constexpr char kBatchCreateEvents[] = "chancery.events.v1.EventsService/BatchCreateEvents";
constexpr char kLosCabos[] = "events/2012-06-18-los-cabos";

// A register on disk that can be started again, each service with a clock of its own.
class OneMoment : public ::testing::Test {
 protected:
  void SetUp() override {
    data_ = testing::NewFolder("register");
    Start();
    ASSERT_THAT(testing::ImportBrief(register_->address()), IsOk());
    clock_.Advance(ManualClock::kDay);
  }

  void Start() {
    allinone::RegisterOptions options;
    options.data = data_;
    options.clock = &clock_;
    options.other_clocks = {{"events", &events_clock_}};
    auto served = allinone::Register::Start(std::move(options));
    ASSERT_TRUE(served.ok()) << served.status();
    register_ = *std::move(served);
    caller_ = std::make_unique<Caller>(register_->address());
  }

  void Restart() {
    caller_.reset();
    register_.reset();
    Start();
  }

  // Everybody's clock to now, the events service's off by so much.
  void SetClocks(int64_t now, int64_t events_off = 0) {
    clock_.Set(now);
    events_clock_.Set(now + events_off);
  }

  template <typename Request>
  static void SetKnownAt(Request& request, int64_t known_at) {
    if (known_at == 0) return;
    *request.mutable_as_of()->mutable_known_at() = TimeUtil::MicrosecondsToTimestamp(known_at);
  }

  absl::StatusOr<Dossier> GetDossier(int64_t known_at = 0) {
    gateway::v1::GetDossierRequest request;
    request.set_state("states/russia");
    request.set_other_state("states/japan");
    SetKnownAt(request, known_at);
    return caller_->Call<Dossier>(kGetDossier, request);
  }

  std::string GetDossierBytes(int64_t known_at) {
    const auto dossier = GetDossier(known_at);
    EXPECT_THAT(dossier, IsOk());
    return dossier.ok() ? dossier->SerializeAsString() : "";
  }

  std::string TitleOfLosCabos(int64_t known_at) {
    events::v1::GetEventRequest get;
    get.set_name(kLosCabos);
    SetKnownAt(get, known_at);
    const auto got = caller_->Call<events::v1::Event>(kGetEvent, get);
    EXPECT_THAT(got, IsOk());
    events::v1::ListEventsRequest list;
    list.set_filter("involves = \"states/japan\" AND time = \"2012-06-18\"");
    SetKnownAt(list, known_at);
    const auto listed = caller_->Call<events::v1::ListEventsResponse>(kListEvents, list);
    EXPECT_THAT(listed, IsOk());
    if (!got.ok() || !listed.ok()) return "";
    EXPECT_EQ(listed->events_size(), 1);
    EXPECT_EQ(listed->events(0).SerializeAsString(), got->SerializeAsString());
    return got->title();
  }

  absl::Status Retitle(const std::string& title) {
    events::v1::UpdateEventRequest request;
    request.mutable_event()->set_name(kLosCabos);
    request.mutable_event()->set_title(title);
    request.mutable_update_mask()->add_paths("title");
    return caller_->Call<events::v1::Event>(kUpdateEvent, request).status();
  }

  // Adds meetings between the two states, so that the dossier of now grows.
  void WriteEvents(int count) {
    for (int done = 0; done < count; done += 100) {
      events::v1::BatchCreateEventsRequest batch;
      for (int i = 0; i < 100; ++i) {
        auto* request = batch.add_requests();
        request->set_event_id("later-" + std::to_string(done + i));
        request->mutable_event()->set_kind(events::v1::Event::MEETING);
        request->mutable_event()->mutable_time()->set_edtf("2012-10-01");
        request->mutable_event()->add_states("states/russia");
        request->mutable_event()->add_states("states/japan");
      }
      ASSERT_THAT(caller_->Call<events::v1::BatchCreateEventsResponse>(kBatchCreateEvents, batch),
                  IsOk());
    }
  }

  std::string data_;
  ManualClock clock_;
  ManualClock events_clock_;
  std::unique_ptr<allinone::Register> register_;
  std::unique_ptr<Caller> caller_;
};

TEST_F(OneMoment, ACorrectionChangesOnlyLaterAnswers) {
  SetClocks(ManualClock::kStart + ManualClock::kDay);
  const int64_t before = clock_.NowMicros();
  const std::string old_title = TitleOfLosCabos(before);
  const std::string old_dossier = GetDossierBytes(before);
  SetClocks(before + ManualClock::kDay);
  ASSERT_THAT(Retitle("Meeting in Los Cabos"), IsOk());
  const auto unchanged = [&] {
    EXPECT_EQ(TitleOfLosCabos(before), old_title);
    EXPECT_EQ(TitleOfLosCabos(0), "Meeting in Los Cabos");
    EXPECT_EQ(GetDossierBytes(before), old_dossier);
    EXPECT_NE(GetDossierBytes(clock_.NowMicros()), old_dossier);
  };
  unchanged();
  Restart();
  unchanged();
  for (const auto* service : allinone::AllServices()) {
    ASSERT_THAT(register_->store(service->name).CompactAll(), IsOk());
  }
  unchanged();
  caller_.reset();
  register_.reset();
  for (const auto* service : allinone::AllServices()) {
    storage::StoreOptions store;
    store.path = allinone::StorePath(data_, service->name);
    ASSERT_THAT(storage::Reindex(resource::ServiceHost::Complete(*service, store), nullptr),
                IsOk());
  }
  Start();
  unchanged();
}

TEST_F(OneMoment, TenThousandLaterWritesChangeNoByte) {
  SetClocks(ManualClock::kStart + ManualClock::kDay);
  ASSERT_OK_AND_ASSIGN(const Dossier first, GetDossier());
  const int64_t moment = TimeUtil::TimestampToMicroseconds(first.as_of().known_at());
  WriteEvents(10'000);
  EXPECT_EQ(GetDossierBytes(moment), first.SerializeAsString());
  ASSERT_OK_AND_ASSIGN(const Dossier now, GetDossier());
  EXPECT_NE(now.timeline().next_page_token(), "");
}

TEST_F(OneMoment, AClockThatIsALittleOffChangesNoByte) {
  const int64_t now = ManualClock::kStart + ManualClock::kDay;
  SetClocks(now);
  const std::string exact = GetDossierBytes(now);
  for (const int64_t off : {-400'000, 400'000}) {
    SetClocks(now, off);
    Restart();
    EXPECT_EQ(GetDossierBytes(now), exact) << off;
  }
}

TEST_F(OneMoment, AClockThatIsAnHourOffIsNamed) {
  const int64_t now = ManualClock::kStart + 2 * ManualClock::kDay;
  for (const int64_t off : {-3600 * ManualClock::kSecond, 3600 * ManualClock::kSecond}) {
    SetClocks(now, off);
    Restart();
    ASSERT_OK_AND_ASSIGN(const Dossier dossier, GetDossier());
    EXPECT_EQ(TimeUtil::TimestampToMicroseconds(dossier.as_of().known_at()), now);
    ASSERT_EQ(dossier.unreachable_size(), 1) << off;
    EXPECT_EQ(dossier.unreachable(0).service(), "events");
    EXPECT_EQ(dossier.unreachable(0).reason(), "CLOCK_SKEW");
    EXPECT_EQ(dossier.timeline().entries_size(), 0);
    EXPECT_GT(dossier.agreements().entries_size(), 0);
  }
}

TEST_F(OneMoment, AClockSetBackOverARestartChangesNoPastRead) {
  const int64_t now = ManualClock::kStart + 5 * ManualClock::kDay;
  SetClocks(now);
  ASSERT_THAT(Retitle("A"), IsOk());
  const std::string before = GetDossierBytes(now);
  SetClocks(now - 2 * ManualClock::kDay);
  Restart();
  ASSERT_THAT(Retitle("B"), IsOk());
  SetClocks(now);
  EXPECT_EQ(GetDossierBytes(now), before);
  EXPECT_EQ(TitleOfLosCabos(now), "A");
}

TEST_F(OneMoment, TheFutureIsRefused) {
  SetClocks(ManualClock::kStart + ManualClock::kDay);
  EXPECT_THAT(GetDossier(clock_.NowMicros() + ManualClock::kDay),
              HasReason(types::v1::KNOWN_AT_IN_FUTURE));
}

}  // namespace
}  // namespace chancery
