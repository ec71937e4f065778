/* TLS alerts, and the codes of OpenSSL's certificate verification, which Expressway logs as well.
 */
#include "catalogue/code_rows.h"

#define ALERT(value, symbol, text)                                                                 \
    .kind = FV_SYMPTOM_TLS_ALERT, .number = (value), .name = symbol, .meaning = text
#define VERIFY(value, symbol, text)                                                                \
    .kind = FV_SYMPTOM_OPENSSL_VERIFY, .number = (value), .name = "X509_V_ERR_" symbol,            \
    .meaning = text
#define PROGRESS FV_SYMPTOM_PROGRESS
/* The side that received the alert is the one that had shown the certificate. */
#define SHOWN "{which}, which was shown to the side that sent the alert"
#define APPEND_ROOT                                                                                \
    "On Expressway: append the peer's root and intermediates to Maintenance > Security > Trusted " \
    "CA certificate"

/* clang-format off */
static const fv_symptom_code alerts[] = {
    {ALERT(0, "close_notify", "the peer ended the TLS connection as it should"), STATED(NOT_A_FEDERATION_FAULT, RFC8446),
     HINTS(PROGRESS)},
    {ALERT(10, "unexpected_message", "a message came that does not belong there"), STATED(TLS_HANDSHAKE_FAILED, RFC8446)},
    {ALERT(20, "bad_record_mac", "a record was damaged on its way, or the two sides disagree about keys"),
     STATED(TLS_HANDSHAKE_FAILED, RFC8446)},
    {ALERT(22, "record_overflow", "a record was too long: often something that is no TLS"), STATED(TLS_NOT_SPOKEN, RFC8446)},
    {ALERT(40, "handshake_failure", "the two sides share no cipher suite, version or kind of certificate; it does not say which"),
     STATED(TLS_HANDSHAKE_FAILED, RFC8446),
     CAUSES(CAUSE(TLS_NO_COMMON_VERSION, OFTEN, "no common version or cipher suite: Maintenance > Security > Ciphers on Expressway"),
            CAUSE(CLIENT_CERTIFICATE_MISSING, AT_TIMES, "a client certificate was asked for and not sent"))},
    {ALERT(41, "no_certificate", "no certificate was sent (SSL 3.0)"), STATED(CLIENT_CERTIFICATE_MISSING, RFC5246)},
    {ALERT(42, "bad_certificate", "the certificate that was shown is damaged, or its signature is wrong, for the side that sent the alert"),
     STATED(PEER_REJECTED_CERTIFICATE, RFC8446),
     ADVICE("Load " SHOWN ", and its chain again as the CA gave them, and check them from outside")},
    {ALERT(43, "unsupported_certificate", "the certificate that was shown is of a kind that the other side does not take: often its "
           "extended key usage, a calling certificate without clientAuth or a server's without serverAuth"),
     STATED(PEER_REJECTED_CERTIFICATE, RFC8446),
     CAUSES(CAUSE(CERT_EKU_NO_CLIENT_AUTH, OFTEN, "the side that was refused had called: its calling certificate lacks clientAuth"),
            CAUSE(CERT_EKU_NO_SERVER_AUTH, AT_TIMES, "the side that was refused had been called: serverAuth is missing"),
            CAUSE(CERT_KEY_UNSUPPORTED, AT_TIMES, "ECDSA or a large RSA key, where the other side is old")),
     ADVICE("See the extended key usage and the key of " SHOWN)},
    {ALERT(44, "certificate_revoked", "the certificate that was shown is revoked"), STATED(PEER_REJECTED_CERTIFICATE, RFC8446),
     CAUSES(CAUSE(CERT_REVOKED, MOST_OFTEN, "its CA revoked it")),
     ADVICE("Find out why its CA revoked " SHOWN "; make a new key and have it issued anew")},
    {ALERT(45, "certificate_expired", "the certificate that was shown has expired, or is not valid yet, for the side that sent the alert"),
     STATED(PEER_REJECTED_CERTIFICATE, RFC8446),
     CAUSES(CAUSE(CERT_EXPIRED, MOST_OFTEN, "it has expired"),
            CAUSE(CERT_NOT_YET_VALID, AT_TIMES, "it is not valid yet"),
            CAUSE(CLOCK_SKEW, RARELY, "it is valid, and a clock is wrong")),
     ADVICE("Renew " SHOWN ", if it has expired; else compare the clocks of both sides")},
    {ALERT(46, "certificate_unknown", "the certificate that was shown was refused for a reason that the alert does not name"),
     STATED(PEER_REJECTED_CERTIFICATE, RFC8446),
     CAUSES(CAUSE(CHAIN_UNTRUSTED_ROOT, OFTEN, "Windows sends it for a root that it does not trust as well"),
            CAUSE(CERT_NAME_MISMATCH, AT_TIMES, "the name is not the one that was expected"),
            CAUSE(CERT_EKU_NO_CLIENT_AUTH, AT_TIMES, "the calling certificate lacks clientAuth")),
     ADVICE("The reason is only in the log of the side that sent the alert: ask for it (Windows: Schannel event 36888)")},
    {ALERT(47, "illegal_parameter", "a value in the handshake is not allowed"), STATED(TLS_HANDSHAKE_FAILED, RFC8446)},
    {ALERT(48, "unknown_ca", "the root or an intermediate of the certificate that was shown is not known to the other side"),
     STATED(PEER_REJECTED_CERTIFICATE, RFC8446),
     CAUSES(CAUSE(CHAIN_UNTRUSTED_ROOT, MOST_OFTEN, "the root is not among those that the other side trusts"),
            CAUSE(CHAIN_INCOMPLETE, OFTEN, "an intermediate is not sent")),
     ADVICE("See that the whole chain is sent with " SHOWN "; a private root has to be among those that that side trusts")},
    {ALERT(49, "access_denied", "the certificate is valid, and the other side still does not let its owner in"),
     STATED(PEER_REJECTED_CERTIFICATE, RFC8446),
     ADVICE("The certificate is sound: it is the other side's rules that refuse its owner; ask that side")},
    {ALERT(50, "decode_error", "a message could not be decoded"), STATED(TLS_HANDSHAKE_FAILED, RFC8446)},
    {ALERT(51, "decrypt_error", "a signature in the handshake could not be verified: often a key that does not belong to the certificate"),
     STATED(TLS_HANDSHAKE_FAILED, RFC8446)},
    {ALERT(70, "protocol_version", "the two sides share no TLS version"), STATED(TLS_NO_COMMON_VERSION, RFC8446)},
    {ALERT(71, "insufficient_security", "the cipher suites or keys that were offered are too weak for the other side"),
     STATED(TLS_NO_COMMON_VERSION, RFC8446)},
    {ALERT(80, "internal_error", "the other side failed for a reason of its own"), STATED(TLS_HANDSHAKE_FAILED, RFC8446)},
    {ALERT(86, "inappropriate_fallback", "a caller tried a lower version although a higher one is supported"),
     STATED(TLS_NO_COMMON_VERSION, IANA_ALERTS)},
    {ALERT(90, "user_canceled", "the handshake was broken off by its user"), STATED(NOT_A_FEDERATION_FAULT, RFC8446)},
    {ALERT(100, "no_renegotiation", "renegotiation was refused; the connection may go on"), STATED(NOT_A_FEDERATION_FAULT, RFC5246)},
    {ALERT(109, "missing_extension", "an extension that is needed was not sent"), STATED(TLS_HANDSHAKE_FAILED, RFC8446)},
    {ALERT(110, "unsupported_extension", "an extension came that was not asked for"), STATED(TLS_HANDSHAKE_FAILED, RFC8446)},
    {ALERT(112, "unrecognized_name", "the server does not know the name that the caller asked for (SNI)"),
     STATED(TLS_HANDSHAKE_FAILED, RFC8446)},
    {ALERT(113, "bad_certificate_status_response", "the revocation answer that was sent along is not valid"),
     STATED(REVOCATION_OFFLINE, RFC8446)},
    {ALERT(116, "certificate_required", "a client certificate was asked for and not sent"),
     STATED(CLIENT_CERTIFICATE_MISSING, RFC8446),
     ADVICE("Load a certificate on the side that got the alert, with clientAuth or without extended key usage: it had called without one. On Expressway: Maintenance > "
            "Security > Server certificate, from X15.5 Client certificate")},
    {ALERT(120, "no_application_protocol", "the two sides share no application protocol (ALPN)"),
     STATED(TLS_HANDSHAKE_FAILED, RFC8446)},
};

static const fv_symptom_code verify_codes[] = {
    {.kind = FV_SYMPTOM_OPENSSL_VERIFY, .number = 0, .name = "X509_V_OK", .meaning = "the certificate was found in order",
     STATED(NOT_A_FEDERATION_FAULT, OPENSSL_VERIFY), HINTS(PROGRESS)},
    {VERIFY(1, "UNSPECIFIED", "the certificate was refused, without a reason"), STATED(PEER_CERTIFICATE_UNTRUSTED, OPENSSL_VERIFY)},
    {VERIFY(2, "UNABLE_TO_GET_ISSUER_CERT", "the issuer of a CA in the chain was not found"),
     STATED(PEER_CERTIFICATE_UNTRUSTED, OPENSSL_VERIFY), ADVICE(APPEND_ROOT)},
    {VERIFY(3, "UNABLE_TO_GET_CRL", "the CRL of a certificate was not found"), STATED(REVOCATION_OFFLINE, OPENSSL_VERIFY)},
    {VERIFY(4, "UNABLE_TO_DECRYPT_CERT_SIGNATURE", "the signature of a certificate could not be read"),
     STATED(CHAIN_BAD_SIGNATURE, OPENSSL_VERIFY)},
    {VERIFY(7, "CERT_SIGNATURE_FAILURE", "the signature of a certificate is wrong"), STATED(CHAIN_BAD_SIGNATURE, OPENSSL_VERIFY)},
    {VERIFY(8, "CRL_SIGNATURE_FAILURE", "the signature of a CRL is wrong"), STATED(REVOCATION_OFFLINE, OPENSSL_VERIFY)},
    {VERIFY(9, "CERT_NOT_YET_VALID", "the certificate is not valid yet"), STATED(CERT_NOT_YET_VALID, OPENSSL_VERIFY)},
    {VERIFY(10, "CERT_HAS_EXPIRED", "the certificate has expired"), STATED(CERT_EXPIRED, OPENSSL_VERIFY)},
    {VERIFY(11, "CRL_NOT_YET_VALID", "the CRL is not valid yet"), STATED(REVOCATION_OFFLINE, OPENSSL_VERIFY)},
    {VERIFY(12, "CRL_HAS_EXPIRED", "the CRL has expired"), STATED(REVOCATION_OFFLINE, OPENSSL_VERIFY)},
    {VERIFY(18, "DEPTH_ZERO_SELF_SIGNED_CERT", "the peer showed a self-signed certificate that is not trusted"),
     STATED(PEER_CERTIFICATE_UNTRUSTED, OPENSSL_VERIFY)},
    {VERIFY(19, "SELF_SIGNED_CERT_IN_CHAIN", "the root of the peer's chain is not among the trusted CA certificates"),
     STATED(PEER_CERTIFICATE_UNTRUSTED, CISCO_212475), ADVICE(APPEND_ROOT)},
    {VERIFY(20, "UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "the issuer of the peer's certificate was neither sent nor is it among the "
            "trusted CA certificates"),
     STATED(PEER_CERTIFICATE_UNTRUSTED, OPENSSL_VERIFY), ADVICE(APPEND_ROOT)},
    {VERIFY(21, "UNABLE_TO_VERIFY_LEAF_SIGNATURE", "the peer sent its certificate alone, and its issuer is not known"),
     STATED(PEER_CERTIFICATE_UNTRUSTED, OPENSSL_VERIFY), ADVICE(APPEND_ROOT)},
    {VERIFY(22, "CERT_CHAIN_TOO_LONG", "the chain is longer than is allowed"), STATED(CHAIN_PATH_TOO_LONG, OPENSSL_VERIFY)},
    {VERIFY(23, "CERT_REVOKED", "the certificate is revoked"), STATED(CERT_REVOKED, OPENSSL_VERIFY)},
    {.kind = FV_SYMPTOM_OPENSSL_VERIFY, .number = 24,
     .meaning = "a certificate of the chain signs another one without being a CA (OpenSSL 1.1), or the key of an issuer is "
                "missing (3.0)",
     STATED(CHAIN_NOT_A_CA, OPENSSL_VERIFY)},
    {VERIFY(25, "PATH_LENGTH_EXCEEDED", "there are more CAs in the chain than one of them allows"),
     STATED(CHAIN_PATH_TOO_LONG, OPENSSL_VERIFY)},
    {VERIFY(26, "INVALID_PURPOSE", "the certificate is not meant for this use: its extended key usage, or a CA's"),
     INFERRED(CERT_EKU_NO_CLIENT_AUTH, CISCO_225693),
     CAUSES(CAUSE(CERT_EKU_NO_CLIENT_AUTH, MOST_OFTEN, "inbound: the calling certificate lacks clientAuth"),
            CAUSE(CERT_EKU_NO_SERVER_AUTH, AT_TIMES, "outbound: the server's certificate lacks serverAuth")),
     ADVICE("Inbound, on the Cisco side from X15.5: xConfiguration SIP TLS Certificate ExtendedKeyUsage Checking Mode: Off; or "
            "the partner gets a certificate with clientAuth, which public CAs no longer give")},
    {VERIFY(27, "CERT_UNTRUSTED", "the root is not trusted for this use"), STATED(PEER_CERTIFICATE_UNTRUSTED, OPENSSL_VERIFY)},
    {VERIFY(28, "CERT_REJECTED", "the root is marked as rejected for this use"), STATED(PEER_CERTIFICATE_UNTRUSTED, OPENSSL_VERIFY)},
    {VERIFY(34, "UNHANDLED_CRITICAL_EXTENSION", "a certificate has a critical extension that is not known"),
     STATED(CHAIN_UNKNOWN_CRITICAL_EXTENSION, OPENSSL_VERIFY)},
    {VERIFY(47, "PERMITTED_VIOLATION", "a CA of the chain may not issue for a name of the certificate"),
     STATED(CHAIN_NAME_NOT_PERMITTED, OPENSSL_VERIFY)},
    {VERIFY(62, "HOSTNAME_MISMATCH", "the certificate does not hold the name that was expected"),
     STATED(PEER_CERTIFICATE_NAME_REFUSED, OPENSSL_VERIFY)},
    {VERIFY(66, "EE_KEY_TOO_SMALL", "the key of the certificate is too weak"), STATED(CERT_KEY_WEAK, OPENSSL_VERIFY)},
    {VERIFY(67, "CA_KEY_TOO_SMALL", "the key of a CA is too weak"), STATED(CERT_KEY_WEAK, OPENSSL_VERIFY)},
    {VERIFY(79, "INVALID_CA", "a certificate of the chain signs another one without being a CA"),
     STATED(CHAIN_NOT_A_CA, OPENSSL_VERIFY)},
    {VERIFY(68, "CA_MD_TOO_WEAK", "a CA signed with a broken hash"), STATED(CERT_SIGNATURE_WEAK, OPENSSL_VERIFY)},
};
/* clang-format on */

const fv_symptom_table fv_tls_alerts = TABLE(alerts);
const fv_symptom_table fv_openssl_verify_codes = TABLE(verify_codes);
