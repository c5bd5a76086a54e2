#include "deploy/allinone/commands.h"
#include "gateway/ctl/run.h"

int main(int argc, char** argv) {
  using namespace chancery;
  return ctl::Main(argc, argv,
                   {allinone::ServeCommand(), allinone::DemoCommand(), allinone::InspectCommand()});
}
