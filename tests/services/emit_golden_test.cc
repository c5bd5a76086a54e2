// What every index emits over a fixed corpus, records with every field filled, is frozen: a change
// of an `emit` shows here, and is right only together with a raised derivation version. To accept
// one: raise `derivation_version` in the spec, and put in the digest that this test prints.

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "chancery/types/v1/date.pb.h"
#include "deploy/allinone/register.h"
#include "google/api/resource.pb.h"
#include "gtest/gtest.h"
#include "services/resource/catalog.h"
#include "services/resource/special_values.h"
#include "storage/sha256.h"

namespace chancery {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// By collection: the derivation version and the digest of all that its indexes emit.
const std::map<std::string, std::pair<uint32_t, std::string>>& Golden() {
  static const auto* const golden = new std::map<std::string, std::pair<uint32_t, std::string>>{
      {"states", {2, "d709974bf189887def619e65194c58900116481ac8f41da3773359f7f03c15ff"}},
      {"organizations", {3, "b6ca5e1d8e4368a26a34b72c76c341bb8d669d566c672f3ceec9719c5967a500"}},
      {"posts", {2, "d6f9472f064db74af43062016629f1e40f51d099409332b84e4b68ba6850ad4c"}},
      {"people", {2, "2ef85d28df45b8e9674d6355e8413d2d78a41a57c5801cd79bab5e782eafd4ce"}},
      {"places", {2, "006e08736ab43e00d6d06ff5fff9d1a483df4c751c076370ad7251c57cc20337"}},
      {"tenures", {3, "c4a00abd8ea3127e9ddfc61d866f47f114164f38b7dbddab4a6606e128929d6a"}},
      {"events", {3, "dfd73e3d8f20bc5778afabda500f8b7293d481225add605eae503df87af675b2"}},
      {"series", {3, "124d4f5ad0ee461f24cf1efc35eb00b1b1fa2c9b993244744f2554403b0b711b"}},
      {"agreements", {3, "67a867179d8ca732a07ab561eb71ad7cc10f124b3484fa93812c9addfa1b748e"}},
      {"matters", {3, "8e0c046925b9e5b9cf3d375e061a332e81868afdc1542b1b8fb08144d097f0ab"}},
      {"positions", {2, "3e4c5885ed426be08d5a445f3a833deea157ef9d7af89721b030f0f3b0cd599e"}},
      {"programmes", {2, "762ec8eaaceeae4d25543929584bd9961044a8451909fc85d5e6710c3e731815"}},
      {"statistics", {2, "4a6a80b07bfdb1a7e0f87c4257225bb9c7489817ce5cb37639305c1ac17e175d"}},
      {"sources", {2, "dc58974955fab52508dbc4d4411a8e3afb6afa6a50eaea5346dc9e8c0f094232"}},
  };
  return *golden;
}

std::string Digest(const storage::TableSpec& table,
                   const std::vector<std::unique_ptr<Message>>& records) {
  storage::Sha256 digest;
  for (const storage::IndexSpec& index : table.indexes) {
    for (const auto& record : records) {
      storage::IndexKeys keys;
      index.emit(*record, keys);
      digest.Update(absl::StrCat(index.id, "|", keys.size(), "|"));
      for (const std::string& key : keys) digest.Update(key).Update("|");
    }
  }
  return absl::BytesToHexString(digest.Finish());
}

// Fills every field of a message, differently for each seed; of a oneof, one member.
class Filler {
 public:
  Filler(int seed, bool dated) : next_(seed), dated_(dated) {}

  void Fill(Message& message, int depth) {
    if (auto* date = dynamic_cast<types::v1::Date*>(&message)) {
      if (!dated_) return;
      date->set_edtf(absl::StrFormat("%04d-%02d", 1900 + Next() % 100, 1 + Next() % 12));
      EXPECT_TRUE(resource::PrepareDate(*date, [] { return std::string("date"); }).ok());
      return;
    }
    const auto* type = message.GetDescriptor();
    for (int i = 0; i < type->field_count(); ++i) {
      const FieldDescriptor* field = type->field(i);
      const auto* oneof = field->real_containing_oneof();
      if (oneof != nullptr && Next() % oneof->field_count() != 0) continue;
      FillField(message, field, depth);
    }
  }

 private:
  int Next() { return next_ = (next_ * 1103 + 12345) % 100'003; }

  std::string Text(const FieldDescriptor* field) {
    if (field->name() == "id") return absl::StrCat("e", Next());
    const auto& options = field->options();
    if (!options.HasExtension(google::api::resource_reference)) return absl::StrCat("t", Next());
    const auto* kind =
        resource::FindKindByType(options.GetExtension(google::api::resource_reference).type());
    return absl::StrCat(kind == nullptr ? "states" : kind->collection, "/r", Next() % 50);
  }

  void FillField(Message& message, const FieldDescriptor* field, int depth) {
    const auto* reflection = message.GetReflection();
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        if (field->is_repeated()) {
          reflection->AddString(&message, field, Text(field));
          reflection->AddString(&message, field, Text(field));
        } else {
          reflection->SetString(&message, field, Text(field));
        }
        return;
      case FieldDescriptor::CPPTYPE_ENUM:
        if (!field->is_repeated()) {
          const auto* values = field->enum_type();
          reflection->SetEnum(&message, field, values->value(Next() % values->value_count()));
        }
        return;
      case FieldDescriptor::CPPTYPE_MESSAGE:
        if (depth == 0) return;
        if (!field->is_repeated())
          return Fill(*reflection->MutableMessage(&message, field), depth - 1);
        Fill(*reflection->AddMessage(&message, field), depth - 1);
        Fill(*reflection->AddMessage(&message, field), depth - 1);
        return;
      case FieldDescriptor::CPPTYPE_BOOL:
        if (!field->is_repeated()) reflection->SetBool(&message, field, Next() % 2 == 0);
        return;
      default:
        return;
    }
  }

  int next_;
  const bool dated_;
};

std::vector<std::unique_ptr<Message>> Records(const storage::TableSpec& table, bool dated = true) {
  std::vector<std::unique_ptr<Message>> records;
  for (int seed = 0; seed < 20; ++seed) {
    std::unique_ptr<Message> record(table.prototype->New());
    Filler(seed * 97 + 1, dated).Fill(*record, /*depth=*/3);
    records.push_back(std::move(record));
  }
  return records;
}

TEST(EmitGolden, NoIndexChangesWhatItEmitsSilently) {
  for (const resource::ServiceDefinition* service : allinone::AllServices()) {
    for (const resource::ResourceSpec* spec : service->specs) {
      const storage::TableSpec& table = *spec->table;
      const auto records = Records(table);
      const auto golden = Golden().find(table.name);
      ASSERT_NE(golden, Golden().end()) << table.name;
      EXPECT_EQ(golden->second.first, table.derivation_version) << table.name;
      EXPECT_EQ(golden->second.second, Digest(table, records)) << table.name;
      // The twin: a table that is listed by time notices when its records lose their dates.
      if (spec->default_order == resource::Order::kTime) {
        EXPECT_NE(Digest(table, records), Digest(table, Records(table, /*dated=*/false)));
      }
    }
  }
}

}  // namespace
}  // namespace chancery
