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

#include "fedval/fact.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What is known of the resolver behind a view. */
enum {
    FEDVAL_VIEW_UNKNOWN = 0, /**< "unknown" */
    FEDVAL_VIEW_PUBLIC = 1,  /**< "public": it sees what everybody sees */
    FEDVAL_VIEW_SYSTEM = 2,  /**< "system": that of the machine which asked */
};

/**
 * The word of a code (FEDVAL_VIEW_), as JSON has it.
 * @returns a static string; NULL for an unknown code. Threads: any. @since 0.1.0
 */
FEDVAL_API const char *fedval_view_to_string(uint32_t kind);
/**
 * The code of a word: the inverse of fedval_view_to_string.
 * @param text the word, `text_len` bytes
 * @returns 0; ARGUMENT for NULL; NOT_FOUND for an unknown word. Threads: any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_view_from_string(const char *text, size_t text_len,
                                                 uint32_t *out_kind);

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
 * The same, but a member that the format does not have is passed over, whatever the document says:
 * for a document of a later edition that cannot be changed. @param json, json_len, error as
 * fedval_evidence_new_from_json @returns as fedval_evidence_new_from_json. Free with
 * fedval_evidence_free.
 * @since 0.1.0
 */
FEDVAL_API fedval_status fedval_evidence_new_from_json_lenient(const char *json, size_t json_len,
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
