#ifndef CHANCERY_TESTS_GATEWAY_DOSSIER_PARSE_TEXT_H_
#define CHANCERY_TESTS_GATEWAY_DOSSIER_PARSE_TEXT_H_

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "google/protobuf/text_format.h"

namespace chancery::gateway {

// A message from its text form.
template <typename Message>
Message ParseText(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

template <typename Message>
std::unique_ptr<Message> NewFromText(const std::string& text) {
  return std::make_unique<Message>(ParseText<Message>(text));
}

}  // namespace chancery::gateway

#endif  // CHANCERY_TESTS_GATEWAY_DOSSIER_PARSE_TEXT_H_
