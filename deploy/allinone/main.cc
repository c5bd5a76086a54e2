#include "deploy/allinone/commands.h"
#include "gateway/ctl/run.h"

int main(int argc, char** argv) {
  return chancery::ctl::Main(argc, argv, chancery::allinone::OwnCommands());
}
