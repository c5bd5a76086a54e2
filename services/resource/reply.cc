#include "services/resource/reply.h"

#include <memory>
#include <utility>

#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/util/time_util.h"
#include "google/protobuf/wire_format_lite.h"

namespace chancery::resource {
namespace {

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

void AppendHeader(int field, size_t length, std::string& out) {
  AppendVarint(WireFormatLite::MakeTag(field, WireFormatLite::WIRETYPE_LENGTH_DELIMITED), out);
  AppendVarint(static_cast<uint32_t>(length), out);
}

void AppendField(int field, absl::string_view bytes, std::string& out) {
  AppendHeader(field, bytes.size(), out);
  out.append(bytes.data(), bytes.size());
}

// A google.protobuf.Timestamp.
void AppendTime(int field, int64_t micros, std::string& out) {
  if (micros == 0) return;
  const auto time = google::protobuf::util::TimeUtil::MicrosecondsToTimestamp(micros);
  AppendHeader(field, time.ByteSizeLong(), out);
  time.AppendToString(&out);
}

// Lends the pinned bytes of a version to gRPC, which lets go of them when they are sent.
grpc::Slice Lend(storage::Version version) {
  const absl::string_view payload = version.payload;
  auto* pinned = version.pinned.release();
  return grpc::Slice(
      const_cast<char*>(payload.data()), payload.size(),
      [](void* held) { delete static_cast<rocksdb::PinnableSlice*>(held); }, pinned);
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

std::vector<grpc::Slice> RecordReply(const Context& context, absl::string_view name,
                                     storage::Version version) {
  std::vector<grpc::Slice> slices;
  slices.reserve(2);
  grpc::Slice outputs(OutputFields(context, name, version));
  slices.push_back(Lend(std::move(version)));
  slices.push_back(std::move(outputs));
  return slices;
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

std::vector<grpc::Slice> ListReply::Release() {
  std::vector<grpc::Slice> slices;
  slices.emplace_back(std::move(bytes_));
  return slices;
}

}  // namespace chancery::resource
