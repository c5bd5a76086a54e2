#ifndef CHANCERY_SERVICES_AGREEMENTS_CHUNK_SPEC_H_
#define CHANCERY_SERVICES_AGREEMENTS_CHUNK_SPEC_H_

#include "services/resource/resource_spec.h"

namespace chancery::agreements {

// Parts of sources' texts. What may be written is decided so that a text whose last chunk is there
// is whole and the right one (source_text.h relies on it):
//
//   TEXT_MISMATCH    the chunk is of another version than its source, has another name, place or
//                    length than the text is cut into, or completes a text that is not the source's
//   TEXT_INCOMPLETE  a chunk before it is missing, or one after it would be left behind
const resource::ResourceSpec& ChunkSpec();

}  // namespace chancery::agreements

#endif  // CHANCERY_SERVICES_AGREEMENTS_CHUNK_SPEC_H_
