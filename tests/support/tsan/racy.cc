// The twin of a clean run: races of our own, put where the suppressions and the shown locks of
// libraries are most generous. `racy <where>` has to be reported; `racy <where> locked`, which
// differs by a mutex alone, must not be.
//
//   threads   two threads between their reads of one RocksDB
//   handlers  two calls that one server answers
//   answers   the ends of two calls, as Round sees them

#include <unistd.h>

#include <functional>
#include <future>
#include <iostream>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "gateway/upstream/backend.h"
#include "gateway/upstream/backends.h"
#include "gateway/upstream/channel.h"
#include "rocksdb/db.h"
#include "rocksdb/env.h"
#include "services/serving/rpc_service.h"
#include "services/serving/server.h"

namespace chancery {
namespace {

using gateway::upstream::Backend;

constexpr char kMethod[] = "GetState";
constexpr int kRounds = 20;
constexpr int kThreads = 2;

bool locked = false;
std::mutex mutex;
int shared = 0;
int met = 0;  // how many have come to Meet

// Waits a while for another thread, in a way that orders nothing for the sanitizer: both are then
// at work at the same time. A round in which none comes is no harm, there are more.
__attribute__((no_sanitize("thread"))) void Meet() {
  const int all = (__atomic_fetch_add(&met, 1, __ATOMIC_RELAXED) / kThreads + 1) * kThreads;
  for (int i = 0; i < 200 && __atomic_load_n(&met, __ATOMIC_RELAXED) < all; ++i) usleep(1000);
}

void Race() {
  std::unique_lock<std::mutex> lock(mutex, std::defer_lock);
  Meet();
  if (locked) lock.lock();
  ++shared;
}

void InTwoThreads(const std::function<void()>& work) {
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&work] {
      for (int round = 0; round < kRounds; ++round) work();
    });
  }
  for (std::thread& thread : threads) thread.join();
}

void RaceInThreads() {
  const std::unique_ptr<rocksdb::Env> env(rocksdb::NewMemEnv(rocksdb::Env::Default()));
  rocksdb::Options options;
  options.env = env.get();
  options.create_if_missing = true;
  rocksdb::DB* opened = nullptr;
  if (!rocksdb::DB::Open(options, "/racy", &opened).ok()) std::abort();
  const std::unique_ptr<rocksdb::DB> db(opened);
  InTwoThreads([&db] {
    std::string value;
    if (!db->Put({}, "key", "value").ok() || !db->Get({}, "key", &value).ok()) std::abort();
    Race();
  });
}

// A server of the people service that does `handle` in every call, and a backend in its front.
class Served {
 public:
  explicit Served(std::function<void()> handle) : rpc_(gateway::upstream::kPeopleService) {
    for (const std::string& method : rpc_.Missing()) {
      rpc_.Raw(method, [handle](serving::Call call) {
        handle();
        std::move(call).FinishRaw(grpc::Slice());
      });
    }
    server_ = serving::Server::Start({"127.0.0.1:0", {&rpc_}}).value();
    server_->SetServing(true);
  }

  // A backend with a connection of its own: its answers come without waiting for another's.
  std::unique_ptr<Backend> Connect() {
    using gateway::upstream::kPeopleService;
    return std::make_unique<Backend>(Backend::Options{
        "people", kPeopleService, gateway::upstream::Connect(server_->address(), kPeopleService),
        absl::Now, absl::InfiniteDuration()});
  }

 private:
  serving::RpcService rpc_;
  std::unique_ptr<serving::Server> server_;
};

void Call(Backend& backend, const std::function<void()>& at_end) {
  std::promise<void> ended;
  backend.CallRaw(kMethod, {}, {absl::Now() + absl::Seconds(30), "tester"},
                  [&](const gateway::upstream::RawReply& reply) {
                    if (reply.status.ok()) at_end();
                    ended.set_value();
                  });
  ended.get_future().wait();
}

void RaceInCalls(std::function<void()> handle, const std::function<void()>& at_end) {
  Served served(std::move(handle));
  InTwoThreads([&] {
    const auto backend = served.Connect();
    Call(*backend, at_end);
  });
}

int Run(absl::string_view where) {
  if (where == "threads") {
    RaceInThreads();
  } else if (where == "handlers") {
    RaceInCalls(Race, [] {});
  } else if (where == "answers") {
    RaceInCalls([] {}, Race);
  } else {
    std::cerr << "usage: racy threads|handlers|answers [locked]\n";
    return 2;
  }
  std::cout << "met " << met << " times\n";
  return met == kThreads * kRounds ? 0 : 1;
}

}  // namespace
}  // namespace chancery

int main(int argc, char** argv) {
  chancery::locked = argc > 2 && absl::string_view(argv[2]) == "locked";
  return chancery::Run(argc > 1 ? argv[1] : "");
}
