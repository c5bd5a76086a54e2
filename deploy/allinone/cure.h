#ifndef CHANCERY_DEPLOY_ALLINONE_CURE_H_
#define CHANCERY_DEPLOY_ALLINONE_CURE_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace chancery::allinone {

// A start's ADDRESS_TAKEN with what to do about it: `flag` chooses another address. Other errors as
// they are.
absl::Status WithCure(const absl::Status& status, absl::string_view flag);

}  // namespace chancery::allinone

#endif  // CHANCERY_DEPLOY_ALLINONE_CURE_H_
