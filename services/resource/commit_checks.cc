#include "services/resource/commit_checks.h"

#include <memory>
#include <vector>

#include "absl/strings/str_cat.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"
#include "services/resource/annotations.h"
#include "services/resource/catalog.h"

namespace chancery::resource {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Chains of parents are short; a longer one is a cycle that an older release let through.
constexpr size_t kMaxAncestors = 1000;

std::vector<std::string> ParentsOf(const ResourceSpec& spec, const Message& record) {
  const FieldDescriptor* field = record.GetDescriptor()->FindFieldByName(spec.parent_field);
  const auto* reflection = record.GetReflection();
  if (!field->is_repeated()) {
    const std::string parent = reflection->GetString(record, field);
    return parent.empty() ? std::vector<std::string>() : std::vector<std::string>{parent};
  }
  std::vector<std::string> parents;
  parents.reserve(reflection->FieldSize(record, field));
  for (int i = 0; i < reflection->FieldSize(record, field); ++i) {
    parents.push_back(reflection->GetRepeatedString(record, field, i));
  }
  return parents;
}

std::set<std::string> AccountIds(const Message& record) {
  std::set<std::string> ids;
  const FieldDescriptor* accounts = record.GetDescriptor()->FindFieldByName("accounts");
  if (accounts == nullptr) return ids;
  const auto* reflection = record.GetReflection();
  for (int i = 0; i < reflection->FieldSize(record, accounts); ++i) {
    const Message& account = reflection->GetRepeatedMessage(record, accounts, i);
    const FieldDescriptor* id = account.GetDescriptor()->FindFieldByName("id");
    ids.insert(account.GetReflection()->GetString(account, id));
  }
  return ids;
}

absl::Status Cycle(const ResourceSpec& spec, const std::string& name) {
  return errors::Error(types::v1::PARENT_CYCLE,
                       absl::StrCat(spec.parent_field, ": ", name, " would be its own ancestor"),
                       {{"field", spec.parent_field}, {"value", name}});
}

}  // namespace

absl::Status CheckReferences(const Context& context, storage::Transaction& transaction,
                             const Message& record, const std::set<std::string>& arriving) {
  return ForEachReference(
      record,
      [&](absl::FunctionRef<std::string()> path, const std::string& target) -> absl::Status {
        const storage::TableSpec* table = context.FindTable(CollectionOf(target));
        if (table == nullptr || arriving.contains(target)) return absl::OkStatus();
        ASSIGN_OR_RETURN(const auto found, transaction.Get(*table, target));
        if (found.has_value()) return absl::OkStatus();
        return errors::Error(types::v1::REFERENCE_NOT_FOUND,
                             absl::StrCat(path(), ": there is no ", target),
                             {{"field", path()}, {"value", target}});
      });
}

absl::Status CheckNoCycle(const ResourceSpec& spec, storage::Transaction& transaction,
                          const std::string& name, const Message& record) {
  if (spec.parent_field == nullptr) return absl::OkStatus();
  std::vector<std::string> open = ParentsOf(spec, record);
  std::set<std::string> seen;
  while (!open.empty()) {
    const std::string ancestor = open.back();
    open.pop_back();
    if (ancestor == name || seen.size() > kMaxAncestors) return Cycle(spec, name);
    if (!seen.insert(ancestor).second) continue;
    ASSIGN_OR_RETURN(const auto version, transaction.Get(*spec.table, ancestor));
    if (!version.has_value()) continue;
    std::unique_ptr<Message> parent(spec.table->prototype->New());
    RETURN_IF_ERROR(version->ParseTo(*parent));
    for (std::string& next : ParentsOf(spec, *parent)) open.push_back(std::move(next));
  }
  return absl::OkStatus();
}

absl::Status CheckKind(const ResourceSpec& spec, storage::Transaction& transaction,
                       const Message* before, const Message* after) {
  return spec.check == nullptr ? absl::OkStatus() : spec.check(transaction, before, after);
}

absl::Status CheckEtag(const Context& context, const std::string& name, uint64_t seq,
                       absl::string_view etag) {
  if (etag.empty() || etag == context.EtagOf(name, seq)) return absl::OkStatus();
  return errors::Error(types::v1::ETAG_MISMATCH,
                       absl::StrCat(name, " has changed since its etag was read"),
                       {{"name", name}});
}

absl::Status CheckAccountsKept(const Message& before, const Message& after) {
  const std::set<std::string> kept = AccountIds(after);
  for (const std::string& id : AccountIds(before)) {
    if (kept.contains(id)) continue;
    return errors::Error(
        types::v1::FIELD_IMMUTABLE,
        absl::StrCat("accounts.", id, ": an account is never dropped; give it RANK_DEPRECATED"),
        {{"field", absl::StrCat("accounts.", id)}, {"value", ""}, {"current", id}});
  }
  return absl::OkStatus();
}

}  // namespace chancery::resource
