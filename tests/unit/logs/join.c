/* Joining loses nothing: many requests of one call, Call-IDs that were chosen, times and domains.
 */
#define _DEFAULT_SOURCE /* scandir */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "logs/incidents/lookup.h"
#include "support.h"

/* An Edge's record of the cause, and the bare 504 that an Expressway logged of the same request. */
typedef struct pair {
    const char *call_id;
    unsigned cseq;
    unsigned port;
    unsigned second;       /* of the Edge's record, past 07:10:00 UTC */
    unsigned later;        /* so many seconds is the 504 behind it */
    const char *domain;    /* of the Edge's record */
    const char *caller;    /* domain in the From of the 504 */
    const char *call_id_2; /* of the 504 */
    const char *tag;       /* in the From of the 504; NULL: "1" */
} pair;

static void append_edge(fv_buf *buf, const pair *p)
{
    char text[1200];
    /* In pieces, so that the reader finds no log in this file. */
    snprintf(text, sizeof(text),
             "%s_ERROR(TF_DIAG) [pool\\edge]0584.0A44::03/02/2026-%02u:%02u:%02u.230.0000773E "
             "(SIPStack,x:y.cpp(830)) [1] %sbegin_record\n"
             "%s-Code: 0x%x\n"
             "SIP-Start-Line: INVITE sip:bob@skype.lab SIP/2.0\n"
             "SIP-Call-ID: %s\nSIP-CSeq: %u INVITE\n"
             "Peer: gw.partner.example:%u\n"
             "Data: domain=\"%s\";fqdn1=\"gw.elsewhere.example:5061\"\n"
             "%send_record\n",
             "TL", 7 + p->second / 3600, p->second / 60 % 60, p->second % 60, "$$", "Result",
             0xc3e93d6fu, p->call_id, p->cseq, p->port, p->domain, "$$");
    fv_buf_append_text(buf, text);
}

static void append_504(fv_buf *buf, const pair *p)
{
    char text[1200];
    unsigned second = p->second + p->later;
    snprintf(text, sizeof(text),
             "2026-03-02T%02u:%02u:%02u.240+00:00 expe tvcs: UTCTime=\"2026-03-02 "
             "%02u:%02u:%02u,240\" Module=\"network.sip\" Level=\"DEBUG\":  Action=\"Received\" "
             "Local-ip=\"192.0.2.1\" Local-port=\"%u\" Src-ip=\"192.0.2.9\" Src-port=\"5061\"\n"
             " SIPMSG:\n |SIP/2.0 504 Server time-out\n"
             "Call-ID: %s\nCSeq: %u INVITE\nFrom: <sip:r@%s>;tag=%s\nTo: <sip:bob@skype.lab>\n"
             "Server: RTC/6.0\nContent-Length: 0\n\n",
             7 + second / 3600, second / 60 % 60, second % 60, 7 + second / 3600, second / 60 % 60,
             second % 60, p->port, p->call_id_2 != NULL ? p->call_id_2 : p->call_id, p->cseq,
             p->caller, p->tag != NULL ? p->tag : "1");
    fv_buf_append_text(buf, text);
}

static void feed(fedval_log *log, const char *name, fv_buf *buf)
{
    assert_false(buf->failed);
    assert_int_equal(fedval_log_begin_source(log, name, FEDVAL_NUL_ENDED), FEDVAL_OK);
    assert_int_equal(fedval_log_feed(log, (const uint8_t *)buf->data, buf->len), FEDVAL_OK);
    fv_buf_clear(buf);
}

static fedval_log *read_pairs(const pair *pairs, size_t num_pairs)
{
    fv_buf edge, expe;
    fedval_log *log = NULL;
    fv_buf_init(&edge);
    fv_buf_init(&expe);
    for (size_t i = 0; i < num_pairs; i++) {
        append_edge(&edge, &pairs[i]);
        append_504(&expe, &pairs[i]);
    }
    assert_int_equal(fedval_log_new(&log), FEDVAL_OK);
    feed(log, "expe.log", &expe);
    feed(log, "edge.log", &edge);
    assert_int_equal(fedval_log_finish(log), FEDVAL_OK);
    return log;
}

static size_t count_explained(const fedval_log *log)
{
    size_t count = 0;
    for (size_t i = 0; i < fedval_log_count_incidents(log); i++)
        count += fedval_incident_get_explained_by(fedval_log_get_incident(log, i)) != 0;
    return count;
}

/* Requests of one dialog have one Call-ID. A phone that calls again may keep it, with a new tag. */
static void requests_of_one_call_id_are_one_call(void **state)
{
    (void)state;
    fv_buf buf;
    fedval_log *log = NULL;
    fv_buf_init(&buf);
    for (unsigned i = 1; i <= 3; i++) {
        char text[400];
        snprintf(text, sizeof(text),
                 "SIP/2.0 %u Server time-out\r\nFrom: <sip:a@example.com>;tag=t%u\r\n"
                 "To: <sip:b@partner.example>\r\nCall-ID: one@call\r\nCSeq: %u INVITE\r\n"
                 "ms-diagnostics: %u;reason=\"Unable to resolve DNS SRV record\";"
                 "domain=\"partner.example\"\r\n\r\n",
                 504u, i, i, 1008u);
        fv_buf_append_text(&buf, text);
    }
    assert_int_equal(fedval_log_new(&log), FEDVAL_OK);
    feed(log, "client.log", &buf);
    assert_int_equal(fedval_log_finish(log), FEDVAL_OK);
    assert_int_equal(fedval_log_count_incidents(log), 3);
    assert_int_equal(fedval_log_get_num_calls(log), 1);
    fedval_log_free(log);
}

#define NUM_REQUESTS 600

static void each_request_of_a_call_finds_its_own_cause(void **state)
{
    (void)state;
    static pair pairs[NUM_REQUESTS];
    for (unsigned i = 0; i < NUM_REQUESTS; i++) {
        pairs[i] = (pair){.call_id = "one@call",
                          .cseq = i + 1,
                          .port = 25000 + i,
                          .second = 10 * i,
                          .domain = "partner.example",
                          .caller = "partner.example"};
    }
    fedval_log *log = read_pairs(pairs, NUM_REQUESTS);
    assert_int_equal(fedval_log_count_incidents(log), 2 * NUM_REQUESTS);
    assert_int_equal(count_explained(log), NUM_REQUESTS);
    for (size_t i = 0; i < NUM_REQUESTS; i++) {
        const fedval_incident *open = fedval_log_get_incident(log, i);
        const fedval_incident *cause =
            fedval_log_get_incident(log, fedval_incident_get_explained_by(open) - 1);
        assert_string_equal(fedval_incident_get_cseq(open), fedval_incident_get_cseq(cause));
    }
    fedval_log_free(log);
}

static uint32_t fnv(const char *text)
{
    uint32_t hash = (2166136261u ^ 2) * 16777619u;
    for (; *text != '\0'; text++)
        hash = (hash ^ (uint8_t)*text) * 16777619u;
    return hash;
}

#define NUM_CHOSEN 300

/* Call-IDs of one remainder under FNV-1a, which nobody seeds: they blinded an index that gave up
 * after 256 steps. */
static void chosen_call_ids_blind_nothing(void **state)
{
    (void)state;
    static char ids[NUM_CHOSEN + 1][24];
    static pair pairs[NUM_CHOSEN + 1];
    const char *victim = "0a1b2c3d@call";
    unsigned found = 0;
    for (unsigned i = 0; found < NUM_CHOSEN; i++) {
        snprintf(ids[found], sizeof(ids[found]), "evil%u", i);
        found += (fnv(ids[found]) & 2047) == (fnv(victim) & 2047);
    }
    snprintf(ids[NUM_CHOSEN], sizeof(ids[NUM_CHOSEN]), "%s", victim);
    for (unsigned i = 0; i <= NUM_CHOSEN; i++) {
        pairs[i] = (pair){.call_id = ids[i],
                          .cseq = 1,
                          .port = 1024 + i,
                          .second = 20 * i,
                          .domain = "partner.example",
                          .caller = "partner.example"};
    }
    fedval_log *log = read_pairs(pairs, NUM_CHOSEN + 1);
    assert_int_equal(count_explained(log), NUM_CHOSEN + 1);
    fedval_log_free(log);
}

#define NUM_LONG 20

/* They differ behind their first 600 characters only. */
static void long_call_ids_are_kept_apart(void **state)
{
    (void)state;
    static char ids[NUM_LONG][640];
    static pair pairs[NUM_LONG];
    for (unsigned i = 0; i < NUM_LONG; i++) {
        memset(ids[i], 'x', 600);
        snprintf(ids[i] + 600, sizeof(ids[i]) - 600, "%u@call", i);
        pairs[i] = (pair){.call_id = ids[i],
                          .cseq = 1,
                          .port = 25001,
                          .domain = "partner.example",
                          .caller = "partner.example"};
    }
    fedval_log *log = read_pairs(pairs, NUM_LONG);
    assert_int_equal(fedval_log_count_incidents(log), 2 * NUM_LONG);
    assert_int_equal(fedval_log_get_num_calls(log), NUM_LONG);
    assert_int_equal(count_explained(log), NUM_LONG);
    fedval_log_free(log);
}

/* Whether one 504 with another Call-ID is joined by port and time. */
static bool is_joined(unsigned later, const char *domain, const char *caller)
{
    pair one = {"a@x", 1, 25001, 0, later, domain, caller, "b@y", NULL};
    fedval_log *log = read_pairs(&one, 1);
    assert_int_equal(fedval_log_count_incidents(log), 2);
    const fedval_incident *open = fedval_log_get_incident(log, 0);
    bool joined = fedval_incident_get_explained_by(open) != 0;
    if (joined)
        assert_string_equal(fedval_incident_get_joined_by(open), "port and time");
    fedval_log_free(log);
    return joined;
}

static void port_and_time_join_within_five_seconds_and_one_domain(void **state)
{
    (void)state;
    assert_true(is_joined(0, "partner.example", "partner.example"));
    assert_true(is_joined(4, "partner.example", "partner.example"));
    assert_false(is_joined(6, "partner.example", "partner.example"));
    assert_false(is_joined(50, "partner.example", "partner.example"));
    assert_false(is_joined(0, "partner.example", "other.example"));
}

static void the_nearest_fault_of_the_domain_is_taken(void **state)
{
    (void)state;
    pair pairs[] = {
        {"a@x", 1, 25001, 10, 2, "partner.example", "partner.example", "p@y", NULL},
        {"b@x", 1, 25001, 13, 0, "other.example", "other.example", "q@y", NULL},
        {"c@x", 1, 25001, 16, 0, "partner.example", "partner.example", "r@y", NULL},
    };
    fedval_log *log = read_pairs(pairs, 3);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(fedval_incident_get_explained_by(fedval_log_get_incident(log, i)), 4 + i);
    fedval_log_free(log);
}

/* A fault of another call, with its own Call-ID, explains nothing, and hides no other that does. */
static void a_fault_that_explains_nothing_hides_none(void **state)
{
    static const char other_call[] =
        "2026-03-02T07:10:01.300+00:00 expe tvcs: UTCTime=\"2026-03-02 07:10:01,300\" "
        "Module=\"network.sip\" Level=\"DEBUG\":  Action=\"Received\" Local-ip=\"192.0.2.1\" "
        "Local-port=\"25001\" Src-ip=\"192.0.2.9\" Src-port=\"5061\"\n SIPMSG:\n |SIP"
        "/2.0 504 Server time-out\nCall-ID: c@z\nCSeq: 1 INVITE\nFrom: "
        "<sip:r@other.example>;tag=1\n"
        "To: <sip:bob@skype.lab>\nServer: RTC/6.0\nms-diagnostics: 1008;reason=\"x\";"
        "domain=\"other.example\"\nContent-Length: 0\n\n";
    pair one = {"a@x", 1, 25001, 0, 2, "partner.example", "", "b@y", NULL};
    fv_buf edge, expe;
    fedval_log *log = NULL;
    (void)state;
    fv_buf_init(&edge);
    fv_buf_init(&expe);
    append_504(&expe, &one);
    fv_buf_append_text(&expe, other_call);
    append_edge(&edge, &one);
    assert_int_equal(fedval_log_new(&log), FEDVAL_OK);
    feed(log, "expe.log", &expe);
    feed(log, "edge.log", &edge);
    assert_int_equal(fedval_log_finish(log), FEDVAL_OK);
    assert_int_equal(fedval_log_count_incidents(log), 3);
    const fedval_incident *open = fedval_log_get_incident(log, 0);
    assert_int_equal(fedval_incident_get_explained_by(open), 3);
    assert_string_equal(fedval_incident_get_joined_by(open), "port and time");
    fedval_log_free(log);
}

/* ---- several callers with one Call-ID and CSeq ---- */

#define NUM_CALLERS 200

static void callers_with_one_call_id_are_kept_apart(void **state)
{
    (void)state;
    static pair pairs[NUM_CALLERS];
    static char domains[NUM_CALLERS][32], tags[NUM_CALLERS][8];
    for (unsigned i = 0; i < NUM_CALLERS; i++) {
        snprintf(domains[i], sizeof(domains[i]), "d%u.example", i);
        snprintf(tags[i], sizeof(tags[i]), "t%03u", i);
        pairs[i] = (pair){.call_id = "one@call",
                          .cseq = 1,
                          .port = 25001,
                          .second = 20 * i,
                          .domain = domains[i],
                          .caller = domains[i],
                          .tag = tags[i]};
    }
    fedval_log *log = read_pairs(pairs, NUM_CALLERS);
    assert_int_equal(fedval_log_count_incidents(log), 2 * NUM_CALLERS);
    assert_int_equal(fedval_log_get_num_calls(log), NUM_CALLERS);
    assert_int_equal(count_explained(log), NUM_CALLERS);
    for (size_t i = 0; i < NUM_CALLERS; i++) {
        const fedval_incident *open = fedval_log_get_incident(log, i);
        const fedval_incident *cause =
            fedval_log_get_incident(log, fedval_incident_get_explained_by(open) - 1);
        assert_string_equal(fedval_incident_get_domain(open), fedval_incident_get_domain(cause));
    }
    fedval_log_free(log);
}

/* Reads two answers with one Call-ID and CSeq, and no Edge's record. */
static size_t count_answers(const char *caller, const char *tag, const char *caller_2,
                            const char *tag_2)
{
    pair one = {"a@x", 1, 25001, 0, 0, NULL, caller, NULL, tag};
    pair two = {"a@x", 1, 25001, 60, 0, NULL, caller_2, NULL, tag_2};
    fv_buf buf;
    fv_buf_init(&buf);
    append_504(&buf, &one);
    append_504(&buf, &two);
    fedval_log *log = read_buf(&buf);
    size_t count = fedval_log_count_incidents(log);
    assert_int_equal(fedval_log_get_num_calls(log), count);
    fedval_log_free(log);
    return count;
}

/* RFC 3261 8.2.2.2: the From tag, the Call-ID and the CSeq make a request. */
static void the_tag_decides_whether_it_is_the_same_request(void **state)
{
    (void)state;
    assert_int_equal(count_answers("a.example", "77aa", "a.example", "77aa"), 1);
    assert_int_equal(count_answers("a.example", "77aa", "a.example", "88bb"), 2);
    assert_int_equal(count_answers("a.example", "77aa", "b.example", "88bb"), 2);
    /* The same answer, once with a damaged domain and once with a tag that was cut. */
    assert_int_equal(count_answers("a.example", "77aa", "a.ex", "77aa"), 1);
    assert_int_equal(count_answers("a.example", "77aa", "a.example", "77"), 1);
    /* Without a tag, the domain decides. */
    assert_int_equal(count_answers("a.example", "", "a.example", "77aa"), 1);
    assert_int_equal(count_answers("a.example", "", "b.example", "77aa"), 2);
}

/* A record of the Edge names one domain: it explains the call of that one alone. */
static void a_cause_explains_the_call_of_its_domain_alone(void **state)
{
    (void)state;
    pair one = {"a@x", 1, 25001, 0, 0, "a.example", "a.example", NULL, "77aa"};
    pair two = {"a@x", 1, 25009, 60, 0, NULL, "b.example", NULL, "88bb"};
    fv_buf buf;
    fv_buf_init(&buf);
    append_edge(&buf, &one);
    append_504(&buf, &two);
    append_504(&buf, &one);
    fedval_log *log = read_buf(&buf);
    assert_int_equal(fedval_log_count_incidents(log), 3);
    assert_int_equal(fedval_incident_get_explained_by(fedval_log_get_incident(log, 1)), 0);
    assert_int_equal(fedval_incident_get_explained_by(fedval_log_get_incident(log, 2)), 1);
    fedval_log_free(log);
}

static void an_index_keeps_all_of_one_hash(void **state)
{
    (void)state;
    fv_lookup index;
    fv_lookup_init(&index);
    for (uint32_t i = 0; i < 5000; i++)
        assert_true(fv_lookup_add(&index, i % 3, i));
    fv_lookup_walk walk = {0};
    size_t count = 0;
    for (uint32_t at; (at = fv_lookup_next(&index, 2, &walk)) != FV_LOOKUP_NONE; count++)
        assert_int_equal(at % 3, 2);
    assert_int_equal(count, 1666);
    fv_lookup_clear(&index);
}

static void hashes_depend_on_the_seed_and_on_each_value(void **state)
{
    (void)state;
    assert_true(fv_hash_text(1, "a") != fv_hash_text(2, "a"));
    assert_true(fv_hash_text(1, NULL) != fv_hash_text(1, ""));
    assert_true(fv_hash_text(fv_hash_text(1, "a"), "bc") !=
                fv_hash_text(fv_hash_text(1, "ab"), "c"));
    assert_true(fv_hash_text(1, "12345678") != fv_hash_text(1, "123456789"));
    assert_true(fv_hash_number(1, 2) != fv_hash_number(2, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(requests_of_one_call_id_are_one_call),
        cmocka_unit_test(each_request_of_a_call_finds_its_own_cause),
        cmocka_unit_test(chosen_call_ids_blind_nothing),
        cmocka_unit_test(long_call_ids_are_kept_apart),
        cmocka_unit_test(port_and_time_join_within_five_seconds_and_one_domain),
        cmocka_unit_test(the_nearest_fault_of_the_domain_is_taken),
        cmocka_unit_test(a_fault_that_explains_nothing_hides_none),
        cmocka_unit_test(callers_with_one_call_id_are_kept_apart),
        cmocka_unit_test(the_tag_decides_whether_it_is_the_same_request),
        cmocka_unit_test(a_cause_explains_the_call_of_its_domain_alone),
        cmocka_unit_test(an_index_keeps_all_of_one_hash),
        cmocka_unit_test(hashes_depend_on_the_seed_and_on_each_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
