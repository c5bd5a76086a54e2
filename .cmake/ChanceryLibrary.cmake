# The four ways a folder states what it builds:
#
#   chancery_library(<name> [SRCS …] [HDRS …] [DEPS …] [PRIVATE_DEPS …])
#   chancery_binary (<name> SRCS … [DEPS …])
#   chancery_test   (<name> SRCS … [DEPS …] [LABELS …] [TIMEOUT <seconds>] [ENV <name=value> …])
#   chancery_add_folders([<folder> …])
#
# Paths are relative to the folder. Includes are written from the root of the tree:
# `#include "storage/store.h"`. A dependency of ours is `chancery::<name>`; others keep the name of
# their package (`absl::status`, `gRPC::grpc++`).

# How a named source or dependency that does not exist is met: FATAL_ERROR, or WARNING to build the
# rest of a tree in the middle of a change.
set(CHANCERY_MISSING FATAL_ERROR)

# A static library `chancery::<name>`. DEPS are what its headers include, PRIVATE_DEPS what only its
# sources do. Without SRCS it is a header-only library.
function(chancery_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SRCS;HDRS;DEPS;PRIVATE_DEPS")
  chancery_no_extra_arguments(chancery_library "${arg_UNPARSED_ARGUMENTS}")
  chancery_sources(arg_SRCS ${name})
  chancery_sources(arg_HDRS ${name})
  set(target chancery_${name})
  if(arg_SRCS)
    add_library(${target} STATIC ${arg_SRCS} ${arg_HDRS})
    target_include_directories(${target} PUBLIC "${CMAKE_SOURCE_DIR}")
    chancery_link(${target} PUBLIC ${arg_DEPS})
    chancery_link(${target} PRIVATE ${arg_PRIVATE_DEPS})
    target_link_libraries(${target} PRIVATE chancery_warnings)
  else()
    add_library(${target} INTERFACE ${arg_HDRS})
    target_include_directories(${target} INTERFACE "${CMAKE_SOURCE_DIR}")
    chancery_link(${target} INTERFACE ${arg_DEPS} ${arg_PRIVATE_DEPS})
  endif()
  add_library(chancery::${name} ALIAS ${target})
endfunction()

# An executable called <name>, in the folder's place of the build tree.
function(chancery_binary name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SRCS;DEPS")
  chancery_no_extra_arguments(chancery_binary "${arg_UNPARSED_ARGUMENTS}")
  chancery_sources(arg_SRCS ${name})
  if(NOT arg_SRCS)
    return()
  endif()
  add_executable(${name} ${arg_SRCS})
  target_include_directories(${name} PRIVATE "${CMAKE_SOURCE_DIR}")
  chancery_link(${name} PRIVATE ${arg_DEPS})
  target_link_libraries(${name} PRIVATE
    chancery_warnings chancery_sanitizer chancery_allocator)
endfunction()

# A GoogleTest binary and its entry in ctest, labelled `unit` unless LABELS says otherwise.
# It runs with CHANCERY_SOURCE_DIR and CHANCERY_BINARY_DIR set, and a scratch folder TEST_TMPDIR of
# its own (what testing::TempDir() returns).
function(chancery_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "TIMEOUT" "SRCS;DEPS;LABELS;ENV")
  chancery_no_extra_arguments(chancery_test "${arg_UNPARSED_ARGUMENTS}")
  chancery_binary(${name} SRCS ${arg_SRCS} DEPS ${arg_DEPS} GTest::gmock GTest::gtest_main)
  if(NOT TARGET ${name})
    return()
  endif()
  add_test(NAME ${name} COMMAND ${name})
  chancery_test_properties(${name} LABELS "${arg_LABELS}" TIMEOUT "${arg_TIMEOUT}" ENV ${arg_ENV})
endfunction()

# What every entry in ctest has, whatever it runs.
function(chancery_test_properties name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "LABELS;TIMEOUT" "ENV")
  if(NOT arg_LABELS)
    set(arg_LABELS unit)
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  set(scratch "${CMAKE_BINARY_DIR}/scratch/${name}")
  file(MAKE_DIRECTORY "${scratch}")
  set_tests_properties(${name} PROPERTIES
    LABELS "${arg_LABELS}"
    TIMEOUT ${arg_TIMEOUT}
    ENVIRONMENT "CHANCERY_SOURCE_DIR=${CMAKE_SOURCE_DIR};CHANCERY_BINARY_DIR=${CMAKE_BINARY_DIR};TEST_TMPDIR=${scratch};ASAN_OPTIONS=strict_string_checks=1:detect_stack_use_after_return=1;UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1;TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1:suppressions=${CMAKE_SOURCE_DIR}/.ci/tsan.supp;${arg_ENV}")
endfunction()

# Adds every folder below the given ones (default: below the current one) that has a CMakeLists.txt,
# looking through folders that have none. A folder that has one adds its own subfolders.
function(chancery_add_folders)
  if(ARGN)
    set(folders ${ARGN})
  else()
    file(GLOB folders CONFIGURE_DEPENDS RELATIVE "${CMAKE_CURRENT_SOURCE_DIR}" "*")
  endif()
  foreach(folder IN LISTS folders)
    if(EXISTS "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/CMakeLists.txt")
      add_subdirectory(${folder})
    elseif(IS_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}/${folder}")
      file(GLOB children CONFIGURE_DEPENDS RELATIVE "${CMAKE_CURRENT_SOURCE_DIR}"
        "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*")
      if(children)
        chancery_add_folders(${children})
      endif()
    endif()
  endforeach()
endfunction()

# Drops sources that are not there, after saying so as loudly as CHANCERY_MISSING asks.
function(chancery_sources variable name)
  file(GLOB present CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cc" "${CMAKE_CURRENT_SOURCE_DIR}/*.h")
  set(found)
  foreach(source IN LISTS ${variable})
    get_filename_component(path "${source}" ABSOLUTE)
    if(EXISTS "${path}")
      list(APPEND found "${source}")
    else()
      message(${CHANCERY_MISSING} "${name}: ${source} is not there")
    endif()
  endforeach()
  set(${variable} ${found} PARENT_SCOPE)
endfunction()

# Links, and remembers what was asked for, so that chancery_check_dependencies() can name a
# misspelt one together with the target that wants it.
function(chancery_link target visibility)
  foreach(dependency IN LISTS ARGN)
    if(dependency MATCHES "^chancery::(.+)$")
      set_property(GLOBAL APPEND PROPERTY CHANCERY_LINKS "${target}>${CMAKE_MATCH_1}")
      target_link_libraries(${target} ${visibility} chancery_${CMAKE_MATCH_1})
    else()
      target_link_libraries(${target} ${visibility} ${dependency})
    endif()
  endforeach()
endfunction()

function(chancery_check_dependencies)
  get_property(links GLOBAL PROPERTY CHANCERY_LINKS)
  foreach(link IN LISTS links)
    string(REPLACE ">" ";" pair "${link}")
    list(GET pair 0 target)
    list(GET pair 1 dependency)
    if(NOT TARGET chancery_${dependency})
      message(${CHANCERY_MISSING} "${target} depends on chancery::${dependency}, which no folder builds")
    endif()
  endforeach()
endfunction()

function(chancery_no_extra_arguments function extra)
  if(extra)
    message(FATAL_ERROR "${function}: unknown arguments: ${extra}")
  endif()
endfunction()
