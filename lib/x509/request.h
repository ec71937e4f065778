/* A certificate request (PKCS #10, RFC 2986) as the facts of the certificate that it asks for. */
#ifndef FV_X509_REQUEST_H
#define FV_X509_REQUEST_H

#include "x509/certificate.h"

/* Decodes one request. The subject, key and extensions that it asks for are in the members of a
 * certificate. Issuer, serial number and validity are FV_UNKNOWN, because only a CA can give them.
 * `tbs`, `outer_algorithm` and `signature` are those of the request, which its own key signed.
 * Returns as fv_certificate_decode. */
fedval_status fv_request_decode(fv_arena *arena, fv_bytes der, fv_certificate *out);

#endif
