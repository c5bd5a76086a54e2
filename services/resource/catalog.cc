#include "services/resource/catalog.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "google/api/resource.pb.h"
#include "proto/errors/error.h"
#include "proto/errors/excerpt.h"

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

constexpr size_t kMaxEcho = 128;
constexpr size_t kMaxIdLength = 63;

bool IsIdLetter(char c) { return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-'; }

// Where a text stops being a name of a kind. What comes before is ASCII.
size_t BadPlace(absl::string_view name, const Kind* kind) {
  const absl::string_view collection = CollectionOf(name);
  const bool known = kind == nullptr ? FindKindByCollection(collection) != nullptr
                                     : collection == kind->collection;
  if (!known) return 0;
  const size_t start = collection.size() + 1;
  size_t place = start;
  while (place < name.size() && place < start + kMaxIdLength && IsIdLetter(name[place])) ++place;
  if (place < name.size()) return name[start] == '-' ? start : place;
  // All letters are right: a dash at an end is not, or there is nothing.
  if (place == start) return place;
  return name[start] == '-' ? start : place - 1;
}

// The same name in lower case and under its collection, if that is a name.
std::string MeantName(absl::string_view name, const Kind* kind) {
  if (kind == nullptr) return "";
  std::string meant =
      absl::StrCat(kind->collection, "/", absl::AsciiStrToLower(name.substr(name.rfind('/') + 1)));
  return IsName(meant, kind) ? meant : "";
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
  if (id.empty() || id.size() > kMaxIdLength || id.front() == '-' || id.back() == '-') return false;
  return std::all_of(id.begin(), id.end(), IsIdLetter);
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
  const std::string shown = errors::Excerpt(name, kMaxEcho);
  errors::Metadata metadata = {{"field", std::string(field)},
                               {"value", shown},
                               {"pattern", pattern},
                               {"position", absl::StrCat(BadPlace(name, kind))}};
  const std::string meant = MeantName(name, kind);
  if (!meant.empty()) metadata.emplace_back("nearest", meant);
  return errors::Error(types::v1::RESOURCE_NAME_INVALID,
                       absl::StrCat(field, ": \"", shown, "\" is not a name of the form ", pattern),
                       std::move(metadata));
}

}  // namespace chancery::resource
