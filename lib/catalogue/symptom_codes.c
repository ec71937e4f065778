#include "catalogue/symptom_codes.h"

#include "base/text.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define STATED FV_SYMPTOM_STATED
#define INFERRED FV_SYMPTOM_INFERRED
#define UNSURE FV_SYMPTOM_UNSURE
#define DIAGNOSTICS(number, finding, certainty, hints, meaning)                                    \
    {                                                                                              \
        FV_SYMPTOM_MS_DIAGNOSTICS, number, NULL, meaning, FEDVAL_FINDING_##finding, certainty,     \
            hints                                                                                  \
    }
#define HRESULT(number, name, finding, certainty, meaning)                                         \
    {                                                                                              \
        FV_SYMPTOM_HRESULT, number, name, meaning, FEDVAL_FINDING_##finding, certainty, 0          \
    }
#define WINSOCK(number, name, finding, meaning)                                                    \
    {                                                                                              \
        FV_SYMPTOM_WINSOCK, number, name, meaning, FEDVAL_FINDING_##finding, STATED, 0             \
    }

/* clang-format off */
static const fv_symptom_code codes[] = {
    /* ms-diagnostics: the published error list of [MS-OCER], and what was seen on the wire */
    DIAGNOSTICS(2, CAUSE_NOT_IN_THIS_LOG, STATED, 0,
                "a generic report: the Edge gives no detail"),
    DIAGNOSTICS(1000, NOT_A_FEDERATION_FAULT, STATED, 0,
                "the client could not authenticate itself with its own server"),
    DIAGNOSTICS(1001, POLICY_REFUSED, STATED, 0,
                "the user's policy on the Microsoft side does not allow public IM providers"),
    DIAGNOSTICS(1002, POLICY_REFUSED, STATED, 0,
                "the user's policy on the Microsoft side does not allow federation"),
    DIAGNOSTICS(1003, NOT_A_FEDERATION_FAULT, STATED, 0, "the called user does not exist"),
    DIAGNOSTICS(1004, NOT_A_FEDERATION_FAULT, STATED, 0, "the route of the dialog is no longer valid"),
    DIAGNOSTICS(1005, PARTNER_NOT_ALLOWED, UNSURE, 0,
                "the Microsoft side cannot route to this domain: likely it is not on its allow list"),
    DIAGNOSTICS(1006, NOT_A_FEDERATION_FAULT, STATED, 0, "the connection of a client could not be used"),
    DIAGNOSTICS(1007, CAUSE_NOT_IN_THIS_LOG, STATED, FV_SYMPTOM_SECONDARY,
                "temporarily cannot route: often the consequence of an earlier failure"),
    DIAGNOSTICS(1008, SRV_MISSING, STATED, 0,
                "the Edge could not resolve the DNS SRV record of the domain"),
    DIAGNOSTICS(1009, SRV_TARGET_OUTSIDE_DOMAIN, STATED, 0,
                "the DNS SRV results hold no host directly under the domain"),
    DIAGNOSTICS(1010, CERT_NAME_MISMATCH, INFERRED, FV_SYMPTOM_SEE_HRESULT,
                "certificate trust with another server could not be established"),
    DIAGNOSTICS(1011, CAUSE_NOT_IN_THIS_LOG, STATED, FV_SYMPTOM_NEXT_HOP,
                "the response came from the next hop: the detail is in its ms-diagnostics"),
    DIAGNOSTICS(1012, POLICY_REFUSED, STATED, 0,
                "the user's policy on the Microsoft side does not allow users outside the enterprise"),
    DIAGNOSTICS(1013, CLOCK_SKEW, STATED, 0, "a clock differed too much from the server's for authentication"),
    DIAGNOSTICS(1014, ADDRESS_MISSING, INFERRED, 0,
                "the Edge could not resolve the address record of the SRV target"),
    DIAGNOSTICS(1017, NOT_A_FEDERATION_FAULT, STATED, 0,
                "the lists of a split domain differ, on the Microsoft side"),
    DIAGNOSTICS(1027, CAUSE_NOT_IN_THIS_LOG, STATED, FV_SYMPTOM_SECONDARY,
                "this kind of request is not routed to federated partners: often a secondary report "
                "of a DNS fault"),
    DIAGNOSTICS(1028, PARTNER_NOT_ALLOWED, UNSURE, 0,
                "the domain is likely not among the partners that the Microsoft side federates with"),
    DIAGNOSTICS(1033, CAUSE_NOT_IN_THIS_LOG, STATED, FV_SYMPTOM_NEXT_HOP,
                "the next hop gave the failure without a detail of its own"),
    DIAGNOSTICS(1034, CAUSE_NOT_IN_THIS_LOG, STATED, FV_SYMPTOM_NEXT_HOP,
                "the federated partner's own server gave the failure"),
    DIAGNOSTICS(1035, CAUSE_NOT_IN_THIS_LOG, UNSURE, FV_SYMPTOM_NEXT_HOP,
                "a public IM provider likely gave the failure"),
    DIAGNOSTICS(1036, CAUSE_NOT_IN_THIS_LOG, UNSURE, FV_SYMPTOM_NEXT_HOP,
                "a server of the same address space (split domain) likely gave the failure"),
    DIAGNOSTICS(1037, CAUSE_NOT_IN_THIS_LOG, UNSURE, FV_SYMPTOM_NEXT_HOP,
                "another server of the Microsoft side likely gave the failure"),
    DIAGNOSTICS(1038, CONNECT_TIMEOUT, UNSURE, FV_SYMPTOM_SEE_HRESULT,
                "the Edge could likely not connect to the federated peer server"),
    DIAGNOSTICS(1046, CONNECT_TIMEOUT, UNSURE, FV_SYMPTOM_SEE_HRESULT,
                "the Edge could likely not connect to the federated peer server"),
    DIAGNOSTICS(1047, CONNECTION_CUT, STATED, FV_SYMPTOM_SEE_HRESULT,
                "failed to complete TLS negotiation with a federated peer server"),
    DIAGNOSTICS(4005, NOT_A_FEDERATION_FAULT, STATED, 0, "the user is not enabled"),
    DIAGNOSTICS(10003, NOT_A_FEDERATION_FAULT, STATED, FV_SYMPTOM_SECONDARY,
                "the mediation server wraps the failure of another gateway"),
    DIAGNOSTICS(13004, NOT_A_FEDERATION_FAULT, STATED, FV_SYMPTOM_PROGRESS,
                "the request went on to the endpoints of the user"),
    DIAGNOSTICS(15000, NOT_A_FEDERATION_FAULT, STATED, 0, "Exchange unified messaging"),
    DIAGNOSTICS(25008, NOT_A_FEDERATION_FAULT, STATED, FV_SYMPTOM_PROGRESS,
                "the request went on to the primary pool"),

    {FV_SYMPTOM_EDGE_RESULT, 0xc3e93d6f, "SIPPROXY_E_EPROUTING_MSG_ALLOWED_DOMAIN_NO_SRV_MATCH",
     "the SRV record of the domain leads to no host directly under the domain",
     FEDVAL_FINDING_SRV_TARGET_OUTSIDE_DOMAIN, STATED, 0},
    {FV_SYMPTOM_EDGE_RESULT, 0xc3e93d67, "SIPPROXY_E_ROUTING_MSG_CERT_MISMATCH",
     "the certificate of the peer does not hold the expected FQDN",
     FEDVAL_FINDING_CERT_NAME_MISMATCH, STATED, 0},
    {FV_SYMPTOM_EDGE_RESULT, 0xc3e93c5e, "SIPPROXY_E_ROUTING",
     "the route of the message was not accepted", FEDVAL_FINDING_NOT_A_FEDERATION_FAULT, STATED, 0},

    HRESULT(0x80090322, "SEC_E_WRONG_PRINCIPAL", CERT_NAME_MISMATCH, STATED,
            "the name in the certificate is not the one expected"),
    HRESULT(0x80090308, "SEC_E_INVALID_TOKEN", TLS_HANDSHAKE_FAILED, INFERRED,
            "the peer sent something that is no TLS handshake"),
    HRESULT(0x80090324, "SEC_E_TIME_SKEW", CLOCK_SKEW, STATED,
            "the clocks of the two sides differ too much"),
    HRESULT(0x80090325, "SEC_E_UNTRUSTED_ROOT", CHAIN_UNTRUSTED_ROOT, STATED,
            "the chain ends at a root that is not trusted"),
    HRESULT(0x80090326, "SEC_E_ILLEGAL_MESSAGE", TLS_HANDSHAKE_FAILED, STATED,
            "an unexpected or malformed message in the handshake"),
    HRESULT(0x80090327, "SEC_E_CERT_UNKNOWN", TLS_HANDSHAKE_FAILED, INFERRED,
            "the certificate could not be processed"),
    HRESULT(0x80090328, "SEC_E_CERT_EXPIRED", CERT_EXPIRED, STATED, "the certificate has expired"),
    HRESULT(0x80090331, "SEC_E_ALGORITHM_MISMATCH", TLS_NO_COMMON_VERSION, INFERRED,
            "the two sides share no algorithm or TLS version"),
    HRESULT(0x80090349, "SEC_E_CERT_WRONG_USAGE", CERT_EKU_NO_SERVER_AUTH, INFERRED,
            "the certificate is not meant for this use"),
    HRESULT(0x80092010, "CRYPT_E_REVOKED", CERT_REVOKED, STATED, "the certificate is revoked"),
    HRESULT(0x80092012, "CRYPT_E_NO_REVOCATION_CHECK", REVOCATION_OFFLINE, STATED,
            "revocation could not be checked"),
    HRESULT(0x80092013, "CRYPT_E_REVOCATION_OFFLINE", REVOCATION_OFFLINE, STATED,
            "the revocation server could not be reached"),
    HRESULT(0x800b0101, "CERT_E_EXPIRED", CERT_EXPIRED, STATED,
            "a certificate is not within its validity period"),
    HRESULT(0x800b0109, "CERT_E_UNTRUSTEDROOT", CHAIN_UNTRUSTED_ROOT, STATED,
            "the chain ends at a root that is not trusted"),
    HRESULT(0x800b010a, "CERT_E_CHAINING", CHAIN_INCOMPLETE, INFERRED,
            "no chain to a trusted root could be built"),
    HRESULT(0x800b010c, "CERT_E_REVOKED", CERT_REVOKED, STATED, "the certificate is revoked"),
    HRESULT(0x800b010e, "CERT_E_REVOCATION_FAILURE", REVOCATION_OFFLINE, STATED,
            "revocation could not be checked"),
    HRESULT(0x800b010f, "CERT_E_CN_NO_MATCH", CERT_NAME_MISMATCH, STATED,
            "the name in the certificate is not the one expected"),
    HRESULT(0x800b0110, "CERT_E_WRONG_USAGE", CERT_EKU_NO_SERVER_AUTH, INFERRED,
            "the certificate is not meant for this use"),
    HRESULT(0x800b0112, "CERT_E_UNTRUSTEDCA", CHAIN_UNTRUSTED_ROOT, STATED,
            "a CA of the chain is not trusted"),
    HRESULT(0x80072743, "WSAENETUNREACH", CONNECT_UNREACHABLE, STATED,
            "there is no route to the network"),
    HRESULT(0x80072745, "WSAECONNABORTED", CONNECTION_CUT, STATED, "the connection was aborted"),
    HRESULT(0x80072746, "WSAECONNRESET", CONNECTION_CUT, STATED, "the peer reset the connection"),
    HRESULT(0x8007274c, "WSAETIMEDOUT", CONNECT_TIMEOUT, STATED, "the connection attempt timed out"),
    HRESULT(0x8007274d, "WSAECONNREFUSED", CONNECT_REFUSED, STATED, "the connection was refused"),

    HRESULT(0x80072751, "WSAEHOSTUNREACH", CONNECT_UNREACHABLE, STATED,
            "there is no route to the host"),
    HRESULT(0x80072af9, "WSAHOST_NOT_FOUND", ADDRESS_MISSING, STATED, "the name has no address"),

    WINSOCK(10051, "WSAENETUNREACH", CONNECT_UNREACHABLE, "there is no route to the network"),
    WINSOCK(10053, "WSAECONNABORTED", CONNECTION_CUT, "the connection was aborted"),
    WINSOCK(10054, "WSAECONNRESET", CONNECTION_CUT, "the peer reset the connection"),
    WINSOCK(10060, "WSAETIMEDOUT", CONNECT_TIMEOUT, "the connection attempt timed out"),
    WINSOCK(10061, "WSAECONNREFUSED", CONNECT_REFUSED, "the connection was refused"),
    WINSOCK(10065, "WSAEHOSTUNREACH", CONNECT_UNREACHABLE, "there is no route to the host"),
    WINSOCK(11001, "WSAHOST_NOT_FOUND", ADDRESS_MISSING, "the name has no address"),

    {FV_SYMPTOM_WINDOWS_EVENT, 14366, NULL,
     "the Edge got certificates that it does not accept; the event does not say why",
     FEDVAL_FINDING_PEER_REJECTED_CERTIFICATE, INFERRED, 0},
    {FV_SYMPTOM_WINDOWS_EVENT, 14428, NULL,
     "outgoing TLS failed: wrong name in the certificate, or a root that is not trusted",
     FEDVAL_FINDING_CERT_NAME_MISMATCH, INFERRED, FV_SYMPTOM_SEE_HRESULT},
};

const fv_edge_text fv_edge_texts[] = {
    {"The domain of the message resolved by DNS SRV but none of the FQDNs is in the same domain",
     "the SRV record of the domain leads to no host directly under the domain",
     FEDVAL_FINDING_SRV_TARGET_OUTSIDE_DOMAIN},
    {"Message cannot be routed because the peer's certificate does not contain a matching FQDN",
     "the certificate of the peer does not hold the expected FQDN",
     FEDVAL_FINDING_CERT_NAME_MISMATCH},
    {"The domain of the message is not configured and does not appear to belong to a federated partner",
     "the domain is not among the federated partners of the Microsoft side",
     FEDVAL_FINDING_PARTNER_NOT_ALLOWED},
    {"SIPPROXY_E_EPROUTING_MSG_INVALID_EXT_SPLIT_DOMAIN",
     "a split domain (own servers and Microsoft's cloud) is not set up alike on both, on the Microsoft side",
     FEDVAL_FINDING_NOT_A_FEDERATION_FAULT},
};
/* clang-format on */

const size_t fv_num_edge_texts = COUNT(fv_edge_texts);

const fv_symptom_code *fv_symptom_code_find(uint32_t kind, uint32_t number)
{
    for (size_t i = 0; i < COUNT(codes); i++) {
        if (codes[i].kind == kind && codes[i].number == number)
            return &codes[i];
    }
    return NULL;
}

const fv_symptom_code *fv_symptom_code_find_name(const char *name, size_t name_len)
{
    fv_text wanted = {name, name_len};
    for (size_t i = 0; i < COUNT(codes); i++) {
        if (codes[i].name != NULL && fv_text_equal_nocase(fv_text_of(codes[i].name), wanted))
            return &codes[i];
    }
    return NULL;
}

size_t fv_symptom_code_count(void)
{
    return COUNT(codes);
}

const fv_symptom_code *fv_symptom_code_get(size_t index)
{
    return index < COUNT(codes) ? &codes[index] : NULL;
}
