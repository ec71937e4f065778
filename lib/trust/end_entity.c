/* Faults of the end-entity certificate itself, and advice on it, whatever path it is on. */
#include "trust/rules.h"

#include "x509/oid.h"

#define SECONDS_PER_DAY INT64_C(86400)

/* Whole days, rounded down. */
static int64_t days_between(int64_t now, int64_t then)
{
    int64_t seconds = then - now;
    return seconds >= 0 ? seconds / SECONDS_PER_DAY
                        : -((SECONDS_PER_DAY - 1 - seconds) / SECONDS_PER_DAY);
}

void fv_trust_warn_of_end(fv_sink *sink, uint32_t code, int64_t not_after)
{
    const fedval_policy *policy = sink->input->policy;
    int64_t days = days_between(sink->input->time, not_after);
    bool is_critical = days < policy->expiry_critical_days;
    if (!is_critical && days >= policy->expiry_warning_days)
        return;
    fv_remark *remark = fv_sink_add(sink, code);
    fv_sink_param_time(sink, remark, "not_after", not_after);
    fv_sink_param_number(sink, remark, "days", days);
    if (remark != NULL && is_critical)
        remark->severity = FEDVAL_SEVERITY_ERROR;
}

static void append_usage(fv_buf *buf, fv_bytes oid)
{
    if (buf->len > 0)
        fv_buf_append_text(buf, ", ");
    if (fv_oid_equal(oid, FV_OID(FV_OID_SERVER_AUTH)))
        fv_buf_append_text(buf, "serverAuth");
    else if (fv_oid_equal(oid, FV_OID(FV_OID_CLIENT_AUTH)))
        fv_buf_append_text(buf, "clientAuth");
    else if (fv_oid_equal(oid, FV_OID(FV_OID_ANY_EKU)))
        fv_buf_append_text(buf, "anyExtendedKeyUsage");
    else if (!fv_oid_append(buf, oid))
        fv_buf_append_text(buf, "malformed");
}

void fv_sink_param_usages(fv_sink *sink, fv_remark *remark, const fv_certificate *certificate)
{
    enum { MAX_SHOWN = 10 };
    const fv_extended_key_usage *usage = fv_sink_purposes_of(sink, certificate);
    fv_buf text;
    if (remark == NULL)
        return;
    fv_buf_init(&text);
    for (size_t i = 0; i < usage->num_oids && i < MAX_SHOWN; i++)
        append_usage(&text, usage->oids[i]);
    if (usage->num_oids > MAX_SHOWN)
        fv_buf_append_text(&text, ", ...");
    fv_sink_param_buf(sink, remark, "usages", &text);
}

/* RFC 5280 4.1.2.5: "the period of time from notBefore through notAfter, inclusive". */
static void judge_validity(fv_sink *sink, const fv_certificate *certificate)
{
    int64_t now = sink->input->time;
    const fv_time *from = &certificate->not_before, *to = &certificate->not_after;
    fv_remark *remark;
    if (from->presence == FV_KNOWN && now < from->seconds) {
        remark = fv_sink_add(sink, FEDVAL_FINDING_CERT_NOT_YET_VALID);
        fv_sink_param_time(sink, remark, "not_before", from->seconds);
        fv_sink_param_time(sink, remark, "time", now);
    }
    if (to->presence == FV_KNOWN && now > to->seconds) {
        remark = fv_sink_add(sink, FEDVAL_FINDING_CERT_EXPIRED);
        fv_sink_param_time(sink, remark, "not_after", to->seconds);
        fv_sink_param_time(sink, remark, "time", now);
    } else if (to->presence == FV_KNOWN) {
        fv_trust_warn_of_end(sink, FEDVAL_FINDING_CERT_EXPIRES_SOON, to->seconds);
    }
}

/* A calling certificate may be judged for any purpose; it is a client's all the same. */
static bool is_clients(const fv_sink *sink)
{
    return sink->input->purpose == FEDVAL_PURPOSE_CLIENT || sink->input->is_calling;
}

/* spec R6: a calling certificate "needs clientAuth or no EKU". Some peers let serverAuth stand for
 * it; a certificate for neither role in TLS is refused by all that look. */
static void add_no_client_auth(fv_sink *sink, const fv_certificate *certificate, bool has_server)
{
    fv_remark *remark = fv_sink_add(sink, FEDVAL_FINDING_CERT_EKU_NO_CLIENT_AUTH);
    fv_sink_param_usages(sink, remark, certificate);
    if (remark == NULL || has_server || !is_clients(sink))
        return;
    remark->severity = FEDVAL_SEVERITY_ERROR;
    remark->has_consequence = true;
    fv_sink_param_kept(remark, "consequence",
                       "without serverAuth either it is for neither role in TLS, and peers that "
                       "check the purposes of callers refuse it");
}

/* RFC 5280 4.2.1.12: "If the extension is present, then the certificate MUST only be used for one
 * of the purposes indicated." Federation is mutual TLS (R6), so the certificate of a server needs
 * both purposes: the same server may call with it. A calling certificate needs the client purpose
 * only. In the webpki profile only the purpose that was asked for counts. */
static void judge_purpose(fv_sink *sink, const fv_certificate *certificate)
{
    const fv_extended_key_usage *usage = fv_sink_purposes_of(sink, certificate);
    uint32_t purpose = sink->input->purpose;
    bool is_strict = fv_sink_is_strict(sink);
    bool is_for_sip = usage->has_sip_domain &&
                      sink->input->policy->profile == FEDVAL_PROFILE_RFC5922_SIP; /* RFC 5924 */
    bool is_for_any = usage->has_any && fv_sink_takes_any_purpose(sink);
    if (usage->presence != FV_KNOWN || is_for_any || is_for_sip)
        return;
    if (!usage->has_server_auth && purpose == FEDVAL_PURPOSE_SERVER) {
        fv_sink_param_usages(sink, fv_sink_add(sink, FEDVAL_FINDING_CERT_EKU_NO_SERVER_AUTH),
                             certificate);
    }
    if (!usage->has_client_auth && (!is_strict || purpose == FEDVAL_PURPOSE_CLIENT))
        add_no_client_auth(sink, certificate, usage->has_server_auth);
}

/* OpenSSL refuses a certificate whose nsCertType, where it has one, lacks the kind of peer
 * (ns_reject in crypto/x509/v3_purp.c). Others pass over the extension. If nobody says whether it
 * is a client's or a server's, either kind will do. */
static void judge_netscape_type(fv_sink *sink, const fv_certificate *certificate)
{
    const fv_netscape_type *type = &certificate->netscape_type;
    bool is_client = is_clients(sink);
    bool is_of_either = !is_client && sink->input->purpose == FEDVAL_PURPOSE_ANY;
    uint32_t wanted = is_client ? FV_NETSCAPE_SSL_CLIENT : FV_NETSCAPE_SSL_SERVER;
    if (type->presence != FV_KNOWN || is_of_either || (type->bits & wanted) != 0)
        return;
    fv_remark *remark = fv_sink_add(sink, is_client ? FEDVAL_FINDING_CERT_EKU_NO_CLIENT_AUTH
                                                    : FEDVAL_FINDING_CERT_EKU_NO_SERVER_AUTH);
    uint32_t other = is_client ? FV_NETSCAPE_SSL_SERVER : FV_NETSCAPE_SSL_CLIENT;
    fv_sink_param_text(sink, remark, "usages",
                       (type->bits & other) == 0 ? "neither SSL client nor server (nsCertType)"
                       : is_client               ? "SSL server (nsCertType)"
                                                 : "SSL client (nsCertType)");
    if (remark != NULL && is_client) {
        fv_sink_param_kept(remark, "consequence",
                           "peers that check callers with OpenSSL refuse it");
        remark->has_consequence = true;
    }
    if (remark != NULL && sink->input->policy->profile != FEDVAL_PROFILE_EXPRESSWAY)
        remark->severity = FEDVAL_SEVERITY_WARNING;
}

/* ---- what its key may do ---- */

static void append_key_usage(fv_buf *buf, uint32_t bits)
{
    static const char *const words[] = {
        "digitalSignature", "nonRepudiation", "keyEncipherment", "dataEncipherment", "keyAgreement",
        "keyCertSign",      "cRLSign",        "encipherOnly",    "decipherOnly",
    };
    size_t before = buf->len;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if ((bits >> i & 1) == 0)
            continue;
        fv_buf_append_text(buf, buf->len > before ? ", " : "");
        fv_buf_append_text(buf, words[i]);
    }
    if (buf->len == before)
        fv_buf_append_text(buf, "of no bit");
}

static void add_key_usage(fv_sink *sink, uint32_t bits, uint32_t severity, const char *reason)
{
    fv_buf text;
    fv_remark *remark = fv_sink_add(sink, FEDVAL_FINDING_CERT_KEY_USAGE);
    if (remark == NULL)
        return;
    remark->severity = severity;
    fv_sink_param_kept(remark, "reason", reason);
    fv_buf_init(&text);
    append_key_usage(&text, bits);
    fv_sink_param_buf(sink, remark, "usage", &text);
}

/* spec R6: a caller signs in the handshake. A server signs too, or it decrypts a secret that was
 * encrypted for its RSA key. */
static void judge_key_usage(fv_sink *sink, const fv_certificate *certificate)
{
    const fv_key_usage *usage = &certificate->key_usage;
    bool can_decipher =
        (usage->bits & FV_KEY_USAGE_KEY_ENCIPHERMENT) != 0 && certificate->key.type == FV_KEY_RSA;
    if (usage->presence != FV_KNOWN || (usage->bits & FV_KEY_USAGE_DIGITAL_SIGNATURE) != 0)
        return;
    if (is_clients(sink)) {
        add_key_usage(sink, usage->bits, FEDVAL_SEVERITY_ERROR,
                      "keyUsage has no digitalSignature, and a client must sign");
    } else if (can_decipher) {
        add_key_usage(sink, usage->bits, FEDVAL_SEVERITY_WARNING,
                      "keyUsage has keyEncipherment without digitalSignature: neither ECDHE nor "
                      "TLS 1.3 can be used, and nobody can call with it");
    } else {
        add_key_usage(sink, usage->bits, FEDVAL_SEVERITY_ERROR,
                      "keyUsage lets its key neither sign nor decipher");
    }
}

/* RFC 3280 4.2.1.4: "the certificate issuer may specify a different validity period for the private
 * key than the certificate"; a key that signs handshakes is used now. The period of a CA's key ends
 * before those of the certificates that it has signed, so it is not looked at. */
static void warn_of_key_period(fv_sink *sink, const fv_certificate *certificate)
{
    const fv_key_period *period = &certificate->key_period;
    size_t faults = sink->num_faults;
    bool is_over =
        period->not_after.presence == FV_KNOWN && sink->input->time > period->not_after.seconds;
    bool is_early =
        period->not_before.presence == FV_KNOWN && sink->input->time < period->not_before.seconds;
    if (period->presence != FV_KNOWN || (!is_over && !is_early))
        return;
    fv_remark *remark = fv_sink_add(sink, FEDVAL_FINDING_CERT_UNDECODABLE_BY_PEERS);
    fv_sink_param_kept(remark, "reason",
                       is_over ? "its privateKeyUsagePeriod is over"
                               : "its privateKeyUsagePeriod has not begun");
    fv_sink_param_kept(remark, "consequence", "RFC 3280 does not let its key sign now");
    sink->num_faults = faults;
}

/* Advice, no faults: the rules that Microsoft has for its own certificates. */
static void advise(fv_sink *sink, const fv_certificate *certificate)
{
    if (certificate->algorithm.kind == FV_SIGNATURE_RSA_PSS)
        fv_sink_add(sink, FEDVAL_FINDING_CERT_SIGNATURE_PSS);
    if (certificate->crl_points.presence == FV_ABSENT)
        fv_sink_add(sink, FEDVAL_FINDING_CERT_NO_CRL_DISTRIBUTION_POINT);
}

void fv_trust_judge_asked(fv_sink *sink, const fv_certificate *certificate)
{
    fv_trust_judge_encoding(sink, certificate, false);
    fv_trust_judge_slips(sink, certificate);
    fv_trust_judge_critical_extensions(sink, certificate);
    judge_purpose(sink, certificate);
    judge_netscape_type(sink, certificate);
    judge_key_usage(sink, certificate);
    fv_trust_judge_key(sink, certificate);
    fv_trust_warn_of_key(sink, certificate);
}

void fv_trust_judge_end_entity(fv_sink *sink, const fv_certificate *certificate)
{
    fv_trust_judge_asked(sink, certificate);
    judge_validity(sink, certificate);
    warn_of_key_period(sink, certificate);
    fv_trust_judge_signature_algorithm(sink, certificate);
    fv_trust_warn_of_signature(sink, certificate);
    if (fv_sink_is_strict(sink))
        fv_trust_judge_webpki_end_entity(sink, certificate);
    else
        advise(sink, certificate);
}
