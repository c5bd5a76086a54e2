#include "gateway/rpc/batch_get.h"

#include <algorithm>
#include <utility>

#include "google/protobuf/descriptor.h"
#include "proto/errors/error.h"

namespace chancery::gateway::rpc {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Message;
using google::protobuf::MessageFactory;

constexpr size_t kMaxNames = 100;  // as the contract says of every BatchGet

std::unique_ptr<Message> New(const Descriptor* type) {
  return std::unique_ptr<Message>(MessageFactory::generated_factory()->GetPrototype(type)->New());
}

std::unique_ptr<BatchGet> Make(const Collection& collection, std::vector<std::string> names,
                               const types::v1::AsOf& as_of) {
  auto batch = std::make_unique<BatchGet>();
  batch->collection = &collection;
  batch->request = New(collection.batch_get->input_type());
  batch->reply = New(collection.batch_get->output_type());
  const auto* type = batch->request->GetDescriptor();
  const auto* reflection = batch->request->GetReflection();
  const auto* field = type->FindFieldByName("names");
  for (const std::string& name : names) reflection->AddString(batch->request.get(), field, name);
  reflection->MutableMessage(batch->request.get(), type->FindFieldByName("as_of"))->CopyFrom(as_of);
  batch->names = std::move(names);
  return batch;
}

}  // namespace

std::vector<std::unique_ptr<Message>> BatchGet::TakeRecords() {
  const auto* field = reply->GetDescriptor()->FindFieldByNumber(1);
  const auto* reflection = reply->GetReflection();
  std::vector<std::unique_ptr<Message>> records(reflection->FieldSize(*reply, field));
  for (size_t i = records.size(); i > 0; --i) {
    records[i - 1].reset(reflection->ReleaseLast(reply.get(), field));
  }
  return records;
}

std::string BatchGet::NameNotFound() const {
  if (!errors::HasReason(status, types::v1::RESOURCE_NOT_FOUND)) return "";
  const auto info = errors::InfoOf(status);
  const auto name = info.metadata().find("name");
  return name == info.metadata().end() ? "" : name->second;
}

std::vector<std::unique_ptr<BatchGet>> MakeBatchGets(const dossier::NameSet& names,
                                                     const Collections& collections,
                                                     const types::v1::AsOf& as_of) {
  // Sorted: always the same questions, and the names of a collection side by side.
  std::vector<std::string> sorted(names.begin(), names.end());
  std::sort(sorted.begin(), sorted.end());
  std::vector<std::unique_ptr<BatchGet>> batches;
  const Collection* asked = nullptr;
  std::vector<std::string> some;
  const auto ask = [&] {
    if (!some.empty()) batches.push_back(Make(*asked, std::exchange(some, {}), as_of));
  };
  for (std::string& name : sorted) {
    const Collection* collection = collections.Of(name);
    if (collection == nullptr) continue;
    if (collection != asked || some.size() == kMaxNames) ask();
    asked = collection;
    some.push_back(std::move(name));
  }
  ask();
  // What takes longest first.
  std::stable_sort(batches.begin(), batches.end(),
                   [](const auto& a, const auto& b) { return a->names.size() > b->names.size(); });
  return batches;
}

void AskAll(const std::vector<std::unique_ptr<BatchGet>>& batches,
            const upstream::CallOptions& options, upstream::Round& round) {
  for (const auto& batch : batches) {
    round.AskInto(*batch->collection->owner, batch->collection->batch_get->name(), *batch->request,
                  options, batch->reply.get(),
                  [b = batch.get()](absl::Status status, std::string token) {
                    b->status = std::move(status);
                    b->token = std::move(token);
                  });
  }
}

}  // namespace chancery::gateway::rpc
