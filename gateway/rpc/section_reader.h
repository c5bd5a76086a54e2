#ifndef CHANCERY_GATEWAY_RPC_SECTION_READER_H_
#define CHANCERY_GATEWAY_RPC_SECTION_READER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "chancery/gateway/v1/gateway_service.pb.h"
#include "chancery/gateway/v1/token.pb.h"
#include "chancery/people/v1/state.pb.h"
#include "gateway/dossier/directory.h"
#include "gateway/rpc/lookup.h"
#include "gateway/rpc/reading.h"
#include "gateway/upstream/round.h"

namespace chancery::gateway::rpc {

// A section of a dossier beside the timeline and the agreements, read in rounds: it is told of the
// states and the pairs of states as they are found, asks in each round what it can ask by then, and
// is filled in when nothing is left to ask. What it can not have is missing and noted in the
// reading. Used between rounds, like the reading.
class SectionReader {
 public:
  virtual ~SectionReader() = default;

  // A state of the dossier; `root` is the one asked for, on whose side it is. A predecessor comes
  // with its record.
  virtual void AddState(const std::string& /*root*/, const people::v1::State& /*state*/) {}
  virtual void AddPair(const std::string& /*state*/, const std::string& /*other_state*/) {}

  virtual bool HasQuestions() const = 0;
  virtual void Ask(Reading& reading, upstream::Round& round) = 0;
  // The answers to what was asked last. An error only where there is no answer at all: a page token
  // that a service refused.
  virtual absl::Status Take(Reading& reading) = 0;

  // Adds the records that it needs or shows, as far as they are known by now.
  virtual void AddReferences(const dossier::Directory& directory, Wanted& wanted) = 0;
  // `next` is the request that goes on with this section.
  virtual void Fill(const v1::GetDossierRequest& next, const Moment& moment,
                    const dossier::Directory& directory, v1::Dossier& dossier) = 0;
};

// The sections of this kind that a request wants.
class Sections : public Companion {
 public:
  // At most `limit` rows each. `places` is where the one section goes on, if the request does.
  Sections(const v1::GetDossierRequest& request, size_t limit,
           const std::vector<v1::ListPlace>& places);

  void AddState(const std::string& root, const people::v1::State& state);
  void AddPair(const std::string& state, const std::string& other_state);
  bool HasQuestions() const override;
  void Ask(Reading& reading, upstream::Round& round) override;
  absl::Status Take(Reading& reading) override;
  void AddReferences(const dossier::Directory& directory, Wanted& wanted);
  void Fill(const v1::GetDossierRequest& request, const Moment& moment,
            const dossier::Directory& directory, v1::Dossier& dossier);

 private:
  struct Section {
    v1::GetDossierRequest::Section section;
    std::unique_ptr<SectionReader> reader;
  };

  std::vector<Section> sections_;
};

// The request that goes on with one section of a dossier; page tokens are bound to it.
v1::GetDossierRequest RequestOfSection(const v1::GetDossierRequest& request,
                                       v1::GetDossierRequest::Section section);

// How many there are: as many as are shown, or at least so many.
void SetTotal(size_t shown, bool complete, types::v1::Count& total);

// The readers, one for each section. Matters, and the posts of each state, are at most 100 a page:
// each takes a call of its own.
std::unique_ptr<SectionReader> ReadMatters(size_t limit, const std::vector<v1::ListPlace>& places);
std::unique_ptr<SectionReader> ReadHolders(size_t limit, const std::vector<v1::ListPlace>& places);
std::unique_ptr<SectionReader> ReadContacts(size_t limit, const std::vector<v1::ListPlace>& places);
std::unique_ptr<SectionReader> ReadStatistics(size_t limit,
                                              const std::vector<v1::ListPlace>& places);

}  // namespace chancery::gateway::rpc

#endif  // CHANCERY_GATEWAY_RPC_SECTION_READER_H_
