/* Names: certificate against reference name, SRV target against domain. */
#include "bench.h"

#include "fedval/certificate.h"
#include "fedval/name.h"

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <idn2.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- a certificate with many names, of which the last one is wanted ---- */

typedef struct named_certificate {
    char name[64];
    unsigned char *der;
    X509 *openssl;
    gnutls_x509_crt_t gnutls;
    fedval_certificate *fedval;
} named_certificate;

static void clear_certificate(void *context)
{
    named_certificate *held = context;

    if (held == NULL)
        return;
    fedval_certificate_free(held->fedval);
    if (held->gnutls != NULL)
        gnutls_x509_crt_deinit(held->gnutls);
    X509_free(held->openssl);
    OPENSSL_free(held->der);
    free(held);
}

/* "DNS:host-000.example.com,DNS:host-001.example.com,..." */
static bool add_names(X509 *to, size_t num_names, char last[64])
{
    size_t size = num_names * 64, len = 0;
    char *list = malloc(size);

    if (list == NULL)
        return false;
    for (size_t i = 0; i < num_names; i++) {
        snprintf(last, 64, "host-%03zu.example.com", i);
        len += (size_t)snprintf(list + len, size - len, "%sDNS:%s", i == 0 ? "" : ",", last);
    }
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, NULL, NID_subject_alt_name, list);
    bool added = extension != NULL && X509_add_ext(to, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    free(list);
    return added;
}

static bool sign(X509 *certificate)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    bool is_signed = key != NULL && X509_set_version(certificate, 2) == 1 &&
                     ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1) == 1 &&
                     X509_gmtime_adj(X509_getm_notBefore(certificate), 0) != NULL &&
                     X509_gmtime_adj(X509_getm_notAfter(certificate), 86400) != NULL &&
                     X509_set_pubkey(certificate, key) == 1 &&
                     X509_sign(certificate, key, EVP_sha256()) > 0;

    EVP_PKEY_free(key);
    return is_signed;
}

static bool decode(named_certificate *held)
{
    int len = i2d_X509(held->openssl, &held->der);
    if (len <= 0)
        return false;
    gnutls_datum_t datum = {held->der, (unsigned)len};
    const unsigned char *at = held->der;

    /* As it comes from the wire, without what making it has left in the structure. */
    X509_free(held->openssl);
    held->openssl = d2i_X509(NULL, &at, len);
    return held->openssl != NULL && gnutls_x509_crt_init(&held->gnutls) == 0 &&
           gnutls_x509_crt_import(held->gnutls, &datum, GNUTLS_X509_FMT_DER) == 0 &&
           fedval_certificate_new(held->der, (size_t)len, &held->fedval) == FEDVAL_OK;
}

static void *make_certificate(size_t num_names)
{
    named_certificate *held = calloc(1, sizeof(*held));

    if (held == NULL)
        return NULL;
    held->openssl = X509_new();
    if (held->openssl != NULL && add_names(held->openssl, num_names, held->name) &&
        sign(held->openssl) && decode(held))
        return held;
    clear_certificate(held);
    return NULL;
}

static void *make_one_san(void)
{
    return make_certificate(1);
}

static void *make_hundred_sans(void)
{
    return make_certificate(100);
}

static uint64_t match_fedval(void *context, size_t rounds)
{
    named_certificate *held = context;
    size_t len = strlen(held->name);
    uint64_t accepted = 0;

    for (size_t i = 0; i < rounds; i++) {
        uint32_t match = 0;
        if (fedval_certificate_match(held->fedval, held->name, len, FEDVAL_WILDCARD_NEVER,
                                     FEDVAL_CN_WITHOUT_SAN, 0, &match) != FEDVAL_OK)
            abort();
        accepted += fedval_name_match_is_accepted(match);
    }
    if (accepted != rounds)
        abort();
    return accepted;
}

static uint64_t match_openssl(void *context, size_t rounds)
{
    named_certificate *held = context;
    size_t len = strlen(held->name);
    uint64_t accepted = 0;

    for (size_t i = 0; i < rounds; i++)
        accepted += X509_check_host(held->openssl, held->name, len, 0, NULL) == 1;
    if (accepted != rounds)
        abort();
    return accepted;
}

static uint64_t match_gnutls(void *context, size_t rounds)
{
    named_certificate *held = context;
    uint64_t accepted = 0;

    for (size_t i = 0; i < rounds; i++)
        accepted += gnutls_x509_crt_check_hostname(held->gnutls, held->name) != 0;
    if (accepted != rounds)
        abort();
    return accepted;
}

/* ---- SRV ---- */

#define NUM_PAIRS 1024

static const struct {
    const char *domain;
    const char *target;
} pairs[] = {
    {"example.com", "expe.example.com"},
    {"acano.steven.lab", "vcse.acano.steven.lab"},
    {"acano.steven.lab", "vcse.steven.lab"},
    {"example.com", "expe.sub.example.com"},
    {"contoso.com", "sipfed.online.lync.com"},
    {"Example.com", "expe.example.com."},
    {"video.example.org", "edge01.video.example.org"},
    {"example.net", "edge.other.example"},
};
#define NUM_KINDS (sizeof(pairs) / sizeof(pairs[0]))

typedef struct packed_pairs {
    char text[NUM_PAIRS * 64];
    uint32_t offsets[2 * NUM_PAIRS + 1];
    uint32_t matches[NUM_PAIRS];
} packed_pairs;

static uint32_t append(packed_pairs *held, uint32_t at, const char *name)
{
    size_t len = strlen(name);

    memcpy(held->text + at, name, len);
    return at + (uint32_t)len;
}

static void *make_pairs(void)
{
    packed_pairs *held = calloc(1, sizeof(*held));
    uint32_t at = 0;

    if (held == NULL)
        return NULL;
    for (size_t i = 0; i < NUM_PAIRS; i++) {
        at = append(held, at, pairs[i % NUM_KINDS].domain);
        held->offsets[2 * i + 1] = at;
        at = append(held, at, pairs[i % NUM_KINDS].target);
        held->offsets[2 * i + 2] = at;
    }
    return held;
}

static uint64_t srv_match_fedval(void *context, size_t rounds)
{
    packed_pairs *held = context;
    uint64_t sum = 0;

    for (size_t i = 0; i < rounds; i++) {
        const uint32_t *at = held->offsets + 2 * (i % NUM_PAIRS);
        sum +=
            fedval_srv_match(held->text + at[0], at[1] - at[0], held->text + at[1], at[2] - at[1]);
    }
    return sum;
}

static uint64_t srv_match_batch_fedval(void *context, size_t rounds)
{
    packed_pairs *held = context;
    uint64_t sum = 0;

    for (size_t i = 0; i < rounds; i++) {
        if (fedval_srv_match_batch(held->text, sizeof(held->text), held->offsets, NUM_PAIRS,
                                   held->matches) != FEDVAL_OK)
            abort();
        sum += held->matches[i % NUM_PAIRS];
    }
    return sum;
}

/* ---- normalising, and the domain of a caller ---- */

static const char mixed_case[] = "VCSE.Acano.Steven.LAB.";

static uint64_t normalise_fedval(void *context, size_t rounds)
{
    uint64_t sum = 0;

    (void)context;
    for (size_t i = 0; i < rounds; i++) {
        char name[FEDVAL_NAME_SIZE];
        uint32_t kind = 0;
        if (fedval_name_normalise(mixed_case, sizeof(mixed_case) - 1, name, sizeof(name), &kind,
                                  NULL) != FEDVAL_OK)
            abort();
        sum += (uint64_t)name[i % 8] + kind;
    }
    return sum;
}

static uint64_t normalise_libidn2(void *context, size_t rounds)
{
    uint64_t sum = 0;

    (void)context;
    for (size_t i = 0; i < rounds; i++) {
        uint8_t *name = NULL;
        if (idn2_lookup_u8((const uint8_t *)mixed_case, &name,
                           IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL) != IDN2_OK)
            abort();
        sum += name[i % 8];
        idn2_free(name);
    }
    return sum;
}

static uint64_t read_header_fedval(void *context, size_t rounds)
{
    static const char value[] = "\"2000\" <sip:2000@acano.steven.lab;user=phone>;tag=a6c85cf";
    uint64_t sum = 0;

    (void)context;
    for (size_t i = 0; i < rounds; i++) {
        fedval_sip_header *header = NULL;
        if (fedval_sip_header_parse(value, sizeof(value) - 1, &header) != FEDVAL_OK)
            abort();
        sum += (uint64_t)fedval_sip_header_get_domain(header, 0)[i % 8];
        fedval_sip_header_free(header);
    }
    return sum;
}

static const bench_measurement measurements[] = {
    {"name-match-1-san",
     "a reference name against a certificate with one dNSName",
     0,
     0,
     make_one_san,
     clear_certificate,
     {{"fedval", match_fedval, NULL},
      {"openssl", match_openssl, NULL},
      {"gnutls", match_gnutls, NULL}},
     {NULL}},
    {"name-match-100-sans",
     "the same against the last of 100 dNSNames",
     0,
     0,
     make_hundred_sans,
     clear_certificate,
     {{"fedval", match_fedval, NULL},
      {"openssl", match_openssl, NULL},
      {"gnutls", match_gnutls, NULL}},
     {NULL}},
    {"srv-match",
     "one SRV target against its domain, eight kinds of pair in turn",
     0,
     0,
     make_pairs,
     free,
     {{"fedval", srv_match_fedval, NULL}},
     {NULL}},
    {"srv-match-batch",
     "the same pairs, 1,024 in one call, for each pair",
     NUM_PAIRS,
     0,
     make_pairs,
     free,
     {{"fedval", srv_match_batch_fedval, NULL}},
     {NULL}},
    {"name-normalise",
     "an ASCII name in mixed case with its trailing dot",
     0,
     0,
     NULL,
     NULL,
     {{"fedval", normalise_fedval, NULL}, {"libidn2", normalise_libidn2, NULL}},
     {NULL}},
    {"sip-header",
     "the domain of a From header",
     0,
     0,
     NULL,
     NULL,
     {{"fedval", read_header_fedval, NULL}},
     {NULL}},
};

const bench_family bench_names = {measurements, sizeof(measurements) / sizeof(measurements[0])};
