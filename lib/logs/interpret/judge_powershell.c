/* What PowerShell's test cmdlets print: a table with a diagnosis, or an exception. */
#include "logs/incidents/incident.h"

#include <string.h>

#define VALUE_MAX 300
#define NAME_MAX_LEN 30
#define REASON_MAX 60

/* "Domain=" within a list of parameters. */
static bool is_name_at(const fv_view *view, size_t pos, size_t end)
{
    size_t at = pos;
    while (at < end && at - pos < NAME_MAX_LEN &&
           (fv_ascii_is_alnum(view->text[at]) || view->text[at] == '-'))
        at++;
    return at > pos && at < end && view->text[at] == '=';
}

static bool is_value_end(const fv_view *view, size_t from, size_t at, size_t end)
{
    if (view->text[at] == ',' && is_name_at(view, at + 1, end))
        return true;
    if (fv_view_match(view, at, "Microsoft.Rtc", NULL))
        return true;
    return at > from && view->text[at - 1] == '.' && fv_view_gap(view, at) >= FV_GAP_FOLD &&
           !fv_view_is_wrapped(view, at);
}

/* ",Source=...,Reason=...": no quotation marks, and commas within the values too. */
static void read_pairs(const fv_draft *draft, size_t at, fv_params *out)
{
    const fv_view *view = draft->view;
    size_t end = draft->record->span.to;
    out->num_pairs = 0;
    while (at < end && view->text[at] == ',' && is_name_at(view, at + 1, end) &&
           out->num_pairs < FV_PARAMS_MAX) {
        fv_pair *pair = &out->pairs[out->num_pairs++];
        pair->name.from = at + 1;
        for (at++; view->text[at] != '='; at++) {
        }
        pair->name.to = at++;
        pair->value.from = at;
        while (at < end && at - pair->value.from < VALUE_MAX &&
               !is_value_end(view, pair->value.from, at, end))
            at++;
        pair->value.to = at;
    }
}

static bool read_diagnosis(const fv_draft *draft, fv_diagnostic *out)
{
    size_t number;
    uint64_t id;
    if (!fv_draft_find_after(draft, "ErrorCode=", &number))
        return false;
    size_t end = number + fv_view_count_digits(draft->view, number, 7);
    if (!fv_text_to_u64(fv_view_text(draft->view, (fv_span){number, end}), &id))
        return false;
    out->id = (uint32_t)id;
    out->sub_id = 0;
    read_pairs(draft, end, &out->params);
    return true;
}

/* Where a command line ends that was not broken by the console. */
static bool is_after_command(const fv_view *view, size_t pos)
{
    static const char *const words[] = {"Test-Cs", "Target", "At line", "VERBOSE", "WARNING"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (fv_view_match(view, pos, words[i], NULL))
            return true;
    return !fv_ascii_is_alnum(view->text[pos]) && view->text[pos] != '.';
}

/* "-Domain contoso.com" of the command. */
static const char *read_domain(fv_draft *draft)
{
    const fv_view *view = draft->view;
    size_t from;
    if (!fv_draft_find_after(draft, "-Domain", &from) || from >= draft->record->span.to)
        return NULL;
    bool quoted = view->text[from] == '"' || view->text[from] == '\'';
    if (!quoted && fv_view_gap(view, from) == FV_GAP_NONE)
        return NULL;
    from += quoted;
    size_t to = from;
    while (to < draft->record->span.to && strchr("\"'+;|", view->text[to]) == NULL &&
           (to == from || fv_view_gap(view, to) == FV_GAP_NONE ||
            (fv_view_is_wrapped(view, to) && !is_after_command(view, to))))
        to++;
    return fv_draft_domain(draft, fv_draft_copy(draft, (fv_span){from, to}));
}

/* "A 504 (Server time-out) response was received from the network" */
static bool read_exception(const fv_draft *draft, fv_span *out_code, fv_span *out_reason)
{
    const fv_view *view = draft->view;
    fv_span span = draft->record->span;
    size_t close = fv_view_find(view, span, ") response was received from the network");
    size_t open = close;
    if (close == span.to)
        return false;
    while (open > span.from && close - open < REASON_MAX && view->text[open] != '(')
        open--;
    if (view->text[open] != '(' || open < span.from + 3 ||
        fv_view_count_digits(view, open - 3, 4) != 3)
        return false;
    *out_code = (fv_span){open - 3, open};
    *out_reason = (fv_span){open + 1, close};
    return true;
}

static void judge_status(fedval_incident *incident)
{
    incident->certainty = FEDVAL_CERTAINTY_UNDETERMINED;
    switch (incident->status) {
    case 504:
        incident->finding = FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG;
        return;
    case 403:
        incident->finding = FEDVAL_FINDING_POLICY_REFUSED;
        incident->detail = "the request was refused, by the own Edge or by the partner";
        return;
    default:
        incident->finding = FEDVAL_FINDING_NOT_A_FEDERATION_FAULT;
        incident->certainty = FEDVAL_CERTAINTY_INFERRED;
        incident->detail = "not a federation DNS or certificate fault known here";
        incident->basis = "a server answered, and not with 504";
    }
}

static bool judge_exception(fv_draft *draft)
{
    fv_span code, reason;
    uint64_t status;
    fedval_incident *incident = draft->incident;
    if (!read_exception(draft, &code, &reason) ||
        !fv_text_to_u64(fv_view_text(draft->view, code), &status))
        return false;
    incident->status = (uint32_t)status;
    incident->reported_code = fv_draft_copy(draft, code);
    incident->reported_text = fv_draft_copy_spaced(draft, reason);
    judge_status(incident);
    return true;
}

bool fv_judge_powershell(fv_draft *draft)
{
    fv_diagnostic diagnostic;
    fedval_incident *incident = draft->incident;
    incident->kind = FEDVAL_INCIDENT_KIND_POWERSHELL;
    incident->to_domain = read_domain(draft);
    if (read_diagnosis(draft, &diagnostic))
        fv_judge_diagnostic(draft, &diagnostic);
    else if (!judge_exception(draft))
        return false;
    if (incident->peer == NULL)
        incident->peer = incident->reporter;
    if (incident->domain == NULL)
        incident->domain = incident->to_domain;
    /* A test asks from the Microsoft side: a fault of federation is found with the partner. */
    if (fv_draft_has(draft, "Test-CsFederatedPartner") ||
        (incident->domain != NULL && incident->finding != FEDVAL_FINDING_NOT_A_FEDERATION_FAULT))
        incident->direction = FEDVAL_CALL_DIRECTION_FROM_MICROSOFT;
    return true;
}
