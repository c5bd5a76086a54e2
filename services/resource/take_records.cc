#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/rpc/status.pb.h"
#include "proto/errors/error.h"
#include "proto/errors/grpc_status.h"
#include "proto/errors/status_macros.h"
#include "services/resource/accounts.h"
#include "services/resource/any_record.h"
#include "services/resource/commit_checks.h"
#include "services/resource/import_rule.h"
#include "services/resource/not_stated.h"
#include "services/resource/records_methods.h"

namespace chancery::resource {
namespace {

using google::protobuf::Message;
using serving::Call;
using storage::Transaction;
using types::v1::ChangeNote;
using types::v1::ImportOutcome;

constexpr int kMaxRecords = 1000;
// Of one mutation; under the store's limit, which every Put must keep to.
constexpr size_t kMutationBytes = 900 << 10;

// A line on its way in.
struct Arrival {
  const ResourceSpec* spec = nullptr;
  std::string name;
  ImportedRecord line;
  size_t bytes = 0;
  ImportOutcome* outcome = nullptr;
};

void Refuse(Arrival& arrival, const absl::Status& status) {
  arrival.outcome->mutable_error()->ParseFromString(errors::ToGrpc(status).error_details());
}

// One call. New records are written a hundred in a mutation (CREATED); each that changes gets one
// of its own behind it (CORRECTED), since how large it becomes shows only then.
class Taking : public std::enable_shared_from_this<Taking> {
 public:
  Taking(const Context& context, const types::v1::TakeRecordsRequest& request, Call call)
      : context_(context),
        note_(request.change_note().note()),
        validate_only_(request.validate_only()),
        principal_(call.principal()),
        call_(std::move(call)) {}

  void Start(const types::v1::TakeRecordsRequest& request) {
    reply_.mutable_outcomes()->Reserve(request.records_size());
    for (const auto& record : request.records()) Read(record, *reply_.add_outcomes());
    for (auto& part : Parts()) {
      open_.fetch_add(1);
      Write(std::make_shared<std::vector<Arrival*>>(std::move(part)));
    }
    Leave(absl::OkStatus());
  }

 private:
  using Arrivals = std::shared_ptr<std::vector<Arrival*>>;

  void Read(const types::v1::IncomingRecord& incoming, ImportOutcome& outcome) {
    Arrival arrival;
    arrival.outcome = &outcome;
    outcome.set_name(incoming.record().name());
    auto known = ReadAnyRecord(context_, incoming.record());
    if (!known.ok()) return Refuse(arrival, known.status());
    arrival.spec = known->spec;
    arrival.name = std::move(known->name);
    arrival.line = {std::move(known->record), incoming.own_origin()};
    NoteContent(arrival.line);
    arrival.bytes = arrival.line.record->ByteSizeLong();
    arrivals_.push_back(std::move(arrival));
  }

  // A mutation writes a name once: a second line of a record opens another one.
  std::vector<std::vector<Arrival*>> Parts() {
    std::vector<std::vector<Arrival*>> parts;
    std::set<std::string> names;
    size_t bytes = 0;
    for (Arrival& arrival : arrivals_) {
      const bool full = parts.empty() || parts.back().size() == storage::kMaxBatchRecords ||
                        bytes + arrival.bytes > kMutationBytes || names.contains(arrival.name);
      if (full) {
        parts.emplace_back();
        names.clear();
        bytes = 0;
      }
      parts.back().push_back(&arrival);
      names.insert(arrival.name);
      bytes += arrival.bytes;
    }
    return parts;
  }

  void Write(const Arrivals& part) {
    auto changing = std::make_shared<std::vector<Arrival*>>();
    Submit(
        ChangeNote::CREATED,
        [this, part, changing](Transaction& transaction) {
          for (Arrival* arrival : *part) {
            auto changes = Create(transaction, *arrival);
            if (!changes.ok()) Refuse(*arrival, changes.status());
            if (changes.ok() && *changes) changing->push_back(arrival);
          }
        },
        [this, changing] {
          open_.fetch_add(static_cast<int>(changing->size()));
          for (Arrival* arrival : *changing) WriteChange(*arrival);
          Leave(absl::OkStatus());
        });
  }

  void WriteChange(Arrival& arrival) {
    Submit(
        ChangeNote::CORRECTED,
        [this, &arrival](Transaction& transaction) {
          absl::Status status = Change(transaction, arrival);
          if (!status.ok()) Refuse(arrival, status);
        },
        [this] { Leave(absl::OkStatus()); });
  }

  // What refuses one line must not touch the transaction, which carries the others too.
  absl::Status Check(Transaction& transaction, const Arrival& arrival, const Message* before,
                     const Message& record) {
    RETURN_IF_ERROR(CheckNotStated(record));
    RETURN_IF_ERROR(CheckReferences(context_, transaction, record, {arrival.name}));
    RETURN_IF_ERROR(CheckNoCycle(*arrival.spec, transaction, arrival.name, record));
    return CheckKind(*arrival.spec, transaction, before, &record);
  }

  // Creates the record, or says whether there is one that the line changes.
  absl::StatusOr<bool> Create(Transaction& transaction, Arrival& arrival) {
    ASSIGN_OR_RETURN(const auto existing, transaction.Get(*arrival.spec->table, arrival.name));
    if (existing.has_value()) {
      ASSIGN_OR_RETURN(const MessagePtr current, Read(*existing, arrival));
      ASSIGN_OR_RETURN(const ImportDecision decision, Decide(*existing, *current, arrival));
      arrival.outcome->set_kind(decision.kind);
      return decision.next != nullptr;
    }
    RETURN_IF_ERROR(Check(transaction, arrival, nullptr, *arrival.line.record));
    RETURN_IF_ERROR(transaction.Put(*arrival.spec->table, arrival.name, *arrival.line.record));
    arrival.outcome->set_kind(ImportOutcome::CREATED);
    return false;
  }

  // Decides anew: something may have come in between.
  absl::Status Change(Transaction& transaction, Arrival& arrival) {
    arrival.outcome->clear_kind();
    ASSIGN_OR_RETURN(const auto existing, transaction.Get(*arrival.spec->table, arrival.name));
    ASSIGN_OR_RETURN(const MessagePtr current, Read(*existing, arrival));
    ASSIGN_OR_RETURN(const ImportDecision decision, Decide(*existing, *current, arrival));
    if (decision.next != nullptr) {
      RETURN_IF_ERROR(SettleAccounts(*decision.next));
      RETURN_IF_ERROR(Check(transaction, arrival, current.get(), *decision.next));
      if (decision.next->ByteSizeLong() > storage::kMaxRecordBytes) {
        return errors::Error(types::v1::RECORD_TOO_LARGE,
                             absl::StrCat(arrival.name, " has no room for one more account"),
                             {{"bytes", absl::StrCat(decision.next->ByteSizeLong())},
                              {"limit", absl::StrCat(storage::kMaxRecordBytes)}});
      }
      RETURN_IF_ERROR(transaction.Put(*arrival.spec->table, arrival.name, *decision.next));
    }
    arrival.outcome->set_kind(decision.kind);
    return absl::OkStatus();
  }

  static absl::StatusOr<MessagePtr> Read(const storage::Version& version, const Arrival& arrival) {
    MessagePtr current(arrival.spec->table->prototype->New());
    RETURN_IF_ERROR(version.ParseTo(*current));
    return current;
  }

  static absl::StatusOr<ImportDecision> Decide(const storage::Version& version,
                                               const Message& current, const Arrival& arrival) {
    return DecideImport(current, version.header.deleted(), arrival.line);
  }

  void Submit(ChangeNote::Kind kind, std::function<void(Transaction&)> apply,
              std::function<void()> then) {
    storage::Mutation mutation;
    mutation.principal = principal_;
    mutation.change_kind = static_cast<uint8_t>(kind);
    mutation.note = note_;
    mutation.validate_only = validate_only_;
    mutation.apply = [apply = std::move(apply)](Transaction& transaction) {
      apply(transaction);
      return absl::OkStatus();
    };
    context_.store().sequencer().Submit(std::move(mutation),
                                        [self = shared_from_this(), then = std::move(then)](
                                            const absl::StatusOr<storage::Commit>& commit) {
                                          if (!commit.ok()) return self->Leave(commit.status());
                                          then();
                                        });
  }

  // A part has ended. The last one answers; `done` callbacks run on one thread, but a store that is
  // closing calls them on this one's.
  void Leave(const absl::Status& status) {
    if (!status.ok()) {
      std::lock_guard<std::mutex> lock(mutex_);
      status_.Update(status);
    }
    if (open_.fetch_sub(1) != 1) return;
    if (!status_.ok()) return std::move(call_).Finish(status_);
    context_.AddReplyMetadata(call_, context_.store().Latest().seq());
    std::move(call_).Finish(reply_);
  }

  const Context& context_;
  const std::string note_;
  const bool validate_only_;
  const std::string principal_;
  Call call_;
  std::vector<Arrival> arrivals_;
  types::v1::TakeRecordsResponse reply_;
  std::atomic<int> open_{1};
  std::mutex mutex_;
  absl::Status status_;
};

}  // namespace

void TakeRecords(const Context& context, types::v1::TakeRecordsRequest request, Call call) {
  if (request.records_size() > kMaxRecords) {
    return std::move(call).Finish(errors::Error(
        types::v1::BATCH_TOO_LARGE, absl::StrCat("at most ", kMaxRecords, " records"),
        {{"count", absl::StrCat(request.records_size())}, {"limit", absl::StrCat(kMaxRecords)}}));
  }
  auto kept = std::make_shared<types::v1::TakeRecordsRequest>(std::move(request));
  context.Run(std::move(call), [&context, kept](Call running) {
    std::make_shared<Taking>(context, *kept, std::move(running))->Start(*kept);
  });
}

}  // namespace chancery::resource
