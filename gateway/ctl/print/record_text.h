#ifndef CHANCERY_GATEWAY_CTL_PRINT_RECORD_TEXT_H_
#define CHANCERY_GATEWAY_CTL_PRINT_RECORD_TEXT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "chancery/types/v1/count.pb.h"
#include "chancery/types/v1/date.pb.h"
#include "gateway/ctl/print/citation_numbers.h"
#include "gateway/ctl/print/table.h"
#include "google/protobuf/message.h"
#include "google/protobuf/timestamp.pb.h"

// Records of any kind, by their descriptors: nothing here knows people from treaties.

namespace chancery::ctl {

// A date in words that claim no more than it does: "2009-05", "2008-11-05 to 2008-11-08", "within
// 2009-10-12..2009-10-14", "by 2003", "since 2007"; "undated" if there is none.
std::string DateText(const types::v1::Date& date);

// "2026-11-25T02:46:00.123456Z", in as many digits as it takes.
std::string TimeText(const google::protobuf::Timestamp& time);

// "12", "more than 12", "at least 12".
std::string CountText(const types::v1::Count& count);

// What an enum's value says: "phone call" for PHONE_CALL.
std::string EnumWords(absl::string_view name);

// What to call a record: its first published name or title, its title, else its resource name.
std::string DisplayName(const google::protobuf::Message& record);

// "contested, 2 accounts": how the accounts that stand beside a record differ from it; empty if it
// has none.
std::string AccountsText(const google::protobuf::Message& record);

// A row for each record: name, what it is called, and the first plain fields of the kind; with
// `show_deleted` also when it was deleted.
Table RecordTable(const google::protobuf::Descriptor& kind,
                  const std::vector<const google::protobuf::Message*>& records,
                  bool show_deleted = false);

// All of a record, a field per line, wrapped to `width` columns (0: not). Its citations begin with
// their numbers.
std::string RecordText(const google::protobuf::Message& record, int width,
                       CitationNumbers& numbers);

}  // namespace chancery::ctl

#endif  // CHANCERY_GATEWAY_CTL_PRINT_RECORD_TEXT_H_
