/* Judging: the input chooses a domain, a policy and facts; the report must agree with itself. */
#include "../reading.h"
#include "fuzz.h"

#include "../believing_verifier.h"
#include "../judging.h"
#include "base/pem.h"
#include "fedval/evaluate.h"
#include "model/evidence.h"
#include "model/report.h"
#include "rules/rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PKI FEDVAL_SOURCE_ROOT "/tests/pki/out/certs/"
#define NOW INT64_C(1893456000) /* 2030-01-01 */
#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const char *const domains[] = {"example.com", "acano.steven.lab", "com",
                                      "xn--bcher-kva.example", "a.b.c.d.e"};
static const char *const hosts[] = {"expe.example.com",
                                    "expe1.example.com",
                                    "example.com",
                                    "vcse.steven.lab",
                                    "vcse.acano.steven.lab",
                                    "expe.sub.example.com",
                                    "sipfed.online.lync.com",
                                    "com"};
static const char *const targets[] = {"expe.example.com",
                                      "EXPE1.Example.COM",
                                      "example.com",
                                      "vcse.steven.lab",
                                      "vcse.acano.steven.lab",
                                      "expe.sub.example.com",
                                      "sipfed.online.lync.com",
                                      "com",
                                      ".",
                                      "192.0.2.1",
                                      "2001:db8::1",
                                      "under_score.example.com",
                                      "bad..example.com",
                                      "-",
                                      "",
                                      "a\\.b.example.com"};
static const char *const addresses[] = {"20.30.40.50", "20.30.40.51", "10.0.0.1",       "127.0.0.1",
                                        "2a01:4f8::1", "fd00::1",     "::ffff:10.0.0.1"};

/* ---- certificates, read once ---- */

static const char *const pem_names[] = {"valid",         "issuing",         "root",
                                        "expired",       "name-other",      "name-cn-only",
                                        "name-wildcard", "self-signed",     "duplicate-extension",
                                        "name-nul",      "eku-client-only", "version-1"};

static fv_bytes certificates[COUNT(pem_names)];
static fv_arena certificates_arena;
static fedval_anchors *anchors;
static fedval_verifier *verifier;

static fv_bytes read_certificate(const char *name)
{
    static char text[65536];
    char path[512];
    fv_pem pem;
    fv_pem_block block;
    (void)snprintf(path, sizeof(path), PKI "%s.pem", name);
    size_t len = read_into(path, text, sizeof(text));
    fv_pem_init(&pem, (fv_text){text, len});
    require(fv_pem_next(&pem, &certificates_arena, &block) == FV_PEM_BLOCK);
    return block.der;
}

/* ---- a verifier that believes most ---- */

static uint32_t verify(void *key, const uint8_t *algorithm, size_t algorithm_len,
                       const uint8_t *tbs, size_t tbs_len, const uint8_t *signature,
                       size_t signature_len, void *user)
{
    (void)key;
    (void)algorithm;
    (void)algorithm_len;
    (void)tbs;
    (void)tbs_len;
    (void)user;
    return signature_len > 0 && signature[0] % 16 == 3 ? FEDVAL_VERIFY_BAD : FEDVAL_VERIFY_GOOD;
}

static void prepare(void)
{
    static bool is_ready;
    const fedval_verifier_vtable vtable = {.size = sizeof(vtable),
                                           .digest = believer_digest,
                                           .key_open = believer_key_open,
                                           .key_close = believer_key_close,
                                           .verify = verify};
    if (is_ready)
        return;
    is_ready = true;
    require(fedval_verifier_new(&vtable, NULL, &verifier) == FEDVAL_OK);
    for (size_t i = 0; i < COUNT(pem_names); i++)
        certificates[i] = read_certificate(pem_names[i]);
    require(fedval_anchors_new(&anchors) == FEDVAL_OK &&
            fedval_anchors_append(anchors, FEDVAL_ANCHOR_PUBLIC, certificates[2].data,
                                  certificates[2].len, NULL) == FEDVAL_OK &&
            fedval_anchors_seal(anchors, verifier) == FEDVAL_OK);
}

/* ---- facts ---- */

static void add_records(choices *c, fedval_fact *fact, const char *owner, uint32_t type)
{
    for (size_t count = choose(c, 5); count > 0; count--) {
        uint32_t ttl = (uint32_t)choose(c, 256);
        uint16_t priority = (uint16_t)choose(c, 3), weight = (uint16_t)choose(c, 3);
        uint16_t port = (uint16_t)(5060 + choose(c, 3));
        if (type == FEDVAL_TYPE_SRV) {
            (void)fedval_fact_append_srv(fact, owner, FEDVAL_NUL_ENDED, ttl, priority, weight, port,
                                         targets[choose(c, COUNT(targets))], FEDVAL_NUL_ENDED);
        } else if (choose(c, 5) == 0) {
            (void)fedval_fact_append_cname(fact, owner, FEDVAL_NUL_ENDED, ttl,
                                           targets[choose(c, COUNT(targets))], FEDVAL_NUL_ENDED);
        } else {
            (void)fedval_fact_append_address(fact, owner, FEDVAL_NUL_ENDED, ttl,
                                             addresses[choose(c, COUNT(addresses))],
                                             FEDVAL_NUL_ENDED);
        }
    }
}

static fedval_fact *new_dns_fact(choices *c, const char *name, uint32_t type)
{
    fedval_fact *fact;
    uint32_t view = choose(c, 6) == 0 ? 1 : 0;
    if (fedval_fact_new_dns(name, FEDVAL_NUL_ENDED, type, view, &fact) != FEDVAL_OK)
        return NULL;
    (void)fedval_fact_set_outcome(fact, (uint32_t)choose(c, 9));
    (void)fedval_fact_set_dnssec(fact, (uint32_t)choose(c, 4));
    add_records(c, fact, name, type);
    return fact;
}

static void add_chain(choices *c, fedval_fact *fact)
{
    for (size_t count = choose(c, 4); count > 0; count--) {
        size_t which = choose(c, COUNT(certificates) + 1);
        if (which < COUNT(certificates)) {
            (void)fedval_fact_append_certificate(fact, certificates[which].data,
                                                 certificates[which].len);
        } else if (c->left > 0) {
            size_t len = 1 + choose(c, c->left);
            (void)fedval_fact_append_certificate(fact, c->data - 1, len);
        }
    }
}

static fedval_fact *new_probe_fact(choices *c, uint32_t role)
{
    static const char *const versions[] = {"TLSv1", "TLSv1.2", "TLSv1.3", "something"};
    fedval_fact *fact;
    size_t at = choose(c, COUNT(addresses) + 1);
    const char *host = role == FEDVAL_ROLE_SERVER ? hosts[choose(c, COUNT(hosts))] : NULL;
    const char *address = at < COUNT(addresses) && host != NULL ? addresses[at] : NULL;
    uint16_t port = choose(c, 3) == 0 ? 0 : 5061;
    if (fedval_fact_new_probe(host, FEDVAL_NUL_ENDED, address, FEDVAL_NUL_ENDED, port, role,
                              &fact) != FEDVAL_OK)
        return NULL;
    (void)fedval_fact_set_outcome(fact, (uint32_t)choose(c, 17));
    (void)fedval_fact_set_alert(fact, (uint8_t)choose(c, 256));
    (void)fedval_fact_set_client_certificate(fact, (uint32_t)choose(c, 4));
    (void)fedval_fact_set_tls(fact, versions[choose(c, COUNT(versions))], FEDVAL_NUL_ENDED, NULL,
                              0);
    add_chain(c, fact);
    return fact;
}

static fedval_fact *new_fact(choices *c, const char *domain)
{
    char owner[300];
    (void)snprintf(owner, sizeof(owner), "%s.%s",
                   choose(c, 8) == 0 ? "_sips._tcp" : "_sipfederationtls._tcp", domain);
    switch (choose(c, 6)) {
    case 0:
        return new_dns_fact(c, owner, FEDVAL_TYPE_SRV);
    case 1:
        return new_dns_fact(c, hosts[choose(c, COUNT(hosts))], FEDVAL_TYPE_AAAA);
    case 2:
        return new_probe_fact(c, FEDVAL_ROLE_CLIENT);
    case 3:
        return new_dns_fact(c, hosts[choose(c, COUNT(hosts))], FEDVAL_TYPE_A);
    default:
        return new_probe_fact(c, FEDVAL_ROLE_SERVER);
    }
}

static fedval_evidence *new_evidence(choices *c)
{
    fedval_evidence *evidence;
    const char *domain = domains[choose(c, COUNT(domains))];
    require(fedval_evidence_new(domain, strlen(domain), &evidence, NULL) == FEDVAL_OK);
    require(fedval_evidence_set_time(evidence, NOW) == FEDVAL_OK);
    for (size_t count = 0; count < 40 && c->left > 0; count++) {
        fedval_fact *fact = new_fact(c, domain);
        if (fact != NULL)
            (void)fedval_evidence_append(evidence, fact);
        fedval_fact_free(fact);
    }
    return evidence;
}

static fedval_policy *new_policy(choices *c)
{
    fedval_policy *policy;
    require(fedval_policy_new((uint32_t)(1 + choose(c, 6)), &policy) == FEDVAL_OK);
    (void)fedval_policy_set_number(policy, FEDVAL_POLICY_SIDE, (int64_t)choose(c, 3));
    (void)fedval_policy_set_number(policy, FEDVAL_POLICY_SCOPE, (int64_t)choose(c, 8));
    (void)fedval_policy_set_number(policy, FEDVAL_POLICY_ALLOW_PRIVATE, (int64_t)choose(c, 2));
    (void)fedval_policy_set_number(policy, FEDVAL_POLICY_MAX_TARGETS, (int64_t)choose(c, 20));
    (void)fedval_policy_set_number(policy, FEDVAL_POLICY_MAX_ADDRESSES, (int64_t)choose(c, 20));
    if (choose(c, 8) == 1) {
        (void)fedval_policy_set_text(policy, FEDVAL_POLICY_EDGE_FQDN, hosts[choose(c, 8)],
                                     FEDVAL_NUL_ENDED);
    }
    if (choose(c, 2) == 1) {
        (void)fedval_policy_set_text(policy, FEDVAL_POLICY_SUBJECT_NAME, hosts[choose(c, 8)],
                                     FEDVAL_NUL_ENDED);
    }
    if (choose(c, 8) == 1)
        (void)fedval_policy_append_provider(policy, hosts[choose(c, 8)], FEDVAL_NUL_ENDED);
    return policy;
}

/* ---- what must hold ---- */

static bool has_severity(const fedval_report *report, uint32_t severity)
{
    for (size_t i = 0; i < report->num_findings; i++) {
        if (report->findings[i].remark.severity == severity &&
            report->findings[i].remark.requirement != 0)
            return true;
    }
    return false;
}

/* Neither DNS nor a certificate mends it. */
static bool is_beyond_actions(uint32_t code)
{
    return fedval_catalogue_find(code)->cure == FEDVAL_CURE_NONE;
}

static bool is_known_host(const fedval_evidence *evidence, const char *host, size_t len)
{
    for (size_t i = 0; i < evidence->num_facts; i++) {
        const fedval_question *question = &evidence->facts[i]->question;
        const char *name = question->host != NULL ? question->host : question->name;
        if (name != NULL && strlen(name) == len && memcmp(name, host, len) == 0)
            return true;
    }
    return false;
}

/* Returns whether an action leads to a host that has facts of its own, which can be faults too. */
static bool leads_to_known_host(const fedval_report *report, const fedval_evidence *evidence)
{
    for (size_t i = 0; i < report->num_actions; i++) {
        const char *data = report->actions[i].data, *host = strrchr(data, ' ');
        if (report->actions[i].kind == FEDVAL_ACTION_DNS && host != NULL &&
            is_known_host(evidence, host + 1, strlen(host + 1) - 1))
            return true;
    }
    return false;
}

/* Every fault is one that actions mend, and something is checked without them. */
static bool is_mendable(const fedval_report *report, const fedval_evidence *evidence)
{
    bool any_pass = false;
    for (size_t i = 0; i < report->num_endpoints; i++) {
        if (report->endpoints[i].is_provider) { /* nobody else reissues its certificate */
            return false;
        }
    }
    for (size_t i = 0; i < report->num_findings; i++) {
        const fv_remark *remark = &report->findings[i].remark;
        if (remark->severity > FEDVAL_SEVERITY_NOTE && is_beyond_actions(remark->code))
            return false;
    }
    for (uint32_t i = 1; i <= FV_NUM_REQUIREMENTS; i++)
        any_pass |= report->requirements[i] == FEDVAL_VERDICT_PASS;
    return any_pass && !leads_to_known_host(report, evidence);
}

static void check_report(const fedval_report *report, const fedval_evidence *evidence)
{
    size_t sum = 0;
    bool has_error = has_severity(report, FEDVAL_SEVERITY_ERROR);
    require((report->verdict == FEDVAL_VERDICT_FAIL) == has_error);
    require(report->verdict != FEDVAL_VERDICT_PASS ||
            !has_severity(report, FEDVAL_SEVERITY_INDETERMINATE));
    require(fedval_verdict_to_string(report->after_actions) != NULL);
    require(report->num_actions == 0 || report->verdict != FEDVAL_VERDICT_PASS);
    require(report->num_actions == 0 || report->after_actions != FEDVAL_VERDICT_FAIL ||
            report->num_remaining > 0);
    require(!is_mendable(report, evidence) || report->after_actions != FEDVAL_VERDICT_FAIL);
    for (size_t i = 0; i < report->num_findings; i++) {
        const fedval_finding *finding = &report->findings[i];
        require(strchr(fedval_finding_get_message(finding), '{') == NULL);
        sum += strlen(fedval_finding_get_message(finding)) +
               strlen(fedval_finding_get_remedy(finding));
    }
    for (size_t i = 0; i < report->num_actions; i++)
        sum += strlen(report->actions[i].data) + report->actions[i].num_why;
    for (size_t i = 0; i < report->num_endpoints; i++)
        sum += strlen(report->endpoints[i].target);
    require(sum < SIZE_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    choices c = {data, size};
    prepare();
    fedval_policy *policy = new_policy(&c);
    bool has_verifier = choose(&c, 8) != 0;
    fedval_evidence *evidence = new_evidence(&c);
    fedval_report *report;
    require(evaluate_once(evidence, policy, anchors, NULL, has_verifier ? verifier : NULL,
                          &report) == FEDVAL_OK);
    check_report(report, evidence);
    fedval_report_free(report);
    fedval_evidence_free(evidence);
    fedval_policy_free(policy);
    return 0;
}
