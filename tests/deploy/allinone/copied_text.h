#ifndef CHANCERY_TESTS_DEPLOY_ALLINONE_COPIED_TEXT_H_
#define CHANCERY_TESTS_DEPLOY_ALLINONE_COPIED_TEXT_H_

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace chancery::record {

// Finds runs of a document in other texts: what must not be copied into the tree. A run is found as
// it stands, and also where white space differs, so that a wrapped line does not hide it.
class CopiedText {
 public:
  // Runs of more than `longest` code points are found. A run that lies within one of `exempt` (full
  // titles) is not.
  CopiedText(const std::u32string& document, std::vector<std::u32string> exempt, size_t longest);
  CopiedText(const CopiedText&) = delete;
  CopiedText& operator=(const CopiedText&) = delete;

  // The runs in `text`, each as long as it goes, white space as single spaces.
  std::vector<std::u32string> RunsIn(const std::u32string& text) const;

  // "path: run" for every run in a regular file under `root`. Links, hidden folders, `build`,
  // `node_modules` and `third_party` are passed over.
  std::vector<std::string> RunsUnder(const std::string& root) const;

 private:
  // One form of the document and all its parts of `window_` code points.
  struct Form {
    std::u32string document;
    std::unordered_set<std::u32string_view> windows;  // into document
  };

  void Index(std::u32string document, Form& form) const;
  void Scan(const Form& form, std::u32string_view text, std::vector<std::u32string>& runs) const;

  size_t window_;
  std::vector<std::u32string> exempt_;
  Form as_it_stands_;
  Form spaced_;
};

}  // namespace chancery::record

#endif  // CHANCERY_TESTS_DEPLOY_ALLINONE_COPIED_TEXT_H_
