#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "chancery/agreements/v1/agreement_status.pb.h"
#include "chancery/agreements/v1/citation_requests.pb.h"
#include "gateway/ctl/call/catalog.h"
#include "gateway/ctl/call/request_fields.h"
#include "gateway/ctl/commands.h"
#include "gateway/ctl/invocation.h"
#include "gateway/ctl/print/json.h"
#include "gateway/ctl/print/status_text.h"
#include "proto/errors/status_macros.h"

namespace chancery::ctl {
namespace {

namespace v1 = agreements::v1;
using types::v1::Citation;
using types::v1::Quotation;
using v1::AgreementStatus;

// As many as ResolveCitations takes.
constexpr size_t kMaxCitations = 500;

const google::protobuf::MethodDescriptor& Method(const char* name) {
  return *google::protobuf::DescriptorPool::generated_pool()
              ->FindServiceByName("chancery.agreements.v1.AgreementsService")
              ->FindMethodByName(name);
}

// "agreements/x" of "x".
std::string AgreementName(const std::string& word) {
  return absl::StrContains(word, '/') ? word : absl::StrCat("agreements/", word);
}

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

// Adds the quotations of the first citations; there are rarely more than a few.
absl::Status Quote(const Invocation& in, const Client& client, std::vector<Cited>& cited) {
  const size_t count = std::min(cited.size(), kMaxCitations);
  if (count == 0) return absl::OkStatus();
  v1::ResolveCitationsRequest request;
  for (size_t i = 0; i < count; ++i) *request.add_citations() = cited[i].citation;
  RETURN_IF_ERROR(in.SetAsOf(request));
  request.mutable_as_of()->clear_valid_at();  // texts have no day
  v1::ResolveCitationsResponse reply;
  RETURN_IF_ERROR(client.Call(Method("ResolveCitations"), request, reply));
  for (int i = 0; i < reply.quotations_size(); ++i) cited[i].quotation = reply.quotations(i);
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
  request.set_name(AgreementName(in.arguments().front()));
  RETURN_IF_ERROR(in.SetAsOf(request));
  ASSIGN_OR_RETURN(const Client* client, in.Register());
  AgreementStatus status;
  RETURN_IF_ERROR(client->Call(Method("GetAgreementStatus"), request, status));
  std::vector<Cited> cited = CitationsOf(status);
  const Setting setting = {in.output().width(), in.output().color()};
  if (in.Has("--explain")) {
    RETURN_IF_ERROR(Quote(in, *client, cited));
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
                      .summary = "as agreements/peace-treaty or peace-treaty",
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
