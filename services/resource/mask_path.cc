#include "services/resource/mask_path.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "google/api/field_behavior.pb.h"
#include "proto/errors/error.h"
#include "proto/errors/excerpt.h"
#include "proto/errors/nearest.h"
#include "services/resource/field_behavior.h"
#include "services/resource/text.h"

namespace chancery::resource {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr size_t kMaxEcho = 256;

bool IsNumber(absl::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return absl::ascii_isdigit(c); });
}

std::vector<std::string> NamesOf(const Descriptor* type) {
  std::vector<std::string> names;
  names.reserve(type->field_count());
  for (int i = 0; i < type->field_count(); ++i) names.push_back(type->field(i)->name());
  return names;
}

// Walks a path from the resource down.
class PathReader {
 public:
  PathReader(absl::string_view text, const Descriptor* resource, absl::string_view mask)
      : type_(resource), mask_(mask), names_(absl::StrSplit(text, '.')) {
    path_.text = std::string(text);
  }

  absl::StatusOr<MaskPath> Run() {
    while (next_ < names_.size()) {
      absl::Status status = ReadField();
      if (status.ok() && field_->is_repeated() && next_ < names_.size()) status = ReadElement();
      if (!status.ok()) return status;
    }
    return std::move(path_);
  }

 private:
  absl::Status ReadField() {
    const absl::string_view name = names_[next_];
    if (type_ == nullptr) {
      return Error(absl::StrCat("'", field_->name(), "' has no fields of its own"));
    }
    field_ = type_->FindFieldByName(std::string(name));
    if (field_ == nullptr) return UnknownField(name);
    // The id is how the element was found.
    path_.ignored |= IsKeptByUpdates(field_) || (in_element_ && field_ == ElementIdOf(type_));
    path_.steps.push_back({field_, "", Position()});
    type_ = field_->is_map() ? nullptr : field_->message_type();
    in_element_ = false;
    ++next_;
    return absl::OkStatus();
  }

  absl::Status ReadElement() {
    const absl::string_view id = names_[next_];
    if (type_ == nullptr || ElementIdOf(type_) == nullptr) {
      return Error(absl::StrCat("'", field_->name(), "' is changed as a whole only"));
    }
    if (IsNumber(id)) return Error("an element is named by its id, not by its place");
    if (!IsElementId(id)) {
      return Error(absl::StrCat("an element of '", field_->name(),
                                "' is named by its id ([a-z0-9-], at most 63 characters)"));
    }
    path_.steps.back().element = std::string(id);
    path_.steps.back().position = Position();
    in_element_ = true;
    ++next_;
    return absl::OkStatus();
  }

  absl::Status UnknownField(absl::string_view name) const {
    std::vector<std::string> nearest = errors::NearestNames(name, NamesOf(type_));
    const auto parents = absl::MakeConstSpan(names_).first(next_);
    for (std::string& path : nearest) {
      if (!parents.empty()) path = absl::StrCat(absl::StrJoin(parents, "."), ".", path);
    }
    return Error("there is no such field", nearest);
  }

  absl::Status Error(absl::string_view sentence,
                     const std::vector<std::string>& nearest = {}) const {
    return MaskPathError(path_.text, Position(), sentence, nearest, mask_);
  }

  // Where the name that is read next begins.
  size_t Position() const {
    size_t position = 0;
    for (size_t i = 0; i < next_; ++i) position += names_[i].size() + 1;
    return position;
  }

  // What the names so far lead to: a message, or null.
  const Descriptor* type_;
  const FieldDescriptor* field_ = nullptr;
  bool in_element_ = false;
  const absl::string_view mask_;
  const std::vector<std::string> names_;
  size_t next_ = 0;
  MaskPath path_;
};

}  // namespace

absl::Status MaskPathError(absl::string_view path, size_t position, absl::string_view sentence,
                           const std::vector<std::string>& nearest, absl::string_view mask) {
  const std::string shown = errors::Excerpt(path, kMaxEcho);
  errors::Metadata metadata = {{"path", shown},
                               {"position", absl::StrCat(CodePoints(path.substr(0, position)))}};
  if (!nearest.empty()) metadata.emplace_back("nearest", absl::StrJoin(nearest, ","));
  return errors::Error(
      types::v1::FIELD_MASK_INVALID,
      absl::StrCat(mask, ", path '", shown, "': ", sentence, errors::DidYouMean(nearest), "."),
      std::move(metadata));
}

absl::StatusOr<MaskPath> ParseMaskPath(absl::string_view path, const Descriptor* resource,
                                       absl::string_view mask) {
  return PathReader(path, resource, mask).Run();
}

bool IsKeptByUpdates(const FieldDescriptor* field) {
  return Behaves(field, google::api::OUTPUT_ONLY) || Behaves(field, google::api::IDENTIFIER) ||
         field->name() == "etag";
}

const FieldDescriptor* ElementIdOf(const Descriptor* type) {
  const FieldDescriptor* id = type->FindFieldByName("id");
  const bool is_text = id != nullptr && id->type() == FieldDescriptor::TYPE_STRING;
  return is_text && !id->is_repeated() ? id : nullptr;
}

}  // namespace chancery::resource
