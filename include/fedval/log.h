/*
 * Logs: what the products of both sides wrote about calls that failed. The reader takes them as
 * people have them (whole files, excerpts, text pasted out of mails and PDFs) and gives incidents:
 * one for each thing that went wrong, with its cause where the log tells it.
 *
 *     fedval_log *log = NULL;
 *     fedval_status status = fedval_log_new(&log);
 *     if (status == FEDVAL_OK)
 *         status = fedval_log_begin_source(log, "edge.log", FEDVAL_NUL_ENDED);
 *     if (status == FEDVAL_OK)
 *         status = fedval_log_feed(log, bytes, bytes_len);
 *     if (status == FEDVAL_OK)
 *         status = fedval_log_finish(log);
 *     for (size_t i = 0; i < fedval_log_count_incidents(log); i++)
 *         printf("%s\n", fedval_incident_get_message(fedval_log_get_incident(log, i)));
 *     fedval_log_free(log);
 *
 * The reader is pure: it opens no file and reads no clock. The result does not depend on where the
 * bytes are cut into calls of fedval_log_feed. Memory is bounded whatever the input (see
 * fedval_log_set_max_incidents).
 *
 * Threads: a fedval_log is used by one thread at a time; a finished one may be read by several.
 * Texts that are returned are UTF-8, NUL-ended, and valid as long as the log.
 */
#ifndef FEDVAL_LOG_H
#define FEDVAL_LOG_H

#include "fedval/catalogue.h"
#include "fedval/evidence.h"
#include "fedval/incident.h"
#include "fedval/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Reads logs and holds what was found. */
typedef struct fedval_log fedval_log;

/** The result over all incidents. Numbers are permanent. */
enum {
    FEDVAL_DIAGNOSIS_NOTHING = 1, /**< "nothing": nothing wrong was found */
    FEDVAL_DIAGNOSIS_FAULTS = 2,  /**< "faults": a cause is named */
    FEDVAL_DIAGNOSIS_UNDETERMINED =
        3, /**< "undetermined": something failed, the cause is not told */
};

/** The headline of a diagnosis: the result in one sentence. Numbers are permanent. */
enum {
    FEDVAL_HEADLINE_CAUSE_FOUND = 1,    /**< "cause-found" */
    FEDVAL_HEADLINE_CAUSE_NOT_TOLD = 2, /**< "cause-not-told": a call failed, nothing says why */
    FEDVAL_HEADLINE_ANSWER_CUT = 3,     /**< "answer-cut": of a 504 the headers are missing */
    FEDVAL_HEADLINE_NOTHING_WRONG = 4,  /**< "nothing-wrong": calls, no fault of federation */
    FEDVAL_HEADLINE_NO_CALL_WITH_MICROSOFT =
        5, /**< "no-call-with-microsoft": failures, none tied to a Microsoft side */
    FEDVAL_HEADLINE_NO_CALL_OF_FEDERATION =
        6, /**< "no-call-of-federation": failed SIP answers, none of them about federation */
    FEDVAL_HEADLINE_NO_FAILED_CALL = 7, /**< "no-failed-call" */
    FEDVAL_HEADLINE_SEVERAL_CAUSES = 8, /**< "several-causes": not all failed for the same cause */
    FEDVAL_HEADLINE_CAUSE_OF_SOME = 9,  /**< "cause-of-some": of others the cause is not told */
};

/** In which formats a source has entries: bits of a mask. Numbers are permanent. */
enum {
    FEDVAL_LOG_FORMAT_EXPRESSWAY = 1,      /**< "expressway": diagnostic, event and network logs */
    FEDVAL_LOG_FORMAT_EDGE = 2,            /**< "edge": OCSLogger, CLS, Snooper */
    FEDVAL_LOG_FORMAT_CLIENT = 4,          /**< "client": UccApiLog */
    FEDVAL_LOG_FORMAT_SIP = 8,             /**< "sip": SIP messages, whoever logged them */
    FEDVAL_LOG_FORMAT_WINDOWS_EVENT = 16,  /**< "windows-event" */
    FEDVAL_LOG_FORMAT_POWERSHELL = 32,     /**< "powershell" */
    FEDVAL_LOG_FORMAT_SEARCH_HISTORY = 64, /**< "search-history" */
    FEDVAL_LOG_FORMAT_CMS = 128,           /**< "cms": Meeting Server */
};

/** The word of a code (FEDVAL_DIAGNOSIS_), as fedval_incident_kind_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_diagnosis_to_string(uint32_t diagnosis);
/** The word of a code (FEDVAL_HEADLINE_), as fedval_incident_kind_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_headline_to_string(uint32_t headline);
/** The sentence of a headline (FEDVAL_HEADLINE_), for people: "cause found". @returns a static
 * string; NULL for an unknown code. Threads: any. @since 0.1.0 */
FEDVAL_API const char *fedval_headline_get_sentence(uint32_t headline);
/** The word of one bit of a mask (FEDVAL_LOG_FORMAT_), as fedval_incident_kind_to_string. @since
 * 0.1.0 */
FEDVAL_API const char *fedval_log_format_to_string(uint32_t format);
/**
 * The code of a word: the inverse of fedval_log_format_to_string. The functions below that read
 * the word of another code do the same.
 * @param text the word, `text_len` bytes
 * @returns 0; ARGUMENT for NULL; NOT_FOUND for an unknown word. Threads: any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_log_format_from_string(const char *text, size_t text_len,
                                                       uint32_t *out_format);
/** The code of a word, as fedval_log_format_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_diagnosis_from_string(const char *text, size_t text_len,
                                                      uint32_t *out_diagnosis);
/** The code of a word, as fedval_log_format_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_headline_from_string(const char *text, size_t text_len,
                                                     uint32_t *out_headline);
/* ---- reading ---- */

/** An empty log. @returns 0; FEDVAL_ERROR_NO_MEMORY; FEDVAL_ERROR_ARGUMENT for NULL.
 * Free with fedval_log_free. @since 0.1.0 */
FEDVAL_API fedval_status fedval_log_new(fedval_log **out_log);
/** Accepts NULL. @since 0.1.0 */
FEDVAL_API void fedval_log_free(fedval_log *log);

/** How many incidents are kept by default. */
#define FEDVAL_LOG_MAX_INCIDENTS 50000

/**
 * How many incidents are kept one by one; those beyond are counted in their group alone, and
 * limit-reached says so.
 * @returns 0; FEDVAL_ERROR_ARGUMENT for NULL or 0; FEDVAL_ERROR_STATE once a source was begun.
 * @since 0.1.0
 */
FEDVAL_API fedval_status fedval_log_set_max_incidents(fedval_log *log, size_t max_incidents);

/**
 * Begins a file. A source that was not ended is ended first.
 * @param name what incidents call it ("edge.log"); copied
 * @returns 0; FEDVAL_ERROR_NO_MEMORY; FEDVAL_ERROR_ARGUMENT for NULL; FEDVAL_ERROR_SYNTAX for a
 *          name that holds a NUL; FEDVAL_ERROR_STATE after fedval_log_finish. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_log_begin_source(fedval_log *log, const char *name,
                                                 size_t name_len);
/**
 * Reads on in the source that was begun. UTF-8 (or ASCII, or any 8-bit text), or UTF-16 with a
 * byte order mark; lines end with LF, CRLF or CR.
 * @param bytes bytes_len bytes, cut anywhere; NULL only when bytes_len is 0
 * @returns 0; FEDVAL_ERROR_NO_MEMORY (the log can be freed, not read on); FEDVAL_ERROR_ARGUMENT
 *          for NULL; FEDVAL_ERROR_STATE when no source was begun. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_log_feed(fedval_log *log, const void *bytes, size_t bytes_len);
/** Ends the source. @returns as fedval_log_feed. @since 0.1.0 */
FEDVAL_API fedval_status fedval_log_end_source(fedval_log *log);
/**
 * Ends all reading and joins what was read: by Call-ID and CSeq, else by port and time.
 * @returns 0, also when it was finished before; else as fedval_log_feed. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_log_finish(fedval_log *log);

/* ---- the result; before fedval_log_finish there is none ---- */

/** FEDVAL_DIAGNOSIS_*; 0 before fedval_log_finish. @since 0.1.0 */
FEDVAL_API uint32_t fedval_log_get_diagnosis(const fedval_log *log);
/** FEDVAL_HEADLINE_*: the result in one sentence; 0 before fedval_log_finish. @since 0.1.0 */
FEDVAL_API uint32_t fedval_log_get_headline(const fedval_log *log);
/** How many incidents are kept, in the order in which they were read. @since 0.1.0 */
FEDVAL_API size_t fedval_log_count_incidents(const fedval_log *log);
/** Borrowed, valid as long as the log; NULL past the end. @since 0.1.0 */
FEDVAL_API const fedval_incident *fedval_log_get_incident(const fedval_log *log, size_t index);
/** What to write to the other side about an incident, without quotation marks: as
 * fedval_log_get_group_letter, with the incident's own names. @param out_text malloc'ed, NUL-ended;
 * free with fedval_text_free @param out_len bytes; may be NULL @returns 0; NO_MEMORY; ARGUMENT;
 * NOT_FOUND past the end, and where there is nothing to write. @since 0.1.0 */
FEDVAL_API fedval_status fedval_log_letter_to_text(const fedval_log *log, size_t index,
                                                   char **out_text, size_t *out_len);
/** FEDVAL_MEND_SIDE_*: the side that gets this letter, CISCO or MICROSOFT; UNKNOWN where there is
 * nothing to write. @since 0.1.0 */
FEDVAL_API uint32_t fedval_log_get_letter_side(const fedval_log *log, size_t index);
/** How many incidents were counted but not kept; more than 0 gives the finding limit-reached.
 * @since 0.1.0 */
FEDVAL_API uint64_t fedval_log_get_num_not_kept(const fedval_log *log);

/** What was read: the sources in the order in which they were begun. @since 0.1.0 */
FEDVAL_API size_t fedval_log_count_sources(const fedval_log *log);
/** The name given to fedval_log_begin_source; NULL past the end. @since 0.1.0 */
FEDVAL_API const char *fedval_log_get_source_name(const fedval_log *log, size_t index);
/** How many lines it has. @since 0.1.0 */
FEDVAL_API uint64_t fedval_log_get_source_lines(const fedval_log *log, size_t index);
/** Mask of FEDVAL_LOG_FORMAT_*; 0: nothing in it is of a log that is known here. @since 0.1.0 */
FEDVAL_API uint32_t fedval_log_get_source_formats(const fedval_log *log, size_t index);
/** How many different statuses the SIP answers in it have. @since 0.1.0 */
FEDVAL_API size_t fedval_log_count_source_answers(const fedval_log *log, size_t index);
/** The n-th of them, in ascending order; 0 past the end. @since 0.1.0 */
FEDVAL_API uint32_t fedval_log_get_source_answer_status(const fedval_log *log, size_t index,
                                                        size_t n);
/** How many answers have it. @since 0.1.0 */
FEDVAL_API uint64_t fedval_log_get_source_answer_times(const fedval_log *log, size_t index,
                                                       size_t n);

/** How many calls with a Microsoft side failed or were answered by the far side. All entries of one
 * call count once. @since 0.1.0 */
FEDVAL_API uint64_t fedval_log_get_num_calls(const fedval_log *log);
/** How many requests for presence, or news of it, failed or were answered by the far side: they
 * are no calls. @since 0.1.0 */
FEDVAL_API uint64_t fedval_log_get_num_presence(const fedval_log *log);
/** How many incidents with a Microsoft side belong to no call: look-ups, handshakes, events of a
 * server. @since 0.1.0 */
FEDVAL_API uint64_t fedval_log_get_num_events(const fedval_log *log);
/** How many incidents nothing ties to a Microsoft side, those not kept among them. @since 0.1.0 */
FEDVAL_API uint64_t fedval_log_get_num_unrelated(const fedval_log *log);
/** What was read and proves nothing, such as most rows of a search history: one sentence that says
 * why and where to look instead; NULL: nothing of the kind was read. Static. @since 0.1.0 */
FEDVAL_API const char *fedval_log_get_not_judged(const fedval_log *log);
/** How many incidents report a code or a text that is not known here, those not kept not among
 * them. @since 0.1.0 */
FEDVAL_API uint64_t fedval_log_get_num_not_understood(const fedval_log *log);
/** FEDVAL_MEND_SIDE_*: the side that has something to mend, over all causes. @since 0.1.0 */
FEDVAL_API uint32_t fedval_log_get_mend_side(const fedval_log *log);

/** Incidents that say the same (kind, finding, code, domain, names) make a group. The
 * groups are in this order: calls whose cause is known; other causes; unknown causes; what is no
 * fault; and last the incidents that nothing connects with a Microsoft side. @since 0.1.0 */
FEDVAL_API size_t fedval_log_count_groups(const fedval_log *log);
/** Notes that a check which was made since found the fault of a group gone
 * (fedval_incident_recheck, FEDVAL_RECHECK_GONE). Text, HTML and Markdown then say so in place of
 * the change that the group asks for and of its letter. Nothing changes where the log leaves the
 * cause open. @param log finished @returns 0; ARGUMENT for NULL and past the end. Threads: none may
 * read the log meanwhile. @since 0.1.0 */
FEDVAL_API fedval_status fedval_log_set_group_gone(fedval_log *log, size_t index);
/** The first incident of a group; NULL past the end. @since 0.1.0 */
FEDVAL_API const fedval_incident *fedval_log_get_group_first(const fedval_log *log, size_t index);
/** How many incidents a group has, those not kept among them. @since 0.1.0 */
FEDVAL_API uint64_t fedval_log_get_group_size(const fedval_log *log, size_t index);
/** The earliest time of a group in milliseconds since 1970; FEDVAL_TIME_UNKNOWN where no incident
 * of it has a time. @since 0.1.0 */
FEDVAL_API int64_t fedval_log_get_group_first_time_ms(const fedval_log *log, size_t index);
/** The latest time of a group, as fedval_log_get_group_first_time_ms. @since 0.1.0 */
FEDVAL_API int64_t fedval_log_get_group_last_time_ms(const fedval_log *log, size_t index);

/** 1 when a group is shown by itself; 0 when another incident names its cause: the group of that
 * incident then shows both. @since 0.1.0 */
FEDVAL_API uint32_t fedval_log_has_group_story(const fedval_log *log, size_t index);
/** FEDVAL_FINDING_*: what is likely to come next once the group's fault is mended; 0: nothing is
 * known. @since 0.1.0 */
FEDVAL_API uint32_t fedval_log_get_group_next(const fedval_log *log, size_t index);
/** What to write to the other side, without quotation marks; NULL when there is nothing to write.
 * @since 0.1.0 */
FEDVAL_API const char *fedval_log_get_group_letter(const fedval_log *log, size_t index);
/** How many domains a live check of this group should look at. @since 0.1.0 */
FEDVAL_API size_t fedval_log_count_group_domains(const fedval_log *log, size_t index);
/** Returns domain `n` of group `index`; NULL past the end. @since 0.1.0 */
FEDVAL_API const char *fedval_log_get_group_domain(const fedval_log *log, size_t index, size_t n);

/** The domains that a fault or an undetermined incident names, each once, in order. What a live
 * check would be run for. @since 0.1.0 */
FEDVAL_API size_t fedval_log_count_domains(const fedval_log *log);
/** NULL past the end. @since 0.1.0 */
FEDVAL_API const char *fedval_log_get_domain(const fedval_log *log, size_t index);

/**
 * What the logs themselves observed: the federation SRV records that Expressway was answered, as
 * evidence, one for each domain that it called. fedval_evaluate judges it like that of a live
 * check. @since 0.1.0
 */
FEDVAL_API size_t fedval_log_count_evidence(const fedval_log *log);
/** Borrowed, valid as long as the log; NULL past the end. @since 0.1.0 */
FEDVAL_API const fedval_evidence *fedval_log_get_evidence(const fedval_log *log, size_t index);

#ifdef __cplusplus
}
#endif

#endif
