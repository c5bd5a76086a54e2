// Import and export with real processes: a killed client, a killed server, a hundred thousand
// lines.

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "chancery/gateway/v1/gateway_service.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/caller.h"
#include "tests/support/status_matchers.h"
#include "tests/system/deployment.h"

namespace chancery {
namespace {

using testing::Chancery;
using testing::Deployment;
using testing::Finished;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::NewFolder;
using testing::RecordFolder;
using testing::Shape;

constexpr int kKilled = 128 + SIGKILL;

std::string ReadFile(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void WriteState(int i, std::ofstream& file) { file << R"({"name":"states/s)" << i << "\"}\n"; }

// People, some of whose states come first and some last, so that part of them wait, and events that
// refer to them.
std::string WriteLines(int people) {
  const std::string path = NewFolder("lines") + "/lines.jsonl";
  std::ofstream file(path);
  for (int i = 0; i < 5; ++i) WriteState(i, file);
  for (int i = 0; i < people; ++i) {
    file << R"({"name":"events/e)" << i
         << R"(","kind":"MEETING","participants":[{"id":"p","person":"people/p)" << i << "\"}]}\n"
         << R"({"name":"people/p)" << i << R"(","names":[{"id":"a","text":"P)" << i
         << "\"}],\"state\":\"states/s" << i % 10 << "\"}\n";
  }
  for (int i = 5; i < 10; ++i) WriteState(i, file);
  return path;
}

class ImportSystem : public ::testing::TestWithParam<Shape> {
 protected:
  ImportSystem() : deployment_(GetParam()) {}
  void SetUp() override { ASSERT_THAT(deployment_.Start(), IsOk()); }

  Finished Run(std::vector<std::string> words) {
    words.insert(words.end(), {"--address", deployment_.address()});
    return Chancery(std::move(words));
  }

  std::vector<std::string> Export(const std::string& flag = "") {
    std::vector<std::string> words = {"export"};
    if (!flag.empty()) words.push_back(flag);
    const Finished run = Run(words);
    std::vector<std::string> lines = absl::StrSplit(run.out, '\n', absl::SkipEmpty());
    return lines;
  }

  // What is exported when nobody kills anything.
  static std::vector<std::string> Undisturbed(const std::string& path) {
    Deployment other(Shape::kOneProcess);
    EXPECT_THAT(other.Start(), IsOk());
    EXPECT_EQ(Chancery({"import", path, "--address", other.address()}).exit_code, 0);
    const Finished run = Chancery({"export", "--address", other.address()});
    return absl::StrSplit(run.out, '\n', absl::SkipEmpty());
  }

  Deployment deployment_;
};

TEST_P(ImportSystem, AKilledClientLosesAndDoublesNothing) {
  const std::string path = WriteLines(1500);
  bool was_half = false;
  for (int milliseconds = 50;; milliseconds += 50) {
    const Finished killed =
        testing::RunProgram({"/usr/bin/timeout", "-s", "KILL", absl::StrCat(milliseconds / 1000.0),
                             testing::BinaryPath("deploy/allinone/chancery"), "import", path,
                             "--address", deployment_.address()});
    const size_t lines = Export().size();
    was_half |= killed.exit_code == kKilled && lines > 0 && lines < 3010;
    if (killed.exit_code != kKilled) break;
  }
  EXPECT_TRUE(was_half) << "no kill came in the midst of the import";
  EXPECT_EQ(Run({"import", path}).exit_code, 0);
  EXPECT_TRUE(Export() == Undisturbed(path));
  EXPECT_EQ(Export("--history").size(), 3010u) << "a revision each";
}

TEST_P(ImportSystem, AKilledServerLosesAndDoublesNothing) {
  const std::string path = WriteLines(1500);
  int ended = 0;
  for (int times = 0; times < 3; ++times) {
    Finished run;
    std::thread client([&] { run = Run({"import", path}); });
    // As soon as there is more than before.
    testing::Caller caller(deployment_.address());
    const auto newest = [&caller] {
      const auto status = caller.Call<gateway::v1::RegisterStatus>(
          "chancery.gateway.v1.GatewayService/GetRegisterStatus",
          gateway::v1::GetRegisterStatusRequest());
      std::string times_of_all;
      if (!status.ok()) return times_of_all;
      for (const auto& store : status->stores()) {
        absl::StrAppend(&times_of_all, store.last_commit_time().ShortDebugString(), ";");
      }
      return times_of_all;
    };
    const std::string before = newest();
    for (int polls = 0; polls < 200 && newest() == before; ++polls) {
    }
    deployment_.StopAll(SIGKILL);
    client.join();
    ended += run.exit_code == 4 ? 1 : 0;
    ASSERT_THAT(deployment_.Start(), IsOk());
    if (run.exit_code == 0) break;
  }
  EXPECT_GT(ended, 0) << "no import was under way when the server was killed";
  const Finished last = Run({"import", path});
  EXPECT_EQ(last.exit_code, 0) << last.err;
  EXPECT_TRUE(Export() == Undisturbed(path));
  EXPECT_EQ(Export("--history").size(), 3010u) << "a revision each";
}

TEST_P(ImportSystem, TheRecordOfTheBriefComesBackFromItsExportAndFromItsHistory) {
  ASSERT_EQ(Run({"import", RecordFolder()}).exit_code, 0);
  ASSERT_EQ(Run({"delete", "statistics/top-level-rounds-2011-2012", "--note", "a test"}).exit_code,
            0);
  const std::string folder = NewFolder("export");
  const std::string exported = Run({"export"}).out;
  const std::string history = Run({"export", "--history"}).out;
  std::ofstream(folder + "/record.jsonl") << exported;
  std::ofstream(folder + "/history.jsonl") << history;
  const Finished status = Run({"health", "--full", "--output", "json"});
  const size_t at = status.out.rfind("\"digest\"");
  for (const Shape shape : {Shape::kOneProcess, Shape::kFourProcesses}) {
    Deployment plain(shape);
    ASSERT_THAT(plain.Start(), IsOk());
    const Finished in =
        Chancery({"import", folder + "/record.jsonl", "--address", plain.address()});
    EXPECT_EQ(in.exit_code, 0) << in.err;
    EXPECT_TRUE(Chancery({"export", "--address", plain.address()}).out == exported);
    Deployment restored(shape);
    ASSERT_THAT(restored.Start(), IsOk());
    const Finished back =
        Chancery({"restore", folder + "/history.jsonl", "--address", restored.address()});
    EXPECT_EQ(back.exit_code, 0) << back.err;
    EXPECT_TRUE(Chancery({"export", "--history", "--address", restored.address()}).out == history);
    const Finished same =
        Chancery({"health", "--full", "--output", "json", "--address", restored.address()});
    EXPECT_EQ(same.out.substr(same.out.rfind("\"digest\"")), status.out.substr(at));
  }
}

INSTANTIATE_TEST_SUITE_P(Shapes, ImportSystem,
                         ::testing::Values(Shape::kOneProcess, Shape::kFourProcesses),
                         [](const auto& info) {
                           return info.param == Shape::kOneProcess ? "OneProcess" : "FourProcesses";
                         });

// A thousand bad ones among a hundred thousand lines: just those are rejected, and mended they add
// just themselves.
TEST(ImportOfMany, RejectsExactlyTheBadLines) {
  constexpr int kLines = 100'000;
  constexpr int kEvery = 100;
  Deployment deployment(Shape::kOneProcess);
  ASSERT_THAT(deployment.Start(), IsOk());
  const std::string folder = NewFolder("many");
  {
    std::ofstream file(folder + "/many.jsonl");
    for (int i = 0; i < kLines; ++i) {
      file << R"({"name":"people/p)" << i << R"(","birth":{"edtf":")"
           << (i % kEvery == 17 ? "1956-13" : "1956-12") << "\"}}\n";
    }
  }
  const std::vector<std::string> at = {"--address", deployment.address(), "--timeout", "60s"};
  const auto run = [&](std::vector<std::string> words) {
    words.insert(words.end(), at.begin(), at.end());
    return Chancery(words);
  };
  const Finished first =
      run({"import", folder + "/many.jsonl", "--rejects", folder + "/rejects.jsonl"});
  EXPECT_EQ(first.exit_code, 3) << first.err;
  EXPECT_THAT(first.out, HasSubstr("people\t99000\t0\t0\t0\t1000\n"));
  const std::string rejects = ReadFile(folder + "/rejects.jsonl");
  std::set<int> bad;
  for (const absl::string_view line : absl::StrSplit(rejects, '\n', absl::SkipEmpty())) {
    if (!absl::StartsWith(line, "{")) continue;
    const std::string name(line.substr(17, line.find('"', 17) - 17));
    bad.insert(std::atoi(name.c_str()));
  }
  EXPECT_EQ(bad.size(), 1000u);
  for (const int i : bad) EXPECT_EQ(i % kEvery, 17);
  std::ofstream(folder + "/mended.jsonl")
      << absl::StrReplaceAll(rejects, {{"\"1956-13\"}", "\"1956-12\"}"}});
  const Finished second = run({"import", folder + "/mended.jsonl"});
  EXPECT_EQ(second.exit_code, 0) << second.err;
  EXPECT_THAT(second.out, HasSubstr("people\t1000\t0\t0\t0\t0\n"));
  const Finished third = run({"import", folder + "/mended.jsonl"});
  EXPECT_THAT(third.out, HasSubstr("people\t0\t0\t1000\t0\t0\n"));
}

}  // namespace
}  // namespace chancery
