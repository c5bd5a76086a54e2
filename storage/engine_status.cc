#include "storage/engine_status.h"

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "proto/errors/error.h"

namespace chancery::storage {
namespace {

constexpr char kDetailUrl[] = "chancery.dev/engine-detail";

}  // namespace

absl::Status FromEngine(const rocksdb::Status& status, absl::string_view doing) {
  if (status.ok()) return absl::OkStatus();
  absl::Status error = status.IsCorruption()
                           ? CorruptError(absl::StrCat("found while ", doing))
                           : errors::Error(types::v1::STORE_UNAVAILABLE,
                                           absl::StrCat("The store failed while ", doing, "."));
  error.SetPayload(kDetailUrl, absl::Cord(status.ToString()));
  return error;
}

absl::Status CorruptError(absl::string_view what) {
  return errors::Error(types::v1::STORE_CORRUPT,
                       absl::StrCat("Stored bytes are wrong: ", what, ". Run `inspect verify`."));
}

std::string EngineDetail(const absl::Status& status) {
  const auto detail = status.GetPayload(kDetailUrl);
  return detail.has_value() ? std::string(*detail) : "";
}

}  // namespace chancery::storage
