/*
 * The diagnosis: what was read from logs, as JSON and as text for people. Rendering decides
 * nothing: it shows what the log reader found.
 *
 *     char *text = NULL;
 *     fedval_diagnosis_options options = {.size = sizeof(options), .redact = 1};
 *     if (fedval_log_to_text(log, &options, NULL, &text, NULL) == FEDVAL_OK)
 *         printf("%s", text);
 *     fedval_text_free(text);
 *
 * Before this the log was read and finished, as fedval/log.h shows.
 */
#ifndef FEDVAL_DIAGNOSIS_H
#define FEDVAL_DIAGNOSIS_H

#include "fedval/log.h"
#include "fedval/recheck.h"
#include "fedval/render.h"

#ifdef __cplusplus
extern "C" {
#endif

/** How a diagnosis is shown. */
typedef struct fedval_diagnosis_options {
    size_t size;     /**< sizeof(fedval_diagnosis_options) */
    uint32_t group;  /**< 1: incidents that say the same are one, with their count (JSON; the text
                          always does so) */
    uint32_t redact; /**< 1: user parts and addresses are replaced, each by the same word wherever
                          it occurs, so that the output can be sent on; domains are kept */
} fedval_diagnosis_options;

/**
 * "fedval-diagnosis/1" on one line, no newline at its end.
 * @param log finished
 * @param options NULL: nothing grouped, nothing redacted
 * @param out_json malloc'ed, NUL-ended, free with fedval_text_free
 * @param out_len bytes; may be NULL
 * @returns 0; NO_MEMORY; ARGUMENT for NULL, or options of an unknown size; STATE before
 *          fedval_log_finish. Threads: any number of readers. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_log_to_json(const fedval_log *log,
                                            const fedval_diagnosis_options *options,
                                            char **out_json, size_t *out_len);

/**
 * The same for people: per call a ladder of who said what, the cause, how sure it is, and what to
 * change on which side.
 * @param look NULL: 80 columns, no colour, ASCII
 * Otherwise as fedval_log_to_json. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_log_to_text(const fedval_log *log,
                                            const fedval_diagnosis_options *options,
                                            const fedval_text_options *look, char **out_text,
                                            size_t *out_len);

/**
 * "fedval-recheck/1" on one line: the incident's id, domain and finding, and whether it is still
 * so.
 * @returns as fedval_log_to_json, but for STATE. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_incident_recheck_to_json(const fedval_incident *incident,
                                                         const fedval_report *report,
                                                         char **out_json, size_t *out_len);
/** The same as one line of text for people. @param look as fedval_log_to_text
 * @returns as fedval_log_to_json, but for STATE. @since 0.1.0 */
FEDVAL_API fedval_status fedval_incident_recheck_to_text(const fedval_incident *incident,
                                                         const fedval_report *report,
                                                         const fedval_text_options *look,
                                                         char **out_text, size_t *out_len);
/** A diagnosis in Markdown, call by call. @param log finished @param shown NULL: nothing redacted
 * @param out_text, out_len as fedval_report_to_text @returns as fedval_log_to_text. @since 0.1.0 */
FEDVAL_API fedval_status fedval_log_to_markdown(const fedval_log *log,
                                                const fedval_diagnosis_options *shown,
                                                char **out_text, size_t *out_len);
/** Whether what a log said is still so, in Markdown, in one sentence. @param incident, report as
 * fedval_incident_recheck @param out_text, out_len as fedval_report_to_text @returns 0; NO_MEMORY;
 * ARGUMENT for NULL. Threads: any. @since 0.1.0 */
FEDVAL_API fedval_status fedval_incident_recheck_to_markdown(const fedval_incident *incident,
                                                             const fedval_report *report,
                                                             char **out_text, size_t *out_len);

#ifdef __cplusplus
}
#endif

#endif
