#include "gateway/ctl/import/levels.h"

#include <algorithm>
#include <iterator>

namespace chancery::ctl {
namespace {

// Tarjan's algorithm with a stack of its own, since a chain of records may be long. Circles are
// complete after everything that they need, so their levels are known in one walk.
class Walk {
 public:
  explicit Walk(const std::vector<std::vector<size_t>>& needs)
      : needs_(needs), visits_(needs.size()), levels_(needs.size(), 0) {}

  std::vector<int> Run() {
    for (size_t i = 0; i < needs_.size(); ++i) {
      if (visits_[i].number == 0) From(i);
    }
    return std::move(levels_);
  }

 private:
  struct Visit {
    int number = 0;  // 0: not yet
    int lowest = 0;
    bool open = false;
    size_t next = 0;  // of its needs
  };

  void From(size_t start) {
    Enter(start);
    while (!path_.empty()) {
      const size_t at = path_.back();
      Visit& visit = visits_[at];
      if (visit.next < needs_[at].size()) {
        Look(visit, needs_[at][visit.next++]);
        continue;
      }
      path_.pop_back();
      if (!path_.empty()) {
        Visit& before = visits_[path_.back()];
        before.lowest = std::min(before.lowest, visit.lowest);
      }
      if (visit.lowest == visit.number) Close(at);
    }
  }

  void Enter(size_t at) {
    visits_[at] = {++last_number_, last_number_, true, 0};
    path_.push_back(at);
    open_.push_back(at);
  }

  void Look(Visit& from, size_t to) {
    if (visits_[to].number == 0) {
      Enter(to);
    } else if (visits_[to].open) {
      from.lowest = std::min(from.lowest, visits_[to].number);
    }
  }

  // `root` and all that was entered after it and is still open need each other.
  void Close(size_t root) {
    const auto first = std::prev(std::find(open_.rbegin(), open_.rend(), root).base());
    int level = 0;
    for (auto member = first; member != open_.end(); ++member) {
      for (const size_t need : needs_[*member]) {
        if (!visits_[need].open) level = std::max(level, levels_[need] + 1);
      }
    }
    for (auto member = first; member != open_.end(); ++member) {
      visits_[*member].open = false;
      levels_[*member] = level;
    }
    open_.erase(first, open_.end());
  }

  const std::vector<std::vector<size_t>>& needs_;
  std::vector<Visit> visits_;
  std::vector<int> levels_;
  std::vector<size_t> path_;
  std::vector<size_t> open_;
  int last_number_ = 0;
};

}  // namespace

std::vector<int> LevelsOf(const std::vector<std::vector<size_t>>& needs) {
  return Walk(needs).Run();
}

}  // namespace chancery::ctl
