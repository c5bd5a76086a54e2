#include "proto/errors/excerpt.h"

#include <string>

#include "gtest/gtest.h"

namespace chancery::errors {
namespace {

TEST(Excerpt, IsTheWholeOfAShortText) {
  EXPECT_EQ(Excerpt(""), "");
  EXPECT_EQ(Excerpt("abc", 3), "abc");
  EXPECT_EQ(Excerpt("日本語", 3), "日本語");
  EXPECT_EQ(Excerpt(std::string(64, 'x')), std::string(64, 'x'));
}

TEST(Excerpt, IsCutBetweenCodePoints) {
  EXPECT_EQ(Excerpt("abcd", 3), "abc…");
  EXPECT_EQ(Excerpt("日本語𐍈", 3), "日本語…");
  EXPECT_EQ(Excerpt("a𐍈b", 2), "a𐍈…");
  EXPECT_EQ(Excerpt("abc", 0), "…");
  EXPECT_EQ(Excerpt(std::string(65, 'x')), std::string(64, 'x') + "…");
}

}  // namespace
}  // namespace chancery::errors
