#include "services/agreements/party_ledger.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/agreements/act_dates.h"
#include "services/agreements/status_reasons.h"

namespace chancery::agreements {
namespace {

using v1::Act;
using v1::Agreement;
using v1::AgreementStatus;
using v1::PartyStatus;

// What an act makes of who does it. Those that make more of a state come first, those that undo
// that after them, so that of two whose order is not known the later row counts.
struct Step {
  ActionSet acts;
  PartyStatus::Standing standing;
  bool undoes;
  bool revives;  // counts also for a state that undid what it did before
  const char* rule;
  const char* text;
};

constexpr Step kSteps[] = {
    {{Act::SIGNATURE, Act::CONCLUSION}, PartyStatus::SIGNATORY, false, false, "signed", "signed"},
    {{Act::PROVISIONAL_APPLICATION},
     PartyStatus::PROVISIONALLY_APPLYING,
     false,
     false,
     "provisionally-applied",
     "applied it provisionally"},
    {kConsents, PartyStatus::CONTRACTING_STATE, false, true, "consented", "consented to be bound"},
    {{Act::ENTRY_INTO_FORCE},
     PartyStatus::PARTY,
     false,
     true,
     "in-force-for-it",
     "in force for it"},
    // What it makes of a state depends on whether it signed.
    {{Act::RATIFICATION_WITHDRAWN},
     PartyStatus::SIGNATORY,
     true,
     false,
     "consent-withdrawn",
     "withdrew its consent"},
    {kDepartures, PartyStatus::FORMER_PARTY, true, false, "left", "left"},
};

const Step* StepOf(Act::Action action) {
  for (const Step& step : kSteps) {
    if (step.acts.Has(action)) return &step;
  }
  return nullptr;
}

struct Taken {
  const DatedAct* act;
  const Step* step;
};

// Whether `a` no longer counts because of `b`, which was certainly done.
bool Overrides(const Taken& b, const Taken& a) {
  if (!b.act->Certain() || b.act == a.act) return false;
  if (!a.step->undoes && !b.step->undoes) return b.step > a.step;
  if (CertainlyBefore(*a.act, *b.act)) return b.step->undoes || b.step->revives;
  return b.step > a.step && !CertainlyBefore(*b.act, *a.act);
}

bool IsEnd(AgreementStatus::Status status) {
  return status == AgreementStatus::TERMINATED || status == AgreementStatus::EXPIRED ||
         status == AgreementStatus::SUPERSEDED;
}

bool IsForce(AgreementStatus::Status status) {
  return status == AgreementStatus::IN_FORCE || status == AgreementStatus::SUSPENDED;
}

class PartyLedger {
 public:
  PartyLedger(const std::vector<DatedAct>& acts, absl::CivilDay day,
              const std::set<AgreementStatus::Status>& statuses, const AgreementStatus& overall)
      : acts_(acts), day_(day), statuses_(statuses), overall_(overall) {}

  void Answer(const v1::Party& party, PartyStatus& answer);

 private:
  std::vector<Taken> StepsOf(const std::string& party) const;
  void Count(const std::vector<Taken>& steps);
  void AddStandings(const Taken& taken);
  void FindBefore(const std::vector<Taken>& steps);
  void ReasonBefore();
  std::vector<const DatedAct*> OwnConsents(const std::string& party) const;
  void Lift();
  std::set<PartyStatus::Standing> Lifted(bool alone) const;
  PartyStatus::Standing Lifted(PartyStatus::Standing standing, AgreementStatus::Status status,
                               bool alone) const;

  const std::vector<DatedAct>& acts_;
  const absl::CivilDay day_;
  const std::set<AgreementStatus::Status>& statuses_;
  const AgreementStatus& overall_;

  // Acts for which it is a party only by an act of its own.
  std::vector<const DatedAct*> own_consents_;
  std::vector<const DatedAct*> signatures_;
  std::set<PartyStatus::Standing> before_;  // it consented
  std::set<PartyStatus::Standing> standings_;
  StatusReasons reasons_;
};

// The steps that the party took or may have taken by the day. An entry into force for all is no
// step of its own.
std::vector<Taken> PartyLedger::StepsOf(const std::string& party) const {
  std::vector<Taken> steps;
  for (const DatedAct& act : acts_) {
    const bool own = act.act->party() == party;
    const Step* step = StepOf(act.action());
    const bool for_all = act.act->party().empty() && act.action() != Act::ENTRY_INTO_FORCE;
    if (step != nullptr && !act.Later() && (own || for_all)) steps.push_back({&act, step});
  }
  return steps;
}

void PartyLedger::Count(const std::vector<Taken>& steps) {
  const bool anything = std::any_of(steps.begin(), steps.end(),
                                    [](const Taken& taken) { return taken.act->Certain(); });
  if (!anything) standings_.insert(PartyStatus::NEGOTIATING_STATE);
  std::vector<const DatedAct*> open;
  for (const Step& step : kSteps) {
    std::vector<const DatedAct*> certain;
    for (const Taken& taken : steps) {
      const bool over = std::any_of(steps.begin(), steps.end(),
                                    [&](const Taken& other) { return Overrides(other, taken); });
      if (taken.step != &step || over) continue;
      AddStandings(taken);
      (taken.act->Certain() ? certain : open).push_back(taken.act);
    }
    if (certain.empty()) continue;
    *reasons_.Add() =
        MakeReason(step.rule, absl::StrCat(step.text, " by ", absl::FormatCivilTime(day_)),
                   PathsOf(certain), "another date, or an act that undoes it");
  }
  if (!open.empty()) *reasons_.Add() = DateOpen(open, day_);
}

// A state that withdraws its consent is what it was before.
void PartyLedger::AddStandings(const Taken& taken) {
  if (taken.act->action() != Act::RATIFICATION_WITHDRAWN) {
    standings_.insert(taken.step->standing);
    return;
  }
  standings_.insert(before_.begin(), before_.end());
  ReasonBefore();
}

// What it was before it consented: whether it signed.
void PartyLedger::FindBefore(const std::vector<Taken>& steps) {
  for (const Taken& other : steps) {
    if (other.step == &kSteps[0]) signatures_.push_back(other.act);
  }
  const bool certain = std::any_of(signatures_.begin(), signatures_.end(),
                                   [](const DatedAct* act) { return act->Certain(); });
  if (!certain) before_.insert(PartyStatus::NEGOTIATING_STATE);
  if (!signatures_.empty()) before_.insert(PartyStatus::SIGNATORY);
}

void PartyLedger::ReasonBefore() {
  if (signatures_.empty()) return;
  *reasons_.Add() = MakeReason("signed-before", "signed before it consented", PathsOf(signatures_),
                               "no signature");
}

// Who consented, where the record says it of the original parties one by one: then one of which it
// says nothing did not consent with the others. Who joined later says something about itself only.
std::vector<const DatedAct*> PartyLedger::OwnConsents(const std::string& party) const {
  constexpr ActionSet kJoining = {Act::ACCESSION, Act::SUCCESSION};
  std::vector<const DatedAct*> consents;
  for (const DatedAct& act : acts_) {
    const bool own = act.act->party() == party;
    const bool consent = act.action() == Act::RATIFICATION_WITHDRAWN ||
                         (kConsents.Has(act.action()) && (own || !kJoining.Has(act.action())));
    if (!act.act->party().empty() && consent) consents.push_back(&act);
  }
  return consents;
}

PartyStatus::Standing PartyLedger::Lifted(PartyStatus::Standing standing,
                                          AgreementStatus::Status status, bool alone) const {
  if (standing == PartyStatus::FORMER_PARTY) return standing;
  const bool counts =
      !alone || standing == PartyStatus::CONTRACTING_STATE || standing == PartyStatus::PARTY;
  if (counts && IsForce(status)) return PartyStatus::PARTY;
  if (counts && IsEnd(status)) return PartyStatus::FORMER_PARTY;
  return standing;
}

std::set<PartyStatus::Standing> PartyLedger::Lifted(bool alone) const {
  std::set<PartyStatus::Standing> lifted;
  for (const PartyStatus::Standing standing : standings_) {
    for (const AgreementStatus::Status status : statuses_) {
      if (standing == PartyStatus::FORMER_PARTY && !IsForce(status) && !IsEnd(status)) {
        // Who left what was not in force was no party.
        lifted.insert(before_.begin(), before_.end());
      } else {
        lifted.insert(Lifted(standing, status, alone));
      }
    }
  }
  return lifted;
}

// What the agreement as a whole makes of the party.
void PartyLedger::Lift() {
  const std::set<PartyStatus::Standing> lifted = Lifted(!own_consents_.empty());
  const std::set<PartyStatus::Standing> with_others = Lifted(false);
  if (lifted != standings_ || with_others != lifted) {
    const std::string& status = AgreementStatus::Status_Name(overall_.status());
    *reasons_.Add() = MakeReason("agreement", absl::StrCat("the agreement as a whole: ", status),
                                 {}, "another status of the agreement");
  }
  if (standings_.count(PartyStatus::FORMER_PARTY) > 0 && lifted != standings_) ReasonBefore();
  if (with_others != lifted) {
    *reasons_.Add() = MakeReason("consent-by-party", "consent is recorded for each party by itself",
                                 PathsOf(own_consents_), "consent of this one");
  }
  standings_ = lifted;
}

void PartyLedger::Answer(const v1::Party& party, PartyStatus& answer) {
  answer.set_id(party.id());
  answer.set_party(party.party());
  own_consents_ = OwnConsents(party.id());
  const std::vector<Taken> steps = StepsOf(party.id());
  FindBefore(steps);
  Count(steps);
  Lift();
  answer.set_standing(standings_.size() == 1 ? *standings_.begin() : PartyStatus::UNDETERMINED);
  if (standings_.size() > 1) {
    for (const PartyStatus::Standing one : standings_) answer.add_possible(one);
  }
  *answer.mutable_decided_by() = DecidedBy(reasons_);
  *answer.mutable_reasons() = std::move(reasons_);
}

}  // namespace

void AddParties(const Agreement& agreement, absl::CivilDay day,
                const std::set<AgreementStatus::Status>& statuses, AgreementStatus& status) {
  const std::vector<DatedAct> acts = ActsBy(agreement, day);
  for (const v1::Party& party : agreement.parties()) {
    PartyLedger(acts, day, statuses, status).Answer(party, *status.add_parties());
  }
}

}  // namespace chancery::agreements
