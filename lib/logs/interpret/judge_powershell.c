/* Output of PowerShell's test cmdlets: a table with a diagnosis, or an exception. */
#include "logs/interpret/draft.h"

#include <string.h>

#define VALUE_MAX 300
#define NAME_MAX_LEN 30
#define REASON_MAX 60

/* "Domain=" within a list of parameters. */
static bool is_name_at(const fv_sight *sight, size_t pos, size_t end)
{
    size_t at = pos;
    while (at < end && at - pos < NAME_MAX_LEN &&
           (fv_ascii_is_alnum(sight->text[at]) || sight->text[at] == '-'))
        at++;
    return at > pos && at < end && sight->text[at] == '=';
}

static bool is_value_end(const fv_sight *sight, size_t from, size_t at, size_t end)
{
    if (sight->text[at] == ',' && is_name_at(sight, at + 1, end))
        return true;
    if (fv_sight_match(sight, at, "Microsoft.Rtc", NULL))
        return true;
    return at > from && sight->text[at - 1] == '.' && fv_sight_gap(sight, at) >= FV_GAP_FOLD &&
           !fv_sight_is_wrapped(sight, at);
}

/* Reads ",Source=...,Reason=...": no quotation marks, and commas within the values too. */
static void read_items(const fv_draft *draft, size_t at, fv_params *out)
{
    const fv_sight *sight = draft->sight;
    size_t end = draft->entry->span.to;
    out->num_items = 0;
    out->is_cut = false;
    while (at < end && sight->text[at] == ',' && is_name_at(sight, at + 1, end) &&
           out->num_items < FV_PARAMS_MAX) {
        fv_named_value *item = &out->items[out->num_items++];
        item->name.from = at + 1;
        for (at++; sight->text[at] != '='; at++) {
        }
        item->name.to = at++;
        item->value.from = at;
        while (at < end && at - item->value.from < VALUE_MAX &&
               !is_value_end(sight, item->value.from, at, end))
            at++;
        item->value.to = at;
        item->is_cut = false;
    }
}

static bool read_diagnosis(const fv_draft *draft, fv_diagnostic *out)
{
    size_t number;
    uint64_t id;
    if (!fv_draft_find_after(draft, "ErrorCode=", &number))
        return false;
    size_t end = number + fv_sight_count_digits(draft->sight, number, 7);
    if (!fv_text_to_u64(fv_sight_text(draft->sight, (fv_span){number, end}), &id))
        return false;
    out->id = (uint32_t)id;
    out->sub_id = 0;
    read_items(draft, end, &out->params);
    return true;
}

/* Whether the command line has ended here, and was not just broken by the console. */
static bool is_after_command(const fv_sight *sight, size_t pos)
{
    static const char *const words[] = {"Test-Cs", "Target", "At line", "VERBOSE", "WARNING"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (fv_sight_match(sight, pos, words[i], NULL))
            return true;
    }
    /* A number that is a word of its own belongs to the next line. */
    size_t digits = fv_sight_count_digits(sight, pos, 9);
    if (digits > 0 && fv_sight_gap(sight, pos + digits) != FV_GAP_NONE)
        return true;
    return !fv_ascii_is_alnum(sight->text[pos]) && sight->text[pos] != '.';
}

/* Whether the value in `span` is known to be whole. Where the console broke the line, the rest is a
 * line of its own or holds a dot: else it can be the first word of the next line. */
static bool is_whole_domain(const fv_sight *sight, fv_span span)
{
    bool is_rest = true;
    for (size_t i = span.from + 1; i < span.to; i++) {
        if (fv_sight_gap(sight, i) != FV_GAP_NONE) {
            is_rest = fv_ascii_is_alpha(sight->text[i]) && !fv_ascii_is_upper(sight->text[i]) &&
                      fv_line_is_word(sight, i);
        }
        is_rest = is_rest || sight->text[i] == '.';
    }
    return is_rest && sight->text[span.to - 1] != '.';
}

/* Returns the value of "-Domain contoso.com" in the command. */
static const char *read_domain(fv_draft *draft)
{
    const fv_sight *sight = draft->sight;
    size_t from;
    if (!fv_draft_find_after(draft, "-Domain", &from) || from >= draft->entry->span.to)
        return NULL;
    bool quoted = sight->text[from] == '"' || sight->text[from] == '\'';
    if (!quoted && fv_sight_gap(sight, from) == FV_GAP_NONE)
        return NULL;
    from += quoted;
    size_t to = from;
    while (to < draft->entry->span.to && strchr("\"'+;|", sight->text[to]) == NULL &&
           (to == from || fv_sight_gap(sight, to) == FV_GAP_NONE ||
            (fv_sight_is_wrapped(sight, to) && !is_after_command(sight, to))))
        to++;
    fv_span span = {from, to};
    if (to == from || (!quoted && !is_whole_domain(sight, span)))
        return NULL;
    return fv_draft_domain(draft, fv_draft_copy(draft, span));
}

/* Reads "A 504 (Server time-out) response was received from the network". */
static bool read_exception(const fv_draft *draft, fv_span *out_code, fv_span *out_reason)
{
    const fv_sight *sight = draft->sight;
    fv_span span = draft->entry->span;
    size_t close = fv_sight_find(sight, span, ") response was received from the network");
    size_t open = close;
    if (close == span.to)
        return false;
    while (open > span.from && close - open < REASON_MAX && sight->text[open] != '(')
        open--;
    if (sight->text[open] != '(' || open < span.from + 3 ||
        fv_sight_count_digits(sight, open - 3, 4) != 3)
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
        !fv_text_to_u64(fv_sight_text(draft->sight, code), &status))
        return false;
    incident->status = (uint32_t)status;
    incident->reported_code = fv_draft_copy(draft, code);
    incident->reported_text = fv_draft_copy_spaced(draft, reason);
    judge_status(incident);
    return true;
}

bool fv_judge_powershell(fv_draft *draft)
{
    fv_diagnostic diagnostic = {0};
    fedval_incident *incident = draft->incident;
    incident->kind = FEDVAL_INCIDENT_KIND_POWERSHELL;
    incident->to.domain = read_domain(draft);
    if (read_diagnosis(draft, &diagnostic))
        fv_judge_diagnostic(draft, &diagnostic);
    else if (!judge_exception(draft))
        return false;
    if (incident->peer == NULL)
        incident->peer = incident->reporter;
    if (incident->domain == NULL)
        incident->domain = incident->to.domain;
    /* These tests run on the Microsoft side, so a federation fault lies with the partner. */
    if (fv_draft_has(draft, "Test-CsFederatedPartner") ||
        (incident->domain != NULL && incident->finding != FEDVAL_FINDING_NOT_A_FEDERATION_FAULT))
        incident->direction = FEDVAL_CALL_DIRECTION_FROM_MICROSOFT;
    return true;
}
