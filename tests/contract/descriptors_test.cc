// Walks the contract's descriptors: what holds for every message and every method.

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "chancery/agreements/v1/agreements_service.pb.h"
#include "chancery/events/v1/events_service.pb.h"
#include "chancery/gateway/v1/gateway_service.pb.h"
#include "chancery/gateway/v1/passed_on.pb.h"
#include "chancery/people/v1/people_service.pb.h"
#include "deploy/allinone/register.h"
#include "google/api/annotations.pb.h"
#include "google/api/field_behavior.pb.h"
#include "google/api/resource.pb.h"
#include "gtest/gtest.h"
#include "tests/support/caller.h"

namespace chancery {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

std::vector<const ServiceDescriptor*> Services() {
  std::vector<const ServiceDescriptor*> services;
  for (const char* name :
       {"chancery.people.v1.PeopleService", "chancery.events.v1.EventsService",
        "chancery.agreements.v1.AgreementsService", "chancery.gateway.v1.GatewayService"}) {
    services.push_back(DescriptorPool::generated_pool()->FindServiceByName(name));
  }
  return services;
}

std::vector<const MethodDescriptor*> Methods() {
  std::vector<const MethodDescriptor*> methods;
  for (const ServiceDescriptor* service : Services()) {
    for (int i = 0; i < service->method_count(); ++i) methods.push_back(service->method(i));
  }
  return methods;
}

// The messages of Chancery that a type is made of, itself included.
void Collect(const Descriptor* type, std::set<const Descriptor*>& types) {
  if (type->full_name().rfind("chancery.", 0) != 0 || !types.insert(type).second) return;
  for (int i = 0; i < type->field_count(); ++i) {
    if (type->field(i)->message_type() != nullptr) Collect(type->field(i)->message_type(), types);
  }
}

bool IsResource(const Descriptor* type) {
  return type->options().HasExtension(google::api::resource);
}

TEST(Descriptors, EveryMethodIsServed) {
  auto served = allinone::Register::Start({});
  ASSERT_TRUE(served.ok()) << served.status();
  testing::Caller caller((*served)->address());
  for (const MethodDescriptor* method : Methods()) {
    const auto reply = caller.CallBytes(method->service()->full_name() + "/" + method->name(), "");
    EXPECT_NE(reply.status().code(), absl::StatusCode::kUnimplemented) << method->full_name();
    EXPECT_NE(reply.status().code(), absl::StatusCode::kInternal)
        << method->full_name() << ": " << reply.status();
  }
}

TEST(Descriptors, EveryFieldOfRequestsAndResourcesHasItsBehavior) {
  std::set<const Descriptor*> types;
  for (const MethodDescriptor* method : Methods()) {
    Collect(method->input_type(), types);
    if (IsResource(method->output_type())) Collect(method->output_type(), types);
  }
  EXPECT_GT(types.size(), 100u);
  for (const Descriptor* type : types) {
    for (int i = 0; i < type->field_count(); ++i) {
      const FieldDescriptor* field = type->field(i);
      if (IsResource(type) && field->name() == "etag") continue;
      EXPECT_GT(field->options().ExtensionSize(google::api::field_behavior), 0)
          << field->full_name();
    }
  }
}

TEST(Descriptors, EveryMethodHasItsHttpRule) {
  for (const MethodDescriptor* method : Methods()) {
    EXPECT_TRUE(method->options().HasExtension(google::api::http)) << method->full_name();
  }
}

// Replies are put together from bytes (services/resource/reply.h): these numbers are relied upon.
TEST(Descriptors, KindsShareTheFieldNumbersThatRepliesAreMadeOf) {
  for (const MethodDescriptor* method : Methods()) {
    const Descriptor* reply = method->output_type();
    if (IsResource(reply)) {
      EXPECT_EQ(reply->FindFieldByName("name")->number(), 1) << reply->full_name();
      EXPECT_EQ(reply->FindFieldByName("etag")->number(), 50) << reply->full_name();
      EXPECT_EQ(reply->FindFieldByName("create_time")->number(), 51) << reply->full_name();
      EXPECT_EQ(reply->FindFieldByName("update_time")->number(), 52) << reply->full_name();
      EXPECT_EQ(reply->FindFieldByName("delete_time")->number(), 53) << reply->full_name();
    }
    if (method->service()->name() == "GatewayService") continue;
    if (method->name().find("Revisions") != std::string::npos) {
      const Descriptor* revision = reply->FindFieldByNumber(1)->message_type();
      EXPECT_EQ(revision->FindFieldByName("name")->number(), 1);
      EXPECT_EQ(revision->FindFieldByName("snapshot")->number(), 2);
      EXPECT_EQ(revision->FindFieldByName("create_time")->number(), 3);
      EXPECT_EQ(revision->FindFieldByName("change_note")->number(), 4);
      EXPECT_EQ(revision->FindFieldByName("principal")->number(), 5);
    }
    if (reply->name().find("Response") != std::string::npos) {
      EXPECT_TRUE(reply->FindFieldByNumber(1)->is_repeated()) << reply->full_name();
    }
    if (const FieldDescriptor* token = reply->FindFieldByName("next_page_token")) {
      EXPECT_EQ(token->number(), 2) << reply->full_name();
    }
  }
}

// Elements that can be cited or contested are messages with an id as their first field.
TEST(Descriptors, RepeatedElementsOfResourcesHaveIds) {
  const std::set<std::string> without = {"chancery.types.v1.Date"};
  for (const MethodDescriptor* method : Methods()) {
    if (!IsResource(method->output_type())) continue;
    std::set<const Descriptor*> types;
    Collect(method->output_type(), types);
    for (const Descriptor* type : types) {
      for (int i = 0; i < type->field_count(); ++i) {
        const FieldDescriptor* field = type->field(i);
        if (!field->is_repeated() || field->message_type() == nullptr) continue;
        if (without.count(field->message_type()->full_name()) != 0) continue;
        const FieldDescriptor* first = field->message_type()->FindFieldByNumber(1);
        EXPECT_TRUE(first != nullptr && first->name() == "id") << field->full_name();
      }
    }
  }
}

// What refers to what: (from, to) → the fields, by all references of a kind that name another kind.
using References = std::map<std::pair<std::string, std::string>, std::set<std::string>>;

void CollectReferences(const Descriptor* type, const std::string& from,
                       std::set<const Descriptor*>& seen, References& references) {
  if (type->full_name().rfind("chancery.", 0) != 0 || !seen.insert(type).second) return;
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    const std::string& to = field->options().GetExtension(google::api::resource_reference).type();
    // "*" takes its meaning from the kind of relation beside it.
    if (!to.empty() && to != "*" && to != from) references[{from, to}].insert(field->full_name());
    if (field->message_type() != nullptr) {
      CollectReferences(field->message_type(), from, seen, references);
    }
  }
}

// Two meanings of references between two kinds that refer to each other: "A to B" → meaning.
using Meanings = std::map<std::pair<std::string, std::string>, std::string>;

const Meanings& TwoMeanings() {
  static const auto* const meanings = new Meanings{
      {{"Agreement", "Event"}, "the occasion of one act of one party"},
      {{"Event", "Agreement"}, "what came out of the event as a whole"},
      {{"Organization", "Source"}, "where a statement stands"},
      {{"Source", "Organization"}, "who published the document"},
  };
  return *meanings;
}

std::string ShortName(const std::string& type) { return type.substr(type.find('/') + 1); }

// The pairs that refer to each other both ways without two different meanings.
std::vector<std::string> StoredOnBothSides(const References& references, const Meanings& meanings) {
  std::vector<std::string> faults;
  for (const auto& [pair, fields] : references) {
    const auto& [from, to] = pair;
    if (from > to || references.count({to, from}) == 0) continue;
    const auto there = meanings.find({ShortName(from), ShortName(to)});
    const auto back = meanings.find({ShortName(to), ShortName(from)});
    if (there != meanings.end() && back != meanings.end() && there->second != back->second)
      continue;
    faults.push_back(*fields.begin() + " and " + *references.at({to, from}).begin());
  }
  return faults;
}

References ReferencesOfTheContract() {
  References references;
  for (const MethodDescriptor* method : Methods()) {
    const Descriptor* type = method->output_type();
    if (!IsResource(type)) continue;
    std::set<const Descriptor*> seen;
    CollectReferences(type, type->options().GetExtension(google::api::resource).type(), seen,
                      references);
  }
  return references;
}

TEST(Descriptors, ARelationIsStoredOnOneSide) {
  const References references = ReferencesOfTheContract();
  EXPECT_GT(references.size(), 30u);
  EXPECT_EQ(StoredOnBothSides(references, TwoMeanings()), std::vector<std::string>());
  // The table has nothing that is not needed.
  for (const auto& [pair, meaning] : TwoMeanings()) {
    Meanings less = TwoMeanings();
    less.erase(pair);
    EXPECT_EQ(StoredOnBothSides(references, less).size(), 1u) << pair.first << " " << pair.second;
  }
}

// How the gateway's messages for what it passes on differ from those of the contract that they
// stand for; `whole` ones stand for all of it.
std::vector<std::string> Deviations(const Descriptor& passed, const Descriptor& stands_for,
                                    bool whole) {
  std::vector<std::string> faults;
  for (int i = 0; i < passed.field_count(); ++i) {
    const FieldDescriptor* field = passed.field(i);
    const FieldDescriptor* other = stands_for.FindFieldByNumber(field->number());
    const auto wire = [](const FieldDescriptor* each) {
      return each->type() == FieldDescriptor::TYPE_MESSAGE ? FieldDescriptor::TYPE_BYTES
                                                           : each->type();
    };
    const bool same = other != nullptr && other->name() == field->name() &&
                      other->label() == field->label() && wire(other) == wire(field);
    if (!same) faults.push_back(field->full_name());
  }
  if (whole && passed.field_count() != stands_for.field_count()) {
    faults.push_back(stands_for.full_name());
  }
  return faults;
}

TEST(Descriptors, WhatIsPassedOnIsTheContractOnTheWire) {
  using gateway::v1::PassedTimeline;
  const std::vector<std::string> none;
  EXPECT_EQ(Deviations(*gateway::v1::PassedEvents::descriptor(),
                       *events::v1::ListEventsResponse::descriptor(), true),
            none);
  EXPECT_EQ(Deviations(*gateway::v1::PassedEntry::descriptor(),
                       *gateway::v1::TimelineEntry::descriptor(), true),
            none);
  EXPECT_EQ(Deviations(*PassedTimeline::descriptor(), *gateway::v1::Timeline::descriptor(), true),
            none);
  EXPECT_EQ(Deviations(*gateway::v1::PassedDossier::descriptor(),
                       *gateway::v1::Dossier::descriptor(), false),
            none);
  // The twin: a dossier's entries are no list of events.
  EXPECT_FALSE(
      Deviations(*PassedTimeline::descriptor(), *gateway::v1::TimelineEntry::descriptor(), true)
          .empty());
}

// The twin: a relation stored on both sides is found, and giving both the same meaning does not
// help.
TEST(Descriptors, ARelationStoredOnBothSidesIsFound) {
  References references = ReferencesOfTheContract();
  references[{"people.chancery.dev/Post", "people.chancery.dev/Tenure"}].insert("Post.tenures");
  EXPECT_EQ(StoredOnBothSides(references, TwoMeanings()).size(), 1u);
  Meanings same = TwoMeanings();
  same[{"Post", "Tenure"}] = same[{"Tenure", "Post"}] = "who held it";
  EXPECT_EQ(StoredOnBothSides(references, same).size(), 1u);
  same[{"Post", "Tenure"}] = "who holds it now";
  EXPECT_TRUE(StoredOnBothSides(references, same).empty());
}

}  // namespace
}  // namespace chancery
