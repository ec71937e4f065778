/* Revocation by the CRLs that the caller gave (RFC 5280 6.3). */
#include "trust/crl_scope.h"
#include "trust/crl_signer.h"

/* ---- whether a CRL can be used at all ---- */

/* RFC 5280 5.1, 5.2 and Baseline Requirements 7.2: the duties of an issuer of CRLs. They count in
 * the webpki profile. If a serial number is listed twice, nobody can tell which entry counts. */
static const char *find_profile_fault(const fv_crl *crl)
{
    if (crl->version != 2)
        return "its version is not 2";
    if (crl->next_update.presence != FV_KNOWN)
        return "it has no nextUpdate";
    if (crl->number_presence != FV_KNOWN)
        return "it has no cRLNumber";
    if (crl->number.len == 0 || crl->number.len > 20 || (crl->number.data[0] & 0x80) != 0)
        return "its cRLNumber is negative or has more than 20 octets";
    for (size_t i = 0; i < crl->num_extensions; i++) {
        if (crl->extensions[i].is_critical && (crl->extensions[i].id == FV_EXT_CRL_NUMBER ||
                                               crl->extensions[i].id == FV_EXT_AUTHORITY_KEY_ID))
            return "an extension that must not be critical is critical";
    }
    if (crl->authority_key_id.presence != FV_KNOWN)
        return "it has no authorityKeyIdentifier";
    if (crl->has_equal_serials)
        return "it lists a serial number twice";
    if (crl->has_other_point_names)
        return "its issuingDistributionPoint has a name that is no URI";
    return NULL;
}

/* RFC 5280 5.2, 5.3: a CRL that is not wholly understood is not used for any certificate. */
static const char *find_form_fault(const fv_crl *crl)
{
    const uint32_t harmless = UINT32_C(1) << FV_DEFECT_TIME_TYPE;
    if ((crl->defects.kinds & ~harmless) != 0 || crl->entries_presence == FV_MALFORMED ||
        crl->extensions_presence == FV_MALFORMED)
        return "it is malformed";
    if (crl->has_unknown_critical || crl->has_unknown_critical_entry ||
        crl->distribution_point_presence == FV_MALFORMED)
        return "it has a critical extension that is not understood";
    return NULL;
}

/* RFC 5280 5.1.2.4, 5.1.2.5 */
static const char *find_time_fault(const fv_trust_input *input, const fv_crl *crl)
{
    if (crl->this_update.presence != FV_KNOWN || crl->next_update.presence == FV_MALFORMED)
        return "its dates cannot be read";
    if (input->time < crl->this_update.seconds)
        return "its thisUpdate has not come yet";
    if (crl->next_update.presence == FV_KNOWN && input->time > crl->next_update.seconds)
        return "its nextUpdate has passed";
    return NULL;
}

/* Returns NULL, or why nothing in the CRL can be believed: its form or its signature. */
static const char *find_fault(fv_search *search, fv_given_crl *given, fv_node *issuer)
{
    const char *fault = find_form_fault(&given->crl);
    return fault != NULL ? fault : fv_crl_find_signer_fault(search, given, issuer);
}

/* ---- one CRL beside the others ---- */

static bool has_begun(const fv_search *search, const fv_crl *crl)
{
    return crl->this_update.presence == FV_KNOWN && crl->this_update.seconds <= search->input->time;
}

static bool is_newer(const fv_crl *a, const fv_crl *b)
{
    if (a->this_update.seconds != b->this_update.seconds)
        return a->this_update.seconds > b->this_update.seconds;
    return a->number_presence == FV_KNOWN && b->number_presence == FV_KNOWN &&
           fv_crl_compare_numbers(a->number, b->number) > 0;
}

/* Whether a newer complete CRL of the same scope was given and can be believed. */
static bool is_superseded(fv_search *search, const fv_given_crl *given, fv_node *issuer)
{
    const fedval_crls *crls = search->input->crls;
    for (size_t i = 0; i < crls->num_items; i++) {
        fv_given_crl *other = crls->items[i];
        if (other != given && !other->crl.is_delta && has_begun(search, &other->crl) &&
            is_newer(&other->crl, &given->crl) && fv_crl_is_same_scope(&other->crl, &given->crl) &&
            find_fault(search, other, issuer) == NULL)
            return true;
    }
    return false;
}

/* RFC 5280 5.2.4: "The CRL number of the complete CRL is equal to or greater than the BaseCRLNumber
 * specified in the delta CRL", and less than that of the delta. */
static bool is_delta_of(const fv_crl *delta, const fv_crl *base)
{
    return delta->is_delta && delta->base_number.len > 0 && base->number_presence == FV_KNOWN &&
           delta->number_presence == FV_KNOWN && fv_crl_is_same_scope(delta, base) &&
           fv_crl_compare_numbers(delta->base_number, base->number) <= 0 &&
           fv_crl_compare_numbers(delta->number, base->number) > 0;
}

/* The newest delta that can be applied to the complete CRL; NULL: none. */
static const fv_crl *find_delta(fv_search *search, const fv_crl *base, fv_node *issuer)
{
    const fedval_crls *crls = search->input->crls;
    const fv_crl *best = NULL;
    for (size_t i = 0; i < crls->num_items; i++) {
        const fv_crl *delta = &crls->items[i]->crl;
        if (is_delta_of(delta, base) && has_begun(search, delta) &&
            (best == NULL || is_newer(delta, best)) &&
            find_fault(search, crls->items[i], issuer) == NULL)
            best = delta;
    }
    return best;
}

/* ---- one certificate in one CRL ---- */

static bool is_of(const fv_crl *crl, const fv_crl_entry *entry, const fv_certificate *certificate)
{
    const fv_name *issuer = entry->issuer == NULL ? &crl->issuer : entry->issuer;
    return fv_name_equal(issuer, &certificate->issuer);
}

/* Returns the entry of a certificate; NULL: none. If it has several, one that revokes goes before
 * removeFromCRL, and any other reason goes before certificateHold. */
static const fv_crl_entry *find_entry(const fv_crl *crl, const fv_certificate *certificate)
{
    const fv_crl_entry *found = NULL;
    const fv_crl_entry *entry = fv_crl_find(crl, certificate->serial);
    for (; entry != NULL; entry = fv_crl_find_next(crl, entry)) {
        if (!is_of(crl, entry, certificate))
            continue;
        if (found == NULL || found->reason == FV_CRL_REASON_REMOVE_FROM_CRL ||
            (found->reason == FV_CRL_REASON_HOLD && entry->reason != FV_CRL_REASON_REMOVE_FROM_CRL))
            found = entry;
    }
    return found;
}

static bool revokes(const fv_crl_entry *entry)
{
    return entry != NULL && entry->reason != FV_CRL_REASON_REMOVE_FROM_CRL;
}

/* ---- what becomes known of one certificate ---- */

typedef struct knowledge {
    const fv_certificate *certificate;
    fv_node *issuer;
    const fv_crl_entry *entry; /* the entry that revokes it; NULL: none */
    uint32_t reasons;          /* the reasons for which it is known not to be revoked */
    const char *fault;         /* why the first related CRL could not be used */
    int64_t until;
} knowledge;

static void note_fault(knowledge *k, const char *fault)
{
    if (k->fault == NULL)
        k->fault = fault;
}

static void bound(knowledge *k, const fv_crl *crl)
{
    if (crl != NULL && crl->next_update.presence == FV_KNOWN && crl->next_update.seconds < k->until)
        k->until = crl->next_update.seconds;
}

/* Takes over what `crl` says of the certificate. Even a CRL that is out of date, or carelessly
 * made, proves that a certificate was revoked. */
static void use(fv_search *search, knowledge *k, const fv_crl *crl, uint32_t reasons,
                bool is_strict)
{
    const fv_crl *delta = find_delta(search, crl, k->issuer);
    const fv_crl_entry *entry = find_entry(crl, k->certificate);
    const fv_crl_entry *changed = delta == NULL ? NULL : find_entry(delta, k->certificate);
    const char *fault = find_time_fault(search->input, crl);
    /* A CRL from the future proves only the revocations that have happened by now. */
    if (entry != NULL && !has_begun(search, crl) && entry->revoked_at > search->input->time)
        entry = NULL;
    if (revokes(changed))
        entry = changed;
    else if (changed != NULL && find_time_fault(search->input, delta) == NULL)
        entry = NULL; /* removeFromCRL */
    if (fault == NULL && is_strict)
        fault = find_profile_fault(crl);
    if (revokes(entry)) {
        k->entry = entry;
    } else if (fault != NULL) {
        note_fault(k, fault);
    } else {
        k->reasons |= reasons;
        bound(k, crl);
        bound(k, delta);
    }
}

/* Learns what one CRL says of the certificate at one of its distribution points. */
static void ask(fv_search *search, knowledge *k, fv_given_crl *given, const fv_crl_point *point,
                bool is_strict)
{
    fv_crl_fit fit = fv_crl_fit_of(&search->scratch, &given->crl, k->certificate, point);
    if (fit.no_memory)
        search->status = FEDVAL_ERROR_NO_MEMORY;
    if (!fit.is_related)
        return;
    if (fit.fault == NULL)
        fit.fault = find_fault(search, given, k->issuer);
    if (fit.fault != NULL)
        note_fault(k, fit.fault);
    else if (!is_superseded(search, given, k->issuer))
        use(search, k, &given->crl, fit.reasons, is_strict);
}

static void ask_all(fv_search *search, knowledge *k, const fv_crl_point *point, bool is_strict)
{
    const fedval_crls *crls = search->input->crls;
    for (size_t i = 0; i < crls->num_items && k->entry == NULL; i++) {
        if (!crls->items[i]->crl.is_delta)
            ask(search, k, crls->items[i], point, is_strict);
    }
}

/* Notes that the issuer has a delta CRL here but not its base, if no other fault was noted. */
static void note_lone_delta(const fv_search *search, knowledge *k)
{
    const fedval_crls *crls = search->input->crls;
    for (size_t i = 0; i < crls->num_items; i++) {
        if (crls->items[i]->crl.is_delta &&
            fv_name_equal(&crls->items[i]->crl.issuer, &k->certificate->issuer))
            note_fault(k, "it is a delta CRL, which does not stand alone");
    }
}

/* RFC 5280 6.3.3: each distribution point, then "any available CRLs not specified in a distribution
 * point but issued by the certificate issuer". */
static void learn(fv_search *search, knowledge *k, bool is_strict)
{
    enum { MOST_POINTS = 32 };
    const fv_crl_points *points = &k->certificate->crl_points;
    for (size_t i = 0; i < points->num_points && i < MOST_POINTS && k->entry == NULL; i++)
        ask_all(search, k, &points->items[i], is_strict);
    if (k->entry == NULL && k->reasons != FV_ALL_REASONS)
        ask_all(search, k, NULL, is_strict);
    if (k->entry == NULL && k->reasons == 0)
        note_lone_delta(search, k);
    if (k->entry == NULL && k->reasons != 0 && k->reasons != FV_ALL_REASONS)
        note_fault(k, "it speaks of some reasons only, and no other CRL of the rest");
}

/* ---- findings ---- */

static const char *reason_text(uint8_t reason)
{
    static const char *const texts[] = {
        "unspecified",   "keyCompromise",        "cACompromise",    "affiliationChanged",
        "superseded",    "cessationOfOperation", "certificateHold", NULL,
        "removeFromCRL", "privilegeWithdrawn",   "aACompromise",
    };
    return reason < sizeof(texts) / sizeof(texts[0]) ? texts[reason] : NULL;
}

static void add_revoked(fv_sink *sink, const fv_certificate *certificate, const fv_crl_entry *entry)
{
    fv_buf serial;
    const char *reason = reason_text(entry->reason);
    fv_finding *finding = fv_sink_add(sink, FEDVAL_FINDING_CERT_REVOKED);
    if (finding == NULL)
        return;
    fv_buf_init(&serial);
    fv_buf_append_hex(&serial, entry->serial);
    fv_sink_param_buf(sink, finding, "serial", &serial);
    fv_sink_param_time(sink, finding, "revoked_at", entry->revoked_at);
    fv_sink_param_text(sink, finding, "crl_reason", reason == NULL ? "not given" : reason);
    fv_sink_param_name(sink, finding, "issuer", &certificate->issuer);
}

/* Records that revocation is not known, which does not break the path. `fault` NULL: no CRL of the
 * issuer of the certificate was given. */
static void add_unknown(fv_sink *sink, const fv_certificate *certificate, const char *fault)
{
    size_t faults = sink->num_faults;
    if (fault != NULL || sink->input->policy->require_crl != 0) {
        fv_finding *finding = fv_sink_add(sink, FEDVAL_FINDING_CRL_UNUSABLE);
        fv_sink_param_name(sink, finding, "issuer", &certificate->issuer);
        fv_sink_param_text(sink, finding, "reason",
                           fault != NULL ? fault : "none of its issuer was given");
    } else {
        fv_finding *finding = fv_sink_add(sink, FEDVAL_FINDING_REVOCATION_NOT_CHECKED);
        fv_sink_param_kept(finding, "reason", "no CRL was given that speaks of it");
        if (finding != NULL) {
            finding->severity = FEDVAL_SEVERITY_INDETERMINATE;
            finding->requirement = 5;
        }
    }
    sink->num_faults = faults;
}

static uint8_t judge_certificate(fv_sink *sink, fv_search *search, size_t rung, int64_t *out_until)
{
    knowledge k = {.certificate = search->path[rung]->certificate,
                   .issuer = search->path[rung + 1],
                   .until = *out_until};
    if (search->input->crls != NULL)
        learn(search, &k, fv_sink_is_strict(sink));
    if (k.entry != NULL) {
        add_revoked(sink, k.certificate, k.entry);
        return FEDVAL_REVOCATION_REVOKED;
    }
    if (k.reasons != FV_ALL_REASONS) {
        add_unknown(sink, k.certificate, k.fault);
        return FEDVAL_REVOCATION_NOT_CHECKED;
    }
    *out_until = k.until;
    return FEDVAL_REVOCATION_GOOD;
}

void fv_trust_judge_revocation(fv_sink *sink, fv_search *search, int64_t *out_until)
{
    bool is_wanted = search->input->crls != NULL || search->input->policy->require_crl != 0;
    for (size_t i = 0; i + 1 < search->path_len; i++) {
        search->revocation[i] = FEDVAL_REVOCATION_NOT_CHECKED;
        if (!is_wanted)
            continue;
        sink->rung = i;
        fv_sink_set_certificate(sink, search->path[i]->certificate);
        search->revocation[i] = judge_certificate(sink, search, i, out_until);
    }
    search->revocation[search->path_len - 1] = FEDVAL_REVOCATION_NOT_ASKED;
}
