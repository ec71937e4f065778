#include "catalogue/rows.h"

#define FAMILY .family = FEDVAL_FAMILY_NAME
#define CERT_MISMATCH                                                                              \
    SYMPTOMS(                                                                                      \
        EDGE_SYMBOL(TO_MICROSOFT, "0xc3e93d67", "SIPPROXY_E_ROUTING_MSG_CERT_MISMATCH",            \
                    "Message cannot be routed because the peer's certificate does not contain a "  \
                    "matching FQDN"),                                                              \
        CLIENT("1010", NULL,                                                                       \
               "Certificate trust with another server could not be "                               \
               "established"),                                                                     \
        CLIENT_HRESULT("0x80090322", "SEC_E_WRONG_PRINCIPAL", "in its HRESULT"), BARE_504,         \
        EXPRESSWAY(FROM_MICROSOFT, NULL,                                                           \
                   "TLS comes up, and no INVITE follows: a name mismatch is no TLS failure"))

/* clang-format off */
const fedval_catalogue_entry fv_rows_name[] = {
    {CODE(CERT_NAME_MISMATCH, "cert-name-mismatch"), FAMILY, ERROR, .requirement = 4, BREAKS_BOTH,
     CURE(NAMES), MENDED_BY_THE_OTHER,
     .meaning = "The certificate does not hold the name that the verifier expects, the SRV target",
     .message = "the certificate {certificate} does not hold {reference}, it holds {names}",
     .expected = "{reference}", .observed = "{names}",
     .remedy = "Have {the_certificate} issued anew with {reference} as a subjectAltName beside the names that it has",
     .document = FV_DOCUMENT_CISCO_212383,
     .source = "Cisco and Microsoft, the SRV target in the subjectAltName [C]",
     CERT_MISMATCH},

    {CODE(CERT_NAME_ONLY_IN_CN, "cert-name-only-in-cn"), FAMILY, ERROR, .requirement = 4, BREAKS_BOTH,
     CURE(NAMES), MENDED_BY_THE_OTHER,
     .meaning = "The expected name is only in the Common Name, which does not count beside a subjectAltName",
     .message = "{reference} is only the Common Name of {certificate}; its subjectAltName holds {names} and alone counts",
     .expected = "{reference} in the subjectAltName", .observed = "{names}",
     .remedy = "Have {the_certificate} issued anew with {reference} as a subjectAltName too",
     .document = FV_DOCUMENT_CISCO_212383,
     .source = "Cisco, the CN does not count when there is a SAN [C]; RFC 6125 6.4.4",
     CERT_MISMATCH},

    {CODE(CERT_NAME_FROM_CN, "cert-name-from-cn"), FAMILY, WARNING, .requirement = 4,
     MENDED_BY_THE_OTHER,
     .meaning = "The certificate has no subjectAltName, the name is taken from the Common Name",
     .message = "{certificate} has no subjectAltName; {reference} is taken from its Common Name",
     .expected = "{reference} in the subjectAltName", .observed = "Common Name {reference}",
     .remedy = "Have the next certificate issued with {reference} as a subjectAltName",
     .document = FV_DOCUMENT_CISCO_212383,
     .source = "Cisco, without a SAN the CN may take its place [C]; RFC 9525 no longer allows it [C]"},

    {CODE(CERT_NAME_WILDCARD_ONLY, "cert-name-wildcard-only"), FAMILY, INDETERMINATE, .requirement = 4, BREAKS_BOTH,
     CURE(NAMES), MENDED_BY_THE_OTHER,
     .meaning = "Only a wildcard of the certificate would cover the expected name, and how an Edge treats a peer's wildcard is not documented; Expressway takes none as its own",
     .message = "{certificate} covers {reference} only with the wildcard {names}, which is not the name that R4 asks for",
     .expected = "{reference}", .observed = "{names}",
     .remedy = "Have {the_certificate} issued anew with {reference} itself as a subjectAltName, and on Expressway without the wildcard",
     .document = FV_DOCUMENT_CISCO_CERTIFICATES,
     .source = "RFC 5922 7.2; Cisco, no wildcards on Expressway; Microsoft, none on the Edge [C]; how the Edge treats a peer's is not documented [U]",
     SYMPTOMS(EDGE(TO_MICROSOFT, "0xc3e93d67", "SIPPROXY_E_ROUTING_MSG_CERT_MISMATCH",
                   "possibly, if the Edge takes no wildcard"),
              CLIENT("1010", NULL, "possibly, if the Edge takes no wildcard"),
              CLIENT_HRESULT("0x80090322", "SEC_E_WRONG_PRINCIPAL", "possibly, in its HRESULT"), BARE_504)},

    {CODE(CERT_WILDCARD_OF_EDGE, "cert-wildcard-of-edge"), FAMILY, NOTE, .requirement = 0,
     MENDED_BY(MICROSOFT, MICROSOFT),
     .meaning = "The Edge's certificate covers its own name only with a wildcard, which Microsoft does not support there; an Expressway "
                "looks at the name only where the TLS verify mode of its DNS zone is On",
     .message = "{certificate} covers {target} only with the wildcard {names}: Microsoft supports none on an Edge, and an Expressway whose "
                "DNS zone has TLS verify mode On may refuse it",
     .expected = NULL, .observed = "{names}",
     .remedy = "With the Edge's next certificate: name each host, and leave the wildcard out",
     .document = FV_DOCUMENT_MS_EDGE_REQUIREMENTS,
     .source = "Microsoft, no wildcards on the Edge; Cisco, TLS verify mode of a DNS zone is Off by default [C]; what it makes of a wildcard when On is not documented [U]"},

    {CODE(CERT_DOMAIN_NOT_INCLUDED, "cert-domain-not-included"), FAMILY, NOTE, .requirement = 0,
     MENDED_BY_THE_OTHER,
     .meaning = "The certificate does not hold the SIP domain itself; Microsoft does not ask for it, other SIP peers do",
     .message = "{certificate} does not hold {domain}: Microsoft does not ask for it, RFC 5922 peers do",
     .expected = NULL, .observed = "{names}",
     .remedy = "For standard SIP peers beside Microsoft: add {domain} as a subjectAltName",
     .source = "RFC 5922 4.1 [C]"},

    {CODE(CLUSTER_NAME_MISSING, "cluster-name-missing"), FAMILY, INDETERMINATE, .requirement = 8, BREAKS_TO_MICROSOFT,
     CURE(NAMES), MENDED_BY_THE_OTHER,
     .meaning = "The certificate of a peer of the cluster does not hold every name that the peers are looked up by; whichever peer calls is compared "
                "with the SRV target (inferred)",
     .message = "the certificate {certificate} does not hold {missing}, it holds {names}: whichever peer calls is compared with the SRV target (inferred)",
     .expected = "{missing}", .observed = "{names}",
     .remedy = "Have {the_certificate} of this peer issued anew with {missing} beside the names that it has, and those of the other peers likewise",
     .document = FV_DOCUMENT_CISCO_CERTIFICATES,
     .source = "Cisco, every peer of a cluster has its own certificate with the cluster's name [C]; that an Edge compares the calling peer's "
               "with the SRV target is inferred [I]",
     SYMPTOMS(EDGE(TO_MICROSOFT, "0xc3e93d67", "SIPPROXY_E_ROUTING_MSG_CERT_MISMATCH",
                   "likely, for calls of this peer: the peer's certificate does not contain a matching FQDN"),
              BARE_504)},

    {CODE(CLUSTER_OPEN_BY_NAME, "cluster-open-by-name"), FAMILY, INDETERMINATE, .requirement = 8,
     CURE(NAMES), MENDED_BY_THE_OTHER,
     .meaning = "Whether every peer of the cluster holds every name (R8) was not judged to its end: a certificate does not hold, or may not hold, the very "
                "name by which its peer is looked up (R4), and R8 asks for that name too",
     .message = "whether every peer holds every name was not judged to its end, because of {fault_code} (R4) at {certificate}",
     .expected = "R4 to hold at every peer", .observed = "{fault_code}",
     .remedy = "Mend {fault_code} first, then check again: the other names of the certificates were compared, and none of those is missing",
     .document = FV_DOCUMENT_CISCO_CERTIFICATES,
     .source = "Cisco, every peer of a cluster has its own certificate with the cluster's name [C]; that an Edge compares the calling peer's "
               "with the SRV target is inferred [I]"},
};
/* clang-format on */
