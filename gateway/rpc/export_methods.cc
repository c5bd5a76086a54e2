#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "chancery/types/v1/records_service.pb.h"
#include "gateway/records/json_record.h"
#include "gateway/rpc/history_lines.h"
#include "gateway/rpc/methods.h"
#include "gateway/rpc/page.h"
#include "gateway/rpc/records.h"
#include "gateway/rpc/requests.h"
#include "gateway/upstream/round.h"
#include "google/protobuf/util/time_util.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"

namespace chancery::gateway::rpc {
namespace {

using types::v1::AnyRecord;
using types::v1::Change;

constexpr int kPage = 500;
// Of lines, beyond which a page ends early.
constexpr size_t kPageBytes = 2 << 20;

absl::StatusOr<int> ExportPageSize(int32_t requested) {
  ASSIGN_OR_RETURN(const size_t size, PageSize(requested == 0 ? kPage : requested));
  return static_cast<int>(size);
}

absl::StatusOr<std::string> LineOf(const Collections& collections, const AnyRecord& bytes) {
  ASSIGN_OR_RETURN(const auto record, RecordOf(collections, bytes));
  records::ClearComputed(*record);
  // Without one it would get one where it is imported.
  const auto* origin = record->GetDescriptor()->FindFieldByName("origin");
  record->GetReflection()->MutableMessage(record.get(), origin);
  return records::WriteJson(*record);
}

// Several services' pages, of which the least elements are taken one after another, as long as none
// that is not here can be less.
template <typename Page>
struct Source {
  upstream::Answer<Page> answer;
  int next = 0;
};

// One page of either export. `Rules` says what a service is asked and how what it has is ordered
// and written.
template <typename Rules>
class Export : public std::enable_shared_from_this<Export<Rules>> {
 public:
  using Request = typename Rules::Request;
  using Reply = typename Rules::Reply;
  using Page = typename Rules::Page;

  Export(const Environment& environment, Request request, PageStart start, int page_size,
         serving::Call call)
      : environment_(environment),
        request_(std::move(request)),
        start_(std::move(start)),
        page_size_(page_size),
        options_(OptionsFor(environment, call)),
        call_(std::move(call)) {}

  void Ask() {
    upstream::Round round([self = this->shared_from_this()] { self->Answer(); });
    const auto backends = environment_.backends.all();
    for (size_t i = 0; i < backends.size(); ++i) {
      places_[i].set_service(backends[i]->name());
      for (const v1::ListPlace& place : start_.places) {
        if (place.service() == backends[i]->name()) places_[i] = place;
      }
      auto ask = Rules::Ask(places_[i]);
      ask.set_page_size(page_size_);
      *ask.mutable_as_of() = start_.moment.ForServices();
      round.Ask(*backends[i], Rules::kMethod, ask, options_, &sources_[i].answer);
    }
    std::move(round).Close();
  }

 private:
  void Answer() {
    for (const auto& source : sources_) {
      if (!source.answer.reply.ok()) return std::move(call_).Finish(source.answer.reply.status());
    }
    Reply reply;
    const absl::StatusOr<bool> more = Fill(reply);
    if (!more.ok()) return std::move(call_).Finish(more.status());
    *reply.mutable_as_of() = start_.moment.Echo();
    if (*more) {
      reply.set_next_page_token(
          NextPageToken(request_, start_.moment, {places_.begin(), places_.end()}));
    }
    std::move(call_).Finish(reply);
  }

  // Whether there is more than what the page has.
  absl::StatusOr<bool> Fill(Reply& reply) {
    size_t bytes = 0;
    for (;;) {
      int least = -1;
      for (int i = 0; i < static_cast<int>(sources_.size()); ++i) {
        const auto& [answer, next] = sources_[i];
        if (next < Rules::Size(*answer.reply)) {
          if (least < 0 || Rules::Less(Element(i), Element(least))) least = i;
        } else if (answer.reply->more()) {
          return true;  // what this service has next may be the least
        }
      }
      if (least < 0) return false;
      if (reply.lines_size() >= page_size_ || bytes >= kPageBytes) return true;
      ASSIGN_OR_RETURN(const std::vector<std::string> lines,
                       Rules::Lines(environment_.collections, Element(least)));
      for (const std::string& line : lines) {
        bytes += line.size();
        reply.add_lines(line);
      }
      Rules::Advance(Element(least), places_[least]);
      ++sources_[least].next;
    }
  }

  const auto& Element(int i) const {
    return Rules::At(*sources_[i].answer.reply, sources_[i].next);
  }

  const Environment& environment_;
  const Request request_;
  const PageStart start_;
  const int page_size_;
  const upstream::CallOptions options_;
  serving::Call call_;
  std::array<v1::ListPlace, 3> places_;
  std::array<Source<Page>, 3> sources_;
};

struct ByName {
  using Request = v1::ExportRecordsRequest;
  using Reply = v1::ExportRecordsResponse;
  using Page = types::v1::ScanRecordsResponse;
  static constexpr char kMethod[] = "chancery.types.v1.RecordsService/ScanRecords";

  static types::v1::ScanRecordsRequest Ask(const v1::ListPlace& place) {
    types::v1::ScanRecordsRequest ask;
    ask.set_after(place.after());
    return ask;
  }
  static int Size(const Page& page) { return page.records_size(); }
  static const AnyRecord& At(const Page& page, int i) { return page.records(i); }
  static bool Less(const AnyRecord& a, const AnyRecord& b) { return a.name() < b.name(); }
  static absl::StatusOr<std::vector<std::string>> Lines(const Collections& collections,
                                                        const AnyRecord& record) {
    ASSIGN_OR_RETURN(std::string line, LineOf(collections, record));
    return std::vector<std::string>{std::move(line)};
  }
  static void Advance(const AnyRecord& record, v1::ListPlace& place) {
    place.set_after(record.name());
  }
};

struct ByTime {
  using Request = v1::ExportHistoryRequest;
  using Reply = v1::ExportHistoryResponse;
  using Page = types::v1::ListChangesResponse;
  static constexpr char kMethod[] = "chancery.types.v1.RecordsService/ListChanges";

  static types::v1::ListChangesRequest Ask(const v1::ListPlace& place) {
    types::v1::ListChangesRequest ask;
    ask.set_after(place.changes());
    return ask;
  }
  static int Size(const Page& page) { return page.changes_size(); }
  static const Change& At(const Page& page, int i) { return page.changes(i); }
  static bool Less(const Change& a, const Change& b) { return a.commit_time() < b.commit_time(); }
  static absl::StatusOr<std::vector<std::string>> Lines(const Collections& collections,
                                                        const Change& change) {
    return HistoryLines(collections, change);
  }
  static void Advance(const Change&, v1::ListPlace& place) {
    place.set_changes(place.changes() + 1);
  }
};

template <typename Rules>
void Run(const Environment& environment, typename Rules::Request request, serving::Call call) {
  const auto size = ExportPageSize(request.page_size());
  if (!size.ok()) return std::move(call).Finish(size.status());
  auto start = StartOf(request, environment.present());
  if (!start.ok()) return std::move(call).Finish(start.status());
  std::make_shared<Export<Rules>>(environment, std::move(request), *std::move(start), *size,
                                  std::move(call))
      ->Ask();
}

}  // namespace

void ExportRecords(const Environment& environment, v1::ExportRecordsRequest request,
                   serving::Call call) {
  Run<ByName>(environment, std::move(request), std::move(call));
}

void ExportHistory(const Environment& environment, v1::ExportHistoryRequest request,
                   serving::Call call) {
  Run<ByTime>(environment, std::move(request), std::move(call));
}

}  // namespace chancery::gateway::rpc
