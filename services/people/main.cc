#include "services/people/people_service.h"
#include "services/resource/service_main.h"

int main(int argc, char** argv) {
  return chancery::resource::ServiceMain(chancery::people::Definition(), argc, argv);
}
