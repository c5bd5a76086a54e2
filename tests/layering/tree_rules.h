// The rules of the tree that a compiler does not hold: which folder may include which, and what
// must not exist at all. docs/architecture.md says why; kArrows in tree_rules.cc is the same as
// data.

#ifndef CHANCERY_TESTS_LAYERING_TREE_RULES_H_
#define CHANCERY_TESTS_LAYERING_TREE_RULES_H_

#include <filesystem>
#include <ostream>
#include <string>
#include <vector>

namespace chancery::layering {

// One place that breaks a rule. `line` counts from 1 and is 0 when the file or folder as a whole is
// meant.
struct Finding {
  std::string file;  // Relative to the root, with forward slashes.
  int line = 0;
  std::string what;

  bool operator==(const Finding&) const = default;
};

// Prints `file:line: what`, as compilers do, so that editors jump there.
std::ostream& operator<<(std::ostream& out, const Finding& finding);

// What is found in the tree below `root`, in the order of the paths. Skipped are dot folders,
// `build` and what set-up fetches.
//
// Checked are:
//   - every include of ours against the arrows, written from the root (`"storage/store.h"`);
//   - libraries that belong to one layer (RocksDB to storage);
//   - no folder called common, utils, helpers, base, core, or the like;
//   - no type called *Manager, *Helper or *Processor, and no file called so;
//   - no `using namespace` in a header;
//   - no file above one mebibyte.
std::vector<Finding> CheckTree(const std::filesystem::path& root);

}  // namespace chancery::layering

#endif  // CHANCERY_TESTS_LAYERING_TREE_RULES_H_
