#include "gateway/ctl/print/status_text.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gateway/ctl/print/record_text.h"

namespace chancery::ctl {
namespace {

using agreements::v1::Act;
using agreements::v1::AgreementStatus;
using agreements::v1::PartyStatus;
using agreements::v1::StatedStatus;
using agreements::v1::StatusReason;

constexpr int kIndent = 2;

std::string StandingWords(const PartyStatus& party) {
  std::vector<std::string> possible;
  for (const int one : party.possible()) {
    possible.push_back(PartyStatus::Standing_Name(static_cast<PartyStatus::Standing>(one)));
  }
  const std::string& standing = PartyStatus::Standing_Name(party.standing());
  return possible.empty() ? standing : absl::StrCat(standing, ": ", absl::StrJoin(possible, ", "));
}

std::string ActText(const Act& act) {
  std::string text = absl::StrCat(EnumWords(Act::Action_Name(act.action())), " ",
                                  act.has_time() ? DateText(act.time()) : "undated");
  if (!act.party().empty()) absl::StrAppend(&text, " by ", act.party());
  if (!act.order_override_reason().empty()) {
    absl::StrAppend(&text, ", against the rules of order: ", act.order_override_reason());
  }
  return text;
}

std::string StatedText(const StatedStatus& stated) {
  std::string text = EnumWords(StatedStatus::Status_Name(stated.status()));
  if (!stated.as_stated().empty()) absl::StrAppend(&text, ", \"", stated.as_stated(), "\"");
  if (stated.has_as_of()) absl::StrAppend(&text, ", as of ", DateText(stated.as_of()));
  return text;
}

// What an element of an agreement says: an act, what a source says, the binding force.
std::string ElementText(const AgreementStatus& status, const std::string& path) {
  for (const Act& act : status.acts()) {
    if (path == absl::StrCat("acts.", act.id())) return absl::StrCat(path, ": ", ActText(act));
  }
  for (const StatedStatus& stated : status.stated_statuses()) {
    if (path == absl::StrCat("stated_statuses.", stated.id())) {
      return absl::StrCat(path, ": ", StatedText(stated));
    }
  }
  return absl::StrCat(
      path, ": ", EnumWords(agreements::v1::Agreement::BindingForce_Name(status.binding_force())));
}

const std::vector<std::string>& SupportOf(const Support& support, const std::string& path) {
  static const auto& none = *new std::vector<std::string>();
  const auto found = support.find(path);
  return found == support.end() ? none : found->second;
}

std::string ReasonText(const StatusReason& reason) {
  const char* joint = reason.alternatives() ? " or " : ", ";
  return reason.elements().empty()
             ? reason.text()
             : absl::StrCat(reason.text(), " (", absl::StrJoin(reason.elements(), joint), ")");
}

// Text in the shape of a tree. A branch is its line and what hangs below it.
struct Branch {
  std::string text;
  std::vector<Branch> below = {};
};

void Draw(const Branch& branch, const std::string& margin, std::string& out) {
  for (const Branch& one : branch.below) {
    const bool last = &one == &branch.below.back();
    absl::StrAppend(&out, margin, last ? "└─ " : "├─ ", one.text, "\n");
    Draw(one, absl::StrCat(margin, last ? "   " : "│  "), out);
  }
}

Branch ReasonBranch(const AgreementStatus& status, const StatusReason& reason,
                    const Support& support) {
  Branch branch{absl::StrCat(reason.rule(), ": ", reason.text(),
                             reason.alternatives() ? ", by each of these" : "")};
  for (const std::string& element : reason.elements()) {
    Branch& below = branch.below.emplace_back(Branch{ElementText(status, element)});
    for (const std::string& line : SupportOf(support, element)) below.below.push_back({line});
  }
  branch.below.push_back({absl::StrCat("would change it: ", reason.would_change())});
  return branch;
}

template <typename Reasons>
void AddReasons(const AgreementStatus& status, const Reasons& reasons, const Support& support,
                Branch& branch) {
  for (const StatusReason& reason : reasons) {
    branch.below.push_back(ReasonBranch(status, reason, support));
  }
}

std::string Question(const AgreementStatus& status) {
  return absl::StrCat(status.agreement(), " on ", status.valid_at());
}

void AddStated(const AgreementStatus& status, std::vector<std::string>& lines) {
  for (const StatedStatus& stated : status.stated_statuses()) {
    lines.push_back(absl::StrCat("a source says: ", StatedText(stated)));
  }
  if (!status.matters().empty()) {
    lines.push_back(absl::StrCat("on ", absl::StrJoin(status.matters(), ", ")));
  }
  if (status.has_placeholder_count()) {
    lines.push_back(absl::StrCat("stands for ", CountText(status.placeholder_count()),
                                 " not named one by one"));
  }
  if (status.contested()) lines.push_back("contested: accounts of it differ");
}

}  // namespace

std::string StatusWords(const AgreementStatus& status) {
  std::vector<std::string> possible;
  for (const int one : status.possible()) {
    possible.push_back(AgreementStatus::Status_Name(static_cast<AgreementStatus::Status>(one)));
  }
  const std::string& name = AgreementStatus::Status_Name(status.status());
  return possible.empty() ? name : absl::StrCat(name, ": ", absl::StrJoin(possible, ", "));
}

std::string DecidedText(const AgreementStatus& status) {
  return absl::StrCat(StatusWords(status), status.decided_by().empty() ? "" : " by ",
                      absl::StrJoin(status.decided_by(), ", "));
}

std::string StatusText(const AgreementStatus& status, const Support& support, Setting setting) {
  Page page(setting);
  page.Heading(Question(status));
  page.Line(StatusWords(status), 0);
  for (const StatusReason& reason : status.reasons()) page.Line(ReasonText(reason), kIndent);
  if (!status.acts().empty()) page.Heading("Acts");
  for (const Act& act : status.acts()) {
    const std::string path = absl::StrCat("acts.", act.id());
    page.Line(absl::StrCat(path, ": ", ActText(act)), 0);
    for (const std::string& line : SupportOf(support, path)) page.Line(line, kIndent);
  }
  if (!status.parties().empty()) page.Heading("Parties");
  for (const PartyStatus& party : status.parties()) {
    page.Line(absl::StrCat(party.party(), ": ", StandingWords(party)), 0);
  }
  std::vector<std::string> more;
  AddStated(status, more);
  if (!more.empty()) page.Blank();
  for (const std::string& line : more) page.Line(line, 0);
  return page.Finish();
}

std::string StatusTree(const AgreementStatus& status, const Support& support, Setting setting) {
  Page page(setting);
  page.Heading(Question(status));
  Branch root{StatusWords(status)};
  AddReasons(status, status.reasons(), support, root);
  for (const PartyStatus& party : status.parties()) {
    Branch& branch =
        root.below.emplace_back(Branch{absl::StrCat(party.party(), ": ", StandingWords(party))});
    AddReasons(status, party.reasons(), support, branch);
  }
  std::vector<std::string> more;
  AddStated(status, more);
  for (std::string& line : more) root.below.push_back({std::move(line)});
  std::string tree = absl::StrCat(root.text, "\n");
  Draw(root, "", tree);
  page.Raw(tree);
  return page.Finish();
}

}  // namespace chancery::ctl
