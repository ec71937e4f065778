/*
 * Reports, chains, diagnoses, plans and what compares them as HTML: one file that needs no script
 * and refers to nothing outside of it. Rendering decides nothing: it shows what was judged.
 * Whatever hostile data hold is text in it and never markup, and what cannot be seen (control
 * characters, changes of direction) is shown as an escape, `\x1b`.
 *
 *     char *page = NULL;
 *     size_t page_len = 0;
 *     if (fedval_report_to_html(report, NULL, &page, &page_len) == FEDVAL_OK)
 *         fwrite(page, 1, page_len, stdout);
 *     fedval_text_free(page);
 *
 * Any number of threads may render the same objects at once.
 */
#ifndef FEDVAL_HTML_H
#define FEDVAL_HTML_H

#include "fedval/chain.h"
#include "fedval/diagnosis.h"
#include "fedval/drift.h"
#include "fedval/pair.h"
#include "fedval/plan.h"
#include "fedval/report.h"
#include "fedval/timeline.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What the HTML holds. */
typedef struct fedval_html_options {
    size_t size; /**< sizeof(fedval_html_options) */
    /** 1: the article alone, for fedval_page_to_html or a page of the caller's; 0: a whole page */
    uint32_t fragment;
    /** What was used as the public roots, as in fedval_text_options. NULL: not said. */
    const char *public_roots;
    /** The words for ways to see more, as in fedval_text_options. */
    const char *const *hints;
    size_t num_hints; /**< how many `hints` has */
} fedval_html_options;

/**
 * The report: verdict, requirements, the path drawn with the broken step marked, findings, what to
 * change, the certificates on a line of time, what was not checked.
 * @param options NULL: a whole page, no hints
 * @param out_html UTF-8, malloc'ed, NUL-ended, free with fedval_text_free
 * @param out_len bytes; may be NULL
 * @returns 0; NO_MEMORY; ARGUMENT for NULL, or options of an unknown size. Threads: any.
 * @since 0.1.0
 */
FEDVAL_API fedval_status fedval_report_to_html(const fedval_report *report,
                                               const fedval_html_options *options, char **out_html,
                                               size_t *out_len);
/** One chain: verdict, the paths that were tried with the fault at its certificate, the dates on a
 * line of time. @param options, out_html, out_len as fedval_report_to_html
 * @returns as fedval_report_to_html. @since 0.1.0 */
FEDVAL_API fedval_status fedval_chain_result_to_html(const fedval_chain_result *result,
                                                     const fedval_html_options *options,
                                                     char **out_html, size_t *out_len);
/**
 * A diagnosis: for each call the ladder of who said what and when, the cause, what to change and
 * what to send.
 * @param log finished @param shown NULL: nothing redacted @param options, out_html, out_len as
 * fedval_report_to_html
 * @returns as fedval_report_to_html; STATE before fedval_log_finish. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_log_to_html(const fedval_log *log,
                                            const fedval_diagnosis_options *shown,
                                            const fedval_html_options *options, char **out_html,
                                            size_t *out_len);
/** Whether what a log said is still so, in one sentence. @param incident, report as
 * fedval_incident_recheck @param options, out_html, out_len as fedval_report_to_html
 * @returns as fedval_report_to_html. @since 0.1.0 */
FEDVAL_API fedval_status fedval_incident_recheck_to_html(const fedval_incident *incident,
                                                         const fedval_report *report,
                                                         const fedval_html_options *options,
                                                         char **out_html, size_t *out_len);
/**
 * A plan: the verdict after it, what is open, the steps in their order, each to copy with its side
 * and when; letters and files.
 * @param options, out_html, out_len as fedval_report_to_html
 * @returns as fedval_report_to_html. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_plan_to_html(const fedval_plan *plan,
                                             const fedval_html_options *options, char **out_html,
                                             size_t *out_len);
/** What works between two domains, without their reports. @param options, out_html, out_len as
 * fedval_report_to_html @returns as fedval_report_to_html. @since 0.1.0 */
FEDVAL_API fedval_status fedval_pair_to_html(const fedval_pair *pair,
                                             const fedval_html_options *options, char **out_html,
                                             size_t *out_len);
/** What changed of a domain. @param options, out_html, out_len as fedval_report_to_html
 * @returns as fedval_report_to_html. @since 0.1.0 */
FEDVAL_API fedval_status fedval_drift_to_html(const fedval_drift *drift,
                                              const fedval_html_options *options, char **out_html,
                                              size_t *out_len);
/** What breaks when, of one domain. @param options, out_html, out_len as fedval_report_to_html
 * @returns as fedval_report_to_html. @since 0.1.0 */
FEDVAL_API fedval_status fedval_timeline_to_html(const fedval_timeline *timeline,
                                                 const fedval_html_options *options,
                                                 char **out_html, size_t *out_len);
/**
 * One page of fragments.
 * @param title text, title_len bytes
 * @param fragments one or several, as the functions above made them, one after the other;
 * fragments_len bytes @param out_html, out_len as fedval_report_to_html
 * @returns 0; NO_MEMORY; ARGUMENT for NULL. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_page_to_html(const char *title, size_t title_len,
                                             const char *fragments, size_t fragments_len,
                                             char **out_html, size_t *out_len);
/**
 * What a page of the caller's must hold besides fragments.
 * @param out_style the text of a style element @param out_marks the drawings of the marks, an
 * element for the start of the body. Each is malloc'ed, NUL-ended, free with fedval_text_free.
 * @returns 0; NO_MEMORY; ARGUMENT for NULL. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_html_frame(char **out_style, char **out_marks);

#ifdef __cplusplus
}
#endif

#endif
