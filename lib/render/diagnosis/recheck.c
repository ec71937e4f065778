/* Whether the fault in a log still exists, as JSON and as a line of text. */
#include "fedval/diagnosis.h"
#include "render/diagnosis/diagnosis.h"
#include "render/json/json.h"
#include "render/text/out.h"

fedval_status fedval_incident_recheck_to_json(const fedval_incident *incident,
                                              const fedval_report *report, char **out_json,
                                              size_t *out_len)
{
    fv_json json;
    if (incident == NULL || report == NULL || out_json == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_json_init(&json);
    fv_json_object(&json, NULL);
    fv_json_text(&json, "format", "fedval-recheck/1");
    fv_json_i64(&json, "incident", fedval_incident_get_id(incident));
    fv_json_text(&json, "domain", fedval_incident_get_domain(incident));
    fv_json_text(&json, "finding",
                 fedval_finding_code_to_string(fedval_incident_get_finding(incident)));
    fv_json_text(&json, "recheck",
                 fedval_recheck_to_string(fedval_incident_recheck(incident, report)));
    fv_json_text(&json, "certainty",
                 fedval_certainty_to_string(fedval_incident_get_certainty(incident)));
    fv_json_text(&json, "verdict", fedval_verdict_to_string(fedval_report_get_verdict(report)));
    fv_json_end(&json);
    return fv_json_finish(&json, out_json, out_len);
}

#define IF_CALLS_STILL_FAIL                                                                        \
    "If calls still fail, wait for caches to run out, then ask the partner to look at the "        \
    "allowed list, source verification and the user's policy"

static const char *gone_sentence(const fedval_report *report)
{
    switch (fedval_report_get_verdict(report)) {
    case FEDVAL_VERDICT_PASS:
        return "no longer so: DNS and certificate are right in this now. The change that the logs "
               "ask for is made: call again. " IF_CALLS_STILL_FAIL;
    case FEDVAL_VERDICT_FAIL:
        return "this is no longer so and needs no change any more, but the check above found "
               "another fault";
    default:
        return "this is no longer so and needs no change any more, but the check above leaves "
               "other requirements open: see what was not seen";
    }
}

const char *fv_recheck_sentence(const fedval_incident *incident, const fedval_report *report)
{
    bool is_open = fedval_incident_get_certainty(incident) == FEDVAL_CERTAINTY_UNDETERMINED;
    switch (fedval_incident_recheck(incident, report)) {
    case FEDVAL_RECHECK_STANDS:
        return is_open ? "the log leaves the cause open; the check above found a fault that can be "
                         "it"
                       : "still so, see the check above";
    case FEDVAL_RECHECK_GONE:
        return is_open ? "the log leaves the cause open, and the check above found no fault that "
                         "can be it. " IF_CALLS_STILL_FAIL
                       : gone_sentence(report);
    default:
        return "could not be checked again from here";
    }
}

fedval_status fedval_incident_recheck_to_text(const fedval_incident *incident,
                                              const fedval_report *report,
                                              const fedval_text_options *look, char **out_text,
                                              size_t *out_len)
{
    fv_out out;
    if (incident == NULL || report == NULL || out_text == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_status status = fv_out_init(&out, look);
    if (status != FEDVAL_OK)
        return status;
    const char *finding = fedval_finding_code_to_string(fedval_incident_get_finding(incident));
    fv_out_styled(&out, FV_BOLD, "RECHECK");
    fv_out_text(&out, "  ");
    fv_out_text(&out, fedval_incident_get_domain(incident));
    fv_out_text(&out, "  ");
    fv_out_text(&out, finding != NULL ? finding : fedval_incident_get_reported_code(incident));
    fv_out_text(&out, ": ");
    fv_out_prose(&out, fv_recheck_sentence(incident, report), 9);
    fv_out_newline(&out);
    return fv_out_finish(&out, out_text, out_len);
}
