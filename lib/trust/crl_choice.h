/* One CRL beside the others: which of them can be believed, which is the newer, and which delta
 * belongs to which base (RFC 5280 5.2.4, 6.3.3 (c)). */
#ifndef FV_TRUST_CRL_CHOICE_H
#define FV_TRUST_CRL_CHOICE_H

#include "trust/crls.h"
#include "trust/search.h"

/* Returns NULL, or why nothing in the CRL can be believed: its form or its signature. */
const char *fv_crl_find_fault(fv_search *search, fv_given_crl *given, fv_node *issuer);
/* Whether the CRL was already made at the time to judge at. */
bool fv_crl_has_begun(const fv_search *search, const fv_crl *crl);
/* Whether a newer complete CRL of the same scope was given and can be believed. If the CRL lists
 * the certificate for good (`is_for_good`: not on hold), one with the same number does not take
 * that back. */
bool fv_crl_is_superseded(fv_search *search, const fv_given_crl *given, fv_node *issuer,
                          bool is_for_good);
/* Returns the newest delta that can be applied to the complete CRL `base`; NULL: none. */
const fv_crl *fv_crl_find_delta(fv_search *search, const fv_crl *base, fv_node *issuer);
/* Returns why the complete CRL `base` is not enough: a newer delta of its scope than `applied`
 * (NULL: none) was given and cannot be applied. NULL: it is enough. */
const char *fv_crl_find_delta_fault(fv_search *search, const fv_crl *base, const fv_crl *applied,
                                    fv_node *issuer);
/* Whether another CRL knows all that `given` knows: a newer complete one, or a newer delta that
 * goes back as far or whose base was given. */
bool fv_crl_is_overtaken(fv_search *search, const fv_given_crl *given, fv_node *issuer);

/* Returns what the verifiers of the profile demand of a CRL beyond RFC 5280 6.3; NULL: it is there.
 */
const char *fv_crl_find_demand(const fv_search *search, const fv_crl *crl, bool is_strict);

#endif
