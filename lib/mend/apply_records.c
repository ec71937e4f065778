/* First stage: the records as the actions make them. */
#include "fedval/name.h"
#include "mend/apply.h"

#include <stdlib.h>
#include <string.h>

/* Whether it is an action on a record of a type that is to be carried out. */
static bool is_record_action(const fv_report_action *action, uint32_t type)
{
    return action->kind == FEDVAL_ACTION_DNS && action->alternative_to == 0 &&
           action->op != FEDVAL_OP_KEEP && action->record.type == type;
}

/* ---- one set of records ---- */

typedef struct record_set {
    const char *name;
    uint32_t type;
    const fedval_fact *now; /* NULL: not asked */
} record_set;

static bool is_of_set(const fv_report_action *action, const record_set *set)
{
    return is_record_action(action, set->type) &&
           fv_text_equal_nocase(fv_text_of(action->record.owner), fv_text_of(set->name));
}

static bool is_same_data(const fv_record *record, const fv_record *wanted)
{
    if (record->type == FEDVAL_TYPE_CNAME)
        return true; /* there can be one alone */
    if (record->type != FEDVAL_TYPE_SRV) {
        return wanted->address.len > 0 && wanted->address.len == record->address.len &&
               memcmp(wanted->address.bytes, record->address.bytes, wanted->address.len) == 0;
    }
    return wanted->priority == record->priority && wanted->weight == record->weight &&
           wanted->port == record->port && strcmp(wanted->data, record->data) == 0;
}

/* A replacement takes the place of all records of its set. */
static bool is_kept(const fv_mend *mend, const fv_record *record, const record_set *set)
{
    for (size_t i = 0; i < mend->num_actions; i++) {
        const fv_report_action *action = &mend->actions[i];
        if (!is_of_set(action, set))
            continue;
        if (action->op == FEDVAL_OP_REPLACE ||
            (action->op == FEDVAL_OP_REMOVE && is_same_data(record, &action->record)))
            return false;
    }
    return true;
}

static fedval_status fill_set(const fv_mend *mend, const record_set *set, fedval_fact *fact)
{
    fedval_status status = FEDVAL_OK;
    const fv_record alias = {.type = FEDVAL_TYPE_CNAME};
    const record_set aliases = {.name = set->name, .type = alias.type};
    bool stays = is_kept(mend, &alias, &aliases);
    for (size_t i = 0; set->now != NULL && status == FEDVAL_OK && i < set->now->num_records; i++) {
        const fv_record *record = &set->now->records[i];
        if (record->type == set->type && stays && is_kept(mend, record, set))
            status = fv_mend_append_record(fact, set->name, record);
    }
    for (size_t i = 0; status == FEDVAL_OK && i < mend->num_actions; i++) {
        const fv_report_action *action = &mend->actions[i];
        if (is_of_set(action, set) && action->op != FEDVAL_OP_REMOVE)
            status = fv_mend_append_record(fact, set->name, &action->record);
    }
    return status;
}

static fedval_status change_set(fv_mend *mend, record_set *set)
{
    fedval_evidence *evidence;
    fedval_fact *fact = NULL;
    fedval_status status = fv_mend_open_evidence(mend, &evidence);
    if (status == FEDVAL_OK) {
        set->now = fv_evidence_find_dns(evidence, set->name, set->type, 0);
        status =
            fedval_fact_new_dns(mend->now->scene.domain, FEDVAL_NUL_ENDED, set->type, 0, &fact);
    }
    if (status == FEDVAL_OK)
        status = fill_set(mend, set, fact);
    if (status == FEDVAL_OK) {
        status = fedval_fact_set_outcome(fact, fact->num_records > 0 ? FEDVAL_OUTCOME_ANSWER
                                                                     : FEDVAL_OUTCOME_NODATA);
    }
    if (status == FEDVAL_OK) {
        fedval_fact renamed = *fact; /* its name may be one that is still to be chosen */
        renamed.question.name = set->name;
        status = fedval_evidence_append(evidence, &renamed);
    }
    fedval_fact_free(fact);
    mend->is_changed = true;
    return status;
}

/* ---- the whole ---- */

static const struct {
    uint32_t type, beside; /* the other family of an address, which a resolver asks for too */
} types[] = {
    {FEDVAL_TYPE_SRV, FEDVAL_TYPE_SRV},
    {FEDVAL_TYPE_A, FEDVAL_TYPE_AAAA},
    {FEDVAL_TYPE_AAAA, FEDVAL_TYPE_A},
};

static fedval_status change_type(fv_mend *mend, const fv_report_action *action, size_t row)
{
    record_set set = {.name = action->record.owner, .type = types[row].type};
    for (const fv_report_action *before = mend->actions; before < action; before++) {
        if (is_of_set(before, &set))
            return FEDVAL_OK;
    }
    fedval_status status = change_set(mend, &set);
    if (status != FEDVAL_OK || types[row].beside == set.type ||
        fv_evidence_find_dns(mend->evidence, set.name, types[row].beside, 0) != NULL)
        return status;
    set.type = types[row].beside;
    return change_set(mend, &set);
}

/* A provider who mends its addresses has a public one. */
static fedval_status mend_provider(fv_mend *mend, const fv_report_action *action)
{
    fedval_evidence *evidence;
    fedval_fact *fact = NULL;
    bool is_asked = false;
    for (size_t i = 0; i < action->num_why; i++)
        is_asked |= fedval_catalogue_find(action->why[i])->cure == FEDVAL_CURE_ADDRESS_RECORD;
    if (action->kind != FEDVAL_ACTION_PARTNER || action->alternative_to != 0 || !is_asked)
        return FEDVAL_OK;
    fedval_status status = fv_mend_open_evidence(mend, &evidence);
    if (status == FEDVAL_OK)
        status = fedval_fact_new_dns(action->owner, FEDVAL_NUL_ENDED, FEDVAL_TYPE_A, 0, &fact);
    if (status == FEDVAL_OK) {
        const fv_record record = fv_mend_address_record(action->owner, FV_MEND_TTL, NULL);
        status = fv_mend_append_record(fact, action->owner, &record);
    }
    if (status == FEDVAL_OK)
        status = fedval_fact_set_outcome(fact, FEDVAL_OUTCOME_ANSWER);
    if (status == FEDVAL_OK)
        status = fedval_evidence_append(evidence, fact);
    fedval_fact_free(fact);
    mend->is_changed = true;
    return status;
}

fedval_status fv_apply_records(fv_mend *mend)
{
    fedval_status status = FEDVAL_OK;
    fedval_evidence *evidence;
    for (size_t i = 0; status == FEDVAL_OK && i < mend->num_actions; i++) {
        const fv_report_action *action = &mend->actions[i];
        status = mend_provider(mend, action);
        for (size_t k = 0; status == FEDVAL_OK && k < sizeof(types) / sizeof(types[0]); k++) {
            if (is_record_action(action, types[k].type))
                status = change_type(mend, action, k);
        }
        if (status == FEDVAL_OK && is_record_action(action, FV_TYPE_RRSIG)) {
            status = fv_mend_open_evidence(mend, &evidence);
            if (status == FEDVAL_OK)
                fv_mend_sign_again(evidence);
            mend->is_changed = true;
        }
    }
    return status;
}
