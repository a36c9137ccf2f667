#pragma once
#include <stdint.h>

/* A C face for simdjson: a whole document becomes one flat array of nodes in two calls. */

#ifdef __cplusplus
extern "C" {
#endif

/* What a node is: the lowest three bits of its tag. */
enum {
    SIMDJSON_SHIM_NULL = 0,
    SIMDJSON_SHIM_FALSE = 1,
    SIMDJSON_SHIM_TRUE = 2,
    SIMDJSON_SHIM_NUMBER = 3,
    SIMDJSON_SHIM_STRING = 4,
    SIMDJSON_SHIM_ARRAY = 5,
    SIMDJSON_SHIM_OBJECT = 6
};
/* The tag's fourth bit: the string holds a backslash. Above it: how many elements or members a container has. */
#define SIMDJSON_SHIM_KIND_MASK 7u
#define SIMDJSON_SHIM_ESCAPED 8u
#define SIMDJSON_SHIM_COUNT_SHIFT 4u

/* Readable bytes that must follow the text. */
#define SIMDJSON_SHIM_PADDING 64u
/* Bytes of text up to which offsets and counts fit a node. */
#define SIMDJSON_SHIM_LARGEST_LENGTH 0x0FFFFFFFu

/*
 * One value or key, in document order. A container is followed by its contents; an object's contents are a key
 * (a string node) and its value, by turns. `next` is the node after this one and all it contains; of a key, the
 * node after its value. `offset` and `length` are the node's own JSON text: strings with their quotes.
 */
typedef struct {
    uint32_t offset;
    uint32_t length;
    uint32_t next;
    uint32_t tag;
} simdjson_shim_node;

typedef enum {
    SIMDJSON_SHIM_SUCCESS = 0,
    SIMDJSON_SHIM_EMPTY,
    SIMDJSON_SHIM_OUT_OF_MEMORY,
    /* A byte sequence that is not UTF-8, or a control character inside a string; where is not known. */
    SIMDJSON_SHIM_INVALID_TEXT,
    SIMDJSON_SHIM_TRUNCATED,
    SIMDJSON_SHIM_TOO_DEEP,
    SIMDJSON_SHIM_UNEXPECTED_BYTE,
    SIMDJSON_SHIM_INVALID_NUMBER,
    SIMDJSON_SHIM_INVALID_LITERAL,
    SIMDJSON_SHIM_INVALID_ESCAPE,
    SIMDJSON_SHIM_TRAILING_CONTENT
} simdjson_shim_code;

/* `offset` is where it went wrong; `count` is what the call says it counts. */
typedef struct {
    simdjson_shim_code code;
    uint32_t offset;
    uint32_t count;
} simdjson_shim_result;

/* The scratch memory of one parse at a time; to be used by one thread at a time. */
typedef struct simdjson_shim_parser simdjson_shim_parser;

/* Null when memory is exhausted. */
simdjson_shim_parser *_Nullable simdjson_shim_create(uint32_t maximum_depth);
void simdjson_shim_destroy(simdjson_shim_parser *_Nullable parser);

/* Finds where tokens start. `count` is an upper bound of the nodes that `simdjson_shim_build` will write. */
simdjson_shim_result simdjson_shim_index(
    simdjson_shim_parser *_Nonnull parser, const uint8_t *_Nonnull text, uint32_t length);

/*
 * Checks the whole grammar and writes the nodes of the text last given to `simdjson_shim_index`, the document's
 * own value first. `nodes` has room for the bound given there; `count` is how many were written.
 */
simdjson_shim_result simdjson_shim_build(
    simdjson_shim_parser *_Nonnull parser, const uint8_t *_Nonnull text, uint32_t length,
    simdjson_shim_node *_Nonnull nodes);

#ifdef __cplusplus
}
#endif
