/* The rule on clusters (R8). Any peer of a cluster may call, and the Edge compares its certificate
 * with the SRV target that it has looked up [I]. So the certificate of every peer has to hold the
 * targets of all domains. */
#include "rules/rule.h"

#include "fedval/certificate.h"

#include <string.h>

/* ---- the names ---- */

static void add_own(fv_cluster *cluster, const char *name)
{
    for (size_t i = 0; i < cluster->num_own; i++) {
        if (strcmp(cluster->names[i], name) == 0)
            return;
    }
    cluster->names[cluster->num_names++] = name;
    cluster->num_own++;
}

/* Adds the target of another domain, unless it is one of this domain's own. The targets of other
 * domains differ from one another already. */
static void add_other(fv_cluster *cluster, const char *name)
{
    for (size_t i = 0; i < cluster->num_own; i++) {
        if (strcmp(cluster->names[i], name) == 0)
            return;
    }
    cluster->names[cluster->num_names++] = name;
}

/* A host without an address belongs to no peer: the fault is in its record. */
static bool is_looked_up(const fv_scene_target *target)
{
    bool is_gone = target->num_addresses == 0 && (target->a != NULL || target->aaaa != NULL);
    return target->counts && target->fits && fv_cluster_has_peer(target) && !target->is_to_choose &&
           !is_gone;
}

fedval_status fv_cluster_collect(const fv_scene *scene, bool with_all, fv_cluster *out)
{
    const fv_rules_input *input = scene->input;
    *out = (fv_cluster){0};
    if (input->policy->reference != FEDVAL_REFERENCE_SRV_TARGET || scene->srv_owner == NULL)
        return FEDVAL_OK;
    out->names = fv_arena_alloc_array(scene->arena, scene->num_targets + input->num_others,
                                      sizeof(*out->names));
    if (out->names == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    for (size_t i = 0; i < scene->num_targets; i++) {
        if (is_looked_up(&scene->targets[i]))
            add_own(out, scene->targets[i].host);
    }
    for (size_t i = 0; i < input->num_others; i++) {
        const fv_other_target *other = &input->others[i];
        if ((with_all || !other->lacks_record) && strcmp(other->domain, scene->domain) != 0)
            add_other(out, other->host);
    }
    return FEDVAL_OK;
}

/* ---- the peers ---- */

bool fv_cluster_has_peer(const fv_scene_target *target)
{
    return target->host != NULL && !target->is_provider && !target->is_of_cloud &&
           !target->from_policy;
}

/* Returns whether the certificate is presented under `name`. R4 compares the two then, so R8 need
 * not. */
static bool is_compared_by_r4(const fv_scene *scene, const fv_scene_chain *chain, const char *name)
{
    for (size_t i = 0; i < scene->num_targets; i++) {
        const fv_scene_target *target = &scene->targets[i];
        if (target->host == NULL || strcmp(target->host, name) != 0)
            continue;
        for (size_t k = 0; k < target->num_addresses; k++) {
            if (target->addresses[k].has_presented &&
                fv_scene_is_same_certificate(target->addresses[k].presented.chain, chain))
                return true;
        }
    }
    return false;
}

static bool is_presented_before(const fv_scene *scene, size_t target, size_t address)
{
    const fv_scene_chain *chain = scene->targets[target].addresses[address].presented.chain;
    for (size_t i = 0; i <= target; i++) {
        const fv_scene_target *at = &scene->targets[i];
        size_t count = i < target ? at->num_addresses : address;
        for (size_t k = 0; fv_cluster_has_peer(at) && k < count; k++) {
            if (at->addresses[k].has_presented &&
                fv_scene_is_same_certificate(at->addresses[k].presented.chain, chain))
                return true;
        }
    }
    return false;
}

/* ---- what was seen ---- */

typedef struct peers {
    size_t num_peers, num_certificates;
    bool is_any_hidden; /* at least one peer shows no certificate that can be compared */
} peers;

/* Returns whether an earlier record leads to the same host and address, at another port: that is
 * the same machine. */
static bool is_counted_before(const fv_scene *scene, size_t target, size_t address)
{
    const fv_scene_target *own = &scene->targets[target];
    const char *text = own->addresses[address].text;
    for (size_t i = 0; text != NULL && i < target; i++) {
        const fv_scene_target *at = &scene->targets[i];
        if (!fv_cluster_has_peer(at) || strcmp(at->host, own->host) != 0)
            continue;
        for (size_t k = 0; k < at->num_addresses; k++) {
            if (at->addresses[k].text != NULL && strcmp(at->addresses[k].text, text) == 0)
                return true;
        }
    }
    return false;
}

static peers count_peers(const fv_scene *scene)
{
    peers all = {0};
    for (size_t i = 0; i < scene->num_targets; i++) {
        const fv_scene_target *target = &scene->targets[i];
        if (!fv_cluster_has_peer(target))
            continue;
        for (size_t k = 0; k < target->num_addresses; k++) {
            const fv_scene_presented *presented = &target->addresses[k].presented;
            bool is_shown = target->addresses[k].has_presented && presented->name_match != 0;
            all.num_peers += !is_counted_before(scene, i, k);
            all.is_any_hidden |= !is_shown;
            all.num_certificates += is_shown && !is_presented_before(scene, i, k);
        }
        all.is_any_hidden |= target->num_addresses == 0;
    }
    return all;
}

static bool is_seen(const fv_scene *scene, const fv_cluster *cluster)
{
    peers all = count_peers(scene);
    if (cluster->num_names == 0)
        return false;
    /* One calling certificate was given; the other peers may have others. */
    if (scene->has_client && all.num_certificates > 1)
        return false;
    return !all.is_any_hidden && (all.num_peers > 1 || cluster->num_names > cluster->num_own);
}

fedval_status fv_cluster_look(const fv_scene *scene, bool *out_seen)
{
    fv_cluster cluster;
    fedval_status status = fv_cluster_collect(scene, false, &cluster);
    if (status == FEDVAL_OK)
        *out_seen = is_seen(scene, &cluster);
    return status;
}

/* ---- the rule ---- */

static const char *missing_names(fv_rule_context *context, const fv_cluster *cluster,
                                 const fv_scene_chain *chain, const char *compared)
{
    fv_buf buf;
    size_t count = 0;
    fv_buf_init(&buf);
    for (size_t i = 0; i < cluster->num_names; i++) {
        const char *name = cluster->names[i];
        if (compared != NULL ? strcmp(compared, name) == 0
                             : is_compared_by_r4(context->scene, chain, name))
            continue;
        uint32_t match = fv_scene_compare_name(context->scene, chain, name, NULL);
        if (match == 0 || fedval_name_match_is_accepted(match))
            continue;
        fv_buf_append_text(&buf, count++ > 0 ? ", " : "");
        fv_buf_append_text(&buf, name);
    }
    if (count > 0)
        return fv_rule_text(context, &buf);
    fv_buf_clear(&buf);
    return NULL;
}

static void emit_missing(fv_rule_context *context, const fv_scene_chain *chain, fv_where where,
                         const char *missing)
{
    const fv_remark at = {.where = where};
    const fv_certificate *certificate = chain->certificates[0];
    const fv_param params[] = {{"missing", missing},
                               fv_rule_alt_names(context, "names", certificate)};
    fv_emit_faulty(context, FEDVAL_FINDING_CLUSTER_NAME_MISSING, &at, params, 2);
}

static void judge_peer(fv_rule_context *context, const fv_cluster *cluster, size_t target,
                       size_t address)
{
    const fv_scene_target *at = &context->scene->targets[target];
    const fv_scene_chain *chain = at->addresses[address].presented.chain;
    fv_where where = {.target = at->name,
                      .port = at->port,
                      .endpoint = (uint32_t)target + 1,
                      .address = at->addresses[address].text,
                      .endpoint_address = (uint32_t)address + 1,
                      .der = chain->fact->chain[0],
                      .certificate = chain->name,
                      .certificate_kind = chain->name_kind,
                      .role = chain->role};
    const char *missing = missing_names(context, cluster, chain, NULL);
    if (missing != NULL)
        emit_missing(context, chain, where, missing);
}

static void judge_peers(fv_rule_context *context, const fv_cluster *cluster)
{
    const fv_scene *scene = context->scene;
    for (size_t i = 0; i < scene->num_targets; i++) {
        for (size_t k = 0; k < scene->targets[i].num_addresses; k++) {
            if (fv_cluster_has_peer(&scene->targets[i]) &&
                scene->targets[i].addresses[k].has_presented && !is_presented_before(scene, i, k))
                judge_peer(context, cluster, i, k);
        }
    }
}

/* If the calling certificate is known, the Edge compares that one. The certificates that the peers
 * show as servers concern R4 alone then. */
static void judge_client(fv_rule_context *context, const fv_cluster *cluster)
{
    const fv_scene_presented *client = &context->scene->client;
    fv_where where = {.der = client->chain->fact->chain[0],
                      .certificate = client->chain->name,
                      .certificate_kind = client->chain->name_kind,
                      .role = client->chain->role};
    const char *missing = missing_names(context, cluster, client->chain,
                                        client->reference != NULL ? client->reference : "");
    if (missing != NULL)
        emit_missing(context, client->chain, where, missing);
}

static bool is_cluster_fault_told(const fv_remarks *remarks)
{
    for (size_t i = 0; i < remarks->num_items; i++) {
        if (remarks->items[i].code == FEDVAL_FINDING_CLUSTER_NAME_MISSING)
            return true;
    }
    return false;
}

/* A certificate without the name that R4 asks for leaves R8 open, since R8 asks for it too. */
static void tell_open(fv_rule_context *context, const fv_cluster *cluster)
{
    const fv_remarks *remarks = context->remarks;
    if (!is_seen(context->scene, cluster) || is_cluster_fault_told(remarks))
        return;
    for (size_t i = 0; i < remarks->num_items; i++) {
        const fv_remark fault = remarks->items[i];
        if (fault.requirement == 4 && fault.severity > FEDVAL_SEVERITY_WARNING) {
            fv_emit_faulty(context, FEDVAL_FINDING_CLUSTER_OPEN_BY_NAME, &fault, NULL, 0);
            return;
        }
    }
}

static void every_peer_holds_every_name(fv_rule_context *context)
{
    const fv_scene *scene = context->scene;
    fv_cluster cluster;
    if (fv_cluster_collect(scene, false, &cluster) != FEDVAL_OK)
        context->is_out_of_memory = true;
    else if (scene->has_client)
        judge_client(context, &cluster);
    else
        judge_peers(context, &cluster);
    if (!context->is_out_of_memory)
        tell_open(context, &cluster);
}

const fv_rule fv_rules_cluster[] = {
    {"every-peer-holds-every-name",
     FV_LEVEL_LAST,
     every_peer_holds_every_name,
     {FEDVAL_FINDING_CLUSTER_NAME_MISSING, FEDVAL_FINDING_CLUSTER_OPEN_BY_NAME}},
};

const size_t fv_num_rules_cluster = sizeof(fv_rules_cluster) / sizeof(fv_rules_cluster[0]);
