#ifndef CHANCERY_GATEWAY_CTL_REVISE_DRAFT_H_
#define CHANCERY_GATEWAY_CTL_REVISE_DRAFT_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"

// A record in a file, for an editor.

namespace chancery::ctl {

// The record as JSON, below a line for the note of the change.
std::string DraftOf(const google::protobuf::Message& record, const std::string& note);

// Reads a draft that was edited: the record into `record`, which is empty; returns the note.
// Lines that begin with # are no part of it. Errors as ReadJson.
absl::StatusOr<std::string> ReadDraft(const std::string& draft, google::protobuf::Message& record);

// A file of this text that only this user can read; its path. USAGE_INVALID if there is no room.
absl::StatusOr<std::string> KeepDraft(const std::string& text);

// Runs an editor ("vi", "code --wait") on a file and waits for it, then returns what is in the
// file. USAGE_INVALID naming the editor if it fails.
absl::StatusOr<std::string> EditFile(const std::string& editor, const std::string& path);

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_REVISE_DRAFT_H_
