/* A call that was set up is told twice, by its answer and by its event; it is counted once, and
 * what the answer alone says is not lost. */
#define _DEFAULT_SOURCE /* scandir */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "logs/incidents/store.h"
#include "support.h"

/* In pieces, so that this file itself is no log. */
#define AT(time) "2026-05-14T" time "+00:00 expe tvcs: UTCTime=\"2026-05-14 " time "\" "
#define ANSWER(time, id)                                                                           \
    AT(time)                                                                                       \
    "Module=\"network.sip\" Level=\"DEBUG\":  Action=\"Received\" Local-ip=\"192.0.2.47\" "        \
    "Local-port=\"25002\" Src-ip=\"192.0.2.61\" Src-port=\"5061\"\n SIPMSG:\n |SIP"                \
    "/2.0 200 OK\nVia: SIP/2.0/TLS 192.0.2.47:5061;egress-zone=DNSZone;branch=z9;"                 \
    "received=192.0.2.47;ms-received-port=25002\nCall-ID: " id "\nCSeq: 1 INVITE\n"                \
    "From: <sip:2000@acano.steven.lab>;tag=1\nTo: <sip:otto@skype.lab>;tag=2\n"                    \
    "Server: RTC/7.0\nContent-Length: 0\n\n"
#define EVENT_TO(time, to)                                                                         \
    AT(time)                                                                                       \
    "Event=\"Call Connected\" Service=\"SIP\" Src-ip=\"192.0.2.47\" Src-port=\"25010\" "           \
    "Src-alias-type=\"SIP\" Src-alias=\"sip:2000@acano.steven.lab\" Dst-alias-type=\"SIP\" "       \
    "Dst-alias=\"sip:" to "@skype.lab\" Dst-ip=\"192.0.2.61\" Protocol=\"TLS\" Level=\"1\"\n"
#define EVENT(time) EVENT_TO(time, "otto")

/* Whichever event the answer belongs to, it ties the calls to their Microsoft side. */
static void an_answer_keeps_its_tie_beside_several_events(void **state)
{
    static const struct {
        const char *text;
        uint64_t calls;
    } logs[] = {
        {EVENT("10:05:00.200") EVENT("10:05:00.900") ANSWER("10:05:05.100", "5a70"), 2},
        {EVENT("10:05:00.200") EVENT("10:05:00.900") ANSWER("10:05:00.100", "5a70"), 2},
        {EVENT_TO("10:04:30.200", "olga") EVENT("10:05:00.200") ANSWER("10:05:00.100", "5a70"), 2},
        {EVENT("10:05:00.200") ANSWER("10:05:00.100", "5a70") EVENT_TO("10:09:30.200", "olga")
             ANSWER("10:20:00.100", "5a71"),
         3},
        {EVENT("10:05:00.200") EVENT("10:05:30.200") ANSWER("10:05:00.100", "5a70")
             ANSWER("10:05:30.100", "5a71"),
         2},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(logs) / sizeof(logs[0]); i++) {
        const char *text = logs[i].text;
        fedval_log *log = read_log("expe.log", (const uint8_t *)text, strlen(text), SIZE_MAX);
        const fedval_incident *tied = NULL;
        for (size_t k = 0; k < fedval_log_count_incidents(log); k++) {
            const fedval_incident *incident = fedval_log_get_incident(log, k);
            tied = fedval_incident_get_call_id(incident) != NULL && tied == NULL ? incident : tied;
        }
        if (fedval_log_get_num_calls(log) + fedval_log_get_num_unrelated(log) != logs[i].calls) {
            fail_msg("%zu: %u calls, %u unrelated", i, (unsigned)fedval_log_get_num_calls(log),
                     (unsigned)fedval_log_get_num_unrelated(log));
        }
        assert_non_null(tied);
        assert_string_equal(fedval_incident_get_call_id(tied), "5a70");
        assert_string_equal(fedval_incident_get_peer(tied), "192.0.2.61");
        assert_int_equal(fedval_incident_is_related(tied), 1);
        assert_int_equal(fedval_log_get_headline(log), FEDVAL_HEADLINE_NOTHING_WRONG);
        fedval_log_free(log);
    }
}

static void an_answer_and_an_event_far_apart_are_two_calls(void **state)
{
    static const struct {
        const char *text;
        uint64_t calls;
    } logs[] = {
        {EVENT("10:05:01.200") ANSWER("10:05:11.200", "5a70"), 1},
        {EVENT("10:05:01.200") ANSWER("10:05:11.201", "5a70"), 2},
        {ANSWER("10:05:19.100", "5a70") EVENT("10:05:01.200"), 2},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(logs) / sizeof(logs[0]); i++) {
        const char *text = logs[i].text;
        fedval_log *log = read_log("expe.log", (const uint8_t *)text, strlen(text), SIZE_MAX);
        assert_int_equal(fedval_log_get_num_calls(log) + fedval_log_get_num_unrelated(log),
                         logs[i].calls);
        fedval_log_free(log);
    }
}

/* ---- growth ---- */

static void add_half(fv_store *store, unsigned number, bool is_event, int64_t when_ms)
{
    char call_id[16];
    snprintf(call_id, sizeof(call_id), "c%u", number);
    fedval_incident draft = {
        .kind = FEDVAL_INCIDENT_KIND_EXPRESSWAY_SIP,
        .finding = FEDVAL_FINDING_LINK_WORKS,
        .certainty = FEDVAL_CERTAINTY_INFERRED,
        .status = 200,
        .when = {when_ms, true},
        .from = {.text = "2000@acano.steven.lab", .domain = "acano.steven.lab"},
        .to = {.text = "otto@skype.lab", .domain = "skype.lab"},
        .call_id = is_event ? NULL : call_id,
        .is_call_event = is_event,
    };
    assert_true(fv_store_add(store, &draft));
}

/* How many are compared of so many answers and as many events, all of the same parties. */
static uint64_t count_compared(unsigned num, bool in_turn, int64_t events_ms)
{
    fv_store store;
    fv_store_init(&store);
    for (unsigned i = 0; i < num; i++) {
        add_half(&store, i, false, 1000000 + i % 1000);
        if (in_turn)
            add_half(&store, i, true, events_ms + i % 9000);
    }
    for (unsigned i = 0; !in_turn && i < num; i++)
        add_half(&store, i, true, events_ms + i % 9000);
    uint64_t compared = store.num_compared;
    fv_store_clear(&store);
    return compared;
}

static void the_search_for_the_other_half_grows_with_the_log_alone(void **state)
{
    static const int64_t events_ms[] = {1000000, 1010500, 2000000};
    (void)state;
    for (size_t i = 0; i < sizeof(events_ms) / sizeof(events_ms[0]); i++) {
        for (int in_turn = 0; in_turn < 2; in_turn++) {
            uint64_t compared = count_compared(4000, in_turn, events_ms[i]);
            if (compared > 4000 * 2 * 3 * 64)
                fail_msg("%zu, %d: %llu", i, in_turn, (unsigned long long)compared);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_keeps_its_tie_beside_several_events),
        cmocka_unit_test(an_answer_and_an_event_far_apart_are_two_calls),
        cmocka_unit_test(the_search_for_the_other_half_grows_with_the_log_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
