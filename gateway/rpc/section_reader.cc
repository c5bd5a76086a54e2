#include "gateway/rpc/section_reader.h"

#include <algorithm>

#include "gateway/rpc/requests.h"
#include "proto/errors/status_macros.h"

namespace chancery::gateway::rpc {

using v1::GetDossierRequest;

Sections::Sections(const GetDossierRequest& request, size_t limit,
                   const std::vector<v1::ListPlace>& places) {
  struct Kind {
    GetDossierRequest::Section section;
    std::unique_ptr<SectionReader> (*read)(size_t, const std::vector<v1::ListPlace>&);
  };
  for (const Kind& kind : {Kind{GetDossierRequest::MATTERS, ReadMatters},
                           Kind{GetDossierRequest::HOLDERS, ReadHolders},
                           Kind{GetDossierRequest::CONTACTS, ReadContacts},
                           Kind{GetDossierRequest::STATISTICS, ReadStatistics}}) {
    if (Wants(request, kind.section)) {
      sections_.push_back({kind.section, kind.read(limit, places)});
    }
  }
}

void Sections::AddState(const std::string& root, const people::v1::State& state) {
  for (Section& section : sections_) section.reader->AddState(root, state);
}

void Sections::AddPair(const std::string& state, const std::string& other_state) {
  for (Section& section : sections_) section.reader->AddPair(state, other_state);
}

bool Sections::HasQuestions() const {
  return std::any_of(sections_.begin(), sections_.end(),
                     [](const Section& section) { return section.reader->HasQuestions(); });
}

void Sections::Ask(Reading& reading, upstream::Round& round) {
  for (Section& section : sections_) section.reader->Ask(reading, round);
}

absl::Status Sections::Take(Reading& reading) {
  for (Section& section : sections_) RETURN_IF_ERROR(section.reader->Take(reading));
  return absl::OkStatus();
}

void Sections::AddReferences(const dossier::Directory& directory, Wanted& wanted) {
  for (Section& section : sections_) section.reader->AddReferences(directory, wanted);
}

void Sections::Fill(const GetDossierRequest& request, const Moment& moment,
                    const dossier::Directory& directory, v1::Dossier& dossier) {
  for (Section& section : sections_) {
    section.reader->Fill(RequestOfSection(request, section.section), moment, directory, dossier);
  }
}

GetDossierRequest RequestOfSection(const GetDossierRequest& request,
                                   GetDossierRequest::Section section) {
  GetDossierRequest next;
  next.set_state(request.state());
  next.set_other_state(request.other_state());
  next.set_exclude_predecessors(request.exclude_predecessors());
  next.add_sections(section);
  return next;
}

void SetTotal(size_t shown, bool complete, types::v1::Count& total) {
  total.set_value(static_cast<int64_t>(shown));
  total.set_comparator(complete ? types::v1::Count::EQ : types::v1::Count::GE);
}

}  // namespace chancery::gateway::rpc
