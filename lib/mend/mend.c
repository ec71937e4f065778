#include "mend/mend.h"

#include <stdlib.h>
#include <string.h>

/* ---- order ---- */

/* Certificates come first: they take longest, and a record that points to a name that no
 * certificate holds would break what still works. */
static uint32_t place_of(const fv_report_action *action)
{
    if (action->alternative_to != 0)
        return 7;
    if (action->comes_first)
        return 0;
    switch (action->kind) {
    case FEDVAL_ACTION_SAN:
        return 1;
    case FEDVAL_ACTION_TRUST:
        return 3;
    case FEDVAL_ACTION_PARTNER:
        return 6;
    case FEDVAL_ACTION_DOMAIN:
        return 0;
    default:
        return action->record.type == FEDVAL_TYPE_SRV ? 5 : 4;
    }
}

/* Keeps the names of one certificate together, those to be added first. */
static bool is_after(const fv_report_action *a, const fv_report_action *b)
{
    if (place_of(a) != place_of(b))
        return place_of(a) > place_of(b);
    if (a->kind != FEDVAL_ACTION_SAN || b->kind != FEDVAL_ACTION_SAN)
        return false;
    if (a->reissue != b->reissue)
        return a->reissue > b->reissue;
    return a->op == FEDVAL_OP_KEEP && b->op != FEDVAL_OP_KEEP;
}

/* An insertion sort keeps the order within a place; there are few actions. */
static void order_actions(fv_mend *mend)
{
    for (size_t i = 1; i < mend->num_actions; i++) {
        fv_report_action action = mend->actions[i];
        size_t at = i;
        for (; at > 0 && is_after(&mend->actions[at - 1], &action); at--)
            mend->actions[at] = mend->actions[at - 1];
        mend->actions[at] = action;
    }
}

/* ---- the stages in turn ---- */

fedval_status fv_mend_run(fv_mend *mend, const fv_mend_stage *stages, size_t num_stages,
                          fv_judgement *out_last)
{
    *out_last = *mend->first;
    for (size_t i = 0; i < num_stages && !mend->is_beyond; i++) {
        mend->now = out_last;
        mend->is_changed = false;
        fedval_status status = stages[i](mend);
        if (status == FEDVAL_OK && mend->is_changed)
            status = fv_judgement_make(mend->arena, &mend->input, out_last);
        if (status != FEDVAL_OK)
            return status;
    }
    return FEDVAL_OK;
}

void fv_mend_begin(fv_arena *arena, const fv_judgement *first, fv_mend *out)
{
    *out = (fv_mend){.arena = arena, .input = *first->scene.input, .first = first};
    out->supply = (fv_mend_supply){.base = {.fill = fv_mend_fill_chain}, .mend = out};
    out->input.chains = &out->supply.base;
}

fedval_status fv_mend_foresee(fv_arena *arena, const fv_judgement *first, fv_mend *out,
                              fv_judgement *out_last)
{
    /* Signatures are looked at twice, since new records may lead to bogus answers too. */
    static const fv_mend_stage stages[] = {fv_mend_signatures, fv_mend_dead_records,
                                           fv_mend_srv,        fv_mend_signatures,
                                           fv_mend_addresses,  fv_mend_certificates};
    const size_t num_stages = sizeof(stages) / sizeof(stages[0]);
    fv_mend_begin(arena, first, out);
    fedval_status status =
        fv_mend_run(out, stages, first->remarks.is_view_open ? 0 : num_stages, out_last);
    out->now = NULL;
    return status;
}

fedval_status fv_mend_make(fv_arena *arena, const fv_judgement *first, fv_mend *out,
                           fedval_report *report)
{
    fv_judgement last;
    fedval_status status = fv_mend_foresee(arena, first, out, &last);
    if (status != FEDVAL_OK)
        return status;
    order_actions(out);
    return fv_mend_tell_outcome(out, &last, report);
}

void fv_mend_clear(fv_mend *mend)
{
    fedval_evidence_free(mend->evidence);
    mend->evidence = NULL;
}

/* ---- the partner's way ---- */

static bool says_none(const fedval_fact *fact)
{
    return fact->outcome == FEDVAL_OUTCOME_NODATA || fact->outcome == FEDVAL_OUTCOME_NXDOMAIN;
}

/* Returns whether DNS says that the host has no address. A proxy of that name helps nobody. */
static bool has_no_address(const fv_scene_target *target)
{
    return target->num_addresses == 0 && (target->a != NULL || target->aaaa != NULL) &&
           (target->a == NULL || says_none(target->a)) &&
           (target->aaaa == NULL || says_none(target->aaaa));
}

bool fv_mend_partner_alternative(fv_arena *arena, const fv_judgement *first, const char **out)
{
    const fv_scene *scene = &first->scene;
    fv_mend mend = {.arena = arena};
    *out = NULL;
    /* Only a partner with an Edge of its own can name a proxy for a domain. */
    if (scene->input->policy->profile != FEDVAL_PROFILE_MICROSOFT_EDGE ||
        scene->side != FEDVAL_SIDE_CISCO || first->remarks.is_view_open ||
        first->requirements[2] == FEDVAL_VERDICT_PASS ||
        first->requirements[2] == FEDVAL_VERDICT_NOT_CHECKED)
        return true;
    for (size_t i = 0; i < scene->num_targets; i++) {
        const fv_scene_target *target = &scene->targets[i];
        if (target->counts && !target->fits && target->host != NULL && !target->is_provider &&
            !target->is_of_cloud && !has_no_address(target)) {
            *out = FV_MEND_JOIN(&mend, "Set-CsAllowedDomain -Identity ", scene->domain,
                                " -ProxyFqdn ", target->host,
                                " (New-CsAllowedDomain where the domain is not on the list)");
            return *out != NULL;
        }
    }
    return true;
}
