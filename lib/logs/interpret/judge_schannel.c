/* SChannel's events in the System log of the Edge: TLS as Windows saw it. */
#include "logs/interpret/draft.h"
#include "logs/read/event.h"

#include <string.h>

#define FIRST_ID 36867
#define LAST_ID 36888
#define NAME_ID 36884     /* another name was expected */
#define RECEIVED_ID 36887 /* an alert came */
#define SENT_ID 36888

static bool is_of_name(char c)
{
    return fv_ascii_is_alnum(c) || strchr("-._", c) != NULL;
}

/* Whether the name goes on at `pos`: a line may have been broken within it, but the next sentence
 * is none of it. */
static bool goes_on(const fv_sight *sight, size_t pos)
{
    return fv_sight_gap(sight, pos) == FV_GAP_NONE ||
           (fv_sight_is_wrapped(sight, pos) && !fv_sight_match(sight, pos, "The TLS", NULL) &&
            !fv_sight_match(sight, pos, "The SSL", NULL));
}

/* Returns the name after a phrase, without the full stop of its sentence. The name was broken if
 * the full stop is missing. */
static const char *name_after(fv_draft *draft, const char *phrase)
{
    size_t from;
    if (!fv_draft_find_after(draft, phrase, &from))
        return NULL;
    size_t to = from;
    while (to < draft->entry->span.to && is_of_name(draft->sight->text[to]) &&
           (to == from || goes_on(draft->sight, to)))
        to++;
    bool is_whole = to > from && draft->sight->text[to - 1] == '.';
    draft->is_damaged = draft->is_damaged || !is_whole;
    if (!is_whole)
        return NULL;
    to--;
    return fv_draft_domain(draft, fv_draft_copy(draft, (fv_span){from, to}));
}

/* Returns the end of the word that begins at `at`: a full stop at its end is that of the sentence.
 */
static size_t end_of_name(const fv_sight *sight, size_t at, size_t end)
{
    size_t to = at;
    while (to < end && is_of_name(sight->text[to]) &&
           (to == at || fv_sight_gap(sight, to) == FV_GAP_NONE))
        to++;
    return to > at && sight->text[to - 1] == '.' ? to - 1 : to;
}

/* Returns the only host name in the description, whatever its language; NULL if there is none, or
 * more than one. */
static const char *only_name(fv_draft *draft)
{
    const char *found = NULL;
    fv_span text;
    if (!fv_entry_get(draft->entry, FV_KEY_DESCRIPTION, 0, &text))
        return NULL;
    for (size_t at = text.from; at < text.to; at++) {
        if (fv_sight_gap(draft->sight, at) == FV_GAP_NONE)
            continue;
        size_t to = end_of_name(draft->sight, at, text.to);
        fv_text word = fv_sight_text(draft->sight, (fv_span){at, to});
        const char *dot = word.len > 0 ? memchr(word.data, '.', word.len) : NULL;
        if (dot == NULL || !fv_ascii_is_alpha(word.data[word.len - 1]))
            continue;
        const char *name = fv_draft_domain(draft, fv_draft_copy(draft, (fv_span){at, to}));
        if (name != NULL && found != NULL && strcmp(name, found) != 0)
            return NULL;
        found = name != NULL ? name : found;
    }
    return found;
}

/* Reads the first number that is a word of its own in the description, in any language, such as
 * "The following fatal alert was received: 40." "1.2" is a version of TLS. */
static bool read_number(const fv_draft *draft, uint64_t *out)
{
    const fv_sight *sight = draft->sight;
    fv_span text;
    if (!fv_entry_get(draft->entry, FV_KEY_DESCRIPTION, 0, &text))
        return false;
    for (size_t at = text.from; at < text.to; at++) {
        size_t digits = fv_sight_count_digits(sight, at, 4);
        size_t after = at + digits;
        if (digits == 0 || fv_sight_gap(sight, at) == FV_GAP_NONE)
            continue;
        bool goes_on =
            fv_sight_gap(sight, after) == FV_GAP_NONE &&
            (fv_ascii_is_alnum(fv_sight_char(sight, after)) ||
             (fv_sight_char(sight, after) == '.' && fv_sight_gap(sight, after + 1) == FV_GAP_NONE));
        if (!goes_on && digits <= 3)
            return fv_text_to_u64(fv_sight_text(sight, (fv_span){at, after}), out);
    }
    return false;
}

/* Returns the value of the event's data with this name, in XML: <Data Name='TargetName'>; NULL if
 * it is missing. */
static const char *data_named(fv_draft *draft, const char *single, const char *doubled)
{
    size_t at;
    if (!fv_draft_find_after(draft, single, &at) && !fv_draft_find_after(draft, doubled, &at))
        return NULL;
    return fv_draft_copy(draft, fv_draft_span_until(draft, at, "<"));
}

/* Reads the number of the alert: "... alert code is 43." */
static bool read_alert(fv_draft *draft, uint32_t id, uint64_t *out)
{
    static const char *const phrases[] = {"alert code is", "fatal error code is"};
    for (size_t i = 0; i < sizeof(phrases) / sizeof(phrases[0]); i++) {
        size_t from;
        if (!fv_draft_find_after(draft, phrases[i], &from))
            continue;
        fv_span digits = {from, from + fv_sight_count_digits(draft->sight, from, 3)};
        if (fv_text_to_u64(fv_sight_text(draft->sight, digits), out))
            return true;
    }
    const char *described = data_named(draft, "Data Name='AlertDesc'>", "Data Name=\"AlertDesc\">");
    if (described != NULL && fv_text_to_u64(fv_text_of(described), out))
        return true;
    return (id == RECEIVED_ID || id == SENT_ID) && read_number(draft, out);
}

/* The alert that the event names: "TLS alert 43 unsupported_certificate: ...". */
static const char *tell_alert(fv_draft *draft, const char *before, uint64_t number,
                              const fv_symptom_code *alert)
{
    fv_buf buf;
    fv_buf_init(&buf);
    fv_buf_append_text(&buf, before);
    fv_buf_append_text(&buf, "TLS alert ");
    fv_buf_append_u64(&buf, number);
    fv_buf_append_text(&buf, alert != NULL ? " " : ", which is not known here");
    fv_buf_append_text(&buf, alert != NULL ? alert->name : NULL);
    fv_buf_append_text(&buf, alert != NULL ? ": " : NULL);
    fv_buf_append_text(&buf, alert != NULL ? alert->meaning : NULL);
    return fv_draft_take(draft, &buf);
}

/* An alert that came is the peer's, so what it refused is the Microsoft side's. The Microsoft side
 * sent the other kind: if it is about a certificate, that is the peer's, and its fault is the
 * alert's usual cause; where an alert has none, the log does not tell. */
static void apply_sent(fv_draft *draft, const fv_symptom_code *alert)
{
    fedval_incident *incident = draft->incident;
    if (alert->finding != FEDVAL_FINDING_PEER_REJECTED_CERTIFICATE) {
        fv_draft_apply_code(draft, alert);
    } else if (alert->num_causes > 0 &&
               alert->causes[0].likelihood == FEDVAL_LIKELIHOOD_MOST_OFTEN) {
        incident->finding = alert->causes[0].finding;
        incident->certainty = FEDVAL_CERTAINTY_INFERRED;
        incident->basis = "from the alert that the Microsoft side sent, and its usual cause";
    }
}

static void apply_alert(fv_draft *draft, uint32_t id, uint64_t number)
{
    const fv_symptom_code *alert = fv_symptom_code_find(FV_SYMPTOM_TLS_ALERT, (uint32_t)number);
    if (alert != NULL && id == SENT_ID)
        apply_sent(draft, alert);
    else if (alert != NULL)
        fv_draft_apply_code(draft, alert);
    draft->incident->detail =
        tell_alert(draft, id == SENT_ID ? "the Microsoft side sent its peer " : "", number, alert);
}

/* Other services of the machine use TLS too: nothing shows that this was federation. */
static void lower_certainty(fedval_incident *incident)
{
    if (incident->certainty != FEDVAL_CERTAINTY_STATED)
        return;
    incident->certainty = FEDVAL_CERTAINTY_INFERRED;
    incident->basis = incident->expected_name != NULL
                          ? "from an event of the whole machine, which names the host and does not "
                            "say that the connection was for SIP"
                          : "from an event of the whole machine, which does not name the peer";
}

/* Returns the number of the event: that of its sentence, or the one that its head names. Another
 * source has other events with these numbers. */
static uint32_t read_id(fv_draft *draft)
{
    fv_span around = draft->entry->span;
    for (size_t at = around.from; at < around.to; at++) {
        uint32_t id = fv_event_schannel_at(draft->sight, at);
        if (id != 0)
            return id;
    }
    around.from = fv_event_head(draft->sight, around.from);
    if (fv_sight_find(draft->sight, around, "Schannel") == around.to)
        return 0;
    return fv_draft_event_number(draft);
}

/* Returns the name that Windows expected: from the English text, from the data in XML, or the only
 * name that a text in another language holds. */
static const char *read_expected(fv_draft *draft, uint32_t id)
{
    const char *name = name_after(draft, "name we were expecting is");
    if (name == NULL) {
        name = fv_draft_domain(
            draft, data_named(draft, "Data Name='TargetName'>", "Data Name=\"TargetName\">"));
    }
    if (name == NULL && id == NAME_ID && !fv_draft_has(draft, "we were expecting"))
        name = only_name(draft);
    return name;
}

bool fv_judge_schannel(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    uint32_t id = read_id(draft);
    const fv_symptom_code *code = fv_symptom_code_find(FV_SYMPTOM_WINDOWS_EVENT, id);
    if (code == NULL || id < FIRST_ID || id > LAST_ID)
        return false;
    incident->reported_code = fv_draft_number_text(draft, id);
    incident->expected_name = read_expected(draft, id);
    fv_draft_apply_code(draft, code);
    uint64_t alert;
    if (read_alert(draft, id, &alert))
        apply_alert(draft, id, alert);
    if (incident->finding == FEDVAL_FINDING_NOT_A_FEDERATION_FAULT)
        return true;
    lower_certainty(incident);
    incident->is_related = incident->expected_name != NULL;
    fv_draft_place(draft);
    bool is_of_server = id == NAME_ID || fv_draft_has(draft, "remote server");
    incident->direction = is_of_server ? FEDVAL_CALL_DIRECTION_FROM_MICROSOFT
                          : fv_draft_has(draft, "remote client")
                              ? FEDVAL_CALL_DIRECTION_TO_MICROSOFT
                              : FEDVAL_CALL_DIRECTION_UNKNOWN;
    return true;
}
