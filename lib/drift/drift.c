/* Works out what changed between two states. Both keep their things in the same order, so they are
 * walked side by side. */
#include "drift/drift.h"

#include "base/code.h"
#include "drift/certificates.h"
#include "drift/state.h"

#include <stdlib.h>
#include <string.h>

static const fv_code changes[] = {
    {FEDVAL_CHANGE_NONE, "none"},
    {FEDVAL_CHANGE_WORSE, "worse"},
    {FEDVAL_CHANGE_BETTER, "better"},
    {FEDVAL_CHANGE_OTHER, "other"},
};

static const fv_code changed[] = {
    {FEDVAL_CHANGED_DOMAIN, "domain"},
    {FEDVAL_CHANGED_VERDICT, "verdict"},
    {FEDVAL_CHANGED_REQUIREMENT, "requirement"},
    {FEDVAL_CHANGED_FINDING, "finding"},
    {FEDVAL_CHANGED_PROFILE, "profile"},
    {FEDVAL_CHANGED_SRV, "srv"},
    {FEDVAL_CHANGED_ADDRESS, "address"},
    {FEDVAL_CHANGED_CERTIFICATE, "certificate"},
    {FEDVAL_CHANGED_NAMES, "names"},
    {FEDVAL_CHANGED_ISSUER, "issuer"},
    {FEDVAL_CHANGED_EKU, "eku"},
};

FV_CODE_FUNCTIONS(change, changes)
FV_CODE_FUNCTIONS(changed, changed)

/* ---- items ---- */

static uint32_t effect_of(uint32_t before, uint32_t now)
{
    if (before == now)
        return FEDVAL_CHANGE_OTHER;
    return now > before ? FEDVAL_CHANGE_WORSE : FEDVAL_CHANGE_BETTER;
}

static void add_change(fedval_drift *drift, const fv_state_thing *before, const fv_state_thing *now)
{
    const fv_state_thing *either = before != NULL ? before : now;
    if (before != NULL && now != NULL && before->certificate != NULL) {
        fv_drift_add_certificates(drift, either, before->certificate, now->certificate);
        return;
    }
    fv_drift_item item = {
        .what = either->what,
        .place = either->place,
        .role = either->role,
        .effect = effect_of(before == NULL ? 0 : before->badness, now == NULL ? 0 : now->badness),
        .before = before == NULL ? NULL : before->value,
        .now = now == NULL ? NULL : now->value,
    };
    if (either->certificate != NULL) {
        item.before = before == NULL ? NULL : before->certificate->subject;
        item.now = now == NULL ? NULL : now->certificate->subject;
    }
    fv_drift_add(drift, &item);
}

/* ---- the walk ---- */

/* Items of one kind at one place, such as the A records of a host, that only one state has. */
typedef struct run {
    const fv_state_thing **items;
    size_t num;
} run;

typedef struct walk {
    const fv_state_thing *next, *end;
} walk;

static bool is_of_place(const fv_state_thing *thing, const fv_state_thing *place)
{
    return fv_state_compare_places(thing, place) == 0;
}

/* Returns the next thing on either side, the one whose place comes first. NULL: both sides are at
 * their end. */
static const fv_state_thing *next_place(const walk *before, const walk *now)
{
    if (before->next == before->end)
        return now->next == now->end ? NULL : now->next;
    if (now->next == now->end)
        return before->next;
    return fv_state_compare_places(before->next, now->next) <= 0 ? before->next : now->next;
}

/* A thing that both sides have is no change. But the same certificate may have another path. */
static void pass_both(fedval_drift *drift, const fv_state_thing *before, const fv_state_thing *now)
{
    if (before->certificate != NULL)
        add_change(drift, before, now);
}

/* Walks over all things at `place`, and collects those that only one side has. */
static void take_place(fedval_drift *drift, const fv_state_thing *place, walk *before, walk *now,
                       run *gone, run *come)
{
    while (true) {
        bool has_before = before->next < before->end && is_of_place(before->next, place);
        bool has_now = now->next < now->end && is_of_place(now->next, place);
        if (!has_before && !has_now)
            return;
        int order = !has_before ? 1 : !has_now ? -1 : strcmp(before->next->value, now->next->value);
        if (order == 0)
            pass_both(drift, before->next++, now->next++);
        else if (order < 0)
            gone->items[gone->num++] = before->next++;
        else
            come->items[come->num++] = now->next++;
    }
}

/* How alike an old and a new thing are: a certificate replaces the one that it renews, else one of
 * the same subject. A host of a cluster has a certificate a peer. */
typedef enum likeness { RENEWED, SAME_SUBJECT, SAME_PLACE, NUM_LIKENESSES } likeness;

static bool is_same_subject(const char *before, const char *now)
{
    return before != NULL && now != NULL && strcmp(before, now) == 0;
}

static bool is_like(const fv_state_thing *gone, const fv_state_thing *come, likeness how)
{
    if (how == SAME_PLACE || gone->certificate == NULL)
        return how == SAME_PLACE;
    if (how == RENEWED)
        return fv_drift_is_renewed(gone->certificate, come->certificate);
    return is_same_subject(gone->certificate->subject, come->certificate->subject);
}

/* Takes the new thing that replaces `gone` out of the run; NULL: there is none. */
static const fv_state_thing *take_like(const fv_state_thing *gone, run *come, likeness how)
{
    for (size_t i = 0; i < come->num; i++) {
        const fv_state_thing *thing = come->items[i];
        if (thing != NULL && is_like(gone, thing, how)) {
            come->items[i] = NULL;
            return thing;
        }
    }
    return NULL;
}

static void pair_like(fedval_drift *drift, run *gone, run *come, likeness how)
{
    for (size_t i = 0; i < gone->num; i++) {
        const fv_state_thing *before = gone->items[i];
        const fv_state_thing *now = before == NULL ? NULL : take_like(before, come, how);
        if (now == NULL)
            continue;
        add_change(drift, before, now);
        gone->items[i] = NULL;
    }
}

static void pair(fedval_drift *drift, run *gone, run *come)
{
    for (likeness how = RENEWED; how < NUM_LIKENESSES; how++)
        pair_like(drift, gone, come, how);
    for (size_t i = 0; i < gone->num; i++) {
        if (gone->items[i] != NULL)
            add_change(drift, gone->items[i], NULL);
    }
    for (size_t i = 0; i < come->num; i++) {
        if (come->items[i] != NULL)
            add_change(drift, NULL, come->items[i]);
    }
}

static void compare_things(fedval_drift *drift, const fedval_state *before, const fedval_state *now)
{
    walk old = {before->things, before->things + before->num_things};
    walk new = {now->things, now->things + now->num_things};
    run gone = {fv_arena_alloc_array(&drift->arena, before->num_things, sizeof(*gone.items)), 0};
    run come = {fv_arena_alloc_array(&drift->arena, now->num_things, sizeof(*come.items)), 0};
    drift->failed |= gone.items == NULL || come.items == NULL;
    const fv_state_thing *place;
    while (!drift->failed && (place = next_place(&old, &new)) != NULL) {
        gone.num = come.num = 0;
        take_place(drift, place, &old, &new, &gone, &come);
        pair(drift, &gone, &come);
    }
}

/* ---- the whole ---- */

static uint32_t compare_weights(const fedval_state *before, const fedval_state *now)
{
    if (before->verdict != now->verdict)
        return effect_of(before->verdict, now->verdict);
    for (size_t i = 0; i < FV_STATE_NUM_WEIGHTS; i++) {
        if (before->counts[i] != now->counts[i])
            return now->counts[i] > before->counts[i] ? FEDVAL_CHANGE_WORSE : FEDVAL_CHANGE_BETTER;
    }
    return FEDVAL_CHANGE_OTHER;
}

static int weight_of(uint32_t effect)
{
    return effect == FEDVAL_CHANGE_WORSE ? 0 : effect == FEDVAL_CHANGE_BETTER ? 1 : 2;
}

/* Sorts the worse first, then by FEDVAL_CHANGED_ and by place. */
static int compare_items(const void *a, const void *b)
{
    const fv_drift_item *first = a, *second = b;
    int order = weight_of(first->effect) - weight_of(second->effect);
    if (order != 0)
        return order;
    if (first->what != second->what)
        return first->what < second->what ? -1 : 1;
    order = strcmp(first->place == NULL ? "" : first->place,
                   second->place == NULL ? "" : second->place);
    if (order != 0)
        return order;
    if (first->role != second->role)
        return first->role < second->role ? -1 : 1;
    order = strcmp(first->before == NULL ? "" : first->before,
                   second->before == NULL ? "" : second->before);
    return order != 0 ? order
                      : strcmp(first->now == NULL ? "" : first->now,
                               second->now == NULL ? "" : second->now);
}

/* Sorts the items and keeps one of equal ones. */
static void sort_items(fedval_drift *drift)
{
    size_t num = 1;
    qsort(drift->items, drift->num_items, sizeof(*drift->items), compare_items);
    for (size_t i = 1; i < drift->num_items; i++) {
        if (compare_items(&drift->items[num - 1], &drift->items[i]) != 0)
            drift->items[num++] = drift->items[i];
    }
    drift->num_items = num;
}

static const char *verdict_of(const fedval_state *state)
{
    for (size_t i = 0; i < state->num_things; i++) {
        if (state->things[i].what == FEDVAL_CHANGED_VERDICT)
            return state->things[i].value;
    }
    return NULL;
}

static void compare(fedval_drift *drift, const fedval_state *before, const fedval_state *now)
{
    const fedval_state *either = now != NULL ? now : before;
    drift->domain = fv_drift_copy(drift, either->domain);
    drift->profile = fv_drift_copy(drift, either->profile);
    if (before == NULL || now == NULL) {
        drift->change = FEDVAL_CHANGE_OTHER;
        fv_drift_add(drift, &(fv_drift_item){.what = FEDVAL_CHANGED_DOMAIN,
                                             .effect = FEDVAL_CHANGE_OTHER,
                                             .before = before == NULL ? NULL : verdict_of(before),
                                             .now = now == NULL ? NULL : verdict_of(now)});
        return;
    }
    compare_things(drift, before, now);
    drift->change = drift->num_items == 0 ? FEDVAL_CHANGE_NONE : compare_weights(before, now);
    if (drift->num_items > 1)
        sort_items(drift);
}

fedval_status fedval_drift_new(const fedval_state *before, const fedval_state *now,
                               fedval_drift **out_drift)
{
    if ((before == NULL && now == NULL) || out_drift == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (before != NULL && now != NULL && strcmp(before->domain, now->domain) != 0)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_drift *drift = calloc(1, sizeof(*drift));
    if (drift == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fv_arena_init(&drift->arena);
    compare(drift, before, now);
    if (drift->failed) {
        fedval_drift_free(drift);
        return FEDVAL_ERROR_NO_MEMORY;
    }
    *out_drift = drift;
    return FEDVAL_OK;
}
