#include "storage/sealer.h"

#include <sys/stat.h>

#include <string>
#include <thread>
#include <vector>

#include "gtest/gtest.h"
#include "proto/errors/error.h"
#include "storage/page_token.h"

namespace chancery::storage {
namespace {

std::string Key(char fill) { return std::string(64, fill); }

TEST(SealerTest, WhatIsSealedOpensForItsPurposeAlone) {
  const auto sealer = *Sealer::Create(Key('k'));
  for (const std::string& value : {std::string("value"), std::string(), std::string("\0\xff", 2)}) {
    const std::string sealed = sealer->Seal("etag", value);
    EXPECT_EQ(*sealer->Open("etag", sealed), value);
    EXPECT_FALSE(sealer->Open("page", sealed).ok());
    EXPECT_FALSE((*Sealer::Create(Key('l')))->Open("etag", sealed).ok());
  }
}

TEST(SealerTest, EqualValuesAreEqualBytesAndHideTheirContent) {
  const auto sealer = *Sealer::Create(Key('k'));
  EXPECT_EQ(sealer->Seal("etag", "value"), sealer->Seal("etag", "value"));
  EXPECT_NE(sealer->Seal("etag", "value"), sealer->Seal("page", "value"));
  EXPECT_EQ(
      sealer->Seal("etag", "value")
          .find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
      std::string::npos);
}

TEST(SealerTest, EveryForgeryIsRefused) {
  const auto sealer = *Sealer::Create(Key('k'));
  const std::string sealed = sealer->Seal("etag", "value");
  for (size_t i = 0; i < sealed.size(); ++i) {
    for (const char c : {'A', 'z', '=', '+', '\0'}) {
      std::string forged = sealed;
      if (forged[i] == c) continue;
      forged[i] = c;
      EXPECT_FALSE(sealer->Open("etag", forged).ok()) << i << c;
    }
    EXPECT_FALSE(sealer->Open("etag", sealed.substr(0, i)).ok());
  }
  EXPECT_FALSE(sealer->Open("etag", sealed + "A").ok());
  EXPECT_FALSE(sealer->Open("etag", sealed + "=").ok());
}

// Tokens outlive releases as long as the key does.
TEST(SealerTest, TheBytesAreFrozen) {
  EXPECT_EQ((*Sealer::Create(Key('k')))->Seal("etag", "value"), "qYzNSAjbx2Yw82Fcq93fVFB0ztQVew");
}

TEST(SealerTest, AMarkIsOfItsKeyItsPurposeAndItsValue) {
  const auto sealer = *Sealer::Create(Key('k'));
  const std::string mark = sealer->Mark("etag", "value");
  EXPECT_EQ(mark, sealer->Mark("etag", "value"));
  EXPECT_NE(mark, (*Sealer::Create(Key('l')))->Mark("etag", "value"));
  EXPECT_NE(mark, sealer->Mark("etag", "value2"));
  EXPECT_NE(mark, sealer->Mark("eta", "gvalue"));
  EXPECT_EQ(mark,
            "sq7GVMUEuRAWbbkfrmrzmQ");  // frozen: etags outlive releases as long as the key does
  EXPECT_FALSE(sealer->Open("etag", mark).ok());
}

TEST(SealerTest, AKeyHas64Bytes) {
  EXPECT_FALSE(Sealer::Create("short").ok());
  EXPECT_FALSE(Sealer::Create(std::string(65, 'k')).ok());
}

TEST(SealerTest, ProcessesThatCreateTheKeyFileAtOnceShareTheKey) {
  const std::string path = ::testing::TempDir() + "/sealer_test.key";
  std::remove(path.c_str());
  std::vector<std::string> sealed(8);
  std::vector<std::thread> threads;
  threads.reserve(sealed.size());
  for (std::string& result : sealed) {
    threads.emplace_back([&] { result = (*Sealer::FromKeyFile(path))->Seal("etag", "value"); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& result : sealed) EXPECT_EQ(result, sealed[0]);
  struct stat file;
  ASSERT_EQ(stat(path.c_str(), &file), 0);
  EXPECT_EQ(file.st_mode & 0777, 0600u);
  EXPECT_EQ(file.st_size, 64);
}

TEST(PageTokenTest, ATokenIsGoodForItsRequestOnly) {
  const auto sealer = *Sealer::Create(Key('k'));
  const std::string sealed = SealPageToken(*sealer, {"digest", 42, std::string("a\0b", 3)});
  const auto token = OpenPageToken(*sealer, sealed, "digest");
  ASSERT_TRUE(token.ok()) << token.status();
  EXPECT_EQ(token->seq, 42u);
  EXPECT_EQ(token->after, std::string("a\0b", 3));
  for (const auto& wrong :
       {OpenPageToken(*sealer, sealed, "other"), OpenPageToken(*sealer, sealed + "x", "digest"),
        OpenPageToken(*sealer, sealer->Seal("etag", "x"), "digest"),
        OpenPageToken(*sealer, "", "digest")}) {
    EXPECT_TRUE(errors::HasReason(wrong.status(), types::v1::PAGE_TOKEN_INVALID));
  }
}

}  // namespace
}  // namespace chancery::storage
