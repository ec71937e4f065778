#define _POSIX_C_SOURCE 200809L

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fedval/ldns.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

/* ---- a loop that only notes, and a server that never answers ---- */

typedef struct notes {
    size_t num_done, num_watched;
    int32_t watched[64];
} notes;

static void note_interest(int32_t fd, uint32_t events, void *user)
{
    notes *self = user;
    size_t i = 0;
    while (i < self->num_watched && self->watched[i] != fd)
        i++;
    if (events == 0 && i < self->num_watched)
        self->watched[i] = self->watched[--self->num_watched];
    else if (events != 0 && i == self->num_watched && i < 64)
        self->watched[self->num_watched++] = fd;
}

static void note_done(uint64_t ticket, void *user)
{
    (void)ticket;
    ((notes *)user)->num_done++;
}

typedef struct rig {
    int server;
    fedval_port *port;
    notes seen;
} rig;

static rig *open_rig(void)
{
    static rig one;
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t at_len = sizeof(at);
    char address[32];
    one = (rig){.server = socket(AF_INET, SOCK_DGRAM, 0)};
    assert_int_equal(bind(one.server, (struct sockaddr *)&at, at_len), 0);
    assert_int_equal(getsockname(one.server, (struct sockaddr *)&at, &at_len), 0);
    snprintf(address, sizeof(address), "127.0.0.1:%u", (unsigned)ntohs(at.sin_port));
    assert_int_equal(fedval_ldns_resolver_new(address, FEDVAL_NUL_ENDED, NULL, &one.port, NULL),
                     FEDVAL_OK);
    fedval_port_events events = {
        .size = sizeof(events), .interest = note_interest, .done = note_done, .user = &one.seen};
    assert_int_equal(fedval_port_attach(one.port, &events), FEDVAL_OK);
    return &one;
}

static void close_rig(rig *one)
{
    fedval_port_free(one->port);
    close(one->server);
}

static fedval_fact *ask(rig *one, uint64_t ticket)
{
    fedval_fact *fact = NULL;
    assert_int_equal(
        fedval_fact_new_dns("expe.example.com", FEDVAL_NUL_ENDED, FEDVAL_TYPE_A, 0, &fact),
        FEDVAL_OK);
    assert_int_equal(
        fedval_port_start(one->port, ticket, fedval_fact_get_question(fact), 1000, 6000, fact),
        FEDVAL_OK);
    return fact;
}

/* ---- what is given up ---- */

static void what_is_cancelled_keeps_nothing_open(void **state)
{
    (void)state;
    rig *one = open_rig();
    for (uint64_t i = 1; i <= 40; i++) {
        fedval_fact *fact = ask(one, i);
        fedval_port_cancel(one->port, i);
        fedval_fact_free(fact); /* the caller's again */
    }
    assert_int_equal(fedval_port_next_deadline_ms(one->port), INT64_MAX);
    assert_int_equal(one->seen.num_watched, 0);
    assert_int_equal(one->seen.num_done, 0);
    close_rig(one);
}

static void what_times_out_keeps_nothing_open(void **state)
{
    (void)state;
    rig *one = open_rig();
    fedval_fact *fact = ask(one, 1);
    fedval_port_expire(one->port, 5999);
    assert_int_equal(one->seen.num_done, 0);
    fedval_port_expire(one->port, 6000);
    assert_int_equal(one->seen.num_done, 1);
    assert_int_equal(fedval_fact_get_outcome(fact), FEDVAL_OUTCOME_TIMEOUT);
    fedval_fact_free(fact);
    fedval_port_expire(one->port, 6200);
    assert_int_equal(fedval_port_next_deadline_ms(one->port), INT64_MAX);
    assert_int_equal(one->seen.num_watched, 0);
    close_rig(one);
}

static void detaching_ends_what_is_under_way_without_a_call(void **state)
{
    (void)state;
    rig *one = open_rig();
    fedval_fact *fact = ask(one, 1);
    assert_int_equal(fedval_port_attach(one->port, NULL), FEDVAL_OK);
    assert_int_equal(one->seen.num_watched, 0);
    assert_int_equal(one->seen.num_done, 0);
    assert_int_equal(fedval_fact_get_outcome(fact), 0);
    fedval_fact_free(fact);
    close_rig(one);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_cancelled_keeps_nothing_open),
        cmocka_unit_test(what_times_out_keeps_nothing_open),
        cmocka_unit_test(detaching_ends_what_is_under_way_without_a_call),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
