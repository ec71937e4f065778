#include "fixtures.h"

#include "../believing_verifier.h"
#include "../judging.h"
#include "../reading.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MUST(call)                                                                                 \
    do {                                                                                           \
        if (!(call)) {                                                                             \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #call);                             \
            exit(99);                                                                              \
        }                                                                                          \
    } while (0)

enum { TIME = 1784000000 };

/* ---- a backend that has nothing, and a verifier that finds everything good ---- */

static fedval_status fetch(const fedval_question *question, int64_t timeout_ms, fedval_fact *fact,
                           void *user)
{
    (void)question, (void)timeout_ms, (void)fact, (void)user;
    return FEDVAL_ERROR_NOT_FOUND;
}

static fedval_status key_open(const uint8_t *spki, size_t spki_len, void **out_key, void *user)
{
    (void)spki, (void)spki_len;
    *out_key = user;
    return FEDVAL_OK;
}

const fedval_port_vtable fixture_port = {.size = sizeof(fixture_port), .fetch = fetch};
const fedval_verifier_vtable fixture_verifier = {.size = sizeof(fixture_verifier),
                                                 .digest = believer_digest,
                                                 .key_open = key_open,
                                                 .key_close = believer_key_close,
                                                 .verify = believer_verify};

int64_t fixture_now(void *user)
{
    (void)user;
    return TIME;
}

void fixture_done(uint64_t id, fedval_evidence *evidence, fedval_status status, void *user)
{
    (void)id, (void)status, (void)user;
    fedval_evidence_free(evidence);
}

void fixture_interest(int32_t fd, uint32_t milestones, void *user)
{
    (void)fd, (void)milestones, (void)user;
}

void fixture_filled(uint64_t ticket, void *user)
{
    (void)ticket, (void)user;
}

/* ---- the objects ---- */

static void open_evidence(fixtures *f)
{
    fedval_fact *srv = NULL;
    MUST(fedval_evidence_new("example.com", 11, &f->evidence, NULL) == 0);
    MUST(fedval_evidence_set_time(f->evidence, TIME) == 0);
    MUST(fedval_fact_new_dns("_sipfederationtls._tcp.example.com", FEDVAL_NUL_ENDED,
                             FEDVAL_TYPE_SRV, 0, &srv) == 0);
    MUST(fedval_fact_append_srv(srv, "_sipfederationtls._tcp.example.com", FEDVAL_NUL_ENDED, 60, 0,
                                0, 5061, "vcse.example.net", FEDVAL_NUL_ENDED) == 0);
    MUST(fedval_fact_set_outcome(srv, FEDVAL_OUTCOME_ANSWER) == 0);
    MUST(fedval_evidence_append(f->evidence, srv) == 0);
    f->dns_fact = srv;
    MUST(fedval_fact_new_from_pem("vcse.example.net", FEDVAL_NUL_ENDED, NULL, 0, 0,
                                  FEDVAL_ROLE_SERVER, f->pem, f->pem_len, "file", FEDVAL_NUL_ENDED,
                                  &f->fact, NULL) == 0);
    MUST(fedval_evidence_append(f->evidence, f->fact) == 0);
    MUST(fedval_evidence_to_json(f->evidence, &f->evidence_json, NULL) == 0);
    f->question = fedval_fact_get_question(f->fact);
}

static void open_trust(fixtures *f)
{
    size_t len = 0;
    f->crl = read_file(FEDVAL_SOURCE_ROOT "/tests/pki/out/issuing.crl", &len);
    MUST(fedval_certificate_list_new(f->pem, f->pem_len, &f->certificate_list, NULL) == 0);
    f->der = fedval_certificate_get_der(fedval_certificate_list_get(f->certificate_list, 0),
                                        &f->der_len);
    MUST(fedval_certificate_new(f->der, f->der_len, &f->certificate) == 0);
    MUST(fedval_verifier_new(&fixture_verifier, NULL, &f->verifier) == 0);
    MUST(fedval_anchors_new(&f->anchors) == 0);
    MUST(fedval_anchors_append(f->anchors, FEDVAL_ANCHOR_PUBLIC, f->der, f->der_len, NULL) == 0);
    MUST(fedval_anchors_seal(f->anchors, f->verifier) == 0);
    MUST(fedval_crls_new(&f->crls) == 0);
    MUST(fedval_crls_append(f->crls, (const uint8_t *)f->crl, len, NULL) == 0);
    MUST(fedval_anchors_new(&f->open_anchors) == 0);
    MUST(fedval_crls_new(&f->open_crls) == 0);
}

static void open_judged(fixtures *f)
{
    MUST(fedval_policy_new(FEDVAL_PROFILE_MICROSOFT_EDGE, &f->policy) == 0);
    MUST(fedval_policy_set_number(f->policy, FEDVAL_POLICY_TIME, TIME) == 0);
    MUST(fedval_policy_append_provider(f->policy, "sip.example.org", FEDVAL_NUL_ENDED) == 0);
    MUST(new_judge(f->policy, f->anchors, f->crls, f->verifier, &f->judge) == 0);
    MUST(fedval_judge_new(&f->open_judge) == 0);
    MUST(fedval_chain_evaluate(f->judge, 0, &f->der, &f->der_len, 1, "vcse.example.net",
                               FEDVAL_NUL_ENDED, FEDVAL_PURPOSE_SERVER, FEDVAL_TIME_UNKNOWN,
                               &f->chain_result) == 0);
    MUST(fedval_evaluate(f->judge, 0, f->evidence, &f->report) == 0);
    MUST(fedval_report_to_json(f->report, &f->report_json, NULL) == 0);
    MUST(fedval_state_new(f->report, &f->state) == 0);
    MUST(fedval_drift_new(NULL, f->state, &f->drift) == 0);
    f->drift_item = fedval_drift_get_item(f->drift, 0);
    f->endpoint = fedval_report_get_endpoint(f->report, 0);
    f->address = fedval_endpoint_get_address(f->endpoint, 0);
    f->presented = fedval_address_get_presented(f->address);
    f->path = fedval_presented_get_path(f->presented, 0);
    f->report_certificate = fedval_presented_get_certificate(f->presented);
    f->step = fedval_presented_get_chain_step(f->presented);
    f->finding = fedval_report_get_finding(f->report, 0);
    f->action = fedval_report_get_action(f->report, 0);
    f->symptom = fedval_finding_get_symptom(f->finding, 0);
    MUST(f->path != NULL && f->report_certificate != NULL && f->symptom != NULL);
    MUST(fedval_report_count_actions(f->report) > 0);
}

static void open_pair(fixtures *f)
{
    fedval_policy *policy = NULL;
    fedval_judge *judge = NULL;
    MUST(fedval_policy_new(FEDVAL_PROFILE_EXPRESSWAY, &policy) == 0);
    MUST(fedval_policy_set_number(policy, FEDVAL_POLICY_TIME, TIME) == 0);
    MUST(fedval_policy_set_number(policy, FEDVAL_POLICY_SIDE, FEDVAL_SIDE_MICROSOFT) == 0);
    MUST(new_judge(policy, f->anchors, f->crls, f->verifier, &judge) == 0);
    MUST(fedval_evaluate(judge, 0, f->evidence, &f->microsoft_report) == 0);
    MUST(fedval_pair_new(f->report, f->microsoft_report, &f->pair) == 0);
    f->pair_reason = fedval_pair_get_reason(f->pair, 0);
    MUST(fedval_timeline_new(f->judge, 0, f->evidence, TIME, &f->timeline) == 0);
    f->milestone = fedval_timeline_get_milestone(f->timeline, 0);
    MUST(f->pair_reason != NULL && f->milestone != NULL);
    fedval_judge_free(judge);
    fedval_policy_free(policy);
}

static void open_plan(fixtures *f)
{
    f->intent_json =
        "{\"format\":\"fedval-intent/1\",\"domains\":[{\"name\":\"example.com\"}],"
        "\"clusters\":[{\"peers\":[{\"name\":\"expe.example.net\",\"addresses\":[\"192.0.2.1\"],"
        "\"server\":{\"ready\":\"expe.pem\"}}]}],\"partners\":[{\"name\":\"skype.lab\"}],"
        "\"today\":{\"resolver\":\"192.0.2.53\"},\"questions\":[\"which?\"]}";
    MUST(fedval_intent_new_from_json(f->intent_json, strlen(f->intent_json), &f->intent, NULL) ==
         0);
    MUST(fedval_intent_supply_file(f->intent, 0, f->pem, f->pem_len, NULL) == 0);
    MUST(fedval_intent_append_evidence(f->intent, f->evidence) == 0);
    MUST(fedval_plan_new(f->judge, 0, f->intent, TIME, &f->plan) == 0);
    f->plan_certificate = fedval_plan_get_certificate(f->plan, 0);
    f->plan_domain = fedval_plan_get_domain(f->plan, 0);
    for (size_t i = 0; i < fedval_plan_count_steps(f->plan); i++) {
        f->plan_step = fedval_plan_get_step(f->plan, i);
        if (fedval_plan_step_count_after(f->plan_step) > 0)
            break;
    }
    MUST(fedval_plan_certificate_count_findings(f->plan_certificate) > 0);
    MUST(fedval_plan_step_count_after(f->plan_step) > 0);
}

static void open_topic(fixtures *f)
{
    size_t topic = 0, count = 0;
    uint32_t answer = 0;
    MUST(fedval_topics_find("1010", FEDVAL_NUL_ENDED, 1, &topic, &count, &answer) == 0);
    f->cause = fedval_topic_get_cause(topic, 0);
    f->document = fedval_topic_get_document(topic);
    MUST(f->cause != NULL && f->document != NULL);
}

static void open_log(fixtures *f)
{
    size_t len = 0;
    char *text = read_file(FEDVAL_SOURCE_ROOT "/tests/vectors/logs/client-1009.log", &len);
    MUST(fedval_log_new(&f->log) == 0);
    MUST(fedval_log_begin_source(f->log, "client-1009.log", FEDVAL_NUL_ENDED) == 0);
    MUST(fedval_log_feed(f->log, (const uint8_t *)text, len) == 0);
    MUST(fedval_log_finish(f->log) == 0);
    f->incident = fedval_log_get_incident(f->log, 0);
    MUST(f->incident != NULL);
    free(text);
    MUST(fedval_log_new(&f->new_log) == 0);
    MUST(fedval_log_new(&f->open_log) == 0);
    MUST(fedval_log_begin_source(f->open_log, "edge.log", FEDVAL_NUL_ENDED) == 0);
}

void fixtures_open(fixtures *f)
{
    static const char header[] = "\"A\" <sip:a@example.com>";
    memset(f, 0, sizeof(*f));
    f->pem = read_file(FEDVAL_SOURCE_ROOT "/tests/pki/out/with-root.pem", &f->pem_len);
    open_trust(f);
    open_evidence(f);
    open_judged(f);
    open_pair(f);
    open_plan(f);
    open_log(f);
    f->csr = read_file(FEDVAL_SOURCE_ROOT "/tests/pki/out/forms/request.der", &f->csr_len);
    MUST(fedval_request_new(f->csr, f->csr_len, &f->request, NULL) == 0);
    const fedval_policy *policies[] = {f->policy};
    f->catalogue_entry = fedval_catalogue_get(0);
    open_topic(f);
    MUST((f->error = fedval_error_new()) != NULL);
    MUST(fedval_port_new(&fixture_port, NULL, &f->port) == 0);
    MUST(fedval_port_new(&fixture_port, NULL, &f->second_port) == 0);
    MUST(fedval_runner_new(&f->runner) == 0);
    MUST(fedval_session_new("example.com", 11, policies, 1, 1, &f->session, NULL) == 0);
    MUST(fedval_session_next(f->session, &f->need) == 0 && f->need != NULL);
    MUST(fedval_sip_header_parse(header, strlen(header), &f->sip_header) == 0);
}

void fixtures_close(fixtures *f)
{
    fedval_sip_header_free(f->sip_header);
    fedval_session_free(f->session);
    fedval_runner_free(f->runner);
    fedval_port_free(f->port);
    fedval_port_free(f->second_port);
    fedval_error_free(f->error);
    fedval_log_free(f->log);
    fedval_log_free(f->new_log);
    fedval_log_free(f->open_log);
    fedval_text_free(f->report_json);
    fedval_state_free(f->state);
    fedval_drift_free(f->drift);
    fedval_timeline_free(f->timeline);
    fedval_pair_free(f->pair);
    fedval_report_free(f->microsoft_report);
    fedval_report_free(f->report);
    fedval_request_free(f->request);
    fedval_plan_free(f->plan);
    fedval_intent_free(f->intent);
    free(f->csr);
    fedval_chain_result_free(f->chain_result);
    fedval_judge_free(f->judge);
    fedval_judge_free(f->open_judge);
    fedval_policy_free(f->policy);
    fedval_text_free(f->evidence_json);
    fedval_fact_free(f->fact);
    fedval_fact_free(f->dns_fact);
    fedval_evidence_free(f->evidence);
    fedval_crls_free(f->crls);
    fedval_crls_free(f->open_crls);
    fedval_anchors_free(f->open_anchors);
    fedval_anchors_free(f->anchors);
    fedval_verifier_free(f->verifier);
    fedval_certificate_free(f->certificate);
    fedval_certificate_list_free(f->certificate_list);
    free(f->pem);
    free(f->crl);
}
