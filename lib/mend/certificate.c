/* Third stage: certificates that hold the names of every target they serve, and are sound. */
#include "fedval/name.h"
#include "judge/statement.h"
#include "mend/mend.h"
#include "mend/reissue.h"
#include "model/dns_name.h"

#include <string.h>

/* What becomes of the chain once the fault is mended. */
enum { AS_NOW = 0, BY_ANY_CA, BY_PARTNER };

/* What a cure of the certificate or its chain does. */
static const struct cure_row {
    uint32_t cure, op, trust;
} cure_rows[] = {
    {FEDVAL_CURE_REISSUE, FEDVAL_OP_REPLACE, AS_NOW},
    {FEDVAL_CURE_OTHER_CHAIN, FEDVAL_OP_REPLACE, BY_ANY_CA},
    {FEDVAL_CURE_PARTNER_TRUST, FEDVAL_OP_REPLACE, BY_PARTNER},
    {FEDVAL_CURE_SEND_CHAIN, FEDVAL_OP_ADD, BY_ANY_CA},
};
#define NUM_CURES (sizeof(cure_rows) / sizeof(cure_rows[0]))

/* NULL: no new certificate and no other chain takes the fault away. */
static const struct cure_row *find_cure(uint32_t code)
{
    for (size_t i = 0; i < NUM_CURES; i++) {
        if (cure_rows[i].cure == fedval_catalogue_find(code)->cure)
            return &cure_rows[i];
    }
    return NULL;
}

typedef struct reissues {
    fv_reissue *items;
    size_t num_items;
} reissues;

static bool is_same_certificate(const fv_scene_chain *a, const fv_scene_chain *b)
{
    return fv_bytes_equal(a->fact->chain[0], b->fact->chain[0]);
}

static fv_reissue *reissue_of(reissues *all, const fv_scene_chain *chain)
{
    for (size_t i = 0; i < all->num_items; i++) {
        if (is_same_certificate(all->items[i].chain, chain))
            return &all->items[i];
    }
    all->items[all->num_items] = (fv_reissue){.chain = chain};
    return &all->items[all->num_items++];
}

/* ---- names ---- */

static bool has_name(const fv_reissue *item, const char *name)
{
    for (size_t i = 0; i < item->num_names; i++) {
        if (strcmp(item->names[i], name) == 0)
            return true;
    }
    return false;
}

static fedval_status add_san_action(fv_mend *mend, uint32_t op, const char *owner, const char *name,
                                    const uint32_t *why, size_t num_why)
{
    fv_report_action action = {
        .side = mend->now->scene.side,
        .op = op,
        .kind = FEDVAL_ACTION_SAN,
        .owner = owner,
        .data = name,
        .why = why,
        .num_why = num_why,
    };
    return fv_mend_add(mend, &action);
}

/* The action that gives the domain its new SRV record; NULL: none does. */
static const fv_report_action *find_srv_action(const fv_mend *mend)
{
    for (size_t i = 0; i < mend->num_actions; i++) {
        const fv_report_action *action = &mend->actions[i];
        if (action->kind == FEDVAL_ACTION_DNS && action->op != FEDVAL_OP_REMOVE &&
            strcmp(action->type, "SRV") == 0)
            return action;
    }
    return NULL;
}

/* Why a name is to be added: what was found, or else the record that asks for another name now. */
static size_t why_name(fv_mend *mend, const char *target, const uint32_t **out_why)
{
    size_t num_why = fv_mend_collect_why(mend, FV_MEND_BY(NAMES), target, out_why);
    const fv_report_action *srv = find_srv_action(mend);
    for (size_t i = 0; *out_why != NULL && i < num_why; i++) {
        if (fv_mend_was_found(mend, (*out_why)[i]))
            return num_why;
    }
    if (srv == NULL && num_why == 0 && *out_why != NULL) { /* one that cannot be read */
        return fv_mend_collect_why(mend, FV_MEND_BY(OTHER_CHAIN), target, out_why);
    }
    if (srv == NULL || *out_why == NULL)
        return num_why;
    *out_why = srv->why;
    return srv->num_why;
}

/* A trunk to a Front End pool looks at the Common Name too. */
static fedval_status add_common_name_action(fv_mend *mend, const char *owner, const char *name,
                                            const uint32_t *why, size_t num_why)
{
    fv_report_action action = {
        .side = mend->now->scene.side,
        .op = FEDVAL_OP_REPLACE,
        .kind = FEDVAL_ACTION_TRUST,
        .owner = owner,
        .data = FV_MEND_JOIN(mend, "Have the certificate issued with the Common Name ", name),
        .why = why,
        .num_why = num_why,
    };
    return fv_mend_add(mend, &action);
}

static fedval_status add_name(fv_mend *mend, fv_reissue *item, const char *owner,
                              const char *wanted)
{
    const uint32_t *why;
    if (has_name(item, wanted))
        return FEDVAL_OK;
    size_t num_why = why_name(mend, owner, &why);
    /* It can be the policy's, which the report outlives. */
    const char *name = FV_MEND_JOIN(mend, wanted);
    void *items = item->names;
    const char **slot = fv_arena_append(mend->arena, &items, &item->num_names,
                                        &item->names_capacity, sizeof(*slot));
    if (why == NULL || slot == NULL || name == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    item->names = items;
    *slot = name;
    fedval_status status = add_san_action(mend, FEDVAL_OP_ADD, owner, name, why, num_why);
    return status == FEDVAL_OK && mend->input.policy->common_name == FEDVAL_CN_REQUIRED
               ? add_common_name_action(mend, owner, name, why, num_why)
               : status;
}

/* A certificate that cannot be read holds no name either. */
static bool lacks_name(const fv_scene_presented *presented)
{
    if (presented->name_match == 0)
        return presented->chain->certificates[0] == NULL && presented->reference != NULL;
    return !fedval_name_match_is_accepted(presented->name_match);
}

static const char *copy_shown(fv_mend *mend, fv_text name)
{
    char *copy = fv_arena_alloc(mend->arena, name.len + 1);
    for (size_t i = 0; copy != NULL && i < name.len; i++)
        copy[i] = name.data[i] >= ' ' && name.data[i] < 0x7f ? name.data[i] : '?';
    return copy;
}

static fedval_status keep_name(fv_mend *mend, const fv_reissue *item, const char *owner,
                               fv_text name)
{
    const char *copy = copy_shown(mend, name);
    if (copy == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    /* A wildcard does not count in federation, and Expressway takes none. */
    if (copy[0] == '*' && mend->input.policy->wildcard == FEDVAL_WILDCARD_NEVER)
        return FEDVAL_OK;
    return has_name(item, copy) ? FEDVAL_OK
                                : add_san_action(mend, FEDVAL_OP_KEEP, owner, copy, NULL, 0);
}

/* Names of other types by their type: "IP:192.0.2.1". What can match nothing is not kept. */
static fedval_status keep_alt_name(fv_mend *mend, const fv_reissue *item, const char *owner,
                                   const fv_general_name *name)
{
    fv_text value = {(const char *)name->value.data, name->value.len};
    if (name->type == FV_GN_DNS) {
        return fv_presented_dns_name_is_valid(value) ? keep_name(mend, item, owner, value)
                                                     : FEDVAL_OK;
    }
    fv_buf buf;
    fv_buf_init(&buf);
    fv_general_name_append_text(&buf, name);
    fedval_status status = buf.failed ? FEDVAL_ERROR_NO_MEMORY
                                      : keep_name(mend, item, owner, (fv_text){buf.data, buf.len});
    fv_buf_clear(&buf);
    return status;
}

/* Once there is a subjectAltName the Common Name is void: then it has to be named there too. */
static fedval_status keep_names(fv_mend *mend, const fv_reissue *item, const char *owner)
{
    const fv_certificate *certificate = item->chain->certificates[0];
    fedval_status status = FEDVAL_OK;
    if (certificate == NULL)
        return FEDVAL_OK;
    const fv_general_names *names = &certificate->subject_alt_name.names;
    for (size_t i = 0; status == FEDVAL_OK && i < names->num_items; i++)
        status = keep_alt_name(mend, item, owner, &names->items[i]);
    bool has_san = certificate->subject_alt_name.presence != FV_ABSENT;
    size_t num_cns = has_san ? 0 : certificate->subject.num_common_names;
    for (size_t i = 0; status == FEDVAL_OK && i < num_cns; i++) {
        fv_text name = certificate->subject.common_names[i];
        if (fv_presented_dns_name_is_valid(name))
            status = keep_name(mend, item, owner, name);
    }
    return status;
}

/* ---- faults ---- */

static const char *remedy_of(fv_mend *mend, const fv_finding *finding)
{
    fv_param params[FV_FINDING_MAX_PARAMS];
    size_t num_params = fv_finding_collect_params(finding, &mend->now->scene, params);
    return fv_template_fill(mend->arena, fedval_catalogue_find(finding->code)->remedy, params,
                            num_params);
}

static bool is_mended(const fv_reissue *item, uint32_t code)
{
    for (size_t i = 0; i < item->num_mended; i++) {
        if (item->mended[i] == code)
            return true;
    }
    return false;
}

static fedval_status cure(fv_mend *mend, fv_reissue *item, const fv_finding *finding,
                          const struct cure_row *row)
{
    uint32_t *why = fv_arena_alloc(mend->arena, sizeof(*why));
    bool is_partners =
        row->trust == BY_PARTNER && mend->input.policy->trust == FEDVAL_ROOTS_PUBLIC_OR_PRIVATE;
    if (why == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    *why = finding->code;
    item->mended[item->num_mended++] = finding->code;
    if (row->trust != AS_NOW)
        item->trust = is_partners ? FEDVAL_TRUST_BY_PRIVATE : FEDVAL_TRUST_BY_PUBLIC;
    fv_report_action action = {
        .side = mend->now->scene.side,
        .op = row->op,
        .kind = FEDVAL_ACTION_TRUST,
        .owner = finding->where.target,
        .data = remedy_of(mend, finding),
        .why = why,
        .num_why = 1,
    };
    return fv_mend_add(mend, &action);
}

static bool is_about(const fv_finding *finding, const fv_scene_target *target)
{
    if (finding->severity <= FEDVAL_SEVERITY_WARNING || !fv_finding_counts(finding))
        return false;
    if (target == NULL)
        return finding->where.target == NULL && finding->where.role == FEDVAL_ROLE_CLIENT;
    return finding->where.target != NULL && strcmp(finding->where.target, target->name) == 0;
}

static bool chain_has(const fv_scene_chain *chain, uint32_t code)
{
    const fv_trust_findings *lists[] = {&chain->trust.end_entity, &chain->trust.chain};
    for (size_t l = 0; l < 2; l++) {
        for (size_t i = 0; i < lists[l]->num_items; i++) {
            if (lists[l]->items[i].finding.code == code)
                return true;
        }
    }
    return false;
}

/* The same certificate can be sent with another chain elsewhere: it is this one that is at fault.
 */
static fedval_status cure_faults(fv_mend *mend, fv_reissue *item, const fv_scene_target *target,
                                 const fv_scene_chain *chain)
{
    const fv_findings *findings = &mend->now->findings;
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < findings->num_items; i++) {
        const fv_finding *finding = &findings->items[i];
        if (!is_about(finding, target) || is_mended(item, finding->code) ||
            !chain_has(chain, finding->code))
            continue;
        const struct cure_row *row = find_cure(finding->code);
        if (row != NULL)
            status = cure(mend, item, finding, row);
    }
    return status;
}

/* ---- the targets ---- */

static fv_reissue *open_reissue(fv_mend *mend, reissues *all, const fv_scene_target *target,
                                const fv_scene_presented *presented)
{
    fv_reissue *item = reissue_of(all, presented->chain);
    item->provider = mend->provider;
    if (target != NULL)
        item->host = target->host;
    if (item->mended == NULL) {
        item->mended =
            fv_arena_alloc_array(mend->arena, mend->now->findings.num_items, sizeof(*item->mended));
    }
    return item->mended != NULL ? item : NULL;
}

static fedval_status mend_presented(fv_mend *mend, reissues *all, const fv_scene_target *target,
                                    const fv_scene_presented *presented)
{
    fv_reissue *item = open_reissue(mend, all, target, presented);
    if (item == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fedval_status status = FEDVAL_OK;
    if (lacks_name(presented))
        status = add_name(mend, item, target != NULL ? target->host : NULL, presented->reference);
    return status == FEDVAL_OK ? cure_faults(mend, item, target, presented->chain) : status;
}

/* Nothing was presented for a target that an action has made: whatever serves it needs its name. */
static fedval_status ask_for_name(fv_mend *mend, const fv_scene_target *target)
{
    const fv_report_action *srv = find_srv_action(mend);
    if (srv == NULL || target->from_policy)
        return FEDVAL_OK;
    return add_san_action(mend, FEDVAL_OP_ADD, target->host, target->host, srv->why, srv->num_why);
}

static fedval_status mend_target(fv_mend *mend, reissues *all, const fv_scene_target *target)
{
    fedval_status status = FEDVAL_OK;
    bool is_presented = false;
    for (size_t i = 0; status == FEDVAL_OK && i < target->num_addresses; i++) {
        const fv_scene_address *at = &target->addresses[i];
        for (size_t k = 0; status == FEDVAL_OK && at->has_presented && k <= at->num_looks; k++)
            status = mend_presented(mend, all, target, fv_scene_shown(at, k));
        is_presented |= at->has_presented;
    }
    if (status == FEDVAL_OK && !is_presented && target->host != NULL && !target->is_provider &&
        mend->input.policy->reference == FEDVAL_REFERENCE_SRV_TARGET)
        status = ask_for_name(mend, target);
    return status;
}

static const char *owner_of(const fv_mend *mend, const fv_reissue *item)
{
    const fv_scene *scene = &mend->now->scene;
    for (size_t i = 0; i < scene->num_targets; i++) {
        for (size_t k = 0; k < scene->targets[i].num_addresses; k++) {
            const fv_scene_address *address = &scene->targets[i].addresses[k];
            if (address->has_presented &&
                is_same_certificate(address->presented.chain, item->chain))
                return scene->targets[i].host;
        }
    }
    return NULL;
}

fedval_status fv_mend_certificates(fv_mend *mend)
{
    const fv_scene *scene = &mend->now->scene;
    reissues all = {0};
    fedval_status status = FEDVAL_OK;
    if (mend->input.policy->scope == FEDVAL_SCOPE_DNS)
        return FEDVAL_OK;
    all.items = fv_arena_alloc_array(mend->arena, scene->num_chains, sizeof(*all.items));
    if (all.items == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    for (size_t i = 0; status == FEDVAL_OK && i < scene->num_targets; i++) {
        const fv_scene_target *target = &scene->targets[i];
        mend->provider = target->is_provider ? target->host : NULL;
        if (target->counts)
            status = mend_target(mend, &all, target);
    }
    mend->provider = NULL;
    if (status == FEDVAL_OK && scene->has_client)
        status = mend_presented(mend, &all, NULL, &scene->client);
    for (size_t i = 0; status == FEDVAL_OK && i < all.num_items; i++) {
        if (all.items[i].num_names > 0 && all.items[i].provider == NULL)
            status = keep_names(mend, &all.items[i], owner_of(mend, &all.items[i]));
        if (status == FEDVAL_OK)
            status = fv_reissue_plan(mend, &all.items[i]);
    }
    return status;
}
