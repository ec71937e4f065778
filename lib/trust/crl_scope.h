/* The scope of a CRL: the certificates and the reasons that it covers (RFC 5280 6.3.3 (b), (d)). */
#ifndef FV_TRUST_CRL_SCOPE_H
#define FV_TRUST_CRL_SCOPE_H

#include "base/arena.h"
#include "x509/crl.h"

/* Whether a CRL covers a certificate at one of its distribution points, and for which reasons. */
typedef struct fv_crl_fit {
    /* the CRL is from the issuer of the certificate, or from the CRL issuer that the point names */
    bool is_related;
    const char *fault; /* why a related CRL does not cover the certificate; NULL: it does */
    uint32_t reasons;  /* the reasons for which it covers the certificate */
    bool no_memory;
} fv_crl_fit;

/* `point` is a distribution point of the certificate. NULL: the one that every certificate has
 * without naming it, "the distribution point name of the certificate issuer" (RFC 5280 6.3.3). */
fv_crl_fit fv_crl_fit_of(fv_arena *scratch, const fv_crl *crl, const fv_certificate *certificate,
                         const fv_crl_point *point);
/* Whether one of the names is the directory name `wanted`. */
bool fv_crl_names_hold(const fv_general_names *names, const fv_name *wanted);
/* Whether two CRLs have the same issuer and the same key, and cover the same certificates and
 * reasons. Of two such CRLs the newer one counts, and a delta belongs to a base of the same scope.
 * After a renewal of its key a CA may sign two lists side by side, one for each key (AD CS does).
 */
bool fv_crl_is_same_scope(const fv_crl *a, const fv_crl *b);

#endif
