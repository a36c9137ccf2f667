#pragma once

#include <cstdint>

#include "simdjson_shim.h"

namespace shim {

/* Turns token starts into nodes and checks the grammar of RFC 8259 on the way, in one pass without recursion. */
class TapeBuilder {
  public:
    TapeBuilder(
        const uint8_t *text, uint32_t length, const uint32_t *starts, uint32_t start_count, simdjson_shim_node *nodes,
        uint32_t *open_containers, uint32_t maximum_depth)
        : text(text), length(length), starts(starts), start_count(start_count), nodes(nodes),
          open_containers(open_containers), maximum_depth(maximum_depth) {}

    simdjson_shim_result build();

  private:
    const uint8_t *text;
    uint32_t length;
    const uint32_t *starts;
    uint32_t start_count;
    simdjson_shim_node *nodes;
    uint32_t *open_containers;
    uint32_t maximum_depth;

    uint32_t cursor = 0; /* index into `starts` */
    uint32_t node_count = 0;
    uint32_t depth = 0;
    uint32_t next_backslash = 0; /* offset; `length` when there is none left */
    simdjson_shim_result failure = {SIMDJSON_SHIM_SUCCESS, 0, 0};

    bool step();
    bool member_key();
    bool value();
    bool open(uint32_t offset, uint32_t kind);
    void close(uint32_t container, uint32_t offset);
    bool string(uint32_t offset);
    bool number(uint32_t offset);
    bool literal(uint32_t offset, const char *word, uint32_t word_length, uint32_t kind);
    bool escapes_are_valid(uint32_t begin, uint32_t end);

    uint32_t token_limit() const { return cursor < start_count ? starts[cursor] : length; }
    void find_backslash(uint32_t from);
    bool fail(simdjson_shim_code code, uint32_t offset);
    bool truncated() { return fail(SIMDJSON_SHIM_TRUNCATED, length); }
};

}  // namespace shim
