#ifndef CHANCERY_GATEWAY_RPC_MOMENT_H_
#define CHANCERY_GATEWAY_RPC_MOMENT_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "chancery/types/v1/read.pb.h"

namespace chancery::gateway::rpc {

// The one moment that a read fixes for all services, and the day in the world that it asks about.
// Everything that an answer holds follows from the two, so the same ones give the same bytes.
struct Moment {
  absl::Time known_at;  // whole microseconds
  absl::CivilDay valid_at;

  // As echoed to the client.
  types::v1::AsOf Echo() const;
  // As asked of a service: without the day, which not all of them take.
  types::v1::AsOf ForServices() const;
};

// What the gateway knows of the time.
struct Present {
  absl::Time now;
  absl::Time newest_commit;  // that any service has reported
  absl::Duration skew;
};

// The moment of a request:
//   known_at  as given; without it the greatest of now, the newest commit and the token's moment,
//   or
//             the token's moment itself for CONSISTENCY_AT_EXACT_SNAPSHOT
//   valid_at  as given; without it the day of known_at (UTC)
//
// KNOWN_AT_IN_FUTURE or CONSISTENCY_TOKEN_AHEAD where it lies further ahead of now than the skew;
// FIELD_INVALID, ENUM_VALUE_UNKNOWN, VALID_AT_INVALID or CONSISTENCY_TOKEN_INVALID where a part is
// malformed.
absl::StatusOr<Moment> FixMoment(const types::v1::AsOf& as_of, const Present& present);

}  // namespace chancery::gateway::rpc

#endif  // CHANCERY_GATEWAY_RPC_MOMENT_H_
