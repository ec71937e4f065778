#include "records.h"

ldns_buffer *fv_ldns_write(const ldns_rdf *field)
{
    ldns_buffer *written = ldns_buffer_new(LDNS_MAX_DOMAINLEN);
    if (written == NULL)
        return NULL;
    if (ldns_rdf2buffer_str(written, field) == LDNS_STATUS_OK && ldns_buffer_reserve(written, 1)) {
        ldns_buffer_write_u8(written, 0);
        return written;
    }
    ldns_buffer_free(written);
    return NULL;
}

const char *fv_ldns_text(ldns_buffer *written)
{
    return (const char *)ldns_buffer_begin(written);
}

static fedval_status append_srv(const ldns_rr *rr, const char *owner, fedval_fact *fact)
{
    ldns_buffer *target = fv_ldns_write(ldns_rr_rdf(rr, 3));
    if (target == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fedval_status status = fedval_fact_append_srv(
        fact, owner, FEDVAL_NUL_ENDED, ldns_rr_ttl(rr), ldns_rdf2native_int16(ldns_rr_rdf(rr, 0)),
        ldns_rdf2native_int16(ldns_rr_rdf(rr, 1)), ldns_rdf2native_int16(ldns_rr_rdf(rr, 2)),
        fv_ldns_text(target), FEDVAL_NUL_ENDED);
    ldns_buffer_free(target);
    return status;
}

/* Appends an address, an alias or a name server: its only field is the text in the fact. */
static fedval_status append_one(const ldns_rr *rr, const char *owner, fedval_fact *fact)
{
    ldns_buffer *written = fv_ldns_write(ldns_rr_rdf(rr, 0));
    if (written == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    const char *data = fv_ldns_text(written);
    fedval_status status =
        ldns_rr_get_type(rr) == LDNS_RR_TYPE_NS
            ? fedval_fact_append_ns(fact, owner, FEDVAL_NUL_ENDED, ldns_rr_ttl(rr), data,
                                    FEDVAL_NUL_ENDED)
        : ldns_rr_get_type(rr) == LDNS_RR_TYPE_CNAME
            ? fedval_fact_append_cname(fact, owner, FEDVAL_NUL_ENDED, ldns_rr_ttl(rr), data,
                                       FEDVAL_NUL_ENDED)
            : fedval_fact_append_address(fact, owner, FEDVAL_NUL_ENDED, ldns_rr_ttl(rr), data,
                                         FEDVAL_NUL_ENDED);
    ldns_buffer_free(written);
    return status;
}

static bool is_wanted(ldns_rr_type type)
{
    return type == LDNS_RR_TYPE_A || type == LDNS_RR_TYPE_AAAA || type == LDNS_RR_TYPE_SRV ||
           type == LDNS_RR_TYPE_CNAME || type == LDNS_RR_TYPE_NS;
}

bool fv_ldns_has_data(const ldns_rr *rr)
{
    size_t wanted = ldns_rr_get_type(rr) == LDNS_RR_TYPE_SRV ? 4 : 1;
    return !is_wanted(ldns_rr_get_type(rr)) || ldns_rr_rd_count(rr) == wanted;
}

fedval_status fv_ldns_append(const ldns_rr *rr, const ldns_rdf *owner, fedval_fact *fact)
{
    ldns_rr_type type = ldns_rr_get_type(rr);
    if (!is_wanted(type))
        return FEDVAL_OK;
    if (!fv_ldns_has_data(rr))
        return FEDVAL_ERROR_SYNTAX;
    ldns_buffer *written = fv_ldns_write(owner != NULL ? owner : ldns_rr_owner(rr));
    if (written == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    const char *name = fv_ldns_text(written);
    fedval_status status =
        type == LDNS_RR_TYPE_SRV ? append_srv(rr, name, fact) : append_one(rr, name, fact);
    ldns_buffer_free(written);
    return status;
}

const ldns_rdf *fv_ldns_alias_target(const ldns_rr *rr)
{
    return ldns_rr_rd_count(rr) == 1 ? ldns_rr_rdf(rr, 0) : NULL;
}
