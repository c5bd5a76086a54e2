// The tree keeps its rules; and a tree that breaks one is told so, with the file and the line.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "tests/layering/tree_rules.h"

namespace chancery::layering {
namespace {

namespace fs = std::filesystem;

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// A small tree of its own, to break.
class ScratchTree : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::path(::testing::TempDir()) /
            ::testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::remove_all(root_);
    fs::create_directories(root_);
  }

  void TearDown() override { fs::remove_all(root_); }

  void Write(const std::string& file, std::string_view content) {
    fs::create_directories((root_ / file).parent_path());
    std::ofstream(root_ / file) << content;
  }

  fs::path root_;
};

TEST(TreeTest, KeepsItsRules) {
  const char* root = std::getenv("CHANCERY_SOURCE_DIR");
  ASSERT_NE(root, nullptr) << "run by ctest, which sets CHANCERY_SOURCE_DIR";
  ASSERT_TRUE(fs::exists(fs::path(root) / "CMakeLists.txt"));
  EXPECT_THAT(CheckTree(root), IsEmpty());
}

TEST_F(ScratchTree, AllowsWhatTheArrowsAllow) {
  Write("storage/store.cc", "#include \"storage/store.h\"\n#include <rocksdb/db.h>\n");
  Write("services/resource/filter.h", "#include \"storage/read_view.h\"\n");
  Write("services/people/post_spec.h", "#include \"chancery/people/v1/post.pb.h\"\n");
  Write("gateway/dossier/dossier.cc", "#include \"chancery/people/v1/post.pb.h\"\n");
  Write("deploy/allinone/main.cc", "#include \"services/people/people_service.h\"\n");
  EXPECT_THAT(CheckTree(root_), IsEmpty());
}

TEST_F(ScratchTree, ReportsAServiceThatIncludesAnother) {
  Write("services/people/post_spec.cc",
        "// First line.\n"
        "#include \"services/events/event_spec.h\"\n"
        "#include \"chancery/events/v1/event.pb.h\"\n");
  EXPECT_THAT(
      CheckTree(root_),
      ElementsAre(Finding{"services/people/post_spec.cc", 2,
                          "services/people must not include services/events/event_spec.h"},
                  Finding{"services/people/post_spec.cc", 3,
                          "services/people must not include chancery/events/v1/event.pb.h"}));
}

TEST_F(ScratchTree, ReportsAGatewayThatOpensADatabase) {
  Write("gateway/rpc/pass.h", "#include <rocksdb/db.h>\n  #  include \"storage/store.h\"\n");
  EXPECT_THAT(
      CheckTree(root_),
      ElementsAre(Finding{"gateway/rpc/pass.h", 1, "rocksdb is not for gateway"},
                  Finding{"gateway/rpc/pass.h", 2, "gateway must not include storage/store.h"}));
}

TEST_F(ScratchTree, ReportsStorageThatKnowsTheDomain) {
  Write("storage/table.h", "#include \"chancery/people/v1/post.pb.h\"\n");
  Write("storage/inspect/dump.cc", "#include \"services/resource/filter.h\"\n");
  EXPECT_THAT(CheckTree(root_), SizeIs(2));
}

TEST_F(ScratchTree, ReportsEveryLayerThatLooksUp) {
  Write("proto/errors/error.cc", "#include \"storage/store.h\"\n");
  Write("services/chronology/date.cc", "#include \"proto/errors/error.h\"\n");
  Write("services/serving/server.cc", "#include \"services/resource/filter.h\"\n");
  Write("services/resource/mask.cc", "#include \"services/people/post_spec.h\"\n");
  Write("gateway/ctl/get.cc", "#include \"services/people/post_spec.h\"\n");
  EXPECT_THAT(CheckTree(root_), SizeIs(5));
}

TEST_F(ScratchTree, ReportsAFolderWithoutAnArrow) {
  Write("services/archive/archive.cc", "\n");
  EXPECT_THAT(CheckTree(root_), SizeIs(1));
}

TEST_F(ScratchTree, ReportsIncludesThatDoNotStartAtTheRoot) {
  Write("storage/store.h", "");
  Write("storage/store.cc", "#include \"store.h\"\n#include \"../proto/errors/error.h\"\n");
  EXPECT_THAT(CheckTree(root_), SizeIs(2));
}

TEST_F(ScratchTree, ReportsWhatMustNotExist) {
  Write("storage/utils/text.cc", "");
  Write("storage/table.h", "using namespace std;\nclass TableManager {\n");
  Write("storage/key_helper.cc", "");
  Write("deploy/allinone/record/all.jsonl", std::string((1 << 20) + 1, 'x'));
  EXPECT_THAT(
      CheckTree(root_),
      ElementsAre(
          Finding{"deploy/allinone/record/all.jsonl", 0, "larger than one mebibyte"},
          Finding{"storage/key_helper.cc", 0, "name the file after what it does instead of helper"},
          Finding{"storage/table.h", 1, "`using namespace` in a header"},
          Finding{"storage/table.h", 2, "TableManager: say what it does instead of Manager"},
          Finding{"storage/utils", 0, "a folder is called after what it does"}));
}

TEST_F(ScratchTree, SkipsWhatIsBuiltOrFetched) {
  Write("build/dev/gen/chancery/a.cc", "#include \"storage/store.h\"\n");
  Write("proto/third_party/googleapis/core/a.h", "using namespace std;\n");
  Write(".git/objects/core/pack", std::string((1 << 20) + 1, 'x'));
  EXPECT_THAT(CheckTree(root_), IsEmpty());
}

}  // namespace
}  // namespace chancery::layering
