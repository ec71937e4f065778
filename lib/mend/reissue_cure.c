/* Finds which faults a new certificate or another chain cures. */
#include "judge/finding.h"
#include "mend/reissue.h"

#include <string.h>

/* the trust of the chain once the fault is mended */
enum { AS_NOW = 0, BY_ANY_CA, BY_PARTNER };

/* The effect of each cure of a certificate or its chain. */
static const struct cure_row {
    uint32_t cure, op, trust;
} cure_rows[] = {
    {FEDVAL_CURE_REISSUE, FEDVAL_OP_REPLACE, AS_NOW},
    {FEDVAL_CURE_OTHER_CHAIN, FEDVAL_OP_REPLACE, BY_ANY_CA},
    {FEDVAL_CURE_PARTNER_TRUST, FEDVAL_OP_REPLACE, BY_PARTNER},
    {FEDVAL_CURE_SEND_CHAIN, FEDVAL_OP_ADD, BY_ANY_CA},
};
#define NUM_CURES (sizeof(cure_rows) / sizeof(cure_rows[0]))

/* Returns the cure of a finding. NULL: neither a new certificate nor another chain cures it. */
static const struct cure_row *find_cure(uint32_t code)
{
    for (size_t i = 0; i < NUM_CURES; i++) {
        if (cure_rows[i].cure == fedval_catalogue_find(code)->cure)
            return &cure_rows[i];
    }
    return NULL;
}

static void replace(fv_param *params, size_t num_params, const char *key, const char *value)
{
    for (size_t i = 0; i < num_params; i++) {
        if (strcmp(params[i].key, key) == 0)
            params[i].value = value;
    }
}

/* An action names its certificate beside the remedy, so the remedy need not say which one it is. If
 * other peers show other certificates, it says which peers the new one is loaded on. */
static const char *remedy_of(fv_mend *mend, const fv_reissue *item, const fv_remark *remark)
{
    fv_param params[FV_REMARK_MAX_PARAMS];
    size_t num_params = fv_remark_collect_params(remark, mend->now->scene.domain,
                                                 mend->now->scene.srv_owner, params);
    replace(params, num_params, "the_certificate", "the certificate");
    if (item->address != NULL) {
        const char *peers = fv_reissue_where(mend, item);
        if (peers == NULL)
            return NULL;
        replace(params, num_params, "peers", peers);
    }
    const char *text = fv_remedy_of(mend->input.policy, remark->code);
    if (text == NULL)
        text = fedval_catalogue_find(remark->code)->remedy;
    return fv_template_fill(mend->arena, text, params, num_params);
}

static bool is_mended(const fv_reissue *item, uint32_t code)
{
    for (size_t i = 0; i < item->num_mended; i++) {
        if (item->mended[i] == code)
            return true;
    }
    return false;
}

static void set_trust(const fv_mend *mend, fv_reissue *item, const struct cure_row *row)
{
    bool is_partners =
        row->trust == BY_PARTNER && mend->input.policy->trust == FEDVAL_ROOTS_PUBLIC_OR_PRIVATE;
    if (row->trust != AS_NOW)
        item->trust = is_partners ? FEDVAL_TRUST_BY_PRIVATE : FEDVAL_TRUST_BY_PUBLIC;
}

static fedval_status cure(fv_mend *mend, fv_reissue *item, const fv_remark *remark,
                          const struct cure_row *row)
{
    uint32_t *why = fv_arena_alloc(mend->arena, sizeof(*why));
    if (why == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    *why = remark->code;
    item->mended[item->num_mended++] = remark->code;
    set_trust(mend, item, row);
    fv_report_action action = {
        .side = mend->now->scene.side,
        .op = row->op,
        .kind = FEDVAL_ACTION_TRUST,
        .owner = remark->where.target,
        .data = remedy_of(mend, item, remark),
        .why = why,
        .num_why = 1,
    };
    size_t count = mend->num_actions;
    fedval_status status =
        fv_reissue_add_action(mend, item, row->cure == FEDVAL_CURE_REISSUE, &action);
    /* Another peer may send the same certificate with its whole chain. */
    if (mend->num_actions > count && row->op == FEDVAL_OP_ADD && item->address != NULL &&
        remark->where.address != NULL)
        mend->actions[count].address = remark->where.address;
    return status;
}

static bool was_found(const fv_mend *mend, uint32_t code)
{
    const fv_remarks *remarks = &mend->now->remarks;
    for (size_t i = 0; i < remarks->num_items; i++) {
        if (remarks->items[i].code == code)
            return true;
    }
    return false;
}

void fv_reissue_take_cure(const fv_mend *mend, fv_reissue *item, uint32_t code)
{
    const struct cure_row *row = find_cure(code);
    if (row == NULL || is_mended(item, code) || !was_found(mend, code))
        return;
    item->mended[item->num_mended++] = code;
    set_trust(mend, item, row);
}

static bool is_about(const fv_remark *remark, const fv_scene_target *target)
{
    if (remark->severity <= FEDVAL_SEVERITY_WARNING || !fv_remark_counts(remark))
        return false;
    if (target == NULL)
        return remark->where.target == NULL && remark->where.role == FEDVAL_ROLE_CLIENT;
    return remark->where.target != NULL && strcmp(remark->where.target, target->name) == 0;
}

static bool chain_has(const fv_scene_chain *chain, uint32_t code)
{
    const fv_trust_remarks *lists[] = {&chain->trust.end_entity, &chain->trust.chain};
    for (size_t l = 0; l < 2; l++) {
        for (size_t i = 0; i < lists[l]->num_items; i++) {
            if (lists[l]->items[i].remark.code == code)
                return true;
        }
    }
    return false;
}

static bool is_leaf_of_scene(const fv_scene *scene, fv_bytes der)
{
    for (size_t i = 0; i < scene->num_chains; i++) {
        if (fv_bytes_equal(scene->chains[i]->fact->chain[0], der))
            return true;
    }
    return false;
}

/* Whether the fault is one of another certificate that the host shows. The finding may be about a
 * CA certificate, or about none: then its address says whose chain has the fault. */
static bool is_of_other_certificate(const fv_scene *scene, const fv_reissue *item,
                                    const fv_where *where)
{
    if (item->address == NULL)
        return false;
    if (fv_bytes_equal(where->der, item->chain->fact->chain[0]))
        return false;
    if (where->der.len > 0 && is_leaf_of_scene(scene, where->der))
        return true;
    if (where->endpoint == 0 || where->endpoint > scene->num_targets)
        return false;
    const fv_scene_target *target = &scene->targets[where->endpoint - 1];
    return where->endpoint_address > 0 && where->endpoint_address <= target->num_addresses &&
           !fv_reissue_is_shown(&target->addresses[where->endpoint_address - 1], item->chain);
}

/* Only faults of this chain are cured: elsewhere the same certificate may be sent with another
 * chain. */
fedval_status fv_reissue_cure(fv_mend *mend, fv_reissue *item, const fv_scene_target *target,
                              const fv_scene_chain *chain)
{
    const fv_remarks *remarks = &mend->now->remarks;
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < remarks->num_items; i++) {
        const fv_remark *remark = &remarks->items[i];
        if (!is_about(remark, target) || is_mended(item, remark->code) ||
            !chain_has(chain, remark->code) ||
            is_of_other_certificate(&mend->now->scene, item, &remark->where))
            continue;
        const struct cure_row *row = find_cure(remark->code);
        if (row != NULL)
            status = cure(mend, item, remark, row);
    }
    return status;
}
