#ifndef CHANCERY_TESTS_FAULTS_UNSYNCED_LOSS_ENV_H_
#define CHANCERY_TESTS_FAULTS_UNSYNCED_LOSS_ENV_H_

#include <memory>

#include "rocksdb/env.h"
#include "tests/faults/unsynced_loss_disk.h"

namespace chancery::faults {

// The files of `disk`, for the store and its engine alike; threads and time are the system's, but
// that nobody sleeps.
// `disk` must outlive it.
std::unique_ptr<rocksdb::Env> NewUnsyncedLossEnv(UnsyncedLossDisk* disk);

}  // namespace chancery::faults

#endif  // CHANCERY_TESTS_FAULTS_UNSYNCED_LOSS_ENV_H_
