#ifndef CHANCERY_SERVICES_RESOURCE_ACCOUNTS_H_
#define CHANCERY_SERVICES_RESOURCE_ACCOUNTS_H_

#include "absl/status/status.h"
#include "google/protobuf/message.h"
#include "storage/table_spec.h"

// Competing claims of a record: its `accounts`, and whether they make it `contested`.

namespace chancery::resource {

// Checks the accounts of a record that is about to be written, and computes `contested`. A kind
// without accounts is left alone.
//
// FIELD_MASK_INVALID if an account's mask names what the record does not have,
// REQUIRED_FIELD_MISSING if one is deprecated without its deprecation_reason.
//
// Contested means that of the record and its accounts, those that are deprecated left out, two say
// what can not both be so. An account speaks about what its mask names; without a mask, about what
// its value has. What is unset says nothing. What can both be so does not conflict:
//
//   dates     2012-06 and 2012-06-18; 1956~ and 1957. Not 2012-06 and 2012-07
//   counts    more than 50 and 60; "several" and anything. Not 60 and 61
//   elements  those with one id are compared field by field; one that only one side has is an
//             addition, unless the account's mask names it and its value leaves it out
//   lists     one holds all that the other does
//   texts, names, numbers, enums   only the same. Wordings (`as_stated`) and citations may differ
absl::Status SettleAccounts(google::protobuf::Message& record);

void EmitContested(const google::protobuf::Message& record, storage::IndexKeys& keys);

// Finds the contested records of a table, by name. Every table has it, under this number.
inline constexpr storage::IndexSpec kContestedIndex = {
    .id = 1000, .name = "by_contested", .emit = EmitContested};

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_ACCOUNTS_H_
