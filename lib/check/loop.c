/* The one place of the core that waits, reads a clock, and asks how many descriptors there are. */
#define _POSIX_C_SOURCE 200809L

#include "check/runner.h"

#include "base/grow.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

int64_t fv_loop_now(void)
{
    struct timespec now = {0, 0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- the pipe that ends a wait ---- */

static bool make_quiet(int fd)
{
    int flags = fcntl(fd, F_GETFL);
    return flags >= 0 && fcntl(fd, F_SETFL, flags | O_NONBLOCK) == 0 &&
           fcntl(fd, F_SETFD, FD_CLOEXEC) == 0;
}

fedval_status fv_loop_open(fedval_runner *runner)
{
    int ends[2];
    if (pipe(ends) != 0)
        return FEDVAL_ERROR_SYSTEM;
    if (!make_quiet(ends[0]) || !make_quiet(ends[1])) {
        close(ends[0]);
        close(ends[1]);
        return FEDVAL_ERROR_SYSTEM;
    }
    runner->wake_read = ends[0];
    runner->wake_write = ends[1];
    return FEDVAL_OK;
}

void fv_loop_close(fedval_runner *runner)
{
    close(runner->wake_read);
    close(runner->wake_write);
    free(runner->watches);
    free(runner->watch_of);
    free(runner->polls);
}

size_t fv_loop_room(size_t wanted)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return wanted;
    size_t room = limit.rlim_cur > FV_RUNNER_SPARE_FDS + FV_RUNNER_MIN_WINDOW
                      ? (size_t)limit.rlim_cur - FV_RUNNER_SPARE_FDS
                      : FV_RUNNER_MIN_WINDOW;
    return room < wanted ? room : wanted;
}

void fedval_runner_wake(fedval_runner *runner)
{
    if (runner == NULL)
        return;
    int saved = errno; /* a signal handler may call this */
    ssize_t written = write(runner->wake_write, "", 1);
    (void)written; /* a full pipe wakes as well */
    errno = saved;
}

static void drain_pipe(const fedval_runner *runner)
{
    char bytes[64];
    while (read(runner->wake_read, bytes, sizeof(bytes)) > 0)
        continue;
}

/* ---- for a loop of the caller's ---- */

size_t fedval_runner_count_descriptors(const fedval_runner *runner)
{
    return runner == NULL ? 0 : runner->num_watches + 1;
}

int32_t fedval_runner_get_descriptor(const fedval_runner *runner, size_t index,
                                     uint32_t *out_events)
{
    if (index >= fedval_runner_count_descriptors(runner))
        return -1;
    const fv_watch *watch = index == 0 ? NULL : &runner->watches[index - 1];
    if (out_events != NULL)
        *out_events = watch == NULL ? FEDVAL_IO_READ : watch->events;
    return watch == NULL ? runner->wake_read : watch->fd;
}

/* ---- what ports call back ---- */

/* Takes the same time however many descriptors there are. */
static fv_watch *find_watch(const fedval_runner *runner, int32_t fd)
{
    size_t place = fd >= 0 && (size_t)fd < runner->num_watch_of ? runner->watch_of[fd] : 0;
    return place == 0 ? NULL : &runner->watches[place - 1];
}

static bool make_room_for(fedval_runner *runner, int32_t fd)
{
    size_t before = runner->num_watch_of;
    size_t *larger =
        fv_grow(runner->watch_of, (size_t)fd + 1, &runner->num_watch_of, sizeof(*larger));
    if (larger == NULL)
        return false;
    for (size_t i = before; i < runner->num_watch_of; i++)
        larger[i] = 0;
    runner->watch_of = larger;
    return true;
}

/* The last watch moves to the place that becomes free. */
static void remove_watch(fedval_runner *runner, fv_watch *watch)
{
    runner->watch_of[watch->fd] = 0;
    const fv_watch *last = &runner->watches[--runner->num_watches];
    if (watch == last)
        return;
    *watch = *last;
    runner->watch_of[watch->fd] = (size_t)(watch - runner->watches) + 1;
}

static fv_watch *add_watch(fedval_runner *runner, int32_t fd)
{
    if (!make_room_for(runner, fd))
        return NULL;
    fv_watch *larger = fv_grow(runner->watches, runner->num_watches + 1, &runner->watches_capacity,
                               sizeof(*larger));
    if (larger == NULL)
        return NULL;
    runner->watches = larger;
    runner->watch_of[fd] = ++runner->num_watches;
    return &runner->watches[runner->num_watches - 1];
}

static void on_interest(int32_t fd, uint32_t events, void *user)
{
    fv_slot *slot = user;
    fedval_runner *runner = slot->runner;
    fv_watch *watch = find_watch(runner, fd);
    if (fd < 0)
        return;
    if (events == 0) {
        if (watch != NULL)
            remove_watch(runner, watch);
        return;
    }
    if (watch == NULL)
        watch = add_watch(runner, fd);
    if (watch == NULL)
        runner->failed = FEDVAL_ERROR_NO_MEMORY;
    else
        *watch = (fv_watch){fd, events, slot};
}

static void on_done(uint64_t ticket, void *user)
{
    fv_slot *slot = user;
    fv_jobs_done(slot->runner, ticket);
}

fedval_port_events fv_loop_events(fv_slot *slot)
{
    return (fedval_port_events){
        .size = sizeof(fedval_port_events), .interest = on_interest, .done = on_done, .user = slot};
}

/* ---- waiting ---- */

static short poll_events(uint32_t events)
{
    int wanted = 0;
    if ((events & FEDVAL_IO_READ) != 0)
        wanted |= POLLIN;
    if ((events & FEDVAL_IO_WRITE) != 0)
        wanted |= POLLOUT;
    return (short)wanted;
}

/* Reports an error or a hang-up as the events in `wanted`: the port then reads or writes, and that
 * call returns the error. */
static uint32_t port_events(int revents, uint32_t wanted)
{
    uint32_t events = 0;
    if ((revents & POLLIN) != 0)
        events |= FEDVAL_IO_READ;
    if ((revents & POLLOUT) != 0)
        events |= FEDVAL_IO_WRITE;
    if ((revents & (POLLERR | POLLHUP | POLLNVAL)) != 0)
        events |= wanted;
    return events;
}

/* Fills the poll set: the pipe comes first, then the watches in their order. NULL: memory is short.
 */
static struct pollfd *fill_polls(fedval_runner *runner)
{
    size_t count = runner->num_watches + 1;
    struct pollfd *polls =
        fv_grow(runner->polls, count, &runner->polls_capacity, sizeof(struct pollfd));
    if (polls == NULL)
        return NULL;
    runner->polls = polls;
    polls[0] = (struct pollfd){.fd = runner->wake_read, .events = POLLIN};
    for (size_t i = 0; i + 1 < count; i++) {
        polls[i + 1] = (struct pollfd){.fd = runner->watches[i].fd,
                                       .events = poll_events(runner->watches[i].events)};
    }
    return polls;
}

static void expire_port(fv_slot *slot, int64_t now)
{
    if (slot != NULL && slot->driven && fedval_port_next_deadline_ms(slot->port) <= now)
        fedval_port_expire(slot->port, now);
}

static void expire_all(fedval_runner *runner, int64_t now)
{
    for (size_t i = 0; i < runner->num_resolvers; i++)
        expire_port(runner->resolvers[i], now);
    expire_port(runner->prober, now);
}

static void handle_one(const fedval_runner *runner, const struct pollfd *ready, int64_t now)
{
    const fv_watch *watch = find_watch(runner, ready->fd);
    if (watch != NULL) {
        fedval_port_ready(watch->slot->port, watch->fd, port_events(ready->revents, watch->events),
                          now);
    }
}

/* Handling one descriptor may forget or add others: each is looked up again by its number. One
 * handshake may cost much arithmetic: deadlines are looked at in between. */
static void handle_ready(fedval_runner *runner, const struct pollfd *polls, size_t count)
{
    int64_t now = fv_loop_now(), looked_at = now;
    for (size_t i = 1; i < count; i++) {
        if (polls[i].revents == 0)
            continue;
        handle_one(runner, &polls[i], now);
        now = fv_loop_now();
        if (now - looked_at < FV_RUNNER_TURN_MS)
            continue;
        expire_all(runner, now);
        looked_at = now;
    }
}

/* A turn that took long halves the questions that may be open; a quick one adds one. */
static void note_busy(fedval_runner *runner, int64_t busy_ms)
{
    runner->busy_ms += busy_ms;
    if (busy_ms > runner->question_ms / 16) {
        size_t half = runner->num_in_flight / 2;
        runner->window = half > FV_RUNNER_MIN_WINDOW ? half : FV_RUNNER_MIN_WINDOW;
    } else if (runner->window < runner->ceiling) {
        runner->window++;
    }
}

fedval_status fv_loop_wait(fedval_runner *runner, int64_t wait_ms)
{
    struct pollfd *polls = fill_polls(runner);
    if (polls == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    size_t count = runner->num_watches + 1;
    int timeout = wait_ms > 3600000 ? 3600000 : (int)wait_ms;
    int num_ready = poll(polls, (nfds_t)count, timeout);
    if (num_ready < 0 && errno != EINTR && errno != EAGAIN)
        return FEDVAL_ERROR_SYSTEM;
    int64_t begin = fv_loop_now();
    if (num_ready > 0) {
        drain_pipe(runner);
        handle_ready(runner, polls, count);
    }
    expire_all(runner, fv_loop_now());
    note_busy(runner, fv_loop_now() - begin);
    return FEDVAL_OK;
}

int64_t fv_loop_next_deadline(const fedval_runner *runner)
{
    int64_t next = fv_jobs_next_deadline(runner), runs = fv_runs_next_deadline(runner);
    if (runs < next)
        next = runs;
    for (size_t i = 0; i <= runner->num_resolvers; i++) {
        const fv_slot *slot = i < runner->num_resolvers ? runner->resolvers[i] : runner->prober;
        int64_t port =
            slot == NULL || !slot->driven ? INT64_MAX : fedval_port_next_deadline_ms(slot->port);
        if (port < next)
            next = port;
    }
    return next;
}
