#include "services/chronology/edtf.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"

namespace chancery::chronology {
namespace {

std::string EndpointToString(const Endpoint& endpoint) {
  switch (endpoint.kind) {
    case Endpoint::Kind::kDate:
      return endpoint.date.ToString();
    case Endpoint::Kind::kOpen:
      return "..";
    case Endpoint::Kind::kUnknown:
      return "";
  }
  return "";
}

// In a set the two dots are the sign of the range as well as of its open side.
std::string MemberToString(const Span& member) {
  if (member.start == member.end) return EndpointToString(member.start);
  return absl::StrCat(member.start.IsDate() ? EndpointToString(member.start) : "", "..",
                      member.end.IsDate() ? EndpointToString(member.end) : "");
}

Shape IntervalShape(const Span& span) {
  switch (span.start.kind) {
    case Endpoint::Kind::kOpen:
      return Shape::kStartOpen;
    case Endpoint::Kind::kUnknown:
      return Shape::kStartUnknown;
    case Endpoint::Kind::kDate:
      break;
  }
  switch (span.end.kind) {
    case Endpoint::Kind::kOpen:
      return Shape::kOngoing;
    case Endpoint::Kind::kUnknown:
      return Shape::kEndUnknown;
    case Endpoint::Kind::kDate:
      break;
  }
  return Shape::kThroughout;
}

Shape OneOfShape(const std::vector<Span>& members) {
  if (members.size() > 1) return Shape::kOneOf;
  if (!members.front().start.IsDate()) return Shape::kOnOrBefore;
  if (!members.front().end.IsDate()) return Shape::kOnOrAfter;
  return Shape::kWithin;
}

// Calls visit(const PartialDate&) for every date, in the order written.
template <typename Visitor>
void ForEachDate(const std::vector<Span>& spans, Visitor visit) {
  for (const Span& span : spans) {
    if (span.start.IsDate()) visit(span.start.date);
    if (span.end.IsDate()) visit(span.end.date);
  }
}

bool IsUncertain(Qualifier qualifier) {
  return qualifier == Qualifier::kUncertain || qualifier == Qualifier::kUncertainAndApproximate;
}

bool IsApproximate(Qualifier qualifier) {
  return qualifier == Qualifier::kApproximate || qualifier == Qualifier::kUncertainAndApproximate;
}

}  // namespace

Edtf::Edtf(Form form, std::vector<Span> spans) : form_(form), spans_(std::move(spans)) {
  const bool one_date = spans_.size() == 1 && spans_.front().start == spans_.front().end;
  if (form_ != Form::kInterval && one_date) form_ = Form::kDate;
}

std::string Edtf::ToString() const {
  const Span& first = spans_.front();
  switch (form_) {
    case Form::kDate:
      return first.start.date.ToString();
    case Form::kInterval:
      return absl::StrCat(EndpointToString(first.start), "/", EndpointToString(first.end));
    case Form::kOneOf:
    case Form::kAllOf:
      break;
  }
  const std::string members = absl::StrJoin(spans_, ",", [](std::string* out, const Span& member) {
    absl::StrAppend(out, MemberToString(member));
  });
  return form_ == Form::kOneOf ? absl::StrCat("[", members, "]") : absl::StrCat("{", members, "}");
}

std::optional<absl::CivilDay> Edtf::earliest() const {
  const Endpoint& start = spans_.front().start;
  if (!start.IsDate()) return std::nullopt;
  return start.date.Earliest();
}

std::optional<absl::CivilDay> Edtf::latest() const {
  const Endpoint& end = spans_.back().end;
  if (!end.IsDate()) return std::nullopt;
  return end.date.Latest();
}

Shape Edtf::shape() const {
  switch (form_) {
    case Form::kDate:
      return Shape::kPoint;
    case Form::kInterval:
      return IntervalShape(spans_.front());
    case Form::kAllOf:
      return Shape::kAllOf;
    case Form::kOneOf:
      break;
  }
  return OneOfShape(spans_);
}

Precision Edtf::precision() const {
  Precision coarsest = Precision::kDay;
  ForEachDate(spans_,
              [&](const PartialDate& date) { coarsest = std::max(coarsest, date.GetPrecision()); });
  return coarsest;
}

Qualifier Edtf::qualifier() const {
  bool uncertain = false;
  bool approximate = false;
  ForEachDate(spans_, [&](const PartialDate& date) {
    uncertain |= IsUncertain(date.qualifier);
    approximate |= IsApproximate(date.qualifier);
  });
  if (uncertain && approximate) return Qualifier::kUncertainAndApproximate;
  if (uncertain) return Qualifier::kUncertain;
  return approximate ? Qualifier::kApproximate : Qualifier::kExact;
}

bool Edtf::InYears(int64_t first, int64_t last) const {
  bool inside = true;
  ForEachDate(spans_, [&](const PartialDate& date) {
    inside &= date.Earliest().year() >= first && date.Latest().year() <= last;
  });
  return inside;
}

Edtf Edtf::WithoutQualifiers() const {
  std::vector<Span> spans = spans_;
  for (Span& span : spans) {
    span.start.date.qualifier = Qualifier::kExact;
    span.end.date.qualifier = Qualifier::kExact;
  }
  return Edtf(form_, std::move(spans));
}

}  // namespace chancery::chronology
