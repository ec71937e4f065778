#include "catalogue/rows.h"

#define FAMILY .family = FEDVAL_FAMILY_ADDRESS

/* clang-format off */
const fedval_catalogue_entry fv_rows_address[] = {
    {CODE(ADDRESS_MISSING, "address-missing"), FAMILY, ERROR, .requirement = 3, BREAKS_FROM_MICROSOFT,
     CURE(ADDRESS_RECORD), MENDED_BY(EITHER, EITHER),
     .meaning = "The SRV target has no address record",
     .message = "{target} has no address record ({outcome})",
     .expected = "an A or AAAA record at {target}", .observed = "none ({outcome})",
     .remedy = "In the public DNS: give {target} an A record with the public address of the server; if that host is gone, remove the SRV record that points "
               "to it",
     .log_remedy = "Look from outside whether the address of {target} is in public DNS. If it is there, the DNS server of the "
                   "side that asked does not see it: mend that one. If not, publish an A record for {target}",
     .document = FV_DOCUMENT_CISCO_212383,
     .source = "RFC 2782; Microsoft, DNS requirements for federation [C]",
     SYMPTOMS(CLIENT("1014", NULL, "likely: Unable to resolve DNS A record"), NO_INVITE)},

    {CODE(ADDRESS_LOOKUP_FAILED, "address-lookup-failed"), FAMILY, INDETERMINATE, .requirement = 3, BREAKS_FROM_MICROSOFT,
     HINT(OTHER_RESOLVER), MENDED_BY(EITHER, EITHER),
     .meaning = "The address of the SRV target could not be looked up, so whether it has one is not known",
     .message = "the look-up of the address of {target} failed: {outcome}",
     .expected = "an answer", .observed = "{outcome}",
     .remedy = "Ask again, and through another resolver that is public: if that one answers, the fault is with the first. If each fails, mend the "
               "name servers of {target}. Of a zone file whose alias leads out of it, give the file of the other zone too",
     .source = "RFC 1035 4.1.1, RFC 8499 [C]",
     SYMPTOMS(CLIENT("1014", NULL, "likely, if the Edge's resolver fails too: Unable to resolve DNS A record"), NO_INVITE)},

    {CODE(ADDRESS_NOT_PUBLIC, "address-not-public"), FAMILY, ERROR, .requirement = 3, BREAKS_FROM_MICROSOFT,
     CURE(ADDRESS_RECORD), HINT(ALLOW_PRIVATE), MENDED_BY_THE_OTHER,
     .meaning = "The SRV target has an address that cannot be reached over the Internet",
     .message = "{holder} the address {address}, {not_public}: the Internet cannot reach it",
     .expected = "the public address of the server", .observed = "{address}, {not_public}",
     .remedy = "Where this was looked up inside, ask a public resolver first: the public record may be right, and the one inside may "
               "stay. In the public DNS {host} needs its public address; letting private addresses pass is for a lab and mends nothing",
     .document = FV_DOCUMENT_CISCO_212383,
     .source = "RFC 6890; Cisco, the public address of the Expressway-E [C]",
     SYMPTOMS(CLIENT("1046", NULL, "likely: the Edge cannot connect"), NO_INVITE)},

    {CODE(ADDRESS_IPV6_ONLY, "address-ipv6-only"), FAMILY, WARNING, .requirement = 3,
     MENDED_BY_THE_OTHER,
     .meaning = "The SRV target has IPv6 addresses only; partners without IPv6 cannot reach it",
     .message = "{target} has IPv6 addresses only: an Edge without IPv6 cannot reach it",
     .expected = "an A record at {target}", .observed = "AAAA records only",
     .remedy = "In the public DNS: give {target} an A record too",
     .document = FV_DOCUMENT_MS_EDGE_REQUIREMENTS,
     .source = "Edge servers often run on IPv4 alone [I]"},
};
/* clang-format on */
