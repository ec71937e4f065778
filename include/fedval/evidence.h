/*
 * Evidence: all the facts about one domain. A question asks DNS for records or probes a server; a
 * fact is the answer to one question; evidence holds the facts and the time they were gathered. It
 * can be written as JSON and judged elsewhere, or later.
 *
 * Evidence made by hand, with the SRV record of a domain:
 *
 *     const char *owner = "_sipfederationtls._tcp.example.com";
 *     fedval_evidence *evidence = NULL;
 *     fedval_fact *fact = NULL;
 *     fedval_status status = fedval_evidence_new("example.com", FEDVAL_NUL_ENDED, &evidence,
 *                                                error);
 *     if (status == FEDVAL_OK)
 *         status = fedval_fact_new_dns(owner, FEDVAL_NUL_ENDED, FEDVAL_TYPE_SRV, 0, &fact);
 *     if (status == FEDVAL_OK) {
 *         status = fedval_fact_append_srv(fact, owner, FEDVAL_NUL_ENDED, 3600, 0, 0, 5061,
 *                                         "expe.example.com", FEDVAL_NUL_ENDED);
 *     }
 *     if (status == FEDVAL_OK)
 *         status = fedval_fact_set_outcome(fact, FEDVAL_OUTCOME_ANSWER);
 *     if (status == FEDVAL_OK)
 *         status = fedval_evidence_append(evidence, fact);
 *     fedval_fact_free(fact);
 *
 * The evidence keeps a copy of the fact. Functions that take no object may be called from any
 * thread.
 */
#ifndef FEDVAL_EVIDENCE_H
#define FEDVAL_EVIDENCE_H

#include "fedval/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A moment that is not known. All times are seconds since 1970-01-01T00:00:00Z. */
#define FEDVAL_TIME_UNKNOWN INT64_MIN

/** Room for a time as text and its NUL. */
#define FEDVAL_TIME_SIZE 24

/**
 * Reads a time: RFC 3339 ("2017-03-02T07:10:46Z"), or a date alone (then midnight UTC).
 * @param text text_len bytes @param out_time seconds since 1970; a fraction of a second is cut off
 * @returns 0; ARGUMENT for NULL; SYNTAX for a text that is no time, or no moment of the calendar.
 * Threads: any. Source: RFC 3339 5.6. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_time_from_string(const char *text, size_t text_len,
                                                 int64_t *out_time);
/**
 * Writes a time as RFC 3339 in UTC. @param out_text receives the text and its NUL, out_size bytes;
 * FEDVAL_TIME_SIZE is always enough.
 * @returns 0; ARGUMENT for NULL, or a time outside the years 0 to 9999; LIMIT when out_size is too
 * small. Threads: any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_time_to_string(int64_t time, char *out_text, size_t out_size);

/** What a question asks for. */
enum { FEDVAL_QUESTION_DNS = 1, FEDVAL_QUESTION_PROBE = 2 };

/** DNS record types, as numbered by IANA. */
enum {
    FEDVAL_TYPE_A = 1,
    FEDVAL_TYPE_NS = 2,
    FEDVAL_TYPE_CNAME = 5,
    FEDVAL_TYPE_AAAA = 28,
    FEDVAL_TYPE_SRV = 33,
};

/** The role in which a certificate is presented (spec R6: both sides present one). */
enum { FEDVAL_ROLE_SERVER = 1, FEDVAL_ROLE_CLIENT = 2 };

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
    FEDVAL_OUTCOME_ALIAS_CIRCLE = 20, /**< DNS: the aliases (CNAME) lead in a circle */
    FEDVAL_OUTCOME_VIOLATION = 21,    /**< probe: the server breaks the rules of TLS; the detail
                                           says how */
};

/**
 * What a probe offers: a look at the server. A prober that does not know a look offers all it has.
 */
enum {
    FEDVAL_LOOK_ANY = 0, /**< all that the prober has */
    /** TLS 1.2 with the suites, groups and signatures that some Windows Server from 2012 R2 to 2022
     * offers by default */
    FEDVAL_LOOK_WINDOWS = 1,
    FEDVAL_LOOK_RSA = 2,            /**< TLS 1.2, RSA certificates alone */
    FEDVAL_LOOK_ECDSA = 3,          /**< TLS 1.2, ECDSA certificates alone */
    FEDVAL_LOOK_NO_SERVER_NAME = 4, /**< all, without the server name (SNI) */
    FEDVAL_LOOK_OPTIONS = 5,        /**< all, and one SIP OPTIONS request once TLS is up */
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

/**
 * The word of a code (FEDVAL_OUTCOME_), as it stands in JSON. The functions below that give the
 * word of another code do the same.
 * @returns a static string; NULL for an unknown code. Threads: any. @since 0.1.0
 */
FEDVAL_API const char *fedval_outcome_to_string(uint32_t outcome);
/** The word of a code (FEDVAL_QUESTION_), as fedval_outcome_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_question_kind_to_string(uint32_t kind);
/** The word of a code (FEDVAL_DNSSEC_), as fedval_outcome_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_dnssec_to_string(uint32_t state);
/** The word of a code (FEDVAL_AUTHORITY_), as fedval_outcome_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_authority_to_string(uint32_t authority);
/** The word of a code (FEDVAL_CLIENT_CERTIFICATE_), as fedval_outcome_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_client_certificate_to_string(uint32_t state);
/** What is known of the resolver behind a view. */
enum {
    FEDVAL_VIEW_UNKNOWN = 0, /**< "unknown" */
    FEDVAL_VIEW_PUBLIC = 1,  /**< "public": it sees what everybody sees */
    FEDVAL_VIEW_SYSTEM = 2,  /**< "system": that of the machine which asked */
};
/** The word of a code (FEDVAL_VIEW_), as fedval_outcome_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_view_to_string(uint32_t kind);
/** The word of a code (FEDVAL_ROLE_), as fedval_outcome_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_role_to_string(uint32_t role);
/** The word of a code (FEDVAL_TYPE_), as fedval_outcome_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_type_to_string(uint32_t type);
/** The word of a code (FEDVAL_LOOK_), as fedval_outcome_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_look_to_string(uint32_t look);
/**
 * The code of a word: the inverse of fedval_look_to_string. The functions below that read the word
 * of another code do the same.
 * @param text the word, `text_len` bytes
 * @returns 0; ARGUMENT for NULL; NOT_FOUND for an unknown word. Threads: any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_look_from_string(const char *text, size_t text_len,
                                                 uint32_t *out_look);
/** The code of a word, as fedval_look_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_outcome_from_string(const char *text, size_t text_len,
                                                    uint32_t *out_outcome);
/** The code of a word, as fedval_look_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_view_from_string(const char *text, size_t text_len,
                                                 uint32_t *out_kind);
/** The code of a word, as fedval_look_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_question_kind_from_string(const char *text, size_t text_len,
                                                          uint32_t *out_kind);
/** The code of a word, as fedval_look_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_dnssec_from_string(const char *text, size_t text_len,
                                                   uint32_t *out_state);
/** The code of a word, as fedval_look_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_authority_from_string(const char *text, size_t text_len,
                                                      uint32_t *out_authority);
/** The code of a word, as fedval_look_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_client_certificate_from_string(const char *text, size_t text_len,
                                                               uint32_t *out_state);
/** The code of a word, as fedval_look_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_role_from_string(const char *text, size_t text_len,
                                                 uint32_t *out_role);
/** The code of a word, as fedval_look_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_type_from_string(const char *text, size_t text_len,
                                                 uint32_t *out_type);

/* ---- questions ---- */

/** One question of a session to a backend; read-only for the backend. Threads: any, it is const. */
typedef struct fedval_question fedval_question;

/** FEDVAL_QUESTION_DNS or FEDVAL_QUESTION_PROBE. @since 0.1.0 */
FEDVAL_API uint32_t fedval_question_get_kind(const fedval_question *question);
/** DNS: the normalised name asked for, no trailing dot; NULL for a probe. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_question_get_name(const fedval_question *question);
/** DNS: FEDVAL_TYPE_; 0 for a probe. @since 0.1.0 */
FEDVAL_API uint32_t fedval_question_get_type(const fedval_question *question);
/** DNS: which of several resolvers is asked, from 0. @since 0.1.0 */
FEDVAL_API uint32_t fedval_question_get_view(const fedval_question *question);
/** Probe: the host name (for SNI); NULL for a client chain, and where it stands for an address
 * whatever its host is. DNS: the name of the zone's server that is to be asked; NULL: a resolver
 * is. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_question_get_host(const fedval_question *question);
/**
 * Probe: the IP address as text; NULL when it stands for every address of the host. DNS: the
 * address of the zone's server that is to be asked, without recursion; NULL: a resolver is asked.
 * Borrowed.
 * @since 0.1.0
 */
FEDVAL_API const char *fedval_question_get_address(const fedval_question *question);
/** Probe: TCP port; 0 when it stands for every port. @since 0.1.0 */
FEDVAL_API uint16_t fedval_question_get_port(const fedval_question *question);
/** Probe: FEDVAL_ROLE_ in which the certificate is presented; 0 for DNS. @since 0.1.0 */
FEDVAL_API uint32_t fedval_question_get_role(const fedval_question *question);
/** Probe: FEDVAL_LOOK_, what is offered; 0 for DNS. @since 0.1.0 */
FEDVAL_API uint32_t fedval_question_get_look(const fedval_question *question);

/* ---- facts ---- */

/**
 * The answer to one question. A backend gets a new fact and fills it; evidence keeps copies. The
 * setters copy their texts and bytes. Threads: one at a time.
 */
typedef struct fedval_fact fedval_fact;

/**
 * A fact for a DNS question. @param name UTF-8 or ASCII, normalised here, underscores allowed.
 * @returns 0; NO_MEMORY; ARGUMENT for NULL; SYNTAX for a name that cannot stand in DNS.
 * Free with fedval_fact_free. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_fact_new_dns(const char *name, size_t name_len, uint32_t type,
                                             uint32_t view, fedval_fact **out_fact);
/**
 * A fact for a DNS question to one of the zone's own servers.
 * @param server its host name @param address its IP literal
 * @returns as fedval_fact_new_dns; SYNTAX also where `address` is no IP literal. Free with
 * fedval_fact_free. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_fact_new_dns_at(const char *name, size_t name_len, uint32_t type,
                                                const char *server, size_t server_len,
                                                const char *address, size_t address_len,
                                                fedval_fact **out_fact);
/**
 * A fact for a probe. @param host NULL only for a client chain, and for the chain of an address
 * whatever its host is. @param address IP literal, or NULL
 * when it stands for every address (a chain from a file). @param port 0: every port.
 * @returns 0; NO_MEMORY; ARGUMENT; SYNTAX for a host or address that is none. Free with
 * fedval_fact_free. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_fact_new_probe(const char *host, size_t host_len,
                                               const char *address, size_t address_len,
                                               uint16_t port, uint32_t role,
                                               fedval_fact **out_fact);
/**
 * A fact for a probe that offers less than all. @param host, address, port as
 * fedval_fact_new_probe, in the role of a server @param look FEDVAL_LOOK_
 * @returns as fedval_fact_new_probe; ARGUMENT also for an unknown look. Free with fedval_fact_free.
 * @since 0.1.0
 */
FEDVAL_API fedval_status fedval_fact_new_look(const char *host, size_t host_len,
                                              const char *address, size_t address_len,
                                              uint16_t port, uint32_t look, fedval_fact **out_fact);
/**
 * A chain from a file, as the fact that stands for its host, its address, or both: outcome
 * `not-probed`, the certificates in the order of the file (end-entity first). The file may be PEM,
 * DER, several DER in a row, PKCS #7, or one of the texts in UTF-16. What is no certificate is
 * passed over, so a file with the private key beside the chain will do.
 * @param host NULL only for a client chain, and for an address whatever its host is
 * @param address IP literal; NULL: every address of the host @param port 0: every port
 * @param role FEDVAL_ROLE_ @param pem, pem_len the file; at most 16 MiB
 * @param source said in the report ("file vcse.pem"); NULL: not said
 * @param error may be NULL; names the line, or what is there in place of a certificate
 * @returns 0; NO_MEMORY; ARGUMENT; SYNTAX for a host or address that is none, a damaged block, a
 * text without a certificate; LIMIT. Free with fedval_fact_free. Threads: any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_fact_new_from_pem(const char *host, size_t host_len,
                                                  const char *address, size_t address_len,
                                                  uint16_t port, uint32_t role, const void *pem,
                                                  size_t pem_len, const char *source,
                                                  size_t source_len, fedval_fact **out_fact,
                                                  fedval_error *error);
/** A fact for a question that a session gave. @returns 0; NO_MEMORY; ARGUMENT for NULL. Free with
 * fedval_fact_free. @since 0.1.0 */
FEDVAL_API fedval_status fedval_fact_new(const fedval_question *question, fedval_fact **out_fact);
/** Accepts NULL. @since 0.1.0 */
FEDVAL_API void fedval_fact_free(fedval_fact *fact);

/**
 * Gives a fact the answer of another one: outcome, records or chain, source, time and all else but
 * the question. For a resolver or prober that plays facts back.
 * @param fact without an answer of its own @param from copied
 * @returns 0; NO_MEMORY, and `fact` is then to be freed; ARGUMENT for NULL, one fact twice, or two
 * kinds of question. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_fact_copy_answer(fedval_fact *fact, const fedval_fact *from);
/**
 * How the question was answered. @param outcome FEDVAL_OUTCOME_ that fits the kind of question
 * @returns 0; ARGUMENT for NULL, or a code that does not fit the kind of question; the setters
 * below also NO_MEMORY, and SYNTAX for a text that holds a NUL. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_fact_set_outcome(fedval_fact *fact, uint32_t outcome);
/** When it was observed, seconds since 1970. @returns as fedval_fact_set_outcome. @since 0.1.0 */
FEDVAL_API fedval_status fedval_fact_set_time(fedval_fact *fact, int64_t time);
/** Who says so: "resolver 192.0.2.53", "zone lab.zone", "file vcse.pem". @param source UTF-8
 * @returns as fedval_fact_set_outcome. @since 0.1.0 */
FEDVAL_API fedval_status fedval_fact_set_source(fedval_fact *fact, const char *source,
                                                size_t source_len);
/** One line of detail for people, e.g. the system's error text. @param detail UTF-8
 * @returns as fedval_fact_set_outcome. @since 0.1.0 */
FEDVAL_API fedval_status fedval_fact_set_detail(fedval_fact *fact, const char *detail,
                                                size_t detail_len);
/** What is known of the answer's DNSSEC state. @param state FEDVAL_DNSSEC_
 * @returns as fedval_fact_set_outcome. @since 0.1.0 */
FEDVAL_API fedval_status fedval_fact_set_dnssec(fedval_fact *fact, uint32_t state);
/** Whose answer it is. @param authority FEDVAL_AUTHORITY_
 * @returns as fedval_fact_set_outcome. @since 0.1.0 */
FEDVAL_API fedval_status fedval_fact_set_authority(fedval_fact *fact, uint32_t authority);
/**
 * Records in the order received. Names are in presentation form with or without the final dot; a
 * target that is no host name is kept as it is (the rules judge it); "." is the root.
 * @param ttl seconds @returns as fedval_fact_set_outcome. Source: RFC 2782. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_fact_append_srv(fedval_fact *fact, const char *owner,
                                                size_t owner_len, uint32_t ttl, uint16_t priority,
                                                uint16_t weight, uint16_t port, const char *target,
                                                size_t target_len);
/**
 * An A or AAAA record, by the family of the literal. @param address IP literal
 * @returns as fedval_fact_set_outcome; SYNTAX when it is no IP literal. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_fact_append_address(fedval_fact *fact, const char *owner,
                                                    size_t owner_len, uint32_t ttl,
                                                    const char *address, size_t address_len);
/** One step of the alias chain, in its order. @returns as fedval_fact_set_outcome.
 * @since 0.1.0 */
FEDVAL_API fedval_status fedval_fact_append_cname(fedval_fact *fact, const char *owner,
                                                  size_t owner_len, uint32_t ttl,
                                                  const char *target, size_t target_len);
/** One name server of a zone. @returns as fedval_fact_set_outcome. @since 0.1.0 */
FEDVAL_API fedval_status fedval_fact_append_ns(fedval_fact *fact, const char *owner,
                                               size_t owner_len, uint32_t ttl, const char *target,
                                               size_t target_len);
/** @param version "TLSv1.2" @param cipher its name; either may be NULL
 * @returns as fedval_fact_set_outcome. @since 0.1.0 */
FEDVAL_API fedval_status fedval_fact_set_tls(fedval_fact *fact, const char *version,
                                             size_t version_len, const char *cipher,
                                             size_t cipher_len);
/** The number of the fatal alert received, 0..255. @returns as fedval_fact_set_outcome.
 * Source: RFC 8446 6. @since 0.1.0 */
FEDVAL_API fedval_status fedval_fact_set_alert(fedval_fact *fact, uint8_t alert);
/** Whether the server asked for a client certificate. @param state FEDVAL_CLIENT_CERTIFICATE_
 * @returns as fedval_fact_set_outcome. @since 0.1.0 */
FEDVAL_API fedval_status fedval_fact_set_client_certificate(fedval_fact *fact, uint32_t state);
/** The next certificate as sent, end-entity first. @param der DER, copied, not looked into
 * @returns as fedval_fact_set_outcome. @since 0.1.0 */
FEDVAL_API fedval_status fedval_fact_append_certificate(fedval_fact *fact, const void *der,
                                                        size_t der_len);
/**
 * @param complete 0: the source gives the end-entity certificate only; 1 (the default): all that
 * was sent @returns as fedval_fact_set_outcome. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_fact_set_chain_complete(fedval_fact *fact, uint32_t complete);
/**
 * The Extended DNS Error of the answer. @param code its INFO-CODE @param text its EXTRA-TEXT,
 * UTF-8; NULL: none @returns as fedval_fact_set_outcome. Source: RFC 8914. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_fact_set_ede(fedval_fact *fact, uint16_t code, const char *text,
                                             size_t text_len);
/**
 * How the keys of the handshake were agreed on. @param group "x25519", "DHE 2048 bits"
 * @param signature the scheme that the server signed with, "rsa_pss_rsae_sha256"; either may be
 * NULL @returns as fedval_fact_set_outcome. Source: RFC 8446 4.2.3, 4.2.7. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_fact_set_key_exchange(fedval_fact *fact, const char *group,
                                                      size_t group_len, const char *signature,
                                                      size_t signature_len);
/**
 * One more CA that the server's request for a client certificate names. @param der its Name, DER,
 * copied, not looked into @returns as fedval_fact_set_outcome. Source: RFC 5246 7.4.4. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_fact_append_client_ca(fedval_fact *fact, const void *der,
                                                      size_t der_len);
/** The OCSP response that the server stapled. @param der DER, copied, not looked into
 * @returns as fedval_fact_set_outcome. Source: RFC 6066 8. @since 0.1.0 */
FEDVAL_API fedval_status fedval_fact_set_ocsp(fedval_fact *fact, const void *der, size_t der_len);
/**
 * What the server said in the first line that it sent, where that is no TLS or came inside it.
 * @param banner UTF-8, one line @returns as fedval_fact_set_outcome. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_fact_set_banner(fedval_fact *fact, const char *banner,
                                                size_t banner_len);
/**
 * The answer to a SIP OPTIONS request. @param status its status code, 100 to 699 @param server
 * its Server header, UTF-8; NULL: none @returns as fedval_fact_set_outcome. Source: RFC 3261 11.
 * @since 0.1.0
 */
FEDVAL_API fedval_status fedval_fact_set_sip(fedval_fact *fact, uint16_t status, const char *server,
                                             size_t server_len);

/** The question that it answers. What this getter and those below return is borrowed: it lives as
 * long as the fact, or the evidence that holds it. @since 0.1.0 */
FEDVAL_API const fedval_question *fedval_fact_get_question(const fedval_fact *fact);
/** FEDVAL_OUTCOME_; 0 when it was never set. @since 0.1.0 */
FEDVAL_API uint32_t fedval_fact_get_outcome(const fedval_fact *fact);
/** Seconds since 1970; FEDVAL_TIME_UNKNOWN when it was never set. @since 0.1.0 */
FEDVAL_API int64_t fedval_fact_get_time(const fedval_fact *fact);
/** Who says so; NULL when it was never set. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_fact_get_source(const fedval_fact *fact);
/** The line of detail; NULL when it was never set. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_fact_get_detail(const fedval_fact *fact);
/** FEDVAL_DNSSEC_; FEDVAL_DNSSEC_UNKNOWN when it was never set. @since 0.1.0 */
FEDVAL_API uint32_t fedval_fact_get_dnssec(const fedval_fact *fact);
/** FEDVAL_AUTHORITY_; FEDVAL_AUTHORITY_UNKNOWN when it was never set. @since 0.1.0 */
FEDVAL_API uint32_t fedval_fact_get_authority(const fedval_fact *fact);
/** FEDVAL_ROLE_ of a probe; 0 for DNS. @since 0.1.0 */
FEDVAL_API uint32_t fedval_fact_get_role(const fedval_fact *fact);
/** How many records there are, aliases included. @since 0.1.0 */
FEDVAL_API size_t fedval_fact_count_records(const fedval_fact *fact);
/** FEDVAL_TYPE_ of a record; 0 past the end. @since 0.1.0 */
FEDVAL_API uint32_t fedval_fact_get_record_type(const fedval_fact *fact, size_t index);
/** The name that a record belongs to; NULL past the end. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_fact_get_record_owner(const fedval_fact *fact, size_t index);
/** Seconds that a record may be kept; 0 past the end. @since 0.1.0 */
FEDVAL_API uint32_t fedval_fact_get_record_ttl(const fedval_fact *fact, size_t index);
/** Of an SRV record; 0 for others. @since 0.1.0 */
FEDVAL_API uint16_t fedval_fact_get_record_priority(const fedval_fact *fact, size_t index);
/** Of an SRV record; 0 for others. @since 0.1.0 */
FEDVAL_API uint16_t fedval_fact_get_record_weight(const fedval_fact *fact, size_t index);
/** Of an SRV record; 0 for others. @since 0.1.0 */
FEDVAL_API uint16_t fedval_fact_get_record_port(const fedval_fact *fact, size_t index);
/** SRV and CNAME: the target; A and AAAA: the address; NULL past the end. Borrowed.
 * @since 0.1.0 */
FEDVAL_API const char *fedval_fact_get_record_data(const fedval_fact *fact, size_t index);
/** "TLSv1.2"; NULL when none was negotiated. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_fact_get_tls_version(const fedval_fact *fact);
/** The cipher's name; NULL when it is not known. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_fact_get_tls_cipher(const fedval_fact *fact);
/** The alert number, or -1 when none was received. @since 0.1.0 */
FEDVAL_API int32_t fedval_fact_get_alert(const fedval_fact *fact);
/** FEDVAL_CLIENT_CERTIFICATE_; UNKNOWN when it was never set. @since 0.1.0 */
FEDVAL_API uint32_t fedval_fact_get_client_certificate(const fedval_fact *fact);
/** 0 when only the end-entity certificate is known, else 1. @since 0.1.0 */
FEDVAL_API uint32_t fedval_fact_get_chain_complete(const fedval_fact *fact);
/** How many certificates were sent. @since 0.1.0 */
FEDVAL_API size_t fedval_fact_count_certificates(const fedval_fact *fact);
/** DER of certificate index; NULL past the end. Borrowed. @param out_len bytes; may be NULL.
 * @since 0.1.0 */
FEDVAL_API const uint8_t *fedval_fact_get_certificate(const fedval_fact *fact, size_t index,
                                                      size_t *out_len);
/** The INFO-CODE of the Extended DNS Error; -1: none. @since 0.1.0 */
FEDVAL_API int32_t fedval_fact_get_ede(const fedval_fact *fact);
/** Its EXTRA-TEXT; NULL: none. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_fact_get_ede_text(const fedval_fact *fact);
/** The group of the key exchange ("x25519"); NULL: not known. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_fact_get_tls_group(const fedval_fact *fact);
/** The scheme of the server's signature; NULL: not known. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_fact_get_tls_signature(const fedval_fact *fact);
/** How many CAs the request for a client certificate names. @since 0.1.0 */
FEDVAL_API size_t fedval_fact_count_client_cas(const fedval_fact *fact);
/** The Name of one of them, DER; NULL past the end. Borrowed. @param out_len bytes; may be NULL.
 * @since 0.1.0 */
FEDVAL_API const uint8_t *fedval_fact_get_client_ca(const fedval_fact *fact, size_t index,
                                                    size_t *out_len);
/** The stapled OCSP response, DER; NULL: none was seen. Borrowed. @param out_len bytes; may be
 * NULL.
 * @since 0.1.0 */
FEDVAL_API const uint8_t *fedval_fact_get_ocsp(const fedval_fact *fact, size_t *out_len);
/** The first line that the server sent beside TLS; NULL: none. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_fact_get_banner(const fedval_fact *fact);
/** The status code of the answer to a SIP OPTIONS request; 0: none came. @since 0.1.0 */
FEDVAL_API uint16_t fedval_fact_get_sip_status(const fedval_fact *fact);
/** The Server header of that answer; NULL: none. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_fact_get_sip_server(const fedval_fact *fact);

/* ---- evidence ---- */

/** All the facts about one domain. Threads: one writer; any number of readers of a const one. */
typedef struct fedval_evidence fedval_evidence;

/**
 * Evidence that holds no fact yet.
 * @param domain UTF-8, domain_len bytes; normalised (IDNA) here, the spelling given is kept too
 * @param error may be NULL; says why a text is no domain
 * @returns 0; NO_MEMORY; ARGUMENT; SYNTAX for a text that is no domain. Free with
 * fedval_evidence_free. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_evidence_new(const char *domain, size_t domain_len,
                                             fedval_evidence **out_evidence, fedval_error *error);
/** Accepts NULL. @since 0.1.0 */
FEDVAL_API void fedval_evidence_free(fedval_evidence *evidence);
/** The domain as A-labels. Borrowed, as long as the evidence. @since 0.1.0 */
FEDVAL_API const char *fedval_evidence_get_domain(const fedval_evidence *evidence);
/** The domain as the caller spelt it, UTF-8. Borrowed, as long as the evidence. @since 0.1.0 */
FEDVAL_API const char *fedval_evidence_get_domain_given(const fedval_evidence *evidence);
/** When the gathering ended; FEDVAL_TIME_UNKNOWN if never set. @since 0.1.0 */
FEDVAL_API int64_t fedval_evidence_get_time(const fedval_evidence *evidence);
/** Sets when the gathering ended. @returns 0; FEDVAL_ERROR_ARGUMENT for NULL. @since 0.1.0 */
FEDVAL_API fedval_status fedval_evidence_set_time(fedval_evidence *evidence, int64_t time);
/**
 * Says what the resolver behind a view is. The first public view is the one that is judged: where
 * other views see something else, that is split DNS. Where none is said to be public, a view that
 * gives public addresses is judged before one that gives none but private ones.
 * @param view below 16 @param kind FEDVAL_VIEW_ @returns 0; ARGUMENT. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_evidence_set_view(fedval_evidence *evidence, uint32_t view,
                                                  uint32_t kind);
/** FEDVAL_VIEW_ of a view; UNKNOWN where nothing was said of it. @since 0.1.0 */
FEDVAL_API uint32_t fedval_evidence_get_view(const fedval_evidence *evidence, uint32_t view);
/**
 * Appends a copy of the fact. A second fact for the same question (name, type, view; or host,
 * address, port, role, look) replaces the first.
 * @returns 0; NO_MEMORY; ARGUMENT; LIMIT beyond 10,000 facts or 64 MiB. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_evidence_append(fedval_evidence *evidence, const fedval_fact *fact);
/** How many facts there are. @since 0.1.0 */
FEDVAL_API size_t fedval_evidence_count_facts(const fedval_evidence *evidence);
/** NULL past the end. Borrowed, until the next append. @since 0.1.0 */
FEDVAL_API const fedval_fact *fedval_evidence_get_fact(const fedval_evidence *evidence,
                                                       size_t index);
/**
 * The fact that answers a question. For a probe of a server that is, the closest first: one of this
 * host, address and port; of this host and address, any port; of this address, whatever the host;
 * of this host, any address, such as a chain from a file.
 * @returns NULL: there is none. Borrowed, until the next append. @since 0.1.0
 */
FEDVAL_API const fedval_fact *fedval_evidence_find(const fedval_evidence *evidence,
                                                   const fedval_question *question);

/**
 * Reads one "fedval-evidence/1" document (UTF-8 JSON). A member that the format does not have is
 * an error, which names the nearest one, unless the document says `"strict": false`.
 * @param error may be NULL; says what and where (line, column, offset, and the member's path).
 * @returns 0; NO_MEMORY; ARGUMENT; SYNTAX; FORMAT for a later format; LIMIT beyond 64 MiB. Free
 * with fedval_evidence_free. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_evidence_new_from_json(const char *json, size_t json_len,
                                                       fedval_evidence **out_evidence,
                                                       fedval_error *error);
/**
 * The document on one line, no newline at its end.
 * @param out_json malloc'ed, NUL-ended; free with fedval_text_free @param out_len bytes; may be
 * NULL @returns 0; NO_MEMORY; ARGUMENT. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_evidence_to_json(const fedval_evidence *evidence, char **out_json,
                                                 size_t *out_len);

#ifdef __cplusplus
}
#endif

#endif
