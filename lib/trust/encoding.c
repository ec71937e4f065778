/* What is wrong with a certificate as a document. */
#include "trust/rules.h"

#include "x509/oid.h"

#define BIT(kind) (UINT32_C(1) << (kind))

/* No verifier can go by a certificate that has one of these. The others are held against it in the
 * webpki profile alone: they are the issuer's slips, and real peers let them pass. */
static const uint32_t fatal_defects =
    BIT(FV_DEFECT_STRUCTURE) | BIT(FV_DEFECT_ALGORITHM_MISMATCH) | BIT(FV_DEFECT_ALGORITHM_FORM) |
    BIT(FV_DEFECT_ISSUER) | BIT(FV_DEFECT_SUBJECT) | BIT(FV_DEFECT_TIME) | BIT(FV_DEFECT_KEY) |
    BIT(FV_DEFECT_SIGNATURE_BITS) | BIT(FV_DEFECT_EXTENSION_FORM) |
    BIT(FV_DEFECT_EXTENSION_DUPLICATE);

/* Extensions that path validation goes by: contents that cannot be read are never passed over. */
static bool is_processed(fv_extension_id id)
{
    switch (id) {
    case FV_EXT_BASIC_CONSTRAINTS:
    case FV_EXT_KEY_USAGE:
    case FV_EXT_EXTENDED_KEY_USAGE:
    case FV_EXT_SUBJECT_ALT_NAME:
    case FV_EXT_NAME_CONSTRAINTS:
    case FV_EXT_CERTIFICATE_POLICIES:
    case FV_EXT_POLICY_MAPPINGS:
    case FV_EXT_POLICY_CONSTRAINTS:
    case FV_EXT_INHIBIT_ANY_POLICY:
        return true;
    case FV_EXT_UNRECOGNISED:
    case FV_EXT_ISSUER_ALT_NAME:
    case FV_EXT_SUBJECT_KEY_ID:
    case FV_EXT_AUTHORITY_KEY_ID:
    case FV_EXT_CRL_DISTRIBUTION_POINTS:
    case FV_EXT_FRESHEST_CRL:
    case FV_EXT_AUTHORITY_INFO_ACCESS:
    case FV_EXT_SUBJECT_INFO_ACCESS:
    case FV_EXT_SCT_LIST:
    case FV_EXT_TLS_FEATURE:
    case FV_EXT_CRL_NUMBER:
    case FV_EXT_DELTA_CRL_INDICATOR:
    case FV_EXT_ISSUING_DISTRIBUTION_POINT:
    case FV_EXT_CRL_REASON:
    case FV_EXT_INVALIDITY_DATE:
    case FV_EXT_CERTIFICATE_ISSUER:
        break;
    }
    return false;
}

/* RFC 5280 4.2: an application processes a critical extension or rejects the certificate. Key ids
 * and distribution points are used where they help, so they are understood. */
static bool is_understood(fv_extension_id id)
{
    return is_processed(id) || id == FV_EXT_SUBJECT_KEY_ID || id == FV_EXT_AUTHORITY_KEY_ID ||
           id == FV_EXT_CRL_DISTRIBUTION_POINTS;
}

/* Old roots have the serial number 0, and nothing is told apart by it; one in use writes a date of
 * before 2050 as a GeneralizedTime. */
static const uint32_t forgiven_to_anchors =
    BIT(FV_DEFECT_SERIAL_NOT_POSITIVE) | BIT(FV_DEFECT_SERIAL_TOO_LONG) | BIT(FV_DEFECT_TIME_TYPE);

static void judge_defects(fv_sink *sink, const fv_certificate *certificate, bool is_anchor)
{
    uint32_t counted = fv_sink_is_strict(sink) ? UINT32_MAX : fatal_defects;
    uint32_t kinds = certificate->defects.kinds & counted & ~BIT(FV_DEFECT_EXTENSION_VALUE);
    if (is_anchor)
        kinds &= ~forgiven_to_anchors;
    for (unsigned kind = 0; kinds >> kind != 0; kind++)
        if ((kinds >> kind & 1) != 0)
            fv_sink_add_reason(sink, FEDVAL_FINDING_CERT_MALFORMED,
                               fv_defect_to_text((fv_defect_kind)kind));
}

static void judge_extension_value(fv_sink *sink, const fv_extension *extension)
{
    fv_buf reason;
    fv_finding *finding = fv_sink_add(sink, FEDVAL_FINDING_CERT_MALFORMED);
    if (finding == NULL)
        return;
    fv_buf_init(&reason);
    fv_buf_append_text(&reason, "the contents of ");
    fv_buf_append_text(&reason, fv_extension_to_text(extension->id));
    fv_buf_append_text(&reason, " cannot be read");
    fv_sink_param_buf(sink, finding, "reason", &reason);
}

void fv_trust_judge_encoding(fv_sink *sink, const fv_certificate *certificate, bool is_anchor)
{
    judge_defects(sink, certificate, is_anchor);
    if (!fv_defects_has(&certificate->defects, FV_DEFECT_EXTENSION_VALUE))
        return;
    for (size_t i = 0; i < certificate->num_extensions; i++) {
        const fv_extension *extension = &certificate->extensions[i];
        bool counts =
            extension->is_critical || is_processed(extension->id) || fv_sink_is_strict(sink);
        if (extension->is_malformed && counts)
            judge_extension_value(sink, extension);
    }
}

void fv_trust_judge_critical_extensions(fv_sink *sink, const fv_certificate *certificate)
{
    for (size_t i = 0; i < certificate->num_extensions; i++) {
        const fv_extension *extension = &certificate->extensions[i];
        fv_finding *finding;
        fv_buf oid;
        if (!extension->is_critical || is_understood(extension->id))
            continue;
        finding = fv_sink_add(sink, FEDVAL_FINDING_CHAIN_UNKNOWN_CRITICAL_EXTENSION);
        if (finding == NULL)
            continue;
        fv_buf_init(&oid);
        if (!fv_oid_append(&oid, extension->oid))
            fv_buf_append_text(&oid, "malformed");
        fv_sink_param_buf(sink, finding, "oid", &oid);
    }
}
