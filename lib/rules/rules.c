/* The walker: applies every rule to everything of its level, and never stops early. */
#include "rules/rules.h"

#include "rules/other_views.h"
#include "rules/rule.h"
#include "rules/views.h"

#include <string.h>

static const struct {
    const fv_rule *rules;
    const size_t *num_rules;
} tables[] = {
    {fv_rules_srv, &fv_num_rules_srv},         {fv_rules_srv_target, &fv_num_rules_srv_target},
    {fv_rules_address, &fv_num_rules_address}, {fv_rules_transport, &fv_num_rules_transport},
    {fv_rules_name, &fv_num_rules_name},       {fv_rules_certificate, &fv_num_rules_certificate},
    {fv_rules_trust, &fv_num_rules_trust},     {fv_rules_looks, &fv_num_rules_looks},
    {fv_rules_cluster, &fv_num_rules_cluster},
};

#define NUM_TABLES (sizeof(tables) / sizeof(tables[0]))

const fv_rule *fv_rule_get(size_t index)
{
    for (size_t i = 0; i < NUM_TABLES; i++) {
        if (index < *tables[i].num_rules)
            return &tables[i].rules[index];
        index -= *tables[i].num_rules;
    }
    return NULL;
}

/* The rules of each level. They are sorted once, since a level is walked for each address of each
 * target. */
typedef struct levels {
    const fv_rule *rules[FV_LEVEL_LAST + 1][FV_LEVEL_MAX_RULES];
    size_t num_rules[FV_LEVEL_LAST + 1];
} levels;

static void sort(levels *out)
{
    const fv_rule *rule;
    memset(out->num_rules, 0, sizeof(out->num_rules));
    for (size_t i = 0; (rule = fv_rule_get(i)) != NULL; i++)
        out->rules[rule->level][out->num_rules[rule->level]++] = rule;
}

static void apply_level(fv_rule_context *context, const levels *all, uint32_t level)
{
    for (size_t i = 0; i < all->num_rules[level]; i++) {
        context->rule = all->rules[level][i];
        context->rule->apply(context);
    }
}

static void walk_address(fv_rule_context *context, const levels *all,
                         const fv_scene_address *address)
{
    context->address = address;
    apply_level(context, all, FV_LEVEL_ADDRESS);
    if (address->has_presented && !address->is_repeated) {
        context->presented = &address->presented;
        apply_level(context, all, FV_LEVEL_PRESENTED);
        context->presented = NULL;
    }
    for (size_t i = 0; i < address->num_looks; i++) {
        if (!address->looks[i].is_judged)
            continue;
        context->presented = &address->looks[i].presented;
        apply_level(context, all, FV_LEVEL_PRESENTED);
        context->presented = NULL;
    }
    context->address = NULL;
}

static void walk_target(fv_rule_context *context, const levels *all, const fv_scene_target *target)
{
    context->target = target;
    apply_level(context, all, FV_LEVEL_TARGET);
    for (size_t i = 0; i < target->num_addresses; i++)
        walk_address(context, all, &target->addresses[i]);
    context->target = NULL;
}

static fedval_status apply_all(const fv_scene *scene, fv_remarks *out)
{
    fv_rule_context context = {.scene = scene, .remarks = out};
    levels all;
    sort(&all);
    apply_level(&context, &all, FV_LEVEL_SCENE);
    for (size_t i = 0; i < scene->num_targets; i++)
        walk_target(&context, &all, &scene->targets[i]);
    if (scene->has_client) {
        context.presented = &scene->client;
        apply_level(&context, &all, FV_LEVEL_PRESENTED);
        context.presented = NULL;
    }
    apply_level(&context, &all, FV_LEVEL_LAST);
    return context.is_out_of_memory ? FEDVAL_ERROR_NO_MEMORY : FEDVAL_OK;
}

/* Gives the chains of a scene again, so that no chain is evaluated once for each view. */
typedef struct known_chains {
    fv_chain_supply base;
    const fv_scene *scene;
} known_chains;

static fedval_status fill_known(const fv_chain_supply *supply, fv_arena *arena,
                                const fv_rules_input *input, fv_scene_chain *chain)
{
    const fv_scene *scene = ((const known_chains *)supply)->scene;
    const fv_scene_chain *known = fv_scene_find_chain(scene, chain->fact);
    const fv_chain_supply *own =
        scene->input->chains != NULL ? scene->input->chains : &fv_chain_supply_live;
    if (known == NULL)
        return own->fill(own, arena, input, chain);
    fv_scene_chain_reuse(known, chain);
    return FEDVAL_OK;
}

/* Judges the evidence as `view` gives it, and compares what is found with `own`. */
static fedval_status look_at_view(const fv_scene *scene, uint32_t view, const fv_remarks *own,
                                  fv_remarks *remarks)
{
    fv_rules_input input = *scene->input;
    const known_chains known = {{.fill = fill_known}, scene};
    fedval_evidence *evidence;
    fv_remarks other = {0};
    fv_scene seen;
    fedval_status status = fv_evidence_copy_with_first(scene->input->evidence, view, &evidence);
    if (status != FEDVAL_OK)
        return status;
    input.evidence = evidence;
    input.chains = &known.base;
    status = fv_scene_derive(scene->arena, &input, &seen);
    if (status == FEDVAL_OK)
        status = apply_all(&seen, &other);
    if (status == FEDVAL_OK && !fv_other_views_merge(scene, own, &other, view, remarks))
        status = FEDVAL_ERROR_NO_MEMORY;
    fedval_evidence_free(evidence);
    return status;
}

/* Returns the next view, `from` or a later one up to `last`, that differs and may be the one that
 * partners have. A number after `last`: there is none. */
static uint32_t next_undecided(const fedval_evidence *evidence, uint32_t from, uint32_t last)
{
    while (from <= last && !fv_views_is_undecided(evidence, from))
        from++;
    return from;
}

static fedval_status look_at_views(const fv_scene *scene, fv_remarks *remarks)
{
    const fedval_evidence *evidence = scene->input->evidence;
    uint32_t last = fv_evidence_last_view(evidence);
    uint32_t view = next_undecided(evidence, 1, last);
    fedval_status status = FEDVAL_OK;
    if (view > last)
        return FEDVAL_OK;
    /* Merging changes the remarks, and each view is compared with them as they were found. */
    fv_remarks own = *remarks;
    own.items = fv_arena_alloc_array(scene->arena, own.num_items, sizeof(*own.items));
    if (own.items == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    for (size_t i = 0; i < own.num_items; i++)
        own.items[i] = remarks->items[i];
    for (; status == FEDVAL_OK && view <= last; view = next_undecided(evidence, view + 1, last))
        status = look_at_view(scene, view, &own, remarks);
    return status;
}

fedval_status fv_rules_apply(const fv_scene *scene, fv_remarks *out)
{
    fedval_status status = apply_all(scene, out);
    return status == FEDVAL_OK ? look_at_views(scene, out) : status;
}

fedval_status fv_rules_apply_presented(const fv_scene *scene, const fv_scene_target *target,
                                       const fv_scene_presented *presented, fv_remarks *out)
{
    fv_rule_context context = {
        .scene = scene, .target = target, .presented = presented, .remarks = out};
    levels all;
    sort(&all);
    apply_level(&context, &all, FV_LEVEL_PRESENTED);
    return context.is_out_of_memory ? FEDVAL_ERROR_NO_MEMORY : FEDVAL_OK;
}
