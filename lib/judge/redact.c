/* Replaces the addresses and the names of certificates in reports and in the result of a chain, so
 * that they can be sent on. Each field is masked by its kind, and the texts of findings are
 * composed again of masked fields. What a stranger says of itself keeps the words of products
 * alone, wherever it is quoted. Searched are only the words about a source or a peer, what an
 * action hurts and is assumed, and the data of an action that is a record or a sentence. */
#include "base/size.h"
#include "judge/chain_result.h"
#include "judge/mask.h"
#include "x509/object.h"

static void learn_report(fv_mask *mask, const fedval_report *report,
                         const fedval_evidence *evidence)
{
    fv_mask_learn_evidence(mask, evidence);
    for (size_t i = 0; i < report->num_endpoints; i++) {
        const fv_report_endpoint *endpoint = &report->endpoints[i];
        for (size_t k = 0; k < endpoint->num_addresses; k++) {
            fv_mask_learn_presented(mask, &endpoint->addresses[k].presented);
            fv_mask_learn_sources(mask, &endpoint->addresses[k].probe_sources);
        }
    }
    fv_mask_learn_sources(mask, &report->dns_sources);
    fv_mask_learn_presented(mask, &report->client);
    for (size_t i = 0; i < report->num_findings; i++)
        fv_mask_learn_finding(mask, &report->findings[i]);
}

/* Only the text is shown, so the places are dropped. */
static void mask_sources(fv_mask *mask, fv_fact_sources *sources)
{
    fv_mask_text(mask, &sources->text);
    sources->count = 0;
}

static void mask_endpoint(fv_mask *mask, fv_report_endpoint *endpoint)
{
    fv_mask_value(mask, &endpoint->target, FV_VALUE_HOST, NULL);
    for (size_t i = 0; i < endpoint->num_addresses; i++) {
        fv_report_address *address = &endpoint->addresses[i];
        fv_mask_value(mask, &address->address, FV_VALUE_ADDRESS, NULL);
        mask_sources(mask, &address->probe_sources);
        fv_mask_presented(mask, &address->presented);
    }
}

static void mask_action(fv_mask *mask, fv_report_action *action)
{
    const fv_parts name = {&action->data_part, 1, 1};
    uint32_t kind = action->data_part.len > 0 ? FV_VALUE_LIST : FV_VALUE_WORDS;
    fv_mask_text(mask, &action->owner);
    fv_mask_value(mask, &action->data, kind, &name);
    fv_mask_text(mask, &action->record.owner);
    fv_mask_text(mask, &action->record.data);
    fv_mask_text(mask, &action->hurts);
    fv_mask_value(mask, &action->certificate, action->certificate_kind, NULL);
    fv_mask_value(mask, &action->address, FV_VALUE_ADDRESS, NULL);
}

/* Rewrites the endpoints first, so that addresses are numbered in the order of the report. */
static void mask_report(fv_mask *mask, fedval_report *report)
{
    for (size_t i = 0; i < report->num_endpoints; i++)
        mask_endpoint(mask, &report->endpoints[i]);
    fv_mask_presented(mask, &report->client);
    for (size_t i = 0; i < report->num_findings; i++)
        fv_mask_finding(mask, &report->findings[i]);
    for (size_t i = 0; i < report->num_actions; i++)
        mask_action(mask, &report->actions[i]);
    for (size_t i = 0; i < report->num_assumed; i++)
        fv_mask_text(mask, &report->assumed[i]);
    mask_sources(mask, &report->dns_sources);
    fv_mask_text(mask, &report->partner_alternative);
}

fedval_status fedval_report_redact(fedval_report *report, const fedval_evidence *evidence)
{
    return fedval_reports_redact(&report, &evidence, 1);
}

fedval_status fedval_reports_redact(fedval_report *const *reports,
                                    const fedval_evidence *const *evidence, size_t count)
{
    size_t size; /* no array is larger than memory */
    if (reports == NULL || evidence == NULL || count == 0 ||
        !fv_size_mul(count, sizeof(*reports), &size))
        return FEDVAL_ERROR_ARGUMENT;
    for (size_t i = 0; i < count; i++) {
        if (reports[i] == NULL)
            return FEDVAL_ERROR_ARGUMENT;
    }
    fv_arena words;
    fv_arena_init(&words);
    fv_mask mask = fv_mask_of(&words);
    for (size_t i = 0; i < count; i++)
        learn_report(&mask, reports[i], evidence[i]);
    fv_mask_sort(&mask);
    for (size_t i = 0; i < count; i++) {
        mask.texts = &reports[i]->arena;
        mask_report(&mask, reports[i]);
    }
    fv_arena_clear(&words);
    return fv_mask_status(&mask);
}

fedval_status fedval_chain_result_redact(fedval_chain_result *result,
                                         const fedval_certificate_list *chain)
{
    if (result == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_mask mask = fv_mask_of(&result->arena);
    for (size_t i = 0; i < fedval_certificate_list_count(chain); i++) {
        const fv_certificate *facts = &fedval_certificate_list_get(chain, i)->facts;
        fv_mask_learn_certificates(&mask, &facts, 1);
    }
    fv_mask_learn_presented(&mask, &result->presented);
    for (size_t i = 0; i < result->num_findings; i++)
        fv_mask_learn_finding(&mask, &result->findings[i]);
    fv_mask_sort(&mask);
    fv_mask_source(&mask, &result->source);
    fv_mask_presented(&mask, &result->presented);
    for (size_t i = 0; i < result->num_findings; i++)
        fv_mask_finding(&mask, &result->findings[i]);
    return fv_mask_status(&mask);
}
