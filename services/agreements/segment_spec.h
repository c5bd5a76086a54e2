#ifndef CHANCERY_SERVICES_AGREEMENTS_SEGMENT_SPEC_H_
#define CHANCERY_SERVICES_AGREEMENTS_SEGMENT_SPEC_H_

#include "services/resource/resource_spec.h"
#include "storage/table_spec.h"

namespace chancery::agreements {

// Sentences of sources, listed in the order of the text. A span that is none, that ends beyond the
// document that the source describes, or that overlaps another segment of the same version of it,
// is FIELD_INVALID.
const resource::ResourceSpec& SegmentSpec();

// Its keys are source, start, end.
const storage::IndexSpec& SegmentsByStart();

}  // namespace chancery::agreements

#endif  // CHANCERY_SERVICES_AGREEMENTS_SEGMENT_SPEC_H_
