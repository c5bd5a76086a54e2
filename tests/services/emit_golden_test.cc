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
      {"states", {2, "605b45bd5aef3325c626b3969c3d0ded4abd196d45e65de9ccb6e0321e17347d"}},
      {"organizations", {3, "9f47948e317886fa3c9202ddc762b827edfd373b5a6d0f678fbb43ae22a6d40b"}},
      {"posts", {2, "a8e6c69c3aa98bac976f6830a1d76a3db7d134fff3b6ada54478baab9eb81e30"}},
      {"people", {2, "97014715ad61f1da2083f00c0c7b80d57ba6388f2e2cbcec4da3d44804c7e5d6"}},
      {"places", {2, "7f1ada66c68fdbe6d6491810f151a03f4006f79f3fcd245250af86709c5bbc6d"}},
      {"tenures", {3, "9ccabe2d48153f672e8187f30e589843898f138b3dc0d8c33fe36d6e2e4ef0d9"}},
      {"events", {3, "a09f72d39c5a6b595ca65cf8a0a72c23c8b2fb4549632f00e9122c15b82b34cf"}},
      {"series", {3, "7fd7fd6d777580ad5138e2214e54655ecdeadc0606d3ce939da760b6230e0449"}},
      {"agreements", {3, "60ca4c665dd4c40ddde1599d82afc0deb35d5faa4a5e83728e2e8a8b3f1f22c1"}},
      {"matters", {3, "17dcab5c15ede9808713e38e411e08df6dfd0e27bd4d6ea272d1095bd68a0eec"}},
      {"positions", {2, "257e371b1b7e26cc96055bf5318b4f5cdaa1f11bc0f04eca14f7d64212f2c92a"}},
      {"programmes", {2, "b35573d4ddc60c395f0bd36b105bf8fa3ac01d9371d2bdf83d43e0b630e0c9c8"}},
      {"statistics", {2, "1d40ea8c051cc95bc536886e3484e63ff7958600f839525dbd6904887d449096"}},
      {"chunks", {1, "c1ce9c7ee2dd184ac86a8f45b73039fc0b0255d6084c44cabe3492ffec4325c4"}},
      {"segments", {1, "0f6100cac4355562dfa89dd64b0b92f254d178c1cedfef953ecb286aed0ea936"}},
      {"sources", {2, "dba64708d0966c14b1372469178d57c750478db26d3d766681e2241d2e8f5b01"}},
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
