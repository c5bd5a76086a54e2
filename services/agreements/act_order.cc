#include "services/agreements/act_order.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"
#include "services/agreements/source_text.h"

namespace chancery::agreements {
namespace {

using v1::Act;
using v1::Agreement;

bool SameParty(const Act& a, const Act& b) {
  return a.party() == b.party() || a.party().empty() || b.party().empty();
}

// The first of the acts that `act` comes before, if it certainly comes before all of them.
const DatedAct* TooLate(const OrderRule& rule, const DatedAct& act,
                        const std::vector<DatedAct>& acts) {
  const DatedAct* first = nullptr;
  for (const DatedAct& other : acts) {
    if (!rule.earlier.Has(other.action())) continue;
    if (rule.by_party && !SameParty(*act.act, *other.act)) continue;
    if (!CertainlyBefore(act, other)) return nullptr;
    if (first == nullptr) first = &other;
  }
  return first;
}

absl::Status CheckParties(const Agreement& agreement) {
  for (const Act& act : agreement.acts()) {
    const bool known =
        act.party().empty() ||
        std::any_of(agreement.parties().begin(), agreement.parties().end(),
                    [&](const v1::Party& party) { return party.id() == act.party(); });
    if (known) continue;
    const std::string field = absl::StrCat(PathOf(act), ".party");
    return errors::Error(types::v1::FIELD_INVALID,
                         absl::StrCat(field, ": the agreement has no party \"", act.party(), "\""),
                         {{"field", field}, {"value", act.party()}, {"rule", "act-of-a-party"}});
  }
  return absl::OkStatus();
}

}  // namespace

const std::vector<OrderRule>& OrderRules() {
  constexpr ActionSet kSignatures = {Act::SIGNATURE, Act::SIGNATURE_DEFINITIVE, Act::CONCLUSION};
  constexpr ActionSet kBeginnings = {Act::ADOPTION, Act::SIGNATURE, Act::SIGNATURE_DEFINITIVE,
                                     Act::CONCLUSION};
  static const auto& rules = *new std::vector<OrderRule>{
      {"entry-into-force-before-adoption", {Act::ENTRY_INTO_FORCE}, {Act::ADOPTION}, false},
      {"entry-into-force-before-signature", {Act::ENTRY_INTO_FORCE}, kSignatures, false},
      {"provisional-application-before-conclusion",
       {Act::PROVISIONAL_APPLICATION},
       kBeginnings,
       false},
      {"ratification-before-signature", {Act::RATIFICATION}, {Act::SIGNATURE}, true},
      {"consent-withdrawn-before-consent", {Act::RATIFICATION_WITHDRAWN}, kConsents, true},
      {"departure-before-consent", kDepartures, kConsents, true},
      {"suspension-before-entry-into-force", {Act::SUSPENSION}, {Act::ENTRY_INTO_FORCE}, false},
      {"end-before-conclusion",
       {Act::TERMINATION, Act::EXPIRY, Act::REPLACEMENT},
       kBeginnings,
       false},
      {"end-before-entry-into-force",
       {Act::TERMINATION, Act::EXPIRY},
       {Act::ENTRY_INTO_FORCE},
       false},
  };
  return rules;
}

absl::Status CheckActs(const Agreement& agreement) {
  RETURN_IF_ERROR(CheckParties(agreement));
  const std::vector<DatedAct> acts = ActsBy(agreement, absl::CivilDay());
  for (const OrderRule& rule : OrderRules()) {
    for (const DatedAct& act : acts) {
      if (!rule.later.Has(act.action()) || !act.act->order_override_reason().empty()) continue;
      const DatedAct* other = TooLate(rule, act, acts);
      if (other == nullptr) continue;
      const std::string field = PathOf(*act.act);
      const std::string& value = act.act->time().edtf();
      return errors::Error(types::v1::FIELD_INVALID,
                           absl::StrCat(field, ": ", value, " is before ", PathOf(*other->act),
                                        ", ", other->act->time().edtf(), ": ", rule.name,
                                        "; order_override_reason says why, if it is so"),
                           {{"field", field},
                            {"value", value},
                            {"rule", rule.name},
                            {"other", PathOf(*other->act)}});
    }
  }
  return absl::OkStatus();
}

absl::Status CheckAgreement(storage::Transaction& transaction,
                            const google::protobuf::Message* before,
                            const google::protobuf::Message* after) {
  if (after != nullptr) RETURN_IF_ERROR(CheckActs(static_cast<const Agreement&>(*after)));
  return CheckCitations(transaction, before, after);
}

}  // namespace chancery::agreements
