#include "gateway/rpc/collections.h"

#include <algorithm>
#include <map>

#include "absl/strings/match.h"
#include "gateway/citations/find_citations.h"
#include "google/api/resource.pb.h"

namespace chancery::gateway::rpc {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

// "people" of "people/{person}"; empty if the message is no resource.
std::string CollectionOf(const Descriptor& resource) {
  const auto& options = resource.options().GetExtension(google::api::resource);
  if (options.pattern().empty()) return "";
  const std::string& pattern = options.pattern(0);
  return pattern.substr(0, pattern.find('/'));
}

// The resource that a reply has several of.
const Descriptor* ElementOf(const MethodDescriptor& batch_get) {
  const FieldDescriptor* field = batch_get.output_type()->FindFieldByNumber(1);
  return field != nullptr && field->is_repeated() ? field->message_type() : nullptr;
}

// The list method whose reply has these records.
const MethodDescriptor* ListOf(const ServiceDescriptor& service, const Descriptor& resource) {
  for (int i = 0; i < service.method_count(); ++i) {
    const MethodDescriptor* method = service.method(i);
    if (absl::StartsWith(method->name(), "List") && ElementOf(*method) == &resource) return method;
  }
  return nullptr;
}

}  // namespace

Collections::Collections(upstream::Backends& backends) {
  for (upstream::Backend* backend : backends.all()) {
    const ServiceDescriptor* service =
        DescriptorPool::generated_pool()->FindServiceByName(backend->service());
    for (int i = 0; i < service->method_count(); ++i) {
      const MethodDescriptor* method = service->method(i);
      if (!absl::StartsWith(method->name(), "BatchGet")) continue;
      const Descriptor* element = ElementOf(*method);
      if (element == nullptr || CollectionOf(*element).empty()) continue;
      collections_[CollectionOf(*element)] = {
          backend, element->options().GetExtension(google::api::resource).type(), method,
          ListOf(*service, *element)};
    }
  }
}

std::vector<const Collection*> Collections::Citing() const {
  std::map<std::string, const Collection*> citing;
  for (const auto& [name, collection] : collections_) {
    if (HasCitations(*ElementOf(*collection.batch_get))) citing[name] = &collection;
  }
  std::vector<const Collection*> sorted;
  sorted.reserve(citing.size());
  for (const auto& [name, collection] : citing) sorted.push_back(collection);
  return sorted;
}

const Collection* Collections::Of(absl::string_view resource_name) const {
  const auto found = collections_.find(resource_name.substr(0, resource_name.find('/')));
  return found == collections_.end() ? nullptr : &found->second;
}

std::vector<std::string> Collections::Names() const {
  std::vector<std::string> names;
  for (const auto& [name, collection] : collections_) names.push_back(name);
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace chancery::gateway::rpc
