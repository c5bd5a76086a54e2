#include "services/resource/revisions.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "chancery/people/v1/person_requests.pb.h"
#include "google/protobuf/util/time_util.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"
#include "services/resource/page.h"
#include "services/resource/reply.h"

namespace chancery::resource {
namespace {

// All kinds' revision messages have the same numbers (a test compares them), so one kind's serves
// for all; the snapshot is put in as bytes.
using people::v1::PersonRevision;

// {2: snapshot} as a message of its own, to be appended to the rest.
std::string SnapshotField(const Context& context, const std::string& name,
                          const storage::Version& version) {
  ListReply field;
  field.AddRecord(context, name, version);
  const grpc::Slice slice = field.Release();
  std::string bytes(reinterpret_cast<const char*>(slice.begin()), slice.size());
  bytes[0] = (PersonRevision::kSnapshotFieldNumber << 3) | 2;  // was field 1
  return bytes;
}

absl::StatusOr<std::string> Revision(const Context& context, const std::string& parent,
                                     const storage::Version& version) {
  PersonRevision revision;
  revision.set_name(absl::StrCat(parent, "/revisions/", context.RevisionIdOf(parent, version.seq)));
  *revision.mutable_create_time() =
      google::protobuf::util::TimeUtil::MicrosecondsToTimestamp(version.header.update_time);
  RETURN_IF_ERROR(context.store().journal().Read(
      version.seq, version.seq, /*with_values=*/false, [&](const storage::JournalEntry& entry) {
        revision.set_principal(entry.principal);
        auto* note = revision.mutable_change_note();
        note->set_kind(static_cast<types::v1::ChangeNote::Kind>(entry.change_kind));
        note->set_note(entry.note);
        return absl::OkStatus();
      }));
  return revision.SerializeAsString() + SnapshotField(context, parent, version);
}

}  // namespace

absl::StatusOr<grpc::Slice> RevisionsPage(const ResourceSpec& spec, const Context& context,
                                          const std::string& parent, const ListQuery& query,
                                          const storage::ReadView& view) {
  ASSIGN_OR_RETURN(const int32_t page_size, EffectivePageSize(query.page_size));
  uint64_t before = 0;
  uint64_t moment = view.seq();
  if (!query.page_token.empty()) {
    ASSIGN_OR_RETURN(const storage::PageToken token,
                     storage::OpenPageToken(context.sealer(), query.page_token, query.digest));
    moment = token.seq;
    if (!absl::SimpleAtoi(token.after, &before)) {
      return errors::Error(types::v1::PAGE_TOKEN_INVALID, "the page token was not made here");
    }
  }
  ASSIGN_OR_RETURN(const storage::ReadView at, context.store().ViewAtSeq(moment));
  ASSIGN_OR_RETURN(const auto versions, at.History(*spec.table, parent, before, page_size + 1));
  if (versions.empty() && before == 0) {
    return errors::Error(types::v1::RESOURCE_NOT_FOUND, absl::StrCat("there is no ", parent),
                         {{"name", parent}});
  }
  ListReply reply;
  const size_t shown = std::min<size_t>(versions.size(), page_size);
  for (size_t i = 0; i < shown; ++i) {
    ASSIGN_OR_RETURN(const std::string revision, Revision(context, parent, versions[i]));
    reply.AddMessage(revision);
  }
  if (versions.size() > shown) {
    reply.SetNextPageToken(storage::SealPageToken(
        context.sealer(), {query.digest, moment, absl::StrCat(versions[shown - 1].seq)}));
  }
  return reply.Release();
}

}  // namespace chancery::resource
