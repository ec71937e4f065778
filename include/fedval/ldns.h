/*
 * Resolvers on ldns: one asks servers over the network, one reads a zone master file. Library:
 * libfedval-ldns.
 *
 * Ask the zone file for the names in it, and the system's resolvers for all others:
 *
 *     fedval_port *zone = NULL, *network = NULL, *either = NULL, *resolver = NULL;
 *     fedval_status status = fedval_ldns_zone_new(text, text_len, "lab.zone", FEDVAL_NUL_ENDED,
 *                                                 NULL, 0, &zone, error);
 *     if (status == FEDVAL_OK)
 *         status = fedval_ldns_resolver_new(NULL, 0, NULL, &network, error);
 *     if (status == FEDVAL_OK)
 *         status = fedval_port_new_either(zone, network, &either);
 *     if (status == FEDVAL_OK)
 *         status = fedval_port_new_following(either, &resolver);
 *
 * Each port owns those that it was made of: free `resolver` alone.
 */
#ifndef FEDVAL_LDNS_H
#define FEDVAL_LDNS_H

#include "fedval/backend.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Choices for a resolver over the network. All zero is the default. */
typedef struct fedval_ldns_options {
    size_t size; /**< sizeof(fedval_ldns_options) */
    /** 1: the way to this resolver is safe and its word counts. Its AD bit then makes a fact
     * `secure` or `insecure`; else DNSSEC stays `unknown`. */
    uint32_t trust_ad;
    /** Milliseconds before an unanswered question is sent again, doubled each time; 0: 400. */
    uint32_t retry_ms;
    /** The port at which a zone's own servers are asked; 0: 53. */
    uint32_t authority_port;
} fedval_ldns_options;

/**
 * A resolver over the network: an event-driven port. Each question has a UDP socket and an id of
 * its own, is repeated until its deadline, and goes over TCP when the answer is truncated. Answers
 * that do not fit the question are ignored; where no other comes, the outcome is `timeout`. Of
 * several servers the next is asked where one refuses, fails or is silent. A server that refuses
 * many questions at once is asked more slowly; one that refuses a single question is asked once
 * more if there is no other.
 *
 * After SERVFAIL, DNSSEC is `bogus` where there is evidence: an Extended DNS Error of validation
 * (RFC 8914, 6 to 12), or signatures, or a DS record at the parent zone, seen with checking
 * disabled (CD), and SERVFAIL again a second later. An alias (CNAME) that the server does not
 * follow is followed here, up to 16 of them.
 *
 * The outcomes: `answer`, `nodata`, `nxdomain`, `servfail`, `refused`, `not-answered` (FORMERR,
 * NOTIMP, NOTAUTH, a referral, named in the detail), `filtered` (an Extended DNS Error that says
 * so, RFC 8914 4.5 and 4.16 to 4.19), `alias-circle`, `timeout`, `malformed`, `unreachable`,
 * `local`.
 *
 * A question with an address (fedval_question_get_address) goes to that server alone, without
 * recursion. An answer that is not the server's own (no AA), or an alias that leads out of what it
 * serves, is `not-answered`.
 *
 * The facts' source is "resolver 192.0.2.53", "system resolver 192.0.2.53, 192.0.2.54", or "name
 * server ns.example.com (192.0.2.53)". Their authority is `zone` where every part of the answer
 * came from a server of the zone (AA), else `cache`.
 *
 * @param address "192.0.2.53", "192.0.2.53:5353", "2001:db8::53" or "[2001:db8::53]:5353";
 * or up to 4 of them with commas between: the next is asked where one refuses, fails or is silent;
 * NULL: the system's resolvers (/etc/resolv.conf)
 * @param options copied; NULL: the defaults @param error may be NULL
 * @returns 0; NO_MEMORY; ARGUMENT for options that are not known; SYNTAX for an address that is
 * none; SYSTEM when no socket library can be had. Free with fedval_port_free.
 * Source: RFC 1035, RFC 5452, RFC 6891, RFC 4035 3.2, RFC 6840 5.7. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_ldns_resolver_new(const char *address, size_t address_len,
                                                  const fedval_ldns_options *options,
                                                  fedval_port **out_port, fedval_error *error);

/**
 * A resolver over a zone master file that is held in memory: a port with both faces. It answers
 * what a server of this zone would: aliases, wildcards, empty names. It has nothing
 * (FEDVAL_ERROR_NOT_FOUND) on names outside the zone and on those that the zone delegates to
 * others: fedval_port_new_either asks somebody else for them. An alias that leads out of the zone
 * is `not-answered`, with the alias in the records: fedval_port_new_following asks on. DNSSEC stays
 * `unknown`.
 *
 * The file must hold a SOA record; its owner is the zone's name, and no record may lie outside.
 * $ORIGIN and $TTL are known, $INCLUDE is refused.
 *
 * @param text the file, text_len bytes, at most 64 MiB and 1,000,000 records; not kept
 * @param name what messages and facts call it: "lab.zone"
 * @param origin the origin at the start of the file; NULL: relative names need a $ORIGIN first
 * @param error may be NULL; says what is wrong and in which line
 * @returns 0; NO_MEMORY; ARGUMENT; SYNTAX; LIMIT. Free with fedval_port_free.
 * Source: RFC 1035 5, RFC 1034 4.3.2, RFC 4592. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_ldns_zone_new(const char *text, size_t text_len, const char *name,
                                              size_t name_len, const char *origin,
                                              size_t origin_len, fedval_port **out_port,
                                              fedval_error *error);

#ifdef __cplusplus
}
#endif

#endif
