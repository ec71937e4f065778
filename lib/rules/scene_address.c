/* Derives the addresses of a target, with the result of probing each. */
#include "rules/scene.h"

#include <string.h>

bool fv_probe_is_up(const fedval_fact *probe)
{
    if (probe == NULL)
        return false;
    return probe->outcome == FEDVAL_OUTCOME_HANDSHAKE ||
           (probe->client_certificate == FEDVAL_CLIENT_CERTIFICATE_REQUIRED &&
            probe->num_chain > 0);
}

bool fv_address_is_blank(const fv_scene_address *address)
{
    return address != NULL && fv_probe_is_up(address->probe) && address->probe->num_chain == 0;
}

bool fv_address_is_unseen(const fv_scene *scene, const fv_scene_address *address)
{
    bool is_private = address->not_public != NULL && scene->input->policy->allow_private == 0;
    return address->probe == NULL && !is_private;
}

static bool is_same_chain(const fv_scene_address *a, const fv_scene_address *b)
{
    return a->has_presented && b->has_presented && a->presented.chain == b->presented.chain;
}

static bool is_repeated(const fv_scene_target *target, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (is_same_chain(&target->addresses[i], &target->addresses[index]))
            return true;
    }
    return false;
}

static fedval_status add_presented(fv_scene *scene, fv_scene_target *target, size_t index)
{
    fv_scene_address *address = &target->addresses[index];
    const fv_scene_chain *chain = NULL;
    fedval_status status =
        address->probe != NULL ? fv_scene_add_chain(scene, address->probe, &chain) : FEDVAL_OK;
    target->is_up |= fv_probe_is_up(address->probe);
    if (status != FEDVAL_OK || chain == NULL)
        return status;
    address->has_presented = true;
    fv_scene_match_name(scene, target, chain, &address->presented);
    address->is_repeated = is_repeated(target, index);
    return FEDVAL_OK;
}

static bool is_address_record(const fv_record *record)
{
    return record->type == FEDVAL_TYPE_A || record->type == FEDVAL_TYPE_AAAA;
}

static size_t count_addresses(const fedval_fact *fact)
{
    size_t count = 0;
    for (size_t i = 0; fact != NULL && i < fact->num_records; i++)
        count += is_address_record(&fact->records[i]);
    return count;
}

static fedval_status fill_from_fact(fv_scene *scene, fv_scene_target *target,
                                    const fedval_fact *fact, size_t limit)
{
    for (size_t i = 0; fact != NULL && i < fact->num_records; i++) {
        const fv_record *record = &fact->records[i];
        if (!is_address_record(record) || target->num_addresses == limit)
            continue;
        fv_scene_address *address = &target->addresses[target->num_addresses++];
        address->text = fv_arena_copy_text(scene->arena, record->data, strlen(record->data));
        address->is_to_choose = record->is_to_choose;
        address->not_public = record->is_to_choose ? NULL : fv_address_not_public(&record->address);
        if (address->text == NULL)
            return FEDVAL_ERROR_NO_MEMORY;
    }
    return FEDVAL_OK;
}

/* Returns whether `fact` is a probe of `target`, at whatever address. */
static bool is_probe_of(const fedval_fact *fact, const fv_scene_target *target)
{
    const fedval_question *q = &fact->question;
    return q->kind == FEDVAL_QUESTION_PROBE && q->role == FEDVAL_ROLE_SERVER && q->host != NULL &&
           q->address != NULL && strcmp(q->host, target->host) == 0 && q->look == FEDVAL_LOOK_ANY &&
           (q->port == target->port || q->port == 0);
}

/* If DNS was not asked, the addresses are those that were probed. */
static fedval_status addresses_from_probes(fv_scene *scene, fv_scene_target *target)
{
    const fedval_evidence *evidence = scene->input->evidence;
    size_t capacity = 0;
    for (size_t i = 0; i < evidence->num_facts; i++) {
        const fedval_fact *fact = evidence->in_order[i];
        fv_address address;
        if (!is_probe_of(fact, target))
            continue;
        if ((int64_t)target->num_addresses >= scene->input->policy->limits.addresses) {
            target->num_addresses_left_out++;
            continue;
        }
        void *items = target->addresses;
        fv_scene_address *slot =
            fv_arena_append(scene->arena, &items, &target->num_addresses, &capacity, sizeof(*slot));
        if (slot == NULL)
            return FEDVAL_ERROR_NO_MEMORY;
        target->addresses = items;
        slot->text = fv_arena_copy_text(scene->arena, fact->question.address,
                                        strlen(fact->question.address));
        if (slot->text == NULL)
            return FEDVAL_ERROR_NO_MEMORY;
        if (fv_address_parse(fv_text_of(slot->text), &address))
            slot->not_public = fv_address_not_public(&address);
    }
    return FEDVAL_OK;
}

static fedval_status addresses_from_dns(fv_scene *scene, fv_scene_target *target)
{
    size_t count = count_addresses(target->a) + count_addresses(target->aaaa);
    size_t limit = (size_t)scene->input->policy->limits.addresses;
    size_t kept = count < limit ? count : limit;
    target->num_addresses_left_out = count - kept;
    target->addresses = fv_arena_alloc_array(scene->arena, kept, sizeof(*target->addresses));
    if (target->addresses == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fedval_status status = fill_from_fact(scene, target, target->a, kept);
    return status == FEDVAL_OK ? fill_from_fact(scene, target, target->aaaa, kept) : status;
}

/* If the target is written as an IP address, that is its only address. */
static fedval_status address_from_target(fv_scene *scene, fv_scene_target *target)
{
    fv_address address;
    target->addresses = fv_arena_alloc(scene->arena, sizeof(*target->addresses));
    if (target->addresses == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    target->addresses[0].text = target->name;
    if (fv_address_parse(fv_text_of(target->name), &address))
        target->addresses[0].not_public = fv_address_not_public(&address);
    target->num_addresses = 1;
    return FEDVAL_OK;
}

/* A chain from a file counts for every address of its host, and also if no address is known. */
static fedval_status address_from_file(fv_scene *scene, fv_scene_target *target)
{
    const fedval_fact *probe =
        fv_evidence_find_probe(scene->input->evidence, target->host, NULL, target->port);
    if (probe == NULL)
        return FEDVAL_OK;
    target->addresses = fv_arena_alloc(scene->arena, sizeof(*target->addresses));
    if (target->addresses == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    target->num_addresses = 1;
    return FEDVAL_OK;
}

static fedval_status find_addresses(fv_scene *scene, fv_scene_target *target)
{
    const fedval_evidence *evidence = scene->input->evidence;
    if (target->is_address)
        return address_from_target(scene, target);
    if (target->host == NULL)
        return FEDVAL_OK;
    target->a = fv_evidence_find_dns(evidence, target->host, FEDVAL_TYPE_A, 0);
    target->aaaa = fv_evidence_find_dns(evidence, target->host, FEDVAL_TYPE_AAAA, 0);
    bool was_asked = target->a != NULL || target->aaaa != NULL;
    fedval_status status =
        was_asked ? addresses_from_dns(scene, target) : addresses_from_probes(scene, target);
    if (status == FEDVAL_OK && target->num_addresses == 0)
        status = address_from_file(scene, target);
    return status;
}

/* ---- further looks ---- */

const fv_scene_presented *fv_scene_shown(const fv_scene_address *address, size_t index)
{
    const fv_scene_look *look = index > 0 ? &address->looks[index - 1] : NULL;
    return look != NULL && look->is_judged ? &look->presented : &address->presented;
}

/* Whether this chain is judged already: it is what an address presents, or a look at one. */
static bool is_judged_before(const fv_scene_target *target, size_t index,
                             const fv_scene_chain *chain)
{
    for (size_t i = 0; i <= index; i++) {
        const fv_scene_address *address = &target->addresses[i];
        if (address->has_presented && address->presented.chain == chain)
            return true;
        for (size_t k = 0; k < address->num_looks; k++) {
            if (address->looks[k].is_judged && address->looks[k].presented.chain == chain)
                return true;
        }
    }
    return false;
}

/* The check judges for a peer that sends a server name. A certificate that the server presents
 * without one is compared with the name, but not judged. */
static fedval_status add_look(fv_scene *scene, fv_scene_target *target, size_t index,
                              const fedval_fact *fact)
{
    fv_scene_address *address = &target->addresses[index];
    fv_scene_look look = {.fact = fact};
    const fv_scene_chain *chain = NULL;
    fedval_status status = fv_scene_add_chain(scene, fact, &chain);
    if (status != FEDVAL_OK)
        return status;
    if (chain != NULL) {
        fv_scene_match_name(scene, target, chain, &look.presented);
        look.is_judged = fact->question.look != FEDVAL_LOOK_NO_SERVER_NAME &&
                         !is_judged_before(target, index, chain);
    }
    address->looks[address->num_looks++] = look;
    return FEDVAL_OK;
}

static fedval_status add_looks(fv_scene *scene, fv_scene_target *target, size_t index)
{
    static const uint32_t looks[FV_SCENE_MAX_LOOKS] = {
        FEDVAL_LOOK_WINDOWS,        FEDVAL_LOOK_RSA,     FEDVAL_LOOK_ECDSA,
        FEDVAL_LOOK_NO_SERVER_NAME, FEDVAL_LOOK_OPTIONS, FEDVAL_LOOK_WINDOWS_2012_R2,
        FEDVAL_LOOK_WINDOWS_2019};
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < FV_SCENE_MAX_LOOKS; i++) {
        const fedval_fact *fact =
            fv_evidence_find_look(scene->input->evidence, target->host,
                                  target->addresses[index].text, target->port, looks[i]);
        if (fact != NULL)
            status = add_look(scene, target, index, fact);
    }
    return status;
}

/* Peers with TLS 1.2 get what the look as Windows got. So that counts where the server refused the
 * fuller offer at once. */
static void choose_probe(const fv_scene *scene, const fv_scene_target *target,
                         fv_scene_address *address)
{
    const fedval_evidence *evidence = scene->input->evidence;
    const fedval_fact *any =
        fv_evidence_find_probe(evidence, target->host, address->text, target->port);
    const fedval_fact *look = NULL;
    address->probe = any;
    if (any != NULL && address->text != NULL && any->num_chain == 0 && any->tls_version == NULL) {
        look = fv_evidence_find_look(evidence, target->host, address->text, target->port,
                                     FEDVAL_LOOK_WINDOWS);
    }
    if (look == NULL || !fv_probe_is_up(look) || look->num_chain == 0)
        return;
    address->probe = look;
    address->refused = any;
}

fedval_status fv_scene_add_addresses(fv_scene *scene, fv_scene_target *target)
{
    fedval_status status = find_addresses(scene, target);
    for (size_t i = 0; status == FEDVAL_OK && i < target->num_addresses; i++) {
        fv_scene_address *address = &target->addresses[i];
        if (target->host != NULL)
            choose_probe(scene, target, address);
        status = add_presented(scene, target, i);
        if (status == FEDVAL_OK && target->host != NULL && address->text != NULL)
            status = add_looks(scene, target, i);
    }
    return status;
}
