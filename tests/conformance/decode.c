/* Our decoder beside OpenSSL and mbedTLS, on every certificate and CRL of the inputs: a file in the
 * format of x509-limbo, or PEM files. Every kind of difference is explained below; one that is not
 * fails the test,
 *
 * Inputs, one that is not there: exit status 77, skipped. */
#include "decode.h"

#include "base/pem.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool has_bad_name(const fv_certificate *ours)
{
    for (size_t i = 0; i < ours->num_extensions; i++) {
        const fv_extension *extension = &ours->extensions[i];
        if (extension->id == FV_EXT_SUBJECT_ALT_NAME && (extension->faults | extension->slips) != 0)
            return true;
    }
    return false;
}

static bool has_bad_extension(const fv_certificate *ours)
{
    return fv_defects_has(&ours->defects, FV_DEFECT_EXTENSION_VALUE);
}

static bool has_empty_usage(const fv_certificate *ours)
{
    return ours->key_usage.presence == FV_KNOWN && ours->key_usage.bits == 0;
}

static bool has_empty_issuer(const fv_certificate *ours)
{
    return fv_defects_has(&ours->defects, FV_DEFECT_ISSUER_EMPTY);
}

static bool has_duplicate(const fv_certificate *ours)
{
    return fv_defects_has(&ours->defects, FV_DEFECT_EXTENSION_DUPLICATE);
}

static bool has_two_algorithms(const fv_certificate *ours)
{
    return fv_defects_has(&ours->defects, FV_DEFECT_ALGORITHM_MISMATCH);
}

static bool has_half_an_authority(const fv_certificate *ours)
{
    return ours->authority_key_id.has_issuer != ours->authority_key_id.has_serial;
}

static bool has_dsa_key(const fv_certificate *ours)
{
    return ours->key.type == FV_KEY_DSA;
}

static bool has_edwards_signature(const fv_certificate *ours)
{
    return ours->algorithm.kind == FV_SIGNATURE_ED25519 ||
           ours->algorithm.kind == FV_SIGNATURE_ED448;
}

static bool has_bad_string(const fv_certificate *ours)
{
    return fv_defects_has(&ours->defects, FV_DEFECT_STRING);
}

static bool has_trailing_bytes(const fv_certificate *ours)
{
    return fv_defects_has(&ours->defects, FV_DEFECT_TRAILING_BYTES) ||
           fv_defects_has(&ours->defects, FV_DEFECT_BYTES_BEHIND);
}

static bool has_odd_time(const fv_certificate *ours)
{
    return fv_defects_has(&ours->defects, FV_DEFECT_TIME_FORM);
}

static bool has_unreadable_constraint(const fv_certificate *ours)
{
    const fv_name_constraints *constraints = &ours->name_constraints;
    return constraints->num_permitted > 0 && constraints->permitted[0].base.is_malformed;
}

static bool has_odd_modulus(const fv_certificate *ours)
{
    return ours->key.type == FV_KEY_RSA && ours->key.num_bits % 8 != 0;
}

static bool has_impossible_pss(const fv_certificate *ours)
{
    return ours->algorithm.has_impossible_pss;
}

static struct {
    const char *library, *field, *ours, *theirs; /* NULL: whatever it is */
    bool (*holds)(const fv_certificate *ours);   /* only for certificates of which this is true */
    const char *reason;
    size_t num_seen;
} explained[] = {
    {"openssl", "san-readable", "1", "0", has_bad_name,
     "one entry with a tag that is none costs OpenSSL the whole list; we keep the list and mark "
     "the entry",
     0},
    {"openssl", "authority-key-id", NULL, "", has_bad_name,
     "after an extension that it cannot read OpenSSL looks at no further one", 0},
    {"openssl", "authority-key-id", NULL, "", has_bad_extension, "the same", 0},
    {"openssl", "subject-key-id", NULL, "", has_bad_name, "the same", 0},
    {"openssl", "subject-key-id", NULL, "", has_bad_extension, "the same", 0},
    {"openssl", "subject-key-id", NULL, "", has_empty_usage,
     "the same, after a keyUsage without any bit, which we read as no usage at all", 0},
    {"openssl", "purposes-readable", "0", "1", has_bad_extension,
     "an empty extKeyUsage is an empty list to OpenSSL and malformed to us (RFC 5280 4.2.1.12)", 0},
    {"openssl", "subject-key-id", NULL, "", has_unreadable_constraint,
     "the same, after a nameConstraints with an entry under a tag that is none", 0},
    {"openssl", "authority-key-id", NULL, "", has_unreadable_constraint, "the same", 0},
    {"openssl", "certificate", "read", "refused", has_bad_string,
     "a name that is no UTF-8: OpenSSL refuses the certificate, we record it", 0},
    {"openssl", "certificate", "read", "refused", has_trailing_bytes,
     "a field behind the extensions: OpenSSL refuses the certificate, we record it", 0},
    {"mbedtls", "certificate", "read", "refused 0x21e6", has_trailing_bytes, "the same of mbedTLS",
     0},
    {"mbedtls", "certificate", "read", "refused 0x2400", has_odd_time,
     "a date without seconds: mbedTLS refuses the certificate, we record it", 0},
    {"mbedtls", "san-type", "255", NULL, has_bad_name,
     "mbedTLS keeps an entry under a tag that RFC 5280 does not have, or in the wrong form, under "
     "the number of the tag",
     0},
    {"mbedtls", "key-bits", NULL, NULL, has_odd_modulus,
     "mbedTLS counts whole bytes of an RSA modulus", 0},
    {"mbedtls", "certificate", "read", "refused 0x2562", has_bad_name,
     "an otherName without an OID: mbedTLS refuses the certificate, we mark the entry", 0},
    {"mbedtls", "certificate", "read", "refused 0x2800", has_bad_name,
     "an address that is not 4 or 16 octets: mbedTLS 3.6 refuses the certificate", 0},
    {"mbedtls", "certificate", "read", "refused 0x0062", has_bad_name,
     "a directoryName that is no name: mbedTLS 3.6 refuses the certificate", 0},
    {"mbedtls", "certificate", "read", "refused 0x2562", has_bad_extension,
     "a subjectAltName that is no list: mbedTLS refuses the certificate, we record it", 0},
    {"mbedtls", "certificate", "read", "refused 0x2564", has_bad_extension,
     "an empty extKeyUsage: mbedTLS refuses the certificate, we record it", 0},
    {"mbedtls", "certificate", "read", "refused 0x2564", has_empty_usage,
     "a keyUsage without any bit: mbedTLS 2.28 refuses the certificate, to us it allows nothing",
     0},
    {"mbedtls", "certificate", "read", "refused 0x2560", has_half_an_authority,
     "authorityCertIssuer without authorityCertSerialNumber (RFC 5280 4.2.1.1 wants both or none): "
     "mbedTLS 3.6 refuses the certificate, we say which is there",
     0},
    {"mbedtls", "certificate", "read", "refused 0x2562", has_half_an_authority,
     "the other way round", 0},
    {"mbedtls", "certificate", "read", "refused 0x23e0", has_empty_issuer,
     "an empty issuer: mbedTLS refuses the certificate, we record it", 0},
    {"mbedtls", "certificate", "read", "refused 0x2500", has_duplicate,
     "an extension that occurs twice: mbedTLS refuses the certificate, we record it", 0},
    {"mbedtls", "certificate", "read", "refused 0x2680", has_two_algorithms,
     "two different signature algorithms: mbedTLS refuses the certificate, we record it", 0},
    {"mbedtls", "certificate", "read", "refused 0x3c80", has_dsa_key,
     "a key of a kind that mbedTLS does not have (DSA)", 0},
    {"mbedtls", "certificate", "read", "refused 0x262e", has_edwards_signature,
     "a signature of a kind that mbedTLS does not have (Ed25519)", 0},
    {"mbedtls", "certificate", "read", "refused 0x2364", has_impossible_pss,
     "RSASSA-PSS with a negative salt length: mbedTLS refuses the certificate, we record it", 0},
};

static const fv_certificate *at_hand;
static const char *where;
static size_t num_certificates, num_crls, num_unexplained;

static bool fits(const char *wanted, const char *seen)
{
    return wanted == NULL || strcmp(wanted, seen) == 0;
}

void differ(const char *library, const char *field, const char *ours, const char *theirs)
{
    for (size_t i = 0; i < sizeof(explained) / sizeof(explained[0]); i++) {
        if (strcmp(explained[i].library, library) == 0 && strcmp(explained[i].field, field) == 0 &&
            fits(explained[i].ours, ours) && fits(explained[i].theirs, theirs) && at_hand != NULL &&
            explained[i].holds(at_hand)) {
            explained[i].num_seen++;
            return;
        }
    }
    fv_buf name;
    fv_buf_init(&name);
    if (at_hand != NULL)
        fv_name_append_text(&name, &at_hand->subject);
    printf("%s: %s: %s: ours %s, theirs %s (%s; defects %" PRIx64 ")\n", where, library, field,
           ours, theirs, name.data == NULL ? "" : name.data,
           at_hand == NULL ? 0 : at_hand->defects.kinds);
    fv_buf_clear(&name);
    num_unexplained++;
}

void differ_bytes(const char *library, const char *field, fv_bytes ours, fv_bytes theirs)
{
    if (ours.len == theirs.len && (ours.len == 0 || memcmp(ours.data, theirs.data, ours.len) == 0))
        return;
    fv_buf a, b;
    fv_buf_init(&a);
    fv_buf_init(&b);
    fv_buf_append_hex(&a, ours);
    fv_buf_append_hex(&b, theirs);
    differ(library, field, a.data == NULL ? "" : a.data, b.data == NULL ? "" : b.data);
    fv_buf_clear(&a);
    fv_buf_clear(&b);
}

void differ_number(const char *library, const char *field, int64_t ours, int64_t theirs)
{
    char a[24], b[24];
    if (ours == theirs)
        return;
    snprintf(a, sizeof(a), "%lld", (long long)ours);
    snprintf(b, sizeof(b), "%lld", (long long)theirs);
    differ(library, field, a, b);
}

static void compare_certificate(fv_bytes der)
{
    fv_arena arena;
    fv_certificate certificate;
    fv_arena_init(&arena);
    fedval_status status = fv_certificate_decode(&arena, der, &certificate);
    at_hand = status == FEDVAL_OK ? &certificate : NULL;
    compare_with_openssl(der, at_hand);
    compare_with_mbedtls(der, at_hand);
    at_hand = NULL;
    num_certificates++;
    fv_arena_clear(&arena);
}

static void compare_crl(fv_bytes der)
{
    fv_arena arena;
    fv_crl crl;
    fv_arena_init(&arena);
    bool is_read = fv_crl_decode(&arena, der, &crl) == FEDVAL_OK;
    compare_crl_with_openssl(der, is_read ? &crl : NULL);
    num_crls++;
    fv_arena_clear(&arena);
}

static bool compare_pem(const char *text, size_t len)
{
    fv_arena arena;
    fv_pem pem;
    fv_pem_block block;
    enum fv_pem_result result;
    fv_arena_init(&arena);
    fv_pem_init(&pem, (fv_text){text, len});
    while ((result = fv_pem_next(&pem, &arena, &block)) == FV_PEM_BLOCK) {
        if (fv_text_equal(block.label, fv_text_of("CERTIFICATE")))
            compare_certificate(block.der);
        if (fv_text_equal(block.label, fv_text_of("X509 CRL")))
            compare_crl(block.der);
    }
    fv_arena_clear(&arena);
    return result == FV_PEM_END;
}

/* Each certificate once, however many cases use it. */
static bool compare_once(json_t *seen, const json_t *pem)
{
    const char *text = json_string_value(pem);
    if (text == NULL || json_object_get(seen, text) != NULL)
        return true;
    json_object_set_new(seen, text, json_true());
    return compare_pem(text, strlen(text));
}

static bool compare_case(json_t *seen, const json_t *test)
{
    static const char *const lists[] = {"trusted_certs", "untrusted_intermediates", "crls"};
    bool is_read = compare_once(seen, json_object_get(test, "peer_certificate"));
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        const json_t *list = json_object_get(test, lists[i]);
        for (size_t k = 0; k < json_array_size(list); k++)
            is_read &= compare_once(seen, json_array_get(list, k));
    }
    return is_read;
}

static int compare_limbo(const char *path)
{
    json_error_t error;
    json_t *limbo = json_load_file(path, 0, &error);
    const json_t *cases = json_object_get(limbo, "testcases");
    json_t *seen = json_object();
    int failed = json_array_size(cases) == 0;
    for (size_t i = 0; i < json_array_size(cases); i++) {
        const json_t *test = json_array_get(cases, i);
        where = json_string_value(json_object_get(test, "id"));
        if (!compare_case(seen, test)) {
            printf("%s: malformed PEM\n", where);
            failed = 1;
        }
    }
    json_decref(seen);
    json_decref(limbo);
    return failed;
}

static int compare_file(const char *path)
{
    static char text[1 << 20];
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return 1;
    size_t len = fread(text, 1, sizeof(text), file);
    fclose(file);
    where = strrchr(path, '/') == NULL ? path : strrchr(path, '/') + 1;
    return compare_pem(text, len) ? 0 : 1;
}

int main(int argc, char **argv)
{
    int failed = argc < 2;
    for (int i = 1; i < argc; i++) {
        FILE *file = fopen(argv[i], "rb");
        if (file == NULL) {
            printf("%s is not there: skipped\n", argv[i]);
            return 77;
        }
        fclose(file);
        size_t len = strlen(argv[i]);
        bool is_json = len > 5 && strcmp(argv[i] + len - 5, ".json") == 0;
        failed |= is_json ? compare_limbo(argv[i]) : compare_file(argv[i]);
    }
    for (size_t i = 0; i < sizeof(explained) / sizeof(explained[0]); i++) {
        if (explained[i].num_seen > 0) {
            printf("%6zu  %s %s: %s\n", explained[i].num_seen, explained[i].library,
                   explained[i].field, explained[i].reason);
        }
    }
    printf("%zu certificates, %zu CRLs, %zu differences not explained\n", num_certificates,
           num_crls, num_unexplained);
    return failed != 0 || num_unexplained > 0;
}
