/*
 * Incidents: what went wrong in calls, as the entries of logs have it. A log (fedval/log.h) gives
 * them; they are valid as long as it is. What no other incident explains:
 *
 *     for (size_t i = 0; i < fedval_log_count_incidents(log); i++) {
 *         const fedval_incident *incident = fedval_log_get_incident(log, i);
 *         if (fedval_incident_get_explained_by(incident) == 0)
 *             printf("%s\n", fedval_incident_get_message(incident));
 *     }
 *
 * Threads: those of the log. Texts that are returned are UTF-8 and NUL-ended.
 */
#ifndef FEDVAL_INCIDENT_H
#define FEDVAL_INCIDENT_H

#include "fedval/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** One thing that went wrong in a call, as one entry of a log has it. */
typedef struct fedval_incident fedval_incident;

/** In which kind of log an incident was. Numbers are permanent. */
enum {
    FEDVAL_INCIDENT_KIND_EDGE_RECORD = 1,  /**< "edge-record": a diagnostic record of the Edge */
    FEDVAL_INCIDENT_KIND_SIP_RESPONSE = 2, /**< "sip-response": client trace, or a bare response */
    FEDVAL_INCIDENT_KIND_EXPRESSWAY_SIP = 3, /**< "expressway-sip": network.sip */
    FEDVAL_INCIDENT_KIND_EXPRESSWAY_TLS = 4, /**< "expressway-tls": developer.ssl, TLS events */
    FEDVAL_INCIDENT_KIND_EXPRESSWAY_TCP = 5, /**< "expressway-tcp": network.tcp */
    FEDVAL_INCIDENT_KIND_EXPRESSWAY_DNS = 6, /**< "expressway-dns": network.dns */
    FEDVAL_INCIDENT_KIND_SEARCH_HISTORY =
        7,                               /**< "search-history": a row of Status > Search history */
    FEDVAL_INCIDENT_KIND_POWERSHELL = 8, /**< "powershell": a federation test cmdlet */
    FEDVAL_INCIDENT_KIND_WINDOWS_EVENT = 9, /**< "windows-event": text of a Windows event */
    FEDVAL_INCIDENT_KIND_MEETING_SERVER_TLS =
        10, /**< "meeting-server-tls": a handshake of Cisco Meeting Server */
};

/** Which way the call went. Numbers are permanent. */
enum {
    FEDVAL_CALL_DIRECTION_UNKNOWN = 0,        /**< "unknown" */
    FEDVAL_CALL_DIRECTION_TO_MICROSOFT = 1,   /**< "to-microsoft" */
    FEDVAL_CALL_DIRECTION_FROM_MICROSOFT = 2, /**< "from-microsoft" */
};

/** What an incident says of federation. Numbers are permanent. */
enum {
    FEDVAL_INCIDENT_SENSE_CAUSE = 1, /**< "cause": it names the cause of a failure */
    FEDVAL_INCIDENT_SENSE_OPEN = 2,  /**< "open": something failed, the cause is not told */
    FEDVAL_INCIDENT_SENSE_OTHER = 3, /**< "other": the cause has nothing to do with federation */
    FEDVAL_INCIDENT_SENSE_WORKS = 4, /**< "works": DNS and certificates are in order */
};
/** Who a hop was in the call, as far as its Via header tells. Numbers are permanent. */
enum {
    FEDVAL_HOP_ROLE_UNKNOWN = 0,     /**< "unknown" */
    FEDVAL_HOP_ROLE_CALLER = 1,      /**< "caller": it began the call */
    FEDVAL_HOP_ROLE_EXPRESSWAY = 2,  /**< "expressway": it names a zone by which the call left */
    FEDVAL_HOP_ROLE_EXPRESSWAY_C = 3 /**< "expressway-c": that is a traversal zone (inferred) */
};

/**
 * The word of a code (FEDVAL_INCIDENT_KIND_), as JSON has it. The functions below that give
 * the word of another code do the same.
 * @returns a static string; NULL for an unknown code. Threads: any. @since 0.1.0
 */
FEDVAL_API const char *fedval_incident_kind_to_string(uint32_t kind);
/** The word of a code (FEDVAL_CALL_DIRECTION_), as fedval_incident_kind_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_call_direction_to_string(uint32_t direction);
/** The word of a code (FEDVAL_INCIDENT_SENSE_), as fedval_incident_kind_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_incident_sense_to_string(uint32_t sense);
/** The word of a code (FEDVAL_HOP_ROLE_), as fedval_incident_kind_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_hop_role_to_string(uint32_t role);
/**
 * The code of a word: the inverse of fedval_incident_kind_to_string. The functions below that read
 * the word of another code do the same.
 * @param text the word, `text_len` bytes
 * @returns 0; ARGUMENT for NULL; NOT_FOUND for an unknown word. Threads: any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_incident_kind_from_string(const char *text, size_t text_len,
                                                          uint32_t *out_kind);
/** The code of a word, as fedval_incident_kind_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_call_direction_from_string(const char *text, size_t text_len,
                                                           uint32_t *out_direction);
/** The code of a word, as fedval_incident_kind_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_incident_sense_from_string(const char *text, size_t text_len,
                                                           uint32_t *out_sense);
/** The code of a word, as fedval_incident_kind_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_hop_role_from_string(const char *text, size_t text_len,
                                                     uint32_t *out_role);

/* ---- one incident; NULL or 0 where the log did not say ---- */

/** 1 for the first incident, and so on. @since 0.1.0 */
FEDVAL_API uint32_t fedval_incident_get_id(const fedval_incident *incident);
/** The name given to fedval_log_begin_source. @since 0.1.0 */
FEDVAL_API const char *fedval_incident_get_source(const fedval_incident *incident);
/** 1-based line on which the record begins. @since 0.1.0 */
FEDVAL_API uint64_t fedval_incident_get_line(const fedval_incident *incident);
/** FEDVAL_INCIDENT_KIND_*. @since 0.1.0 */
FEDVAL_API uint32_t fedval_incident_get_kind(const fedval_incident *incident);
/** Milliseconds since 1970-01-01T00:00:00Z, or FEDVAL_TIME_UNKNOWN. Where the zone is not known
 * the log's own clock is taken as if it were UTC. @since 0.1.0 */
FEDVAL_API int64_t fedval_incident_get_time_ms(const fedval_incident *incident);
/** 1 when the log says which zone its time is of, else 0. @since 0.1.0 */
FEDVAL_API uint32_t fedval_incident_is_zone_known(const fedval_incident *incident);
/** How often the same response was logged (received, sent, on the next machine). @since 0.1.0 */
FEDVAL_API uint32_t fedval_incident_get_times_logged(const fedval_incident *incident);
/** The Call-ID as the log writes it. @since 0.1.0 */
FEDVAL_API const char *fedval_incident_get_call_id(const fedval_incident *incident);
/** "2066245576 INVITE". @since 0.1.0 */
FEDVAL_API const char *fedval_incident_get_cseq(const fedval_incident *incident);
/** FEDVAL_CALL_DIRECTION_*. @since 0.1.0 */
FEDVAL_API uint32_t fedval_incident_get_direction(const fedval_incident *incident);
/** The number of the requirement that its finding is about, in the light of its code; 0: none.
 * @since 0.1.0 */
FEDVAL_API uint32_t fedval_incident_get_requirement(const fedval_incident *incident);
/** User and host in P-Asserted-Identity where public DNS can have no record for that host.
 * @since 0.1.0 */
FEDVAL_API const char *fedval_incident_get_asserted(const fedval_incident *incident);
/** The domain in P-Asserted-Identity where From names another. @since 0.1.0 */
FEDVAL_API const char *fedval_incident_get_other_domain(const fedval_incident *incident);
/** The SIP domain that the incident is about, normalised. @since 0.1.0 */
FEDVAL_API const char *fedval_incident_get_domain(const fedval_incident *incident);
/** User and domain of the caller, as the log has them. @since 0.1.0 */
FEDVAL_API const char *fedval_incident_get_from(const fedval_incident *incident);
/** User and domain of the called, as the log has them. @since 0.1.0 */
FEDVAL_API const char *fedval_incident_get_to(const fedval_incident *incident);
/** SRV targets or hosts that the log names, "host:port" or "host". @since 0.1.0 */
FEDVAL_API size_t fedval_incident_count_fqdns(const fedval_incident *incident);
/** Returns FQDN `index`; NULL past the end. @since 0.1.0 */
FEDVAL_API const char *fedval_incident_get_fqdn(const fedval_incident *incident, size_t index);
/** The name wanted in the certificate. @since 0.1.0 */
FEDVAL_API const char *fedval_incident_get_expected_name(const fedval_incident *incident);
/** The name found in the certificate. @since 0.1.0 */
FEDVAL_API const char *fedval_incident_get_presented_name(const fedval_incident *incident);
/** The code as the log writes it: "0xc3e93d6f", "1009", "504". @since 0.1.0 */
FEDVAL_API const char *fedval_incident_get_reported_code(const fedval_incident *incident);
/** The text beside the code in the log. @since 0.1.0 */
FEDVAL_API const char *fedval_incident_get_reported_text(const fedval_incident *incident);
/** The server that set the ms-diagnostics id, as its parameter `source` names it. @since 0.1.0 */
FEDVAL_API const char *fedval_incident_get_reporter(const fedval_incident *incident);
/** The machine that answered or is complained about: its address or name. @since 0.1.0 */
FEDVAL_API const char *fedval_incident_get_peer(const fedval_incident *incident);
/** The port on the Expressway's side of the connection with the peer; 0: not known. @since 0.1.0 */
FEDVAL_API uint32_t fedval_incident_get_port(const fedval_incident *incident);
/** FEDVAL_FINDING_*, or 0 for a code that is not known here. @since 0.1.0 */
FEDVAL_API uint32_t fedval_incident_get_finding(const fedval_incident *incident);
/** FEDVAL_CERTAINTY_*. @since 0.1.0 */
FEDVAL_API uint32_t fedval_incident_get_certainty(const fedval_incident *incident);
/** The id of the incident that names the cause of this one; 0: none. @since 0.1.0 */
FEDVAL_API uint32_t fedval_incident_get_explained_by(const fedval_incident *incident);
/**
 * What it was joined by: "Call-ID and CSeq", "port and time", "the caller's name and the time";
 * NULL when explained_by is 0.
 * @since 0.1.0
 */
FEDVAL_API const char *fedval_incident_get_joined_by(const fedval_incident *incident);
/** Of a failure: the id of the first call that worked the same way, between the same domains; so
 * the fault does not hold for every call. 0: none was read. @since 0.1.0 */
FEDVAL_API uint32_t fedval_incident_get_worked(const fedval_incident *incident);
/** The time of the last call like that one, in milliseconds as fedval_incident_get_time_ms.
 * FEDVAL_TIME_UNKNOWN where there is none, or it has no time. @since 0.1.0 */
FEDVAL_API int64_t fedval_incident_get_last_worked_ms(const fedval_incident *incident);
/** The id of the first call that worked between the same partner and another domain of the own
 * side, where none of the same domain was read. 0: none was read. @since 0.1.0 */
FEDVAL_API uint32_t fedval_incident_get_worked_for_other(const fedval_incident *incident);
/**
 * One line: what happened; for an inferred finding also the observation that it follows from. Made
 * when it is asked for first; NULL when memory is short.
 * @since 0.1.0
 */
FEDVAL_API const char *fedval_incident_get_message(const fedval_incident *incident);
/**
 * What to change, on which side. Made when it is asked for first; NULL when there is nothing to
 * change, or memory is short.
 * @since 0.1.0
 */
FEDVAL_API const char *fedval_incident_get_remedy(const fedval_incident *incident);
/**
 * What the Microsoft side may do where the Cisco side mends the fault. Made when it is asked for
 * first; NULL where the Cisco side mends nothing, or memory is short.
 * @since 0.1.0
 */
FEDVAL_API const char *fedval_incident_get_partner_remedy(const fedval_incident *incident);
/** FEDVAL_INCIDENT_SENSE_: what it says of federation. @since 0.1.0 */
FEDVAL_API uint32_t fedval_incident_get_sense(const fedval_incident *incident);
/** 1 for what no check from outside sees, such as a policy that refuses: whether it is mended, only
 * another call tells; else 0. @since 0.1.0 */
FEDVAL_API uint32_t fedval_incident_is_verified_by_call(const fedval_incident *incident);
/** FEDVAL_MEND_SIDE_*: on which side the remedy lies, from the finding and from who reported it.
 * @since 0.1.0 */
FEDVAL_API uint32_t fedval_incident_get_mend_side(const fedval_incident *incident);
/** The hops of the call out of the Via headers, the one nearest to the answering side first:
 * "10.48.36.47:5061 egress-zone=DNSZone1". @since 0.1.0 */
FEDVAL_API size_t fedval_incident_count_hops(const fedval_incident *incident);
/** Returns hop `index` as text; NULL past the end. @since 0.1.0 */
FEDVAL_API const char *fedval_incident_get_hop(const fedval_incident *incident, size_t index);
/** Its host, as the log has it: a name or an address; NULL past the end. @since 0.1.0 */
FEDVAL_API const char *fedval_incident_get_hop_host(const fedval_incident *incident, size_t index);
/** FEDVAL_HOP_ROLE_: who it was in the call; UNKNOWN past the end. @since 0.1.0 */
FEDVAL_API uint32_t fedval_incident_get_hop_role(const fedval_incident *incident, size_t index);
/** Its port; 0: not told. @since 0.1.0 */
FEDVAL_API uint32_t fedval_incident_get_hop_port(const fedval_incident *incident, size_t index);
/** The zone of Expressway by which the call left it; NULL: not told. @since 0.1.0 */
FEDVAL_API const char *fedval_incident_get_hop_egress_zone(const fedval_incident *incident,
                                                           size_t index);
/** The zone by which the call came to the next hop; NULL: not told. @since 0.1.0 */
FEDVAL_API const char *fedval_incident_get_hop_ingress_zone(const fedval_incident *incident,
                                                            size_t index);
/** The address that the next hop saw; NULL: not told. @since 0.1.0 */
FEDVAL_API const char *fedval_incident_get_hop_received(const fedval_incident *incident,
                                                        size_t index);
/** The port that the next hop saw; 0: not told. @since 0.1.0 */
FEDVAL_API uint32_t fedval_incident_get_hop_received_port(const fedval_incident *incident,
                                                          size_t index);
/** 1 when something ties the incident to a call with a Microsoft side, else 0: a handshake that
 * nothing ties to a partner can be anybody's on the Internet. @since 0.1.0 */
FEDVAL_API uint32_t fedval_incident_is_related(const fedval_incident *incident);
/** The status of the SIP response that was read (504); 0: it is none. @since 0.1.0 */
FEDVAL_API uint32_t fedval_incident_get_status(const fedval_incident *incident);
/** FEDVAL_FINDING_*: what is likely to come next once the fault is mended; 0: nothing is known.
 * @since 0.1.0 */
FEDVAL_API uint32_t fedval_incident_get_next(const fedval_incident *incident);
/** How many domains a live check of it should look at. @since 0.1.0 */
FEDVAL_API size_t fedval_incident_count_verify_domains(const fedval_incident *incident);
/** Returns verify domain `index`; NULL past the end. @since 0.1.0 */
FEDVAL_API const char *fedval_incident_get_verify_domain(const fedval_incident *incident,
                                                         size_t index);

#ifdef __cplusplus
}
#endif

#endif
