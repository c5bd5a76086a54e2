#include "storage/record.h"

#include <rapidcheck.h>

#include <string>

#include "absl/strings/escaping.h"
#include "gtest/gtest.h"
#include "proto/errors/error.h"

namespace chancery::storage {
namespace {

RecordHeader Header(int64_t delete_time = 0) {
  RecordHeader header{
      .create_time = 1'000, .update_time = 2'000, .delete_time = delete_time, .salt = {}};
  for (size_t i = 0; i < header.salt.size(); ++i) header.salt[i] = static_cast<uint8_t>(i);
  return header;
}

TEST(RecordTest, WhatIsEncodedIsDecoded) {
  EXPECT_TRUE(rc::check([](int64_t create, int64_t update, int64_t del, std::string payload) {
    RecordHeader header = Header(del);
    header.create_time = create;
    header.update_time = update;
    const std::string bytes = EncodeRecord(header, payload);
    const auto record = DecodeRecord(bytes);
    RC_ASSERT(record.ok());
    RC_ASSERT(record->header.create_time == create && record->header.update_time == update);
    RC_ASSERT(record->header.delete_time == del && record->header.salt == header.salt);
    RC_ASSERT(record->payload == payload);
  }));
}

TEST(RecordTest, OtherBytesAreCorrupt) {
  const std::string good = EncodeRecord(Header(3'000), "");
  for (size_t size = 0; size < good.size(); ++size) {
    const auto record = DecodeRecord(good.substr(0, size));
    EXPECT_TRUE(errors::HasReason(record.status(), types::v1::STORE_CORRUPT)) << size;
  }
  std::string future = good;
  future[0] = 2;
  EXPECT_FALSE(DecodeRecord(future).ok());
  std::string strange_flags = good;
  strange_flags[1] = 4;
  EXPECT_FALSE(DecodeRecord(strange_flags).ok());
}

TEST(RecordTest, TheDigestCoversSaltAndBytes) {
  const std::string bytes = EncodeRecord(Header(), "x");
  Salt other = Header().salt;
  other[0] ^= 1;
  EXPECT_NE(RecordDigest(Header().salt, bytes), RecordDigest(other, bytes));
  EXPECT_NE(RecordDigest(Header().salt, bytes), RecordDigest(Header().salt, bytes + "y"));
}

// The envelope is on disk: these bytes never change.
TEST(RecordTest, TheBytesAreFrozen) {
  EXPECT_EQ(absl::BytesToHexString(EncodeRecord(Header(), "\x0a\x01x")),
            "0100"
            "80000000000003e8"
            "80000000000007d0"
            "000102030405060708090a0b0c0d0e0f"
            "0a0178");
  EXPECT_EQ(absl::BytesToHexString(EncodeRecord(Header(3'000), "")),
            "0101"
            "80000000000003e8"
            "80000000000007d0"
            "8000000000000bb8"
            "000102030405060708090a0b0c0d0e0f");
}

}  // namespace
}  // namespace chancery::storage
