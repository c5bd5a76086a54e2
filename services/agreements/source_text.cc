#include "services/agreements/source_text.h"

#include <algorithm>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "proto/errors/error.h"
#include "proto/errors/status_macros.h"
#include "services/agreements/chunk_spec.h"
#include "services/agreements/source_spec.h"
#include "services/resource/annotations.h"
#include "services/resource/text.h"
#include "storage/sha256.h"

namespace chancery::agreements {
namespace {

using google::protobuf::Message;
using types::v1::Citation;
using types::v1::Quotation;

// Where a code point begins in `text`; its size for the one after the last.
size_t ByteOf(absl::string_view text, int32_t code_point) {
  size_t byte = 0;
  for (; byte < text.size(); ++byte) {
    const bool starts = (text[byte] & 0xC0) != 0x80;
    if (starts && code_point-- == 0) break;
  }
  return byte;
}

Quotation Mismatch(const char* rule) {
  Quotation quotation;
  quotation.set_verification(Quotation::MISMATCH);
  quotation.set_rule(rule);
  return quotation;
}

}  // namespace

std::string ChunkName(absl::string_view source, int32_t index) {
  return absl::StrFormat("chunks/%s-%04d", absl::StripPrefix(source, "sources/"), index);
}

int32_t ChunkCount(int32_t code_points) {
  return (code_points + kChunkCodePoints - 1) / kChunkCodePoints;
}

std::string DigestOf(absl::string_view bytes) {
  return absl::StrCat("sha256:", absl::BytesToHexString(storage::Sha256().Update(bytes).Finish()));
}

ReadVersion ReaderOf(const storage::ReadView& view) {
  return [view](const storage::TableSpec& table, absl::string_view name) {
    return view.Get(table, name);
  };
}

ReadVersion ReaderOf(storage::Transaction& transaction) {
  return [&transaction](const storage::TableSpec& table, absl::string_view name) {
    return transaction.Get(table, name);
  };
}

absl::StatusOr<const v1::Chunk*> SourceTexts::FindChunk(const v1::Source& source, int32_t index) {
  std::string name = ChunkName(source.name(), index);
  if (name != chunk_name_) {
    chunk_.Clear();
    ASSIGN_OR_RETURN(const auto version, read_(*ChunkSpec().table, name));
    if (version.has_value() && !version->header.deleted()) {
      RETURN_IF_ERROR(version->ParseTo(chunk_));
    }
    chunk_name_ = std::move(name);
  }
  return !chunk_.digest().empty() && chunk_.digest() == source.digest() ? &chunk_ : nullptr;
}

absl::StatusOr<const SourceTexts::Text*> SourceTexts::Find(const std::string& source) {
  const auto [it, is_new] = texts_.try_emplace(source);
  Text& text = it->second;
  if (!is_new) return &text;
  ASSIGN_OR_RETURN(const auto version, read_(*SourceSpec().table, source));
  if (!version.has_value()) return &text;
  RETURN_IF_ERROR(version->ParseTo(text.source));
  text.source.set_name(source);
  const int32_t count = ChunkCount(text.source.code_points());
  if (count == 0) return &text;
  ASSIGN_OR_RETURN(const v1::Chunk* last, FindChunk(text.source, count - 1));
  text.loaded =
      last != nullptr && last->start() + static_cast<int64_t>(resource::CodePoints(last->text())) ==
                             text.source.code_points();
  return &text;
}

absl::StatusOr<const v1::Source*> SourceTexts::SourceCalled(const std::string& name) {
  ASSIGN_OR_RETURN(const Text* text, Find(name));
  return &text->source;
}

absl::StatusOr<bool> SourceTexts::Slice(const v1::Source& source, const Citation& citation,
                                        Quotation& quotation) {
  int32_t at = citation.start();
  while (at < citation.end()) {
    ASSIGN_OR_RETURN(const v1::Chunk* chunk, FindChunk(source, at / kChunkCodePoints));
    if (chunk == nullptr) return false;
    const int32_t end = std::min(citation.end(), chunk->start() + kChunkCodePoints);
    const size_t from = ByteOf(chunk->text(), at - chunk->start());
    const size_t to = ByteOf(chunk->text(), end - chunk->start());
    if (at == citation.start()) {
      quotation.set_start_byte(chunk->start_byte() + static_cast<int32_t>(from));
    }
    quotation.set_end_byte(chunk->start_byte() + static_cast<int32_t>(to));
    quotation.mutable_text()->append(chunk->text(), from, to - from);
    at = end;
  }
  return true;
}

absl::StatusOr<Quotation> SourceTexts::Resolve(const Citation& citation) {
  ASSIGN_OR_RETURN(const Text* text, Find(citation.source()));
  Quotation quotation;
  quotation.set_verification(Quotation::TEXT_NOT_LOADED);
  if (!text->loaded) return quotation;
  const v1::Source& source = text->source;
  if (!citation.digest().empty() && citation.digest() != source.digest()) return Mismatch("digest");
  if (citation.start() < 0 || citation.end() < citation.start() ||
      citation.end() > source.code_points()) {
    return Mismatch("span");
  }
  ASSIGN_OR_RETURN(const bool there, Slice(source, citation, quotation));
  if (!there) {
    quotation.Clear();
    quotation.set_verification(Quotation::TEXT_NOT_LOADED);
    return quotation;
  }
  if (!citation.slice_digest().empty() && citation.slice_digest() != DigestOf(quotation.text())) {
    return Mismatch("slice_digest");
  }
  if (!citation.exact().empty() && citation.exact() != quotation.text()) return Mismatch("exact");
  quotation.set_verification(Quotation::VERIFIED);
  return quotation;
}

absl::Status CheckCitations(storage::Transaction& transaction, const Message* /*before*/,
                            const Message* after) {
  if (after == nullptr) return absl::OkStatus();
  SourceTexts texts(ReaderOf(transaction));
  return resource::ForEachCitation(
      *after, [&](absl::FunctionRef<std::string()> path, const Citation& citation) -> absl::Status {
        ASSIGN_OR_RETURN(const Quotation quotation, texts.Resolve(citation));
        if (quotation.verification() != Quotation::MISMATCH) return absl::OkStatus();
        return errors::Error(
            types::v1::CITATION_MISMATCH,
            absl::StrCat(path(), " differs from the text of ", citation.source(), ": ",
                         quotation.rule()),
            {{"field", path()}, {"source", citation.source()}, {"rule", quotation.rule()}});
      });
}

}  // namespace chancery::agreements
