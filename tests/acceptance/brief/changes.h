#ifndef CHANCERY_TESTS_ACCEPTANCE_BRIEF_CHANGES_H_
#define CHANCERY_TESTS_ACCEPTANCE_BRIEF_CHANGES_H_

#include <functional>

#include "google/protobuf/message.h"

namespace chancery::brief {

// Calls `changed` for each value in a message while it is another one, and while it is unset; for
// an enum, with each of its values; elements of lists are taken out one at a time.
void ForEachChange(google::protobuf::Message& message, const std::function<void()>& changed);

}  // namespace chancery::brief

#endif  // CHANCERY_TESTS_ACCEPTANCE_BRIEF_CHANGES_H_
