#include "trust/crl_signer.h"

#include "trust/rules.h"

fv_crl_check *fv_crl_check_of(fv_search *search, const fv_given_crl *given, const fv_node *issuer)
{
    fv_crl_check *check = NULL;
    if (search->crl_checks == NULL) {
        search->crl_checks = fv_arena_alloc_array(&search->scratch, search->input->crls->num_items,
                                                  sizeof(fv_crl_check *));
    }
    fv_crl_check **first = search->crl_checks == NULL ? NULL : &search->crl_checks[given->index];
    for (check = first == NULL ? NULL : *first; check != NULL; check = check->next) {
        if (check->issuer == issuer)
            return check;
    }
    check = first == NULL ? NULL : fv_arena_alloc(&search->scratch, sizeof(*check));
    if (check == NULL) {
        search->status = FEDVAL_ERROR_NO_MEMORY;
        return NULL;
    }
    check->next = *first;
    check->issuer = issuer;
    *first = check;
    return check;
}

static uint32_t verify_bytes(fv_search *search, fv_given_crl *given, fv_node *issuer)
{
    const fedval_verifier *verifier = search->input->verifier;
    const fv_crl *crl = &given->crl;
    fv_bytes spki = issuer->certificate->key.spki;
    if (crl->signature_presence != FV_KNOWN || crl->algorithm.presence != FV_KNOWN)
        return FEDVAL_VERIFY_BAD;
    if (verifier != NULL && fv_given_crl_is_proven(given, verifier, spki))
        return FEDVAL_VERIFY_GOOD;
    uint32_t result =
        fv_search_verify_bytes(search, issuer, &crl->algorithm, crl->tbs, crl->signature);
    if (result == FEDVAL_VERIFY_GOOD)
        fv_given_crl_prove(given, verifier, spki);
    return result;
}

static uint32_t verify(fv_search *search, fv_given_crl *given, fv_node *issuer)
{
    fv_crl_check *check = fv_crl_check_of(search, given, issuer);
    if (check == NULL)
        return FEDVAL_VERIFY_FAILED;
    if (!check->is_verified)
        check->result = verify_bytes(search, given, issuer);
    check->is_verified = true;
    return check->result;
}

static const char *find_fault_of(fv_search *search, fv_given_crl *given, fv_node *issuer)
{
    const fv_key_usage *usage = &issuer->certificate->key_usage;
    const fv_crl *crl = &given->crl;
    if (usage->presence == FV_KNOWN && (usage->bits & FV_KEY_USAGE_CRL_SIGN) == 0)
        return "its issuer's keyUsage has no cRLSign";
    if (crl->algorithm.hash == FV_HASH_MD5 || crl->algorithm.hash == FV_HASH_MD2 ||
        crl->algorithm.hash == FV_HASH_SHA1)
        return "its signature algorithm is weak";
    switch (verify(search, given, issuer)) {
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

/* ---- another CA, or another key of the same one ---- */

static const char *find_window_fault(const fv_search *search, const fv_certificate *certificate)
{
    int64_t now = search->input->time;
    if (certificate->not_before.presence != FV_KNOWN || certificate->not_after.presence != FV_KNOWN)
        return "the dates of the CA certificate that signed it cannot be read";
    if (now < certificate->not_before.seconds)
        return "the CA certificate that signed it is not valid yet";
    return now > certificate->not_after.seconds ? "the CA certificate that signed it has expired"
                                                : NULL;
}

/* Whether the form of a CA certificate that signs nothing but a CRL here is sound. */
static bool is_sound(fv_search *search, const fv_node *signer)
{
    fv_sink quiet = {.input = search->input, .at.rung = 1};
    fv_trust_judge_encoding(&quiet, signer->certificate, signer->ends_path);
    fv_trust_judge_critical_extensions(&quiet, signer->certificate);
    fv_trust_judge_key(&quiet, signer->certificate);
    if (!signer->ends_path)
        fv_trust_judge_signature_algorithm(&quiet, signer->certificate);
    return quiet.num_faults == 0;
}

/* RFC 5280 6.3.3 (f): "The trust anchor for the certification path MUST be the same as the trust
 * anchor used to validate the target certificate." Two roots of one name are two anchors. */
static const char *find_anchor_fault(const fv_search *search, const fv_node *signer)
{
    const fv_node *root = search->path[search->path_len - 1];
    return fv_bytes_equal(signer->certificate->key.spki, root->certificate->key.spki)
               ? NULL
               : "another root of the same name signed it, and the path does not end at that root";
}

static const char *judge_signer(fv_search *search, fv_node *signer)
{
    const char *fault = find_window_fault(search, signer->certificate);
    if (fault != NULL)
        return fault;
    if (!is_sound(search, signer))
        return "the CA certificate that signed it has a fault of its own";
    return signer->ends_path ? find_anchor_fault(search, signer)
                             : search->find_path_fault(search, signer);
}

/* Returns why a signer cannot be trusted; NULL: it can. It needs a path of its own, unless it is an
 * anchor. This is judged once for the paths that end at one root. */
static const char *find_trust_fault(fv_search *search, fv_node *signer)
{
    const fv_node *root = search->path[search->path_len - 1];
    if (signer->judged_under != root)
        signer->signer_fault = judge_signer(search, signer);
    signer->judged_under = root;
    return signer->signer_fault;
}

/* Whether `other` may have signed the CRL: it has the name of the CRL issuer, its key is not that
 * of `tried`, and its key identifier does not disagree. */
static bool is_candidate(const fv_crl *crl, const fv_certificate *other, const fv_node *tried)
{
    const fv_key_id *wanted = &crl->authority_key_id, *own = &other->subject_key_id;
    bool is_other_key =
        wanted->has_key_id && own->has_key_id && !fv_bytes_equal(wanted->key_id, own->key_id);
    return !is_other_key && fv_name_equal(&other->subject, &crl->issuer) &&
           !fv_bytes_equal(other->key.spki, tried->certificate->key.spki);
}

/* True: this CA signed the CRL, and it can be trusted. If it signed but its signature does not
 * count, `*reason` is set. */
static bool did_sign(fv_search *search, fv_given_crl *given, fv_node *signer, const char **reason)
{
    const char *fault = find_fault_of(search, given, signer);
    if (fault != NULL && verify(search, given, signer) != FEDVAL_VERIFY_GOOD)
        return false;
    if (fault == NULL)
        fault = find_trust_fault(search, signer);
    if (fault != NULL)
        *reason = fault;
    signer->is_crl_signer |= fault == NULL;
    return fault == NULL;
}

enum { MOST_SIGNERS = 8 };

static bool did_any_sent_sign(fv_search *search, fv_given_crl *given, const fv_node *tried,
                              const char **reason)
{
    size_t num = 0;
    for (size_t i = 0; i < search->num_sent && num < MOST_SIGNERS; i++) {
        fv_node *node = &search->sent[i];
        if (!is_candidate(&given->crl, node->certificate, tried))
            continue;
        num++;
        if (did_sign(search, given, node, reason))
            return true;
    }
    return false;
}

static bool did_any_anchor_sign(fv_search *search, fv_given_crl *given, const fv_node *tried,
                                const char **reason)
{
    enum { MOST_SEEN = 64 };
    size_t num = 0, num_seen = 0, position = 0;
    fv_anchor *anchor;
    while (search->input->anchors != NULL && num < MOST_SIGNERS && num_seen++ < MOST_SEEN &&
           (anchor = fv_anchors_next_subject(search->input->anchors, &given->crl.issuer,
                                             &position)) != NULL) {
        if (!is_candidate(&given->crl, &anchor->certificate, tried))
            continue;
        num++;
        fv_node *node = fv_search_anchor_node(search, anchor);
        if (node != NULL && did_sign(search, given, node, reason))
            return true;
    }
    return false;
}

const char *fv_crl_find_signer_fault(fv_search *search, fv_given_crl *given, fv_node *issuer)
{
    bool is_own = fv_name_equal(&given->crl.issuer, &issuer->certificate->subject);
    const char *reason = is_own ? find_fault_of(search, given, issuer)
                                : "no certificate of the CA that issues it was sent or given";
    if (reason == NULL)
        return NULL;
    if (did_any_anchor_sign(search, given, issuer, &reason) ||
        did_any_sent_sign(search, given, issuer, &reason))
        return NULL;
    return reason;
}
