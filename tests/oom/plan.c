/* Allocation failures while an intent is read, planned and written. */
#include "oom.h"

#include "../judging.h"
#include "base/buf.h"
#include "fedval/plan.h"
#include "fedval/render.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define TREE FEDVAL_SOURCE_ROOT "/tests/"

typedef struct job {
    char *json;
    size_t len;
    /* What its files hold and what there is today; absent where an intent names none. */
    char *chain, *request, *today;
    size_t chain_len, request_len, today_len;
} job;

static fedval_status supply_files(const job *it, fedval_intent *intent)
{
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < fedval_intent_count_files(intent); i++) {
        bool is_ready = fedval_intent_get_file_use(intent, i) == FEDVAL_INTENT_FILE_READY;
        status = fedval_intent_supply_file(intent, i, is_ready ? it->request : it->chain,
                                           is_ready ? it->request_len : it->chain_len, NULL);
    }
    return status;
}

static fedval_status append_today(const job *it, fedval_intent *intent)
{
    fedval_evidence *evidence = NULL;
    fedval_status status = fedval_evidence_new_from_json(it->today, it->today_len, &evidence, NULL);
    if (status == FEDVAL_OK)
        status = fedval_intent_append_evidence(intent, evidence);
    fedval_evidence_free(evidence);
    return status;
}

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
        status = supply_files(it, intent);
    if (status == FEDVAL_OK)
        status = append_today(it, intent);
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
    char path[1024];
    job it = {.json = NULL};
    (void)snprintf(path, sizeof(path), TREE "fuzz/corpus/intent/%s", (const char *)*state);
    it.json = oom_read_file(path, &it.len);
    it.chain = oom_read_file(TREE "pki/out/valid.pem", &it.chain_len);
    it.request = oom_read_file(TREE "pki/out/forms/request.pem", &it.request_len);
    it.today = oom_read_file(TREE "fuzz/corpus/evidence/srv-several-none-fits.json", &it.today_len);
    oom_spare_jansson(true);
    assert_true(oom_run(work, &it) > 50);
    oom_spare_jansson(false);
    free(it.json);
    free(it.chain);
    free(it.request);
    free(it.today);
}

/* So many addresses that the list of those that go does not fit into what is there already. */
#define NUM_OLD 200

static char *write_old_addresses(void)
{
    static const char head[] =
        "{\"format\":\"fedval-evidence/1\",\"domain\":\"example.com\",\"gathered_at\":"
        "\"2030-01-01T00:00:00Z\",\"facts\":[{\"question\":{\"name\":\"_sipfederationtls._tcp."
        "example.com\",\"type\":\"SRV\"},\"outcome\":\"answer\",\"records\":[{\"type\":\"SRV\","
        "\"owner\":\"_sipfederationtls._tcp.example.com\",\"ttl\":3600,\"priority\":0,\"weight\":0,"
        "\"port\":5061,\"target\":\"expe.example.com\"}]},{\"question\":{\"name\":"
        "\"expe.example.com\",\"type\":\"A\"},\"outcome\":\"answer\",\"records\":[";
    fv_buf buf;
    fv_buf_init(&buf);
    fv_buf_append_text(&buf, head);
    for (uint64_t i = 1; i <= NUM_OLD; i++) {
        fv_buf_append_text(&buf, i == 1 ? "" : ",");
        fv_buf_append_text(&buf, "{\"type\":\"A\",\"owner\":\"expe.example.com\",\"ttl\":3600,"
                                 "\"address\":\"20.30.40.");
        fv_buf_append_u64(&buf, i);
        fv_buf_append_text(&buf, "\"}");
    }
    fv_buf_append_text(&buf, "]}]}");
    return fv_buf_take(&buf, NULL);
}

static void old_addresses_survive_failures(void **state)
{
    static char intent[] =
        "{\"format\":\"fedval-intent/1\",\"domains\":[{\"name\":\"example.com\",\"host\":"
        "\"expe\"}],\"clusters\":[{\"version\":\"14.3\",\"keep_names\":[],\"peers\":[{\"name\":"
        "\"expe.example.com\",\"addresses\":[\"20.30.40.250\"]}]}]}";
    job it = {.json = intent, .len = sizeof(intent) - 1};
    (void)state;
    it.today = write_old_addresses();
    assert_non_null(it.today);
    it.today_len = strlen(it.today);
    oom_spare_jansson(true);
    assert_true(oom_run(work, &it) > 50);
    oom_spare_jansson(false);
    free(it.today);
}

#define CASE(name)                                                                                 \
    {                                                                                              \
        name, planning_survives_failures, NULL, NULL, (void *)(uintptr_t)name                      \
    }

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE("inline"),
        CASE("lab"),
        CASE("files"),
        CASE("ten-domains-six-peers"),
        cmocka_unit_test(old_addresses_survive_failures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
