// A service's clock against the gateway's.

#include "gateway/upstream/reported_time.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace chancery::gateway::upstream {
namespace {

constexpr absl::Duration kSkew = absl::Milliseconds(500);
const absl::Time kNow = absl::FromUnixSeconds(1'767'225'600);

TEST(IsSkewedTest, AllowsTheSkewOnBothSides) {
  for (const int ms : {-500, -400, 0, 400, 500}) {
    EXPECT_FALSE(IsSkewed(kNow + absl::Milliseconds(ms), kNow, kNow, kSkew)) << ms;
  }
  for (const int ms : {-3'600'000, -501, 501, 3'600'000}) {
    EXPECT_TRUE(IsSkewed(kNow + absl::Milliseconds(ms), kNow, kNow, kSkew)) << ms;
  }
}

TEST(IsSkewedTest, HoldsTheCallsDurationInTheServicesFavour) {
  const absl::Time received = kNow + absl::Seconds(3);
  EXPECT_FALSE(IsSkewed(kNow, kNow, received, kSkew)) << "answered at once, slow on the way back";
  EXPECT_FALSE(IsSkewed(received, kNow, received, kSkew));
  EXPECT_TRUE(IsSkewed(received + absl::Milliseconds(501), kNow, received, kSkew));
}

TEST(NewestCommitTest, NeverGoesBack) {
  NewestCommit newest;
  EXPECT_EQ(newest.Get(), absl::InfinitePast());
  newest.Report(kNow);
  newest.Report(kNow - absl::Seconds(1));
  EXPECT_EQ(newest.Get(), kNow);
}

TEST(NewestCommitTest, TakesReportsFromManyThreads) {
  NewestCommit newest;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&newest, t] {
      for (int i = 0; i < 1000; ++i) newest.Report(kNow + absl::Microseconds(4 * i + t));
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(newest.Get(), kNow + absl::Microseconds(3999));
}

}  // namespace
}  // namespace chancery::gateway::upstream
