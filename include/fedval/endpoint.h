/*
 * Endpoints: the SRV targets of a domain, or the host that the policy names in place of SRV, with
 * their addresses and what each of them presented. A report (fedval/report.h) lists them, best
 * first.
 *
 * Functions that take no object may be called from any thread.
 */
#ifndef FEDVAL_ENDPOINT_H
#define FEDVAL_ENDPOINT_H

#include "fedval/presented.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Whether the Edge may take an SRV record first, or only in place of a better one. */
enum { FEDVAL_RANK_PREFERRED = 1, FEDVAL_RANK_STANDBY = 2 };

/**
 * The word of a code (FEDVAL_RANK_), as JSON has it.
 * @returns a static string; NULL for an unknown code. Threads: any. @since 0.1.0
 */
FEDVAL_API const char *fedval_rank_to_string(uint32_t rank);
/**
 * The code of a word: the inverse of fedval_rank_to_string.
 * @param text the word, `text_len` bytes
 * @returns 0; ARGUMENT for NULL; NOT_FOUND for an unknown word. Threads: any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_rank_from_string(const char *text, size_t text_len,
                                                 uint32_t *out_rank);

/**
 * One address of an endpoint. Threads: any number of readers; it lives as long as the report.
 */
typedef struct fedval_address fedval_address;

/** The IP address; NULL: a chain from a file, and no address known. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_address_get_text(const fedval_address *address);
/** Why it is not public, "private"; NULL: it is public. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_address_get_not_public(const fedval_address *address);
/** 1 when it is not public and the policy lets it pass, else 0. @since 0.1.0 */
FEDVAL_API uint32_t fedval_address_is_allowed(const fedval_address *address);
/** FEDVAL_OUTCOME_ (fedval/fact.h) of the probe; 0: not asked for. @since 0.1.0 */
FEDVAL_API uint32_t fedval_address_get_probe(const fedval_address *address);
/** Who probed it, or the file that gave its chain instead, "file vcse.pem"; NULL: not known.
 * Borrowed.
 * @since 0.1.0 */
FEDVAL_API const char *fedval_address_get_probe_source(const fedval_address *address);
/** "TLSv1.2"; NULL when none was agreed on. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_address_get_tls_version(const fedval_address *address);
/** The number of the fatal alert received; -1: none. @since 0.1.0 */
FEDVAL_API int32_t fedval_address_get_alert(const fedval_address *address);
/** FEDVAL_CLIENT_CERTIFICATE_ (fedval/fact.h): whether the server asks for one. @since 0.1.0 */
FEDVAL_API uint32_t fedval_address_get_client_certificate(const fedval_address *address);
/** What it presented. Borrowed. @since 0.1.0 */
FEDVAL_API const fedval_presented *fedval_address_get_presented(const fedval_address *address);
/** The step of the address itself. Borrowed. @since 0.1.0 */
FEDVAL_API const fedval_step *fedval_address_get_address_step(const fedval_address *address);
/** The step of TLS: the connection. Borrowed. @since 0.1.0 */
FEDVAL_API const fedval_step *fedval_address_get_tls_step(const fedval_address *address);

/**
 * One SRV target, or the host that the policy names in place of SRV. Threads: any number of
 * readers; it lives as long as the report.
 */
typedef struct fedval_endpoint fedval_endpoint;

/** The SRV target, as received. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_endpoint_get_target(const fedval_endpoint *endpoint);
/** The port. @since 0.1.0 */
FEDVAL_API uint16_t fedval_endpoint_get_port(const fedval_endpoint *endpoint);
/** The priority; 0 also where SRV was not consulted. @since 0.1.0 */
FEDVAL_API uint16_t fedval_endpoint_get_priority(const fedval_endpoint *endpoint);
/** The weight; 0 also where SRV was not consulted. @since 0.1.0 */
FEDVAL_API uint16_t fedval_endpoint_get_weight(const fedval_endpoint *endpoint);
/** Seconds that the SRV record may be kept; 0 also where SRV was not consulted. @since 0.1.0 */
FEDVAL_API uint32_t fedval_endpoint_get_ttl(const fedval_endpoint *endpoint);
/** FEDVAL_RANK_. @since 0.1.0 */
FEDVAL_API uint32_t fedval_endpoint_get_rank(const fedval_endpoint *endpoint);
/** FEDVAL_SRV_MATCH_ (fedval/name.h); 0 where SRV was not consulted. @since 0.1.0 */
FEDVAL_API uint32_t fedval_endpoint_get_srv_match(const fedval_endpoint *endpoint);
/** 1 when it is a hosting provider, else 0. @since 0.1.0 */
FEDVAL_API uint32_t fedval_endpoint_is_provider(const fedval_endpoint *endpoint);
/** 1 when the policy named it and SRV was not consulted, else 0. @since 0.1.0 */
FEDVAL_API uint32_t fedval_endpoint_is_from_policy(const fedval_endpoint *endpoint);
/**
 * FEDVAL_OUTCOME_ (fedval/fact.h) of the look-up of its addresses; 0: not asked for. @since
 * 0.1.0
 */
FEDVAL_API uint32_t fedval_endpoint_get_address_outcome(const fedval_endpoint *endpoint);
/** How many addresses it has; a chain from a file without an address counts as one. @since 0.1.0 */
FEDVAL_API size_t fedval_endpoint_count_addresses(const fedval_endpoint *endpoint);
/** Returns address `index`; NULL past the end. Borrowed. @since 0.1.0 */
FEDVAL_API const fedval_address *fedval_endpoint_get_address(const fedval_endpoint *endpoint,
                                                             size_t index);
/** The step of its SRV record. Borrowed. @since 0.1.0 */
FEDVAL_API const fedval_step *fedval_endpoint_get_srv_step(const fedval_endpoint *endpoint);
/** The step of the look-up of its addresses, where it gave none. Borrowed. @since 0.1.0 */
FEDVAL_API const fedval_step *fedval_endpoint_get_lookup_step(const fedval_endpoint *endpoint);

#ifdef __cplusplus
}
#endif

#endif
