#include "tests/acceptance/brief/conversions.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "chancery/types/v1/citation.pb.h"
#include "google/type/date.pb.h"
#include "tests/deploy/allinone/document.h"

namespace chancery::brief {
namespace {

using google::protobuf::Message;
using types::v1::Citation;
using Leaves = std::vector<Leaf>;

constexpr size_t kLongestCopy = 60;  // code points of the document that may stand in the tree

Values Texts(const Leaves& leaves) {
  Values texts;
  for (const Leaf& leaf : leaves) texts.push_back(leaf.text);
  return texts;
}

Values Distinct(const Values& values) {
  const std::set<std::string> distinct(values.begin(), values.end());
  return {distinct.begin(), distinct.end()};
}

std::string TextAt(const Message& message, const std::string& path) {
  return absl::StrJoin(Texts(Follow(message, path)), "|");
}

int64_t NumberAt(const Message& message, const std::string& path) {
  int64_t number = 0;
  return absl::SimpleAtoi(TextAt(message, path), &number) ? number : 0;
}

// ---- Citations
// -----------------------------------------------------------------------------------

const Citation& AsCitation(const Leaf& leaf) { return static_cast<const Citation&>(*leaf.message); }

bool LiesIn(const Citation& inner, const Citation& outer) {
  return &inner != &outer && outer.start() <= inner.start() && inner.end() <= outer.end();
}

// The citations that hold the evidence for a record. Others say why one element of it is implied,
// or which of the words that are cited already say it.
Leaves Evidence(const Leaves& citations) {
  Leaves evidence;
  for (const Leaf& leaf : citations) {
    const Citation& citation = AsCitation(leaf);
    const bool repeats = std::any_of(citations.begin(), citations.end(), [&](const Leaf& other) {
      return LiesIn(citation, AsCitation(other));
    });
    const bool of_an_element = !citation.elements().empty();
    if (of_an_element && (repeats || citation.basis() != types::v1::BASIS_EXPLICIT)) continue;
    evidence.push_back(leaf);
  }
  return evidence;
}

std::string BasisWord(const std::string& name) {
  return absl::AsciiStrToLower(absl::StripPrefix(name, "BASIS_"));
}

Values Basis(const Found& found) {
  Values values;
  for (const Leaf& leaf : Evidence(found.leaves)) {
    values.push_back(BasisWord(TextAt(*leaf.message, "basis")));
  }
  return Distinct(values);
}

Values SentencesCited(const Found& found) {
  Values values;
  for (const Leaf& leaf : Evidence(found.leaves)) {
    values.push_back(found.sentences.Of(AsCitation(leaf)));
  }
  return Distinct(values);
}

Values Spans(const Found& found) {
  Values values;
  for (const Leaf& leaf : Evidence(found.leaves)) {
    const Citation& citation = AsCitation(leaf);
    values.push_back(
        absl::StrCat(found.sentences.Of(citation), "|", found.sentences.Slice(citation)));
  }
  return values;
}

std::string SentencesOf(const Found& found, const Message& element) {
  Values ids;
  for (const Leaf& leaf : Follow(element, "citations")) {
    ids.push_back(found.sentences.Of(AsCitation(leaf)));
  }
  return absl::StrJoin(Distinct(ids), "|");
}

// ---- Wordings
// ------------------------------------------------------------------------------------

bool Says(const Found& found, const Leaf& leaf, const std::string& text, const std::string& value) {
  if (record::CodePoints(value).size() <= kLongestCopy) return text == value;
  const std::string run = found.sentences.LongestRun(value);
  if (record::CodePoints(run).size() <= kLongestCopy) return text == value;
  const Leaves citations =
      leaf.message == nullptr
          ? Follow(found.element, absl::StrCat("citations[elements=", found.mapping.target, "]"))
          : Follow(*leaf.message, "citations");
  return std::any_of(citations.begin(), citations.end(), [&](const Leaf& citation) {
    return !found.sentences.Of(AsCitation(citation)).empty() &&
           absl::StrContains(found.sentences.Slice(AsCitation(citation)), run);
  });
}

Values Said(const Found& found) {
  Values open = found.stated == nullptr ? Values() : *found.stated;
  Values values;
  for (const Leaf& leaf : found.leaves) {
    const std::string text = leaf.message == nullptr ? leaf.text : TextAt(*leaf.message, "text");
    const auto said = std::find_if(open.begin(), open.end(), [&](const std::string& value) {
      return Says(found, leaf, text, value);
    });
    values.push_back(said == open.end() ? text : *said);
    if (said != open.end()) open.erase(said);
  }
  return values;
}

Values Forms(const Found& found) {
  Values values;
  if (found.leaves.size() < 2) return values;
  for (const Leaf& leaf : found.leaves) {
    std::string form = TextAt(*leaf.message, "text");
    if (TextAt(*leaf.message, "use") == "REFERENCE") {
      const std::string ids = SentencesOf(found, *leaf.message);
      absl::StrAppend(&form, " (", absl::StrReplaceAll(ids, {{"|", ", "}}), ")");
    }
    values.push_back(std::move(form));
  }
  return values;
}

Values Mentions(const Found& found) {
  Values tellings;
  for (const Leaf& leaf : found.leaves) {
    const Values ids = absl::StrSplit(SentencesOf(found, *leaf.message), '|');
    tellings.push_back(ids.size() > 1 ? absl::StrCat(ids.front(), "-", ids.back()) : ids.front());
  }
  if (tellings.empty()) return {};
  return {absl::StrCat(absl::StrJoin(tellings, " and "), " describe one ",
                       absl::AsciiStrToLower(TextAt(found.element, "kind")), " (",
                       TextAt(found.element, "mentions_basis_reason"), ")")};
}

// ---- Values
// --------------------------------------------------------------------------------------

std::string Word(const Found& found, const std::string& served) {
  const std::string word = found.vocabulary.FactWord(found.mapping.kind, found.mapping.key, served);
  return word.empty() ? absl::StrCat("unknown: ", served) : word;
}

Values Worded(const Found& found) {
  Values values;
  for (const Leaf& leaf : found.leaves) {
    std::string word = Word(found, leaf.text);
    if (word != "-") values.push_back(std::move(word));
  }
  return values;
}

Values Numbers(const Found& found) {
  Values values = Texts(found.leaves);
  values.erase(std::remove(values.begin(), values.end(), "0"), values.end());
  return values;
}

Values Days(const Found& found) {
  Values values;
  for (const Leaf& leaf : found.leaves) {
    const auto& date = static_cast<const google::type::Date&>(*leaf.message);
    values.push_back(absl::StrFormat("%04d-%02d-%02d", date.year(), date.month(), date.day()));
  }
  return values;
}

// Roles as facts call them: with the attendance, and for a programme with where its visitors go.
Values Roles(const Found& found) {
  std::string role = TextAt(found.element, "role");
  if (const std::string there = TextAt(found.element, "attendance"); !there.empty()) {
    absl::StrAppend(&role, "/", there);
  }
  if (absl::StartsWith(found.mapping.of, "programmes")) {
    absl::StrAppend(&role, ":", TextAt(found.element, "role_as_stated"));
  }
  return {Word(found, role)};
}

Values Statuses(const Found& found) {
  Values values;
  for (const Leaf& leaf : found.leaves) {
    const std::string state = TextAt(*leaf.message, "state");
    values.push_back(Word(found, state.empty() ? TextAt(*leaf.message, "as_stated") : state));
  }
  return values;
}

Values Subjects(const Found& found) {
  Values values;
  for (const Leaf& leaf : found.leaves) {
    const std::string element = TextAt(*leaf.message, "element");
    values.push_back(
        absl::StrCat(TextAt(*leaf.message, "target"), element.empty() ? "" : "#", element));
  }
  return values;
}

Values Attestations(const Found& found) {
  Values values;
  for (const Leaf& leaf : found.leaves) {
    const Message& seen = *leaf.message;
    const std::string event = TextAt(seen, "event");
    values.push_back(absl::StrCat(
        "as_of=", TextAt(seen, "time.edtf"), ";basis=", BasisWord(TextAt(seen, "basis")),
        ";cites=", SentencesOf(found, seen), event.empty() ? "" : ";via=", event));
  }
  return values;
}

Values Succession(const Found& found) {
  if (TextAt(found.element, "participants[role=RECOGNISED_STATE].id").empty()) return {};
  return {absl::StrCat(TextAt(found.element, "participants[role=RECOGNISED_STATE].represents"),
                       " as the successor-state to ",
                       TextAt(found.element, "participants[role=PREDECESSOR_STATE].represents"))};
}

Values OrdinalsMissing(const Found& found) {
  std::set<int64_t> known;
  for (const Leaf& leaf : found.leaves) {
    if (int64_t ordinal = 0; absl::SimpleAtoi(leaf.text, &ordinal)) known.insert(ordinal);
  }
  const int64_t last = NumberAt(found.element, "latest_ordinal.value");
  if (last == 0) return {};
  Values ranges;
  for (int64_t i = 1; i <= last; ++i) {
    if (known.count(i) > 0) continue;
    const int64_t from = i;
    while (i < last && known.count(i + 1) == 0) ++i;
    ranges.push_back(from == i ? absl::StrCat(from) : absl::StrCat(from, "-", i));
  }
  return {absl::StrCat(absl::StrJoin(ranges, ", "), " (implied by the ordinal)")};
}

bool HasTopics(const Found& found) { return !TextAt(found.element, "topics_as_stated").empty(); }

// How many elements the list has that the target chooses from.
size_t SizeInAll(const Found& found) {
  const std::string& target = found.mapping.target;
  return Follow(found.element, target.substr(0, target.find('['))).size();
}

using Conversion = Values (*)(const Found&);

Values Only(bool condition, const Found& found) {
  return condition ? Texts(found.leaves) : Values();
}

const std::map<std::string, Conversion>& Conversions() {
  static const auto* const conversions = new std::map<std::string, Conversion>{
      {"text", [](const Found& f) { return Texts(f.leaves); }},
      {"id", [](const Found& f) { return Texts(f.leaves); }},
      {"distinct", [](const Found& f) { return Distinct(Texts(f.leaves)); }},
      {"bool", [](const Found& f) { return f.leaves.empty() ? Values{"false"} : Texts(f.leaves); }},
      {"flag", [](const Found& f) { return f.leaves.empty() ? Values() : Values{"true"}; }},
      {"marked", [](const Found& f) { return f.leaves.empty() ? Values() : Values{"marked"}; }},
      {"present", [](const Found& f) { return f.leaves.empty() ? Values() : Values{"present"}; }},
      {"if-one", [](const Found& f) { return Only(f.leaves.size() == 1, f); }},
      {"if-several", [](const Found& f) { return Only(f.leaves.size() > 1, f); }},
      {"if-several-in-all", [](const Found& f) { return Only(SizeInAll(f) > 1, f); }},
      {"if-topics", [](const Found& f) { return Only(HasTopics(f), f); }},
      {"if-no-topics", [](const Found& f) { return Only(!HasTopics(f), f); }},
      {"size",
       [](const Found& f) {
         return f.leaves.empty() ? Values() : Values{absl::StrCat(f.leaves.size())};
       }},
      {"missing",
       [](const Found& f) {
         const auto size = static_cast<int64_t>(f.leaves.size());
         const int64_t missing = NumberAt(f.element, "count.value") - size;
         return size == 0 || missing == 0 ? Values() : Values{absl::StrCat(missing)};
       }},
      {"value", Worded},
      {"number", Numbers},
      {"day", Days},
      {"said", Said},
      {"basis", Basis},
      {"sentences", SentencesCited},
      {"evidence", Spans},
      {"forms", Forms},
      {"mentions", Mentions},
      {"role", Roles},
      {"status", Statuses},
      {"subjects", Subjects},
      {"attestations", Attestations},
      {"succession", Succession},
      {"ordinals-missing", OrdinalsMissing},
  };
  return *conversions;
}

}  // namespace

Values Convert(const Found& found, const std::string& as) {
  const auto conversion = Conversions().find(as);
  if (conversion == Conversions().end()) return {absl::StrCat("there is no conversion '", as, "'")};
  return conversion->second(found);
}

Values Stated(const Vocabulary& vocabulary, const Values& values, const std::string& as) {
  if (as == "marked") return {"marked"};
  const bool names = as == "id" || as == "subjects" || absl::StartsWith(as, "if-");
  Values stated;
  for (const std::string& value : values) {
    if (as == "attestations") {
      Values parts = absl::StrSplit(value, ";via=");
      if (parts.size() == 2) parts[1] = vocabulary.NameOf(parts[1]);
      stated.push_back(absl::StrJoin(parts, ";via="));
    } else if (as == "succession") {
      Values words = absl::StrSplit(value, ' ');
      for (std::string& word : words) word = vocabulary.NameOf(word);
      stated.push_back(absl::StrJoin(words, " "));
    } else {
      stated.push_back(names ? vocabulary.NameOf(value) : value);
    }
  }
  return stated;
}

}  // namespace chancery::brief
