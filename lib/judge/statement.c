#include "judge/statement.h"

#include <stdlib.h>
#include <string.h>

/* Returns the calls in which the other side sees the calling certificate: those that this side
 * makes. */
static uint32_t own_calls(const fv_scene *scene)
{
    return scene->side == FEDVAL_SIDE_MICROSOFT ? FEDVAL_DIRECTION_FROM_MICROSOFT
                                                : FEDVAL_DIRECTION_TO_MICROSOFT;
}

static bool is_of_calling(const fv_finding *finding)
{
    return finding->where.role == FEDVAL_ROLE_CLIENT;
}

/* Warnings and notes break no call. The catalogue says which calls a fault of a Cisco-side domain
 * breaks. Expressway looks the Microsoft side's domain up only when it calls. */
static uint32_t breaks(const fv_scene *scene, const fv_finding *finding,
                       const fedval_catalogue_entry *entry)
{
    if (finding->severity <= FEDVAL_SEVERITY_WARNING)
        return 0;
    if (is_of_calling(finding) && entry->breaks != 0)
        return own_calls(scene);
    if (scene->side == FEDVAL_SIDE_MICROSOFT && entry->breaks != 0)
        return FEDVAL_DIRECTION_TO_MICROSOFT;
    return entry->breaks;
}

uint32_t fv_statement_breaks(const fv_scene *scene, const fv_finding *finding)
{
    return breaks(scene, finding, fedval_catalogue_find(finding->code));
}

static bool has_symptoms(const fv_scene *scene, const fv_finding *finding)
{
    return finding->severity > FEDVAL_SEVERITY_WARNING && scene->side == FEDVAL_SIDE_CISCO;
}

/* Leaves out, for the calling certificate, symptoms in the direction in which it is not used. */
static bool put_symptoms(const fv_scene *scene, const fv_finding *finding, fv_statement *out)
{
    const fedval_catalogue_entry *entry = out->entry;
    if (!has_symptoms(scene, finding))
        return true;
    if (!is_of_calling(finding)) {
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
static uint32_t hint_of(const fedval_policy *policy, const fedval_catalogue_entry *entry)
{
    bool is_useless =
        entry->hint == FEDVAL_HINT_GIVE_ROOT && policy->trust == FEDVAL_ROOTS_PUBLIC_ONLY;
    return is_useless ? (uint32_t)FEDVAL_HINT_NONE : entry->hint;
}

bool fv_statement_fill(const fv_scene *scene, const fv_finding *finding, fv_statement_texts *texts,
                       fv_statement *out)
{
    texts->arena = scene->arena;
    texts->domain = scene->domain;
    texts->srv_owner = scene->srv_owner;
    *out = (fv_statement){
        .finding = *finding, .entry = fedval_catalogue_find(finding->code), .texts = texts};
    out->breaks = breaks(scene, finding, out->entry);
    out->remedy = fv_remedy_of(scene->input->policy, finding->code);
    out->hint = hint_of(scene->input->policy, out->entry);
    if (finding->where.der.len > 0) {
        out->kept = fv_kept_add(scene->kept, scene->arena, finding->where.der);
        out->finding.where.der = out->kept == NULL ? (fv_bytes){0} : out->kept->der;
    }
    return (out->kept != NULL || finding->where.der.len == 0) && put_symptoms(scene, finding, out);
}

bool fv_statement_tell(const fv_scene *scene, const fv_finding *finding, fv_statement *out)
{
    fv_statement_texts *texts = fv_arena_alloc(scene->arena, sizeof(*texts));
    return texts != NULL && fv_statement_fill(scene, finding, texts, out) &&
           fv_statements_make_texts(out, 1);
}

/* All pointers lead into one array, so comparing them keeps the order in which findings were
 * found. */
static int compare(const void *a, const void *b)
{
    const fv_finding *first = *(const fv_finding *const *)a;
    const fv_finding *second = *(const fv_finding *const *)b;
    if (fv_finding_counts(first) != fv_finding_counts(second))
        return fv_finding_counts(first) ? -1 : 1;
    if (first->severity != second->severity)
        return first->severity > second->severity ? -1 : 1;
    if (first->code != second->code)
        return first->code < second->code ? -1 : 1;
    return first < second ? -1 : first > second;
}

fedval_status fv_statements_fill(const fv_scene *scene, const fv_findings *findings,
                                 fv_statement **out, size_t *out_num)
{
    size_t count = findings->num_items;
    const fv_finding **order = fv_arena_alloc_array(scene->arena, count, sizeof(*order));
    fv_statement *statements = fv_arena_alloc_array(scene->arena, count, sizeof(*statements));
    fv_statement_texts *texts = fv_arena_alloc_array(scene->arena, count, sizeof(*texts));
    if (order == NULL || statements == NULL || texts == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    for (size_t i = 0; i < count; i++)
        order[i] = &findings->items[i];
    qsort(order, count, sizeof(*order), compare);
    for (size_t i = 0; i < count; i++) {
        if ((int64_t)i >= scene->input->policy->limits.findings) {
            statements[i] = (fv_statement){.finding = *order[i],
                                           .entry = fedval_catalogue_find(order[i]->code)};
        } else if (!fv_statement_fill(scene, order[i], &texts[i], &statements[i]))
            return FEDVAL_ERROR_NO_MEMORY;
    }
    *out = statements;
    *out_num = count;
    return FEDVAL_OK;
}

size_t fv_statements_cut(const fedval_policy *policy, size_t *num_findings)
{
    size_t limit = (size_t)policy->limits.findings;
    size_t left_out = *num_findings > limit ? *num_findings - limit : 0;
    *num_findings -= left_out;
    return left_out;
}

fedval_status fv_statements_from(const fv_judgement *judgement, fedval_report *report)
{
    return fv_statements_fill(&judgement->scene, &judgement->findings, &report->findings,
                              &report->num_findings);
}

uint32_t fedval_report_is_for_both_domains(const fedval_report *report)
{
    const uint32_t both = FEDVAL_DIRECTION_TO_MICROSOFT | FEDVAL_DIRECTION_FROM_MICROSOFT;
    for (size_t i = 0; i < fedval_report_count_findings(report); i++) {
        const fv_statement *s = &report->findings[i];
        uint32_t family = s->entry->family;
        if ((family == FEDVAL_FAMILY_SRV || family == FEDVAL_FAMILY_ADDRESS) && s->breaks == both &&
            s->finding.severity == FEDVAL_SEVERITY_ERROR && fv_finding_counts(&s->finding))
            return 1;
    }
    return 0;
}
