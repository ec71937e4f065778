/* One of every object, made before the calls begin. */
#ifndef TESTS_API_FIXTURES_H
#define TESTS_API_FIXTURES_H

#include "fedval/certificate.h"
#include "fedval/check.h"
#include "fedval/diagnosis.h"
#include "fedval/drift.h"
#include "fedval/files.h"
#include "fedval/html.h"
#include "fedval/name.h"
#include "fedval/pair.h"
#include "fedval/plan.h"
#include "fedval/request.h"
#include "fedval/timeline.h"

/* Named as their types are without "fedval_". */
typedef struct fixtures {
    fedval_anchors *anchors;
    const fedval_catalogue_entry *catalogue_entry;
    const fedval_cause *cause;
    fedval_certificate *certificate;
    fedval_certificate_list *certificate_list;
    fedval_chain_result *chain_result;
    fedval_crls *crls;
    fedval_drift *drift;
    const fedval_drift_item *drift_item;
    const fedval_document *document;
    fedval_error *error;
    fedval_evidence *evidence;
    fedval_fact *fact;
    fedval_intent *intent;
    fedval_plan *plan;
    const fedval_plan_certificate *plan_certificate;
    const fedval_plan_domain *plan_domain;
    const fedval_plan_step *plan_step;
    const fedval_incident *incident;
    const fedval_symptom *symptom;
    const fedval_finding *finding;
    const fedval_step *step;
    const fedval_report_certificate *report_certificate;
    const fedval_path *path;
    const fedval_presented *presented;
    const fedval_address *address;
    const fedval_endpoint *endpoint;
    const fedval_action *action;
    fedval_judge *judge;
    fedval_log *log;
    fedval_policy *policy;
    fedval_port *port;
    const fedval_question *question;
    fedval_report *report, *microsoft_report;
    fedval_pair *pair;
    const fedval_pair_reason *pair_reason;
    fedval_timeline *timeline;
    const fedval_milestone *milestone;
    fedval_request *request;
    fedval_runner *runner;
    fedval_session *session;
    fedval_state *state;
    fedval_sip_header *sip_header;
    fedval_verifier *verifier;
    /* in another state: not yet sealed, not yet read, of DNS, handed out */
    fedval_anchors *open_anchors;
    fedval_crls *open_crls;
    fedval_judge *open_judge;
    fedval_log *new_log, *open_log;
    fedval_fact *dns_fact;
    fedval_port *second_port;
    const fedval_question *need;
    /* bytes */
    char *evidence_json, *report_json, *crl;
    const char *intent_json;
    char *pem, *csr;
    size_t pem_len, csr_len;
    const uint8_t *der;
    size_t der_len;
} fixtures;

extern const fedval_port_vtable fixture_port;
extern const fedval_verifier_vtable fixture_verifier;

/* Ends the program when it cannot. */
void fixtures_open(fixtures *f);
void fixtures_close(fixtures *f);
int64_t fixture_now(void *user);
void fixture_done(uint64_t id, fedval_evidence *evidence, fedval_status status, void *user);
void fixture_interest(int32_t fd, uint32_t milestones, void *user);
void fixture_filled(uint64_t ticket, void *user);

#endif
