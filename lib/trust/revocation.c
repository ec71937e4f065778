/* Revocation by the CRLs that the caller gave (RFC 5280 6.3). */
#include "trust/crl_choice.h"
#include "trust/crl_fits.h"
#include "trust/rules.h"

/* ---- whether profile and time let a CRL be used (its form and signer: crl_choice.c) ---- */

/* RFC 5280 5.1.2.4, 5.1.2.5: "Conforming CRL issuers MUST include the nextUpdate field in all
 * CRLs." Without it, a list of ten years ago would count for ever. */
static const char *find_time_fault(const fv_trust_input *input, const fv_crl *crl)
{
    if (crl->this_update.presence != FV_KNOWN || crl->next_update.presence == FV_MALFORMED)
        return "its dates cannot be read";
    if (input->time < crl->this_update.seconds)
        return "its thisUpdate has not come yet";
    if (crl->next_update.presence != FV_KNOWN)
        return "it has no nextUpdate (RFC 5280 5.1.2.5): it may be out of date";
    if (input->time > crl->next_update.seconds)
        return "its nextUpdate has passed";
    return NULL;
}

/* ---- one certificate in one CRL ---- */

static bool is_of(const fv_crl *crl, const fv_crl_entry *entry, const fv_certificate *certificate)
{
    return entry->issuers == NULL ? fv_name_equal(&crl->issuer, &certificate->issuer)
                                  : fv_crl_names_hold(entry->issuers, &certificate->issuer);
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

/* A CRL from the future proves only the revocations that have happened by now. */
static bool has_happened(const fv_search *search, const fv_crl *crl, const fv_crl_entry *entry)
{
    return fv_crl_has_begun(search, crl) || entry->revoked_at <= search->input->time;
}

/* ---- what becomes known of one certificate ---- */

typedef struct knowledge {
    fv_node *node;
    const fv_certificate *certificate; /* that of `node` */
    fv_node *issuer;
    const fv_crl_entry *entry; /* the entry that revokes it; NULL: none */
    uint32_t reasons;          /* the reasons for which it is known not to be revoked */
    const char *fault;         /* why the first related CRL could not be used */
    bool is_listed;            /* and that CRL lists the certificate */
    bool has_odd_dates;        /* a CRL that was used has a GeneralizedTime before 2050 */
    int64_t until;
} knowledge;

static void note_fault(knowledge *k, const char *fault)
{
    if (k->fault == NULL)
        k->fault = fault;
}

/* Takes over what belongs to a CRL that was used: its end, and a slip in its dates. */
static void take_dates(knowledge *k, const fv_crl *crl)
{
    k->has_odd_dates |= fv_defects_has(&crl->defects, FV_DEFECT_TIME_TYPE);
    if (crl->next_update.presence == FV_KNOWN && crl->next_update.seconds < k->until)
        k->until = crl->next_update.seconds;
}

/* Returns why `crl`, with `delta` applied over it, does not say that a certificate is good; NULL:
 * no reason. */
static const char *find_fault(fv_search *search, const fv_crl *crl, const fv_crl *delta,
                              fv_node *issuer, bool is_strict)
{
    const char *fault = find_time_fault(search->input, crl);
    if (fault == NULL && (crl->has_stray_issuer || (delta != NULL && delta->has_stray_issuer)))
        fault = "an entry names its certificate's issuer, but it is not an indirect CRL";
    if (fault == NULL && delta != NULL && find_time_fault(search->input, delta) != NULL)
        fault = "the delta CRL over it is out of date";
    if (fault == NULL)
        fault = fv_crl_find_delta_fault(search, crl, delta, issuer);
    if (fault == NULL)
        fault = fv_crl_find_demand(search, crl, is_strict);
    return fault == NULL && delta != NULL && !is_strict ? fv_crl_find_demand(search, delta, false)
                                                        : fault;
}

/* Takes over what `crl` says of the certificate. Even a CRL that is out of date, or carelessly
 * made, proves that a certificate was revoked. */
static void use(fv_search *search, knowledge *k, const fv_crl *crl, uint32_t reasons,
                bool is_strict)
{
    const fv_crl *delta = fv_crl_find_delta(search, crl, k->issuer);
    const fv_crl_entry *entry = find_entry(crl, k->certificate);
    const fv_crl_entry *changed = delta == NULL ? NULL : find_entry(delta, k->certificate);
    const char *fault = find_fault(search, crl, delta, k->issuer, is_strict);
    bool is_delta_current = delta != NULL && find_time_fault(search->input, delta) == NULL;
    if (entry != NULL && !has_happened(search, crl, entry))
        entry = NULL;
    if (revokes(changed))
        entry = changed;
    else if (changed != NULL && is_delta_current)
        entry = NULL; /* removeFromCRL */
    else if (fault == NULL && entry != NULL && !revokes(entry))
        fault = "it lists the certificate with removeFromCRL, which only a delta CRL may do";
    if (fault == NULL && reasons == 0)
        fault = "it covers none of the reasons for which the certificate may be revoked";
    if (revokes(entry)) {
        k->entry = entry;
    } else if (fault != NULL) {
        note_fault(k, fault);
    } else {
        k->reasons |= reasons;
        take_dates(k, crl);
        if (is_delta_current)
            take_dates(k, delta);
    }
}

/* Notes what one CRL says about the certificate, for one of its distribution points. */
static void ask(fv_search *search, knowledge *k, fv_given_crl *given, size_t point, bool is_strict)
{
    fv_crl_fit fit = fv_crl_fit_at(search, k->node, given, point);
    if (!fit.is_related)
        return;
    if (fit.fault == NULL)
        fit.fault = fv_crl_find_fault(search, given, k->issuer);
    const fv_crl_entry *entry = find_entry(&given->crl, k->certificate);
    bool is_for_good = revokes(entry) && entry->reason != FV_CRL_REASON_HOLD;
    if (fit.fault != NULL)
        note_fault(k, fit.fault);
    else if (!fv_crl_is_superseded(search, given, k->issuer, is_for_good))
        use(search, k, &given->crl, fit.reasons, is_strict);
}

static void ask_all(fv_search *search, knowledge *k, size_t point, bool is_strict)
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

/* Whether a CRL says that the certificate is revoked, or cannot be read so far. */
static bool may_revoke(const fv_search *search, const fv_crl *crl, const knowledge *k)
{
    const fv_crl_entry *entry = find_entry(crl, k->certificate);
    if (entry == NULL)
        return crl->entries_presence == FV_MALFORMED;
    return revokes(entry) && has_happened(search, crl, entry);
}

/* Returns how the CRL covers the certificate, at whichever of its distribution points. */
static fv_crl_fit find_best_fit(fv_search *search, fv_node *node, const fv_given_crl *given)
{
    size_t num_points = fv_crl_num_points(node->certificate);
    fv_crl_fit fit = fv_crl_fit_at(search, node, given, num_points);
    for (size_t i = 0; i < num_points && fit.fault != NULL; i++) {
        fv_crl_fit other = fv_crl_fit_at(search, node, given, i);
        if (other.is_related && other.fault == NULL)
            fit = other;
    }
    return fit;
}

/* A CRL lists the certificate and cannot be used: a delta without its base, or a list whose
 * signature is wrong or whose scope is another. RFC 5280 6.3.3 leaves it out, "(h) ... validate the
 * signature on the delta CRL", and what is left says that the certificate is good. But the caller
 * gave the list as one of this CA, and it may be the damaged copy of a true one; so revocation is
 * not known until the list is fetched again, or a newer one that can be used makes it needless. */
static void ask_unused(fv_search *search, knowledge *k, fv_given_crl *given)
{
    const fv_crl *crl = &given->crl;
    fv_crl_fit fit = find_best_fit(search, k->node, given);
    if (!fit.is_related || !may_revoke(search, crl, k) ||
        fv_crl_is_overtaken(search, given, k->issuer))
        return;
    const char *fault = fv_crl_find_fault(search, given, k->issuer);
    if (fault == NULL)
        fault = fit.fault;
    if (fault == NULL && crl->is_delta)
        fault = "it is a delta CRL without its base";
    if (fault == NULL)
        return;
    k->fault = fault;
    k->is_listed = find_entry(crl, k->certificate) != NULL;
    k->reasons = 0;
}

static void ask_all_unused(fv_search *search, knowledge *k)
{
    const fedval_crls *crls = search->input->crls;
    for (size_t i = 0; i < crls->num_items; i++)
        ask_unused(search, k, crls->items[i]);
}

/* RFC 5280 6.3.3: each distribution point, then "any available CRLs not specified in a distribution
 * point but issued by the certificate issuer". */
static void learn(fv_search *search, knowledge *k, bool is_strict)
{
    size_t num_points = fv_crl_num_points(k->certificate);
    for (size_t i = 0; i < num_points && k->entry == NULL; i++)
        ask_all(search, k, i, is_strict);
    if (k->entry == NULL && k->reasons != FV_ALL_REASONS)
        ask_all(search, k, num_points, is_strict);
    if (k->entry == NULL)
        ask_all_unused(search, k);
    if (k->entry == NULL && k->reasons == 0)
        note_lone_delta(search, k);
    if (k->entry == NULL && k->reasons != 0 && k->reasons != FV_ALL_REASONS)
        note_fault(k, "it speaks of some reasons only, and no other CRL of the rest");
}

/* ---- remarks ---- */

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
    fv_remark *remark = fv_sink_add(sink, FEDVAL_FINDING_CERT_REVOKED);
    if (remark == NULL)
        return;
    fv_buf_init(&serial);
    fv_buf_append_hex(&serial, entry->serial);
    fv_sink_param_buf(sink, remark, "serial", &serial);
    fv_sink_param_time(sink, remark, "revoked_at", entry->revoked_at);
    fv_sink_param_text(sink, remark, "crl_reason", reason == NULL ? "no reason given" : reason);
    fv_sink_param_name(sink, remark, "issuer", &certificate->issuer);
}

/* Records that revocation is not known, which does not break the path. `fault` NULL: no CRL of the
 * issuer of the certificate was given. */
static void add_unknown(fv_sink *sink, const fv_certificate *certificate, const char *fault,
                        bool is_listed)
{
    size_t faults = sink->num_faults;
    if (fault != NULL || sink->input->policy->require_crl != 0) {
        fv_buf reason;
        fv_remark *remark = fv_sink_add(sink, FEDVAL_FINDING_CRL_UNUSABLE);
        fv_sink_param_name(sink, remark, "issuer", &certificate->issuer);
        if (remark == NULL) { /* a quiet sink, or one remark more of many */
            sink->num_faults = faults;
            return;
        }
        fv_buf_init(&reason);
        fv_buf_append_text(&reason, fault != NULL ? fault : "none of its issuer was given");
        fv_buf_append_text(&reason, is_listed ? "; it lists this certificate as revoked" : "");
        fv_sink_param_buf(sink, remark, "reason", &reason);
    } else {
        fv_remark *remark = fv_sink_add(sink, FEDVAL_FINDING_REVOCATION_NOT_CHECKED);
        fv_sink_param_kept(remark, "reason", "no CRL was given that speaks of it");
        if (remark != NULL) {
            remark->severity = FEDVAL_SEVERITY_INDETERMINATE;
            remark->requirement = 5;
        }
    }
    sink->num_faults = faults;
}

/* RFC 5280 5.1.2.4: thisUpdate "MUST be encoded as UTCTime for dates through the year 2049";
 * 5.1.2.5 and 5.1.2.6 say the same of the other dates. */
static void note_odd_dates(fv_sink *sink, const fv_certificate *certificate)
{
    size_t faults = sink->num_faults;
    fv_remark *remark = fv_sink_add(sink, FEDVAL_FINDING_CRL_DATE_TYPE);
    fv_sink_param_name(sink, remark, "issuer", &certificate->issuer);
    sink->num_faults = faults;
}

/* RFC 5280 6.3 works out the status of a certificate for one path. Where that is "UNDETERMINED" on
 * this one, while a CRL that was validated on another sound path lists the certificate, it was
 * revoked all the same: the certificate and its issuer's name are the same on both. */
static void look_at_other_paths(knowledge *k)
{
    if (k->entry == NULL && k->reasons != FV_ALL_REASONS)
        k->entry = k->node->revoked_by;
}

static uint8_t judge_certificate(fv_sink *sink, fv_search *search, size_t rung, int64_t *out_until)
{
    knowledge k = {.node = search->path[rung],
                   .certificate = search->path[rung]->certificate,
                   .issuer = search->path[rung + 1],
                   .until = *out_until};
    if (search->input->crls != NULL)
        learn(search, &k, fv_sink_is_strict(sink));
    look_at_other_paths(&k);
    search->revoked_by[rung] = k.entry;
    if (k.entry != NULL) {
        add_revoked(sink, k.certificate, k.entry);
        return FEDVAL_REVOCATION_REVOKED;
    }
    if (k.reasons != FV_ALL_REASONS) {
        add_unknown(sink, k.certificate, k.fault, k.is_listed);
        return FEDVAL_REVOCATION_NOT_CHECKED;
    }
    if (k.has_odd_dates)
        note_odd_dates(sink, k.certificate);
    *out_until = k.until;
    return FEDVAL_REVOCATION_GOOD;
}

/* Remembers the certificate that was revoked on a path whose other rules hold. What a revoked CA
 * says of those below it proves nothing, so the uppermost one alone counts. */
static void remember_revoked(fv_search *search)
{
    for (size_t i = search->path_len - 1; i-- > 0;) {
        if (search->revoked_by[i] != NULL) {
            search->path[i]->revoked_by = search->revoked_by[i];
            return;
        }
    }
}

void fv_trust_judge_revocation(fv_sink *sink, fv_search *search, int64_t *out_until)
{
    bool is_wanted = search->input->crls != NULL || search->input->policy->require_crl != 0;
    for (size_t i = 0; i + 1 < search->path_len; i++) {
        search->revocation[i] = FEDVAL_REVOCATION_NOT_CHECKED;
        search->revoked_by[i] = NULL;
        if (!is_wanted)
            continue;
        sink->at.rung = i;
        fv_sink_set_certificate(sink, search->path[i]->certificate);
        search->revocation[i] = judge_certificate(sink, search, i, out_until);
    }
    search->revocation[search->path_len - 1] = FEDVAL_REVOCATION_NOT_ASKED;
    if (!search->is_diagnosis)
        remember_revoked(search);
}
