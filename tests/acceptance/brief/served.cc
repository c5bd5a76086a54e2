#include "tests/acceptance/brief/served.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "chancery/agreements/v1/citation_requests.pb.h"
#include "gateway/ctl/call/catalog.h"
#include "gtest/gtest.h"

namespace chancery::brief {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

void SetText(Message& request, const std::string& field, const std::string& value) {
  request.GetReflection()->SetString(&request, request.GetDescriptor()->FindFieldByName(field),
                                     value);
}

std::string TextOf(const Message& message, const std::string& field) {
  return message.GetReflection()->GetString(message,
                                            message.GetDescriptor()->FindFieldByName(field));
}

// Takes the records out of a page.
void TakeRecords(Message& page, std::vector<MessagePtr>& records) {
  const FieldDescriptor* field = page.GetDescriptor()->FindFieldByNumber(1);
  const auto* reflection = page.GetReflection();
  for (int i = 0; i < reflection->FieldSize(page, field); ++i) {
    const Message& record = reflection->GetRepeatedMessage(page, field, i);
    records.emplace_back(record.New())->CopyFrom(record);
  }
}

}  // namespace

MessagePtr Served::Call(const MethodDescriptor& method, const Message& request) {
  const auto bytes = caller_.CallBytes(
      absl::StrCat(method.service()->full_name(), "/", method.name()), request.SerializeAsString());
  EXPECT_TRUE(bytes.ok()) << method.name() << " " << request.ShortDebugString() << ": "
                          << bytes.status();
  if (!bytes.ok()) return nullptr;
  MessagePtr reply = ctl::NewMessage(method.output_type());
  EXPECT_TRUE(reply->ParseFromString(*bytes)) << method.name();
  return reply;
}

MessagePtr Served::Get(const std::string& name) {
  const auto kind = ctl::KindOfName(name);
  EXPECT_TRUE(kind.ok()) << name << ": " << kind.status();
  if (!kind.ok()) return nullptr;
  const MessagePtr request = ctl::NewMessage((*kind)->get->input_type());
  SetText(*request, "name", name);
  return Call(*(*kind)->get, *request);
}

std::vector<MessagePtr> Served::List(const std::string& collection, const std::string& filter) {
  std::vector<MessagePtr> records;
  const auto kind = ctl::KindCalled(collection);
  EXPECT_TRUE(kind.ok()) << collection;
  if (!kind.ok()) return records;
  const MessagePtr request = ctl::NewMessage((*kind)->list->input_type());
  SetText(*request, "filter", filter);
  for (std::string token; true;) {
    SetText(*request, "page_token", token);
    const MessagePtr page = Call(*(*kind)->list, *request);
    if (page == nullptr) return records;
    TakeRecords(*page, records);
    token = TextOf(*page, "next_page_token");
    if (token.empty()) return records;
  }
}

people::v1::TenureBounds Served::Bounds(const std::string& tenure) {
  people::v1::GetTenureBoundsRequest request;
  request.set_name(tenure);
  const auto reply = caller_.Call<people::v1::TenureBounds>(
      "chancery.people.v1.PeopleService/GetTenureBounds", request);
  EXPECT_TRUE(reply.ok()) << tenure << ": " << reply.status();
  return reply.ok() ? *reply : people::v1::TenureBounds();
}

std::string Served::Quote(const types::v1::Citation& citation) {
  agreements::v1::ResolveCitationsRequest request;
  *request.add_citations() = citation;
  const auto reply = caller_.Call<agreements::v1::ResolveCitationsResponse>(
      "chancery.agreements.v1.AgreementsService/ResolveCitations", request);
  EXPECT_TRUE(reply.ok()) << reply.status();
  if (!reply.ok() || reply->quotations_size() != 1) return "";
  EXPECT_EQ(reply->quotations(0).verification(), types::v1::Quotation::VERIFIED)
      << citation.ShortDebugString() << ": " << reply->quotations(0).rule();
  return reply->quotations(0).text();
}

gateway::v1::ListOfficeHoldersResponse Served::Holders(const std::string& post,
                                                       const std::string& day) {
  gateway::v1::ListOfficeHoldersRequest request;
  request.set_parent(post);
  request.mutable_as_of()->set_valid_at(day);
  const auto reply = caller_.Call<gateway::v1::ListOfficeHoldersResponse>(
      "chancery.gateway.v1.GatewayService/ListOfficeHolders", request);
  EXPECT_TRUE(reply.ok()) << post << ": " << reply.status();
  return reply.ok() ? *reply : gateway::v1::ListOfficeHoldersResponse();
}

}  // namespace chancery::brief
