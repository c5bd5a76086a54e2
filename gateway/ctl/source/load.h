#ifndef CHANCERY_GATEWAY_CTL_SOURCE_LOAD_H_
#define CHANCERY_GATEWAY_CTL_SOURCE_LOAD_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "chancery/gateway/v1/gateway_service.pb.h"
#include "gateway/ctl/call/client.h"
#include "gateway/ctl/source/document.h"

namespace chancery::ctl {

struct LoadOptions {
  // Why, for those who read the history.
  std::string note;
  // Called now and then with what has been written and all that there is.
  std::function<void(int done, int total)> progress;
};

// Puts a document's text and segments into a register, then has all citations of it verified. Run
// again it goes on where it was broken off, and changes nothing where all is in. The text is loaded
// with its last chunk; until then nothing is quoted from it.
//
// TEXT_MISMATCH, before anything is written, if the document is not the one that the source is
// about; else the register's own errors.
absl::StatusOr<gateway::v1::SourceCoverage> LoadDocument(
    const Client& client, const std::string& source, const Document& document,
    const std::vector<agreements::v1::Segment>& segments, const LoadOptions& options);

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_SOURCE_LOAD_H_
