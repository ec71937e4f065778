/* What the comparison of our decoder with other libraries shares. */
#ifndef TESTS_CONFORMANCE_DECODE_H
#define TESTS_CONFORMANCE_DECODE_H

#include "x509/crl.h"

/* Called for each difference; fields are short words ("serial"). */
void differ(const char *library, const char *field, const char *ours, const char *theirs);
void differ_bytes(const char *library, const char *field, fv_bytes ours, fv_bytes theirs);
void differ_number(const char *library, const char *field, int64_t ours, int64_t theirs);

/* Each reads the DER with its library and reports every difference. ours is NULL when we could not
 * cut the certificate. */
void compare_with_openssl(fv_bytes der, const fv_certificate *ours);
void compare_with_mbedtls(fv_bytes der, const fv_certificate *ours);
/* The same for a CRL. */
void compare_crl_with_openssl(fv_bytes der, const fv_crl *ours);

#endif
