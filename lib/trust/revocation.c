/* Revocation by the CRLs that the caller gave (RFC 5280 6.3). */
#include "trust/crls.h"
#include "trust/search.h"

#include "x509/der.h"

typedef struct fv_crl_check {
    struct fv_crl_check *next;
    const fv_crl *crl;
    const fv_node *issuer;
    uint32_t result;
} fv_crl_check;

static uint32_t verify_crl(fv_search *search, const fv_crl *crl, fv_node *issuer)
{
    for (const fv_crl_check *check = search->crl_checks; check != NULL; check = check->next) {
        if (check->crl == crl && check->issuer == issuer)
            return check->result;
    }
    uint32_t result = FEDVAL_VERIFY_BAD;
    if (crl->signature_presence == FV_KNOWN && crl->algorithm.presence == FV_KNOWN)
        result = fv_search_verify_bytes(search, issuer, &crl->algorithm, crl->tbs, crl->signature);
    fv_crl_check *check = fv_arena_alloc(&search->scratch, sizeof(*check));
    if (check == NULL) {
        search->status = FEDVAL_ERROR_NO_MEMORY;
        return FEDVAL_VERIFY_FAILED;
    }
    *check = (fv_crl_check){search->crl_checks, crl, issuer, result};
    search->crl_checks = check;
    return result;
}

/* ---- whether a CRL can be used at all ---- */

/* RFC 5280 5.1, 5.2 and Baseline Requirements 7.2: what an issuer of CRLs must write. Held against
 * it in the webpki profile. Of two entries of one serial none can tell which one counts. */
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

/* RFC 5280 5.2, 5.3: one that is not understood whole says nothing of any certificate. */
static const char *find_form_fault(const fv_crl *crl)
{
    const uint32_t harmless = UINT32_C(1) << FV_DEFECT_TIME_TYPE;
    if ((crl->defects.kinds & ~harmless) != 0 || crl->entries_presence == FV_MALFORMED ||
        crl->extensions_presence == FV_MALFORMED)
        return "it is malformed";
    if (crl->is_delta)
        return "it is a delta CRL, which does not stand alone";
    if (crl->is_indirect)
        return "it is an indirect CRL";
    if (crl->has_unknown_critical || crl->has_unknown_critical_entry ||
        crl->distribution_point_presence == FV_MALFORMED)
        return "it has a critical extension that is not understood";
    if (crl->has_only_some_reasons)
        return "it lists some reasons only";
    return NULL;
}

/* RFC 5280 5.1.2.4, 5.1.2.5 */
static const char *find_time_fault(const fv_sink *sink, const fv_crl *crl)
{
    int64_t now = sink->input->time;
    if (crl->this_update.presence != FV_KNOWN || crl->next_update.presence == FV_MALFORMED)
        return "its dates cannot be read";
    if (now < crl->this_update.seconds)
        return "its thisUpdate has not come yet";
    if (crl->next_update.presence == FV_KNOWN && now > crl->next_update.seconds)
        return "its nextUpdate has passed";
    return NULL;
}

/* RFC 5280 6.3.3 (f), (g) */
static const char *find_signer_fault(fv_search *search, const fv_crl *crl, fv_node *issuer)
{
    const fv_key_usage *usage = &issuer->certificate->key_usage;
    if (usage->presence == FV_KNOWN && (usage->bits & FV_KEY_USAGE_CRL_SIGN) == 0)
        return "its issuer's keyUsage has no cRLSign";
    if (crl->algorithm.hash == FV_HASH_MD5 || crl->algorithm.hash == FV_HASH_MD2 ||
        crl->algorithm.hash == FV_HASH_SHA1)
        return "its signature algorithm is weak";
    switch (verify_crl(search, crl, issuer)) {
    case FEDVAL_VERIFY_GOOD:
        return NULL;
    case FEDVAL_VERIFY_BAD:
        return "its signature is not the issuer's";
    case FEDVAL_VERIFY_UNSUPPORTED:
        return "its signature algorithm is not supported";
    default:
        return "its signature was not checked";
    }
}

/* ---- whether it speaks of a certificate ---- */

static bool is_one_of(fv_bytes value, const fv_urls *urls)
{
    const fv_text url = {(const char *)value.data, value.len};
    for (size_t i = 0; i < urls->num_items; i++) {
        if (fv_text_equal(urls->items[i], url))
            return true;
    }
    return false;
}

/* RFC 5280 6.3.3 (b)(2)(i): one of the names of the CRL's point is one of the certificate's. Only
 * URIs are compared: distributionPoint [0] { fullName [0] { uniformResourceIdentifier [6] } }. */
static bool is_point_of(const fv_crl *crl, const fv_certificate *certificate)
{
    fv_cursor cursor, inside;
    fv_der part;
    fv_cursor_init(&cursor, crl->distribution_point);
    if (!fv_der_read_tag(&cursor, FV_DER_SEQUENCE, &part))
        return false;
    for (unsigned depth = 0; depth < 2; depth++) {
        fv_cursor_init(&inside, part.value);
        if (!fv_der_read_tag(&inside, FV_DER_CONTEXT_CONSTRUCTED, &part))
            return false;
    }
    fv_cursor_init(&inside, part.value);
    while (fv_der_read(&inside, &part)) {
        if (part.tag == FV_DER_CONTEXT + FV_GN_URI &&
            is_one_of(part.value, &certificate->crl_points.urls))
            return true;
    }
    return false;
}

static bool speaks_of(const fv_crl *crl, const fv_certificate *certificate)
{
    bool is_ca = certificate->basic_constraints.is_ca;
    if (!fv_name_equal(&crl->issuer, &certificate->issuer) || crl->is_attribute_only ||
        (crl->is_user_only && is_ca) || (crl->is_ca_only && !is_ca))
        return false;
    return !crl->has_point_name || is_point_of(crl, certificate);
}

bool fv_search_has_crl(const fv_search *search, const fv_certificate *certificate)
{
    const fedval_crls *crls = search->input->crls;
    for (size_t i = 0; crls != NULL && i < crls->num_items; i++) {
        if (speaks_of(crls->items[i], certificate))
            return true;
    }
    return false;
}

/* ---- one certificate ---- */

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

/* It is for the record alone: it does not break the path. */
static void add_unusable(fv_sink *sink, const fv_certificate *certificate, const char *reason)
{
    size_t faults = sink->num_faults;
    fv_finding *finding = fv_sink_add(sink, FEDVAL_FINDING_CRL_UNUSABLE);
    fv_sink_param_name(sink, finding, "issuer", &certificate->issuer);
    fv_sink_param_text(sink, finding, "reason", reason);
    sink->num_faults = faults;
}

/* A CRL that is out of date, or carelessly made, still proves that a certificate was revoked. */
static const char *use_crl(fv_sink *sink, fv_search *search, const fv_crl *crl, fv_node *issuer,
                           const fv_crl_entry **out_entry, const fv_certificate *certificate)
{
    const char *fault = find_form_fault(crl);
    if (fault == NULL)
        fault = find_signer_fault(search, crl, issuer);
    if (fault != NULL)
        return fault;
    const fv_crl_entry *entry = fv_crl_find(crl, certificate->serial);
    if (entry != NULL && entry->reason != FV_CRL_REASON_REMOVE_FROM_CRL)
        *out_entry = entry;
    fault = find_time_fault(sink, crl);
    if (fault == NULL && fv_sink_is_strict(sink))
        fault = find_profile_fault(crl);
    return fault;
}

static void judge_certificate(fv_sink *sink, fv_search *search, const fv_certificate *certificate,
                              fv_node *issuer, int64_t *out_until)
{
    const fedval_crls *crls = search->input->crls;
    const char *fault = NULL;
    const fv_crl *used = NULL;
    const fv_crl_entry *entry = NULL;
    for (size_t i = 0; i < crls->num_items && entry == NULL; i++) {
        if (!speaks_of(crls->items[i], certificate))
            continue;
        const char *own = use_crl(sink, search, crls->items[i], issuer, &entry, certificate);
        if (own == NULL)
            used = crls->items[i];
        else if (fault == NULL)
            fault = own;
    }
    if (entry != NULL)
        add_revoked(sink, certificate, entry);
    else if (used == NULL && fault != NULL)
        add_unusable(sink, certificate, fault);
    else if (used == NULL && search->input->policy->require_crl != 0)
        add_unusable(sink, certificate, "none of its issuer was given");
    if (used != NULL && used->next_update.presence == FV_KNOWN &&
        used->next_update.seconds < *out_until)
        *out_until = used->next_update.seconds;
}

void fv_trust_judge_revocation(fv_sink *sink, fv_search *search, int64_t *out_until)
{
    if (search->input->crls == NULL)
        return;
    for (size_t i = 0; i + 1 < search->path_len; i++) {
        const fv_certificate *certificate = search->path[i]->certificate;
        sink->rung = i;
        fv_sink_set_certificate(sink, certificate);
        judge_certificate(sink, search, certificate, search->path[i + 1], out_until);
    }
}
