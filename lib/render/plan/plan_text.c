/* A plan for people: the steps in their order, then what comes of them. */
#include "render/plan/plan_text.h"
#include "fedval/render.h"
#include "model/statement.h"
#include "render/plan/plan_file.h"

#include <string.h>

enum { COLUMN_WHEN = 5, COLUMN_KIND = 22, COLUMN_TEXT = 34 };

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

static bool hurts_any(const fedval_plan *plan)
{
    for (size_t i = 0; i < plan->num_steps; i++) {
        if (plan->steps[i].hurts != NULL && plan->steps[i].alternative_to == 0)
            return true;
    }
    return false;
}

static void put_count(fv_out *out, size_t count, const char *one, const char *many)
{
    fv_out_u64(out, count);
    fv_out_text(out, count == 1 ? one : many);
}

/* Of a domain whose record was not looked for nobody can say what works. */
static const char *words_for_harm(const fedval_plan *plan)
{
    if (hurts_any(plan))
        return "Not every step is harmless: see below.";
    bool is_open = false;
    for (size_t i = 0; i < plan->num_domains; i++) {
        const fedval_plan_domain *domain = &plan->domains[i];
        if (domain->side == FEDVAL_SIDE_MICROSOFT)
            continue; /* the plan changes nothing there */
        if (domain->verdict_today == FEDVAL_VERDICT_NOT_CHECKED ||
            (domain->not_seen & 1u << 1) != 0)
            return "What works now is not known of every domain: see below.";
        is_open |= domain->verdict_today == FEDVAL_VERDICT_INDETERMINATE;
    }
    return is_open ? "As far as is known, nothing that works now breaks on the way."
                   : "Nothing that works now breaks on the way.";
}

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
    fv_out_text(out, words_for_harm(plan));
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

static void put_record(fv_out *out, const fedval_plan_step *step)
{
    fv_out_text(out, step->owner);
    fv_out_text(out, " ");
    fv_out_u64(out, step->ttl);
    fv_out_text(out, " IN ");
    fv_out_text(out, step->type);
    fv_out_text(out, " ");
    fv_out_text(out, step->data);
}

/* The records that take the place of an alias come in the same change (RFC 1034 3.6.2). */
static bool has_one_change(const fedval_plan_step *step)
{
    return step->op == FEDVAL_OP_REMOVE && strcmp(step->type, "CNAME") == 0;
}

static const char one_change[] = "in one change with the records that take its place";

void fv_plan_put_record(fv_out *out, const fedval_plan_step *step)
{
    put_record(out, step);
    if (has_one_change(step)) {
        fv_out_text(out, ", ");
        fv_out_text(out, one_change);
    }
}

static void begin_extra(fv_out *out)
{
    fv_out_newline(out);
    fv_out_pad(out, COLUMN_TEXT);
}

/* The record is copied from the screen: what goes with it has lines of its own. */
static void put_dns(fv_out *out, const fedval_plan_step *step)
{
    fv_out_text(out, fv_plan_change(step));
    fv_out_text(out, "  ");
    fv_out_begin_record(out);
    put_record(out, step);
    if (has_one_change(step)) {
        begin_extra(out);
        fv_out_text(out, one_change);
    }
    if (step->wait_s > 0) {
        begin_extra(out);
        fv_out_text(out, "then wait ");
        fv_out_u64(out, step->wait_s);
        fv_out_text(out, " s");
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

static void put_request(fv_out *out, const fedval_plan *plan, const fedval_plan_step *step)
{
    const fedval_plan_certificate *certificate = &plan->certificates[step->certificate];
    fv_out_text(out, step->owner);
    fv_out_text(out, certificate->is_for_both ? " (server and calling):" : " ");
    fv_out_text(out, certificate->is_for_both ? "" : step->type);
    fv_out_text(out, certificate->is_for_both ? "" : ":");
    fv_out_more_prose(out, step->data, COLUMN_TEXT);
    if (certificate->origin != FEDVAL_PLAN_ORIGIN_NEW)
        return;
    begin_extra(out);
    fv_plan_put_page_use(out, certificate);
}

static void put_extra(fv_out *out, const char *label, const char *text)
{
    begin_extra(out);
    fv_out_text(out, label);
    fv_out_more_prose(out, text, COLUMN_TEXT);
}

static void put_step(fv_out *out, const fedval_plan *plan, const fedval_plan_step *step)
{
    fv_out_text(out, step->number < 10 ? "  " : step->number < 100 ? " " : "");
    fv_out_u64(out, step->number);
    fv_out_pad(out, COLUMN_WHEN);
    fv_plan_put_when(out, step);
    fv_out_pad(out, COLUMN_KIND);
    fv_out_text(out, step->kind == FEDVAL_PLAN_KIND_DNS ? "DNS"
                                                        : fedval_plan_kind_to_string(step->kind));
    fv_out_pad(out, COLUMN_TEXT);
    if (step->kind == FEDVAL_PLAN_KIND_DNS) {
        put_dns(out, step);
    } else if (step->kind == FEDVAL_PLAN_KIND_REQUEST) {
        put_request(out, plan, step);
    } else {
        fv_out_text(out, step->owner);
        fv_out_text(out, step->type == NULL ? ":" : " ");
        fv_out_text(out, step->type == NULL ? "" : step->type);
        fv_out_text(out, step->type == NULL ? "" : ":");
        fv_out_more_prose(out, step->data, COLUMN_TEXT);
    }
    if (step->hurts != NULL)
        put_extra(out, "HURTS", step->hurts);
    fv_out_newline(out);
}

/* ---- what lies ready ---- */

bool fv_plan_is_said_before(const fv_statement *findings, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (fv_statement_says_same(&findings[i], &findings[index]))
            return true;
    }
    return false;
}

static void put_statement(fv_out *out, const fv_statement *statement)
{
    enum fv_style style = statement->finding.severity == FEDVAL_SEVERITY_ERROR ? FV_RED : FV_YELLOW;
    fv_out_text(out, "    ");
    fv_out_styled(out, style, fedval_severity_to_string(statement->finding.severity));
    fv_out_text(out, " ");
    fv_out_text(out, statement->entry->id);
    fv_out_text(out, ": ");
    fv_out_prose(out, fedval_finding_get_message(statement), 6);
    fv_out_newline(out);
}

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
    if (certificate->is_reversed)
        fv_out_text(out, "; its certificates stand in reverse, the CA first");
    fv_out_newline(out);
}

static void put_ready(fv_out *out, const fedval_plan_certificate *certificate)
{
    if (certificate->num_ready_der == 0)
        return;
    fv_out_text(out, "Ready   ");
    fv_plan_put_ready(out, certificate);
    for (size_t i = 0; i < certificate->num_findings; i++) {
        if (!fv_plan_is_said_before(certificate->findings, i))
            put_statement(out, &certificate->findings[i]);
    }
}

/* ---- what comes of it ---- */

static void put_verdict(fv_out *out, uint32_t verdict)
{
    switch (verdict) {
    case FEDVAL_VERDICT_PASS:
        fv_out_styled(out, FV_GREEN, "PASS");
        return;
    case FEDVAL_VERDICT_FAIL:
        fv_out_styled(out, FV_RED, "FAIL");
        return;
    case FEDVAL_VERDICT_INDETERMINATE:
        fv_out_styled(out, FV_YELLOW, "INDETERMINATE");
        return;
    default:
        fv_out_text(out, "not known");
    }
}

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

static void put_list(fv_out *out, const char *label, const fv_plan_texts *texts)
{
    for (size_t i = 0; i < texts->count; i++) {
        fv_out_text(out, i == 0 ? label : "");
        fv_out_pad(out, 11);
        fv_out_prose(out, texts->items[i], 11);
        fv_out_newline(out);
    }
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
}

static void put_after(fv_out *out, const fedval_plan *plan)
{
    fv_out_text(out, "After all steps");
    fv_out_newline(out);
    for (size_t i = 0; i < plan->num_domains; i++) {
        const fedval_plan_domain *domain = &plan->domains[i];
        fv_out_text(out, "  ");
        fv_out_text(out, domain->name);
        fv_out_text(out, " ");
        put_verdict(out, domain->verdict_after);
        fv_out_text(out, " (now ");
        put_verdict(out, domain->verdict_today);
        fv_plan_put_why_today(out, domain);
        fv_out_text(out, ")");
        fv_out_newline(out);
        for (size_t k = 0; k < domain->num_findings; k++) {
            if (!fv_plan_is_said_before(domain->findings, k))
                put_statement(out, &domain->findings[k]);
        }
    }
    fv_out_text(out, "  ");
    fv_plan_put_judged_again(out, plan);
}

fedval_status fedval_plan_to_text(const fedval_plan *plan, const fedval_text_options *options,
                                  char **out_text, size_t *out_len)
{
    fv_out out;
    if (plan == NULL || out_text == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_status status = fv_out_init(&out, options);
    if (status != FEDVAL_OK)
        return status;
    out.breaks = true;
    fv_plan_put_head(&out, plan);
    fv_out_newline(&out);
    for (size_t i = 0; i < plan->num_steps; i++)
        put_step(&out, plan, &plan->steps[i]);
    fv_out_newline(&out);
    for (size_t i = 0; i < plan->num_certificates; i++)
        put_ready(&out, &plan->certificates[i]);
    put_after(&out, plan);
    put_list(&out, "Assumed", &plan->assumed);
    put_list(&out, "Questions", &plan->questions);
    return fv_out_finish(&out, out_text, out_len);
}
