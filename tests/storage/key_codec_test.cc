#include "storage/key_codec.h"

#include <rapidcheck.h>

#include <string>
#include <tuple>
#include <vector>

#include "gtest/gtest.h"

namespace chancery::storage {
namespace {

using Components = std::tuple<std::string, int32_t, uint16_t, int64_t, std::string>;

std::string Encode(const Components& components) {
  const auto& [text, i32, u16, i64, last] = components;
  return KeyWriter().Text(text).I32(i32).U16(u16).I64(i64).Text(last).key();
}

// Short texts over few bytes, so that prefixes, zeros and 0xff meet often.
rc::Gen<std::string> TrickyText() {
  return rc::gen::container<std::string>(rc::gen::element('\0', '\x01', 'a', 'b', '\xfe', '\xff'));
}

rc::Gen<Components> AnyComponents() {
  return rc::gen::tuple(TrickyText(), rc::gen::arbitrary<int32_t>(), rc::gen::arbitrary<uint16_t>(),
                        rc::gen::arbitrary<int64_t>(), TrickyText());
}

// Bytes as the engine compares them: unsigned.
int Compare(const std::string& a, const std::string& b) {
  return absl::string_view(a).compare(absl::string_view(b));
}

// std::string compares chars as unsigned bytes, too, so tuples of them order as components should.
TEST(KeyCodecTest, KeysSortAsTheirComponentsDo) {
  EXPECT_TRUE(rc::check([] {
    const Components a = *AnyComponents();
    Components b = *AnyComponents();
    if (*rc::gen::arbitrary<bool>()) std::get<0>(b) = std::get<0>(a);
    RC_ASSERT((a < b) == (Compare(Encode(a), Encode(b)) < 0));
    RC_ASSERT((a == b) == (Encode(a) == Encode(b)));
  }));
}

TEST(KeyCodecTest, WhatIsWrittenIsRead) {
  EXPECT_TRUE(rc::check([] {
    const Components components = *AnyComponents();
    const std::string key = Encode(components);
    KeyReader reader(key);
    Components read;
    RC_ASSERT(reader.Text(std::get<0>(read)) && reader.I32(std::get<1>(read)));
    RC_ASSERT(reader.U16(std::get<2>(read)) && reader.I64(std::get<3>(read)));
    RC_ASSERT(reader.Text(std::get<4>(read)) && reader.Rest().empty());
    RC_ASSERT(read == components);
  }));
}

TEST(KeyCodecTest, ReadingAnyBytesEnds) {
  EXPECT_TRUE(rc::check([] {
    const std::string bytes = *TrickyText();
    KeyReader reader(bytes);
    std::string text;
    while (reader.Text(text)) {
    }
    uint64_t number;
    while (reader.U64(number)) {
    }
    RC_ASSERT(reader.Rest().size() <= bytes.size());
  }));
}

TEST(KeyCodecTest, ThePrefixEndFollowsEverythingWithThePrefix) {
  EXPECT_TRUE(rc::check([] {
    const std::string prefix = *TrickyText();
    const std::string key = prefix + *TrickyText();
    const std::string end = PrefixEnd(prefix);
    RC_ASSERT(end.empty() || Compare(key, end) < 0);
    RC_ASSERT(end.empty() || end.compare(0, prefix.size(), prefix) != 0 || prefix.empty());
  }));
  EXPECT_EQ(PrefixEnd("ab"), "ac");
  EXPECT_EQ(PrefixEnd("a\xff\xff"), "b");
  EXPECT_EQ(PrefixEnd("\xff"), "");
}

TEST(KeyCodecTest, NothingLiesBetweenAKeyAndTheKeyAfterIt) {
  EXPECT_EQ(KeyAfter("a"), std::string("a\0", 2));
}

// The encodings are on disk: these bytes never change.
TEST(KeyCodecTest, TheBytesAreFrozen) {
  const auto key = [](KeyWriter writer) { return writer.key(); };
  EXPECT_EQ(key(KeyWriter().U8(0x12).U16(0x1234)), std::string("\x12\x12\x34", 3));
  EXPECT_EQ(key(KeyWriter().U32(1)), std::string("\0\0\0\1", 4));
  EXPECT_EQ(key(KeyWriter().U64(258)), std::string("\0\0\0\0\0\0\1\2", 8));
  EXPECT_EQ(key(KeyWriter().I32(-1)), std::string("\x7f\xff\xff\xff", 4));
  EXPECT_EQ(key(KeyWriter().I64(0)), std::string("\x80\0\0\0\0\0\0\0", 8));
  EXPECT_EQ(key(KeyWriter().Text(absl::string_view("a\0b", 3))), std::string("a\0\xff"
                                                                             "b\0\0",
                                                                             6));
}

}  // namespace
}  // namespace chancery::storage
