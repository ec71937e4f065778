/* Replaces the addresses and the subjects of certificates in drifts and timelines, so that they can
 * be sent on. */
#include "drift/drift.h"
#include "drift/state.h"
#include "drift/timeline.h"
#include "judge/mask.h"

static void learn_state(fv_mask *mask, const fedval_state *state)
{
    for (size_t i = 0; state != NULL && i < state->num_things; i++) {
        const fv_state_certificate *certificate = state->things[i].certificate;
        if (certificate == NULL)
            continue;
        fv_mask_learn_shown(mask, certificate->subject);
        fv_mask_learn_shown(mask, certificate->issuer);
        for (size_t k = 0; k < certificate->num_names; k++)
            fv_mask_learn(mask, certificate->each_name[k], FV_VALUE_HOST);
        for (size_t k = 0; k < certificate->num_path_subjects; k++)
            fv_mask_learn_shown(mask, certificate->path_subjects[k]);
    }
}

fedval_status fedval_drift_redact(fedval_drift *drift, const fedval_state *before,
                                  const fedval_state *now)
{
    if (drift == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_mask mask = fv_mask_of(&drift->arena);
    learn_state(&mask, before);
    learn_state(&mask, now);
    fv_mask_sort(&mask);
    for (size_t i = 0; i < drift->num_items; i++) {
        fv_mask_text(&mask, &drift->items[i].place);
        fv_mask_text(&mask, &drift->items[i].before);
        fv_mask_text(&mask, &drift->items[i].now);
    }
    return fv_mask_status(&mask);
}

fedval_status fedval_timeline_redact(fedval_timeline *timeline, const fedval_evidence *evidence)
{
    if (timeline == NULL || evidence == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_mask mask = fv_mask_of(&timeline->arena);
    fv_mask_learn_evidence(&mask, evidence);
    fv_mask_sort(&mask);
    fv_mask_source(&mask, &timeline->source);
    for (size_t i = 0; i < timeline->num_milestones; i++) {
        fedval_milestone *milestone = &timeline->milestones[i];
        fv_mask_text(&mask, &milestone->text);
        for (size_t k = 0; k < milestone->num_findings; k++) {
            fv_mask_value(&mask, &milestone->findings[k].message, FV_VALUE_LIST,
                          &milestone->findings[k].message_parts);
        }
    }
    return fv_mask_status(&mask);
}
