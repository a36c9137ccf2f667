#pragma once
#ifdef __cplusplus
extern "C" {
#endif
int simdjson_shim_ready(void);
#ifdef __cplusplus
}
#endif
