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
      {"states", {2, "eefd22894daeace6f413531c903a09aace77bb48d2191e070a632093bc53c9b0"}},
      {"organizations", {3, "52fdd8d50d9f802fd237f21aa5a1ccb10c9f473cf6e201658463c0cb2baa7c7c"}},
      {"posts", {2, "2599b5e0d657ba6b62373dc3bbd57cbd56c1eda566f7f227ab9204156b960e96"}},
      {"people", {2, "6f3891b2bbd9a558112d5f0fa4dd901c20e3fc8fb8e2f1e20029e1b52535daf1"}},
      {"places", {2, "f45db5f59eed89e29f93844f00a829537dd7621d5fd79273f2c73e3d7f2624eb"}},
      {"tenures", {3, "c38fa392715438a168740372a81a4e6ac9d379b68216511c85aee8cb5b162fb9"}},
      {"events", {3, "b8bb4acf98a6276f1bf08e015f54864d42e48f73959dd39bec97a128618bf619"}},
      {"series", {3, "73f5753402adbf8f2cadc5bb508c15fc51fa3135617ce4310d4e730dee4dc4ba"}},
      {"agreements", {3, "d3d183b8e4926cd82e8c3a24754ebe105b1133a59495f5c986bbb37096dc6a17"}},
      {"matters", {3, "5469e8def02eff87062f4998f341646a771c295b6c8ec2abfd34489596dc89c4"}},
      {"positions", {2, "cd9663842d4df3ea5d1c6355edff24312f21305f9e40b798953a2c6022406943"}},
      {"programmes", {2, "2a197c0a81c5634f782b3d2aafc4cf54f09c734eeae4549619034637a64e6adb"}},
      {"statistics", {2, "59f5cfc375dba78a80d13678404e54cc225fec77a5e4a098b08ce243e2a61efb"}},
      {"chunks", {1, "c1ce9c7ee2dd184ac86a8f45b73039fc0b0255d6084c44cabe3492ffec4325c4"}},
      {"segments", {1, "0f6100cac4355562dfa89dd64b0b92f254d178c1cedfef953ecb286aed0ea936"}},
      {"sources", {2, "3d8dc7c233231585c46dbceab6e7f8d0a60099aff204e3cdb7c6554b099f3325"}},
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
