/* Certificate requests: decoded, and checked with their own key. */
#include "trust/request.h"

#include "base/error.h"
#include "trust/rules.h"
#include "trust/verifier.h"
#include "x509/bundle.h"
#include "x509/object.h"
#include "x509/request.h"

#include <stdlib.h>

/* Takes the first request of a file. */
static fedval_status take(fv_bytes der, void *user)
{
    fedval_certificate **asked = user;
    return *asked != NULL ? FEDVAL_OK : fv_object_new(der, fv_request_decode, asked);
}

fedval_status fedval_request_new(const void *data, size_t data_len, fedval_request **out_request,
                                 fedval_error *error)
{
    fv_arena scratch;
    fv_error_reset(error);
    if (data == NULL || out_request == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_request *request = calloc(1, sizeof(*request));
    if (request == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fv_arena_init(&scratch);
    fedval_status status = fv_bundle_each((fv_bytes){data, data_len}, &scratch, FV_BUNDLE_REQUEST,
                                          take, &request->asked, error);
    fv_arena_clear(&scratch);
    if (status == FEDVAL_OK)
        *out_request = request;
    else
        fedval_request_free(request);
    return status;
}

void fedval_request_free(fedval_request *request)
{
    if (request == NULL)
        return;
    fedval_certificate_free(request->asked);
    free(request);
}

const fedval_certificate *fedval_request_get_asked(const fedval_request *request)
{
    return request == NULL ? NULL : request->asked;
}

fedval_status fv_request_verify(const fv_certificate *request, const fedval_verifier *verifier,
                                uint32_t *out_result)
{
    void *key = NULL;
    if (request->signature_presence != FV_KNOWN || request->algorithm.presence != FV_KNOWN ||
        !fv_algorithm_fits_key(&request->algorithm, &request->key)) {
        *out_result = FEDVAL_VERIFY_BAD;
        return FEDVAL_OK;
    }
    fedval_status status = fv_verifier_key_open(verifier, request->key.spki, &key);
    if (status != FEDVAL_OK) {
        uint32_t result = fv_verifier_result_without_key(status);
        if (result == FEDVAL_VERIFY_FAILED)
            return status;
        *out_result = result;
        return FEDVAL_OK;
    }
    *out_result =
        fv_verifier_verify(verifier, key, request->algorithm.der, request->tbs, request->signature);
    fv_verifier_key_close(verifier, key);
    return FEDVAL_OK;
}

fedval_status fedval_request_check_signature(const fedval_request *request,
                                             const fedval_verifier *verifier, uint32_t *out_result)
{
    if (request == NULL || verifier == NULL || out_result == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    return fv_request_verify(&request->asked->facts, verifier, out_result);
}

/* ---- judged before it is issued ---- */

/* A private root is no fault of the request, and some verifiers take no such root. */
static void note_private_root(fv_arena *arena, const fv_trust_input *input,
                              const fv_certificate *asked, fv_trust_result *out)
{
    fv_sink sink = {
        .input = input, .arena = arena, .remarks = &out->chain, .at.rung = FV_TRUST_NO_RUNG};
    fv_sink_set_certificate(&sink, asked);
    fv_remark *remark = fv_sink_add(&sink, FEDVAL_FINDING_CHAIN_PRIVATE_ROOT);
    fv_sink_param_kept(remark, "root", "of the CA that signs");
    fv_sink_param_kept(remark, "consequence", "Office 365 takes public CAs only");
}

fedval_status fv_trust_judge_request(fv_arena *arena, const fv_trust_input *input,
                                     const fv_certificate *asked, uint32_t trust,
                                     fv_trust_result *out)
{
    fv_sink sink = {.input = input, .arena = arena, .remarks = &out->end_entity};
    *out = (fv_trust_result){.trust = trust, .valid_until = FEDVAL_TIME_UNKNOWN};
    fv_sink_set_certificate(&sink, asked);
    fv_trust_judge_asked(&sink, asked);
    if (trust == FEDVAL_TRUST_BY_PRIVATE && input->policy->trust == FEDVAL_ROOTS_PUBLIC_ONLY)
        note_private_root(arena, input, asked, out);
    return sink.no_memory ? FEDVAL_ERROR_NO_MEMORY : FEDVAL_OK;
}
