/* The meaning of an ms-diagnostics value. */
#include "logs/interpret/draft.h"

#include <string.h>

static const char *id_text(fv_draft *draft, const fv_diagnostic *diagnostic)
{
    fv_buf buf;
    if (diagnostic->is_damaged)
        return fv_draft_copy(draft, diagnostic->word);
    fv_buf_init(&buf);
    fv_buf_append_u64(&buf, diagnostic->id);
    if (diagnostic->sub_id != 0) {
        fv_buf_append_char(&buf, '.');
        fv_buf_append_u64(&buf, diagnostic->sub_id);
    }
    return fv_draft_take(draft, &buf);
}

static const char *reason_of(fv_draft *draft, const fv_diagnostic *diagnostic)
{
    fv_span span;
    const fv_params *params = &diagnostic->params;
    if (fv_params_get(draft->sight, params, "reason", &span))
        return fv_draft_copy_spaced(draft, span);
    bool retold = params->num_items == 1 && params->items[0].name.from == params->items[0].name.to;
    return retold ? fv_draft_copy_spaced(draft, params->items[0].value) : NULL;
}

/* "HRESULT 0x80096004(TRUST_E_CERT_SIGNATURE), The signature ...". A number that is printed without
 * its name, often a decimal one, gets it. */
static const char *quote_number(fv_draft *draft, const fv_params *params, fv_span number,
                                const fv_symptom_code *code)
{
    fv_span words;
    fv_buf buf;
    fv_buf_init(&buf);
    fv_buf_append_text(&buf, "HRESULT ");
    if (code != NULL && fv_sight_find(draft->sight, number, code->name) == number.to) {
        uint32_t value = code->number;
        const uint8_t bytes[] = {(uint8_t)(value >> 24), (uint8_t)(value >> 16),
                                 (uint8_t)(value >> 8), (uint8_t)value};
        fv_buf_append_text(&buf, "0x");
        fv_buf_append_hex(&buf, (fv_bytes){bytes, sizeof(bytes)});
        fv_buf_append_char(&buf, ' ');
        fv_buf_append_text(&buf, code->name);
    } else {
        fv_buf_append_text(&buf, fv_draft_copy_spaced(draft, number));
    }
    if (fv_params_get(draft->sight, params, "ErrorType", &words)) {
        fv_buf_append_text(&buf, ", ");
        fv_buf_append_text(&buf, fv_draft_copy_spaced(draft, words));
    }
    return fv_draft_take(draft, &buf);
}

/* The HRESULT decides about the cause, but it is not in our catalogue: pass it on with the words
 * beside it. */
static void pass_number_on(fedval_incident *incident)
{
    incident->detail = "certificate trust with another server could not be established; the "
                       "HRESULT decides, which is not known here";
    incident->finding = 0;
    incident->code = NULL;
    incident->certainty = FEDVAL_CERTAINTY_UNDETERMINED;
}

/* A 1010 says that trust failed, whatever the HRESULT beside it means by itself. */
static void keep_open(fedval_incident *incident, uint32_t finding)
{
    if (incident->finding != FEDVAL_FINDING_NOT_A_FEDERATION_FAULT ||
        finding != FEDVAL_FINDING_CERT_NAME_MISMATCH)
        return;
    incident->finding = FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG;
    incident->certainty = FEDVAL_CERTAINTY_UNDETERMINED;
    incident->basis = NULL;
}

static bool has_same_names(const fedval_incident *incident)
{
    return incident->expected_name != NULL && incident->presented_name != NULL &&
           fv_text_equal_nocase(fv_text_of(incident->expected_name),
                                fv_text_of(incident->presented_name));
}

/* The expected and the presented name agree. The log does not say what it is. */
static void leave_open(fedval_incident *incident, const char *detail)
{
    incident->finding = FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG;
    incident->certainty = FEDVAL_CERTAINTY_UNDETERMINED;
    incident->basis = NULL;
    incident->detail = detail;
}

/* An HRESULT or a text that speaks of the name, beside two names that agree: a new certificate
 * with that name may hold what the old one held. */
static void open_same_names(fedval_incident *incident)
{
    if (incident->finding == FEDVAL_FINDING_CERT_NAME_MISMATCH && has_same_names(incident)) {
        leave_open(incident, "certificate trust with another server could not be established; "
                             "the HRESULT or text beside the code is about the name, but the names "
                             "agree: only the certificate itself shows which name it lacks");
    }
}

/* The HRESULT beside a 1010 or 1047 tells which of several causes it was. */
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
    if (state != FV_NUMBER_READ)
        return false;
    uint32_t finding = draft->incident->finding;
    draft->incident->quoted = quote_number(draft, params, span, code);
    if (code == NULL)
        pass_number_on(draft->incident);
    else
        fv_draft_apply_code(draft, code);
    keep_open(draft->incident, finding);
    open_same_names(draft->incident);
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
    bool is_of_partner = draft->incident->finding != FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG;
    fv_draft_apply_code(draft, code);
    if (is_of_partner)
        draft->incident->detail = join_details(draft, failure, code->meaning);
    return true;
}

/* Without an HRESULT, the text of a 1010 decides, or else its two names. */
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
        open_same_names(incident);
    } else if (fv_params_get(draft->sight, params, "ErrorType", &span) &&
               fv_sight_find(draft->sight, span, "trusted root") < span.to) {
        incident->finding = FEDVAL_FINDING_CHAIN_UNTRUSTED_ROOT;
        incident->certainty = FEDVAL_CERTAINTY_STATED;
        incident->detail = "the chain ends at a root that is not trusted";
    } else if (has_same_names(incident)) {
        leave_open(incident, "certificate trust with another server could not be established; the "
                             "names agree, so it is not the name");
    } else if (incident->expected_name != NULL && incident->presented_name != NULL) {
        incident->certainty = FEDVAL_CERTAINTY_INFERRED;
        incident->basis = "from the names of the target and of the peer, which differ";
    } else {
        incident->certainty = FEDVAL_CERTAINTY_UNDETERMINED;
    }
}

/* "Another server" can be one of the Microsoft side too: without a name beside it the call alone
 * suggests whose. */
static void weaken_unnamed(fedval_incident *incident, const fv_symptom_code *code)
{
    if (code->number != 1010 || incident->certainty != FEDVAL_CERTAINTY_STATED ||
        incident->expected_name != NULL || incident->peer != NULL || incident->num_fqdns > 0)
        return;
    incident->certainty = FEDVAL_CERTAINTY_INFERRED;
    incident->basis = "no name beside it says whose certificate it was; the partner's, if the call "
                      "got as far as that";
}

/* The partner's own server answered, so DNS and certificates worked. */
static void apply_next_hop(fedval_incident *incident)
{
    bool is_of_server = incident->status >= 500 && incident->status < 600;
    if (incident->status < 400 || is_of_server || incident->status == 403 ||
        incident->status == 408)
        return;
    incident->of_far_side = true;
    if (fv_draft_apply_far_side(incident))
        return;
    incident->finding = FEDVAL_FINDING_NOT_A_FEDERATION_FAULT;
    incident->certainty = FEDVAL_CERTAINTY_INFERRED;
    incident->basis = "the partner's own server was reached and answered";
}

static bool is_typed(const fv_draft *draft, const fv_params *params, const char *word)
{
    fv_span type;
    return fv_params_get(draft->sight, params, "peer-type", &type) &&
           fv_sight_find(draft->sight, type, word) < type.to;
}

/* The Edge cannot reach a server of its own side: that is not a federation fault. */
static void apply_peer_type(fv_draft *draft, const fv_symptom_code *code, const fv_params *params)
{
    if ((code->hints & FV_SYMPTOM_ANY_PEER) != 0 && !is_typed(draft, params, "Federated"))
        draft->any_peer = code;
    if (is_typed(draft, params, "Internal")) {
        fv_draft_set_inside(draft->incident,
                            "from its peer-type: a server of the Microsoft side itself");
    }
}

const fv_symptom_code *fv_diagnostic_code(const fv_diagnostic *diagnostic)
{
    return diagnostic->is_damaged ? NULL
                                  : fv_symptom_code_find(FV_SYMPTOM_MS_DIAGNOSTICS, diagnostic->id);
}

static void apply_unknown(fedval_incident *incident, const fv_diagnostic *diagnostic)
{
    uint32_t id = diagnostic->id;
    if (diagnostic->is_damaged) {
        incident->finding = 0;
        incident->certainty = FEDVAL_CERTAINTY_UNDETERMINED;
        incident->detail = "an id that is damaged here: letters are among its digits, as in text "
                           "read from a picture";
        return;
    }
    /* Ids from 1000 to 1999 belong to the SIP stack, so an unknown one may be about federation. */
    bool own_range = id >= 1000 && id < 2000;
    incident->finding = own_range ? 0 : FEDVAL_FINDING_NOT_A_FEDERATION_FAULT;
    incident->certainty = own_range ? FEDVAL_CERTAINTY_UNDETERMINED : FEDVAL_CERTAINTY_INFERRED;
    incident->detail = own_range ? "an id of the SIP stack that is not known here"
                                 : "not a federation DNS or certificate fault known here";
    incident->basis = own_range ? NULL : "from the range of its id, which is another component's";
}

/* An id about a user (1003, 4005) is about the called user and their domain. */
static void apply_user(fv_draft *draft, const fv_symptom_code *code)
{
    fedval_incident *incident = draft->incident;
    if ((code->number != 1003 && code->number != 4005) || incident->to.domain == NULL)
        return;
    incident->domain = incident->to.domain;
}

/* A value whose end is missing may have named a domain or server: those of the call are not taken
 * for it. */
static void read_params(fv_draft *draft, const fv_params *params)
{
    fedval_incident *incident = draft->incident;
    fv_draft_read_params(draft, params);
    bool has_name =
        incident->domain != NULL || incident->expected_name != NULL || incident->num_fqdns > 0;
    draft->is_damaged = draft->is_damaged || (params->is_cut && !has_name);
}

/* A fault of nobody: the value names no domain or server, and of the call either side's can be
 * meant. A command of PowerShell names the domain that it tests. */
static bool is_of_nobody(const fedval_incident *incident)
{
    return fv_incident_is_fault(incident) && incident->domain == NULL &&
           incident->kind != FEDVAL_INCIDENT_KIND_POWERSHELL && incident->expected_name == NULL &&
           incident->num_fqdns == 0 && incident->direction == FEDVAL_CALL_DIRECTION_UNKNOWN &&
           (incident->from.domain != NULL || incident->to.domain != NULL);
}

void fv_judge_diagnostic(fv_draft *draft, const fv_diagnostic *diagnostic)
{
    fedval_incident *incident = draft->incident;
    const fv_symptom_code *code = fv_diagnostic_code(diagnostic);
    incident->reported_code = id_text(draft, diagnostic);
    incident->reported_text = reason_of(draft, diagnostic);
    read_params(draft, &diagnostic->params);
    if (code == NULL) {
        fv_draft_place(draft);
        apply_unknown(incident, diagnostic);
        fv_draft_apply_far_side(incident);
        return;
    }
    fv_draft_apply_code(draft, code);
    fv_draft_place(draft);
    apply_user(draft, code);
    if ((code->hints & FV_SYMPTOM_SEE_HRESULT) != 0 && !apply_hresult(draft, &diagnostic->params) &&
        !fv_draft_apply_winsock(draft, &diagnostic->params))
        apply_names(draft, &diagnostic->params);
    if ((code->hints & FV_SYMPTOM_NEXT_HOP) != 0)
        apply_next_hop(incident);
    weaken_unnamed(incident, code);
    apply_peer_type(draft, code, &diagnostic->params);
    fv_draft_refine_srv(draft);
    fv_draft_refine_address(draft);
    fv_draft_refine_name(draft);
    if (incident->finding == FEDVAL_FINDING_NOT_A_FEDERATION_FAULT)
        fv_draft_apply_far_side(incident);
    if (is_of_nobody(incident))
        incident->certainty = FEDVAL_CERTAINTY_UNDETERMINED;
}
