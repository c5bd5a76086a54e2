#include "services/serving/address.h"

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <system_error>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "proto/errors/error.h"

namespace chancery::serving {
namespace {

namespace fs = std::filesystem;

struct HostAndPort {
  std::string host;
  int port = -1;  // of none
};

HostAndPort Split(absl::string_view address) {
  const size_t colon = address.rfind(':');
  if (colon == absl::string_view::npos) return {std::string(address)};
  absl::string_view host = address.substr(0, colon);
  const bool bracketed = absl::ConsumePrefix(&host, "[") && absl::ConsumeSuffix(&host, "]");
  // Without brackets it is not known where an IPv6 address ends.
  if (!bracketed && absl::StrContains(host, ':')) return {std::string(address)};
  int port = 0;
  const bool is_port =
      absl::SimpleAtoi(address.substr(colon + 1), &port) && port >= 0 && port <= kMaxPort;
  return {std::string(host), is_port ? port : -1};
}

using AddressList = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

// Null if it is no address.
AddressList Resolve(absl::string_view address) {
  const HostAndPort where = Split(address);
  addrinfo hints = {};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const bool is_address =
      where.port >= 0 && !where.host.empty() &&
      getaddrinfo(where.host.c_str(), absl::StrCat(where.port).c_str(), &hints, &found) == 0;
  return AddressList(is_address ? found : nullptr, &freeaddrinfo);
}

bool IsLoopback(const sockaddr& address) {
  if (address.sa_family == AF_INET6) {
    return IN6_IS_ADDR_LOOPBACK(&reinterpret_cast<const sockaddr_in6&>(address).sin6_addr) != 0;
  }
  if (address.sa_family != AF_INET) return false;
  return ntohl(reinterpret_cast<const sockaddr_in&>(address).sin_addr.s_addr) >> 24 ==
         IN_LOOPBACKNET;
}

absl::Status Unusable(absl::string_view address, absl::string_view sentence) {
  return errors::Error(types::v1::USAGE_INVALID, absl::StrCat(address, sentence),
                       {{"flag", "--listen"}, {"value", std::string(address)}});
}

absl::Status NoAddress(absl::string_view address) {
  return Unusable(address, " is not an address to listen on; one is 127.0.0.1:7600");
}

// Whether a listening socket can be reached. Loopback may be switched off and can be bound all the
// same; errno says why not.
bool Answers(int listening) {
  sockaddr_storage address = {};
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  socklen_t size = sizeof(address);
  getsockname(listening, generic, &size);
  const int caller = socket(address.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const bool connected = connect(caller, generic, size) == 0;
  const int error = errno;
  close(caller);
  errno = error;
  return connected;
}

std::string WhyNot(int error) {
  switch (error) {
    case EADDRNOTAVAIL:
    case EAFNOSUPPORT:
      return "no interface of this machine has it";
    case ENETUNREACH:
      return "the loopback interface is down";
    case EACCES:
      return "this user may not use that port";
    default:
      return std::generic_category().message(error);
  }
}

// The inode of the socket that listens on `port`, from the kernel's table; 0 if there is none.
uint64_t ListeningInode(int port) {
  for (const char* table : {"/proc/net/tcp", "/proc/net/tcp6"}) {
    std::ifstream lines(table);
    std::string line;
    std::getline(lines, line);
    while (std::getline(lines, line)) {
      std::istringstream words(line);
      std::string slot, local, remote, state, queues, timer, retries, uid, timeout;
      uint64_t inode = 0;
      words >> slot >> local >> remote >> state >> queues >> timer >> retries >> uid >> timeout >>
          inode;
      if (state == "0A" && absl::EndsWith(local, absl::StrFormat(":%04X", port))) return inode;
    }
  }
  return 0;
}

bool HoldsSocket(const fs::path& process, const std::string& socket) {
  std::error_code error;
  for (fs::directory_iterator it(process / "fd", error), end; !error && it != end;
       it.increment(error)) {
    std::error_code unreadable;
    if (fs::read_symlink(it->path(), unreadable) == socket) return true;
  }
  return false;
}

std::string Holder(int port) {
  const uint64_t inode = ListeningInode(port);
  if (inode == 0) return "unknown";
  const std::string socket = absl::StrCat("socket:[", inode, "]");
  std::error_code error;
  for (fs::directory_iterator it("/proc", error), end; !error && it != end; it.increment(error)) {
    int pid = 0;
    if (!absl::SimpleAtoi(it->path().filename().string(), &pid)) continue;
    if (!HoldsSocket(it->path(), socket)) continue;
    std::string command;
    std::ifstream(it->path() / "comm") >> command;
    return absl::StrCat("pid ", pid, " (", command, ")");
  }
  return "unknown";
}

}  // namespace

std::string WithPort(absl::string_view address, int port) {
  return absl::StrCat(address.substr(0, address.rfind(':')), ":", port);
}

absl::Status CheckExposure(absl::string_view address, bool insecure) {
  const AddressList addresses = Resolve(address);
  if (addresses == nullptr) return NoAddress(address);
  bool is_loopback = true;
  for (const addrinfo* each = addresses.get(); each != nullptr; each = each->ai_next) {
    is_loopback &= IsLoopback(*each->ai_addr);
  }
  if (insecure || is_loopback) return absl::OkStatus();
  return Unusable(address,
                  " is open to the network without authentication; add --insecure if something "
                  "else protects it");
}

absl::Status CheckFree(const std::string& address) {
  const AddressList addresses = Resolve(address);
  if (addresses == nullptr) return NoAddress(address);
  const int descriptor = socket(addresses->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int yes = 1;
  setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
  const bool bound =
      descriptor >= 0 && bind(descriptor, addresses->ai_addr, addresses->ai_addrlen) == 0 &&
      listen(descriptor, 1) == 0 && (!IsLoopback(*addresses->ai_addr) || Answers(descriptor));
  const int error = errno;
  if (descriptor >= 0) close(descriptor);
  if (bound) return absl::OkStatus();
  if (error == EADDRINUSE) return AddressTaken(address);
  return Unusable(address, absl::StrCat(" can not be listened on: ", WhyNot(error)));
}

absl::Status AddressTaken(const std::string& address) {
  const std::string holder = Holder(Split(address).port);
  return errors::Error(types::v1::ADDRESS_TAKEN,
                       absl::StrCat("can not listen on ", address, ", held by ", holder),
                       {{"address", address}, {"holder", holder}});
}

}  // namespace chancery::serving
