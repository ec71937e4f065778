/* Converts ldns records and names to the form in facts. */
#ifndef FV_LDNS_RECORDS_H
#define FV_LDNS_RECORDS_H

#include "fedval/evidence.h"

/* Before ldns, which would define bool as a type of its own, and each file would have another. */
#include <stdbool.h>

#include <ldns/ldns.h>

#define FV_LDNS_MAX_ALIASES 16 /* CNAME records followed for one question */

/* Returns a name or address as NUL-ended text; NULL if memory is short. Free it with
 * ldns_buffer_free. */
ldns_buffer *fv_ldns_write(const ldns_rdf *field);
const char *fv_ldns_text(ldns_buffer *written);
/* Returns false if a record of type A, AAAA, SRV or CNAME has no fields ("\# 0", RFC 3597 5). */
bool fv_ldns_has_data(const ldns_rr *rr);
/* Appends a record of type A, AAAA, SRV or CNAME, and ignores other types. `owner` replaces the
 * owner of the record unless it is NULL. Returns SYNTAX if the record has no data. */
fedval_status fv_ldns_append(const ldns_rr *rr, const ldns_rdf *owner, fedval_fact *fact);
/* Returns the detail beside ALIAS_CIRCLE for a chain of FV_LDNS_MAX_ALIASES aliases that goes on:
 * NULL if its last name came before, else that the chain is too long. */
const char *fv_ldns_endless_detail(const fedval_fact *fact);
/* Returns whether a record is a DNAME whose target lies at or below its owner: each name below it
 * leads to a longer one, without end. */
bool fv_ldns_renames_into_itself(const ldns_rr *rr);
/* Returns the target of a CNAME record, borrowed; NULL if it has none. */
const ldns_rdf *fv_ldns_alias_target(const ldns_rr *rr);
/* Creates the CNAME record that `dname` stands for at `name`, which is below its owner. Returns 0,
 * NO_MEMORY, or SYNTAX if the new name is too long. */
fedval_status fv_ldns_rename_by(const ldns_rr *dname, const ldns_rdf *name, ldns_rr **out_alias);
/* If a DNAME record of `list` is above `name`, appends the CNAME record that it stands for (RFC
 * 6672 3.1), for an answer that lacks it, and sets `*out_alias` to it; the list owns it. Returns 0,
 * NO_MEMORY, or SYNTAX if the new name is too long. */
fedval_status fv_ldns_rename(ldns_rr_list *list, const ldns_rdf *name, const ldns_rr **out_alias);

#endif
