#include "gateway/ctl/source/load.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "chancery/agreements/v1/chunk_requests.pb.h"
#include "chancery/agreements/v1/segment_requests.pb.h"
#include "chancery/agreements/v1/source_requests.pb.h"
#include "gateway/ctl/call/catalog.h"
#include "gateway/ctl/call/request_fields.h"
#include "google/protobuf/descriptor.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"

namespace chancery::ctl {
namespace {

namespace v1 = agreements::v1;
using google::protobuf::Message;

constexpr size_t kMaxBatch = 100;

absl::Status Mismatch(const std::string& source, const char* rule, const std::string& sentence) {
  return errors::Error(types::v1::TEXT_MISMATCH, sentence,
                       {{"field", "FILE"}, {"source", source}, {"rule", rule}});
}

// One run of LoadDocument().
class Load {
 public:
  Load(const Client& client, const LoadOptions& options) : client_(client), options_(options) {}

  absl::Status CheckSource(const std::string& name, const Document& document) const {
    v1::GetSourceRequest request;
    request.set_name(name);
    v1::Source source;
    RETURN_IF_ERROR(client_.Call(*Of(source)->get, request, source));
    if (source.digest() != document.digest) {
      return Mismatch(
          name, "digest",
          absl::StrCat("the document's digest is ", document.digest, ", that of ", name,
                       source.digest().empty() ? " is not recorded" : " is ", source.digest()));
    }
    if (source.code_points() == document.code_points) return absl::OkStatus();
    return Mismatch(name, "length",
                    absl::StrCat("the document has ", document.code_points, " code points, ", name,
                                 " is said to have ", source.code_points()));
  }

  absl::Status WriteChunks(const std::vector<v1::Chunk>& chunks) {
    for (const v1::Chunk& chunk : chunks) {
      RETURN_IF_ERROR(Write(chunk));
      Tell(1);
    }
    return absl::OkStatus();
  }

  absl::Status WriteSegments(const std::vector<v1::Segment>& segments) {
    for (size_t from = 0; from < segments.size(); from += kMaxBatch) {
      const size_t to = std::min(from + kMaxBatch, segments.size());
      RETURN_IF_ERROR(WriteBatch({segments.begin() + from, segments.begin() + to}));
      Tell(static_cast<int>(to - from));
    }
    return absl::OkStatus();
  }

  void Expect(size_t total) { total_ = static_cast<int>(total); }

 private:
  static const Kind* Of(const Message& record) {
    const auto& kinds = Kinds();
    const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const Kind& each) {
      return each.message == record.GetDescriptor();
    });
    return &*kind;
  }

  // All new ones at once; one by one where some are there already.
  absl::Status WriteBatch(const std::vector<v1::Segment>& segments) {
    v1::BatchCreateSegmentsRequest request;
    request.mutable_change_note()->set_note(options_.note);
    for (const v1::Segment& segment : segments) {
      v1::CreateSegmentRequest& each = *request.add_requests();
      *each.mutable_segment() = segment;
      each.set_segment_id(segment.name().substr(segment.name().find('/') + 1));
    }
    v1::BatchCreateSegmentsResponse reply;
    absl::Status status = client_.Call(*Of(segments.front())->batch_create, request, reply);
    if (!errors::HasReason(status, types::v1::RESOURCE_ALREADY_EXISTS)) return status;
    for (const v1::Segment& segment : segments) RETURN_IF_ERROR(Write(segment));
    return absl::OkStatus();
  }

  // Creates it, makes it say this, or brings it back first.
  absl::Status Write(const Message& record) {
    absl::Status status = Update(record);
    if (!errors::HasReason(status, types::v1::RESOURCE_DELETED)) return status;
    const Kind& kind = *Of(record);
    const MessagePtr request = NewMessage(kind.undelete->input_type());
    SetText(*request, "name", TextOf(record, "name"));
    const MessagePtr reply = NewMessage(kind.message);
    RETURN_IF_ERROR(client_.Call(*kind.undelete, *request, *reply));
    return Update(record);
  }

  absl::Status Update(const Message& record) {
    const Kind& kind = *Of(record);
    const MessagePtr request = NewMessage(kind.update->input_type());
    MutableFieldOfType(*request, *kind.message)->CopyFrom(record);
    SetSwitch(*request, "allow_missing", true);
    for (const std::string& path : Paths(*kind.message)) {
      AddText(*MutableField(*request, "update_mask"), "paths", path);
    }
    SetText(*MutableField(*request, "change_note"), "note", options_.note);
    const MessagePtr reply = NewMessage(kind.message);
    return client_.Call(*kind.update, *request, *reply);
  }

  // All that a document says of them; where else they come from stays.
  static std::vector<std::string> Paths(const google::protobuf::Descriptor& type) {
    std::vector<std::string> paths;
    for (int i = 0; i < type.field_count(); ++i) {
      const auto* field = type.field(i);
      const bool is_own = field->message_type() == nullptr && field->name() != "etag";
      if (is_own && field->name() != "name") paths.push_back(field->name());
    }
    return paths;
  }

  void Tell(int more) {
    done_ += more;
    if (options_.progress) options_.progress(done_, total_);
  }

  const Client& client_;
  const LoadOptions& options_;
  int done_ = 0;
  int total_ = 0;
};

}  // namespace

absl::StatusOr<gateway::v1::SourceCoverage> LoadDocument(const Client& client,
                                                         const std::string& source,
                                                         const Document& document,
                                                         const std::vector<v1::Segment>& segments,
                                                         const LoadOptions& options) {
  Load load(client, options);
  RETURN_IF_ERROR(load.CheckSource(source, document));
  const std::vector<v1::Chunk> chunks = Cut(document, source);
  load.Expect(chunks.size() + segments.size());
  RETURN_IF_ERROR(load.WriteSegments(segments));
  RETURN_IF_ERROR(load.WriteChunks(chunks));
  gateway::v1::GetSourceCoverageRequest request;
  request.set_source(source);
  request.set_page_size(1);
  gateway::v1::SourceCoverage coverage;
  RETURN_IF_ERROR(client.Call(GatewayMethod("GetSourceCoverage"), request, coverage));
  return coverage;
}

}  // namespace chancery::ctl
