#ifndef CHANCERY_GATEWAY_CTL_MAN_PAGE_H_
#define CHANCERY_GATEWAY_CTL_MAN_PAGE_H_

#include <string>

#include "gateway/ctl/command.h"

namespace chancery::ctl {

// The whole command tree as chancery(1), for man.
std::string ManPage(const Commands& commands);

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_MAN_PAGE_H_
