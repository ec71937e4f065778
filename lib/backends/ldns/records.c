#include "records.h"

#include "base/text.h"

#include <string.h>

/* Writes a name or an address. `ldns_rdf2buffer_str` would do so too, and bring the text of all
 * types of records into the WebAssembly module. */
static ldns_status write_field(ldns_buffer *into, const ldns_rdf *field)
{
    if (ldns_rdf_get_type(field) == LDNS_RDF_TYPE_A)
        return ldns_rdf2buffer_str_a(into, field);
    if (ldns_rdf_get_type(field) == LDNS_RDF_TYPE_AAAA)
        return ldns_rdf2buffer_str_aaaa(into, field);
    return ldns_rdf2buffer_str_dname(into, field);
}

ldns_buffer *fv_ldns_write(const ldns_rdf *field)
{
    ldns_buffer *written = ldns_buffer_new(LDNS_MAX_DOMAINLEN);
    if (written == NULL)
        return NULL;
    if (write_field(written, field) == LDNS_STATUS_OK && ldns_buffer_reserve(written, 1)) {
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

static bool is_owner(const fedval_fact *fact, const char *name)
{
    for (size_t i = 0; i < fedval_fact_count_records(fact); i++) {
        if (fedval_fact_get_record_type(fact, i) == FEDVAL_TYPE_CNAME &&
            fv_text_equal_nocase(fv_text_of(fedval_fact_get_record_owner(fact, i)),
                                 fv_text_of(name)))
            return true;
    }
    return false;
}

const char *fv_ldns_endless_detail(const fedval_fact *fact)
{
    size_t count = fedval_fact_count_records(fact);
    if (count > 0 && is_owner(fact, fedval_fact_get_record_data(fact, count - 1)))
        return NULL;
    return "more than 16 aliases (CNAME) in a row, and resolvers give up before";
}

/* ---- DNAME ---- */

bool fv_ldns_renames_into_itself(const ldns_rr *rr)
{
    return ldns_rr_get_type(rr) == LDNS_RR_TYPE_DNAME && ldns_rr_rd_count(rr) == 1 &&
           (ldns_dname_is_subdomain(ldns_rr_rdf(rr, 0), ldns_rr_owner(rr)) ||
            ldns_dname_compare(ldns_rr_rdf(rr, 0), ldns_rr_owner(rr)) == 0);
}

static bool is_renamed(const ldns_rdf *name, const ldns_rr *rr)
{
    return ldns_rr_get_type(rr) == LDNS_RR_TYPE_DNAME &&
           ldns_rr_get_class(rr) == LDNS_RR_CLASS_IN && ldns_rr_rd_count(rr) == 1 &&
           ldns_dname_is_subdomain(name, ldns_rr_owner(rr));
}

/* The labels of `name` before the owner of the DNAME record, and then its target. */
static ldns_rdf *rename_below(const ldns_rdf *name, const ldns_rr *dname)
{
    uint8_t bytes[LDNS_MAX_DOMAINLEN];
    const ldns_rdf *target = ldns_rr_rdf(dname, 0);
    size_t kept = ldns_rdf_size(name) - ldns_rdf_size(ldns_rr_owner(dname));
    memcpy(bytes, ldns_rdf_data(name), kept);
    memcpy(bytes + kept, ldns_rdf_data(target), ldns_rdf_size(target));
    return ldns_rdf_new_frm_data(LDNS_RDF_TYPE_DNAME, kept + ldns_rdf_size(target), bytes);
}

/* RFC 6672 3.1: "The synthesized CNAME has the TTL of the DNAME". */
fedval_status fv_ldns_rename_by(const ldns_rr *dname, const ldns_rdf *name, ldns_rr **out_alias)
{
    size_t owner_len = ldns_rdf_size(ldns_rr_owner(dname));
    if (ldns_rr_rd_count(dname) != 1 || ldns_rdf_size(name) < owner_len ||
        ldns_rdf_size(name) > LDNS_MAX_DOMAINLEN ||
        ldns_rdf_size(name) - owner_len + ldns_rdf_size(ldns_rr_rdf(dname, 0)) > LDNS_MAX_DOMAINLEN)
        return FEDVAL_ERROR_SYNTAX;
    ldns_rr *alias = ldns_rr_new();
    ldns_rdf *owner = ldns_rdf_clone(name), *target = rename_below(name, dname);
    if (alias == NULL || owner == NULL || target == NULL || !ldns_rr_push_rdf(alias, target)) {
        ldns_rdf_deep_free(owner);
        ldns_rdf_deep_free(target);
        ldns_rr_free(alias);
        return FEDVAL_ERROR_NO_MEMORY;
    }
    ldns_rr_set_owner(alias, owner);
    ldns_rr_set_type(alias, LDNS_RR_TYPE_CNAME);
    ldns_rr_set_class(alias, LDNS_RR_CLASS_IN);
    ldns_rr_set_ttl(alias, ldns_rr_ttl(dname));
    *out_alias = alias;
    return FEDVAL_OK;
}

fedval_status fv_ldns_rename(ldns_rr_list *list, const ldns_rdf *name, const ldns_rr **out_alias)
{
    for (size_t i = 0; i < ldns_rr_list_rr_count(list); i++) {
        ldns_rr *alias;
        if (!is_renamed(name, ldns_rr_list_rr(list, i)))
            continue;
        fedval_status status = fv_ldns_rename_by(ldns_rr_list_rr(list, i), name, &alias);
        if (status == FEDVAL_OK && !ldns_rr_list_push_rr(list, alias)) {
            ldns_rr_free(alias);
            status = FEDVAL_ERROR_NO_MEMORY;
        }
        if (status == FEDVAL_OK)
            *out_alias = alias;
        return status;
    }
    return FEDVAL_OK;
}
