#ifndef CHANCERY_SERVICES_SERVING_CONTAINER_H_
#define CHANCERY_SERVICES_SERVING_CONTAINER_H_

#include <functional>
#include <optional>
#include <string>

namespace chancery::serving {

// Whether this process runs in a container, where nobody outside reaches its loopback: by the file
// that Docker or Podman leaves below `root` ("/"), or the variables that Kubernetes, Podman and
// systemd-nspawn set.
bool InContainer(const std::string& root,
                 const std::function<std::optional<std::string>(const std::string&)>& variable);

}  // namespace chancery::serving

#endif  // CHANCERY_SERVICES_SERVING_CONTAINER_H_
