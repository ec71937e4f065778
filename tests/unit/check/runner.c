#define _POSIX_C_SOURCE 200809L

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../judging.h"
#include "check/runner.h"
#include "fake_clock.h"
#include "making.h"
#include "memory_port.h"

#include <poll.h>
#include <pthread.h>

enum { BEGIN_MS = 1000000 };

#define ROWS(rows) (rows), sizeof(rows) / sizeof((rows)[0])

static const memory_row sound[] = {
    {"SRV _sipfederationtls._tcp.example.com", FEDVAL_OUTCOME_ANSWER, "expe.example.com", 20},
    {"A expe.example.com", FEDVAL_OUTCOME_ANSWER, "198.41.0.4", 20},
    {"AAAA expe.example.com", FEDVAL_OUTCOME_NODATA, NULL, 20},
    {"expe.example.com 198.41.0.4:5061", FEDVAL_OUTCOME_HANDSHAKE, NULL, 20},
    {"SRV _sipfederationtls._tcp.example.net", FEDVAL_OUTCOME_ANSWER, "expe.example.com", 20},
};

/* ---- a rig: a runner, its ports, and what became of the sessions ---- */

typedef struct test_rig {
    fedval_runner *runner;
    memory_port dns, probe;
    fedval_port *resolver, *prober;
    size_t num_ended;
    fedval_status status;
    fedval_evidence *evidence; /* of the last one */
    const char *next_domain;   /* added when a session ends */
} test_rig;

static void set_up(test_rig *rig, const fedval_port_vtable *face, const memory_row *rows,
                   size_t num_rows)
{
    memset(rig, 0, sizeof(*rig));
    rig->dns = rig->probe = (memory_port){.rows = rows, .num_rows = num_rows};
    rig->resolver = new_port(face, &rig->dns);
    rig->prober = new_port(face, &rig->probe);
    fake_now_ms = BEGIN_MS;
    assert_int_equal(fedval_runner_new(&rig->runner), FEDVAL_OK);
    assert_int_equal(fedval_runner_append_resolver(rig->runner, rig->resolver), FEDVAL_OK);
    assert_int_equal(fedval_runner_set_prober(rig->runner, rig->prober), FEDVAL_OK);
}

static void clean_up(test_rig *rig)
{
    fedval_runner_free(rig->runner);
    fedval_port_free(rig->resolver);
    fedval_port_free(rig->prober);
    fedval_evidence_free(rig->evidence);
}

static uint64_t add(test_rig *rig, const char *domain);

static void on_end(uint64_t id, fedval_evidence *evidence, fedval_status status, void *user)
{
    test_rig *rig = user;
    assert_true(id > 0);
    fedval_evidence_free(rig->evidence);
    rig->evidence = evidence;
    rig->status = status;
    rig->num_ended++;
    const char *next = rig->next_domain;
    rig->next_domain = NULL;
    if (next != NULL)
        add(rig, next);
}

static uint64_t add_with(test_rig *rig, const char *domain, fedval_runner_done done)
{
    uint64_t id = 0;
    assert_int_equal(fedval_runner_add(rig->runner, new_session(domain), done, rig, &id),
                     FEDVAL_OK);
    return id;
}

static uint64_t add(test_rig *rig, const char *domain)
{
    return add_with(rig, domain, on_end);
}

/* The outcome of the fact for a question; 0: there is none. */
static uint32_t outcome_of(const fedval_evidence *evidence, const char *question)
{
    char text[600];
    for (size_t i = 0; i < fedval_evidence_count_facts(evidence); i++) {
        const fedval_fact *fact = fedval_evidence_get_fact(evidence, i);
        memory_write_question(fedval_fact_get_question(fact), text, sizeof(text));
        if (strcmp(text, question) == 0)
            return fedval_fact_get_outcome(fact);
    }
    return 0;
}

static void assert_sound(const test_rig *rig)
{
    assert_int_equal(rig->status, FEDVAL_OK);
    assert_int_equal(fedval_evidence_count_facts(rig->evidence), 4);
    assert_int_equal(outcome_of(rig->evidence, "expe.example.com 198.41.0.4:5061"),
                     FEDVAL_OUTCOME_HANDSHAKE);
}

/* ---- one session ---- */

static void event_driven_ports_gather_the_evidence_of_a_session(void **state)
{
    (void)state;
    test_rig rig;
    set_up(&rig, &memory_driven, ROWS(sound));
    add(&rig, "example.com");
    assert_int_equal(fedval_runner_run(rig.runner), FEDVAL_OK);
    assert_int_equal(rig.num_ended, 1);
    assert_sound(&rig);
    assert_int_equal(rig.dns.most_open, 2); /* A and AAAA at the same time */
    clean_up(&rig);
}

static void simple_ports_gather_the_same(void **state)
{
    (void)state;
    test_rig rig;
    set_up(&rig, &memory_simple, ROWS(sound));
    add(&rig, "example.com");
    assert_int_equal(fedval_runner_run(rig.runner), FEDVAL_OK);
    assert_sound(&rig);
    clean_up(&rig);
}

static void answers_that_are_there_at_once_need_no_waiting(void **state)
{
    (void)state;
    static const memory_row at_once[] = {
        {"SRV _sipfederationtls._tcp.example.com", FEDVAL_OUTCOME_ANSWER, "expe.example.com", 0},
        {"A expe.example.com", FEDVAL_OUTCOME_ANSWER, "198.41.0.4", 0},
        {"AAAA expe.example.com", FEDVAL_OUTCOME_NODATA, NULL, 0},
        {"expe.example.com 198.41.0.4:5061", FEDVAL_OUTCOME_HANDSHAKE, NULL, 0},
    };
    test_rig rig;
    size_t left = 9;
    int64_t steps = 0;
    set_up(&rig, &memory_driven, ROWS(at_once));
    for (int i = 0; i < 500; i++)
        add(&rig, "example.com");
    for (; left > 0; steps++)
        assert_int_equal(fedval_runner_step(rig.runner, -1, &left), FEDVAL_OK);
    assert_int_equal(rig.num_ended, 500);
    assert_sound(&rig);
    assert_true(fv_loop_now() - BEGIN_MS <= steps); /* a millisecond each on the fake clock */
    clean_up(&rig);
}

static void what_no_port_knows_gets_no_fact(void **state)
{
    (void)state;
    test_rig rig;
    set_up(&rig, &memory_driven, sound, 2); /* SRV and A alone */
    add(&rig, "example.com");
    assert_int_equal(fedval_runner_run(rig.runner), FEDVAL_OK);
    assert_int_equal(rig.status, FEDVAL_OK);
    assert_int_equal(fedval_evidence_count_facts(rig.evidence), 2);
    clean_up(&rig);
}

static void without_ports_everything_is_left_out(void **state)
{
    (void)state;
    test_rig rig = {.status = FEDVAL_ERROR_STATE};
    assert_int_equal(fedval_runner_new(&rig.runner), FEDVAL_OK);
    add(&rig, "example.com");
    assert_int_equal(fedval_runner_run(rig.runner), FEDVAL_OK);
    assert_int_equal(rig.status, FEDVAL_OK);
    assert_int_equal(fedval_evidence_count_facts(rig.evidence), 0);
    clean_up(&rig);
}

static void an_error_of_a_port_ends_the_session(void **state)
{
    (void)state;
    test_rig rig;
    set_up(&rig, &memory_driven, ROWS(sound));
    rig.dns.start_fails = FEDVAL_ERROR_NO_MEMORY;
    add(&rig, "example.com");
    assert_int_equal(fedval_runner_run(rig.runner), FEDVAL_OK);
    assert_int_equal(rig.status, FEDVAL_ERROR_NO_MEMORY);
    assert_null(rig.evidence);
    clean_up(&rig);
}

/* ---- time ---- */

static const memory_row silent[] = {
    {"SRV _sipfederationtls._tcp.example.com", FEDVAL_OUTCOME_ANSWER, "expe.example.com", 10},
    {"A expe.example.com", FEDVAL_OUTCOME_ANSWER, "198.41.0.4", 10},
    {"AAAA expe.example.com", FEDVAL_OUTCOME_NODATA, NULL, -1},
    {"expe.example.com 198.41.0.4:5061", FEDVAL_OUTCOME_HANDSHAKE, NULL, -1},
};

static void a_question_that_is_never_answered_ends_at_its_deadline(void **state)
{
    (void)state;
    test_rig rig;
    set_up(&rig, &memory_driven, ROWS(silent));
    assert_int_equal(fedval_runner_set_timeouts(rig.runner, 100, 60000), FEDVAL_OK);
    add(&rig, "example.com");
    assert_int_equal(fedval_runner_run(rig.runner), FEDVAL_OK);
    assert_int_equal(fv_loop_now(), BEGIN_MS + 10 + 10 + 100); /* the two silences do not add up */
    assert_int_equal(outcome_of(rig.evidence, "AAAA expe.example.com"), FEDVAL_OUTCOME_TIMEOUT);
    assert_int_equal(outcome_of(rig.evidence, "expe.example.com 198.41.0.4:5061"),
                     FEDVAL_OUTCOME_TIMEOUT);
    clean_up(&rig);
}

static void when_a_session_is_out_of_time_its_evidence_is_complete(void **state)
{
    (void)state;
    test_rig rig;
    set_up(&rig, &memory_driven, ROWS(silent));
    assert_int_equal(fedval_runner_set_timeouts(rig.runner, 60000, 150), FEDVAL_OK);
    add(&rig, "example.com");
    assert_int_equal(fedval_runner_run(rig.runner), FEDVAL_OK);
    assert_int_equal(rig.status, FEDVAL_OK);
    assert_int_equal(outcome_of(rig.evidence, "A expe.example.com"), FEDVAL_OUTCOME_ANSWER);
    assert_int_equal(outcome_of(rig.evidence, "AAAA expe.example.com"), FEDVAL_OUTCOME_TIMEOUT);
    assert_int_equal(outcome_of(rig.evidence, "expe.example.com 198.41.0.4:5061"),
                     FEDVAL_OUTCOME_TIMEOUT);
    assert_int_equal(rig.dns.num_cancelled, 1);
    assert_int_equal(rig.probe.num_cancelled, 1);
    clean_up(&rig);
}

static void what_was_still_queued_times_out_too(void **state)
{
    (void)state;
    static const memory_row slow[] = {
        {"SRV _sipfederationtls._tcp.example.com", FEDVAL_OUTCOME_ANSWER, "expe.example.com", 1},
        {"A expe.example.com", FEDVAL_OUTCOME_ANSWER, "198.41.0.4", -1},
    };
    test_rig rig;
    set_up(&rig, &memory_driven, ROWS(slow));
    assert_int_equal(fedval_runner_set_timeouts(rig.runner, 60000, 100), FEDVAL_OK);
    assert_int_equal(fedval_runner_set_max_in_flight(rig.runner, 1), FEDVAL_OK);
    add(&rig, "example.com");
    assert_int_equal(fedval_runner_run(rig.runner), FEDVAL_OK);
    assert_int_equal(outcome_of(rig.evidence, "A expe.example.com"), FEDVAL_OUTCOME_TIMEOUT);
    assert_int_equal(outcome_of(rig.evidence, "AAAA expe.example.com"), FEDVAL_OUTCOME_TIMEOUT);
    clean_up(&rig);
}

static void a_port_that_forgets_its_deadline_is_cancelled(void **state)
{
    (void)state;
    test_rig rig;
    set_up(&rig, &memory_driven, ROWS(silent));
    rig.dns.late = true;
    assert_int_equal(fedval_runner_set_timeouts(rig.runner, 50, 60000), FEDVAL_OK);
    add(&rig, "example.com");
    assert_int_equal(fedval_runner_run(rig.runner), FEDVAL_OK);
    assert_int_equal(outcome_of(rig.evidence, "AAAA expe.example.com"), FEDVAL_OUTCOME_TIMEOUT);
    assert_int_equal(rig.dns.num_cancelled, 1);
    clean_up(&rig);
}

static int64_t noon(void *user)
{
    (void)user;
    return 1488438646;
}

static void the_clock_stamps_facts_and_evidence(void **state)
{
    (void)state;
    test_rig rig;
    set_up(&rig, &memory_driven, ROWS(sound));
    assert_int_equal(fedval_runner_set_clock(rig.runner, noon, NULL), FEDVAL_OK);
    add(&rig, "example.com");
    assert_int_equal(fedval_runner_run(rig.runner), FEDVAL_OK);
    assert_int_equal(fedval_evidence_get_time(rig.evidence), 1488438646);
    assert_int_equal(fedval_fact_get_time(fedval_evidence_get_fact(rig.evidence, 3)), 1488438646);
    clean_up(&rig);
}

/* ---- many sessions ---- */

static void equal_questions_of_two_sessions_are_asked_once(void **state)
{
    (void)state;
    test_rig rig;
    set_up(&rig, &memory_driven, ROWS(sound));
    add(&rig, "example.com");
    add(&rig, "example.net");
    assert_int_equal(fedval_runner_run(rig.runner), FEDVAL_OK);
    assert_int_equal(rig.num_ended, 2);
    assert_sound(&rig);
    assert_int_equal(rig.dns.num_started, 4); /* two SRV, one A, one AAAA */
    assert_int_equal(rig.probe.num_started, 1);
    clean_up(&rig);
}

static void answers_serve_later_sessions_only_when_asked_to(void **state)
{
    (void)state;
    for (int64_t reuse = 0; reuse <= 60000; reuse += 60000) {
        test_rig rig;
        set_up(&rig, &memory_driven, ROWS(sound));
        assert_int_equal(fedval_runner_set_reuse(rig.runner, reuse), FEDVAL_OK);
        add(&rig, "example.com");
        assert_int_equal(fedval_runner_run(rig.runner), FEDVAL_OK);
        add(&rig, "example.com");
        assert_int_equal(fedval_runner_run(rig.runner), FEDVAL_OK);
        assert_sound(&rig);
        assert_int_equal(rig.dns.num_started, reuse == 0 ? 6 : 3);
        clean_up(&rig);
    }
}

static void what_was_kept_is_forgotten_when_the_time_of_reuse_changes(void **state)
{
    (void)state;
    test_rig rig;
    set_up(&rig, &memory_driven, ROWS(sound));
    assert_int_equal(fedval_runner_set_reuse(rig.runner, 60000), FEDVAL_OK);
    add(&rig, "example.com");
    assert_int_equal(fedval_runner_run(rig.runner), FEDVAL_OK);
    assert_int_equal(rig.probe.num_started, 1);
    assert_int_equal(fedval_runner_set_reuse(rig.runner, 1), FEDVAL_OK);
    add(&rig, "example.com");
    assert_int_equal(fedval_runner_run(rig.runner), FEDVAL_OK);
    assert_int_equal(rig.probe.num_started, 2);
    assert_sound(&rig);
    clean_up(&rig);
}

static void the_limit_in_flight_is_kept(void **state)
{
    (void)state;
    static char questions[40][80];
    static memory_row many[40];
    test_rig rig;
    for (size_t i = 0; i < 40; i++) {
        snprintf(questions[i], sizeof(questions[i]), "SRV _sipfederationtls._tcp.d%zu.example", i);
        many[i] = (memory_row){questions[i], FEDVAL_OUTCOME_REFUSED, NULL, 5};
    }
    set_up(&rig, &memory_driven, ROWS(many));
    assert_int_equal(fedval_runner_set_max_in_flight(rig.runner, 7), FEDVAL_OK);
    for (size_t i = 0; i < 40; i++)
        add(&rig, questions[i] + strlen("SRV _sipfederationtls._tcp."));
    assert_int_equal(fedval_runner_run(rig.runner), FEDVAL_OK);
    assert_int_equal(rig.num_ended, 40);
    assert_int_equal(rig.dns.num_started, 40);
    assert_int_equal(rig.dns.most_open, 7);
    clean_up(&rig);
}

static void the_call_back_may_add_a_session(void **state)
{
    (void)state;
    test_rig rig;
    set_up(&rig, &memory_driven, ROWS(sound));
    rig.next_domain = "example.net";
    add(&rig, "example.com");
    assert_int_equal(fedval_runner_run(rig.runner), FEDVAL_OK);
    assert_int_equal(rig.num_ended, 2);
    assert_sound(&rig);
    clean_up(&rig);
}

/* ---- steps, waking, cancelling ---- */

static void steps_that_do_not_wait_come_to_the_same_end(void **state)
{
    (void)state;
    test_rig rig;
    size_t left = 1, steps = 0;
    set_up(&rig, &memory_driven, ROWS(sound));
    add(&rig, "example.com");
    for (; left > 0; steps++)
        assert_int_equal(fedval_runner_step(rig.runner, 0, &left), FEDVAL_OK);
    assert_true(steps > 3);
    assert_sound(&rig);
    assert_int_equal(fedval_runner_step(rig.runner, -1, &left), FEDVAL_OK); /* waits for nothing */
    clean_up(&rig);
}

/* Waits as a program with its own loop would; how long it may take at most. */
static int wait_outside(const fedval_runner *runner)
{
    struct pollfd polls[4];
    size_t count = fedval_runner_count_descriptors(runner);
    int64_t wait = fedval_runner_get_wait_ms(runner);
    assert_in_range(count, 1, 4);
    for (size_t i = 0; i < count; i++) {
        uint32_t events = 0;
        polls[i] = (struct pollfd){.fd = fedval_runner_get_descriptor(runner, i, &events),
                                   .events = POLLIN};
        assert_int_equal(events, FEDVAL_IO_READ);
        assert_true(polls[i].fd >= 0);
    }
    assert_true(wait <= 5000);
    return poll(polls, (nfds_t)count, (int)wait);
}

static void a_loop_of_the_callers_own_drives_it(void **state)
{
    (void)state;
    test_rig rig;
    size_t left = 0, steps = 0;
    set_up(&rig, &memory_driven, ROWS(sound));
    assert_int_equal(fedval_runner_get_wait_ms(rig.runner), -1); /* nothing to do */
    add(&rig, "example.com");
    assert_int_equal(fedval_runner_get_wait_ms(rig.runner), 0); /* something to begin */
    do {
        wait_outside(rig.runner);
        assert_int_equal(fedval_runner_step(rig.runner, 0, &left), FEDVAL_OK);
        assert_true(++steps < 100); /* it waits outside, and does not spin */
    } while (left > 0);
    assert_sound(&rig);
    assert_int_equal(fedval_runner_get_wait_ms(rig.runner), -1);
    fedval_runner_wake(rig.runner);
    assert_int_equal(wait_outside(rig.runner), 1); /* the first descriptor is that of the wake */
    assert_int_equal(fedval_runner_get_descriptor(rig.runner, 1, NULL), -1);
    assert_int_equal(fedval_runner_get_wait_ms(NULL), -1);
    clean_up(&rig);
}

static void *wake_after_50_ms(void *runner)
{
    struct timespec pause = {0, 50 * 1000000};
    nanosleep(&pause, NULL);
    fedval_runner_wake(runner);
    return NULL;
}

static void *cancel_after_50_ms(void *runner)
{
    struct timespec pause = {0, 50 * 1000000};
    nanosleep(&pause, NULL);
    fedval_runner_cancel_all(runner);
    return NULL;
}

static const memory_row hanging[] = {
    {"SRV _sipfederationtls._tcp.example.com", FEDVAL_OUTCOME_ANSWER, "expe.example.com", -1},
};

/* The system's clock, and deadlines that are not met before the other thread has run. */
static void set_up_for_threads(test_rig *rig)
{
    set_up(rig, &memory_driven, ROWS(hanging));
    fake_now_ms = 0;
    assert_int_equal(fedval_runner_set_timeouts(rig->runner, 3600000, 3600000), FEDVAL_OK);
}

static void another_thread_can_end_a_wait(void **state)
{
    (void)state;
    test_rig rig;
    size_t left = 0;
    pthread_t thread;
    set_up_for_threads(&rig);
    add(&rig, "example.com");
    assert_int_equal(pthread_create(&thread, NULL, wake_after_50_ms, rig.runner), 0);
    assert_int_equal(fedval_runner_step(rig.runner, -1, &left), FEDVAL_OK);
    assert_int_equal(left, 1); /* it has not come to its deadline */
    assert_int_equal(rig.num_ended, 0);
    pthread_join(thread, NULL);
    clean_up(&rig); /* drops the session without a call */
    assert_int_equal(rig.num_ended, 0);
}

static void another_thread_can_cancel_everything(void **state)
{
    (void)state;
    test_rig rig;
    pthread_t thread;
    set_up_for_threads(&rig);
    assert_int_equal(fedval_runner_set_max_in_flight(rig.runner, 1), FEDVAL_OK);
    add(&rig, "example.com");
    add(&rig, "example.net"); /* not begun */
    assert_int_equal(pthread_create(&thread, NULL, cancel_after_50_ms, rig.runner), 0);
    assert_int_equal(fedval_runner_run(rig.runner), FEDVAL_ERROR_CANCELLED);
    pthread_join(thread, NULL);
    assert_int_equal(rig.num_ended, 2);
    assert_int_equal(rig.status, FEDVAL_ERROR_CANCELLED);
    assert_null(rig.evidence);
    assert_int_equal(rig.dns.num_cancelled, 1);
    clean_up(&rig);
}

static void one_session_is_cancelled_and_the_others_go_on(void **state)
{
    (void)state;
    test_rig rig;
    set_up(&rig, &memory_driven, ROWS(sound));
    uint64_t first = add(&rig, "example.com");
    add(&rig, "example.net");
    assert_int_equal(fedval_runner_step(rig.runner, 0, NULL), FEDVAL_OK);
    assert_int_equal(fedval_runner_cancel(rig.runner, first), FEDVAL_OK);
    assert_int_equal(rig.num_ended, 1);
    assert_int_equal(rig.status, FEDVAL_ERROR_CANCELLED);
    assert_null(rig.evidence);
    assert_int_equal(rig.dns.num_cancelled, 1); /* its question, and not that of the other one */
    assert_int_equal(fedval_runner_cancel(rig.runner, first), FEDVAL_ERROR_NOT_FOUND);
    assert_int_equal(fedval_runner_run(rig.runner), FEDVAL_OK);
    assert_int_equal(rig.num_ended, 2);
    assert_sound(&rig);
    clean_up(&rig);
}

static void a_session_that_has_not_begun_can_be_cancelled(void **state)
{
    (void)state;
    test_rig rig;
    set_up(&rig, &memory_driven, ROWS(sound));
    assert_int_equal(fedval_runner_set_max_in_flight(rig.runner, 1), FEDVAL_OK);
    add(&rig, "example.com");
    uint64_t last = add(&rig, "example.net");
    assert_int_equal(fedval_runner_step(rig.runner, 0, NULL), FEDVAL_OK);
    assert_int_equal(fedval_runner_cancel(rig.runner, last), FEDVAL_OK);
    assert_int_equal(rig.status, FEDVAL_ERROR_CANCELLED);
    assert_int_equal(rig.dns.num_cancelled, 0);
    add(&rig, "example.net"); /* the list of what waits is whole */
    assert_int_equal(fedval_runner_run(rig.runner), FEDVAL_OK);
    assert_int_equal(rig.num_ended, 3);
    assert_sound(&rig);
    assert_int_equal(fedval_runner_cancel(NULL, last), FEDVAL_ERROR_ARGUMENT);
    clean_up(&rig);
}

static const memory_row short_of_something[] = {
    {"SRV _sipfederationtls._tcp.example.com", FEDVAL_OUTCOME_LOCAL, NULL, 20},
};

static size_t count_asked(bool is_final)
{
    test_rig rig;
    set_up(&rig, &memory_driven, ROWS(short_of_something));
    rig.dns.is_final = is_final;
    add(&rig, "example.com");
    assert_int_equal(fedval_runner_run(rig.runner), FEDVAL_OK);
    size_t asked = rig.dns.num_started;
    clean_up(&rig);
    return asked;
}

static void what_is_final_is_not_asked_again(void **state)
{
    (void)state;
    assert_int_equal(count_asked(false), FV_RUNNER_MAX_TRIES);
    assert_int_equal(count_asked(true), 1);
    assert_int_equal(fedval_fact_set_final(NULL), FEDVAL_ERROR_ARGUMENT);
}

/* Cancels itself, and drives the runner: neither is for a call back. */
static void on_end_meddle(uint64_t id, fedval_evidence *evidence, fedval_status status, void *user)
{
    test_rig *rig = user;
    fedval_evidence_free(evidence);
    rig->status = status;
    rig->num_ended++;
    assert_int_equal(fedval_runner_cancel(rig->runner, id), FEDVAL_ERROR_STATE);
    assert_int_equal(fedval_runner_step(rig->runner, 0, NULL), FEDVAL_ERROR_STATE);
}

static void a_call_back_can_neither_cancel_nor_step(void **state)
{
    (void)state;
    test_rig rig;
    set_up(&rig, &memory_driven, ROWS(sound));
    uint64_t id = add_with(&rig, "example.com", on_end_meddle);
    assert_int_equal(fedval_runner_cancel(rig.runner, id), FEDVAL_OK);
    assert_int_equal(rig.status, FEDVAL_ERROR_CANCELLED);
    add_with(&rig, "example.net", on_end_meddle);
    assert_int_equal(fedval_runner_run(rig.runner), FEDVAL_OK);
    assert_int_equal(rig.num_ended, 2);
    clean_up(&rig);
}

enum { NUM_FED = 5000 };

/* A call back that always adds one more, and is told to stop. */
static void on_end_of_many(uint64_t id, fedval_evidence *evidence, fedval_status status, void *user)
{
    test_rig *rig = user;
    (void)id, (void)status;
    fedval_evidence_free(evidence);
    if (++rig->num_ended == 10)
        fedval_runner_cancel_all(rig->runner);
    if (rig->num_ended < NUM_FED)
        add_with(rig, "example.com", on_end_of_many);
}

static void sessions_that_end_at_once_can_be_cancelled_too(void **state)
{
    (void)state;
    test_rig rig = {.num_ended = 0};
    assert_int_equal(fedval_runner_new(&rig.runner), FEDVAL_OK);
    add_with(&rig, "example.com", on_end_of_many);
    assert_int_equal(fedval_runner_run(rig.runner), FEDVAL_ERROR_CANCELLED);
    assert_true(rig.num_ended < NUM_FED);
    fedval_runner_free(rig.runner);
}

static void misuse_is_refused(void **state)
{
    (void)state;
    test_rig rig;
    set_up(&rig, &memory_driven, ROWS(sound));
    assert_int_equal(fedval_runner_set_timeouts(rig.runner, 0, 1), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_runner_set_timeouts(rig.runner, 1, INT64_MAX), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_runner_set_max_in_flight(rig.runner, 0), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_runner_set_reuse(rig.runner, -1), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_runner_set_prober(rig.runner, rig.prober), FEDVAL_ERROR_STATE);
    assert_int_equal(fedval_runner_append_resolver(rig.runner, rig.resolver), FEDVAL_ERROR_STATE);
    assert_int_equal(fedval_runner_add(rig.runner, NULL, on_end, NULL, NULL),
                     FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_runner_step(rig.runner, -2, NULL), FEDVAL_ERROR_ARGUMENT);
    clean_up(&rig);
}

static void a_session_whose_evidence_was_taken_ends_with_an_error(void **state)
{
    (void)state;
    test_rig rig;
    fedval_policy *policy = NULL;
    fedval_session *session = NULL;
    set_up(&rig, &memory_driven, ROWS(sound));
    assert_int_equal(fedval_policy_new(FEDVAL_PROFILE_MICROSOFT_EDGE, &policy), FEDVAL_OK);
    const fedval_policy *policies[] = {policy};
    assert_int_equal(fedval_session_new("example.com", 11, policies, 1, 1, &session, NULL),
                     FEDVAL_OK);
    fedval_evidence_free(fedval_session_take_evidence(session));
    assert_int_equal(fedval_runner_add(rig.runner, session, on_end, &rig, NULL), FEDVAL_OK);
    assert_int_equal(fedval_runner_run(rig.runner), FEDVAL_OK);
    assert_int_equal(rig.status, FEDVAL_ERROR_STATE);
    assert_null(rig.evidence);
    fedval_policy_free(policy);
    clean_up(&rig);
}

/* ---- fedval_check ---- */

static void a_check_is_a_runner_with_one_domain(void **state)
{
    (void)state;
    memory_port memory = {.rows = sound, .num_rows = sizeof(sound) / sizeof(sound[0])};
    memory_port second = memory;
    fedval_port *resolver = new_port(&memory_driven, &memory);
    fedval_port *prober = new_port(&memory_simple, &second);
    fedval_judge *judge = NULL;
    fedval_evidence *evidence = NULL;
    assert_int_equal(new_judge(NULL, NULL, NULL, NULL, &judge), FEDVAL_OK);
    assert_int_equal(fedval_check(judge, "example.com", FEDVAL_NUL_ENDED, resolver, prober, 1000,
                                  1488438646, &evidence, NULL),
                     FEDVAL_OK);
    assert_int_equal(fedval_evidence_count_facts(evidence), 4);
    assert_int_equal(fedval_evidence_get_time(evidence), 1488438646);
    fedval_evidence_free(evidence);
    evidence = NULL;
    assert_int_equal(fedval_check(judge, "not a domain", FEDVAL_NUL_ENDED, resolver, prober, 1000,
                                  0, &evidence, NULL),
                     FEDVAL_ERROR_SYNTAX);
    assert_int_equal(fedval_check(NULL, "example.com", FEDVAL_NUL_ENDED, resolver, prober, 1000, 0,
                                  &evidence, NULL),
                     FEDVAL_ERROR_ARGUMENT);
    assert_null(evidence);
    fedval_judge_free(judge);
    fedval_port_free(resolver);
    fedval_port_free(prober);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(event_driven_ports_gather_the_evidence_of_a_session),
        cmocka_unit_test(simple_ports_gather_the_same),
        cmocka_unit_test(answers_that_are_there_at_once_need_no_waiting),
        cmocka_unit_test(what_no_port_knows_gets_no_fact),
        cmocka_unit_test(without_ports_everything_is_left_out),
        cmocka_unit_test(an_error_of_a_port_ends_the_session),
        cmocka_unit_test(a_question_that_is_never_answered_ends_at_its_deadline),
        cmocka_unit_test(when_a_session_is_out_of_time_its_evidence_is_complete),
        cmocka_unit_test(what_was_still_queued_times_out_too),
        cmocka_unit_test(a_port_that_forgets_its_deadline_is_cancelled),
        cmocka_unit_test(the_clock_stamps_facts_and_evidence),
        cmocka_unit_test(equal_questions_of_two_sessions_are_asked_once),
        cmocka_unit_test(answers_serve_later_sessions_only_when_asked_to),
        cmocka_unit_test(what_was_kept_is_forgotten_when_the_time_of_reuse_changes),
        cmocka_unit_test(the_limit_in_flight_is_kept),
        cmocka_unit_test(the_call_back_may_add_a_session),
        cmocka_unit_test(steps_that_do_not_wait_come_to_the_same_end),
        cmocka_unit_test(a_loop_of_the_callers_own_drives_it),
        cmocka_unit_test(another_thread_can_end_a_wait),
        cmocka_unit_test(another_thread_can_cancel_everything),
        cmocka_unit_test(what_is_final_is_not_asked_again),
        cmocka_unit_test(one_session_is_cancelled_and_the_others_go_on),
        cmocka_unit_test(a_session_that_has_not_begun_can_be_cancelled),
        cmocka_unit_test(a_call_back_can_neither_cancel_nor_step),
        cmocka_unit_test(sessions_that_end_at_once_can_be_cancelled_too),
        cmocka_unit_test(misuse_is_refused),
        cmocka_unit_test(a_session_whose_evidence_was_taken_ends_with_an_error),
        cmocka_unit_test(a_check_is_a_runner_with_one_domain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
