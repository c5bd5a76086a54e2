#include <algorithm>
#include <deque>
#include <utility>

#include "absl/strings/str_cat.h"
#include "chancery/people/v1/post_requests.pb.h"
#include "gateway/dossier/dates.h"
#include "gateway/rpc/offices.h"
#include "gateway/rpc/page.h"
#include "gateway/rpc/section_reader.h"
#include "proto/errors/error.h"
#include "services/chronology/day_number.h"

namespace chancery::gateway::rpc {
namespace {

using people::v1::ListPostsResponse;
using people::v1::Post;
using people::v1::State;
using upstream::Answer;

constexpr size_t kMostPosts = 100;

// The posts of a state.
struct StatePosts {
  v1::ListPlace place;
  std::string root;  // the state asked for, on whose side it is
  types::v1::Date end;
  bool asked = false;
  bool taken = false;
  Answer<ListPostsResponse> answer;
  Offices offices{kHolders};
};

// The posts of the states that may have been there on the day, then their tenures.
class HolderSection : public SectionReader {
 public:
  HolderSection(size_t limit, const std::vector<v1::ListPlace>& places)
      : limit_(std::min(limit, kMostPosts)) {
    for (const v1::ListPlace& place : places) states_.emplace_back().place = place;
  }

  void AddState(const std::string& root, const State& state) override;
  bool HasQuestions() const override;
  void Ask(Reading& reading, upstream::Round& round) override;
  absl::Status Take(Reading& reading) override;
  void AddReferences(const dossier::Directory& directory, Wanted& wanted) override;
  void Fill(const v1::GetDossierRequest& next, const Moment& moment,
            const dossier::Directory& directory, v1::Dossier& dossier) override;

 private:
  void AskForPosts(StatePosts& state, Reading& reading, upstream::Round& round);

  const size_t limit_;
  std::deque<StatePosts> states_;  // calls write into its elements while more are added
};

void HolderSection::AddState(const std::string& root, const State& state) {
  StatePosts& added = states_.emplace_back();
  added.place.set_state(state.name());
  added.root = root;
  added.end = state.end();
}

bool HolderSection::HasQuestions() const {
  return std::any_of(states_.begin(), states_.end(), [](const StatePosts& state) {
    return !state.asked || state.offices.HasQuestions();
  });
}

void HolderSection::AskForPosts(StatePosts& state, Reading& reading, upstream::Round& round) {
  upstream::Backend& people = reading.environment().backends.people();
  if (std::exchange(state.asked, true)) return;
  if (const auto end = dossier::Read(state.end);
      end && chronology::LatestNumber(end->latest()) <
                 chronology::DayNumberOf(reading.moment().valid_at)) {
    state.answer.reply.emplace();  // nobody held its posts any more
    state.taken = true;
    return;
  }
  if (!reading.CanAsk(people)) {
    reading.Lacks(people, kHolders);
    state.taken = true;
    return;
  }
  people::v1::ListPostsRequest list;
  list.set_filter(absl::StrCat("state = \"", state.place.state(), "\""));
  list.set_page_size(static_cast<int>(limit_));
  list.set_page_token(state.place.page_token());
  *list.mutable_as_of() = reading.moment().ForServices();
  list.mutable_as_of()->set_valid_at(reading.moment().Echo().valid_at());
  round.Ask(people, "ListPosts", list, reading.Options(), &state.answer);
}

void HolderSection::Ask(Reading& reading, upstream::Round& round) {
  for (StatePosts& state : states_) {
    AskForPosts(state, reading, round);
    state.offices.Ask(reading, round);
  }
}

absl::Status HolderSection::Take(Reading& reading) {
  for (StatePosts& state : states_) {
    state.offices.Take(reading);
    if (!state.asked || std::exchange(state.taken, true)) continue;
    const absl::Status& status = state.answer.reply.status();
    if (errors::HasReason(status, types::v1::PAGE_TOKEN_INVALID)) return status;
    if (!reading.Take(reading.environment().backends.people(), kHolders, status,
                      state.answer.token)) {
      continue;
    }
    for (Post& post : *state.answer.reply->mutable_posts()) state.offices.Add(std::move(post));
  }
  return absl::OkStatus();
}

void HolderSection::AddReferences(const dossier::Directory& /*directory*/, Wanted& wanted) {
  for (const StatePosts& state : states_) state.offices.AddReferences(wanted[kHolders]);
}

void HolderSection::Fill(const v1::GetDossierRequest& next, const Moment& moment,
                         const dossier::Directory& directory, v1::Dossier& dossier) {
  // Those of the first state before those of the second, whenever they were found.
  std::vector<const StatePosts*> ordered;
  for (const StatePosts& state : states_) ordered.push_back(&state);
  std::stable_partition(ordered.begin(), ordered.end(), [&](const StatePosts* state) {
    return state->root.empty() || state->root == next.state();
  });
  v1::HolderList& list = *dossier.mutable_holders();
  std::vector<v1::ListPlace> places;
  for (const StatePosts* state : ordered) {
    for (const dossier::Office* office : state->offices.Read()) {
      for (v1::OfficeHolder& holder : dossier::MakeHolders(*office, directory, moment.valid_at)) {
        *list.add_entries() = std::move(holder);
      }
    }
    if (!state->answer.reply.ok() || state->answer.reply->next_page_token().empty()) continue;
    places.emplace_back(state->place).set_page_token(state->answer.reply->next_page_token());
  }
  list.set_next_page_token(NextPageToken(next, moment, places));
  SetTotal(list.entries_size(), places.empty(), *list.mutable_total());
}

}  // namespace

std::unique_ptr<SectionReader> ReadHolders(size_t limit, const std::vector<v1::ListPlace>& places) {
  return std::make_unique<HolderSection>(limit, places);
}

}  // namespace chancery::gateway::rpc
