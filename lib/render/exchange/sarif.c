/* SARIF 2.1.0, as code scanning reads it: one run, with a result for each finding. The numbers of
 * sections are those of the OASIS standard. */
#include "catalogue/topic_label.h"
#include "fedval/policy.h"
#include "fedval/render.h"
#include "render/exchange/exchange.h"
#include "render/json/json.h"
#include "render/text/expiry.h"

/* 3.27.10: the level of a result. An open finding is no error, and must not be passed over. */
static const char *level_of(uint32_t severity)
{
    switch (severity) {
    case FEDVAL_SEVERITY_ERROR:
        return "error";
    case FEDVAL_SEVERITY_NOTE:
        return "note";
    default:
        return "warning";
    }
}

static void put_message(fv_json *json, const char *key, const char *text)
{
    fv_json_object(json, key);
    fv_json_text(json, "text", text);
    fv_json_end(json);
}

/* ---- the tool: its rules are the codes that were found ---- */

/* A built text as a member; json reports the want of memory for it. */
static void put_built(fv_json *json, const char *key, fv_buf *buf)
{
    if (buf->failed)
        json->buf.failed = true;
    fv_json_text(json, key, buf->data == NULL ? "" : buf->data);
    fv_buf_clear(buf);
}

/* A rule is of no finding in particular: "{domain}" is "<domain>" in its texts. */
static void put_template(fv_json *json, const char *key, const char *text)
{
    fv_buf buf;
    fv_buf_init(&buf);
    fv_template_append_shown(&buf, text);
    fv_json_object(json, key);
    put_built(json, "text", &buf);
    fv_json_end(json);
}

static void put_rule(fv_json *json, const fedval_catalogue_entry *entry)
{
    fv_json_object(json, NULL);
    fv_json_text(json, "id", entry->id);
    put_template(json, "shortDescription", entry->meaning);
    put_template(json, "help", entry->remedy == NULL ? entry->meaning : entry->remedy);
    fv_json_object(json, "defaultConfiguration");
    fv_json_text(json, "level", level_of(entry->severity));
    fv_json_end(json);
    fv_json_end(json);
}

/* Whether one of the reports has a finding with this code. */
static bool is_found(const fedval_report *const *reports, size_t num_reports, uint32_t code)
{
    for (size_t i = 0; i < num_reports; i++) {
        for (size_t j = 0; j < reports[i]->num_findings; j++) {
            if (reports[i]->findings[j].remark.code == code)
                return true;
        }
    }
    return false;
}

static void put_tool(fv_json *json, const fedval_report *const *reports, size_t num_reports)
{
    fv_json_object(json, "tool");
    fv_json_object(json, "driver");
    fv_json_text(json, "name", "fedval");
    fv_json_text(json, "semanticVersion", fedval_version());
    fv_json_array(json, "rules");
    for (size_t i = 0; i < fedval_catalogue_count(); i++) {
        const fedval_catalogue_entry *entry = fedval_catalogue_get(i);
        if (is_found(reports, num_reports, entry->code))
            put_rule(json, entry);
    }
    fv_json_end(json);
    fv_json_end(json);
    fv_json_end(json);
}

/* ---- results ---- */

static void put_plain(fv_buf *buf, fv_text character)
{
    fv_buf_append(buf, character.data, character.len);
}

/* "example.com/expe.example.com:5061 192.0.2.1" */
static void put_location(fv_json *json, const fedval_report *report, const fv_remark *remark)
{
    fv_buf buf;
    fv_json_array(json, "locations");
    fv_json_object(json, NULL);
    fv_json_object(json, "physicalLocation");
    fv_json_object(json, "artifactLocation");
    fv_buf_init(&buf);
    fv_buf_append_text(&buf, "dns:");
    fv_buf_append_text(&buf, report->domain);
    put_built(json, "uri", &buf);
    fv_json_end(json);
    fv_json_end(json);
    fv_json_array(json, "logicalLocations");
    fv_json_object(json, NULL);
    fv_buf_init(&buf);
    fv_buf_append_text(&buf, report->domain);
    if (remark->where.target != NULL || remark->where.address != NULL) {
        fv_buf_append_char(&buf, '/');
        fv_exchange_place(&buf, &remark->where, put_plain);
    }
    put_built(json, "fullyQualifiedName", &buf);
    fv_json_text(json, "kind", "resource");
    fv_json_end(json);
    fv_json_end(json);
    fv_json_end(json);
    fv_json_end(json);
}

/* 3.27.16, 3.27.17: what makes two runs' results the same one: the code and the place. */
static void put_fingerprint(fv_json *json, const fedval_report *report,
                            const fedval_finding *finding)
{
    fv_buf buf;
    fv_buf_init(&buf);
    fv_buf_append_text(&buf, report->domain);
    fv_buf_append_char(&buf, ' ');
    fv_buf_append_text(&buf, fedval_profile_to_string(report->profile));
    fv_buf_append_char(&buf, ' ');
    fv_buf_append_text(&buf, finding->entry->id);
    fv_buf_append_char(&buf, ' ');
    fv_exchange_place(&buf, &finding->remark.where, put_plain);
    fv_json_object(json, "partialFingerprints");
    put_built(json, "finding/v1", &buf);
    fv_json_end(json);
}

/* 3.27.23, 3.35: somebody accepted it, outside of what was scanned. */
static void put_suppression(fv_json *json, const fv_remark *remark)
{
    if (fv_remark_counts(remark))
        return;
    fv_json_array(json, "suppressions");
    fv_json_object(json, NULL);
    fv_json_text(json, "kind", "external");
    fv_json_text(json, "status", "accepted");
    fv_json_end(json);
    fv_json_end(json);
}

static void put_result(fv_json *json, const fedval_report *report, const fedval_finding *finding)
{
    fv_json_object(json, NULL);
    fv_json_text(json, "ruleId", finding->entry->id);
    fv_json_text(json, "level", level_of(finding->remark.severity));
    put_message(json, "message", fedval_finding_get_message(finding));
    put_location(json, report, &finding->remark);
    put_fingerprint(json, report, finding);
    put_suppression(json, &finding->remark);
    fv_json_object(json, "properties");
    fv_json_text(json, "severity", fedval_severity_to_string(finding->remark.severity));
    fv_json_text(json, "profile", fedval_profile_to_string(report->profile));
    fv_json_text_if(json, "expected", fedval_finding_get_expected(finding));
    fv_json_text_if(json, "observed", fedval_finding_get_observed(finding));
    fv_json_text_if(json, "remedy", fedval_finding_get_remedy(finding));
    fv_json_end(json);
    fv_json_end(json);
}

/* ---- what was not judged ---- */

/* 3.58: "example.com: not judged, although a pass needs it: R4, R5". */
static void put_notification(fv_json *json, const fedval_report *report)
{
    const char *before = ": not judged, although a pass needs it: R";
    fv_buf buf;
    fv_buf_init(&buf);
    for (uint32_t i = 1; i <= FV_NUM_REQUIREMENTS; i++) {
        if (!fv_report_is_unseen(report, i))
            continue;
        fv_buf_append_text(&buf, buf.len == 0 ? report->domain : "");
        fv_buf_append_text(&buf, before);
        fv_buf_append_u64(&buf, i);
        before = ", R";
    }
    if (buf.len > 0) {
        fv_json_object(json, NULL);
        fv_json_text(json, "level", "error");
        put_message(json, "message", buf.data);
        fv_json_end(json);
    }
    json->buf.failed |= buf.failed;
    fv_buf_clear(&buf);
}

/* 3.20: a run without a result would look as if all had been judged and found sound. */
static void put_invocation(fv_json *json, const fedval_report *const *reports, size_t num_reports)
{
    fv_json_array(json, "invocations");
    fv_json_object(json, NULL);
    fv_json_bool(json, "executionSuccessful", true);
    fv_json_array(json, "toolExecutionNotifications");
    for (size_t i = 0; i < num_reports; i++)
        put_notification(json, reports[i]);
    fv_json_end(json);
    fv_json_end(json);
    fv_json_end(json);
}

fedval_status fedval_reports_to_sarif(const fedval_report *const *reports, size_t num_reports,
                                      char **out_text, size_t *out_len)
{
    fv_json json;
    if (!fv_reports_are_there(reports, num_reports) || out_text == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_json_init(&json);
    fv_json_object(&json, NULL);
    fv_json_text(&json, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    fv_json_text(&json, "version", "2.1.0");
    fv_json_array(&json, "runs");
    fv_json_object(&json, NULL);
    put_tool(&json, reports, num_reports);
    put_invocation(&json, reports, num_reports);
    fv_json_array(&json, "results");
    for (size_t i = 0; i < num_reports; i++) {
        for (size_t j = 0; j < reports[i]->num_findings; j++)
            put_result(&json, reports[i], &reports[i]->findings[j]);
    }
    fv_json_end(&json);
    fv_json_end(&json);
    fv_json_end(&json);
    fv_json_end(&json);
    return fv_json_finish(&json, out_text, out_len);
}
