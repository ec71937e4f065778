/* Handshakes that Cisco Meeting Server could not complete. It logs only the number of the error
 * from OpenSSL or the system. */
#include "catalogue/openssl_error.h"
#include "logs/interpret/draft.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define SYSTEM_MAX 200u

/* errno values of Linux, on which Meeting Server runs. */
typedef struct system_error {
    uint32_t number;
    uint32_t finding;
    const char *words;
} system_error;

static const system_error system_errors[] = {
    {32, FEDVAL_FINDING_CONNECTION_CUT, "errno 32: the peer had closed the connection"},
    {101, FEDVAL_FINDING_CONNECT_UNREACHABLE, "errno 101: the network cannot be reached"},
    {104, FEDVAL_FINDING_CONNECTION_CUT, "errno 104: the peer reset the connection"},
    {110, FEDVAL_FINDING_CONNECT_TIMEOUT, "errno 110: no answer in time"},
    {111, FEDVAL_FINDING_CONNECT_REFUSED, "errno 111: the connection was refused"},
    {113, FEDVAL_FINDING_CONNECT_UNREACHABLE, "errno 113: there is no way to the host"},
};

static void judge_system(fedval_incident *incident, uint64_t number)
{
    incident->finding = FEDVAL_FINDING_TLS_HANDSHAKE_FAILED;
    incident->certainty = FEDVAL_CERTAINTY_UNDETERMINED;
    incident->detail = "a number that is not known here";
    for (size_t i = 0; i < COUNT(system_errors); i++) {
        if (system_errors[i].number != number)
            continue;
        incident->finding = system_errors[i].finding;
        incident->certainty = FEDVAL_CERTAINTY_STATED;
        incident->detail = system_errors[i].words;
    }
}

/* "alert unknown ca: the root or an intermediate of the certificate ..." */
static const char *explain(fv_draft *draft, const fv_sentence *sentence)
{
    const fv_symptom_code *code = draft->incident->code;
    const char *meaning = sentence->meaning != NULL ? sentence->meaning
                          : code != NULL            ? code->meaning
                                                    : NULL;
    if (meaning == NULL)
        return sentence->written;
    fv_buf buf;
    fv_buf_init(&buf);
    fv_buf_append_text(&buf, sentence->written);
    fv_buf_append_text(&buf, ": ");
    fv_buf_append_text(&buf, meaning);
    return fv_draft_take(draft, &buf);
}

static void judge_number(fv_draft *draft, uint64_t number, bool inbound)
{
    fedval_incident *incident = draft->incident;
    const fv_sentence *sentence = fv_openssl_error_find(number);
    if (sentence == NULL) {
        judge_system(incident, number < SYSTEM_MAX ? number : UINT64_MAX);
        return;
    }
    incident->finding = inbound ? sentence->inbound : sentence->outbound;
    if (sentence->kind != 0)
        incident->code = fv_symptom_code_find(sentence->kind, sentence->number);
    incident->reported_text = sentence->written;
    incident->detail = explain(draft, sentence);
    incident->certainty =
        sentence->basis != NULL ? FEDVAL_CERTAINTY_INFERRED : FEDVAL_CERTAINTY_STATED;
    incident->basis = sentence->basis;
}

/* Reads the peer of "to 10.48.36.215:5061 from ...". */
static void read_peer(fv_draft *draft, const char *word)
{
    size_t from;
    if (!fv_draft_find_after(draft, word, &from))
        return;
    size_t end = from;
    while (end < draft->entry->span.to &&
           (end == from || fv_sight_gap(draft->sight, end) == FV_GAP_NONE))
        end++;
    size_t colon = end;
    while (colon > from && draft->sight->text[colon - 1] != ':')
        colon--;
    uint64_t port;
    if (colon <= from + 1 ||
        !fv_text_to_u64(fv_sight_text(draft->sight, (fv_span){colon, end}), &port) ||
        port > UINT16_MAX)
        return;
    draft->incident->peer = fv_draft_copy(draft, (fv_span){from, colon - 1});
    draft->incident->remote_port = (uint32_t)port;
}

bool fv_judge_meeting_server(fv_draft *draft)
{
    size_t from, unused;
    uint64_t number;
    fedval_incident *incident = draft->incident;
    if (!fv_draft_find_after(draft, "handshake error", &from))
        return false;
    fv_span digits = {from, from + fv_sight_count_digits(draft->sight, from, 10)};
    if (!fv_text_to_u64(fv_sight_text(draft->sight, digits), &number))
        return false;
    bool inbound = fv_draft_find_after(draft, "on incoming connection", &unused);
    if (!inbound && !fv_draft_find_after(draft, "on outgoing connection", &unused))
        return false;
    incident->kind = FEDVAL_INCIDENT_KIND_MEETING_SERVER_TLS;
    incident->way = inbound ? FV_WAY_INBOUND : FV_WAY_OUTBOUND;
    if (fv_sight_gap(draft->sight, digits.to) == FV_GAP_NONE) {
        judge_system(incident, UINT64_MAX); /* a line was broken within the number */
    } else {
        incident->reported_code = fv_draft_copy(draft, digits);
        judge_number(draft, number, inbound);
    }
    read_peer(draft, inbound ? "from" : "to");
    return true;
}
