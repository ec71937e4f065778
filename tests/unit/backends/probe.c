#define _POSIX_C_SOURCE 200809L

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../now.h"
#include "backends/probe/engine.h"
#include "fedval/check.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* ---- an engine that does as it is told ---- */

typedef struct fake_engine {
    fv_progress handshake; /* what each call of it comes to */
    fedval_status describe;
    bool writes; /* a call of the handshake writes first */
    fv_probe_io *io;
    size_t num_opened, num_closed;
} fake_engine;

static fake_engine told;

static void *fake_open(const fv_offer *offer, fv_probe_io *io, void *user)
{
    (void)offer;
    told.io = io;
    told.num_opened++;
    return user;
}

static fv_progress fake_handshake(void *connection)
{
    (void)connection;
    for (int i = 0; told.writes && i < 100; i++) {
        if (fv_probe_io_write(told.io, (const uint8_t *)"x", 1) < 0)
            return FV_PROGRESS_FAILED;
    }
    return told.handshake;
}

static fv_progress fake_read(void *connection, uint8_t *data, size_t data_len, size_t *out_len)
{
    (void)connection, (void)data, (void)data_len;
    *out_len = 0;
    return told.handshake;
}

static fv_progress fake_write(void *connection, const uint8_t *data, size_t data_len)
{
    (void)connection, (void)data, (void)data_len;
    return told.handshake;
}

static fedval_status fake_describe(void *connection, bool with_chain, fedval_fact *fact)
{
    (void)connection, (void)with_chain, (void)fact;
    return told.describe;
}

static int32_t fake_number(void *connection)
{
    (void)connection;
    return -1;
}

static void fake_close(void *connection)
{
    (void)connection;
    told.num_closed++;
}

static fedval_port *new_prober(fv_progress handshake)
{
    fedval_port *port = NULL;
    const fv_probe_engine engine = {.open = fake_open,
                                    .handshake = fake_handshake,
                                    .read = fake_read,
                                    .write = fake_write,
                                    .describe = fake_describe,
                                    .was_asked = fake_number,
                                    .alert = fake_number,
                                    .close = fake_close,
                                    .user = &told};
    told = (fake_engine){.handshake = handshake};
    assert_int_equal(fv_probe_port_new(&engine, &port), FEDVAL_OK);
    return port;
}

/* ---- a loop that only notes ---- */

typedef struct notes {
    int32_t fd;
    uint32_t events;
    size_t num_watched, num_done;
    uint64_t last_done;
} notes;

static void note_interest(int32_t fd, uint32_t events, void *user)
{
    notes *self = user;
    if (events == 0) {
        self->num_watched--;
        self->fd = -1;
        return;
    }
    if (self->fd != fd)
        self->num_watched++;
    self->fd = fd;
    self->events = events;
}

static void note_done(uint64_t ticket, void *user)
{
    notes *self = user;
    self->num_done++;
    self->last_done = ticket;
}

static void attach(fedval_port *port, notes *self)
{
    *self = (notes){.fd = -1};
    fedval_port_events events = {
        .size = sizeof(events), .interest = note_interest, .done = note_done, .user = self};
    assert_int_equal(fedval_port_attach(port, &events), FEDVAL_OK);
}

static fedval_fact *new_fact(const char *address, uint16_t port)
{
    fedval_fact *fact = NULL;
    assert_int_equal(fedval_fact_new_probe("expe.example.com", FEDVAL_NUL_ENDED, address,
                                           FEDVAL_NUL_ENDED, port, FEDVAL_ROLE_SERVER, &fact),
                     FEDVAL_OK);
    return fact;
}

static void start(fedval_port *port, uint64_t ticket, fedval_fact *fact)
{
    assert_int_equal(
        fedval_port_start(port, ticket, fedval_fact_get_question(fact), 1000, 6000, fact),
        FEDVAL_OK);
}

/* ---- peers on loopback ---- */

static int listen_on(int family, int backlog, uint16_t *out_port)
{
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
    } at = {.any.sa_family = (sa_family_t)family};
    socklen_t at_len = family == AF_INET ? sizeof(at.v4) : sizeof(at.v6);
    if (family == AF_INET)
        at.v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    else
        at.v6.sin6_addr = in6addr_loopback;
    int fd = socket(family, SOCK_STREAM, 0);
    if (fd < 0)
        return -1;
    if (bind(fd, &at.any, at_len) != 0 || listen(fd, backlog) != 0 ||
        getsockname(fd, &at.any, &at_len) != 0) {
        close(fd);
        return -1;
    }
    *out_port = ntohs(family == AF_INET ? at.v4.sin_port : at.v6.sin6_port);
    return fd;
}

/* A port where nothing listens: bound, and not listened on. */
static int take_port(uint16_t *out_port)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t at_len = sizeof(at);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&at, at_len), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &at_len), 0);
    *out_port = ntohs(at.sin_port);
    return fd;
}

/* A listener whose backlog is full answers nothing: what connects to it is under way for good. */
typedef struct black_hole {
    int listener, fillers[3];
    uint16_t port;
} black_hole;

static black_hole open_black_hole(void)
{
    black_hole hole = {.port = 0};
    hole.listener = listen_on(AF_INET, 0, &hole.port);
    struct sockaddr_in at = {.sin_family = AF_INET,
                             .sin_port = htons(hole.port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    for (size_t i = 0; i < 3; i++) {
        hole.fillers[i] = socket(AF_INET, SOCK_STREAM, 0);
        fcntl(hole.fillers[i], F_SETFL, O_NONBLOCK);
        (void)connect(hole.fillers[i], (struct sockaddr *)&at, sizeof(at));
    }
    return hole;
}

static void close_black_hole(const black_hole *hole)
{
    for (size_t i = 0; i < 3; i++)
        close(hole->fillers[i]);
    close(hole->listener);
}

/* Waits for what the prober waits for, and tells it. */
static void go_on(fedval_port *prober, const notes *seen)
{
    short wanted = seen->events == FEDVAL_IO_READ ? POLLIN : POLLOUT;
    struct pollfd socket = {.fd = seen->fd, .events = wanted};
    assert_true(poll(&socket, 1, 60000) > 0);
    fedval_port_ready(prober, seen->fd, seen->events, 1001);
}

/* ---- connecting ---- */

/* Whether the refusal of a local port comes at once or a little later is the system's choice. */
static void a_refused_connection_is_done_when_start_returns_or_soon_after(void **state)
{
    (void)state;
    uint16_t port;
    int closed = take_port(&port);
    fedval_port *prober = new_prober(FV_PROGRESS_WANT_READ);
    fedval_fact *fact = new_fact("127.0.0.1", port);
    notes seen;
    attach(prober, &seen);
    start(prober, 7, fact);
    for (int i = 0; i < 100 && seen.num_done == 0; i++) {
        go_on(prober, &seen);
    }
    assert_int_equal(seen.num_done, 1);
    assert_int_equal(seen.last_done, 7);
    assert_int_equal(seen.num_watched, 0);
    assert_int_equal(fedval_fact_get_outcome(fact), FEDVAL_OUTCOME_REFUSED);
    assert_int_equal(fedval_port_next_deadline_ms(prober), INT64_MAX);
    fedval_port_free(prober);
    fedval_fact_free(fact);
    close(closed);
}

static void what_cannot_be_connected_to_at_all_is_done_within_start(void **state)
{
    (void)state;
    fedval_port *prober = new_prober(FV_PROGRESS_WANT_READ);
    fedval_fact *fact = new_fact(NULL, 5061);
    notes seen;
    attach(prober, &seen);
    start(prober, 7, fact);
    assert_int_equal(seen.num_done, 1);
    assert_int_equal(seen.last_done, 7);
    assert_int_equal(seen.num_watched, 0);
    assert_int_equal(fedval_fact_get_outcome(fact), FEDVAL_OUTCOME_NOT_PROBED);
    assert_int_equal(fedval_port_next_deadline_ms(prober), INT64_MAX);
    fedval_port_free(prober);
    fedval_fact_free(fact);
}

static void a_call_before_the_connection_stands_changes_nothing(void **state)
{
    (void)state;
    black_hole hole = open_black_hole();
    fedval_port *prober = new_prober(FV_PROGRESS_WANT_READ);
    fedval_fact *fact = new_fact("127.0.0.1", hole.port);
    notes seen;
    attach(prober, &seen);
    start(prober, 1, fact);
    assert_int_equal(seen.events, FEDVAL_IO_WRITE);
    fedval_port_ready(prober, seen.fd, FEDVAL_IO_WRITE, 1001);
    assert_int_equal(told.num_opened, 0);
    assert_int_equal(seen.events, FEDVAL_IO_WRITE);
    fedval_port_expire(prober, 6000);
    assert_int_equal(fedval_fact_get_outcome(fact), FEDVAL_OUTCOME_TIMEOUT);
    fedval_port_free(prober);
    fedval_fact_free(fact);
    close_black_hole(&hole);
}

static void an_address_of_version_6_is_probed_as_any(void **state)
{
    (void)state;
    uint16_t port;
    int listener = listen_on(AF_INET6, 4, &port);
    if (listener < 0) {
        print_message("no IPv6 loopback on this machine: not tested\n");
        return;
    }
    fedval_port *prober = new_prober(FV_PROGRESS_DONE);
    fedval_fact *fact = new_fact("::1", port);
    notes seen;
    attach(prober, &seen);
    start(prober, 1, fact);
    go_on(prober, &seen);
    assert_int_equal(fedval_fact_get_outcome(fact), FEDVAL_OUTCOME_HANDSHAKE);
    fedval_port_free(prober);
    fedval_fact_free(fact);
    close(listener);
}

/* ---- a server that says why, and ends ---- */

static void end_with_reset(int fd)
{
    struct linger none = {.l_onoff = 1, .l_linger = 0};
    assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_LINGER, &none, sizeof(none)), 0);
    close(fd);
}

static void an_alert_is_read_though_the_write_fails_first(void **state)
{
    (void)state;
    static const uint8_t alert[] = {21, 3, 3, 0, 2, 2, 48};
    uint16_t port;
    int listener = listen_on(AF_INET, 4, &port);
    fedval_port *prober = new_prober(FV_PROGRESS_WANT_READ);
    fedval_fact *fact = new_fact("127.0.0.1", port);
    notes seen;
    attach(prober, &seen);
    start(prober, 1, fact);
    go_on(prober, &seen);
    int fd = accept(listener, NULL, NULL);
    assert_int_equal(send(fd, alert, sizeof(alert), 0), sizeof(alert));
    end_with_reset(fd);
    told.writes = true;
    go_on(prober, &seen);
    assert_int_equal(seen.num_done, 1);
    assert_int_equal(fedval_fact_get_outcome(fact), FEDVAL_OUTCOME_ALERT);
    assert_int_equal(fedval_fact_get_alert(fact), 48);
    fedval_port_free(prober);
    fedval_fact_free(fact);
    close(listener);
}

/* ---- ending ---- */

static void what_cannot_be_written_down_has_no_outcome(void **state)
{
    (void)state;
    uint16_t port;
    int listener = listen_on(AF_INET, 4, &port);
    fedval_port *prober = new_prober(FV_PROGRESS_DONE);
    fedval_fact *fact = new_fact("127.0.0.1", port);
    notes seen;
    attach(prober, &seen);
    told.describe = FEDVAL_ERROR_NO_MEMORY;
    start(prober, 1, fact);
    go_on(prober, &seen);
    assert_int_equal(seen.num_done, 1);
    assert_int_equal(fedval_fact_get_outcome(fact), 0);
    fedval_port_free(prober);
    fedval_fact_free(fact);
    close(listener);
}

enum { MANY = 300 };

static void hundreds_of_connections_time_out_and_are_cancelled(void **state)
{
    (void)state;
    black_hole hole = open_black_hole();
    fedval_port *prober = new_prober(FV_PROGRESS_WANT_READ);
    fedval_fact *facts[MANY];
    notes seen;
    attach(prober, &seen);
    for (uint64_t i = 0; i < MANY; i++) {
        facts[i] = new_fact("127.0.0.1", hole.port);
        start(prober, i + 1, facts[i]);
    }
    assert_int_equal(seen.num_watched, MANY);
    for (uint64_t i = 0; i < MANY; i += 3)
        fedval_port_cancel(prober, i + 1);
    fedval_port_expire(prober, 5999);
    assert_int_equal(seen.num_done, 0);
    fedval_port_expire(prober, 6000);
    assert_int_equal(seen.num_done, MANY - MANY / 3);
    assert_int_equal(seen.num_watched, 0);
    for (size_t i = 0; i < MANY; i++) {
        assert_int_equal(fedval_fact_get_outcome(facts[i]),
                         i % 3 == 0 ? 0 : FEDVAL_OUTCOME_TIMEOUT);
        fedval_fact_free(facts[i]);
    }
    fedval_port_free(prober);
    close_black_hole(&hole);
}

/* ---- a server that never stops ---- */

typedef struct flood {
    int listener;
    atomic_bool stop;
} flood;

/* Records full of empty handshake messages, as long as it is let, at most ten seconds. */
static void *send_for_ever(void *user)
{
    flood *self = user;
    static uint8_t bytes[5 + 16384] = {22, 3, 3, 0x40, 0};
    int64_t end = now_ms() + 10000;
    int fd = accept(self->listener, NULL, NULL);
    while (!atomic_load(&self->stop) && now_ms() < end &&
           send(fd, bytes, sizeof(bytes), MSG_NOSIGNAL) > 0)
        continue;
    close(fd);
    return NULL;
}

static void a_server_that_never_stops_does_not_hold_the_loop(void **state)
{
    (void)state;
    uint16_t port;
    pthread_t sender;
    flood peer = {.listener = listen_on(AF_INET, 4, &port)};
    fedval_port *prober = new_prober(FV_PROGRESS_LIMIT);
    fedval_fact *fact = new_fact("127.0.0.1", port);
    notes seen;
    attach(prober, &seen);
    assert_int_equal(pthread_create(&sender, NULL, send_for_ever, &peer), 0);
    start(prober, 1, fact);
    int64_t begin = now_ms();
    for (int i = 0; i < 50 && seen.num_done == 0; i++)
        go_on(prober, &seen);
    assert_true(now_ms() - begin < 5000);
    fedval_port_expire(prober, 1501); /* what is left of the server's flight gets half a second */
    assert_int_equal(seen.num_done, 1);
    assert_int_equal(fedval_fact_get_outcome(fact), FEDVAL_OUTCOME_VIOLATION);
    atomic_store(&peer.stop, true);
    fedval_port_free(prober);
    pthread_join(sender, NULL);
    fedval_fact_free(fact);
    close(peer.listener);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_refused_connection_is_done_when_start_returns_or_soon_after),
        cmocka_unit_test(what_cannot_be_connected_to_at_all_is_done_within_start),
        cmocka_unit_test(a_call_before_the_connection_stands_changes_nothing),
        cmocka_unit_test(an_address_of_version_6_is_probed_as_any),
        cmocka_unit_test(an_alert_is_read_though_the_write_fails_first),
        cmocka_unit_test(what_cannot_be_written_down_has_no_outcome),
        cmocka_unit_test(hundreds_of_connections_time_out_and_are_cancelled),
        cmocka_unit_test(a_server_that_never_stops_does_not_hold_the_loop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
