// What positions and statistics are about, through the gateway, the real services and stores.

#include "services/agreements/subjects.h"

#include <memory>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "chancery/agreements/v1/agreement_requests.pb.h"
#include "chancery/agreements/v1/position_requests.pb.h"
#include "chancery/agreements/v1/statistic_requests.pb.h"
#include "chancery/people/v1/state_requests.pb.h"
#include "deploy/allinone/register.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "services/agreements/position_spec.h"
#include "tests/support/caller.h"
#include "tests/support/status_matchers.h"

namespace chancery::agreements {
namespace {

using ::testing::AllOf;
using testing::Caller;
using testing::HasMetadata;
using testing::HasReason;
using testing::IsOk;

class Subjects : public ::testing::Test {
 protected:
  void SetUp() override {
    auto served = allinone::Register::Start({});
    ASSERT_THAT(served, IsOk());
    register_ = *std::move(served);
    caller_.emplace(register_->address());
    people::v1::CreateStateRequest state;
    state.set_state_id("s");
    state.mutable_state();
    ASSERT_THAT(
        caller_->Call<people::v1::State>("chancery.people.v1.PeopleService/CreateState", state),
        IsOk());
    v1::CreateAgreementRequest agreement;
    ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(
        "agreement_id: 'a' agreement { kind: TREATY acts { id: 'signing' action: SIGNATURE } }",
        &agreement));
    ASSERT_THAT(Call<v1::Agreement>("CreateAgreement", agreement), IsOk());
  }

  template <typename Reply>
  absl::StatusOr<Reply> Call(const std::string& method, const google::protobuf::Message& request) {
    return caller_->Call<Reply>(absl::StrCat("chancery.agreements.v1.AgreementsService/", method),
                                request);
  }

  absl::Status CreatePosition(const std::string& target, const std::string& element) {
    v1::CreatePositionRequest request;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
        absl::StrCat("position { kind: CLAIM text: 'x' holders { id: 'h' state: 'states/s' }"
                     " subjects { id: 'one' target: '",
                     target, "' element: '", element, "' } }"),
        &request));
    return Call<v1::Position>("CreatePosition", request).status();
  }

  absl::Status CreateStatistic(const std::string& element) {
    v1::CreateStatisticRequest request;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
        absl::StrCat("statistic { title: 'x' count { value: 1 comparator: EQ } subject { id: 'one'"
                     " target: 'agreements/a' element: '",
                     element, "' } }"),
        &request));
    return Call<v1::Statistic>("CreateStatistic", request).status();
  }

  std::unique_ptr<allinone::Register> register_;
  std::optional<Caller> caller_;
};

TEST_F(Subjects, AreThere) {
  for (const char* element : {"", "acts", "acts.signing", "acts.signing.action", "kind"}) {
    EXPECT_THAT(CreatePosition("agreements/a", element), IsOk()) << element;
    EXPECT_THAT(CreateStatistic(element), IsOk()) << element;
  }
}

TEST_F(Subjects, ThatAreNotThereAreRefused) {
  for (const char* element : {"acts.entry", "acts.signing.time", "parties"}) {
    EXPECT_THAT(CreatePosition("agreements/a", element),
                AllOf(HasReason(types::v1::FIELD_INVALID), HasMetadata("value", element),
                      HasMetadata("field", "subjects.one.element")))
        << element;
    EXPECT_THAT(CreateStatistic(element),
                AllOf(HasReason(types::v1::FIELD_INVALID), HasMetadata("field", "subject.element")))
        << element;
  }
  EXPECT_THAT(CreatePosition("agreements/a", "acts.signing.tmie"),
              AllOf(HasReason(types::v1::FIELD_MASK_INVALID), HasMetadata("position", "13"),
                    HasMetadata("field", "subjects.one.element"),
                    HasMetadata("nearest", "acts.signing.time")));
}

// Another service's records are not looked into.
TEST_F(Subjects, OfOtherServicesAreTakenAsTheyAre) {
  EXPECT_THAT(CreatePosition("states/s", "successions.nothing"), IsOk());
}

// The twin: without the check of its kind a position may be about nothing.
TEST_F(Subjects, WithoutTheCheckAnElementThatIsNotThereIsAccepted) {
  auto& spec = const_cast<resource::ResourceSpec&>(PositionSpec());
  const resource::WriteCheck check = spec.check;
  spec.check = nullptr;
  EXPECT_THAT(CreatePosition("agreements/a", "acts.entry"), IsOk());
  spec.check = check;
}

}  // namespace
}  // namespace chancery::agreements
