#ifndef CHANCERY_GATEWAY_CTL_CALL_NEARBY_NAMES_H_
#define CHANCERY_GATEWAY_CTL_CALL_NEARBY_NAMES_H_

#include <string>

#include "absl/status/status.h"
#include "gateway/ctl/call/client.h"

namespace chancery::ctl {

// `error` with the names that may have been meant (metadata `nearest`), if it is a
// RESOURCE_NOT_FOUND or REFERENCE_NOT_FOUND about a resource name; if there is a record of the name
// now, and only was none at the moment asked for, with when it was made (`recorded_since`) instead.
// Looks through the first 2 000 records of the kind; whatever goes wrong in doing so leaves the
// error as it is.
absl::Status WithNearbyNames(const absl::Status& error, const Client& client);

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_CALL_NEARBY_NAMES_H_
