# Everything Chancery takes from the system. `./dev setup` installs the Debian packages.

# Debian's protobuf has no CMake package of its own (module mode finds it), newer ones have.
# It comes before gRPC, which would otherwise search for it in its own way.
find_package(Protobuf CONFIG QUIET)
if(NOT Protobuf_FOUND)
  find_package(Protobuf REQUIRED)
endif()
find_package(gRPC CONFIG REQUIRED)
find_package(absl CONFIG REQUIRED)
find_package(RocksDB CONFIG REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n)
find_package(CLI11 CONFIG REQUIRED)
find_package(spdlog CONFIG REQUIRED)
find_package(Threads REQUIRED)
find_library(CHANCERY_JEMALLOC jemalloc REQUIRED)
mark_as_advanced(CHANCERY_JEMALLOC)

# Tests and benchmarks.
find_package(GTest CONFIG REQUIRED)
find_package(benchmark CONFIG REQUIRED)
find_package(rapidcheck CONFIG REQUIRED)

# Debian installs RocksDB as a shared library; other packagers as a static one. DEPS name `rocksdb`.
add_library(chancery_rocksdb INTERFACE)
add_library(chancery::rocksdb ALIAS chancery_rocksdb)
target_link_libraries(chancery_rocksdb INTERFACE
  $<IF:$<TARGET_EXISTS:RocksDB::rocksdb-shared>,RocksDB::rocksdb-shared,RocksDB::rocksdb>)
