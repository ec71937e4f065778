/* The tree's own chains through this library, OpenSSL and GnuTLS. Where they disagree, the reason
 * stands in differences.json; a disagreement that is not listed there, or a listed one that is
 * none, fails.
 * usage: differential PKI-FOLDER DIFFERENCES */
#include "../judging.h"
#include "../reading.h"
#include "base/pem.h"
#include "fedval/report.h"
#include "fedval/trust.h"
#include "verifiers.h"

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <jansson.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOW INT64_C(1893456000) /* 2030-01-01 */
enum { MAX_SENT = 16 };

typedef struct text {
    char *data;
    size_t len;
} text;

static text read_data(const char *folder, const char *name)
{
    text out = {NULL, 0};
    char path[1024];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    out.data = read_file(path, &out.len);
    if (out.len == 0) {
        fprintf(stderr, "differential: cannot read %s\n", path);
        exit(1);
    }
    return out;
}

/* ---- the three ---- */

static size_t read_pem(fv_arena *arena, text pem, const uint8_t *der[MAX_SENT],
                       size_t len[MAX_SENT])
{
    fv_pem reader;
    fv_pem_block block;
    size_t count = 0;
    fv_pem_init(&reader, (fv_text){pem.data, pem.len});
    while (count < MAX_SENT && fv_pem_next(&reader, arena, &block) == FV_PEM_BLOCK) {
        der[count] = block.der.data;
        len[count++] = block.der.len;
    }
    return count;
}

static bool ask_fedval(text chain, text anchor, const fedval_verifier *verifier)
{
    fv_arena arena;
    const uint8_t *der[MAX_SENT];
    size_t len[MAX_SENT];
    fedval_policy *policy = NULL;
    fedval_anchors *anchors = NULL;
    fedval_chain_result *result = NULL;
    fv_arena_init(&arena);
    size_t count = read_pem(&arena, chain, der, len);
    fedval_policy_new(FEDVAL_PROFILE_MICROSOFT_EDGE, &policy);
    fedval_policy_set_number(policy, FEDVAL_POLICY_TIME, NOW);
    fedval_anchors_new(&anchors);
    fedval_anchors_append(anchors, FEDVAL_ANCHOR_PUBLIC, (const uint8_t *)anchor.data, anchor.len,
                          NULL);
    fedval_anchors_seal(anchors, verifier);
    chain_evaluate_once(der, len, count, NULL, 0, FEDVAL_PURPOSE_SERVER, policy, anchors, NULL,
                        verifier, &result);
    bool is_good = fedval_chain_result_get_verdict(result) == FEDVAL_VERDICT_PASS;
    fedval_chain_result_free(result);
    fedval_anchors_free(anchors);
    fedval_policy_free(policy);
    fv_arena_clear(&arena);
    return is_good;
}

static X509 *read_x509(BIO *from)
{
    X509 *certificate = PEM_read_bio_X509(from, NULL, NULL, NULL);
    return certificate;
}

static bool ask_openssl(text chain, text anchor)
{
    BIO *chain_bio = BIO_new_mem_buf(chain.data, (int)chain.len);
    BIO *anchor_bio = BIO_new_mem_buf(anchor.data, (int)anchor.len);
    X509_STORE *store = X509_STORE_new();
    STACK_OF(X509) *sent = sk_X509_new_null();
    X509_STORE_CTX *verify = X509_STORE_CTX_new();
    X509 *leaf = read_x509(chain_bio), *root = read_x509(anchor_bio), *next;
    while ((next = read_x509(chain_bio)) != NULL)
        sk_X509_push(sent, next);
    X509_STORE_add_cert(store, root);
    X509_STORE_CTX_init(verify, store, leaf, sent);
    X509_STORE_CTX_set_default(verify, "ssl_server");
    X509_VERIFY_PARAM_set_time(X509_STORE_CTX_get0_param(verify), NOW);
    X509_VERIFY_PARAM_set_auth_level(X509_STORE_CTX_get0_param(verify), 2);
    bool is_good = leaf != NULL && X509_verify_cert(verify) == 1;
    X509_STORE_CTX_free(verify);
    sk_X509_pop_free(sent, X509_free);
    X509_STORE_free(store);
    X509_free(leaf);
    X509_free(root);
    BIO_free(chain_bio);
    BIO_free(anchor_bio);
    return is_good;
}

static time_t gnutls_now(time_t *out)
{
    if (out != NULL)
        *out = NOW;
    return NOW;
}

static bool ask_gnutls(text chain, text anchor)
{
    gnutls_x509_trust_list_t list;
    gnutls_x509_crt_t *certificates = NULL;
    gnutls_datum_t chain_pem = {(unsigned char *)chain.data, (unsigned)chain.len};
    gnutls_datum_t anchor_pem = {(unsigned char *)anchor.data, (unsigned)anchor.len};
    gnutls_typed_vdata_st purpose = {GNUTLS_DT_KEY_PURPOSE_OID, NULL, 0};
    unsigned char server[] = GNUTLS_KP_TLS_WWW_SERVER;
    unsigned count = 0, status = 1;
    purpose.data = server;
    gnutls_x509_trust_list_init(&list, 0);
    gnutls_x509_trust_list_add_trust_mem(list, &anchor_pem, NULL, GNUTLS_X509_FMT_PEM, 0, 0);
    if (gnutls_x509_crt_list_import2(&certificates, &count, &chain_pem, GNUTLS_X509_FMT_PEM, 0) ==
        0) {
        (void)gnutls_x509_trust_list_verify_crt2(list, certificates, count, &purpose, 1,
                                                 GNUTLS_PROFILE_TO_VFLAGS(GNUTLS_PROFILE_MEDIUM),
                                                 &status, NULL);
    }
    for (unsigned i = 0; i < count; i++)
        gnutls_x509_crt_deinit(certificates[i]);
    gnutls_free(certificates);
    gnutls_x509_trust_list_deinit(list, 1);
    return status == 0;
}

/* ---- comparing ---- */

static size_t compare(const char *name, const char *other, bool ours, bool theirs,
                      const json_t *differences)
{
    const char *reason =
        json_string_value(json_object_get(json_object_get(differences, name), other));
    if ((ours != theirs) == (reason != NULL))
        return 0;
    printf("%s: we %s it, %s %s it, and %s\n", name, ours ? "accept" : "refuse", other,
           theirs ? "accepts" : "refuses", reason == NULL ? "no reason is written down" : reason);
    return 1;
}

static size_t run_chain(const char *folder, const char *name, const json_t *row,
                        const fedval_verifier *verifier, const json_t *differences)
{
    text chain = read_data(folder, json_string_value(json_object_get(row, "chain")));
    text anchor = read_data(folder, json_string_value(json_object_get(row, "anchor")));
    bool ours = ask_fedval(chain, anchor, verifier);
    size_t complaints = compare(name, "openssl", ours, ask_openssl(chain, anchor), differences) +
                        compare(name, "gnutls", ours, ask_gnutls(chain, anchor), differences);
    free(chain.data);
    free(anchor.data);
    return complaints;
}

int main(int argc, char **argv)
{
    json_error_t error;
    const char *name;
    json_t *row;
    char path[1024];
    size_t complaints = 0;
    fedval_verifier *verifier = verifier_by_name(NULL);
    if (argc != 3 || verifier == NULL)
        return 64;
    snprintf(path, sizeof(path), "%s/out/manifest.json", argv[1]);
    json_t *manifest = json_load_file(path, 0, &error);
    json_t *differences = json_load_file(argv[2], 0, &error);
    if (manifest == NULL || differences == NULL)
        return 65;
    gnutls_global_set_time_function(gnutls_now);
    json_object_foreach(json_object_get(manifest, "chains"), name, row) complaints +=
        run_chain(argv[1], name, row, verifier, json_object_get(differences, "chains"));
    printf("%zu chains, %zu disagreements without a reason\n",
           json_object_size(json_object_get(manifest, "chains")), complaints);
    json_decref(manifest);
    json_decref(differences);
    fedval_verifier_free(verifier);
    return complaints > 0;
}
