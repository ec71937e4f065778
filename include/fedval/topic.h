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
 *     for (size_t i = 0; count > 0 && i < fedval_topic_count_causes(topics[0]); i++) {
 *         const fedval_cause *cause = fedval_topic_get_cause(topics[0], i);
 *         printf("%s: %s\n", fedval_likelihood_to_string(fedval_cause_get_likelihood(cause)),
 *                fedval_cause_get_when(cause));
 *     }
 *
 * Topics are constant: all texts are static, and any thread may read them at any time. Getters
 * accept a topic past the end and NULL, and give 0 or NULL for them.
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

/** How likely a cause is, beside the other causes of the same code. Numbers are permanent. */
enum {
    FEDVAL_LIKELIHOOD_MOST_OFTEN = 1, /**< "most often" */
    FEDVAL_LIKELIHOOD_OFTEN = 2,      /**< "often" */
    FEDVAL_LIKELIHOOD_AT_TIMES = 3,   /**< "at times" */
    FEDVAL_LIKELIHOOD_RARELY = 4,     /**< "rarely" */
};

/** The word of a code (FEDVAL_TOPIC_), as fedval_severity_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_topic_to_string(uint32_t topic);
/** The code of a word, as fedval_severity_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_topic_from_string(const char *text, size_t text_len,
                                                  uint32_t *out_topic);
/** The words of a code (FEDVAL_LIKELIHOOD_), as fedval_severity_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_likelihood_to_string(uint32_t likelihood);
/** The code of its words, as fedval_severity_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_likelihood_from_string(const char *text, size_t text_len,
                                                       uint32_t *out_likelihood);
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
/** FEDVAL_TOPIC_. @since 0.1.0 */
FEDVAL_API uint32_t fedval_topic_get_kind(size_t topic);
/** Its number among those of its kind: FEDVAL_FINDING_ of a finding, 1 to 8 of a requirement, the
 * first of a range; 0 where it has none. @since 0.1.0 */
FEDVAL_API uint32_t fedval_topic_get_number(size_t topic);
/** The last number of a range; of every other topic its number. @since 0.1.0 */
FEDVAL_API uint32_t fedval_topic_get_last_number(size_t topic);
/**
 * The topic's code as products and people write it: "1010", "0x80090322", "srv-missing", "R2",
 * "50000 to 59999".
 * @param out_text NUL-ended, free with fedval_text_free
 * @param out_len may be NULL
 * @returns 0; NOT_FOUND for a sentence, which has no code, and past the end; NO_MEMORY; ARGUMENT
 * for NULL. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_topic_code_to_text(size_t topic, char **out_text, size_t *out_len);
/** Its id or symbol, "srv-missing", "SEC_E_WRONG_PRINCIPAL", "unknown_ca", or the sentence; NULL
 * where it has none. Static. @since 0.1.0 */
FEDVAL_API const char *fedval_topic_get_name(size_t topic);
/** What it means, one line; of a place the page, path or command. Static. @since 0.1.0 */
FEDVAL_API const char *fedval_topic_get_meaning(size_t topic);
/** FEDVAL_CERTAINTY_ of the meaning; 0 where it is no statement about a product. @since 0.1.0 */
FEDVAL_API uint32_t fedval_topic_get_certainty(size_t topic);
/** FEDVAL_FINDING_ that it speaks for; 0 where it speaks for none. The entry of that finding
 * (fedval_catalogue_find) says what mends it, and of a finding also the source. @since 0.1.0 */
FEDVAL_API uint32_t fedval_topic_get_finding(size_t topic);
/** What to do next, where the remedy of the finding does not say it; else NULL. A template, as in
 * fedval/catalogue.h. Static. @since 0.1.0 */
FEDVAL_API const char *fedval_topic_get_advice(size_t topic);
/** What a requirement or a profile asks, in a few sentences; NULL for other topics. Static.
 * @since 0.1.0 */
FEDVAL_API const char *fedval_topic_get_text(size_t topic);
/** What no document confirms of a requirement or a profile; NULL where there is nothing. Static.
 * @since 0.1.0 */
FEDVAL_API const char *fedval_topic_get_unsure(size_t topic);

/* ---- causes ---- */

/** One cause of a code that may have several. Threads: any; it is constant. */
typedef struct fedval_cause fedval_cause;

/** How many causes are known; 0: the finding alone. @since 0.1.0 */
FEDVAL_API size_t fedval_topic_count_causes(size_t topic);
/** A cause by its place, the likeliest first; NULL past the end. Static. @since 0.1.0 */
FEDVAL_API const fedval_cause *fedval_topic_get_cause(size_t topic, size_t index);
/** FEDVAL_FINDING_; 0: it lies beyond DNS and certificates. @since 0.1.0 */
FEDVAL_API uint32_t fedval_cause_get_finding(const fedval_cause *cause);
/** FEDVAL_LIKELIHOOD_. @since 0.1.0 */
FEDVAL_API uint32_t fedval_cause_get_likelihood(const fedval_cause *cause);
/** How to recognise it, one line. Static. @since 0.1.0 */
FEDVAL_API const char *fedval_cause_get_when(const fedval_cause *cause);

/* ---- places ---- */

/** In how many places to look. A place is a topic as well (FEDVAL_TOPIC_PLACE); it names itself
 * here. @since 0.1.0 */
FEDVAL_API size_t fedval_topic_count_places(size_t topic);
/** The topic of a place by its position, the first to look at first; SIZE_MAX past the end.
 * @since 0.1.0 */
FEDVAL_API size_t fedval_topic_get_place(size_t topic, size_t index);
/** Of a place: whose product shows it, "Expressway"; NULL for other topics. Static. @since 0.1.0 */
FEDVAL_API const char *fedval_topic_get_product(size_t topic);
/** Of a place: how it is switched on and read; NULL where its meaning says all, and for other
 * topics. Static. @since 0.1.0 */
FEDVAL_API const char *fedval_topic_get_more(size_t topic);

/* ---- documents ---- */

/** A document that anybody can find. Threads: any; it is constant. */
typedef struct fedval_document fedval_document;

/** The document that a topic comes from; NULL where none does, or where the source of the finding
 * says it. Static. @since 0.1.0 */
FEDVAL_API const fedval_document *fedval_topic_get_document(size_t topic);
/** Who published it: "Cisco". Static. @since 0.1.0 */
FEDVAL_API const char *fedval_document_get_publisher(const fedval_document *document);
/** Its title. Static. @since 0.1.0 */
FEDVAL_API const char *fedval_document_get_title(const fedval_document *document);
/** Its number, edition or place: what to look for. Static. @since 0.1.0 */
FEDVAL_API const char *fedval_document_get_key(const fedval_document *document);
/** Its date, "2017-10-23"; NULL where the key is enough. Static. @since 0.1.0 */
FEDVAL_API const char *fedval_document_get_date(const fedval_document *document);

/* ---- looking up ---- */

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
