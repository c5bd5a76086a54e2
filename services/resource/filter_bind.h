#ifndef CHANCERY_SERVICES_RESOURCE_FILTER_BIND_H_
#define CHANCERY_SERVICES_RESOURCE_FILTER_BIND_H_

#include <optional>

#include "absl/types/span.h"
#include "google/protobuf/descriptor.h"
#include "services/resource/filter.h"
#include "services/resource/filter_eval.h"
#include "services/resource/filter_parser.h"

namespace chancery::resource {

// Finds out what a restriction means for a resource: which fields its names are, and what its value
// is by the type of the last one. Nothing if `problem` says why it means nothing.
std::optional<Condition> BindRestriction(const WrittenRestriction& written,
                                         const google::protobuf::Descriptor* resource,
                                         absl::Span<const VirtualField> virtual_fields,
                                         FilterProblem& problem);

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_FILTER_BIND_H_
