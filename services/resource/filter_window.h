#ifndef CHANCERY_SERVICES_RESOURCE_FILTER_WINDOW_H_
#define CHANCERY_SERVICES_RESOURCE_FILTER_WINDOW_H_

#include <string>

#include "chancery/types/v1/date.pb.h"
#include "google/protobuf/message.h"
#include "services/chronology/window.h"

namespace chancery::resource {

// What overlaps() or within() asks of a date, and which answers are wanted.
struct WindowQuestion {
  chronology::Window window;
  chronology::WindowMode mode = chronology::WindowMode::kOverlaps;
  bool no = false;
  bool possible = true;
  bool certain = true;

  bool Wants(chronology::WindowMatch match) const;
};

// Whether the answer for `date`, which `path` leads to in `record`, is one of those wanted. What
// goes on without an end is held to have lasted until the as-of of the record's citations for it.
// False for a date that is none.
bool IsAnswered(const WindowQuestion& question, const types::v1::Date& date,
                const google::protobuf::Message& record, const std::string& path);

}  // namespace chancery::resource

#endif  // CHANCERY_SERVICES_RESOURCE_FILTER_WINDOW_H_
