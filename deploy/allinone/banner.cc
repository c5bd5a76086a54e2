#include "deploy/allinone/banner.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "proto/errors/status_macros.h"
#include "services/serving/json_text.h"
#include "services/serving/version.h"

namespace chancery::allinone {
namespace {

constexpr char kBuild[] = CHANCERY_BUILD;

}  // namespace

absl::StatusOr<Banner> BannerOf(Register& served, const std::string& data) {
  Banner banner{.address = served.address(), .data = data};
  int64_t newest = 0;
  for (const resource::ServiceDefinition* service : AllServices()) {
    storage::Store& store = served.store(service->name);
    newest = std::max(newest, store.LastCommitTime());
    ASSIGN_OR_RETURN(const storage::StoreStatistics statistics, store.Statistics());
    for (const auto& [collection, count] : statistics.live_records) banner.records += count;
  }
  if (newest != 0) {
    banner.last_commit =
        absl::FormatTime(absl::RFC3339_sec, absl::FromUnixMicros(newest), absl::UTCTimeZone());
  }
  return banner;
}

std::string BannerText(const Banner& banner) {
  const std::string data =
      banner.data.empty() ? "in memory only, gone when this process ends" : banner.data;
  const std::string records =
      banner.records == 0 ? "none yet"
                          : absl::StrCat(banner.records, ", last commit ", banner.last_commit);
  std::string text = absl::StrCat("chancery ", serving::kVersion, " (", kBuild, ")\n",  //
                                  "  gRPC     ", banner.address, "\n",                  //
                                  "  REST     not built yet\n",                         //
                                  "  page     not built yet\n",                         //
                                  "  metrics  not built yet\n",                         //
                                  "  data     ", data, "\n",                            //
                                  "  records  ", records, "\n",                         //
                                  "  config   flags and variables alone, no file is read\n");
  const std::string at = absl::StrCat(" --address ", banner.address);
  if (banner.records != 0) {
    return absl::StrCat(text, "  try      chancery dossier russia japan", at, "\n");
  }
  return absl::StrCat(text, "  try      chancery demo\n", "           chancery import FILE.jsonl",
                      at, "\n", "           chancery health", at, "\n");
}

std::string BannerJson(const Banner& banner) {
  using serving::JsonString;
  return absl::StrCat("{\"event\":\"ready\",\"version\":", JsonString(serving::kVersion),
                      ",\"build\":", JsonString(kBuild), ",\"grpc\":", JsonString(banner.address),
                      ",\"data\":", JsonString(banner.data),
                      ",\"ephemeral\":", banner.data.empty() ? "true" : "false",
                      ",\"records\":", banner.records,
                      ",\"lastCommit\":", JsonString(banner.last_commit), "}");
}

}  // namespace chancery::allinone
