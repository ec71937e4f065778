#include "records.h"

#include <stdlib.h>

static fedval_status append_srv(const ldns_rr *rr, const char *owner, fedval_fact *fact)
{
    if (ldns_rr_rd_count(rr) != 4)
        return FEDVAL_ERROR_SYNTAX;
    char *target = ldns_rdf2str(ldns_rr_rdf(rr, 3));
    if (target == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fedval_status status = fedval_fact_append_srv(
        fact, owner, ldns_rr_ttl(rr), ldns_rdf2native_int16(ldns_rr_rdf(rr, 0)),
        ldns_rdf2native_int16(ldns_rr_rdf(rr, 1)), ldns_rdf2native_int16(ldns_rr_rdf(rr, 2)),
        target);
    free(target);
    return status;
}

/* Address and alias: one field, whose text is what the fact holds. */
static fedval_status append_one(const ldns_rr *rr, const char *owner, fedval_fact *fact)
{
    if (ldns_rr_rd_count(rr) != 1)
        return FEDVAL_ERROR_SYNTAX;
    char *data = ldns_rdf2str(ldns_rr_rdf(rr, 0));
    if (data == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fedval_status status = ldns_rr_get_type(rr) == LDNS_RR_TYPE_CNAME
                               ? fedval_fact_append_cname(fact, owner, ldns_rr_ttl(rr), data)
                               : fedval_fact_append_address(fact, owner, ldns_rr_ttl(rr), data);
    free(data);
    return status;
}

static bool is_wanted(ldns_rr_type type)
{
    return type == LDNS_RR_TYPE_A || type == LDNS_RR_TYPE_AAAA || type == LDNS_RR_TYPE_SRV ||
           type == LDNS_RR_TYPE_CNAME;
}

fedval_status fv_ldns_append(const ldns_rr *rr, const ldns_rdf *owner, fedval_fact *fact)
{
    ldns_rr_type type = ldns_rr_get_type(rr);
    if (!is_wanted(type))
        return FEDVAL_OK;
    char *name = ldns_rdf2str(owner != NULL ? owner : ldns_rr_owner(rr));
    if (name == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fedval_status status =
        type == LDNS_RR_TYPE_SRV ? append_srv(rr, name, fact) : append_one(rr, name, fact);
    free(name);
    return status;
}

const ldns_rdf *fv_ldns_alias_target(const ldns_rr *rr)
{
    return ldns_rr_rd_count(rr) == 1 ? ldns_rr_rdf(rr, 0) : NULL;
}
