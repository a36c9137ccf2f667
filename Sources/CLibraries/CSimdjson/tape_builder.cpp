#include "tape_builder.h"

#include <cstring>

namespace shim {

static inline bool is_space(uint8_t byte) { return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t'; }
static inline bool is_digit(uint8_t byte) { return uint8_t(byte - '0') < 10; }
static inline bool is_hex_digit(uint8_t byte) { return is_digit(byte) || uint8_t((byte | 0x20) - 'a') < 6; }

simdjson_shim_result TapeBuilder::build() {
    find_backslash(0);
    if (!value()) return failure;
    while (depth > 0) {
        if (!step()) return failure;
    }
    if (cursor < start_count) fail(SIMDJSON_SHIM_TRAILING_CONTENT, starts[cursor]);
    failure.count = node_count;
    return failure;
}

/* One element, one member, or the end of the innermost open container. */
bool TapeBuilder::step() {
    if (cursor == start_count) return truncated();
    const uint32_t container = open_containers[depth - 1];
    const bool is_object = (nodes[container].tag & SIMDJSON_SHIM_KIND_MASK) == SIMDJSON_SHIM_OBJECT;
    const uint32_t offset = starts[cursor];
    if (text[offset] == (is_object ? '}' : ']')) {
        cursor += 1;
        close(container, offset);
        return true;
    }
    if (nodes[container].tag >> SIMDJSON_SHIM_COUNT_SHIFT) {
        if (text[offset] != ',') return fail(SIMDJSON_SHIM_UNEXPECTED_BYTE, offset);
        cursor += 1;
    }
    nodes[container].tag += 1u << SIMDJSON_SHIM_COUNT_SHIFT;
    if (!is_object) return value();
    const uint32_t key = node_count;
    if (!member_key() || !value()) return false;
    /* Right for a scalar; a container's end is not known yet and `close` sets it. */
    nodes[key].next = node_count;
    return true;
}

bool TapeBuilder::member_key() {
    if (cursor == start_count) return truncated();
    const uint32_t offset = starts[cursor];
    if (text[offset] != '"') return fail(SIMDJSON_SHIM_UNEXPECTED_BYTE, offset);
    cursor += 1;
    if (!string(offset)) return false;
    if (cursor == start_count) return truncated();
    if (text[starts[cursor]] != ':') return fail(SIMDJSON_SHIM_UNEXPECTED_BYTE, starts[cursor]);
    cursor += 1;
    return true;
}

bool TapeBuilder::value() {
    if (cursor == start_count) return truncated();
    const uint32_t offset = starts[cursor];
    cursor += 1;
    switch (text[offset]) {
    case '"': return string(offset);
    case '{': return open(offset, SIMDJSON_SHIM_OBJECT);
    case '[': return open(offset, SIMDJSON_SHIM_ARRAY);
    case 't': return literal(offset, "true", 4, SIMDJSON_SHIM_TRUE);
    case 'f': return literal(offset, "false", 5, SIMDJSON_SHIM_FALSE);
    case 'n': return literal(offset, "null", 4, SIMDJSON_SHIM_NULL);
    case '-': case '0': case '1': case '2': case '3': case '4': case '5': case '6': case '7': case '8': case '9':
        return number(offset);
    default: return fail(SIMDJSON_SHIM_UNEXPECTED_BYTE, offset);
    }
}

bool TapeBuilder::open(uint32_t offset, uint32_t kind) {
    if (depth == maximum_depth) return fail(SIMDJSON_SHIM_TOO_DEEP, offset);
    open_containers[depth] = node_count;
    depth += 1;
    nodes[node_count] = {offset, 0, 0, kind};
    node_count += 1;
    return true;
}

void TapeBuilder::close(uint32_t container, uint32_t offset) {
    depth -= 1;
    nodes[container].length = offset + 1 - nodes[container].offset;
    nodes[container].next = node_count;
    const bool is_member =
        depth > 0 && (nodes[open_containers[depth - 1]].tag & SIMDJSON_SHIM_KIND_MASK) == SIMDJSON_SHIM_OBJECT;
    if (is_member) nodes[container - 1].next = node_count;
}

/* Only white space stands between the closing quote and the next token: anything else would start a token. */
bool TapeBuilder::string(uint32_t offset) {
    uint32_t end = token_limit();
    while (end > offset + 1 && text[end - 1] != '"') end -= 1;
    if (end < offset + 2) return truncated();
    uint32_t tag = SIMDJSON_SHIM_STRING;
    if (next_backslash < end) {
        if (!escapes_are_valid(offset + 1, end - 1)) return false;
        tag |= SIMDJSON_SHIM_ESCAPED;
        find_backslash(end);
    }
    nodes[node_count] = {offset, end - offset, node_count + 1, tag};
    node_count += 1;
    return true;
}

bool TapeBuilder::number(uint32_t offset) {
    const uint32_t limit = token_limit();
    uint32_t at = offset;
    /* The bytes after the text are readable padding, and the limit is checked at the end. */
    if (text[at] == '-') at += 1;
    bool valid = is_digit(text[at]);
    if (text[at] == '0') {
        at += 1;
    } else {
        while (is_digit(text[at])) at += 1;
    }
    if (text[at] == '.') {
        at += 1;
        valid = valid && is_digit(text[at]);
        while (is_digit(text[at])) at += 1;
    }
    if ((text[at] | 0x20) == 'e') {
        at += 1;
        if (text[at] == '+' || text[at] == '-') at += 1;
        valid = valid && is_digit(text[at]);
        while (is_digit(text[at])) at += 1;
    }
    if (!valid || at > limit || (at < limit && !is_space(text[at]))) {
        const bool is_cut = depth > 0 && cursor == start_count;
        return is_cut ? truncated() : fail(SIMDJSON_SHIM_INVALID_NUMBER, offset);
    }
    nodes[node_count] = {offset, at - offset, node_count + 1, SIMDJSON_SHIM_NUMBER};
    node_count += 1;
    return true;
}

bool TapeBuilder::literal(uint32_t offset, const char *word, uint32_t word_length, uint32_t kind) {
    const uint32_t limit = token_limit();
    const uint32_t end = offset + word_length;
    if (end > limit || memcmp(text + offset, word, word_length) != 0 || (end < limit && !is_space(text[end]))) {
        const bool is_cut = depth > 0 && cursor == start_count;
        return is_cut ? truncated() : fail(SIMDJSON_SHIM_INVALID_LITERAL, offset);
    }
    nodes[node_count] = {offset, word_length, node_count + 1, kind};
    node_count += 1;
    return true;
}

bool TapeBuilder::escapes_are_valid(uint32_t begin, uint32_t end) {
    for (uint32_t at = begin; at < end; at += 1) {
        if (text[at] != '\\') continue;
        at += 1;
        if (text[at] == 'u') {
            /* The closing quote and the padding stop this before it leaves readable bytes. */
            for (uint32_t digit = at + 1; digit <= at + 4; digit += 1) {
                if (digit >= end || !is_hex_digit(text[digit])) return fail(SIMDJSON_SHIM_INVALID_ESCAPE, at - 1);
            }
            at += 4;
        } else if (text[at] == 0 || strchr("\"\\/bfnrt", text[at]) == nullptr) {
            return fail(SIMDJSON_SHIM_INVALID_ESCAPE, at - 1);
        }
    }
    return true;
}

void TapeBuilder::find_backslash(uint32_t from) {
    const void *found = from < length ? memchr(text + from, '\\', length - from) : nullptr;
    next_backslash = found ? uint32_t(static_cast<const uint8_t *>(found) - text) : length;
}

bool TapeBuilder::fail(simdjson_shim_code code, uint32_t offset) {
    failure = {code, offset, 0};
    return false;
}

}  // namespace shim
