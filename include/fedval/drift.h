/*
 * Drift: what has changed between two reports on a domain. A state is what a report says without
 * what changes by itself (TTLs, times, the order of records); a drift compares two of them.
 *
 *     fedval_state *before = NULL, *now = NULL;
 *     fedval_drift *drift = NULL;
 *     fedval_status status = fedval_state_new_from_json(saved, saved_len, &before, NULL);
 *     if (status == FEDVAL_OK)
 *         status = fedval_state_new(report, &now);
 *     if (status == FEDVAL_OK)
 *         status = fedval_drift_new(before, now, &drift);
 *     if (status == FEDVAL_OK && fedval_drift_get_change(drift) == FEDVAL_CHANGE_WORSE)
 *         alarm(fedval_drift_get_domain(drift));
 *
 * Worked example: yesterday acano.steven.lab had the SRV target vcse.acano.steven.lab and passed;
 * today the target is vcse.steven.lab. The change is "worse", and its items are: the verdict,
 * from pass to fail; requirement R2, from pass to fail; the finding srv-target-outside-domain,
 * which is new; the SRV record, from "0 0 5061 vcse.acano.steven.lab" to "0 0 5061
 * vcse.steven.lab". A certificate with the same subject, names, issuer and purposes that has
 * another serial number or other dates is a renewal, and no more than that.
 *
 * Functions that take no object may be called from any thread.
 */
#ifndef FEDVAL_DRIFT_H
#define FEDVAL_DRIFT_H

#include "fedval/report.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What became of a domain, or of one thing of it. */
enum {
    FEDVAL_CHANGE_NONE = 1,   /**< "none" */
    FEDVAL_CHANGE_WORSE = 2,  /**< "worse" */
    FEDVAL_CHANGE_BETTER = 3, /**< "better" */
    FEDVAL_CHANGE_OTHER = 4   /**< "other": neither worse nor better */
};

/** What changed. */
enum {
    FEDVAL_CHANGED_DOMAIN = 1,      /**< "domain": there is a report on one side only */
    FEDVAL_CHANGED_VERDICT = 2,     /**< "verdict" */
    FEDVAL_CHANGED_REQUIREMENT = 3, /**< "requirement": its verdict; the place is "R1" to "R8" */
    FEDVAL_CHANGED_FINDING = 4,     /**< "finding": its severity; the place names it */
    FEDVAL_CHANGED_PROFILE = 5,     /**< "profile": who judged */
    FEDVAL_CHANGED_SRV = 6,         /**< "srv": a record, "0 0 5061 expe.example.com" */
    FEDVAL_CHANGED_ADDRESS = 7,     /**< "address": of the host that is the place */
    FEDVAL_CHANGED_CERTIFICATE = 8, /**< "certificate": the place is the host that presents it */
    FEDVAL_CHANGED_NAMES = 9,       /**< "names": of that certificate */
    FEDVAL_CHANGED_ISSUER = 10,     /**< "issuer": the same */
    FEDVAL_CHANGED_EKU = 11         /**< "eku": its extended key usage */
};

/** The word of a code (FEDVAL_CHANGE_), as JSON has it. @returns a static string; NULL for an
 * unknown code. Threads: any. @since 0.1.0 */
FEDVAL_API const char *fedval_change_to_string(uint32_t change);
/** The word of a code (FEDVAL_CHANGED_), as fedval_change_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_changed_to_string(uint32_t changed);
/**
 * The code of a word: the inverse of fedval_change_to_string. @param text the word, `text_len`
 * bytes @returns 0; ARGUMENT for NULL; NOT_FOUND for an unknown word. Threads: any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_change_from_string(const char *text, size_t text_len,
                                                   uint32_t *out_change);
/** The code of a word, as fedval_change_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_changed_from_string(const char *text, size_t text_len,
                                                    uint32_t *out_changed);

/* ---- the state of a domain ---- */

/** What a report says, without what changes by itself. It never changes; any number of threads may
 * read it. */
typedef struct fedval_state fedval_state;

/** The state that a report tells of. It keeps copies. @returns 0; NO_MEMORY; ARGUMENT for NULL.
 * Free with fedval_state_free. Threads: any. @since 0.1.0 */
FEDVAL_API fedval_status fedval_state_new(const fedval_report *report, fedval_state **out_state);
/**
 * The state that a "fedval-report/1" document tells of (UTF-8 JSON), of this edition of the library
 * or of another. Only what is compared is read.
 * @param json json_len bytes, at most 64 MiB @param error may be NULL; says what is wrong, and in
 * which line
 * @returns 0; NO_MEMORY; ARGUMENT for NULL; SYNTAX; FORMAT for another kind of document; LIMIT for
 * a document that is too large, too deep, or tells of too much. Free with fedval_state_free.
 * Threads: any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_state_new_from_json(const char *json, size_t json_len,
                                                    fedval_state **out_state, fedval_error *error);
/** Accepts NULL. @since 0.1.0 */
FEDVAL_API void fedval_state_free(fedval_state *state);
/** The domain as A-labels. Borrowed, as long as the state. @since 0.1.0 */
FEDVAL_API const char *fedval_state_get_domain(const fedval_state *state);
/** The word of the profile that judged. Borrowed, as long as the state. @since 0.1.0 */
FEDVAL_API const char *fedval_state_get_profile(const fedval_state *state);

/* ---- what changed ---- */

/** What changed between two states, the worse first. Nothing but redacting changes it; any number
 * of threads may read it. */
typedef struct fedval_drift fedval_drift;

/**
 * Compares two states of one domain. It keeps copies.
 * @param before the earlier one; NULL: there was none @param now the later one; NULL: there is
 * none. One of them must be there.
 * @returns 0; NO_MEMORY; ARGUMENT for two that are NULL, or of two domains. Free with
 * fedval_drift_free. Threads: any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_drift_new(const fedval_state *before, const fedval_state *now,
                                          fedval_drift **out_drift);
/**
 * Makes a drift that can be sent on, as fedval_report_redact does of a report: it is worked out of
 * the whole states first, so that two addresses or certificates are never taken for one.
 * @param before the states that it was made of, which name the certificates; NULL where
 * fedval_drift_new was given NULL
 * @returns 0; NO_MEMORY: the drift is then to be freed, not shown; ARGUMENT for no drift. Threads:
 * no other may use the drift meanwhile. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_drift_redact(fedval_drift *drift, const fedval_state *before,
                                             const fedval_state *now);
/** Accepts NULL. @since 0.1.0 */
FEDVAL_API void fedval_drift_free(fedval_drift *drift);
/** The domain as A-labels. Borrowed, as long as the drift. @since 0.1.0 */
FEDVAL_API const char *fedval_drift_get_domain(const fedval_drift *drift);
/** The word of the profile that judged now. Borrowed, as long as the drift. @since 0.1.0 */
FEDVAL_API const char *fedval_drift_get_profile(const fedval_drift *drift);
/**
 * FEDVAL_CHANGE_ of the domain as a whole. The verdict decides; where it is the same, the number of
 * errors, then of what is indeterminate, then of warnings, without those that are accepted. So what
 * is worse one way is better the other way.
 * @since 0.1.0
 */
FEDVAL_API uint32_t fedval_drift_get_change(const fedval_drift *drift);
/** How many things changed. @since 0.1.0 */
FEDVAL_API size_t fedval_drift_count_items(const fedval_drift *drift);

/** One thing that changed. Threads: any number of readers; it lives as long as the drift. */
typedef struct fedval_drift_item fedval_drift_item;

/** One of the things that changed; NULL past the end. Borrowed, as long as the drift. @since 0.1.0
 */
FEDVAL_API const fedval_drift_item *fedval_drift_get_item(const fedval_drift *drift, size_t index);
/** FEDVAL_CHANGED_: what it is. @since 0.1.0 */
FEDVAL_API uint32_t fedval_drift_item_get_changed(const fedval_drift_item *item);
/** FEDVAL_CHANGE_: whether it is worse; never NONE. @since 0.1.0 */
FEDVAL_API uint32_t fedval_drift_item_get_effect(const fedval_drift_item *item);
/** Where it is, as FEDVAL_CHANGED_ says; NULL: of the domain. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_drift_item_get_place(const fedval_drift_item *item);
/** FEDVAL_ROLE_ of the certificate that changed; 0: it is not about one. @since 0.1.0 */
FEDVAL_API uint32_t fedval_drift_item_get_role(const fedval_drift_item *item);
/** What was there; NULL: nothing was. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_drift_item_get_old(const fedval_drift_item *item);
/** What is there now; NULL: nothing is. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_drift_item_get_new(const fedval_drift_item *item);
/** 1 where a certificate was renewed, and nothing else of it changed, else 0. @since 0.1.0 */
FEDVAL_API uint32_t fedval_drift_item_is_renewal(const fedval_drift_item *item);

/** Writes "fedval-diff/1" on one line. @param out_json malloc'ed, NUL-ended; free with
 * fedval_text_free @param out_len bytes; may be NULL @returns 0; NO_MEMORY; ARGUMENT.
 * @since 0.1.0 */
FEDVAL_API fedval_status fedval_drift_to_json(const fedval_drift *drift, char **out_json,
                                              size_t *out_len);

#ifdef __cplusplus
}
#endif

#endif
