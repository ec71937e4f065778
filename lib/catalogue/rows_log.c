#include "catalogue/rows.h"

#define FAMILY .family = FEDVAL_FAMILY_LOG

/* clang-format off */
const fedval_catalogue_entry fv_rows_log[] = {
    {CODE(CAUSE_NOT_IN_THIS_LOG, "cause-not-in-this-log"), FAMILY, INDETERMINATE, .requirement = 0,
     .meaning = "The log shows that a call failed, the reason stands in another log",
     .message = "the cause cannot be told from this log: R2 or R4 of {domain} is possible",
     .expected = "the log of the Microsoft Edge or of the Microsoft client", .observed = "{reported}",
     .remedy = "Get the Edge's SIPStack trace or the client's UccApiLog of the same call, and check {domain}",
     .source = "Microsoft answers 504 alike for DNS and certificate faults [C]",
     SYMPTOMS(BARE_504)},

    {CODE(PARTNER_NOT_ALLOWED, "partner-not-allowed"), FAMILY, ERROR, .requirement = 0, BREAKS_BOTH,
     .meaning = "The domain is not among the partners that the Microsoft side federates with",
     .message = "the Microsoft side does not federate with {domain}",
     .expected = "{domain} on the list of allowed domains", .observed = "not listed",
     .remedy = "On the Microsoft side: New-CsAllowedDomain -Identity {domain}, or allow partner discovery",
     .source = "Microsoft Edge, \"not configured and does not appear to belong to a federated partner\" [C]",
     SYMPTOMS(EDGE(TO_MICROSOFT, NULL, NULL,
                   "The domain of the message is not configured and does not appear to belong to a federated partner"),
              CLIENT("1028", NULL, "likely"), CLIENT("1005", NULL, "or this one"),
              EXPRESSWAY(TO_MICROSOFT, "504", "bare 504, or 403"))},

    {CODE(POLICY_REFUSED, "policy-refused"), FAMILY, ERROR, .requirement = 0, BREAKS_BOTH,
     .meaning = "A policy on the Microsoft side refuses the call",
     .message = "a policy on the Microsoft side refuses the call: {reported}",
     .expected = "a user who may federate", .observed = "{reported}",
     .remedy = "On the Microsoft side: allow federation in the external access policy of the user",
     .source = "[MS-OCER] 1002, 1012 [C]",
     SYMPTOMS(CLIENT("1002", NULL, "user policy"), CLIENT("1012", NULL, "user policy"))},

    {CODE(NOT_A_FEDERATION_FAULT, "not-a-federation-fault"), FAMILY, NOTE, .requirement = 0,
     .meaning = "The report has nothing to do with the DNS or the certificates of federation",
     .message = "not a federation DNS or certificate fault known here: {reported}",
     .expected = NULL, .observed = "{reported}",
     .remedy = "DNS and certificates need no change for this: look where the report itself points to",
     .source = "[MS-OCER] [C]"},

    {CODE(PEER_REJECTED_CERTIFICATE, "peer-rejected-certificate"), FAMILY, ERROR, .requirement = 5, BREAKS_TO_MICROSOFT,
     .meaning = "The peer broke off the handshake with an alert about our certificate",
     .message = "the peer {peer} refused the certificate: {reported}",
     .expected = "a certificate that the peer trusts", .observed = "{reported}",
     .remedy = "See that the whole chain is sent and that the peer trusts its root: fedval check {domain}",
     .source = "RFC 5246 7.2.2, alerts 42 to 48 [C]",
     SYMPTOMS(EXPRESSWAY(TO_MICROSOFT, NULL, "event \"Outbound TLS Negotiation Error\", alert certificate unknown or unknown ca"))},

    {CODE(PEER_CERTIFICATE_UNTRUSTED, "peer-certificate-untrusted"), FAMILY, ERROR, .requirement = 5, BREAKS_BOTH,
     .meaning = "Expressway does not trust the certificate of its peer",
     .message = "Expressway does not trust the certificate of {peer}: {reported}",
     .expected = "a root in Expressway's trusted CA list", .observed = "{reported}",
     .remedy = "On Expressway: append the peer's root and intermediates to the trusted CA list",
     .source = "Cisco, \"self signed certificate in certificate chain\" [C]",
     SYMPTOMS(EXPRESSWAY(FROM_MICROSOFT, NULL, "event \"Inbound TLS Negotiation Error\", self signed certificate in certificate chain"))},

    {CODE(PEER_CERTIFICATE_NAME_REFUSED, "peer-certificate-name-refused"), FAMILY, ERROR, .requirement = 4, BREAKS_BOTH,
     .meaning = "Expressway refuses the name in the certificate of its peer",
     .message = "Expressway refuses the name in the certificate of {peer}: {reported}",
     .expected = "the TLS verify subject name of the zone, or the SIP domain", .observed = "{reported}",
     .remedy = "On Expressway: correct the zone's TLS verify subject name, or turn TLS verify mode off for the DNS zone",
     .source = "Cisco, DNS zone TLS verify mode, \"identity was unacceptable\" [C]",
     SYMPTOMS(EXPRESSWAY(FROM_MICROSOFT, NULL, "event \"Inbound TLS Negotiation Error\", identity was unacceptable"))},

    {CODE(CLIENT_CERTIFICATE_MISSING, "client-certificate-missing"), FAMILY, ERROR, .requirement = 6, BREAKS_BOTH,
     .meaning = "A side sent no client certificate although the link is mutual TLS",
     .message = "{peer} sent no client certificate: {reported}",
     .expected = "a client certificate", .observed = "none",
     .remedy = "On the side of {peer}: use a certificate with clientAuth, or on Expressway turn TLS verify mode off for the zone",
     .source = "Cisco, \"no certificate returned\" [C]",
     SYMPTOMS(EXPRESSWAY(FROM_MICROSOFT, NULL, "event \"Inbound TLS Negotiation Error\", no certificate returned"))},

    {CODE(CONNECTION_CUT, "connection-cut"), FAMILY, ERROR, .requirement = 6, BREAKS_BOTH,
     .meaning = "The connection was cut in the handshake or right after it",
     .message = "the connection with {peer} was cut: {reported}",
     .expected = "a connection that stays up", .observed = "{reported}",
     .remedy = "See in the log of the side that cut it whether it refused the other's certificate, most often for want of its root; and turn SIP inspection off in firewalls on the way",
     .source = "[MS-OCER] 1047; winsock 10054 [C]",
     SYMPTOMS(CLIENT("1047", "WSAECONNRESET", "Failed to complete TLS negotiation with a federated peer server"),
              EXPRESSWAY(FROM_MICROSOFT, NULL, "event \"Inbound TLS Negotiation Error\", EOF"))},

    {CODE(REVOCATION_OFFLINE, "revocation-offline"), FAMILY, WARNING, .requirement = 0,
     .meaning = "The Microsoft side could not check whether the certificate is revoked",
     .message = "revocation could not be checked: {reported}",
     .expected = "a CRL that can be fetched", .observed = "{reported}",
     .remedy = "See that the CRL distribution points in the certificates can be reached from the Edge",
     .source = "CRYPT_E_REVOCATION_OFFLINE, CRYPT_E_NO_REVOCATION_CHECK [C]",
     SYMPTOMS(CLIENT("0x80092013", "CRYPT_E_REVOCATION_OFFLINE", "the revocation server cannot be reached"))},

    {CODE(CLOCK_SKEW, "clock-skew"), FAMILY, ERROR, .requirement = 0, BREAKS_BOTH,
     .meaning = "The clocks of the two sides differ too much",
     .message = "the clocks of the two sides differ too much: {reported}",
     .expected = "clocks in step", .observed = "{reported}",
     .remedy = "Set both sides by NTP",
     .source = "[MS-OCER] 1013 [C]",
     SYMPTOMS(CLIENT("1013", NULL, "significant time skew detected"))},
};
/* clang-format on */

const size_t fv_num_rows_log = COUNT(fv_rows_log);
