#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "chancery/people/v1/post_requests.pb.h"
#include "chancery/people/v1/state_requests.pb.h"
#include "gateway/rpc/lookup.h"
#include "gateway/rpc/methods.h"
#include "gateway/rpc/offices.h"
#include "gateway/rpc/page.h"
#include "gateway/rpc/requests.h"
#include "gateway/upstream/round.h"
#include "proto/errors/error.h"

namespace chancery::gateway::rpc {
namespace {

using people::v1::ListPostsResponse;
using people::v1::Post;
using upstream::Answer;
using upstream::Round;
using v1::ListOfficeHoldersRequest;

// Rounds: the posts; their tenures, until all have been read; the holders.
class HoldersReader : public std::enable_shared_from_this<HoldersReader> {
 public:
  HoldersReader(std::shared_ptr<Reading> reading, ListOfficeHoldersRequest request, size_t limit,
                std::vector<v1::ListPlace> places)
      : reading_(std::move(reading)),
        request_(std::move(request)),
        limit_(limit),
        places_(std::move(places)) {}

  void AskForPosts();

 private:
  void AskForState(Round& round);
  void TakePosts();
  void AskForTenures();
  void TakeTenures();
  void AskForPeople();
  void Finish();

  upstream::Backend& people() { return reading_->environment().backends.people(); }
  bool OfState() const { return absl::StartsWith(request_.parent(), "states/"); }

  const std::shared_ptr<Reading> reading_;
  const ListOfficeHoldersRequest request_;
  const size_t limit_;
  const std::vector<v1::ListPlace> places_;
  Answer<people::v1::State> state_;
  Answer<Post> post_;
  Answer<ListPostsResponse> posts_;
  std::string next_posts_;
  Offices offices_{kHolders};
  dossier::Directory directory_;
};

void HoldersReader::AskForPosts() {
  Round round([self = shared_from_this()] { self->TakePosts(); });
  if (OfState()) {
    AskForState(round);
  } else {
    people::v1::GetPostRequest get;
    get.set_name(request_.parent());
    *get.mutable_as_of() = reading_->moment().ForServices();
    round.Ask(people(), "GetPost", get, reading_->Options(), &post_);
  }
  std::move(round).Close();
}

void HoldersReader::AskForState(Round& round) {
  people::v1::GetStateRequest get;
  get.set_name(request_.parent());
  *get.mutable_as_of() = reading_->moment().ForServices();
  round.Ask(people(), "GetState", get, reading_->Options(), &state_);
  people::v1::ListPostsRequest list;
  list.set_filter(absl::StrCat("state = \"", request_.parent(), "\""));
  list.set_page_size(static_cast<int>(limit_));
  if (!places_.empty()) list.set_page_token(places_[0].page_token());
  *list.mutable_as_of() = reading_->moment().ForServices();
  round.Ask(people(), "ListPosts", list, reading_->Options(), &posts_);
}

void HoldersReader::TakePosts() {
  const absl::Status& parent = OfState() ? state_.reply.status() : post_.reply.status();
  const absl::Status& status = OfState() ? posts_.reply.status() : parent;
  for (const auto reason : {types::v1::RESOURCE_NOT_FOUND, types::v1::PAGE_TOKEN_INVALID}) {
    if (errors::HasReason(parent, reason)) return reading_->Fail(parent);
    if (errors::HasReason(status, reason)) return reading_->Fail(status);
  }
  const std::string& token = OfState() ? posts_.token : post_.token;
  if (!reading_->Take(people(), kHolders, status, token)) return Finish();
  if (OfState()) {
    for (Post& post : *posts_.reply->mutable_posts()) offices_.Add(std::move(post));
    next_posts_ = posts_.reply->next_page_token();
  } else {
    offices_.Add(*std::move(post_.reply));
  }
  AskForTenures();
}

void HoldersReader::AskForTenures() {
  Round round([self = shared_from_this()] { self->TakeTenures(); });
  offices_.Ask(*reading_, round);
  std::move(round).Close();
}

void HoldersReader::TakeTenures() {
  if (!offices_.Take(*reading_)) {
    next_posts_.clear();
    return Finish();
  }
  offices_.HasQuestions() ? AskForTenures() : AskForPeople();
}

void HoldersReader::AskForPeople() {
  Wanted wanted;
  offices_.AddReferences(wanted[kHolders]);
  LookUp(
      reading_, directory_, [wanted = std::move(wanted)]() -> const Wanted& { return wanted; },
      [self = shared_from_this()] { self->Finish(); });
}

void HoldersReader::Finish() {
  v1::ListOfficeHoldersResponse response;
  for (v1::OfficeHolder& holder : offices_.Holders(directory_, reading_->moment().valid_at)) {
    *response.add_holders() = std::move(holder);
  }
  if (!next_posts_.empty()) {
    v1::ListPlace next;
    next.set_page_token(next_posts_);
    response.set_next_page_token(NextPageToken(request_, reading_->moment(), {next}));
  }
  reading_->Finish(std::move(response));
}

}  // namespace

void ListOfficeHolders(const Environment& environment, ListOfficeHoldersRequest request,
                       serving::Call call) {
  absl::Status parent = CheckHoldersParent(request.parent());
  if (!parent.ok()) return std::move(call).Finish(parent);
  const absl::StatusOr<size_t> limit = PageSize(request.page_size());
  if (!limit.ok()) return std::move(call).Finish(limit.status());
  absl::StatusOr<PageStart> start = StartOf(request, environment.present());
  if (!start.ok()) return std::move(call).Finish(start.status());
  auto reading = std::make_shared<Reading>(environment, std::move(call), start->moment);
  std::make_shared<HoldersReader>(reading, std::move(request), *limit, std::move(start->places))
      ->AskForPosts();
}

}  // namespace chancery::gateway::rpc
