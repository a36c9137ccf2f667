#include "simdjson_shim.h"
#include <simdjson.h>
extern "C" int simdjson_shim_ready(void) { return 1; }
