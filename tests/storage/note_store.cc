#include "tests/storage/note_store.h"

#include <algorithm>
#include <future>
#include <utility>

#include "absl/strings/str_split.h"
#include "proto/errors/status_macros.h"
#include "storage/key_codec.h"

namespace chancery::storage {
namespace {

const Note& AsNote(const google::protobuf::Message& record) {
  return static_cast<const Note&>(record);
}

void EmitMessage(const google::protobuf::Message& record, IndexKeys& keys) {
  keys.push_back(KeyWriter().Text(AsNote(record).message()).key());
}

void EmitWords(const google::protobuf::Message& record, IndexKeys& keys) {
  for (const auto& word : absl::StrSplit(AsNote(record).message(), ' ')) {
    keys.push_back(KeyWriter().Text(word).key());
  }
}

void EmitInitials(const google::protobuf::Message& record, IndexKeys& keys) {
  for (const auto& word : absl::StrSplit(AsNote(record).message(), ' ', absl::SkipEmpty())) {
    keys.push_back(KeyWriter().Text(word.substr(0, 1)).key());
  }
}

const IndexSpec kIndexes[] = {{kByMessage, "by_message", EmitMessage},
                              {kByWord, "by_word", EmitWords}};
const IndexSpec kIndexesAnew[] = {{kByMessage, "by_message", EmitMessage},
                                  {kByWord, "by_word", EmitInitials}};

Mutation NewMutation(absl::AnyInvocable<absl::Status(Transaction&)> apply) {
  Mutation mutation;
  mutation.principal = "tester";
  mutation.apply = std::move(apply);
  return mutation;
}

}  // namespace

const TableSpec& NotesTable() {
  static const TableSpec table{kNotesTable, "notes", 1, &Note::default_instance(), kIndexes};
  return table;
}

const TableSpec& NotesTableDerivedAnew() {
  static const TableSpec table{kNotesTable, "notes", 2, &Note::default_instance(), kIndexesAnew};
  return table;
}

const IndexSpec& NotesIndex(uint16_t index) { return kIndexes[index - 1]; }

NoteStore::NoteStore() : owned_env_(rocksdb::NewMemEnv(rocksdb::Env::Default())) {
  options.env = owned_env_.get();
  options.path = "/notes";
}

NoteStore::NoteStore(rocksdb::Env* env, std::string path) {
  options.env = env;
  options.path = std::move(path);
}

absl::Status NoteStore::Open() {
  Close();
  options.clock = &clock;
  if (options.tables.empty()) options.tables = {&NotesTable()};
  options.on_fatal = [this](absl::Status) { ++fatal_calls_; };
  ASSIGN_OR_RETURN(store_, Store::Open(options));
  return absl::OkStatus();
}

absl::StatusOr<Commit> NoteStore::Submit(Mutation mutation) {
  std::promise<absl::StatusOr<Commit>> result;
  store_->sequencer().Submit(std::move(mutation), [&](absl::StatusOr<Commit> commit) {
    result.set_value(std::move(commit));
  });
  return result.get_future().get();
}

absl::StatusOr<Commit> NoteStore::Put(const std::string& name, const std::string& message,
                                      const std::string& request_id) {
  Mutation mutation = WriteNotes({{name, message}});
  mutation.request_id = request_id;
  mutation.request_digest = name + "=" + message;
  return Submit(std::move(mutation));
}

absl::StatusOr<Commit> NoteStore::PutAll(
    const std::vector<std::pair<std::string, std::string>>& notes) {
  return Submit(WriteNotes(notes));
}

absl::StatusOr<ReadView> NoteStore::ViewAt(int64_t known_at) {
  std::promise<absl::StatusOr<ReadView>> result;
  store_->ViewAt(known_at, [&](absl::StatusOr<ReadView> view) { result.set_value(view); });
  return result.get_future().get();
}

Mutation WriteNotes(std::vector<std::pair<std::string, std::string>> notes) {
  return NewMutation([notes = std::move(notes)](Transaction& transaction) -> absl::Status {
    for (const auto& [name, message] : notes) {
      Note note;
      note.set_message(message);
      RETURN_IF_ERROR(transaction.Put(NotesTable(), name, note, message.empty()));
    }
    return absl::OkStatus();
  });
}

absl::StatusOr<std::optional<std::string>> MessageAt(const ReadView& view,
                                                     const std::string& name) {
  ASSIGN_OR_RETURN(const std::optional<Version> version, view.Get(NotesTable(), name));
  if (!version.has_value() || version->header.deleted()) return std::nullopt;
  Note note;
  RETURN_IF_ERROR(version->ParseTo(note));
  return note.message();
}

absl::StatusOr<std::map<std::string, std::string>> NotesAt(const ReadView& view) {
  std::vector<std::string> names;
  const auto cursor = view.Scan(NotesTable(), {});
  for (; cursor->Valid(); cursor->Next()) names.emplace_back(cursor->name());
  RETURN_IF_ERROR(cursor->status());
  ASSIGN_OR_RETURN(const auto versions, view.MultiGet(NotesTable(), names));
  std::map<std::string, std::string> notes;
  for (size_t i = 0; i < names.size(); ++i) {
    if (!versions[i].has_value()) return absl::InternalError("scanned but not found: " + names[i]);
    if (versions[i]->header.deleted()) continue;
    Note note;
    RETURN_IF_ERROR(versions[i]->ParseTo(note));
    notes[names[i]] = note.message();
  }
  return notes;
}

absl::StatusOr<Entries> IndexAt(const ReadView& view, uint16_t index) {
  Entries entries;
  const auto cursor = view.ScanIndex(NotesTable(), NotesIndex(index), {});
  for (; cursor->Valid(); cursor->Next()) {
    entries.emplace_back(cursor->key(), cursor->name());
  }
  RETURN_IF_ERROR(cursor->status());
  return entries;
}

absl::StatusOr<Entries> BruteForceAt(const ReadView& view, const TableSpec& table, uint16_t index) {
  ASSIGN_OR_RETURN(const auto notes, NotesAt(view));
  Entries entries;
  for (const auto& [name, message] : notes) {
    Note note;
    note.set_message(message);
    IndexKeys keys;
    table.indexes[index - 1].emit(note, keys);
    for (const std::string& key : keys) {
      entries.emplace_back(KeyWriter().Raw(key).U8(0).Raw(name).key(), name);
    }
  }
  std::sort(entries.begin(), entries.end());
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  return entries;
}

}  // namespace chancery::storage
