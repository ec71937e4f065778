/*
 * Topics: everything that can be explained. They are the findings of the catalogue
 * (fedval/catalogue.h), the requirements, and the codes and words that products report: an
 * ms-diagnostics id, a SIP status, a TLS alert, an event of Windows.
 *
 *     size_t topics[8];
 *     size_t count = 0;
 *     uint32_t answer = 0;
 *     if (fedval_topics_find("1010", FEDVAL_NUL_ENDED, 8, topics, &count, &answer) == FEDVAL_OK
 *         && count > 0)
 *         printf("%s\n", fedval_topic_get_meaning(topics[0]));
 *
 * Topics are constant: all texts are static, and any thread may read them at any time.
 */
#ifndef FEDVAL_TOPIC_H
#define FEDVAL_TOPIC_H

#include "fedval/catalogue.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What a topic is, and whose numbers it counts with. Numbers are permanent. */
enum {
    FEDVAL_TOPIC_FINDING = 1,         /**< "finding": a row of the catalogue */
    FEDVAL_TOPIC_REQUIREMENT = 2,     /**< "requirement": R1 to R8 */
    FEDVAL_TOPIC_PROFILE = 3,         /**< "profile" */
    FEDVAL_TOPIC_MS_DIAGNOSTICS = 4,  /**< "ms-diagnostics": an id of that header */
    FEDVAL_TOPIC_EDGE_RESULT = 5,     /**< "edge-result": SIPPROXY_E_, in a record of the Edge */
    FEDVAL_TOPIC_HRESULT = 6,         /**< "hresult": SChannel, certificates, winsock, DNS */
    FEDVAL_TOPIC_WINSOCK = 7,         /**< "winsock": a bare winsock error */
    FEDVAL_TOPIC_WINDOWS_EVENT = 8,   /**< "windows-event" */
    FEDVAL_TOPIC_SIP_STATUS = 9,      /**< "sip-status" */
    FEDVAL_TOPIC_TLS_ALERT = 10,      /**< "tls-alert" */
    FEDVAL_TOPIC_OPENSSL_VERIFY = 11, /**< "openssl-verify": X509_V_ERR_ */
    FEDVAL_TOPIC_SENTENCE = 12,       /**< "sentence": words that a product writes */
    FEDVAL_TOPIC_PLACE = 13,          /**< "place": where to look on a product */
    FEDVAL_TOPIC_RANGE = 14,          /**< "range": whose numbers they are */
};

/** What was found for a text. Numbers are permanent. */
enum {
    FEDVAL_ANSWER_KNOWN = 1,   /**< "known" */
    FEDVAL_ANSWER_RANGE = 2,   /**< "range": the number is not known, but whose numbers those are */
    FEDVAL_ANSWER_SIMILAR = 3, /**< "similar": no code; the topics hold its words */
    FEDVAL_ANSWER_UNKNOWN = 4, /**< "unknown" */
};

/** The word of a code (FEDVAL_TOPIC_), as fedval_severity_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_topic_to_string(uint32_t topic);
/** The code of a word, as fedval_severity_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_topic_from_string(const char *text, size_t text_len,
                                                  uint32_t *out_topic);
/** The word of a code (FEDVAL_ANSWER_), as fedval_severity_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_answer_to_string(uint32_t answer);
/** The code of a word, as fedval_severity_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_answer_from_string(const char *text, size_t text_len,
                                                   uint32_t *out_answer);

/**
 * How many topics there are. A topic is named by its place, 0 to count - 1; the places may change
 * with the version of the library. @since 0.1.0
 */
FEDVAL_API size_t fedval_topic_count(void);
/** FEDVAL_TOPIC_; 0 past the end. @since 0.1.0 */
FEDVAL_API uint32_t fedval_topic_get_kind(size_t topic);
/** Its number among those of its kind; for a requirement 1 to 8; 0 where it has none. @since 0.1.0
 */
FEDVAL_API uint32_t fedval_topic_get_number(size_t topic);
/** Its id or symbol, "srv-missing", "SEC_E_WRONG_PRINCIPAL", "unknown_ca"; NULL where it has none
 * or past the end. Static. @since 0.1.0 */
FEDVAL_API const char *fedval_topic_get_name(size_t topic);
/** What it means, one line; NULL past the end. Static. @since 0.1.0 */
FEDVAL_API const char *fedval_topic_get_meaning(size_t topic);
/** FEDVAL_FINDING_ that it speaks for; 0 where it speaks for none. @since 0.1.0 */
FEDVAL_API uint32_t fedval_topic_get_finding(size_t topic);

/**
 * The topics that a text stands for, the likeliest first: a code with or without its kind ("1010",
 * "TLS alert 42", "sip 404", "event 36884", "-2146893022"), a symbol, an id, a sentence from a log.
 * @param text, text_len UTF-8; quotes, brackets and punctuation around it are ignored
 * @param max_topics how many at most, 1 to 4096; 8 is enough for any code
 * @param out_topics room for max_topics places
 * @param out_count how many were written
 * @param out_answer FEDVAL_ANSWER_
 * @returns 0, also where nothing is known; ARGUMENT for NULL, and for another max_topics. Threads:
 * any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_topics_find(const char *text, size_t text_len, size_t max_topics,
                                            size_t *out_topics, size_t *out_count,
                                            uint32_t *out_answer);

/** "fedval-explanation/1" on one line: what fedval_explanation_to_text (fedval/render.h) shows,
 * with everything that is known. @param text, text_len, out_answer as fedval_topics_find
 * @param out_json, out_len as fedval_catalogue_entry_to_json @returns 0; NO_MEMORY; ARGUMENT.
 * @since 0.1.0 */
FEDVAL_API fedval_status fedval_explanation_to_json(const char *text, size_t text_len,
                                                    char **out_json, size_t *out_len,
                                                    uint32_t *out_answer);

#ifdef __cplusplus
}
#endif

#endif
