#ifndef CHANCERY_SERVICES_RESOURCE_WRITER_H_
#define CHANCERY_SERVICES_RESOURCE_WRITER_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "chancery/types/v1/change.pb.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/message.h"
#include "services/resource/context.h"
#include "services/resource/resource_spec.h"
#include "services/serving/call.h"

namespace chancery::resource {

// What every mutation says besides what it changes.
struct WriteOptions {
  std::string principal;
  std::string request_id;
  // Tells a repetition from another request under the same id.
  std::string request_digest;
  bool validate_only = false;
  types::v1::ChangeNote note;
};

using MessagePtr = std::unique_ptr<google::protobuf::Message>;

// The writes of one kind: the order of checks is fixed here once for all. What can be checked by
// looking at the request alone has been (Prepare); the rest is checked on the sequencer's thread,
// against the store as it is when the write's turn comes. Replies are the versions that were
// committed; for a repeated request they are read at that revision, so it gets the bytes of the
// first. Thread-safe.
class Writer {
 public:
  Writer(const ResourceSpec& spec, const Context& context) : spec_(spec), context_(context) {}

  // `id` may be empty: one is generated.
  void Create(MessagePtr record, std::string id, WriteOptions options, serving::Call call) const;

  struct NewRecord {
    MessagePtr record;
    std::string id;
  };
  // All or none. They may refer to each other. Errors carry the position as metadata `index`.
  void BatchCreate(std::vector<NewRecord> records, WriteOptions options, serving::Call call) const;

  // `update` carries name and etag.
  void Update(MessagePtr update, google::protobuf::FieldMask mask, bool allow_missing,
              WriteOptions options, serving::Call call) const;

  void Delete(std::string name, std::string etag, bool allow_missing, WriteOptions options,
              serving::Call call) const;
  void Undelete(std::string name, std::string etag, WriteOptions options, serving::Call call) const;

 private:
  // What a mutation leaves to be answered: the names, in order, and, for validate_only, the records
  // as they would be.
  struct Outcome {
    std::vector<std::string> names;
    std::vector<MessagePtr> records;
    bool batch = false;
  };
  using Apply = std::function<absl::Status(storage::Transaction&, Outcome&)>;

  void Submit(types::v1::ChangeNote::Kind kind, WriteOptions options, Apply apply, bool batch,
              serving::Call call) const;
  // A version of the commit: from the bytes that it brings, or read at its moment.
  absl::StatusOr<std::optional<storage::Version>> Read(const storage::ReadView& view,
                                                       const std::string& name,
                                                       std::string bytes) const;
  void Answer(storage::Commit commit, const Outcome& outcome, serving::Call call) const;
  static void AnswerUnwritten(const Outcome& outcome, serving::Call call);
  std::string NewName(const std::string& id) const;

  const ResourceSpec& spec_;
  const Context& context_;
};

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_WRITER_H_
