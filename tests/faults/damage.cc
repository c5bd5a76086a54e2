#include "tests/faults/damage.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace chancery::faults {

Damage Damage::Random(std::mt19937_64& random, const UnsyncedLossDisk::Image& image,
                      const std::vector<std::string>& names) {
  static constexpr Kind kKinds[] = {Kind::kFlip, Kind::kFlip,     Kind::kFlip,     Kind::kChange,
                                    Kind::kZero, Kind::kTruncate, Kind::kTruncate, Kind::kDelete};
  std::vector<std::string> files;
  for (const auto& [path, content] : image) {
    const bool meant = std::any_of(names.begin(), names.end(), [&path](const std::string& name) {
      return absl::StrContains(path, name);
    });
    if (meant && !content.empty()) files.push_back(path);
  }
  Damage damage;
  damage.file_ = files.at(random() % files.size());
  damage.kind_ = kKinds[random() % std::size(kKinds)];
  damage.offset_ = random() % image.at(damage.file_).size();
  damage.detail_ = damage.kind_ == Kind::kZero ? 1 + random() % 4096 : random() % 256;
  return damage;
}

UnsyncedLossDisk::Image Damage::Apply(UnsyncedLossDisk::Image image) const {
  if (kind_ == Kind::kDelete) {
    image.erase(file_);
    return image;
  }
  std::string& content = image.at(file_);
  const auto from = content.begin() + static_cast<ptrdiff_t>(offset_);
  switch (kind_) {
    case Kind::kFlip:
      *from = static_cast<char>(*from ^ (1 << detail_ % 8));
      break;
    case Kind::kChange:
      *from = static_cast<char>(detail_);
      break;
    case Kind::kZero:
      std::fill_n(from, std::min(detail_, content.size() - offset_), '\0');
      break;
    default:
      content.erase(from, content.end());
  }
  return image;
}

std::string Damage::ToString() const {
  static constexpr const char* kNames[] = {"flip", "change", "zero", "truncate", "delete"};
  return absl::StrCat(kNames[static_cast<int>(kind_)], " ", file_, " at ", offset_, " with ",
                      detail_);
}

}  // namespace chancery::faults
