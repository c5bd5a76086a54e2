// The right title on the right day: who held which post, what is not known, and what ends a term.

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "chancery/events/v1/event_requests.pb.h"
#include "chancery/events/v1/series_requests.pb.h"
#include "chancery/gateway/v1/gateway_service.pb.h"
#include "chancery/people/v1/people_service.pb.h"
#include "deploy/allinone/register.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "tests/support/brief_import.h"
#include "tests/support/caller.h"
#include "tests/support/status_matchers.h"

namespace chancery {
namespace {

using gateway::v1::ListOfficeHoldersRequest;
using gateway::v1::ListOfficeHoldersResponse;
using gateway::v1::OfficeHolder;
using ::testing::Contains;
using ::testing::ElementsAre;
using testing::HasReason;
using testing::IsOk;

constexpr char kPeople[] = "chancery.people.v1.PeopleService/";
constexpr char kChairInTokyo[] = "events/2009-01-fc-chair-tokyo";

class RightTitle : public ::testing::Test {
 protected:
  void SetUp() override {
    register_ = allinone::Register::Start({}).value();
    ASSERT_THAT(testing::ImportBrief(register_->address()), IsOk());
    caller_ = std::make_unique<testing::Caller>(register_->address());
  }

  absl::StatusOr<ListOfficeHoldersResponse> Ask(const std::string& parent, const std::string& day) {
    ListOfficeHoldersRequest request;
    request.set_parent(parent);
    request.mutable_as_of()->set_valid_at(day);
    return caller_->Call<ListOfficeHoldersResponse>(
        "chancery.gateway.v1.GatewayService/ListOfficeHolders", request);
  }

  // "post holder CERTAINTY STANDING".
  std::vector<std::string> Who(const std::string& parent, const std::string& day = "") {
    const auto reply = Ask(parent, day);
    EXPECT_THAT(reply, IsOk());
    std::vector<std::string> rows;
    if (!reply.ok()) return rows;
    EXPECT_TRUE(reply->unreachable().empty());
    for (const OfficeHolder& holder : reply->holders()) {
      const std::string person = holder.has_tenure() ? holder.tenure().person() : "nobody";
      rows.push_back(absl::StrCat(
          holder.post().name().substr(6), " ", person.substr(person.find('/') + 1), " ",
          types::v1::Certainty_Name(holder.certainty()).substr(sizeof("CERTAINTY_") - 1), " ",
          OfficeHolder::Standing_Name(holder.standing())));
    }
    return rows;
  }

  template <typename Request, typename Reply>
  void Write(const std::string& method, const std::string& text) {
    Request request;
    ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &request)) << text;
    ASSERT_THAT(caller_->Call<Reply>(absl::StrCat(kPeople, method), request), IsOk());
  }

  std::unique_ptr<allinone::Register> register_;
  std::unique_ptr<testing::Caller> caller_;
};

TEST_F(RightTitle, IsThatOfTheDay) {
  EXPECT_THAT(Who("events/2009-05-putin-japan"), ElementsAre("ru-pm putin CERTAIN IN_OFFICE"));
  EXPECT_THAT(Who("people/putin", "2011-10-14"),
              ElementsAre("ru-pm putin CERTAIN IN_OFFICE", "ru-president putin UNKNOWN UNDECIDED"));
  EXPECT_THAT(Who("people/putin", "2012-07-28"),
              ElementsAre("ru-pm putin UNKNOWN UNDECIDED", "ru-president putin CERTAIN IN_OFFICE"));
}

// Chief of the administration, then chairman of the Duma; of the festivals at which he was a
// regular guest the source does not say as what.
TEST_F(RightTitle, IsAnotherAtEachTime) {
  EXPECT_THAT(Who("events/2011-02-maehara-naryshkin-moscow"),
              Contains("ru-chief-presidential-administration naryshkin CERTAIN IN_OFFICE"));
  EXPECT_THAT(Who("people/naryshkin", "2012-06-11"),
              ElementsAre("ru-chief-presidential-administration naryshkin UNKNOWN UNDECIDED",
                          "ru-state-duma-chair naryshkin CERTAIN IN_OFFICE"));
  events::v1::GetSeriesRequest request;
  request.set_name("series/russian-culture-festivals");
  const auto series =
      caller_->Call<events::v1::Series>("chancery.events.v1.EventsService/GetSeries", request);
  ASSERT_THAT(series, IsOk());
  ASSERT_EQ(series->participants_size(), 1);
  EXPECT_EQ(series->participants(0).person(), "people/naryshkin");
  EXPECT_TRUE(series->participants(0).capacities().empty());
}

// A post whose holder the source does not name resolves once the term is on record; the event is
// as it was.
TEST_F(RightTitle, OfAPostAloneIsUnknownUntilItsTermIsOnRecord) {
  const auto event = [&] {
    events::v1::GetEventRequest request;
    request.set_name(kChairInTokyo);
    return caller_->Call<events::v1::Event>("chancery.events.v1.EventsService/GetEvent", request)
        .value()
        .SerializeAsString();
  };
  const std::string before = event();
  EXPECT_THAT(Who(kChairInTokyo),
              ElementsAre("ru-federation-council-chair nobody UNKNOWN UNDECIDED"));
  Write<people::v1::CreatePersonRequest, people::v1::Person>(
      "CreatePerson", "person_id: 'mironov' person { names { id: 'a' text: 'Sergey Mironov' } }");
  Write<people::v1::CreateTenureRequest, people::v1::Tenure>(
      "CreateTenure",
      "tenure_id: 'mironov' tenure { person: 'people/mironov' post: "
      "'posts/ru-federation-council-chair' start { edtf: '2001-12-05' } end { edtf: '2011-05-18' } "
      "}");
  EXPECT_THAT(Who(kChairInTokyo),
              ElementsAre("ru-federation-council-chair mironov CERTAIN IN_OFFICE"));
  EXPECT_EQ(event(), before);
}

TEST_F(RightTitle, EndsWithADeath) {
  EXPECT_THAT(Who("people/putin", "2020-01-01"),
              ElementsAre("ru-pm putin UNKNOWN UNDECIDED", "ru-president putin UNKNOWN UNDECIDED"));
  Write<people::v1::UpdatePersonRequest, people::v1::Person>(
      "UpdatePerson",
      "person { name: 'people/putin' death { edtf: '2019' } } update_mask { paths: 'death' }");
  const auto reply = Ask("people/putin", "2020-01-01");
  ASSERT_THAT(reply, IsOk());
  ASSERT_EQ(reply->holders_size(), 2);
  for (const OfficeHolder& holder : reply->holders()) {
    EXPECT_EQ(holder.standing(), OfficeHolder::ENDED);
    EXPECT_EQ(holder.ended_by(), "people/putin");
  }
  EXPECT_THAT(Who("posts/ru-president", "2020-01-01"),
              ElementsAre("ru-president nobody UNKNOWN UNDECIDED"));
}

TEST_F(RightTitle, EndsWithThePost) {
  Write<people::v1::UpdatePostRequest, people::v1::Post>(
      "UpdatePost",
      "post { name: 'posts/ru-pm' end { edtf: '2015' } } update_mask { paths: 'end' }");
  const auto reply = Ask("people/putin", "2020-01-01");
  ASSERT_THAT(reply, IsOk());
  ASSERT_EQ(reply->holders_size(), 2);
  EXPECT_EQ(reply->holders(0).standing(), OfficeHolder::ENDED);
  EXPECT_EQ(reply->holders(0).ended_by(), "posts/ru-pm");
  EXPECT_EQ(reply->holders(1).standing(), OfficeHolder::UNDECIDED);
}

TEST_F(RightTitle, HasNotBegunBeforeItsStart) {
  EXPECT_THAT(Who("people/gemba", "2011-09-01"), ElementsAre("jp-fm gemba UNKNOWN YET_TO_COME"));
}

TEST_F(RightTitle, OfAnEventHasNoOtherDay) {
  EXPECT_THAT(Ask(kChairInTokyo, "2012-01-01"), HasReason(types::v1::FIELD_INVALID));
  EXPECT_THAT(Ask("people/nobody", ""), HasReason(types::v1::RESOURCE_NOT_FOUND));
  EXPECT_THAT(Ask("events/nothing", ""), HasReason(types::v1::RESOURCE_NOT_FOUND));
  EXPECT_THAT(Ask("series/x", ""), HasReason(types::v1::RESOURCE_NAME_INVALID));
}

}  // namespace
}  // namespace chancery
