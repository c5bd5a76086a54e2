// The shell that people have completes what the binary says.

#include <filesystem>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/process.h"

namespace chancery {
namespace {

// What bash proposes when the tab key is hit behind these words.
std::string Tab(const std::string& words, int last) {
  const std::string folder =
      std::filesystem::path(testing::BinaryPath("deploy/allinone/chancery")).parent_path().string();
  const std::string script =
      "PATH=" + folder + ":$PATH; source <(chancery completion bash); COMP_WORDS=(" + words +
      "); COMP_CWORD=" + std::to_string(last) + "; _chancery 2>/dev/null; echo \"${COMPREPLY[*]}\"";
  return testing::RunProgram({"/usr/bin/env", "bash", "-c", script}).out;
}

TEST(Bash, CompletesCommandsFlagsAndValues) {
  EXPECT_EQ(Tab("chancery undel", 1), "undelete\n");
  EXPECT_EQ(Tab("chancery ser", 1), "serve\n") << "the binary's own commands too";
  EXPECT_EQ(Tab("chancery list events --page-t", 3), "--page-token\n");
  EXPECT_EQ(Tab("chancery list --output js", 3), "json jsonl\n");
  EXPECT_EQ(Tab("chancery list ''", 2).substr(0, 6), "states");
  EXPECT_EQ(Tab("chancery nothing ''", 2), "\n");
}

}  // namespace
}  // namespace chancery
