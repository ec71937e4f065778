#include "catalogue/guide.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* clang-format off */
const fv_look fv_looks[] = {
    {FV_LOOK_DNS, "dns", "DNS", "nslookup -type=SRV _sipfederationtls._tcp.<domain> <a public resolver>",
     "Ask from outside: a resolver of the own network may show another view; each domain of both sides needs its record",
     FV_DOCUMENT_CISCO_212383},
    {FV_LOOK_SEARCH_HISTORY, "search-history", "Expressway", "Status > Search history, on Expressway-E and on Expressway-C",
     "To Microsoft: the call leaves through the DNS zone and comes back with 504. From Microsoft: no call is listed",
     FV_DOCUMENT_CISCO_212383},
    {FV_LOOK_EXPRESSWAY_LOG, "expressway-log", "Expressway",
     "Maintenance > Diagnostics > Diagnostic logging; Status > Logs > Event log, Network log",
     "Set network.sip, network.tcp, network.dns and developer.ssl to DEBUG, take a packet capture, start, call, stop, collect",
     FV_DOCUMENT_CISCO_212475},
    {FV_LOOK_EXPRESSWAY_CERTIFICATES, "expressway-certificates", "Expressway",
     "Maintenance > Security > Server certificate, Client certificate (X15.5), Trusted CA certificate, Ciphers",
     "On every peer of the cluster; from X15.5 the server's and the calling certificate are renewed each by itself",
     FV_DOCUMENT_CISCO_225693},
    {FV_LOOK_CLIENT_LOG, "client-log", "Microsoft client",
     "%LOCALAPPDATA%\\Microsoft\\Office\\16.0\\Lync\\Tracing\\Lync-UccApi-<n>.UccApiLog (15.0 for 2013)",
     "Options > General > Logging in Skype for Business: Full, restart the client, call; all there is when the partner is at "
     "Microsoft 365",
     FV_DOCUMENT_CISCO_212383},
    {FV_LOOK_EDGE_TRACE, "edge-trace", "Edge",
     "Start-CsClsLogging, call, Search-CsClsLogging -Components SIPStack -OutputFilePath <file>; read with Snooper",
     "The scenario AlwaysOn or SfbTrace on the Edge pool; on Lync 2010 OCSLogger with SIPStack, all levels",
     FV_DOCUMENT_MS_CLS},
    {FV_LOOK_EDGE_EVENTS, "edge-events", "Edge",
     "Event Viewer: Applications and Services Logs > Lync Server; Windows Logs > System, source Schannel",
     "Schannel logs errors by default; certificates of callers that were refused only with EventLogging 3 under "
     "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL",
     FV_DOCUMENT_MS_SCHANNEL_EVENTS},
    {FV_LOOK_ALLOWED_DOMAINS, "allowed-domains", "Microsoft side, own servers",
     "Get-CsAllowedDomain, Get-CsBlockedDomain, Get-CsAccessEdgeConfiguration, Get-CsExternalAccessPolicy",
     "A domain that is not listed needs New-CsAllowedDomain, a listed one Set-CsAllowedDomain; Test-CsFederatedPartner tries it",
     FV_DOCUMENT_MS_ALLOWED_DOMAIN},
    {FV_LOOK_MICROSOFT_365, "microsoft-365", "Microsoft 365", "Get-CsTenantFederationConfiguration",
     "Set-CsTenantFederationConfiguration -AllowedDomainsAsAList @{Add=\"<domain>\"}; there are no logs of servers: the client's "
     "is all there is",
     FV_DOCUMENT_MS_TENANT_FEDERATION},
    {FV_LOOK_MEETING_SERVER, "meeting-server", "Meeting Server", "Logs > SIP traffic tracing; at its command line: syslog follow",
     "It turns standard SIP into Microsoft's: compare the From domain that it sends with the domain that has the SRV record",
     FV_DOCUMENT_CISCO_212383},
    {FV_LOOK_OUTSIDE, "outside", "Any machine outside",
     "openssl s_client -connect <host>:<port> -servername <host> -showcerts",
     "It shows the certificates as the server sends them; a server that asks for a calling certificate may end the connection after "
     "that",
     FV_DOCUMENT_OPENSSL_CLIENT},
};

const fv_concept fv_requirements[] = {
    {"R1", "the SRV record exists",
     "_sipfederationtls._tcp.<domain> is in public DNS with port 5061, for each domain of both sides. The Edge looks up "
     "the domain of the caller (From, P-Asserted-Identity) and of the called; the same record serves calls, presence and the "
     "call back",
     "which header counts where From and P-Asserted-Identity differ", FV_LOOK_DNS | FV_LOOK_SEARCH_HISTORY | FV_LOOK_CLIENT_LOG,
     FV_DOCUMENT_CISCO_212383},
    {"R2", "the SRV target is directly under the domain",
     "The target is exactly one label under the domain: expe.example.com serves example.com; expe.sub.example.com (deeper) and "
     "expe.other.com (elsewhere) do not. Hosting providers that the other side knows are let off",
     "a target that is the domain itself; standby records that match while the preferred one does not",
     FV_LOOK_DNS | FV_LOOK_CLIENT_LOG | FV_LOOK_EDGE_TRACE, FV_DOCUMENT_CISCO_212383},
    {"R3", "the target has a public address", "The target has an A or AAAA record with the public address of the Expressway-E", NULL,
     FV_LOOK_DNS, FV_DOCUMENT_CISCO_212383},
    {"R4", "the certificate holds the SRV target",
     "The SRV target is a dNSName in the certificate's subjectAltName; the Common Name counts only where there is no "
     "subjectAltName. The domain itself need not be in it",
     "how an Edge treats a wildcard in a peer's certificate", FV_LOOK_EXPRESSWAY_CERTIFICATES | FV_LOOK_CLIENT_LOG | FV_LOOK_EDGE_TRACE,
     FV_DOCUMENT_CISCO_212383},
    {"R5", "the chain leads to a root that is trusted",
     "A public CA, or a private one whose root and intermediates the Microsoft side imported; with Office 365 a public CA "
     "alone. The server sends its intermediates",
     "from outside, which roots the partner trusts", FV_LOOK_EXPRESSWAY_CERTIFICATES | FV_LOOK_EXPRESSWAY_LOG | FV_LOOK_EDGE_EVENTS,
     FV_DOCUMENT_CISCO_212383},
    {"R6", "both sides show a certificate, each for its role",
     "The link is mutual TLS: who is called shows a certificate as server, who calls one as client. A calling certificate needs "
     "clientAuth, both purposes, or no extended key usage; serverAuth is not asked of it. Expressway checks this of its peers "
     "from X15.5 on, by default",
     "whether an Edge asks for clientAuth", FV_LOOK_EXPRESSWAY_CERTIFICATES | FV_LOOK_EXPRESSWAY_LOG, FV_DOCUMENT_CISCO_225693},
    {"R7", "the certificate is sound",
     "Valid now, the whole chain sent, RSA of 2048 bits or more and less than 8192, SHA-256 or better, TLS 1.2 for Office 365", NULL,
     FV_LOOK_EXPRESSWAY_CERTIFICATES | FV_LOOK_EXPRESSWAY_LOG, FV_DOCUMENT_CISCO_CERTIFICATES},
    {"R8", "a cluster shows every name at every peer",
     "One SRV target for each domain with an address for each peer; the certificate of every peer holds the target of every "
     "domain, its own name and the cluster's, and keeps the names that other services need",
     "that an Edge compares the calling peer's certificate with the SRV target", FV_LOOK_DNS | FV_LOOK_EXPRESSWAY_CERTIFICATES,
     FV_DOCUMENT_CISCO_CERTIFICATES},
};

const fv_concept fv_profiles[] = {
    {"microsoft-edge", "an Edge on the partner's own premises judges",
     "SRV target one label under the domain or a known provider; the target in the subjectAltName; a public root, or a private "
     "one that the partner imported. The default for a domain that calls from Expressway",
     NULL, FV_LOOK_EDGE_TRACE | FV_LOOK_ALLOWED_DOMAINS, FV_DOCUMENT_CISCO_212383},
    {"office365", "Microsoft's cloud judges", "As microsoft-edge, with roots of public CAs alone and TLS 1.2 or later",
     "whether Teams federates with a SIP edge that is not Microsoft's; Skype for Business Online ended on 2021-07-31",
     FV_LOOK_MICROSOFT_365, FV_DOCUMENT_MS_365_TLS},
    {"expressway", "an Expressway-E judges the Microsoft side",
     "Any SRV target; the name in the certificate counts only where the DNS zone's TLS verify mode is On, and then the TLS "
     "verify subject name, else the SIP domain. The default for a domain at Microsoft",
     NULL, FV_LOOK_EXPRESSWAY_LOG | FV_LOOK_EXPRESSWAY_CERTIFICATES, FV_DOCUMENT_CISCO_CERTIFICATES},
    {"microsoft-trunk", "a Front End pool judges Meeting Server, without an Edge",
     "The given pool name is in the Common Name too; there is no SRV record. For single chains", NULL,
     FV_LOOK_MEETING_SERVER | FV_LOOK_EDGE_TRACE, FV_DOCUMENT_MS_EDGE_REQUIREMENTS},
    {"rfc5922-sip", "a standard SIP peer judges",
     "_sips._tcp with any target; the certificate holds the SIP domain itself, as a name or as a sip: URI; no wildcards", NULL,
     FV_LOOK_OUTSIDE, FV_DOCUMENT_RFC3261},
    {"webpki", "a plain web client judges", "The given name, wildcards for one whole label, no Common Name. For single chains", NULL,
     FV_LOOK_OUTSIDE, FV_DOCUMENT_CABF_BR},
};

#define OF_DIAGNOSTICS(from, to, owner)                                                            \
    {FV_SYMPTOM_MS_DIAGNOSTICS, from, to, owner,                                                   \
     "As a rule it has nothing to do with DNS or certificates of federation: its reason= says what it is about; look there",      \
     FV_DOCUMENT_MS_DIAGNOSTICS_RANGES}

/* An id that a document lists by its number alone, as one of those for which the client shows a
 * general error ([MS-OCER] 9.3.2): it is a range of one. */
#define LISTED(id, owner)                                                                          \
    {FV_SYMPTOM_MS_DIAGNOSTICS, id, id, "listed in [MS-OCER] 9.3.2 without a meaning; of the range of " owner,                      \
     "No document found says what it means, so nothing is claimed: its reason= says what it is about. The Microsoft client "      \
     "shows a general error for it",                                                                                              \
     FV_DOCUMENT_MS_OCER}

/* A narrow range comes before a wider one around it, because the first range that fits is the one
 * that people see. */
const fv_range fv_ranges[] = {
    LISTED(1019, "the SIP stack of the Edge and of the Front End (1000 to 1999), so it may be about federation"),
    LISTED(2120, "user services, presence (2000 to 2999)"),
    LISTED(24036, "likely an application built on Microsoft's UCMA (24000 to 24999)"),
    {FV_SYMPTOM_MS_DIAGNOSTICS, 1000, 1999, "the SIP stack of the Edge and of the Front End",
     "It may be about federation: its reason= says what it is about, and HRESULT, peer-type or a winsock code beside it decide. Check "
     "the domain from outside all the same",
     FV_DOCUMENT_MS_DIAGNOSTICS_RANGES},
    OF_DIAGNOSTICS(0, 999, "what all components share"),
    OF_DIAGNOSTICS(2000, 2999, "user services, presence"),
    OF_DIAGNOSTICS(3000, 3999, "user services, conferences"),
    OF_DIAGNOSTICS(4000, 4999, "user services, the rest"),
    OF_DIAGNOSTICS(5000, 5999, "server applications"),
    OF_DIAGNOSTICS(6000, 6999, "the IM conferencing server"),
    OF_DIAGNOSTICS(7000, 7999, "the A/V conferencing server"),
    OF_DIAGNOSTICS(8000, 8999, "the telephony conferencing server"),
    OF_DIAGNOSTICS(9000, 9999, "media relay authentication (MRAS)"),
    OF_DIAGNOSTICS(10000, 10999, "the Mediation Server"),
    OF_DIAGNOSTICS(11000, 11999, "the metrics server"),
    OF_DIAGNOSTICS(12000, 12999, "voice routing, outbound"),
    OF_DIAGNOSTICS(13000, 13999, "voice routing, inbound"),
    OF_DIAGNOSTICS(14000, 14999, "voice routing, dial plans"),
    OF_DIAGNOSTICS(15000, 15999, "Exchange unified messaging"),
    OF_DIAGNOSTICS(16000, 16999, "the intelligent IM filter"),
    OF_DIAGNOSTICS(17000, 17999, "the client version filter"),
    {FV_SYMPTOM_MS_DIAGNOSTICS, 20000, 20999, "the group chat server",
     "It is about a chat room, and nothing of federation's DNS or certificates: its reason= says more",
     FV_DOCUMENT_MS_OCER},
    {FV_SYMPTOM_MS_DIAGNOSTICS, 21000, 21999, "the application sharing conferencing server",
     "It is about a shared screen or program, and nothing of federation's DNS or certificates: its reason= says more",
     FV_DOCUMENT_MS_OCER},
    {FV_SYMPTOM_MS_DIAGNOSTICS, 24000, 24999, "likely an application built on Microsoft's UCMA, such as a conferencing service",
     "Microsoft's own examples (24081, 24083) are of such applications: component= names which one, reason= what it is about; nothing "
     "of federation's DNS or certificates, as a rule",
     FV_DOCUMENT_MS_UCMA},
    {FV_SYMPTOM_MS_DIAGNOSTICS, 35000, 35999, "the call park service",
     "It is about a parked call, and nothing of federation's DNS or certificates: its reason= says more",
     FV_DOCUMENT_MS_OCER},
    {FV_SYMPTOM_MS_DIAGNOSTICS, 18000, 49999, "an application or web service of the Microsoft side",
     "Which one is not documented here; it is none of the SIP stack, so as a rule nothing of federation: its reason= says more",
     FV_DOCUMENT_MS_OCER},
    {FV_SYMPTOM_MS_DIAGNOSTICS, 50000, 59999, "the Microsoft client itself (ms-client-diagnostics)",
     "The client tells its own server what it did: its reason= says it; DNS and certificates of federation have no part in it",
     FV_DOCUMENT_MS_OCER},
    {FV_SYMPTOM_EDGE_RESULT, 0xc3e80000, 0xc3efffff, "the SIP stack of the Edge and of the Front End (SIPPROXY_E_, SIP_E_)",
     "The Text of the same record says what it is about: give the whole record to have it read",
     FV_DOCUMENT_CISCO_212383},
    {FV_SYMPTOM_HRESULT, 0x80090300, 0x80090fff, "SChannel (SEC_E_), Windows' TLS",
     "Something in the TLS handshake: its name and text beside the number decide; with names that agree it is no name mismatch",
     FV_DOCUMENT_MS_ERREF},
    {FV_SYMPTOM_HRESULT, 0x80090000, 0x800902ff, "Windows' cryptography (NTE_)",
     "The Microsoft server's own keys, as a rule", FV_DOCUMENT_MS_ERREF},
    {FV_SYMPTOM_HRESULT, 0x80091000, 0x8009ffff, "Windows' certificates (CRYPT_E_, TRUST_E_)",
     "Something about a certificate or its revocation: its name and text beside the number decide", FV_DOCUMENT_MS_ERREF},
    {FV_SYMPTOM_HRESULT, 0x800b0000, 0x800bffff, "Windows' chain building (CERT_E_, TRUST_E_)",
     "Something about a certificate chain: its name and text beside the number decide", FV_DOCUMENT_MS_ERREF},
    {FV_SYMPTOM_HRESULT, 0x80070000, 0x8007ffff, "a Windows error in the form of an HRESULT",
     "Its last four digits are the number of the Windows error", FV_DOCUMENT_MS_ERREF},
    {FV_SYMPTOM_WINSOCK, 10000, 11999, "winsock", "Something about a connection or about the look-up of a name: not known here",
     FV_DOCUMENT_MS_WINSOCK},
    {FV_SYMPTOM_WINDOWS_EVENT, 14300, 14699, "LS Protocol Stack, in the event log of the Edge or Front End",
     "Its text names the server, the peer and often an HRESULT: give the whole event to have it read", FV_DOCUMENT_MS_OCS_EVENTS},
    {FV_SYMPTOM_WINDOWS_EVENT, 36864, 36888, "Schannel, in the System event log", "Its text says what it is about",
     FV_DOCUMENT_MS_SCHANNEL_EVENTS},
    {FV_SYMPTOM_SIP_STATUS, 100, 699, "SIP responses", "A status that is not known here counts as the first of its hundred",
     FV_DOCUMENT_RFC3261},
    {FV_SYMPTOM_TLS_ALERT, 0, 255, "TLS alerts", "An alert that is not known here", FV_DOCUMENT_IANA_ALERTS},
    {FV_SYMPTOM_OPENSSL_VERIFY, 0, 99, "OpenSSL's certificate verification", "A reason that is not known here: its text says more",
     FV_DOCUMENT_OPENSSL_VERIFY},
};
/* clang-format on */

const size_t fv_num_looks = COUNT(fv_looks);
const size_t fv_num_requirements = COUNT(fv_requirements);
const size_t fv_num_profiles = COUNT(fv_profiles);
const size_t fv_num_ranges = COUNT(fv_ranges);

uint32_t fv_look_of_kind(uint32_t kind)
{
    static const uint32_t looks[FV_NUM_SYMPTOM_KINDS] = {
        [FV_SYMPTOM_MS_DIAGNOSTICS] = FV_LOOK_CLIENT_LOG | FV_LOOK_EDGE_TRACE,
        [FV_SYMPTOM_EDGE_RESULT] = FV_LOOK_EDGE_TRACE,
        [FV_SYMPTOM_HRESULT] = FV_LOOK_CLIENT_LOG | FV_LOOK_EDGE_TRACE | FV_LOOK_EDGE_EVENTS,
        [FV_SYMPTOM_WINSOCK] = FV_LOOK_CLIENT_LOG | FV_LOOK_EDGE_TRACE,
        [FV_SYMPTOM_WINDOWS_EVENT] = FV_LOOK_EDGE_EVENTS,
        [FV_SYMPTOM_SIP_STATUS] = FV_LOOK_SEARCH_HISTORY | FV_LOOK_EXPRESSWAY_LOG |
                                  FV_LOOK_CLIENT_LOG | FV_LOOK_EDGE_TRACE | FV_LOOK_MEETING_SERVER,
        [FV_SYMPTOM_TLS_ALERT] = FV_LOOK_EXPRESSWAY_LOG | FV_LOOK_EDGE_EVENTS,
        [FV_SYMPTOM_OPENSSL_VERIFY] = FV_LOOK_EXPRESSWAY_LOG | FV_LOOK_EXPRESSWAY_CERTIFICATES,
    };
    return kind < COUNT(looks) ? looks[kind] : 0;
}

uint32_t fv_look_of_family(uint32_t family)
{
    static const uint32_t looks[] = {
        [FEDVAL_FAMILY_SRV] = FV_LOOK_DNS | FV_LOOK_SEARCH_HISTORY | FV_LOOK_CLIENT_LOG,
        [FEDVAL_FAMILY_ADDRESS] = FV_LOOK_DNS,
        [FEDVAL_FAMILY_TRANSPORT] = FV_LOOK_EXPRESSWAY_LOG | FV_LOOK_CLIENT_LOG,
        [FEDVAL_FAMILY_NAME] = FV_LOOK_EXPRESSWAY_CERTIFICATES | FV_LOOK_CLIENT_LOG,
        [FEDVAL_FAMILY_CERTIFICATE] = FV_LOOK_EXPRESSWAY_CERTIFICATES | FV_LOOK_EXPRESSWAY_LOG,
        [FEDVAL_FAMILY_TRUST] = FV_LOOK_EXPRESSWAY_CERTIFICATES | FV_LOOK_EXPRESSWAY_LOG,
        [FEDVAL_FAMILY_LOG] = FV_LOOK_EXPRESSWAY_LOG | FV_LOOK_CLIENT_LOG | FV_LOOK_EDGE_TRACE |
                              FV_LOOK_ALLOWED_DOMAINS | FV_LOOK_MICROSOFT_365,
    };
    return family < COUNT(looks) ? looks[family] : 0;
}
