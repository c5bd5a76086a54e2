#include "storage/key_file.h"

#include <fcntl.h>
#include <openssl/rand.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"

namespace chancery::storage {
namespace {

// A file descriptor that closes itself.
class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  ~File() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int get() const { return descriptor_; }

 private:
  const int descriptor_;
};

absl::Status KeyFileError(const std::string& path, absl::string_view problem) {
  return errors::Error(types::v1::USAGE_INVALID,
                       absl::StrCat("The key file ", path, ": ", problem, "."),
                       {{"flag", "key-file"}, {"value", path}});
}

std::string RandomKey(size_t size) {
  std::string key(size, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(key.data()), static_cast<int>(size)) != 1) {
    std::abort();
  }
  return key;
}

bool WriteDurably(const File& file, const std::string& bytes) {
  return write(file.get(), bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) &&
         fsync(file.get()) == 0;
}

// Complete before it has its name: a reader never sees half a key, and of two writers one wins.
absl::Status Create(const std::string& path, size_t size) {
  std::string temporary = path + ".XXXXXX";
  const File file(mkstemp(temporary.data()));  // Mode 0600.
  if (file.get() < 0) return KeyFileError(path, std::strerror(errno));
  const bool written = WriteDurably(file, RandomKey(size)) &&
                       (link(temporary.c_str(), path.c_str()) == 0 || errno == EEXIST);
  const int error = errno;
  unlink(temporary.c_str());
  return written ? absl::OkStatus() : KeyFileError(path, std::strerror(error));
}

absl::Status SyncDirectoryOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  const std::string directory = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const File file(open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (file.get() < 0 || fsync(file.get()) != 0) return KeyFileError(path, std::strerror(errno));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> ReadOrCreateKeyFile(const std::string& path, size_t size) {
  if (access(path.c_str(), F_OK) != 0) {
    RETURN_IF_ERROR(Create(path, size));
    RETURN_IF_ERROR(SyncDirectoryOf(path));
  }
  const File file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return KeyFileError(path, std::strerror(errno));
  std::string key(size + 1, '\0');
  if (read(file.get(), key.data(), key.size()) != static_cast<ssize_t>(size)) {
    return KeyFileError(path, absl::StrCat("it must have ", size, " bytes"));
  }
  key.resize(size);
  return key;
}

}  // namespace chancery::storage
