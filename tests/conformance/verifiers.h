/* The verifiers that were built. */
#ifndef FEDVAL_TESTS_VERIFIERS_H
#define FEDVAL_TESTS_VERIFIERS_H

#include "fedval/backend.h"

/* "openssl" or "mbedtls"; NULL: the faster one that is there. NULL when there is none. Free with
 * fedval_verifier_free. */
fedval_verifier *verifier_by_name(const char *name);

#endif
