// Debian's librdkafka uses C11 threads, which the thread sanitizer does not know: a thread it did not see being made
// ends the program at its first access. In that build only, these definitions take the place of the C library's and
// forward to the POSIX functions that the sanitizer follows. The types agree: glibc's mtx_t and cnd_t are storage for a
// pthread_mutex_t and a pthread_cond_t, and thrd_t is a pthread_t.
#include "thread_sanitizer.h"

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <threads.h>

struct start {
    thrd_start_t body;
    void *argument;
};

static void *run(void *context) {
    struct start start = *(struct start *)context;
    free(context);
    return (void *)(intptr_t)start.body(start.argument);
}

static int result(int status) {
    switch (status) {
    case 0:
        return thrd_success;
    case ETIMEDOUT:
        return thrd_timedout;
    case ENOMEM:
        return thrd_nomem;
    case EBUSY:
        return thrd_busy;
    default:
        return thrd_error;
    }
}

int thrd_create(thrd_t *thread, thrd_start_t body, void *argument) {
    struct start *start = malloc(sizeof *start);
    if (!start) return thrd_nomem;
    start->body = body;
    start->argument = argument;
    int status = pthread_create(thread, NULL, run, start);
    if (status) free(start);
    return result(status);
}

int thrd_join(thrd_t thread, int *exit_code) {
    void *value = NULL;
    int status = pthread_join(thread, &value);
    if (exit_code) *exit_code = (int)(intptr_t)value;
    return result(status);
}

int mtx_lock(mtx_t *mutex) { return result(pthread_mutex_lock((pthread_mutex_t *)mutex)); }

int mtx_trylock(mtx_t *mutex) { return result(pthread_mutex_trylock((pthread_mutex_t *)mutex)); }

int mtx_unlock(mtx_t *mutex) { return result(pthread_mutex_unlock((pthread_mutex_t *)mutex)); }

int cnd_wait(cnd_t *condition, mtx_t *mutex) {
    return result(pthread_cond_wait((pthread_cond_t *)condition, (pthread_mutex_t *)mutex));
}

int cnd_timedwait(cnd_t *restrict condition, mtx_t *restrict mutex, const struct timespec *restrict deadline) {
    return result(pthread_cond_timedwait((pthread_cond_t *)condition, (pthread_mutex_t *)mutex, deadline));
}
#endif
#endif
