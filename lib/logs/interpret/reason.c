#include "logs/interpret/reason.h"

#include "fedval/catalogue.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* Written without blanks, as the sight has it; the first that is found counts. */
typedef struct reason {
    const char *text;
    uint32_t inbound;  /* the peer called: it is the TLS client */
    uint32_t outbound; /* Expressway called */
    const char *basis; /* what the finding is inferred from; NULL: the text states it */
} reason;

#define SAME(text, name)                                                                           \
    {                                                                                              \
        text, FEDVAL_FINDING_##name, FEDVAL_FINDING_##name, NULL                                   \
    }
#define SUGGESTS(text, in, out, basis)                                                             \
    {                                                                                              \
        text, FEDVAL_FINDING_##in, FEDVAL_FINDING_##out, basis                                     \
    }

static const char of_purpose[] =
    "from the purpose that was refused: most often its extKeyUsage, else its keyUsage or a CA's";

static const reason reasons[] = {
    /* What the peer says of our certificate. */
    SAME("alertcertificaterequired", CLIENT_CERTIFICATE_MISSING),
    SAME("alertnocertificate", CLIENT_CERTIFICATE_MISSING),
    SAME("alertcertificate", PEER_REJECTED_CERTIFICATE), /* expired, revoked, unknown */
    SAME("alertbadcertificate", PEER_REJECTED_CERTIFICATE),
    SAME("alertunsupportedcertificate", PEER_REJECTED_CERTIFICATE),
    SAME("alertunknownca", PEER_REJECTED_CERTIFICATE),
    SAME("alertaccessdenied", PEER_REJECTED_CERTIFICATE), /* a valid one (RFC 5246 7.2.2) */
    SAME("alertprotocolversion", TLS_NO_COMMON_VERSION),
    SAME("alertinsufficientsecurity", TLS_NO_COMMON_VERSION),
    SAME("alert", TLS_HANDSHAKE_FAILED),
    /* What Expressway says of the peer's. */
    SAME("identitywasunacceptable", PEER_CERTIFICATE_NAME_REFUSED),
    SAME("hostnamemismatch", PEER_CERTIFICATE_NAME_REFUSED),
    SAME("nocertificatereturned", CLIENT_CERTIFICATE_MISSING),
    SAME("didnotreturnacertificate", CLIENT_CERTIFICATE_MISSING),
    SUGGESTS("unsupportedcertificatepurpose", CERT_EKU_NO_CLIENT_AUTH, CERT_EKU_NO_SERVER_AUTH,
             of_purpose),
    SUGGESTS("unsuitablecertificatepurpose", CERT_EKU_NO_CLIENT_AUTH, CERT_EKU_NO_SERVER_AUTH,
             of_purpose),
    SAME("certificatehasexpired", CERT_EXPIRED),
    SAME("certificateisnotyetvalid", CERT_NOT_YET_VALID),
    SAME("certificaterevoked", CERT_REVOKED),
    SAME("unabletogetcertificatecrl", REVOCATION_OFFLINE),
    SAME("crlissuer", REVOCATION_OFFLINE),
    SAME("crlhasexpired", REVOCATION_OFFLINE),
    SAME("crlisnotyetvalid", REVOCATION_OFFLINE),
    SAME("crlsignature", REVOCATION_OFFLINE),
    SAME("differentcrlscope", REVOCATION_OFFLINE),
    SAME("ocspverification", REVOCATION_OFFLINE),
    SAME("certificatesignaturefailure", CHAIN_BAD_SIGNATURE),
    SAME("mdtooweak", CERT_SIGNATURE_WEAK),
    SAME("keytooweak", CERT_KEY_WEAK),
    SAME("eekeytoosmall", CERT_KEY_WEAK),
    SAME("cakeytoosmall", CERT_KEY_WEAK),
    SAME("invalidcacertificate", CHAIN_NOT_A_CA),
    SAME("pathlengthconstraint", CHAIN_PATH_TOO_LONG),
    SAME("subtreeviolation", CHAIN_NAME_NOT_PERMITTED),
    SAME("unhandledcriticalextension", CHAIN_UNKNOWN_CRITICAL_EXTENSION),
    SAME("selfsignedcertificate", PEER_CERTIFICATE_UNTRUSTED),
    SAME("self-signedcertificate", PEER_CERTIFICATE_UNTRUSTED),
    SAME("issuercertificate", PEER_CERTIFICATE_UNTRUSTED),
    SAME("verifythefirstcertificate", PEER_CERTIFICATE_UNTRUSTED),
    SAME("certificatenottrusted", PEER_CERTIFICATE_UNTRUSTED),
    SAME("certificaterejected", PEER_CERTIFICATE_UNTRUSTED),
    SUGGESTS("certificateverifyfailed", PEER_CERTIFICATE_UNTRUSTED, PEER_CERTIFICATE_UNTRUSTED,
             "from \"certificate verify failed\", without the reason"),
    /* What has nothing to do with certificates. */
    SAME("unsupportedprotocol", TLS_NO_COMMON_VERSION),
    SAME("noprotocolsavailable", TLS_NO_COMMON_VERSION),
    SAME("versiontoolow", TLS_NO_COMMON_VERSION),
    SAME("inappropriatefallback", TLS_NO_COMMON_VERSION),
    SAME("nosharedcipher", TLS_NO_COMMON_VERSION),
    SAME("wrongversionnumber", TLS_NOT_SPOKEN),
    SAME("unknownprotocol", TLS_NOT_SPOKEN),
    SAME("httprequest", TLS_NOT_SPOKEN),
};

/* These are said of healthy connections too, and are so short that other words hold them ("the size
 * of"): they begin a word. */
static const reason event_reasons[] = {
    SAME("remotedisconnect", CONNECTION_CUT),
    SAME("EOF", CONNECTION_CUT),
    SAME("reset", CONNECTION_CUT),
    SAME("brokenpipe", CONNECTION_CUT),
    SAME("closed", CONNECTION_CUT),
    SAME("timeout", CONNECT_TIMEOUT),
    SAME("timedout", CONNECT_TIMEOUT),
};

static bool begins_word(const fv_sight *sight, size_t pos)
{
    return fv_sight_gap(sight, pos) != FV_GAP_NONE || !fv_ascii_is_alnum(sight->text[pos - 1]);
}

static bool is_said(const fv_sight *sight, fv_span text, const char *words, bool as_word)
{
    size_t at = fv_sight_find(sight, text, words);
    while (as_word && at < text.to && at > text.from && !begins_word(sight, at))
        at = fv_sight_find(sight, (fv_span){at + 1, text.to}, words);
    return at < text.to;
}

static const reason *find(const fv_sight *sight, fv_span text, const reason *table,
                          size_t num_reasons, bool as_word)
{
    for (size_t i = 0; i < num_reasons; i++)
        if (is_said(sight, text, table[i].text, as_word))
            return &table[i];
    return NULL;
}

uint32_t fv_reason_find(const fv_sight *sight, fv_span text, bool inbound, bool is_event,
                        const char **out_basis)
{
    const reason *found = find(sight, text, reasons, COUNT(reasons), false);
    if (found == NULL && is_event)
        found = find(sight, text, event_reasons, COUNT(event_reasons), true);
    *out_basis = found == NULL ? NULL : found->basis;
    if (found == NULL)
        return 0;
    return inbound ? found->inbound : found->outbound;
}
