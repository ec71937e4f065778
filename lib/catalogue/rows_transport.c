#include "catalogue/rows.h"

#define FAMILY .family = FEDVAL_FAMILY_TRANSPORT
#define TCP_FAILED                                                                                 \
    EXPRESSWAY(TO_MICROSOFT, NULL,                                                                 \
               "network.tcp \"TCP Connection Failed\", where it is Expressway that connects")
#define INBOUND_TLS_ERROR                                                                          \
    EXPRESSWAY(FROM_MICROSOFT, NULL, "event \"Inbound TLS Negotiation Error\"")

#define CONNECT_BY_HAND                                                                            \
    "From the side that calls, see whether {address} answers on port {port}. If not, open that "   \
    "port in the firewalls of both sides, from the one federation edge to the other"

/* clang-format off */
const fedval_catalogue_entry fv_rows_transport[] = {
    {CODE(CONNECT_REFUSED, "connect-refused"), FAMILY, ERROR, .requirement = 6, BREAKS_FROM_MICROSOFT,
     MENDED_BY(EITHER, EITHER),
     .meaning = "The server refuses TCP connections on the port of the SRV record",
     .message = "{target} refuses connections at {address} port {port}",
     .expected = "an open port {port}", .observed = "connection refused",
     .remedy = "Open port {port} on {target} and in the firewall in front of it, or correct the address or the port in DNS",
     .log_remedy = "Something at {address} refuses port {port}: see that the service listens there (Expressway: SIP TLS is on, with "
                   "this port), and that the address in DNS is its own; a firewall that refuses is rarer than one that is silent",
     .source = "RFC 9293 3.10.7.1 [C]; what each side logs is inferred [I]",
     SYMPTOMS(CLIENT("1046", "WSAECONNREFUSED", "likely: cannot connect, winsock 10061"),
              CLIENT("1038", NULL, "possibly, where its peer-type is a federated partner"), NO_INVITE, TCP_FAILED)},

    {CODE(CONNECT_TIMEOUT, "connect-timeout"), FAMILY, INDETERMINATE, .requirement = 6, BREAKS_FROM_MICROSOFT,
     MENDED_BY(EITHER, EITHER),
     .meaning = "No answer on the port of the SRV record; a firewall may let only partners in",
     .message = "{target} does not answer at {address} port {port}: it is down, or a firewall lets only partners in",
     .expected = "an open port {port}", .observed = "no answer",
     .remedy = "Check from the partner's address; if it is shut there too, open port {port} to the partner's Edge",
     .log_remedy = CONNECT_BY_HAND,
     .document = FV_DOCUMENT_MS_EDGE_REQUIREMENTS,
     .source = "RFC 9293 3.8.3; a firewall may drop what does not come from a partner [I]",
     SYMPTOMS(CLIENT("1046", "WSAETIMEDOUT", "possibly, if it is shut for the Edge too: cannot connect, winsock 10060"),
              CLIENT("1038", NULL, "possibly, where its peer-type is a federated partner"), TCP_FAILED)},

    {CODE(CONNECT_UNREACHABLE, "connect-unreachable"), FAMILY, INDETERMINATE, .requirement = 6, BREAKS_FROM_MICROSOFT,
     MENDED_BY(EITHER, EITHER),
     .meaning = "The side that calls has no route to the address of the server",
     .message = "{target} cannot be reached at {address}: no route from here",
     .expected = "a route to {address}", .observed = "unreachable",
     .remedy = "Check from another network; if there is no route from there either, correct the address or the routing",
     .log_remedy = "See on the side that calls whether it has a route to {address} (its gateway, its static routes, IPv6 without a "
                   "route), and whether that address is the right one in DNS",
     .source = "RFC 1122 3.2.2.1 [C]",
     SYMPTOMS(CLIENT("1046", NULL, "possibly, if the Edge has no route either: cannot connect"),
              CLIENT("1038", NULL, "possibly, where its peer-type is a federated partner"), TCP_FAILED)},

    {CODE(TLS_NOT_SPOKEN, "tls-not-spoken"), FAMILY, ERROR, .requirement = 6, BREAKS_FROM_MICROSOFT,
     MENDED_BY(EITHER, EITHER),
     .meaning = "What answers on the port does not speak TLS",
     .message = "what answers at {address} port {port} does not speak TLS{said}",
     .expected = "TLS", .observed = "something else",
     .remedy = "Let SIP over TLS listen on port {port} of {target}; see that no load balancer or firewall answers in its place",
     .log_remedy = "Nothing, where {peer} is a scanner or a phone, as most are; if it is the partner's server, let it speak TLS "
                   "there",
     .source = "RFC 3261 26.2.1; Microsoft federation is TLS only [C]",
     SYMPTOMS(CLIENT("1047", NULL, "likely: Failed to complete TLS negotiation with a federated peer server"), NO_INVITE)},

    {CODE(TLS_HANDSHAKE_FAILED, "tls-handshake-failed"), FAMILY, ERROR, .requirement = 6, BREAKS_FROM_MICROSOFT,
     MENDED_BY(EITHER, EITHER),
     .meaning = "The TLS handshake is broken off by the server",
     .message = "the TLS handshake with {target} at {address} port {port} failed: {outcome}",
     .expected = "a TLS handshake", .observed = "{outcome}",
     .remedy = "Look into the log of {target} for \"TLS Negotiation Error\"; see that a SIP inspection in a firewall does not cut it",
     .log_remedy = "Look into the log of {peer} for the same handshake; see that a SIP inspection in a firewall does not cut it",
     .source = "RFC 5246 7.2, RFC 8446 6 [C]; what each side logs is inferred [I]",
     SYMPTOMS(CLIENT("1047", "WSAECONNRESET", "Failed to complete TLS negotiation with a federated peer server; winsock 10054"),
              INBOUND_TLS_ERROR)},

    {CODE(TLS_VERSION_TOO_OLD, "tls-version-too-old"), FAMILY, WARNING, .requirement = 7, BREAKS_FROM_MICROSOFT,
     MENDED_BY(EITHER, EITHER),
     .meaning = "The server agrees only on a TLS version that the verifier finds too old",
     .message = "{target} at {address} speaks {version}, where {minimum} or later is wanted",
     .expected = "{minimum} or later", .observed = "{version}",
     .remedy = "Allow {minimum} on {target} (Expressway: the TLS version of SIP)",
     .document = FV_DOCUMENT_MS_365_TLS,
     .source = "Microsoft 365 needs TLS 1.2 [C]; for Lync itself it is recommended [C]",
     SYMPTOMS(CLIENT("1047", NULL, "likely with Office 365: Failed to complete TLS negotiation with a federated peer server"))},

    {CODE(TLS_NO_COMMON_VERSION, "tls-no-common-version"), FAMILY, INDETERMINATE, .requirement = 6,
     HINT(OTHER_TLS_LIBRARY), MENDED_BY(EITHER, EITHER),
     .meaning = "The two sides of a handshake have no TLS version in common. Where this program looked itself, it may have met "
                "a limit of its own, or no certificate is recorded: the server may be sound",
     .message = "TLS with {target} at {address} port {port} could not be judged: {outcome}",
     .expected = "a handshake that shows the certificate", .observed = "{outcome}",
     .remedy = "Check again, with another TLS library too; if none has a version in common with {target}, allow TLS 1.2 there",
     .document = FV_DOCUMENT_MS_SCHANNEL_PROTOCOLS,
     .log_remedy = "Compare the TLS versions and the cipher suites that both sides allow, and allow TLS 1.2 on both; on "
                   "Expressway: Maintenance > Security > Ciphers",
     .source = "RFC 5246 E.1, RFC 8446 4.1.3 [C]",
     SYMPTOMS(CLIENT("1047", NULL, "possibly, if the Edge has no TLS version in common with it"))},

    {CODE(TLS_CLIENT_CERTIFICATE_REQUIRED, "tls-client-certificate-required"), FAMILY, NOTE, .requirement = 0,
     MENDED_BY(EITHER, EITHER),
     .meaning = "The server demands a client certificate, as mutual TLS asks for; this is no fault",
     .message = "{target} at {address} demands a client certificate, as it should",
     .expected = NULL, .observed = "required",
     .remedy = "Nothing to change",
     .document = FV_DOCUMENT_MS_EDGE_REQUIREMENTS,
     .source = "Cisco and Microsoft, federation is mutual TLS [C]"},

    {CODE(TLS_CLIENT_CERTIFICATE_NOT_REQUESTED, "tls-client-certificate-not-requested"), FAMILY, NOTE, .requirement = 0,
     MENDED_BY(EITHER, EITHER),
     .meaning = "The server does not ask for a client certificate; with the DNS zone's TLS verify mode Off that is how Expressway behaves",
     .message = "{target} at {address} does not ask for a client certificate",
     .expected = NULL, .observed = "not requested",
     .remedy = "Nothing to change for federation itself; mutual TLS asks for the caller's certificate too",
     .document = FV_DOCUMENT_MS_EDGE_REQUIREMENTS,
     .source = "Cisco and Microsoft, federation is mutual TLS [C]"},

    {CODE(ENDPOINTS_DIFFER, "endpoints-differ"), FAMILY, NOTE, .requirement = 0,
     MENDED_BY(EITHER, EITHER),
     .meaning = "The addresses of one target present different certificates or TLS versions",
     .message = "the addresses of {target} differ in {what}: {first_address} has {first}, {second_address} has {second}",
     .expected = "the same at every address", .observed = "{second}",
     .remedy = "See that every peer of the cluster is set up alike and that each certificate holds every target",
     .document = FV_DOCUMENT_CISCO_212383,
     .source = "RFC 2782: any address of the target may be taken [C]"},

    {CODE(TLS_STALLED, "tls-stalled"), FAMILY, INDETERMINATE, .requirement = 6, BREAKS_FROM_MICROSOFT,
     MENDED_BY(EITHER, EITHER),
     .meaning = "The server takes the connection and then says nothing more: a firewall that inspects, or packets that "
                "are too large for the way (MTU)",
     .message = "{target} at {address} port {port} accepts the connection, {then}: a firewall that inspects, or an MTU",
     .expected = "a TLS handshake", .observed = "{outcome}",
     .remedy = "See that no firewall in front of {target} inspects SIP or TLS, and that ICMP \"fragmentation needed\" gets "
               "through; check from another network",
     .log_remedy = CONNECT_BY_HAND,
     .source = "RFC 8446 4, RFC 1191 [C]",
     SYMPTOMS(CLIENT("1047", NULL, "likely: Failed to complete TLS negotiation with a federated peer server"), INBOUND_TLS_ERROR)},

    {CODE(TLS_NO_COMMON_CIPHER, "tls-no-common-cipher"), FAMILY, INDETERMINATE, .requirement = 6,
     HINT(OTHER_TLS_LIBRARY), MENDED_BY(EITHER, EITHER),
     .meaning = "The two sides of a handshake have no cipher suite, group or signature in common. Where this program looked "
                "itself, another peer may offer more",
     .message = "{target} at {address} port {port} has nothing in common with what this prober offers: {outcome}",
     .expected = "a handshake that shows the certificate", .observed = "{outcome}",
     .remedy = "Check with the other TLS library; if that gets no further, allow the usual cipher suites of TLS 1.2 on {target}",
     .log_remedy = "Compare what both sides allow: on Expressway Maintenance > Security > Ciphers, SIP TLS ciphers; on the Microsoft side the "
                   "order of cipher suites of the Edge's Windows",
     .source = "RFC 5246 7.2.2, RFC 8446 4.1.1 [C]",
     SYMPTOMS(CLIENT("1047", NULL, "possibly, if the Edge has nothing in common with it either"))},

    {CODE(TLS_FULLER_OFFER_REFUSED, "tls-fuller-offer-refused"), FAMILY, WARNING, .requirement = 0,
     MENDED_BY(EITHER, EITHER),
     .meaning = "The server takes TLS 1.2 as a Windows Edge offers it, and refuses a peer that offers more, such as TLS 1.3",
     .message = "{target} at {address} took TLS 1.2 as Windows offers it, and refused the fuller offer of this prober: {outcome}",
     .expected = "a handshake with either offer", .observed = "{outcome}",
     .remedy = "Check again. If it stays so, have {target} pass over what it does not know of a ClientHello: update it, or what is in front of it",
     .source = "RFC 8446 4.1.1, 4.2: a server ignores what it does not know [C]; what was judged is the connection with TLS 1.2"},

    {CODE(TLS_CLIENT_CERTIFICATE_REFUSED, "tls-client-certificate-refused"), FAMILY, ERROR, .requirement = 6,
     BREAKS_TO_MICROSOFT,
     MENDED_BY(EITHER, EITHER),
     .meaning = "The server refuses the client certificate that was sent to it",
     .message = "{target} at {address} refuses the client certificate that was sent: {outcome}",
     .expected = "a handshake with this client certificate", .observed = "{outcome}",
     .remedy = "Have the side that runs {target} trust the issuer of the client certificate, or call with one that it trusts; "
               "see that it has not expired",
     .source = "RFC 5246 7.2.2, RFC 8446 6.2 [C]",
     SYMPTOMS(EXPRESSWAY(TO_MICROSOFT, NULL, "event \"Outbound TLS Negotiation Error\""))},

    {CODE(TLS_ENDED_AFTER_CLIENT_CERTIFICATE, "tls-ended-after-client-certificate"), FAMILY, INDETERMINATE, .requirement = 6,
     BREAKS_TO_MICROSOFT,
     MENDED_BY(EITHER, EITHER),
     .meaning = "The server asks for a client certificate, gets it, and ends the handshake without saying that the certificate "
                "is why",
     .message = "{target} at {address} ends the handshake after it was sent the client certificate: {outcome}",
     .expected = "a handshake with this client certificate", .observed = "{outcome}",
     .remedy = "Check once more without the client certificate: if the certificate of {target} is judged then, it is the client "
               "certificate that {target} does not take; see that it trusts the issuer and that both have a signature algorithm in common",
     .source = "RFC 5246 7.4.6, RFC 8446 4.4.2.4 [C]; that the certificate is why is inferred [I]",
     SYMPTOMS(EXPRESSWAY(TO_MICROSOFT, NULL, "event \"Outbound TLS Negotiation Error\""))},

    {CODE(TLS_WINDOWS_REFUSED, "tls-windows-refused"), FAMILY, INDETERMINATE, .requirement = 7, BREAKS_FROM_MICROSOFT,
     MENDED_BY(EITHER, EITHER),
     .meaning = "The server turns down all that a Windows Server up to 2019 offers: it speaks TLS 1.3 alone, or only "
                "cipher suites or keys that Windows lacks",
     .message = "{target} at {address} speaks {version} with {cipher}, but nothing that a Windows Edge up to Server 2019 offers",
     .expected = "TLS 1.2 with a cipher suite that Windows has", .observed = "{version} with {cipher}",
     .remedy = "Allow TLS 1.2 on {target}, with ECDHE and AES-GCM or AES-CBC suites for the key of its certificate",
     .document = FV_DOCUMENT_MS_SCHANNEL_PROTOCOLS,
     .source = "Microsoft, TLS protocol versions and cipher suites in Windows [C]; Edge servers run on 2008 R2 to 2019 [C]",
     SYMPTOMS(CLIENT("1047", NULL, "likely: Failed to complete TLS negotiation with a federated peer server"), INBOUND_TLS_ERROR)},

    {CODE(TLS_WINDOWS_NOT_SEEN, "tls-windows-not-seen"), FAMILY, INDETERMINATE, .requirement = 7, BREAKS_FROM_MICROSOFT,
     MENDED_BY(EITHER, EITHER),
     .meaning = "The server speaks TLS in a way that Windows Server up to 2019 does not, and the connection that offered what "
                "Windows offers ended without a word: the server may refuse that offer, or further connections",
     .message = "{target} at {address} speaks {version} with {cipher}; whether a Windows Edge up to Server 2019 gets through was "
                "not seen: {outcome}",
     .expected = "TLS 1.2 with a cipher suite that Windows has", .observed = "{outcome}",
     .remedy = "Check once more, with fewer checks of {target} at a time; if it stays so, allow TLS 1.2 on {target}, with ECDHE "
               "and AES-GCM or AES-CBC suites for the key of its certificate",
     .document = FV_DOCUMENT_MS_SCHANNEL_PROTOCOLS,
     .source = "RFC 5246 7.4.1.3: a server that refuses an offer sends an alert [C]; that one without it refuses the offer is "
               "inferred [I]",
     SYMPTOMS(CLIENT("1047", NULL, "likely: Failed to complete TLS negotiation with a federated peer server"), INBOUND_TLS_ERROR)},

    {CODE(TLS_WINDOWS_VERSION_REFUSED, "tls-windows-version-refused"), FAMILY, WARNING, .requirement = 7, BREAKS_FROM_MICROSOFT,
     MENDED_BY(EITHER, EITHER),
     .meaning = "The server turns down all that some version of Windows Server offers by default, where newer ones get through; "
                "which Windows the partner's Edge runs on cannot be seen from outside",
     .message = "{target} at {address} speaks {version} with {cipher} over {group}, and turned down all that {windows} offers by "
                "default: an Edge there would not get through",
     .expected = "a cipher suite and a curve that {windows} offers by default", .observed = "{cipher} over {group}",
     .remedy = "Ask the partner which Windows the Edge runs on. Only if it is {windows}, allow on {target} what that has, too: {wanted}",
     .document = FV_DOCUMENT_MS_SUITES_2012_R2,
     .source = "Microsoft, the suites and curves that each Windows enables by default [C]; that the Edge's administrator left them so is inferred [I]",
     SYMPTOMS(CLIENT("1047", NULL, "likely, from an Edge on that Windows: Failed to complete TLS negotiation with a federated peer server"),
              INBOUND_TLS_ERROR)},

    {CODE(TLS_KEY_EXCHANGE_WEAK, "tls-key-exchange-weak"), FAMILY, ERROR, .requirement = 7, BREAKS_FROM_MICROSOFT,
     MENDED_BY(EITHER, EITHER),
     .meaning = "The server exchanges keys over a Diffie-Hellman group so short that peers refuse it",
     .message = "{target} at {address} exchanges keys over a DHE prime of {bits} bits",
     .expected = "2048 bits or more", .observed = "{bits} bits",
     .remedy = "Use ECDHE on {target}, or a DHE group of 2048 bits",
     .document = FV_DOCUMENT_MS_MS15_055,
     .source = "Microsoft, MS15-055: Windows refuses less than 1024 bits [C]; so do OpenSSL and mbedTLS [C]",
     SYMPTOMS(CLIENT("1047", NULL, "likely: Failed to complete TLS negotiation with a federated peer server"), INBOUND_TLS_ERROR)},

    {CODE(TLS_OTHER_SERVICE, "tls-other-service"), FAMILY, WARNING, .requirement = 6, BREAKS_FROM_MICROSOFT,
     MENDED_BY(EITHER, EITHER),
     .meaning = "What TLS carries there looks like something else than SIP",
     .message = "{target} at {address} speaks TLS, but what it carries does not look like SIP: \"{banner}\"",
     .expected = "SIP", .observed = "{banner}",
     .remedy = "See that the port of the SRV record leads to the Expressway, and not to a web server or a load balancer's page",
     .source = "RFC 7301, RFC 3261 [C]; that it is no SIP is inferred [I]",
     SYMPTOMS(NO_INVITE)},

    {CODE(TLS_CLIENT_CA_NOT_NAMED, "tls-client-ca-not-named"), FAMILY, WARNING, .requirement = 5, BREAKS_TO_MICROSOFT,
     MENDED_BY(EITHER, EITHER),
     .meaning = "The server names the CAs whose client certificates it takes, and none of them issued the calling certificate",
     .message = "{target} at {address} asks for a certificate of one of {count} CAs; none of them issued {client}",
     .expected = "the issuer of {client} among them", .observed = "{count} other CAs",
     .remedy = "Have the side that runs {target} trust the issuer of {client}; the list is a hint, not a refusal",
     .source = "RFC 5246 7.4.4, RFC 8446 4.2.4 [C]"},

    {CODE(LOCAL_LACK, "local-lack"), FAMILY, INDETERMINATE, .requirement = 6,
     MENDED_BY(EITHER, EITHER),
     .meaning = "This machine was short of descriptors, ports or memory: nothing was learnt about the server",
     .message = "{target} at {address} port {port} was not looked at: this machine is short of {outcome}",
     .expected = "a connection", .observed = "a lack on this machine",
     .remedy = "Raise the limit of open files (ulimit -n), or check fewer domains at a time; then check again",
     .document = FV_DOCUMENT_POSIX,
     .source = "POSIX connect(), EMFILE and EADDRNOTAVAIL"},

    {CODE(SIP_SPOKEN, "sip-spoken"), FAMILY, NOTE, .requirement = 0,
     MENDED_BY(EITHER, EITHER),
     .meaning = "The server answered a SIP request inside TLS",
     .message = "{target} at {address} speaks SIP: it answers OPTIONS with {status} ({server})",
     .expected = NULL, .observed = "{status}",
     .remedy = "Nothing to change",
     .source = "RFC 3261 11.2: any answer proves SIP [C]"},

    {CODE(SIP_NOT_SPOKEN, "sip-not-spoken"), FAMILY, INDETERMINATE, .requirement = 6, BREAKS_FROM_MICROSOFT,
     MENDED_BY(EITHER, EITHER),
     .meaning = "The server speaks TLS, and gave no answer to a SIP request",
     .message = "{target} at {address} speaks TLS, but does not answer a SIP OPTIONS request",
     .expected = "an answer to OPTIONS", .observed = "none",
     .remedy = "See that SIP listens behind TLS on {target}; a server may also pass over requests of those that it does not know",
     .source = "RFC 3261 11.2; that a server may stay silent is inferred [I]",
     SYMPTOMS(NO_INVITE)},

    {CODE(OCSP_STAPLED, "ocsp-stapled"), FAMILY, NOTE, .requirement = 0,
     MENDED_BY(EITHER, EITHER),
     .meaning = "The server sends an OCSP response along with its certificate; it is kept as a fact, and revocation is judged by CRLs alone",
     .message = "{target} at {address} sends a stapled OCSP response ({length} bytes), which is kept and not judged",
     .expected = NULL, .observed = "{length} bytes",
     .remedy = "Nothing to change; give the CRLs of the issuers to judge revocation",
     .source = "RFC 6066 8, RFC 8446 4.4.2.1 [C]"},

    {CODE(MUST_STAPLE, "must-staple"), FAMILY, NOTE, .requirement = 0,
     MENDED_BY(EITHER, EITHER),
     .meaning = "The certificate says that its server staples an OCSP response (must-staple); whether it does was not seen",
     .message = "{certificate} says that an OCSP response comes with it (must-staple); whether the server sends one was not seen: {unseen}",
     .expected = "a stapled OCSP response", .observed = "not seen",
     .remedy = "Nothing to change for Microsoft and Expressway; a check with OpenSSL as the TLS library sees whether the response comes",
     .source = "RFC 7633 4.2.3 [C]; that neither product asks for it is inferred [I]"},

    {CODE(MUST_STAPLE_MISSING, "must-staple-missing"), FAMILY, WARNING, .requirement = 0,
     MENDED_BY(EITHER, EITHER),
     .meaning = "The certificate says that its server staples an OCSP response (must-staple), and the server sent none",
     .message = "the certificate of {target} says that an OCSP response comes with it (must-staple), but {address} sent none when asked",
     .expected = "a stapled OCSP response", .observed = "none",
     .remedy = "Have the certificate of {target} issued anew without the TLS feature extension, or switch OCSP stapling on where TLS ends; clients that look at it refuse the server",
     .source = "RFC 7633 4.2.3, RFC 6066 8 [C]; that neither Microsoft nor Expressway looks at it is inferred [I]"},
};
/* clang-format on */
