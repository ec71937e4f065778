#include "judge/finding.h"

#include <stdlib.h>
#include <string.h>

/* Returns the calls in which the other side sees the calling certificate: those that this side
 * makes. */
static uint32_t own_calls(const fv_scene *scene)
{
    return scene->side == FEDVAL_SIDE_MICROSOFT ? FEDVAL_DIRECTION_FROM_MICROSOFT
                                                : FEDVAL_DIRECTION_TO_MICROSOFT;
}

static bool is_of_calling(const fv_remark *remark)
{
    return remark->where.role == FEDVAL_ROLE_CLIENT;
}

/* Warnings and notes break no call. The catalogue says which calls a fault of a Cisco-side domain
 * breaks. Expressway looks the Microsoft side's domain up only when it calls. */
static uint32_t breaks(const fv_scene *scene, const fv_remark *remark,
                       const fedval_catalogue_entry *entry)
{
    if (remark->severity <= FEDVAL_SEVERITY_WARNING)
        return 0;
    if (is_of_calling(remark) && entry->breaks != 0)
        return own_calls(scene);
    if (scene->side == FEDVAL_SIDE_MICROSOFT && entry->breaks != 0)
        return FEDVAL_DIRECTION_TO_MICROSOFT;
    return entry->breaks;
}

uint32_t fv_finding_breaks(const fv_scene *scene, const fv_remark *remark)
{
    return breaks(scene, remark, fedval_catalogue_find(remark->code));
}

static bool has_symptoms(const fv_scene *scene, const fv_remark *remark)
{
    return remark->severity > FEDVAL_SEVERITY_WARNING && scene->side == FEDVAL_SIDE_CISCO;
}

/* Leaves out, for the calling certificate, symptoms in the direction in which it is not used. */
static bool put_symptoms(const fv_scene *scene, const fv_remark *remark, fedval_finding *out)
{
    const fedval_catalogue_entry *entry = out->entry;
    if (!has_symptoms(scene, remark))
        return true;
    if (!is_of_calling(remark)) {
        out->symptoms = entry->symptoms;
        out->num_symptoms = entry->num_symptoms;
        return true;
    }
    fv_symptom *kept = fv_arena_alloc_array(scene->arena, entry->num_symptoms, sizeof(*kept));
    if (kept == NULL)
        return false;
    for (size_t i = 0; i < entry->num_symptoms; i++) {
        if ((entry->symptoms[i].direction & own_calls(scene)) != 0)
            kept[out->num_symptoms++] = entry->symptoms[i];
    }
    out->symptoms = kept;
    return true;
}

/* To a policy that takes public CAs alone, no root that is given makes the chain sound. */
static uint32_t hint_of(const fedval_policy *policy, const fedval_catalogue_entry *entry,
                        const fv_remark *remark)
{
    bool is_useless =
        entry->hint == FEDVAL_HINT_GIVE_ROOT && policy->trust == FEDVAL_ROOTS_PUBLIC_ONLY;
    /* What a resolver inside says of an address is no reason to let private ones pass. */
    if (entry->hint == FEDVAL_HINT_ALLOW_PRIVATE &&
        remark->severity == FEDVAL_SEVERITY_INDETERMINATE)
        return FEDVAL_HINT_OTHER_RESOLVER;
    return is_useless ? (uint32_t)FEDVAL_HINT_NONE : entry->hint;
}

bool fv_finding_fill(const fv_scene *scene, const fv_remark *remark, fv_finding_texts *texts,
                     fedval_finding *out)
{
    texts->arena = scene->arena;
    texts->domain = scene->domain;
    texts->srv_owner = scene->srv_owner;
    *out = (fedval_finding){
        .remark = *remark, .entry = fedval_catalogue_find(remark->code), .texts = texts};
    out->breaks = breaks(scene, remark, out->entry);
    out->remedy = fv_remedy_of(scene->input->policy, remark->code);
    out->hint = hint_of(scene->input->policy, out->entry, remark);
    if (remark->where.der.len > 0) {
        out->kept = fv_kept_add(scene->kept, scene->arena, remark->where.der);
        out->remark.where.der = out->kept == NULL ? (fv_bytes){0} : out->kept->der;
    }
    return (out->kept != NULL || remark->where.der.len == 0) && put_symptoms(scene, remark, out);
}

bool fv_finding_tell(const fv_scene *scene, const fv_remark *remark, fedval_finding *out)
{
    fv_finding_texts *texts = fv_arena_alloc(scene->arena, sizeof(*texts));
    return texts != NULL && fv_finding_fill(scene, remark, texts, out) &&
           fv_findings_make_texts(out, 1);
}

/* All pointers lead into one array, so comparing them keeps the order in which findings were
 * found. */
static int compare(const void *a, const void *b)
{
    const fv_remark *first = *(const fv_remark *const *)a;
    const fv_remark *second = *(const fv_remark *const *)b;
    if (fv_remark_counts(first) != fv_remark_counts(second))
        return fv_remark_counts(first) ? -1 : 1;
    if (first->severity != second->severity)
        return first->severity > second->severity ? -1 : 1;
    if (first->code != second->code)
        return first->code < second->code ? -1 : 1;
    return first < second ? -1 : first > second;
}

fedval_status fv_findings_fill(const fv_scene *scene, const fv_remarks *remarks,
                               fedval_finding **out, size_t *out_num)
{
    size_t count = remarks->num_items;
    const fv_remark **order = fv_arena_alloc_array(scene->arena, count, sizeof(*order));
    fedval_finding *findings = fv_arena_alloc_array(scene->arena, count, sizeof(*findings));
    fv_finding_texts *texts = fv_arena_alloc_array(scene->arena, count, sizeof(*texts));
    if (order == NULL || findings == NULL || texts == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    for (size_t i = 0; i < count; i++)
        order[i] = &remarks->items[i];
    qsort(order, count, sizeof(*order), compare);
    for (size_t i = 0; i < count; i++) {
        if ((int64_t)i >= scene->input->policy->limits.findings) {
            findings[i] = (fedval_finding){.remark = *order[i],
                                           .entry = fedval_catalogue_find(order[i]->code)};
        } else if (!fv_finding_fill(scene, order[i], &texts[i], &findings[i]))
            return FEDVAL_ERROR_NO_MEMORY;
    }
    *out = findings;
    *out_num = count;
    return FEDVAL_OK;
}

size_t fv_findings_cut(const fedval_policy *policy, size_t *num_findings)
{
    size_t limit = (size_t)policy->limits.findings;
    size_t left_out = *num_findings > limit ? *num_findings - limit : 0;
    *num_findings -= left_out;
    return left_out;
}

fedval_status fv_findings_from(const fv_judgement *judgement, fedval_report *report)
{
    return fv_findings_fill(&judgement->scene, &judgement->remarks, &report->findings,
                            &report->num_findings);
}

uint32_t fedval_report_is_for_both_domains(const fedval_report *report)
{
    const uint32_t both = FEDVAL_DIRECTION_TO_MICROSOFT | FEDVAL_DIRECTION_FROM_MICROSOFT;
    for (size_t i = 0; i < fedval_report_count_findings(report); i++) {
        const fedval_finding *s = &report->findings[i];
        uint32_t family = s->entry->family;
        if ((family == FEDVAL_FAMILY_SRV || family == FEDVAL_FAMILY_ADDRESS) && s->breaks == both &&
            s->remark.severity == FEDVAL_SEVERITY_ERROR && fv_remark_counts(&s->remark))
            return 1;
    }
    return 0;
}
