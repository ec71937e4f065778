#include "trust/rules.h"
#include "trust/search.h"

#include <string.h>

static fedval_status judge_end_entity(fv_arena *arena, const fv_trust_input *input,
                                      const fv_certificate *certificate, fv_trust_result *out)
{
    fv_sink sink = {.input = input, .arena = arena, .remarks = &out->end_entity};
    fv_sink_set_certificate(&sink, certificate);
    fv_trust_judge_end_entity(&sink, certificate);
    return sink.no_memory ? FEDVAL_ERROR_NO_MEMORY : FEDVAL_OK;
}

/* A chain whose first certificate cannot be read gets one remark: nothing else can be judged. */
static fedval_status refuse_undecodable(fv_arena *arena, const fv_trust_input *input,
                                        fv_trust_result *out)
{
    fv_sink sink = {.input = input,
                    .arena = arena,
                    .remarks = &out->end_entity,
                    .at = {.certificate = "(unreadable)", .certificate_kind = FV_VALUE_PLAIN}};
    fv_sink_add_reason(&sink, FEDVAL_FINDING_CERT_MALFORMED, "it is not a certificate in DER");
    out->trust = FEDVAL_TRUST_NONE;
    return sink.no_memory ? FEDVAL_ERROR_NO_MEMORY : FEDVAL_OK;
}

/* ---- the end-entity certificate was sent behind its issuer ---- */

static bool is_ca(const fv_certificate *certificate)
{
    return certificate->basic_constraints.presence == FV_KNOWN &&
           certificate->basic_constraints.is_ca;
}

static const fv_certificate *find_ca(const fv_certificate *const *certificates, size_t num,
                                     const fv_name *subject)
{
    for (size_t i = 0; i < num; i++) {
        if (certificates[i] != NULL && is_ca(certificates[i]) &&
            fv_name_equal(&certificates[i]->subject, subject))
            return certificates[i];
    }
    return NULL;
}

/* Whether the issuers of `certificates[index]` lead, by their names, to the first certificate. A CA
 * that is the target itself has issued none of the others. */
static bool descends_from_first(const fv_certificate *const *certificates, size_t num, size_t index)
{
    const fv_certificate *at = certificates[index];
    for (size_t steps = 0; steps < num && at != NULL; steps++) {
        if (fv_name_equal(&at->issuer, &certificates[0]->subject))
            return true;
        const fv_certificate *issuer = find_ca(certificates, num, &at->issuer);
        at = issuer == at ? NULL : issuer;
    }
    return false;
}

size_t fv_trust_find_reversed(const fv_certificate *const *certificates, size_t num_certificates)
{
    if (num_certificates < 2 || certificates[0] == NULL || !is_ca(certificates[0]))
        return 0;
    for (size_t i = 1; i < num_certificates; i++) {
        if (certificates[i] != NULL && !is_ca(certificates[i]) &&
            descends_from_first(certificates, num_certificates, i))
            return i;
    }
    return 0;
}

/* The first certificate is a CA, so nothing is said of it as a server's certificate. */
static fedval_status refuse_reversed(fv_arena *arena, const fv_trust_input *input, size_t at,
                                     fv_trust_result *out)
{
    fv_sink sink = {
        .input = input, .arena = arena, .remarks = &out->chain, .at.rung = FV_TRUST_NO_RUNG};
    fv_sink_set_certificate(&sink, input->certificates[0]);
    fv_remark *remark = fv_sink_add(&sink, FEDVAL_FINDING_CHAIN_REVERSED);
    fv_sink_param_shown(remark, "end_entity",
                        fv_certificate_copy_name(arena, input->certificates[at]),
                        fv_certificate_name_kind(input->certificates[at]));
    fv_sink_param_number(&sink, remark, "number", (int64_t)at + 1);
    out->trust = FEDVAL_TRUST_NONE;
    return sink.no_memory ? FEDVAL_ERROR_NO_MEMORY : FEDVAL_OK;
}

/* ---- the path of one who signed a CRL ---- */

/* How deep this goes. The signer of a CRL needs a path, whose revocation may depend on a CRL that
 * another CA signed, which needs a path, and so on. */
enum { MOST_DEPTH = 2 };

/* "The trust anchor for the certification path MUST be the same as the trust anchor used to
 * validate the target certificate" (RFC 5280 6.3.3 (f)). The inner search goes on with the counters
 * of the outer one, because the limits of the policy hold for the whole evaluation. */
static void run_below(fv_search *search, fv_search *below)
{
    below->depth = search->depth + 1;
    below->wanted_root = search->path[search->path_len - 1]->certificate;
    below->find_path_fault = search->find_path_fault;
    below->num_tries = search->num_tries;
    below->num_signatures = search->num_signatures;
    below->quiet.num_name_comparisons = search->quiet.num_name_comparisons;
    fv_search_run(below);
    search->num_tries = below->num_tries;
    search->num_signatures = below->num_signatures;
    search->quiet.num_name_comparisons = below->quiet.num_name_comparisons;
    search->limits |= below->limits & (FV_LIMIT_TRIES | FV_LIMIT_SIGNATURES | FV_LIMIT_NAMES);
}

/* Whether a path says that its first certificate was revoked. */
static bool is_first_revoked(const fv_trust_result *result)
{
    for (size_t i = 0; i < result->num_paths; i++) {
        const fv_trust_remarks *remarks = &result->paths[i].remarks;
        for (size_t j = 0; j < remarks->num_items; j++) {
            if (remarks->items[j].remark.code == FEDVAL_FINDING_CERT_REVOKED &&
                remarks->items[j].rung == 0)
                return true;
        }
    }
    return false;
}

/* Returns why no accepted path leads from `signer` to the root of the current path; NULL: one does.
 */
static const char *find_path_fault(fv_search *search, fv_node *signer)
{
    fv_search below;
    fv_trust_result result = {0};
    fv_trust_input input = *search->input;
    const char *const none = "no path leads from the CA that signed it to the root of this chain";
    if (search->depth >= MOST_DEPTH)
        return none;
    const fv_certificate **certificates =
        fv_arena_alloc_array(&search->scratch, input.num_certificates + 1, sizeof(*certificates));
    if (certificates == NULL) {
        search->status = FEDVAL_ERROR_NO_MEMORY;
        return none;
    }
    certificates[0] = signer->certificate;
    memcpy(certificates + 1, input.certificates, input.num_certificates * sizeof(*certificates));
    input.certificates = certificates;
    input.num_certificates++;
    input.purpose = FEDVAL_PURPOSE_ANY;
    fedval_status status = fv_search_init(&below, &search->scratch, &input, &result);
    if (status == FEDVAL_OK && below.num_sent > 0) {
        run_below(search, &below);
        status = below.status;
    }
    fv_search_clear(&below);
    if (status != FEDVAL_OK)
        search->status = status;
    if (status == FEDVAL_OK && result.accepted != NULL)
        return NULL;
    return is_first_revoked(&result) ? "the CA certificate that signed it is revoked" : none;
}

static fedval_status search(fv_arena *arena, const fv_trust_input *input, fv_trust_result *out)
{
    fv_search under_way;
    fedval_status status = fv_search_init(&under_way, arena, input, out);
    if (status == FEDVAL_OK) {
        under_way.find_path_fault = find_path_fault;
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
    size_t reversed = fv_trust_find_reversed(input->certificates, input->num_certificates);
    if (input->anchors != NULL && !input->anchors->is_sealed)
        return FEDVAL_ERROR_STATE;
    if (input->num_certificates == 0 || input->certificates[0] == NULL) {
        status = refuse_undecodable(arena, input, &result);
    } else if (reversed > 0) {
        status = refuse_reversed(arena, input, reversed, &result);
    } else {
        status = judge_end_entity(arena, input, input->certificates[0], &result);
        if (status == FEDVAL_OK)
            status = search(arena, input, &result);
    }
    if (status == FEDVAL_OK)
        *out = result;
    return status;
}
