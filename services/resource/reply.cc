#include "services/resource/reply.h"

#include <algorithm>
#include <utility>

#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/wire_format_lite.h"

namespace chancery::resource {
namespace {

using google::protobuf::Timestamp;
using google::protobuf::internal::WireFormatLite;

constexpr int kEtagField = 50;
constexpr int kCreateTimeField = 51;
constexpr int kUpdateTimeField = 52;
constexpr int kDeleteTimeField = 53;

void AppendVarint(uint32_t value, std::string& out) {
  uint8_t buffer[5];
  const uint8_t* end = google::protobuf::io::CodedOutputStream::WriteVarint32ToArray(value, buffer);
  out.append(reinterpret_cast<const char*>(buffer), end - buffer);
}

// As a field of type int64.
void AppendInt(int field, int64_t value, std::string& out) {
  uint8_t buffer[16];
  const uint8_t* end = WireFormatLite::WriteInt64ToArray(field, value, buffer);
  out.append(reinterpret_cast<const char*>(buffer), end - buffer);
}

void AppendHeader(int field, size_t length, std::string& out) {
  AppendVarint(WireFormatLite::MakeTag(field, WireFormatLite::WIRETYPE_LENGTH_DELIMITED), out);
  AppendVarint(static_cast<uint32_t>(length), out);
}

void AppendField(int field, absl::string_view bytes, std::string& out) {
  AppendHeader(field, bytes.size(), out);
  out.append(bytes.data(), bytes.size());
}

// A google.protobuf.Timestamp: seconds, and nanoseconds from 0 up. Written by hand: there are up to
// three in each record of each reply, and messages made for them stood first in the profile.
void AppendTime(int field, int64_t micros, std::string& out) {
  if (micros == 0) return;
  constexpr int64_t kMicrosPerSecond = 1'000'000;
  int64_t seconds = micros / kMicrosPerSecond;
  int64_t rest = micros % kMicrosPerSecond;
  if (rest < 0) {
    rest += kMicrosPerSecond;
    --seconds;
  }
  std::string time;
  if (seconds != 0) AppendInt(Timestamp::kSecondsFieldNumber, seconds, time);
  if (rest != 0) AppendInt(Timestamp::kNanosFieldNumber, rest * 1000, time);
  AppendField(field, time, out);
}

}  // namespace

std::string OutputFields(const Context& context, absl::string_view name,
                         const storage::Version& version) {
  std::string out;
  out.reserve(160);
  AppendField(kEtagField, context.EtagOf(name, version.seq), out);
  AppendTime(kCreateTimeField, version.header.create_time, out);
  AppendTime(kUpdateTimeField, version.header.update_time, out);
  AppendTime(kDeleteTimeField, version.header.delete_time, out);
  return out;
}

grpc::Slice RecordReply(const Context& context, absl::string_view name,
                        const storage::Version& version) {
  const std::string outputs = OutputFields(context, name, version);
  grpc::Slice reply(version.payload.size() + outputs.size());
  auto* bytes = const_cast<uint8_t*>(reply.begin());
  bytes = std::copy(version.payload.begin(), version.payload.end(), bytes);
  std::copy(outputs.begin(), outputs.end(), bytes);
  return reply;
}

void ListReply::AddRecord(const Context& context, absl::string_view name,
                          const storage::Version& version) {
  const std::string outputs = OutputFields(context, name, version);
  AppendHeader(1, version.payload.size() + outputs.size(), bytes_);
  bytes_.append(version.payload.data(), version.payload.size());
  bytes_.append(outputs);
}

void ListReply::AddBytes(int field, absl::string_view bytes) {
  if (!bytes.empty()) AppendField(field, bytes, bytes_);
}

grpc::Slice ListReply::Release() { return grpc::Slice(std::exchange(bytes_, "")); }

}  // namespace chancery::resource
