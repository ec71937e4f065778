/* Compares the views of several resolvers: do they give the same answers? */
#include "rules/views.h"

#include <string.h>

static bool is_same_record(const fv_record *a, const fv_record *b)
{
    return a->type == b->type && a->priority == b->priority && a->weight == b->weight &&
           a->port == b->port && fv_text_equal_nocase(fv_text_of(a->data), fv_text_of(b->data));
}

static bool has_record(const fedval_fact *fact, const fv_record *record)
{
    for (size_t i = 0; i < fact->num_records; i++) {
        if (is_same_record(&fact->records[i], record))
            return true;
    }
    return false;
}

static bool holds_all(const fedval_fact *fact, const fedval_fact *of)
{
    for (size_t i = 0; i < of->num_records; i++) {
        if (!has_record(fact, &of->records[i]))
            return false;
    }
    return true;
}

bool fv_views_same(const fedval_fact *a, const fedval_fact *b)
{
    return a->outcome == b->outcome && holds_all(a, b) && holds_all(b, a);
}

static void append_record(fv_buf *buf, const fv_record *record)
{
    if (record->type == FEDVAL_TYPE_SRV) {
        fv_buf_append_u64(buf, record->priority);
        fv_buf_append_char(buf, ' ');
        fv_buf_append_u64(buf, record->weight);
        fv_buf_append_char(buf, ' ');
        fv_buf_append_u64(buf, record->port);
        fv_buf_append_char(buf, ' ');
    }
    fv_buf_append_text(buf, record->type == FEDVAL_TYPE_CNAME ? "CNAME " : "");
    fv_buf_append_text(buf, record->data);
}

#define MAX_RECORDS_SHOWN 4

const char *fv_views_answer(fv_rule_context *context, const fedval_fact *fact)
{
    fv_buf buf;
    fv_buf_init(&buf);
    for (size_t i = 0; i < fact->num_records && i < MAX_RECORDS_SHOWN; i++) {
        fv_buf_append_text(&buf, i > 0 ? ", " : "");
        append_record(&buf, &fact->records[i]);
    }
    if (fact->num_records > MAX_RECORDS_SHOWN)
        fv_buf_append_text(&buf, " and more");
    bool is_silent = !fv_views_is_answer(fact);
    if (fact->num_records == 0 && is_silent)
        fv_buf_append_text(&buf, "nothing (");
    if (fact->num_records == 0)
        fv_buf_append_text(&buf, fedval_outcome_to_string(fact->outcome));
    if (fact->num_records == 0 && is_silent)
        fv_buf_append_text(&buf, ")");
    return fv_rule_text(context, &buf);
}

static const char *source_text(const fedval_fact *fact, const char *otherwise)
{
    return fact->sources.text != NULL ? fact->sources.text : otherwise;
}

/* Returns whether this is split DNS: partners have one of the two views and not the other. */
static bool is_split(const fedval_evidence *evidence, const fedval_fact *second)
{
    uint32_t view = second->question.view;
    if (fedval_evidence_get_view(evidence, 0) == FEDVAL_VIEW_PUBLIC)
        return fedval_evidence_get_view(evidence, view) != FEDVAL_VIEW_PUBLIC;
    return fv_evidence_is_inside(evidence, view, 0);
}

bool fv_views_is_open(const fedval_evidence *evidence, const fedval_fact *fact)
{
    const fedval_question *q = &fact->question;
    if (fact->num_records > 0 || !fv_views_is_answer(fact))
        return false;
    for (uint32_t view = 1; view < FV_EVIDENCE_MAX_VIEWS; view++) {
        const fedval_fact *other = fv_evidence_find_dns(evidence, q->name, q->type, view);
        if (other != NULL && other->outcome == FEDVAL_OUTCOME_ANSWER && !is_split(evidence, other))
            return true;
    }
    return false;
}

/* Returns whether the answer of another view differs from that of the first one. */
static bool differs(const fedval_evidence *evidence, const fedval_fact *second)
{
    const fedval_question *q = &second->question;
    if (q->kind != FEDVAL_QUESTION_DNS || q->view == 0 || q->address != NULL)
        return false;
    const fedval_fact *first = fv_evidence_find_dns(evidence, q->name, q->type, 0);
    return first != NULL && first->num_records + second->num_records > 0 &&
           fv_views_is_answer(first) && fv_views_is_answer(second) && !fv_views_same(first, second);
}

bool fv_views_is_undecided(const fedval_evidence *evidence, uint32_t view)
{
    for (size_t i = 0; i < evidence->num_facts; i++) {
        const fedval_fact *fact = evidence->in_order[i];
        if (fact->question.view == view && differs(evidence, fact))
            return !is_split(evidence, fact);
    }
    return false;
}

const char *fv_views_source(const fedval_evidence *evidence, uint32_t view)
{
    for (size_t i = 0; i < evidence->num_facts; i++) {
        const fedval_fact *fact = evidence->in_order[i];
        if (fact->question.kind == FEDVAL_QUESTION_DNS && fact->question.view == view &&
            fact->question.address == NULL && fact->sources.text != NULL)
            return fact->sources.text;
    }
    return NULL;
}

static void emit_as(fv_rule_context *context, uint32_t code, uint32_t severity,
                    const fedval_fact *first, const fedval_fact *second)
{
    const fv_param params[] = {
        {"name", fv_rule_copy(context, first->question.name)},
        {"type", fedval_type_to_string(first->question.type)},
        {"first_source", fv_rule_copy(context, source_text(first, "the first resolver"))},
        {"first", fv_views_answer(context, first)},
        {"second_source", fv_rule_copy(context, source_text(second, "another resolver"))},
        {"second", fv_views_answer(context, second)}};
    const size_t num_params = sizeof(params) / sizeof(params[0]);
    if (code == FEDVAL_FINDING_SPLIT_DNS) {
        fv_emit(context, code, params, num_params);
        return;
    }
    context->severity = severity;
    fv_emit_for(context, first->question.type == FEDVAL_TYPE_SRV ? 1 : 3, code, params, num_params);
    context->severity = 0;
}

static void emit_difference(fv_rule_context *context, const fedval_fact *first,
                            const fedval_fact *second)
{
    bool is_empty = first->num_records + second->num_records == 0;
    if (is_split(context->scene->input->evidence, second))
        emit_as(context, FEDVAL_FINDING_SPLIT_DNS, 0, first, second);
    else {
        /* One resolver says NXDOMAIN, the other gives an empty answer: for partners both mean
         * that there is no record. */
        emit_as(context, FEDVAL_FINDING_VIEWS_DIFFER, is_empty ? FEDVAL_SEVERITY_WARNING : 0, first,
                second);
    }
}

bool fv_views_is_answer(const fedval_fact *fact)
{
    switch (fact->outcome) {
    case FEDVAL_OUTCOME_ANSWER:
    case FEDVAL_OUTCOME_NODATA:
    case FEDVAL_OUTCOME_NXDOMAIN:
    case FEDVAL_OUTCOME_ALIAS_CIRCLE:
        return true;
    default:
        return false;
    }
}

/* Whether this resolver gave no answer at all: one that fails for a single name is no dead view. */
static bool is_dead(const fedval_evidence *evidence, uint32_t view)
{
    for (size_t i = 0; i < evidence->num_facts; i++) {
        const fedval_fact *fact = evidence->in_order[i];
        if (fact->question.kind == FEDVAL_QUESTION_DNS && fact->question.view == view &&
            fv_views_is_answer(fact))
            return false;
    }
    return true;
}

/* Tells that one of the two resolvers is dead. Each view is looked at once. */
static void emit_silence(fv_rule_context *context, const fedval_fact *first,
                         const fedval_fact *second, uint32_t *looked)
{
    const fedval_evidence *evidence = context->scene->input->evidence;
    uint32_t view = second->question.view, bit = UINT32_C(1) << (view & 31);
    if ((*looked & bit) != 0)
        return;
    *looked |= bit;
    if (is_dead(evidence, fv_views_is_answer(first) ? view : 0))
        emit_as(context, FEDVAL_FINDING_VIEWS_DIFFER, FEDVAL_SEVERITY_WARNING, first, second);
}

void fv_views_agree(fv_rule_context *context)
{
    const fedval_evidence *evidence = context->scene->input->evidence;
    uint32_t looked = 0;
    for (size_t i = 0; i < evidence->num_facts; i++) {
        const fedval_fact *second = evidence->in_order[i];
        const fedval_question *q = &second->question;
        if (q->kind != FEDVAL_QUESTION_DNS || q->view == 0)
            continue;
        const fedval_fact *first = fv_evidence_find_dns(evidence, q->name, q->type, 0);
        if (first == NULL)
            continue;
        bool is_answer = fv_views_is_answer(second);
        if (fv_views_is_answer(first) != is_answer)
            emit_silence(context, first, second, &looked);
        else if (is_answer && !fv_views_same(first, second))
            emit_difference(context, first, second);
    }
}
