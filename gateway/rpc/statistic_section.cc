#include <utility>

#include "chancery/agreements/v1/statistic_requests.pb.h"
#include "gateway/dossier/matter_list.h"
#include "gateway/rpc/page.h"
#include "gateway/rpc/pair_streams.h"
#include "gateway/rpc/section_reader.h"

namespace chancery::gateway::rpc {
namespace {

using agreements::v1::ListStatisticsRequest;
using agreements::v1::ListStatisticsResponse;
using agreements::v1::Statistic;

class StatisticSection : public SectionReader {
 public:
  StatisticSection(size_t limit, const std::vector<v1::ListPlace>& places)
      : lists_("ListStatistics", kStatistics, &ListStatisticsResponse::mutable_statistics, limit,
               places) {}

  void AddPair(const std::string& state, const std::string& other_state) override {
    lists_.AddPair(state, other_state);
  }
  bool HasQuestions() const override { return lists_.HasQuestions(); }
  void Ask(Reading& reading, upstream::Round& round) override {
    lists_.Ask(reading.environment().backends.agreements(), reading, round);
  }
  absl::Status Take(Reading& reading) override {
    return lists_.Take(reading.environment().backends.agreements(), reading);
  }

  void AddReferences(const dossier::Directory& /*directory*/, Wanted& wanted) override {
    lists_.ForEachRead([&](const Statistic& statistic) {
      dossier::AddReferences(statistic, wanted[kStatistics]);
    });
  }

  void Fill(const v1::GetDossierRequest& next, const Moment& moment,
            const dossier::Directory& directory, v1::Dossier& dossier) override {
    v1::StatisticList& list = *dossier.mutable_statistics();
    auto merged = lists_.Merge();
    for (Statistic& statistic : merged.records) {
      *list.add_entries() = dossier::MakeEntry(std::move(statistic), directory, moment.valid_at);
    }
    list.set_next_page_token(NextPageToken(next, moment, lists_.next_places()));
    SetTotal(merged.records.size(), merged.Complete(), *list.mutable_total());
  }

 private:
  PairStreams<Statistic, ListStatisticsRequest, ListStatisticsResponse> lists_;
};

}  // namespace

std::unique_ptr<SectionReader> ReadStatistics(size_t limit,
                                              const std::vector<v1::ListPlace>& places) {
  return std::make_unique<StatisticSection>(limit, places);
}

}  // namespace chancery::gateway::rpc
