#pragma once
#include <libpq-fe.h>
#include <poll.h>

// libpq prints notices to standard error until told otherwise; services log for themselves.
static inline void pnl_ignore_notice(void *context, const PGresult *notice) {
    (void)context;
    (void)notice;
}

static inline void pnl_ignore_notices(PGconn *connection) {
    PQsetNoticeReceiver(connection, pnl_ignore_notice, NULL);
}

// The letters of PG_DIAG_* are character macros, which Swift does not import.
static inline const char *pnl_result_sqlstate(const PGresult *result) {
    return PQresultErrorField(result, PG_DIAG_SQLSTATE);
}

static inline const char *pnl_result_primary_message(const PGresult *result) {
    return PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
}

static inline const char *pnl_result_constraint(const PGresult *result) {
    return PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME);
}
