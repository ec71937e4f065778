/* The names of a reissued certificate: those to be added, and those that it keeps. */
#include "fedval/name.h"
#include "mend/reissue.h"
#include "model/dns_name.h"

#include <string.h>

static bool has_name(const fv_reissue *item, const char *name)
{
    for (size_t i = 0; i < item->num_names; i++) {
        if (strcmp(item->names[i], name) == 0)
            return true;
    }
    return false;
}

/* `item` NULL: no certificate was seen. */
static fedval_status add_san_action(fv_mend *mend, const fv_reissue *item, uint32_t op,
                                    const char *owner, const char *name, const uint32_t *why,
                                    size_t num_why)
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
    return fv_reissue_add_action(mend, item, true, &action);
}

/* Returns the action that makes the new SRV record of the domain. NULL: there is none. */
static const fv_report_action *find_srv_action(const fv_mend *mend)
{
    for (size_t i = 0; i < mend->num_actions; i++) {
        const fv_report_action *action = &mend->actions[i];
        if (action->kind == FEDVAL_ACTION_DNS && action->op != FEDVAL_OP_REMOVE &&
            action->record.type == FEDVAL_TYPE_SRV)
            return action;
    }
    return NULL;
}

/* Collects why a name is to be added: the findings, or else the reasons of the SRV action that made
 * the name necessary. Returns how many there are. */
static size_t why_name(fv_mend *mend, const char *target, const uint32_t **out_why)
{
    size_t num_why = fv_mend_collect_why(mend, FV_MEND_BY(NAMES), target, out_why);
    const fv_report_action *srv = find_srv_action(mend);
    for (size_t i = 0; *out_why != NULL && i < num_why; i++) {
        if (fv_mend_was_found(mend, (*out_why)[i]))
            return num_why;
    }
    if (srv == NULL && num_why == 0 && *out_why != NULL) { /* the certificate cannot be read */
        return fv_mend_collect_why(mend, FV_MEND_BY(OTHER_CHAIN), target, out_why);
    }
    if (srv == NULL || *out_why == NULL)
        return num_why;
    *out_why = srv->why;
    return srv->num_why;
}

/* The peer of a trunk, a Front End pool, compares the Common Name too. */
static fedval_status add_common_name_action(fv_mend *mend, const fv_reissue *item,
                                            const char *owner, const char *name,
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
    return fv_reissue_add_action(mend, item, true, &action);
}

static fedval_status add_name_for(fv_mend *mend, fv_reissue *item, const char *owner,
                                  const char *wanted, const uint32_t *why, size_t num_why)
{
    /* The name may belong to the policy, and the report outlives that: copy it. */
    const char *name = FV_MEND_JOIN(mend, wanted);
    void *items = item->names;
    const char **slot = fv_arena_append(mend->arena, &items, &item->num_names,
                                        &item->names_capacity, sizeof(*slot));
    if (why == NULL || slot == NULL || name == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    item->names = items;
    *slot = name;
    return add_san_action(mend, item, FEDVAL_OP_ADD, owner, name, why, num_why);
}

fedval_status fv_reissue_add_name(fv_mend *mend, fv_reissue *item, const char *owner,
                                  const char *wanted)
{
    const uint32_t *why;
    if (has_name(item, wanted))
        return FEDVAL_OK;
    size_t num_why = why_name(mend, owner, &why);
    fedval_status status = add_name_for(mend, item, owner, wanted, why, num_why);
    return status == FEDVAL_OK && mend->input.policy->common_name == FEDVAL_CN_REQUIRED
               ? add_common_name_action(mend, item, owner, wanted, why, num_why)
               : status;
}

fedval_status fv_reissue_add_cluster_name(fv_mend *mend, fv_reissue *item, const char *owner,
                                          const char *wanted)
{
    static const uint32_t why[] = {FEDVAL_FINDING_CLUSTER_NAME_MISSING};
    return has_name(item, wanted) ? FEDVAL_OK : add_name_for(mend, item, owner, wanted, why, 1);
}

fedval_status fv_reissue_ask_for_name(fv_mend *mend, const fv_scene_target *target)
{
    const fv_report_action *srv = find_srv_action(mend);
    if (srv == NULL || target->from_policy)
        return FEDVAL_OK;
    return add_san_action(mend, NULL, FEDVAL_OP_ADD, target->host, target->host, srv->why,
                          srv->num_why);
}

/* ---- one order ---- */

/* An action that adds a name, with the place of that name among those of all domains. */
typedef struct ranked {
    size_t rank;
    fv_report_action action;
} ranked;

/* A name that no domain of the group has for a target comes first. */
static size_t rank_of(const fv_rules_input *input, const char *name)
{
    for (size_t i = 0; i < input->num_others; i++) {
        if (strcmp(input->others[i].host, name) == 0)
            return i + 1;
    }
    return 0;
}

static bool adds_name(const fv_report_action *action, const fv_reissue *item)
{
    return action->kind == FEDVAL_ACTION_SAN && action->op == FEDVAL_OP_ADD &&
           action->reissue == item->number;
}

fedval_status fv_reissue_order_names(fv_mend *mend, const fv_reissue *item, size_t first)
{
    const fv_rules_input *input = mend->now->scene.input;
    size_t count = 0, num_written = 0;
    /* The first name is the Common Name where the policy wants one. */
    if (item->num_names < 2 || input->policy->common_name == FEDVAL_CN_REQUIRED)
        return FEDVAL_OK;
    ranked *sorted = fv_arena_alloc_array(mend->arena, item->num_names, sizeof(*sorted));
    if (sorted == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    for (size_t i = first; i < mend->num_actions && count < item->num_names; i++) {
        if (!adds_name(&mend->actions[i], item))
            continue;
        ranked own = {rank_of(input, mend->actions[i].data), mend->actions[i]};
        size_t at = count++;
        for (; at > 0 && sorted[at - 1].rank > own.rank; at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = own;
    }
    for (size_t i = first; num_written < count; i++) {
        if (adds_name(&mend->actions[i], item))
            mend->actions[i] = sorted[num_written++].action;
    }
    return FEDVAL_OK;
}

/* ---- the names that stay ---- */

static const char *copy_shown(fv_mend *mend, fv_text name)
{
    char *copy = fv_arena_alloc(mend->arena, name.len + 1);
    for (size_t i = 0; copy != NULL && i < name.len; i++)
        copy[i] = name.data[i] >= ' ' && name.data[i] < 0x7f ? name.data[i] : '?';
    return copy;
}

/* A stranger's certificate may hold 85,000 names: those beyond the limit are counted in the last
 * action that keeps one, which is the last of all. `part` is the value within `name`. */
static fedval_status keep_name(fv_mend *mend, fv_reissue *item, const char *owner, fv_text name,
                               fv_part part)
{
    /* A wildcard does not count in federation, and Expressway accepts none. */
    if (name.len > 0 && name.data[0] == '*' &&
        mend->input.policy->wildcard == FEDVAL_WILDCARD_NEVER)
        return FEDVAL_OK;
    if (item->num_kept > 0 && (item->num_kept == FV_REPORT_MAX_DNS_NAMES ||
                               mend->num_kept >= FV_REPORT_MAX_DNS_NAMES_OF_ALL)) {
        mend->actions[mend->num_actions - 1].num_names_left_out++;
        return FEDVAL_OK;
    }
    const char *copy = copy_shown(mend, name);
    if (copy == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    if (has_name(item, copy))
        return FEDVAL_OK;
    item->num_kept++;
    mend->num_kept++;
    fedval_status status = add_san_action(mend, item, FEDVAL_OP_KEEP, owner, copy, NULL, 0);
    if (status == FEDVAL_OK)
        mend->actions[mend->num_actions - 1].data_part = part;
    return status;
}

static fv_part whole_host(fv_text name)
{
    return (fv_part){0, name.len, FV_VALUE_HOST};
}

/* Shows a name of another type with its type, such as "IP:192.0.2.1". A name that can match nothing
 * is not kept. */
static fedval_status keep_alt_name(fv_mend *mend, fv_reissue *item, const char *owner,
                                   const fv_general_name *name)
{
    fv_text value = {(const char *)name->value.data, name->value.len};
    if (name->type == FV_GN_DNS) {
        return fv_presented_dns_name_is_valid(value)
                   ? keep_name(mend, item, owner, value, whole_host(value))
                   : FEDVAL_OK;
    }
    fv_buf buf;
    fv_buf_init(&buf);
    fv_general_name_append_text(&buf, name);
    fedval_status status = buf.failed ? FEDVAL_ERROR_NO_MEMORY
                                      : keep_name(mend, item, owner, (fv_text){buf.data, buf.len},
                                                  fv_general_name_part(name, 0, buf.len));
    fv_buf_clear(&buf);
    return status;
}

/* RFC 2818 3.1: "If a subjectAltName extension of type dNSName is present, that MUST be used as the
 * identity." So the Common Name has to be in the subjectAltName too. */
fedval_status fv_reissue_keep_names(fv_mend *mend, fv_reissue *item, const char *owner)
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
            status = keep_name(mend, item, owner, name, whole_host(name));
    }
    return status;
}
