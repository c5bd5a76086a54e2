#ifndef CHANCERY_TESTS_SUPPORT_STATUS_MATCHERS_H_
#define CHANCERY_TESTS_SUPPORT_STATUS_MATCHERS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "proto/errors/error.h"

// Matchers for statuses, until the Abseil that is packaged has its own.

namespace chancery::testing {

inline const absl::Status& StatusOf(const absl::Status& status) { return status; }
template <typename T>
const absl::Status& StatusOf(const absl::StatusOr<T>& result) {
  return result.status();
}

MATCHER(IsOk, "is OK") {
  *result_listener << StatusOf(arg).ToString();
  return StatusOf(arg).ok();
}

// The error carries this reason under the code that belongs to it.
MATCHER_P(HasReason, reason, "has the reason " + types::v1::ErrorReason_Name(reason)) {
  const absl::Status& status = StatusOf(arg);
  *result_listener << status.ToString();
  return errors::HasReason(status, reason) && status.code() == errors::CodeOf(reason);
}

// The ErrorInfo's metadata has this entry.
MATCHER_P2(HasMetadata, key, value, "has metadata") {
  const auto info = errors::InfoOf(StatusOf(arg));
  const auto found = info.metadata().find(key);
  *result_listener << info.ShortDebugString();
  return found != info.metadata().end() && found->second == value;
}

}  // namespace chancery::testing

// Takes the value out of a StatusOr or fails the test.
#define ASSERT_OK_AND_ASSIGN(lhs, expression) \
  CHANCERY_ASSERT_OK_AND_ASSIGN_(CHANCERY_TEST_CONCAT_(result_, __LINE__), lhs, expression)
#define CHANCERY_TEST_CONCAT_INNER_(a, b) a##b
#define CHANCERY_TEST_CONCAT_(a, b) CHANCERY_TEST_CONCAT_INNER_(a, b)
#define CHANCERY_ASSERT_OK_AND_ASSIGN_(result, lhs, expression) \
  auto result = (expression);                                   \
  ASSERT_TRUE(result.ok()) << result.status();                  \
  lhs = *std::move(result)

#endif  // CHANCERY_TESTS_SUPPORT_STATUS_MATCHERS_H_
