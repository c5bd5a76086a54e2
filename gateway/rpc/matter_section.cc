#include <algorithm>
#include <deque>
#include <utility>

#include "absl/strings/str_cat.h"
#include "chancery/agreements/v1/matter_requests.pb.h"
#include "chancery/agreements/v1/position_requests.pb.h"
#include "gateway/dossier/matter_list.h"
#include "gateway/rpc/page.h"
#include "gateway/rpc/pair_streams.h"
#include "gateway/rpc/section_reader.h"

namespace chancery::gateway::rpc {
namespace {

using agreements::v1::ListMattersRequest;
using agreements::v1::ListMattersResponse;
using agreements::v1::ListPositionsResponse;
using agreements::v1::Matter;
using agreements::v1::Position;
using upstream::Answer;

constexpr size_t kMostMatters = 100;
constexpr int kMostPositions = 50;  // of each matter

// The positions on a matter.
struct Views {
  std::string matter;
  bool asked = false;
  bool taken = false;
  Answer<ListPositionsResponse> answer;
};

// The matters of the pairs, then the positions on each.
class MatterSection : public SectionReader {
 public:
  MatterSection(size_t limit, const std::vector<v1::ListPlace>& places)
      : lists_("ListMatters", kMatters, &ListMattersResponse::mutable_matters,
               std::min(limit, kMostMatters), places) {}

  void AddPair(const std::string& state, const std::string& other_state) override {
    lists_.AddPair(state, other_state);
  }

  bool HasQuestions() const override {
    return lists_.HasQuestions() ||
           std::any_of(views_.begin(), views_.end(), [](const Views& one) { return !one.asked; });
  }

  void Ask(Reading& reading, upstream::Round& round) override;
  absl::Status Take(Reading& reading) override;
  void AddReferences(const dossier::Directory& directory, Wanted& wanted) override;
  void Fill(const v1::GetDossierRequest& next, const Moment& moment,
            const dossier::Directory& directory, v1::Dossier& dossier) override;

 private:
  v1::MatterEntry MakeEntry(Matter matter, const Moment& moment,
                            const dossier::Directory& directory);

  PairStreams<Matter, ListMattersRequest, ListMattersResponse> lists_;
  std::deque<Views> views_;  // calls write into its elements while more are added
};

void MatterSection::Ask(Reading& reading, upstream::Round& round) {
  upstream::Backend& agreements = reading.environment().backends.agreements();
  lists_.Ask(agreements, reading, round);
  for (Views& views : views_) {
    if (std::exchange(views.asked, true)) continue;
    if (!reading.CanAsk(agreements)) {
      reading.Lacks(agreements, kMatters);
      views.taken = true;
      continue;
    }
    agreements::v1::ListPositionsRequest list;
    list.set_filter(absl::StrCat("subjects.target = \"", views.matter, "\""));
    list.set_page_size(kMostPositions);
    *list.mutable_as_of() = reading.moment().ForServices();
    round.Ask(agreements, "ListPositions", list, reading.Options(), &views.answer);
  }
}

absl::Status MatterSection::Take(Reading& reading) {
  upstream::Backend& agreements = reading.environment().backends.agreements();
  absl::Status status = lists_.Take(agreements, reading);
  for (Views& views : views_) {
    if (!views.asked || std::exchange(views.taken, true)) continue;
    reading.Take(agreements, kMatters, views.answer.reply.status(), views.answer.token);
  }
  lists_.ForEachRead([this](const Matter& matter) {
    const bool known = std::any_of(views_.begin(), views_.end(), [&](const Views& views) {
      return views.matter == matter.name();
    });
    if (!known) views_.emplace_back().matter = matter.name();
  });
  return status;
}

void MatterSection::AddReferences(const dossier::Directory& /*directory*/, Wanted& wanted) {
  dossier::NameSet& names = wanted[kMatters];
  lists_.ForEachRead([&](const Matter& matter) { dossier::AddReferences(matter, names); });
  for (const Views& views : views_) {
    if (!views.taken || !views.answer.reply.ok()) continue;
    for (const Position& position : views.answer.reply->positions()) {
      dossier::AddReferences(position, names);
    }
  }
}

v1::MatterEntry MatterSection::MakeEntry(Matter matter, const Moment& moment,
                                         const dossier::Directory& directory) {
  std::vector<Position> positions;
  bool complete = false;
  for (Views& views : views_) {
    if (views.matter != matter.name() || !views.answer.reply.ok()) continue;
    for (Position& position : *views.answer.reply->mutable_positions()) {
      positions.push_back(std::move(position));
    }
    complete = views.answer.reply->next_page_token().empty();
  }
  return dossier::MakeEntry(std::move(matter), std::move(positions), complete, directory,
                            moment.valid_at);
}

void MatterSection::Fill(const v1::GetDossierRequest& next, const Moment& moment,
                         const dossier::Directory& directory, v1::Dossier& dossier) {
  v1::MatterList& list = *dossier.mutable_matters();
  auto merged = lists_.Merge();
  for (Matter& matter : merged.records) {
    *list.add_entries() = MakeEntry(std::move(matter), moment, directory);
  }
  list.set_next_page_token(NextPageToken(next, moment, lists_.next_places()));
  SetTotal(merged.records.size(), merged.Complete(), *list.mutable_total());
}

}  // namespace

std::unique_ptr<SectionReader> ReadMatters(size_t limit, const std::vector<v1::ListPlace>& places) {
  return std::make_unique<MatterSection>(limit, places);
}

}  // namespace chancery::gateway::rpc
