#ifndef CHANCERY_SERVICES_RESOURCE_FILTER_VALUE_H_
#define CHANCERY_SERVICES_RESOURCE_FILTER_VALUE_H_

#include <optional>

#include "google/protobuf/descriptor.h"
#include "services/resource/filter_eval.h"
#include "services/resource/filter_parser.h"

namespace chancery::resource {

// Whether fields of this type are compared as a whole, although they are messages: a moment.
bool IsTimestamp(const google::protobuf::Descriptor* type);
// A date, compared by its text.
bool IsDate(const google::protobuf::Descriptor* type);

// Reads the value of a restriction as one of `field`, which is of a type that can be compared.
// Nothing if `problem` says why it is none.
std::optional<ConditionValue> ReadFieldValue(const WrittenRestriction::Argument& argument,
                                             const google::protobuf::FieldDescriptor* field,
                                             FilterProblem& problem);

// Reads the days that a function is asked for, or the answer that it is compared with.
std::optional<chronology::Window> ReadWindow(const WrittenRestriction::Argument& argument,
                                             FilterProblem& problem);
std::optional<chronology::WindowMatch> ReadCertainty(const WrittenRestriction::Argument& argument,
                                                     FilterProblem& problem);

// Reads the value as a date in EDTF.
std::optional<ConditionValue> ReadDateValue(const WrittenRestriction::Argument& argument,
                                            FilterProblem& problem);

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_FILTER_VALUE_H_
