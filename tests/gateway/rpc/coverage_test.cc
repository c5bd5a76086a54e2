// Citations across services: what the gateway lets pass, and what it finds of a source in all of
// them.

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "chancery/agreements/v1/citation_requests.pb.h"
#include "chancery/agreements/v1/source_requests.pb.h"
#include "chancery/events/v1/event_requests.pb.h"
#include "chancery/people/v1/person_requests.pb.h"
#include "gateway/ctl/source/document.h"
#include "gmock/gmock.h"
#include "google/protobuf/util/json_util.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/create_channel.h"
#include "gtest/gtest.h"
#include "proto/errors/grpc_status.h"
#include "proto/errors/status_macros.h"
#include "tests/gateway/rpc/register.h"
#include "tests/support/caller.h"
#include "tests/support/status_matchers.h"

namespace chancery::gateway::rpc {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using testing::HasMetadata;
using testing::HasReason;
using testing::IsOk;
using ::testing::SizeIs;
using types::v1::Count;

// Two sentences; bytes run ahead of code points after the dash.
constexpr char kText[] = "The ministers met \u2013 twice. Nobody wrote it down.";

class SourceCoverage : public RegisterTest {
 protected:
  void SetUp() override {
    RegisterTest::SetUp();
    document_ = *ctl::MakeDocument(kText);
    Create("Source", "note",
           absl::StrCat("digest: '", document_.digest, "' code_points: ", document_.code_points));
    Segment("s1", 0, 26);
    Segment("s2", 27, document_.code_points);
  }

  void Segment(const std::string& id, int start, int end) {
    Create("Segment", "note-" + id,
           absl::StrCat("source: 'sources/note' digest: '", document_.digest, "' start: ", start,
                        " end: ", end));
  }

  void Load() {
    const auto chunk = ctl::Cut(document_, "sources/note").front();
    Create("Chunk", "note-0000", chunk.ShortDebugString());
  }

  // A citation of the words that really stand at the span.
  std::string Cite(int start, int end, const std::string& exact) const {
    return absl::StrCat("citations { id: 'c' source: 'sources/note' digest: '", document_.digest,
                        "' start: ", start, " end: ", end, " exact: '", exact, "' }");
  }

  absl::StatusOr<v1::SourceCoverage> Coverage(const std::string& more = "") {
    return Call<v1::GetSourceCoverageRequest, v1::SourceCoverage>(
        "gateway.v1.GatewayService/GetSourceCoverage", "source: 'sources/note' " + more);
  }

  // What becomes of one line.
  absl::Status Import(const std::string& line) {
    v1::ImportRecordsRequest request;
    request.add_lines()->set_text(line);
    v1::ImportRecordsResponse reply;
    RETURN_IF_ERROR(RegisterTest::Call("gateway.v1.GatewayService/ImportRecords", request, &reply,
                                       absl::Seconds(30)));
    const google::rpc::Status& error = reply.outcomes(0).error();
    return errors::FromGrpc(grpc::Status(static_cast<grpc::StatusCode>(error.code()),
                                         error.message(), error.SerializeAsString()));
  }

  absl::Status CreateEvent(const std::string& citation) {
    return Call<events::v1::CreateEventRequest, events::v1::Event>(
               "events.v1.EventsService/CreateEvent",
               absl::StrCat("event { kind: MEETING ", citation, " }"))
        .status();
  }

  // The same at the service's own address, past the gateway.
  absl::Status CreateEventBehindTheGateway(const std::string& citation) {
    events::v1::CreateEventRequest request;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
        absl::StrCat("event { kind: MEETING ", citation, " } event_id: 'behind'"), &request));
    testing::Caller caller(services_["events"].address);
    return caller.Call<events::v1::Event>("chancery.events.v1.EventsService/CreateEvent", request)
        .status();
  }

  ctl::Document document_;
};

TEST_F(SourceCoverage, CountsOverAllServices) {
  Create("Matter", "m", "title: 'x' " + Cite(18, 25, "\u2013 twice"));
  Create("Person", "p", Cite(4, 13, "ministers"));
  Create("Event", "e",
         absl::StrCat("kind: MEETING ", Cite(4, 13, "ministers"),
                      " accounts { id: 'a' value { title: 'y' } ", Cite(14, 17, "met"), " }"));
  auto coverage = Coverage("citing_records: true");
  ASSERT_THAT(coverage, IsOk());
  ASSERT_EQ(coverage->segments_size(), 2);
  EXPECT_EQ(coverage->segments(0).segment(), "segments/note-s1");
  EXPECT_EQ(coverage->segments(0).citations(), 4);
  EXPECT_THAT(coverage->segments(0).records(), ElementsAre("events/e", "matters/m", "people/p"));
  EXPECT_EQ(coverage->segments(1).citations(), 0);
  EXPECT_EQ(coverage->uncited_count().value(), 1);
  EXPECT_EQ(coverage->record_count().value(), 3);
  EXPECT_EQ(coverage->citation_count().value(), 4);
  EXPECT_EQ(coverage->citation_count().comparator(), Count::EQ);
  EXPECT_EQ(coverage->not_loaded_count().value(), 4);
  EXPECT_EQ(coverage->verified_count().value(), 0);
  Load();
  coverage = Coverage("uncited_only: true");
  ASSERT_THAT(coverage, IsOk());
  EXPECT_EQ(coverage->verified_count().value(), 4);
  EXPECT_EQ(coverage->mismatch_count().value(), 0);
  ASSERT_EQ(coverage->segments_size(), 1);
  EXPECT_EQ(coverage->segments(0).segment(), "segments/note-s2");
}

TEST_F(SourceCoverage, ReportsWhatWasThereBeforeTheText) {
  ASSERT_THAT(CreateEvent(Cite(4, 13, "diplomats")), IsOk());
  ASSERT_THAT(CreateEvent(Cite(4, 13, "ministers")), IsOk());
  Create("Matter", "m", "title: 'x' " + Cite(400, 403, "met"));
  Load();
  const auto coverage = Coverage();
  ASSERT_THAT(coverage, IsOk());
  EXPECT_EQ(coverage->verified_count().value(), 1);
  EXPECT_EQ(coverage->mismatch_count().value(), 2);
  std::vector<std::string> rules;
  for (const auto& one : coverage->mismatches()) {
    EXPECT_EQ(one.field(), "citations.c");
    rules.push_back(one.rule());
  }
  EXPECT_THAT(rules, ::testing::UnorderedElementsAre("slice_digest", "span"));
}

TEST_F(SourceCoverage, RefusesACitationOfOtherWordsOnceTheTextIsLoaded) {
  EXPECT_THAT(CreateEvent(Cite(4, 13, "diplomats")), IsOk());
  Load();
  EXPECT_THAT(CreateEvent(Cite(4, 13, "ministers")), IsOk());
  EXPECT_THAT(
      CreateEvent(Cite(4, 13, "diplomats")),
      AllOf(HasReason(types::v1::CITATION_MISMATCH), HasMetadata("rule", "exact"),
            HasMetadata("field", "event.citations.c"), HasMetadata("source", "sources/note")));
  EXPECT_THAT(CreateEvent(Cite(27, 33, "Nobody")), IsOk());
  // The same words where they stand in bytes.
  EXPECT_THAT(CreateEvent(Cite(29, 35, "Nobody")),
              AllOf(HasReason(types::v1::CITATION_MISMATCH), HasMetadata("rule", "exact")));
  EXPECT_THAT(
      (Call<people::v1::CreatePersonRequest, people::v1::Person>(
          "people.v1.PeopleService/CreatePerson",
          absl::StrCat("person { names { id: 'n' text: 'N' ", Cite(4, 13, "diplomats"), " } }"))),
      AllOf(HasReason(types::v1::CITATION_MISMATCH),
            HasMetadata("field", "person.names.n.citations.c")));
}

// Whichever way a record comes in: by its service's kinds or others'.
TEST_F(SourceCoverage, RefusesLinesOfAnImportToo) {
  const auto cite = [&](const std::string& exact) {
    return absl::StrCat(R"("citations":[{"id":"c","source":"sources/note","digest":")",
                        document_.digest, R"(","start":4,"end":13,"exact":")", exact, "\"}]");
  };
  const auto event = [&](const std::string& id, const std::string& exact) {
    return Import(
        absl::StrCat(R"({"name":"events/)", id, R"(","kind":"MEETING",)", cite(exact), "}"));
  };
  const auto matter = [&](const std::string& id, const std::string& exact) {
    return Import(absl::StrCat(R"({"name":"matters/)", id, "\",", cite(exact), "}"));
  };
  auto chunk = ctl::Cut(document_, "sources/note").front();
  std::string line;
  ASSERT_TRUE(google::protobuf::util::MessageToJsonString(chunk, &line).ok());
  const std::string other = absl::StrReplaceAll(line, {{"ministers", "diplomats"}});
  EXPECT_THAT(event("before", "diplomats"), IsOk()) << "there is no text to compare with";
  EXPECT_THAT(matter("before", "diplomats"), IsOk());
  EXPECT_THAT(Import(other), HasReason(types::v1::TEXT_MISMATCH));
  EXPECT_THAT(Import(line), IsOk());
  EXPECT_THAT(event("right", "ministers"), IsOk());
  EXPECT_THAT(matter("right", "ministers"), IsOk());
  EXPECT_THAT(event("wrong", "diplomats"),
              AllOf(HasReason(types::v1::CITATION_MISMATCH), HasMetadata("field", "citations.c")));
  EXPECT_THAT(matter("wrong", "diplomats"),
              AllOf(HasReason(types::v1::CITATION_MISMATCH), HasMetadata("field", "citations.c")));
}

// The twin: the service that holds the record does not hold the text.
TEST_F(SourceCoverage, WithoutTheGatewaysCheckItIsAcceptedAndFound) {
  Load();
  const std::string wrong = Cite(4, 13, "diplomats");
  EXPECT_THAT(CreateEvent(wrong), HasReason(types::v1::CITATION_MISMATCH));
  EXPECT_THAT(CreateEventBehindTheGateway(wrong), IsOk());
  const auto coverage = Coverage();
  ASSERT_THAT(coverage, IsOk());
  ASSERT_THAT(coverage->mismatches(), SizeIs(1));
  EXPECT_EQ(coverage->mismatches(0).record(), "events/behind");
}

TEST_F(SourceCoverage, IsPagedAtOneMoment) {
  const auto first = Coverage("page_size: 1");
  ASSERT_THAT(first, IsOk());
  ASSERT_NE(first->next_page_token(), "");
  Advance(absl::Seconds(5));
  ASSERT_THAT(CreateEvent(Cite(27, 33, "Nobody")), IsOk());
  const auto second =
      Coverage(absl::StrCat("page_size: 1 page_token: '", first->next_page_token(), "'"));
  ASSERT_THAT(second, IsOk());
  ASSERT_THAT(second->segments(), SizeIs(1));
  EXPECT_EQ(second->segments(0).segment(), "segments/note-s2");
  EXPECT_EQ(second->segments(0).citations(), 0);
  EXPECT_EQ(second->next_page_token(), "");
  EXPECT_THAT(
      Coverage(absl::StrCat("uncited_only: true page_token: '", first->next_page_token(), "'")),
      HasReason(types::v1::PAGE_TOKEN_INVALID));
}

TEST_F(SourceCoverage, IsReadAsItWasKnownThen) {
  const auto before = Coverage();
  ASSERT_THAT(before, IsOk());
  Advance(absl::Seconds(5));
  ASSERT_THAT(CreateEvent(Cite(27, 33, "Nobody")), IsOk());
  Load();
  const std::string then =
      absl::StrCat("as_of { known_at { seconds: ", before->as_of().known_at().seconds(),
                   " nanos: ", before->as_of().known_at().nanos(), " } }");
  const auto again = Coverage(then);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->SerializeAsString(), before->SerializeAsString());
  EXPECT_EQ(Coverage()->verified_count().value(), 1);
}

TEST_F(SourceCoverage, SaysWhatItLacks) {
  Load();
  ASSERT_THAT(CreateEvent(Cite(27, 33, "Nobody")), IsOk());
  Create("Person", "p", Cite(4, 13, "ministers"));
  Stop("events");
  auto coverage = Coverage();
  ASSERT_THAT(coverage, IsOk());
  ASSERT_THAT(coverage->unreachable(), SizeIs(1));
  EXPECT_EQ(coverage->unreachable(0).service(), "events");
  EXPECT_THAT(coverage->unreachable(0).sections(), ElementsAre("citations"));
  EXPECT_EQ(coverage->citation_count().value(), 1);
  EXPECT_EQ(coverage->citation_count().comparator(), Count::GE);
  EXPECT_EQ(coverage->uncited_count().comparator(), Count::VAGUE);
  StartAgain("events");
  Stop("agreements");
  coverage = Coverage();
  ASSERT_THAT(coverage, IsOk());
  ASSERT_THAT(coverage->unreachable(), SizeIs(1));
  EXPECT_EQ(coverage->unreachable(0).service(), "agreements");
  EXPECT_THAT(coverage->unreachable(0).sections(), ElementsAre("citations", "segments"));
  EXPECT_EQ(coverage->citation_count().value(), 2);
  EXPECT_EQ(coverage->citation_count().comparator(), Count::GE);
  // Nor can anything be written then that cites it.
  EXPECT_THAT(CreateEvent(Cite(27, 33, "Nobody")), AllOf(HasReason(types::v1::SERVICE_UNREACHABLE),
                                                         HasMetadata("service", "agreements")));
}

TEST_F(SourceCoverage, IsOfASourceThatExists) {
  EXPECT_THAT((Call<v1::GetSourceCoverageRequest, v1::SourceCoverage>(
                  "gateway.v1.GatewayService/GetSourceCoverage", "source: 'sources/none'")),
              HasReason(types::v1::RESOURCE_NOT_FOUND));
  EXPECT_THAT((Call<v1::GetSourceCoverageRequest, v1::SourceCoverage>(
                  "gateway.v1.GatewayService/GetSourceCoverage", "source: 'states/japan'")),
              HasReason(types::v1::RESOURCE_NAME_INVALID));
}

// Who cites a source can be asked of each kind, from the source's side.
TEST_F(SourceCoverage, IsAlsoAFilterOfEveryKindThatCites) {
  Create("Person", "p", Cite(4, 13, "ministers"));
  Create("Person", "q", "names { id: 'n' text: 'N' }");
  const auto people = Call<people::v1::ListPeopleRequest, people::v1::ListPeopleResponse>(
      "people.v1.PeopleService/ListPeople", "filter: 'cites = \"sources/note\"'");
  ASSERT_THAT(people, IsOk());
  ASSERT_THAT(people->people(), SizeIs(1));
  EXPECT_EQ(people->people(0).name(), "people/p");
}

}  // namespace
}  // namespace chancery::gateway::rpc
