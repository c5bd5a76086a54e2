#include "gateway/ctl/shell_script.h"

namespace chancery::ctl {
namespace {

constexpr char kBash[] = R"(# Completion of chancery for bash:  source <(chancery completion bash)
_chancery() {
  mapfile -t COMPREPLY < <(
    "${COMP_WORDS[0]}" complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == */ ]]; then compopt -o nospace; fi
}
complete -o default -F _chancery chancery
)";

constexpr char kZsh[] = R"(#compdef chancery
# Completion of chancery for zsh:  source <(chancery completion zsh)
_chancery() {
  local -a found open
  found=("${(@f)$("${words[1]}" complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
  open=("${(@M)found:#*/}")
  found=("${(@)found:#*/}")
  if [[ -z "${found[*]}${open[*]}" ]]; then
    _files
    return
  fi
  [[ -n "${open[*]}" ]] && compadd -S '' -- "${open[@]}"
  [[ -n "${found[*]}" ]] && compadd -- "${found[@]}"
}
compdef _chancery chancery
)";

constexpr char kFish[] = R"(# Completion of chancery for fish:  chancery completion fish | source
function __chancery_complete
  set -l words (commandline -opc) (commandline -ct)
  $words[1] complete -- $words[2..-1] 2>/dev/null
end
complete -c chancery -a '(__chancery_complete)'
)";

}  // namespace

const std::vector<std::string>& Shells() {
  static const auto& shells = *new std::vector<std::string>{"bash", "fish", "zsh"};
  return shells;
}

std::string ShellScript(absl::string_view shell) {
  if (shell == "bash") return kBash;
  if (shell == "zsh") return kZsh;
  return shell == "fish" ? kFish : "";
}

}  // namespace chancery::ctl
