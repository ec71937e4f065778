#include "mend/together.h"

#include "mend/mend.h"

#include <stdlib.h>
#include <string.h>

/* A mark of a peer: a certificate or an address. Two domains with a mark in common share the
 * peer. */
typedef struct trait {
    fv_bytes what;
    size_t domain; /* index of the domain */
} trait;

struct fv_together_domain {
    const fv_rules_input *input;
    /* index of the first domain that shares its peers; its own index if no earlier one does */
    size_t group;
    fv_other_target *targets;
    size_t num_targets, targets_capacity;
    /* the targets of all domains of the group, in the order of the domains */
    fv_other_target *all;
    size_t num_all;
};

typedef struct fv_together_domain domain;

/* ---- what each domain asks for ---- */

static fedval_status add_target(fv_together *together, domain *of, const fv_scene *scene,
                                const char *host, bool lacks_record)
{
    for (size_t i = 0; i < of->num_targets; i++) {
        if (strcmp(of->targets[i].host, host) == 0)
            return FEDVAL_OK;
    }
    void *items = of->targets;
    fv_other_target *slot = fv_arena_append(&together->arena, &items, &of->num_targets,
                                            &of->targets_capacity, sizeof(*slot));
    if (slot == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    of->targets = items;
    *slot = (fv_other_target){.domain = scene->domain, .host = host, .lacks_record = lacks_record};
    return FEDVAL_OK;
}

static fedval_status add_targets(fv_together *together, domain *of, const fv_judgement *judgement,
                                 bool lacks_record)
{
    fv_cluster cluster;
    fedval_status status = fv_cluster_collect(&judgement->scene, false, &cluster);
    for (size_t i = 0; status == FEDVAL_OK && i < cluster.num_own; i++)
        status = add_target(together, of, &judgement->scene, cluster.names[i], lacks_record);
    return status;
}

/* Adds the targets that the actions will make. Evidence of the maximum size has no room for them;
 * then the present targets have to do. */
static fedval_status add_planned(fv_together *together, domain *of, const fv_judgement *first)
{
    fv_judgement last;
    fv_mend mend;
    fedval_status status = fv_mend_foresee(&together->arena, first, &mend, &last);
    if (status == FEDVAL_OK)
        status = add_targets(together, of, &last, true);
    fv_mend_clear(&mend);
    return status == FEDVAL_ERROR_LIMIT ? FEDVAL_OK : status;
}

/* ---- who serves it ---- */

typedef struct traits {
    trait *items;
    size_t num_items, capacity;
} traits;

static bool add_trait(fv_together *together, traits *all, fv_bytes what, size_t index)
{
    void *items = all->items;
    trait *slot =
        fv_arena_append(&together->arena, &items, &all->num_items, &all->capacity, sizeof(*slot));
    if (slot == NULL)
        return false;
    all->items = items;
    *slot = (trait){what, index};
    return true;
}

static bool add_traits(fv_together *together, traits *all, const fv_scene *scene, size_t index)
{
    bool ok = true;
    for (size_t i = 0; i < scene->num_targets; i++) {
        const fv_scene_target *target = &scene->targets[i];
        if (!fv_cluster_has_peer(target))
            continue;
        for (size_t k = 0; ok && k < target->num_addresses; k++) {
            const fv_scene_address *at = &target->addresses[k];
            if (at->text != NULL) {
                ok = add_trait(together, all,
                               (fv_bytes){(const uint8_t *)at->text, strlen(at->text)}, index);
            }
            if (ok && at->has_presented)
                ok = add_trait(together, all, at->presented.chain->fact->chain[0], index);
        }
    }
    return ok;
}

static int compare_traits(const void *a, const void *b)
{
    const trait *first = a, *second = b;
    size_t len = first->what.len < second->what.len ? first->what.len : second->what.len;
    int order = len == 0 ? 0 : memcmp(first->what.data, second->what.data, len);
    if (order != 0)
        return order;
    if (first->what.len != second->what.len)
        return first->what.len < second->what.len ? -1 : 1;
    return first->domain < second->domain ? -1 : first->domain > second->domain;
}

/* ---- groups ---- */

static size_t find_first(domain *domains, size_t index)
{
    while (domains[index].group != index) {
        domains[index].group = domains[domains[index].group].group;
        index = domains[index].group;
    }
    return index;
}

static void join(domain *domains, size_t a, size_t b)
{
    a = find_first(domains, a);
    b = find_first(domains, b);
    domains[a > b ? a : b].group = a > b ? b : a;
}

static void make_groups(fv_together *together, traits *all)
{
    if (all->num_items > 0)
        qsort(all->items, all->num_items, sizeof(*all->items), compare_traits);
    for (size_t i = 1; i < all->num_items; i++) {
        if (fv_bytes_equal(all->items[i - 1].what, all->items[i].what))
            join(together->domains, all->items[i - 1].domain, all->items[i].domain);
    }
    for (size_t i = 0; i < together->num_domains; i++)
        together->domains[i].group = find_first(together->domains, i);
}

/* Makes one list for each group. The rule skips those that are the domain's own. */
static fedval_status make_lists(fv_together *together)
{
    domain *domains = together->domains;
    for (size_t i = 0; i < together->num_domains; i++)
        domains[domains[i].group].num_all += domains[i].num_targets;
    for (size_t i = 0; i < together->num_domains; i++) {
        domain *first = &domains[i];
        if (first->group != i)
            continue;
        fv_other_target *list =
            fv_arena_alloc_array(&together->arena, first->num_all, sizeof(*list));
        if (list == NULL)
            return FEDVAL_ERROR_NO_MEMORY;
        first->all = list;
        first->num_all = 0;
    }
    for (size_t i = 0; i < together->num_domains; i++) {
        domain *first = &domains[domains[i].group];
        if (domains[i].num_targets > 0) {
            memcpy(first->all + first->num_all, domains[i].targets,
                   domains[i].num_targets * sizeof(*domains[i].targets));
        }
        first->num_all += domains[i].num_targets;
    }
    return FEDVAL_OK;
}

/* ---- the whole ---- */

static fedval_status judge_alone(fv_together *together, traits *all, size_t index)
{
    domain *of = &together->domains[index];
    fv_judgement first;
    of->group = index;
    fedval_status status = fv_judgement_make(&together->arena, of->input, &first);
    if (status == FEDVAL_OK)
        status = add_targets(together, of, &first, false);
    if (status == FEDVAL_OK && first.verdict != FEDVAL_VERDICT_PASS)
        status = add_planned(together, of, &first);
    if (status != FEDVAL_OK)
        return status;
    return add_traits(together, all, &first.scene, index) ? FEDVAL_OK : FEDVAL_ERROR_NO_MEMORY;
}

fedval_status fv_together_relate(const fv_rules_input *inputs, size_t num_inputs, fv_together *out)
{
    traits all = {0};
    *out = (fv_together){.num_domains = num_inputs};
    fv_arena_init(&out->arena);
    out->domains = fv_arena_alloc_array(&out->arena, num_inputs, sizeof(*out->domains));
    fedval_status status = out->domains != NULL ? FEDVAL_OK : FEDVAL_ERROR_NO_MEMORY;
    for (size_t i = 0; status == FEDVAL_OK && i < num_inputs; i++) {
        out->domains[i].input = &inputs[i];
        status = judge_alone(out, &all, i);
    }
    if (status != FEDVAL_OK)
        return status;
    make_groups(out, &all);
    return make_lists(out);
}

void fv_together_clear(fv_together *together)
{
    fv_arena_clear(&together->arena);
}

void fv_together_tell(const fv_together *together, size_t index, fv_rules_input *input)
{
    const domain *first = &together->domains[together->domains[index].group];
    input->others = first->all;
    input->num_others = first->num_all;
}
