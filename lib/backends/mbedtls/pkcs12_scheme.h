/* How the parts of a PKCS #12 file are encrypted and authenticated (RFC 7292 B, RFC 8018), with the
 * primitives of libmbedcrypto, and the reader of DER elements that this needs. */
#ifndef FV_BACKENDS_MBEDTLS_PKCS12_SCHEME_H
#define FV_BACKENDS_MBEDTLS_PKCS12_SCHEME_H

#include "base/cursor.h"

enum {
    FV_P12_INTEGER = 0x02,
    FV_P12_OCTETS = 0x04,
    FV_P12_OID = 0x06,
    FV_P12_SEQUENCE = 0x30,
    FV_P12_SET = 0x31,
    FV_P12_CONTENT = 0x80, /* [0], primitive */
    FV_P12_EXPLICIT = 0xA0 /* [0], constructed */
};

typedef enum fv_p12_result {
    FV_P12_OK,
    FV_P12_WRONG,   /* the password does not fit */
    FV_P12_UNKNOWN, /* a scheme, cipher or digest that is not known here */
    FV_P12_DAMAGED, /* it is no DER, or asks for too many rounds */
    FV_P12_NO_MEMORY
} fv_p12_result;

/* A password in both of its forms. `bmp` is UTF-16 with its ending zero, for the older schemes. */
typedef struct fv_p12_password {
    const char *text; /* UTF-8; NULL: there is none */
    uint8_t bmp[64];
    size_t bmp_len;
} fv_p12_password;

/* Returns false for a password that is no UTF-8, or longer than 31 characters, which is all that
 * libmbedcrypto takes. */
bool fv_p12_password_init(fv_p12_password *password, const char *text);

/* Reads the element that comes, if it has the tag `tag`, and gives its contents. */
bool fv_p12_take(fv_cursor *cursor, uint8_t tag, fv_cursor *out_contents);
/* The same, of bytes that hold no elements. */
bool fv_p12_take_bytes(fv_cursor *cursor, uint8_t tag, fv_bytes *out);
/* Returns whether `oid` is that of `wanted`, whose bytes are written out. */
bool fv_p12_is_oid(fv_bytes oid, const char *wanted, size_t wanted_len);
#define FV_P12_IS_OID(oid, wanted) fv_p12_is_oid(oid, wanted, sizeof(wanted) - 1)

/* Decrypts `encrypted` into `out`, which has room for as many bytes. `algorithm` is at an
 * AlgorithmIdentifier. The rounds that it asks for are taken from `left`. */
fv_p12_result fv_p12_decrypt(fv_cursor algorithm, const fv_p12_password *password,
                             fv_bytes encrypted, uint64_t *left, uint8_t *out, size_t *out_len);
/* Checks the MAC of `content`; `mac` is at the MacData. */
fv_p12_result fv_p12_check_mac(fv_cursor mac, const fv_p12_password *password, fv_bytes content,
                               uint64_t *left);

#endif
