#ifndef CHANCERY_SERVICES_RESOURCE_RESOURCE_H_
#define CHANCERY_SERVICES_RESOURCE_RESOURCE_H_

#include <string>
#include <utility>
#include <vector>

#include "services/resource/annotations.h"
#include "services/resource/reader.h"
#include "services/resource/request_digest.h"
#include "services/resource/writer.h"
#include "services/serving/call.h"

namespace chancery::resource {

// The shared life of one kind of resource, for its service's rows: each method takes the typed
// request, has it checked against the contract's annotations, and answers the call. The templates
// only take requests apart; Reader and Writer do the work.
class Resource {
 public:
  Resource(const ResourceSpec& spec, const Context& context)
      : reader_(spec, context), writer_(spec, context) {}

  template <typename GetRequest>
  void Get(const GetRequest& request, serving::Call call) const {
    reader_.Get(request.name(), request.as_of(), std::move(call));
  }

  template <typename BatchGetRequest>
  void BatchGet(const BatchGetRequest& request, serving::Call call) const {
    reader_.BatchGet({request.names().begin(), request.names().end()}, request.as_of(),
                     std::move(call));
  }

  template <typename ListRequest>
  void List(ListRequest request, serving::Call call) const {
    if (absl::Status status = Prepare(request); !status.ok()) return std::move(call).Finish(status);
    ListQuery query = Paging(request);
    query.filter = request.filter();
    query.order_by = request.order_by();
    query.show_deleted = request.show_deleted();
    reader_.List(std::move(query), std::move(call));
  }

  template <typename ListRevisionsRequest>
  void ListRevisions(ListRevisionsRequest request, serving::Call call) const {
    if (absl::Status status = Prepare(request); !status.ok()) return std::move(call).Finish(status);
    const std::string parent = request.parent();
    reader_.ListRevisions(parent, Paging(request), std::move(call));
  }

  // `record` is the request's resource, `id` its id.
  template <typename CreateRequest, typename Record>
  void Create(CreateRequest request, Record* (CreateRequest::*record)(),
              const std::string& (CreateRequest::*id)() const, serving::Call call) const {
    if (absl::Status status = Prepare(request); !status.ok()) return std::move(call).Finish(status);
    WriteOptions options = Options(request, call);
    writer_.Create(Take((request.*record)()), (request.*id)(), std::move(options), std::move(call));
  }

  template <typename BatchRequest, typename CreateRequest, typename Record>
  void BatchCreate(BatchRequest request, Record* (CreateRequest::*record)(),
                   const std::string& (CreateRequest::*id)() const, serving::Call call) const {
    absl::Status status = CheckBatch(request);
    WriteOptions options = Options(request, call);
    std::vector<Writer::NewRecord> records;
    for (int i = 0; status.ok() && i < request.requests_size(); ++i) {
      CreateRequest* each = request.mutable_requests(i);
      status = PrepareElement(
          *each, !each->request_id().empty() || each->validate_only() || each->has_change_note(),
          i);
      records.push_back({Take((each->*record)()), (each->*id)()});
    }
    if (!status.ok()) return std::move(call).Finish(status);
    writer_.BatchCreate(std::move(records), std::move(options), std::move(call));
  }

  template <typename UpdateRequest, typename Record>
  void Update(UpdateRequest request, Record* (UpdateRequest::*record)(), serving::Call call) const {
    absl::Status status = Prepare(request, Completeness::kPartial);
    if (!status.ok()) return std::move(call).Finish(status);
    WriteOptions options = Options(request, call);
    writer_.Update(Take((request.*record)()), request.update_mask(), request.allow_missing(),
                   std::move(options), std::move(call));
  }

  template <typename DeleteRequest>
  void Delete(DeleteRequest request, serving::Call call) const {
    if (absl::Status status = Prepare(request); !status.ok()) return std::move(call).Finish(status);
    WriteOptions options = Options(request, call);
    writer_.Delete(request.name(), request.etag(), request.allow_missing(), std::move(options),
                   std::move(call));
  }

  template <typename UndeleteRequest>
  void Undelete(UndeleteRequest request, serving::Call call) const {
    if (absl::Status status = Prepare(request); !status.ok()) return std::move(call).Finish(status);
    WriteOptions options = Options(request, call);
    writer_.Undelete(request.name(), request.etag(), std::move(options), std::move(call));
  }

 private:
  template <typename Record>
  static MessagePtr Take(Record* record) {
    auto taken = std::make_unique<Record>();
    taken->Swap(record);
    return taken;
  }

  template <typename ListRequest>
  static ListQuery Paging(ListRequest& request) {
    ListQuery query;
    query.page_size = request.page_size();
    query.page_token = request.page_token();
    query.as_of = request.as_of();
    request.clear_page_size();
    request.clear_page_token();
    query.digest = RequestDigest(request);
    return query;
  }

  template <typename WriteRequest>
  static WriteOptions Options(const WriteRequest& request, const serving::Call& call) {
    WriteOptions options;
    options.principal = call.principal();
    options.request_id = request.request_id();
    if (!options.request_id.empty()) options.request_digest = CallDigest(call);
    options.validate_only = request.validate_only();
    options.note = request.change_note();
    return options;
  }

  template <typename BatchRequest>
  static absl::Status CheckBatch(BatchRequest& request) {
    BatchRequest rest;
    rest.set_request_id(request.request_id());
    if (request.requests_size() == 0) return Prepare(rest);
    return CheckBatchSize(request.requests_size(), request.ByteSizeLong());
  }

  Reader reader_;
  Writer writer_;
};

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_RESOURCE_H_
