/*
 * The intent: what is to be, written down before anything is changed. Domains, clusters of
 * Expressway-E peers, the certificates that are in use and that lie ready, partners, and what there
 * is today. fedval/plan.h makes a plan of it.
 *
 * An intent names files, and the library opens none: the caller reads each and hands its bytes
 * over.
 *
 *     fedval_intent *intent = NULL;
 *     fedval_status status = fedval_intent_new_from_json(json, json_len, &intent, error);
 *     for (size_t i = 0; status == FEDVAL_OK && i < fedval_intent_count_files(intent); i++) {
 *         if (fedval_intent_get_file_use(intent, i) == FEDVAL_INTENT_FILE_ZONE)
 *             continue;
 *         char *bytes = read_whole(fedval_intent_get_file_path(intent, i), &len);
 *         status = fedval_intent_supply_file(intent, i, bytes, len, error);
 *         free(bytes);
 *     }
 *     fedval_intent_free(intent);
 *
 * What a zone file or a resolver says today reaches the intent as evidence, which a session
 * gathers (fedval/session.h, fedval/check.h): fedval_intent_append_evidence.
 */
#ifndef FEDVAL_INTENT_H
#define FEDVAL_INTENT_H

#include "fedval/evidence.h"

#ifdef __cplusplus
extern "C" {
#endif

/** An intent. Threads: one while it is made and filled; then any number of readers. */
typedef struct fedval_intent fedval_intent;

/** What a file that an intent names is for. Numbers are permanent. */
enum {
    FEDVAL_INTENT_FILE_CERTIFICATE = 1, /**< "certificate": a chain that is in use */
    FEDVAL_INTENT_FILE_READY = 2,       /**< "ready": a chain or a request that lies ready */
    FEDVAL_INTENT_FILE_ZONE = 3,        /**< "zone": a zone master file of today */
    FEDVAL_INTENT_FILE_EVIDENCE = 4,    /**< "evidence": saved evidence of today */
    FEDVAL_INTENT_FILE_TRUST = 5,       /**< "trust": private roots, and intermediates */
};

/** The word of a code (FEDVAL_INTENT_FILE_), as fedval_verdict_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_intent_file_to_string(uint32_t use);
/** The code of a word, as fedval_verdict_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_intent_file_from_string(const char *text, size_t text_len,
                                                        uint32_t *out_use);

/**
 * Reads one "fedval-intent/1" document (UTF-8 JSON, docs/schema/intent-1.json). A member that the
 * format does not have is an error, which names the nearest one, unless the document says
 * `"strict": false`.
 * @param error may be NULL; says what and where (line, column, offset, and the member's path)
 * @returns 0; NO_MEMORY; ARGUMENT; SYNTAX; FORMAT for a later format; LIMIT beyond 64 MiB, 10,000
 * domains, 64 clusters or 64 peers of one cluster. Free with fedval_intent_free. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_intent_new_from_json(const char *json, size_t json_len,
                                                     fedval_intent **out_intent,
                                                     fedval_error *error);
/**
 * The same, but a member that the format does not have is passed over, whatever the document says:
 * for a document of a later edition that cannot be changed. So it is in evidence that is supplied
 * for it. @param json, json_len, error as
 * fedval_intent_new_from_json @returns as fedval_intent_new_from_json. Free with
 * fedval_intent_free.
 * @since 0.1.0
 */
FEDVAL_API fedval_status fedval_intent_new_from_json_lenient(const char *json, size_t json_len,
                                                             fedval_intent **out_intent,
                                                             fedval_error *error);
/** Accepts NULL. @since 0.1.0 */
FEDVAL_API void fedval_intent_free(fedval_intent *intent);
/**
 * The document, without what was supplied for its files. It is on one line, no newline at its end.
 * @param out_json malloc'ed, NUL-ended; free with fedval_text_free @param out_len bytes; may be
 * NULL @returns 0; NO_MEMORY; ARGUMENT. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_intent_to_json(const fedval_intent *intent, char **out_json,
                                               size_t *out_len);

/* ---- what it names ---- */

/** How many domains there are. @since 0.1.0 */
FEDVAL_API size_t fedval_intent_count_domains(const fedval_intent *intent);
/** Returns domain `index`, as A-labels; NULL past the end. Borrowed, as long as the intent. @since
 * 0.1.0 */
FEDVAL_API const char *fedval_intent_get_domain(const fedval_intent *intent, size_t index);
/** The resolver to ask for what there is today; NULL: the intent names none. Borrowed.
 * @since 0.1.0 */
FEDVAL_API const char *fedval_intent_get_resolver(const fedval_intent *intent);
/** 1 when the intent asks for a live look at what there is today, else 0. @since 0.1.0 */
FEDVAL_API uint32_t fedval_intent_is_live(const fedval_intent *intent);
/** How many files it names; one that it names twice counts twice. @since 0.1.0 */
FEDVAL_API size_t fedval_intent_count_files(const fedval_intent *intent);
/** The name of a file, as the intent has it; NULL past the end. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_intent_get_file_path(const fedval_intent *intent, size_t index);
/** FEDVAL_INTENT_FILE_; 0 past the end. @since 0.1.0 */
FEDVAL_API uint32_t fedval_intent_get_file_use(const fedval_intent *intent, size_t index);

/**
 * Hands over what a file holds. A file that is never supplied counts as not known.
 * @param data copied; a certificate, a request or a trust list in any form that
 * fedval_certificate_list_new and fedval_request_new read; or "fedval-evidence/1" documents, one a
 * line @param data_len bytes
 * @param error may be NULL; says what the file holds instead, and where
 * @returns 0; NO_MEMORY; ARGUMENT for NULL and for a zone file, which a resolver port reads;
 * SYNTAX or NOT_FOUND for a file that holds something else; NOT_FOUND past the end; FORMAT for
 * evidence of a later format; LIMIT. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_intent_supply_file(fedval_intent *intent, size_t index,
                                                   const void *data, size_t data_len,
                                                   fedval_error *error);
/**
 * Says in which zone the records of a domain are. What the document says of it stays. Without
 * either, a domain is taken for a zone of its own.
 * @param index which of the domains, as fedval_intent_get_domain @param zone UTF-8 or A-labels,
 * zone_len bytes: the domain or a parent of it
 * @returns 0; NO_MEMORY; ARGUMENT for NULL; SYNTAX for what is no name, or neither the domain nor a
 * parent of it; NOT_FOUND past the end. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_intent_set_zone(fedval_intent *intent, size_t index,
                                                const char *zone, size_t zone_len);
/**
 * What there is today, for the domain that the evidence is of. Later evidence about a domain
 * replaces earlier.
 * @param evidence copied; of a domain that the intent does not have: passed over
 * @returns 0; NO_MEMORY; ARGUMENT. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_intent_append_evidence(fedval_intent *intent,
                                                       const fedval_evidence *evidence);

#ifdef __cplusplus
}
#endif

#endif
