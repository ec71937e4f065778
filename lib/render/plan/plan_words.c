/* The words of a plan that its text, its HTML and its Markdown share. */
#include "render/plan/plan_words.h"
#include "model/finding.h"
#include "render/plan/plan_file.h"

/* ---- the head ---- */

static size_t count_kind(const fedval_plan *plan, uint32_t kind)
{
    size_t count = 0;
    for (size_t i = 0; i < plan->num_steps; i++)
        count += plan->steps[i].kind == kind && plan->steps[i].alternative_to == 0;
    return count;
}

static size_t count_alternatives(const fedval_plan *plan)
{
    size_t count = 0;
    for (size_t i = 0; i < plan->num_steps; i++)
        count += plan->steps[i].alternative_to != 0;
    return count;
}

static void put_count(fv_out *out, size_t count, const char *one, const char *many)
{
    fv_out_u64(out, count);
    fv_out_text(out, count == 1 ? one : many);
}

static const char *const words_for_harm[] = {
    [0] = "",
    [FEDVAL_PLAN_HARM_NONE] = "Nothing that works now breaks on the way.",
    [FEDVAL_PLAN_HARM_NONE_KNOWN] = "As far as is known, nothing that works now breaks on the way.",
    [FEDVAL_PLAN_HARM_UNKNOWN] = "What works now is not known of every domain: see below.",
    [FEDVAL_PLAN_HARM_SOME] = "Not every step is harmless: see below.",
};

static void put_refused(fv_out *out, const fedval_plan *plan)
{
    size_t count = 0;
    for (size_t i = 0; i < plan->num_certificates; i++)
        count += plan->certificates[i].is_refused;
    if (count == 0)
        return;
    fv_out_u64(out, count);
    fv_out_text(out, " of what lies ready will not do: see below. ");
}

void fv_plan_put_head(fv_out *out, const fedval_plan *plan)
{
    size_t num_peers = 0;
    for (size_t i = 0; i < plan->num_clusters; i++)
        num_peers += plan->clusters[i].num_peers;
    put_count(out, plan->num_domains, " domain on ", " domains on ");
    put_count(out, num_peers, " peer: ", " peers: ");
    put_refused(out, plan);
    if (plan->num_steps == 0) {
        fv_out_text(out, plan->verdict_after == FEDVAL_VERDICT_PASS
                             ? "nothing is to be done, all is as it has to be."
                             : "no step is planned, though not all is as it has to be: see below.");
        fv_out_newline(out);
        return;
    }
    put_count(out, plan->num_steps - count_alternatives(plan), " step, ", " steps, ");
    fv_out_u64(out, count_kind(plan, FEDVAL_PLAN_KIND_DNS));
    fv_out_text(out, " of them in DNS, ");
    put_count(out, count_kind(plan, FEDVAL_PLAN_KIND_REQUEST), " certificate to request. ",
              " certificates to request. ");
    fv_out_text(out, words_for_harm[plan->harm]);
    fv_out_newline(out);
}

/* ---- steps ---- */

void fv_plan_put_when(fv_out *out, const fedval_plan_step *step)
{
    enum { MOST_SHOWN = 3 };
    if (step->alternative_to != 0) {
        fv_out_text(out, "or, for ");
        fv_out_u64(out, step->alternative_to);
        return;
    }
    fv_out_text(out, step->num_after == 0 ? "now" : "after ");
    for (size_t i = 0; i < step->num_after && i < MOST_SHOWN; i++) {
        fv_out_text(out, i > 0 ? "," : "");
        fv_out_u64(out, step->after[i]);
    }
    if (step->num_after > MOST_SHOWN)
        fv_out_text(out, "...");
}

const char *fv_plan_change(const fedval_plan_step *step)
{
    bool is_ttl = step->op == FEDVAL_OP_REPLACE && step->effect == FV_PLAN_EFFECT_NONE;
    return is_ttl ? "set the TTL" : fedval_op_to_string(step->op);
}

void fv_plan_put_bare_record(fv_out *out, const fedval_plan_step *step)
{
    fv_buf record;
    fv_buf_init(&record);
    fv_plan_append_record(&record, step);
    out->buf.failed = out->buf.failed || record.failed;
    fv_out_text(out, record.failed ? "" : record.data);
    fv_buf_clear(&record);
}

const char fv_plan_one_change[] = "in one change with the records that take its place";

void fv_plan_put_record(fv_out *out, const fedval_plan_step *step)
{
    fv_plan_put_bare_record(out, step);
    if (step->is_one_change) {
        fv_out_text(out, ", ");
        fv_out_text(out, fv_plan_one_change);
    }
}

void fv_plan_put_page_use(fv_out *out, const fedval_plan_certificate *certificate)
{
    size_t num_names, length = fv_plan_page_length(certificate, &num_names);
    fv_out_text(out, "in Expressway's page: ");
    put_count(out, num_names, " additional name, ", " additional names, ");
    fv_out_u64(out, length);
    fv_out_text(out, " of 999 characters");
    if (length > FV_PLAN_PAGE_MOST)
        fv_out_text(out, ": too long, use the .cnf file");
}

/* ---- what lies ready ---- */

void fv_plan_put_ready(fv_out *out, const fedval_plan_certificate *certificate)
{
    fv_out_text(out, "the ");
    fv_out_text(out, certificate->is_ready_request ? "request" : "certificate");
    fv_out_text(out, " for ");
    fv_out_text(out, certificate->peer);
    fv_out_text(out, " (");
    fv_out_text(out, fv_plan_role_word(certificate->role));
    fv_out_text(out, ") ");
    if (certificate->is_refused)
        fv_out_styled(out, FV_RED, "WILL NOT DO");
    else
        fv_out_styled(out, FV_GREEN, "will do");
    if (certificate->is_ready_request) {
        fv_out_text(out, "; signature ");
        fv_out_text(out, certificate->signature == 0
                             ? "not checked"
                             : fedval_verify_to_string(certificate->signature));
        fv_out_text(out, ", trust and validity not checked");
    }
    if (certificate->ready_file != NULL) {
        fv_out_text(out, "; file ");
        fv_out_text(out, certificate->ready_file);
    }
    if (certificate->another != NULL) {
        fv_out_text(out, "; it has the name of ");
        fv_out_text(out, certificate->another);
        fv_out_text(out, ", not that of this peer");
    }
    if (certificate->is_reversed)
        fv_out_text(out, "; its certificates are in reverse, the CA first");
    fv_out_newline(out);
}

/* ---- the verdict after it ---- */

void fv_plan_put_judged_again(fv_out *out, const fedval_plan *plan)
{
    fv_out_text(out, "judged again:");
    for (uint32_t i = 1; i <= 8; i++) {
        const char text[] = {' ', 'R', (char)('0' + i), '\0'};
        if (plan->judged_again[i])
            fv_out_text(out, text);
    }
    fv_out_newline(out);
}

bool fv_plan_is_said_before(const fedval_finding *findings, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (fv_finding_says_same(&findings[i], &findings[index]))
            return true;
    }
    return false;
}

void fv_plan_put_why_today(fv_out *out, const fedval_plan_domain *domain)
{
    size_t count = 0;
    bool is_open = domain->verdict_today == FEDVAL_VERDICT_INDETERMINATE;
    for (size_t i = 0; i < domain->num_why; i++) {
        fv_out_text(out, count++ == 0 ? ": " : ", ");
        fv_out_text(out, fedval_finding_code_to_string(domain->why[i]));
    }
    count = 0;
    for (uint32_t i = 1; is_open && i <= 8; i++) {
        const char text[] = {'R', (char)('0' + i), '\0'};
        if ((domain->not_seen >> i & 1) == 0)
            continue;
        if (count++ == 0)
            fv_out_text(out, domain->num_why > 0 ? "; not seen: " : ": not seen: ");
        else
            fv_out_text(out, ", ");
        fv_out_text(out, text);
    }
    if (count > 0 && domain->has_given) {
        fv_out_text(out,
                    "; the certificates in use that the intent gives are not judged for today");
    }
}

void fv_plan_put_in_place(fv_out *out, const fedval_plan *plan, const fedval_plan_domain *domain)
{
    for (size_t i = 0; i < plan->num_certificates; i++) {
        const fedval_plan_certificate *certificate = &plan->certificates[i];
        if (certificate->cluster != domain->cluster || !certificate->is_refused)
            continue;
        fv_out_text(out, certificate->origin == FEDVAL_PLAN_ORIGIN_KEEP
                             ? " with the certificate in use in place of what will not do"
                             : " with a new request in place of what will not do");
        return;
    }
}
