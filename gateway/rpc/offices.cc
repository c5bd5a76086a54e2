#include "gateway/rpc/offices.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gateway/dossier/holders.h"
#include "gateway/rpc/requests.h"

namespace chancery::gateway::rpc {

void Offices::Add(people::v1::Post post) { offices_.emplace_back().post = std::move(post); }

bool Offices::HasQuestions() const {
  return std::any_of(offices_.begin(), offices_.end(),
                     [](const Office& office) { return !office.complete; });
}

void Offices::Ask(Reading& reading, upstream::Round& round) {
  upstream::Backend& people = reading.environment().backends.people();
  const upstream::CallOptions options = reading.Options();
  for (Office& office : offices_) {
    if (office.complete || !reading.CanAsk(people)) continue;
    office.asked = true;
    people::v1::ListTenuresRequest list;
    list.set_filter(absl::StrCat("post = \"", office.post.name(), "\""));
    list.set_page_size(kMaxPageSize);
    list.set_page_token(office.page_token);
    *list.mutable_as_of() = reading.moment().ForServices();
    round.Ask(people, "ListTenures", list, options, &office.page);
  }
}

bool Offices::Take(Reading& reading) {
  upstream::Backend& people = reading.environment().backends.people();
  bool lacking = false;
  for (Office& office : offices_) {
    if (!std::exchange(office.asked, false)) {
      lacking = lacking || (!office.complete && !reading.CanAsk(people));
      continue;
    }
    if (!reading.Take(people, part_, office.page.reply.status(), office.page.token)) {
      lacking = true;
      continue;
    }
    for (people::v1::Tenure& tenure : *office.page.reply->mutable_tenures()) {
      office.tenures.push_back(std::move(tenure));
    }
    office.page_token = office.page.reply->next_page_token();
    office.complete = office.page_token.empty();
  }
  if (!lacking) return true;
  reading.Lacks(people, part_);
  offices_.clear();
  return false;
}

void Offices::AddReferences(dossier::NameSet& names) const {
  for (const Office& office : offices_) {
    for (const people::v1::Tenure& tenure : office.tenures) {
      if (!tenure.person().empty()) names.insert(tenure.person());
    }
  }
}

std::vector<v1::OfficeHolder> Offices::Holders(const dossier::Directory& directory,
                                               absl::CivilDay day) const {
  std::vector<v1::OfficeHolder> holders;
  for (const Office& office : offices_) {
    if (!office.complete) continue;
    for (v1::OfficeHolder& holder :
         dossier::MakeHolders(office.post, office.tenures, directory, day)) {
      holders.push_back(std::move(holder));
    }
  }
  return holders;
}

}  // namespace chancery::gateway::rpc
