/* The report for a tired administrator: first the verdict, then the reasons for it. */
#include "render/text/report_text.h"

#include "fedval/policy.h"
#include "judge/finding.h"
#include "model/finding.h"

#include <string.h>

typedef struct verdict_look {
    const char *word;
    enum fv_style style;
} verdict_look;

static const verdict_look verdict_looks[] = {
    [0] = {"UNKNOWN", FV_BOLD},
    [FEDVAL_VERDICT_PASS] = {"PASS", FV_GREEN},
    [FEDVAL_VERDICT_FAIL] = {"FAIL", FV_RED},
    [FEDVAL_VERDICT_INDETERMINATE] = {"INDETERMINATE", FV_YELLOW},
    [FEDVAL_VERDICT_NOT_CHECKED] = {"NOT CHECKED", FV_DIM},
};

void fv_text_verdict(fv_out *out, uint32_t verdict)
{
    const verdict_look *look = &verdict_looks[verdict <= FEDVAL_VERDICT_NOT_CHECKED ? verdict : 0];
    fv_out_styled(out, look->style, look->word);
}

/* ---- the head ---- */

/* Lists the requirements that were not checked although PASS needs them. */
static void put_unseen(fv_out *out, const fedval_report *report, const char *before)
{
    bool is_first = true;
    fv_out_text(out, before);
    fv_out_text(out, "not seen:");
    for (uint32_t i = 1; i <= FV_NUM_REQUIREMENTS; i++) {
        if (!fv_report_is_unseen(report, i))
            continue;
        fv_out_text(out, is_first ? " R" : ", R");
        fv_out_u64(out, i);
        is_first = false;
    }
    fv_out_text(out, is_first ? " anything" : "");
    if (fv_report_is_public_dns_unseen(report))
        fv_out_text(out, "; no public resolver was asked");
}

/* How many faults are there that do not count. */
static void put_accepted(fv_out *out, const fedval_report *report)
{
    size_t count = 0;
    for (uint32_t severity = FEDVAL_SEVERITY_WARNING; severity <= FEDVAL_SEVERITY_ERROR; severity++)
        count += fv_report_count_of(report, severity, false);
    if (count == 0)
        return;
    fv_out_text(out, "  (");
    fv_out_u64(out, count);
    fv_out_text(out, count == 1 ? " finding accepted)" : " findings accepted)");
}

void fv_text_headline(fv_out *out, const fedval_report *report)
{
    const fedval_finding *first =
        fv_findings_worst(report->findings, report->num_findings, FEDVAL_SEVERITY_INDETERMINATE);
    size_t warnings = fv_report_count_of(report, FEDVAL_SEVERITY_WARNING, true);
    const char *part = fedval_report_get_pass_of(report);
    fv_out_text(out, part != NULL ? "  of " : "");
    fv_out_text(out, part != NULL ? part : "");
    if (first != NULL) {
        fv_out_text(out, "  ");
        if (first->remark.requirement != 0) {
            fv_out_text(out, "R");
            fv_out_u64(out, first->remark.requirement);
            fv_out_text(out, ": ");
        }
        fv_out_prose(out, fedval_finding_get_message(first), 2);
    } else if (warnings > 0) {
        fv_out_text(out, part != NULL ? ", with " : "  with ");
        fv_out_u64(out, warnings);
        fv_out_text(out, warnings == 1 ? " warning" : " warnings");
    }
    if (first == NULL && report->verdict == FEDVAL_VERDICT_INDETERMINATE)
        put_unseen(out, report, warnings > 0 ? ", " : "  ");
    put_accepted(out, report);
    if (report->verdict == FEDVAL_VERDICT_PASS && report->valid_until != FEDVAL_TIME_UNKNOWN) {
        fv_out_text(out, "  until ");
        fv_out_date(out, report->valid_until);
    }
}

static void put_head(fv_out *out, const fedval_report *report)
{
    fv_out_styled(out, FV_BOLD, report->domain);
    if (strcmp(report->domain, report->domain_given) != 0 && out->options.utf8 != 0) {
        fv_out_text(out, " (");
        fv_out_text(out, report->domain_given);
        fv_out_text(out, ")");
    }
    fv_out_text(out, "  ");
    fv_text_verdict(out, report->verdict);
    fv_text_headline(out, report);
    fv_out_newline(out);
}

/* Adds one circumstance to the line. It is not broken: if the line is full it goes on the next one.
 */
static void put_circumstance(fv_out *out, const char *words, const char *more)
{
    size_t len = 2 + strlen(words) + strlen(more);
    fv_out_text(out, ";");
    if (out->options.width != 0 && out->column + len > out->options.width) {
        fv_out_newline(out);
        fv_out_text(out, " ");
    }
    fv_out_text(out, " ");
    fv_out_text(out, words);
    fv_out_text(out, more);
}

/* Says how many public and private roots were used, and where the public ones are from. */
static void put_roots(fv_out *out, const fedval_report *report)
{
    if (out->options.public_roots != NULL)
        put_circumstance(out, "public roots from ", out->options.public_roots);
    put_circumstance(out, "roots: ", "");
    fv_out_u64(out, report->anchors[FEDVAL_ANCHOR_PUBLIC].count);
    fv_out_text(out, " public, ");
    fv_out_u64(out, report->anchors[FEDVAL_ANCHOR_PRIVATE].count);
    fv_out_text(out, " private");
}

void fv_text_circumstances(fv_out *out, const fedval_report *report)
{
    fv_out_text(out, "side ");
    fv_out_text(out, fedval_side_to_string(report->side));
    if (report->side_inferred)
        fv_out_text(out, " (inferred)");
    fv_out_text(out, ", judged by ");
    fv_out_text(out, fedval_profile_to_string(report->profile));
    fv_out_text(out, " at ");
    fv_out_time(out, report->evaluated_at);
    if (report->dns_sources.text != NULL)
        put_circumstance(out, "DNS from ", report->dns_sources.text);
    if (report->scope != FEDVAL_SCOPE_DNS)
        put_roots(out, report);
    if (fv_report_scope_text(report) != NULL && fedval_report_get_pass_of(report) == NULL)
        put_circumstance(out, fv_report_scope_text(report), "");
}

static void put_requirements(fv_out *out, const fedval_report *report)
{
    static const verdict_look looks[] = {
        [0] = {"--", FV_DIM},
        [FEDVAL_VERDICT_PASS] = {"ok", FV_GREEN},
        [FEDVAL_VERDICT_FAIL] = {"FAIL", FV_RED},
        [FEDVAL_VERDICT_INDETERMINATE] = {"indeterminate", FV_YELLOW},
        [FEDVAL_VERDICT_NOT_CHECKED] = {"not checked", FV_DIM},
    };
    for (uint32_t i = 1; i <= FV_NUM_REQUIREMENTS; i++) {
        uint32_t verdict = report->requirements[i];
        const verdict_look *look = &looks[verdict <= FEDVAL_VERDICT_NOT_CHECKED ? verdict : 0];
        const char *about = fv_text_requirements[i].about;
        size_t len = strlen("  R1  ") + strlen(about) + strlen(look->word);
        bool fits = out->options.width == 0 || out->column + len <= out->options.width;
        if (!fits)
            fv_out_newline(out);
        fv_out_text(out, i == 1 || !fits ? "R" : "  R");
        fv_out_u64(out, i);
        fv_out_text(out, " ");
        fv_out_text(out, about);
        fv_out_text(out, " ");
        fv_out_styled(out, look->style, look->word);
    }
    fv_out_newline(out);
}

/* ---- the foot ---- */

static const char *const not_checked_texts[] = {
    [FEDVAL_NOT_CHECKED_PORT] = "port 5061",
    [FEDVAL_NOT_CHECKED_SIP] = "SIP itself was not spoken",
    [FEDVAL_NOT_CHECKED_CALLING_CERTIFICATE] = "the calling certificate",
    [FEDVAL_NOT_CHECKED_PARTNER_ALLOWED_LIST] = "the partner's allowed list",
    [FEDVAL_NOT_CHECKED_USER_POLICY] = "user policy",
    [FEDVAL_NOT_CHECKED_MEDIA] = "media",
    [FEDVAL_NOT_CHECKED_REVOCATION] = "revocation",
    [FEDVAL_NOT_CHECKED_DNS] = "DNS",
    [FEDVAL_NOT_CHECKED_SRV] = "the SRV record",
    [FEDVAL_NOT_CHECKED_ADDRESS] = "the addresses",
    [FEDVAL_NOT_CHECKED_CERTIFICATE] = "the certificate",
    [FEDVAL_NOT_CHECKED_TRUST] = "trust in the certificate's root",
    [FEDVAL_NOT_CHECKED_PUBLIC_DNS] = "what a public resolver answers",
    [FEDVAL_NOT_CHECKED_CLUSTER] = "R8, the names at every peer of the cluster",
};

/* So many addresses are named whose certificates were not seen. */
enum { MAX_PLACES = 8 };

/* Notes that nearly every report would have: the last line, "not checked", says the same. */
static const uint32_t told_as_not_checked[] = {FEDVAL_FINDING_REVOCATION_NOT_CHECKED,
                                               FEDVAL_FINDING_CLIENT_CERTIFICATE_NOT_OBSERVED, 0};

static const char *not_checked_text(uint32_t what)
{
    return not_checked_texts[what];
}

static void put_item(fv_out *out, const char *text, uint32_t hint, bool *is_first)
{
    const char *how = fv_out_hint(out, hint);
    fv_out_text(out, *is_first ? "" : ", ");
    fv_out_text(out, text);
    if (how != NULL) {
        fv_out_text(out, " (");
        fv_out_text(out, how);
        fv_out_text(out, ")");
    }
    *is_first = false;
}

/* The same records serve calls, presence and the call back to whoever From names; and the other
 * side's domain needs its own. */
bool fv_text_both_domains(fv_out *out, const fedval_report *report)
{
    if (!fedval_report_is_for_both_domains(report))
        return false;
    fv_out_newline(out);
    fv_out_styled(out, FV_BOLD, "BOTH DOMAINS");
    fv_out_text(out, " ");
    fv_out_prose(
        out,
        "need records: presence and the call back are looked up in the caller's domain "
        "as calls are, and the partner's domain needs its own, which a check of that domain tells",
        13);
    fv_out_newline(out);
    return true;
}

static void append_place(fv_buf *buf, const fv_report_endpoint *endpoint,
                         const fv_report_address *address, size_t count)
{
    if (count > MAX_PLACES)
        return;
    if (count == MAX_PLACES) {
        fv_buf_append_text(buf, " and others");
        return;
    }
    fv_buf_append_text(buf, count == 0 ? " of " : ", ");
    fv_buf_append_text(buf, endpoint->target);
    fv_buf_append_text(buf, "@");
    fv_buf_append_text(buf, address->address);
}

/* Where some certificates were seen and others were not, names the addresses of the others. */
static void append_unseen_places(fv_buf *buf, const fedval_report *report)
{
    size_t count = 0;
    for (size_t i = 0; i < report->num_endpoints; i++) {
        const fv_report_endpoint *endpoint = &report->endpoints[i];
        for (size_t k = 0; k < endpoint->num_addresses; k++) {
            if (fv_report_is_address_unseen(report, endpoint, &endpoint->addresses[k]))
                append_place(buf, endpoint, &endpoint->addresses[k], count++);
        }
    }
}

/* The port is that of the SRV record, where a record was seen. */
void fv_text_append_not_checked(fv_buf *buf, const fedval_report *report, uint32_t what)
{
    uint32_t port = report->num_endpoints > 0 ? report->endpoints[0].port : 0;
    if (what == FEDVAL_NOT_CHECKED_PORT && port != 0) {
        fv_buf_append_text(buf, "port ");
        fv_buf_append_u64(buf, port);
        return;
    }
    fv_buf_append_text(buf, not_checked_text(what));
    if (what == FEDVAL_NOT_CHECKED_CERTIFICATE)
        append_unseen_places(buf, report);
}

static void put_unchecked(fv_out *out, const fedval_report *report, size_t index, bool *is_first)
{
    fv_buf text;
    fv_buf_init(&text);
    fv_text_append_not_checked(&text, report, report->not_checked[index]);
    out->buf.failed = out->buf.failed || text.failed;
    if (!text.failed)
        put_item(out, text.data, report->not_checked_hints[index], is_first);
    fv_buf_clear(&text);
}

static void put_not_checked(fv_out *out, const fedval_report *report)
{
    bool is_first = true;
    if (report->num_not_checked == 0)
        return;
    fv_out_newline(out);
    fv_out_styled(out, FV_BOLD, "NOT CHECKED");
    fv_out_text(out, "  ");
    for (size_t i = 0; i < report->num_not_checked; i++)
        put_unchecked(out, report, i, &is_first);
    fv_out_newline(out);
}

fedval_status fedval_report_to_text(const fedval_report *report, const fedval_text_options *options,
                                    char **out_text, size_t *out_len)
{
    fv_out out;
    if (report == NULL || out_text == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (!fv_reports_make_texts(&report, 1))
        return FEDVAL_ERROR_NO_MEMORY;
    fedval_status status = fv_out_init(&out, options);
    if (status != FEDVAL_OK)
        return status;
    out.breaks = true;
    put_head(&out, report);
    fv_text_circumstances(&out, report);
    fv_out_newline(&out);
    put_requirements(&out, report);
    fv_text_endpoints(&out, report);
    fv_text_findings(&out, report);
    fv_text_accepted(&out, report->findings, report->num_findings);
    fv_text_left_out(&out, report->num_findings_left_out);
    fv_text_actions(&out, report);
    fv_text_notes(&out, report->findings, report->num_findings, told_as_not_checked);
    fv_text_both_domains(&out, report);
    put_not_checked(&out, report);
    return fv_out_finish(&out, out_text, out_len);
}
