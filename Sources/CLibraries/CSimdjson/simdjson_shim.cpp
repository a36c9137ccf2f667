#include "simdjson_shim.h"

#include <simdjson.h>

#include <memory>
#include <new>

#include "tape_builder.h"

static_assert(SIMDJSON_SHIM_PADDING >= simdjson::SIMDJSON_PADDING, "the padding promised must be what simdjson needs");

/*
 * simdjson's first stage (vectorised: token starts, UTF-8, control characters) is what On-Demand walks too. It is
 * used directly because a walk over the token starts checks everything, skipped fields included, and yields the
 * exact range of each value, neither of which On-Demand's own iterators do.
 */
struct simdjson_shim_parser {
    std::unique_ptr<simdjson::internal::dom_parser_implementation> stage;
    std::unique_ptr<uint32_t[]> open_containers;
    uint32_t maximum_depth = 0;
};

extern "C" simdjson_shim_parser *simdjson_shim_create(uint32_t maximum_depth) {
    std::unique_ptr<simdjson_shim_parser> parser(new (std::nothrow) simdjson_shim_parser);
    if (!parser) return nullptr;
    parser->open_containers.reset(new (std::nothrow) uint32_t[maximum_depth]);
    if (!parser->open_containers) return nullptr;
    parser->maximum_depth = maximum_depth;
    return parser.release();
}

extern "C" void simdjson_shim_destroy(simdjson_shim_parser *parser) { delete parser; }

/* Grows in doublings, so that pages of similar size reuse the memory of the first. */
static bool ensure_capacity(simdjson_shim_parser &parser, uint32_t length) {
    if (parser.stage && parser.stage->capacity() >= length) return true;
    size_t capacity = size_t(1) << 16;
    while (capacity < length) capacity *= 2;
    if (parser.stage) return parser.stage->set_capacity(capacity) == simdjson::SUCCESS;
    return simdjson::get_active_implementation()->create_dom_parser_implementation(
               capacity, simdjson::DEFAULT_MAX_DEPTH, parser.stage) == simdjson::SUCCESS;
}

extern "C" simdjson_shim_result simdjson_shim_index(
    simdjson_shim_parser *parser, const uint8_t *text, uint32_t length) {
    if (length == 0) return {SIMDJSON_SHIM_EMPTY, 0, 0};
    if (!ensure_capacity(*parser, length)) return {SIMDJSON_SHIM_OUT_OF_MEMORY, 0, 0};
    switch (parser->stage->stage1(text, length, simdjson::stage1_mode::regular)) {
    case simdjson::SUCCESS: return {SIMDJSON_SHIM_SUCCESS, 0, parser->stage->n_structural_indexes};
    case simdjson::EMPTY: return {SIMDJSON_SHIM_EMPTY, length, 0};
    case simdjson::UNCLOSED_STRING: return {SIMDJSON_SHIM_TRUNCATED, length, 0};
    case simdjson::UTF8_ERROR:
    case simdjson::UNESCAPED_CHARS: return {SIMDJSON_SHIM_INVALID_TEXT, 0, 0};
    default: return {SIMDJSON_SHIM_OUT_OF_MEMORY, 0, 0};
    }
}

extern "C" simdjson_shim_result simdjson_shim_build(
    simdjson_shim_parser *parser, const uint8_t *text, uint32_t length, simdjson_shim_node *nodes) {
    shim::TapeBuilder builder(
        text, length, parser->stage->structural_indexes.get(), parser->stage->n_structural_indexes, nodes,
        parser->open_containers.get(), parser->maximum_depth);
    return builder.build();
}
