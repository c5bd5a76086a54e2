#include "storage/store_meta.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"
#include "storage/engine_status.h"
#include "storage/key_codec.h"

namespace chancery::storage {
namespace {

struct Derivation {
  uint32_t version = 0;
  std::string unicode_version;

  std::string ToString() const { return absl::StrCat(version, "/", unicode_version); }
};

std::string Encode(const Derivation& derivation) {
  return KeyWriter().U32(derivation.version).Raw(derivation.unicode_version).key();
}

absl::StatusOr<std::optional<Derivation>> ReadDerivation(const Database& database, uint16_t table) {
  ASSIGN_OR_RETURN(const auto bytes, database.Get(Family::kMeta, DerivationKey(table)));
  if (!bytes.has_value()) return std::nullopt;
  KeyReader reader(*bytes);
  Derivation derivation;
  if (!reader.U32(derivation.version)) return CorruptError("a derivation version");
  derivation.unicode_version = std::string(reader.Rest());
  return derivation;
}

absl::Status StaleError(absl::string_view table, absl::string_view stored,
                        absl::string_view current) {
  return errors::Error(
      types::v1::DERIVATION_STALE,
      absl::StrCat("The indexes of ", table, " were derived under version ", stored, ", not ",
                   current, ". Rebuild them with `inspect reindex`."),
      {{"table", std::string(table)},
       {"stored", std::string(stored)},
       {"current", std::string(current)}});
}

void PutTable(const Database& database, const TableSpec& table, const Derivation& derivation,
              uint64_t complete_from, rocksdb::WriteBatch& batch) {
  database.Put(batch, Family::kMeta, DerivationKey(table.id), Encode(derivation));
  for (const IndexSpec& index : table.indexes) {
    database.Put(batch, Family::kMeta, CompleteFromKey(table.id, index.id),
                 EncodeSeq(complete_from));
  }
}

}  // namespace

absl::Status CheckFormat(const Database& database) {
  ASSIGN_OR_RETURN(const auto bytes, database.Get(Family::kMeta, FormatKey()));
  if (!bytes.has_value()) return absl::OkStatus();
  KeyReader reader(*bytes);
  uint32_t format;
  if (!reader.U32(format)) return CorruptError("the format version");
  if (format <= kFormatVersion) return absl::OkStatus();
  return errors::Error(
      types::v1::FORMAT_UNSUPPORTED,
      absl::StrCat("The store has the format ", format, "; this release reads up to ",
                   kFormatVersion, "."),
      {{"format", absl::StrCat(format)}, {"supported", absl::StrCat(kFormatVersion)}});
}

absl::Status AddTables(Database& database, const std::vector<const TableSpec*>& tables,
                       const std::string& unicode_version) {
  rocksdb::WriteBatch batch = Database::NewBatch();
  ASSIGN_OR_RETURN(const auto format, database.Get(Family::kMeta, FormatKey()));
  if (!format.has_value()) {
    database.Put(batch, Family::kMeta, FormatKey(), KeyWriter().U32(kFormatVersion).key());
  }
  for (const TableSpec* table : tables) {
    ASSIGN_OR_RETURN(const auto stored, ReadDerivation(database, table->id));
    if (stored.has_value()) continue;
    PutTable(database, *table, {table->derivation_version, unicode_version}, /*complete_from=*/0,
             batch);
  }
  return batch.Count() == 0 ? absl::OkStatus() : database.Write(batch, /*sync=*/true);
}

absl::Status CheckDerivations(const Database& database, const std::vector<const TableSpec*>& tables,
                              const std::string& unicode_version) {
  ASSIGN_OR_RETURN(const auto reindexing, database.Get(Family::kMeta, ReindexingKey()));
  if (reindexing.has_value()) return StaleError("all tables", "unfinished", "finished");
  for (const TableSpec* table : tables) {
    ASSIGN_OR_RETURN(const auto stored, ReadDerivation(database, table->id));
    if (!stored.has_value()) continue;
    const Derivation current{table->derivation_version, unicode_version};
    if (Encode(*stored) != Encode(current)) {
      return StaleError(table->name, stored->ToString(), current.ToString());
    }
  }
  return absl::OkStatus();
}

absl::Status BeginReindexing(Database& database) {
  rocksdb::WriteBatch batch = Database::NewBatch();
  database.Put(batch, Family::kMeta, ReindexingKey(), "");
  return database.Write(batch, /*sync=*/true);
}

absl::Status EndReindexing(Database& database, const std::vector<const TableSpec*>& tables,
                           const std::string& unicode_version, uint64_t complete_from) {
  rocksdb::WriteBatch batch = Database::NewBatch();
  for (const TableSpec* table : tables) {
    PutTable(database, *table, {table->derivation_version, unicode_version}, complete_from, batch);
  }
  database.Delete(batch, Family::kMeta, ReindexingKey());
  return database.Write(batch, /*sync=*/true);
}

absl::StatusOr<CompleteFrom> ReadCompleteFrom(const Database& database,
                                              const std::vector<const TableSpec*>& tables) {
  CompleteFrom complete_from;
  for (const TableSpec* table : tables) {
    for (const IndexSpec& index : table->indexes) {
      ASSIGN_OR_RETURN(const auto bytes,
                       database.Get(Family::kMeta, CompleteFromKey(table->id, index.id)));
      if (!bytes.has_value()) continue;
      uint64_t seq;
      if (!DecodeSeq(*bytes, seq)) return CorruptError("where an index is complete from");
      complete_from[{table->id, index.id}] = seq;
    }
  }
  return complete_from;
}

}  // namespace chancery::storage
