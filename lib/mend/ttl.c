/* Tells whether a TTL is the zone's or the rest of one in a cache. */
#include "mend/mend.h"

/* Returns any record of `type`: RFC 2181 5.2 says "the TTLs of all RRs in an RRSet must be the
 * same". */
static const fv_record *find_record(const fedval_fact *fact, uint32_t type)
{
    for (size_t i = 0; i < fact->num_records; i++) {
        if (fact->records[i].type == type)
            return &fact->records[i];
    }
    return NULL;
}

fv_mend_ttl fv_mend_ttl_of(const fv_mend *mend, const fedval_fact *fact, uint32_t seconds)
{
    const fedval_evidence *evidence = mend->now->scene.input->evidence;
    if (fact == NULL)
        return (fv_mend_ttl){FV_MEND_TTL, FEDVAL_AUTHORITY_UNKNOWN};
    for (size_t i = 0; i < evidence->num_facts; i++) {
        const fedval_fact *other = evidence->in_order[i];
        const fv_record *record = find_record(other, fact->question.type);
        if (record != NULL && other->authority == FEDVAL_AUTHORITY_ZONE &&
            other->question.type == fact->question.type &&
            fv_text_equal(fv_text_of(other->question.name), fv_text_of(fact->question.name)))
            return (fv_mend_ttl){record->ttl, FEDVAL_AUTHORITY_ZONE};
    }
    return (fv_mend_ttl){seconds, fact->authority};
}

fv_mend_ttl fv_mend_ttl_of_addresses(const fv_mend *mend, const fv_scene_target *target)
{
    const fedval_fact *fact =
        target->a != NULL && target->a->num_records > 0 ? target->a : target->aaaa;
    if (fact == NULL || fact->num_records == 0)
        return fv_mend_ttl_of(mend, NULL, 0);
    return fv_mend_ttl_of(mend, fact, fact->records[0].ttl);
}
