/* The answers of a zone: the algorithm of RFC 1034 4.3.2, with the wildcards of RFC 4592. */
#include "zone.h"

#include <stdlib.h>

/* Returns the first record whose owner does not sort before `name`. */
static size_t lower_bound(const fv_zone *zone, const ldns_rdf *name)
{
    size_t low = 0, high = zone->num_records;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ldns_dname_compare(ldns_rr_owner(zone->records[middle].rr), name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_owner(const fv_zone *zone, size_t index, const ldns_rdf *name)
{
    return index < zone->num_records &&
           ldns_dname_compare(ldns_rr_owner(zone->records[index].rr), name) == 0;
}

static const ldns_rr *find(const fv_zone *zone, const ldns_rdf *name, ldns_rr_type type)
{
    for (size_t i = lower_bound(zone, name); is_owner(zone, i, name); i++) {
        if (ldns_rr_get_type(zone->records[i].rr) == type)
            return zone->records[i].rr;
    }
    return NULL;
}

static bool is_same_text(const uint8_t *a, const uint8_t *b, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (fv_ascii_lower((char)a[i]) != fv_ascii_lower((char)b[i]))
            return false;
    }
    return true;
}

/* Compares without letter case. The bytes with the lengths of labels are never letters, so the
 * comparison leaves them alone. */
bool fv_zone_is_at_or_below(const ldns_rdf *name, const ldns_rdf *above)
{
    const uint8_t *data = ldns_rdf_data(name);
    size_t len = ldns_rdf_size(name), above_len = ldns_rdf_size(above), at = 0;
    while (len - at > above_len && data[at] != 0 && data[at] < len - at)
        at += 1 + (size_t)data[at];
    return len - at == above_len && is_same_text(data + at, ldns_rdf_data(above), above_len);
}

/* Whether the name owns records, or names below it do (an empty non-terminal). Names below it
 * directly follow it in the order. */
static bool exists(const fv_zone *zone, const ldns_rdf *name)
{
    size_t index = lower_bound(zone, name);
    return is_owner(zone, index, name) ||
           (index < zone->num_records &&
            fv_zone_is_at_or_below(ldns_rr_owner(zone->records[index].rr), name));
}

static bool is_inside(const fv_zone *zone, const ldns_rdf *name)
{
    return fv_zone_is_at_or_below(name, zone->apex);
}

/* Returns the name without its first `num_labels` labels; NULL if memory is short. */
static ldns_rdf *strip(const ldns_rdf *name, size_t num_labels)
{
    return ldns_dname_clone_from(name, (uint16_t)num_labels);
}

enum place { PLACE_HERE, PLACE_DELEGATED, PLACE_RENAMED, PLACE_NO_MEMORY };

/* Walks from the apex down to the name. A delegation (NS) gives everything below it to another
 * zone; a DNAME (RFC 6672), which `*out_dname` gets, renames everything below it. */
static enum place find_place(const fv_zone *zone, const ldns_rdf *name, const ldns_rr **out_dname)
{
    *out_dname = find(zone, zone->apex, LDNS_RR_TYPE_DNAME);
    if (*out_dname != NULL && ldns_dname_compare(zone->apex, name) != 0)
        return PLACE_RENAMED;
    size_t depth = ldns_dname_label_count(name) - ldns_dname_label_count(zone->apex);
    for (size_t strip_labels = depth; strip_labels-- > 0;) {
        ldns_rdf *above = strip(name, strip_labels);
        if (above == NULL)
            return PLACE_NO_MEMORY;
        bool delegated = find(zone, above, LDNS_RR_TYPE_NS) != NULL;
        *out_dname = strip_labels > 0 ? find(zone, above, LDNS_RR_TYPE_DNAME) : NULL;
        ldns_rdf_deep_free(above);
        if (delegated || *out_dname != NULL)
            return delegated ? PLACE_DELEGATED : PLACE_RENAMED;
    }
    return PLACE_HERE;
}

/* Finds the wildcard for a name that does not exist: the one directly under its closest encloser
 * (RFC 4592 3.3.1). Sets `*out` to NULL if there is none. Returns false if memory is short. */
static bool find_wildcard(const fv_zone *zone, const ldns_rdf *name, ldns_rdf **out)
{
    size_t depth = ldns_dname_label_count(name) - ldns_dname_label_count(zone->apex);
    ldns_rdf *star = ldns_dname_new_frm_str("*"), *wildcard = NULL;
    bool good = star != NULL;
    for (size_t labels = 1; good && labels <= depth; labels++) {
        ldns_rdf *encloser = strip(name, labels);
        bool found = encloser != NULL && exists(zone, encloser);
        good = encloser != NULL;
        if (found)
            wildcard = ldns_dname_cat_clone(star, encloser);
        ldns_rdf_deep_free(encloser);
        if (found)
            break;
    }
    ldns_rdf_deep_free(star);
    if (wildcard != NULL && lower_bound(zone, wildcard) < zone->num_records &&
        is_owner(zone, lower_bound(zone, wildcard), wildcard)) {
        *out = wildcard;
        return good;
    }
    ldns_rdf_deep_free(wildcard);
    *out = NULL;
    return good;
}

/* ---- one step: the records of a name, its alias, or nothing ---- */

typedef struct look_up {
    const fv_zone *zone;
    const ldns_rdf *name;
    uint16_t type;
    fedval_fact *fact;
    const ldns_rdf *next; /* the target of an alias */
    bool is_circle;       /* a DNAME record leads below itself */
    ldns_rr_list *made;   /* the aliases that DNAME records stand for */
} look_up;

/* Answers with the records of `owner`, under the name of the step. The two differ only if `owner`
 * is a wildcard. */
static fedval_status answer_from(look_up *step, const ldns_rdf *owner, uint32_t *out_outcome)
{
    const ldns_rr *alias = find(step->zone, owner, LDNS_RR_TYPE_CNAME);
    if (alias != NULL) {
        step->next = fv_ldns_alias_target(alias);
        return fv_ldns_append(alias, step->name, step->fact);
    }
    *out_outcome = FEDVAL_OUTCOME_NODATA;
    size_t index = lower_bound(step->zone, owner);
    for (; is_owner(step->zone, index, owner); index++) {
        const ldns_rr *rr = step->zone->records[index].rr;
        if ((uint32_t)ldns_rr_get_type(rr) != step->type)
            continue;
        fedval_status status = fv_ldns_append(rr, step->name, step->fact);
        if (status != FEDVAL_OK)
            return status;
        *out_outcome = FEDVAL_OUTCOME_ANSWER;
    }
    return FEDVAL_OK;
}

static fedval_status answer_here(look_up *step, uint32_t *out_outcome)
{
    ldns_rdf *wildcard = NULL;
    if (exists(step->zone, step->name))
        return answer_from(step, step->name, out_outcome);
    if (!find_wildcard(step->zone, step->name, &wildcard))
        return FEDVAL_ERROR_NO_MEMORY;
    fedval_status status = FEDVAL_OK;
    if (wildcard == NULL)
        *out_outcome = FEDVAL_OUTCOME_NXDOMAIN;
    else
        status = answer_from(step, wildcard, out_outcome);
    ldns_rdf_deep_free(wildcard);
    return status;
}

/* RFC 6672 3.2: "the name being sought is changed", and the look-up begins again. A name that gets
 * too long does not exist (RFC 6672 2.2: YXDOMAIN). */
static fedval_status answer_renamed(look_up *step, const ldns_rr *dname, uint32_t *out_outcome,
                                    const char **out_detail)
{
    ldns_rr *alias = NULL;
    step->is_circle |= fv_ldns_renames_into_itself(dname);
    fedval_status status = fv_ldns_rename_by(dname, step->name, &alias);
    if (status == FEDVAL_ERROR_SYNTAX && step->is_circle) {
        *out_outcome = FEDVAL_OUTCOME_ALIAS_CIRCLE;
        return FEDVAL_OK;
    }
    if (status == FEDVAL_ERROR_SYNTAX) {
        *out_outcome = FEDVAL_OUTCOME_SERVFAIL;
        *out_detail = "the zone renames this name by DNAME to one that is too long";
        return FEDVAL_OK;
    }
    if (status == FEDVAL_OK && !ldns_rr_list_push_rr(step->made, alias)) {
        ldns_rr_free(alias);
        status = FEDVAL_ERROR_NO_MEMORY;
    }
    if (status != FEDVAL_OK)
        return status;
    step->next = fv_ldns_alias_target(alias);
    return fv_ldns_append(alias, step->name, step->fact);
}

/* Returns NOT_FOUND if this zone does not answer for the name. */
static fedval_status answer_step(look_up *step, uint32_t *out_outcome, const char **out_detail)
{
    const ldns_rr *dname;
    step->next = NULL;
    if (!is_inside(step->zone, step->name))
        return FEDVAL_ERROR_NOT_FOUND;
    switch (find_place(step->zone, step->name, &dname)) {
    case PLACE_HERE:
        return answer_here(step, out_outcome);
    case PLACE_RENAMED:
        return answer_renamed(step, dname, out_outcome, out_detail);
    case PLACE_NO_MEMORY:
        return FEDVAL_ERROR_NO_MEMORY;
    case PLACE_DELEGATED:
    default:
        return FEDVAL_ERROR_NOT_FOUND;
    }
}

/* Follows aliases. If one leads out of the zone, the question has no answer here: that is neither a
 * failure of a server nor "no such name". */
static fedval_status answer_all(look_up *step, uint32_t *out_outcome, const char **out_detail)
{
    fedval_status status = answer_step(step, out_outcome, out_detail);
    for (int aliases = 1; status == FEDVAL_OK && step->next != NULL; aliases++) {
        step->name = step->next;
        if (aliases > FV_LDNS_MAX_ALIASES) {
            *out_outcome = FEDVAL_OUTCOME_ALIAS_CIRCLE;
            *out_detail = step->is_circle ? NULL : fv_ldns_endless_detail(step->fact);
            return FEDVAL_OK;
        }
        status = answer_step(step, out_outcome, out_detail);
        if (status == FEDVAL_ERROR_NOT_FOUND) {
            *out_outcome = FEDVAL_OUTCOME_NOT_ANSWERED;
            *out_detail = "the alias (CNAME or DNAME) leads out of the zone that was given: give "
                          "the zone to which it leads, too";
            return FEDVAL_OK;
        }
    }
    return status;
}

fedval_status fv_zone_answer(const fv_zone *zone, const char *name, uint16_t type,
                             fedval_fact *fact)
{
    uint32_t outcome = 0;
    const char *detail = NULL;
    ldns_rdf *asked = ldns_dname_new_frm_str(name);
    look_up step = {
        .zone = zone, .name = asked, .type = type, .fact = fact, .made = ldns_rr_list_new()};
    fedval_status status = asked == NULL || step.made == NULL
                               ? FEDVAL_ERROR_NO_MEMORY
                               : answer_all(&step, &outcome, &detail);
    ldns_rdf_deep_free(asked);
    ldns_rr_list_deep_free(step.made);
    if (status == FEDVAL_OK && detail != NULL)
        status = fedval_fact_set_detail(fact, detail, FEDVAL_NUL_ENDED);
    return status == FEDVAL_OK ? fedval_fact_set_outcome(fact, outcome) : status;
}
