#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "chancery/events/v1/event.pb.h"
#include "chancery/people/v1/post_requests.pb.h"
#include "chancery/people/v1/tenure_requests.pb.h"
#include "gateway/dossier/holders.h"
#include "gateway/rpc/batch_get.h"
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

using people::v1::ListTenuresResponse;
using people::v1::Tenure;

// Rounds: the parent, and the list of what it leads to: a state's posts, a person's tenures; the
// posts, where only their names are known yet; their tenures, until all have been read; the people.
class HoldersReader : public std::enable_shared_from_this<HoldersReader> {
 public:
  HoldersReader(std::shared_ptr<Reading> reading, ListOfficeHoldersRequest request, size_t limit,
                std::vector<v1::ListPlace> places)
      : reading_(std::move(reading)),
        request_(std::move(request)),
        limit_(limit),
        places_(std::move(places)) {}

  void AskForParent();

 private:
  template <typename Request>
  Request List(const char* field) const;
  void TakeParent();
  template <typename Reply>
  bool TakeList(Answer<Reply>& list);
  void WantPostsOfEvent(const events::v1::Event& event);
  void AskForPosts();
  void AskForTenures();
  void TakeTenures();
  void AskForPeople();
  bool IsOnPage(const v1::OfficeHolder& holder) const;
  void AddHoldersAtEvent(v1::ListOfficeHoldersResponse& response) const;
  void Finish();

  upstream::Backend& people() { return reading_->environment().backends.people(); }
  bool Is(const char* collection) const {
    return absl::StartsWith(request_.parent(), absl::StrCat(collection, "/"));
  }

  const std::shared_ptr<Reading> reading_;
  const ListOfficeHoldersRequest request_;
  const size_t limit_;
  const std::vector<v1::ListPlace> places_;
  std::vector<std::unique_ptr<BatchGet>> parent_;
  Answer<ListPostsResponse> posts_;
  Answer<ListTenuresResponse> tenures_;
  std::string next_;  // page token of the list
  Wanted wanted_;     // posts
  // Of an event: who acted in which post.
  std::vector<std::pair<std::string, std::string>> capacities_;
  Offices offices_{kHolders};
  dossier::Directory directory_;
};

void HoldersReader::AskForParent() {
  Round round([self = shared_from_this()] { self->TakeParent(); });
  parent_ = MakeBatchGets({request_.parent()}, reading_->environment().collections,
                          reading_->moment().ForServices());
  AskAll(parent_, reading_->Options(), round);
  if (Is("states")) {
    round.Ask(people(), "ListPosts", List<people::v1::ListPostsRequest>("state"),
              reading_->Options(), &posts_);
  }
  if (Is("people")) {
    round.Ask(people(), "ListTenures", List<people::v1::ListTenuresRequest>("person"),
              reading_->Options(), &tenures_);
  }
  std::move(round).Close();
}

// The list of the records whose `field` is the parent.
template <typename Request>
Request HoldersReader::List(const char* field) const {
  Request list;
  list.set_filter(absl::StrCat(field, " = \"", request_.parent(), "\""));
  list.set_page_size(static_cast<int>(limit_));
  if (!places_.empty()) list.set_page_token(places_[0].page_token());
  *list.mutable_as_of() = reading_->moment().ForServices();
  return list;
}

void HoldersReader::TakeParent() {
  for (const auto& batch : parent_) {
    if (!batch->NameNotFound().empty()) return reading_->Fail(batch->status);
    if (!reading_->Take(*batch->collection->owner, kHolders, batch->status, batch->token)) {
      return Finish();
    }
    for (auto& record : batch->TakeRecords()) directory_.Add(request_.parent(), std::move(record));
  }
  if (Is("states")) {
    if (!TakeList(posts_)) return;
    for (Post& post : *posts_.reply->mutable_posts()) offices_.Add(std::move(post));
    return AskForTenures();
  }
  if (Is("people")) {
    if (!TakeList(tenures_)) return;
    for (const Tenure& tenure : tenures_.reply->tenures()) wanted_[kHolders].insert(tenure.post());
  }
  if (const auto* event = directory_.Find<events::v1::Event>(request_.parent())) {
    WantPostsOfEvent(*event);
  }
  if (Is("posts")) wanted_[kHolders].insert(request_.parent());
  AskForPosts();
}

// False if the answer ends with it.
template <typename Reply>
bool HoldersReader::TakeList(Answer<Reply>& list) {
  const absl::Status& status = list.reply.status();
  if (errors::HasReason(status, types::v1::PAGE_TOKEN_INVALID)) {
    reading_->Fail(status);
    return false;
  }
  if (!reading_->Take(people(), kHolders, status, list.token)) {
    Finish();
    return false;
  }
  next_ = list.reply->next_page_token();
  return true;
}

void HoldersReader::WantPostsOfEvent(const events::v1::Event& event) {
  for (const types::v1::Participant& participant : event.participants()) {
    if (participant.has_post()) capacities_.emplace_back(participant.id(), participant.post());
    for (const types::v1::Capacity& capacity : participant.capacities()) {
      if (!capacity.post().empty()) capacities_.emplace_back(participant.id(), capacity.post());
    }
  }
  for (const auto& [participant, post] : capacities_) wanted_[kHolders].insert(post);
}

void HoldersReader::AskForPosts() {
  LookUp(
      reading_, directory_, [this]() -> const Wanted& { return wanted_; },
      [self = shared_from_this()] {
        std::vector<std::string> names(self->wanted_[kHolders].begin(),
                                       self->wanted_[kHolders].end());
        std::sort(names.begin(), names.end());
        for (const std::string& name : names) {
          if (const Post* post = self->directory_.Find<Post>(name)) self->offices_.Add(*post);
        }
        self->AskForTenures();
      });
}

void HoldersReader::AskForTenures() {
  Round round([self = shared_from_this()] { self->TakeTenures(); });
  offices_.Ask(*reading_, round);
  std::move(round).Close();
}

void HoldersReader::TakeTenures() {
  if (!offices_.Take(*reading_)) {
    next_.clear();
    return Finish();
  }
  offices_.HasQuestions() ? AskForTenures() : AskForPeople();
}

void HoldersReader::AskForPeople() {
  offices_.AddReferences(wanted_[kHolders]);
  LookUp(
      reading_, directory_, [this]() -> const Wanted& { return wanted_; },
      [self = shared_from_this()] { self->Finish(); });
}

void HoldersReader::AddHoldersAtEvent(v1::ListOfficeHoldersResponse& response) const {
  const auto* event = directory_.Find<events::v1::Event>(request_.parent());
  if (event == nullptr) return;
  for (const auto& [participant, post] : capacities_) {
    for (const dossier::Office* office : offices_.Read()) {
      if (office->post.name() != post) continue;
      for (v1::OfficeHolder& holder : dossier::MakeHoldersAt(*event, *office, directory_)) {
        holder.set_participant(participant);
        *response.add_holders() = std::move(holder);
      }
    }
  }
}

// A person can have held a post more than once; other terms are on other pages.
bool HoldersReader::IsOnPage(const v1::OfficeHolder& holder) const {
  if (!Is("people")) return true;
  const auto& page = tenures_.reply->tenures();
  return std::any_of(page.begin(), page.end(),
                     [&](const Tenure& tenure) { return tenure.name() == holder.tenure().name(); });
}

void HoldersReader::Finish() {
  v1::ListOfficeHoldersResponse response;
  const absl::CivilDay day = reading_->moment().valid_at;
  if (Is("events")) {
    AddHoldersAtEvent(response);
  } else {
    for (const dossier::Office* office : offices_.Read()) {
      for (v1::OfficeHolder& holder :
           Is("people") ? dossier::MakeTenuresOf(request_.parent(), *office, directory_, day)
                        : dossier::MakeHolders(*office, directory_, day)) {
        if (IsOnPage(holder)) *response.add_holders() = std::move(holder);
      }
    }
  }
  if (!next_.empty()) {
    v1::ListPlace next;
    next.set_page_token(next_);
    response.set_next_page_token(NextPageToken(request_, reading_->moment(), {next}));
  }
  reading_->Finish(std::move(response));
}

}  // namespace

void ListOfficeHolders(const Environment& environment, ListOfficeHoldersRequest request,
                       serving::Call call) {
  absl::Status right = CheckHolders(request);
  if (!right.ok()) return std::move(call).Finish(right);
  const absl::StatusOr<size_t> limit = PageSize(request.page_size());
  if (!limit.ok()) return std::move(call).Finish(limit.status());
  absl::StatusOr<PageStart> start = StartOf(request, environment.present());
  if (!start.ok()) return std::move(call).Finish(start.status());
  auto reading = std::make_shared<Reading>(environment, std::move(call), start->moment);
  std::make_shared<HoldersReader>(reading, std::move(request), *limit, std::move(start->places))
      ->AskForParent();
}

}  // namespace chancery::gateway::rpc
