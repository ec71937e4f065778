/* Derives what a reissued certificate will present. */
#include "mend/reissue.h"

#include <string.h>

/* how many addresses a remedy lists */
#define MAX_LISTED 8

static bool presents_several(const fv_scene_target *target)
{
    const fv_scene_chain *first = NULL;
    for (size_t i = 0; i < target->num_addresses; i++) {
        const fv_scene_address *at = &target->addresses[i];
        if (!at->has_presented)
            continue;
        if (first != NULL && !fv_scene_is_same_certificate(first, at->presented.chain))
            return true;
        first = at->presented.chain;
    }
    return false;
}

bool fv_reissue_is_shown(const fv_scene_address *at, const fv_scene_chain *chain)
{
    for (size_t k = 0; at->has_presented && k <= at->num_looks; k++) {
        if (fv_scene_is_same_certificate(fv_scene_shown(at, k)->chain, chain))
            return true;
    }
    return false;
}

/* The addresses that show a certificate. */
typedef struct places {
    const char *texts[MAX_LISTED];
    size_t num_texts;
    bool are_more; /* others may show it too: they were not seen, or are too many to list */
} places;

static void add_place(places *out, const char *text)
{
    for (size_t i = 0; text != NULL && i < out->num_texts; i++) {
        if (strcmp(out->texts[i], text) == 0)
            return;
    }
    if (text == NULL || out->num_texts == MAX_LISTED)
        out->are_more = true;
    else
        out->texts[out->num_texts++] = text;
}

static void find_places(const fv_scene *scene, const fv_scene_chain *chain, places *out)
{
    *out = (places){.are_more = scene->num_targets_left_out > 0};
    for (size_t i = 0; i < scene->num_targets; i++) {
        const fv_scene_target *target = &scene->targets[i];
        out->are_more |= target->num_addresses_left_out > 0;
        for (size_t k = 0; k < target->num_addresses; k++) {
            const fv_scene_address *at = &target->addresses[k];
            out->are_more |= !at->has_presented;
            if (fv_reissue_is_shown(at, chain))
                add_place(out, at->text);
        }
    }
}

const char *fv_reissue_where(fv_mend *mend, const fv_reissue *item)
{
    places found;
    find_places(&mend->now->scene, item->chain, &found);
    if (!item->is_elsewhere)
        return FV_MEND_JOIN(mend, "the peer at ", item->address, " alone");
    const char *list = "";
    for (size_t i = 0; list != NULL && i < found.num_texts; i++)
        list = FV_MEND_JOIN(mend, list, i > 0 ? ", " : "", found.texts[i]);
    return list == NULL ? NULL
                        : FV_MEND_JOIN(mend, "each peer that shows it (seen at ", list,
                                       found.are_more ? " and perhaps others)" : ")");
}

static fv_reissue *find_in_role(const fv_reissues *all, const fv_scene_chain *chain, uint32_t role)
{
    for (size_t i = 0; i < all->num_items; i++) {
        if (all->items[i].chain->role == role &&
            fv_scene_is_same_certificate(all->items[i].chain, chain))
            return &all->items[i];
    }
    return NULL;
}

/* One certificate in both roles is two plans, because each role has its own chain and faults. */
static fv_reissue *find(fv_reissues *all, const fv_scene_chain *chain)
{
    fv_reissue *item = find_in_role(all, chain, chain->role);
    if (item != NULL)
        return item;
    item = &all->items[all->num_items++];
    *item = (fv_reissue){.chain = chain, .number = (uint32_t)all->num_items};
    if (chain->role == FEDVAL_ROLE_CLIENT)
        item->of_server = find_in_role(all, chain, FEDVAL_ROLE_SERVER);
    return item;
}

/* Whether the certificate of `item` has the other role too. */
static bool is_in_both_roles(const fv_mend *mend, const fv_reissue *item)
{
    const fv_scene *scene = &mend->now->scene;
    return item->of_server != NULL ||
           (scene->has_client && item->chain->role == FEDVAL_ROLE_SERVER &&
            fv_scene_is_same_certificate(scene->client.chain, item->chain));
}

/* A new certificate for one fault is told in other words to those that call with it. */
static bool is_same_change(const fv_report_action *a, const fv_report_action *b, bool is_of_both)
{
    if (a->op != b->op || a->kind != b->kind)
        return false;
    if (strcmp(a->data, b->data) == 0)
        return true;
    return is_of_both && a->kind == FEDVAL_ACTION_TRUST && a->address == NULL && a->num_why == 1 &&
           b->num_why == 1 && a->why[0] == b->why[0];
}

/* Returns what the server is told to do already with the same certificate. NULL: nothing. */
static fv_report_action *find_of_server(const fv_mend *mend, const fv_reissue *item,
                                        bool is_of_both, const fv_report_action *action)
{
    for (size_t i = 0; item->of_server != NULL && i < mend->num_actions; i++) {
        fv_report_action *other = &mend->actions[i];
        if (other->reissue == item->of_server->number && is_same_change(other, action, is_of_both))
            return other;
    }
    return NULL;
}

fedval_status fv_reissue_add_action(fv_mend *mend, const fv_reissue *item, bool is_of_both,
                                    fv_report_action *action)
{
    fv_reissue_tell_which(item, action);
    if (item == NULL || action->data == NULL)
        return fv_mend_add(mend, action);
    fv_report_action *same = find_of_server(mend, item, is_of_both, action);
    if (same != NULL) {
        same->is_for_both = true;
        return FEDVAL_OK;
    }
    action->is_for_both = is_of_both && is_in_both_roles(mend, item);
    return fv_mend_add(mend, action);
}

static void set_address(const fv_mend *mend, fv_reissue *item, const fv_scene_target *target,
                        const fv_scene_address *at)
{
    places found;
    item->address = target != NULL && presents_several(target) ? at->text : NULL;
    if (item->address == NULL)
        return;
    find_places(&mend->now->scene, item->chain, &found);
    item->is_elsewhere = found.num_texts > 1 || found.are_more;
}

fv_reissue *fv_reissue_open(fv_mend *mend, fv_reissues *all, const fv_scene_target *target,
                            const fv_scene_address *at, const fv_scene_chain *chain)
{
    fv_reissue *item = find(all, chain);
    item->provider = mend->provider;
    if (target != NULL)
        item->host = target->host;
    if (item->mended == NULL) {
        set_address(mend, item, target, at);
        item->mended =
            fv_arena_alloc_array(mend->arena, mend->now->remarks.num_items, sizeof(*item->mended));
    }
    return item->mended != NULL ? item : NULL;
}

void fv_reissue_tell_which(const fv_reissue *item, fv_report_action *action)
{
    action->role = item != NULL ? item->chain->role : (uint32_t)FEDVAL_ROLE_SERVER;
    if (item == NULL)
        return;
    action->certificate = item->chain->certificates[0] != NULL ? item->chain->name : NULL;
    action->certificate_kind = item->chain->name_kind;
    action->address = item->address;
    action->is_elsewhere = item->is_elsewhere;
    action->reissue = item->number;
}

static fedval_status set_planned_common_name(fv_mend *mend, const fv_reissue *item,
                                             fv_certificate *facts)
{
    if (mend->input.policy->common_name != FEDVAL_CN_REQUIRED)
        return FEDVAL_OK;
    fv_text *name = fv_arena_alloc(mend->arena, sizeof(*name));
    if (name == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    *name = fv_text_of(item->names[0]);
    facts->subject.common_names = name;
    facts->subject.num_common_names = 1;
    return FEDVAL_OK;
}

static fedval_status set_planned_names(fv_mend *mend, const fv_reissue *item, fv_certificate *facts)
{
    const fv_certificate *now = item->chain->certificates[0];
    const fv_general_names *names = &facts->subject_alt_name.names;
    bool keeps_cn = facts->subject_alt_name.presence == FV_ABSENT && now != NULL;
    size_t num_cns = keeps_cn ? facts->subject.num_common_names : 0;
    size_t count = names->num_items;
    fv_general_name *planned =
        fv_arena_alloc_array(mend->arena, count + num_cns + item->num_names, sizeof(*planned));
    if (planned == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    if (count > 0)
        memcpy(planned, names->items, count * sizeof(*planned));
    for (size_t i = 0; i < num_cns; i++) {
        fv_text cn = facts->subject.common_names[i];
        planned[count++] =
            (fv_general_name){.type = FV_GN_DNS, .value = {(const uint8_t *)cn.data, cn.len}};
    }
    for (size_t i = 0; i < item->num_names; i++) {
        planned[count++] = (fv_general_name){
            .type = FV_GN_DNS, .value = {(const uint8_t *)item->names[i], strlen(item->names[i])}};
    }
    facts->display_name = NULL; /* it may have come from the old names */
    facts->subject_alt_name.presence = FV_KNOWN;
    facts->subject_alt_name.names = (fv_general_names){.items = planned, .num_items = count};
    if (!fv_general_names_index(mend->arena, &facts->subject_alt_name.names))
        return FEDVAL_ERROR_NO_MEMORY;
    return set_planned_common_name(mend, item, facts);
}

fedval_status fv_reissue_plan(fv_mend *mend, const fv_reissue *item)
{
    const fv_scene_chain *chain = item->chain;
    if (item->num_names == 0 && item->num_mended == 0)
        return FEDVAL_OK;
    void *items = mend->planned;
    fv_planned_certificate *slot = fv_arena_append(mend->arena, &items, &mend->num_planned,
                                                   &mend->planned_capacity, sizeof(*slot));
    if (slot == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    mend->planned = items;
    slot->replaces = chain->fact->chain[0];
    slot->role = chain->role;
    slot->host = item->host;
    slot->has_new_names = item->num_names > 0;
    slot->mended = item->mended;
    slot->num_mended = item->num_mended;
    slot->trust = item->trust;
    if (chain->certificates[0] != NULL)
        slot->facts = *chain->certificates[0];
    return item->num_names > 0 ? set_planned_names(mend, item, &slot->facts) : FEDVAL_OK;
}
