/* Compares the zone's own name servers, each asked by itself: which one differs, and which one does
 * not answer? */
#include "fedval/name.h"
#include "rules/views.h"

#include <string.h>

#define MAX_SERVERS 16

/* The answers of all servers to one question. */
typedef struct answers {
    const fedval_fact *facts[MAX_SERVERS];
    size_t count;
} answers;

static bool is_from_server(const fedval_fact *fact)
{
    return fact->question.kind == FEDVAL_QUESTION_DNS && fact->question.address != NULL;
}

static bool is_same_question(const fedval_fact *a, const fedval_fact *b)
{
    return a->question.type == b->question.type && strcmp(a->question.name, b->question.name) == 0;
}

/* Returns whether a fact before `index` comes from a name server and passes `fits`. */
static bool has_earlier(const fedval_evidence *evidence, size_t index,
                        bool (*fits)(const fedval_fact *earlier, const fedval_fact *fact))
{
    for (size_t i = 0; i < index; i++) {
        if (is_from_server(evidence->in_order[i]) &&
            fits(evidence->in_order[i], evidence->in_order[index]))
            return true;
    }
    return false;
}

/* ---- servers that do not answer ---- */

/* Returns whether the server is at fault. It is not if this machine lacks something, or if an alias
 * leads elsewhere. */
static bool is_faulty(const fedval_fact *fact)
{
    bool is_elsewhere = fact->outcome == FEDVAL_OUTCOME_NOT_ANSWERED && fact->num_records > 0;
    return !fv_views_is_answer(fact) && fact->outcome != FEDVAL_OUTCOME_LOCAL && !is_elsewhere;
}

static bool is_same_faulty_server(const fedval_fact *earlier, const fedval_fact *fact)
{
    return is_faulty(earlier) && strcmp(earlier->question.address, fact->question.address) == 0;
}

static const char *source_of(fv_rule_context *context, const fedval_fact *fact)
{
    return fv_rule_copy(context, fact->sources.text != NULL    ? fact->sources.text
                                 : fact->question.host != NULL ? fact->question.host
                                                               : "the resolver");
}

void fv_servers_answer(fv_rule_context *context)
{
    const fedval_evidence *evidence = context->scene->input->evidence;
    for (size_t i = 0; i < evidence->num_facts; i++) {
        const fedval_fact *fact = evidence->in_order[i];
        if (!is_from_server(fact) || !is_faulty(fact) ||
            has_earlier(evidence, i, is_same_faulty_server))
            continue;
        FV_EMIT(context, DNS_SERVER_FAULTY, {"server", source_of(context, fact)},
                {"answer", fv_rule_dns_outcome(context, fact)});
    }
}

/* ---- servers that are not asked ---- */

static bool was_asked(const fedval_evidence *evidence, const char *address)
{
    for (size_t i = 0; i < evidence->num_facts; i++) {
        const fedval_fact *fact = evidence->in_order[i];
        if (is_from_server(fact) && strcmp(fact->question.address, address) == 0)
            return true;
    }
    return false;
}

static void tell_unasked(fv_rule_context *context, const char *host, uint32_t type)
{
    const fedval_evidence *evidence = context->scene->input->evidence;
    const fedval_fact *fact = fv_evidence_find_dns(evidence, host, type, 0);
    for (size_t i = 0; fact != NULL && i < fact->num_records; i++) {
        const fv_record *record = &fact->records[i];
        const char *why = record->type == type ? fv_address_not_public(&record->address) : NULL;
        if (why == NULL || was_asked(evidence, record->data))
            continue;
        FV_EMIT(context, DNS_SERVER_NOT_ASKED, {"server", fv_rule_copy(context, host)},
                {"address", fv_rule_copy(context, record->data)}, {"not_public", why});
    }
}

/* A session asks no private address of a stranger's zone, unless it is let. */
void fv_servers_are_asked(fv_rule_context *context)
{
    const fv_rules_input *input = context->scene->input;
    char host[FEDVAL_NAME_SIZE];
    if (input->policy->authoritative == 0 || input->policy->allow_private != 0)
        return;
    for (size_t i = 0; i < input->evidence->num_facts; i++) {
        const fedval_fact *fact = input->evidence->in_order[i];
        bool is_list = fact->question.kind == FEDVAL_QUESTION_DNS &&
                       fact->question.type == FEDVAL_TYPE_NS && fact->question.address == NULL;
        for (size_t k = 0; is_list && k < fact->num_records; k++) {
            const char *name = fact->records[k].data;
            if (fact->records[k].type != FEDVAL_TYPE_NS ||
                fedval_name_normalise(name, strlen(name), host, sizeof(host), NULL, NULL) !=
                    FEDVAL_OK)
                continue;
            tell_unasked(context, host, FEDVAL_TYPE_A);
            tell_unasked(context, host, FEDVAL_TYPE_AAAA);
        }
    }
}

/* ---- servers that differ ---- */

static answers collect(const fedval_evidence *evidence, const fedval_fact *first)
{
    answers all = {.count = 0};
    for (size_t i = 0; i < evidence->num_facts && all.count < MAX_SERVERS; i++) {
        const fedval_fact *fact = evidence->in_order[i];
        if (is_from_server(fact) && is_same_question(fact, first) && fv_views_is_answer(fact))
            all.facts[all.count++] = fact;
    }
    return all;
}

/* Returns the weight of `answer`: how many servers give it. If two answers are given equally often,
 * the one that `resolver` gives too weighs more. */
static size_t weigh(const answers *all, const fedval_fact *answer, const fedval_fact *resolver)
{
    size_t weight = resolver != NULL && fv_views_same(answer, resolver) ? 1 : 0;
    for (size_t i = 0; i < all->count; i++)
        weight += fv_views_same(answer, all->facts[i]) ? 2 : 0;
    return weight;
}

static const fedval_fact *find_usual(const answers *all, const fedval_fact *resolver)
{
    const fedval_fact *usual = all->facts[0];
    for (size_t i = 1; i < all->count; i++) {
        if (weigh(all, all->facts[i], resolver) > weigh(all, usual, resolver))
            usual = all->facts[i];
    }
    return usual;
}

static void compare(fv_rule_context *context, const answers *all, const fedval_fact *resolver)
{
    const fedval_fact *usual = find_usual(all, resolver);
    const char *name = fv_rule_copy(context, usual->question.name);
    const char *type = fedval_type_to_string(usual->question.type);
    bool do_agree = true;
    for (size_t i = 0; i < all->count; i++) {
        const fedval_fact *odd = all->facts[i];
        if (fv_views_same(usual, odd))
            continue;
        do_agree = false;
        FV_EMIT(context, DNS_SERVERS_DIFFER, {"server", source_of(context, odd)}, {"name", name},
                {"type", type}, {"answer", fv_views_answer(context, odd)},
                {"other_server", source_of(context, usual)},
                {"other_answer", fv_views_answer(context, usual)});
    }
    if (do_agree && resolver != NULL && fv_views_is_answer(resolver) &&
        !fv_views_same(usual, resolver)) {
        FV_EMIT(context, DNS_CACHE_DIFFERS, {"resolver", source_of(context, resolver)},
                {"name", name}, {"type", type}, {"answer", fv_views_answer(context, resolver)},
                {"other_answer", fv_views_answer(context, usual)});
    }
}

void fv_servers_agree(fv_rule_context *context)
{
    const fedval_evidence *evidence = context->scene->input->evidence;
    for (size_t i = 0; i < evidence->num_facts; i++) {
        const fedval_fact *first = evidence->in_order[i];
        if (!is_from_server(first) || has_earlier(evidence, i, is_same_question))
            continue;
        const answers all = collect(evidence, first);
        if (all.count > 0) {
            compare(context, &all,
                    fv_evidence_find_dns(evidence, first->question.name, first->question.type, 0));
        }
    }
}
