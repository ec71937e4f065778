/* The fits of CRLs that a search keeps, so that each is worked out once, however many paths a
 * certificate is on. */
#ifndef FV_TRUST_CRL_FITS_H
#define FV_TRUST_CRL_FITS_H

#include "trust/crl_scope.h"
#include "trust/crls.h"
#include "trust/search.h"

enum { FV_CRL_MOST_POINTS = 32 }; /* of a certificate are looked at */

/* Returns how many distribution points of a certificate are looked at. */
size_t fv_crl_num_points(const fv_certificate *certificate);
/* Returns how a CRL covers the certificate of `node` at its distribution point `point`, which is
 * less than fv_crl_num_points(), or equal: then at the one that every certificate has. Where memory
 * is short the status of the search says so. */
fv_crl_fit fv_crl_fit_at(fv_search *search, fv_node *node, const fv_given_crl *given, size_t point);

#endif
