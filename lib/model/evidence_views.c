/* Which of several resolvers sees what the partner sees. */
#include "model/dns_name.h"
#include "model/evidence.h"

#include <string.h>

fedval_status fedval_evidence_set_view(fedval_evidence *evidence, uint32_t view, uint32_t kind)
{
    if (evidence == NULL || view >= FV_EVIDENCE_MAX_VIEWS || fedval_view_to_string(kind) == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    evidence->views[view] = kind;
    if (view >= evidence->num_views)
        evidence->num_views = view + 1;
    return FEDVAL_OK;
}

uint32_t fedval_evidence_get_view(const fedval_evidence *evidence, uint32_t view)
{
    return evidence == NULL || view >= evidence->num_views ? (uint32_t)FEDVAL_VIEW_UNKNOWN
                                                           : evidence->views[view];
}

/* The answer of one of the zone's own servers is of no resolver's view. */
static bool is_of_view(const fedval_fact *fact)
{
    return fact->question.kind == FEDVAL_QUESTION_DNS && fact->question.address == NULL;
}

/* Where a resolver is, as far as its address tells. */
typedef enum place { ANYWHERE, INSIDE, OUTSIDE } place;

/* A resolver on this machine hands questions on: to whom, its address does not tell. */
static bool is_on_this_machine(const fv_address *address)
{
    const char *reason = fv_address_not_public(address);
    return reason != NULL && strcmp(reason, "loopback") == 0;
}

typedef struct seen {
    bool has_public, has_private; /* the addresses of all hosts */
    bool has_private_name;        /* an SRV record points into a zone that public DNS never has */
    place resolver;
    bool has_inner_resolver; /* a resolver inside was asked, not one of this machine */
    bool has_resolver;
} seen;

/* A resolver with a private address is inside; one with a documentation address may be anywhere. */
static place place_of_resolver(const fv_fact_source *source)
{
    if (source->kind != FEDVAL_SOURCE_RESOLVER || source->address.len == 0)
        return ANYWHERE;
    const char *reason = fv_address_not_public(&source->address);
    if (reason == NULL)
        return OUTSIDE;
    return strcmp(reason, "documentation") == 0 ? ANYWHERE : INSIDE;
}

/* Several resolvers that are asked in turn tell a place only if all of them are there. */
static place place_of(const fv_fact_sources *sources)
{
    place all = sources->count > 0 ? place_of_resolver(&sources->items[0]) : ANYWHERE;
    for (size_t i = 1; i < sources->count; i++) {
        if (place_of_resolver(&sources->items[i]) != all)
            return ANYWHERE;
    }
    return all;
}

static void look_at_sources(const fv_fact_sources *sources, seen *all)
{
    if (all->resolver == ANYWHERE)
        all->resolver = place_of(sources);
    for (size_t i = 0; i < sources->count; i++) {
        const fv_fact_source *source = &sources->items[i];
        all->has_resolver |= source->kind == FEDVAL_SOURCE_RESOLVER;
        all->has_inner_resolver |=
            place_of_resolver(source) == INSIDE && !is_on_this_machine(&source->address);
    }
}

static void look_at_record(const fv_record *record, seen *all)
{
    if (record->type == FEDVAL_TYPE_SRV)
        all->has_private_name |= fv_dns_name_is_inner(fv_text_of(record->data));
    if (record->type != FEDVAL_TYPE_A && record->type != FEDVAL_TYPE_AAAA)
        return;
    bool is_public = fv_address_not_public(&record->address) == NULL;
    all->has_public |= is_public;
    all->has_private |= !is_public;
}

/* What one view tells of where it is. */
static seen look_at(const fedval_evidence *evidence, uint32_t view)
{
    seen all = {.resolver = ANYWHERE};
    for (size_t i = 0; i < evidence->num_facts; i++) {
        const fedval_fact *fact = evidence->in_order[i];
        if (!is_of_view(fact) || fact->question.view != view)
            continue;
        look_at_sources(&fact->sources, &all);
        for (size_t k = 0; k < fact->num_records; k++)
            look_at_record(&fact->records[k], &all);
    }
    return all;
}

/* The place of the resolvers tells most, then a name that public DNS never has, then the addresses
 * of the hosts: a private one may also be in the public zone by mistake. */
bool fv_evidence_is_inside(const fedval_evidence *evidence, uint32_t view, uint32_t other_view)
{
    seen all = look_at(evidence, view), other = look_at(evidence, other_view);
    if (all.resolver != other.resolver && all.resolver != ANYWHERE && other.resolver != ANYWHERE)
        return all.resolver == INSIDE;
    if (all.has_private_name != other.has_private_name)
        return all.has_private_name;
    if (!all.has_public)
        return all.has_private && !(other.has_private && !other.has_public);
    return all.has_private && other.has_public && !other.has_private;
}

bool fv_evidence_is_public_unasked(const fedval_evidence *evidence)
{
    return fedval_evidence_get_view(evidence, 0) != FEDVAL_VIEW_PUBLIC &&
           look_at(evidence, 0).resolver == INSIDE;
}

bool fv_evidence_is_inner_alone(const fedval_evidence *evidence)
{
    return fv_evidence_is_public_unasked(evidence) && look_at(evidence, 0).has_inner_resolver;
}

bool fv_evidence_has_inner_addresses_alone(const fedval_evidence *evidence)
{
    seen all = look_at(evidence, 0);
    uint32_t view = fedval_evidence_get_view(evidence, 0);
    bool is_unknown = view == FEDVAL_VIEW_SYSTEM ||
                      (view == FEDVAL_VIEW_UNKNOWN && all.has_resolver && all.resolver != OUTSIDE);
    return is_unknown && all.has_private && !all.has_public;
}

uint32_t fv_evidence_last_view(const fedval_evidence *evidence)
{
    uint32_t last = 0;
    for (size_t i = 0; i < evidence->num_facts; i++) {
        uint32_t view = evidence->facts[i]->question.view;
        if (is_of_view(evidence->facts[i]) && view > last && view < FV_EVIDENCE_MAX_VIEWS)
            last = view;
    }
    return last;
}

uint32_t fv_evidence_judged_view(const fedval_evidence *evidence)
{
    uint32_t last = fv_evidence_last_view(evidence);
    if (last == 0)
        return 0;
    for (uint32_t view = 0; view <= last; view++) {
        if (fedval_evidence_get_view(evidence, view) == FEDVAL_VIEW_PUBLIC)
            return view;
    }
    if (look_at(evidence, 0).resolver == INSIDE) {
        for (uint32_t view = 1; view <= last; view++) {
            if (look_at(evidence, view).resolver == OUTSIDE)
                return view;
        }
    }
    for (uint32_t view = 1; view <= last; view++) {
        if (fv_evidence_is_inside(evidence, 0, view) && look_at(evidence, view).has_public)
            return view;
    }
    return 0;
}

static uint32_t exchanged(uint32_t view, uint32_t first)
{
    return view == 0 ? first : view == first ? 0 : view;
}

static fedval_status append(fedval_evidence *evidence, const fedval_fact *fact, uint32_t first)
{
    fedval_fact *copy;
    fedval_status status = fv_fact_copy(fact, &copy);
    if (status != FEDVAL_OK)
        return status;
    if (is_of_view(copy))
        copy->question.view = exchanged(copy->question.view, first);
    status = fedval_evidence_append(evidence, copy);
    fedval_fact_free(copy);
    return status;
}

fedval_status fv_evidence_copy_first_view(const fedval_evidence *from, fedval_evidence **out)
{
    fedval_evidence *copy;
    const char *given = from->domain_given;
    fedval_status status = fedval_evidence_new(given, strlen(given), &copy, NULL);
    if (status != FEDVAL_OK)
        return status;
    copy->time = from->time;
    copy->num_views = from->num_views > 0;
    copy->views[0] = fedval_evidence_get_view(from, 0);
    for (size_t i = 0; status == FEDVAL_OK && i < from->num_facts; i++) {
        if (!is_of_view(from->facts[i]) || from->facts[i]->question.view == 0)
            status = append(copy, from->facts[i], 0);
    }
    if (status == FEDVAL_OK)
        *out = copy;
    else
        fedval_evidence_free(copy);
    return status;
}

fedval_status fv_evidence_copy_with_first(const fedval_evidence *from, uint32_t view,
                                          fedval_evidence **out)
{
    fedval_evidence *copy;
    const char *given = from->domain_given;
    fedval_status status = fedval_evidence_new(given, strlen(given), &copy, NULL);
    if (status != FEDVAL_OK)
        return status;
    copy->time = from->time;
    copy->num_views = from->num_views;
    if (view > 0 && from->num_views <= view)
        copy->num_views = view + 1;
    for (uint32_t i = 0; i < copy->num_views; i++)
        copy->views[i] = fedval_evidence_get_view(from, exchanged(i, view));
    for (size_t i = 0; status == FEDVAL_OK && i < from->num_facts; i++)
        status = append(copy, from->facts[i], view);
    if (status == FEDVAL_OK)
        *out = copy;
    else
        fedval_evidence_free(copy);
    return status;
}
