/* Diagnostic entries of the Edge. */
#include "base/address.h"
#include "logs/interpret/draft.h"
#include "model/dns_name.h"

#include <string.h>

/* Reads "0xc3e93d6fSIPPROXY_E_...": the number, and the name after it. */
static const fv_symptom_code *read_result_code(fv_draft *draft, fv_span span)
{
    uint32_t number;
    fv_text text = fv_sight_text(draft->sight, span);
    size_t shown = text.len < 10 ? text.len : 10;
    draft->incident->reported_code = fv_draft_copy(draft, (fv_span){span.from, span.from + shown});
    if (fv_hresult_read((fv_text){text.data, shown}, &number) == FV_NUMBER_READ) {
        const fv_symptom_code *code = fv_symptom_code_find(FV_SYMPTOM_EDGE_RESULT, number);
        return code != NULL ? code : fv_symptom_code_find(FV_SYMPTOM_HRESULT, number);
    }
    draft->incident->detail = "the Result-Code is damaged";
    return text.len > shown ? fv_symptom_code_find_name(text.data + shown, text.len - shown) : NULL;
}

static const fv_edge_text *find_text(const fv_draft *draft, fv_span text)
{
    for (size_t i = 0; i < fv_num_edge_texts; i++) {
        if (fv_sight_find(draft->sight, text, fv_edge_texts[i].text) < text.to)
            return &fv_edge_texts[i];
    }
    return NULL;
}

static bool is_success(const fv_draft *draft, fv_span code)
{
    fv_text text = fv_sight_text(draft->sight, code);
    /* The top bit of an HRESULT is clear on success. */
    return text.len >= 10 && text.data[0] == '0' && fv_ascii_lower(text.data[1]) == 'x' &&
           text.data[2] >= '0' && text.data[2] < '8';
}

/* Reads the target of the request: "sip:stejanss@skype.labSIP/2.0". */
static void read_target(fv_draft *draft)
{
    fv_span line;
    if (draft->entry->message != FV_START_REQUEST ||
        !fv_entry_get(draft->entry, FV_KEY_START_LINE, 0, &line))
        return;
    size_t end = fv_sight_find(draft->sight, line, "SIP/2.0");
    if (end == line.to) { /* the line was cut, perhaps within the name */
        return;
    }
    line.to = end;
    fv_draft_read_party(draft, fv_sight_text(draft->sight, line), &draft->incident->to);
}

static bool is_address(const char *text)
{
    fv_address address;
    return fv_address_parse(fv_text_of(text), &address);
}

static void read_peer(fv_draft *draft)
{
    fv_span span;
    if (!fv_entry_get(draft->entry, FV_KEY_PEER, 0, &span))
        return;
    const char *peer = fv_draft_read_peer(draft, span, &draft->incident->port);
    if (peer != NULL)
        draft->incident->peer = peer;
}

/* Returns the host name of the peer, which can be written beside its address; NULL: there is none.
 */
static const char *name_of_peer(fv_draft *draft)
{
    fv_span span;
    uint32_t port;
    for (size_t i = 0; fv_entry_get(draft->entry, FV_KEY_PEER, i, &span); i++) {
        const char *peer = fv_draft_read_peer(draft, span, &port);
        if (peer != NULL && !is_address(peer))
            return peer;
    }
    return NULL;
}

/* Whether the Edge calls the entry an error; used for entries without a code. */
static bool is_error(const fv_draft *draft)
{
    fv_span severity;
    return fv_entry_get(draft->entry, FV_KEY_SEVERITY, 0, &severity) &&
           fv_sight_match(draft->sight, severity.from, "error", NULL);
}

static bool judge_code(fv_draft *draft, fv_span code_span, fv_span text)
{
    fedval_incident *incident = draft->incident;
    const fv_symptom_code *code = NULL;
    if (code_span.to > code_span.from)
        code = read_result_code(draft, code_span);
    if (code != NULL) {
        fv_draft_apply_code(draft, code);
        return true;
    }
    const fv_edge_text *known = find_text(draft, text);
    if (known == NULL)
        known = find_text(draft, code_span);
    if (known != NULL) {
        incident->finding = known->finding;
        incident->detail = known->meaning;
        incident->certainty = FEDVAL_CERTAINTY_STATED;
        return true;
    }
    incident->certainty = FEDVAL_CERTAINTY_UNDETERMINED;
    if (incident->detail == NULL) {
        incident->detail = incident->reported_code != NULL ? "a code that is not known here"
                                                           : "an entry that is not known here";
    }
    return incident->reported_code != NULL || is_error(draft);
}

/* Finds any code of the Edge in a diagnostic entry whose field names were lost or translated. */
static bool find_bare_code(const fv_draft *draft, fv_span *out)
{
    fv_span span = draft->entry->span;
    size_t at = fv_sight_find(draft->sight, span, "0xc3e9");
    if (at + 10 > span.to || !fv_draft_has(draft, "(TF_DIAG)"))
        return false;
    *out = (fv_span){at, at + 10};
    return true;
}

/* "incoming" means that the caller's certificate was refused. A caller uses it as a client, so a
 * missing extended key usage is that for clients. */
static void apply_role(fv_draft *draft, fv_span text)
{
    fedval_incident *incident = draft->incident;
    if (fv_sight_find(draft->sight, text, "incoming") == text.to)
        return;
    incident->way = FV_WAY_INBOUND;
    incident->direction = FEDVAL_CALL_DIRECTION_TO_MICROSOFT;
    if (incident->finding != FEDVAL_FINDING_CERT_EKU_NO_SERVER_AUTH)
        return;
    incident->finding = FEDVAL_FINDING_CERT_EKU_NO_CLIENT_AUTH;
    incident->certainty = FEDVAL_CERTAINTY_INFERRED;
    incident->basis = "the peer had called: its calling certificate was refused in the client's "
                      "role; which extended key usage it has or lacks is not known";
}

static bool is_of_call(const fedval_incident *incident)
{
    return incident->call_id != NULL || incident->from.text != NULL || incident->to.text != NULL ||
           incident->domain != NULL || incident->expected_name != NULL;
}

/* The Edge faces the Internet. Federation uses mutual TLS there; a connection with plain TLS, of
 * which neither a call nor the name of the peer is known, can be anybody's. One with a server of a
 * private zone is the Microsoft side's own. */
static void relate_connection(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    if (is_of_call(incident))
        return;
    const char *peer = name_of_peer(draft);
    if (peer == NULL) {
        incident->is_related &= !fv_draft_has(draft, "Transport: TLS");
    } else if (fv_dns_name_is_inner(fv_text_of(peer))) {
        fv_draft_set_inside(incident,
                            "the name of the peer is none of public DNS, so no partner's");
        incident->is_related = false;
    }
}

/* Whether the log ends within the value of a field: then the rest of it is missing. */
static bool ends_within(const fv_draft *draft, fv_key key)
{
    fv_span value;
    return !draft->entry->ends && !draft->sight->ends_line &&
           fv_entry_get(draft->entry, key, 0, &value) && value.to == draft->sight->len;
}

/* Where the log ends within the record, a piece of a Call-ID or CSeq is none. */
static void drop_cut_call(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    if (ends_within(draft, FV_KEY_CALL_ID))
        incident->call_id = NULL;
    if (ends_within(draft, FV_KEY_CSEQ))
        incident->cseq = NULL;
    incident->is_cut_record = draft->entry->start == FV_START_EDGE && !draft->entry->ends &&
                              (incident->call_id == NULL || incident->cseq == NULL);
}

bool fv_judge_edge(fv_draft *draft)
{
    fv_span code = {0, 0}, text = {0, 0}, data;
    fv_span diagnostic;
    bool has_code = fv_entry_get(draft->entry, FV_KEY_RESULT_CODE, 0, &code);
    bool has_text = fv_entry_get(draft->entry, FV_KEY_TEXT, 0, &text);
    has_code = has_code || find_bare_code(draft, &code);
    if (fv_entry_get(draft->entry, FV_KEY_DIAGNOSTICS, 0, &diagnostic) || (!has_code && !has_text))
        return fv_judge_sip(draft);
    if (has_code && is_success(draft, code))
        return false;
    draft->incident->kind = FEDVAL_INCIDENT_KIND_EDGE_RECORD;
    fv_draft_read_call(draft);
    drop_cut_call(draft);
    draft->incident->status = 0;
    read_target(draft);
    read_peer(draft);
    draft->incident->reported_text = fv_draft_copy_spaced(draft, text);
    fv_params params = {.num_items = 0};
    if (fv_entry_get(draft->entry, FV_KEY_DATA, 0, &data)) {
        fv_params_read(draft->sight, data, &params);
        fv_draft_read_params(draft, &params);
    }
    if (!judge_code(draft, code, text))
        return false;
    if (draft->incident->finding == 0)
        fv_draft_apply_winsock(draft, &params);
    fv_draft_place(draft);
    fv_draft_refine_srv(draft);
    fv_draft_refine_name(draft);
    apply_role(draft, text);
    relate_connection(draft);
    return true;
}
