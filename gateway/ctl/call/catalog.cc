#include "gateway/ctl/call/catalog.h"

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "chancery/agreements/v1/agreements_service.pb.h"
#include "chancery/events/v1/events_service.pb.h"
#include "chancery/people/v1/people_service.pb.h"
#include "google/api/resource.pb.h"
#include "proto/errors/error.h"
#include "proto/errors/nearest.h"

namespace chancery::ctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

// The services' files have no messages and are linked only because something refers to them.
[[gnu::used]] const void* const kLinkedFiles[] = {
    &descriptor_table_chancery_2fpeople_2fv1_2fpeople_5fservice_2eproto,
    &descriptor_table_chancery_2fevents_2fv1_2fevents_5fservice_2eproto,
    &descriptor_table_chancery_2fagreements_2fv1_2fagreements_5fservice_2eproto};

const google::api::ResourceDescriptor& ResourceOf(const Descriptor& message) {
  return message.options().GetExtension(google::api::resource);
}

// A kind's methods are named after its message ("GetPerson") or its plural ("ListPeople"), which is
// found by what they return.
const MethodDescriptor* MethodReturning(const ServiceDescriptor& service, absl::string_view verb,
                                        const Descriptor& item) {
  for (int i = 0; i < service.method_count(); ++i) {
    const MethodDescriptor* method = service.method(i);
    if (!absl::StartsWith(method->name(), verb)) continue;
    const Descriptor* reply = method->output_type();
    if (reply->field_count() > 0 && reply->field(0)->is_repeated() &&
        reply->field(0)->message_type() == &item) {
      return method;
    }
  }
  return nullptr;
}

Kind MakeKind(const ServiceDescriptor& service, const Descriptor& message) {
  const auto& resource = ResourceOf(message);
  const auto named = [&](const char* prefix, const char* suffix = "") {
    return service.FindMethodByName(absl::StrCat(prefix, message.name(), suffix));
  };
  Kind kind{resource.plural(), resource.singular(), resource.type(), &message};
  kind.get = named("Get");
  kind.create = named("Create");
  kind.update = named("Update");
  kind.remove = named("Delete");
  kind.undelete = named("Undelete");
  kind.list_revisions = named("List", "Revisions");
  kind.list = MethodReturning(service, "List", message);
  kind.batch_get = MethodReturning(service, "BatchGet", message);
  kind.batch_create = MethodReturning(service, "BatchCreate", message);
  return kind;
}

void AddKinds(const std::string& service_name, std::vector<Kind>& kinds) {
  const ServiceDescriptor* service =
      DescriptorPool::generated_pool()->FindServiceByName(service_name);
  for (int i = 0; i < service->method_count(); ++i) {
    const MethodDescriptor* method = service->method(i);
    if (!absl::StartsWith(method->name(), "Get")) continue;
    const Descriptor* reply = method->output_type();
    if (!reply->options().HasExtension(google::api::resource)) continue;
    kinds.push_back(MakeKind(*service, *reply));
  }
}

// The types that records of a kind refer to, at any depth.
void CollectReferences(const Descriptor& message, std::set<const Descriptor*>& seen,
                       std::set<std::string>& types) {
  if (!seen.insert(&message).second) return;
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor* field = message.field(i);
    if (field->options().HasExtension(google::api::resource_reference)) {
      types.insert(field->options().GetExtension(google::api::resource_reference).type());
    }
    if (field->message_type() != nullptr) CollectReferences(*field->message_type(), seen, types);
  }
}

// Again and again the kind that refers to the fewest kinds still to come; the contract's own order
// decides between equals.
std::vector<Kind> InReferenceOrder(std::vector<Kind> kinds) {
  std::map<std::string, std::set<std::string>> references;
  for (const Kind& kind : kinds) {
    std::set<const Descriptor*> seen;
    CollectReferences(*kind.message, seen, references[kind.type]);
    references[kind.type].erase(kind.type);
  }
  std::vector<Kind> ordered;
  while (!kinds.empty()) {
    const auto open = [&](const Kind& kind) {
      return std::count_if(kinds.begin(), kinds.end(), [&](const Kind& other) {
        return references[kind.type].count(other.type) > 0;
      });
    };
    const auto next =
        std::min_element(kinds.begin(), kinds.end(),
                         [&](const Kind& a, const Kind& b) { return open(a) < open(b); });
    ordered.push_back(*next);
    kinds.erase(next);
  }
  return ordered;
}

std::vector<Kind> MakeKinds() {
  std::vector<Kind> kinds;
  for (const char* service :
       {"chancery.people.v1.PeopleService", "chancery.agreements.v1.AgreementsService",
        "chancery.events.v1.EventsService"}) {
    AddKinds(service, kinds);
  }
  return InReferenceOrder(std::move(kinds));
}

std::vector<std::string> Collections() {
  std::vector<std::string> collections;
  for (const Kind& kind : Kinds()) collections.push_back(kind.collection);
  return collections;
}

}  // namespace

const std::vector<Kind>& Kinds() {
  static const auto& kinds = *new std::vector<Kind>(MakeKinds());
  return kinds;
}

const Kind* FindKindByType(absl::string_view type) {
  for (const Kind& kind : Kinds()) {
    if (kind.type == type) return &kind;
  }
  return nullptr;
}

absl::StatusOr<const Kind*> KindCalled(absl::string_view word) {
  for (const Kind& kind : Kinds()) {
    if (kind.collection == word || kind.singular == word) return &kind;
  }
  const std::vector<std::string> nearest = errors::NearestNames(word, Collections());
  const std::string known = absl::StrJoin(Collections(), ", ");
  return errors::Error(
      types::v1::USAGE_INVALID,
      absl::StrCat(
          "there is no kind ", word,
          nearest.empty() ? absl::StrCat("; there are ", known) : errors::DidYouMean(nearest)),
      {{"flag", "KIND"}, {"value", std::string(word)}, {"nearest", absl::StrJoin(nearest, ",")}});
}

absl::StatusOr<const Kind*> KindOfName(absl::string_view name) {
  const size_t slash = name.find('/');
  const absl::string_view collection = name.substr(0, slash);
  if (slash == name.npos || slash == 0 || slash + 1 == name.size()) {
    const std::string place = slash == 0 || slash == name.npos ? "0" : absl::StrCat(slash + 1);
    return errors::Error(
        types::v1::USAGE_INVALID,
        absl::StrCat(name.empty() ? "\"\"" : name, " is no resource name; one is people/noda"),
        {{"flag", "NAME"}, {"value", std::string(name)}, {"position", place}});
  }
  for (const Kind& kind : Kinds()) {
    if (kind.collection == collection) return &kind;
  }
  std::vector<std::string> nearest = errors::NearestNames(collection, Collections());
  for (std::string& one : nearest) absl::StrAppend(&one, name.substr(slash));
  return errors::Error(types::v1::USAGE_INVALID,
                       absl::StrCat(name, " names no kind", errors::DidYouMean(nearest)),
                       {{"flag", "NAME"},
                        {"value", std::string(name)},
                        {"position", "0"},
                        {"nearest", absl::StrJoin(nearest, ",")}});
}

const MethodDescriptor& GatewayMethod(absl::string_view name) {
  return *DescriptorPool::generated_pool()->FindMethodByName(
      absl::StrCat("chancery.gateway.v1.GatewayService.", name));
}

const MethodDescriptor& AgreementsMethod(absl::string_view name) {
  return *DescriptorPool::generated_pool()->FindMethodByName(
      absl::StrCat("chancery.agreements.v1.AgreementsService.", name));
}

MessagePtr NewMessage(const Descriptor* type) {
  return MessagePtr(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New());
}

}  // namespace chancery::ctl
