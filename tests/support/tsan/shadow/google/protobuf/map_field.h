#ifndef CHANCERY_TESTS_SUPPORT_TSAN_SHADOW_GOOGLE_PROTOBUF_MAP_FIELD_H_
#define CHANCERY_TESTS_SUPPORT_TSAN_SHADOW_GOOGLE_PROTOBUF_MAP_FIELD_H_

// Stands before protobuf's own header in the tsan preset. Under ThreadSanitizer that gives a field
// of maps two more members, while the library was built without: google.protobuf.Struct would be
// one thing to us and another to the library, and reading one of its maps ends in a crash.

// Everything that protobuf's header includes, as it is.
#include <google/protobuf/arena.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/generated_message_reflection.h>
#include <google/protobuf/generated_message_util.h>
#include <google/protobuf/map_entry.h>
#include <google/protobuf/map_field_lite.h>
#include <google/protobuf/map_type_handler.h>
#include <google/protobuf/message.h>
#include <google/protobuf/port.h>
#include <google/protobuf/repeated_field.h>
#include <google/protobuf/stubs/mutex.h>
#include <google/protobuf/unknown_field_set.h>

#include <atomic>
#include <functional>

#pragma push_macro("__SANITIZE_THREAD__")
#undef __SANITIZE_THREAD__
#include_next <google/protobuf/map_field.h>
#pragma pop_macro("__SANITIZE_THREAD__")

#endif  // CHANCERY_TESTS_SUPPORT_TSAN_SHADOW_GOOGLE_PROTOBUF_MAP_FIELD_H_
