/* The codes of what a TLS connection agreed on, read once out of the names that a prober gives. */
#ifndef FV_MODEL_TLS_H
#define FV_MODEL_TLS_H

#include "base/text.h"

/* Numbers of versions (RFC 8446 4.1.2). */
enum { FV_SSL_3_0 = 0x0300, FV_TLS_1_2 = 0x0303, FV_TLS_1_3 = 0x0304 };

/* The kind of the key in the server's certificate. */
typedef enum fv_tls_key {
    FV_TLS_KEY_UNKNOWN = 0,
    FV_TLS_KEY_RSA,
    FV_TLS_KEY_ECDSA,
    FV_TLS_KEY_EDDSA,
} fv_tls_key;

/* Returns 0x0303 for "TLSv1.2"; 0 for an unknown name. */
uint16_t fv_tls_version_of(fv_text name);
/* Returns the kind of key that a suite with this name of IANA asks for: RSA for
 * "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256". A suite of TLS 1.3 asks for none. */
fv_tls_key fv_tls_key_of_suite(fv_text name);
/* Returns the kind of key that signs by this scheme (RFC 8446 4.2.3): ECDSA for
 * "ecdsa_secp256r1_sha256". */
fv_tls_key fv_tls_key_of_scheme(fv_text name);

#endif
