#ifndef CHANCERY_SERVICES_AGREEMENTS_SOURCE_TEXT_H_
#define CHANCERY_SERVICES_AGREEMENTS_SOURCE_TEXT_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "chancery/agreements/v1/chunk.pb.h"
#include "chancery/agreements/v1/source.pb.h"
#include "chancery/types/v1/citation.pb.h"
#include "chancery/types/v1/quotation.pb.h"
#include "google/protobuf/message.h"
#include "storage/read_view.h"
#include "storage/sequencer.h"
#include "storage/table_spec.h"

// The texts of sources, which lie in the store as chunks of 16 384 code points each, and what
// citations quote of them.

namespace chancery::agreements {

inline constexpr int32_t kChunkCodePoints = 16'384;
// A text of more code points is not kept: its chunks would need more digits than their names have.
inline constexpr int32_t kMaxTextCodePoints = 1000 * kChunkCodePoints;

// "chunks/founding-brief-0003" of "sources/founding-brief".
std::string ChunkName(absl::string_view source, int32_t index);

// How many chunks a text has.
int32_t ChunkCount(int32_t code_points);

// "sha256:" and 64 digits.
std::string DigestOf(absl::string_view bytes);

// How a record's version is read: from a view, or from a transaction.
using ReadVersion = std::function<absl::StatusOr<std::optional<storage::Version>>(
    const storage::TableSpec& table, absl::string_view name)>;
ReadVersion ReaderOf(const storage::ReadView& view);
ReadVersion ReaderOf(storage::Transaction& transaction);

// Reads texts at one moment, for any number of citations: what a citation costs depends on its
// span, not on the text. A text is loaded if its last chunk is live and of the version that its
// source names: chunk_spec.h sees to it that all were there when that was written, and were that
// document. What a chunk had that has since been replaced by one of another version is not loaded.
// Not thread-safe.
class SourceTexts {
 public:
  explicit SourceTexts(ReadVersion read) : read_(std::move(read)) {}

  // Compares a citation with the text that it names. The segments are left out. An error is one of
  // the store's.
  absl::StatusOr<types::v1::Quotation> Resolve(const types::v1::Citation& citation);

  // The source as recorded; an empty one if there is none.
  absl::StatusOr<const v1::Source*> SourceCalled(const std::string& name);

 private:
  struct Text {
    v1::Source source;
    bool loaded = false;
  };

  absl::StatusOr<const Text*> Find(const std::string& source);
  // Null unless the chunk is live and of the source's version.
  absl::StatusOr<const v1::Chunk*> FindChunk(const v1::Source& source, int32_t index);
  absl::StatusOr<bool> Slice(const v1::Source& source, const types::v1::Citation& citation,
                             types::v1::Quotation& quotation);

  const ReadVersion read_;
  std::map<std::string, Text> texts_;
  // The chunk that was read last.
  std::string chunk_name_;
  v1::Chunk chunk_;
};

// The WriteCheck of kinds with citations: CITATION_MISMATCH if one of them is not what the loaded
// text of its source says. A citation of a text that is not loaded passes.
absl::Status CheckCitations(storage::Transaction& transaction,
                            const google::protobuf::Message* before,
                            const google::protobuf::Message* after);

}  // namespace chancery::agreements

#endif  // CHANCERY_SERVICES_AGREEMENTS_SOURCE_TEXT_H_
