#include "services/people/tenure_bounds.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "chancery/people/v1/post.pb.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"
#include "services/people/post_spec.h"
#include "services/people/tenure_spec.h"
#include "services/resource/annotations.h"
#include "services/resource/catalog.h"
#include "services/resource/special_values.h"
#include "storage/key_codec.h"

namespace chancery::people {
namespace {

using chronology::DayNumber;
using resource::TimeKey;
using serving::Call;
using storage::ReadView;

// A day that bounds a start or an end, and whose tenure says so.
struct Limit {
  DayNumber day;
  std::string tenure;
};
using MaybeLimit = std::optional<Limit>;

// Where the holder was first and last seen in the post: by the days that exclude least.
struct Seen {
  TimeKey first = {chronology::kNoLatest, chronology::kNoLatest};
  TimeKey last = {chronology::kNoEarliest, chronology::kNoEarliest};
  bool ever = false;
};

Seen SeenIn(const v1::Tenure& tenure) {
  Seen seen;
  for (const v1::Attestation& attestation : tenure.attestations()) {
    const TimeKey time = resource::TimeKeyOf(attestation.time());
    seen.ever = true;
    if (time.latest < seen.first.latest) seen.first = time;
    if (time.earliest > seen.last.earliest) seen.last = time;
  }
  return seen;
}

bool IsOther(const v1::Tenure& tenure, const v1::Tenure& other) {
  return other.name() != tenure.name() &&
         (tenure.person().empty() || other.person() != tenure.person());
}

void Raise(MaybeLimit& limit, DayNumber day, const std::string& tenure) {
  if (day == chronology::kNoEarliest || day == chronology::kNoLatest) return;
  if (!limit.has_value() || day > limit->day) limit = Limit{day, tenure};
}

void Lower(MaybeLimit& limit, DayNumber day, const std::string& tenure) {
  if (day == chronology::kNoEarliest || day == chronology::kNoLatest) return;
  if (!limit.has_value() || day < limit->day) limit = Limit{day, tenure};
}

std::string DayText(DayNumber day) {
  return absl::FormatCivilTime(absl::CivilDay(1970, 1, 1) + day);
}

void SetBound(const MaybeLimit& from, const MaybeLimit& to, v1::TenureBound& bound) {
  bound.mutable_within()->set_edtf(
      absl::StrCat("[", from ? DayText(from->day) : "", "..", to ? DayText(to->day) : "", "]"));
  if (from.has_value() && to.has_value() && from->day == to->day) {
    bound.mutable_within()->set_edtf(DayText(from->day));
  }
  std::set<std::string> names;
  for (const MaybeLimit* limit : {&from, &to}) {
    if (limit->has_value()) names.insert((*limit)->tenure);
  }
  for (const std::string& name : names) bound.add_derived_from(name);
}

void SetStart(const v1::Tenure& tenure, const std::vector<v1::Tenure>& tenures, const Seen& seen,
              v1::TenureBounds& bounds) {
  MaybeLimit from;
  MaybeLimit to;
  Lower(to, seen.first.latest, tenure.name());
  for (const v1::Milestone& milestone : tenure.milestones()) {
    const TimeKey time = resource::TimeKeyOf(milestone.time());
    if (!to.has_value() || time.latest <= to->day) Raise(from, time.latest, tenure.name());
  }
  for (const v1::Tenure& other : tenures) {
    if (!seen.ever || !IsOther(tenure, other)) continue;
    for (const v1::Attestation& attestation : other.attestations()) {
      const TimeKey time = resource::TimeKeyOf(attestation.time());
      if (time.latest < seen.first.earliest) Raise(from, time.earliest, other.name());
    }
  }
  if (from.has_value() || to.has_value()) SetBound(from, to, *bounds.mutable_start());
}

void SetEnd(const v1::Tenure& tenure, const std::vector<v1::Tenure>& tenures, const Seen& seen,
            v1::TenureBounds& bounds) {
  MaybeLimit from;
  MaybeLimit to;
  Raise(from, seen.last.earliest, tenure.name());
  for (const v1::Tenure& other : tenures) {
    if (!seen.ever || !IsOther(tenure, other)) continue;
    for (const v1::Attestation& attestation : other.attestations()) {
      const TimeKey time = resource::TimeKeyOf(attestation.time());
      if (time.earliest > seen.last.latest) Lower(to, time.latest, other.name());
    }
  }
  if (tenure.has_ended_by()) {
    Lower(to, resource::TimeKeyOf(tenure.ended_by()).latest, tenure.name());
  }
  if (to.has_value()) SetBound(from, to, *bounds.mutable_end());
}

absl::Status NotFound(const std::string& name) {
  return errors::Error(types::v1::RESOURCE_NOT_FOUND, absl::StrCat("there is no ", name),
                       {{"name", name}});
}

template <typename Record>
absl::StatusOr<Record> Fetch(const ReadView& view, const storage::TableSpec& table,
                             const std::string& name) {
  ASSIGN_OR_RETURN(const auto version, view.Get(table, name));
  if (!version.has_value()) return NotFound(name);
  Record record;
  RETURN_IF_ERROR(version->ParseTo(record));
  record.set_name(name);
  return record;
}

absl::StatusOr<std::vector<v1::Tenure>> TenuresOf(const ReadView& view, const std::string& post) {
  const storage::TableSpec& table = *TenureSpec().table;
  const storage::IndexSpec* by_post = nullptr;
  for (const resource::ListIndex& index : TenureSpec().list_indexes) {
    if (index.fields == std::vector<std::string>{"post"}) by_post = index.index;
  }
  const std::string from = storage::KeyWriter().Text(post).key();
  std::vector<v1::Tenure> tenures;
  const auto cursor = view.ScanIndex(table, *by_post, {from, storage::PrefixEnd(from)});
  for (; cursor->Valid(); cursor->Next()) {
    ASSIGN_OR_RETURN(tenures.emplace_back(),
                     Fetch<v1::Tenure>(view, table, std::string(cursor->name())));
  }
  RETURN_IF_ERROR(cursor->status());
  return tenures;
}

absl::StatusOr<v1::TenureBounds> BoundsAt(const ReadView& view, const std::string& name) {
  ASSIGN_OR_RETURN(const v1::Tenure tenure, Fetch<v1::Tenure>(view, *TenureSpec().table, name));
  const auto post = Fetch<v1::Post>(view, *PostSpec().table, tenure.post());
  v1::TenureBounds bounds;
  bounds.set_tenure(name);
  if (post.ok() && post->multiple_holders()) return bounds;
  ASSIGN_OR_RETURN(const std::vector<v1::Tenure> tenures, TenuresOf(view, tenure.post()));
  return BoundsOf(tenure, tenures);
}

}  // namespace

v1::TenureBounds BoundsOf(const v1::Tenure& tenure, const std::vector<v1::Tenure>& tenures) {
  v1::TenureBounds bounds;
  bounds.set_tenure(tenure.name());
  const Seen seen = SeenIn(tenure);
  if (!tenure.has_start()) SetStart(tenure, tenures, seen, bounds);
  if (!tenure.has_end()) SetEnd(tenure, tenures, seen, bounds);
  for (v1::TenureBound* bound : {bounds.has_start() ? bounds.mutable_start() : nullptr,
                                 bounds.has_end() ? bounds.mutable_end() : nullptr}) {
    if (bound == nullptr) continue;
    // Made of days: it can not fail.
    resource::PrepareDate(*bound->mutable_within(), [] {
      return std::string("within");
    }).IgnoreError();
  }
  return bounds;
}

void AnswerTenureBounds(const resource::Context& context, v1::GetTenureBoundsRequest request,
                        Call call) {
  absl::Status status = resource::Prepare(request);
  if (status.ok() && !request.as_of().valid_at().empty()) {
    status = errors::Error(types::v1::VALID_AT_INVALID,
                           "as_of.valid_at: the bounds are those of the whole tenure",
                           {{"field", "as_of.valid_at"}, {"value", request.as_of().valid_at()}});
  }
  if (!status.ok()) return std::move(call).Finish(status);
  const std::string name = request.name();
  context.Read(request.as_of(), std::move(call), [&context, name](const ReadView& view, Call on) {
    context.Run(std::move(on), [view, name](Call running) {
      auto bounds = BoundsAt(view, name);
      if (!bounds.ok()) return std::move(running).Finish(bounds.status());
      std::move(running).Finish(*bounds);
    });
  });
}

}  // namespace chancery::people
