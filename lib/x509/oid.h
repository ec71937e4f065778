/* The object identifiers that the library knows, as DER contents, and dotted text for people. */
#ifndef FV_X509_OID_H
#define FV_X509_OID_H

#include "base/buf.h"

#include <stdbool.h>

typedef struct fv_oid_entry {
    uint8_t len;
    const char *der; /* contents without tag and length */
    int value;
} fv_oid_entry;

/* The value of the entry with that OID, or fallback. */
int fv_oid_find(const fv_oid_entry *entries, size_t num_entries, fv_bytes oid, int fallback);
bool fv_oid_equal(fv_bytes oid, const char *der, size_t der_len);
/* "1.3.6.1.5.5.7.3.1"; "" and false when the contents are not an OID. */
bool fv_oid_append(fv_buf *buf, fv_bytes oid);

/* Use: fv_oid_equal(oid, FV_OID(FV_OID_COMMON_NAME)) */
#define FV_OID(literal) (literal), sizeof(literal) - 1
#define FV_OID_COMMON_NAME "\x55\x04\x03"
#define FV_OID_EMAIL_ADDRESS "\x2A\x86\x48\x86\xF7\x0D\x01\x09\x01"
#define FV_OID_ANY_POLICY "\x55\x1D\x20\x00"
#define FV_OID_SERVER_AUTH "\x2B\x06\x01\x05\x05\x07\x03\x01"
#define FV_OID_CLIENT_AUTH "\x2B\x06\x01\x05\x05\x07\x03\x02"
#define FV_OID_ANY_EKU "\x55\x1D\x25\x00"
#define FV_OID_OCSP "\x2B\x06\x01\x05\x05\x07\x30\x01"
#define FV_OID_CA_ISSUERS "\x2B\x06\x01\x05\x05\x07\x30\x02"

#endif
