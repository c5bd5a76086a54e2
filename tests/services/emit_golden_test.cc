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
      {"states", {3, "0a425ac9fd52dc9f78e9d535b5a64ede173913c1dd540f2f7dddce6898755b5f"}},
      {"organizations", {4, "b92b06e2e0b1045dcb54589173c4b2e7980307d283c6c2ffdce426c793f4f2d6"}},
      {"posts", {3, "9ec9799e7aa1a42eb52b6e54ac8d7f0837e68dc8d9ef3cc40f843e682b1a06ff"}},
      {"people", {3, "32200a6670b7407f0a2cc891b5080daa2fdd0ccde6190136c137fdbd50857a61"}},
      {"places", {3, "294acc22f6966f5bb1bbc99b6a7f79b7334e5f0228ad5d292c111496b4cc643e"}},
      {"tenures", {4, "ce401761e4775a3a31f8b79b2fe9e54d2f1ed53b16cecae7b75276a3aaca263e"}},
      {"events", {5, "b63b2e097e26ad07bbe3f95e01e4afdbfe06e0dd83c4deaada5b31998b24942a"}},
      {"series", {4, "90d4ca3285976c9be03335c5f1ee40e68a1a9eca24f9510e8ea4e88b9a817097"}},
      {"agreements", {4, "e2d96828df28ea29f7a2cff3691198376a38930160ce1e2a94bf0866334da346"}},
      {"matters", {4, "5f6544ab170c8ee556780e1d70ed5f685ddeff789055492dc99d4342d69e2e45"}},
      {"positions", {3, "63364aa16223082e60ea60959a8301c30f899bba19ea3e92e3711a2794819689"}},
      {"programmes", {3, "01404a0ae3c8d905fd2c5fda75751874081dec0e11ce2851a98c90047378ecdd"}},
      {"statistics", {3, "ab2a21d7d16a116b25e00017fb6cb3fb8241747c22b32e2fd8627fe55b41e4ad"}},
      {"chunks", {1, "c1ce9c7ee2dd184ac86a8f45b73039fc0b0255d6084c44cabe3492ffec4325c4"}},
      {"segments", {1, "0f6100cac4355562dfa89dd64b0b92f254d178c1cedfef953ecb286aed0ea936"}},
      {"sources", {3, "8d029b86ec81e6128fb0079353e5abe3c710490cd8f863f8a45b56594ac50a0f"}},
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
