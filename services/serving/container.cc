#include "services/serving/container.h"

#include <filesystem>

#include "absl/strings/str_cat.h"

namespace chancery::serving {

bool InContainer(const std::string& root,
                 const std::function<std::optional<std::string>(const std::string&)>& variable) {
  for (const char* file : {".dockerenv", "run/.containerenv"}) {
    std::error_code unreadable;
    if (std::filesystem::exists(absl::StrCat(root, file), unreadable)) return true;
  }
  for (const char* name : {"container", "KUBERNETES_SERVICE_HOST"}) {
    if (variable && !variable(name).value_or("").empty()) return true;
  }
  return false;
}

}  // namespace chancery::serving
