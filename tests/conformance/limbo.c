/* A harness for x509-limbo: limbo.json on standard input, its result format on standard output.
 * usage: limbo [openssl|mbedtls]
 *
 * What a case asks for beyond a path, its application asks the certificate: the uses of its key,
 * the names of a client, a mailbox. SKIPPED is what cannot be asked for at all. */
#include "../judging.h"
#include "base/calendar.h"
#include "base/pem.h"
#include "fedval/catalogue.h"
#include "fedval/certificate.h"
#include "fedval/report.h"
#include "fedval/trust.h"
#include "verifiers.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { MAX_SENT = 512, MAX_PURPOSES = 8, MAX_CONTEXT = 1024 };

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
    uint32_t purposes[MAX_PURPOSES]; /* all of them must hold */
    size_t num_purposes;
    const char *name;
    char context[MAX_CONTEXT];
    bool is_skipped;
    bool is_unreadable;
} limbo_case;

static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static bool is_text(const json_t *object, const char *key, const char *wanted)
{
    const char *text = text_of(object, key);
    return text != NULL && strcmp(text, wanted) == 0;
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

static bool add_certificate(limbo_case *c, const char *text)
{
    fv_pem pem;
    fv_pem_block block;
    if (text == NULL || c->num_sent == MAX_SENT)
        return false;
    fv_pem_init(&pem, fv_text_of(text));
    if (fv_pem_next(&pem, &c->arena, &block) != FV_PEM_BLOCK)
        return false;
    c->chain[c->num_sent] = block.der.data;
    c->chain_len[c->num_sent++] = block.der.len;
    return true;
}

static void read_chain(limbo_case *c)
{
    size_t i;
    json_t *item;
    c->is_unreadable = !add_certificate(c, text_of(c->json, "peer_certificate"));
    json_array_foreach(json_object_get(c->json, "untrusted_intermediates"), i,
                       item) if (!add_certificate(c, json_string_value(item)))
        note(c, "an intermediate cannot be read");
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
    int64_t now = 1735689600; /* 2025, for the cases that say nothing */
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

static void add_purpose(limbo_case *c, const char *usage)
{
    static const struct {
        const char *usage;
        uint32_t purpose;
    } rows[] = {
        {"serverAuth", FEDVAL_PURPOSE_SERVER},
        {"clientAuth", FEDVAL_PURPOSE_CLIENT},
        {"anyExtendedKeyUsage", FEDVAL_PURPOSE_ANY},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]) && c->num_purposes < MAX_PURPOSES; i++) {
        if (usage != NULL && strcmp(usage, rows[i].usage) == 0) {
            c->purposes[c->num_purposes++] = rows[i].purpose;
            return;
        }
    }
    skip(c, "chains are judged for the purposes of TLS alone");
}

static void read_purposes(limbo_case *c)
{
    size_t i;
    json_t *item, *usages = json_object_get(c->json, "extended_key_usage");
    json_array_foreach(usages, i, item) add_purpose(c, json_string_value(item));
    if (json_array_size(usages) == 0)
        add_purpose(c, is_text(c->json, "validation_kind", "CLIENT") ? "clientAuth" : "serverAuth");
    if (json_array_size(json_object_get(c->json, "signature_algorithms")) > 0)
        skip(c, "a list of signature algorithms cannot be asked for");
}

static bool is_host(const json_t *peer)
{
    return is_text(peer, "kind", "DNS") || is_text(peer, "kind", "IP");
}

static void check_kind(limbo_case *c, const json_t *peer)
{
    if (json_is_object(peer) && !is_host(peer) && !is_text(peer, "kind", "RFC822"))
        skip(c, "a name of this kind cannot be asked for");
}

/* The name that a server is reached by goes with the path, the others are asked for after it. */
static void read_names(limbo_case *c)
{
    const json_t *peer = json_object_get(c->json, "expected_peer_name");
    size_t i;
    json_t *item;
    check_kind(c, peer);
    if (is_host(peer))
        c->name = text_of(peer, "value");
    json_array_foreach(json_object_get(c->json, "expected_peer_names"), i, item)
        check_kind(c, item);
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
    read_purposes(c);
    read_names(c);
}

static void close_case(limbo_case *c)
{
    fedval_crls_free(c->crls);
    fedval_anchors_free(c->anchors);
    fedval_policy_free(c->policy);
    fv_arena_clear(&c->arena);
}

/* ---- the path ---- */

static void note_findings(limbo_case *c, const fedval_chain_result *result)
{
    for (size_t i = 0; i < fedval_chain_result_count_findings(result); i++) {
        if (fedval_finding_get_severity(fedval_chain_result_get_finding(result, i)) <
            FEDVAL_SEVERITY_INDETERMINATE)
            continue;
        note(c, fedval_finding_code_to_string(
                    fedval_finding_get_code(fedval_chain_result_get_finding(result, i))));
        note(c, fedval_finding_get_message(fedval_chain_result_get_finding(result, i)));
    }
}

static bool is_path_good(limbo_case *c, uint32_t purpose, const fedval_verifier *verifier)
{
    fedval_chain_result *result = NULL;
    fedval_status status =
        chain_evaluate_once(c->chain, c->chain_len, c->num_sent, c->name, FEDVAL_NUL_ENDED, purpose,
                            c->policy, c->anchors, c->crls, verifier, &result);
    if (status != FEDVAL_OK) {
        note(c, fedval_status_to_string(status));
        return false;
    }
    bool is_good = fedval_chain_result_get_verdict(result) == FEDVAL_VERDICT_PASS;
    note_findings(c, result);
    fedval_chain_result_free(result);
    return is_good;
}

/* ---- what its application asks the certificate ---- */

/* RFC 5280 4.2.1.3: without the extension the key may be used for anything. */
static bool has_usages(const json_t *usages, const fedval_certificate *certificate)
{
    static const char *const bits[] = {"digitalSignature", "contentCommitment", "keyEncipherment",
                                       "dataEncipherment", "keyAgreement",      "keyCertSign",
                                       "cRLSign",          "encipherOnly",      "decipherOnly"};
    int64_t there = fedval_certificate_get_key_usage(certificate);
    size_t i;
    json_t *item;
    json_array_foreach(usages, i, item)
    {
        const char *usage = json_string_value(item);
        size_t bit = 0;
        while (bit < 9 && (usage == NULL || strcmp(bits[bit], usage) != 0))
            bit++;
        if (bit == 9 || (there >= 0 && (there >> bit & 1) == 0))
            return false;
    }
    return true;
}

/* RFC 5280 7.5: the local part to the letter, the host whatever its case. */
static bool is_same_mailbox(fv_text presented, fv_text wanted)
{
    const char *at = memchr(wanted.data, '@', wanted.len);
    size_t local = at == NULL ? wanted.len : (size_t)(at - wanted.data);
    return fv_text_equal_nocase(presented, wanted) &&
           memcmp(presented.data, wanted.data, local) == 0;
}

static bool has_mailbox(const fedval_certificate *certificate, const char *wanted)
{
    for (size_t i = 0; i < fedval_certificate_count_sans(certificate); i++) {
        uint32_t type;
        size_t len;
        const uint8_t *data = fedval_certificate_get_san(certificate, i, &type, &len);
        if (type == FEDVAL_SAN_EMAIL &&
            is_same_mailbox((fv_text){(const char *)data, len}, fv_text_of(wanted)))
            return true;
    }
    return false;
}

static bool has_name(const fedval_certificate *certificate, const json_t *peer)
{
    const char *value = text_of(peer, "value");
    uint32_t match = FEDVAL_NAME_MATCH_NONE;
    if (value == NULL)
        return false;
    if (is_text(peer, "kind", "RFC822"))
        return has_mailbox(certificate, value);
    return fedval_certificate_match(certificate, value, strlen(value), FEDVAL_WILDCARD_LEFT_MOST,
                                    FEDVAL_CN_NEVER, 0, &match) == FEDVAL_OK &&
           fedval_name_match_is_accepted(match);
}

/* The names of a client, and the mailbox that a server would be known by. */
static bool has_names(const limbo_case *c, const fedval_certificate *certificate)
{
    const json_t *peer = json_object_get(c->json, "expected_peer_name");
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(c->json, "expected_peer_names"), i,
                       item) if (!has_name(certificate, item)) return false;
    return !json_is_object(peer) || c->name != NULL || has_name(certificate, peer);
}

static bool is_certificate_fit(limbo_case *c)
{
    fedval_certificate *certificate;
    bool is_fit = false;
    if (fedval_certificate_new(c->chain[0], c->chain_len[0], &certificate) != FEDVAL_OK)
        return false;
    if (!has_usages(json_object_get(c->json, "key_usage"), certificate))
        note(c, "the certificate's keyUsage lacks what is asked for");
    else if (!has_names(c, certificate))
        note(c, "the certificate does not have every name that is expected");
    else
        is_fit = true;
    fedval_certificate_free(certificate);
    return is_fit;
}

/* ---- what comes of a case ---- */

static const char *run_case(limbo_case *c, const fedval_verifier *verifier)
{
    if (c->is_skipped)
        return "SKIPPED";
    if (c->is_unreadable) {
        note(c, "the peer's certificate cannot be read");
        return "FAILURE";
    }
    bool is_good = true;
    for (size_t i = 0; i < c->num_purposes; i++)
        is_good &= is_path_good(c, c->purposes[i], verifier);
    return is_good && is_certificate_fit(c) ? "SUCCESS" : "FAILURE";
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
