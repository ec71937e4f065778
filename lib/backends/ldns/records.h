/* ldns records and names, as facts hold them. */
#ifndef FV_LDNS_RECORDS_H
#define FV_LDNS_RECORDS_H

#include "fedval/evidence.h"

#include <ldns/ldns.h>

#define FV_LDNS_MAX_ALIASES 16 /* CNAME records followed for one question */

/* A name or address as NUL-ended text; NULL when memory is short. Free with ldns_buffer_free. */
ldns_buffer *fv_ldns_write(const ldns_rdf *field);
const char *fv_ldns_text(ldns_buffer *written);
/* False: a record of type A, AAAA, SRV or CNAME lacks its fields ("\# 0", RFC 3597 5). */
bool fv_ldns_has_data(const ldns_rr *rr);
/* Appends a record of type A, AAAA, SRV or CNAME; others are passed over. owner NULL: its own.
 * SYNTAX: it lacks its data. */
fedval_status fv_ldns_append(const ldns_rr *rr, const ldns_rdf *owner, fedval_fact *fact);
/* The target of a CNAME record; NULL when it has none. Borrowed. */
const ldns_rdf *fv_ldns_alias_target(const ldns_rr *rr);

#endif
