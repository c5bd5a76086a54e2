#ifndef CHANCERY_SERVICES_AGREEMENTS_ACT_DATES_H_
#define CHANCERY_SERVICES_AGREEMENTS_ACT_DATES_H_

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "chancery/agreements/v1/agreement.pb.h"
#include "services/chronology/edtf.h"
#include "services/chronology/window.h"

// The acts of an agreement with their dates read: what rules about acts are made of.

namespace chancery::agreements {

// Some of the things that can be done with an agreement.
class ActionSet {
 public:
  constexpr ActionSet(std::initializer_list<v1::Act::Action> actions) {
    for (const v1::Act::Action action : actions) bits_ |= uint64_t{1} << action;
  }
  constexpr bool Has(v1::Act::Action action) const { return (bits_ >> action & 1) != 0; }
  constexpr bool empty() const { return bits_ == 0; }

 private:
  uint64_t bits_ = 0;
};

// By which a state consents to be bound.
inline constexpr ActionSet kConsents = {v1::Act::SIGNATURE_DEFINITIVE,
                                        v1::Act::RATIFICATION,
                                        v1::Act::ACCEPTANCE,
                                        v1::Act::APPROVAL,
                                        v1::Act::ACCESSION,
                                        v1::Act::SUCCESSION,
                                        v1::Act::NOTIFICATION_OF_COMPLETION,
                                        v1::Act::EXCHANGE_OF_INSTRUMENTS,
                                        v1::Act::DEPOSIT};
// By which a party leaves.
inline constexpr ActionSet kDepartures = {v1::Act::DENUNCIATION, v1::Act::WITHDRAWAL};

struct DatedAct {
  const v1::Act* act;
  std::optional<chronology::Edtf> date;  // none: undated
  // Whether it was done by the day, that day included. Undated: possibly.
  chronology::WindowMatch by = chronology::WindowMatch::kPossible;

  v1::Act::Action action() const { return act->action(); }
  bool Certain() const { return by == chronology::WindowMatch::kCertain; }
  bool Possible() const { return by == chronology::WindowMatch::kPossible; }
  bool Later() const { return by == chronology::WindowMatch::kNo; }
};

// In the agreement's order; they point into `agreement`. Dates must have been prepared.
std::vector<DatedAct> ActsBy(const v1::Agreement& agreement, absl::CivilDay day);

// Under every reading of both dates; an undated act is certainly before none.
bool CertainlyBefore(const DatedAct& a, const DatedAct& b);

// "acts.signature"
std::string PathOf(const v1::Act& act);

}  // namespace chancery::agreements

#endif  // CHANCERY_SERVICES_AGREEMENTS_ACT_DATES_H_
