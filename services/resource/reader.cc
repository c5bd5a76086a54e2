#include "services/resource/reader.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"
#include "services/chronology/edtf_parser.h"
#include "services/resource/catalog.h"
#include "services/resource/page.h"
#include "services/resource/reply.h"
#include "services/resource/revisions.h"

namespace chancery::resource {
namespace {

using serving::Call;
using storage::ReadView;

constexpr size_t kMaxBatchGet = 100;
// Below gRPC's limit, with room for framing.
constexpr size_t kMaxReplyBytes = (4 << 20) - (64 << 10);

// 0001-01-01 to 9999-12-31, as the timestamp's own type says.
constexpr int64_t kFirstSecond = -62'135'596'800;
constexpr int64_t kLastSecond = 253'402'300'799;

absl::Status Invalid(const char* field, const std::string& value, const char* rule) {
  return errors::Error(types::v1::FIELD_INVALID, absl::StrCat(field, ": ", rule),
                       {{"field", field}, {"value", value}, {"rule", rule}});
}

absl::Status CheckReading(const types::v1::AsOf& as_of) {
  if (!types::v1::Consistency_IsValid(as_of.consistency())) {
    return errors::Error(types::v1::ENUM_VALUE_UNKNOWN,
                         absl::StrCat("as_of.consistency: there is no value ", as_of.consistency()),
                         {{"field", "as_of.consistency"},
                          {"value", absl::StrCat(as_of.consistency())},
                          {"enum", "chancery.types.v1.Consistency"}});
  }
  const google::protobuf::Timestamp& time = as_of.known_at();
  const bool in_range = time.seconds() >= kFirstSecond && time.seconds() <= kLastSecond &&
                        time.nanos() >= 0 && time.nanos() < 1'000'000'000;
  return in_range ? absl::OkStatus()
                  : Invalid("as_of.known_at", absl::StrCat(time.seconds(), " s"),
                            "must lie in the years 1 to 9999");
}

absl::Status NotFound(absl::string_view name) {
  return errors::Error(types::v1::RESOURCE_NOT_FOUND, absl::StrCat("there is no ", name),
                       {{"name", std::string(name)}});
}

void AnswerGet(const Context& context, const storage::TableSpec& table, const std::string& name,
               const ReadView& view, Call call) {
  auto version = view.Get(table, name);
  if (!version.ok()) return std::move(call).Finish(version.status());
  if (!version->has_value()) return std::move(call).Finish(NotFound(name));
  std::move(call).FinishRaw(RecordReply(context, name, **version));
}

absl::StatusOr<grpc::Slice> BatchReply(const Context& context, const storage::TableSpec& table,
                                       const std::vector<std::string>& names,
                                       const ReadView& view) {
  ASSIGN_OR_RETURN(const auto versions, view.MultiGet(table, names));
  ListReply reply;
  for (size_t i = 0; i < names.size(); ++i) {
    if (!versions[i].has_value()) return NotFound(names[i]);
    reply.AddRecord(context, names[i], *versions[i]);
    if (reply.bytes() > kMaxReplyBytes) {
      return errors::Error(types::v1::RESPONSE_TOO_LARGE,
                           absl::StrCat("the answer is too large; ", i, " of the names fit"),
                           {{"fits", absl::StrCat(i)}});
    }
  }
  return reply.Release();
}

void Finish(const absl::StatusOr<grpc::Slice>& reply, Call call) {
  if (!reply.ok()) return std::move(call).Finish(reply.status());
  std::move(call).FinishRaw(*reply);
}

}  // namespace

absl::Status Reader::CheckAsOf(const types::v1::AsOf& as_of) const {
  RETURN_IF_ERROR(CheckReading(as_of));
  if (as_of.valid_at().empty()) return absl::OkStatus();
  if (spec_.valid_on != nullptr && chronology::ParseDay(as_of.valid_at()).ok()) {
    return absl::OkStatus();
  }
  return errors::Error(types::v1::VALID_AT_INVALID,
                       spec_.valid_on == nullptr
                           ? absl::StrCat("as_of.valid_at: ", spec_.table->name,
                                          " have dates of their own; filter by those")
                           : absl::StrCat("as_of.valid_at: \"", as_of.valid_at(),
                                          "\" is not a day of the form YYYY-MM-DD"),
                       {{"field", "as_of.valid_at"}, {"value", as_of.valid_at()}});
}

void Reader::Get(std::string name, const types::v1::AsOf& as_of, Call call) const {
  absl::Status status = CheckName("name", name, kind_);
  status.Update(CheckAsOf(as_of));
  if (!status.ok()) return std::move(call).Finish(status);
  context_.Read(as_of, std::move(call),
                [this, name = std::move(name)](const ReadView& view, Call answered) {
                  AnswerGet(context_, *spec_.table, name, view, std::move(answered));
                });
}

void Reader::BatchGet(std::vector<std::string> names, const types::v1::AsOf& as_of,
                      Call call) const {
  absl::Status status = CheckAsOf(as_of);
  if (names.size() > kMaxBatchGet) {
    status.Update(errors::Error(types::v1::BATCH_TOO_LARGE,
                                absl::StrCat("names: at most ", kMaxBatchGet),
                                {{"field", "names"},
                                 {"count", absl::StrCat(names.size())},
                                 {"limit", absl::StrCat(kMaxBatchGet)}}));
  }
  for (size_t i = 0; status.ok() && i < names.size(); ++i) {
    status = CheckName(absl::StrCat("names.", i), names[i], kind_);
  }
  if (!status.ok()) return std::move(call).Finish(status);
  context_.Read(as_of, std::move(call),
                [this, names = std::move(names)](const ReadView& view, Call answered) {
                  context_.Run(std::move(answered), [this, names, view](Call running) {
                    Finish(BatchReply(context_, *spec_.table, names, view), std::move(running));
                  });
                });
}

void Reader::List(ListQuery query, Call call) const {
  if (absl::Status status = CheckAsOf(query.as_of); !status.ok()) {
    return std::move(call).Finish(status);
  }
  auto page = Page::Prepare(spec_, context_, std::move(query));
  if (!page.ok()) return std::move(call).Finish(page.status());
  const auto read = [this, page = *page](const ReadView& view, Call answered) {
    context_.Run(std::move(answered), [page, view](Call running) {
      const auto reply = page->Read(view, running);
      Finish(reply, std::move(running));
    });
  };
  if ((*page)->resumed_seq() != 0) {
    return context_.ReadAt((*page)->resumed_seq(), std::move(call), read);
  }
  context_.Read((*page)->query().as_of, std::move(call), read);
}

void Reader::ListRevisions(const std::string& parent, ListQuery query, Call call) const {
  absl::Status status = CheckName("parent", parent, kind_);
  if (!status.ok()) return std::move(call).Finish(status);
  const types::v1::AsOf as_of = query.as_of;
  context_.Read(as_of, std::move(call),
                [this, parent, query = std::move(query)](const ReadView& view, Call answered) {
                  context_.Run(std::move(answered), [this, parent, query, view](Call running) {
                    Finish(RevisionsPage(spec_, context_, parent, query, view), std::move(running));
                  });
                });
}

}  // namespace chancery::resource
