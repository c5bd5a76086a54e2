#ifndef CHANCERY_SERVICES_AGREEMENTS_SUBJECTS_H_
#define CHANCERY_SERVICES_AGREEMENTS_SUBJECTS_H_

#include "absl/status/status.h"
#include "google/protobuf/message.h"
#include "storage/sequencer.h"

namespace chancery::agreements {

// The check of positions and statistics (resource::WriteCheck): their citations, and that what they
// are about is there. Where the target is a record of this service, `element` must name an element
// or a field that is set in it: FIELD_MASK_INVALID at the place in the path if its kind has no such
// field, FIELD_INVALID if the record has nothing there. Targets of other services, and those that
// the same batch brings later, are not looked into.
absl::Status CheckAbout(storage::Transaction& transaction, const google::protobuf::Message* before,
                        const google::protobuf::Message* after);

}  // namespace chancery::agreements

#endif  // CHANCERY_SERVICES_AGREEMENTS_SUBJECTS_H_
