#ifndef CHANCERY_DEPLOY_ALLINONE_BANNER_H_
#define CHANCERY_DEPLOY_ALLINONE_BANNER_H_

#include <string>

#include "absl/status/statusor.h"
#include "deploy/allinone/register.h"

namespace chancery::allinone {

// What a register says when it is ready: only what is true, and addresses that answer.
struct Banner {
  std::string address;
  // Empty if nothing is kept.
  std::string data;
  uint64_t records = 0;
  // RFC 3339; empty in an empty register.
  std::string last_commit;
};

// Counts by reading everything.
absl::StatusOr<Banner> BannerOf(Register& served, const std::string& data);

// At most 12 aligned lines.
std::string BannerText(const Banner& banner);

// A JSON object on one line, for a log.
std::string BannerJson(const Banner& banner);

}  // namespace chancery::allinone

#endif  // CHANCERY_DEPLOY_ALLINONE_BANNER_H_
