#ifndef CHANCERY_GATEWAY_CTL_SHELL_SCRIPT_H_
#define CHANCERY_GATEWAY_CTL_SHELL_SCRIPT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace chancery::ctl {

// "bash", "fish", "zsh".
const std::vector<std::string>& Shells();

// What a shell reads to complete `chancery`. It asks `chancery complete` at each key, so that it
// never has to be renewed. Empty for other shells.
std::string ShellScript(absl::string_view shell);

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_SHELL_SCRIPT_H_
