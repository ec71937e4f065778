/* Bare winsock errors, and the events of the Edge's event logs. */
#include "catalogue/code_rows.h"

#define SOCKET(value, symbol, text)                                                                \
    .kind = FV_SYMPTOM_WINSOCK, .number = (value), .name = symbol, .meaning = text
#define EVENT(value, text) .kind = FV_SYMPTOM_WINDOWS_EVENT, .number = (value), .meaning = text
#define SEE_HRESULT FV_SYMPTOM_SEE_HRESULT
#define PROGRESS FV_SYMPTOM_PROGRESS
#define OWN_SERVER                                                                                 \
    "It is about the Microsoft server itself: read the text of the event there; your DNS and "     \
    "your "                                                                                        \
    "certificates have no part in it"

/* clang-format off */
static const fv_symptom_code codes[] = {
    {SOCKET(10051, "WSAENETUNREACH", "there is no route to the network"), STATED(CONNECT_UNREACHABLE, MS_WINSOCK)},
    {SOCKET(10053, "WSAECONNABORTED", "the connection was aborted"), STATED(CONNECTION_CUT, MS_WINSOCK)},
    {SOCKET(10054, "WSAECONNRESET", "the peer reset the connection"), STATED(CONNECTION_CUT, MS_WINSOCK)},
    {SOCKET(10060, "WSAETIMEDOUT", "the connection attempt timed out"), STATED(CONNECT_TIMEOUT, MS_WINSOCK)},
    {SOCKET(10061, "WSAECONNREFUSED", "the connection was refused"), STATED(CONNECT_REFUSED, MS_WINSOCK)},
    {SOCKET(10065, "WSAEHOSTUNREACH", "there is no route to the host"), STATED(CONNECT_UNREACHABLE, MS_WINSOCK)},
    {SOCKET(11001, "WSAHOST_NOT_FOUND", "the name has no address"), STATED(ADDRESS_MISSING, MS_WINSOCK)},
    {SOCKET(11002, "WSATRY_AGAIN", "the DNS server did not answer"), STATED(ADDRESS_LOOKUP_FAILED, MS_WINSOCK)},
    {SOCKET(11004, "WSANO_DATA", "the name is there, without an address"), STATED(ADDRESS_MISSING, MS_WINSOCK)},

    /* LS Protocol Stack, in the log of the Lync or Skype for Business server */
    {EVENT(14336, "the SIP stack of the Microsoft server reports on its own start or stop"),
     UNSURE(NOT_A_FEDERATION_FAULT), ADVICE(OWN_SERVER)},
    {EVENT(14341, "the SIP stack of the Microsoft server reports on its own configuration"),
     UNSURE(NOT_A_FEDERATION_FAULT), ADVICE(OWN_SERVER)},
    {EVENT(14352, "the SIP stack of the Microsoft server could likely not start"), UNSURE(NOT_A_FEDERATION_FAULT),
     ADVICE(OWN_SERVER)},
    {EVENT(14353, "the SIP stack of the Microsoft server could likely not start listening"), UNSURE(NOT_A_FEDERATION_FAULT),
     ADVICE(OWN_SERVER)},
    {EVENT(14366, "the Edge got certificates that it does not accept; the event does not say why"),
     INFERRED(PEER_REJECTED_CERTIFICATE, MS_OCS_EVENTS)},
    {EVENT(14367, "the Edge turned connections away, likely for what was wrong with their certificates"),
     UNSURE(CAUSE_NOT_IN_THIS_LOG)},
    {EVENT(14369, "the Edge turned messages away, likely because they broke its rules"), UNSURE(CAUSE_NOT_IN_THIS_LOG)},
    {EVENT(14402, "incoming TLS connections likely failed several times"), UNSURE(CAUSE_NOT_IN_THIS_LOG)},
    {EVENT(14428, "outgoing TLS failed: wrong name in the certificate, or a root that is not trusted"),
     INFERRED(CERT_NAME_MISMATCH, MS_OCS_EVENTS), HINTS(SEE_HRESULT),
     CAUSES(CAUSE(CERT_NAME_MISMATCH, OFTEN, "0x80090322 SEC_E_WRONG_PRINCIPAL is in its text"),
            CAUSE(CHAIN_UNTRUSTED_ROOT, OFTEN, "0x80090325 SEC_E_UNTRUSTED_ROOT is in its text"))},
    {EVENT(14497, "the configuration of the Microsoft server likely has an error"), UNSURE(NOT_A_FEDERATION_FAULT),
     ADVICE(OWN_SERVER)},
    {EVENT(14501, "connections with a remote server failed often; the event does not say why"),
     INFERRED(CAUSE_NOT_IN_THIS_LOG, LYNCDUDE)},
    {EVENT(14502, "connections with a remote server failed often; the event does not say why"),
     INFERRED(CAUSE_NOT_IN_THIS_LOG, LYNCDUDE)},
    {EVENT(14517, "the configuration of the Microsoft server likely has a serious error"), UNSURE(NOT_A_FEDERATION_FAULT),
     ADVICE(OWN_SERVER)},
    {EVENT(14603, "a federated partner sent what the Edge does not accept; the event names the partner"),
     INFERRED(CAUSE_NOT_IN_THIS_LOG, LYNCDUDE)},
    {EVENT(14609, "the Edge reports likely on the traffic of a partner"), UNSURE(CAUSE_NOT_IN_THIS_LOG)},
    {EVENT(30988, "a web request between Microsoft servers failed"), UNSURE(NOT_A_FEDERATION_FAULT), ADVICE(OWN_SERVER)},
    {EVENT(32263, "a Front End does not know the user or the endpoint"), STATED(NOT_A_FEDERATION_FAULT, MS_EVENT_32263),
     ADVICE(OWN_SERVER)},
    {EVENT(41026, "a conferencing server likely cannot reach the Web Conferencing Edge"), UNSURE(NOT_A_FEDERATION_FAULT),
     ADVICE(OWN_SERVER)},

    /* Schannel, in the System log */
    {EVENT(36864, "Schannel was loaded"), STATED(NOT_A_FEDERATION_FAULT, MS_SCHANNEL_EVENTS), HINTS(PROGRESS)},
    {EVENT(36870, "the private key of the Microsoft server's own certificate cannot be used"),
     STATED(NOT_A_FEDERATION_FAULT, MS_SCHANNEL_EVENTS), ADVICE(OWN_SERVER)},
    {EVENT(36871, "the Microsoft server could not set up its own TLS credential"),
     STATED(NOT_A_FEDERATION_FAULT, MS_SCHANNEL_EVENTS), ADVICE(OWN_SERVER)},
    {EVENT(36872, "the Microsoft server has no certificate for TLS"), STATED(NOT_A_FEDERATION_FAULT, MS_SCHANNEL_EVENTS),
     ADVICE(OWN_SERVER)},
    {EVENT(36873, "the Microsoft server has no cipher suite to offer"), STATED(NOT_A_FEDERATION_FAULT, MS_SCHANNEL_EVENTS),
     ADVICE(OWN_SERVER)},
    {EVENT(36874, "a caller and this server share no cipher suite"),
     STATED(TLS_NO_COMMON_CIPHER, MS_SCHANNEL_EVENTS),
     ADVICE("On the Cisco side: Maintenance > Security > Ciphers, SIP TLS ciphers; on the Microsoft side: the order of "
            "cipher suites; see that both have one in common")},
    {EVENT(36875, "a partner asked for a client certificate, and the Microsoft server has none that fits"),
     STATED(CLIENT_CERTIFICATE_MISSING, MS_SCHANNEL_EVENTS)},
    {EVENT(36876, "the certificate of a server was not valid; the event's data holds the HRESULT"),
     STATED(CAUSE_NOT_IN_THIS_LOG, MS_SCHANNEL_EVENTS)},
    {EVENT(36877, "the certificate of a caller was not valid; the event's data holds the HRESULT"),
     STATED(CAUSE_NOT_IN_THIS_LOG, MS_SCHANNEL_EVENTS)},
    {EVENT(36878, "the certificate of a caller cannot be used for authentication"),
     STATED(CAUSE_NOT_IN_THIS_LOG, MS_SCHANNEL_EVENTS)},
    {EVENT(36880, "a TLS handshake was completed"), STATED(NOT_A_FEDERATION_FAULT, MS_SCHANNEL_EVENTS), HINTS(PROGRESS)},
    {EVENT(36881, "the certificate of a server has expired or is not valid yet"), STATED(CERT_EXPIRED, MS_SCHANNEL_EVENTS)},
    {EVENT(36882, "the certificate of a server was issued by a CA that is not trusted"),
     STATED(CHAIN_UNTRUSTED_ROOT, MS_SCHANNEL_EVENTS)},
    {EVENT(36883, "the certificate of a server is revoked"), STATED(CERT_REVOKED, MS_SCHANNEL_EVENTS)},
    {EVENT(36884, "the certificate of a server does not hold the expected name, which the event gives"),
     STATED(CERT_NAME_MISMATCH, MS_SCHANNEL_EVENTS),
     CAUSES(CAUSE(CERT_NAME_MISMATCH, OFTEN, "it expected a partner's SRV target"),
            BEYOND(OFTEN, "it expected Microsoft's own name: a host of its clouds (lync.com, skypeforbusiness.us) or a service that "
                          "Windows calls (microsoftonline.us, office365.us, partner.outlook.cn); nothing to change on the Cisco side"))},
    {EVENT(36885, "the list of trusted CAs that the Microsoft server sends to callers is too long, and was cut"),
     STATED(NOT_A_FEDERATION_FAULT, MS_SCHANNEL_EVENTS),
     ADVICE("No fault of a partner, but a caller that does not find its CA in the cut list may send no certificate, and its calls "
            "then fail. On the Microsoft server: remove roots that are not needed from its trusted roots, or do not send the list "
            "(SendTrustedIssuerList 0, the default since Windows Server 2012)")},
    {EVENT(36886, "the Microsoft server has no default certificate"), STATED(NOT_A_FEDERATION_FAULT, MS_SCHANNEL_EVENTS),
     ADVICE(OWN_SERVER)},
    {EVENT(36887, "a fatal TLS alert came from the peer; its number decides"),
     STATED(CAUSE_NOT_IN_THIS_LOG, MS_SCHANNEL_EVENTS),
     CAUSES(CAUSE(PEER_REJECTED_CERTIFICATE, MOST_OFTEN, "alert 42 to 46, 48 or 49: explain the alert"),
            CAUSE(TLS_NO_COMMON_VERSION, AT_TIMES, "alert 40, 70 or 71"))},
    {EVENT(36888, "a fatal TLS alert was sent to the peer; its number decides"),
     STATED(CAUSE_NOT_IN_THIS_LOG, MS_SCHANNEL_EVENTS),
     CAUSES(CAUSE(CHAIN_UNTRUSTED_ROOT, OFTEN, "alert 48: explain the alert"),
            CAUSE(TLS_NO_COMMON_VERSION, OFTEN, "alert 40, 70 or 71"))},
};
/* clang-format on */

const fv_symptom_table fv_windows_codes = TABLE(codes);
