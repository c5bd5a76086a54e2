#ifndef CHANCERY_TESTS_SUPPORT_LISTENER_H_
#define CHANCERY_TESTS_SUPPORT_LISTENER_H_

#include <string>

namespace chancery::testing {

// A port of the loopback, of the system's choice, that is taken: calls arrive and nobody answers.
// Ends the process if there is none to be had.
class Listener {
 public:
  Listener();
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  // "127.0.0.1:41234".
  const std::string& address() const { return address_; }

 private:
  const int socket_;
  std::string address_;
};

}  // namespace chancery::testing

#endif  // CHANCERY_TESTS_SUPPORT_LISTENER_H_
