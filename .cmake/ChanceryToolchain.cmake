# Warnings for our own code, the compiler cache and the linker.

# Linked by every target of ours, never by generated code. A designated initializer may leave fields
# at their defaults: that is what it is for.
add_library(chancery_warnings INTERFACE)
target_compile_options(chancery_warnings INTERFACE
  -Wall -Wextra -Wno-missing-field-initializers $<$<NOT:$<BOOL:${CHANCERY_FUZZ}>>:-Werror>)

# The cache sees paths relative to the tree, so that presets and clones share what they can.
find_program(CHANCERY_CCACHE ccache)
mark_as_advanced(CHANCERY_CCACHE)
if(CHANCERY_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER
    env "CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}" CCACHE_NOHASHDIR=1 "${CHANCERY_CCACHE}")
endif()

# GCC takes members of std::function inside <regex> for uninitialized once AddressSanitizer is on.
if(CMAKE_CXX_FLAGS MATCHES "-fsanitize=address" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(chancery_warnings INTERFACE -Wno-maybe-uninitialized)
endif()

# Programs allocate with jemalloc, as RocksDB's are advised to (docs/adr/0014-allocator.md); what the
# sanitizers watch, with theirs.
add_library(chancery_allocator INTERFACE)
if(NOT CMAKE_CXX_FLAGS MATCHES "-fsanitize=")
  target_link_libraries(chancery_allocator INTERFACE
    "-Wl,--push-state,--no-as-needed" "${CHANCERY_JEMALLOC}" "-Wl,--pop-state")
endif()

# In the tsan preset every program carries what shows ThreadSanitizer how libraries hand work over,
# and sees protobuf's headers as the library was built with them.
add_library(chancery_sanitizer INTERFACE)
if(CMAKE_CXX_FLAGS MATCHES "-fsanitize=thread")
  include_directories(tests/support/tsan/shadow)
  add_library(chancery_tsan_order OBJECT tests/support/tsan/happens_before.cc)
  target_link_libraries(chancery_tsan_order PRIVATE absl::synchronization gRPC::grpc)
  target_link_libraries(chancery_sanitizer INTERFACE
    chancery_tsan_order $<TARGET_OBJECTS:chancery_tsan_order> absl::synchronization gRPC::grpc ${CMAKE_DL_LIBS})
endif()
