/* Masks what holds texts: findings, and what a server or a caller presented. */
#include "judge/mask.h"

static void mask_params(fv_mask *mask, fv_remark *remark)
{
    fv_param *params = fv_arena_alloc_array(mask->texts, remark->num_params, sizeof(*params));
    mask->has_failed |= params == NULL;
    for (size_t i = 0; params != NULL && i < remark->num_params; i++) {
        const fv_param *from = &remark->params[i];
        params[i] = (fv_param){from->key, from->value, FV_VALUE_PLAIN};
        fv_mask_value(mask, &params[i].value, from->kind, from->parts);
    }
    remark->params = params;
    remark->num_params = params == NULL ? 0 : remark->num_params;
}

void fv_mask_finding(fv_mask *mask, fedval_finding *finding)
{
    fv_remark *remark = &finding->remark;
    if (finding->is_redacted)
        return;
    finding->is_redacted = true;
    finding->kept = NULL;
    remark->where.der = (fv_bytes){NULL, 0};
    mask_params(mask, remark);
    fv_mask_value(mask, &remark->where.target, FV_VALUE_HOST, NULL);
    fv_mask_value(mask, &remark->where.address, FV_VALUE_ADDRESS, NULL);
    fv_mask_value(mask, &remark->where.certificate, remark->where.certificate_kind, NULL);
    remark->where.certificate_kind = FV_VALUE_PLAIN;
    for (uint32_t which = 0; finding->texts != NULL && which < FV_NUM_TEXTS; which++)
        atomic_store(&finding->texts->made[which], NULL);
    mask->has_failed |= !fv_findings_make_texts(finding, 1);
}

/* The DER and the Common Name tell who holds the certificate, as the subject does. */
static void redact_certificate(fv_mask *mask, fv_report_certificate *certificate)
{
    if (certificate->is_redacted)
        return;
    certificate->is_redacted = true;
    fv_mask_value(mask, &certificate->subject, certificate->subject_kind, NULL);
    certificate->common_name = NULL;
    certificate->kept = NULL;
    for (size_t i = 0; i < certificate->num_dns_names; i++)
        fv_mask_value(mask, &certificate->dns_names[i], FV_VALUE_HOST, NULL);
}

static void redact_path(fv_mask *mask, fv_report_path *path)
{
    for (size_t i = 0; i < path->num_certificates; i++)
        redact_certificate(mask, &path->certificates[i]);
    for (size_t i = 0; i < path->num_findings; i++)
        fv_mask_finding(mask, &path->findings[i]);
}

/* Several addresses may share one certificate and its paths. */
void fv_mask_presented(fv_mask *mask, fv_report_presented *presented)
{
    if (presented->certificate != NULL)
        redact_certificate(mask, presented->certificate);
    for (size_t i = 0; i < presented->num_paths; i++)
        redact_path(mask, &presented->paths[i]);
}

void fv_mask_source(fv_mask *mask, const char **source)
{
    if (*source != NULL)
        *source = fv_mask_without_folders(*source);
    fv_mask_text(mask, source);
}
