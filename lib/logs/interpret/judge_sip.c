/* SIP responses: what their ms-diagnostics say, and those that come without. */
#include "logs/interpret/draft.h"

#include <string.h>

#define NO_RANK 0
#define MAX_HEADERS 16

static const fv_key diagnostic_keys[] = {FV_KEY_DIAGNOSTICS, FV_KEY_DIAGNOSTICS_PUBLIC,
                                         FV_KEY_DIAGNOSTICS_CLIENT};

/* Of several headers the one that says most. */
static uint32_t rank(const fv_symptom_code *code)
{
    if (code == NULL)
        return 1;
    if (code->finding == FEDVAL_FINDING_NOT_A_FEDERATION_FAULT)
        return 2;
    return code->finding == FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG ? 3 : 4;
}

static bool has_blank(const fv_sight *sight, fv_span span)
{
    for (size_t i = span.from + 1; i < span.to; i++) {
        if (fv_sight_gap(sight, i) == FV_GAP_BLANK)
            return true;
    }
    return false;
}

/* Whether there is a message at all, and not the words of one in prose. */
static bool has_message(const fv_draft *draft)
{
    fv_span span;
    if (fv_entry_get(draft->entry, FV_KEY_VIA, 0, &span) &&
        fv_sight_match(draft->sight, span.from, "SIP/2.0", NULL))
        return true;
    if (fv_entry_get(draft->entry, FV_KEY_CSEQ, 0, &span) &&
        fv_sight_count_digits(draft->sight, span.from, 1) > 0)
        return true;
    return fv_entry_get(draft->entry, FV_KEY_CALL_ID, 0, &span) && !has_blank(draft->sight, span);
}

/* An id without parameters counts in a message; elsewhere it is somebody's remark. */
static bool is_meant(const fv_draft *draft, const fv_diagnostic *diagnostic)
{
    return diagnostic->params.num_pairs > 0 || has_message(draft);
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
            const fv_symptom_code *code = fv_symptom_code_find(FV_SYMPTOM_MS_DIAGNOSTICS, here.id);
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

static const char *number_text(fv_draft *draft, uint32_t number, uint32_t sub)
{
    fv_buf buf;
    fv_buf_init(&buf);
    fv_buf_append_u64(&buf, number);
    if (sub != 0) {
        fv_buf_append_char(&buf, '.');
        fv_buf_append_u64(&buf, sub);
    }
    return fv_draft_take(draft, &buf);
}

static const char *reason_of(fv_draft *draft, const fv_diagnostic *diagnostic)
{
    fv_span span;
    const fv_params *params = &diagnostic->params;
    if (fv_params_get(draft->sight, params, "reason", &span))
        return fv_draft_copy_spaced(draft, span);
    bool retold = params->num_pairs == 1 && params->pairs[0].name.from == params->pairs[0].name.to;
    return retold ? fv_draft_copy_spaced(draft, params->pairs[0].value) : NULL;
}

/* The number beside a 1010 or 1047 says which of several causes it was. */
static bool apply_hresult(fv_draft *draft, const fv_params *params)
{
    fv_span span;
    uint32_t number;
    if (!fv_params_get(draft->sight, params, "HRESULT", &span))
        return false;
    fv_number_state state = fv_hresult_read(fv_sight_text(draft->sight, span), &number);
    if (state == FV_NUMBER_DAMAGED) {
        draft->incident->certainty = FEDVAL_CERTAINTY_UNDETERMINED;
        draft->incident->detail = "the HRESULT beside the code is damaged: it cannot be one";
        return false;
    }
    const fv_symptom_code *code = fv_symptom_code_find(FV_SYMPTOM_HRESULT, number);
    if (code == NULL)
        return false;
    fv_draft_apply_code(draft, code);
    return true;
}

/* "failed to complete TLS negotiation: the peer reset the connection" */
static const char *join_details(fv_draft *draft, const char *failure, const char *cause)
{
    fv_buf buf;
    fv_buf_init(&buf);
    fv_buf_append_text(&buf, failure);
    fv_buf_append_text(&buf, ": ");
    fv_buf_append_text(&buf, cause);
    return fv_draft_take(draft, &buf);
}

bool fv_draft_apply_winsock(fv_draft *draft, const fv_params *params)
{
    fv_span span;
    uint64_t number;
    if (!fv_params_get(draft->sight, params, "WinsockFailureCode", &span) &&
        !fv_params_get(draft->sight, params, "winsock-code", &span))
        return false;
    fv_span digits = {span.from, span.from + fv_sight_count_digits(draft->sight, span.from, 6)};
    if (!fv_text_to_u64(fv_sight_text(draft->sight, digits), &number))
        return false;
    const fv_symptom_code *code = fv_symptom_code_find(FV_SYMPTOM_WINSOCK, (uint32_t)number);
    if (code == NULL)
        return false;
    const char *failure = draft->incident->detail;
    bool is_sure = draft->incident->certainty == FEDVAL_CERTAINTY_STATED;
    fv_draft_apply_code(draft, code);
    if (is_sure)
        draft->incident->detail = join_details(draft, failure, code->meaning);
    return true;
}

/* Without a number: the text of 1010, or the two names that it gives. */
static void apply_names(fv_draft *draft, const fv_params *params)
{
    fedval_incident *incident = draft->incident;
    fv_span span;
    if (incident->finding != FEDVAL_FINDING_CERT_NAME_MISMATCH)
        return;
    if (fv_params_get(draft->sight, params, "ErrorType", &span) &&
        fv_sight_find(draft->sight, span, "matching FQDN") < span.to) {
        incident->certainty = FEDVAL_CERTAINTY_STATED;
        incident->detail = "the certificate of the peer does not hold the expected FQDN";
    } else if (fv_params_get(draft->sight, params, "ErrorType", &span) &&
               fv_sight_find(draft->sight, span, "trusted root") < span.to) {
        incident->finding = FEDVAL_FINDING_CHAIN_UNTRUSTED_ROOT;
        incident->certainty = FEDVAL_CERTAINTY_STATED;
        incident->detail = "the chain ends at a root that is not trusted";
    } else if (incident->expected_name != NULL && incident->presented_name != NULL &&
               strcmp(incident->expected_name, incident->presented_name) != 0) {
        incident->certainty = FEDVAL_CERTAINTY_INFERRED;
        incident->basis = "from the names of the target and of the peer, which differ";
    } else {
        incident->certainty = FEDVAL_CERTAINTY_UNDETERMINED;
    }
}

/* The partner's own server was reached and answered: DNS and certificates carried the call. */
static void apply_next_hop(fedval_incident *incident)
{
    if (incident->status < 400 || incident->status >= 500 || incident->status == 403 ||
        incident->status == 408)
        return;
    incident->finding = FEDVAL_FINDING_NOT_A_FEDERATION_FAULT;
    incident->certainty = FEDVAL_CERTAINTY_INFERRED;
    incident->basis = "the partner's own server was reached and answered";
}

/* A server of the Microsoft side that its Edge cannot reach is no matter of federation. */
static void apply_peer_type(fv_draft *draft, const fv_params *params)
{
    fv_span type;
    if (!fv_params_get(draft->sight, params, "peer-type", &type) ||
        fv_sight_find(draft->sight, type, "Internal") == type.to)
        return;
    draft->incident->finding = FEDVAL_FINDING_NOT_A_FEDERATION_FAULT;
    draft->incident->certainty = FEDVAL_CERTAINTY_INFERRED;
    draft->incident->basis = "from its peer-type: a server of the Microsoft side itself";
}

static void apply_unknown(fedval_incident *incident, uint32_t id)
{
    /* 1000 to 1999 is the SIP stack's range: an id of it may well be about federation. */
    bool own_range = id >= 1000 && id < 2000;
    incident->finding = own_range ? 0 : FEDVAL_FINDING_NOT_A_FEDERATION_FAULT;
    incident->certainty = own_range ? FEDVAL_CERTAINTY_UNDETERMINED : FEDVAL_CERTAINTY_INFERRED;
    incident->detail = own_range ? "an id of the SIP stack that is not known here"
                                 : "not a federation DNS or certificate fault known here";
    incident->basis = own_range ? NULL : "from the range of its id, which is another component's";
}

void fv_judge_diagnostic(fv_draft *draft, const fv_diagnostic *diagnostic)
{
    fedval_incident *incident = draft->incident;
    const fv_symptom_code *code = fv_symptom_code_find(FV_SYMPTOM_MS_DIAGNOSTICS, diagnostic->id);
    incident->reported_code = number_text(draft, diagnostic->id, diagnostic->sub_id);
    incident->reported_text = reason_of(draft, diagnostic);
    fv_draft_read_params(draft, &diagnostic->params);
    fv_draft_place(draft);
    if (code == NULL) {
        apply_unknown(incident, diagnostic->id);
        return;
    }
    fv_draft_apply_code(draft, code);
    if ((code->hints & FV_SYMPTOM_SEE_HRESULT) != 0 && !apply_hresult(draft, &diagnostic->params) &&
        !fv_draft_apply_winsock(draft, &diagnostic->params))
        apply_names(draft, &diagnostic->params);
    if ((code->hints & FV_SYMPTOM_NEXT_HOP) != 0)
        apply_next_hop(incident);
    apply_peer_type(draft, &diagnostic->params);
    fv_draft_refine_srv(draft);
}

/* "RTC/6.0", though a line may have been broken within it. */
static bool is_microsoft(const fv_draft *draft)
{
    fv_span server;
    return fv_entry_get(draft->entry, FV_KEY_SERVER, 0, &server) &&
           fv_sight_match(draft->sight, server.from, "RTC", NULL);
}

/* A 504 of which nobody says who gave it counts where an Expressway logged it. */
static bool is_bare_refusal(const fv_draft *draft)
{
    const fedval_incident *incident = draft->incident;
    if ((incident->status != 504 && incident->status != 403) || !has_message(draft))
        return false;
    if (incident->server != NULL)
        return is_microsoft(draft);
    return incident->status == 504 && incident->kind == FEDVAL_INCIDENT_KIND_EXPRESSWAY_SIP &&
           incident->call_id != NULL;
}

static void judge_bare(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    fv_span reason;
    incident->reported_code = number_text(draft, incident->status, 0);
    if (fv_entry_get(draft->entry, FV_KEY_START_LINE, 0, &reason)) {
        reason.from += draft->sight->text[reason.from] == '_';
        incident->reported_text = fv_draft_copy_spaced(draft, reason);
    }
    fv_draft_place(draft);
    if (incident->status == 403) {
        incident->finding = FEDVAL_FINDING_POLICY_REFUSED;
        incident->certainty = FEDVAL_CERTAINTY_INFERRED;
        incident->basis = "the Microsoft side answered 403, not 504";
        incident->detail = "the Microsoft side refuses the call";
        return;
    }
    incident->finding = FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG;
    incident->certainty = FEDVAL_CERTAINTY_UNDETERMINED;
    /* Microsoft's own users are told an id. */
    if (incident->direction == FEDVAL_CALL_DIRECTION_UNKNOWN)
        incident->direction = FEDVAL_CALL_DIRECTION_TO_MICROSOFT;
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

/* Requests carry ids too (the reason of a BYE), and responses on the way ("101 Progress Report");
 * only those that name a fault are one. */
static bool is_of_interest(const fv_draft *draft, const fv_diagnostic *diagnostic)
{
    const fv_entry *entry = draft->entry;
    bool failed = entry->status == 0 || entry->status >= 300;
    if (entry->message != FV_START_REQUEST && failed)
        return true;
    return rank(fv_symptom_code_find(FV_SYMPTOM_MS_DIAGNOSTICS, diagnostic->id)) > 2;
}

bool fv_judge_sip(fv_draft *draft)
{
    fv_diagnostic diagnostic;
    draft->incident->kind = kind_of(draft->entry);
    bool found = find_best(draft, &diagnostic);
    if (!found && draft->entry->message != FV_START_RESPONSE)
        return false;
    fv_draft_read_call(draft);
    read_peer(draft);
    if (found && is_of_interest(draft, &diagnostic)) {
        fv_judge_diagnostic(draft, &diagnostic);
        return true;
    }
    if (!is_bare_refusal(draft))
        return false;
    judge_bare(draft);
    return true;
}
