#include "services/resource/cites.h"

#include <set>

#include "services/resource/annotations.h"
#include "services/resource/index_keys.h"

namespace chancery::resource {

using google::protobuf::Message;
using storage::IndexKeys;

std::vector<std::string> SourcesCited(const Message& record) {
  std::set<std::string> sources;
  const auto add = [&](absl::FunctionRef<std::string()>, const types::v1::Citation& citation) {
    sources.insert(citation.source());
    return absl::OkStatus();
  };
  ForEachCitation(record, add).IgnoreError();  // `add` has no errors
  return {sources.begin(), sources.end()};
}

void AddCites(const Message& record, IndexKeys& keys) {
  for (const std::string& source : SourcesCited(record)) AddKey(source, keys);
}

void AddTimedCites(const Message& record, TimeKey time, IndexKeys& keys) {
  for (const std::string& source : SourcesCited(record)) AddTimedKey(source, time, keys);
}

}  // namespace chancery::resource
