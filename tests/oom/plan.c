/* Allocation failures while an intent is read, planned and written. */
#include "oom.h"

#include "../judging.h"
#include "fedval/plan.h"
#include "fedval/render.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef struct job {
    char *json;
    size_t len;
} job;

static fedval_status write_files(const fedval_plan *plan)
{
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < fedval_plan_count_files(plan); i++) {
        char *text = NULL;
        status = fedval_plan_file_to_text(plan, i, &text, NULL);
        fedval_text_free(text);
    }
    return status;
}

static fedval_status write_plan(const fedval_plan *plan)
{
    char *text = NULL;
    fedval_status status = fedval_plan_to_json(plan, &text, NULL);
    fedval_text_free(text);
    text = NULL;
    if (status == FEDVAL_OK)
        status = fedval_plan_to_text(plan, NULL, &text, NULL);
    fedval_text_free(text);
    return status == FEDVAL_OK ? write_files(plan) : status;
}

static fedval_status work(void *context)
{
    const job *it = context;
    fedval_intent *intent = NULL;
    fedval_judge *judge = NULL;
    fedval_plan *plan = NULL;
    char *json = NULL;
    fedval_status status = fedval_intent_new_from_json(it->json, it->len, &intent, NULL);
    if (status == FEDVAL_OK)
        status = fedval_intent_to_json(intent, &json, NULL);
    if (status == FEDVAL_OK)
        status = new_judge(NULL, NULL, NULL, NULL, &judge);
    if (status == FEDVAL_OK)
        status = fedval_plan_new(judge, 0, intent, 1893456000, &plan);
    if (status == FEDVAL_OK)
        status = write_plan(plan);
    fedval_text_free(json);
    fedval_plan_free(plan);
    fedval_judge_free(judge);
    fedval_intent_free(intent);
    return status;
}

static void planning_survives_failures(void **state)
{
    job it;
    (void)state;
    it.json = oom_read_file(FEDVAL_SOURCE_ROOT "/tests/fuzz/corpus/intent/inline", &it.len);
    oom_spare_jansson(true);
    assert_true(oom_run(work, &it) > 50);
    oom_spare_jansson(false);
    free(it.json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(planning_survives_failures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
