#ifndef CHANCERY_SERVICES_RESOURCE_CATALOG_H_
#define CHANCERY_SERVICES_RESOURCE_CATALOG_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"

// What kinds of resources there are, read from the google.api.resource annotations of the linked
// contract.

namespace chancery::resource {

struct Kind {
  std::string type;        // "people.chancery.dev/Person"
  std::string collection;  // "people"
  std::string pattern;     // "people/{person}"
  const google::protobuf::Descriptor* message;
};

// The kind of a collection or of a type; null if there is none. The pointers live forever.
const Kind* FindKindByCollection(absl::string_view collection);
const Kind* FindKindByType(absl::string_view type);

// "people" of "people/noda"; empty if there is no slash.
absl::string_view CollectionOf(absl::string_view name);

// Whether `id` is an id: [a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?.
bool IsId(absl::string_view id);

// Whether `name` is a name of this kind; a null kind stands for any.
bool IsName(absl::string_view name, const Kind* kind);

// RESOURCE_NAME_INVALID unless `name` is a name of this kind; a null kind stands for any.
absl::Status CheckName(absl::string_view field, absl::string_view name, const Kind* kind);

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_CATALOG_H_
