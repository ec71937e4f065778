/* The getters of findings, steps, certificates and paths in a report. */
#include "fedval/evidence.h"
#include "fedval/trust.h"
#include "model/finding.h"
#include "model/report.h"

uint32_t fedval_finding_get_code(const fedval_finding *finding)
{
    return finding == NULL ? 0 : finding->remark.code;
}

uint32_t fedval_finding_get_severity(const fedval_finding *finding)
{
    return finding == NULL ? 0 : finding->remark.severity;
}

uint32_t fedval_finding_get_acceptance(const fedval_finding *finding)
{
    return finding == NULL ? 0 : finding->remark.acceptance;
}

int64_t fedval_finding_get_accepted_until(const fedval_finding *finding)
{
    return finding == NULL || finding->remark.acceptance == 0 ? FEDVAL_TIME_UNKNOWN
                                                              : finding->remark.accepted_until;
}

uint32_t fedval_finding_get_fault(const fedval_finding *finding)
{
    return finding == NULL ? 0 : finding->remark.fault;
}

uint32_t fedval_finding_get_requirement(const fedval_finding *finding)
{
    return finding == NULL ? 0 : finding->remark.requirement;
}

uint32_t fedval_finding_get_breaks(const fedval_finding *finding)
{
    return finding == NULL ? 0 : finding->breaks;
}

uint32_t fedval_finding_is_breaking(const fedval_finding *finding, uint32_t way)
{
    return (fedval_finding_get_breaks(finding) & fv_way_directions(way)) != 0;
}

uint32_t fedval_finding_is_mended(const fedval_finding *finding)
{
    return finding == NULL ? 0 : finding->is_mended;
}

const char *fedval_finding_get_source(const fedval_finding *finding)
{
    return finding == NULL || finding->entry == NULL ? NULL : finding->entry->source;
}

const char *fedval_finding_get_target(const fedval_finding *finding)
{
    return finding == NULL ? NULL : finding->remark.where.target;
}

const char *fedval_finding_get_address(const fedval_finding *finding)
{
    return finding == NULL ? NULL : finding->remark.where.address;
}

uint16_t fedval_finding_get_port(const fedval_finding *finding)
{
    return finding == NULL ? 0 : finding->remark.where.port;
}

const char *fedval_finding_get_certificate(const fedval_finding *finding)
{
    return finding == NULL ? NULL : finding->remark.where.certificate;
}

const char *fedval_finding_get_certificate_sha256(const fedval_finding *finding)
{
    bool no_memory = false; /* NULL says so too */
    return finding == NULL ? NULL : fv_kept_sha256(finding->kept, &no_memory);
}

const fedval_certificate *fedval_finding_get_decoded_certificate(const fedval_finding *finding)
{
    bool no_memory = false; /* NULL says so too */
    return finding == NULL ? NULL : fv_kept_read(finding->kept, &no_memory);
}

uint32_t fedval_finding_get_role(const fedval_finding *finding)
{
    return finding == NULL ? 0 : finding->remark.where.role;
}

size_t fedval_finding_get_endpoint_index(const fedval_finding *finding)
{
    return finding == NULL || finding->remark.where.endpoint == 0
               ? SIZE_MAX
               : (size_t)finding->remark.where.endpoint - 1;
}

size_t fedval_finding_get_address_index(const fedval_finding *finding)
{
    return finding == NULL || finding->remark.where.endpoint_address == 0
               ? SIZE_MAX
               : (size_t)finding->remark.where.endpoint_address - 1;
}

size_t fedval_finding_count_params(const fedval_finding *finding)
{
    return finding == NULL ? 0 : finding->remark.num_params;
}

const char *fedval_finding_get_param_name(const fedval_finding *finding, size_t index)
{
    return finding != NULL && index < finding->remark.num_params ? finding->remark.params[index].key
                                                                 : NULL;
}

const char *fedval_finding_get_param_value(const fedval_finding *finding, size_t index)
{
    return finding != NULL && index < finding->remark.num_params
               ? finding->remark.params[index].value
               : NULL;
}

size_t fedval_finding_count_symptoms(const fedval_finding *finding)
{
    return finding == NULL ? 0 : finding->num_symptoms;
}

const fedval_symptom *fedval_finding_get_symptom(const fedval_finding *finding, size_t index)
{
    return finding != NULL && index < finding->num_symptoms ? &finding->symptoms[index] : NULL;
}

uint32_t fedval_step_get_mark(const fedval_step *step)
{
    return step == NULL ? 0 : step->mark;
}

size_t fedval_step_get_finding_index(const fedval_step *step)
{
    return step == NULL || step->finding == 0 ? SIZE_MAX : (size_t)step->finding - 1;
}

uint32_t fedval_report_certificate_get_role(const fedval_report_certificate *certificate)
{
    return certificate == NULL ? 0 : certificate->role;
}

const char *fedval_report_certificate_get_subject(const fedval_report_certificate *certificate)
{
    return certificate == NULL ? NULL : certificate->subject;
}

const char *fedval_report_certificate_get_common_name(const fedval_report_certificate *certificate)
{
    return certificate == NULL ? NULL : certificate->common_name;
}

size_t fedval_report_certificate_count_dns_names(const fedval_report_certificate *certificate)
{
    return certificate == NULL ? 0 : certificate->num_dns_names;
}

const char *fedval_report_certificate_get_dns_name(const fedval_report_certificate *certificate,
                                                   size_t index)
{
    return certificate != NULL && index < certificate->num_dns_names ? certificate->dns_names[index]
                                                                     : NULL;
}

size_t
fedval_report_certificate_get_num_dns_names_left_out(const fedval_report_certificate *certificate)
{
    return certificate == NULL ? 0 : certificate->num_dns_names_left_out;
}

int64_t fedval_report_certificate_get_not_before(const fedval_report_certificate *certificate)
{
    return certificate == NULL ? FEDVAL_TIME_UNKNOWN : certificate->not_before;
}

int64_t fedval_report_certificate_get_not_after(const fedval_report_certificate *certificate)
{
    return certificate == NULL ? FEDVAL_TIME_UNKNOWN : certificate->not_after;
}

uint32_t fedval_report_certificate_get_mark(const fedval_report_certificate *certificate)
{
    return certificate == NULL ? 0 : certificate->mark;
}

uint32_t fedval_report_certificate_get_revocation(const fedval_report_certificate *certificate)
{
    return certificate == NULL ? FEDVAL_REVOCATION_NOT_ASKED : certificate->revocation;
}

const uint8_t *fedval_report_certificate_get_der(const fedval_report_certificate *certificate,
                                                 size_t *out_len)
{
    bool has_bytes = certificate != NULL && certificate->kept != NULL;
    if (out_len != NULL)
        *out_len = has_bytes ? certificate->kept->der.len : 0;
    return has_bytes ? certificate->kept->der.data : NULL;
}

const char *fedval_report_certificate_get_sha256(const fedval_report_certificate *certificate)
{
    bool no_memory = false; /* NULL says so too */
    return certificate == NULL ? NULL : fv_kept_sha256(certificate->kept, &no_memory);
}

const fedval_certificate *
fedval_report_certificate_get_decoded(const fedval_report_certificate *certificate)
{
    bool no_memory = false; /* NULL says so too */
    return certificate == NULL ? NULL : fv_kept_read(certificate->kept, &no_memory);
}

uint32_t fedval_path_is_accepted(const fedval_path *path)
{
    return path == NULL ? 0 : path->accepted;
}

size_t fedval_path_count_certificates(const fedval_path *path)
{
    return path == NULL ? 0 : path->num_certificates;
}

const fedval_report_certificate *fedval_path_get_certificate(const fedval_path *path, size_t index)
{
    return path != NULL && index < path->num_certificates ? &path->certificates[index] : NULL;
}

size_t fedval_path_count_findings(const fedval_path *path)
{
    return path == NULL ? 0 : path->num_findings;
}

size_t fedval_path_get_num_findings_left_out(const fedval_path *path)
{
    return path == NULL ? 0 : path->num_findings_left_out;
}

const fedval_finding *fedval_path_get_finding(const fedval_path *path, size_t index)
{
    return path != NULL && index < path->num_findings ? &path->findings[index] : NULL;
}

size_t fedval_path_get_finding_rung(const fedval_path *path, size_t index)
{
    return path != NULL && index < path->num_findings ? path->rungs[index] : SIZE_MAX;
}
