#ifndef CHANCERY_SERVICES_SERVING_VERSION_H_
#define CHANCERY_SERVICES_SERVING_VERSION_H_

namespace chancery::serving {

// The release, as in docs/changelog.md.
inline constexpr char kVersion[] = "0.1.0";

}  // namespace chancery::serving

#endif  // CHANCERY_SERVICES_SERVING_VERSION_H_
