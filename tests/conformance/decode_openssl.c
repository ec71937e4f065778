/* What OpenSSL reads, beside what we read. */
#include "decode.h"

#include "base/calendar.h"
#include "x509/der.h"

#include <string.h>

#include <openssl/err.h>
#include <openssl/x509v3.h>

#define LIBRARY "openssl"

static fv_bytes string_bytes(const ASN1_STRING *string)
{
    if (string == NULL)
        return (fv_bytes){NULL, 0};
    return (fv_bytes){ASN1_STRING_get0_data(string), (size_t)ASN1_STRING_length(string)};
}

static fv_bytes der_bytes(const uint8_t *der, int len)
{
    return (fv_bytes){der, len < 0 ? 0 : (size_t)len};
}

/* OpenSSL keeps sign and magnitude apart. */
static void compare_serial(const X509 *theirs, const fv_certificate *ours)
{
    const ASN1_INTEGER *serial = X509_get0_serialNumber(theirs);
    uint8_t *der = NULL;
    int len = i2d_ASN1_INTEGER(serial, &der);
    fv_der element = {0};
    (void)fv_der_read_only(der_bytes(der, len), FV_DER_INTEGER, &element);
    differ_bytes(LIBRARY, "serial", fv_der_integer_minimise(ours->serial), element.value);
    OPENSSL_free(der);
}

static void compare_name(const X509_NAME *theirs, const fv_name *ours, const char *field)
{
    const unsigned char *der = NULL;
    size_t len = 0;
    (void)X509_NAME_get0_der(theirs, &der, &len);
    differ_bytes(LIBRARY, field, ours->raw, (fv_bytes){der, len});
}

static void compare_time(const ASN1_TIME *theirs, const fv_time *ours, const char *field)
{
    struct tm tm = {0};
    int64_t seconds = FV_TIME_UNKNOWN;
    if (ASN1_TIME_to_tm(theirs, &tm) == 1) {
        const fv_calendar calendar = {tm.tm_year + 1900,    (uint32_t)tm.tm_mon + 1,
                                      (uint32_t)tm.tm_mday, (uint32_t)tm.tm_hour,
                                      (uint32_t)tm.tm_min,  (uint32_t)tm.tm_sec};
        (void)fv_calendar_to_seconds(&calendar, &seconds);
    }
    differ_number(LIBRARY, field, ours->seconds, seconds);
}

static void compare_spki(X509 *theirs, const fv_certificate *ours)
{
    uint8_t *der = NULL;
    int len = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(theirs), &der);
    differ_bytes(LIBRARY, "spki", ours->key.spki, der_bytes(der, len));
    OPENSSL_free(der);
    EVP_PKEY *key = X509_get0_pubkey(theirs);
    bool is_read = ours->key.presence == FV_KNOWN && ours->key.type != FV_KEY_OTHER;
    differ_number(LIBRARY, "key-readable", is_read, key != NULL);
    if (key == NULL || !is_read)
        return;
    /* It counts 253 bits and 456 for the curves of RFC 8032; we name the field. */
    if (ours->key.type == FV_KEY_RSA || ours->key.type == FV_KEY_EC || ours->key.type == FV_KEY_DSA)
        differ_number(LIBRARY, "key-bits", ours->key.num_bits, EVP_PKEY_get_bits(key));
}

static void compare_algorithm(const X509 *theirs, const fv_certificate *ours)
{
    static const struct {
        fv_hash hash;
        int nid;
    } hashes[] = {
        {FV_HASH_SHA1, NID_sha1},     {FV_HASH_SHA224, NID_sha224}, {FV_HASH_SHA256, NID_sha256},
        {FV_HASH_SHA384, NID_sha384}, {FV_HASH_SHA512, NID_sha512}, {FV_HASH_MD5, NID_md5},
    };
    uint8_t *der = NULL;
    int len = i2d_X509_ALGOR(X509_get0_tbs_sigalg(theirs), &der);
    differ_bytes(LIBRARY, "inner-algorithm", ours->algorithm.der, der_bytes(der, len));
    OPENSSL_free(der);
    const X509_ALGOR *outer = NULL;
    const ASN1_BIT_STRING *signature = NULL;
    der = NULL;
    X509_get0_signature(&signature, &outer, theirs);
    len = i2d_X509_ALGOR(outer, &der);
    differ_bytes(LIBRARY, "outer-algorithm", ours->outer_algorithm.der, der_bytes(der, len));
    OPENSSL_free(der);
    differ_bytes(LIBRARY, "signature", ours->signature, string_bytes(signature));
    int nid = NID_undef;
    if (X509_get_signature_info((X509 *)(uintptr_t)theirs, &nid, NULL, NULL, NULL) != 1)
        return;
    for (size_t i = 0; i < sizeof(hashes) / sizeof(hashes[0]); i++) {
        if (hashes[i].nid == nid)
            differ_number(LIBRARY, "hash", ours->outer_algorithm.hash, hashes[i].hash);
    }
}

static fv_bytes general_name_bytes(const GENERAL_NAME *name)
{
    switch (name->type) {
    case GEN_EMAIL:
    case GEN_DNS:
    case GEN_URI:
    case GEN_IPADD:
        return string_bytes(name->d.ia5);
    case GEN_DIRNAME: {
        const unsigned char *der = NULL;
        size_t len = 0;
        (void)X509_NAME_get0_der(name->d.directoryName, &der, &len);
        return (fv_bytes){der, len};
    }
    case GEN_RID:
        return (fv_bytes){OBJ_get0_data(name->d.registeredID), OBJ_length(name->d.registeredID)};
    default:
        return (fv_bytes){NULL, 0};
    }
}

static void compare_san(const X509 *theirs, const fv_certificate *ours)
{
    int critical = 0;
    GENERAL_NAMES *names = X509_get_ext_d2i(theirs, NID_subject_alt_name, &critical, NULL);
    const fv_subject_alt_name *san = &ours->subject_alt_name;
    /* critical: -1 absent, -2 twice. */
    bool is_read = san->presence == FV_KNOWN && critical != -2;
    differ_number(LIBRARY, "san-readable", is_read, names != NULL);
    if (names != NULL && is_read) {
        differ_number(LIBRARY, "san-critical", san->is_critical, critical);
        differ_number(LIBRARY, "san-count", (int64_t)san->names.num_items,
                      sk_GENERAL_NAME_num(names));
        for (size_t i = 0;
             i < san->names.num_items && (int)san->names.num_items == sk_GENERAL_NAME_num(names);
             i++) {
            const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, (int)i);
            differ_number(LIBRARY, "san-type", san->names.items[i].type, name->type);
            if (name->type != GEN_OTHERNAME) {
                differ_bytes(LIBRARY, "san-value", san->names.items[i].value,
                             general_name_bytes(name));
            }
        }
    }
    GENERAL_NAMES_free(names);
}

static void compare_basic_constraints(const X509 *theirs, const fv_certificate *ours)
{
    const fv_basic_constraints *constraints = &ours->basic_constraints;
    int critical = 0;
    BASIC_CONSTRAINTS *read = X509_get_ext_d2i(theirs, NID_basic_constraints, &critical, NULL);
    bool is_read = constraints->presence == FV_KNOWN && critical != -2;
    differ_number(LIBRARY, "constraints-readable", is_read, read != NULL);
    if (read != NULL && is_read) {
        differ_number(LIBRARY, "is-ca", constraints->is_ca, read->ca != 0);
        differ_number(LIBRARY, "path-length",
                      constraints->has_path_length ? (int64_t)constraints->path_length : -1,
                      read->pathlen == NULL ? -1 : ASN1_INTEGER_get(read->pathlen));
        differ_number(LIBRARY, "constraints-critical", constraints->is_critical, critical);
    }
    BASIC_CONSTRAINTS_free(read);
}

static void compare_usages(const X509 *theirs, const fv_certificate *ours)
{
    int critical = 0;
    ASN1_BIT_STRING *usage = X509_get_ext_d2i(theirs, NID_key_usage, &critical, NULL);
    bool is_read = ours->key_usage.presence == FV_KNOWN && critical != -2;
    differ_number(LIBRARY, "usage-readable", is_read, usage != NULL);
    uint32_t bits = 0;
    for (int i = 0; i < 9 && usage != NULL; i++)
        bits |= (uint32_t)ASN1_BIT_STRING_get_bit(usage, i) << i;
    if (usage != NULL && is_read)
        differ_number(LIBRARY, "usage", ours->key_usage.bits, bits);
    ASN1_BIT_STRING_free(usage);
    EXTENDED_KEY_USAGE *purposes = X509_get_ext_d2i(theirs, NID_ext_key_usage, &critical, NULL);
    is_read = ours->extended_key_usage.presence == FV_KNOWN && critical != -2;
    differ_number(LIBRARY, "purposes-readable", is_read, purposes != NULL);
    for (int i = 0; purposes != NULL && is_read && i < sk_ASN1_OBJECT_num(purposes); i++) {
        const ASN1_OBJECT *oid = sk_ASN1_OBJECT_value(purposes, i);
        const fv_bytes none = {NULL, 0};
        differ_bytes(
            LIBRARY, "purpose",
            (size_t)i < ours->extended_key_usage.num_oids ? ours->extended_key_usage.oids[i] : none,
            (fv_bytes){OBJ_get0_data(oid), OBJ_length(oid)});
    }
    EXTENDED_KEY_USAGE_free(purposes);
}

static void compare_key_ids(X509 *theirs, const fv_certificate *ours)
{
    if (ours->defects.kinds >> FV_DEFECT_EXTENSION_DUPLICATE & 1)
        return;
    differ_bytes(LIBRARY, "subject-key-id", ours->subject_key_id.key_id,
                 string_bytes(X509_get0_subject_key_id(theirs)));
    differ_bytes(LIBRARY, "authority-key-id", ours->authority_key_id.key_id,
                 string_bytes(X509_get0_authority_key_id(theirs)));
    differ_bytes(LIBRARY, "authority-serial",
                 fv_der_integer_minimise(ours->authority_key_id.serial),
                 string_bytes(X509_get0_authority_serial(theirs)));
}

static void compare_extensions(const X509 *theirs, const fv_certificate *ours)
{
    int num = X509_get_ext_count(theirs);
    differ_number(LIBRARY, "extension-count", (int64_t)ours->num_extensions, num);
    for (int i = 0; i < num && (size_t)num == ours->num_extensions; i++) {
        X509_EXTENSION *extension = X509_get_ext(theirs, i);
        const ASN1_OBJECT *oid = X509_EXTENSION_get_object(extension);
        differ_bytes(LIBRARY, "extension-oid", ours->extensions[i].oid,
                     (fv_bytes){OBJ_get0_data(oid), OBJ_length(oid)});
        differ_bytes(LIBRARY, "extension-value", ours->extensions[i].value,
                     string_bytes(X509_EXTENSION_get_data(extension)));
        differ_number(LIBRARY, "extension-critical", ours->extensions[i].is_critical,
                      X509_EXTENSION_get_critical(extension));
    }
}

void compare_with_openssl(fv_bytes der, const fv_certificate *ours)
{
    const unsigned char *next = der.data;
    X509 *theirs = d2i_X509(NULL, &next, (long)der.len);
    if ((theirs == NULL) != (ours == NULL)) {
        differ(LIBRARY, "certificate", ours == NULL ? "refused" : "read",
               theirs == NULL ? "refused" : "read");
    }
    if (theirs != NULL && ours != NULL) {
        differ_number(LIBRARY, "version", ours->version, X509_get_version(theirs) + 1);
        compare_serial(theirs, ours);
        compare_name(X509_get_issuer_name(theirs), &ours->issuer, "issuer");
        compare_name(X509_get_subject_name(theirs), &ours->subject, "subject");
        differ_number(LIBRARY, "self-issued", fv_certificate_is_self_issued(ours),
                      X509_NAME_cmp(X509_get_issuer_name(theirs), X509_get_subject_name(theirs)) ==
                          0);
        compare_time(X509_get0_notBefore(theirs), &ours->not_before, "not-before");
        compare_time(X509_get0_notAfter(theirs), &ours->not_after, "not-after");
        compare_spki(theirs, ours);
        compare_algorithm(theirs, ours);
        compare_san(theirs, ours);
        compare_basic_constraints(theirs, ours);
        compare_usages(theirs, ours);
        compare_key_ids(theirs, ours);
        compare_extensions(theirs, ours);
    }
    X509_free(theirs);
    ERR_clear_error();
}

static void compare_entries(X509_CRL *theirs, const fv_crl *ours)
{
    STACK_OF(X509_REVOKED) *entries = X509_CRL_get_REVOKED(theirs);
    int num = entries == NULL ? 0 : sk_X509_REVOKED_num(entries);
    differ_number(LIBRARY, "crl-entries", (int64_t)ours->num_entries, num);
    for (int i = 0; i < num; i++) {
        const X509_REVOKED *entry = sk_X509_REVOKED_value(entries, i);
        uint8_t *der = NULL;
        int len = i2d_ASN1_INTEGER(X509_REVOKED_get0_serialNumber(entry), &der);
        fv_der serial = {0};
        (void)fv_der_read_only(der_bytes(der, len), FV_DER_INTEGER, &serial);
        const fv_crl_entry *found = fv_crl_find(ours, serial.value);
        differ_number(LIBRARY, "crl-entry-found", found != NULL, 1);
        if (found != NULL) {
            const fv_time revoked_at = {.presence = FV_KNOWN, .seconds = found->revoked_at};
            compare_time(X509_REVOKED_get0_revocationDate(entry), &revoked_at, "crl-entry-date");
        }
        OPENSSL_free(der);
    }
}

void compare_crl_with_openssl(fv_bytes der, const fv_crl *ours)
{
    const unsigned char *next = der.data;
    X509_CRL *theirs = d2i_X509_CRL(NULL, &next, (long)der.len);
    differ_number(LIBRARY, "crl", ours != NULL, theirs != NULL);
    if (theirs != NULL && ours != NULL) {
        differ_number(LIBRARY, "crl-version", ours->version, X509_CRL_get_version(theirs) + 1);
        compare_name(X509_CRL_get_issuer(theirs), &ours->issuer, "crl-issuer");
        compare_time(X509_CRL_get0_lastUpdate(theirs), &ours->this_update, "crl-this-update");
        const ASN1_TIME *next_update = X509_CRL_get0_nextUpdate(theirs);
        differ_number(LIBRARY, "crl-has-next-update", ours->next_update.presence == FV_KNOWN,
                      next_update != NULL);
        if (next_update != NULL)
            compare_time(next_update, &ours->next_update, "crl-next-update");
        ASN1_INTEGER *number = X509_CRL_get_ext_d2i(theirs, NID_crl_number, NULL, NULL);
        differ_bytes(LIBRARY, "crl-number", ours->number, string_bytes(number));
        differ_number(LIBRARY, "crl-is-delta", ours->is_delta,
                      X509_CRL_get_ext_by_NID(theirs, NID_delta_crl, -1) >= 0);
        ASN1_INTEGER_free(number);
        compare_entries(theirs, ours);
    }
    X509_CRL_free(theirs);
    ERR_clear_error();
}
