#include "services/serving/log.h"

#include <memory>

#include "absl/strings/cord.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "proto/errors/error.h"
#include "services/serving/json_text.h"
#include "spdlog/sinks/stdout_sinks.h"
#include "spdlog/spdlog.h"

namespace chancery::serving {
namespace {

spdlog::logger& Logger() {
  static spdlog::logger* const logger = [] {
    auto* made = new spdlog::logger("chancery", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_pattern("%v");
    made->flush_on(spdlog::level::info);
    return made;
  }();
  return *logger;
}

const char* NameOf(Severity severity) {
  switch (severity) {
    case Severity::kInfo:
      return "INFO";
    case Severity::kWarning:
      return "WARN";
    case Severity::kError:
      return "ERROR";
  }
  return "";
}

bool IsFault(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kDataLoss:
    case absl::StatusCode::kUnknown:
      return true;
    default:
      return !status.ok() && errors::InfoOf(status).reason().empty();
  }
}

}  // namespace

void Log(Severity severity, absl::string_view body,
         const std::vector<std::pair<std::string, std::string>>& attributes) {
  std::vector<std::pair<std::string, std::string>> line = {
      {"timestamp", absl::FormatTime(absl::RFC3339_full, absl::Now(), absl::UTCTimeZone())},
      {"severity", NameOf(severity)},
      {"body", std::string(body)}};
  line.insert(line.end(), attributes.begin(), attributes.end());
  Logger().info(JsonObject(line));
}

void LogFault(absl::string_view method, const absl::Status& status) {
  if (!IsFault(status)) return;
  std::vector<std::pair<std::string, std::string>> attributes = {
      {"grpc.method", std::string(method)},
      {"grpc.status", absl::StatusCodeToString(status.code())},
      {"error.reason", errors::InfoOf(status).reason()}};
  status.ForEachPayload([&](absl::string_view url, const absl::Cord& value) {
    if (!absl::StrContains(url, "google.rpc.")) {
      attributes.emplace_back("error.detail", std::string(value));
    }
  });
  Log(Severity::kError, status.message(), attributes);
}

}  // namespace chancery::serving
