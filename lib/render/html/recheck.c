/* Whether the fault in a log still exists, as HTML. */
#include "render/diagnosis/diagnosis.h"
#include "render/html/parts.h"

static const fv_html_look *look_of(const fedval_incident *incident, uint32_t recheck)
{
    bool is_open = fedval_incident_get_certainty(incident) == FEDVAL_CERTAINTY_UNDETERMINED;
    static const fv_html_look stands = {"broken", "broken", "still so"},
                              gone = {"sound", "sound", "no longer so"},
                              fits = {"broken", "broken", "a fault that can be it"},
                              none = {"open", "open", "no fault found"},
                              unknown = {"open", "open", "not known"};
    if (recheck == FEDVAL_RECHECK_STANDS)
        return is_open ? &fits : &stands;
    if (recheck == FEDVAL_RECHECK_GONE)
        return is_open ? &none : &gone;
    return &unknown;
}

fedval_status fedval_incident_recheck_to_html(const fedval_incident *incident,
                                              const fedval_report *report,
                                              const fedval_html_options *options, char **out_html,
                                              size_t *out_len)
{
    fv_html out;
    if (incident == NULL || report == NULL || out_html == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_status status = fv_html_init(&out, options);
    if (status != FEDVAL_OK)
        return status;
    uint32_t recheck = fedval_incident_recheck(incident, report);
    const char *finding = fedval_finding_code_to_string(fedval_incident_get_finding(incident));
    fv_html_begin(&out, fedval_incident_get_domain(incident), look_of(incident, recheck));
    fv_html_element(&out, "<p><code>",
                    finding != NULL ? finding : fedval_incident_get_reported_code(incident),
                    "</code>: ");
    fv_html_text(&out, fv_recheck_sentence(incident, report));
    fv_html_raw(&out, "</p>\n</div>\n");
    fv_html_end(&out);
    return fv_html_finish(&out, out_html, out_len);
}
