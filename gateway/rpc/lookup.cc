#include "gateway/rpc/lookup.h"

#include <utility>
#include <vector>

#include "gateway/rpc/batch_get.h"
#include "gateway/upstream/round.h"
#include "google/protobuf/descriptor.h"

namespace chancery::gateway::rpc {
namespace {

using dossier::NameSet;
using google::protobuf::Message;

constexpr int kMaxRounds = 4;

std::string NameOf(const Message& record) {
  return record.GetReflection()->GetString(record, record.GetDescriptor()->FindFieldByName("name"));
}

class Lookup : public std::enable_shared_from_this<Lookup> {
 public:
  Lookup(std::shared_ptr<Reading> reading, dossier::Directory& directory,
         std::function<const Wanted&()> wanted, absl::AnyInvocable<void()> done,
         Companion* companion)
      : reading_(std::move(reading)),
        directory_(directory),
        wanted_(std::move(wanted)),
        done_(std::move(done)),
        companion_(companion) {}

  void NextRound();

 private:
  NameSet ToAsk();
  void Collect();
  void Take(BatchGet& batch);

  const std::shared_ptr<Reading> reading_;
  dossier::Directory& directory_;
  const std::function<const Wanted&()> wanted_;
  absl::AnyInvocable<void()> done_;
  Companion* const companion_;
  int rounds_ = 0;
  Wanted missing_;
  NameSet absent_;  // do not exist at the moment
  std::vector<std::unique_ptr<BatchGet>> batches_;
};

// The names that are missing and can be asked for; those of services that failed are noted.
NameSet Lookup::ToAsk() {
  NameSet names;
  missing_.clear();
  for (const auto& [part, wanted] : wanted_()) {
    const NameSet& missing = missing_[part] = directory_.Missing(wanted);
    for (const std::string& name : missing) {
      const Collection* collection = reading_->environment().collections.Of(name);
      if (collection == nullptr || absent_.contains(name)) continue;
      if (reading_->CanAsk(*collection->owner)) {
        names.insert(name);
      } else {
        reading_->Lacks(*collection->owner, part);
      }
    }
  }
  return names;
}

void Lookup::NextRound() {
  const NameSet names = ToAsk();
  const bool accompanied = companion_ != nullptr && companion_->HasQuestions();
  if ((names.empty() && !accompanied) || ++rounds_ > kMaxRounds) return done_();
  batches_ =
      MakeBatchGets(names, reading_->environment().collections, reading_->moment().ForServices());
  upstream::Round round([self = shared_from_this()] { self->Collect(); });
  if (accompanied) companion_->Ask(*reading_, round);
  AskAll(batches_, reading_->Options(), round);
  std::move(round).Close();
}

void Lookup::Collect() {
  for (const auto& batch : batches_) Take(*batch);
  if (companion_ != nullptr) companion_->Take(*reading_).IgnoreError();
  NextRound();
}

void Lookup::Take(BatchGet& batch) {
  if (const std::string name = batch.NameNotFound(); !name.empty()) {
    absent_.insert(name);  // the next round asks for the others again
    return;
  }
  for (const auto& [part, names] : missing_) {
    for (const std::string& name : batch.names) {
      if (!names.contains(name)) continue;
      reading_->Take(*batch.collection->owner, part, batch.status, batch.token);
      break;
    }
  }
  if (!batch.status.ok()) return;
  for (std::unique_ptr<Message>& record : batch.TakeRecords()) {
    const std::string name = NameOf(*record);
    directory_.Add(name, std::move(record));
  }
}

}  // namespace

void LookUp(std::shared_ptr<Reading> reading, dossier::Directory& directory,
            std::function<const Wanted&()> wanted, absl::AnyInvocable<void()> done,
            Companion* companion) {
  std::make_shared<Lookup>(std::move(reading), directory, std::move(wanted), std::move(done),
                           companion)
      ->NextRound();
}

}  // namespace chancery::gateway::rpc
