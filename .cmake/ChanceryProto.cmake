# C++ from .proto files.
#
#   chancery_proto_library(<name> ROOT <folder> PROTOS <file> … [IMPORTS <folder> …] [DEPS …] [GRPC])
#
# Files are named relative to ROOT, as they import each other. The code goes to ${CMAKE_BINARY_DIR}/gen
# and is included as `"chancery/types/v1/date.pb.h"`. Service stubs are generated only with GRPC:
# servers register raw methods by name and clients call by name.

set(CHANCERY_GEN_DIR "${CMAKE_BINARY_DIR}/gen")
set(CHANCERY_GOOGLEAPIS_DIR "${CMAKE_SOURCE_DIR}/build/deps/googleapis" CACHE PATH
  "Folder that holds google/api, google/rpc and google/type; made by `./dev setup`")

if(NOT EXISTS "${CHANCERY_GOOGLEAPIS_DIR}/google/api/field_behavior.proto")
  message(FATAL_ERROR
    "The Google API protos are not in ${CHANCERY_GOOGLEAPIS_DIR}. Run `./dev setup` once, "
    "or give their folder with -DCHANCERY_GOOGLEAPIS_DIR=…")
endif()

# protobuf's own google/protobuf/*.proto, for protoc.
get_target_property(CHANCERY_PROTOBUF_INCLUDE protobuf::libprotobuf INTERFACE_INCLUDE_DIRECTORIES)

# All generated code, for tools that read sources without building them.
add_custom_target(generated)

function(chancery_proto_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "GRPC" "ROOT" "PROTOS;IMPORTS;DEPS")
  chancery_no_extra_arguments(chancery_proto_library "${arg_UNPARSED_ARGUMENTS}")
  set(generated)
  foreach(proto IN LISTS arg_PROTOS)
    chancery_generate(generated "${proto}" "${arg_ROOT}" "${arg_IMPORTS}" "${arg_GRPC}")
  endforeach()
  set(target chancery_${name})
  add_library(${target} STATIC ${generated})
  add_library(chancery::${name} ALIAS ${target})
  add_custom_target(${target}_generated DEPENDS ${generated})
  add_dependencies(generated ${target}_generated)
  # Not our code: no warnings from it, neither here nor where it is included.
  target_compile_options(${target} PRIVATE -w)
  target_include_directories(${target} SYSTEM PUBLIC "${CHANCERY_GEN_DIR}")
  chancery_link(${target} PUBLIC protobuf::libprotobuf ${arg_DEPS})
  if(arg_GRPC)
    chancery_link(${target} PUBLIC gRPC::grpc++)
  endif()
endfunction()

# One protoc run per file; the dependency file makes an edited import rebuild what uses it.
function(chancery_generate out proto root imports grpc)
  string(REGEX REPLACE "\\.proto$" "" stem "${proto}")
  set(outputs "${CHANCERY_GEN_DIR}/${stem}.pb.h" "${CHANCERY_GEN_DIR}/${stem}.pb.cc")
  set(plugin)
  if(grpc)
    list(APPEND outputs "${CHANCERY_GEN_DIR}/${stem}.grpc.pb.h" "${CHANCERY_GEN_DIR}/${stem}.grpc.pb.cc")
    set(plugin "--grpc_out=${CHANCERY_GEN_DIR}"
      "--plugin=protoc-gen-grpc=$<TARGET_FILE:gRPC::grpc_cpp_plugin>")
  endif()
  list(TRANSFORM imports PREPEND "-I")
  get_filename_component(folder "${CHANCERY_GEN_DIR}/${stem}" DIRECTORY)
  file(MAKE_DIRECTORY "${folder}")
  add_custom_command(
    OUTPUT ${outputs}
    COMMAND protobuf::protoc "-I${root}" ${imports} "-I${CHANCERY_PROTOBUF_INCLUDE}"
      "--cpp_out=${CHANCERY_GEN_DIR}" ${plugin}
      "--dependency_out=${CHANCERY_GEN_DIR}/${stem}.d" "${proto}"
    DEPENDS "${root}/${proto}"
    DEPFILE "${CHANCERY_GEN_DIR}/${stem}.d"
    COMMENT "Generating ${stem}.pb.h"
    VERBATIM)
  set(${out} ${${out}} ${outputs} PARENT_SCOPE)
endfunction()
