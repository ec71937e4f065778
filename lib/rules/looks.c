/* Further looks at a server: what does a peer with another offer get, and does TLS carry SIP? */
#include "base/windows_tls.h"
#include "rules/rule.h"

#include <string.h>

#define MIN_DH_BITS 1024 /* Windows (SChannel) refuses shorter groups */

/* ---- Windows ---- */

static const fv_scene_look *find_scene_look(const fv_scene_address *address, uint32_t look)
{
    for (size_t i = 0; i < address->num_looks; i++) {
        if (address->looks[i].fact->question.look == look)
            return &address->looks[i];
    }
    return NULL;
}

static const fedval_fact *find_look(const fv_scene_address *address, uint32_t look)
{
    const fv_scene_look *found = find_scene_look(address, look);
    return found == NULL ? NULL : found->fact;
}

/* Returns whether TLS 1.3 came up and the offer of TLS 1.2 met silence. TLS 1.3 is up for a client
 * before its last message has arrived (RFC 8446 2). So a firewall that swallows what the client
 * sends shows itself in TLS 1.2 alone. Where the probe agreed on TLS 1.2, nothing swallows it. */
static bool is_swallowed(const fedval_fact *probe, const fedval_fact *look)
{
    return look->outcome == FEDVAL_OUTCOME_STALLED && probe->tls_number == FV_TLS_1_3;
}

/* Returns whether the connection ended in a way that need not be the fault of the offer. A server
 * that refuses an offer "will respond with a handshake failure alert" (RFC 5246 7.4.1.3); one that
 * takes few connections at a time ends a further one like this. */
static bool is_cut(const fedval_fact *probe, const fedval_fact *fact)
{
    switch (fact->outcome) {
    case FEDVAL_OUTCOME_STALLED:
        return !is_swallowed(probe, fact);
    case FEDVAL_OUTCOME_CLOSED:
    case FEDVAL_OUTCOME_RESET:
        return fact->num_chain == 0 && fact->tls_version == NULL;
    case FEDVAL_OUTCOME_REFUSED:
    case FEDVAL_OUTCOME_TIMEOUT:
    case FEDVAL_OUTCOME_UNREACHABLE:
        return true;
    default:
        return false;
    }
}

/* Returns whether the server answered and refused the offer. */
static bool is_turned_down(const fv_scene_look *look)
{
    const fedval_fact *fact = look->fact;
    if (fact->outcome == FEDVAL_OUTCOME_NO_COMMON_VERSION)
        return fact->num_chain == 0 && fact->tls_version == NULL;
    return fact->outcome == FEDVAL_OUTCOME_ALERT &&
           (fact->num_chain == 0 || fv_probe_cannot_sign(fact, look->presented.chain));
}

static const char *cipher_of(fv_rule_context *context, const fedval_fact *probe)
{
    return probe->tls_cipher != NULL ? fv_rule_copy(context, probe->tls_cipher)
                                     : "an unknown cipher suite";
}

static void windows_gets_through(fv_rule_context *context)
{
    const fedval_fact *probe = context->address->probe;
    const fv_scene_look *look = find_scene_look(context->address, FEDVAL_LOOK_WINDOWS);
    if (look == NULL || !fv_probe_is_up(probe))
        return;
    if (is_turned_down(look)) {
        FV_EMIT(context, TLS_WINDOWS_REFUSED,
                {"version", fv_rule_copy(context, probe->tls_version)},
                {"cipher", cipher_of(context, probe)});
    } else if (is_cut(probe, look->fact)) {
        FV_EMIT(context, TLS_WINDOWS_NOT_SEEN,
                {"version", fv_rule_copy(context, probe->tls_version)},
                {"cipher", cipher_of(context, probe)},
                {"outcome", fv_rule_failure_text(context, look->fact)});
    }
}

/* The versions whose offer of TLS 1.2 each look makes. What 2019 offers is what 2022 offers. */
static const struct {
    uint32_t look, versions;
} windows_looks[] = {
    {FEDVAL_LOOK_WINDOWS_2012_R2, FV_WINDOWS_2012_R2},
    {FEDVAL_LOOK_WINDOWS_2019, FV_WINDOWS_2019 | FV_WINDOWS_2022},
};

/* Returns the versions of Windows, FV_WINDOWS_, that were turned down and offer nothing of what any
 * connection agreed on. */
static uint32_t turned_down(const fv_scene_address *address)
{
    uint32_t versions = 0;
    for (size_t i = 0; i < sizeof(windows_looks) / sizeof(windows_looks[0]); i++) {
        const fv_scene_look *look = find_scene_look(address, windows_looks[i].look);
        if (look != NULL && is_turned_down(look))
            versions |= windows_looks[i].versions;
    }
    versions &= ~fv_windows_offering(address->probe->tls_cipher, address->probe->tls_group);
    for (size_t i = 0; i < address->num_looks; i++) {
        const fedval_fact *fact = address->looks[i].fact;
        if (fv_probe_is_up(fact))
            versions &= ~fv_windows_offering(fact->tls_cipher, fact->tls_group);
    }
    return versions;
}

/* Names the versions: "Windows Server 2012 R2", "Windows Server 2019 or 2022". */
static const char *windows_text(fv_rule_context *context, uint32_t versions)
{
    static const struct {
        uint32_t version;
        const char *name;
    } names[] = {{FV_WINDOWS_2012_R2, "2012 R2"},
                 {FV_WINDOWS_2016, "2016"},
                 {FV_WINDOWS_2019, "2019"},
                 {FV_WINDOWS_2022, "2022"}};
    fv_buf buf;
    fv_buf_init(&buf);
    const char *before = "Windows Server ";
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if ((versions & names[i].version) == 0)
            continue;
        fv_buf_append_text(&buf, before);
        fv_buf_append_text(&buf, names[i].name);
        before = " or ";
    }
    return fv_rule_text(context, &buf);
}

static const char *suites_to_allow(uint32_t versions)
{
    return (versions & FV_WINDOWS_2012_R2) != 0
               ? "ECDHE with AES-CBC, or DHE-RSA with AES-GCM, and the curve P-256 or P-384"
               : "ECDHE with AES-GCM, and the curve X25519, P-256 or P-384";
}

static void each_windows_gets_through(fv_rule_context *context)
{
    const fedval_fact *probe = context->address->probe;
    const fv_scene_look *windows = find_scene_look(context->address, FEDVAL_LOOK_WINDOWS);
    if (!fv_probe_is_up(probe) ||
        (windows != NULL && (is_turned_down(windows) || is_cut(probe, windows->fact))))
        return;
    uint32_t versions = turned_down(context->address);
    if (versions == 0)
        return;
    /* Peers with TLS 1.2 get what the look as Windows got. */
    const fedval_fact *seen =
        windows != NULL && fv_probe_is_up(windows->fact) ? windows->fact : probe;
    FV_EMIT(context, TLS_WINDOWS_VERSION_REFUSED,
            {"version", fv_rule_copy(context, seen->tls_version)},
            {"cipher", cipher_of(context, seen)},
            {"group",
             seen->tls_group != NULL ? fv_rule_copy(context, seen->tls_group) : "an unknown curve"},
            {"windows", windows_text(context, versions)}, {"wanted", suites_to_allow(versions)});
}

/* Most Windows servers speak TLS 1.2 alone, and so meet the silence that TLS 1.3 hides. */
static void windows_is_answered(fv_rule_context *context)
{
    const fedval_fact *probe = context->address->probe;
    const fedval_fact *look = find_look(context->address, FEDVAL_LOOK_WINDOWS);
    if (look == NULL || !fv_probe_is_up(probe) || !is_swallowed(probe, look))
        return;
    FV_EMIT(context, TLS_STALLED, {"port", fv_rule_number(context, context->target->port)},
            {"outcome", "silence"},
            {"then", fv_rule_silence_text(context, look, " to TLS 1.2 as Windows offers it")});
}

/* ---- keys ---- */

static void key_exchange_is_strong(fv_rule_context *context)
{
    const fedval_fact *probe = context->address->probe;
    uint32_t bits = probe == NULL ? 0 : probe->dhe_bits;
    if (bits > 0 && bits < MIN_DH_BITS)
        FV_EMIT(context, TLS_KEY_EXCHANGE_WEAK, {"bits", fv_rule_number(context, bits)});
}

/* ---- what TLS carries ---- */

/* Returns whether a line begins with a method and a SIP URI: "OPTIONS sip:". RFC 3261 7.1: "The
 * Request-URI is a SIP or SIPS URI". */
static bool begins_with_request(fv_text line)
{
    size_t at = 0;
    while (at < line.len && line.data[at] >= 'A' && line.data[at] <= 'Z')
        at++;
    fv_text rest = {line.data + at, line.len - at};
    return at > 0 && (fv_text_starts_nocase(rest, fv_text_of(" sip:")) ||
                      fv_text_starts_nocase(rest, fv_text_of(" sips:")));
}

/* RFC 3261 7.1 and 7.2: a status line begins with the version, a request line ends with it. A
 * banner holds the beginning of a long line alone. A mail server may be called sip.example.com. */
static bool is_sip(const char *banner)
{
    fv_text line = fv_text_of(banner);
    if (begins_with_request(line))
        return true;
    return fv_text_starts_nocase(line, fv_text_of("SIP/")) ||
           fv_text_starts_nocase(line, fv_text_of("ALPN sip/")) ||
           fv_text_ends_nocase(line, fv_text_of(" SIP/2.0"));
}

static void tls_carries_sip(fv_rule_context *context)
{
    const fedval_fact *probe = context->address->probe;
    const fedval_fact *asked = find_look(context->address, FEDVAL_LOOK_OPTIONS);
    if (asked != NULL && asked->sip_status != 0) {
        FV_EMIT(context, SIP_SPOKEN, {"status", fv_rule_number(context, asked->sip_status)},
                {"server",
                 asked->sip_server != NULL ? fv_rule_copy(context, asked->sip_server) : "no name"});
        return;
    }
    const char *banner = asked != NULL && asked->banner != NULL ? asked->banner
                         : probe != NULL                        ? probe->banner
                                                                : NULL;
    if (banner != NULL && fv_probe_is_up(probe) && !is_sip(banner))
        FV_EMIT(context, TLS_OTHER_SERVICE, {"banner", fv_rule_copy(context, banner)});
    else if (asked != NULL && fv_probe_is_up(asked))
        FV_EMIT_PLAIN(context, SIP_NOT_SPOKEN);
}

static void ocsp_is_told(fv_rule_context *context)
{
    const fedval_fact *probe = context->address->probe;
    if (probe != NULL && probe->ocsp.len > 0)
        FV_EMIT(context, OCSP_STAPLED, {"length", fv_rule_number(context, probe->ocsp.len)});
}

static bool is_to_be_stapled(const fv_scene_chain *chain)
{
    return chain != NULL && chain->num_certificates > 0 && chain->certificates[0] != NULL &&
           chain->certificates[0]->tls_features.has_status_request;
}

static void emit_must_staple(fv_rule_context *context, const fv_scene_chain *chain,
                             const char *unseen)
{
    FV_EMIT(context, MUST_STAPLE, {"certificate", chain->name, chain->name_kind},
            {"unseen", unseen});
}

/* RFC 7633 4.2.3.1: where the certificate asks for status_request, the server has to staple. A
 * prober that did not ask for it cannot tell, nor can a chain that no connection showed. */
static void must_staple_is_kept(fv_rule_context *context)
{
    const fv_scene_address *address = context->address;
    const fv_scene_chain *chain = address->presented.chain;
    if (!address->has_presented || !is_to_be_stapled(chain))
        return;
    const fedval_fact *probe = address->probe;
    if (probe == NULL || (!probe->has_ocsp && probe->tls_version == NULL))
        emit_must_staple(context, chain, "no TLS connection was seen with it");
    else if (!probe->has_ocsp)
        emit_must_staple(context, chain, "the prober did not ask for one");
    else if (probe->ocsp.len == 0)
        FV_EMIT_PLAIN(context, MUST_STAPLE_MISSING);
}

/* A chain that is judged by itself has no address. */
static void must_staple_is_told(fv_rule_context *context)
{
    const fv_scene_chain *chain = context->presented->chain;
    if (context->address == NULL && chain->role == FEDVAL_ROLE_SERVER && is_to_be_stapled(chain))
        emit_must_staple(context, chain, "a chain by itself cannot show one");
}

/* ---- the caller's certificate ---- */

static bool names_issuer(const fedval_fact *probe, const fv_scene_chain *client)
{
    for (size_t i = 0; i < probe->num_client_cas; i++) {
        for (size_t k = 0; k < client->num_certificates; k++) {
            const fv_certificate *certificate = client->certificates[k];
            if (certificate != NULL &&
                fv_bytes_equal(certificate->issuer.raw, probe->client_cas[i]))
                return true;
        }
    }
    return false;
}

/* Returns the first fact of this server that has names of CAs; NULL if none has. In TLS 1.3 a
 * prober may not see them. */
static const fedval_fact *find_request(const fv_scene_address *address)
{
    const fedval_fact *found = address->probe;
    for (size_t i = 0; i < address->num_looks && (found == NULL || found->num_client_cas == 0); i++)
        found = address->looks[i].fact;
    return found != NULL && found->num_client_cas > 0 ? found : NULL;
}

/* RFC 5246 7.4.4: "If the certificate_authorities list is empty, then the client MAY send any
 * certificate". */
static void issuer_is_named(fv_rule_context *context)
{
    const fedval_fact *probe = find_request(context->address);
    const fv_scene *scene = context->scene;
    if (probe == NULL || !scene->has_client || scene->client.chain == NULL ||
        names_issuer(probe, scene->client.chain))
        return;
    FV_EMIT(context, TLS_CLIENT_CA_NOT_NAMED,
            {"count", fv_rule_number(context, probe->num_client_cas)},
            {"client", scene->client.chain->name, scene->client.chain->name_kind});
}

/* ---- one address, several connections ---- */

static const char *with_look(fv_rule_context *context, const char *address, const char *look)
{
    fv_buf buf;
    fv_buf_init(&buf);
    fv_buf_append_text(&buf, address);
    fv_buf_append_text(&buf, look);
    return fv_rule_text(context, &buf);
}

static const struct {
    uint32_t look;
    const char *text;
} look_texts[] = {
    {FEDVAL_LOOK_WINDOWS, " (TLS 1.2, as Windows offers it)"},
    {FEDVAL_LOOK_RSA, " (RSA alone)"},
    {FEDVAL_LOOK_ECDSA, " (ECDSA alone)"},
    {FEDVAL_LOOK_NO_SERVER_NAME, " (without the server name)"},
    {FEDVAL_LOOK_OPTIONS, " (once more)"},
    {FEDVAL_LOOK_WINDOWS_2012_R2, " (TLS 1.2, as Windows Server 2012 R2 offers it)"},
    {FEDVAL_LOOK_WINDOWS_2019, " (TLS 1.2, as Windows Server 2019 offers it)"},
};

static const char *look_text(uint32_t look)
{
    for (size_t i = 0; i < sizeof(look_texts) / sizeof(look_texts[0]); i++) {
        if (look_texts[i].look == look)
            return look_texts[i].text;
    }
    return "";
}

static void connections_are_alike(fv_rule_context *context)
{
    const fv_scene_address *address = context->address;
    for (size_t i = 0; address->has_presented && i < address->num_looks; i++) {
        const fv_scene_look *look = &address->looks[i];
        const fv_scene_chain *a = address->presented.chain, *b = look->presented.chain;
        if (b == NULL || a == NULL || fv_bytes_equal(a->fact->chain[0], b->fact->chain[0]))
            continue;
        FV_EMIT(context, ENDPOINTS_DIFFER, {"what", "their certificates"},
                {"first_address", address->text}, {"first", a->name},
                {"second_address",
                 with_look(context, address->text, look_text(look->fact->question.look))},
                {"second", b->name});
    }
}

/* clang-format off */
const fv_rule fv_rules_looks[] = {
    {"windows-gets-through", FV_LEVEL_ADDRESS, windows_gets_through,
     {FEDVAL_FINDING_TLS_WINDOWS_REFUSED, FEDVAL_FINDING_TLS_WINDOWS_NOT_SEEN}},
    {"each-windows-gets-through", FV_LEVEL_ADDRESS, each_windows_gets_through,
     {FEDVAL_FINDING_TLS_WINDOWS_VERSION_REFUSED}},
    {"windows-is-answered", FV_LEVEL_ADDRESS, windows_is_answered, {FEDVAL_FINDING_TLS_STALLED}},
    {"key-exchange-is-strong", FV_LEVEL_ADDRESS, key_exchange_is_strong,
     {FEDVAL_FINDING_TLS_KEY_EXCHANGE_WEAK}},
    {"tls-carries-sip", FV_LEVEL_ADDRESS, tls_carries_sip,
     {FEDVAL_FINDING_SIP_SPOKEN, FEDVAL_FINDING_SIP_NOT_SPOKEN, FEDVAL_FINDING_TLS_OTHER_SERVICE}},
    {"ocsp-is-told", FV_LEVEL_ADDRESS, ocsp_is_told, {FEDVAL_FINDING_OCSP_STAPLED}},
    {"must-staple-is-kept", FV_LEVEL_ADDRESS, must_staple_is_kept,
     {FEDVAL_FINDING_MUST_STAPLE, FEDVAL_FINDING_MUST_STAPLE_MISSING}},
    {"must-staple-is-told", FV_LEVEL_PRESENTED, must_staple_is_told, {FEDVAL_FINDING_MUST_STAPLE}},
    {"issuer-is-named", FV_LEVEL_ADDRESS, issuer_is_named,
     {FEDVAL_FINDING_TLS_CLIENT_CA_NOT_NAMED}},
    {"connections-are-alike", FV_LEVEL_ADDRESS, connections_are_alike,
     {FEDVAL_FINDING_ENDPOINTS_DIFFER}},
};
/* clang-format on */

const size_t fv_num_rules_looks = sizeof(fv_rules_looks) / sizeof(fv_rules_looks[0]);
