#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fedval/backend.h"
#include "making.h"

#include <string.h>

/* A port that writes down which of its functions were called. */
typedef struct scribe {
    char calls[256];
    fedval_status answer;
    const fedval_port_events *events;
} scribe;

static void note(scribe *who, const char *call)
{
    strcat(who->calls, call);
    strcat(who->calls, " ");
}

static fedval_status fetch(const fedval_question *question, int64_t timeout_ms, fedval_fact *fact,
                           void *user)
{
    (void)question, (void)timeout_ms, (void)fact;
    note(user, "fetch");
    return ((scribe *)user)->answer;
}

static fedval_status attach(const fedval_port_events *events, void *user)
{
    note(user, events == NULL ? "detach" : "attach");
    ((scribe *)user)->events = events;
    return FEDVAL_OK;
}

static fedval_status start(uint64_t ticket, const fedval_question *question, int64_t now_ms,
                           int64_t deadline_ms, fedval_fact *fact, void *user)
{
    (void)ticket, (void)question, (void)now_ms, (void)deadline_ms, (void)fact;
    note(user, "start");
    return ((scribe *)user)->answer;
}

static void ready(int32_t fd, uint32_t events, int64_t now_ms, void *user)
{
    (void)fd, (void)events, (void)now_ms;
    note(user, "ready");
}

static int64_t next_deadline(void *user)
{
    note(user, "next");
    return (int64_t)strlen(((scribe *)user)->calls);
}

static void expire(int64_t now_ms, void *user)
{
    (void)now_ms;
    note(user, "expire");
}

static void cancel(uint64_t ticket, void *user)
{
    (void)ticket;
    note(user, "cancel");
}

static void destroy(void *user)
{
    note(user, "destroy");
}

static const fedval_port_vtable simple = {
    .size = sizeof(simple), .fetch = fetch, .destroy = destroy};
static const fedval_port_vtable driven = {.size = sizeof(driven),
                                          .attach = attach,
                                          .start = start,
                                          .ready = ready,
                                          .next_deadline = next_deadline,
                                          .expire = expire,
                                          .cancel = cancel,
                                          .destroy = destroy};

static void on_interest(int32_t fd, uint32_t events, void *user)
{
    (void)fd, (void)events, (void)user;
}

static void on_done(uint64_t ticket, void *user)
{
    (void)ticket, (void)user;
}

static const fedval_port_events events = {
    .size = sizeof(events), .interest = on_interest, .done = on_done};

/* The port looks into neither of them. */
static const fedval_question *a_question(void)
{
    static char place;
    return (const fedval_question *)(void *)&place;
}

static fedval_fact *a_fact(void)
{
    static char place;
    return (fedval_fact *)(void *)&place;
}

static void a_port_without_a_whole_face_is_refused(void **state)
{
    (void)state;
    fedval_port *port = NULL;
    fedval_port_vtable lacking = driven;
    lacking.expire = NULL;
    assert_int_equal(fedval_port_new(&lacking, NULL, &port), FEDVAL_ERROR_ARGUMENT);
    lacking = (fedval_port_vtable){.size = 0, .fetch = fetch};
    assert_int_equal(fedval_port_new(&lacking, NULL, &port), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_port_new(NULL, NULL, &port), FEDVAL_ERROR_ARGUMENT);
    assert_null(port);
}

static void a_vtable_of_an_older_header_is_enough(void **state)
{
    (void)state;
    scribe only = {.answer = FEDVAL_OK};
    fedval_port_vtable older = {.size = offsetof(fedval_port_vtable, attach), .fetch = fetch};
    older.destroy = destroy; /* beyond its size: not taken */
    fedval_port *port = new_port(&older, &only);
    assert_int_equal(fedval_port_is_event_driven(port), 0);
    assert_int_equal(fedval_port_fetch(port, a_question(), 1, a_fact()), FEDVAL_OK);
    fedval_port_free(port);
    assert_string_equal(only.calls, "fetch ");
}

static void a_face_that_is_not_there_is_a_state_error(void **state)
{
    (void)state;
    scribe one = {.answer = FEDVAL_OK}, two = {.answer = FEDVAL_OK};
    fedval_port *port = new_port(&simple, &one);
    assert_int_equal(fedval_port_attach(port, &events), FEDVAL_ERROR_STATE);
    assert_int_equal(fedval_port_start(port, 1, a_question(), 0, 1, a_fact()), FEDVAL_ERROR_STATE);
    assert_int_equal(fedval_port_next_deadline_ms(port), INT64_MAX);
    fedval_port_free(port);
    port = new_port(&driven, &two);
    assert_int_equal(fedval_port_fetch(port, a_question(), 1, a_fact()), FEDVAL_ERROR_STATE);
    fedval_port_free(port);
    assert_string_equal(one.calls, "destroy ");
    assert_string_equal(two.calls, "destroy ");
}

static void only_an_attached_port_is_driven_and_freeing_it_detaches_it(void **state)
{
    (void)state;
    scribe only = {.answer = FEDVAL_OK};
    fedval_port *port = new_port(&driven, &only);
    fedval_port_ready(port, 3, FEDVAL_IO_READ, 0);
    assert_int_equal(fedval_port_start(port, 1, a_question(), 0, 1, a_fact()), FEDVAL_ERROR_STATE);
    assert_int_equal(fedval_port_attach(port, &events), FEDVAL_OK);
    assert_int_equal(fedval_port_attach(port, &events), FEDVAL_ERROR_STATE);
    assert_ptr_not_equal(only.events, &events);
    assert_int_equal(fedval_port_start(port, 1, a_question(), 0, 1, a_fact()), FEDVAL_OK);
    fedval_port_ready(port, 3, FEDVAL_IO_READ, 0);
    fedval_port_expire(port, 0);
    fedval_port_cancel(port, 1);
    fedval_port_free(port);
    assert_string_equal(only.calls, "attach start ready expire cancel detach destroy ");
}

static void either_asks_the_second_only_what_the_first_has_nothing_on(void **state)
{
    (void)state;
    scribe one = {.answer = FEDVAL_OK}, two = {.answer = FEDVAL_OK};
    fedval_port *both = NULL;
    fedval_port *first = new_port(&simple, &one), *second = new_port(&simple, &two);
    assert_int_equal(fedval_port_new_either(first, first, &both), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_port_new_either(first, second, &both), FEDVAL_OK);
    assert_int_equal(fedval_port_fetch(both, a_question(), 1, a_fact()), FEDVAL_OK);
    one.answer = FEDVAL_ERROR_NOT_FOUND;
    assert_int_equal(fedval_port_fetch(both, a_question(), 1, a_fact()), FEDVAL_OK);
    two.answer = FEDVAL_ERROR_NOT_FOUND;
    assert_int_equal(fedval_port_fetch(both, a_question(), 1, a_fact()), FEDVAL_ERROR_NOT_FOUND);
    fedval_port_free(both);
    assert_string_equal(one.calls, "fetch fetch fetch destroy ");
    assert_string_equal(two.calls, "fetch fetch destroy ");
}

static void either_of_two_event_driven_ports_drives_both(void **state)
{
    (void)state;
    scribe one = {.answer = FEDVAL_ERROR_NOT_FOUND}, two = {.answer = FEDVAL_OK};
    fedval_port *both = NULL;
    fedval_port *first = new_port(&driven, &one), *second = new_port(&driven, &two);
    assert_int_equal(fedval_port_new_either(first, second, &both), FEDVAL_OK);
    assert_int_equal(fedval_port_is_event_driven(both), 1);
    assert_int_equal(fedval_port_attach(both, &events), FEDVAL_OK);
    assert_int_equal(fedval_port_start(both, 7, a_question(), 0, 1, a_fact()), FEDVAL_OK);
    fedval_port_ready(both, 3, FEDVAL_IO_READ, 0);
    assert_int_equal(fedval_port_next_deadline_ms(both), strlen("attach start ready next "));
    fedval_port_expire(both, 0);
    fedval_port_cancel(both, 7);
    fedval_port_free(both);
    const char *calls = "attach start ready next expire cancel detach destroy ";
    assert_string_equal(one.calls, calls);
    assert_string_equal(two.calls, calls);
}

static void either_of_ports_without_a_common_face_is_refused(void **state)
{
    (void)state;
    scribe one = {.answer = FEDVAL_OK}, two = {.answer = FEDVAL_OK};
    fedval_port *both = NULL, *first = new_port(&driven, &one), *second = new_port(&simple, &two);
    assert_int_equal(fedval_port_new_either(first, second, &both), FEDVAL_ERROR_ARGUMENT);
    assert_null(both);
    fedval_port_free(first);
    fedval_port_free(second);
}

static void count_done(uint64_t ticket, void *user)
{
    *(uint64_t *)user += ticket;
}

static void what_answers_at_once_is_driven_without_functions_of_its_own(void **state)
{
    (void)state;
    scribe only = {.answer = FEDVAL_OK};
    uint64_t done = 0;
    fedval_port_vtable at_once = simple;
    at_once.answers_at_once = 1;
    const fedval_port_events counting = {
        .size = sizeof(counting), .interest = on_interest, .done = count_done, .user = &done};
    fedval_port *port = new_port(&at_once, &only);
    assert_int_equal(fedval_port_is_event_driven(port), 1);
    assert_int_equal(fedval_port_start(port, 1, a_question(), 0, 1, a_fact()), FEDVAL_ERROR_STATE);
    assert_int_equal(fedval_port_attach(port, &counting), FEDVAL_OK);
    assert_int_equal(fedval_port_start(port, 7, a_question(), 0, 1, a_fact()), FEDVAL_OK);
    assert_int_equal(done, 7);
    only.answer = FEDVAL_ERROR_NOT_FOUND;
    assert_int_equal(fedval_port_start(port, 8, a_question(), 0, 1, a_fact()),
                     FEDVAL_ERROR_NOT_FOUND);
    assert_int_equal(done, 7);
    fedval_port_ready(port, 3, FEDVAL_IO_READ, 0);
    fedval_port_expire(port, 0);
    fedval_port_cancel(port, 7);
    assert_int_equal(fedval_port_next_deadline_ms(port), INT64_MAX);
    fedval_port_free(port);
    assert_string_equal(only.calls, "fetch fetch destroy ");
}

static void answering_at_once_needs_fetch_and_nothing_of_the_other_face(void **state)
{
    (void)state;
    fedval_port *port = NULL;
    fedval_port_vtable vtable = driven;
    vtable.answers_at_once = 1;
    assert_int_equal(fedval_port_new(&vtable, NULL, &port), FEDVAL_ERROR_ARGUMENT);
    vtable.fetch = fetch;
    assert_int_equal(fedval_port_new(&vtable, NULL, &port), FEDVAL_ERROR_ARGUMENT);
    vtable = simple;
    vtable.answers_at_once = 2;
    assert_int_equal(fedval_port_new(&vtable, NULL, &port), FEDVAL_ERROR_ARGUMENT);
}

static fedval_status fetch_rubbish(const fedval_question *question, int64_t timeout_ms,
                                   fedval_fact *fact, void *user)
{
    (void)question, (void)timeout_ms, (void)fact;
    return *(const fedval_status *)user;
}

static void a_status_that_there_is_none_of_is_misuse(void **state)
{
    (void)state;
    static const fedval_port_vtable vtable = {.size = sizeof(vtable), .fetch = fetch_rubbish};
    static const fedval_status rubbish[] = {1, 12345, -100, INT32_MIN};
    fedval_fact *fact = NULL;
    assert_int_equal(fedval_fact_new_dns("a.example", FEDVAL_NUL_ENDED, FEDVAL_TYPE_A, 0, &fact),
                     0);
    for (size_t i = 0; i < sizeof(rubbish) / sizeof(rubbish[0]); i++) {
        fedval_status given = rubbish[i];
        fedval_port *port = NULL;
        assert_int_equal(fedval_port_new(&vtable, &given, &port), 0);
        assert_int_equal(fedval_port_fetch(port, fedval_fact_get_question(fact), 1, fact),
                         FEDVAL_ERROR_ARGUMENT);
        fedval_port_free(port);
    }
    fedval_fact_free(fact);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_port_without_a_whole_face_is_refused),
        cmocka_unit_test(a_vtable_of_an_older_header_is_enough),
        cmocka_unit_test(a_face_that_is_not_there_is_a_state_error),
        cmocka_unit_test(only_an_attached_port_is_driven_and_freeing_it_detaches_it),
        cmocka_unit_test(either_asks_the_second_only_what_the_first_has_nothing_on),
        cmocka_unit_test(either_of_two_event_driven_ports_drives_both),
        cmocka_unit_test(either_of_ports_without_a_common_face_is_refused),
        cmocka_unit_test(what_answers_at_once_is_driven_without_functions_of_its_own),
        cmocka_unit_test(answering_at_once_needs_fetch_and_nothing_of_the_other_face),
        cmocka_unit_test(a_status_that_there_is_none_of_is_misuse),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
