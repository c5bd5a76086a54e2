#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "chancery/agreements/v1/agreement_status.pb.h"
#include "gateway/ctl/call/catalog.h"
#include "gateway/ctl/cited_sources.h"
#include "gateway/ctl/commands.h"
#include "gateway/ctl/invocation.h"
#include "gateway/ctl/named_record.h"
#include "gateway/ctl/print/json.h"
#include "gateway/ctl/print/status_text.h"
#include "proto/errors/status_macros.h"

namespace chancery::ctl {
namespace {

namespace v1 = agreements::v1;
using types::v1::Citation;
using types::v1::Quotation;
using v1::AgreementStatus;

// A citation of an element of the answer.
struct Cited {
  std::string element;
  Citation citation;
  Quotation quotation = {};
};

std::vector<Cited> CitationsOf(const AgreementStatus& status) {
  std::vector<Cited> cited;
  const auto add = [&](const std::string& path, const auto& element) {
    for (const Citation& citation : element.citations()) cited.push_back({path, citation});
  };
  for (const v1::Act& act : status.acts()) add(absl::StrCat("acts.", act.id()), act);
  for (const v1::StatedStatus& stated : status.stated_statuses()) {
    add(absl::StrCat("stated_statuses.", stated.id()), stated);
  }
  return cited;
}

absl::Status Quote(const Client& client, const types::v1::AsOf& known_at,
                   std::vector<Cited>& cited) {
  std::vector<Citation> citations;
  citations.reserve(cited.size());
  for (const Cited& one : cited) citations.push_back(one.citation);
  ASSIGN_OR_RETURN(std::vector<Quotation> quotations,
                   ResolveCitations(client, citations, known_at));
  for (size_t i = 0; i < quotations.size(); ++i) cited[i].quotation = std::move(quotations[i]);
  return absl::OkStatus();
}

Support SupportOf(const std::vector<Cited>& cited) {
  Support support;
  for (const Cited& one : cited) {
    std::string line = one.citation.source();
    if (one.citation.end() > 0) {
      absl::StrAppend(&line, " ", one.citation.start(), "-", one.citation.end());
    }
    if (one.quotation.verification() == Quotation::VERIFIED) {
      absl::StrAppend(&line, " \"", one.quotation.text(), "\"");
    }
    support[one.element].push_back(std::move(line));
  }
  return support;
}

std::string ExplainedJson(const AgreementStatus& status, const std::vector<Cited>& cited) {
  std::vector<std::string> quotations;
  quotations.reserve(cited.size());
  for (const Cited& one : cited) {
    quotations.push_back(JsonObject({{"element", JsonString(one.element)},
                                     {"citation", ToJson(one.citation)},
                                     {"quotation", ToJson(one.quotation)}}));
  }
  return JsonObject({{"status", ToJson(status)},
                     {"quotations", absl::StrCat("[", absl::StrJoin(quotations, ","), "]")}});
}

Exit Verdict(const Invocation& in, const AgreementStatus& status) {
  const std::string& name = AgreementStatus::Status_Name(status.status());
  const bool yes = in.Has("--require") ? name == in.Text("--require")
                                       : status.status() != AgreementStatus::UNDETERMINED;
  return yes ? Exit::kDone : Exit::kNone;
}

absl::StatusOr<Exit> ShowStatus(Invocation& in) {
  v1::GetAgreementStatusRequest request;
  ASSIGN_OR_RETURN(const Client* client, in.Register());
  ASSIGN_OR_RETURN(
      *request.mutable_name(),
      ResourceNameOf(in, *client, {"AGREEMENT", {"agreements"}}, in.arguments().front()));
  RETURN_IF_ERROR(in.SetAsOf(request));
  AgreementStatus status;
  RETURN_IF_ERROR(client->Call(AgreementsMethod("GetAgreementStatus"), request, status));
  std::vector<Cited> cited = CitationsOf(status);
  const Setting setting = {in.output().width(), in.output().color()};
  if (in.Has("--explain")) {
    ASSIGN_OR_RETURN(const types::v1::AsOf known_at, in.KnownAt());
    RETURN_IF_ERROR(Quote(*client, known_at, cited));
    in.output().ShowValue(ExplainedJson(status, cited),
                          StatusTree(status, SupportOf(cited), setting));
  } else {
    in.output().Show(status, StatusText(status, SupportOf(cited), setting));
  }
  return Verdict(in, status);
}

// All that a status can be.
std::vector<std::string> Statuses() {
  std::vector<std::string> names;
  const auto* type = AgreementStatus::Status_descriptor();
  for (int i = 1; i < type->value_count(); ++i) names.push_back(type->value(i)->name());
  return names;
}

}  // namespace

Commands StatusCommands() {
  return {
      {.name = "status",
       .summary = "Show the status of an agreement on a day, and which acts decided it.",
       .arguments = {{.name = "AGREEMENT",
                      .summary = "as agreements/peace-treaty, peace-treaty, or by its title",
                      .names = Names::kRecords}},
       .flags = Joined({{.name = "--on", .value = "DAY", .summary = "The day; today without it."},
                        {.name = "--require",
                         .value = "STATUS",
                         .summary = "Exit code 1 unless that is the status.",
                         .choices = Statuses()},
                        {.name = "--explain",
                         .summary = "As a tree, down to the words of the sources, with what would "
                                    "change the answer."}},
                       KnownAtFlags()),
       .example = "chancery status agreements/peace-treaty --on 2012-09-08",
       .run = ShowStatus}};
}

}  // namespace chancery::ctl
