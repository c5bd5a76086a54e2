#include "storage/request_log.h"

#include <utility>

#include "proto/errors/status_macros.h"
#include "storage/engine_status.h"
#include "storage/key_codec.h"

namespace chancery::storage {
namespace {

// The two parts of the family.
constexpr uint8_t kResults = 1;
constexpr uint8_t kExpiryOrder = 2;

constexpr int kExpiredPerGroup = 16;

std::string ResultKey(absl::string_view principal, absl::string_view request_id) {
  return KeyWriter().U8(kResults).U16(kShard).Text(principal).Text(request_id).key();
}

std::string ExpiryKey(int64_t commit_time, uint64_t seq) {
  return KeyWriter().U8(kExpiryOrder).U16(kShard).I64(commit_time).U64(seq).key();
}

bool ParseExpiryKey(absl::string_view key, int64_t& commit_time, uint64_t& seq) {
  KeyReader reader(key);
  uint8_t part;
  uint16_t shard;
  return reader.U8(part) && part == kExpiryOrder && reader.U16(shard) && reader.I64(commit_time) &&
         reader.U64(seq) && reader.Rest().empty();
}

std::string EncodeResult(const RequestResult& result) {
  return KeyWriter().U64(result.seq).I64(result.commit_time).Raw(result.digest).key();
}

absl::StatusOr<RequestResult> DecodeResult(absl::string_view bytes) {
  KeyReader reader(bytes);
  RequestResult result;
  if (!reader.U64(result.seq) || !reader.I64(result.commit_time)) {
    return CorruptError("the result of a request");
  }
  result.digest = std::string(reader.Rest());
  return result;
}

absl::StatusOr<std::optional<RequestResult>> ReadResult(const Database& database,
                                                        absl::string_view key) {
  ASSIGN_OR_RETURN(const std::optional<std::string> bytes, database.Get(Family::kRequests, key));
  if (!bytes.has_value()) return std::nullopt;
  return DecodeResult(*bytes);
}

bool Expired(int64_t then, int64_t now) { return now - then >= kRequestLifeMicros; }

}  // namespace

absl::StatusOr<std::optional<RequestResult>> RequestLog::Find(absl::string_view principal,
                                                              absl::string_view request_id,
                                                              int64_t commit_time) const {
  const std::string key = ResultKey(principal, request_id);
  if (const auto open = open_.find(key); open != open_.end()) return open->second;
  ASSIGN_OR_RETURN(std::optional<RequestResult> result, ReadResult(*database_, key));
  if (result.has_value() && Expired(result->commit_time, commit_time)) return std::nullopt;
  return result;
}

void RequestLog::Add(absl::string_view principal, absl::string_view request_id,
                     RequestResult result, rocksdb::WriteBatch& batch) {
  std::string key = ResultKey(principal, request_id);
  database_->Put(batch, Family::kRequests, key, EncodeResult(result));
  database_->Put(batch, Family::kRequests, ExpiryKey(result.commit_time, result.seq), key);
  open_[std::move(key)] = std::move(result);
}

absl::Status RequestLog::Expire(int64_t commit_time, rocksdb::WriteBatch& batch) {
  if (commit_time < next_expiry_) return absl::OkStatus();
  if (oldest_.empty()) oldest_ = ExpiryKey(std::numeric_limits<int64_t>::min(), 0);
  const auto order =
      database_->Iterate(Family::kRequests, {oldest_, KeyWriter().U8(kExpiryOrder + 1).key()});
  next_expiry_ = commit_time + kRequestLifeMicros;
  int removed = 0;
  for ((*order)->SeekToFirst(); (*order)->Valid(); (*order)->Next(), ++removed) {
    int64_t then;
    uint64_t seq;
    if (!ParseExpiryKey(order->key(), then, seq)) return CorruptError("the order of requests");
    if (!Expired(then, commit_time) || removed == kExpiredPerGroup) {
      next_expiry_ = then + kRequestLifeMicros;
      oldest_ = std::string(order->key());
      return absl::OkStatus();
    }
    // The id may have been used again since; that result stays. One of the open group does too.
    ASSIGN_OR_RETURN(const auto result, ReadResult(*database_, order->value()));
    const bool current =
        result.has_value() && result->seq == seq && open_.count(std::string(order->value())) == 0;
    if (current) database_->Delete(batch, Family::kRequests, order->value());
    database_->Delete(batch, Family::kRequests, order->key());
  }
  return order->status();
}

}  // namespace chancery::storage
