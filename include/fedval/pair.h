/*
 * A pair: both sides of one federation. Each side's domain is judged by the other side's rules, and
 * the two reports together say which calls work:
 *
 *     fedval_pair *pair = NULL;
 *     if (fedval_pair_new(cisco, microsoft, &pair) == FEDVAL_OK &&
 *         fedval_pair_get_outlook(pair, FEDVAL_WAY_TO_MICROSOFT) == FEDVAL_OUTLOOK_BROKEN)
 *         for (size_t i = 0; i < fedval_pair_count_reasons(pair); i++)
 *             explain(fedval_pair_get_reason(pair, i));
 *     fedval_pair_free(pair);
 *
 * Worked example: the SRV target of acano.steven.lab is vcse.steven.lab, which the Edge refuses in
 * both directions; skype.lab is sound. Calls to Microsoft and from it are broken, and so are
 * presence and the call back, all because of srv-target-outside-domain of the Cisco side. "Works"
 * means what "pass" means: nothing that DNS and certificates tell prevents it.
 *
 * Functions that take no object may be called from any thread.
 */
#ifndef FEDVAL_PAIR_H
#define FEDVAL_PAIR_H

#include "fedval/report.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What two federated sides do. */
enum {
    FEDVAL_WAY_TO_MICROSOFT = 1,   /**< "to-microsoft": calls from Cisco to Microsoft */
    FEDVAL_WAY_FROM_MICROSOFT = 2, /**< "from-microsoft": calls from Microsoft to Cisco */
    FEDVAL_WAY_PRESENCE = 3,       /**< "presence": it takes both directions */
    FEDVAL_WAY_CALL_BACK = 4       /**< "call-back": from Microsoft to whoever From named */
};

/** Whether it works, as far as can be seen. */
enum {
    FEDVAL_OUTLOOK_WORKS = 1,  /**< "works": nothing that was seen is against it */
    FEDVAL_OUTLOOK_BROKEN = 2, /**< "broken" */
    FEDVAL_OUTLOOK_UNKNOWN = 3 /**< "unknown": what was seen does not decide */
};

/** The word of a code (FEDVAL_WAY_), as JSON has it. @returns a static string; NULL for an
 * unknown code. Threads: any. @since 0.1.0 */
FEDVAL_API const char *fedval_way_to_string(uint32_t way);
/** The word of a code (FEDVAL_OUTLOOK_), as fedval_way_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_outlook_to_string(uint32_t outlook);
/**
 * The code of a word: the inverse of fedval_way_to_string. @param text the word, `text_len` bytes
 * @returns 0; ARGUMENT for NULL; NOT_FOUND for an unknown word. Threads: any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_way_from_string(const char *text, size_t text_len,
                                                uint32_t *out_way);
/** The code of a word, as fedval_way_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_outlook_from_string(const char *text, size_t text_len,
                                                    uint32_t *out_outlook);

/**
 * Says under which profile a side of a federation is to be judged: by the rules of whoever is on
 * the other side. Expressway judges the Microsoft side. An Edge judges the Cisco side, or, where
 * the domain of the Microsoft side leads to Microsoft itself, its cloud.
 * @param side FEDVAL_SIDE_ (fedval/policy.h) @param microsoft the report on the Microsoft side;
 * NULL: not known. Only the profile of the Cisco side depends on it
 * @returns FEDVAL_PROFILE_ (fedval/policy.h); 0 for another side. Threads: any. @since 0.1.0
 */
FEDVAL_API uint32_t fedval_pair_choose_profile(uint32_t side, const fedval_report *microsoft);

/** Two reports, and what follows from both. It never changes; any number of threads may read it. */
typedef struct fedval_pair fedval_pair;

/**
 * Puts two reports together.
 * @param cisco on a domain of the Cisco side @param microsoft on one of the Microsoft side; both
 * are borrowed, and have to live as long as the pair
 * @returns 0; NO_MEMORY; ARGUMENT for NULL, or a report of the other side. Free with
 * fedval_pair_free. Threads: any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_pair_new(const fedval_report *cisco, const fedval_report *microsoft,
                                         fedval_pair **out_pair);
/** Accepts NULL. @since 0.1.0 */
FEDVAL_API void fedval_pair_free(fedval_pair *pair);
/** The report on the Cisco side. Borrowed. @since 0.1.0 */
FEDVAL_API const fedval_report *fedval_pair_get_cisco(const fedval_pair *pair);
/** The report on the Microsoft side. Borrowed. @since 0.1.0 */
FEDVAL_API const fedval_report *fedval_pair_get_microsoft(const fedval_pair *pair);
/** FEDVAL_OUTLOOK_ of a FEDVAL_WAY_; UNKNOWN for any other number. @since 0.1.0 */
FEDVAL_API uint32_t fedval_pair_get_outlook(const fedval_pair *pair, uint32_t way);

/** 1 when the SRV record of the Cisco side leads to Microsoft, so the two may have been given the
 * wrong way round; else 0. @since 0.1.0 */
FEDVAL_API uint32_t fedval_pair_is_perhaps_swapped(const fedval_pair *pair);

/** Why something is broken or unknown. Threads: any number of readers; it lives as long as the
 * pair. */
typedef struct fedval_pair_reason fedval_pair_reason;

/** FEDVAL_OUTLOOK_ of all ways together: BROKEN where one is, WORKS where each does. @since 0.1.0
 */
FEDVAL_API uint32_t fedval_pair_get_outlook_of_all(const fedval_pair *pair);
/** How many reasons there are, for all ways. @since 0.1.0 */
FEDVAL_API size_t fedval_pair_count_reasons(const fedval_pair *pair);
/** Returns reason `index`; NULL past the end. Borrowed. @since 0.1.0 */
FEDVAL_API const fedval_pair_reason *fedval_pair_get_reason(const fedval_pair *pair, size_t index);
/** FEDVAL_WAY_ that it speaks of. @since 0.1.0 */
FEDVAL_API uint32_t fedval_pair_reason_get_way(const fedval_pair_reason *reason);
/** FEDVAL_OUTLOOK_ that it makes: BROKEN or UNKNOWN. @since 0.1.0 */
FEDVAL_API uint32_t fedval_pair_reason_get_outlook(const fedval_pair_reason *reason);
/** FEDVAL_SIDE_ (fedval/policy.h) whose report says so. @since 0.1.0 */
FEDVAL_API uint32_t fedval_pair_reason_get_side(const fedval_pair_reason *reason);
/** The finding of that report; NULL: none, a requirement was not checked. Borrowed. @since 0.1.0 */
FEDVAL_API const fedval_finding *fedval_pair_reason_get_finding(const fedval_pair_reason *reason);
/** Which of that report's findings it is; SIZE_MAX: none. @since 0.1.0 */
FEDVAL_API size_t fedval_pair_reason_get_finding_index(const fedval_pair_reason *reason);
/** The requirement that was not checked, 1 to 8; 0: there is a finding. @since 0.1.0 */
FEDVAL_API uint32_t fedval_pair_reason_get_requirement(const fedval_pair_reason *reason);

/** The host or the address, on the same port, that both domains lead to; NULL: there is none. One
 * server is no partner of itself, so no way of such a pair works: each is broken or unknown.
 * Borrowed, as long as the reports. @since 0.1.0 */
FEDVAL_API const char *fedval_pair_get_shared_server(const fedval_pair *pair);

/** How many things were not checked of one side or of both. @since 0.1.0 */
FEDVAL_API size_t fedval_pair_count_not_seen(const fedval_pair *pair);
/** Returns item `index` that was not seen, as fedval_report_get_not_checked; NULL past the end.
 * Borrowed, as long as the reports. @since 0.1.0 */
FEDVAL_API const char *fedval_pair_get_not_seen(const fedval_pair *pair, size_t index);
/** FEDVAL_NOT_CHECKED_ (fedval/report.h) of one of them; 0 past the end. @since 0.1.0 */
FEDVAL_API uint32_t fedval_pair_get_not_seen_kind(const fedval_pair *pair, size_t index);

/** Writes "fedval-pair/1" on one line. @param out_json malloc'ed, NUL-ended; free with
 * fedval_text_free @param out_len bytes; may be NULL @returns 0; NO_MEMORY; ARGUMENT.
 * @since 0.1.0 */
FEDVAL_API fedval_status fedval_pair_to_json(const fedval_pair *pair, char **out_json,
                                             size_t *out_len);

#ifdef __cplusplus
}
#endif

#endif
