#include "trust/rules.h"
#include "trust/search.h"

static fedval_status judge_end_entity(fv_arena *arena, const fv_trust_input *input,
                                      const fv_certificate *certificate, fv_trust_result *out)
{
    fv_sink sink = {.input = input, .arena = arena, .findings = &out->end_entity};
    fv_sink_set_certificate(&sink, certificate);
    fv_trust_judge_end_entity(&sink, certificate);
    return sink.no_memory ? FEDVAL_ERROR_NO_MEMORY : FEDVAL_OK;
}

/* Nothing can be said of a chain whose first certificate cannot be read. */
static fedval_status refuse_undecodable(fv_arena *arena, const fv_trust_input *input,
                                        fv_trust_result *out)
{
    fv_sink sink = {.input = input,
                    .arena = arena,
                    .findings = &out->end_entity,
                    .certificate = "(unreadable)"};
    fv_sink_add_reason(&sink, FEDVAL_FINDING_CERT_MALFORMED, "it is not a certificate in DER");
    out->trust = FEDVAL_TRUST_NONE;
    return sink.no_memory ? FEDVAL_ERROR_NO_MEMORY : FEDVAL_OK;
}

static fedval_status search(fv_arena *arena, const fv_trust_input *input, fv_trust_result *out)
{
    fv_search under_way;
    fedval_status status = fv_search_init(&under_way, arena, input, out);
    if (status == FEDVAL_OK) {
        if (under_way.num_sent > 0) { /* 0: the end-entity certificate alone is over a limit */
            fv_search_run(&under_way);
        }
        status = under_way.status;
    }
    if (status == FEDVAL_OK) {
        fv_search_summarise(&under_way);
        status = under_way.status;
    }
    fv_search_clear(&under_way);
    return status;
}

fedval_status fv_trust_evaluate(fv_arena *arena, const fv_trust_input *input, fv_trust_result *out)
{
    fv_trust_result result = {.valid_until = FV_TIME_UNKNOWN};
    fedval_status status;
    if (input->anchors != NULL && !input->anchors->is_sealed)
        return FEDVAL_ERROR_STATE;
    if (input->num_certificates == 0 || input->certificates[0] == NULL) {
        status = refuse_undecodable(arena, input, &result);
    } else {
        status = judge_end_entity(arena, input, input->certificates[0], &result);
        if (status == FEDVAL_OK)
            status = search(arena, input, &result);
    }
    if (status == FEDVAL_OK)
        *out = result;
    return status;
}
