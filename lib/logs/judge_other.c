/* PowerShell's test cmdlets, Windows events, the search history, and sentences people quote. */
#include "logs/incident.h"

#include <string.h>

static bool record_has(const fv_draft *draft, const char *word)
{
    fv_span span = draft->record->span;
    return fv_view_find(draft->view, span, word) < span.to;
}

/* The characters of a value up to one that cannot belong to it. */
static fv_span span_until(const fv_draft *draft, size_t from, const char *ends)
{
    size_t to = from;
    while (to < draft->record->span.to && strchr(ends, draft->view->text[to]) == NULL)
        to++;
    return (fv_span){from, to};
}

static bool find_after(const fv_draft *draft, const char *word, size_t *out_after)
{
    fv_span span = draft->record->span;
    size_t at = fv_view_find(draft->view, span, word);
    return at < span.to && fv_view_match(draft->view, at, word, out_after);
}

/* "Reason=See response code and reason phrase." runs to the end of what the cmdlet printed. */
static fv_span reason_after(const fv_draft *draft, size_t from)
{
    size_t to = from;
    size_t end = draft->record->span.to;
    while (to < end && to - from < 300 && !fv_view_match(draft->view, to, "Microsoft.Rtc", NULL)) {
        if (to > from && draft->view->text[to - 1] == '.' &&
            fv_view_gap(draft->view, to) >= FV_GAP_FOLD)
            break;
        to++;
    }
    return (fv_span){from, to};
}

bool fv_judge_powershell(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    size_t number, after;
    uint64_t id;
    if (!find_after(draft, "ErrorCode=", &number))
        return false;
    fv_span digits = {number, number + fv_view_count_digits(draft->view, number, 7)};
    if (!fv_text_to_u64(fv_view_text(draft->view, digits), &id))
        return false;
    incident->kind = FEDVAL_INCIDENT_KIND_POWERSHELL;
    incident->reported_code = fv_draft_copy(draft, digits);
    if (find_after(draft, "Reason=", &after))
        incident->reported_text = fv_draft_copy_spaced(draft, reason_after(draft, after));
    if (find_after(draft, "Source=", &after))
        incident->peer = fv_draft_copy(draft, span_until(draft, after, ",;"));
    const fv_symptom_code *code = fv_symptom_code_find(FV_SYMPTOM_MS_DIAGNOSTICS, (uint32_t)id);
    incident->finding = FEDVAL_FINDING_NOT_A_FEDERATION_FAULT;
    incident->certainty = FEDVAL_CERTAINTY_UNDETERMINED;
    incident->detail = "not a federation DNS or certificate fault known here";
    if (code != NULL)
        fv_draft_apply_code(draft, code);
    return true;
}

/* The name in the quotation marks after a phrase. */
static const char *quoted_after(fv_draft *draft, const char *phrase)
{
    size_t after;
    if (!find_after(draft, phrase, &after) || fv_view_char(draft->view, after) != '"')
        return NULL;
    return fv_draft_copy(draft, span_until(draft, after + 1, "\""));
}

static const fv_symptom_code *find_hresult(fv_draft *draft)
{
    fv_span span = draft->record->span;
    for (size_t i = span.from; i + 10 <= span.to; i++) {
        uint32_t number;
        if (!fv_view_match(draft->view, i, "0x8", NULL))
            continue;
        fv_span digits = {i, i + 10};
        if (fv_hresult_read(fv_view_text(draft->view, digits), &number) != FV_NUMBER_READ)
            continue;
        draft->incident->reported_code = fv_draft_copy(draft, digits);
        const fv_symptom_code *code = fv_symptom_code_find(FV_SYMPTOM_HRESULT, number);
        if (code != NULL)
            return code;
    }
    return NULL;
}

static bool is_address_label(const fv_view *view, size_t pos)
{
    size_t number;
    return fv_view_match(view, pos, "IP", &number) && fv_view_count_digits(view, number, 1) > 0;
}

/* "sip.example.com IP 192.0.2.1": the name, which may have been broken. */
static const char *server_after(fv_draft *draft, const char *phrase)
{
    size_t from;
    if (!find_after(draft, phrase, &from))
        return NULL;
    size_t to = from + 1;
    while (to < draft->record->span.to &&
           (fv_view_gap(draft->view, to) == FV_GAP_NONE ||
            (fv_view_is_wrapped(draft->view, to) && !is_address_label(draft->view, to))))
        to++;
    return from < to ? fv_draft_copy(draft, (fv_span){from, to}) : NULL;
}

static void read_event_names(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    size_t after;
    const char *server = server_after(draft, "occurred with remote server");
    if (server != NULL)
        incident->fqdns[incident->num_fqdns++] = server;
    incident->expected_name = quoted_after(draft, "connect to the server");
    if (incident->expected_name == NULL)
        incident->expected_name = quoted_after(draft, "connect to the host");
    incident->presented_name = quoted_after(draft, "the display name in the peer certificate is");
    if (find_after(draft, "at address[", &after))
        incident->peer = fv_draft_copy(draft, span_until(draft, after, "]"));
}

bool fv_judge_windows_event(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    size_t number;
    uint64_t id = 14428;
    bool outgoing = record_has(draft, "error code of the last failure");
    if (find_after(draft, "Event ID:", &number)) {
        fv_span digits = {number, number + fv_view_count_digits(draft->view, number, 6)};
        if (!fv_text_to_u64(fv_view_text(draft->view, digits), &id))
            return false;
    }
    if (!outgoing && !record_has(draft, "specific failure types"))
        return false;
    incident->kind = FEDVAL_INCIDENT_KIND_WINDOWS_EVENT;
    const fv_symptom_code *code = find_hresult(draft);
    if (code == NULL && outgoing)
        code = fv_symptom_code_find(FV_SYMPTOM_WINDOWS_EVENT, 14428);
    if (code == NULL)
        return false;
    read_event_names(draft);
    fv_draft_apply_code(draft, code);
    incident->reported_text = code->meaning;
    fv_draft_place(draft);
    incident->direction = FEDVAL_CALL_DIRECTION_FROM_MICROSOFT;
    return true;
}

/* The columns of a row are told apart by blanks; protocol and status hold some of their own. */
static const char *alias_at(fv_draft *draft, size_t index)
{
    fv_span row = draft->record->span;
    size_t from = row.from;
    for (size_t i = row.from; i <= row.to; i++) {
        if (i < row.to && (i == from || fv_view_gap(draft->view, i) == FV_GAP_NONE))
            continue;
        fv_span word = {from, i};
        bool is_alias = fv_view_find(draft->view, word, "@") < word.to;
        if (is_alias && index-- == 0) {
            size_t scheme;
            if (fv_view_match(draft->view, from, "sip:", &scheme))
                word.from = scheme;
            return fv_draft_copy(draft, word);
        }
        from = i;
    }
    return NULL;
}

static const char *domain_of_alias(fv_draft *draft, const char *alias)
{
    const char *at = alias != NULL ? strchr(alias, '@') : NULL;
    if (at == NULL)
        return NULL;
    return fv_draft_domain(draft, fv_draft_copy_text(draft, at + 1, strcspn(at + 1, ":;>")));
}

bool fv_judge_history(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    bool timed_out = record_has(draft, "Server time-out") || record_has(draft, "504");
    bool forbidden = record_has(draft, "Forbidden");
    if (!timed_out && !forbidden)
        return false;
    incident->kind = FEDVAL_INCIDENT_KIND_SEARCH_HISTORY;
    incident->from = alias_at(draft, 0);
    incident->to = alias_at(draft, 1);
    incident->from_domain = domain_of_alias(draft, incident->from);
    incident->to_domain = domain_of_alias(draft, incident->to);
    incident->domain = incident->from_domain;
    incident->reported_code = timed_out ? "504" : "403";
    incident->reported_text = timed_out ? "Server time-out" : "Forbidden";
    incident->status = timed_out ? 504 : 403;
    incident->finding =
        timed_out ? FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG : FEDVAL_FINDING_POLICY_REFUSED;
    incident->certainty = FEDVAL_CERTAINTY_UNDETERMINED;
    return true;
}

bool fv_judge_sentence(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    if (!record_has(draft, "not authorized to communicate with federated partners"))
        return false;
    incident->kind = FEDVAL_INCIDENT_KIND_SIP_RESPONSE;
    incident->status = 403;
    incident->reported_code = "403";
    fv_span text = draft->record->span;
    size_t end;
    if (fv_view_match(draft->view, text.from, "403", &end))
        text.from = end;
    incident->reported_text = fv_draft_copy_spaced(draft, text);
    incident->finding = FEDVAL_FINDING_POLICY_REFUSED;
    incident->certainty = FEDVAL_CERTAINTY_STATED;
    incident->detail = "the user's policy on the Microsoft side does not allow federation";
    return true;
}
