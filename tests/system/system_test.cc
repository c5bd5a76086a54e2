// The same system, in one process and in four: real binaries, real files, the command line.

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "chancery/gateway/v1/gateway_service.pb.h"
#include "gmock/gmock.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "tests/support/caller.h"
#include "tests/support/status_matchers.h"
#include "tests/system/deployment.h"

namespace chancery {
namespace {

using gateway::v1::Dossier;
using testing::Chancery;
using testing::Deployment;
using testing::Finished;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::RecordFolder;
using testing::Shape;

constexpr int kPartial = 5;

class System : public ::testing::TestWithParam<Shape> {
 protected:
  System() : deployment_(GetParam()) {}

  void SetUp() override {
    ASSERT_THAT(deployment_.Start(), IsOk());
    const Finished imported = Run({"import", RecordFolder()});
    ASSERT_EQ(imported.exit_code, 0) << imported.err;
  }

  Finished Run(std::vector<std::string> words) {
    words.insert(words.end(), {"--address", deployment_.address()});
    return Chancery(std::move(words));
  }

  Dossier GetDossier() {
    const Finished run = Run({"dossier", "russia", "japan", "--output", "json"});
    Dossier dossier;
    EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(run.out, &dossier).ok())
        << run.out << run.err;
    return dossier;
  }

  std::string Digest() {
    testing::Caller caller(deployment_.address());
    gateway::v1::GetRegisterStatusRequest request;
    request.set_full(true);
    const auto status = caller.Call<gateway::v1::RegisterStatus>(
        "chancery.gateway.v1.GatewayService/GetRegisterStatus", request);
    EXPECT_THAT(status, IsOk());
    return status.ok() ? status->digest() : "";
  }

  Deployment deployment_;
};

TEST_P(System, AnswersWithTheDossierOfTheBrief) {
  const Dossier dossier = GetDossier();
  EXPECT_GT(dossier.timeline().entries_size(), 40);
  EXPECT_GT(dossier.agreements().entries_size(), 5);
  EXPECT_EQ(dossier.unreachable_size(), 0);
  EXPECT_EQ(dossier.states_size(), 3);  // with the one that Russia succeeded
  for (const auto& entry : dossier.timeline().entries()) {
    EXPECT_FALSE(entry.event().title().empty());
    EXPECT_GT(entry.event().citations_size(), 0) << entry.event().name();
  }
}

TEST_P(System, ShowsTheRightTitleOfTheDay) {
  const Finished who = Run({"who", "posts/jp-pm", "--on", "2011-05-27"});
  EXPECT_EQ(who.exit_code, 0) << who.err;
  EXPECT_THAT(who.out, HasSubstr("Naoto Kan"));
  // Only the post is named on that day.
  const Finished implied = Run({"who", "posts/jp-pm", "--on", "2012-03-05"});
  EXPECT_THAT(implied.out, HasSubstr("Yoshihiko Noda\timplied"));
  const Finished unknown = Run({"who", "posts/ru-federation-council-chair", "--on", "2009-01-15"});
  EXPECT_EQ(unknown.exit_code, 1) << unknown.out;
}

TEST_P(System, AnImportIsRepeatedWithoutChange) {
  const std::string before = Digest();
  const Finished again = Run({"import", RecordFolder()});
  EXPECT_EQ(again.exit_code, 0) << again.out << again.err;
  EXPECT_EQ(Digest(), before);
}

TEST_P(System, AKilledRegisterHasTheSameDigest) {
  const std::string before = Digest();
  ASSERT_FALSE(before.empty());
  deployment_.StopAll(SIGKILL);
  ASSERT_THAT(deployment_.Start(), IsOk());
  EXPECT_EQ(Digest(), before);
}

TEST_P(System, ACorrectionIsKnownFromNowOn) {
  const Finished now = Run({"get", "people/okada", "--output", "json"});
  ASSERT_EQ(now.exit_code, 0) << now.err;
  const std::string moment = absl::FormatTime(absl::RFC3339_full, absl::Now(), absl::UTCTimeZone());
  const Finished deleted = Run({"delete", "people/okada", "--note", "a test"});
  ASSERT_EQ(deleted.exit_code, 0) << deleted.err;
  const Finished then = Run({"get", "people/okada", "--known-at", moment, "--output", "json"});
  EXPECT_EQ(then.out, now.out);
  const Finished history = Run({"history", "people/okada"});
  EXPECT_THAT(history.out, HasSubstr("a test"));
}

INSTANTIATE_TEST_SUITE_P(Shapes, System,
                         ::testing::Values(Shape::kOneProcess, Shape::kFourProcesses),
                         [](const auto& info) {
                           return info.param == Shape::kOneProcess ? "OneProcess" : "FourProcesses";
                         });

class FourProcesses : public System {};

TEST_P(FourProcesses, OneAwayLeavesTheRestInTimeAndComesBackWhole) {
  const Dossier whole = GetDossier();
  for (const std::string service : {"people", "events", "agreements"}) {
    SCOPED_TRACE(service);
    deployment_.StopService(service, SIGKILL);
    const Finished partial =
        Run({"dossier", "russia", "japan", "--output", "json", "--timeout", "3s"});
    EXPECT_EQ(partial.exit_code, kPartial) << partial.err;
    EXPECT_LT(partial.took, absl::Seconds(4));
    Dossier dossier;
    ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(partial.out, &dossier).ok());
    ASSERT_EQ(dossier.unreachable_size(), 1);
    EXPECT_EQ(dossier.unreachable(0).service(), service);
    EXPECT_EQ(dossier.timeline().entries_size() > 0, service != "events");
    EXPECT_EQ(dossier.agreements().entries_size() > 0, service != "agreements");
    ASSERT_THAT(deployment_.Start(), IsOk());
    // The very next one.
    const Dossier back = GetDossier();
    EXPECT_EQ(back.unreachable_size(), 0);
    EXPECT_EQ(back.timeline().entries_size(), whole.timeline().entries_size());
    EXPECT_EQ(back.agreements().entries_size(), whole.agreements().entries_size());
  }
}

TEST_P(FourProcesses, AWriteThatCanNotBeCheckedIsRefused) {
  deployment_.StopService("people", SIGKILL);
  const Finished refused = Run({"apply", "-f", RecordFolder() + "/events.jsonl"});
  EXPECT_NE(refused.exit_code, 0);
  EXPECT_THAT(refused.err + refused.out, HasSubstr("SERVICE_UNREACHABLE"));
}

INSTANTIATE_TEST_SUITE_P(Shapes, FourProcesses, ::testing::Values(Shape::kFourProcesses));

}  // namespace
}  // namespace chancery
