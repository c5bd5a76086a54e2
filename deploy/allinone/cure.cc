#include "deploy/allinone/cure.h"

#include "absl/strings/str_cat.h"
#include "proto/errors/error.h"

namespace chancery::allinone {

absl::Status WithCure(const absl::Status& status, absl::string_view flag) {
  if (!errors::HasReason(status, types::v1::ADDRESS_TAKEN)) return status;
  const google::rpc::ErrorInfo info = errors::InfoOf(status);
  return errors::Error(types::v1::ADDRESS_TAKEN,
                       absl::StrCat(status.message(), "; choose another with ", flag,
                                    ", or any free one with --port 0"),
                       {info.metadata().begin(), info.metadata().end()});
}

}  // namespace chancery::allinone
