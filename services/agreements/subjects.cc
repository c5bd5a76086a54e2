#include "services/agreements/subjects.h"

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "chancery/agreements/v1/position.pb.h"
#include "chancery/agreements/v1/statistic.pb.h"
#include "chancery/types/v1/subject.pb.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"
#include "services/agreements/agreement_spec.h"
#include "services/agreements/matter_spec.h"
#include "services/agreements/position_spec.h"
#include "services/agreements/programme_spec.h"
#include "services/agreements/source_spec.h"
#include "services/agreements/source_text.h"
#include "services/agreements/statistic_spec.h"
#include "services/resource/catalog.h"
#include "services/resource/mask_path.h"
#include "services/resource/not_stated.h"

namespace chancery::agreements {
namespace {

using google::protobuf::Message;
using types::v1::Subject;

// Where records of a collection of this service are kept; null for other services'.
const storage::TableSpec* TableOf(absl::string_view collection) {
  for (const resource::ResourceSpec* spec : {&AgreementSpec(), &MatterSpec(), &PositionSpec(),
                                             &ProgrammeSpec(), &SourceSpec(), &StatisticSpec()}) {
    if (collection == spec->table->name) return spec->table;
  }
  return nullptr;
}

absl::Status CheckElement(const Message& target, const Subject& subject, const std::string& field) {
  ASSIGN_OR_RETURN(const resource::MaskPath path,
                   resource::ParseMaskPath(subject.element(), target.GetDescriptor(), field));
  if (resource::FindPlace(target, path).set) return absl::OkStatus();
  const std::string rule = absl::StrCat("there is nothing of that name in ", subject.target());
  return errors::Error(types::v1::FIELD_INVALID,
                       absl::StrCat(field, ": ", rule, ": ", subject.element()),
                       {{"value", subject.element()}, {"rule", rule}});
}

absl::Status CheckSubject(storage::Transaction& transaction, const Subject& subject,
                          absl::string_view path) {
  if (subject.element().empty()) return absl::OkStatus();
  const storage::TableSpec* table = TableOf(resource::CollectionOf(subject.target()));
  if (table == nullptr) return absl::OkStatus();
  ASSIGN_OR_RETURN(const auto version, transaction.Get(*table, subject.target()));
  if (!version.has_value()) return absl::OkStatus();
  const std::unique_ptr<Message> target(table->prototype->New());
  RETURN_IF_ERROR(version->ParseTo(*target));
  const std::string field = absl::StrCat(path, ".element");
  const absl::Status status = CheckElement(*target, subject, field);
  return status.ok() ? status : errors::WithMetadata(status, "field", field);
}

}  // namespace

absl::Status CheckAbout(storage::Transaction& transaction, const Message* before,
                        const Message* after) {
  RETURN_IF_ERROR(CheckCitations(transaction, before, after));
  if (after == nullptr) return absl::OkStatus();
  if (const auto* statistic = dynamic_cast<const v1::Statistic*>(after)) {
    return CheckSubject(transaction, statistic->subject(), "subject");
  }
  for (const Subject& subject : static_cast<const v1::Position*>(after)->subjects()) {
    RETURN_IF_ERROR(CheckSubject(transaction, subject, absl::StrCat("subjects.", subject.id())));
  }
  return absl::OkStatus();
}

}  // namespace chancery::agreements
