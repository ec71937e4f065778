/*
 * Questions: one asks DNS for the records of a name, or probes a server. A session gives the
 * questions that have to be asked about a domain (fedval/session.h); a backend answers each with a
 * fact (fedval/fact.h).
 *
 * Functions that take no object may be called from any thread.
 */
#ifndef FEDVAL_QUESTION_H
#define FEDVAL_QUESTION_H

#include "fedval/status.h"

#ifdef __cplusplus
extern "C" {
#endif

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

/** The role in which a certificate is presented (both sides present one). */
enum { FEDVAL_ROLE_SERVER = 1, FEDVAL_ROLE_CLIENT = 2 };

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
    /** TLS 1.2 with what Windows Server 2012 R2 alone offers by default. @since 0.1.0 */
    FEDVAL_LOOK_WINDOWS_2012_R2 = 6,
    /** TLS 1.2 with what Windows Server 2019, and 2022, offers by default. @since 0.1.0 */
    FEDVAL_LOOK_WINDOWS_2019 = 7,
};

/**
 * The word of a code (FEDVAL_QUESTION_), as JSON has it. The functions below that give the
 * word of another code do the same.
 * @returns a static string; NULL for an unknown code. Threads: any. @since 0.1.0
 */
FEDVAL_API const char *fedval_question_kind_to_string(uint32_t kind);
/** The word of a code (FEDVAL_TYPE_), as fedval_question_kind_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_type_to_string(uint32_t type);
/** The word of a code (FEDVAL_ROLE_), as fedval_question_kind_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_role_to_string(uint32_t role);
/** The word of a code (FEDVAL_LOOK_), as fedval_question_kind_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_look_to_string(uint32_t look);
/**
 * The code of a word: the inverse of fedval_question_kind_to_string. The functions below that read
 * the word of another code do the same.
 * @param text the word, `text_len` bytes
 * @returns 0; ARGUMENT for NULL; NOT_FOUND for an unknown word. Threads: any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_question_kind_from_string(const char *text, size_t text_len,
                                                          uint32_t *out_kind);
/** The code of a word, as fedval_question_kind_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_type_from_string(const char *text, size_t text_len,
                                                 uint32_t *out_type);
/** The code of a word, as fedval_question_kind_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_role_from_string(const char *text, size_t text_len,
                                                 uint32_t *out_role);
/** The code of a word, as fedval_question_kind_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_look_from_string(const char *text, size_t text_len,
                                                 uint32_t *out_look);

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

#ifdef __cplusplus
}
#endif

#endif
