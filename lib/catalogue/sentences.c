#include "catalogue/sentences.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define BOTH(name) FEDVAL_FINDING_##name, FEDVAL_FINDING_##name, NULL
#define SUGGESTS(in, out, basis) FEDVAL_FINDING_##in, FEDVAL_FINDING_##out, basis
#define ALERT(number) FV_SYMPTOM_TLS_ALERT, number, NULL
#define VERIFY(number) FV_SYMPTOM_OPENSSL_VERIFY, number, NULL
#define MEANS(text) 0, 0, text

static const char of_purpose[] =
    "from the purpose that was refused: most often its extKeyUsage, else its keyUsage or a CA's";

/* clang-format off */
const fv_sentence fv_sentences[] = {
    /* The peer refuses our certificate. */
    {"alertcertificaterequired", "alert certificate required", BOTH(CLIENT_CERTIFICATE_MISSING), ALERT(116)},
    {"alertnocertificate", "alert no certificate", BOTH(CLIENT_CERTIFICATE_MISSING), ALERT(41)},
    {"alertcertificateexpired", "alert certificate expired", BOTH(PEER_REJECTED_CERTIFICATE), ALERT(45)},
    {"alertcertificaterevoked", "alert certificate revoked", BOTH(PEER_REJECTED_CERTIFICATE), ALERT(44)},
    {"alertcertificateunknown", "alert certificate unknown", BOTH(PEER_REJECTED_CERTIFICATE), ALERT(46)},
    {"alertcertificate", "alert about a certificate", BOTH(PEER_REJECTED_CERTIFICATE), ALERT(46)},
    {"alertbadcertificate", "alert bad certificate", BOTH(PEER_REJECTED_CERTIFICATE), ALERT(42)},
    {"alertunsupportedcertificate", "alert unsupported certificate", BOTH(PEER_REJECTED_CERTIFICATE), ALERT(43)},
    {"alertunknownca", "alert unknown ca", BOTH(PEER_REJECTED_CERTIFICATE), ALERT(48)},
    {"alertaccessdenied", "alert access denied", BOTH(PEER_REJECTED_CERTIFICATE), ALERT(49)},
    {"alertprotocolversion", "alert protocol version", BOTH(TLS_NO_COMMON_VERSION), ALERT(70)},
    {"alertinsufficientsecurity", "alert insufficient security", BOTH(TLS_NO_COMMON_VERSION), ALERT(71)},
    {"alerthandshakefailure", "alert handshake failure", BOTH(TLS_HANDSHAKE_FAILED), ALERT(40)},
    {"alertunexpectedmessage", "alert unexpected message", BOTH(TLS_HANDSHAKE_FAILED), ALERT(10)},
    {"alertdecrypterror", "alert decrypt error", BOTH(TLS_HANDSHAKE_FAILED), ALERT(51)},
    {"alertinternalerror", "alert internal error", BOTH(TLS_HANDSHAKE_FAILED), ALERT(80)},
    {"alertbadrecordmac", "alert bad record mac", BOTH(TLS_HANDSHAKE_FAILED), ALERT(20)},
    {"alertdecryptionfailed", "alert decryption failed", BOTH(TLS_HANDSHAKE_FAILED), ALERT(21)},
    {"alertrecordoverflow", "alert record overflow", BOTH(TLS_HANDSHAKE_FAILED), ALERT(22)},
    {"alertdecompressionfailure", "alert decompression failure", BOTH(TLS_HANDSHAKE_FAILED), ALERT(30)},
    {"alertillegalparameter", "alert illegal parameter", BOTH(TLS_HANDSHAKE_FAILED), ALERT(47)},
    {"alertdecodeerror", "alert decode error", BOTH(TLS_HANDSHAKE_FAILED), ALERT(50)},
    {"alertexportrestriction", "alert export restriction", BOTH(TLS_HANDSHAKE_FAILED), ALERT(60)},
    {"alertmissingextension", "alert missing extension", BOTH(TLS_HANDSHAKE_FAILED), ALERT(109)},
    {"alertunsupportedextension", "alert unsupported extension", BOTH(TLS_HANDSHAKE_FAILED), ALERT(110)},
    {"alertunrecognizedname", "alert unrecognized name", BOTH(TLS_HANDSHAKE_FAILED), ALERT(112)},
    {"alertunknownpskidentity", "alert unknown psk identity", BOTH(TLS_HANDSHAKE_FAILED), ALERT(115)},
    {"alertnoapplicationprotocol", "alert no application protocol", BOTH(TLS_HANDSHAKE_FAILED), ALERT(120)},
    {"alert", "an alert", BOTH(TLS_HANDSHAKE_FAILED), MEANS("the peer broke the handshake off with an alert: its name or number decides")},
    /* The side that writes the log refuses the peer's certificate. */
    {"identitywasunacceptable", "identity was unacceptable", BOTH(PEER_CERTIFICATE_NAME_REFUSED),
     MEANS("Expressway refuses the name in the peer's certificate: the zone's TLS verify subject name is not in it")},
    {"hostnamemismatch", "hostname mismatch", BOTH(PEER_CERTIFICATE_NAME_REFUSED), VERIFY(62)},
    {"nocertificatereturned", "no certificate returned", BOTH(CLIENT_CERTIFICATE_MISSING),
     MEANS("the peer called and sent no client certificate although one was asked for")},
    {"didnotreturnacertificate", "peer did not return a certificate", BOTH(CLIENT_CERTIFICATE_MISSING),
     MEANS("the peer called and sent no client certificate although one was asked for")},
    {"unsupportedcertificatepurpose", "unsupported certificate purpose",
     SUGGESTS(CERT_EKU_NO_CLIENT_AUTH, CERT_EKU_NO_SERVER_AUTH, of_purpose), VERIFY(26)},
    {"unsuitablecertificatepurpose", "unsuitable certificate purpose",
     SUGGESTS(CERT_EKU_NO_CLIENT_AUTH, CERT_EKU_NO_SERVER_AUTH, of_purpose), VERIFY(26)},
    {"certificatehasexpired", "certificate has expired", BOTH(CERT_EXPIRED), VERIFY(10)},
    {"certificateisnotyetvalid", "certificate is not yet valid", BOTH(CERT_NOT_YET_VALID), VERIFY(9)},
    {"certificaterevoked", "certificate revoked", BOTH(CERT_REVOKED), VERIFY(23)},
    {"unabletogetcertificatecrl", "unable to get certificate CRL", BOTH(REVOCATION_OFFLINE), VERIFY(3)},
    {"crlissuer", "unable to get CRL issuer certificate", BOTH(REVOCATION_OFFLINE), VERIFY(3)},
    {"crlhasexpired", "CRL has expired", BOTH(REVOCATION_OFFLINE), VERIFY(12)},
    {"crlisnotyetvalid", "CRL is not yet valid", BOTH(REVOCATION_OFFLINE), VERIFY(11)},
    {"crlsignature", "CRL signature failure", BOTH(REVOCATION_OFFLINE), VERIFY(8)},
    {"differentcrlscope", "different CRL scope", BOTH(REVOCATION_OFFLINE), VERIFY(3)},
    {"ocspverification", "OCSP verification", BOTH(REVOCATION_OFFLINE), MEANS("revocation could not be checked by OCSP")},
    {"certificatesignaturefailure", "certificate signature failure", BOTH(CHAIN_BAD_SIGNATURE), VERIFY(7)},
    {"mdtooweak", "CA md too weak", BOTH(CERT_SIGNATURE_WEAK), VERIFY(68)},
    {"keytooweak", "key too weak", BOTH(CERT_KEY_WEAK), VERIFY(66)},
    {"eekeytoosmall", "EE certificate key too weak", BOTH(CERT_KEY_WEAK), VERIFY(66)},
    {"cakeytoosmall", "CA certificate key too weak", BOTH(CERT_KEY_WEAK), VERIFY(67)},
    {"invalidcacertificate", "invalid CA certificate", BOTH(CHAIN_NOT_A_CA), VERIFY(79)},
    {"pathlengthconstraint", "path length constraint exceeded", BOTH(CHAIN_PATH_TOO_LONG), VERIFY(25)},
    {"subtreeviolation", "permitted subtree violation", BOTH(CHAIN_NAME_NOT_PERMITTED), VERIFY(47)},
    {"unhandledcriticalextension", "unhandled critical extension", BOTH(CHAIN_UNKNOWN_CRITICAL_EXTENSION), VERIFY(34)},
    {"selfsignedcertificateinc", "self signed certificate in certificate chain", BOTH(PEER_CERTIFICATE_UNTRUSTED), VERIFY(19)},
    {"self-signedcertificateinc", "self-signed certificate in certificate chain", BOTH(PEER_CERTIFICATE_UNTRUSTED), VERIFY(19)},
    {"selfsignedcertificate", "self signed certificate", BOTH(PEER_CERTIFICATE_UNTRUSTED), VERIFY(18)},
    {"self-signedcertificate", "self-signed certificate", BOTH(PEER_CERTIFICATE_UNTRUSTED), VERIFY(18)},
    {"issuercertificate", "unable to get local issuer certificate", BOTH(PEER_CERTIFICATE_UNTRUSTED), VERIFY(20)},
    {"verifythefirstcertificate", "unable to verify the first certificate", BOTH(PEER_CERTIFICATE_UNTRUSTED), VERIFY(21)},
    {"certificatenottrusted", "certificate not trusted", BOTH(PEER_CERTIFICATE_UNTRUSTED), VERIFY(27)},
    {"certificaterejected", "certificate rejected", BOTH(PEER_CERTIFICATE_UNTRUSTED), VERIFY(28)},
    {"certificateverifyfailed", "certificate verify failed",
     SUGGESTS(PEER_CERTIFICATE_UNTRUSTED, PEER_CERTIFICATE_UNTRUSTED, "from \"certificate verify failed\", without the reason"),
     MEANS("the peer's certificate was refused; the reason is in a line beside it")},
    /* These have nothing to do with certificates. */
    {"unsupportedprotocol", "unsupported protocol", BOTH(TLS_NO_COMMON_VERSION), MEANS("the peer speaks only a TLS version that is not allowed here")},
    {"noprotocolsavailable", "no protocols available", BOTH(TLS_NO_COMMON_VERSION), MEANS("no TLS version is allowed here that could be offered")},
    {"versiontoolow", "version too low", BOTH(TLS_NO_COMMON_VERSION), MEANS("the peer speaks only a TLS version that is too old here")},
    {"unsafelegacyrenegotiation", "unsafe legacy renegotiation disabled", BOTH(TLS_HANDSHAKE_FAILED),
     MEANS("the peer does not know secure renegotiation (RFC 5746), and OpenSSL 3 refuses such a peer by default: update the peer's TLS")},
    {"inappropriatefallback", "inappropriate fallback", BOTH(TLS_NO_COMMON_VERSION), ALERT(86)},
    {"nosharedcipher", "no shared cipher", BOTH(TLS_NO_COMMON_CIPHER),
     MEANS("the caller offered no cipher suite that the side which was called allows")},
    {"wrongversionnumber", "wrong version number", BOTH(TLS_NOT_SPOKEN), MEANS("what came is no TLS, or TLS of a version that is not known")},
    {"unknownprotocol", "unknown protocol", BOTH(TLS_NOT_SPOKEN), MEANS("what came is no TLS, such as plain SIP or HTTP")},
    {"httprequest", "http request", BOTH(TLS_NOT_SPOKEN), MEANS("what came is HTTP, and no TLS")},
};

const fv_sentence fv_event_sentences[] = {
    {"remotedisconnect", "remote disconnect", BOTH(CONNECTION_CUT), MEANS("the peer cut the connection in the handshake")},
    {"EOF", "EOF", BOTH(CONNECTION_CUT), MEANS("the peer closed the connection in the handshake, without an alert")},
    {"reset", "connection reset", BOTH(CONNECTION_CUT), MEANS("the peer reset the connection")},
    {"brokenpipe", "broken pipe", BOTH(CONNECTION_CUT), MEANS("the connection was gone when something was to be sent")},
    {"closed", "connection closed", BOTH(CONNECTION_CUT), MEANS("the connection was closed in the handshake")},
    {"timeout", "timeout", BOTH(CONNECT_TIMEOUT), MEANS("nothing came in time")},
    {"timedout", "timed out", BOTH(CONNECT_TIMEOUT), MEANS("nothing came in time")},
};

const fv_sentence fv_open_sentences[] = {
    {"inboundtlsnegotiationerror", "Inbound TLS Negotiation Error", BOTH(CAUSE_NOT_IN_THIS_LOG),
     MEANS("an event of Expressway: a caller's TLS handshake failed; its Detail= says why, and anybody on the Internet can cause it")},
    {"outboundtlsnegotiationerror", "Outbound TLS Negotiation Error", BOTH(CAUSE_NOT_IN_THIS_LOG),
     MEANS("an event of Expressway: TLS with a server that it called failed; its Detail= says why")},
    {"tlsnegotiationerror", "TLS Negotiation Error", BOTH(CAUSE_NOT_IN_THIS_LOG),
     MEANS("an event of Expressway: a TLS handshake failed; its Detail= says why")},
    {"getclientcertificate", "SSL3_GET_CLIENT_CERTIFICATE", BOTH(CAUSE_NOT_IN_THIS_LOG),
     MEANS("the step of OpenSSL that reads a caller's certificate failed; the words behind it say why")},
    {"getservercertificate", "SSL3_GET_SERVER_CERTIFICATE", BOTH(CAUSE_NOT_IN_THIS_LOG),
     MEANS("the step of OpenSSL that reads a server's certificate failed; the words behind it say why")},
    {"unexpectedeof", "unexpected eof while reading", BOTH(CAUSE_NOT_IN_THIS_LOG),
     MEANS("the peer ended the connection without TLS's close_notify; within a handshake, its own log says why, and after one it is mostly harmless")},
    {"policyresponse", "Policy Response", BOTH(NOT_A_FEDERATION_FAULT),
     MEANS("the Expressway's own call policy refused the call: its search history says by which rule; the partner has no part in it")},
    {"tcpconnectionfailed", "TCP Connection Failed", BOTH(CONNECT_TIMEOUT),
     MEANS("Expressway could not open a connection: the port is shut, filtered, or the address is wrong")},
};
/* clang-format on */

const size_t fv_num_sentences = COUNT(fv_sentences);
const size_t fv_num_event_sentences = COUNT(fv_event_sentences);
const size_t fv_num_open_sentences = COUNT(fv_open_sentences);
