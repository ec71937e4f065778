/* All that threads may share, used by several at once: a sealed judge with its anchors, CRLs,
 * policies and verifier, evidence, an intent, finished reports, states, a finished log and the
 * catalogue. Each piece of work has to give the text that it gives alone. Under ThreadSanitizer
 * (tools/soak threads) a race is an error too.
 *
 * usage: threads VERIFIER     openssl or mbedtls */
#include "../conformance/verifiers.h"
#include "../judging.h"
#include "../reading.h"
#include "../vectors/vector.h"
#include "fedval/catalogue.h"
#include "fedval/diagnosis.h"
#include "fedval/html.h"
#include "fedval/pair.h"
#include "fedval/plan.h"
#include "fedval/render.h"
#include "fedval/session.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NUM_THREADS = 4, NUM_ROUNDS = 3, AT = 1893456000 };

#define TREE FEDVAL_SOURCE_ROOT "/tests/"

/* None of it changes once the threads run. */
typedef struct shared {
    fedval_verifier *verifier;
    vector v;
    fedval_judge *judge;
    fedval_policy *policy;
    fedval_intent *intent;
    fedval_report *cisco, *microsoft;
    fedval_state *before, *now;
    fedval_log *log;
    char *log_text;
    size_t log_len;
} shared;

static void require(bool holds, const char *what)
{
    if (!holds) {
        (void)fprintf(stderr, "threads: %s\n", what);
        exit(1);
    }
}

/* ---- pieces of work: each returns a text, or NULL ---- */

typedef char *(*work)(const shared *s);

static char *write_report(fedval_report *report)
{
    char *text = NULL;
    (void)fedval_report_to_json(report, &text, NULL);
    fedval_report_free(report);
    return text;
}

static char *judge_evidence(const shared *s)
{
    fedval_report *report = NULL;
    (void)fedval_evaluate(s->judge, 0, s->v.evidence[0], &report);
    return write_report(report);
}

static char *judge_with_a_copy(const shared *s)
{
    fedval_judge *copy = NULL;
    fedval_report *report = NULL;
    if (fedval_judge_copy(s->judge, &copy) == FEDVAL_OK &&
        fedval_judge_append_policy(copy, s->policy, NULL) == FEDVAL_OK &&
        fedval_judge_seal(copy) == FEDVAL_OK)
        (void)fedval_evaluate(copy, 0, s->v.evidence[0], &report);
    fedval_judge_free(copy);
    return write_report(report);
}

static char *judge_a_chain(const shared *s)
{
    fedval_chain_result *result = NULL;
    char *text = NULL;
    const fedval_fact *fact = NULL;
    for (size_t i = 0; i < fedval_evidence_count_facts(s->v.evidence[0]); i++) {
        const fedval_fact *at = fedval_evidence_get_fact(s->v.evidence[0], i);
        fact = fedval_fact_count_certificates(at) > 0 ? at : fact;
    }
    size_t len = 0;
    const uint8_t *der = fedval_fact_get_certificate(fact, 0, &len);
    (void)fedval_chain_evaluate(s->judge, 0, &der, &len, 1, "expe.example.com", FEDVAL_NUL_ENDED,
                                FEDVAL_PURPOSE_SERVER, FEDVAL_TIME_UNKNOWN, &result);
    (void)fedval_chain_result_to_json(result, &text, NULL);
    fedval_chain_result_free(result);
    return text;
}

static char *look_ahead(const shared *s)
{
    fedval_timeline *timeline = NULL;
    char *text = NULL;
    if (fedval_timeline_new(s->judge, 0, s->v.evidence[0], FEDVAL_TIME_UNKNOWN, &timeline) ==
        FEDVAL_OK)
        (void)fedval_timeline_to_json(timeline, &text, NULL);
    fedval_timeline_free(timeline);
    return text;
}

static char *plan(const shared *s)
{
    fedval_plan *made = NULL;
    char *text = NULL;
    if (fedval_plan_new(s->judge, 0, s->intent, AT, &made) == FEDVAL_OK)
        (void)fedval_plan_to_text(made, NULL, &text, NULL);
    fedval_plan_free(made);
    return text;
}

/* A session of its own, which is given the facts that it asks for out of the shared evidence. */
static char *gather(const shared *s)
{
    const fedval_question *question = NULL;
    fedval_session *session = NULL;
    fedval_report *report = NULL;
    fedval_status status =
        fedval_judge_new_session(s->judge, "example.com", FEDVAL_NUL_ENDED, 1, &session, NULL);
    while (status == FEDVAL_OK && !fedval_session_is_done(session)) {
        status = fedval_session_next(session, &question);
        if (status != FEDVAL_OK || question == NULL)
            break;
        const fedval_fact *fact = fedval_evidence_find(s->v.evidence[0], question);
        status = fact == NULL ? fedval_session_skip(session, question)
                              : fedval_session_supply(session, fact);
    }
    if (status == FEDVAL_OK) {
        fedval_evidence *evidence = fedval_session_take_evidence(session);
        (void)fedval_evidence_set_time(evidence, AT);
        (void)fedval_evaluate(s->judge, 0, evidence, &report);
        fedval_evidence_free(evidence);
    }
    fedval_session_free(session);
    return write_report(report);
}

static char *show_text(const shared *s)
{
    char *text = NULL;
    (void)fedval_report_to_text(s->cisco, NULL, &text, NULL);
    return text;
}

static char *show_html(const shared *s)
{
    char *text = NULL;
    (void)fedval_report_to_html(s->cisco, NULL, &text, NULL);
    return text;
}

static char *show_prometheus(const shared *s)
{
    const fedval_report *both[] = {s->cisco, s->microsoft};
    char *text = NULL;
    (void)fedval_reports_to_prometheus(both, 2, NULL, &text, NULL);
    return text;
}

static char *put_together(const shared *s)
{
    fedval_pair *pair = NULL;
    char *text = NULL;
    if (fedval_pair_new(s->cisco, s->microsoft, &pair) == FEDVAL_OK)
        (void)fedval_pair_to_text(pair, NULL, &text, NULL);
    fedval_pair_free(pair);
    return text;
}

static char *compare(const shared *s)
{
    fedval_drift *drift = NULL;
    char *text = NULL;
    if (fedval_drift_new(s->before, s->now, &drift) == FEDVAL_OK)
        (void)fedval_drift_to_json(drift, &text, NULL);
    fedval_drift_free(drift);
    return text;
}

static char *show_anchors(const shared *s)
{
    char *text = NULL;
    (void)fedval_anchors_to_json(fedval_judge_get_anchors(s->judge), &text, NULL);
    return text;
}

static char *show_crls(const shared *s)
{
    char *text = NULL;
    (void)fedval_crls_to_json(fedval_judge_get_crls(s->judge), &text, NULL);
    return text;
}

static char *show_policy(const shared *s)
{
    char *text = NULL;
    (void)fedval_policy_to_json(s->policy, &text, NULL);
    return text;
}

static char *explain(const shared *s)
{
    (void)s;
    char *text = NULL;
    (void)fedval_catalogue_to_markdown(&text, NULL);
    return text;
}

/* libidn2 works on this name. */
static char *convert(const shared *s)
{
    static const char name[] = "b\xc3\xbc"
                               "cher.example";
    (void)s;
    char *text = calloc(1, FEDVAL_NAME_SIZE);
    if (text != NULL && fedval_name_normalise(name, FEDVAL_NUL_ENDED, text, FEDVAL_NAME_SIZE, NULL,
                                              NULL) != FEDVAL_OK)
        text[0] = '\0';
    return text;
}

static char *show_log(const shared *s)
{
    char *text = NULL;
    (void)fedval_log_to_text(s->log, NULL, NULL, &text, NULL);
    return text;
}

static fedval_log *read_log(const char *text, size_t len)
{
    fedval_log *log = NULL;
    require(fedval_log_new(&log) == FEDVAL_OK, "no log");
    require(fedval_log_begin_source(log, "log", FEDVAL_NUL_ENDED) == FEDVAL_OK, "no source");
    require(fedval_log_feed(log, text, len) == FEDVAL_OK, "not fed");
    require(fedval_log_finish(log) == FEDVAL_OK, "not finished");
    return log;
}

static char *diagnose(const shared *s)
{
    fedval_log *log = read_log(s->log_text, s->log_len);
    char *text = NULL;
    (void)fedval_log_to_json(log, NULL, &text, NULL);
    fedval_log_free(log);
    return text;
}

static const work works[] = {
    judge_evidence, judge_with_a_copy, judge_a_chain,   look_ahead,   plan,     gather,
    show_text,      show_html,         show_prometheus, put_together, compare,  show_anchors,
    show_crls,      show_policy,       explain,         convert,      show_log, diagnose,
};
enum { NUM_WORKS = sizeof(works) / sizeof(works[0]) };

/* ---- what is shared ---- */

static char *read_tree(const char *path, size_t *out_len)
{
    char *text = read_file(path, out_len);
    require(text != NULL, path);
    return text;
}

static fedval_policy *new_policy(uint32_t profile, uint32_t side)
{
    fedval_policy *policy = NULL;
    require(fedval_policy_new(profile, &policy) == FEDVAL_OK, "no policy");
    require(fedval_policy_set_number(policy, FEDVAL_POLICY_SIDE, side) == FEDVAL_OK, "no side");
    require(fedval_policy_set_number(policy, FEDVAL_POLICY_TIME, AT) == FEDVAL_OK, "no time");
    return policy;
}

static fedval_report *report_on(const shared *s, const fedval_policy *policy)
{
    fedval_report *report = NULL;
    require(evaluate_once(s->v.evidence[0], policy, s->v.anchors, s->v.crls, s->verifier,
                          &report) == FEDVAL_OK,
            "no report");
    return report;
}

static void open_judge(shared *s)
{
    require(new_judge(s->policy, s->v.anchors, s->v.crls, s->verifier, &s->judge) == FEDVAL_OK,
            "no judge");
}

static void open_shared(shared *s, const char *verifier)
{
    size_t len = 0;
    s->verifier = verifier_by_name(verifier);
    require(s->verifier != NULL, "no such verifier");
    require(vector_load(TREE "vectors/trust/revoked.json", s->verifier, &s->v), "no vector");
    s->policy = new_policy(FEDVAL_PROFILE_MICROSOFT_EDGE, FEDVAL_SIDE_CISCO);
    fedval_policy *other = new_policy(FEDVAL_PROFILE_EXPRESSWAY, FEDVAL_SIDE_MICROSOFT);
    s->cisco = report_on(s, s->policy);
    s->microsoft = report_on(s, other);
    fedval_policy_free(other);
    char *intent = read_tree(TREE "fuzz/corpus/intent/lab", &len);
    require(fedval_intent_new_from_json(intent, len, &s->intent, NULL) == FEDVAL_OK, "no intent");
    free(intent);
    require(fedval_state_new(s->cisco, &s->before) == FEDVAL_OK, "no state");
    require(fedval_state_new(s->microsoft, &s->now) == FEDVAL_OK, "no state");
    s->log_text = read_tree(TREE "vectors/logs/pair.log", &s->log_len);
    s->log = read_log(s->log_text, s->log_len);
    open_judge(s);
}

static void close_shared(shared *s)
{
    fedval_log_free(s->log);
    free(s->log_text);
    fedval_state_free(s->before);
    fedval_state_free(s->now);
    fedval_intent_free(s->intent);
    fedval_report_free(s->cisco);
    fedval_report_free(s->microsoft);
    fedval_judge_free(s->judge);
    fedval_policy_free(s->policy);
    vector_clear(&s->v);
    fedval_verifier_free(s->verifier);
}

/* ---- the threads ---- */

typedef struct runner {
    const shared *shared;
    char *const *wanted;
    size_t number;
    size_t num_differing;
} runner;

static void *run(void *context)
{
    runner *self = context;
    for (size_t i = 0; i < NUM_ROUNDS * NUM_WORKS; i++) {
        /* Each thread begins elsewhere, so that different pieces meet. */
        size_t at = (i + self->number * 5) % NUM_WORKS;
        char *text = works[at](self->shared);
        self->num_differing += text == NULL || strcmp(text, self->wanted[at]) != 0;
        fedval_text_free(text);
    }
    return NULL;
}

static size_t run_all(const shared *s, char *const *wanted)
{
    runner runners[NUM_THREADS];
    pthread_t threads[NUM_THREADS];
    size_t num_differing = 0;
    for (size_t i = 0; i < NUM_THREADS; i++) {
        runners[i] = (runner){s, wanted, i, 0};
        require(pthread_create(&threads[i], NULL, run, &runners[i]) == 0, "no thread");
    }
    for (size_t i = 0; i < NUM_THREADS; i++) {
        require(pthread_join(threads[i], NULL) == 0, "a thread is lost");
        num_differing += runners[i].num_differing;
    }
    return num_differing;
}

/* What is made at the first use is made by all threads at once: so what is wanted comes from
 * objects of its own. */
int main(int argc, char **argv)
{
    shared alone = {.verifier = NULL}, s = {.verifier = NULL};
    char *wanted[NUM_WORKS];
    open_shared(&alone, argc > 1 ? argv[1] : NULL);
    for (size_t i = 0; i < NUM_WORKS; i++) {
        wanted[i] = works[i](&alone);
        require(wanted[i] != NULL && wanted[i][0] != '\0', "a piece of work gives nothing");
    }
    open_shared(&s, argc > 1 ? argv[1] : NULL);
    size_t num_differing = run_all(&s, wanted);
    (void)printf("%d threads, %d pieces of work each, %zu differ\n", NUM_THREADS,
                 NUM_ROUNDS * NUM_WORKS, num_differing);
    for (size_t i = 0; i < NUM_WORKS; i++)
        fedval_text_free(wanted[i]);
    close_shared(&s);
    close_shared(&alone);
    return num_differing != 0;
}
