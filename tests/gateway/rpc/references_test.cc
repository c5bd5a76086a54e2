// Which records a message names, and where.

#include "gateway/rpc/references.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/time/clock.h"
#include "chancery/events/v1/event_requests.pb.h"
#include "gateway/rpc/collections.h"
#include "google/protobuf/text_format.h"
#include "grpcpp/create_channel.h"

namespace chancery::gateway::rpc {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> Find(const std::string& text) {
  events::v1::BatchCreateEventsRequest request;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &request));
  std::vector<std::string> found;
  for (const Reference& reference : FindReferences(request)) {
    found.push_back(reference.field + " " + reference.name);
  }
  return found;
}

TEST(ReferencesTest, AreFoundByTheirPaths) {
  EXPECT_THAT(Find("requests { event { title: 'states/no-reference' "
                   "venue { state: 'states/mexico' } "
                   "participants { id: 'noda' person: 'people/noda' "
                   "  capacities { id: 'pm' post: 'posts/pm' } } "
                   "participants { organization: 'organizations/diet' } "
                   "agreements: 'agreements/a' agreements: 'agreements/b' } }"),
              ElementsAre("requests.0.event.venue.state states/mexico",
                          "requests.0.event.participants.noda.person people/noda",
                          "requests.0.event.participants.noda.capacities.pm.post posts/pm",
                          "requests.0.event.participants.1.organization organizations/diet",
                          "requests.0.event.agreements.0 agreements/a",
                          "requests.0.event.agreements.1 agreements/b"));
}

TEST(ReferencesTest, ToElementsAreToTheirRecords) {
  EXPECT_THAT(Find("requests { event { citations { id: 'c' source: 'sources/brief' "
                   "derived_from: 'tenures/pm-noda.attestations.a1' "
                   "derived_from: 'tenures/pm-aso/attestations/a1' } } }"),
              ElementsAre("requests.0.event.citations.c.source sources/brief",
                          "requests.0.event.citations.c.derived_from.0 tenures/pm-noda",
                          "requests.0.event.citations.c.derived_from.1 tenures/pm-aso"));
}

TEST(CollectionsTest, AreReadFromTheContract) {
  const auto nowhere = grpc::CreateChannel("127.0.0.1:1", grpc::InsecureChannelCredentials());
  upstream::Backends backends({nowhere, nowhere, nowhere}, absl::Now, absl::Seconds(1));
  const Collections collections(backends);
  for (const char* name : {"states", "organizations", "posts", "people", "places", "tenures"}) {
    ASSERT_NE(collections.Of(name), nullptr) << name;
    EXPECT_EQ(collections.Of(name)->owner, &backends.people()) << name;
  }
  EXPECT_EQ(collections.Of("series/leaders")->owner, &backends.events());
  EXPECT_EQ(collections.Of("events/x")->batch_get->name(), "BatchGetEvents");
  for (const char* name : {"agreements", "matters", "positions", "programmes", "statistics",
                           "sources", "chunks", "segments"}) {
    ASSERT_NE(collections.Of(name), nullptr) << name;
    EXPECT_EQ(collections.Of(name)->owner, &backends.agreements()) << name;
  }
  EXPECT_EQ(collections.Of("archives/x"), nullptr);
  // All but the parts of documents themselves.
  EXPECT_EQ(collections.Citing().size(), 14u);
  EXPECT_EQ(collections.Of(""), nullptr);
}

}  // namespace
}  // namespace chancery::gateway::rpc
