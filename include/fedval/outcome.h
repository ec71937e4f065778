/*
 * How a question was answered, by whom, and what is known of it beside: the codes of facts
 * (fedval/fact.h) and their words.
 *
 * Functions may be called from any thread.
 */
#ifndef FEDVAL_OUTCOME_H
#define FEDVAL_OUTCOME_H

#include "fedval/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** How a question was answered. A failure to fetch is an outcome, not an error. */
enum {
    FEDVAL_OUTCOME_ANSWER = 1,             /**< DNS: records of the type asked for */
    FEDVAL_OUTCOME_NODATA = 2,             /**< DNS: the name exists, the type does not */
    FEDVAL_OUTCOME_NXDOMAIN = 3,           /**< DNS: the name does not exist */
    FEDVAL_OUTCOME_SERVFAIL = 4,           /**< DNS: the server failed */
    FEDVAL_OUTCOME_REFUSED = 5,            /**< DNS: REFUSED; probe: connection refused */
    FEDVAL_OUTCOME_TIMEOUT = 6,            /**< no (fitting) answer before the deadline */
    FEDVAL_OUTCOME_MALFORMED = 7,          /**< DNS: an answer that cannot be decoded */
    FEDVAL_OUTCOME_UNREACHABLE = 8,        /**< no route, or the server cannot be contacted */
    FEDVAL_OUTCOME_HANDSHAKE = 9,          /**< probe: the handshake succeeded */
    FEDVAL_OUTCOME_RESET = 10,             /**< probe: reset by the peer */
    FEDVAL_OUTCOME_CLOSED = 11,            /**< probe: closed by the peer in the handshake */
    FEDVAL_OUTCOME_NOT_TLS = 12,           /**< probe: what answered does not speak TLS */
    FEDVAL_OUTCOME_ALERT = 13,             /**< probe: a fatal alert; see its number */
    FEDVAL_OUTCOME_NO_COMMON_VERSION = 14, /**< probe: no TLS version that both speak */
    FEDVAL_OUTCOME_UNSUPPORTED = 15,       /**< probe: a limit of the prober itself */
    FEDVAL_OUTCOME_NOT_PROBED = 16,        /**< the certificate is from a file, or this machine
                                                has no address of that family */
    /** DNS: the server does not answer such a question (a referral, FORMERR, NOTIMP, NOTAUTH);
     * the detail names which */
    FEDVAL_OUTCOME_NOT_ANSWERED = 17,
    FEDVAL_OUTCOME_STALLED = 18, /**< probe: connected, then silent before the handshake ended */
    FEDVAL_OUTCOME_LOCAL = 19,   /**< this machine lacked something (descriptors, ports, memory):
                                      nothing was learnt about the other side */
    FEDVAL_OUTCOME_ALIAS_CIRCLE = 20, /**< DNS: the aliases (CNAME) lead in a circle, or more of
                                           them follow each other than resolvers follow; then the
                                           detail says so */
    FEDVAL_OUTCOME_VIOLATION = 21,    /**< probe: the server breaks the rules of TLS; the detail
                                           says how */
    FEDVAL_OUTCOME_FILTERED = 22,     /**< DNS: the resolver says that it made, changed or withheld
                                           the answer itself (RFC 8914 4.5, 4.16 to 4.19): nothing
                                           was learnt about the zone */
};

enum {
    FEDVAL_DNSSEC_UNKNOWN = 0,
    FEDVAL_DNSSEC_SECURE = 1,
    FEDVAL_DNSSEC_INSECURE = 2,
    FEDVAL_DNSSEC_BOGUS = 3,
};

/** Whose answer it is, and so what its TTLs mean. */
enum {
    FEDVAL_AUTHORITY_UNKNOWN = 0,
    FEDVAL_AUTHORITY_CACHE = 1, /**< a resolver's: TTLs are what is left of them in its cache */
    FEDVAL_AUTHORITY_ZONE = 2,  /**< the zone's: from its file, or from a server of its own */
};

enum {
    FEDVAL_CLIENT_CERTIFICATE_UNKNOWN = 0,
    FEDVAL_CLIENT_CERTIFICATE_NOT_REQUESTED = 1,
    FEDVAL_CLIENT_CERTIFICATE_REQUESTED = 2,
    FEDVAL_CLIENT_CERTIFICATE_REQUIRED = 3,
};

/** Who gives a fact. Its place is an address, a name or a file, by the kind. */
enum {
    FEDVAL_SOURCE_OTHER = 1,           /**< "other": the place is a text of the caller's own */
    FEDVAL_SOURCE_RESOLVER = 2,        /**< "resolver": one that was chosen. Place: its address,
                                            with or without a port */
    FEDVAL_SOURCE_SYSTEM_RESOLVER = 3, /**< "system-resolver": one that this machine always asks.
                                            Place: its address, as of a resolver */
    FEDVAL_SOURCE_NAME_SERVER = 4,     /**< "name-server": one of the zone's own. Place: its name
                                            and address, "ns.example.com (192.0.2.53)" */
    FEDVAL_SOURCE_ZONE = 5,            /**< "zone": a zone in a file. Place: the file */
    FEDVAL_SOURCE_FILE = 6,            /**< "file": a chain in a file. Place: the file */
    FEDVAL_SOURCE_LOG = 7,             /**< "log": a log. Place: the file and the line,
                                            "expe.log:12" */
};

/**
 * The word of a code (FEDVAL_OUTCOME_), as JSON has it. The functions below that give the
 * word of another code do the same.
 * @returns a static string; NULL for an unknown code. Threads: any. @since 0.1.0
 */
FEDVAL_API const char *fedval_outcome_to_string(uint32_t outcome);
/** The word of a code (FEDVAL_DNSSEC_), as fedval_outcome_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_dnssec_to_string(uint32_t state);
/** The word of a code (FEDVAL_AUTHORITY_), as fedval_outcome_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_authority_to_string(uint32_t authority);
/** The word of a code (FEDVAL_CLIENT_CERTIFICATE_), as fedval_outcome_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_client_certificate_to_string(uint32_t state);
/** The word of a code (FEDVAL_SOURCE_), as fedval_outcome_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_source_to_string(uint32_t kind);
/**
 * The code of a word: the inverse of fedval_outcome_to_string. The functions below that read the
 * word of another code do the same.
 * @param text the word, `text_len` bytes
 * @returns 0; ARGUMENT for NULL; NOT_FOUND for an unknown word. Threads: any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_outcome_from_string(const char *text, size_t text_len,
                                                    uint32_t *out_outcome);
/** The code of a word, as fedval_outcome_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_dnssec_from_string(const char *text, size_t text_len,
                                                   uint32_t *out_state);
/** The code of a word, as fedval_outcome_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_authority_from_string(const char *text, size_t text_len,
                                                      uint32_t *out_authority);
/** The code of a word, as fedval_outcome_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_client_certificate_from_string(const char *text, size_t text_len,
                                                               uint32_t *out_state);
/** The code of a word, as fedval_outcome_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_source_from_string(const char *text, size_t text_len,
                                                   uint32_t *out_kind);

/* ---- facts ---- */

#ifdef __cplusplus
}
#endif

#endif
