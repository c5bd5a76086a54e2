#include "tests/support/listener.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>

#include "absl/strings/str_cat.h"

namespace chancery::testing {

Listener::Listener() : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  const bool listens = bind(socket_, generic, size) == 0 && listen(socket_, 8) == 0 &&
                       getsockname(socket_, generic, &size) == 0;
  if (!listens) std::abort();
  address_ = absl::StrCat("127.0.0.1:", ntohs(address.sin_port));
}

Listener::~Listener() { close(socket_); }

}  // namespace chancery::testing
