#include "tests/deploy/allinone/record_files.h"

#include <fstream>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "chancery/agreements/v1/agreement.pb.h"
#include "chancery/agreements/v1/matter.pb.h"
#include "chancery/agreements/v1/position.pb.h"
#include "chancery/agreements/v1/programme.pb.h"
#include "chancery/agreements/v1/segment.pb.h"
#include "chancery/agreements/v1/source.pb.h"
#include "chancery/agreements/v1/statistic.pb.h"
#include "chancery/events/v1/event.pb.h"
#include "chancery/events/v1/series.pb.h"
#include "chancery/people/v1/organization.pb.h"
#include "chancery/people/v1/person.pb.h"
#include "chancery/people/v1/place.pb.h"
#include "chancery/people/v1/post.pb.h"
#include "chancery/people/v1/state.pb.h"
#include "chancery/people/v1/tenure.pb.h"
#include "google/protobuf/util/json_util.h"

namespace chancery::record {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

struct Collection {
  std::string name;
  const Message* prototype;
};

// Every line refers only to lines before it, in this order.
const std::vector<Collection>& Collections() {
  static const auto* const collections = new std::vector<Collection>{
      {"sources", &agreements::v1::Source::default_instance()},
      {"segments", &agreements::v1::Segment::default_instance()},
      {"states", &people::v1::State::default_instance()},
      {"places", &people::v1::Place::default_instance()},
      {"people", &people::v1::Person::default_instance()},
      {"organizations", &people::v1::Organization::default_instance()},
      {"posts", &people::v1::Post::default_instance()},
      {"matters", &agreements::v1::Matter::default_instance()},
      {"series", &events::v1::Series::default_instance()},
      {"agreements", &agreements::v1::Agreement::default_instance()},
      {"programmes", &agreements::v1::Programme::default_instance()},
      {"events", &events::v1::Event::default_instance()},
      {"tenures", &people::v1::Tenure::default_instance()},
      {"positions", &agreements::v1::Position::default_instance()},
      {"statistics", &agreements::v1::Statistic::default_instance()},
  };
  return *collections;
}

std::string StringField(const Message& message, const std::string& name) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
  if (field == nullptr || field->cpp_type() != FieldDescriptor::CPPTYPE_STRING) return "";
  return message.GetReflection()->GetString(message, field);
}

std::string Join(const std::string& path, const std::string& step) {
  return path.empty() ? step : absl::StrCat(path, ".", step);
}

void Visit(const Message& message, const std::string& path, const Visitor& visit) {
  visit(path, message);
  std::vector<const FieldDescriptor*> fields;
  const auto* reflection = message.GetReflection();
  reflection->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    const std::string step = Join(path, field->name());
    if (!field->is_repeated()) {
      Visit(reflection->GetMessage(message, field), step, visit);
      continue;
    }
    for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
      const Message& element = reflection->GetRepeatedMessage(message, field, i);
      const std::string id = StringField(element, "id");
      Visit(element, Join(step, id.empty() ? absl::StrCat(i) : id), visit);
    }
  }
}

absl::Status ReadFile(const std::string& folder, const Collection& collection,
                      std::vector<Line>& lines) {
  const std::string file = absl::StrCat(collection.name, ".jsonl");
  std::ifstream in(absl::StrCat(folder, "/", file));
  if (!in) return absl::NotFoundError(absl::StrCat(folder, "/", file, " can not be read"));
  std::string json;
  for (int number = 1; std::getline(in, json); ++number) {
    auto line = ParseLine(collection.name, absl::StrCat(file, ":", number), json);
    if (!line.ok()) return line.status();
    lines.push_back(*std::move(line));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Line> ParseLine(const std::string& collection, const std::string& place,
                               const std::string& json) {
  for (const Collection& candidate : Collections()) {
    if (candidate.name != collection) continue;
    Line line{place, "", std::unique_ptr<Message>(candidate.prototype->New())};
    const auto parsed = google::protobuf::util::JsonStringToMessage(json, line.message.get());
    if (!parsed.ok()) {
      return absl::InvalidArgumentError(absl::StrCat(place, ": ", parsed.ToString()));
    }
    line.name = StringField(*line.message, "name");
    if (!absl::StartsWith(line.name, collection + "/")) {
      return absl::InvalidArgumentError(
          absl::StrCat(place, ": ", line.name, " does not belong here"));
    }
    return line;
  }
  return absl::InvalidArgumentError(absl::StrCat(place, ": no collection ", collection));
}

absl::StatusOr<std::vector<Line>> ReadRecord(const std::string& folder) {
  std::vector<Line> lines;
  for (const Collection& collection : Collections()) {
    if (absl::Status read = ReadFile(folder, collection, lines); !read.ok()) return read;
  }
  return lines;
}

void VisitMessages(const Message& message, const Visitor& visit) { Visit(message, "", visit); }

}  // namespace chancery::record
