/* Second stage: public addresses for every target that counts. */
#include "mend/plan.h"

#include <string.h>

static const uint32_t mendable[] = {FEDVAL_FINDING_ADDRESS_MISSING,
                                    FEDVAL_FINDING_ADDRESS_NOT_PUBLIC};

/* The facts that take the place of others; put in at the end, for the view still looks at those. */
typedef struct new_facts {
    fedval_fact **items;
    size_t num_items, capacity;
} new_facts;

static fedval_fact *append_fact(fv_plan *plan, new_facts *facts, fedval_fact *fact)
{
    void *items = facts->items;
    fedval_fact **slot =
        fv_arena_append(plan->arena, &items, &facts->num_items, &facts->capacity, sizeof(*slot));
    if (slot == NULL) {
        fedval_fact_free(fact);
        return NULL;
    }
    facts->items = items;
    *slot = fact;
    return fact;
}

static fedval_fact *new_address_fact(fv_plan *plan, new_facts *facts, const char *host,
                                     uint32_t type)
{
    fedval_fact *fact;
    if (fedval_fact_new_dns(host, type, 0, &fact) != FEDVAL_OK)
        return NULL;
    return append_fact(plan, facts, fact);
}

static bool is_public(const fv_view_address *address)
{
    return address->special == NULL && address->text != NULL;
}

static uint32_t ttl_of(const fv_view_target *target)
{
    const fedval_fact *a = target->a;
    return a != NULL && a->num_records > 0 ? a->records[0].ttl : FV_PLAN_TTL;
}

static fedval_status add_action(fv_plan *plan, uint32_t op, const fv_view_target *target,
                                const char *address, const uint32_t *why, size_t num_why)
{
    fv_report_action action = {
        .side = plan->now->view.side,
        .op = op,
        .kind = FEDVAL_ACTION_DNS,
        .owner = FV_PLAN_JOIN(plan, target->host, "."),
        .type = strchr(address, ':') != NULL ? "AAAA" : "A",
        .ttl = ttl_of(target),
        .data = address,
        .why = why,
        .num_why = num_why,
    };
    return fv_plan_add(plan, &action);
}

/* Those that are public stay; what is not goes, and one new one comes if none would be left. */
static fedval_status change_records(fv_plan *plan, const fv_view_target *target,
                                    fedval_fact *const facts[2], const uint32_t *why,
                                    size_t num_why)
{
    fedval_status status = FEDVAL_OK;
    size_t num_public = 0, num_gone = 0;
    for (size_t i = 0; i < target->num_addresses; i++)
        num_public += is_public(&target->addresses[i]);
    for (size_t i = 0; status == FEDVAL_OK && i < target->num_addresses; i++) {
        const fv_view_address *address = &target->addresses[i];
        if (address->text == NULL)
            continue;
        bool is_ipv6 = strchr(address->text, ':') != NULL;
        if (is_public(address))
            status = fedval_fact_append_address(facts[is_ipv6], target->host, FV_PLAN_TTL,
                                                address->text);
        else if (num_public > 0 || num_gone++ > 0 || is_ipv6)
            status = add_action(plan, FEDVAL_OP_REMOVE, target, address->text, why, num_why);
    }
    if (status != FEDVAL_OK || num_public > 0)
        return status;
    bool is_replacement = num_gone > 0 && strchr(target->addresses[0].text, ':') == NULL;
    status =
        fedval_fact_append_address(facts[0], target->host, FV_PLAN_TTL, FV_PLAN_ADDRESS_STAND_IN);
    return status == FEDVAL_OK
               ? add_action(plan, is_replacement ? FEDVAL_OP_REPLACE : FEDVAL_OP_ADD, target,
                            FV_PLAN_ADDRESS_TO_CHOOSE, why, num_why)
               : status;
}

/* What a server presents it will present at its new address too. */
static fedval_status move_probe(fv_plan *plan, const fv_view_target *target, new_facts *facts)
{
    for (size_t i = 0; i < target->num_addresses; i++) {
        const fv_view_address *address = &target->addresses[i];
        if (!address->has_presented || address->probe->question.address == NULL)
            continue;
        fedval_fact moved = *address->probe;
        fedval_fact *copy;
        moved.question.address = FV_PLAN_ADDRESS_STAND_IN;
        fedval_status status = fv_fact_copy(&moved, &copy);
        if (status != FEDVAL_OK)
            return status;
        return append_fact(plan, facts, copy) != NULL ? FEDVAL_OK : FEDVAL_ERROR_NO_MEMORY;
    }
    return FEDVAL_OK;
}

static fedval_status mend_target(fv_plan *plan, const fv_view_target *target, new_facts *facts)
{
    const uint32_t *why;
    size_t num_why = fv_plan_collect_why(plan, mendable, 2, target->name, &why);
    if (why == NULL || num_why == 0)
        return why != NULL ? FEDVAL_OK : FEDVAL_ERROR_NO_MEMORY;
    fedval_fact *both[2] = {new_address_fact(plan, facts, target->host, FEDVAL_TYPE_A), NULL};
    if (both[0] != NULL)
        both[1] = new_address_fact(plan, facts, target->host, FEDVAL_TYPE_AAAA);
    if (both[1] == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fedval_status status = change_records(plan, target, both, why, num_why);
    for (size_t i = 0; status == FEDVAL_OK && i < 2; i++)
        status = fedval_fact_set_outcome(both[i], both[i]->num_records > 0 ? FEDVAL_OUTCOME_ANSWER
                                                                           : FEDVAL_OUTCOME_NODATA);
    return status == FEDVAL_OK ? move_probe(plan, target, facts) : status;
}

/* Several records can point to one host. */
static bool is_first_of_host(const fv_view *view, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (view->targets[i].host != NULL &&
            strcmp(view->targets[i].host, view->targets[index].host) == 0)
            return false;
    }
    return true;
}

fedval_status fv_plan_addresses(fv_plan *plan)
{
    const fv_view *view = &plan->now->view;
    new_facts facts = {0};
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < view->num_targets; i++) {
        const fv_view_target *target = &view->targets[i];
        plan->provider = target->is_provider ? target->host : NULL;
        if (target->counts && target->host != NULL && is_first_of_host(view, i))
            status = mend_target(plan, target, &facts);
    }
    plan->provider = NULL;
    fedval_evidence *evidence = NULL;
    if (status == FEDVAL_OK && facts.num_items > 0)
        status = fv_plan_open_evidence(plan, &evidence);
    for (size_t i = 0; status == FEDVAL_OK && i < facts.num_items; i++)
        status = fedval_evidence_append(evidence, facts.items[i]);
    for (size_t i = 0; i < facts.num_items; i++)
        fedval_fact_free(facts.items[i]);
    return status;
}
