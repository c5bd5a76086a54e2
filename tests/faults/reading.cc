#include "tests/faults/reading.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "proto/errors/status_macros.h"

namespace chancery::faults {
namespace {

using storage::Cursor;
using storage::Entries;
using storage::Note;
using storage::NotesTable;
using storage::ReadView;
using storage::Version;

constexpr uint64_t kRepeatedRequests = 8;

// nullopt: there is none; empty: it is deleted.
using Message = std::optional<std::string>;

absl::StatusOr<Message> ToMessage(const absl::StatusOr<std::optional<Version>>& version) {
  RETURN_IF_ERROR(version.status());
  if (!version->has_value()) return Message();
  Note note;
  RETURN_IF_ERROR((*version)->ParseTo(note));
  if ((*version)->header.deleted()) return Message("");
  return Message(note.message());
}

class Reader {
 public:
  Reader(storage::NoteStore& store, const History& history) : store_(store), history_(history) {}

  Reading Run() {
    const uint64_t last = store_->Latest().seq();
    ReadAt("now", store_->Latest(), last);
    for (const uint64_t seq : {last / 4, last / 2}) {
      if (seq == 0) continue;
      const absl::StatusOr<ReadView> by_seq = store_->ViewAtSeq(seq);
      if (Succeeded(by_seq.status())) ReadAt("by seq", *by_seq, seq);
      const absl::StatusOr<ReadView> by_time = store_.ViewAt(history_.at(seq).commit_time);
      if (Succeeded(by_time.status())) Hold("a moment by time", by_time->seq(), seq);
    }
    ReadVersions(store_->Latest());
    RepeatRequests(last);
    return std::move(reading_);
  }

 private:
  bool Succeeded(const absl::Status& status) {
    if (!status.ok()) ++reading_.errors;
    return status.ok();
  }

  template <typename T>
  void Hold(absl::string_view what, const T& answer, const T& expected) {
    if (answer != expected) reading_.wrong.emplace_back(what);
  }

  void ReadAt(absl::string_view when, const ReadView& view, uint64_t seq) {
    const auto notes = history_.NotesAt(seq);
    ReadOneByOne(when, view, notes);
    ReadTogether(when, view, notes);
    Entries names;
    for (const auto& [name, message] : notes) names.emplace_back(name, name);
    ReadRange(absl::StrCat("a scan ", when), view.Scan(NotesTable(), {}), names);
    std::reverse(names.begin(), names.end());
    ReadRange(absl::StrCat("a scan backwards ", when),
              view.Scan(NotesTable(), {.from = "", .to = "", .reverse = true}), names);
    for (const uint16_t index : {storage::kByMessage, storage::kByWord}) {
      ReadRange(absl::StrCat("index ", index, " ", when),
                view.ScanIndex(NotesTable(), storage::NotesIndex(index), {}),
                history_.IndexAt(seq, index));
    }
  }

  void ReadOneByOne(absl::string_view when, const ReadView& view,
                    const std::map<std::string, std::string>& notes) {
    for (const auto& [name, message] : notes) {
      const auto read = ToMessage(view.Get(NotesTable(), name));
      if (Succeeded(read.status())) Hold(absl::StrCat(name, " ", when), *read, Message(message));
    }
    const auto none = ToMessage(view.Get(NotesTable(), "notes/none"));
    if (Succeeded(none.status())) Hold("a note that was never written", *none, Message());
  }

  void ReadTogether(absl::string_view when, const ReadView& view,
                    const std::map<std::string, std::string>& notes) {
    std::vector<std::string> names;
    for (const auto& [name, message] : notes) names.push_back(name);
    auto versions = view.MultiGet(NotesTable(), names);
    if (!Succeeded(versions.status())) return;
    for (size_t i = 0; i < names.size(); ++i) {
      const auto read = ToMessage(std::move((*versions)[i]));
      if (!Succeeded(read.status())) continue;
      Hold(absl::StrCat(names[i], " among others ", when), *read, Message(notes.at(names[i])));
    }
  }

  void ReadRange(absl::string_view what, const std::unique_ptr<Cursor>& cursor,
                 const Entries& expected) {
    Entries read;
    for (; cursor->Valid(); cursor->Next()) read.emplace_back(cursor->key(), cursor->name());
    if (Succeeded(cursor->status())) return Hold(what, read, expected);
    if (read.size() < expected.size()) ++reading_.short_scans;
    // What it did answer before it failed is right.
    read.resize(std::min(read.size(), expected.size()));
    Hold(absl::StrCat("the part of ", what), read,
         Entries(expected.begin(), expected.begin() + static_cast<ptrdiff_t>(read.size())));
  }

  void ReadVersions(const ReadView& view) {
    for (const auto& [name, message] : history_.NotesAt(view.seq())) {
      auto versions = view.History(NotesTable(), name, 0, 1000);
      if (!Succeeded(versions.status())) continue;
      std::vector<std::string> messages;
      for (Version& version : *versions) {
        const auto read = ToMessage(std::optional<Version>(std::move(version)));
        if (!Succeeded(read.status())) break;
        messages.push_back(**read);
      }
      if (messages.size() != versions->size()) continue;
      Hold(absl::StrCat("versions of ", name), messages, history_.MessagesOf(name, view.seq()));
    }
  }

  // A repetition is answered from the first commit or not at all; it is never another commit.
  void RepeatRequests(uint64_t last) {
    for (uint64_t i = 1; i <= kRepeatedRequests && i <= last; ++i) {
      const uint64_t seq = last * i / kRepeatedRequests;
      const NoteCommit& first = history_.at(seq);
      const auto commit = store_.Put(first.name, first.message, first.request_id);
      if (Succeeded(commit.status()) && commit->seq != seq) ++reading_.forgotten;
    }
  }

  storage::NoteStore& store_;
  const History& history_;
  Reading reading_;
};

}  // namespace

Reading ReadEverything(storage::NoteStore& store, const History& history) {
  return Reader(store, history).Run();
}

}  // namespace chancery::faults
