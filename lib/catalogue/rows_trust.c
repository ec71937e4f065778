#include "catalogue/rows.h"

#define FAMILY .family = FEDVAL_FAMILY_TRUST
#define LIKELY_1010                                                                                \
    CLIENT("1010", NULL, "likely: Certificate trust with another server could not be established")
#define UNTRUSTED_ROOT                                                                             \
    LIKELY_1010, CLIENT_HRESULT("0x80090325", "SEC_E_UNTRUSTED_ROOT", "likely, in its HRESULT"),   \
        CLIENT_HRESULT("0x800b0109", "CERT_E_UNTRUSTEDROOT", "or this one")
#define TLS_ALERT EXPRESSWAY(TO_MICROSOFT, NULL, "often the TLS alert of the peer, \"unknown ca\"")

/* clang-format off */
const fedval_catalogue_entry fv_rows_trust[] = {
    {CODE(CHAIN_UNTRUSTED_ROOT, "chain-untrusted-root"), FAMILY, ERROR, .requirement = 5, BREAKS_BOTH,
     CURE(PARTNER_TRUST), HINT(GIVE_ROOT), MENDED_BY(MICROSOFT, EITHER),
     .meaning = "The chain leads to a root that is not among the roots given",
     .message = "the chain ends at {root}, {reason}",
     .expected = "a root among those given ({num_anchors})", .observed = "{root}",
     .remedy = "Use a certificate of a public CA; or have an on-premises partner put {root} and its intermediates into the "
               "Edge's Trusted CA list",
     .document = FV_DOCUMENT_CISCO_212383,
     .source = "RFC 5280 6.1.1 (d); Microsoft, public CA or Trusted CA list [C]; the partner's list cannot be seen from outside [I]",
     SYMPTOMS(UNTRUSTED_ROOT, TLS_ALERT)},

    {CODE(CHAIN_SELF_SIGNED, "chain-self-signed"), FAMILY, ERROR, .requirement = 5, BREAKS_BOTH,
     CURE(OTHER_CHAIN), HINT(GIVE_ROOT), MENDED_BY_THE_OTHER,
     .meaning = "The server presents a self-signed certificate",
     .message = "{certificate} is self-signed, and not among the roots given ({num_anchors})",
     .expected = "a certificate issued by a CA", .observed = "a self-signed certificate",
     .remedy = "Replace it with a certificate of a public CA, or of a private CA that the partner trusts",
     .document = FV_DOCUMENT_CISCO_212383,
     .source = "RFC 5280 6.1; Cisco, certificates signed by a CA [C]",
     SYMPTOMS(UNTRUSTED_ROOT, TLS_ALERT)},

    {CODE(CHAIN_INCOMPLETE, "chain-incomplete"), FAMILY, ERROR, .requirement = 5, BREAKS_BOTH,
     CURE(SEND_CHAIN), HINT(GIVE_ROOT), MENDED_BY(EITHER, EITHER),
     .meaning = "The server sends its certificate alone, and the issuer is not among the roots given: an intermediate is "
                "missing, or, which looks the same from outside, a private root. That breaks Expressway and OpenSSL peers; Windows "
                "fetches the issuer where the certificate says from where",
     .message = "the chain stops at {certificate}: its issuer {issuer} {reason}{fetch}",
     .expected = "the certificate of {issuer}", .observed = "a chain that stops at {certificate}",
     .remedy = "If {issuer} is an intermediate, have {the_sender} send it (on Expressway: put it into the trusted CA list); if it "
               "is a private root, have an on-premises partner import it, and judge with it; where to get it: {aia_url}",
     .log_remedy = "Have the server send its intermediates (on Expressway: put them into the trusted CA list); if they are sent, the root is "
                   "a private one that the side which refused has to import",
     .document = FV_DOCUMENT_CISCO_CERTIFICATES,
     .source = "RFC 5246 7.4.2, RFC 8446 4.4.2; Cisco, Expressway sends intermediates only if they are in its trust list [C]; "
               "Expressway and other OpenSSL peers do not fetch an issuer, Windows does where the certificate has an http address for it "
               "(CertGetCertificateChain) [C]; which of the two is missing cannot be seen from outside [I]",
     SYMPTOMS(LIKELY_1010, CLIENT_HRESULT("0x800b010a", "CERT_E_CHAINING", "likely, in its HRESULT, where it cannot be fetched"), TLS_ALERT)},

    {CODE(CHAIN_PRIVATE_ROOT, "chain-private-root"), FAMILY, NOTE, .requirement = 5, BREAKS_BOTH,
     CURE(OTHER_CHAIN), MENDED_BY_THE_OTHER,
     .meaning = "The chain leads to a private root; it holds only where the partner has imported that root, and never at Office 365",
     .message = "the chain ends at the private root {root}: {consequence}",
     .expected = "a root that the partner trusts", .observed = "{root}",
     .remedy = "With Office 365 use a certificate of a public CA; an on-premises partner has to import {root}",
     .document = FV_DOCUMENT_CISCO_212383,
     .source = "Microsoft, Office 365 takes public CAs only; Cisco, private CA in the Trusted CA list [C]",
     SYMPTOMS(UNTRUSTED_ROOT, TLS_ALERT)},

    {CODE(CHAIN_BAD_SIGNATURE, "chain-bad-signature"), FAMILY, ERROR, .requirement = 5, BREAKS_BOTH,
     CURE(OTHER_CHAIN), MENDED_BY_THE_OTHER,
     .meaning = "A signature in the chain is wrong",
     .message = "the signature on {certificate} is not that of {issuer}",
     .expected = "a signature of {issuer}", .observed = "a wrong signature",
     .remedy = "Load {the_certificate} and the intermediates again as the CA gave them",
     .source = "RFC 5280 6.1.3 (a)(1) [C]",
     SYMPTOMS(LIKELY_1010, TLS_ALERT)},

    {CODE(CHAIN_SIGNATURE_UNSUPPORTED, "chain-signature-unsupported"), FAMILY, INDETERMINATE, .requirement = 5,
     HINT(OTHER_TLS_LIBRARY), MENDED_BY_THE_OTHER,
     .meaning = "A signature in the chain is of a kind that this verifier cannot check",
     .message = "the signature on {certificate} ({algorithm}) cannot be checked by this verifier",
     .expected = "an algorithm that can be checked", .observed = "{algorithm}",
     .remedy = "Check with another verifier; see that the partner supports {algorithm}",
     .source = "A limit of the verifier, not of the certificate; RFC 5280 4.1.1.2"},

    {CODE(CHAIN_ISSUER_EXPIRED, "chain-issuer-expired"), FAMILY, ERROR, .requirement = 5, BREAKS_BOTH,
     CURE(OTHER_CHAIN), MENDED_BY_THE_OTHER,
     .meaning = "A CA certificate of the chain is outside its validity period",
     .message = "the CA certificate {certificate} is {state} at {time}",
     .expected = "CA certificates valid at {time}", .observed = "valid from {not_before} to {not_after}",
     .remedy = "Have {the_sender} send the CA's current certificate instead",
     .source = "RFC 5280 6.1.3 (a)(2) [C]",
     SYMPTOMS(LIKELY_1010, CLIENT_HRESULT("0x80090328", "SEC_E_CERT_EXPIRED", "likely, in its HRESULT"), TLS_ALERT)},

    {CODE(CHAIN_NOT_A_CA, "chain-not-a-ca"), FAMILY, ERROR, .requirement = 5, BREAKS_BOTH,
     CURE(OTHER_CHAIN), MENDED_BY_THE_OTHER,
     .meaning = "A certificate of the chain signs another one without being a CA",
     .message = "{certificate} may not issue certificates: {reason}",
     .expected = "a CA certificate with keyCertSign", .observed = "{reason}",
     .remedy = "Have {the_sender} send the intermediates that the CA gave, and no others",
     .source = "RFC 5280 6.1.4 (k), (n) [C]",
     SYMPTOMS(LIKELY_1010, TLS_ALERT)},

    {CODE(CHAIN_PATH_TOO_LONG, "chain-path-too-long"), FAMILY, ERROR, .requirement = 5, BREAKS_BOTH,
     CURE(OTHER_CHAIN), MENDED_BY_THE_OTHER,
     .meaning = "There are more CAs in the chain than one of them allows below it",
     .message = "{certificate} allows {max} intermediates below it, there are {length}",
     .expected = "at most {max} intermediates", .observed = "{length}",
     .remedy = "Have {the_certificate} issued by a CA that may issue it",
     .source = "RFC 5280 6.1.4 (l), (m) [C]",
     SYMPTOMS(LIKELY_1010, TLS_ALERT)},

    {CODE(CHAIN_NAME_NOT_PERMITTED, "chain-name-not-permitted"), FAMILY, ERROR, .requirement = 5, BREAKS_BOTH,
     CURE(OTHER_CHAIN), MENDED_BY_THE_OTHER,
     .meaning = "A CA of the chain may not issue for a name that the certificate holds",
     .message = "{issuer} may not issue for {name}: {reason}",
     .expected = "names that {issuer} permits", .observed = "{name}",
     .remedy = "Have {the_certificate} issued by a CA without that name constraint",
     .source = "RFC 5280 4.2.1.10, 6.1.3 (b), (c) [C]",
     SYMPTOMS(LIKELY_1010, TLS_ALERT)},

    {CODE(CHAIN_EKU_NOT_PERMITTED, "chain-eku-not-permitted"), FAMILY, ERROR, .requirement = 5, BREAKS_BOTH,
     CURE(OTHER_CHAIN), MENDED_BY_THE_OTHER,
     .meaning = "A CA of the chain may not issue certificates for this purpose",
     .message = "the CA certificate {certificate} is for {usages} only, not for the purpose {purpose}",
     .expected = "a CA for the purpose {purpose}", .observed = "{usages}",
     .remedy = "Have {the_certificate} issued by a CA for this purpose",
     .source = "RFC 5280 4.2.1.12; CA/Browser Forum baseline requirements 7.1.2 [C]",
     SYMPTOMS(LIKELY_1010, TLS_ALERT)},

    {CODE(CHAIN_POLICY_VIOLATED, "chain-policy-violated"), FAMILY, ERROR, .requirement = 5, BREAKS_BOTH,
     CURE(OTHER_CHAIN), MENDED_BY_THE_OTHER,
     .meaning = "The chain breaks a certificate policy that one of its CAs demands",
     .message = "{certificate} breaks a certificate policy of the chain: {reason}",
     .expected = "a chain that keeps its policies", .observed = "{reason}",
     .remedy = "Have {the_certificate} issued with the policy that its CAs demand",
     .source = "RFC 5280 6.1.3 (d) to (f), 6.1.5 (g) [C]",
     SYMPTOMS(LIKELY_1010, TLS_ALERT)},

    {CODE(CHAIN_UNKNOWN_CRITICAL_EXTENSION, "chain-unknown-critical-extension"), FAMILY, ERROR, .requirement = 5, BREAKS_BOTH,
     CURE(OTHER_CHAIN), MENDED_BY_THE_OTHER,
     .meaning = "A certificate has a critical extension that is not known here, so it has to be refused",
     .message = "{certificate} has the unknown critical extension {oid}",
     .expected = "known critical extensions only", .observed = "{oid}",
     .remedy = "Have {the_certificate} issued anew without the extension {oid}, or with it not critical",
     .log_remedy = "See which extension of {the_certificate} is marked critical and not known to the other side, and have it issued anew without it, or with it not critical",
     .source = "RFC 5280 4.2, 6.1.4 (o), 6.1.5 (f) [C]",
     SYMPTOMS(LIKELY_1010, TLS_ALERT)},

    {CODE(CHAIN_OUT_OF_ORDER, "chain-out-of-order"), FAMILY, WARNING, .requirement = 5,
     MENDED_BY_THE_OTHER,
     .meaning = "The certificates are not sent in the order of the chain; some peers refuse that",
     .message = "the certificates are sent out of order; the order wanted is {order}",
     .expected = "the order {order}", .observed = "1, 2, 3 and so on as sent",
     .remedy = "Load the chain in order: the server's certificate, its issuer, and so on",
     .source = "RFC 5246 7.4.2 [C]; RFC 8446 4.4.2 lets it pass"},

    {CODE(CHAIN_UNNEEDED_CERTIFICATES, "chain-unneeded-certificates"), FAMILY, NOTE, .requirement = 0,
     MENDED_BY_THE_OTHER,
     .meaning = "The server sends certificates that do not belong to its chain",
     .message = "sent, but not part of the chain ({count}): {certificates}",
     .expected = NULL, .observed = "{certificates}",
     .remedy = "Take the surplus certificates out of the server's chain file",
     .source = "RFC 5246 7.4.2, RFC 8446 4.4.2 [C]"},

    {CODE(CHAIN_EXPIRES_SOON, "chain-expires-soon"), FAMILY, WARNING, .requirement = 5,
     CURE(OTHER_CHAIN), MENDED_BY_THE_OTHER,
     .meaning = "A CA certificate of the chain expires soon",
     .message = "the CA certificate {certificate} expires on {not_after}, in {days} days",
     .expected = "a CA certificate that holds longer", .observed = "valid until {not_after}",
     .remedy = "Have {the_sender} send the CA's new certificate before {not_after}",
     .source = "Advice; the number of days can be chosen; RFC 5280 4.1.2.5"},

    {CODE(LIMIT_REACHED, "limit-reached"), FAMILY, INDETERMINATE, .requirement = 5,
     HINT(RAISE_LIMIT), MENDED_BY_THE_OTHER,
     .meaning = "A limit of the evaluation was reached before it was done",
     .message = "the limit {limit} of {value} was reached before the evaluation was done",
     .expected = "an evaluation within {value}", .observed = "more than {value}",
     .remedy = "Raise the limit {limit} if what is judged is trusted to be that large",
     .source = "A limit of the policy; RFC 4158 2.4 on why a search for paths needs one"},

    {CODE(CHAIN_KEY_ID_MISMATCH, "chain-key-id-mismatch"), FAMILY, WARNING, .requirement = 5, BREAKS_BOTH,
     CURE(OTHER_CHAIN), MENDED_BY_THE_OTHER,
     .meaning = "A certificate does not point at the issuer that signed it: peers that go by the pointer, or by the first issuer of that name, do not build this chain",
     .message = "{certificate}: {reason}",
     .expected = "an authorityKeyIdentifier that fits {issuer}, and one issuer of that name", .observed = "{reason}",
     .remedy = "Have {the_certificate} issued anew if its authorityKeyIdentifier is wrong, and remove the other certificate of {issuer} from the chain that is sent and from the trust list",
     .source = "RFC 5280 4.2.1.1, 6.1 lets it pass [C]; OpenSSL takes the first issuer of a name whose key identifier fits [C]"},

    {CODE(CHAIN_REVERSED, "chain-reversed"), FAMILY, ERROR, .requirement = 5, BREAKS_BOTH,
     CURE(SEND_CHAIN), MENDED_BY_THE_OTHER,
     .meaning = "The certificates are in reverse: the first is a CA, and the end-entity certificate is behind it",
     .message = "the certificates are in reverse: number 1 is the CA {certificate}, the end-entity certificate {end_entity} is number {number}",
     .expected = "the end-entity certificate first, then its issuer", .observed = "the CA {certificate} first",
     .remedy = "Put {end_entity} first, then its issuer, and so on; load the file again, and check again",
     .source = "RFC 5246 7.4.2, \"The sender's certificate MUST come first in the list\"; RFC 8446 4.4.2 [C]",
     SYMPTOMS(LIKELY_1010, TLS_ALERT)},
};
/* clang-format on */
