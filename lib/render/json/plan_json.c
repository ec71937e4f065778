/* plan -> "fedval-plan/1". */
#include "mend/plan/plan.h"
#include "render/json/finding_json.h"
#include "render/plan/plan_file.h"

#include <string.h>

static void put_text_list(fv_json *json, const char *key, const fedval_plan *plan,
                          size_t (*count)(const fedval_plan *plan),
                          const char *(*get)(const fedval_plan *plan, size_t index))
{
    fv_json_array(json, key);
    for (size_t i = 0; i < count(plan); i++)
        fv_json_text(json, NULL, get(plan, i));
    fv_json_end(json);
}

static void put_open_questions(fv_json *json, const fedval_plan *plan)
{
    fv_json_array(json, "open_questions");
    for (size_t i = 0; i < plan->num_questions; i++) {
        fv_json_object(json, NULL);
        fv_json_text(json, "question", plan->questions[i].text);
        fv_json_text(json, "member", plan->questions[i].member);
        fv_json_text(json, "about", plan->questions[i].about);
        fv_json_end(json);
    }
    fv_json_end(json);
}

static void put_codes(fv_json *json, const char *key, const uint32_t *why, size_t num_why)
{
    fv_json_array(json, key);
    for (size_t i = 0; i < num_why; i++)
        fv_json_text(json, NULL, fedval_finding_code_to_string(why[i]));
    fv_json_end(json);
}

static void put_not_seen(fv_json *json, uint32_t mask)
{
    fv_json_array(json, "not_seen_today");
    for (uint32_t i = 1; i <= 8; i++) {
        const char text[] = {'R', (char)('0' + i), '\0'};
        if ((mask >> i & 1) != 0)
            fv_json_text(json, NULL, text);
    }
    fv_json_end(json);
}

static void put_domain(fv_json *json, const fedval_plan_domain *domain)
{
    fv_json_object(json, NULL);
    fv_json_text(json, "domain", domain->name);
    fv_json_text(json, "side", fedval_side_to_string(domain->side));
    fv_json_text(json, "target", domain->target);
    fv_json_word(json, "verdict_today", domain->verdict_today, fedval_verdict_to_string);
    put_codes(json, "why_today", domain->why, domain->num_why);
    put_not_seen(json, domain->not_seen);
    fv_json_word(json, "after", domain->verdict_after, fedval_verdict_to_string);
    fv_json_findings(json, "findings", domain->findings, domain->num_findings);
    fv_json_end(json);
}

static void put_step(fv_json *json, const fedval_plan_step *step)
{
    fv_json_object(json, NULL);
    fv_json_i64(json, "n", step->number);
    fv_json_array(json, "after");
    for (size_t i = 0; i < step->num_after; i++)
        fv_json_i64(json, NULL, step->after[i]);
    fv_json_end(json);
    fv_json_i64(json, "wait_s", step->wait_s);
    fv_json_text(json, "side", fedval_side_to_string(step->side));
    fv_json_text(json, "op", fedval_op_to_string(step->op));
    fv_json_text(json, "kind", fedval_plan_kind_to_string(step->kind));
    fv_json_text(json, "zone", step->zone);
    fv_json_text(json, "owner", step->owner);
    fv_json_text(json, "type", step->type);
    if (step->kind == FEDVAL_PLAN_KIND_DNS)
        fv_json_i64(json, "ttl", step->record.ttl);
    else
        fv_json_null(json, "ttl");
    fv_json_text(json, "data", step->data);
    put_codes(json, "why", step->why, step->num_why);
    fv_json_text(json, "hurts", step->hurts);
    if (step->alternative_to != 0)
        fv_json_i64(json, "alternative_to", step->alternative_to);
    else
        fv_json_null(json, "alternative_to");
    fv_json_bool(json, "one_change", step->is_one_change);
    fv_json_end(json);
}

static void put_names(fv_json *json, const fedval_plan_certificate *certificate)
{
    fv_json_array(json, "names");
    for (size_t i = 0; i < certificate->num_names; i++) {
        fv_json_object(json, NULL);
        fv_json_text(json, "name", certificate->names[i].name);
        fv_json_text(json, "for", certificate->names[i].purpose);
        fv_json_end(json);
    }
    fv_json_end(json);
}

/* What lies ready: whether it will do, and why not. */
static void put_ready(fv_json *json, const fedval_plan_certificate *certificate)
{
    uint32_t ready = fedval_plan_certificate_get_ready(certificate);
    if (ready == 0) {
        fv_json_null(json, "ready");
        return;
    }
    fv_json_object(json, "ready");
    fv_json_text(json, "kind", fedval_plan_ready_to_string(ready));
    fv_json_bool(json, "will_do", !certificate->is_refused);
    fv_json_bool(json, "reversed", certificate->is_reversed);
    if (ready == FEDVAL_PLAN_READY_REQUEST)
        fv_json_word(json, "signature", certificate->signature, fedval_verify_to_string);
    fv_json_array(json, "not_checked");
    for (size_t i = 0; i < fedval_plan_certificate_count_not_checked(certificate); i++)
        fv_json_text(json, NULL, fedval_plan_certificate_get_not_checked(certificate, i));
    fv_json_end(json);
    fv_json_findings(json, "findings", certificate->findings, certificate->num_findings);
    fv_json_end(json);
}

static void put_certificate(fv_json *json, const fedval_plan *plan, size_t index)
{
    const fedval_plan_certificate *certificate = &plan->certificates[index];
    fv_buf config;
    fv_json_object(json, NULL);
    fv_json_text(json, "peer", certificate->peer);
    fv_json_text(json, "role", fv_plan_role_word(certificate->role));
    fv_json_bool(json, "for_both", certificate->is_for_both);
    fv_json_text(json, "origin", fedval_plan_origin_to_string(certificate->origin));
    fv_json_text(json, "subject", certificate->subject);
    fv_json_text(json, "sha256", fedval_plan_certificate_get_sha256(certificate));
    fv_json_text(json, "serial", fedval_plan_certificate_get_serial(certificate));
    put_names(json, certificate);
    put_ready(json, certificate);
    if (certificate->origin == FEDVAL_PLAN_ORIGIN_NEW) {
        fv_buf_init(&config);
        fv_plan_write_config(&config, certificate);
        json->buf.failed |= config.failed;
        fv_json_text(json, "openssl_config", config.failed ? NULL : config.data);
        fv_buf_clear(&config);
    } else {
        fv_json_null(json, "openssl_config");
    }
    fv_json_end(json);
}

static void put_judged_again(fv_json *json, const fedval_plan *plan)
{
    fv_json_array(json, "judged_again");
    for (uint32_t i = 1; i <= 8; i++) {
        const char text[] = {'R', (char)('0' + i), '\0'};
        if (plan->judged_again[i])
            fv_json_text(json, NULL, text);
    }
    fv_json_end(json);
}

static void put_files(fv_json *json, const fedval_plan *plan)
{
    fv_json_array(json, "files");
    for (size_t i = 0; i < fedval_plan_count_files(plan); i++)
        fv_json_text(json, NULL, fedval_plan_get_file_name(plan, i));
    fv_json_end(json);
}

fedval_status fedval_plan_to_json(const fedval_plan *plan, char **out_json, size_t *out_len)
{
    fv_json json;
    if (plan == NULL || out_json == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_json_init(&json);
    fv_json_object(&json, NULL);
    fv_json_text(&json, "format", "fedval-plan/1");
    fv_json_text(&json, "version", FEDVAL_VERSION);
    fv_json_time(&json, "evaluated_at", plan->evaluated_at);
    fv_json_word(&json, "verdict_today", plan->verdict_today, fedval_verdict_to_string);
    fv_json_word(&json, "after", plan->verdict_after, fedval_verdict_to_string);
    fv_json_text(&json, "outcome", fedval_plan_outcome_to_string(fedval_plan_get_outcome(plan)));
    fv_json_word(&json, "harm", plan->harm, fedval_plan_harm_to_string);
    put_judged_again(&json, plan);
    put_text_list(&json, "assumed", plan, fedval_plan_count_assumed, fedval_plan_get_assumed);
    put_text_list(&json, "questions", plan, fedval_plan_count_questions, fedval_plan_get_question);
    put_open_questions(&json, plan);
    fv_json_array(&json, "domains");
    for (size_t i = 0; i < plan->num_domains; i++)
        put_domain(&json, &plan->domains[i]);
    fv_json_end(&json);
    fv_json_array(&json, "steps");
    for (size_t i = 0; i < plan->num_steps; i++)
        put_step(&json, &plan->steps[i]);
    fv_json_end(&json);
    fv_json_array(&json, "requests");
    for (size_t i = 0; i < plan->num_certificates; i++)
        put_certificate(&json, plan, i);
    fv_json_end(&json);
    put_files(&json, plan);
    fv_json_end(&json);
    return fv_json_finish(&json, out_json, out_len);
}
