/* SIP responses with ms-diagnostics; those without are read in judge_answer.c. */
#include "logs/interpret/draft.h"

#include <string.h>

#define NO_RANK 0
#define MAX_HEADERS 16
#define CLIENT_HEAD_MAX 100 /* the words before a message in a client's log */

static const fv_key diagnostic_keys[] = {FV_KEY_DIAGNOSTICS, FV_KEY_DIAGNOSTICS_PUBLIC,
                                         FV_KEY_DIAGNOSTICS_CLIENT};

/* If there are several headers, the one with the highest rank is used: a
 * cause before "the cause is elsewhere", before "no fault of federation", before a code that is not
 * known here. */
static uint32_t rank(const fv_symptom_code *code)
{
    if (code == NULL)
        return 1;
    if (code->finding == FEDVAL_FINDING_NOT_A_FEDERATION_FAULT)
        return 2;
    return code->finding == FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG ? 3 : 4;
}

/* An id without parameters counts in a message. Elsewhere it may be somebody's remark. */
static bool is_meant(const fv_draft *draft, const fv_diagnostic *diagnostic)
{
    return diagnostic->params.num_items > 0 || fv_draft_has_message(draft);
}

static bool find_best(const fv_draft *draft, fv_diagnostic *best)
{
    uint32_t best_rank = NO_RANK;
    for (size_t k = 0; k < 3; k++) {
        fv_span value;
        for (size_t n = 0;
             n < MAX_HEADERS && fv_entry_get(draft->entry, diagnostic_keys[k], n, &value); n++) {
            fv_diagnostic here;
            if (!fv_diagnostic_read(draft->sight, value, &here) || !is_meant(draft, &here))
                continue;
            const fv_symptom_code *code = fv_diagnostic_code(&here);
            uint32_t here_rank = rank(code);
            if (code != NULL && (code->hints & FV_SYMPTOM_PROGRESS) != 0)
                continue;
            if (here_rank > best_rank) {
                best_rank = here_rank;
                *best = here;
            }
        }
    }
    return best_rank != NO_RANK;
}

static void read_peer(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    fv_span action;
    bool received = fv_entry_get(draft->entry, FV_KEY_ACTION, 0, &action) &&
                    fv_sight_match(draft->sight, action.from, "Received", NULL);
    if (!received)
        return;
    incident->peer = fv_draft_field(draft, FV_KEY_SRC_IP);
    incident->remote_port = fv_draft_field_number(draft, FV_KEY_SRC_PORT);
    if (incident->port == 0)
        incident->port = fv_draft_field_number(draft, FV_KEY_LOCAL_PORT);
}

static uint32_t kind_of(const fv_entry *entry)
{
    if (entry->start == FV_START_EXPRESSWAY)
        return FEDVAL_INCIDENT_KIND_EXPRESSWAY_SIP;
    bool edge = entry->start == FV_START_EDGE || entry->start == FV_START_EDGE_FIELDS;
    return edge ? FEDVAL_INCIDENT_KIND_EDGE_RECORD : FEDVAL_INCIDENT_KIND_SIP_RESPONSE;
}

/* Requests have ids too (the reason of a BYE), and so have provisional responses ("101 Progress
 * Report"). They count only if the id names a fault. */
static bool is_of_interest(const fv_draft *draft, const fv_diagnostic *diagnostic)
{
    const fv_entry *entry = draft->entry;
    bool failed = entry->status == 0 || entry->status >= 300;
    if (entry->message != FV_START_REQUEST && failed)
        return true;
    return rank(fv_diagnostic_code(diagnostic)) > 2;
}

static void judge_own_server(fedval_incident *incident)
{
    incident->finding = FEDVAL_FINDING_NOT_A_FEDERATION_FAULT;
    incident->certainty = FEDVAL_CERTAINTY_INFERRED;
    incident->direction = FEDVAL_CALL_DIRECTION_UNKNOWN;
    incident->code = NULL;
    incident->is_related = false;
    incident->basis = "from the request, which a client sends to its own server and not to a "
                      "partner";
    incident->detail = "the client's own server refused a request of its user";
}

/* Whether a client's log holds an answer to a call of that client from another domain. The answer
 * was made there if it names a server that is none of Microsoft's: those of the client's own side
 * are. */
static bool is_of_called_side(const fv_draft *draft)
{
    const fedval_incident *incident = draft->incident;
    fv_span head = draft->entry->span, server;
    head.to = head.to - head.from > CLIENT_HEAD_MAX ? head.from + CLIENT_HEAD_MAX : head.to;
    return draft->entry->start == FV_START_CLIENT && incident->method == FV_METHOD_INVITE &&
           incident->from.domain != NULL && incident->to.domain != NULL &&
           !fv_incident_is_same_text(incident->from.domain, incident->to.domain) &&
           fv_sight_find(draft->sight, head, "Data Received") < head.to &&
           fv_entry_get(draft->entry, FV_KEY_SERVER, 0, &server) &&
           !fv_draft_is_of_microsoft(draft);
}

/* Whether the far side made the answer: a Microsoft server, as seen by the Cisco side, or the
 * called side, as seen by a Microsoft client. */
static bool is_of_far_side(const fv_draft *draft)
{
    if (is_of_called_side(draft) || draft->answered != 0)
        return true;
    fv_span span;
    const fedval_incident *incident = draft->incident;
    bool has_zones = incident->num_hops > 0 && incident->hops[0].egress_zone != NULL;
    return fv_draft_is_of_microsoft(draft) && draft->entry->start != FV_START_CLIENT &&
           !fv_entry_get(draft->entry, FV_KEY_AUTHENTICATION, 0, &span) &&
           (incident->kind == FEDVAL_INCIDENT_KIND_EXPRESSWAY_SIP || has_zones);
}

static bool judge(fv_draft *draft, bool has_diagnostic, const fv_diagnostic *diagnostic)
{
    if (has_diagnostic && is_of_interest(draft, diagnostic)) {
        fv_judge_diagnostic(draft, diagnostic);
        return true;
    }
    return fv_judge_answer(draft);
}

bool fv_judge_sip(fv_draft *draft)
{
    fv_diagnostic diagnostic;
    fedval_incident *incident = draft->incident;
    incident->kind = kind_of(draft->entry);
    bool found = find_best(draft, &diagnostic);
    if (!found && draft->entry->message != FV_START_RESPONSE)
        return false;
    fv_draft_read_call(draft);
    read_peer(draft);
    if (incident->kind == FEDVAL_INCIDENT_KIND_EDGE_RECORD)
        fv_draft_read_answerer(draft);
    incident->of_far_side = is_of_far_side(draft);
    if (!judge(draft, found, &diagnostic))
        return false;
    if (fv_draft_is_of_own_server(incident))
        judge_own_server(incident);
    incident->names_partner = incident->is_related && (found || fv_draft_is_of_microsoft(draft));
    return true;
}
