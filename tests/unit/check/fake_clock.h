/* A monotonic clock that passes only while the runner waits: a test of deadlines takes no time, and
 * comes to the same on a busy machine. The linker's --wrap puts it before poll and clock_gettime.
 */
#ifndef FAKE_CLOCK_H
#define FAKE_CLOCK_H

#include <poll.h>
#include <stdint.h>
#include <time.h>

static int64_t fake_now_ms; /* 0: the system's clock */

int __real_clock_gettime(clockid_t clock, struct timespec *out);
int __real_poll(struct pollfd *polls, nfds_t count, int timeout_ms);
int __wrap_clock_gettime(clockid_t clock, struct timespec *out);
int __wrap_poll(struct pollfd *polls, nfds_t count, int timeout_ms);

int __wrap_clock_gettime(clockid_t clock, struct timespec *out)
{
    if (fake_now_ms == 0 || clock != CLOCK_MONOTONIC)
        return __real_clock_gettime(clock, out);
    *out = (struct timespec){(time_t)(fake_now_ms / 1000), (long)(fake_now_ms % 1000) * 1000000};
    return 0;
}

int __wrap_poll(struct pollfd *polls, nfds_t count, int timeout_ms)
{
    if (fake_now_ms == 0 || timeout_ms < 0)
        return __real_poll(polls, count, timeout_ms);
    int num_ready = __real_poll(polls, count, 0);
    if (num_ready == 0)
        fake_now_ms += timeout_ms > 0 ? timeout_ms : 1; /* a program that does not wait goes on */
    return num_ready;
}

#endif
