/* Which certificates a CRL speaks of, and for which reasons (RFC 5280 6.3.3 (b), (d)). */
#ifndef FV_TRUST_CRL_SCOPE_H
#define FV_TRUST_CRL_SCOPE_H

#include "base/arena.h"
#include "x509/crl.h"

/* How a CRL stands to a certificate at one of its distribution points. */
typedef struct fv_crl_fit {
    bool is_related;   /* it is of the certificate's issuer, or of the CRL issuer that it names */
    const char *fault; /* why a related one does not speak of the certificate; NULL: it does */
    uint32_t reasons;  /* for which it speaks */
    bool no_memory;
} fv_crl_fit;

/* point: of the certificate; NULL: the one that every certificate has without naming it, "the
 * distribution point name of the certificate issuer" (RFC 5280 6.3.3). */
fv_crl_fit fv_crl_fit_of(fv_arena *scratch, const fv_crl *crl, const fv_certificate *certificate,
                         const fv_crl_point *point);
/* Two CRLs of one issuer for the same certificates and reasons: the newer one counts, and a delta
 * belongs to its base. */
bool fv_crl_is_same_scope(const fv_crl *a, const fv_crl *b);

#endif
