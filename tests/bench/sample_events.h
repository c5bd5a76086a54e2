#ifndef CHANCERY_TESTS_BENCH_SAMPLE_EVENTS_H_
#define CHANCERY_TESTS_BENCH_SAMPLE_EVENTS_H_

#include <string>
#include <vector>

#include "chancery/events/v1/event.pb.h"
#include "chancery/events/v1/event_requests.pb.h"
#include "grpcpp/support/byte_buffer.h"

// Events like those of the founding brief in size and in what they refer to: two people in their
// posts meet, with a citation. They refer to nothing but the brief's states, people, posts and
// source, so a register that holds the brief takes them.

namespace chancery::bench {

// The i-th day from 1600-01-01 on, as EDTF.
std::string Day(int i);

// Between states/russia and `state`, on Day(i). Its name is not set: it is in the request that
// creates it.
events::v1::Event SampleEvent(int i, const std::string& state = "states/japan");

// "e0000042", and "events/e0000042".
std::string SampleId(int i);
std::string SampleName(int i);

// Creates the events [first, first + count).
events::v1::BatchCreateEventsRequest SampleBatch(int first, int count,
                                                 const std::string& state = "states/japan");

// Batches of 100 that create the events [first, first + count).
std::vector<grpc::ByteBuffer> SampleBatches(int first, int count,
                                            const std::string& state = "states/japan");

}  // namespace chancery::bench

#endif  // CHANCERY_TESTS_BENCH_SAMPLE_EVENTS_H_
