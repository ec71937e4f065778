#include "verifiers.h"

#include <stdbool.h>
#include <string.h>

#ifdef HAVE_FEDVAL_OPENSSL
#include "fedval/openssl.h"
#endif
#ifdef HAVE_FEDVAL_MBEDTLS
#include "fedval/mbedtls.h"
#endif

static bool is_wanted(const char *name, const char *here)
{
    return name == NULL || strcmp(name, here) == 0;
}

fedval_verifier *verifier_by_name(const char *name)
{
    fedval_verifier *verifier = NULL;
#ifdef HAVE_FEDVAL_OPENSSL
    if (verifier == NULL && is_wanted(name, "openssl"))
        (void)fedval_openssl_verifier_new(&verifier);
#endif
#ifdef HAVE_FEDVAL_MBEDTLS
    if (verifier == NULL && is_wanted(name, "mbedtls"))
        (void)fedval_mbedtls_verifier_new(&verifier);
#endif
    return verifier;
}
