/* Chains: leaf and intermediate as they come from the wire, verified to one of 145 anchors, and the
 * host name; and loading the anchors. */
#include "bench.h"

#include "../judging.h"
#include "fedval/mbedtls.h"
#include "fedval/openssl.h"
#include "fedval/report.h"
#include "fedval/trust.h"

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define NUM_STRANGERS 144
#define HOST "host.example.com"

/* What fedval works with: one verifier, and the anchors sealed for it. */
typedef struct side {
    fedval_verifier *verifier, *cache;
    fedval_anchors *anchors, *cache_anchors;
} side;

typedef struct chains {
    unsigned char *der[2]; /* leaf, intermediate */
    size_t len[2];
    char *bundle; /* all anchors in PEM */
    size_t bundle_len;
    fedval_policy *policy;
    side openssl, mbedtls;
    X509_STORE *store;
    gnutls_x509_trust_list_t list;
} chains;

/* ---- making them ---- */

static bool add_extension(X509 *to, X509 *issuer, int nid, const char *value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, to, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
    bool added = extension != NULL && X509_add_ext(to, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return added;
}

static bool set_name(X509_NAME *name, const char *common_name)
{
    return X509_NAME_add_entry_by_txt(name, "O", MBSTRING_ASC, (const unsigned char *)"Bench", -1,
                                      -1, 0) == 1 &&
           X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *)common_name,
                                      -1, -1, 0) == 1;
}

/* issuer NULL: self-signed. */
static X509 *make(const char *name, bool is_ca, EVP_PKEY *key, X509 *issuer, EVP_PKEY *issuer_key)
{
    static long serial;
    X509 *made = X509_new();
    bool ok = made != NULL && X509_set_version(made, 2) == 1 &&
              ASN1_INTEGER_set(X509_get_serialNumber(made), ++serial) == 1 &&
              set_name(X509_get_subject_name(made), name) &&
              X509_set_issuer_name(made, X509_get_subject_name(issuer ? issuer : made)) == 1 &&
              X509_gmtime_adj(X509_getm_notBefore(made), -86400) != NULL &&
              X509_gmtime_adj(X509_getm_notAfter(made), 86400L * 365) != NULL &&
              X509_set_pubkey(made, key) == 1 &&
              add_extension(made, issuer, NID_subject_key_identifier, "hash");
    if (ok && issuer != NULL)
        ok = add_extension(made, issuer, NID_authority_key_identifier, "keyid");
    if (ok && is_ca) {
        ok = add_extension(made, issuer, NID_basic_constraints, "critical,CA:TRUE") &&
             add_extension(made, issuer, NID_key_usage, "critical,keyCertSign,cRLSign");
    } else if (ok) {
        ok = add_extension(made, issuer, NID_ext_key_usage, "serverAuth") &&
             add_extension(made, issuer, NID_subject_alt_name, "DNS:" HOST);
    }
    if (ok && X509_sign(made, issuer_key, EVP_sha256()) > 0)
        return made;
    X509_free(made);
    return NULL;
}

static bool to_der(X509 *certificate, unsigned char **out, size_t *out_len)
{
    int len = certificate == NULL ? -1 : i2d_X509(certificate, out);
    *out_len = len < 0 ? 0 : (size_t)len;
    return len > 0;
}

static bool append_anchor(BIO *bundle, X509 *anchor)
{
    bool ok = anchor != NULL && PEM_write_bio_X509(bundle, anchor) == 1;
    X509_free(anchor);
    return ok;
}

static bool make_strangers(BIO *bundle, EVP_PKEY *key)
{
    for (int i = 0; i < NUM_STRANGERS; i++) {
        char name[64];
        snprintf(name, sizeof(name), "Stranger %d Root Certification Authority", i);
        if (!append_anchor(bundle, make(name, true, key, NULL, key)))
            return false;
    }
    return true;
}

static bool take_bundle(chains *c, BIO *bundle)
{
    char *text;
    long len = BIO_get_mem_data(bundle, &text);
    c->bundle = malloc((size_t)len + 1);
    if (c->bundle == NULL)
        return false;
    memcpy(c->bundle, text, (size_t)len);
    c->bundle[len] = '\0';
    c->bundle_len = (size_t)len;
    return true;
}

static bool make_all(chains *c, EVP_PKEY *keys[3], EVP_PKEY *stranger)
{
    BIO *bundle = BIO_new(BIO_s_mem());
    X509 *root = make("Root", true, keys[0], NULL, keys[0]);
    X509 *issuing = root ? make("Issuing", true, keys[1], root, keys[0]) : NULL;
    X509 *leaf = issuing ? make(HOST, false, keys[2], issuing, keys[1]) : NULL;
    bool ok = bundle != NULL && to_der(leaf, &c->der[0], &c->len[0]) &&
              to_der(issuing, &c->der[1], &c->len[1]) && make_strangers(bundle, stranger) &&
              append_anchor(bundle, root) && take_bundle(c, bundle);
    X509_free(issuing);
    X509_free(leaf);
    BIO_free(bundle);
    return ok;
}

/* ---- the contenders' own ---- */

static fedval_anchors *load(const chains *c, const fedval_verifier *verifier)
{
    fedval_anchors *anchors = NULL;
    if (fedval_anchors_new(&anchors) == FEDVAL_OK &&
        fedval_anchors_append(anchors, FEDVAL_ANCHOR_PUBLIC, (const uint8_t *)c->bundle,
                              c->bundle_len, NULL) == FEDVAL_OK &&
        fedval_anchors_seal(anchors, verifier) == FEDVAL_OK)
        return anchors;
    fedval_anchors_free(anchors);
    return NULL;
}

static bool set_side(const chains *c, side *s)
{
    if (s->verifier == NULL || fedval_verify_cache_new(s->verifier, 1024, &s->cache) != FEDVAL_OK)
        return false;
    s->anchors = load(c, s->verifier);
    s->cache_anchors = load(c, s->cache);
    return s->anchors != NULL && s->cache_anchors != NULL;
}

static bool set_openssl(chains *c)
{
    BIO *bundle = BIO_new_mem_buf(c->bundle, (int)c->bundle_len);
    X509 *anchor;
    c->store = X509_STORE_new();
    while (c->store != NULL && (anchor = PEM_read_bio_X509(bundle, NULL, NULL, NULL)) != NULL) {
        X509_STORE_add_cert(c->store, anchor);
        X509_free(anchor);
    }
    BIO_free(bundle);
    return c->store != NULL;
}

static bool set_gnutls(chains *c)
{
    gnutls_datum_t bundle = {(unsigned char *)c->bundle, (unsigned)c->bundle_len};
    return gnutls_x509_trust_list_init(&c->list, 0) == 0 &&
           gnutls_x509_trust_list_add_trust_mem(c->list, &bundle, NULL, GNUTLS_X509_FMT_PEM, 0,
                                                0) == NUM_STRANGERS + 1;
}

static void clear_side(side *s)
{
    fedval_anchors_free(s->cache_anchors);
    fedval_anchors_free(s->anchors);
    fedval_verifier_free(s->cache);
    fedval_verifier_free(s->verifier);
}

static void clear(void *context)
{
    chains *c = context;
    if (c == NULL)
        return;
    clear_side(&c->openssl);
    clear_side(&c->mbedtls);
    fedval_policy_free(c->policy);
    X509_STORE_free(c->store);
    if (c->list != NULL)
        gnutls_x509_trust_list_deinit(c->list, 1);
    for (size_t i = 0; i < 2; i++)
        OPENSSL_free(c->der[i]);
    free(c->bundle);
    free(c);
}

static bool set_policy(chains *c)
{
    return fedval_policy_new(FEDVAL_PROFILE_WEBPKI, &c->policy) == FEDVAL_OK &&
           fedval_policy_set_number(c->policy, FEDVAL_POLICY_TIME, (int64_t)time(NULL)) ==
               FEDVAL_OK;
}

static void *setup(EVP_PKEY *keys[3])
{
    EVP_PKEY *stranger = EVP_RSA_gen(2048);
    chains *c = calloc(1, sizeof(*c));
    bool ok = c != NULL && stranger != NULL && keys[0] && keys[1] && keys[2] &&
              make_all(c, keys, stranger) && set_policy(c) &&
              fedval_openssl_verifier_new(&c->openssl.verifier) == FEDVAL_OK &&
              fedval_mbedtls_verifier_new(&c->mbedtls.verifier) == FEDVAL_OK &&
              set_side(c, &c->openssl) && set_side(c, &c->mbedtls) && set_openssl(c) &&
              set_gnutls(c);
    for (size_t i = 0; i < 3; i++)
        EVP_PKEY_free(keys[i]);
    EVP_PKEY_free(stranger);
    if (ok)
        return c;
    clear(c);
    return NULL;
}

static void *setup_rsa(void)
{
    EVP_PKEY *keys[3] = {EVP_RSA_gen(2048), EVP_RSA_gen(2048), EVP_RSA_gen(2048)};
    return setup(keys);
}

static void *setup_p256(void)
{
    EVP_PKEY *keys[3] = {EVP_EC_gen("P-256"), EVP_EC_gen("P-256"), EVP_EC_gen("P-256")};
    return setup(keys);
}

/* ---- verifying ---- */

static uint64_t run_fedval(const chains *c, const fedval_verifier *verifier,
                           fedval_anchors *anchors, size_t rounds)
{
    const uint8_t *chain[2] = {c->der[0], c->der[1]};
    fedval_judge *judge = NULL;
    uint64_t sum = 0;
    if (new_judge(c->policy, anchors, NULL, verifier, &judge) != FEDVAL_OK)
        abort();
    for (size_t i = 0; i < rounds; i++) {
        fedval_chain_result *result = NULL;
        if (fedval_chain_evaluate(judge, 0, chain, c->len, 2, HOST, FEDVAL_NUL_ENDED,
                                  FEDVAL_PURPOSE_SERVER, FEDVAL_TIME_UNKNOWN,
                                  &result) != FEDVAL_OK ||
            fedval_chain_result_get_verdict(result) != FEDVAL_VERDICT_PASS)
            abort();
        sum += fedval_presented_get_trust(fedval_chain_result_get_presented(result));
        fedval_chain_result_free(result);
    }
    fedval_judge_free(judge);
    return sum;
}

static uint64_t cold_fedval_openssl(void *context, size_t rounds)
{
    const chains *c = context;
    return run_fedval(c, c->openssl.verifier, c->openssl.anchors, rounds);
}

static uint64_t cold_fedval_mbedtls(void *context, size_t rounds)
{
    const chains *c = context;
    return run_fedval(c, c->mbedtls.verifier, c->mbedtls.anchors, rounds);
}

static uint64_t warm_fedval_openssl(void *context, size_t rounds)
{
    const chains *c = context;
    return run_fedval(c, c->openssl.cache, c->openssl.cache_anchors, rounds);
}

static uint64_t warm_fedval_mbedtls(void *context, size_t rounds)
{
    const chains *c = context;
    return run_fedval(c, c->mbedtls.cache, c->mbedtls.cache_anchors, rounds);
}

static X509 *read_x509(const chains *c, size_t i)
{
    const unsigned char *at = c->der[i];
    return d2i_X509(NULL, &at, (long)c->len[i]);
}

static uint64_t run_openssl(void *context, size_t rounds)
{
    const chains *c = context;
    uint64_t good = 0;
    for (size_t i = 0; i < rounds; i++) {
        X509 *leaf = read_x509(c, 0), *issuing = read_x509(c, 1);
        STACK_OF(X509) *untrusted = sk_X509_new_null();
        X509_STORE_CTX *verify = X509_STORE_CTX_new();
        sk_X509_push(untrusted, issuing);
        X509_STORE_CTX_init(verify, c->store, leaf, untrusted);
        X509_STORE_CTX_set_default(verify, "ssl_server");
        X509_VERIFY_PARAM_set1_host(X509_STORE_CTX_get0_param(verify), HOST, 0);
        good += X509_verify_cert(verify) == 1;
        X509_STORE_CTX_free(verify);
        sk_X509_pop_free(untrusted, X509_free);
        X509_free(leaf);
    }
    if (good != rounds)
        abort();
    return good;
}

static gnutls_x509_crt_t read_gnutls(const chains *c, size_t i)
{
    gnutls_datum_t der = {c->der[i], (unsigned)c->len[i]};
    gnutls_x509_crt_t certificate;
    if (gnutls_x509_crt_init(&certificate) != 0 ||
        gnutls_x509_crt_import(certificate, &der, GNUTLS_X509_FMT_DER) != 0)
        abort();
    return certificate;
}

static uint64_t run_gnutls(void *context, size_t rounds)
{
    const chains *c = context;
    unsigned char name[] = HOST;
    gnutls_typed_vdata_st host = {GNUTLS_DT_DNS_HOSTNAME, name, 0};
    for (size_t i = 0; i < rounds; i++) {
        gnutls_x509_crt_t certificates[2] = {read_gnutls(c, 0), read_gnutls(c, 1)};
        unsigned status = 1;
        if (gnutls_x509_trust_list_verify_crt2(c->list, certificates, 2, &host, 1, 0, &status,
                                               NULL) != 0 ||
            status != 0)
            abort();
        gnutls_x509_crt_deinit(certificates[0]);
        gnutls_x509_crt_deinit(certificates[1]);
    }
    return rounds;
}

/* ---- loading ---- */

static uint64_t load_fedval(void *context, size_t rounds)
{
    const chains *c = context;
    uint64_t sum = 0;
    for (size_t i = 0; i < rounds; i++) {
        fedval_anchors *anchors = load(c, NULL);
        sum += fedval_anchors_count(anchors, 0);
        fedval_anchors_free(anchors);
    }
    return sum;
}

static uint64_t load_fedval_digests(void *context, size_t rounds)
{
    const chains *c = context;
    uint64_t sum = 0;
    for (size_t i = 0; i < rounds; i++) {
        fedval_anchors *anchors = load(c, c->openssl.verifier);
        sum += fedval_anchors_count(anchors, 0);
        fedval_anchors_free(anchors);
    }
    return sum;
}

static uint64_t load_openssl(void *context, size_t rounds)
{
    chains other = *(chains *)context;
    for (size_t i = 0; i < rounds; i++) {
        if (!set_openssl(&other))
            abort();
        X509_STORE_free(other.store);
    }
    return rounds;
}

static uint64_t load_gnutls(void *context, size_t rounds)
{
    chains other = *(chains *)context;
    for (size_t i = 0; i < rounds; i++) {
        if (!set_gnutls(&other))
            abort();
        gnutls_x509_trust_list_deinit(other.list, 1);
    }
    return rounds;
}

#define COLD                                                                                       \
    {                                                                                              \
        {"fedval_mbedtls", cold_fedval_mbedtls, NULL},                                             \
            {"fedval_openssl", cold_fedval_openssl, NULL}, {"openssl", run_openssl, NULL},         \
            {"gnutls", run_gnutls, NULL},                                                          \
    }
#define WARM                                                                                       \
    {                                                                                              \
        {"fedval_mbedtls", warm_fedval_mbedtls, NULL},                                             \
            {"fedval_openssl", warm_fedval_openssl, NULL}, {"openssl", run_openssl, NULL},         \
            {"gnutls", run_gnutls, NULL},                                                          \
    }

static const bench_measurement measurements[] = {
    {"chain-cold-rsa2048",
     "leaf and intermediate from bytes, to one of 145 anchors, with the name; RSA of 2048 bits",
     0,
     0,
     setup_rsa,
     clear,
     COLD,
     {NULL}},
    {"chain-cold-p256", "the same, ECDSA on P-256", 0, 0, setup_p256, clear, COLD, {NULL}},
    {"chain-warm-rsa2048",
     "RSA again, with fedval's cache of good signatures warm",
     0,
     0,
     setup_rsa,
     clear,
     WARM,
     {NULL}},
    {"chain-warm-p256", "P-256 again, with the cache warm", 0, 0, setup_p256, clear, WARM, {NULL}},
    {"anchors-load",
     "145 roots of RSA 2048 from one PEM text",
     0,
     0,
     setup_rsa,
     clear,
     {{"fedval", load_fedval, NULL},
      {"fedval_with_digests", load_fedval_digests, NULL},
      {"openssl", load_openssl, NULL},
      {"gnutls", load_gnutls, NULL}},
     {NULL}},
};

const bench_family bench_chains = {measurements, sizeof(measurements) / sizeof(measurements[0])};
