/* Object identifiers as DER contents, and as dotted text for people. */
#ifndef FV_X509_OID_H
#define FV_X509_OID_H

#include "base/buf.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

typedef struct fv_oid_entry {
    uint8_t len;
    const char *der; /* contents without tag and length */
    int value;
} fv_oid_entry;

/* The contents of the OID that is written as "1.2.840"; false when it is none, or longer. */
enum { FV_OID_MOST = 128 };
bool fv_oid_parse(fv_text text, uint8_t out[FV_OID_MOST], size_t *out_len);

static inline bool fv_oid_equal(fv_bytes oid, const char *der, size_t der_len)
{
    /* Compares the last byte first, because it differs between most OIDs. */
    return oid.len == der_len && der_len > 0 &&
           oid.data[der_len - 1] == (uint8_t)der[der_len - 1] &&
           memcmp(oid.data, der, der_len) == 0;
}

/* Returns the value of the entry with that OID, or `fallback`. */
int fv_oid_find(const fv_oid_entry *entries, size_t num_entries, fv_bytes oid, int fallback);
/* Whether the OID has at least one arc and all arcs are whole and in their shortest form. */
bool fv_oid_is_valid(fv_bytes oid);
/* Appends "1.3.6.1.5.5.7.3.1", for example. When the contents are no OID, or an arc is larger than
 * 64 bits, it returns false and appends nothing. */
bool fv_oid_append(fv_buf *buf, fv_bytes oid);

/* An OID and its index in a list. Sorting by both brings equal OIDs side by side, the earlier one
 * first, so that duplicates are easy to find. */
typedef struct fv_oid_place {
    fv_bytes oid;
    size_t index;
} fv_oid_place;

void fv_oid_sort(fv_oid_place *places, size_t num_places);

/* Use: fv_oid_equal(oid, FV_OID(FV_OID_COMMON_NAME)) */
#define FV_OID(literal) (literal), sizeof(literal) - 1
#define FV_OID_COMMON_NAME "\x55\x04\x03"
#define FV_OID_COUNTRY_NAME "\x55\x04\x06"
#define FV_OID_EMAIL_ADDRESS "\x2A\x86\x48\x86\xF7\x0D\x01\x09\x01"
#define FV_OID_ANY_POLICY "\x55\x1D\x20\x00"
#define FV_OID_SERVER_AUTH "\x2B\x06\x01\x05\x05\x07\x03\x01"
#define FV_OID_CLIENT_AUTH "\x2B\x06\x01\x05\x05\x07\x03\x02"
#define FV_OID_CODE_SIGNING "\x2B\x06\x01\x05\x05\x07\x03\x03"
#define FV_OID_EMAIL_PROTECTION "\x2B\x06\x01\x05\x05\x07\x03\x04"
#define FV_OID_TIME_STAMPING "\x2B\x06\x01\x05\x05\x07\x03\x08"
#define FV_OID_OCSP_SIGNING "\x2B\x06\x01\x05\x05\x07\x03\x09"
#define FV_OID_PRECERTIFICATE "\x2B\x06\x01\x04\x01\xD6\x79\x02\x04\x04"
#define FV_OID_SIP_DOMAIN "\x2B\x06\x01\x05\x05\x07\x03\x14"
#define FV_OID_ANY_EKU "\x55\x1D\x25\x00"
#define FV_OID_UTF8_MAILBOX "\x2B\x06\x01\x05\x05\x07\x08\x09" /* RFC 9598 */
/* Microsoft: any application policy */
#define FV_OID_ANY_APPLICATION_POLICY "\x2B\x06\x01\x04\x01\x82\x37\x0A\x0C\x01"
#define FV_OID_POLICY_URL "\x2B\x06\x01\x05\x05\x07\x02\x01"
#define FV_OID_POLICY_NOTICE "\x2B\x06\x01\x05\x05\x07\x02\x02"
#define FV_OID_OCSP "\x2B\x06\x01\x05\x05\x07\x30\x01"
#define FV_OID_CA_ISSUERS "\x2B\x06\x01\x05\x05\x07\x30\x02"

#endif
