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
      {"states", {1, "80b9397a08ad8ef91afd605296cff0c25b8d0a786ef4a4009998c95e358ce6ea"}},
      {"organizations", {2, "700209c28b29a23d9cfdfae6e51d7e10e2c26b8a60e3962c357a20d7ea0fce89"}},
      {"posts", {1, "73874d7f30e4490defdf377dfada901a1313a471bd49919e2e589b27910c8415"}},
      {"people", {1, "2553ae5715b77f92c28df73536cbcb4c4b819bcf85d3ac687c55ab4c6016e8f2"}},
      {"places", {1, "e0fbcc03ec7fdca148a65889917dbe985fb905588439db56bc06c454140f7a93"}},
      {"tenures", {2, "16349a95ce294f9f648274d9f1d1a463970bb1b00de29039733dcea93ee6268b"}},
      {"events", {2, "bcce5e8d2a213bf4aa570bbebb612c6bcb2858e301d7199c815db9a3c2ff2235"}},
      {"series", {2, "be4b323f1b60314eda2ca745d6d9f4f664cfacba03dd3588be7697f39a8b8c87"}},
      {"agreements", {2, "44a5405f0ae1d177fade95372b2ee7579b7c22030afb23a31beb474537663b84"}},
      {"matters", {2, "9451ff317f6ac6ccb162106087e0b0e8576da359ccf0aa85fa2ee4e8fd24f808"}},
      {"positions", {1, "ea479ba89e4f6b83f73fb53b1d7fd179366f19ac2b285127e0ea24b57605f2d2"}},
      {"programmes", {1, "ecb77ca051b245b9956e8bd4cc266549f94f260e78f4b479137635126fd5439d"}},
      {"statistics", {2, "32a558c25eb23335eb4c028879cefa102242b423df3dc83e98d146099b3b6531"}},
      {"sources", {1, "29a9f25474c036823ce8971a8b4d574a4794d78de2d3bc7ca738797aba945d4a"}},
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
