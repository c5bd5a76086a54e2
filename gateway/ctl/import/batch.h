#ifndef CHANCERY_GATEWAY_CTL_IMPORT_BATCH_H_
#define CHANCERY_GATEWAY_CTL_IMPORT_BATCH_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "gateway/ctl/call/client.h"
#include "gateway/ctl/import/line.h"
#include "google/protobuf/timestamp.pb.h"

namespace chancery::ctl {

// A record on its way into a register.
struct Entrant {
  enum class State { kWaiting, kCreated, kUnchanged, kRefused };

  const ImportLine* line = nullptr;
  LineRecord record;
  // What is created first: the record, or without `origin` and what can not be resolved yet.
  MessagePtr first;
  // Whether an update to the full record has to follow.
  bool is_partial = false;

  State state = State::kWaiting;
  // Why it was refused.
  absl::Status status;
  // Of the record in the register once it is in.
  std::string etag;
  google::protobuf::Timestamp create_time;
};

// Sends records of one kind, at most 100 and 900 KiB at a time.
class BatchSender {
 public:
  BatchSender(const Client& client, std::string note) : client_(client), note_(std::move(note)) {}

  // Creates the `first` of each and sets their states. An error is one of the register, not of a
  // record: what it says about the batch is not known.
  absl::Status Create(const std::vector<Entrant*>& entrants) const;

  // Updates one that is in as a part to its full record.
  absl::Status Complete(Entrant& entrant) const;

 private:
  absl::Status CreateBatch(std::vector<Entrant*> batch) const;
  absl::Status CreateHalves(const std::vector<Entrant*>& batch) const;
  absl::Status Settle(std::vector<Entrant*>& batch) const;
  absl::Status LookAt(Entrant& entrant) const;

  const Client& client_;
  const std::string note_;
};

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_IMPORT_BATCH_H_
