#include "rules/other_views.h"

#include "rules/views.h"

#include <string.h>

/* ---- which faults two views share ---- */

static bool is_fault(const fv_remark *remark)
{
    return remark->severity > FEDVAL_SEVERITY_WARNING && remark->requirement != 0 &&
           remark->code != FEDVAL_FINDING_VIEWS_DIFFER &&
           remark->code != FEDVAL_FINDING_FAULT_IN_ONE_VIEW &&
           remark->code != FEDVAL_FINDING_CLUSTER_OPEN_BY_NAME &&
           remark->code != FEDVAL_FINDING_LIMIT_REACHED;
}

static bool is_same_place(const fv_where *a, const fv_where *b)
{
    return a->port == b->port && a->role == b->role && fv_is_same_text(a->target, b->target) &&
           fv_is_same_text(a->address, b->address) &&
           fv_is_same_text(a->certificate, b->certificate) && fv_bytes_equal(a->der, b->der);
}

static bool says_same(const fv_remark *a, const fv_remark *b)
{
    if (a->code != b->code || a->severity != b->severity || a->fault != b->fault ||
        a->num_params != b->num_params || !is_same_place(&a->where, &b->where))
        return false;
    for (size_t i = 0; i < a->num_params; i++) {
        if (!fv_is_same_text(a->params[i].value, b->params[i].value))
            return false;
    }
    return true;
}

static bool is_among(const fv_remarks *remarks, const fv_remark *remark)
{
    for (size_t i = 0; i < remarks->num_items; i++) {
        if (says_same(&remarks->items[i], remark))
            return true;
    }
    return false;
}

/* Returns whether a requirement fails by these remarks, whichever the fault and its place: two
 * servers of one name may show the same expired certificate at two addresses. */
static bool fails(const fv_remarks *remarks, uint32_t requirement)
{
    for (size_t i = 0; i < remarks->num_items; i++) {
        const fv_remark *item = &remarks->items[i];
        if (is_fault(item) && item->severity == FEDVAL_SEVERITY_ERROR &&
            item->requirement == requirement)
            return true;
    }
    return false;
}

/* Returns whether `fault` makes a requirement fail that fails by `remarks` too. */
static bool fails_as_well(const fv_remarks *remarks, const fv_remark *fault)
{
    return fault->severity == FEDVAL_SEVERITY_ERROR && fails(remarks, fault->requirement);
}

/* Returns whether these remarks hold the same fault, at any place. */
static bool has_fault(const fv_remarks *remarks, const fv_remark *fault)
{
    for (size_t i = 0; i < remarks->num_items; i++) {
        const fv_remark *item = &remarks->items[i];
        if (item->code == fault->code && item->fault == fault->fault && is_fault(item) &&
            item->requirement == fault->requirement)
            return true;
    }
    return false;
}

/* Returns whether these remarks hold the same fault of the same certificate at the same target, so
 * that one change mends it in both views. The address does not count. */
static bool has_cause(const fv_remarks *remarks, const fv_remark *fault)
{
    for (size_t i = 0; i < remarks->num_items; i++) {
        const fv_remark *item = &remarks->items[i];
        if (item->code == fault->code && item->fault == fault->fault &&
            fv_is_same_text(item->where.target, fault->where.target) &&
            fv_bytes_equal(item->where.der, fault->where.der))
            return true;
    }
    return false;
}

/* ---- the fault of one view ---- */

static const char *source_of(const fv_scene *scene, uint32_t view)
{
    const char *source = fv_views_source(scene->input->evidence, view);
    if (source == NULL)
        return view == 0 ? "the first resolver" : "another resolver";
    return fv_arena_copy_text(scene->arena, source, strlen(source));
}

/* Returns the parameter `key` with the text of `fault` that the template `text` has. Its value is
 * NULL if memory is short. */
static fv_param fill(const fv_scene *scene, const char *key, const char *text,
                     const fv_remark *fault)
{
    fv_param made = {key};
    fv_param params[FV_REMARK_MAX_PARAMS];
    size_t num_params = fv_remark_collect_params(fault, scene->domain, scene->srv_owner, params);
    (void)fv_template_fill_list(scene->arena, text, params, num_params, &made);
    return made;
}

/* Makes `fault` of view `view` one that another view, `other`, does not have. False: memory is
 * short. */
static bool weaken(const fv_scene *scene, uint32_t view, uint32_t other, fv_remark *fault)
{
    const fedval_catalogue_entry *entry = fedval_catalogue_find(fault->code);
    const char *remedy = fv_remedy_of(scene->input->policy, fault->code);
    const fv_param made[] = {{"view", source_of(scene, view)},
                             {"other", source_of(scene, other)},
                             fill(scene, "fault", entry->message, fault),
                             fill(scene, "remedy", remedy != NULL ? remedy : entry->remedy, fault)};
    const size_t num_params = sizeof(made) / sizeof(made[0]);
    fv_param *params = fv_arena_alloc_array(scene->arena, num_params, sizeof(*params));
    for (size_t i = 0; i < num_params; i++) {
        if (params == NULL || made[i].value == NULL)
            return false;
        params[i] = made[i];
    }
    fault->fault = fault->fault != 0 ? fault->fault : fault->code;
    fault->code = FEDVAL_FINDING_FAULT_IN_ONE_VIEW;
    fault->severity = FEDVAL_SEVERITY_INDETERMINATE;
    fault->params = params;
    fault->num_params = num_params;
    return true;
}

/* The targets of another view are none of the report's. */
static fv_remark without_index(const fv_remark *remark)
{
    fv_remark copy = *remark;
    copy.where.endpoint = 0;
    copy.where.endpoint_address = 0;
    return copy;
}

/* The evidence of another view ends before the report is made. False: memory is short. */
static bool own_certificate(const fv_scene *scene, const fv_remarks *remarks, fv_remark *fault)
{
    fv_bytes from = fault->where.der;
    for (size_t i = 0; i < remarks->num_items; i++) {
        fault->where.der = remarks->items[i].where.der;
        if (fv_bytes_equal(fault->where.der, from))
            return true;
    }
    return fv_arena_copy_bytes(scene->arena, from, &fault->where.der);
}

static bool append_fault(const fv_scene *scene, fv_remarks *remarks, fv_remark *fault)
{
    return is_among(remarks, fault) || (own_certificate(scene, remarks, fault) &&
                                        fv_remarks_append(scene->arena, remarks, fault));
}

static bool add_faults(const fv_scene *scene, const fv_remarks *own, const fv_remarks *other,
                       uint32_t view, fv_remarks *remarks)
{
    for (size_t i = 0; i < other->num_items; i++) {
        fv_remark fault = without_index(&other->items[i]);
        if (!is_fault(&fault) || fails_as_well(own, &fault) || has_fault(own, &fault))
            continue;
        remarks->is_view_open = true;
        if (!weaken(scene, view, 0, &fault) || !append_fault(scene, remarks, &fault))
            return false;
    }
    return true;
}

/* Compares `fault`, one of `remarks`, with what is found in `view`. */
static bool judge_own(const fv_scene *scene, fv_remark *fault, const fv_remarks *other,
                      uint32_t view, fv_remarks *remarks)
{
    if (fails_as_well(other, fault)) {
        remarks->is_view_open = remarks->is_view_open || !has_cause(other, fault);
        return true;
    }
    if (has_fault(other, fault)) {
        /* The other view leaves it open, so it is open here. */
        fault->severity = FEDVAL_SEVERITY_INDETERMINATE;
        return true;
    }
    remarks->is_view_open = true;
    return weaken(scene, 0, view, fault);
}

bool fv_other_views_merge(const fv_scene *scene, const fv_remarks *own, const fv_remarks *other,
                          uint32_t view, fv_remarks *remarks)
{
    for (size_t i = 0; i < own->num_items; i++) {
        if (is_fault(&remarks->items[i]) &&
            !judge_own(scene, &remarks->items[i], other, view, remarks))
            return false;
    }
    return add_faults(scene, own, other, view, remarks);
}
