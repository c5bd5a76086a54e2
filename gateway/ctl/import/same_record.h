#ifndef CHANCERY_GATEWAY_CTL_IMPORT_SAME_RECORD_H_
#define CHANCERY_GATEWAY_CTL_IMPORT_SAME_RECORD_H_

#include "google/protobuf/message.h"

namespace chancery::ctl {

// Whether two records say the same: all fields but those that the register writes itself
// (OUTPUT_ONLY, etag), those that it forgets (INPUT_ONLY), and the origin.
bool SaySame(const google::protobuf::Message& a, const google::protobuf::Message& b);

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_IMPORT_SAME_RECORD_H_
