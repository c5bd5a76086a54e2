#include "services/agreements/chunk_spec.h"

#include <algorithm>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "chancery/agreements/v1/chunk.pb.h"
#include "chancery/agreements/v1/source.pb.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"
#include "services/agreements/source_spec.h"
#include "services/agreements/source_text.h"
#include "services/resource/index_keys.h"
#include "services/resource/text.h"
#include "storage/sha256.h"

namespace chancery::agreements {
namespace {

using google::protobuf::Message;
using storage::IndexKeys;
using storage::Transaction;

const v1::Chunk& AsChunk(const Message& record) { return static_cast<const v1::Chunk&>(record); }

constexpr storage::IndexSpec kIndexes[] = {
    {.id = 1,
     .name = "by_source",
     .emit = [](const Message& record,
                IndexKeys& keys) { resource::AddKey(AsChunk(record).source(), keys); }},
};

absl::Status Mismatch(const std::string& source, const char* field, const char* rule,
                      absl::string_view sentence) {
  return errors::Error(
      types::v1::TEXT_MISMATCH, absl::StrCat("chunk.", field, ": ", sentence),
      {{"field", absl::StrCat("chunk.", field)}, {"source", source}, {"rule", rule}});
}

absl::Status Incomplete(const std::string& source, const std::string& chunk,
                        absl::string_view sentence) {
  return errors::Error(types::v1::TEXT_INCOMPLETE, absl::StrCat(chunk, " ", sentence),
                       {{"source", source}, {"chunk", chunk}});
}

// The check of one write: the text as it will be once `after` has been written.
class TextCheck {
 public:
  TextCheck(Transaction& transaction, const v1::Chunk& chunk)
      : transaction_(transaction), chunk_(chunk) {}

  absl::Status Deletion() {
    RETURN_IF_ERROR(ReadSource());
    const int32_t last = ChunkCount(source_.code_points()) - 1;
    if (chunk_.digest() != source_.digest() || Index() >= last) return absl::OkStatus();
    ASSIGN_OR_RETURN(const bool closed, Read(last, other_));
    if (!closed) return absl::OkStatus();
    return Incomplete(chunk_.source(), ChunkName(chunk_.source(), last), "must be deleted first");
  }

  absl::Status Write(const v1::Chunk* before) {
    RETURN_IF_ERROR(ReadSource());
    if (chunk_.digest() != source_.digest()) {
      // The text of an older version is not shown, so it may stay as it is.
      if (before != nullptr && HasSameText(*before)) return absl::OkStatus();
      return Mismatch(chunk_.source(), "digest", "digest", "is not the digest of the source");
    }
    RETURN_IF_ERROR(CheckPlace());
    RETURN_IF_ERROR(CheckPrevious());
    const int32_t last = ChunkCount(source_.code_points()) - 1;
    bool closed = Index() == last;
    if (!closed) {
      ASSIGN_OR_RETURN(closed, Read(last, other_));
    }
    return closed ? CheckWhole(last) : absl::OkStatus();
  }

 private:
  bool HasSameText(const v1::Chunk& before) const {
    return before.digest() == chunk_.digest() && before.start() == chunk_.start() &&
           before.start_byte() == chunk_.start_byte() && before.text() == chunk_.text();
  }

  int32_t Index() const { return chunk_.start() / kChunkCodePoints; }

  absl::Status ReadSource() {
    ASSIGN_OR_RETURN(const auto version, transaction_.Get(*SourceSpec().table, chunk_.source()));
    return version.has_value() ? version->ParseTo(source_) : absl::OkStatus();
  }

  // Whether the chunk is live and of the source's version.
  absl::StatusOr<bool> Read(int32_t index, v1::Chunk& chunk) {
    ASSIGN_OR_RETURN(const auto version,
                     transaction_.Get(*ChunkSpec().table, ChunkName(chunk_.source(), index)));
    if (!version.has_value() || version->header.deleted()) return false;
    chunk.Clear();
    RETURN_IF_ERROR(version->ParseTo(chunk));
    return chunk.digest() == source_.digest();
  }

  absl::Status CheckPlace() const {
    const int32_t length = source_.code_points();
    if (length > kMaxTextCodePoints) {
      return Mismatch(chunk_.source(), "source", "length", "the document is too long to be kept");
    }
    if (chunk_.start() < 0 || chunk_.start() % kChunkCodePoints != 0 || chunk_.start() >= length) {
      return Mismatch(chunk_.source(), "start", "start", "no chunk begins there");
    }
    if (chunk_.name() != ChunkName(chunk_.source(), Index())) {
      return Mismatch(chunk_.source(), "name", "name",
                      absl::StrCat("this chunk is called ", ChunkName(chunk_.source(), Index())));
    }
    const int32_t wanted = std::min(kChunkCodePoints, length - chunk_.start());
    if (resource::CodePoints(chunk_.text()) != static_cast<size_t>(wanted)) {
      return Mismatch(chunk_.source(), "text", "length",
                      absl::StrCat("there must be ", wanted, " code points in it"));
    }
    return absl::OkStatus();
  }

  absl::Status CheckPrevious() {
    const std::string previous = Index() == 0 ? "" : ChunkName(chunk_.source(), Index() - 1);
    if (chunk_.previous() != previous) {
      return Mismatch(chunk_.source(), "previous", "previous",
                      absl::StrCat("must be \"", previous, "\""));
    }
    int32_t start_byte = 0;
    if (Index() > 0) {
      ASSIGN_OR_RETURN(const bool there, Read(Index() - 1, other_));
      if (!there) return Incomplete(chunk_.source(), previous, "must be written first");
      start_byte = other_.start_byte() + static_cast<int32_t>(other_.text().size());
    }
    if (chunk_.start_byte() == start_byte) return absl::OkStatus();
    return Mismatch(chunk_.source(), "start_byte", "start_byte",
                    absl::StrCat("the chunk begins with byte ", start_byte));
  }

  // All chunks together must be the document.
  absl::Status CheckWhole(int32_t last) {
    storage::Sha256 digest;
    int32_t bytes = 0;
    for (int32_t i = 0; i <= last; ++i) {
      const v1::Chunk* chunk = &chunk_;
      if (i != Index()) {
        ASSIGN_OR_RETURN(const bool there, Read(i, other_));
        if (!there) {
          return Incomplete(chunk_.source(), ChunkName(chunk_.source(), i), "is missing");
        }
        chunk = &other_;
      }
      if (chunk->start_byte() != bytes) {
        return Mismatch(chunk_.source(), "start_byte", "start_byte",
                        absl::StrCat(chunk->name(), " begins with byte ", bytes));
      }
      digest.Update(chunk->text());
      bytes += static_cast<int32_t>(chunk->text().size());
    }
    if (absl::StrCat("sha256:", absl::BytesToHexString(digest.Finish())) == source_.digest()) {
      return absl::OkStatus();
    }
    return Mismatch(chunk_.source(), "text", "digest",
                    "the text is not the document of the source");
  }

  Transaction& transaction_;
  const v1::Chunk& chunk_;
  v1::Source source_;
  v1::Chunk other_;
};

absl::Status CheckChunk(Transaction& transaction, const Message* before, const Message* after) {
  if (after == nullptr) return TextCheck(transaction, AsChunk(*before)).Deletion();
  return TextCheck(transaction, AsChunk(*after))
      .Write(before == nullptr ? nullptr : &AsChunk(*before));
}

}  // namespace

const resource::ResourceSpec& ChunkSpec() {
  static const storage::TableSpec table = {.id = 7,
                                           .name = "chunks",
                                           .derivation_version = 1,
                                           .prototype = &v1::Chunk::default_instance(),
                                           .indexes = kIndexes};
  static const resource::ResourceSpec* const spec = new resource::ResourceSpec{
      .table = &table,
      .list_indexes = {{&kIndexes[0], {"source"}, resource::Order::kName}},
      .check = CheckChunk,
  };
  return *spec;
}

}  // namespace chancery::agreements
