/* The findings: the value that was wanted, the value that was seen, the symptoms on each side, and
 * the remedy. */
#include "fedval/evidence.h"
#include "model/finding.h"
#include "render/text/report_text.h"
#include "render/text/symptom_text.h"

#include <string.h>

#define LABEL_COLUMN 10
#define SEEN_COLUMN 40

static const char *severity_word(uint32_t severity)
{
    switch (severity) {
    case FEDVAL_SEVERITY_ERROR:
        return "ERROR";
    case FEDVAL_SEVERITY_INDETERMINATE:
        return "INDETERMINATE";
    case FEDVAL_SEVERITY_WARNING:
        return "WARNING";
    default:
        return "NOTE";
    }
}

static enum fv_style severity_style(uint32_t severity)
{
    return severity == FEDVAL_SEVERITY_ERROR ? FV_RED : FV_YELLOW;
}

static void put_breaks(fv_out *out, uint32_t breaks)
{
    switch (breaks) {
    case FEDVAL_DIRECTION_TO_MICROSOFT:
        fv_out_text(out, "  breaks calls to Microsoft and presence");
        return;
    case FEDVAL_DIRECTION_FROM_MICROSOFT:
        fv_out_text(out, "  breaks calls from Microsoft, presence and call-back");
        return;
    case FEDVAL_DIRECTION_TO_MICROSOFT | FEDVAL_DIRECTION_FROM_MICROSOFT:
        fv_out_text(out, "  breaks calls in both directions, presence and call-back");
        return;
    default:
        return;
    }
}

void fv_text_finding_heading(fv_out *out, const fedval_finding *s)
{
    uint32_t severity = s->remark.severity;
    fv_out_styled(out, severity_style(severity), severity_word(severity));
    fv_out_text(out, " ");
    fv_out_styled(out, FV_BOLD, s->entry->id);
    if (s->remark.requirement != 0) {
        fv_out_text(out, " (R");
        fv_out_u64(out, s->remark.requirement);
        fv_out_text(out, ")");
    }
    if (severity == FEDVAL_SEVERITY_ERROR)
        put_breaks(out, s->breaks);
    if (s->remark.acceptance == FEDVAL_ACCEPTANCE_EXPIRED) {
        fv_out_text(out, "  was accepted until ");
        fv_out_date(out, s->remark.accepted_until);
    }
    fv_out_newline(out);
}

/* A place is needed only if the report has several endpoints or addresses. */
static bool needs_place(const fedval_report *report)
{
    return report->num_endpoints > 1 ||
           (report->num_endpoints == 1 && report->endpoints[0].num_addresses > 1);
}

static void put_place(fv_out *out, const fedval_report *report, const fedval_finding *s)
{
    const fv_where *where = &s->remark.where;
    if (!needs_place(report) || fv_finding_tells_place(s))
        return;
    fv_out_text(out, where->target);
    if (where->address != NULL) {
        fv_out_text(out, " at ");
        fv_out_text(out, where->address);
    }
    fv_out_text(out, ": ");
}

static void put_labelled(fv_out *out, const char *label, const char *text)
{
    fv_out_text(out, "  ");
    fv_out_text(out, label);
    fv_out_pad(out, LABEL_COLUMN);
    fv_out_prose(out, text, LABEL_COLUMN);
    fv_out_newline(out);
}

/* Puts the two values side by side if the width allows, else one below the other. */
static void put_wanted_and_seen(fv_out *out, const fedval_finding *s)
{
    if (fedval_finding_get_expected(s) == NULL || fedval_finding_get_observed(s) == NULL)
        return;
    size_t wanted_len = strlen(fedval_finding_get_expected(s)),
           seen_len = strlen(fedval_finding_get_observed(s));
    bool fits = LABEL_COLUMN + wanted_len + 2 <= SEEN_COLUMN &&
                (out->options.width == 0 || SEEN_COLUMN + 6 + seen_len <= out->options.width);
    if (!fits) {
        put_labelled(out, "wanted", fedval_finding_get_expected(s));
        put_labelled(out, "seen", fedval_finding_get_observed(s));
        return;
    }
    fv_out_text(out, "  wanted");
    fv_out_pad(out, LABEL_COLUMN);
    fv_out_text(out, fedval_finding_get_expected(s));
    fv_out_pad(out, SEEN_COLUMN);
    fv_out_text(out, "seen  ");
    fv_out_text(out, fedval_finding_get_observed(s));
    fv_out_newline(out);
}

/* Whether a message can be left out of its finding: the first line of the report repeats the
 * message of the first finding, and the values wanted and seen are shown here. */
static bool is_told(const fedval_finding *s)
{
    return s->remark.severity >= FEDVAL_SEVERITY_INDETERMINATE &&
           fedval_finding_get_expected(s) != NULL && fedval_finding_get_observed(s) != NULL;
}

static void put_message(fv_out *out, const fedval_report *report, const fedval_finding *s)
{
    if (s != report->findings || !is_told(s) || needs_place(report)) {
        fv_out_text(out, "  ");
        put_place(out, report, s);
        fv_out_prose(out, fedval_finding_get_message(s), 2);
        fv_out_newline(out);
    }
    if (s->remark.severity >= FEDVAL_SEVERITY_INDETERMINATE)
        put_wanted_and_seen(out, s);
}

/* Writes the word that the calling program has for the hint, if it has one. */
static void put_hint(fv_out *out, uint32_t hint)
{
    const char *word = fv_out_hint(out, hint);
    if (word != NULL)
        put_labelled(out, "try", word);
}

void fv_text_finding_body(fv_out *out, const fedval_finding *s, bool is_message_told)
{
    if (!is_message_told || !is_told(s)) {
        fv_out_text(out, "  ");
        fv_out_prose(out, fedval_finding_get_message(s), 2);
        fv_out_newline(out);
    }
    if (s->remark.severity >= FEDVAL_SEVERITY_INDETERMINATE) {
        put_wanted_and_seen(out, s);
        fv_text_symptoms(out, s->symptoms, s->num_symptoms);
    }
    put_labelled(out, "mend", fedval_finding_get_remedy(s));
    put_hint(out, s->hint);
}

/* Writes one block for all findings with the same code and severity. Returns how many there were.
 */
static size_t put_block(fv_out *out, const fedval_report *report, size_t first)
{
    const fedval_finding *head = &report->findings[first];
    size_t i = first;
    fv_out_newline(out);
    fv_text_finding_heading(out, head);
    for (; i < report->num_findings; i++) {
        const fedval_finding *s = &report->findings[i];
        if (s->remark.code != head->remark.code || s->remark.severity != head->remark.severity)
            break;
        put_message(out, report, s);
    }
    if (head->remark.severity >= FEDVAL_SEVERITY_INDETERMINATE)
        fv_text_symptoms(out, head->symptoms, head->num_symptoms);
    /* The remedy of an error is left out if an action in the list of changes mends it. */
    if (head->remark.severity < FEDVAL_SEVERITY_ERROR || !head->is_mended)
        put_labelled(out, "mend", fedval_finding_get_remedy(head));
    put_hint(out, head->hint);
    return i - first;
}

static bool is_among(uint32_t code, const uint32_t *codes)
{
    for (; codes != NULL && *codes != 0; codes++) {
        if (*codes == code)
            return true;
    }
    return false;
}

void fv_text_notes(fv_out *out, const fedval_finding *findings, size_t num_findings,
                   const uint32_t *told)
{
    bool is_first = true;
    for (size_t i = 0; i < num_findings; i++) {
        const fedval_finding *s = &findings[i];
        if (s->remark.severity != FEDVAL_SEVERITY_NOTE || !fv_remark_counts(&s->remark) ||
            is_among(s->remark.code, told))
            continue;
        if (is_first) {
            fv_out_newline(out);
            fv_out_styled(out, FV_BOLD, "NOTES");
            fv_out_newline(out);
        }
        fv_out_text(out, "  ");
        fv_out_text(out, s->entry->id);
        fv_out_text(out, ": ");
        fv_out_prose(out, fedval_finding_get_message(s), 4);
        fv_out_newline(out);
        is_first = false;
    }
}

static bool is_shown(const fedval_finding *s)
{
    return s->remark.severity > FEDVAL_SEVERITY_NOTE && fv_remark_counts(&s->remark);
}

void fv_text_findings(fv_out *out, const fedval_report *report)
{
    size_t i = 0;
    while (i < report->num_findings && is_shown(&report->findings[i]))
        i += put_block(out, report, i);
}

static const char *severity_noun(uint32_t severity)
{
    switch (severity) {
    case FEDVAL_SEVERITY_ERROR:
        return "an error";
    case FEDVAL_SEVERITY_INDETERMINATE:
        return "an open question";
    case FEDVAL_SEVERITY_WARNING:
        return "a warning";
    default:
        return "a note";
    }
}

static void put_accepted_heading(fv_out *out, const fedval_finding *s)
{
    fv_out_newline(out);
    fv_out_styled(out, FV_BOLD, "ACCEPTED ");
    fv_out_text(out, s->entry->id);
    fv_out_text(out, ": ");
    fv_out_text(out, severity_noun(s->remark.severity));
    fv_out_text(out, " that does not count");
    if (s->remark.accepted_until != FEDVAL_TIME_UNKNOWN) {
        fv_out_text(out, " until ");
        fv_out_time(out, s->remark.accepted_until);
    }
    fv_out_newline(out);
}

void fv_text_accepted(fv_out *out, const fedval_finding *findings, size_t num_findings)
{
    const fedval_finding *head = NULL;
    for (size_t i = 0; i < num_findings; i++) {
        const fedval_finding *s = &findings[i];
        if (fv_remark_counts(&s->remark))
            continue;
        if (head == NULL || s->remark.code != head->remark.code ||
            s->remark.severity != head->remark.severity)
            put_accepted_heading(out, s);
        head = s;
        fv_out_text(out, "  ");
        fv_out_prose(out, fedval_finding_get_message(s), 2);
        fv_out_newline(out);
    }
}

void fv_text_left_out(fv_out *out, size_t num_findings)
{
    if (num_findings == 0)
        return;
    fv_out_newline(out);
    fv_out_text(out, "and ");
    fv_out_u64(out, num_findings);
    fv_out_text(out, " more findings, beyond the limit of the policy (max_findings)");
    fv_out_newline(out);
}
