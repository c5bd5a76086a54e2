// Which moment a read is answered for.

#include "gateway/rpc/moment.h"

#include <gtest/gtest.h>

#include "gateway/rpc/tokens.h"
#include "proto/errors/error.h"

namespace chancery::gateway::rpc {
namespace {

using types::v1::AsOf;
using types::v1::ErrorReason;

const absl::Time kNow = absl::FromUnixSeconds(1'767'225'600);  // 2026-01-01
constexpr absl::Duration kSkew = absl::Milliseconds(500);

Present At(absl::Time newest_commit = absl::InfinitePast()) { return {kNow, newest_commit, kSkew}; }

AsOf KnownAt(absl::Time time) {
  AsOf as_of;
  *as_of.mutable_known_at() = ToProto(time);
  return as_of;
}

AsOf WithToken(absl::Time time) {
  v1::RegisterToken token;
  *token.mutable_known_at() = ToProto(time);
  AsOf as_of;
  as_of.set_token(Encode(token));
  return as_of;
}

void ExpectRefused(const AsOf& as_of, ErrorReason reason) {
  const auto moment = FixMoment(as_of, At());
  ASSERT_FALSE(moment.ok());
  EXPECT_TRUE(errors::HasReason(moment.status(), reason)) << moment.status();
}

TEST(MomentTest, IsNowWithoutMore) {
  const auto moment = FixMoment({}, At());
  ASSERT_TRUE(moment.ok());
  EXPECT_EQ(moment->known_at, kNow);
  EXPECT_EQ(moment->valid_at, absl::CivilDay(2026, 1, 1));
}

TEST(MomentTest, IsTheNewestThingReported) {
  EXPECT_EQ(FixMoment({}, At(kNow + kSkew))->known_at, kNow + kSkew);
  EXPECT_EQ(FixMoment({}, At(kNow - kSkew))->known_at, kNow);
  EXPECT_EQ(FixMoment(WithToken(kNow + absl::Milliseconds(1)), At())->known_at,
            kNow + absl::Milliseconds(1));
  EXPECT_EQ(FixMoment(WithToken(kNow - absl::Hours(1)), At())->known_at, kNow);
}

TEST(MomentTest, IsTheOneGiven) {
  const absl::Time given = kNow - absl::Hours(24 * 365);
  EXPECT_EQ(FixMoment(KnownAt(given), At(kNow + kSkew))->known_at, given);
  EXPECT_EQ(FixMoment(KnownAt(given), At())->valid_at, absl::CivilDay(2025, 1, 1));
}

TEST(MomentTest, IsTheTokensOnRequest) {
  AsOf as_of = WithToken(kNow - absl::Hours(1));
  as_of.set_consistency(types::v1::CONSISTENCY_AT_EXACT_SNAPSHOT);
  EXPECT_EQ(FixMoment(as_of, At())->known_at, kNow - absl::Hours(1));
}

TEST(MomentTest, CountsInMicroseconds) {
  AsOf as_of = KnownAt(kNow);
  as_of.mutable_known_at()->set_nanos(1'999);
  const auto moment = FixMoment(as_of, At());
  EXPECT_EQ(moment->known_at, kNow + absl::Microseconds(1));
  EXPECT_EQ(FixMoment(moment->Echo(), At())->Echo().SerializeAsString(),
            moment->Echo().SerializeAsString());
}

TEST(MomentTest, RefusesTheFuture) {
  EXPECT_TRUE(FixMoment(KnownAt(kNow + kSkew), At()).ok());
  ExpectRefused(KnownAt(kNow + absl::Seconds(1)), types::v1::KNOWN_AT_IN_FUTURE);
  ExpectRefused(WithToken(kNow + absl::Seconds(1)), types::v1::CONSISTENCY_TOKEN_AHEAD);
}

TEST(MomentTest, RefusesWhatIsMalformed) {
  AsOf as_of;
  as_of.set_valid_at("2009-05");
  ExpectRefused(as_of, types::v1::VALID_AT_INVALID);
  as_of = {};
  as_of.set_token("forged");
  ExpectRefused(as_of, types::v1::CONSISTENCY_TOKEN_INVALID);
  as_of = {};
  as_of.set_consistency(static_cast<types::v1::Consistency>(77));
  ExpectRefused(as_of, types::v1::ENUM_VALUE_UNKNOWN);
  as_of = {};
  as_of.mutable_known_at()->set_nanos(-1);
  ExpectRefused(as_of, types::v1::FIELD_INVALID);
}

}  // namespace
}  // namespace chancery::gateway::rpc
