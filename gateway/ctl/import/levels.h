#ifndef CHANCERY_GATEWAY_CTL_IMPORT_LEVELS_H_
#define CHANCERY_GATEWAY_CTL_IMPORT_LEVELS_H_

#include <cstddef>
#include <vector>

namespace chancery::ctl {

// The order in which things can be made that need each other. `needs[i]` are those that thing `i`
// needs. Returns the level of each: above the levels of all that it needs; those that need each
// other in a circle share one.
std::vector<int> LevelsOf(const std::vector<std::vector<size_t>>& needs);

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_IMPORT_LEVELS_H_
