#include "services/serving/address.h"

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>

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
  std::string port;
};

HostAndPort Split(absl::string_view address) {
  const size_t colon = address.rfind(':');
  if (colon == absl::string_view::npos) return {std::string(address), "0"};
  absl::string_view host = address.substr(0, colon);
  if (absl::ConsumePrefix(&host, "[")) absl::ConsumeSuffix(&host, "]");
  return {std::string(host), std::string(address.substr(colon + 1))};
}

using AddressList = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

AddressList Resolve(const HostAndPort& where) {
  addrinfo hints = {};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  addrinfo* found = nullptr;
  if (getaddrinfo(where.host.c_str(), where.port.c_str(), &hints, &found) != 0) found = nullptr;
  return AddressList(found, &freeaddrinfo);
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

bool IsLoopback(absl::string_view address) {
  const std::string host = Split(address).host;
  return absl::StartsWith(host, "127.") || host == "::1" || host == "localhost";
}

absl::Status CheckExposure(absl::string_view address, bool insecure) {
  if (insecure || IsLoopback(address)) return absl::OkStatus();
  return errors::Error(types::v1::USAGE_INVALID,
                       absl::StrCat(address,
                                    " is open to the network without authentication; add "
                                    "--insecure if something else protects it"),
                       {{"flag", "--listen"}, {"value", std::string(address)}});
}

absl::Status CheckFree(const std::string& address) {
  const AddressList addresses = Resolve(Split(address));
  if (addresses == nullptr) {
    return errors::Error(types::v1::USAGE_INVALID,
                         absl::StrCat(address, " is not an address to listen on"),
                         {{"flag", "--listen"}, {"value", address}});
  }
  const int descriptor = socket(addresses->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return AddressTaken(address);
  const int yes = 1;
  setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
  const bool bound = bind(descriptor, addresses->ai_addr, addresses->ai_addrlen) == 0 &&
                     listen(descriptor, 1) == 0;
  close(descriptor);
  return bound ? absl::OkStatus() : AddressTaken(address);
}

absl::Status AddressTaken(const std::string& address) {
  int port = 0;
  const std::string holder =
      absl::SimpleAtoi(Split(address).port, &port) ? Holder(port) : "unknown";
  return errors::Error(types::v1::ADDRESS_TAKEN,
                       absl::StrCat("can not listen on ", address, ", held by ", holder),
                       {{"address", address}, {"holder", holder}});
}

}  // namespace chancery::serving
