#include "tests/faults/people_records.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "chancery/people/v1/person_requests.pb.h"
#include "proto/errors/status_macros.h"

namespace chancery::faults {
namespace {

using testing::Caller;

constexpr char kPrefix[] = "people/";
constexpr int kPageSize = 500;

std::string Method(const std::string& name) { return "chancery.people.v1.PeopleService/" + name; }

absl::StatusOr<std::vector<std::string>> ReadNames(Caller& caller) {
  people::v1::ListPeopleRequest request;
  request.set_page_size(kPageSize);
  request.set_show_deleted(true);
  std::vector<std::string> names;
  do {
    ASSIGN_OR_RETURN(const auto page,
                     caller.Call<people::v1::ListPeopleResponse>(Method("ListPeople"), request));
    for (const auto& person : page.people()) names.push_back(person.name());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return names;
}

absl::StatusOr<std::vector<std::string>> ReadValues(Caller& caller, const std::string& name) {
  people::v1::ListPersonRevisionsRequest request;
  request.set_parent(name);
  request.set_page_size(kPageSize);
  std::vector<std::string> values;
  do {
    ASSIGN_OR_RETURN(const auto page, caller.Call<people::v1::ListPersonRevisionsResponse>(
                                          Method("ListPersonRevisions"), request));
    for (const auto& revision : page.person_revisions()) {
      values.push_back(revision.snapshot().names(0).text());
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return values;
}

}  // namespace

absl::Status Submit(Caller& caller, const Write& write) {
  people::v1::UpdatePersonRequest request;
  request.mutable_person()->set_name(kPrefix + write.record);
  auto* name = request.mutable_person()->add_names();
  name->set_id("value");
  name->set_text(write.value);
  request.mutable_update_mask()->add_paths("names");
  request.set_allow_missing(true);
  request.set_request_id(write.request_id);
  return caller.CallBytes(Method("UpdatePerson"), request.SerializeAsString()).status();
}

absl::StatusOr<Held> ReadAll(Caller& caller) {
  ASSIGN_OR_RETURN(const auto names, ReadNames(caller));
  Held held;
  for (const std::string& name : names) {
    ASSIGN_OR_RETURN(held[name.substr(sizeof(kPrefix) - 1)], ReadValues(caller, name));
  }
  return held;
}

}  // namespace chancery::faults
