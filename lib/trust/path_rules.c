#include "trust/names.h"
#include "trust/policies.h"
#include "trust/search.h"

/* RFC 5280 4.2.1.9: pathLenConstraint is "the maximum number of non-self-issued intermediate
 * certificates that may follow this certificate in a valid certification path". The end-entity
 * certificate is not one of them. */
static size_t count_below(const fv_search *search, size_t rung)
{
    size_t count = 0;
    for (size_t i = 1; i < rung; i++)
        count += !search->path[i]->is_self_issued;
    return count;
}

static void judge_path_length(fv_sink *sink, const fv_search *search, size_t rung)
{
    const fv_basic_constraints *own = &search->path[rung]->certificate->basic_constraints;
    size_t below = count_below(search, rung);
    if (!own->has_path_length || below <= own->path_length)
        return;
    fv_remark *remark = fv_sink_add(sink, FEDVAL_FINDING_CHAIN_PATH_TOO_LONG);
    fv_sink_param_number(sink, remark, "max", own->path_length);
    fv_sink_param_number(sink, remark, "length", (int64_t)below);
}

/* Each remark is at the rung of the certificate whose name is not permitted, not at `rung`. */
static void judge_name_constraints(fv_sink *sink, const fv_search *search, size_t rung)
{
    const fv_certificate *issuer = search->path[rung]->certificate;
    fv_sink_spot own = sink->at;
    if (issuer->name_constraints.presence != FV_KNOWN)
        return;
    for (size_t i = 0; i < rung; i++) {
        /* 4.2.1.10: "Name constraints are not applied to self-issued certificates (unless the
         * certificate is the final certificate in the path)." */
        if (i > 0 && search->path[i]->is_self_issued)
            continue;
        sink->at.rung = i;
        fv_sink_set_certificate(sink, search->path[i]->certificate);
        fv_trust_judge_names(sink, issuer, search->path[i]->certificate, i == 0);
    }
    sink->at = own;
}

/* Baseline Requirements 7.1.2.11.1: an authorityKeyIdentifier is the same as the
 * subjectKeyIdentifier of the issuer. */
static void judge_key_id(fv_sink *sink, const fv_search *search, size_t rung)
{
    const fv_key_id *wanted = &search->path[rung - 1]->certificate->authority_key_id;
    const fv_key_id *there = &search->path[rung]->certificate->subject_key_id;
    if (!fv_sink_is_strict(sink) || !wanted->has_key_id || !there->has_key_id)
        return;
    if (!fv_bytes_equal(wanted->key_id, there->key_id)) {
        fv_sink_add_reason(sink, FEDVAL_FINDING_CERT_MALFORMED,
                           "its subjectKeyIdentifier is not the authorityKeyIdentifier of what "
                           "it issued");
    }
}

/* ---- what points at the issuer ---- */

/* RFC 5280 4.2.1.1: "used to identify the public key corresponding to the private key used to sign
 * a certificate". It is only a hint here, but OpenSSL refuses an issuer that disagrees with it
 * (X509_check_akid). */
const char *fv_trust_find_pointer_fault(const fv_certificate *child, const fv_certificate *issuer)
{
    const fv_key_id *pointer = &child->authority_key_id, *own = &issuer->subject_key_id;
    if (pointer->presence != FV_KNOWN)
        return NULL;
    if (pointer->has_key_id && own->has_key_id && !fv_bytes_equal(pointer->key_id, own->key_id)) {
        return "its authorityKeyIdentifier is not the subjectKeyIdentifier of the issuer that "
               "signed it";
    }
    if (pointer->has_serial && !fv_bytes_equal(pointer->serial, issuer->serial)) {
        return "its authorityKeyIdentifier names another serial number than that of the issuer "
               "that signed it";
    }
    const fv_name *named = fv_general_names_first_directory(&pointer->issuers);
    if (named != NULL && !fv_name_equal(named, &issuer->issuer)) {
        return "its authorityKeyIdentifier names another issuer of the certificate of the CA that "
               "signed it";
    }
    return NULL;
}

/* Whether `other` could be taken for the issuer of `child` although it has another key. */
static bool is_rival(const fv_certificate *child, const fv_certificate *issuer,
                     const fv_certificate *other)
{
    return fv_name_equal(&other->subject, &child->issuer) &&
           !fv_bytes_equal(other->key.spki, issuer->key.spki) &&
           fv_trust_find_pointer_fault(child, other) == NULL;
}

static bool has_rival_anchor(const fv_search *search, const fv_certificate *child,
                             const fv_certificate *issuer)
{
    enum { MOST = 64 };
    const fv_anchor *anchor;
    size_t position = 0;
    for (size_t i = 0; i < MOST; i++) {
        anchor = fv_anchors_next_subject(search->input->anchors, &child->issuer, &position);
        if (anchor == NULL || is_rival(child, issuer, &anchor->certificate))
            return anchor != NULL;
    }
    return false;
}

static bool has_rival_before(const fv_search *search, const fv_certificate *child,
                             const fv_node *issuer)
{
    for (size_t i = 1; i < search->num_sent && search->sent[i].sent_index < issuer->sent_index;
         i++) {
        if (is_rival(child, issuer->certificate, search->sent[i].certificate))
            return true;
    }
    return false;
}

void fv_trust_judge_root_pointer(fv_sink *sink, const fv_certificate *root)
{
    bool is_openssl = sink->input->policy->profile == FEDVAL_PROFILE_EXPRESSWAY;
    if (!is_openssl || !fv_name_equal(&root->subject, &root->issuer) ||
        fv_trust_find_pointer_fault(root, root) == NULL)
        return;
    fv_remark *remark = fv_sink_add(sink, FEDVAL_FINDING_CHAIN_KEY_ID_MISMATCH);
    fv_sink_param_kept(remark, "reason",
                       "the authorityKeyIdentifier of this root does not name itself, so OpenSSL "
                       "looks for another issuer");
    fv_sink_param_name(sink, remark, "issuer", &root->issuer);
}

bool fv_trust_judge_pointer(fv_sink *sink, const fv_search *search, size_t child)
{
    const fv_certificate *certificate = search->path[child]->certificate;
    const fv_node *issuer = search->path[child + 1];
    const char *reason = fv_trust_find_pointer_fault(certificate, issuer->certificate);
    if (reason == NULL &&
        (issuer->anchor != NULL ? has_rival_anchor(search, certificate, issuer->certificate)
                                : has_rival_before(search, certificate, issuer))) {
        reason = "there is another certificate of its issuer's name, with another key, and nothing "
                 "says which of the two signed it";
    }
    if (reason == NULL)
        return false;
    fv_remark *remark = fv_sink_add(sink, FEDVAL_FINDING_CHAIN_KEY_ID_MISMATCH);
    fv_sink_param_kept(remark, "reason", reason);
    fv_sink_param_name(sink, remark, "issuer", &certificate->issuer);
    return true;
}

/* ---- IP addresses and AS numbers (RFC 3779) ---- */

/* Returns why OpenSSL refuses the resources of the end-entity certificate below the certificate at
 * `rung`; NULL: it does not, or that is not known. It looks at those above for the sake of the
 * first alone (X509v3_addr_validate_path). */
static const char *find_resource_fault(const fv_search *search, size_t rung, bool is_of_ip)
{
    const fv_certificate *leaf = search->path[0]->certificate;
    const fv_certificate *above = search->path[rung]->certificate;
    const fv_resources *own = is_of_ip ? &leaf->ip_resources : &leaf->as_resources;
    const fv_resources *issuers = is_of_ip ? &above->ip_resources : &above->as_resources;
    if (own->presence != FV_KNOWN)
        return NULL;
    if (own->has_own && issuers->presence == FV_ABSENT) {
        return is_of_ip ? "its IP addresses (RFC 3779) are not among those of its issuer, which "
                          "has none"
                        : "its AS numbers (RFC 3779) are not among those of its issuer, which has "
                          "none";
    }
    if (issuers->fault != NULL)
        return "the IP addresses or AS numbers (RFC 3779) of its issuer are not in canonical form";
    if (search->path[rung]->ends_path && issuers->inherits)
        return "its root inherits IP addresses or AS numbers (RFC 3779), and has no issuer";
    return NULL;
}

/* Whether both have some of their own, and not the same: whether the ones hold the others is not
 * worked out, because no certificate for SIP has any. */
static bool have_others(const fv_resources *own, const fv_resources *issuers)
{
    return own->has_own && issuers->has_own && !fv_bytes_equal(own->value, issuers->value);
}

/* Adds a remark at the end-entity certificate. */
static void add_of_leaf(fv_sink *sink, const fv_search *search, uint32_t severity,
                        const char *reason, const char *consequence)
{
    fv_sink_spot own = sink->at;
    sink->at.rung = 0;
    fv_sink_set_certificate(sink, search->path[0]->certificate);
    fv_remark *remark = fv_sink_add(sink, FEDVAL_FINDING_CERT_UNDECODABLE_BY_PEERS);
    if (remark != NULL)
        remark->severity = severity;
    fv_sink_param_kept(remark, "reason", reason);
    fv_sink_param_kept(remark, "consequence", consequence);
    sink->at = own;
}

static void add_resource_faults(fv_sink *sink, const fv_search *search, size_t rung,
                                uint32_t severity)
{
    for (unsigned i = 0; i < 2; i++) {
        const char *reason = find_resource_fault(search, rung, i == 0);
        if (reason != NULL)
            add_of_leaf(sink, search, severity, reason, "OpenSSL cannot use it");
    }
}

void fv_trust_warn_of_resources(fv_sink *sink, const fv_search *search, size_t rung)
{
    const fv_certificate *leaf = search->path[0]->certificate;
    const fv_certificate *above = search->path[rung]->certificate;
    if (sink->input->policy->profile != FEDVAL_PROFILE_EXPRESSWAY)
        add_resource_faults(sink, search, rung, FEDVAL_SEVERITY_WARNING);
    if (have_others(&leaf->ip_resources, &above->ip_resources) ||
        have_others(&leaf->as_resources, &above->as_resources)) {
        add_of_leaf(sink, search, FEDVAL_SEVERITY_WARNING,
                    "it has other IP addresses or AS numbers (RFC 3779) than its issuer",
                    "OpenSSL cannot use it unless its issuer's hold them, which was not compared");
    }
}

void fv_sink_place(fv_sink *sink, const fv_search *search, size_t rung)
{
    if (sink->input->policy->profile == FEDVAL_PROFILE_EXPRESSWAY)
        add_resource_faults(sink, search, rung, FEDVAL_SEVERITY_ERROR);
    judge_key_id(sink, search, rung);
    judge_path_length(sink, search, rung);
    judge_name_constraints(sink, search, rung);
}

static bool set_wanted(fv_search *search, fv_policies_wanted *out)
{
    const fedval_policy *policy = search->input->policy;
    fv_bytes *accepted =
        fv_arena_alloc_array(&search->scratch, policy->num_initial_policies, sizeof(*accepted));
    if (accepted == NULL) {
        search->status = FEDVAL_ERROR_NO_MEMORY;
        return false;
    }
    for (size_t i = 0; i < policy->num_initial_policies; i++)
        accepted[i] = policy->initial_policies[i].der;
    *out = (fv_policies_wanted){.accepted = accepted,
                                .num_accepted = policy->num_initial_policies,
                                .is_explicit = policy->explicit_policy != 0,
                                .inhibits_mapping = policy->inhibit_mapping != 0,
                                .inhibits_any = policy->inhibit_any_policy != 0};
    return true;
}

void fv_trust_judge_policies(fv_sink *sink, fv_search *search)
{
    size_t rung = 0;
    const char *reason = NULL;
    const fv_certificate **path =
        fv_arena_alloc_array(&search->scratch, search->path_len, sizeof(*path));
    if (path == NULL) {
        search->status = FEDVAL_ERROR_NO_MEMORY;
        return;
    }
    fv_policies_wanted wanted;
    for (size_t i = 0; i < search->path_len; i++)
        path[i] = search->path[i]->certificate;
    if (!set_wanted(search, &wanted))
        return;
    switch (fv_policies_check(
        &search->scratch, &wanted, path, search->path_len, &sink->num_name_comparisons,
        (size_t)search->input->policy->limits.name_comparisons, &rung, &reason)) {
    case FV_POLICIES_HOLD:
        return;
    case FV_POLICIES_NO_MEMORY:
        search->status = FEDVAL_ERROR_NO_MEMORY;
        return;
    case FV_POLICIES_LIMIT:
        sink->name_limit_reached = true;
        sink->num_faults++;
        return;
    case FV_POLICIES_VIOLATED:
        break;
    }
    sink->at.rung = rung;
    fv_sink_set_certificate(sink, path[rung]);
    fv_sink_add_reason(sink, FEDVAL_FINDING_CHAIN_POLICY_VIOLATED, reason);
}
