/* A harness for x509-limbo: limbo.json on standard input, its result format on standard output.
 * usage: limbo [openssl|mbedtls] */
#include "base/base64.h"
#include "base/calendar.h"
#include "fedval/catalogue.h"
#include "fedval/report.h"
#include "fedval/trust.h"
#include "verifiers.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { MAX_SENT = 512, MAX_CONTEXT = 1024 };

/* One case as it is handed to the library. */
typedef struct limbo_case {
    json_t *json;
    fv_arena arena;
    fedval_policy *policy;
    fedval_anchors *anchors;
    fedval_crls *crls;
    const uint8_t *chain[MAX_SENT];
    size_t chain_len[MAX_SENT];
    size_t num_sent;
    uint32_t purpose;
    const char *name;
    char context[MAX_CONTEXT];
    bool is_skipped;
} limbo_case;

static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static void note(limbo_case *c, const char *text)
{
    size_t len = strlen(c->context);
    snprintf(c->context + len, sizeof(c->context) - len, "%s%s", len > 0 ? "; " : "", text);
}

static void skip(limbo_case *c, const char *why)
{
    c->is_skipped = true;
    note(c, why);
}

/* ---- what is given ---- */

static void add_certificate(limbo_case *c, const char *text)
{
    fv_pem pem;
    fv_pem_block block;
    if (text == NULL || c->num_sent == MAX_SENT)
        return;
    fv_pem_init(&pem, fv_text_of(text));
    if (fv_pem_next(&pem, &c->arena, &block) != FV_PEM_BLOCK)
        return;
    c->chain[c->num_sent] = block.der.data;
    c->chain_len[c->num_sent++] = block.der.len;
}

static void read_chain(limbo_case *c)
{
    size_t i;
    json_t *item;
    add_certificate(c, text_of(c->json, "peer_certificate"));
    json_array_foreach(json_object_get(c->json, "untrusted_intermediates"), i, item)
        add_certificate(c, json_string_value(item));
}

/* An anchor that cannot be read is none. */
static void read_anchors(limbo_case *c, const fedval_verifier *verifier)
{
    size_t i;
    json_t *item;
    fedval_anchors_new(&c->anchors);
    json_array_foreach(json_object_get(c->json, "trusted_certs"), i, item)
    {
        const char *text = json_string_value(item);
        if (fedval_anchors_append(c->anchors, FEDVAL_ANCHOR_PUBLIC, (const uint8_t *)text,
                                  strlen(text), NULL) != FEDVAL_OK)
            note(c, "an anchor cannot be read");
    }
    fedval_anchors_seal(c->anchors, verifier);
}

static void read_crls(limbo_case *c)
{
    size_t i;
    json_t *item, *list = json_object_get(c->json, "crls");
    if (json_array_size(list) == 0)
        return;
    fedval_crls_new(&c->crls);
    /* Where CRLs are given at all, the suite wants them to speak. */
    fedval_policy_set_number(c->policy, FEDVAL_POLICY_REQUIRE_CRL, 1);
    json_array_foreach(list, i, item)
    {
        const char *text = json_string_value(item);
        if (fedval_crls_append(c->crls, (const uint8_t *)text, strlen(text), NULL) != FEDVAL_OK)
            note(c, "a CRL cannot be read");
    }
}

static void read_policy(limbo_case *c)
{
    const json_t *depth = json_object_get(c->json, "max_chain_depth");
    const char *at = text_of(c->json, "validation_time");
    int64_t now = (int64_t)time(NULL);
    if (at != NULL && !fv_calendar_parse(fv_text_of(at), &now))
        skip(c, "the validation time cannot be read");
    fedval_policy_new(FEDVAL_PROFILE_WEBPKI, &c->policy);
    fedval_policy_set_number(c->policy, FEDVAL_POLICY_TIME, now);
    fedval_policy_set_number(c->policy, FEDVAL_POLICY_ALLOW_PARTIAL_CHAIN, 1);
    if (json_is_integer(depth)) {
        json_int_t wanted = json_integer_value(depth), most = 100;
        fedval_policy_set_number(c->policy, FEDVAL_POLICY_MAX_DEPTH, wanted < most ? wanted : most);
    }
}

static void read_purpose(limbo_case *c)
{
    const json_t *usages = json_object_get(c->json, "extended_key_usage");
    const char *usage = json_string_value(json_array_get(usages, 0));
    bool is_client = strcmp(text_of(c->json, "validation_kind"), "CLIENT") == 0;
    if (json_array_size(usages) > 1 || json_array_size(json_object_get(c->json, "key_usage")) > 0)
        skip(c, "several usages at once are not asked for");
    if (usage != NULL && strcmp(usage, "serverAuth") != 0 && strcmp(usage, "clientAuth") != 0)
        skip(c, "neither serverAuth nor clientAuth is asked for");
    if (usage != NULL)
        is_client = strcmp(usage, "clientAuth") == 0;
    c->purpose = is_client ? FEDVAL_PURPOSE_CLIENT : FEDVAL_PURPOSE_SERVER;
}

/* Only servers have a name here; a client's is not compared with anything. */
static void read_name(limbo_case *c)
{
    const json_t *peer = json_object_get(c->json, "expected_peer_name");
    const char *kind = text_of(peer, "kind");
    if (kind == NULL || c->purpose == FEDVAL_PURPOSE_CLIENT)
        return;
    if (strcmp(kind, "DNS") != 0 && strcmp(kind, "IP") != 0)
        skip(c, "the peer's name is neither a host nor an address");
    c->name = text_of(peer, "value");
}

static void open_case(limbo_case *c, json_t *json, const fedval_verifier *verifier)
{
    memset(c, 0, sizeof(*c));
    c->json = json;
    fv_arena_init(&c->arena);
    read_policy(c);
    read_chain(c);
    read_anchors(c, verifier);
    read_crls(c);
    read_purpose(c);
    read_name(c);
}

static void close_case(limbo_case *c)
{
    fedval_crls_free(c->crls);
    fedval_anchors_free(c->anchors);
    fedval_policy_free(c->policy);
    fv_arena_clear(&c->arena);
}

/* ---- what comes of it ---- */

static void note_findings(limbo_case *c, const fedval_chain_result *result)
{
    for (size_t i = 0; i < fedval_chain_result_count_findings(result); i++) {
        if (fedval_chain_result_get_finding_severity(result, i) < FEDVAL_SEVERITY_INDETERMINATE)
            continue;
        note(c, fedval_finding_code_to_string(fedval_chain_result_get_finding_code(result, i)));
        note(c, fedval_chain_result_get_finding_message(result, i));
    }
}

static const char *run_case(limbo_case *c, const fedval_verifier *verifier)
{
    fedval_chain_result *result = NULL;
    if (c->is_skipped)
        return "SKIPPED";
    fedval_status status =
        fedval_chain_evaluate(c->chain, c->chain_len, c->num_sent, c->name, c->purpose, c->policy,
                              c->anchors, c->crls, verifier, &result);
    if (status != FEDVAL_OK) {
        note(c, fedval_status_to_string(status));
        return "FAILURE";
    }
    bool is_good = fedval_chain_result_get_verdict(result) == FEDVAL_VERDICT_PASS;
    note_findings(c, result);
    fedval_chain_result_free(result);
    return is_good ? "SUCCESS" : "FAILURE";
}

static void append_result(json_t *results, json_t *json, const fedval_verifier *verifier)
{
    limbo_case c;
    open_case(&c, json, verifier);
    const char *actual = run_case(&c, verifier);
    json_array_append_new(results, json_pack("{s:s, s:s, s:s}", "id", text_of(json, "id"),
                                             "actual_result", actual, "context", c.context));
    close_case(&c);
}

static int run(json_t *limbo, const fedval_verifier *verifier)
{
    size_t i;
    json_t *item, *results = json_array();
    json_array_foreach(json_object_get(limbo, "testcases"), i, item)
        append_result(results, item, verifier);
    json_t *out =
        json_pack("{s:i, s:s, s:o}", "version", 1, "harness", "libfedval", "results", results);
    int failed = json_dumpf(out, stdout, JSON_INDENT(1)) != 0 || printf("\n") < 0;
    json_decref(out);
    return failed;
}

int main(int argc, char **argv)
{
    json_error_t error;
    fedval_verifier *verifier = verifier_by_name(argc > 1 ? argv[1] : NULL);
    json_t *limbo = json_loadf(stdin, 0, &error);
    int failed = 1;
    if (verifier == NULL)
        fprintf(stderr, "limbo: no such verifier is built in\n");
    else if (limbo == NULL)
        fprintf(stderr, "limbo: line %d: %s\n", error.line, error.text);
    else
        failed = run(limbo, verifier);
    json_decref(limbo);
    fedval_verifier_free(verifier);
    return failed;
}
