#include "catalogue/rows.h"

#define FAMILY .family = FEDVAL_FAMILY_CERTIFICATE
#define TLS_REFUSED                                                                                \
    EXPRESSWAY(TO_MICROSOFT, NULL,                                                                 \
               "likely: the peer's TLS alert, event \"Outbound TLS Negotiation Error\"")

/* clang-format off */
const fedval_catalogue_entry fv_rows_certificate[] = {
    {CODE(CERT_EXPIRED, "cert-expired"), FAMILY, ERROR, .requirement = 7, BREAKS_BOTH,
     .meaning = "The certificate has expired",
     .message = "{certificate} expired on {not_after}, before {time}",
     .expected = "a certificate valid at {time}", .observed = "valid until {not_after}",
     .remedy = "Renew the certificate with the names that it has, and load it on every peer",
     .source = "RFC 5280 4.1.2.5, 6.1.3 (a)(2) [C]",
     SYMPTOMS(CLIENT("1010", NULL, "likely: Certificate trust with another server could not be established"),
              CLIENT("0x80090328", "SEC_E_CERT_EXPIRED", "likely, in its HRESULT"), TLS_REFUSED)},

    {CODE(CERT_NOT_YET_VALID, "cert-not-yet-valid"), FAMILY, ERROR, .requirement = 7, BREAKS_BOTH,
     .meaning = "The certificate is not valid yet",
     .message = "{certificate} is valid from {not_before}, after {time}",
     .expected = "a certificate valid at {time}", .observed = "valid from {not_before}",
     .remedy = "Wait until {not_before}, or have it issued anew; see that the clocks are right",
     .source = "RFC 5280 4.1.2.5, 6.1.3 (a)(2) [C]",
     SYMPTOMS(CLIENT("1010", NULL, "likely: Certificate trust with another server could not be established"), TLS_REFUSED)},

    {CODE(CERT_EXPIRES_SOON, "cert-expires-soon"), FAMILY, WARNING, .requirement = 7,
     .meaning = "The certificate expires soon",
     .message = "{certificate} expires on {not_after}, in {days} days",
     .expected = "a certificate that holds longer", .observed = "valid until {not_after}",
     .remedy = "Renew the certificate before {not_after}, with the names that it has",
     .source = "Advice; the number of days is an option"},

    {CODE(CERT_MALFORMED, "cert-malformed"), FAMILY, ERROR, .requirement = 7, BREAKS_BOTH,
     .meaning = "The certificate breaks the rules of its encoding, and verifiers refuse it",
     .message = "{certificate} is malformed: {reason}",
     .expected = "a certificate by RFC 5280", .observed = "{reason}",
     .remedy = "Have the certificate issued anew by a CA that follows RFC 5280",
     .source = "RFC 5280 4.1, X.690 [C]; what each side makes of it is inferred [I]",
     SYMPTOMS(CLIENT("1010", NULL, "likely: Certificate trust with another server could not be established"), TLS_REFUSED)},

    {CODE(CERT_EKU_NO_SERVER_AUTH, "cert-eku-no-server-auth"), FAMILY, ERROR, .requirement = 6, BREAKS_BOTH,
     .meaning = "The certificate is not meant for servers: its extended key usage lacks serverAuth",
     .message = "{certificate} is for {usages} only, where serverAuth is wanted",
     .expected = "serverAuth", .observed = "{usages}",
     .remedy = "Have the certificate issued anew with serverAuth (and clientAuth where the CA still gives it)",
     .source = "Microsoft, server EKU 1.3.6.1.5.5.7.3.1 [C]; RFC 5280 4.2.1.12 [C]",
     SYMPTOMS(CLIENT("1010", NULL, "likely: Certificate trust with another server could not be established"),
              CLIENT("0x80090349", "SEC_E_CERT_WRONG_USAGE", "likely, in its HRESULT"), TLS_REFUSED)},

    {CODE(CERT_EKU_NO_CLIENT_AUTH, "cert-eku-no-client-auth"), FAMILY, WARNING, .requirement = 6,
     .meaning = "The certificate is not meant for clients: Expressway wants clientAuth of its own (before X15.4) and of peers (X15.5)",
     .message = "{certificate} is for {usages} only, without clientAuth: {consequence}",
     .expected = "clientAuth too", .observed = "{usages}",
     .remedy = "Use Expressway X15.5 with separate client and server certificates, or a CA that still gives clientAuth",
     .source = "Cisco, X15.4 and X15.5; Chrome root programme, no clientAuth from public CAs after 2026-06-15 [C]"},

    {CODE(CERT_KEY_WEAK, "cert-key-weak"), FAMILY, ERROR, .requirement = 7, BREAKS_BOTH,
     .meaning = "The key of the certificate is too weak",
     .message = "{certificate} has the key {key}, where {wanted} is wanted",
     .expected = "{wanted}", .observed = "{key}",
     .remedy = "Make a new key of {wanted} and have the certificate issued anew",
     .source = "CA/Browser Forum baseline requirements 6.1.5 [C]; for Lync itself it is recommended [C]",
     SYMPTOMS(CLIENT("1010", NULL, "likely: Certificate trust with another server could not be established"), TLS_REFUSED)},

    {CODE(CERT_KEY_UNSUPPORTED, "cert-key-unsupported"), FAMILY, WARNING, .requirement = 7,
     .meaning = "The key of the certificate is of a kind or size that one of the products does not take",
     .message = "{certificate} has the key {key}, which may not work; {wanted} does",
     .expected = "{wanted}", .observed = "{key}",
     .remedy = "Make a new key of {wanted} and have the certificate issued anew",
     .source = "Cisco, RSA keys of 8192 bits do not work on Expressway [C]"},

    {CODE(CERT_SIGNATURE_WEAK, "cert-signature-weak"), FAMILY, ERROR, .requirement = 7, BREAKS_BOTH,
     .meaning = "The certificate is signed with a broken hash",
     .message = "{certificate} is signed with {algorithm}, where SHA-256 or better is wanted",
     .expected = "SHA-256 or better", .observed = "{algorithm}",
     .remedy = "Have the certificate issued anew, signed with SHA-256 or better",
     .source = "RFC 6151, RFC 6194; Microsoft, end of SHA-1 [C]",
     SYMPTOMS(CLIENT("1010", NULL, "likely: Certificate trust with another server could not be established"), TLS_REFUSED)},

    {CODE(CERT_SIGNATURE_PSS, "cert-signature-pss"), FAMILY, NOTE, .requirement = 0,
     .meaning = "The certificate is signed with RSASSA-PSS, which Microsoft does not support for its own servers",
     .message = "{certificate} is signed with RSASSA-PSS",
     .expected = NULL, .observed = "RSASSA-PSS",
     .remedy = "Prefer a certificate signed with RSA PKCS #1 v1.5 or ECDSA",
     .source = "Microsoft, certificates of its own servers without RSASSA-PSS [C]"},

    {CODE(CERT_NO_CRL_DISTRIBUTION_POINT, "cert-no-crl-distribution-point"), FAMILY, NOTE, .requirement = 0,
     .meaning = "The certificate names no place for its revocation list; Microsoft asks for one in its own certificates",
     .message = "{certificate} names no CRL distribution point",
     .expected = NULL, .observed = "none",
     .remedy = "With a private CA: publish its CRL and put the place into the certificates",
     .source = "Microsoft, certificate requirements for its own servers [C]"},

    {CODE(CERT_REVOKED, "cert-revoked"), FAMILY, ERROR, .requirement = 5, BREAKS_BOTH,
     .meaning = "The certificate is revoked",
     .message = "{certificate} was revoked on {revoked_at} by {issuer}: {crl_reason}",
     .expected = "a certificate that is not revoked", .observed = "serial {serial} on the revocation list",
     .remedy = "Find out why it was revoked, then make a new key and have the certificate issued anew",
     .source = "RFC 5280 6.3 [C]",
     SYMPTOMS(CLIENT("1010", NULL, "likely: Certificate trust with another server could not be established"),
              CLIENT("0x80092010", "CRYPT_E_REVOKED", "likely, in its HRESULT"), TLS_REFUSED)},

    {CODE(REVOCATION_NOT_CHECKED, "revocation-not-checked"), FAMILY, NOTE, .requirement = 0,
     .meaning = "Whether the certificate is revoked was not checked",
     .message = "whether {certificate} is revoked was not checked: {reason}",
     .expected = NULL, .observed = "{reason}",
     .remedy = "Give the CRLs of the issuers (--crl) to have it checked",
     .source = "RFC 5280 6.3 [C]"},

    {CODE(CRL_UNUSABLE, "crl-unusable"), FAMILY, INDETERMINATE, .requirement = 5,
     .meaning = "A revocation list was given that cannot be used",
     .message = "the CRL of {issuer} for {certificate} cannot be used: {reason}",
     .expected = "a current, complete CRL of {issuer}", .observed = "{reason}",
     .remedy = "Get the current CRL of {issuer} and check again",
     .source = "RFC 5280 6.3.3 [C]"},

    {CODE(CERT_NAMES_LOST, "cert-names-lost"), FAMILY, WARNING, .requirement = 0,
     .meaning = "The planned certificate drops a name that the present one has, and other services may need it",
     .message = "the planned certificate {certificate} drops {names}, which the one at {address} has",
     .expected = "every name of the present certificate", .observed = "{names} missing",
     .remedy = "Add {names} to the planned certificate, unless no service uses them (_collab-edge._tls, _sips._tcp, XMPP)",
     .source = "Other services on the same Expressway use its certificate [C]"},

    {CODE(CLIENT_CERTIFICATE_NOT_OBSERVED, "client-certificate-not-observed"), FAMILY, NOTE, .requirement = 0,
     .meaning = "The certificate that the domain's servers call with cannot be seen from outside",
     .message = "the certificate that {domain} calls with was not observed; it can be another one than the server's",
     .expected = NULL, .observed = "not observed",
     .remedy = "Give it as a file (--client-chain) to have it judged",
     .source = "Cisco X15.5, separate client and server certificates [C]; that the Edge compares it with the SRV target is inferred [I]"},
};
/* clang-format on */

const size_t fv_num_rows_certificate = COUNT(fv_rows_certificate);
