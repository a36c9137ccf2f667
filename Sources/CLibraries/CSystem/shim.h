// What the Glibc module does not export, and glibc's option scanner, whose globals Swift refuses to touch.
// The scanner's state is one per process: the caller holds a lock from options_begin to its last call.
#pragma once
#include <getopt.h>
#include <stddef.h>
#include <sys/random.h>

/// Starts a new scan; errors are returned, not printed.
static inline void options_begin(void) {
    optind = 0;
    opterr = 0;
}

/// The next option: its `val`, 1 for a positional argument, '?' or ':' for an error, -1 at the end.
static inline int options_next(int count, char *const *arguments, const char *shorts, const struct option *longs,
                               int *index) {
    return getopt_long(count, arguments, shorts, longs, index);
}

/// The value of the option just returned, or NULL.
static inline const char *options_value(void) { return optarg; }

/// The index of the next argument to scan.
static inline int options_position(void) { return optind; }

/// Fills the buffer from the kernel's generator; the count of bytes or -1 with errno.
static inline long random_fill(void *buffer, size_t count) { return getrandom(buffer, count, 0); }
