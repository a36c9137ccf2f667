// What Swift cannot import of libmicrohttpd: its variadic functions, with exactly the options this project uses.
#pragma once
#include <microhttpd.h>

/// What `wallet_http_start` is told; every limit is set, none is left to a default of the library.
struct wallet_http_options {
    int listen_socket;
    int is_ipv6;
    unsigned int threads;
    unsigned int connection_limit;
    unsigned int per_address_connection_limit;
    unsigned int connection_timeout_seconds;
    size_t connection_memory_limit_bytes;
    void *context;
    void *(*on_target)(void *context, const char *target, struct MHD_Connection *connection);
    size_t (*on_unescape)(void *context, struct MHD_Connection *connection, char *text);
    MHD_AccessHandlerCallback on_access;
    MHD_RequestCompletedCallback on_completed;
};

/// The library's strictness stays at its middle: `RequestPolicy` is stricter in every respect, and at 1 the library
/// answers a missing `Host` itself, with its head sent twice (0.9.75).
///
/// Starts the threads on a socket that already listens; NULL when that fails, with `errno` set by the library.
static inline struct MHD_Daemon *wallet_http_start(const struct wallet_http_options *options) {
    unsigned int flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME;
    if (options->is_ipv6) flags |= MHD_USE_IPv6;
    // A pool of one is refused by the library: one thread is what it runs without a pool.
    struct MHD_OptionItem pool[] = {
        {MHD_OPTION_THREAD_POOL_SIZE, options->threads, NULL},
        {MHD_OPTION_END, 0, NULL},
    };
    if (options->threads < 2) pool[0].option = MHD_OPTION_END;
    return MHD_start_daemon(
        flags, 0, NULL, NULL, options->on_access, options->context,
        MHD_OPTION_LISTEN_SOCKET, (MHD_socket) options->listen_socket,
        MHD_OPTION_CONNECTION_LIMIT, options->connection_limit,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, options->per_address_connection_limit,
        MHD_OPTION_CONNECTION_TIMEOUT, options->connection_timeout_seconds,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, options->connection_memory_limit_bytes,
        MHD_OPTION_STRICT_FOR_CLIENT, 0,
        MHD_OPTION_URI_LOG_CALLBACK, options->on_target, options->context,
        MHD_OPTION_UNESCAPE_CALLBACK, options->on_unescape, options->context,
        MHD_OPTION_NOTIFY_COMPLETED, options->on_completed, options->context,
        MHD_OPTION_ARRAY, pool,
        MHD_OPTION_END);
}

/// The address of the client, owned by the connection; NULL when the library does not know it.
static inline const struct sockaddr *wallet_http_client_address(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    return info == NULL ? NULL : info->client_addr;
}
