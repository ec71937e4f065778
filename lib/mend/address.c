/* The stage of addresses: makes sure that every target that counts has public ones. */
#include "base/address.h"
#include "mend/mend.h"

#include <string.h>

fv_record fv_mend_address_record(const char *host, uint32_t ttl, const char *address)
{
    fv_record record = {.type = FEDVAL_TYPE_A, .owner = host, .ttl = ttl, .data = address};
    record.is_to_choose = address == NULL;
    if (address == NULL)
        record.data = FV_ADDRESS_TO_CHOOSE;
    else if (fv_address_parse(fv_text_of(address), &record.address) && record.address.len == 16)
        record.type = FEDVAL_TYPE_AAAA;
    return record;
}

const char *fv_mend_literal_of(const fv_scene_address *address)
{
    return address->is_to_choose ? NULL : address->text;
}

fedval_status fv_mend_append_record(fedval_fact *fact, const char *owner, const fv_record *record)
{
    if (record->is_to_choose)
        return fv_fact_append_to_choose(fact, owner, record, record->data);
    if (record->type == FEDVAL_TYPE_SRV) {
        return fedval_fact_append_srv(fact, owner, FEDVAL_NUL_ENDED, record->ttl, record->priority,
                                      record->weight, record->port, record->data, FEDVAL_NUL_ENDED);
    }
    return fedval_fact_append_address(fact, owner, FEDVAL_NUL_ENDED, record->ttl, record->data,
                                      FEDVAL_NUL_ENDED);
}

static fedval_status append_address(fedval_fact *fact, const char *host, const char *address)
{
    const fv_record record = fv_mend_address_record(host, FV_MEND_TTL, address);
    return fv_mend_append_record(fact, host, &record);
}

/* The facts that replace others. They are put into the evidence at the end, since the scene still
 * points to the old ones. */
typedef struct new_facts {
    fedval_fact **items;
    size_t num_items, capacity;
} new_facts;

static fedval_fact *append_fact(fv_mend *mend, new_facts *facts, fedval_fact *fact)
{
    void *items = facts->items;
    fedval_fact **slot =
        fv_arena_append(mend->arena, &items, &facts->num_items, &facts->capacity, sizeof(*slot));
    if (slot == NULL) {
        fedval_fact_free(fact);
        return NULL;
    }
    facts->items = items;
    *slot = fact;
    return fact;
}

static fedval_fact *new_address_fact(fv_mend *mend, new_facts *facts, const char *host,
                                     uint32_t type)
{
    fedval_fact *fact;
    if (fedval_fact_new_dns(host, FEDVAL_NUL_ENDED, type, 0, &fact) != FEDVAL_OK)
        return NULL;
    return append_fact(mend, facts, fact);
}

static bool is_public(const fv_scene_address *address)
{
    return address->not_public == NULL && address->text != NULL;
}

static fedval_status add_action(fv_mend *mend, uint32_t op, const fv_scene_target *target,
                                const char *address, const uint32_t *why, size_t num_why)
{
    const fv_mend_ttl ttl = fv_mend_ttl_of_addresses(mend, target);
    fv_report_action action = {
        .side = mend->now->scene.side,
        .op = op,
        .kind = FEDVAL_ACTION_DNS,
        .record = fv_mend_address_record(target->host, ttl.seconds, address),
        .ttl_authority = ttl.authority,
        .why = why,
        .num_why = num_why,
    };
    return fv_mend_add(mend, &action);
}

static const fv_record *find_alias(const fv_scene_target *target)
{
    const fv_record *alias = target->a != NULL ? fv_fact_find_alias(target->a) : NULL;
    return alias == NULL && target->aaaa != NULL ? fv_fact_find_alias(target->aaaa) : alias;
}

static fedval_status remove_alias(fv_mend *mend, const fv_scene_target *target,
                                  const fv_record *alias, const uint32_t *why, size_t num_why)
{
    fv_report_action action = {
        .side = mend->now->scene.side,
        .op = FEDVAL_OP_REMOVE,
        .kind = FEDVAL_ACTION_DNS,
        .record = *alias,
        .ttl_authority = fv_mend_ttl_of_addresses(mend, target).authority,
        .why = why,
        .num_why = num_why,
    };
    action.record.owner = target->host;
    return fv_mend_add(mend, &action);
}

/* RFC 1034 3.6.2: "If a CNAME RR is present at a node, no other data should be present". So the
 * alias goes, and address records come in its place: the public ones that it led to, or one to
 * choose. */
static fedval_status replace_alias(fv_mend *mend, const fv_scene_target *target,
                                   fedval_fact *const facts[2], const uint32_t *why, size_t num_why)
{
    fedval_status status = remove_alias(mend, target, find_alias(target), why, num_why);
    size_t num_public = 0;
    for (size_t i = 0; status == FEDVAL_OK && i < target->num_addresses; i++) {
        const fv_scene_address *address = &target->addresses[i];
        if (!is_public(address))
            continue;
        num_public++;
        const char *literal = fv_mend_literal_of(address);
        bool is_ipv6 = literal != NULL && fv_address_is_ipv6(literal);
        status = append_address(facts[is_ipv6], target->host, literal);
        if (status == FEDVAL_OK)
            status = add_action(mend, FEDVAL_OP_ADD, target, literal, why, num_why);
    }
    if (status != FEDVAL_OK || num_public > 0)
        return status;
    status = append_address(facts[0], target->host, NULL);
    return status == FEDVAL_OK ? add_action(mend, FEDVAL_OP_ADD, target, NULL, why, num_why)
                               : status;
}

/* Public addresses stay and the others are removed. If no public one is left, adds one that the
 * administrator has to choose. */
static fedval_status change_records(fv_mend *mend, const fv_scene_target *target,
                                    fedval_fact *const facts[2], const uint32_t *why,
                                    size_t num_why)
{
    fedval_status status = FEDVAL_OK;
    size_t num_public = 0, num_gone = 0;
    for (size_t i = 0; i < target->num_addresses; i++)
        num_public += is_public(&target->addresses[i]);
    for (size_t i = 0; status == FEDVAL_OK && i < target->num_addresses; i++) {
        const fv_scene_address *address = &target->addresses[i];
        if (address->text == NULL)
            continue;
        bool is_ipv6 = fv_address_is_ipv6(address->text);
        if (is_public(address)) {
            status = append_address(facts[is_ipv6], target->host, fv_mend_literal_of(address));
        } else if (num_public > 0 || num_gone++ > 0 || is_ipv6)
            status = add_action(mend, FEDVAL_OP_REMOVE, target, address->text, why, num_why);
    }
    if (status != FEDVAL_OK || num_public > 0)
        return status;
    bool is_replacement = num_gone > 0 && !fv_address_is_ipv6(target->addresses[0].text);
    status = append_address(facts[0], target->host, NULL);
    return status == FEDVAL_OK
               ? add_action(mend, is_replacement ? FEDVAL_OP_REPLACE : FEDVAL_OP_ADD, target, NULL,
                            why, num_why)
               : status;
}

/* A server presents the same chain at its new address. */
static fedval_status move_probe(fv_mend *mend, const fv_scene_target *target, new_facts *facts)
{
    for (size_t i = 0; i < target->num_addresses; i++) {
        const fv_scene_address *address = &target->addresses[i];
        if (!address->has_presented || address->probe->question.address == NULL)
            continue;
        fedval_fact moved = *address->probe;
        fedval_fact *copy;
        moved.question.address = FV_ADDRESS_TO_CHOOSE;
        fedval_status status = fv_fact_copy(&moved, &copy);
        if (status != FEDVAL_OK)
            return status;
        return append_fact(mend, facts, copy) != NULL ? FEDVAL_OK : FEDVAL_ERROR_NO_MEMORY;
    }
    return FEDVAL_OK;
}

static void settle(fedval_fact *fact)
{
    (void)fedval_fact_set_outcome(fact, fact->num_records > 0 ? FEDVAL_OUTCOME_ANSWER
                                                              : FEDVAL_OUTCOME_NODATA);
}

/* Whether only a resolver inside said that an address is private: the public record may be right,
 * and the one inside is to stay. */
static bool is_of_inside(const fv_mend *mend, const fv_scene_target *target)
{
    const fv_remarks *remarks = &mend->now->remarks;
    for (size_t i = 0; i < remarks->num_items; i++) {
        const fv_remark *remark = &remarks->items[i];
        if (remark->code == FEDVAL_FINDING_ADDRESS_NOT_PUBLIC &&
            remark->severity == FEDVAL_SEVERITY_INDETERMINATE && remark->where.target != NULL &&
            strcmp(remark->where.target, target->name) == 0)
            return true;
    }
    return false;
}

static fedval_status mend_target(fv_mend *mend, const fv_scene_target *target, new_facts *facts)
{
    const uint32_t *why;
    size_t num_why = fv_mend_collect_why(mend, FV_MEND_BY(ADDRESS_RECORD), target->name, &why);
    if (why == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    if (num_why == 0 || is_of_inside(mend, target))
        return FEDVAL_OK;
    fedval_fact *both[2] = {new_address_fact(mend, facts, target->host, FEDVAL_TYPE_A), NULL};
    if (both[0] != NULL)
        both[1] = new_address_fact(mend, facts, target->host, FEDVAL_TYPE_AAAA);
    if (both[1] == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fedval_status status = find_alias(target) != NULL
                               ? replace_alias(mend, target, both, why, num_why)
                               : change_records(mend, target, both, why, num_why);
    settle(both[0]);
    settle(both[1]);
    return status == FEDVAL_OK ? move_probe(mend, target, facts) : status;
}

/* Returns whether no earlier target has the same host: several records can point to one. */
static bool is_first_of_host(const fv_scene *scene, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (scene->targets[i].host != NULL &&
            strcmp(scene->targets[i].host, scene->targets[index].host) == 0)
            return false;
    }
    return true;
}

fedval_status fv_mend_addresses(fv_mend *mend)
{
    const fv_scene *scene = &mend->now->scene;
    new_facts facts = {0};
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < scene->num_targets; i++) {
        const fv_scene_target *target = &scene->targets[i];
        mend->provider = target->is_provider ? target->host : NULL;
        if (target->counts && target->host != NULL && !target->is_of_cloud &&
            is_first_of_host(scene, i))
            status = mend_target(mend, target, &facts);
    }
    mend->provider = NULL;
    fedval_evidence *evidence = NULL;
    if (status == FEDVAL_OK && facts.num_items > 0)
        status = fv_mend_open_evidence(mend, &evidence);
    for (size_t i = 0; status == FEDVAL_OK && i < facts.num_items; i++)
        status = fedval_evidence_append(evidence, facts.items[i]);
    for (size_t i = 0; i < facts.num_items; i++)
        fedval_fact_free(facts.items[i]);
    return status;
}
