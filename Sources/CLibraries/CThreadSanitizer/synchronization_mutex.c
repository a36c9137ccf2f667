// Teaches the thread sanitizer the standard library's Mutex. Its fast path is inlined and so instrumented; the slow
// one, taken under contention, lies in libswiftSynchronization, which is not: without these two functions every
// contended Mutex is reported as a race. They stand in front of the library's own and say what it does. Empty in any
// other build.
#include "thread_sanitizer.h"

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

void __tsan_acquire(void *address);
void __tsan_release(void *address);

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context))

#define LOCK_SLOW "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK_SLOW "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

SWIFT void mutex_lock_slow(uint32_t thread, SELF void *mutex) __asm__(LOCK_SLOW);
SWIFT void mutex_unlock_slow(SELF void *mutex) __asm__(UNLOCK_SLOW);

typedef SWIFT void (*lock_slow)(uint32_t, SELF void *);
typedef SWIFT void (*unlock_slow)(SELF void *);

SWIFT void mutex_lock_slow(uint32_t thread, SELF void *mutex) {
    ((lock_slow)dlsym(RTLD_NEXT, LOCK_SLOW))(thread, mutex);
    __tsan_acquire(mutex);
}

SWIFT void mutex_unlock_slow(SELF void *mutex) {
    __tsan_release(mutex);
    ((unlock_slow)dlsym(RTLD_NEXT, UNLOCK_SLOW))(mutex);
}
#endif
#endif
