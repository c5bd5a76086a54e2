#include <deque>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "chancery/people/v1/post_requests.pb.h"
#include "chancery/people/v1/state_requests.pb.h"
#include "chancery/people/v1/tenure_requests.pb.h"
#include "gateway/dossier/holders.h"
#include "gateway/rpc/lookup.h"
#include "gateway/rpc/methods.h"
#include "gateway/rpc/page.h"
#include "gateway/rpc/requests.h"
#include "gateway/upstream/round.h"
#include "proto/errors/error.h"

namespace chancery::gateway::rpc {
namespace {

using people::v1::ListPostsResponse;
using people::v1::ListTenuresResponse;
using people::v1::Post;
using people::v1::Tenure;
using upstream::Answer;
using upstream::Round;
using v1::ListOfficeHoldersRequest;

// A post and its tenures, as far as they have been read.
struct Office {
  Post post;
  std::vector<Tenure> tenures;
  bool complete = false;
  std::string page_token;
  Answer<ListTenuresResponse> page;
};

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
  std::deque<Office> offices_;
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
    for (Post& post : *posts_.reply->mutable_posts())
      offices_.emplace_back().post = std::move(post);
    next_posts_ = posts_.reply->next_page_token();
  } else {
    offices_.emplace_back().post = *std::move(post_.reply);
  }
  AskForTenures();
}

void HoldersReader::AskForTenures() {
  Round round([self = shared_from_this()] { self->TakeTenures(); });
  const upstream::CallOptions options = reading_->Options();
  for (Office& office : offices_) {
    if (office.complete) continue;
    people::v1::ListTenuresRequest list;
    list.set_filter(absl::StrCat("post = \"", office.post.name(), "\""));
    list.set_page_size(kMaxPageSize);
    list.set_page_token(office.page_token);
    *list.mutable_as_of() = reading_->moment().ForServices();
    round.Ask(people(), "ListTenures", list, options, &office.page);
  }
  std::move(round).Close();
}

void HoldersReader::TakeTenures() {
  bool complete = true;
  for (Office& office : offices_) {
    if (office.complete) continue;
    if (!reading_->Take(people(), kHolders, office.page.reply.status(), office.page.token)) {
      offices_.clear();  // half of a post's tenures could name the wrong holder
      next_posts_.clear();
      return Finish();
    }
    for (Tenure& tenure : *office.page.reply->mutable_tenures()) {
      office.tenures.push_back(std::move(tenure));
    }
    office.page_token = office.page.reply->next_page_token();
    office.complete = office.page_token.empty();
    complete = complete && office.complete;
  }
  complete ? AskForPeople() : AskForTenures();
}

void HoldersReader::AskForPeople() {
  Wanted wanted;
  for (const Office& office : offices_) {
    for (const Tenure& tenure : office.tenures) {
      if (!tenure.person().empty()) wanted[kHolders].insert(tenure.person());
    }
  }
  LookUp(
      reading_, directory_, [wanted = std::move(wanted)]() -> const Wanted& { return wanted; },
      [self = shared_from_this()] { self->Finish(); });
}

void HoldersReader::Finish() {
  v1::ListOfficeHoldersResponse response;
  const absl::CivilDay day = reading_->moment().valid_at;
  for (const Office& office : offices_) {
    for (auto& holder : dossier::MakeHolders(office.post, office.tenures, directory_, day)) {
      *response.add_holders() = std::move(holder);
    }
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
