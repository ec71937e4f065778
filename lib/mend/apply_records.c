/* First stage: the records as the actions make them. */
#include "fedval/name.h"
#include "mend/apply.h"

#include <stdlib.h>
#include <string.h>

/* Whether it is an action on a record of a type ("SRV") that is to be carried out. */
static bool is_record_action(const fv_report_action *action, const char *type)
{
    return action->kind == FEDVAL_ACTION_DNS && action->alternative_to == 0 &&
           action->op != FEDVAL_OP_KEEP && strcmp(action->type, type) == 0;
}

/* The name of its owner, without the final dot and in lower case; NULL when memory is short. */
static const char *owner_of(fv_mend *mend, const fv_report_action *action)
{
    size_t len = strlen(action->owner);
    char *name = fv_arena_alloc(mend->arena, len + 1);
    if (name == NULL)
        return NULL;
    for (size_t i = 0; i <= len; i++) {
        char c = action->owner[i];
        name[i] = (char)(c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c);
    }
    if (len > 1 && name[len - 1] == '.')
        name[len - 1] = '\0';
    return name;
}

/* ---- the data of an SRV record ---- */

static bool read_u16(const char **at, uint16_t *out)
{
    uint32_t value = 0;
    const char *c = *at;
    for (; *c >= '0' && *c <= '9' && value <= UINT16_MAX; c++)
        value = value * 10 + (uint32_t)(*c - '0');
    if (c == *at || *c != ' ' || value > UINT16_MAX)
        return false;
    *out = (uint16_t)value;
    *at = c + 1;
    return true;
}

bool fv_apply_read_srv(const char *data, fv_record *out, char target[FEDVAL_NAME_SIZE])
{
    *out = (fv_record){.type = FEDVAL_TYPE_SRV};
    if (!read_u16(&data, &out->priority) || !read_u16(&data, &out->weight) ||
        !read_u16(&data, &out->port))
        return false;
    size_t len = strlen(data);
    if (len == 0 || len >= FEDVAL_NAME_SIZE || strchr(data, ' ') != NULL)
        return false;
    memcpy(target, data, len + 1);
    if (len > 1 && target[len - 1] == '.')
        target[len - 1] = '\0';
    return true;
}

/* ---- one set of records ---- */

typedef struct record_set {
    const char *name, *type_text;
    uint32_t type;
    const fedval_fact *now; /* NULL: not asked */
} record_set;

static bool is_of_set(const fv_report_action *action, const record_set *set)
{
    if (!is_record_action(action, set->type_text))
        return false;
    fv_text owner = fv_text_of(action->owner);
    owner.len -= owner.len > 1 && owner.data[owner.len - 1] == '.';
    return fv_text_equal_nocase(owner, fv_text_of(set->name));
}

static bool is_same_data(const fv_record *record, const char *data)
{
    fv_record wanted;
    char target[FEDVAL_NAME_SIZE];
    fv_address address;
    if (record->type == FEDVAL_TYPE_CNAME)
        return true; /* there can be one alone */
    if (record->type != FEDVAL_TYPE_SRV) {
        return fv_address_parse(fv_text_of(data), &address) && address.len == record->address.len &&
               memcmp(address.bytes, record->address.bytes, address.len) == 0;
    }
    return fv_apply_read_srv(data, &wanted, target) && wanted.priority == record->priority &&
           wanted.weight == record->weight && wanted.port == record->port &&
           strcmp(target, record->data) == 0;
}

/* A replacement takes the place of all records of its set. */
static bool is_kept(const fv_mend *mend, const fv_record *record, const record_set *set)
{
    for (size_t i = 0; i < mend->num_actions; i++) {
        const fv_report_action *action = &mend->actions[i];
        if (!is_of_set(action, set))
            continue;
        if (action->op == FEDVAL_OP_REPLACE ||
            (action->op == FEDVAL_OP_REMOVE && is_same_data(record, action->data)))
            return false;
    }
    return true;
}

static fedval_status append_data(fedval_fact *fact, const record_set *set, uint32_t ttl,
                                 const char *data)
{
    fv_record record = {.type = set->type, .ttl = ttl};
    char target[FEDVAL_NAME_SIZE];
    if (set->type != FEDVAL_TYPE_SRV)
        return fv_mend_append_address(fact, set->name, ttl, data);
    if (!fv_apply_read_srv(data, &record, target))
        return FEDVAL_ERROR_ARGUMENT;
    record.ttl = ttl;
    if (strchr(target, '<') != NULL)
        return fv_fact_append_to_choose(fact, set->name, &record, target);
    return fedval_fact_append_srv(fact, set->name, FEDVAL_NUL_ENDED, ttl, record.priority,
                                  record.weight, record.port, target, FEDVAL_NUL_ENDED);
}

static fedval_status keep_record(fedval_fact *fact, const record_set *set, const fv_record *record)
{
    if (record->type != FEDVAL_TYPE_SRV)
        return fv_mend_append_address(fact, set->name, record->ttl, record->data);
    return fedval_fact_append_srv(fact, set->name, FEDVAL_NUL_ENDED, record->ttl, record->priority,
                                  record->weight, record->port, record->data, FEDVAL_NUL_ENDED);
}

static fedval_status fill_set(const fv_mend *mend, const record_set *set, fedval_fact *fact)
{
    fedval_status status = FEDVAL_OK;
    const fv_record alias = {.type = FEDVAL_TYPE_CNAME};
    const record_set aliases = {.name = set->name, .type_text = "CNAME", .type = alias.type};
    bool stays = is_kept(mend, &alias, &aliases);
    for (size_t i = 0; set->now != NULL && status == FEDVAL_OK && i < set->now->num_records; i++) {
        const fv_record *record = &set->now->records[i];
        if (record->type == set->type && stays && is_kept(mend, record, set))
            status = keep_record(fact, set, record);
    }
    for (size_t i = 0; status == FEDVAL_OK && i < mend->num_actions; i++) {
        const fv_report_action *action = &mend->actions[i];
        if (is_of_set(action, set) && action->op != FEDVAL_OP_REMOVE)
            status = append_data(fact, set, action->ttl, action->data);
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
    const char *text;
    uint32_t type, beside; /* the other family of an address, which a resolver asks for too */
} types[] = {
    {"SRV", FEDVAL_TYPE_SRV, FEDVAL_TYPE_SRV},
    {"A", FEDVAL_TYPE_A, FEDVAL_TYPE_AAAA},
    {"AAAA", FEDVAL_TYPE_AAAA, FEDVAL_TYPE_A},
};

static fedval_status change_type(fv_mend *mend, const fv_report_action *action, size_t row)
{
    record_set set = {.name = owner_of(mend, action), .type = types[row].type};
    set.type_text = types[row].text;
    if (set.name == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    for (const fv_report_action *before = mend->actions; before < action; before++) {
        if (is_of_set(before, &set))
            return FEDVAL_OK;
    }
    fedval_status status = change_set(mend, &set);
    if (status != FEDVAL_OK || types[row].beside == set.type ||
        fv_evidence_find_dns(mend->evidence, set.name, types[row].beside, 0) != NULL)
        return status;
    set.type = types[row].beside;
    set.type_text = set.type == FEDVAL_TYPE_A ? "A" : "AAAA";
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
        status =
            fv_mend_append_address(fact, action->owner, FV_MEND_TTL, FV_MEND_ADDRESS_TO_CHOOSE);
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
            if (is_record_action(action, types[k].text))
                status = change_type(mend, action, k);
        }
        if (status == FEDVAL_OK && is_record_action(action, "RRSIG")) {
            status = fv_mend_open_evidence(mend, &evidence);
            if (status == FEDVAL_OK)
                fv_mend_sign_again(evidence);
            mend->is_changed = true;
        }
    }
    return status;
}
