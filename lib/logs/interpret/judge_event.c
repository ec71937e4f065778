/* Windows events of the Edge. */
#include "logs/interpret/draft.h"
#include "logs/read/event.h"

#include <string.h>

/* Whether blanks part the text: the Common Name of a person or a CA, no host. */
static bool has_words(const fv_sight *sight, fv_span span)
{
    for (size_t i = span.from + 1; i < span.to; i++) {
        if (fv_sight_gap(sight, i) == FV_GAP_BLANK)
            return true;
    }
    return false;
}

/* Returns the host in the quotation marks after a phrase. */
static const char *quoted_after(fv_draft *draft, const char *phrase)
{
    size_t after;
    if (!fv_draft_find_after(draft, phrase, &after) || fv_sight_char(draft->sight, after) != '"')
        return NULL;
    fv_span span = fv_draft_span_until(draft, after + 1, "\"");
    if (has_words(draft->sight, span))
        return NULL;
    const char *name = fv_draft_copy(draft, span);
    bool is_sound = name == NULL || fv_draft_is_name(name);
    draft->is_damaged = draft->is_damaged || !is_sound;
    return is_sound ? name : NULL;
}

/* Whether more digits follow: "0x8000000000000000" is a mask of keywords. */
static bool goes_on(const fv_sight *sight, size_t pos)
{
    return fv_sight_gap(sight, pos) == FV_GAP_NONE && fv_ascii_is_digit(fv_sight_char(sight, pos));
}

/* Returns the first code that the catalogue has, or NULL. Sets the reported code and its name in
 * both cases. */
static const fv_symptom_code *find_code(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    fv_span span = draft->entry->span;
    for (size_t i = span.from; i + 10 <= span.to; i++) {
        uint32_t number;
        fv_span digits = {i, i + 10};
        if (!fv_sight_match(draft->sight, i, "0x", NULL) ||
            fv_hresult_read(fv_sight_text(draft->sight, digits), &number) != FV_NUMBER_READ ||
            goes_on(draft->sight, digits.to))
            continue;
        const fv_symptom_code *code = fv_symptom_code_find(FV_SYMPTOM_HRESULT, number);
        if (code == NULL)
            code = fv_symptom_code_find(FV_SYMPTOM_EDGE_RESULT, number);
        if (incident->reported_code == NULL || code != NULL)
            incident->reported_code = fv_draft_copy(draft, digits);
        if (incident->reported_text == NULL && fv_sight_char(draft->sight, i + 10) == '(') {
            incident->reported_text =
                fv_draft_copy_spaced(draft, fv_draft_span_until(draft, i + 11, ")"));
        }
        if (code != NULL)
            return code;
    }
    return NULL;
}

/* Whether "IP 192.0.2.1" or the next sentence begins here. */
static bool is_after_server(const fv_sight *sight, size_t pos)
{
    size_t number;
    return (fv_sight_match(sight, pos, "IP", &number) &&
            fv_sight_count_digits(sight, number, 1) > 0) ||
           fv_sight_match(sight, pos, "There have been", NULL) ||
           fv_sight_match(sight, pos, "when attempting", NULL) ||
           fv_sight_match(sight, pos, "Cause:", NULL);
}

/* Returns the name of "sip.example.com IP 192.0.2.1"; a line may have been broken within it. */
static const char *server_after(fv_draft *draft, const char *phrase)
{
    size_t from;
    if (!fv_draft_find_after(draft, phrase, &from))
        return NULL;
    size_t to = from + 1;
    while (to < draft->entry->span.to &&
           (fv_sight_gap(draft->sight, to) == FV_GAP_NONE ||
            (fv_sight_is_wrapped(draft->sight, to) && !is_after_server(draft->sight, to))))
        to++;
    return from < to ? fv_draft_copy(draft, (fv_span){from, to}) : NULL;
}

/* Returns the name without the full stop of its sentence. */
static const char *without_stop(fv_draft *draft, const char *name)
{
    size_t len = name != NULL ? strlen(name) : 0;
    return len > 1 && name[len - 1] == '.' ? fv_draft_copy_text(draft, name, len - 1) : name;
}

/* "Certificate Names associated with this peer were a, b . The serial number ..." */
static void read_presented(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    size_t from;
    if (!fv_draft_find_after(draft, "associated with this peer were", &from))
        return;
    fv_span names = {from, draft->entry->span.to};
    names.to = fv_sight_find(draft->sight, names, "The serial number");
    if (names.to == draft->entry->span.to)
        return;
    incident->presented_name = without_stop(draft, fv_draft_copy(draft, names));
    if (incident->presented_name != NULL) {
        incident->fqdns[incident->num_fqdns++] = fv_draft_copy_text(
            draft, incident->presented_name, strcspn(incident->presented_name, ",;"));
    }
}

static void read_event_names(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    size_t after;
    const char *server = without_stop(draft, server_after(draft, "occurred with remote server"));
    if (server != NULL)
        incident->fqdns[incident->num_fqdns++] = server;
    incident->expected_name = quoted_after(draft, "connect to the server");
    if (incident->expected_name == NULL)
        incident->expected_name = quoted_after(draft, "connect to the host");
    incident->presented_name = quoted_after(draft, "the display name in the peer certificate is");
    /* Windows had no name to show. */
    if (incident->presented_name != NULL && strcmp(incident->presented_name, "Unavailable") == 0)
        incident->presented_name = NULL;
    read_presented(draft);
    incident->peer = server_after(draft, "remote IP address");
    if (incident->peer == NULL)
        incident->peer = without_stop(draft, server_after(draft, "last one was from host"));
    if (fv_draft_find_after(draft, "at address[", &after))
        incident->peer = fv_draft_copy(draft, fv_draft_span_until(draft, after, "]"));
}

/* An event: the text that identifies it if its number is missing, and which side was calling. */
typedef struct event {
    uint32_t id;
    const char *phrase;
    uint32_t direction;
} event;

static const event events[] = {
    {14428, "error code of the last failure", FEDVAL_CALL_DIRECTION_FROM_MICROSOFT},
    {14502, "connection failures have occurred with remote server",
     FEDVAL_CALL_DIRECTION_FROM_MICROSOFT},
    {14501, "invalid certificates have been provided", FEDVAL_CALL_DIRECTION_TO_MICROSOFT},
    {14366, "invalid incoming certificates. The last one", FEDVAL_CALL_DIRECTION_TO_MICROSOFT},
};

static const event *find_event(const fv_draft *draft)
{
    for (size_t i = 0; i < sizeof(events) / sizeof(events[0]); i++) {
        if (fv_draft_has(draft, events[i].phrase))
            return &events[i];
    }
    return NULL;
}

/* Finds an event of the component that federates by its number, whatever language its text has. */
static const event *find_numbered(fv_draft *draft)
{
    fv_span around = draft->entry->span;
    uint32_t id = fv_draft_event_number(draft);
    around.from = fv_event_head(draft->sight, around.from);
    for (size_t i = 0; i < sizeof(events) / sizeof(events[0]); i++) {
        if (events[i].id == id && fv_sight_find(draft->sight, around, "Protocol Stack") < around.to)
            return &events[i];
    }
    return NULL;
}

static bool judge_known(fv_draft *draft, const event *found)
{
    fedval_incident *incident = draft->incident;
    const fv_symptom_code *code = find_code(draft);
    if (code == NULL && incident->reported_code == NULL)
        code = fv_symptom_code_find(FV_SYMPTOM_WINDOWS_EVENT, found->id);
    if (code == NULL && incident->reported_code == NULL)
        return false;
    if (incident->reported_code == NULL)
        incident->reported_code = fv_draft_number_text(draft, found->id);
    read_event_names(draft);
    incident->certainty = FEDVAL_CERTAINTY_UNDETERMINED;
    incident->detail = "a code that is not known here";
    if (code != NULL) {
        fv_draft_apply_code(draft, code);
        incident->reported_text = code->meaning;
    }
    fv_draft_place(draft);
    fv_draft_refine_name(draft);
    incident->direction = found->direction;
    return true;
}

/* The first sentence of the description. */
static const char *first_sentence(fv_draft *draft)
{
    fv_span text;
    if (!fv_entry_get(draft->entry, FV_KEY_DESCRIPTION, 0, &text))
        return NULL;
    size_t to = text.from;
    while (to < text.to && (to == text.from || draft->sight->text[to - 1] != '.' ||
                            fv_sight_gap(draft->sight, to) == FV_GAP_NONE))
        to++;
    return fv_draft_copy_spaced(draft, (fv_span){text.from, to});
}

/* Passes on, with its text, an error or warning of the component that federates. */
static bool judge_unknown(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    fv_span around = draft->entry->span;
    uint32_t id = fv_draft_event_number(draft);
    around.from = fv_event_head(draft->sight, around.from);
    if (id < 14000 || id > 14999 ||
        fv_sight_find(draft->sight, around, "Protocol Stack") == around.to ||
        fv_sight_find(draft->sight, around, "Level: Information") < around.to ||
        fv_sight_find(draft->sight, around, "Type: Information") < around.to)
        return false;
    incident->reported_code = fv_draft_number_text(draft, id);
    incident->reported_text = first_sentence(draft);
    const fv_symptom_code *code = fv_symptom_code_find(FV_SYMPTOM_WINDOWS_EVENT, id);
    incident->detail = "an event that is not known here";
    if (code != NULL)
        fv_draft_apply_code(draft, code);
    incident->certainty = FEDVAL_CERTAINTY_UNDETERMINED;
    return incident->reported_text != NULL;
}

bool fv_judge_windows_event(fv_draft *draft)
{
    const event *found = find_event(draft);
    draft->incident->kind = FEDVAL_INCIDENT_KIND_WINDOWS_EVENT;
    if (found == NULL && fv_judge_schannel(draft))
        return true;
    if (found == NULL)
        found = find_numbered(draft);
    return found != NULL ? judge_known(draft, found) : judge_unknown(draft);
}
