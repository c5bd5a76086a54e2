#ifndef CHANCERY_PROTO_ERRORS_STATUS_MACROS_H_
#define CHANCERY_PROTO_ERRORS_STATUS_MACROS_H_

#include <utility>

#include "absl/base/optimization.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"

// Early return on errors, until the Abseil that is packaged has macros of its own.

// RETURN_IF_ERROR(Check(x)); returns the status from the enclosing function if it is not OK.
#define RETURN_IF_ERROR(expression)                   \
  do {                                                \
    if (absl::Status chancery_status_ = (expression); \
        ABSL_PREDICT_FALSE(!chancery_status_.ok())) { \
      return chancery_status_;                        \
    }                                                 \
  } while (false)

// ASSIGN_OR_RETURN(Value v, Compute()); assigns the value or returns the error. Two statements: not
// for a branch without braces.
#define ASSIGN_OR_RETURN(lhs, expression) \
  CHANCERY_ASSIGN_OR_RETURN_(CHANCERY_CONCAT_(chancery_or_, __LINE__), lhs, expression)

#define CHANCERY_CONCAT_INNER_(a, b) a##b
#define CHANCERY_CONCAT_(a, b) CHANCERY_CONCAT_INNER_(a, b)
#define CHANCERY_ASSIGN_OR_RETURN_(statusor, lhs, expression)                  \
  auto statusor = (expression);                                                \
  if (ABSL_PREDICT_FALSE(!statusor.ok())) return std::move(statusor).status(); \
  lhs = *std::move(statusor)

#endif  // CHANCERY_PROTO_ERRORS_STATUS_MACROS_H_
