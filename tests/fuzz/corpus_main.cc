// Runs a fuzz target over the files of a folder, as a plain test: each file as it is, and every
// beginning of it, since what is cut off is what parsers trip over. Fails when there are no files;
// what the target itself finds wrong ends the process.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

// Longer inputs are cut only at their first so many bytes, to bound the time.
constexpr size_t kMaxBeginnings = 512;

// In a buffer of just this size, so that a sanitizer sees a read past the end.
void RunOne(const std::string& input, size_t size) {
  const std::vector<uint8_t> bytes(input.begin(), input.begin() + static_cast<ptrdiff_t>(size));
  LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

void RunFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string input{std::istreambuf_iterator<char>(in), {}};
  for (size_t size = 0; size < input.size() && size < kMaxBeginnings; ++size) RunOne(input, size);
  RunOne(input, input.size());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: " << argv[0] << " <corpus folder>\n";
    return 2;
  }
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(argv[1])) {
    if (!entry.is_regular_file()) continue;
    RunFile(entry.path());
    ++files;
  }
  std::cout << files << " inputs\n";
  return files > 0 ? 0 : 1;
}
