/* SChannel's events in the System log of the Edge: TLS as Windows saw it. */
#include "logs/interpret/draft.h"
#include "logs/read/event.h"

#include <string.h>

#define FIRST_ID 36867
#define LAST_ID 36888
#define SENT_ID 36888 /* 36887: an alert was received */

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

/* "... alert code is 43." */
static const fv_symptom_code *find_alert(const fv_draft *draft)
{
    static const char *const phrases[] = {"alert code is", "fatal error code is"};
    for (size_t i = 0; i < sizeof(phrases) / sizeof(phrases[0]); i++) {
        size_t from;
        uint64_t number;
        if (!fv_draft_find_after(draft, phrases[i], &from))
            continue;
        fv_span digits = {from, from + fv_sight_count_digits(draft->sight, from, 3)};
        if (fv_text_to_u64(fv_sight_text(draft->sight, digits), &number))
            return fv_symptom_code_find(FV_SYMPTOM_TLS_ALERT, (uint32_t)number);
    }
    return NULL;
}

/* The alert that the event names: "TLS alert 43 unsupported_certificate: ...". */
static const char *tell_alert(fv_draft *draft, const char *before, const fv_symptom_code *alert)
{
    fv_buf buf;
    fv_buf_init(&buf);
    fv_buf_append_text(&buf, before);
    fv_buf_append_text(&buf, "TLS alert ");
    fv_buf_append_u64(&buf, alert->number);
    fv_buf_append_char(&buf, ' ');
    fv_buf_append_text(&buf, alert->name);
    fv_buf_append_text(&buf, ": ");
    fv_buf_append_text(&buf, alert->meaning);
    return fv_draft_take(draft, &buf);
}

/* The peer sent the alert: what it refused is the Microsoft side's. */
static void apply_received(fv_draft *draft, const fv_symptom_code *alert)
{
    fv_draft_apply_code(draft, alert);
    draft->incident->detail = tell_alert(draft, "", alert);
}

/* The Microsoft side sent the alert: if it is about a certificate, that is the peer's, and its
 * fault is the alert's usual cause; where an alert has none, the log does not tell. */
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
    incident->detail = tell_alert(draft, "the Microsoft side sent its peer ", alert);
}

/* Other services of the machine use TLS too: nothing shows that this was federation. */
static void lower_certainty(fedval_incident *incident)
{
    if (incident->certainty != FEDVAL_CERTAINTY_STATED || incident->expected_name != NULL)
        return;
    incident->certainty = FEDVAL_CERTAINTY_INFERRED;
    incident->basis = "from an event of the whole machine, which does not name the peer";
}

bool fv_judge_schannel(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    fv_span around = draft->entry->span;
    uint32_t id = fv_draft_field_number(draft, FV_KEY_EVENT_ID);
    around.from = fv_event_head(draft->sight, around.from);
    const fv_symptom_code *code = fv_symptom_code_find(FV_SYMPTOM_WINDOWS_EVENT, id);
    if (code == NULL || id < FIRST_ID || id > LAST_ID ||
        fv_sight_find(draft->sight, around, "Schannel") == around.to)
        return false;
    incident->reported_code = fv_draft_number_text(draft, id);
    incident->expected_name = name_after(draft, "name we were expecting is");
    fv_draft_apply_code(draft, code);
    const fv_symptom_code *alert = find_alert(draft);
    if (alert != NULL && id == SENT_ID)
        apply_sent(draft, alert);
    else if (alert != NULL)
        apply_received(draft, alert);
    if (incident->finding == FEDVAL_FINDING_NOT_A_FEDERATION_FAULT)
        return true;
    lower_certainty(incident);
    incident->is_related = incident->expected_name != NULL;
    fv_draft_place(draft);
    incident->direction =
        fv_draft_has(draft, "remote server")   ? FEDVAL_CALL_DIRECTION_FROM_MICROSOFT
        : fv_draft_has(draft, "remote client") ? FEDVAL_CALL_DIRECTION_TO_MICROSOFT
                                               : FEDVAL_CALL_DIRECTION_UNKNOWN;
    return true;
}
