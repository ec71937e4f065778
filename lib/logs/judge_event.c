/* Windows events of the Edge. */
#include "logs/incident.h"

/* The name in the quotation marks after a phrase. */
static const char *quoted_after(fv_draft *draft, const char *phrase)
{
    size_t after;
    if (!fv_draft_find_after(draft, phrase, &after) || fv_view_char(draft->view, after) != '"')
        return NULL;
    return fv_draft_copy(draft, fv_draft_span_until(draft, after + 1, "\""));
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
    if (!fv_draft_find_after(draft, phrase, &from))
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
    if (fv_draft_find_after(draft, "at address[", &after))
        incident->peer = fv_draft_copy(draft, fv_draft_span_until(draft, after, "]"));
}

bool fv_judge_windows_event(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    size_t number;
    uint64_t id = 14428;
    bool outgoing = fv_draft_has(draft, "error code of the last failure");
    if (fv_draft_find_after(draft, "Event ID:", &number)) {
        fv_span digits = {number, number + fv_view_count_digits(draft->view, number, 6)};
        if (!fv_text_to_u64(fv_view_text(draft->view, digits), &id))
            return false;
    }
    if (!outgoing && !fv_draft_has(draft, "specific failure types"))
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
