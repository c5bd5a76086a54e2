#ifndef CHANCERY_SERVICES_PEOPLE_TENURE_BOUNDS_H_
#define CHANCERY_SERVICES_PEOPLE_TENURE_BOUNDS_H_

#include <vector>

#include "chancery/people/v1/tenure.pb.h"
#include "chancery/people/v1/tenure_bounds.pb.h"
#include "services/resource/context.h"
#include "services/serving/call.h"

namespace chancery::people {

// What follows for `tenure` from all the `tenures` of its post, which is held by one person at a
// time:
//
//   start  not later than the holder was first seen in the post; not before a milestone on the way
//          into it, nor before somebody else was last seen in it
//   end    not before the holder was last seen in it, nor after somebody else was first seen
//          in it after that
//
// A sighting or milestone that is dated vaguely counts with the end of its date that excludes
// least. A milestone told of ("not later than") counts with the last day that it can have been: on
// that day its source speaks of the post as still to come. Dates must have been prepared.
v1::TenureBounds BoundsOf(const v1::Tenure& tenure, const std::vector<v1::Tenure>& tenures);

// Answers GetTenureBounds. RESOURCE_NOT_FOUND if there is no such tenure, VALID_AT_INVALID if a day
// in the world is asked for.
void AnswerTenureBounds(const resource::Context& context, v1::GetTenureBoundsRequest request,
                        serving::Call call);

}  // namespace chancery::people

#endif  // CHANCERY_SERVICES_PEOPLE_TENURE_BOUNDS_H_
