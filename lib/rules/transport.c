/* The rules on transport, from the connection to the end of the handshake. */
#include "rules/rule.h"

#include <string.h>

/* The remark for each outcome of a probe that shows no certificate. Outcomes that are not listed
 * say nothing. */
static const struct {
    uint32_t outcome, code;
    const char *text;
} failures[] = {
    {FEDVAL_OUTCOME_REFUSED, FEDVAL_FINDING_CONNECT_REFUSED, "connection refused"},
    {FEDVAL_OUTCOME_TIMEOUT, FEDVAL_FINDING_CONNECT_TIMEOUT, "no answer"},
    {FEDVAL_OUTCOME_STALLED, FEDVAL_FINDING_TLS_STALLED, "silence"},
    {FEDVAL_OUTCOME_LOCAL, FEDVAL_FINDING_LOCAL_LACK, "descriptors, ports or memory"},
    {FEDVAL_OUTCOME_VIOLATION, FEDVAL_FINDING_TLS_HANDSHAKE_FAILED,
     "the server breaks the rules of TLS"},
    {FEDVAL_OUTCOME_UNREACHABLE, FEDVAL_FINDING_CONNECT_UNREACHABLE, "unreachable"},
    {FEDVAL_OUTCOME_NOT_TLS, FEDVAL_FINDING_TLS_NOT_SPOKEN, "not TLS"},
    {FEDVAL_OUTCOME_RESET, FEDVAL_FINDING_TLS_HANDSHAKE_FAILED, "reset by the peer"},
    {FEDVAL_OUTCOME_CLOSED, FEDVAL_FINDING_TLS_HANDSHAKE_FAILED, "closed by the peer"},
    {FEDVAL_OUTCOME_ALERT, FEDVAL_FINDING_TLS_HANDSHAKE_FAILED, "fatal alert"},
    {FEDVAL_OUTCOME_NO_COMMON_VERSION, FEDVAL_FINDING_TLS_NO_COMMON_VERSION,
     "no TLS version in common with the prober"},
    {FEDVAL_OUTCOME_UNSUPPORTED, FEDVAL_FINDING_TLS_NO_COMMON_VERSION,
     "a limit of the prober, which says nothing of the server"},
    /* Evidence that another program made: it does not say which certificate was presented. */
    {FEDVAL_OUTCOME_HANDSHAKE, FEDVAL_FINDING_TLS_NO_COMMON_VERSION,
     "no certificate is recorded of the handshake"},
};

/* RFC 5246 7.2 and RFC 8446 6: the alerts that a server sends in a handshake. */
static const struct {
    int32_t number;
    const char *text;
} alerts[] = {
    {10, "alert 10, unexpected message"},      {20, "alert 20, bad record MAC"},
    {22, "alert 22, record overflow"},         {40, "alert 40, handshake failure"},
    {41, "alert 41, no certificate"},          {42, "alert 42, bad certificate"},
    {43, "alert 43, unsupported certificate"}, {44, "alert 44, certificate revoked"},
    {45, "alert 45, certificate expired"},     {46, "alert 46, certificate unknown"},
    {47, "alert 47, illegal parameter"},       {48, "alert 48, unknown CA"},
    {49, "alert 49, access denied"},           {50, "alert 50, decode error"},
    {51, "alert 51, decrypt error"},           {70, "alert 70, protocol version"},
    {71, "alert 71, insufficient security"},   {80, "alert 80, internal error"},
    {86, "alert 86, inappropriate fallback"},  {109, "alert 109, missing extension"},
    {110, "alert 110, unsupported extension"}, {112, "alert 112, unrecognised name"},
    {116, "alert 116, certificate required"},  {120, "alert 120, no application protocol"},
};

static const char *alert_text(fv_rule_context *context, int32_t number)
{
    for (size_t i = 0; i < sizeof(alerts) / sizeof(alerts[0]); i++) {
        if (alerts[i].number == number)
            return alerts[i].text;
    }
    fv_buf buf;
    fv_buf_init(&buf);
    fv_buf_append_text(&buf, "alert ");
    fv_buf_append_i64(&buf, number);
    return fv_rule_text(context, &buf);
}

static bool is_about_the_offer(const fedval_fact *probe)
{
    return probe->alert == 40 || probe->alert == 47 || probe->alert == 71;
}

/* Some servers show a certificate with an Ed25519 key before they notice that the prober did not
 * offer such signatures (RFC 8422 5.1.1), and only then refuse. */
bool fv_probe_cannot_sign(const fedval_fact *probe, const fv_scene_chain *chain)
{
    const fv_certificate *leaf =
        chain != NULL && chain->num_certificates > 0 ? chain->certificates[0] : NULL;
    return probe->outcome == FEDVAL_OUTCOME_ALERT && is_about_the_offer(probe) &&
           probe->client_certificate == FEDVAL_CLIENT_CERTIFICATE_UNKNOWN && leaf != NULL &&
           (leaf->key.type == FV_KEY_ED25519 || leaf->key.type == FV_KEY_ED448);
}

/* Returns whether the server refused before its ServerHello, or for the kind of its key. RFC 8446
 * 4.1.1: if "there is no overlap between the client and server parameters", it "MUST abort the
 * handshake". */
static bool is_nothing_in_common(const fv_scene_address *address)
{
    const fedval_fact *probe = address->probe;
    return (is_about_the_offer(probe) && probe->tls_version == NULL && probe->num_chain == 0) ||
           fv_probe_cannot_sign(probe, address->presented.chain);
}

/* Whether the server refused the client certificate that the prober sent, and said so. RFC 5246
 * 7.2.2, RFC 8446 6.2: the alerts 41 to 46, 48, 49 and 116 are about a certificate. */
static bool refuses_identity(const fedval_fact *probe)
{
    bool is_about_it = (probe->alert >= 41 && probe->alert <= 46) || probe->alert == 48 ||
                       probe->alert == 49 || probe->alert == 116;
    return probe->outcome == FEDVAL_OUTCOME_ALERT && is_about_it &&
           probe->client_certificate == FEDVAL_CLIENT_CERTIFICATE_REQUESTED;
}

/* Returns whether the server ended the handshake after it had asked for the client certificate. A
 * prober that has none would see that it is required, so one was sent. */
static bool is_ended_after_identity(const fedval_fact *probe)
{
    return probe->client_certificate == FEDVAL_CLIENT_CERTIFICATE_REQUESTED &&
           (probe->outcome == FEDVAL_OUTCOME_ALERT || probe->outcome == FEDVAL_OUTCOME_CLOSED ||
            probe->outcome == FEDVAL_OUTCOME_RESET);
}

static uint32_t failure_code(const fv_scene_address *address, uint32_t usual)
{
    const fedval_fact *probe = address->probe;
    if (refuses_identity(probe))
        return FEDVAL_FINDING_TLS_CLIENT_CERTIFICATE_REFUSED;
    if (is_ended_after_identity(probe))
        return FEDVAL_FINDING_TLS_ENDED_AFTER_CLIENT_CERTIFICATE;
    if (probe->outcome != FEDVAL_OUTCOME_ALERT)
        return usual;
    return is_nothing_in_common(address) ? FEDVAL_FINDING_TLS_NO_COMMON_CIPHER : usual;
}

static const char *usual_text(uint32_t outcome)
{
    for (size_t i = 0; i < sizeof(failures) / sizeof(failures[0]); i++) {
        if (failures[i].outcome == outcome)
            return failures[i].text;
    }
    return "refused";
}

/* Says how the handshake failed, such as "the server sends an empty list of certificates" or "alert
 * 40, handshake failure; ...". */
const char *fv_rule_failure_text(fv_rule_context *context, const fedval_fact *probe)
{
    bool is_violation = probe->outcome == FEDVAL_OUTCOME_VIOLATION && probe->detail != NULL;
    bool has_alert = probe->outcome == FEDVAL_OUTCOME_ALERT && probe->alert >= 0;
    fv_buf buf;
    fv_buf_init(&buf);
    if (is_violation)
        fv_buf_append_text(&buf, "the server ");
    else {
        fv_buf_append_text(&buf, has_alert ? alert_text(context, probe->alert)
                                           : usual_text(probe->outcome));
    }
    if (probe->detail != NULL && probe->outcome != FEDVAL_OUTCOME_LOCAL) {
        fv_buf_append_text(&buf, is_violation ? "" : "; ");
        fv_buf_append_text(&buf, probe->detail);
    }
    return fv_rule_text(context, &buf);
}

/* Quotes the server's answer, such as `, it says "HTTP/1.1 400 Bad Request"`. A server without a
 * line of text may have a detail: ", it sends back what it is sent". */
static const char *said_text(fv_rule_context *context, const fedval_fact *probe)
{
    fv_buf buf;
    if (probe->banner == NULL && probe->detail == NULL)
        return "";
    fv_buf_init(&buf);
    fv_buf_append_text(&buf, probe->banner != NULL ? ", it says \"" : ", ");
    fv_buf_append_text(&buf, probe->banner != NULL ? probe->banner : probe->detail);
    fv_buf_append_text(&buf, probe->banner != NULL ? "\"" : "");
    return fv_rule_text(context, &buf);
}

const char *fv_rule_silence_text(fv_rule_context *context, const fedval_fact *probe,
                                 const char *offer)
{
    fv_buf buf;
    fv_buf_init(&buf);
    if (probe->num_chain > 0)
        fv_buf_append_text(&buf, "shows its certificate, then says nothing more");
    else if (probe->tls_version != NULL)
        fv_buf_append_text(&buf, "begins the handshake, then says nothing more");
    else if (probe->detail != NULL)
        fv_buf_append_text(&buf, "begins to answer, then says nothing more");
    else
        fv_buf_append_text(&buf, "then says nothing");
    fv_buf_append_text(&buf, offer);
    return fv_rule_text(context, &buf);
}

static void fuller_offer_is_taken(fv_rule_context *context)
{
    const fedval_fact *refused = context->address->refused;
    if (refused == NULL)
        return;
    FV_EMIT(context, TLS_FULLER_OFFER_REFUSED, {"outcome", fv_rule_failure_text(context, refused)});
}

/* A peer that offers TLS 1.2 sends its certificate within the handshake. In TLS 1.3 the refusal
 * comes later, and not every server hurries. */
static void identity_is_taken(fv_rule_context *context)
{
    const fv_scene_address *address = context->address;
    if (!fv_probe_is_up(address->probe))
        return;
    for (size_t i = 0; i < address->num_looks; i++) {
        const fedval_fact *fact = address->looks[i].fact;
        if (!refuses_identity(fact))
            continue;
        FV_EMIT(context, TLS_CLIENT_CERTIFICATE_REFUSED,
                {"outcome", fv_rule_failure_text(context, fact)});
        return;
    }
}

static void connection_comes_up(fv_rule_context *context)
{
    const fedval_fact *probe = context->address->probe;
    if (probe == NULL || (fv_probe_is_up(probe) && probe->num_chain > 0))
        return;
    for (size_t i = 0; i < sizeof(failures) / sizeof(failures[0]); i++) {
        if (failures[i].outcome != probe->outcome)
            continue;
        const fv_param params[] = {{"port", fv_rule_number(context, context->target->port)},
                                   {"outcome", fv_rule_failure_text(context, probe)},
                                   {"said", said_text(context, probe)},
                                   {"then", fv_rule_silence_text(context, probe, "")}};
        fv_emit(context, failure_code(context->address, failures[i].code), params, 4);
    }
}

static const char *version_text(int64_t number)
{
    static const char *const names[] = {"SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"};
    return number >= FV_SSL_3_0 && number <= FV_TLS_1_3 ? names[number - FV_SSL_3_0]
                                                        : "a later TLS version";
}

static void version_is_new_enough(fv_rule_context *context)
{
    const fedval_fact *probe = context->address->probe;
    int64_t wanted = context->scene->input->policy->min_tls;
    int64_t version = probe != NULL ? probe->tls_number : 0;
    if (version != 0 && version < wanted) {
        FV_EMIT(context, TLS_VERSION_TOO_OLD, {"version", version_text(version)},
                {"minimum", version_text(wanted)});
    }
}

static void client_certificate_is_asked_for(fv_rule_context *context)
{
    const fedval_fact *probe = context->address->probe;
    if (!fv_probe_is_up(probe))
        return;
    if (probe->client_certificate == FEDVAL_CLIENT_CERTIFICATE_REQUIRED)
        FV_EMIT_PLAIN(context, TLS_CLIENT_CERTIFICATE_REQUIRED);
    if (probe->client_certificate == FEDVAL_CLIENT_CERTIFICATE_NOT_REQUESTED)
        FV_EMIT_PLAIN(context, TLS_CLIENT_CERTIFICATE_NOT_REQUESTED);
}

/* ---- the addresses of one target among each other ---- */

/* Returns the number of the version that was agreed on; 0: it is not known. */
static uint16_t version_of(const fv_scene_address *address)
{
    return fv_probe_is_up(address->probe) ? address->probe->tls_number : 0;
}

static void emit_difference(fv_rule_context *context, const char *what, const fv_scene_address *a,
                            fv_param first, const fv_scene_address *b, fv_param second)
{
    FV_EMIT(context, ENDPOINTS_DIFFER, {"what", what}, {"first_address", a->text},
            {"first", first.value, first.kind}, {"second_address", b->text},
            {"second", second.value, second.kind});
}

static bool is_same_certificate(const fv_scene_chain *a, const fv_scene_chain *b)
{
    return fv_bytes_equal(a->fact->chain[0], b->fact->chain[0]);
}

/* Returns whether the two addresses present other chains. The certificates beside the end entity
 * are compared only if both chains are complete. */
static bool have_other_chains(const fv_scene_address *a, const fv_scene_address *b)
{
    const fv_scene_chain *x = a->presented.chain, *y = b->presented.chain;
    if (!a->has_presented || !b->has_presented || x == y)
        return false;
    return (x->fact->chain_complete && y->fact->chain_complete) || !is_same_certificate(x, y);
}

static fv_param count_of(fv_rule_context *context, const fv_scene_chain *chain)
{
    fv_buf buf;
    fv_buf_init(&buf);
    fv_buf_append_text(&buf, "a chain of ");
    fv_buf_append_u64(&buf, chain->num_certificates);
    return (fv_param){.value = fv_rule_text(context, &buf), .kind = FV_VALUE_PLAIN};
}

/* Returns the name of the certificate, with its serial number where the name tells no difference.
 * The number finds the certificate in public logs, so both together are as private as a subject. */
static fv_param certificate_of(fv_rule_context *context, const fv_scene_chain *chain,
                               const fv_scene_chain *other)
{
    fv_buf buf;
    if (chain->certificates[0] == NULL || strcmp(chain->name, other->name) != 0)
        return (fv_param){.value = chain->name, .kind = chain->name_kind};
    fv_buf_init(&buf);
    fv_buf_append_text(&buf, chain->name);
    fv_buf_append_text(&buf, " (serial number ");
    fv_buf_append_hex(&buf, chain->certificates[0]->serial);
    fv_buf_append_char(&buf, ')');
    return (fv_param){.value = fv_rule_text(context, &buf), .kind = FV_VALUE_SUBJECT};
}

/* Tells that the end-entity certificates differ, or, if they are the same, that the chains do. */
static void emit_other_chains(fv_rule_context *context, const fv_scene_address *a,
                              const fv_scene_address *b)
{
    const fv_scene_chain *x = a->presented.chain, *y = b->presented.chain;
    if (is_same_certificate(x, y)) {
        emit_difference(context, "what is sent with the certificate", a, count_of(context, x), b,
                        count_of(context, y));
    } else {
        emit_difference(context, "their certificates", a, certificate_of(context, x, y), b,
                        certificate_of(context, y, x));
    }
}

static bool have_other_versions(const fv_scene_address *a, const fv_scene_address *b)
{
    return version_of(a) != 0 && version_of(b) != 0 && version_of(a) != version_of(b);
}

static fv_param version_param(const fv_scene_address *address)
{
    return (fv_param){.value = version_text(version_of(address)), .kind = FV_VALUE_PLAIN};
}

/* Compares each address with the first that answered. Each kind of difference gives one remark. */
static void endpoints_are_alike(fv_rule_context *context)
{
    const fv_scene_target *target = context->target;
    bool told_certificate = false, told_version = false;
    for (size_t i = 0; i < target->num_addresses; i++) {
        for (size_t k = i + 1; k < target->num_addresses; k++) {
            const fv_scene_address *a = &target->addresses[i], *b = &target->addresses[k];
            if (!told_certificate && have_other_chains(a, b)) {
                emit_other_chains(context, a, b);
                told_certificate = true;
            }
            if (!told_version && have_other_versions(a, b)) {
                emit_difference(context, "their TLS versions", a, version_param(a), b,
                                version_param(b));
                told_version = true;
            }
        }
    }
}

/* clang-format off */
const fv_rule fv_rules_transport[] = {
    {"connection-comes-up", FV_LEVEL_ADDRESS, connection_comes_up,
     {FEDVAL_FINDING_CONNECT_REFUSED, FEDVAL_FINDING_CONNECT_TIMEOUT,
      FEDVAL_FINDING_CONNECT_UNREACHABLE, FEDVAL_FINDING_TLS_NOT_SPOKEN,
      FEDVAL_FINDING_TLS_HANDSHAKE_FAILED, FEDVAL_FINDING_TLS_NO_COMMON_VERSION,
      FEDVAL_FINDING_TLS_STALLED, FEDVAL_FINDING_TLS_NO_COMMON_CIPHER,
      FEDVAL_FINDING_TLS_CLIENT_CERTIFICATE_REFUSED, FEDVAL_FINDING_LOCAL_LACK,
      FEDVAL_FINDING_TLS_ENDED_AFTER_CLIENT_CERTIFICATE}},
    {"identity-is-taken", FV_LEVEL_ADDRESS, identity_is_taken,
     {FEDVAL_FINDING_TLS_CLIENT_CERTIFICATE_REFUSED}},
    {"fuller-offer-is-taken", FV_LEVEL_ADDRESS, fuller_offer_is_taken,
     {FEDVAL_FINDING_TLS_FULLER_OFFER_REFUSED}},
    {"version-is-new-enough", FV_LEVEL_ADDRESS, version_is_new_enough,
     {FEDVAL_FINDING_TLS_VERSION_TOO_OLD}},
    {"client-certificate-is-asked-for", FV_LEVEL_ADDRESS, client_certificate_is_asked_for,
     {FEDVAL_FINDING_TLS_CLIENT_CERTIFICATE_REQUIRED,
      FEDVAL_FINDING_TLS_CLIENT_CERTIFICATE_NOT_REQUESTED}},
    {"endpoints-are-alike", FV_LEVEL_TARGET, endpoints_are_alike, {FEDVAL_FINDING_ENDPOINTS_DIFFER}},
};
/* clang-format on */

const size_t fv_num_rules_transport = sizeof(fv_rules_transport) / sizeof(fv_rules_transport[0]);
