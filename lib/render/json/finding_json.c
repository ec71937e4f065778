#include "render/json/finding_json.h"

#include "base/sha256.h"
#include "fedval/certificate.h"
#include "fedval/evidence.h"
#include "fedval/pair.h"
#include "fedval/trust.h"
#include "judge/finding.h"
#include "model/finding.h"

void fv_json_word(fv_json *json, const char *key, uint32_t code,
                  const char *(*to_string)(uint32_t code))
{
    fv_json_text(json, key, code == 0 ? "not-checked" : to_string(code));
}

/* ---- findings ---- */

/* Members that do not apply are left out. */
static void put_where(fv_json *json, const fedval_finding *s)
{
    const fv_where *where = &s->remark.where;
    fv_json_object(json, "where");
    fv_json_text_if(json, "target", where->target);
    fv_json_text_if(json, "address", where->address);
    if (where->port != 0)
        fv_json_i64(json, "port", where->port);
    fv_json_text_if(json, "certificate", where->certificate);
    fv_json_text_if(json, "certificate_sha256", fv_kept_sha256(s->kept, &json->buf.failed));
    if (where->role != 0)
        fv_json_text(json, "role", fedval_role_to_string(where->role));
    if (where->endpoint != 0)
        fv_json_i64(json, "endpoint", where->endpoint - 1);
    if (where->endpoint_address != 0)
        fv_json_i64(json, "endpoint_address", where->endpoint_address - 1);
    fv_json_end(json);
}

static void put_directions(fv_json *json, uint32_t mask)
{
    static const uint32_t directions[] = {FEDVAL_DIRECTION_TO_MICROSOFT,
                                          FEDVAL_DIRECTION_FROM_MICROSOFT};
    fv_json_array(json, "breaks");
    for (size_t i = 0; i < sizeof(directions) / sizeof(directions[0]); i++) {
        if ((mask & directions[i]) != 0)
            fv_json_text(json, NULL, fedval_direction_to_string(directions[i]));
    }
    fv_json_end(json);
}

/* What else does not work where such calls fail. */
static void put_ways(fv_json *json, const fedval_finding *s)
{
    fv_json_array(json, "breaks_also");
    for (uint32_t way = FEDVAL_WAY_PRESENCE; way <= FEDVAL_WAY_CALL_BACK; way++) {
        if (fedval_finding_is_breaking(s, way) != 0)
            fv_json_text(json, NULL, fedval_way_to_string(way));
    }
    fv_json_end(json);
}

void fv_json_symptoms(fv_json *json, const fv_symptom *symptoms, size_t num_symptoms)
{
    fv_json_array(json, "symptoms");
    for (size_t i = 0; i < num_symptoms; i++) {
        const fv_symptom *symptom = &symptoms[i];
        fv_json_object(json, NULL);
        fv_json_text(json, "seen_by", fedval_seen_by_to_string(symptom->seen_by));
        fv_json_text(json, "direction", fedval_direction_to_string(symptom->direction));
        fv_json_text(json, "code", symptom->code);
        fv_json_text_if(json, "name", symptom->name);
        fv_json_text(json, "text", symptom->text);
        fv_json_end(json);
    }
    fv_json_end(json);
}

void fv_json_requirement(fv_json *json, uint32_t requirement)
{
    char text[] = "R0";
    text[1] = (char)('0' + requirement);
    fv_json_text(json, "requirement", requirement == 0 ? NULL : text);
}

static void put_params(fv_json *json, const fv_remark *remark)
{
    fv_json_object(json, "params");
    for (size_t i = 0; i < remark->num_params; i++)
        fv_json_text(json, remark->params[i].key, remark->params[i].value);
    fv_json_end(json);
}

static void put_acceptance(fv_json *json, const fv_remark *remark)
{
    if (remark->acceptance == 0) {
        fv_json_null(json, "acceptance");
        return;
    }
    fv_json_object(json, "acceptance");
    fv_json_text(json, "state", fedval_acceptance_to_string(remark->acceptance));
    fv_json_time(json, "until", remark->accepted_until);
    fv_json_end(json);
}

static void put_finding(fv_json *json, const fedval_finding *s, const size_t *rung)
{
    json->buf.failed |= !fv_findings_make_texts(s, 1);
    fv_json_object(json, NULL);
    fv_json_text(json, "code", s->entry->id);
    fv_json_text(json, "severity", fedval_severity_to_string(s->remark.severity));
    if (s->remark.fault != 0)
        fv_json_text(json, "fault", fedval_finding_code_to_string(s->remark.fault));
    fv_json_requirement(json, s->remark.requirement);
    put_where(json, s);
    put_directions(json, s->breaks);
    put_ways(json, s);
    fv_json_text(json, "message", fedval_finding_get_message(s));
    fv_json_text(json, "expected", fedval_finding_get_expected(s));
    fv_json_text(json, "observed", fedval_finding_get_observed(s));
    put_params(json, &s->remark);
    fv_json_text(json, "source", s->entry->source);
    fv_json_symptoms(json, s->symptoms, s->num_symptoms);
    fv_json_text(json, "remedy", fedval_finding_get_remedy(s));
    fv_json_bool(json, "mended_by_actions", s->is_mended);
    put_acceptance(json, &s->remark);
    if (rung != NULL && *rung == SIZE_MAX)
        fv_json_null(json, "rung");
    else if (rung != NULL)
        fv_json_i64(json, "rung", (int64_t)*rung);
    fv_json_end(json);
}

void fv_json_findings(fv_json *json, const char *key, const fedval_finding *findings,
                      size_t num_findings)
{
    fv_json_array(json, key);
    for (size_t i = 0; i < num_findings; i++)
        put_finding(json, &findings[i], NULL);
    fv_json_end(json);
}

/* ---- certificates ---- */

static void put_hex(fv_json *json, const char *key, fv_bytes bytes)
{
    fv_buf hex;
    fv_buf_init(&hex);
    fv_buf_append_hex(&hex, bytes);
    fv_json_text(json, key, hex.len == 0 ? "" : hex.data);
    json->buf.failed = json->buf.failed || hex.failed;
    fv_buf_clear(&hex);
}

/* None: the certificate has no extended key usage, and may be used for anything. */
static void put_purposes(fv_json *json, const fedval_certificate *read)
{
    if (read == NULL) {
        fv_json_null(json, "key_purposes");
        return;
    }
    fv_json_array(json, "key_purposes");
    for (size_t i = 0; i < fedval_certificate_count_key_purposes(read); i++)
        fv_json_text(json, NULL, fedval_certificate_get_key_purpose(read, i));
    fv_json_end(json);
}

static void put_serial(fv_json *json, const fedval_certificate *read)
{
    size_t serial_len = 0;
    const uint8_t *serial = fedval_certificate_get_serial(read, &serial_len);
    if (serial == NULL)
        fv_json_null(json, "serial");
    else
        put_hex(json, "serial", (fv_bytes){serial, serial_len});
}

/* The members that identify a certificate. They are read from its bytes only when it is shown, so
 * that judging does not pay for it. */
static void put_identity(fv_json *json, const fedval_report_certificate *of)
{
    const fedval_certificate *read = fv_kept_read(of->kept, &json->buf.failed);
    uint32_t bits = fedval_certificate_get_key_bits(read);
    fv_json_text(json, "sha256", fv_kept_sha256(of->kept, &json->buf.failed));
    fv_json_text(json, "issuer", read == NULL ? NULL : fedval_certificate_get_issuer(read));
    put_serial(json, read);
    fv_json_text(json, "key_type",
                 read == NULL ? NULL
                              : fedval_key_type_to_string(fedval_certificate_get_key_type(read)));
    if (bits == 0)
        fv_json_null(json, "key_bits");
    else
        fv_json_i64(json, "key_bits", bits);
    put_purposes(json, read);
}

void fv_json_certificate(fv_json *json, const char *key, const fv_report_presented *presented)
{
    const fv_report_certificate *certificate = presented->certificate;
    if (certificate == NULL) {
        fv_json_null(json, key);
        return;
    }
    fv_json_object(json, key);
    fv_json_text(json, "role", fedval_role_to_string(certificate->role));
    fv_json_text(json, "origin", fedval_origin_to_string(presented->origin));
    fv_json_text(json, "subject", certificate->subject);
    fv_json_text(json, "common_name", certificate->common_name);
    fv_json_array(json, "dns_names");
    for (size_t i = 0; i < certificate->num_dns_names; i++)
        fv_json_text(json, NULL, certificate->dns_names[i]);
    fv_json_end(json);
    fv_json_i64(json, "dns_names_left_out", (int64_t)certificate->num_dns_names_left_out);
    fv_json_time(json, "not_before", certificate->not_before);
    fv_json_time(json, "not_after", certificate->not_after);
    put_identity(json, certificate);
    fv_json_end(json);
}

static void put_rung(fv_json *json, const fv_report_certificate *certificate)
{
    fv_json_object(json, NULL);
    fv_json_text(json, "subject", certificate->subject);
    fv_json_text(json, "common_name", certificate->common_name);
    fv_json_time(json, "not_before", certificate->not_before);
    fv_json_time(json, "not_after", certificate->not_after);
    put_identity(json, certificate);
    fv_json_text(json, "revocation", fedval_revocation_to_string(certificate->revocation));
    fv_json_text(json, "mark", fedval_mark_to_string(certificate->mark));
    fv_json_end(json);
}

/* ---- paths ---- */

void fv_json_paths(fv_json *json, const char *key, const fv_report_path *paths, size_t num_paths)
{
    fv_json_array(json, key);
    for (size_t i = 0; i < num_paths; i++) {
        const fv_report_path *path = &paths[i];
        fv_json_object(json, NULL);
        fv_json_bool(json, "accepted", path->accepted);
        fv_json_array(json, "certificates");
        for (size_t j = 0; j < path->num_certificates; j++)
            fv_json_text(json, NULL, path->certificates[j].subject);
        fv_json_end(json);
        fv_json_array(json, "rungs");
        for (size_t j = 0; j < path->num_certificates; j++)
            put_rung(json, &path->certificates[j]);
        fv_json_end(json);
        fv_json_array(json, "findings");
        for (size_t j = 0; j < path->num_findings; j++)
            put_finding(json, &path->findings[j], &path->rungs[j]);
        fv_json_end(json);
        fv_json_i64(json, "findings_left_out", (int64_t)path->num_findings_left_out);
        fv_json_end(json);
    }
    fv_json_end(json);
}

void fv_json_anchors(fv_json *json, const fv_anchors_by_class anchors)
{
    fv_json_object(json, "anchors");
    for (uint32_t i = 1; i < FV_NUM_ANCHOR_CLASSES; i++) {
        fv_json_object(json, fedval_anchor_class_to_string(i));
        fv_json_i64(json, "count", (int64_t)anchors[i].count);
        fv_json_text(json, "sha256", fv_report_anchors_digest(anchors, i));
        fv_json_end(json);
    }
    fv_json_end(json);
}
