// Bad input, each kind with its documented code and ErrorInfo, and an unchanged store.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "chancery/agreements/v1/agreements_service.pb.h"
#include "chancery/events/v1/events_service.pb.h"
#include "chancery/people/v1/people_service.pb.h"
#include "deploy/allinone/register.h"
#include "google/protobuf/util/time_util.h"
#include "gtest/gtest.h"
#include "tests/support/caller.h"
#include "tests/support/manual_clock.h"
#include "tests/support/status_matchers.h"

namespace chancery {
namespace {

using google::protobuf::Message;
using testing::Caller;
using testing::HasReason;

constexpr char kCreateEvent[] = "chancery.events.v1.EventsService/CreateEvent";
constexpr char kCreatePerson[] = "chancery.people.v1.PeopleService/CreatePerson";
constexpr char kCreateOrganization[] = "chancery.people.v1.PeopleService/CreateOrganization";
constexpr char kUpdateOrganization[] = "chancery.people.v1.PeopleService/UpdateOrganization";
constexpr char kListPeople[] = "chancery.people.v1.PeopleService/ListPeople";
constexpr char kListEvents[] = "chancery.events.v1.EventsService/ListEvents";

events::v1::CreateEventRequest Event(const std::function<void(events::v1::Event&)>& change) {
  events::v1::CreateEventRequest request;
  request.mutable_event()->set_kind(events::v1::Event::MEETING);
  change(*request.mutable_event());
  return request;
}

people::v1::ListPeopleRequest People(
    const std::function<void(people::v1::ListPeopleRequest&)>& change) {
  people::v1::ListPeopleRequest request;
  change(request);
  return request;
}

struct Case {
  const char* what;
  const char* method;
  std::string request;
  types::v1::ErrorReason reason;
  // One entry that the ErrorInfo must have.
  const char* key = nullptr;
  const char* value = nullptr;
};

std::vector<Case> Cases() {
  std::vector<Case> cases;
  const auto add = [&](const char* what, const char* method, const Message& request,
                       types::v1::ErrorReason reason, const char* key = nullptr,
                       const char* value = nullptr) {
    cases.push_back({what, method, request.SerializeAsString(), reason, key, value});
  };
  add("malformed EDTF", kCreateEvent,
      Event([](auto& event) { event.mutable_time()->set_edtf("2009-13"); }),
      types::v1::DATE_INVALID, "field", "event.time.edtf");
  add("wrong resource name", kCreateEvent,
      Event([](auto& event) { event.add_parents("people/noda"); }),
      types::v1::RESOURCE_NAME_INVALID, "field", "event.parents.0");
  add("unknown enum", kCreateEvent,
      Event([](auto& event) { event.set_mode(static_cast<events::v1::Event::Mode>(99)); }),
      types::v1::ENUM_VALUE_UNKNOWN, "value", "99");
  add("missing required field", kCreateEvent, Event([](auto& event) { event.clear_kind(); }),
      types::v1::REQUIRED_FIELD_MISSING, "field", "event.kind");
  add("missing required field of an element", kCreateEvent, Event([](auto& event) {
        event.add_participants()->set_id("noda");
        event.mutable_participants(0)->add_capacities()->set_id("pm");
      }),
      types::v1::REQUIRED_FIELD_MISSING, "field", "event.participants.noda.capacities.pm.post");
  add("reference to nothing, same service", kCreateEvent,
      Event([](auto& event) { event.set_host_event("events/none"); }),
      types::v1::REFERENCE_NOT_FOUND, "value", "events/none");
  add("reference to nothing, other service", kCreateEvent,
      Event([](auto& event) { event.set_destination("states/none"); }),
      types::v1::REFERENCE_NOT_FOUND, "value", "states/none");
  add("repeated element id", kCreateEvent, Event([](auto& event) {
        event.add_outcomes()->set_id("same");
        event.add_outcomes()->set_id("same");
      }),
      types::v1::FIELD_INVALID, "value", "same");
  add("forged page token", kListPeople,
      People([](auto& request) { request.set_page_token("AAAAAAAAAAAAAAAAAAAAAAAA"); }),
      types::v1::PAGE_TOKEN_INVALID);
  add("negative page size", kListPeople, People([](auto& request) { request.set_page_size(-1); }),
      types::v1::PAGE_SIZE_INVALID, "value", "-1");
  add("unknown field in a filter", kListPeople,
      People([](auto& request) { request.set_filter("stat = \"states/japan\""); }),
      types::v1::FILTER_INVALID, "rule", "unknown-field");
  add("unknown order", kListPeople, People([](auto& request) { request.set_order_by("height"); }),
      types::v1::ORDER_BY_INVALID, "supported", "name");
  add("known_at in the future", kListPeople, People([](auto& request) {
        *request.mutable_as_of()->mutable_known_at() =
            google::protobuf::util::TimeUtil::MicrosecondsToTimestamp(testing::ManualClock::kStart +
                                                                      testing::ManualClock::kDay);
      }),
      types::v1::KNOWN_AT_IN_FUTURE);
  add("a token of nobody", kListPeople,
      People([](auto& request) { request.mutable_as_of()->set_token("nonsense"); }),
      types::v1::CONSISTENCY_TOKEN_INVALID);
  add("valid_at that is no day", kListPeople,
      People([](auto& request) { request.mutable_as_of()->set_valid_at("2012-13-01"); }),
      types::v1::VALID_AT_INVALID, "value", "2012-13-01");
  events::v1::ListEventsRequest dated;
  dated.mutable_as_of()->set_valid_at("2012-06-18");
  add("valid_at on events", kListEvents, dated, types::v1::VALID_AT_INVALID);
  people::v1::CreatePersonRequest large;
  for (int i = 0; i < 80; ++i) {
    auto* name = large.mutable_person()->add_names();
    name->set_id("n" + std::to_string(i));
    name->set_text(std::string(4000, 'x'));
  }
  add("a record over the limit", kCreatePerson, large, types::v1::RECORD_TOO_LARGE, "limit",
      "262144");
  people::v1::CreatePersonRequest not_uuid;
  not_uuid.mutable_person();
  not_uuid.set_request_id("17");
  add("request_id that is no UUID", kCreatePerson, not_uuid, types::v1::FIELD_INVALID, "field",
      "request_id");
  people::v1::UpdateOrganizationRequest cyclic;
  cyclic.mutable_organization()->set_name("organizations/parliament");
  cyclic.mutable_organization()->set_parent("organizations/chamber");
  add("a cyclic parent", kUpdateOrganization, cyclic, types::v1::PARENT_CYCLE, "value",
      "organizations/parliament");
  people::v1::UpdateOrganizationRequest masked = cyclic;
  masked.mutable_update_mask()->add_paths("colour");
  add("a mask with an unknown path", kUpdateOrganization, masked, types::v1::FIELD_MASK_INVALID,
      "path", "colour");
  cases.push_back({"undecodable bytes", kCreatePerson, "\xff\xff\xff",
                   types::v1::REQUEST_UNDECODABLE, "message_type",
                   "chancery.people.v1.CreatePersonRequest"});
  people::v1::CreatePersonRequest latin1;
  latin1.set_person_id("XXXX");
  std::string bytes = latin1.SerializeAsString();
  bytes.replace(bytes.find("XXXX"), 4, "\xe9t\xe9 ");
  cases.push_back(
      {"invalid UTF-8", kCreatePerson, bytes, types::v1::TEXT_NOT_UTF8, "field", "person_id"});
  return cases;
}

class BadInput : public ::testing::Test {
 protected:
  void SetUp() override {
    allinone::RegisterOptions options;
    options.clock = &clock_;
    auto served = allinone::Register::Start(options);
    ASSERT_TRUE(served.ok()) << served.status();
    register_ = *std::move(served);
    caller_ = std::make_unique<Caller>(register_->address());
    people::v1::CreateOrganizationRequest create;
    create.set_organization_id("parliament");
    create.mutable_organization();
    ASSERT_TRUE(caller_->CallBytes(kCreateOrganization, create.SerializeAsString()).ok());
    create.set_organization_id("chamber");
    create.mutable_organization()->set_parent("organizations/parliament");
    ASSERT_TRUE(caller_->CallBytes(kCreateOrganization, create.SerializeAsString()).ok());
  }

  std::string Digests() {
    std::string all;
    for (const auto* service : allinone::AllServices()) {
      storage::Store& store = register_->store(service->name);
      all += *store.Digest(store.Latest());
    }
    return all;
  }

  testing::ManualClock clock_;
  std::unique_ptr<allinone::Register> register_;
  std::unique_ptr<Caller> caller_;
};

TEST_F(BadInput, HasItsReasonAndChangesNothing) {
  const std::string before = Digests();
  for (const Case& each : Cases()) {
    SCOPED_TRACE(each.what);
    const auto reply = caller_->CallBytes(each.method, each.request);
    EXPECT_THAT(reply, HasReason(each.reason));
    EXPECT_EQ(errors::InfoOf(reply.status()).domain(), errors::kDomain);
    if (each.key != nullptr) {
      EXPECT_THAT(reply, testing::HasMetadata(each.key, each.value));
    }
    EXPECT_EQ(Digests(), before);
  }
}

// The twin: the digest that the test relies on does see a change.
TEST_F(BadInput, AGoodRequestChangesTheDigest) {
  const std::string before = Digests();
  people::v1::CreatePersonRequest good;
  good.mutable_person();
  ASSERT_TRUE(caller_->CallBytes(kCreatePerson, good.SerializeAsString()).ok());
  EXPECT_NE(Digests(), before);
}

// What gRPC itself refuses keeps gRPC's own code and has no ErrorInfo (docs/api.md).
TEST_F(BadInput, AMessageOverTheTransportsLimitIsRefusedByGrpc) {
  const auto reply = caller_->CallBytes(kCreatePerson, std::string(5 << 20, 'x'));
  EXPECT_EQ(reply.status().code(), absl::StatusCode::kResourceExhausted);
}

}  // namespace
}  // namespace chancery
