/*
 * Facts: a fact is the answer to one question. A backend gets a new fact and fills it in with the
 * setters; the rules, and everybody else, read it with the getters. Evidence (fedval/evidence.h)
 * holds copies of facts. An SRV record as a resolver found it:
 *
 *     fedval_fact *fact = NULL;
 *     fedval_status status =
 *         fedval_fact_new_dns(owner, FEDVAL_NUL_ENDED, FEDVAL_TYPE_SRV, 0, &fact);
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
 * Functions that take no object may be called from any thread.
 */
#ifndef FEDVAL_FACT_H
#define FEDVAL_FACT_H

#include "fedval/outcome.h"
#include "fedval/question.h"
#include "fedval/time.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * The answer to one question. A backend gets a new fact and fills it; evidence keeps copies. The
 * setters copy their texts and bytes. Threads: one at a time.
 */
typedef struct fedval_fact fedval_fact;

/**
 * A fact for a DNS question. @param name UTF-8 or ASCII, normalised here, underscores allowed.
 * @returns 0; NO_MEMORY; ARGUMENT for NULL; SYNTAX for a name that DNS cannot hold.
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
 * @param role FEDVAL_ROLE_ (fedval/question.h) @param pem, pem_len the file; at most 16 MiB
 * @param name the name of the file, of which the report says "file vcse.pem"; NULL: not said
 * @param error may be NULL; names the line, or what is there in place of a certificate
 * @returns 0; NO_MEMORY; ARGUMENT; SYNTAX for a host or address that is none, a damaged block, a
 * text without a certificate; LIMIT. Free with fedval_fact_free. Threads: any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_fact_new_from_pem(const char *host, size_t host_len,
                                                  const char *address, size_t address_len,
                                                  uint16_t port, uint32_t role, const void *pem,
                                                  size_t pem_len, const char *name, size_t name_len,
                                                  fedval_fact **out_fact, fedval_error *error);
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
/**
 * Adds one who says so, such as the resolver 192.0.2.53. Most facts have one source; an answer that
 * follows an alias from a zone in a file to a resolver has both. One that the fact has already is
 * not added again.
 * @param kind FEDVAL_SOURCE_ @param place what that kind says, UTF-8
 * @returns as fedval_fact_set_outcome; ARGUMENT also for an unknown kind; LIMIT for more than 32,
 * and where `place` and the text of the sources so far have 64 KiB or more together; the first one
 * may have any length. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_fact_append_source(fedval_fact *fact, uint32_t kind,
                                                   const char *place, size_t place_len);
/** Who says so, in words of your own: one source of the kind FEDVAL_SOURCE_OTHER in place of all
 * that the fact has. The address in such a text is not read: name a resolver with
 * fedval_fact_append_source if its address is to tell whether it is an inner one.
 * @param source UTF-8 @returns as fedval_fact_set_outcome. @since 0.1.0 */
FEDVAL_API fedval_status fedval_fact_set_source(fedval_fact *fact, const char *source,
                                                size_t source_len);
/** One line of detail for people, e.g. the system's error text. @param detail UTF-8
 * @returns as fedval_fact_set_outcome. @since 0.1.0 */
FEDVAL_API fedval_status fedval_fact_set_detail(fedval_fact *fact, const char *detail,
                                                size_t detail_len);
/** Says that asking again is of no use: a runner asks no question again whose fact says so, though
 * its outcome is `local`. It is no part of the evidence. @returns 0; ARGUMENT for NULL. @since
 * 0.1.0
 */
FEDVAL_API fedval_status fedval_fact_set_final(fedval_fact *fact);
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
/** The OCSP response that the server stapled. @param der DER, copied, not looked into; not NULL
 * @param der_len bytes; 0: the prober asked for one, and the server sent none
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
/** Who says so, for people: "resolver 192.0.2.53", "zone lab.zone", "file vcse.pem"; where there
 * are several, "zone lab.zone, resolver 192.0.2.53"; NULL when it was never set. Borrowed.
 * @since 0.1.0 */
FEDVAL_API const char *fedval_fact_get_source(const fedval_fact *fact);
/** How many say so. @since 0.1.0 */
FEDVAL_API size_t fedval_fact_count_sources(const fedval_fact *fact);
/** FEDVAL_SOURCE_ of one of them; 0 past the end. @since 0.1.0 */
FEDVAL_API uint32_t fedval_fact_get_source_kind(const fedval_fact *fact, size_t index);
/** Its place, such as "192.0.2.53" or "lab.zone"; NULL past the end. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_fact_get_source_place(const fedval_fact *fact, size_t index);
/** The line of detail; NULL when it was never set. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_fact_get_detail(const fedval_fact *fact);
/** FEDVAL_DNSSEC_; FEDVAL_DNSSEC_UNKNOWN when it was never set. @since 0.1.0 */
FEDVAL_API uint32_t fedval_fact_get_dnssec(const fedval_fact *fact);
/** FEDVAL_AUTHORITY_; FEDVAL_AUTHORITY_UNKNOWN when it was never set. @since 0.1.0 */
FEDVAL_API uint32_t fedval_fact_get_authority(const fedval_fact *fact);
/** FEDVAL_ROLE_ (fedval/question.h) of a probe; 0 for DNS. @since 0.1.0 */
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
/** The stapled OCSP response, DER. NULL: none was seen, and whether one was asked for is not known.
 * Borrowed. @param out_len bytes; 0: one was asked for, and none came; may be NULL.
 * @since 0.1.0 */
FEDVAL_API const uint8_t *fedval_fact_get_ocsp(const fedval_fact *fact, size_t *out_len);
/** The first line that the server sent beside TLS; NULL: none. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_fact_get_banner(const fedval_fact *fact);
/** The status code of the answer to a SIP OPTIONS request; 0: none came. @since 0.1.0 */
FEDVAL_API uint16_t fedval_fact_get_sip_status(const fedval_fact *fact);
/** The Server header of that answer; NULL: none. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_fact_get_sip_server(const fedval_fact *fact);

#ifdef __cplusplus
}
#endif

#endif
