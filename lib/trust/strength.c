/* Keys and signature algorithms: too weak, or of a kind that is not accepted. */
#include "trust/rules.h"

/* The limits of OpenSSL (OPENSSL_RSA_MAX_MODULUS_BITS, OPENSSL_RSA_SMALL_MODULUS_BITS and
 * OPENSSL_RSA_MAX_PUBEXP_BITS): beyond a small modulus, the exponent has a limit too. */
enum { MAX_MODULUS_BITS = 16384, SMALL_MODULUS_BITS = 3072, MAX_EXPONENT_LEN = 8 };

static bool has_long_exponent(const fv_subject_key *key)
{
    return key->num_bits > SMALL_MODULUS_BITS && key->rsa_exponent.len > MAX_EXPONENT_LEN;
}

static bool is_expressway(const fv_sink *sink)
{
    return sink->input->policy->profile == FEDVAL_PROFILE_EXPRESSWAY;
}

/* Whether the peers have OpenSSL, which checks no signature with an RSA key beyond its limits. */
static bool is_rsa_beyond_openssl(const fv_sink *sink, const fv_subject_key *key)
{
    bool is_rsa = key->type == FV_KEY_RSA || key->type == FV_KEY_RSA_PSS;
    return is_rsa && is_expressway(sink) &&
           (key->num_bits > MAX_MODULUS_BITS || has_long_exponent(key));
}

static void append_key_text(fv_buf *buf, const fv_subject_key *key)
{
    fv_buf_append_text(buf, fv_key_type_to_text(key->type));
    if (key->type == FV_KEY_EC) {
        fv_buf_append_char(buf, ' ');
        fv_buf_append_text(buf, fv_curve_to_text(key->curve));
    } else if (key->num_bits > 0) {
        fv_buf_append_char(buf, ' ');
        fv_buf_append_u64(buf, key->num_bits);
    }
    if (has_long_exponent(key))
        fv_buf_append_text(buf, " with an exponent of more than 64 bits");
}

/* Whether a remark is left out because the verifier decides: it knows whether it can use the key
 * of an issuer that is of an unusual kind. Another verifier than OpenSSL may use an RSA key that is
 * beyond the limits of OpenSSL. */
static bool is_left_to_verifier(const fv_sink *sink, uint32_t code, const fv_subject_key *key)
{
    return code == FEDVAL_FINDING_CERT_KEY_UNSUPPORTED && sink->at.rung > 0 &&
           !fv_sink_is_strict(sink) && !is_rsa_beyond_openssl(sink, key);
}

static fv_remark *add_key_finding(fv_sink *sink, uint32_t code, const fv_subject_key *key)
{
    fv_buf text;
    fv_remark *remark = is_left_to_verifier(sink, code, key) ? NULL : fv_sink_add(sink, code);
    if (remark == NULL)
        return NULL;
    if (is_rsa_beyond_openssl(sink, key))
        remark->severity = FEDVAL_SEVERITY_ERROR;
    fv_buf_init(&text);
    append_key_text(&text, key);
    fv_sink_param_buf(sink, remark, "key", &text);
    return remark;
}

static fv_remark *add_key_bits(fv_sink *sink, uint32_t code, const fv_subject_key *key,
                               int64_t bits, const char *side)
{
    fv_buf wanted;
    fv_remark *remark = add_key_finding(sink, code, key);
    if (remark == NULL)
        return NULL;
    fv_buf_init(&wanted);
    fv_buf_append_text(&wanted, "RSA of ");
    fv_buf_append_i64(&wanted, bits);
    fv_buf_append_text(&wanted, side);
    fv_sink_param_buf(sink, remark, "wanted", &wanted);
    return remark;
}

static void add_key(fv_sink *sink, uint32_t code, const fv_subject_key *key, const char *wanted)
{
    fv_sink_param_text(sink, add_key_finding(sink, code, key), "wanted", wanted);
}

/* Baseline Requirements 6.1.5: the size of the modulus is a number of whole bytes. */
static void judge_webpki_rsa(fv_sink *sink, const fv_subject_key *key)
{
    if (key->num_bits % 8 != 0) {
        add_key(sink, FEDVAL_FINDING_CERT_KEY_WEAK, key,
                "a modulus whose bits are a multiple of 8");
    }
}

/* Refuses a key that anybody could break, before a signature by it is believed. */
static void judge_fault(fv_sink *sink, const fv_subject_key *key)
{
    static const char *const wanted[] = {
        [FV_KEY_FAULT_NONE] = NULL,
        [FV_KEY_FAULT_RSA_EXPONENT] = "an odd exponent from 3 to below the modulus",
        [FV_KEY_FAULT_RSA_MODULUS] = "an odd modulus",
        [FV_KEY_FAULT_POINT] = "a point on its curve",
    };
    if (key->fault != FV_KEY_FAULT_NONE)
        add_key(sink, FEDVAL_FINDING_CERT_KEY_WEAK, key, wanted[key->fault]);
}

static void judge_most_rsa_bits(fv_sink *sink, const fv_subject_key *key)
{
    bool is_refused = is_expressway(sink) && key->num_bits > MAX_MODULUS_BITS;
    int64_t most = sink->input->policy->max_rsa_bits;
    if (is_refused && most > MAX_MODULUS_BITS)
        most = MAX_MODULUS_BITS;
    if ((int64_t)key->num_bits > most && (sink->at.rung == 0 || is_refused))
        add_key_bits(sink, FEDVAL_FINDING_CERT_KEY_UNSUPPORTED, key, most, " bits at most");
}

/* Below 1024 bits Windows refuses a key (Microsoft security advisory 2661254), and so does OpenSSL.
 * From there to 2048 only public CAs forbid it; a caller who asks for more than that means it. */
enum { LEAST_RSA_BITS = 1024, RECOMMENDED_RSA_BITS = 2048 };

static bool is_only_advised_against(const fv_sink *sink, const fv_subject_key *key)
{
    bool is_rsa = key->type == FV_KEY_RSA || key->type == FV_KEY_RSA_PSS;
    int64_t least = sink->input->policy->min_rsa_bits;
    return is_rsa && !fv_sink_wants_public_rules(sink) && key->num_bits >= LEAST_RSA_BITS &&
           (int64_t)key->num_bits < least && least <= RECOMMENDED_RSA_BITS;
}

void fv_trust_warn_of_key(fv_sink *sink, const fv_certificate *certificate)
{
    size_t faults = sink->num_faults;
    const fv_subject_key *key = &certificate->key;
    if (key->presence != FV_KNOWN || !is_only_advised_against(sink, key))
        return;
    fv_remark *remark = add_key_bits(sink, FEDVAL_FINDING_CERT_KEY_WEAK, key,
                                     sink->input->policy->min_rsa_bits, " bits or more");
    if (remark != NULL)
        remark->severity = FEDVAL_SEVERITY_WARNING;
    sink->num_faults = faults;
}

static void judge_rsa(fv_sink *sink, const fv_subject_key *key)
{
    const fedval_policy *policy = sink->input->policy;
    if (is_only_advised_against(sink, key)) {
        return; /* see fv_trust_warn_of_key */
    }
    if ((int64_t)key->num_bits < policy->min_rsa_bits) {
        add_key_bits(sink, FEDVAL_FINDING_CERT_KEY_WEAK, key, policy->min_rsa_bits,
                     " bits or more");
    } else {
        judge_most_rsa_bits(sink, key);
    }
    if (has_long_exponent(key) && (sink->at.rung == 0 || is_expressway(sink))) {
        add_key(sink, FEDVAL_FINDING_CERT_KEY_UNSUPPORTED, key,
                "RSA with an exponent of 64 bits at most");
    }
    if (fv_sink_is_strict(sink))
        judge_webpki_rsa(sink, key);
}

/* OpenSSL cannot decode a key of an unknown algorithm or curve, so an Expressway cannot check a
 * handshake with it. */
static void add_unknown_key(fv_sink *sink, const fv_subject_key *key, const char *wanted)
{
    fv_remark *remark = add_key_finding(sink, FEDVAL_FINDING_CERT_KEY_UNSUPPORTED, key);
    fv_sink_param_text(sink, remark, "wanted", wanted);
    if (remark != NULL && sink->at.rung == 0 && is_expressway(sink))
        remark->severity = FEDVAL_SEVERITY_ERROR;
}

/* Baseline Requirements 6.1.5: P-256, P-384 or P-521. NIST SP 800-57 rates P-224 like RSA 2048, so
 * in other profiles it is not weak; but neither Windows nor OpenSSL offers it by default. */
static void judge_curve(fv_sink *sink, const fv_subject_key *key)
{
    switch (key->curve) {
    case FV_CURVE_P256:
    case FV_CURVE_P384:
    case FV_CURVE_P521:
        break;
    case FV_CURVE_P192:
        add_key(sink, FEDVAL_FINDING_CERT_KEY_WEAK, key, "P-256 or larger");
        break;
    case FV_CURVE_P224:
        if (fv_sink_is_strict(sink))
            add_key(sink, FEDVAL_FINDING_CERT_KEY_WEAK, key, "P-256 or larger");
        else
            add_key(sink, FEDVAL_FINDING_CERT_KEY_UNSUPPORTED, key, "P-256, P-384 or P-521");
        break;
    case FV_CURVE_EXPLICIT: /* RFC 5480 2.1.1 forbids it; CVE-2020-0601 used it */
        add_key(sink, FEDVAL_FINDING_CERT_KEY_WEAK, key, "a named curve");
        break;
    case FV_CURVE_UNKNOWN:
        add_unknown_key(sink, key, "P-256, P-384 or P-521");
        break;
    case FV_CURVE_NONE:
    case FV_CURVE_OTHER:
        add_key(sink, FEDVAL_FINDING_CERT_KEY_UNSUPPORTED, key, "P-256, P-384 or P-521");
        break;
    }
}

void fv_trust_judge_key(fv_sink *sink, const fv_certificate *certificate)
{
    const fv_subject_key *key = &certificate->key;
    bool is_strict = fv_sink_is_strict(sink);
    if (key->presence != FV_KNOWN)
        return; /* a malformed key is a defect of the encoding */
    judge_fault(sink, key);
    switch (key->type) {
    case FV_KEY_RSA:
        judge_rsa(sink, key);
        break;
    case FV_KEY_RSA_PSS:
        judge_rsa(sink, key);
        if (is_strict) { /* Baseline Requirements 7.1.3.1.1: rsaEncryption alone */
            add_key(sink, FEDVAL_FINDING_CERT_KEY_UNSUPPORTED, key, "an RSA key for any padding");
        }
        break;
    case FV_KEY_EC:
        judge_curve(sink, key);
        break;
    case FV_KEY_ED25519:
    case FV_KEY_ED448:
        /* Baseline Requirements 7.1.3.1: no other algorithms. Windows has no cipher suite and no
         * curve for such a key in its lists. */
        if (is_strict || (sink->at.rung == 0 && fv_sink_is_microsoft(sink)))
            add_key(sink, FEDVAL_FINDING_CERT_KEY_UNSUPPORTED, key, "RSA or ECDSA");
        break;
    case FV_KEY_DSA:
    case FV_KEY_X25519:
    case FV_KEY_X448:
        add_key(sink, FEDVAL_FINDING_CERT_KEY_UNSUPPORTED, key, "RSA or ECDSA");
        break;
    case FV_KEY_OTHER:
        add_unknown_key(sink, key, "RSA or ECDSA");
        break;
    }
}

/* Whether a signature with `hash` is refused. */
static bool is_weak(const fv_sink *sink, fv_hash hash)
{
    switch (hash) {
    case FV_HASH_MD2:
    case FV_HASH_MD5:
        return true;
    case FV_HASH_SHA1:
        return fv_sink_wants_public_rules(sink);
    case FV_HASH_SHA224: /* Baseline Requirements 7.1.3.2: SHA-256, SHA-384, SHA-512 */
        return fv_sink_is_strict(sink);
    case FV_HASH_NONE:
    case FV_HASH_SHA256:
    case FV_HASH_SHA384:
    case FV_HASH_SHA512:
    case FV_HASH_SHA3:
    case FV_HASH_OTHER:
        break;
    }
    return false;
}

/* Whether a signature has a hash that `is_bad` names. RFC 4055 3.1: the mask generation function
 * has a hash of its own, SHA-1 where none is named. */
static bool has_hash(const fv_sink *sink, const fv_algorithm *algorithm,
                     bool (*is_bad)(const fv_sink *sink, fv_hash hash))
{
    bool is_pss = algorithm->kind == FV_SIGNATURE_RSA_PSS;
    return is_bad(sink, algorithm->hash) || (is_pss && is_bad(sink, algorithm->mgf1_hash));
}

/* Whether `hash` is out of use. SHA-1 is no public CA's any more, and Microsoft recommends better
 * ones; that an Edge refuses it is not documented. SHA-224 is not broken (NIST SP 800-131A), but no
 * public CA signs with it, and CNG, which Windows checks signatures with, has no such algorithm. */
static bool is_outdated(const fv_sink *sink, fv_hash hash)
{
    (void)sink;
    return hash == FV_HASH_SHA1 || hash == FV_HASH_SHA224;
}

static fv_remark *add_weak_signature(fv_sink *sink, const fv_algorithm *algorithm,
                                     bool (*is_bad)(const fv_sink *sink, fv_hash hash))
{
    fv_buf text;
    fv_remark *remark = fv_sink_add(sink, FEDVAL_FINDING_CERT_SIGNATURE_WEAK);
    if (remark == NULL)
        return NULL;
    fv_buf_init(&text);
    fv_buf_append_text(&text, fv_algorithm_to_text(algorithm));
    if (!is_bad(sink, algorithm->hash))
        fv_buf_append_text(&text, " whose mask (MGF1) has a weaker hash");
    fv_sink_param_buf(sink, remark, "algorithm", &text);
    return remark;
}

void fv_trust_warn_of_signature(fv_sink *sink, const fv_certificate *certificate)
{
    size_t faults = sink->num_faults;
    const fv_algorithm *algorithm = &certificate->algorithm;
    if (algorithm->presence != FV_KNOWN || has_hash(sink, algorithm, is_weak) ||
        !has_hash(sink, algorithm, is_outdated))
        return;
    fv_remark *remark = add_weak_signature(sink, algorithm, is_outdated);
    if (remark != NULL)
        remark->severity = FEDVAL_SEVERITY_WARNING;
    sink->num_faults = faults;
}

void fv_trust_judge_signature_algorithm(fv_sink *sink, const fv_certificate *certificate)
{
    const fv_algorithm *algorithm = &certificate->algorithm;
    if (algorithm->presence == FV_KNOWN && has_hash(sink, algorithm, is_weak))
        add_weak_signature(sink, algorithm, is_weak);
}
