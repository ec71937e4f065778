/* What mbedTLS reads, beside what we read. */
#include "decode.h"

#include "base/calendar.h"

#include <string.h>

#define MBEDTLS_ALLOW_PRIVATE_ACCESS
#include <mbedtls/oid.h>
#include <mbedtls/x509_crt.h>

#define LIBRARY "mbedtls"

static fv_bytes buf_bytes(const mbedtls_x509_buf *buf)
{
    return (fv_bytes){buf->p, buf->p == NULL ? 0 : buf->len};
}

static int64_t seconds_of(const mbedtls_x509_time *time)
{
    const fv_calendar calendar = {time->year,           (uint32_t)time->mon, (uint32_t)time->day,
                                  (uint32_t)time->hour, (uint32_t)time->min, (uint32_t)time->sec};
    int64_t seconds = FV_TIME_UNKNOWN;
    (void)fv_calendar_to_seconds(&calendar, &seconds);
    return seconds;
}

static void compare_san(const mbedtls_x509_crt *theirs, const fv_certificate *ours)
{
    const fv_general_names *names = &ours->subject_alt_name.names;
    size_t num = 0;
    bool is_there = ours->subject_alt_name.presence == FV_KNOWN;
    differ_number(LIBRARY, "san-there", is_there,
                  (theirs->ext_types & MBEDTLS_X509_EXT_SUBJECT_ALT_NAME) != 0);
    for (const mbedtls_x509_sequence *at = &theirs->subject_alt_names; at != NULL; at = at->next) {
        if (at->buf.p == NULL)
            continue; /* the head of an empty list */
        if (num < names->num_items) {
            const fv_general_name *name = &names->items[num];
            differ_number(LIBRARY, "san-type", name->type, at->buf.tag & 0x1F);
            if (name->type != FV_GN_OTHER)
                differ_bytes(LIBRARY, "san-value", name->value, buf_bytes(&at->buf));
        }
        num++;
    }
    differ_number(LIBRARY, "san-count", (int64_t)names->num_items, (int64_t)num);
}

/* It keeps the bits as they stand in the BIT STRING: the first byte low, the second above it. */
static uint32_t usage_of(const mbedtls_x509_crt *theirs)
{
    uint32_t bits = 0;
    for (unsigned i = 0; i < 8; i++)
        bits |= ((uint32_t)theirs->key_usage >> (7 - i) & 1) << i;
    return bits | ((uint32_t)theirs->key_usage >> 15 & 1) << 8;
}

static void compare_extensions(const mbedtls_x509_crt *theirs, const fv_certificate *ours)
{
    const fv_basic_constraints *constraints = &ours->basic_constraints;
    differ_number(LIBRARY, "is-ca", constraints->is_ca, theirs->ca_istrue);
    /* It keeps the length plus one, 0 for none. */
    differ_number(LIBRARY, "path-length",
                  constraints->has_path_length && constraints->is_ca
                      ? (int64_t)constraints->path_length + 1
                      : 0,
                  theirs->ca_istrue ? theirs->max_pathlen : 0);
    bool has_usage = (theirs->ext_types & MBEDTLS_X509_EXT_KEY_USAGE) != 0;
    differ_number(LIBRARY, "usage-there", ours->key_usage.presence == FV_KNOWN, has_usage);
    if (has_usage)
        differ_number(LIBRARY, "usage", ours->key_usage.bits, usage_of(theirs));
    size_t num = 0;
    for (const mbedtls_x509_sequence *at = &theirs->ext_key_usage; at != NULL; at = at->next) {
        if (at->buf.p == NULL)
            continue;
        const fv_bytes none = {NULL, 0};
        bool is_ours = num < ours->extended_key_usage.num_oids;
        differ_bytes(LIBRARY, "purpose", is_ours ? ours->extended_key_usage.oids[num] : none,
                     buf_bytes(&at->buf));
        num++;
    }
    differ_number(LIBRARY, "purpose-count", (int64_t)ours->extended_key_usage.num_oids,
                  (int64_t)num);
}

/* Takes every extension that mbedTLS itself would refuse. */
static int accept(void *context, const mbedtls_x509_crt *crt, const mbedtls_x509_buf *oid,
                  int critical, const unsigned char *p, const unsigned char *end)
{
    (void)context, (void)crt, (void)oid, (void)critical, (void)p, (void)end;
    return 0;
}

static void compare(const mbedtls_x509_crt *theirs, const fv_certificate *ours)
{
    differ_bytes(LIBRARY, "certificate", ours->der, buf_bytes(&theirs->raw));
    differ_bytes(LIBRARY, "tbs", ours->tbs, buf_bytes(&theirs->tbs));
    differ_number(LIBRARY, "version", ours->version, theirs->version);
    differ_bytes(LIBRARY, "serial", ours->serial, buf_bytes(&theirs->serial));
    differ_bytes(LIBRARY, "issuer", ours->issuer.raw, buf_bytes(&theirs->issuer_raw));
    differ_bytes(LIBRARY, "subject", ours->subject.raw, buf_bytes(&theirs->subject_raw));
    differ_number(LIBRARY, "not-before", ours->not_before.seconds, seconds_of(&theirs->valid_from));
    differ_number(LIBRARY, "not-after", ours->not_after.seconds, seconds_of(&theirs->valid_to));
    differ_bytes(LIBRARY, "spki", ours->key.spki, buf_bytes(&theirs->pk_raw));
    differ_bytes(LIBRARY, "signature", ours->signature, buf_bytes(&theirs->sig));
    differ_bytes(LIBRARY, "signature-oid", ours->algorithm.oid, buf_bytes(&theirs->sig_oid));
    differ_number(LIBRARY, "key-bits", ours->key.num_bits,
                  (int64_t)mbedtls_pk_get_bitlen(&theirs->pk));
    compare_san(theirs, ours);
    compare_extensions(theirs, ours);
}

void compare_with_mbedtls(fv_bytes der, const fv_certificate *ours)
{
    mbedtls_x509_crt theirs;
    mbedtls_x509_crt_init(&theirs);
    int result =
        mbedtls_x509_crt_parse_der_with_ext_cb(&theirs, der.data, der.len, 1, accept, NULL);
    if (result != 0 && ours != NULL) {
        /* Which half of the code tells why: -0x2562 and the like. */
        char code[16] = "refused 0x";
        static const char digits[] = "0123456789abcdef";
        for (unsigned i = 0; i < 4; i++)
            code[10 + i] = digits[(unsigned)-result >> (12 - 4 * i) & 15];
        code[14] = '\0';
        differ(LIBRARY, "certificate", "read", code);
    }
    if (result == 0 && ours == NULL)
        differ(LIBRARY, "certificate", "refused", "read");
    if (result == 0 && ours != NULL)
        compare(&theirs, ours);
    mbedtls_x509_crt_free(&theirs);
}
