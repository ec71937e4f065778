#include "catalogue/rows.h"

#define FAMILY .family = FEDVAL_FAMILY_LOG

/* clang-format off */
const fedval_catalogue_entry fv_rows_log[] = {
    {CODE(CAUSE_NOT_IN_THIS_LOG, "cause-not-in-this-log"), FAMILY, INDETERMINATE, .requirement = 0,
     HINT(GIVE_OTHER_LOG), MENDED_BY(UNKNOWN, UNKNOWN),
     .meaning = "The log shows that a call failed, the reason is in another log",
     .message = "the cause cannot be told from this log: the SRV record of {domain} may lead outside the domain (R2), or the certificate may lack the name that it gives (R4)",
     .expected = "the log of the Microsoft Edge or of the Microsoft client", .observed = "{reported}",
     .remedy = "Get the Edge's SIPStack trace or the client's UccApiLog of the same call, and check {domain}",
     .document = FV_DOCUMENT_CISCO_212383,
     .source = "Cisco, Microsoft answers 504 alike for DNS and certificate faults [C]",
     SYMPTOMS(BARE_504)},

    {CODE(PARTNER_NOT_ALLOWED, "partner-not-allowed"), FAMILY, ERROR, .requirement = 0, BREAKS_BOTH,
     MENDED_BY(MICROSOFT, MICROSOFT),
     .meaning = "The domain is not among the partners that the Microsoft side federates with",
     .message = "the Microsoft side does not federate with {domain}",
     .expected = "{domain} on the list of allowed domains", .observed = "not listed",
     .remedy = "On the Microsoft side, own servers: New-CsAllowedDomain -Identity {domain} (Set-CsAllowedDomain where it is listed), or allow "
               "partner discovery; in Microsoft 365, where Get-CsTenantFederationConfiguration shows a list: "
               "Set-CsTenantFederationConfiguration -AllowedDomainsAsAList @{Add=\"{domain}\"} (where it shows AllowAllKnownDomains add none: a list shuts everybody else out)",
     .document = FV_DOCUMENT_MS_ALLOWED_DOMAIN,
     .source = "Microsoft Edge, \"not configured and does not appear to belong to a federated partner\" [C]",
     SYMPTOMS(EDGE(TO_MICROSOFT, NULL, NULL,
                   "The domain of the message is not configured and does not appear to belong to a federated partner"),
              CLIENT("1028", NULL, "possibly; not confirmed"),
              EXPRESSWAY(TO_MICROSOFT, "504", "bare 504, or 403"))},

    {CODE(POLICY_REFUSED, "policy-refused"), FAMILY, ERROR, .requirement = 0, BREAKS_BOTH,
     MENDED_BY(MICROSOFT, MICROSOFT),
     .meaning = "A policy on the Microsoft side refuses the call",
     .message = "a policy on the Microsoft side refuses the call: {reported}",
     .expected = "a user who may federate", .observed = "{reported}",
     .remedy = "On the Microsoft side: see in the external access policy of the user (Get-CsExternalAccessPolicy) what is False. "
               "1002 means EnableFederationAccess, 1001 EnablePublicCloudAccess, 1012 access from outside (EnableOutsideAccess or one "
               "of the two). Set-CsExternalAccessPolicy sets that one to $true; Grant-CsExternalAccessPolicy gives the user another policy",
     .document = FV_DOCUMENT_MS_OCER,
     .source = "[MS-OCER] 1002, 1012 [C]",
     SYMPTOMS(CLIENT("1002", NULL, "user policy"), CLIENT("1012", NULL, "user policy"))},

    {CODE(NOT_A_FEDERATION_FAULT, "not-a-federation-fault"), FAMILY, NOTE, .requirement = 0,
     MENDED_BY(NEITHER, NEITHER),
     .meaning = "The report has nothing to do with the DNS or the certificates of federation",
     .message = "not a federation DNS or certificate fault known here: {reported}",
     .expected = NULL, .observed = "{reported}",
     .remedy = "DNS and certificates need no change for this: see why in the log of the server that reports it, at the same minute (Edge and Front End: Event Viewer > Lync Server; Expressway: Status > Logs > Event Log)",
     .document = FV_DOCUMENT_MS_OCER,
     .source = "[MS-OCER] [C]"},

    {CODE(PEER_REJECTED_CERTIFICATE, "peer-rejected-certificate"), FAMILY, ERROR, .requirement = 5, BREAKS_TO_MICROSOFT,
     HINT(CHECK_DOMAIN), MENDED_BY(EITHER, EITHER),
     .meaning = "The peer broke off the handshake with an alert about our certificate",
     .message = "{peer} refused {which}: {reported}",
     .expected = "a certificate that the peer trusts", .observed = "{reported}",
     .remedy = "The alert says which fault the peer found: mend that one in the certificate that it was shown, and check {domain} from outside",
     .log_remedy = "The alert says which fault the peer found: mend that one in {which}, which it was shown",
     .source = "RFC 5246 7.2.2, alerts 42 to 49 [C]",
     SYMPTOMS(EXPRESSWAY(TO_MICROSOFT, NULL, "event \"Outbound TLS Negotiation Error\", alert certificate unknown or unknown ca"))},

    {CODE(PEER_CERTIFICATE_UNTRUSTED, "peer-certificate-untrusted"), FAMILY, ERROR, .requirement = 5, BREAKS_BOTH,
     MENDED_BY(CISCO, EITHER),
     .meaning = "Expressway does not trust the certificate of its peer",
     .message = "Expressway does not trust the certificate of {peer}: {reported}",
     .expected = "a root in Expressway's trusted CA list", .observed = "{reported}",
     .remedy = "On Expressway: append the peer's root and intermediates to the trusted CA list",
     .document = FV_DOCUMENT_CISCO_212475,
     .source = "Cisco, \"self signed certificate in certificate chain\" [C]",
     SYMPTOMS(EXPRESSWAY(FROM_MICROSOFT, NULL, "event \"Inbound TLS Negotiation Error\", self signed certificate in certificate chain"))},

    {CODE(PEER_CERTIFICATE_NAME_REFUSED, "peer-certificate-name-refused"), FAMILY, ERROR, .requirement = 4, BREAKS_BOTH,
     MENDED_BY(CISCO, EITHER),
     .meaning = "Expressway refuses the name in the certificate of its peer",
     .message = "Expressway refuses the name in the certificate of {peer}: {reported}",
     .expected = "the TLS verify subject name of the zone, or the SIP domain", .observed = "{reported}",
     .remedy = "On Expressway: correct the zone's TLS verify subject name, or turn TLS verify mode off for the DNS zone",
     .document = FV_DOCUMENT_CISCO_CERTIFICATES,
     .source = "Cisco, DNS zone TLS verify mode, \"identity was unacceptable\" [C]",
     SYMPTOMS(EXPRESSWAY(FROM_MICROSOFT, NULL, "event \"Inbound TLS Negotiation Error\", identity was unacceptable"))},

    {CODE(CLIENT_CERTIFICATE_MISSING, "client-certificate-missing"), FAMILY, ERROR, .requirement = 6, BREAKS_BOTH,
     MENDED_BY(EITHER, EITHER),
     .meaning = "A side sent no client certificate although the link is mutual TLS",
     .message = "{client} sent no client certificate: {reported}",
     .expected = "a client certificate", .observed = "none",
     .remedy = "On the side of {client}: let it send a certificate when it calls, with clientAuth or no extended key usage, from a CA that "
               "the side which asks for it trusts. Turning TLS verify mode off for the zone on Expressway lets in callers that nobody has "
               "verified: at most a test",
     .document = FV_DOCUMENT_CISCO_213863,
     .source = "Cisco, \"no certificate returned\" [C]",
     SYMPTOMS(EXPRESSWAY(FROM_MICROSOFT, NULL, "event \"Inbound TLS Negotiation Error\", no certificate returned"))},

    {CODE(CONNECTION_CUT, "connection-cut"), FAMILY, ERROR, .requirement = 6, BREAKS_BOTH,
     MENDED_BY(EITHER, EITHER),
     .meaning = "The connection was cut in the handshake or right after it",
     .message = "the connection with {peer} was cut: {reported}",
     .expected = "a connection that stays up", .observed = "{reported}",
     .remedy = "See in the log of the side that cut it whether it refused the other's certificate, most often for want of its root; and turn SIP inspection off in firewalls on the way",
     .document = FV_DOCUMENT_RISUAL,
     .source = "[MS-OCER] 1047; winsock 10054 [C]",
     SYMPTOMS(CLIENT("1047", "WSAECONNRESET", "Failed to complete TLS negotiation with a federated peer server"),
              EXPRESSWAY(FROM_MICROSOFT, NULL, "event \"Inbound TLS Negotiation Error\", EOF"))},

    {CODE(REVOCATION_OFFLINE, "revocation-offline"), FAMILY, WARNING, .requirement = 0,
     MENDED_BY(CISCO, EITHER),
     .meaning = "The Microsoft side could not check whether the certificate is revoked",
     .message = "revocation could not be checked: {reported}",
     .expected = "a CRL that can be fetched", .observed = "{reported}",
     .remedy = "See that the CRL distribution points in the certificates can be reached from the Edge",
     .log_remedy = "See that the server which says so can fetch the CRLs that the certificates name: from an Edge, HTTP to their distribution "
                   "points; on Expressway, renew those that were loaded by hand. A distribution point that nobody outside can reach is to be "
                   "mended on the side whose certificate names it",
     .document = FV_DOCUMENT_MS_ERREF,
     .source = "Microsoft, CRYPT_E_REVOCATION_OFFLINE, CRYPT_E_NO_REVOCATION_CHECK [C]",
     SYMPTOMS(CLIENT_HRESULT("0x80092013", "CRYPT_E_REVOCATION_OFFLINE", "the revocation server cannot be reached"))},

    {CODE(CLOCK_SKEW, "clock-skew"), FAMILY, ERROR, .requirement = 0, BREAKS_BOTH,
     MENDED_BY(EITHER, MICROSOFT),
     .meaning = "Two clocks of one side differ too much for its authentication: on the Microsoft side, that of a client and that of its server",
     .message = "two clocks differ too much for authentication: {reported}",
     .expected = "clocks in step", .observed = "{reported}",
     .remedy = "On the side that reports it, here the Microsoft side: set the clocks of its clients, Front End and Edge by one source (NTP, "
               "w32tm /query /status); the other side's clock has no part in it",
     .document = FV_DOCUMENT_MS_OCER,
     .source = "[MS-OCER] 1013 [C]",
     SYMPTOMS(CLIENT("1013", NULL, "significant time skew detected"))},

    {CODE(LINK_WORKS, "link-works"), FAMILY, NOTE, .requirement = 0,
     MENDED_BY(NEITHER, NEITHER),
     .meaning = "The far side itself answered: DNS and certificates hold in that direction",
     .message = "{answer} was made by the far side itself: DNS and certificates hold in this direction",
     .expected = NULL, .observed = "{reported}",
     .remedy = "Leave DNS and certificates as they are; look at the called user, at policies, and at the media",
     .document = FV_DOCUMENT_RFC3261,
     .source = "An answer made by the far side comes after its checks of domain and certificate [I]",
     SYMPTOMS(EXPRESSWAY_STATUS(TO_MICROSOFT, "404", "404, 480, 486, 488 or 603 with Server: RTC"))},

    {CODE(CALLER_NOT_A_DOMAIN, "caller-not-a-domain"), FAMILY, INDETERMINATE, .requirement = 1, BREAKS_TO_MICROSOFT,
     MENDED_BY(CISCO, CISCO),
     .meaning = "The caller's address has no SIP domain that public DNS could have a record for",
     .message = "the From of the call is {caller}: no domain that public DNS can have a record for",
     .expected = "a From whose domain has an SRV record in public DNS", .observed = "{caller}",
     .remedy = "On the Cisco side: let the call leave with a From of your own SIP domain: the CMS outbound rule's Local From "
               "Domain, or a transform or a search rule on Expressway",
     .document = FV_DOCUMENT_CISCO_212383,
     .source = "The Edge looks up the domain in From [C]; an address or a private name has none in public DNS [I]",
     SYMPTOMS(BARE_504)},
};
/* clang-format on */
