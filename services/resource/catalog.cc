#include "services/resource/catalog.h"

#include <array>
#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "google/api/resource.pb.h"
#include "proto/errors/error.h"

// The contract's messages must be linked for their annotations to be found.
#include "chancery/agreements/v1/agreements_service.pb.h"
#include "chancery/events/v1/events_service.pb.h"
#include "chancery/people/v1/people_service.pb.h"

namespace chancery::resource {
namespace {

struct Catalog {
  std::map<std::string, Kind, std::less<>> by_collection;
  std::map<std::string, const Kind*, std::less<>> by_type;
};

void AddFile(const google::protobuf::FileDescriptor* file, Catalog& catalog) {
  for (int i = 0; i < file->dependency_count(); ++i) AddFile(file->dependency(i), catalog);
  for (int i = 0; i < file->message_type_count(); ++i) {
    const google::protobuf::Descriptor* message = file->message_type(i);
    if (!message->options().HasExtension(google::api::resource)) continue;
    const auto& resource = message->options().GetExtension(google::api::resource);
    Kind kind{resource.type(), resource.plural(), resource.pattern(0), message};
    const auto [it, added] = catalog.by_collection.emplace(kind.collection, kind);
    if (added) catalog.by_type.emplace(kind.type, &it->second);
  }
}

const Catalog& TheCatalog() {
  static const Catalog* const catalog = [] {
    auto* made = new Catalog;
    AddFile(people::v1::State::descriptor()->file(), *made);
    const auto* pool = google::protobuf::DescriptorPool::generated_pool();
    for (const char* service :
         {"chancery.people.v1.PeopleService", "chancery.events.v1.EventsService",
          "chancery.agreements.v1.AgreementsService"}) {
      AddFile(pool->FindServiceByName(service)->file(), *made);
    }
    return made;
  }();
  return *catalog;
}

}  // namespace

const Kind* FindKindByCollection(absl::string_view collection) {
  const auto& kinds = TheCatalog().by_collection;
  const auto found = kinds.find(std::string(collection));
  return found == kinds.end() ? nullptr : &found->second;
}

const Kind* FindKindByType(absl::string_view type) {
  const auto& kinds = TheCatalog().by_type;
  const auto found = kinds.find(std::string(type));
  return found == kinds.end() ? nullptr : found->second;
}

absl::string_view CollectionOf(absl::string_view name) {
  const size_t slash = name.find('/');
  return slash == absl::string_view::npos ? absl::string_view() : name.substr(0, slash);
}

bool IsId(absl::string_view id) {
  if (id.empty() || id.size() > 63 || id.front() == '-' || id.back() == '-') return false;
  for (const char c : id) {
    if (!absl::ascii_islower(c) && !absl::ascii_isdigit(c) && c != '-') return false;
  }
  return true;
}

bool IsName(absl::string_view name, const Kind* kind) {
  const absl::string_view collection = CollectionOf(name);
  if (collection.empty() || !IsId(name.substr(collection.size() + 1))) return false;
  if (kind != nullptr) return collection == kind->collection;
  return FindKindByCollection(collection) != nullptr;
}

absl::Status CheckName(absl::string_view field, absl::string_view name, const Kind* kind) {
  if (IsName(name, kind)) return absl::OkStatus();
  const std::string pattern = kind == nullptr ? "{collection}/{id}" : kind->pattern;
  return errors::Error(
      types::v1::RESOURCE_NAME_INVALID,
      absl::StrCat(field, ": \"", name, "\" is not a name of the form ", pattern),
      {{"field", std::string(field)}, {"value", std::string(name)}, {"pattern", pattern}});
}

}  // namespace chancery::resource
