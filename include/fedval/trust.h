/*
 * Trust: the anchors (trusted roots) and CRLs that chains are judged with, and a cache of
 * signatures that were found good. A judge with roots of its own needs none of these objects
 * (fedval_judge_append_anchors); they are for roots and CRLs that several judges share.
 *
 * One private root for two judges:
 *
 *     fedval_anchors *anchors = NULL;
 *     fedval_status status = fedval_anchors_new(&anchors);
 *     if (status == FEDVAL_OK)
 *         status = fedval_anchors_append(anchors, FEDVAL_ANCHOR_PRIVATE, pem, pem_len, error);
 *     if (status == FEDVAL_OK)
 *         status = fedval_anchors_seal(anchors, verifier);
 *     if (status == FEDVAL_OK)
 *         status = fedval_judge_set_anchors(judge, anchors);
 *     if (status == FEDVAL_OK)
 *         status = fedval_judge_set_anchors(other_judge, anchors);
 *     fedval_anchors_free(anchors);
 *
 * The judges keep what they share. Functions that take no object may be called from any thread.
 */
#ifndef FEDVAL_TRUST_H
#define FEDVAL_TRUST_H

#include "fedval/backend.h"
#include "fedval/certificate.h"
#include "fedval/policy.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The class of an anchor. */
enum { FEDVAL_ANCHOR_PUBLIC = 1, FEDVAL_ANCHOR_PRIVATE = 2 };

/** The result of the search for a path to an anchor: "trust" in a report. */
enum {
    FEDVAL_TRUST_NOT_CHECKED = 0,
    FEDVAL_TRUST_BY_PUBLIC = 1,  /**< accepted, the anchor is public */
    FEDVAL_TRUST_BY_PRIVATE = 2, /**< accepted, the anchor is private */
    FEDVAL_TRUST_NONE = 3,       /**< no path is accepted */
    FEDVAL_TRUST_UNKNOWN = 4,    /**< could not be told (a limit, an unsupported algorithm) */
};

/** What is known of the revocation of one certificate of a path. */
enum {
    FEDVAL_REVOCATION_NOT_ASKED = 0,   /**< an anchor: its revocation means nothing */
    FEDVAL_REVOCATION_NOT_CHECKED = 1, /**< no CRL that was given decides it */
    FEDVAL_REVOCATION_GOOD = 2,        /**< checked: CRLs that cover it do not list it */
    FEDVAL_REVOCATION_REVOKED = 3,     /**< a CRL lists it */
};

/** The purpose a chain is evaluated for. */
enum { FEDVAL_PURPOSE_ANY = 0, FEDVAL_PURPOSE_SERVER = 1, FEDVAL_PURPOSE_CLIENT = 2 };

/**
 * The word of a code (FEDVAL_ANCHOR_), as JSON has it. The functions below that give the
 * word of another code do the same.
 * @returns a static string; NULL for an unknown code. Threads: any. @since 0.1.0
 */
FEDVAL_API const char *fedval_anchor_class_to_string(uint32_t anchor_class);
/** The word of a code (FEDVAL_TRUST_), as fedval_anchor_class_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_trust_to_string(uint32_t trust);
/** The word of a code (FEDVAL_REVOCATION_), as fedval_anchor_class_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_revocation_to_string(uint32_t revocation);
/** The word of a code (FEDVAL_PURPOSE_), as fedval_anchor_class_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_purpose_to_string(uint32_t purpose);
/**
 * The code of a word: the inverse of fedval_anchor_class_to_string. The functions below that read
 * the word of another code do the same.
 * @param text the word, `text_len` bytes
 * @returns 0; ARGUMENT for NULL; NOT_FOUND for an unknown word. Threads: any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_anchor_class_from_string(const char *text, size_t text_len,
                                                         uint32_t *out_class);
/** The code of a word, as fedval_anchor_class_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_trust_from_string(const char *text, size_t text_len,
                                                  uint32_t *out_trust);
/** The code of a word, as fedval_anchor_class_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_revocation_from_string(const char *text, size_t text_len,
                                                       uint32_t *out_revocation);
/** The code of a word, as fedval_anchor_class_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_purpose_from_string(const char *text, size_t text_len,
                                                    uint32_t *out_purpose);

/**
 * A set of trust anchors. Judges share it (fedval_judge_set_anchors). Threads: one while
 * certificates are added; once sealed it never changes and may be shared by any number of threads.
 */
typedef struct fedval_anchors fedval_anchors;

/** An empty set. @returns 0; NO_MEMORY; ARGUMENT for NULL. Free with fedval_anchors_free.
 * @since 0.1.0 */
FEDVAL_API fedval_status fedval_anchors_new(fedval_anchors **out_anchors);
/** Accepts NULL. @since 0.1.0 */
FEDVAL_API void fedval_anchors_free(fedval_anchors *anchors);
/**
 * Adds every certificate of a PEM text, or one DER certificate (told apart by the bytes). The bytes
 * are copied. Duplicates are kept once, public winning over private.
 * @param anchor_class FEDVAL_ANCHOR_. @param error may be NULL.
 * @returns 0; NO_MEMORY; ARGUMENT; SYNTAX (nothing was added; error names the line); STATE once
 * sealed.
 * @since 0.1.0
 */
FEDVAL_API fedval_status fedval_anchors_append(fedval_anchors *anchors, uint32_t anchor_class,
                                               const void *data, size_t data_len,
                                               fedval_error *error);
/** Ends the building. @param verifier computes the digests of the anchors. The anchors also keep
 * the keys that it opens while chains are evaluated. It may be freed before them. NULL: digests
 * stay unknown.
 * @returns 0; NO_MEMORY; STATE when sealed already. @since 0.1.0 */
FEDVAL_API fedval_status fedval_anchors_seal(fedval_anchors *anchors,
                                             const fedval_verifier *verifier);
/** How many there are of a class (0: of both). @since 0.1.0 */
FEDVAL_API size_t fedval_anchors_count(const fedval_anchors *anchors, uint32_t anchor_class);
/**
 * One anchor, in the order in which they were added; fedval_certificate_new reads it.
 * @param anchor_class FEDVAL_ANCHOR_, 0: of both @param index below fedval_anchors_count of it
 * @param out_class FEDVAL_ANCHOR_ @param out_len bytes; each may be NULL
 * @returns its DER, valid as long as the anchors; NULL past the end. @since 0.1.0
 */
FEDVAL_API const uint8_t *fedval_anchors_get(const fedval_anchors *anchors, uint32_t anchor_class,
                                             size_t index, uint32_t *out_class, size_t *out_len);

/**
 * CRLs given by the caller. Threads: one while CRLs are added; afterwards any number may share it.
 * fedval_crls_seal refuses later additions.
 */
typedef struct fedval_crls fedval_crls;
/**
 * An empty collection. @returns 0; NO_MEMORY; ARGUMENT for NULL. Free with fedval_crls_free.
 * @since 0.1.0
 */
FEDVAL_API fedval_status fedval_crls_new(fedval_crls **out_crls);
/** Accepts NULL. @since 0.1.0 */
FEDVAL_API void fedval_crls_free(fedval_crls *crls);
/** One DER CRL or every CRL of a PEM text. @param data, data_len, error as fedval_anchors_append
 * @returns as fedval_anchors_append. @since 0.1.0 */
FEDVAL_API fedval_status fedval_crls_append(fedval_crls *crls, const void *data, size_t data_len,
                                            fedval_error *error);
/** Ends the building: later calls of fedval_crls_append are refused. CRLs that are not sealed can
 * be used too.
 * @returns 0; ARGUMENT for NULL; STATE when sealed already. @since 0.1.0 */
FEDVAL_API fedval_status fedval_crls_seal(fedval_crls *crls);
/** How many CRLs there are. @since 0.1.0 */
FEDVAL_API size_t fedval_crls_count(const fedval_crls *crls);
/** DER of a CRL, in the order in which they were added, valid as long as the CRLs; NULL past the
 * end. @param out_len bytes; may be NULL. @since 0.1.0 */
FEDVAL_API const uint8_t *fedval_crls_get(const fedval_crls *crls, size_t index, size_t *out_len);
/** Who issued a CRL, for people ("CN=Lab CA"), valid as long as the CRLs; NULL past the end.
 * @since 0.1.0 */
FEDVAL_API const char *fedval_crls_get_issuer(const fedval_crls *crls, size_t index);
/** When a CRL was issued, seconds since 1970; FEDVAL_TIME_UNKNOWN when it cannot be read, and past
 * the end. @since 0.1.0 */
FEDVAL_API int64_t fedval_crls_get_this_update(const fedval_crls *crls, size_t index);
/** When the next one is due, seconds since 1970; FEDVAL_TIME_UNKNOWN when it is not said, and past
 * the end. @since 0.1.0 */
FEDVAL_API int64_t fedval_crls_get_next_update(const fedval_crls *crls, size_t index);
/** How many certificates a CRL revokes; 0 past the end. @since 0.1.0 */
FEDVAL_API size_t fedval_crls_count_revoked(const fedval_crls *crls, size_t index);
/** The serial number of one that a CRL revokes (contents of the INTEGER), valid as long as the
 * CRLs; NULL past the end. @param out_time when it was revoked, seconds since 1970
 * @param out_len bytes; each may be NULL. @since 0.1.0 */
FEDVAL_API const uint8_t *fedval_crls_get_revoked(const fedval_crls *crls, size_t index,
                                                  size_t entry, int64_t *out_time, size_t *out_len);

/**
 * A verifier that remembers good signatures in front of another one: bounded, safe for threads,
 * keyed by SHA-256 of the issuer's SPKI and of what was signed; a failure is never remembered.
 * @param verifier may be freed before it @param capacity pairs kept, at least 1
 * @returns 0; NO_MEMORY; ARGUMENT. Free with fedval_verifier_free. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_verify_cache_new(const fedval_verifier *verifier, size_t capacity,
                                                 fedval_verifier **out_cache);

/**
 * "fedval-anchors/1" on one line: each with its class; digests are null before the anchors are
 * sealed with a verifier.
 * @param out_json malloc'ed, NUL-ended, free with fedval_text_free @param out_len bytes; may be
 * NULL
 * @returns 0; NO_MEMORY; ARGUMENT. Threads: any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_anchors_to_json(const fedval_anchors *anchors, char **out_json,
                                                size_t *out_len);
/** "fedval-crls/1" on one line: the issuer of each, when it was issued, when the next one is due,
 * and how many it revokes. @param out_json, out_len as fedval_anchors_to_json
 * @returns as fedval_anchors_to_json. @since 0.1.0 */
FEDVAL_API fedval_status fedval_crls_to_json(const fedval_crls *crls, char **out_json,
                                             size_t *out_len);

#ifdef __cplusplus
}
#endif

#endif
