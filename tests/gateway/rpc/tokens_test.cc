// Tokens come back as they went out, or not at all.

#include "gateway/rpc/tokens.h"

#include <gtest/gtest.h>

#include "chancery/gateway/v1/gateway_service.pb.h"
#include "proto/errors/error.h"

namespace chancery::gateway::rpc {
namespace {

v1::ListTimelineRequest Request() {
  v1::ListTimelineRequest request;
  request.set_state("states/russia");
  request.set_other_state("states/japan");
  return request;
}

v1::RegisterPageToken Token() {
  v1::RegisterPageToken token;
  token.set_valid_at("2026-01-01");
  token.add_places()->set_page_token("sealed");
  return token;
}

TEST(TokensTest, AreDeterministic) {
  EXPECT_EQ(Encode(Token(), Request()), Encode(Token(), Request()));
}

TEST(TokensTest, ComeBackWhole) {
  v1::ListTimelineRequest next = Request();
  next.set_page_size(7);
  next.set_page_token(Encode(Token(), Request()));
  const auto token = DecodePageToken(next.page_token(), next);
  ASSERT_TRUE(token.ok()) << token.status();
  EXPECT_EQ(token->places(0).page_token(), "sealed");
}

TEST(TokensTest, AreBoundToTheirRequest) {
  v1::ListTimelineRequest other = Request();
  other.set_other_state("states/china");
  v1::ListOfficeHoldersRequest of_another_kind;
  const std::string text = Encode(Token(), Request());
  EXPECT_FALSE(DecodePageToken(text, other).ok());
  EXPECT_FALSE(DecodePageToken(text, of_another_kind).ok());
  EXPECT_FALSE(DecodeToken(text).ok());
}

TEST(TokensTest, AreRefusedWithAnyByteChanged) {
  const std::string text = Encode(Token(), Request());
  for (size_t i = 0; i < text.size(); ++i) {
    std::string damaged = text;
    damaged[i] = damaged[i] == 'A' ? 'B' : 'A';
    const auto token = DecodePageToken(damaged, Request());
    ASSERT_FALSE(token.ok()) << i;
    EXPECT_TRUE(errors::HasReason(token.status(), types::v1::PAGE_TOKEN_INVALID));
    EXPECT_FALSE(DecodePageToken(text.substr(0, i), Request()).ok());
  }
}

TEST(TimeTest, SurvivesBothWays) {
  for (const int64_t micros :
       {int64_t{0}, int64_t{1}, int64_t{-1}, int64_t{-1'000'001}, int64_t{1'767'225'600'123'456}}) {
    const absl::Time time = absl::FromUnixMicros(micros);
    EXPECT_EQ(FromProto(ToProto(time)), time) << micros;
    EXPECT_GE(ToProto(time).nanos(), 0);
  }
}

TEST(Sha256Test, IsTheKnownOne) {
  EXPECT_EQ(Sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

}  // namespace
}  // namespace chancery::gateway::rpc
