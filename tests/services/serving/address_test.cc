#include "services/serving/address.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/serving/container.h"
#include "tests/support/listener.h"
#include "tests/support/status_matchers.h"

namespace chancery::serving {
namespace {

using testing::HasReason;
using ::testing::HasSubstr;
using testing::IsOk;
using types::v1::ADDRESS_TAKEN;
using types::v1::USAGE_INVALID;

TEST(Exposure, IsOfWhatIsNotLoopback) {
  for (const char* loopback : {"127.0.0.1:7600", "127.8.8.8:0", "[::1]:0", "localhost:65535"}) {
    EXPECT_THAT(CheckExposure(loopback, false), IsOk()) << loopback;
  }
  for (const char* open : {"0.0.0.0:0", "[::]:0", "192.0.2.1:7600", "[2001:db8::1]:0"}) {
    const absl::Status refused = CheckExposure(open, false);
    EXPECT_THAT(refused, HasReason(USAGE_INVALID)) << open;
    EXPECT_THAT(refused.message(), HasSubstr("--insecure"));
    EXPECT_THAT(CheckExposure(open, true), IsOk()) << open;
  }
}

// Such as a port that would be taken modulo 65536.
TEST(Address, IsAHostAndAPort) {
  for (const char* none : {"", "7600", ":7600", "127.0.0.1", "127.0.0.1:", "127.0.0.1:http",
                           "127.0.0.1:65536", "127.0.0.1:-1", "::1:0"}) {
    for (const bool insecure : {false, true}) {
      EXPECT_THAT(CheckExposure(none, insecure), HasReason(USAGE_INVALID)) << none;
    }
    EXPECT_THAT(CheckFree(none), HasReason(USAGE_INVALID)) << none;
  }
}

TEST(Free, IsWhatNobodyHolds) {
  std::string address;
  {
    const testing::Listener holder;
    address = holder.address();
    const absl::Status taken = CheckFree(address);
    EXPECT_THAT(taken, HasReason(ADDRESS_TAKEN));
    EXPECT_THAT(taken.message(), HasSubstr(address));
    EXPECT_THAT(taken.message(), HasSubstr(absl::StrCat("held by pid ", getpid(), " (")));
  }
  EXPECT_THAT(CheckFree(address), IsOk());
  EXPECT_THAT(CheckFree("127.0.0.1:0"), IsOk());
}

// 192.0.2.0/24 is for documentation; no interface has it.
TEST(Free, IsNotWhatThisMachineDoesNotHave) {
  const absl::Status status = CheckFree("192.0.2.1:0");
  EXPECT_THAT(status, HasReason(USAGE_INVALID));
  EXPECT_THAT(status.message(), HasSubstr("no interface"));
}

TEST(Container, IsKnownByItsSigns) {
  using Variables = std::map<std::string, std::string>;
  const auto is_one = [](const std::string& root, const Variables& variables) {
    return InContainer(root, [&](const std::string& name) -> std::optional<std::string> {
      const auto found = variables.find(name);
      if (found == variables.end()) return std::nullopt;
      return found->second;
    });
  };
  const std::string root = ::testing::TempDir() + "/machine/";
  std::filesystem::remove_all(root);
  std::filesystem::create_directories(root + "run");
  EXPECT_FALSE(is_one(root, {{"container", ""}, {"CONTAINER_NAME", "x"}}));
  EXPECT_TRUE(is_one(root, {{"container", "podman"}}));
  EXPECT_TRUE(is_one(root, {{"KUBERNETES_SERVICE_HOST", "10.0.0.1"}}));
  std::ofstream(root + "run/.containerenv") << "";
  EXPECT_TRUE(is_one(root, {}));
  std::filesystem::remove(root + "run/.containerenv");
  std::ofstream(root + ".dockerenv") << "";
  EXPECT_TRUE(is_one(root, {}));
}

}  // namespace
}  // namespace chancery::serving
