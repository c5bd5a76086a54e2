#include "gateway/rpc/offices.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gateway/rpc/requests.h"

namespace chancery::gateway::rpc {

void Offices::Add(people::v1::Post post) { offices_.emplace_back().office.post = std::move(post); }

bool Offices::HasQuestions() const {
  return std::any_of(offices_.begin(), offices_.end(),
                     [](const Asking& one) { return !one.complete; });
}

void Offices::Ask(Reading& reading, upstream::Round& round) {
  upstream::Backend& people = reading.environment().backends.people();
  const upstream::CallOptions options = reading.Options();
  for (Asking& asking : offices_) {
    if (asking.complete || !reading.CanAsk(people)) continue;
    asking.asked = true;
    people::v1::ListTenuresRequest list;
    list.set_filter(absl::StrCat("post = \"", asking.office.post.name(), "\""));
    list.set_page_size(kMaxPageSize);
    list.set_page_token(asking.page_token);
    *list.mutable_as_of() = reading.moment().ForServices();
    round.Ask(people, "ListTenures", list, options, &asking.page);
  }
}

bool Offices::Take(Reading& reading) {
  upstream::Backend& people = reading.environment().backends.people();
  bool lacking = false;
  for (Asking& asking : offices_) {
    if (!std::exchange(asking.asked, false)) {
      lacking = lacking || (!asking.complete && !reading.CanAsk(people));
      continue;
    }
    if (!reading.Take(people, part_, asking.page.reply.status(), asking.page.token)) {
      lacking = true;
      continue;
    }
    for (people::v1::Tenure& tenure : *asking.page.reply->mutable_tenures()) {
      asking.office.tenures.push_back(std::move(tenure));
    }
    asking.page_token = asking.page.reply->next_page_token();
    asking.complete = asking.page_token.empty();
  }
  if (!lacking) return true;
  reading.Lacks(people, part_);
  offices_.clear();
  return false;
}

void Offices::AddReferences(dossier::NameSet& names) const {
  for (const Asking& asking : offices_) {
    for (const people::v1::Tenure& tenure : asking.office.tenures) {
      if (!tenure.person().empty()) names.insert(tenure.person());
    }
  }
}

std::vector<const dossier::Office*> Offices::Read() const {
  std::vector<const dossier::Office*> read;
  for (const Asking& asking : offices_) {
    if (asking.complete) read.push_back(&asking.office);
  }
  return read;
}

}  // namespace chancery::gateway::rpc
