/* The stage of SRV records: makes them point to a name one label under the domain. */
#include "base/address.h"
#include "base/calendar.h"
#include "fedval/name.h"
#include "mend/mend.h"
#include "model/dns_name.h"

#include <string.h>

/* ---- what the new target takes over from the old one ---- */

/* The host of a new record. */
typedef struct new_host {
    const char *name;
    bool is_to_choose; /* `name` is a placeholder */
    const uint32_t *why;
    size_t num_why;
} new_host;

/* `address` NULL: one that is to be chosen. */
static fedval_status append_address(fv_mend *mend, fedval_fact *fact, const new_host *host,
                                    fv_mend_ttl ttl, const char *address)
{
    fv_report_action action = {
        .side = mend->now->scene.side,
        .op = FEDVAL_OP_ADD,
        .kind = FEDVAL_ACTION_DNS,
        .record = fv_mend_address_record(host->name, ttl.seconds, address),
        .is_owner_to_choose = host->is_to_choose,
        .ttl_authority = ttl.authority,
        .why = host->why,
        .num_why = host->num_why,
    };
    fedval_status status = fv_mend_append_record(fact, host->name, &action.record);
    return status == FEDVAL_OK ? fv_mend_add(mend, &action) : status;
}

static bool is_usable(const fv_mend *mend, const fv_scene_address *address)
{
    return address->text != NULL &&
           (address->not_public == NULL || mend->input.policy->allow_private != 0);
}

/* Puts the addresses of the new host into one fact for each family, as a resolver would. */
static fedval_status give_addresses(fv_mend *mend, fedval_fact *facts[2],
                                    const fv_scene_target *old, const new_host *host)
{
    size_t count = 0;
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; old != NULL && status == FEDVAL_OK && i < old->num_addresses; i++) {
        const fv_scene_address *address = &old->addresses[i];
        if (!is_usable(mend, address) || old->is_provider || old->is_of_cloud)
            continue;
        bool is_ipv6 = fv_address_is_ipv6(address->text);
        status = append_address(mend, facts[is_ipv6], host, fv_mend_ttl_of_addresses(mend, old),
                                fv_mend_literal_of(address));
        count++;
    }
    if (status == FEDVAL_OK && count == 0) {
        status = append_address(mend, facts[0], host, fv_mend_ttl_of(mend, NULL, 0), NULL);
    }
    return status;
}

/* Appends the fact under the name `host`. If that is a placeholder, no question could ask for
 * it. */
static fedval_status append_as(fedval_evidence *evidence, const fedval_fact *fact, const char *host)
{
    fedval_fact renamed = *fact;
    renamed.question.name = host;
    return fedval_evidence_append(evidence, &renamed);
}

static fedval_status add_address_facts(fv_mend *mend, fedval_evidence *evidence,
                                       const fv_scene_target *old, const new_host *host)
{
    static const uint32_t types[2] = {FEDVAL_TYPE_A, FEDVAL_TYPE_AAAA};
    fedval_fact *facts[2] = {NULL, NULL};
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < 2; i++) {
        status =
            fedval_fact_new_dns(mend->now->scene.domain, FEDVAL_NUL_ENDED, types[i], 0, &facts[i]);
    }
    if (status == FEDVAL_OK)
        status = give_addresses(mend, facts, old, host);
    for (size_t i = 0; status == FEDVAL_OK && i < 2; i++) {
        status = fedval_fact_set_outcome(
            facts[i], facts[i]->num_records > 0 ? FEDVAL_OUTCOME_ANSWER : FEDVAL_OUTCOME_NODATA);
        if (status == FEDVAL_OK)
            status = append_as(evidence, facts[i], host->name);
    }
    fedval_fact_free(facts[0]);
    fedval_fact_free(facts[1]);
    return status;
}

/* The same servers answer under the new name, so the probe is copied. */
static fedval_status copy_probe(fedval_evidence *evidence, const fedval_fact *probe,
                                const char *host, const char *address, uint16_t port)
{
    fedval_fact renamed = *probe;
    renamed.question.host = host;
    renamed.question.address = probe->question.address != NULL ? address : NULL;
    renamed.question.port = probe->question.port != 0 ? port : 0;
    return fedval_evidence_append(evidence, &renamed);
}

static fedval_status add_probe_facts(const fv_mend *mend, fedval_evidence *evidence,
                                     const fv_scene_target *old, const char *host)
{
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; old != NULL && !old->is_provider && !old->is_of_cloud &&
                       status == FEDVAL_OK && i < old->num_addresses;
         i++) {
        const fv_scene_address *address = &old->addresses[i];
        const char *at = is_usable(mend, address) ? address->text : FV_ADDRESS_TO_CHOOSE;
        uint16_t port = fv_mend_choose_port(mend, old);
        /* If the address or the port has to change, the old answer says nothing about the new one.
         * But the server will present the same chain there. */
        bool is_telling = (at == address->text && port == old->port) || address->has_presented;
        if (address->probe != NULL && is_telling)
            status = copy_probe(evidence, address->probe, host, at, port);
    }
    return status;
}

static fedval_status make_host(fv_mend *mend, const fv_scene_target *old, const new_host *host)
{
    fedval_evidence *evidence;
    fedval_status status = fv_mend_open_evidence(mend, &evidence);
    if (status != FEDVAL_OK)
        return status;
    if (fv_evidence_find_dns(evidence, host->name, FEDVAL_TYPE_A, 0) == NULL)
        status = add_address_facts(mend, evidence, old, host);
    return status == FEDVAL_OK ? add_probe_facts(mend, evidence, old, host->name) : status;
}

/* ---- the records ---- */

typedef struct new_record {
    const fv_scene_target *old; /* NULL: there was no record */
    const char *name;           /* the name of the target; the old one if it stays */
    uint16_t port;
    bool is_changed;
    bool is_to_choose; /* `name` is a placeholder: the administrator has to choose the host */
    bool is_double;    /* an earlier record has the same target and priority already */
    bool is_known;     /* `name` is a standby's or a provider's: it needs no address of ours */
} new_record;

/* Returns the record whose priority and weight stay; NULL: both become 0. Where a port has to
 * change and one of the other numbers is 5061, the numbers were typed into the wrong fields. */
static const fv_scene_target *numbers_of(const new_record *record)
{
    const fv_scene_target *old = record->old;
    bool is_swapped = old != NULL && record->port != old->port &&
                      (old->priority == record->port || old->weight == record->port);
    return is_swapped ? NULL : old;
}

static fedval_status add_record_action(fv_mend *mend, uint32_t op, const new_record *record,
                                       const char *target, const uint32_t *why, size_t num_why)
{
    const fv_scene_target *old = record->old;
    uint16_t port = op == FEDVAL_OP_REMOVE ? old->port : record->port;
    const fv_scene_target *numbers = op == FEDVAL_OP_REMOVE ? old : numbers_of(record);
    const fv_mend_ttl ttl =
        fv_mend_ttl_of(mend, old != NULL ? mend->now->scene.srv : NULL, old != NULL ? old->ttl : 0);
    fv_report_action action = {
        .side = mend->now->scene.side,
        .op = op,
        .kind = FEDVAL_ACTION_DNS,
        .record = fv_mend_srv_record(mend, numbers, port, target),
        .ttl_authority = ttl.authority,
        .why = why,
        .num_why = num_why,
    };
    action.record.ttl = ttl.seconds;
    action.record.is_to_choose = op != FEDVAL_OP_REMOVE && record->is_to_choose;
    return fv_mend_add(mend, &action);
}

/* A single record is replaced. Among several, one action removes the old record and another adds
 * the new one. */
static fedval_status change_record(fv_mend *mend, const new_record *record, const uint32_t *why,
                                   size_t num_why)
{
    size_t count = mend->now->scene.num_targets;
    if (count <= 1) {
        bool is_there = record->old != NULL && !fv_mend_is_owner_alias(mend);
        return add_record_action(mend, is_there ? FEDVAL_OP_REPLACE : FEDVAL_OP_ADD, record,
                                 record->name, why, num_why);
    }
    fedval_status status =
        add_record_action(mend, FEDVAL_OP_REMOVE, record, record->old->name, why, num_why);
    if (status != FEDVAL_OK || record->is_double)
        return status;
    return add_record_action(mend, FEDVAL_OP_ADD, record, record->name, why, num_why);
}

static fedval_status append_srv(const fv_mend *mend, fedval_fact *fact, const new_record *from)
{
    fv_record record = fv_mend_srv_record(mend, numbers_of(from), from->port, from->name);
    record.ttl = from->old != NULL ? from->old->ttl : FV_MEND_TTL;
    record.is_to_choose = from->is_to_choose;
    return fv_mend_append_record(fact, record.owner, &record);
}

static fedval_status set_srv_fact(fv_mend *mend, const new_record *records, size_t num_records)
{
    fedval_evidence *evidence;
    fedval_fact *fact = NULL;
    const char *owner = mend->now->scene.srv_owner;
    fedval_status status = fv_mend_open_evidence(mend, &evidence);
    if (status == FEDVAL_OK)
        status = fedval_fact_new_dns(owner, FEDVAL_NUL_ENDED, FEDVAL_TYPE_SRV, 0, &fact);
    if (status == FEDVAL_OK)
        status = fedval_fact_set_outcome(fact, FEDVAL_OUTCOME_ANSWER);
    for (size_t i = 0; status == FEDVAL_OK && i < num_records; i++) {
        if (!records[i].is_double)
            status = append_srv(mend, fact, &records[i]);
    }
    if (status == FEDVAL_OK)
        status = fedval_evidence_append(evidence, fact);
    fedval_fact_free(fact);
    return status;
}

/* Whether a record that comes later, and needs no change, is the very record that this one becomes.
 */
static bool stands_later(const fv_mend *mend, size_t index, const new_record *record)
{
    const fv_scene *scene = &mend->now->scene;
    for (size_t i = index + 1; i < scene->num_targets; i++) {
        const fv_scene_target *target = &scene->targets[i];
        if (target->port == record->port && fv_mend_choose_port(mend, target) == target->port &&
            target->rank == record->old->rank && target->fits &&
            strcmp(target->name, record->name) == 0)
            return true;
    }
    return false;
}

static bool is_double(const fv_mend *mend, const new_record *records, size_t index)
{
    const new_record *record = &records[index];
    for (size_t i = 0; i < index; i++) {
        if (strcmp(records[i].name, record->name) == 0 && records[i].old->rank == record->old->rank)
            return true;
    }
    return stands_later(mend, index, record);
}

/* A provider's record beside others stays: the administrator has to decide about it. */
static bool is_replaced(const fv_scene_target *target)
{
    return target->counts && !target->fits && !target->is_provider;
}

/* Chooses the name and the port of the record that takes the place of `record->old`. Returns false
 * if memory is short. */
static bool choose_record(fv_mend *mend, const fv_scene_target *substitute, new_record *record)
{
    const fv_scene_target *old = record->old;
    record->name = old->name;
    record->port = fv_mend_choose_port(mend, old);
    record->is_changed = is_replaced(old) || (old->counts && record->port != old->port);
    record->is_known = substitute != NULL && (is_replaced(old) || old == substitute);
    if (old->undotted != NULL) {
        record->name = old->undotted;
        record->is_known = true;
    } else if (record->is_known) {
        record->name = substitute->name;
        record->port = fv_mend_choose_port(mend, substitute);
        record->is_changed = true;
    } else if (is_replaced(old)) {
        record->name = fv_mend_choose_name(mend, old, &record->is_to_choose);
    }
    return record->name != NULL;
}

/* Chooses a fitting name for every preferred record that counts and does not fit. Standbys stay,
 * but for the one that takes the place of such a record. */
static fedval_status choose_records(fv_mend *mend, new_record *records, size_t *out_num)
{
    const fv_scene *scene = &mend->now->scene;
    const fv_scene_target *substitute = fv_mend_find_substitute(scene);
    for (size_t i = 0; i < scene->num_targets; i++) {
        records[i] = (new_record){.old = &scene->targets[i]};
        if (!choose_record(mend, substitute, &records[i]))
            return FEDVAL_ERROR_NO_MEMORY;
        records[i].is_double =
            records[i].is_changed && (records[i].old == substitute || is_double(mend, records, i));
    }
    *out_num = scene->num_targets;
    if (scene->num_targets > 0)
        return FEDVAL_OK;
    records[0] = (new_record){.is_changed = true, .port = fv_mend_choose_port(mend, NULL)};
    records[0].name = fv_mend_choose_name(mend, NULL, &records[0].is_to_choose);
    *out_num = 1;
    return records[0].name != NULL ? FEDVAL_OK : FEDVAL_ERROR_NO_MEMORY;
}

/* What the new record mends. A target that is replaced takes the faults of its address and of the
 * name in its certificate away with it. */
static uint32_t cures_of(const new_record *record)
{
    bool is_replaced = record->old != NULL && !record->old->fits;
    return FV_MEND_BY(SRV_RECORD) |
           (is_replaced ? FV_MEND_BY(ADDRESS_RECORD) | FV_MEND_BY(NAMES) : 0);
}

static fedval_status carry_out(fv_mend *mend, const new_record *record)
{
    new_host host = {.name = record->name, .is_to_choose = record->is_to_choose};
    const fv_scene_target *old = record->old;
    bool is_substitute = record->is_known && old->fits;
    const char *at = old != NULL && old->srv_match != FEDVAL_SRV_MATCH_NOT_OFFERED && !is_substitute
                         ? old->name
                         : NULL;
    host.num_why = fv_mend_collect_why(mend, cures_of(record), at, &host.why);
    if (host.why == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fedval_status status = record->is_known ? FEDVAL_OK : make_host(mend, old, &host);
    return status == FEDVAL_OK ? change_record(mend, record, host.why, host.num_why) : status;
}

static fedval_status replace_records(fv_mend *mend)
{
    size_t num_records = 0;
    size_t room = mend->now->scene.num_targets + 1;
    new_record *records = fv_arena_alloc_array(mend->arena, room, sizeof(*records));
    if (records == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fedval_status status = choose_records(mend, records, &num_records);
    for (size_t i = 0; status == FEDVAL_OK && i < num_records; i++) {
        if (records[i].is_changed)
            status = carry_out(mend, &records[i]);
    }
    if (status == FEDVAL_OK)
        status = fv_mend_remove_owner_alias(mend);
    return status == FEDVAL_OK ? set_srv_fact(mend, records, num_records) : status;
}

fedval_status fv_mend_srv(fv_mend *mend)
{
    const uint32_t *why;
    size_t num_why = fv_mend_collect_why(mend, FV_MEND_BY(SRV_RECORD), NULL, &why);
    if (why == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    if (num_why == 0 || mend->now->scene.srv_owner == NULL)
        return FEDVAL_OK;
    return fv_mend_is_homed_at_provider(&mend->now->scene) ? fv_mend_move_out(mend)
                                                           : replace_records(mend);
}
