/* What the stages of a plan share. */
#include "mend/plan/plan.h"

#include "fedval/name.h"
#include "names/certificate_match.h"

#include "fedval/evidence.h"

#include <string.h>

const char *fv_plan_copy(fedval_plan *plan, const char *text)
{
    return text == NULL ? NULL : fv_arena_copy_text(&plan->arena, text, strlen(text));
}

const char *fv_plan_number(fedval_plan *plan, uint64_t number)
{
    fv_buf digits;
    fv_buf_init(&digits);
    fv_buf_append_u64(&digits, number);
    const char *copy =
        digits.failed ? NULL : fv_arena_copy_text(&plan->arena, digits.data, digits.len);
    fv_buf_clear(&digits);
    return copy;
}

bool fv_plan_add_text(fedval_plan *plan, fv_plan_texts *texts, const char *text)
{
    void *items = texts->items;
    if (text == NULL)
        return false;
    for (size_t i = 0; i < texts->count; i++) {
        if (strcmp(texts->items[i], text) == 0)
            return true;
    }
    const char **slot =
        fv_arena_append(&plan->arena, &items, &texts->count, &texts->capacity, sizeof(*slot));
    if (slot == NULL)
        return false;
    texts->items = items;
    *slot = text;
    return true;
}

/* Copies `text`, which may be NULL. False: memory is short. */
static bool copy_if(fedval_plan *plan, const char *text, const char **out)
{
    *out = text == NULL ? NULL : fv_plan_copy(plan, text);
    return text == NULL || *out != NULL;
}

bool fv_plan_add_question(fedval_plan *plan, const char *member, const char *about,
                          const char *text)
{
    void *items = plan->questions;
    fv_plan_question question = {.text = text};
    if (text == NULL)
        return false;
    for (size_t i = 0; i < plan->num_questions; i++) {
        if (strcmp(plan->questions[i].text, text) == 0)
            return true;
    }
    if (!copy_if(plan, member, &question.member) || !copy_if(plan, about, &question.about))
        return false;
    fv_plan_question *slot = fv_arena_append(&plan->arena, &items, &plan->num_questions,
                                             &plan->questions_capacity, sizeof(*slot));
    if (slot == NULL)
        return false;
    plan->questions = items;
    *slot = question;
    return true;
}

const char *fv_plan_role_word(uint32_t role)
{
    return role == FEDVAL_ROLE_CLIENT ? "calling" : "server";
}

fedval_plan_certificate *fv_plan_find_certificate(const fedval_plan *plan, size_t cluster,
                                                  size_t peer, uint32_t role)
{
    for (size_t i = 0; i < plan->num_certificates; i++) {
        fedval_plan_certificate *certificate = &plan->certificates[i];
        if (certificate->cluster == cluster && certificate->peer_index == peer &&
            (certificate->role == role || certificate->is_for_both))
            return certificate;
    }
    return NULL;
}

bool fv_plan_is_named(const fv_certificate *facts, const char *name)
{
    const fv_name_policy any = {.wildcard = FEDVAL_WILDCARD_LEFT_MOST,
                                .common_name = FEDVAL_CN_WITHOUT_SAN};
    fv_name_match match;
    return fv_certificate_match(facts, fv_text_of(name), &any, &match) &&
           match.how != FEDVAL_NAME_MATCH_NONE;
}

const fv_intent_store *fv_plan_store_of(const fv_planner *planner,
                                        const fedval_plan_certificate *certificate)
{
    const fv_intent_peer *peer =
        &planner->intent->clusters[certificate->cluster].peers[certificate->peer_index];
    return certificate->role == FEDVAL_ROLE_CLIENT ? &peer->calling : &peer->server;
}

size_t fv_plan_peer_at(const fv_intent_cluster *cluster, const char *address)
{
    for (size_t i = 0; i < cluster->num_peers; i++) {
        for (size_t k = 0; k < cluster->peers[i].num_addresses; k++) {
            if (strcmp(cluster->peers[i].addresses[k], address) == 0)
                return i;
        }
    }
    return SIZE_MAX;
}
