/* Allocation failures while two reports are compared, both sides of a federation are put together,
 * what breaks when is worked out, and actions are carried out. */
#include "oom.h"

#include "../believing_verifier.h"
#include "../judging.h"
#include "../vectors/vector.h"
#include "fedval/pair.h"
#include "fedval/render.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define VECTORS FEDVAL_SOURCE_ROOT "/tests/vectors/"

/* What the work is done on. It is made before anything fails. */
typedef struct job {
    vector v;
    fedval_verifier *verifier;
    fedval_judge *judge;
    fedval_report *cisco, *microsoft;
    char *json; /* the report on the Cisco side */
} job;

typedef fedval_status (*writer)(const void *object, char **out, size_t *out_len);

/* A text that failed must leave `text` as it was. */
static fedval_status write_all(const void *object, const writer *writers, size_t num)
{
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < num; i++) {
        char *text = NULL;
        status = writers[i](object, &text, NULL);
        if ((status == FEDVAL_OK) != (text != NULL))
            status = FEDVAL_ERROR_STATE;
        fedval_text_free(text);
    }
    return status;
}

/* ---- drift ---- */

static fedval_status drift_json(const void *drift, char **out, size_t *out_len)
{
    return fedval_drift_to_json(drift, out, out_len);
}

static fedval_status drift_text(const void *drift, char **out, size_t *out_len)
{
    return fedval_drift_to_text(drift, NULL, out, out_len);
}

static fedval_status drift_line(const void *drift, char **out, size_t *out_len)
{
    return fedval_drift_to_line(drift, out, out_len);
}

static fedval_status compare(void *context)
{
    static const writer writers[] = {drift_json, drift_text, drift_line};
    const job *self = context;
    fedval_state *before = NULL, *now = NULL;
    fedval_drift *drift = NULL;
    fedval_status status =
        fedval_state_new_from_json(self->json, strlen(self->json), &before, NULL);
    if (status == FEDVAL_OK)
        status = fedval_state_new(self->cisco, &now);
    if (status == FEDVAL_OK)
        status = fedval_drift_new(before, NULL, &drift);
    if (status == FEDVAL_OK)
        status = write_all(drift, writers, 3);
    fedval_drift_free(drift);
    drift = NULL;
    if (status == FEDVAL_OK)
        status = fedval_drift_new(before, now, &drift);
    if (status == FEDVAL_OK && fedval_drift_get_change(drift) != FEDVAL_CHANGE_NONE)
        status = FEDVAL_ERROR_STATE;
    else if (status != FEDVAL_OK && drift != NULL)
        status = FEDVAL_ERROR_STATE;
    fedval_drift_free(drift);
    fedval_state_free(before);
    fedval_state_free(now);
    return status;
}

/* ---- pair ---- */

static fedval_status pair_json(const void *pair, char **out, size_t *out_len)
{
    return fedval_pair_to_json(pair, out, out_len);
}

static fedval_status pair_text(const void *pair, char **out, size_t *out_len)
{
    return fedval_pair_to_text(pair, NULL, out, out_len);
}

static fedval_status put_together(void *context)
{
    static const writer writers[] = {pair_json, pair_text};
    const job *self = context;
    fedval_pair *pair = NULL;
    fedval_status status = fedval_pair_new(self->cisco, self->microsoft, &pair);
    if ((status == FEDVAL_OK) != (pair != NULL))
        return FEDVAL_ERROR_STATE;
    if (status == FEDVAL_OK)
        status = write_all(pair, writers, 2);
    fedval_pair_free(pair);
    return status;
}

/* ---- timeline ---- */

static fedval_status timeline_json(const void *timeline, char **out, size_t *out_len)
{
    return fedval_timeline_to_json(timeline, out, out_len);
}

static fedval_status timeline_text(const void *timeline, char **out, size_t *out_len)
{
    return fedval_timeline_to_text(timeline, NULL, out, out_len);
}

static fedval_status timeline_icalendar(const void *timeline, char **out, size_t *out_len)
{
    const fedval_timeline *one = timeline;
    return fedval_timelines_to_icalendar(&one, 1, out, out_len);
}

static fedval_status look_ahead(void *context)
{
    static const writer writers[] = {timeline_json, timeline_text, timeline_icalendar};
    const job *self = context;
    fedval_timeline *timeline = NULL;
    fedval_status status =
        fedval_timeline_new(self->judge, 0, self->v.evidence[0], FEDVAL_TIME_UNKNOWN, &timeline);
    if ((status == FEDVAL_OK) != (timeline != NULL))
        return FEDVAL_ERROR_STATE;
    if (status == FEDVAL_OK)
        status = write_all(timeline, writers, 3);
    fedval_timeline_free(timeline);
    return status;
}

/* ---- actions ---- */

static fedval_status carry_out(void *context)
{
    const job *self = context;
    fedval_report *report = NULL;
    char *json = NULL;
    fedval_status status = fedval_evaluate_with_actions(
        self->judge, 0, self->v.evidence[0], self->json, strlen(self->json), &report, NULL);
    if ((status == FEDVAL_OK) != (report != NULL))
        return FEDVAL_ERROR_STATE;
    if (status == FEDVAL_OK)
        status = fedval_report_to_json(report, &json, NULL);
    fedval_text_free(json);
    fedval_report_free(report);
    return status;
}

/* ---- what all of them need ---- */

static fedval_report *report_on(const job *self, uint32_t profile, uint32_t side)
{
    fedval_policy *policy = NULL;
    fedval_report *report = NULL;
    assert_int_equal(fedval_policy_new(profile, &policy), FEDVAL_OK);
    assert_int_equal(fedval_policy_set_number(policy, FEDVAL_POLICY_SIDE, side), FEDVAL_OK);
    assert_int_equal(fedval_policy_set_number(policy, FEDVAL_POLICY_TIME, 1893456000), FEDVAL_OK);
    assert_int_equal(
        evaluate_once(self->v.evidence[0], policy, self->v.anchors, NULL, self->verifier, &report),
        FEDVAL_OK);
    fedval_policy_free(policy);
    return report;
}

static void open_job(job *self, const char *name)
{
    char path[1024];
    (void)snprintf(path, sizeof(path), VECTORS "%s", name);
    assert_int_equal(believer_new(&self->verifier), FEDVAL_OK);
    assert_true(vector_load(path, self->verifier, &self->v));
    assert_int_equal(
        new_judge(self->v.policy, self->v.anchors, self->v.crls, self->verifier, &self->judge),
        FEDVAL_OK);
    self->cisco = report_on(self, FEDVAL_PROFILE_MICROSOFT_EDGE, FEDVAL_SIDE_CISCO);
    self->microsoft = report_on(self, FEDVAL_PROFILE_EXPRESSWAY, FEDVAL_SIDE_MICROSOFT);
    assert_int_equal(fedval_report_to_json(self->cisco, &self->json, NULL), FEDVAL_OK);
}

static void close_job(job *self)
{
    fedval_text_free(self->json);
    fedval_report_free(self->cisco);
    fedval_report_free(self->microsoft);
    fedval_judge_free(self->judge);
    vector_clear(&self->v);
    fedval_verifier_free(self->verifier);
}

static const char *const names[] = {
    "certificate/expired-and-wrong-name-and-outside.json",
    "srv/lab-case-1.json",
    "srv/standby-faulty.json",
    "trust/revoked.json",
};

static void run_on_each(oom_work work, bool spare_jansson)
{
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        job self = {.verifier = NULL};
        open_job(&self, names[i]);
        oom_spare_jansson(spare_jansson);
        assert_true(oom_run_tolerant(work, &self) > 5);
        oom_spare_jansson(false);
        close_job(&self);
    }
}

static void comparing_survives_failures(void **state)
{
    (void)state;
    run_on_each(compare, true);
}

static void pairing_survives_failures(void **state)
{
    (void)state;
    run_on_each(put_together, false);
}

static void looking_ahead_survives_failures(void **state)
{
    (void)state;
    run_on_each(look_ahead, false);
}

static void carrying_out_survives_failures(void **state)
{
    (void)state;
    run_on_each(carry_out, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comparing_survives_failures),
        cmocka_unit_test(pairing_survives_failures),
        cmocka_unit_test(looking_ahead_survives_failures),
        cmocka_unit_test(carrying_out_survives_failures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
