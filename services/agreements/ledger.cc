#include "services/agreements/ledger.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/agreements/act_dates.h"
#include "services/agreements/party_ledger.h"
#include "services/agreements/status_reasons.h"
#include "services/chronology/edtf_parser.h"

namespace chancery::agreements {
namespace {

using v1::Act;
using v1::Agreement;
using v1::AgreementStatus;
using Acts = std::vector<const DatedAct*>;

enum Stage { kNothing, kInitialled, kAdopted, kSigned, kProvisional, kInForce };

// A stage of an agreement, and what is known of it by its acts.
struct StageRow {
  Stage stage;
  ActionSet acts;   // any of them shows that it was reached
  ActionSet first;  // while all of them are still to come, it was not reached
  bool open;        // where no act is recorded it may have been reached all the same
  const char* rule;
  const char* reached;
  const char* what;
};

constexpr StageRow kStages[] = {
    {kInitialled,
     {Act::INITIALLING, Act::AUTHENTICATION},
     {},
     false,
     "initialled",
     "initialled or authenticated",
     "initialling"},
    {kAdopted, {Act::ADOPTION}, {Act::ADOPTION}, false, "adopted", "adopted", "adoption"},
    {kSigned,
     {Act::CONCLUSION, Act::UNSPECIFIED_ACT, Act::SIGNATURE, Act::SIGNATURE_DEFINITIVE,
      Act::RATIFICATION, Act::ACCEPTANCE, Act::APPROVAL, Act::ACCESSION, Act::SUCCESSION,
      Act::NOTIFICATION_OF_COMPLETION, Act::EXCHANGE_OF_INSTRUMENTS, Act::DEPOSIT,
      Act::REGISTRATION, Act::APPLICATION_BEGUN},
     {Act::SIGNATURE, Act::SIGNATURE_DEFINITIVE, Act::CONCLUSION},
     true,
     "signed",
     "signed or concluded",
     "signature"},
    {kProvisional,
     {Act::PROVISIONAL_APPLICATION},
     {},
     false,
     "provisionally-applied",
     "applied provisionally",
     "provisional application"},
    {kInForce,
     {Act::ENTRY_INTO_FORCE},
     {Act::ENTRY_INTO_FORCE},
     true,
     "in-force",
     "in force",
     "entry into force"},
};

AgreementStatus::Status BindingStatus(Stage stage) {
  constexpr AgreementStatus::Status kStatuses[] = {AgreementStatus::NOT_CONCLUDED,
                                                   AgreementStatus::INITIALLED,
                                                   AgreementStatus::ADOPTED,
                                                   AgreementStatus::SIGNED_NOT_IN_FORCE,
                                                   AgreementStatus::PROVISIONALLY_APPLIED,
                                                   AgreementStatus::IN_FORCE};
  return kStatuses[stage];
}

AgreementStatus::Status PoliticalStatus(Stage stage) {
  return stage < kAdopted ? BindingStatus(stage) : AgreementStatus::ADOPTED;
}

// Whether an agreement may bind in law, and may not.
struct Nature {
  bool binding = true;
  bool political = true;
};

// An act that only what binds in law has.
bool OnlyBinding(const Act& act) {
  return act.action() == Act::ENTRY_INTO_FORCE || kConsents.Has(act.action());
}

Nature NatureOf(const Agreement& agreement) {
  switch (agreement.binding_force()) {
    case Agreement::LEGALLY_BINDING:
      return {true, false};
    case Agreement::POLITICAL:
      return {false, true};
    case Agreement::DISPUTED:
      return {true, true};
    default:
      break;
  }
  const bool acts_bind = std::any_of(agreement.acts().begin(), agreement.acts().end(), OnlyBinding);
  return {true, !acts_bind};
}

bool Ends(const Agreement& agreement, const Act& act) {
  constexpr ActionSet kEnds = {Act::TERMINATION, Act::EXPIRY, Act::REPLACEMENT};
  const bool leaves = kDepartures.Has(act.action());
  return kEnds.Has(act.action()) ||
         (leaves && (act.party().empty() || agreement.parties_size() <= 2));
}

class Ledger {
 public:
  Ledger(const Agreement& agreement, absl::CivilDay day)
      : agreement_(agreement),
        day_(day),
        on_(absl::FormatCivilTime(day)),
        acts_(ActsBy(agreement, day)),
        nature_(NatureOf(agreement)) {}

  AgreementStatus Answer();

 private:
  template <typename Test>
  Acts Select(const Test& test) const {
    Acts selected;
    for (const DatedAct& act : acts_) {
      if (test(act)) selected.push_back(&act);
    }
    return selected;
  }

  void FindStages();
  void FindStage(const StageRow& row);
  void StayOpen(const StageRow& row);
  const v1::StatedStatus* SaidNotConcluded() const;
  void SetStatuses();
  void Suspend();
  void End();
  void ReasonReached();
  void ReasonLater();
  void ReasonOpen();
  void ReasonNature();
  void ReasonEither();
  void ReasonPolitical();
  void ReasonBinding();
  void FillIn(AgreementStatus& status) const;
  AgreementStatus::Status EndOf(const Act& act) const;

  const Agreement& agreement_;
  const absl::CivilDay day_;
  const std::string on_;
  const std::vector<DatedAct> acts_;
  const Nature nature_;

  Stage least_ = kNothing;
  std::set<Stage> stages_;
  bool excluded_ = false;  // a stage was not reached, so none that follows was
  Acts concluded_later_;   // by which that is known
  Acts in_force_later_;
  Acts date_open_;                    // may lie on either side of the day
  std::vector<const char*> missing_;  // stages of which nothing is recorded
  const v1::StatedStatus* said_ = nullptr;
  std::set<AgreementStatus::Status> statuses_;
  StatusReasons reasons_;
};

void Ledger::FindStages() {
  for (const StageRow& row : kStages) {
    const bool reached = std::any_of(acts_.begin(), acts_.end(), [&](const DatedAct& act) {
      return act.Certain() && row.acts.Has(act.action());
    });
    if (reached) least_ = row.stage;
  }
  stages_ = {least_};
  for (const StageRow& row : kStages) {
    if (row.stage > least_) FindStage(row);
  }
}

void Ledger::FindStage(const StageRow& row) {
  const Acts possible =
      Select([&](const DatedAct& act) { return act.Possible() && row.acts.Has(act.action()); });
  const Acts to_come =
      Select([&](const DatedAct& act) { return act.Later() && row.first.Has(act.action()); });
  if (!possible.empty()) {
    stages_.insert(row.stage);
    date_open_.insert(date_open_.end(), possible.begin(), possible.end());
  } else if (!to_come.empty()) {
    // That it was not in force follows from not having been concluded.
    Acts& later = row.stage == kInForce ? in_force_later_ : concluded_later_;
    if (!excluded_ || row.stage != kInForce) {
      later.insert(later.end(), to_come.begin(), to_come.end());
    }
    excluded_ = true;
  } else if (row.open && !excluded_) {
    StayOpen(row);
  }
}

// A stage of which nothing is recorded.
void Ledger::StayOpen(const StageRow& row) {
  if (row.stage == kSigned) said_ = SaidNotConcluded();
  if (said_ != nullptr) {
    excluded_ = true;
    return;
  }
  stages_.insert(row.stage);
  missing_.push_back(row.what);
}

// A source that says so as of the day or later: then it had not been concluded by the day either.
const v1::StatedStatus* Ledger::SaidNotConcluded() const {
  for (const v1::StatedStatus& stated : agreement_.stated_statuses()) {
    if (stated.status() != v1::StatedStatus::NOT_CONCLUDED) continue;
    const auto as_of = chronology::Parse(stated.as_of().edtf());
    if (as_of.ok() &&
        chronology::MatchWindow(*as_of, {day_, std::nullopt}, chronology::WindowMode::kWithin) ==
            chronology::WindowMatch::kCertain) {
      return &stated;
    }
  }
  return nullptr;
}

void Ledger::SetStatuses() {
  for (const Stage stage : stages_) {
    if (nature_.binding) statuses_.insert(BindingStatus(stage));
    if (nature_.political) statuses_.insert(PoliticalStatus(stage));
  }
}

// A suspension lasts until the agreement enters into force again.
void Ledger::Suspend() {
  Acts certain;
  Acts open;
  for (const DatedAct& act : acts_) {
    if (act.action() != Act::SUSPENSION || act.Later()) continue;
    const Acts resumed = Select([&](const DatedAct& other) {
      return other.action() == Act::ENTRY_INTO_FORCE && !other.Later() &&
             CertainlyBefore(act, other);
    });
    const bool over = std::any_of(resumed.begin(), resumed.end(),
                                  [](const DatedAct* other) { return other->Certain(); });
    if (over) continue;
    (act.Certain() && resumed.empty() ? certain : open).push_back(&act);
    open.insert(open.end(), resumed.begin(), resumed.end());
  }
  if (certain.empty() && open.empty()) return;
  if (!certain.empty()) {
    statuses_.clear();
    reasons_.Clear();
    *reasons_.Add() = MakeReason("suspended", absl::StrCat("suspended by ", on_), PathsOf(certain),
                                 "an entry into force after it");
  } else {
    *reasons_.Add() = DateOpen(open, day_);
  }
  statuses_.insert(AgreementStatus::SUSPENDED);
}

AgreementStatus::Status Ledger::EndOf(const Act& act) const {
  if (act.action() == Act::REPLACEMENT) return AgreementStatus::SUPERSEDED;
  if (agreement_.binding_force() == Agreement::POLITICAL) return AgreementStatus::LAPSED;
  return act.action() == Act::EXPIRY ? AgreementStatus::EXPIRED : AgreementStatus::TERMINATED;
}

// What has ended can not end again: the first end counts.
void Ledger::End() {
  const Acts certain =
      Select([&](const DatedAct& act) { return act.Certain() && Ends(agreement_, *act.act); });
  const auto first = [&](const DatedAct& act, const auto& counts) {
    return std::none_of(certain.begin(), certain.end(), [&](const DatedAct* other) {
      return counts(*other) && CertainlyBefore(*other, act);
    });
  };
  const Acts ends = Select([&](const DatedAct& act) {
    return !act.Later() && Ends(agreement_, *act.act) &&
           first(act, [](const DatedAct&) { return true; });
  });
  std::set<AgreementStatus::Status> statuses;
  for (const DatedAct* act : ends) statuses.insert(EndOf(*act->act));
  if (certain.empty()) {
    if (!ends.empty()) *reasons_.Add() = DateOpen(ends, day_);
    statuses_.insert(statuses.begin(), statuses.end());
    return;
  }
  statuses_ = statuses;
  reasons_.Clear();
  // Another end of the same kind would do as well, unless one of another kind came before it.
  const Acts shown = Select([&](const DatedAct& act) {
    const bool same = act.Certain() && Ends(agreement_, *act.act) && statuses.size() == 1 &&
                      EndOf(*act.act) == *statuses.begin();
    return same && first(act, [&](const DatedAct& other) {
             return EndOf(*other.act) != *statuses.begin();
           });
  });
  *reasons_.Add() =
      MakeReason("ended", absl::StrCat("ended by ", on_), PathsOf(shown.empty() ? ends : shown),
                 absl::StrCat("an end after ", on_), !shown.empty());
}

void Ledger::ReasonReached() {
  if (least_ == kNothing) return;
  const StageRow& least = kStages[least_ - 1];
  const bool adopted = nature_.political && !nature_.binding && least_ >= kAdopted;
  const Acts reached = Select([&](const DatedAct& act) {
    return act.Certain() &&
           std::any_of(std::begin(kStages), std::end(kStages), [&](const StageRow& row) {
             const bool counts = adopted ? row.stage >= kAdopted : row.stage == least_;
             return counts && row.acts.Has(act.action());
           });
  });
  const char* text = adopted ? "adopted, signed or concluded" : least.reached;
  *reasons_.Add() =
      MakeReason(adopted ? "adopted" : least.rule, absl::StrCat(text, " by ", on_),
                 PathsOf(reached), absl::StrCat("a date after ", on_, ", or an act that ends it"));
}

void Ledger::ReasonLater() {
  const std::string would_change = absl::StrCat("a date by ", on_);
  if (!concluded_later_.empty() && (nature_.binding || least_ < kAdopted)) {
    *reasons_.Add() =
        MakeReason("concluded-later", absl::StrCat("adopted or signed only after ", on_),
                   PathsOf(concluded_later_), would_change);
  }
  if (!in_force_later_.empty() && nature_.binding) {
    *reasons_.Add() = MakeReason("in-force-later", absl::StrCat("in force only after ", on_),
                                 PathsOf(in_force_later_), would_change);
  }
  if (said_ != nullptr) {
    *reasons_.Add() =
        MakeReason("stated-not-concluded",
                   absl::StrCat("no conclusion is recorded, and a source says as of ",
                                said_->as_of().edtf(), " that there was none"),
                   {absl::StrCat("stated_statuses.", said_->id())}, "an act that concludes it");
  }
}

void Ledger::ReasonOpen() {
  if (!date_open_.empty()) *reasons_.Add() = DateOpen(date_open_, day_);
  if (acts_.empty()) {
    *reasons_.Add() = MakeReason("no-act", "no act is recorded", {}, "an act with a date");
    for (const v1::StatedStatus& stated : agreement_.stated_statuses()) {
      if (stated.status() != v1::StatedStatus::NOT_CONCLUDED) continue;
      *reasons_.Add() =
          MakeReason("stated-before",
                     absl::StrCat("a source says that it was not concluded, as of ",
                                  stated.as_of().edtf(), "; of the time after it nothing is known"),
                     {absl::StrCat("stated_statuses.", stated.id())},
                     absl::StrCat("the same as of ", on_, " or later"));
    }
    return;
  }
  for (const char* what : missing_) {
    *reasons_.Add() = MakeReason(absl::StrCat("no-", absl::StrReplaceAll(what, {{" ", "-"}})),
                                 absl::StrCat("no ", what, " is recorded"), {},
                                 absl::StrCat("an act of ", what, " with a date"));
  }
}

// Whether it binds, where it would matter.
void Ledger::ReasonNature() {
  std::set<AgreementStatus::Status> either;
  for (const Stage stage : stages_) {
    either.insert(BindingStatus(stage));
    either.insert(PoliticalStatus(stage));
  }
  const bool same = std::all_of(stages_.begin(), stages_.end(), [](Stage stage) {
    return BindingStatus(stage) == PoliticalStatus(stage);
  });
  if (nature_.binding && nature_.political) {
    if (!same) ReasonEither();
  } else if (either != statuses_) {
    nature_.political ? ReasonPolitical() : ReasonBinding();
  }
}

void Ledger::ReasonEither() {
  const bool disputed = agreement_.binding_force() == Agreement::DISPUTED;
  *reasons_.Add() = disputed
                        ? MakeReason("binding-force-disputed", "whether it binds is disputed",
                                     {"binding_force"}, "its binding force")
                        : MakeReason("binding-force-not-stated", "whether it binds is not recorded",
                                     {}, "its binding force");
}

void Ledger::ReasonPolitical() {
  *reasons_.Add() = MakeReason("political", "a political instrument is never in force",
                               {"binding_force"}, "another binding force");
}

void Ledger::ReasonBinding() {
  std::vector<std::string> elements =
      PathsOf(Select([](const DatedAct& act) { return OnlyBinding(*act.act); }));
  if (agreement_.binding_force() == Agreement::LEGALLY_BINDING) {
    elements.insert(elements.begin(), "binding_force");
  }
  *reasons_.Add() =
      MakeReason("binding", "binds in law", std::move(elements), "another binding force");
}

void Ledger::FillIn(AgreementStatus& status) const {
  status.set_agreement(agreement_.name());
  status.set_valid_at(on_);
  *status.mutable_stated_statuses() = agreement_.stated_statuses();
  *status.mutable_matters() = agreement_.matters();
  status.set_contested(agreement_.contested());
  status.set_binding_force(agreement_.binding_force());
  if (agreement_.has_placeholder_count()) {
    *status.mutable_placeholder_count() = agreement_.placeholder_count();
  }
}

AgreementStatus Ledger::Answer() {
  FindStages();
  SetStatuses();
  ReasonReached();
  ReasonLater();
  if (statuses_.size() > 1) ReasonOpen();
  ReasonNature();
  Suspend();
  End();
  AgreementStatus status;
  FillIn(status);
  status.set_status(statuses_.size() == 1 ? *statuses_.begin() : AgreementStatus::UNDETERMINED);
  if (statuses_.size() > 1) {
    for (const AgreementStatus::Status one : statuses_) status.add_possible(one);
  }
  *status.mutable_decided_by() = DecidedBy(reasons_);
  *status.mutable_reasons() = std::move(reasons_);
  AddParties(agreement_, day_, statuses_, status);
  return status;
}

// The acts that are named anywhere in the answer.
void AddActs(const Agreement& agreement, AgreementStatus& status) {
  std::set<std::string> named(status.decided_by().begin(), status.decided_by().end());
  for (const v1::PartyStatus& party : status.parties()) {
    named.insert(party.decided_by().begin(), party.decided_by().end());
  }
  for (const Act& act : agreement.acts()) {
    if (named.count(PathOf(act)) > 0) *status.add_acts() = act;
  }
}

}  // namespace

AgreementStatus StatusOn(const Agreement& agreement, absl::CivilDay day) {
  AgreementStatus status = Ledger(agreement, day).Answer();
  AddActs(agreement, status);
  return status;
}

}  // namespace chancery::agreements
