/*
 * Text for people and for monitoring. Rendering decides nothing: it shows what the report says. It
 * changes nothing either: any number of threads may render the same objects at once.
 *
 *     fedval_text_options options = {.size = sizeof(options), .width = 80, .utf8 = 1};
 *     char *text = NULL;
 *     if (fedval_report_to_text(report, &options, &text, NULL) == FEDVAL_OK)
 *         fputs(text, stdout);
 *     fedval_text_free(text);
 */
#ifndef FEDVAL_RENDER_H
#define FEDVAL_RENDER_H

#include "fedval/catalogue.h"
#include "fedval/chain.h"
#include "fedval/drift.h"
#include "fedval/pair.h"
#include "fedval/plan.h"
#include "fedval/report.h"
#include "fedval/timeline.h"
#include "fedval/topic.h"

#ifdef __cplusplus
extern "C" {
#endif

/** "0.1.0". Static. @since 0.1.0 */
FEDVAL_API const char *fedval_version(void);

/**
 * How text is to look. Whatever hostile data hold (control characters, terminal escapes,
 * changes of direction) is shown as an escape, `\x1b`, in every form.
 */
typedef struct fedval_text_options {
    size_t size;     /**< sizeof(fedval_text_options) */
    uint32_t width;  /**< columns that prose is wrapped at; 0: not at all */
    uint32_t colour; /**< 1: ANSI colours */
    uint32_t utf8;   /**< 1: characters beyond ASCII as they are; 0: escaped */
    /** What was used as the public roots, such as the path of the system's bundle, which only the
     * caller knows; shown where a report or a chain counts the roots. NULL: not said. */
    const char *public_roots;
    /** What a program calls the ways to see more, by FEDVAL_HINT_ (fedval/catalogue.h): "--chain",
     * or the word on a button; NULL entries and those past the end: it has no such way. */
    const char *const *hints;
    size_t num_hints; /**< how many `hints` has */
} fedval_text_options;

/**
 * The report for people: verdict, endpoints, findings, what to change, what was not checked.
 * @param options NULL: 80 columns, no colour, ASCII
 * @param out_text ends with a newline; malloc'ed, NUL-ended, free with fedval_text_free
 * @param out_len may be NULL
 * @returns 0; NO_MEMORY; ARGUMENT for NULL, or options of an unknown size. Threads: any.
 * @since 0.1.0
 */
FEDVAL_API fedval_status fedval_report_to_text(const fedval_report *report,
                                               const fedval_text_options *options, char **out_text,
                                               size_t *out_len);
/** A plan for people: the steps in their order, what lies ready, the verdict after it, what is
 * assumed and asked. As fedval_report_to_text. @since 0.1.0 */
FEDVAL_API fedval_status fedval_plan_to_text(const fedval_plan *plan,
                                             const fedval_text_options *options, char **out_text,
                                             size_t *out_len);
/** One chain as a ladder, the broken rung marked. As fedval_report_to_text. @since 0.1.0 */
FEDVAL_API fedval_status fedval_chain_result_to_text(const fedval_chain_result *result,
                                                     const fedval_text_options *options,
                                                     char **out_text, size_t *out_len);
/** What changed of a domain, the worse first. As fedval_report_to_text. @since 0.1.0 */
FEDVAL_API fedval_status fedval_drift_to_text(const fedval_drift *drift,
                                              const fedval_text_options *options, char **out_text,
                                              size_t *out_len);
/** The same on one line, whatever its length. As fedval_report_to_text. @since 0.1.0 */
FEDVAL_API fedval_status fedval_drift_to_line(const fedval_drift *drift, char **out_text,
                                              size_t *out_len);
/** What breaks when, of one domain. As fedval_report_to_text. @since 0.1.0 */
FEDVAL_API fedval_status fedval_timeline_to_text(const fedval_timeline *timeline,
                                                 const fedval_text_options *options,
                                                 char **out_text, size_t *out_len);
/**
 * Several timelines as one iCalendar file (RFC 5545), with an event for each milestone. The event
 * has the same identifier in every run.
 * @param timelines num_timelines of them @param out_text lines end with CRLF; malloc'ed, NUL-ended,
 * free with fedval_text_free @param out_len may be NULL
 * @returns 0; NO_MEMORY; ARGUMENT for NULL, also for one that is NULL. Threads: any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_timelines_to_icalendar(const fedval_timeline *const *timelines,
                                                       size_t num_timelines, char **out_text,
                                                       size_t *out_len);
/** What works between two domains, without their reports. As fedval_report_to_text. @since 0.1.0 */
FEDVAL_API fedval_status fedval_pair_to_text(const fedval_pair *pair,
                                             const fedval_text_options *options, char **out_text,
                                             size_t *out_len);
/** What a code means, what each side sees, how to mend it. As fedval_report_to_text.
 * @since 0.1.0 */
FEDVAL_API fedval_status fedval_catalogue_entry_to_text(const fedval_catalogue_entry *entry,
                                                        const fedval_text_options *options,
                                                        char **out_text, size_t *out_len);
/**
 * What a text stands for, for people: what it means, how likely each cause is, where to look. The
 * likeliest meaning first; ten lines or so, or all that is known.
 * @param text, text_len as fedval_topics_find
 * @param is_long 0: the first meaning in ten lines, the others in two; 1: everything
 * @param out_text, out_len as fedval_report_to_text
 * @param out_answer FEDVAL_ANSWER_; may be NULL. For FEDVAL_ANSWER_UNKNOWN the text says so.
 * @returns 0; NO_MEMORY; ARGUMENT for NULL, another is_long, or options of an unknown size.
 * Threads: any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_explanation_to_text(const char *text, size_t text_len,
                                                    uint32_t is_long,
                                                    const fedval_text_options *options,
                                                    char **out_text, size_t *out_len,
                                                    uint32_t *out_answer);
/** All topics as a table, in the order of fedval_topic_get_kind. @param is_long 0: a line for each
 * kind, with the first of its topics; 1: a line for each topic @param options as
 * fedval_report_to_text @returns as fedval_report_to_text; ARGUMENT also for another is_long.
 * @since 0.1.0 */
FEDVAL_API fedval_status fedval_topics_to_text(uint32_t is_long, const fedval_text_options *options,
                                               char **out_text, size_t *out_len);
/** The whole catalogue in Markdown: docs/findings.md. @param out_text, out_len as
 * fedval_report_to_text @returns 0; NO_MEMORY; ARGUMENT. @since 0.1.0 */
FEDVAL_API fedval_status fedval_catalogue_to_markdown(char **out_text, size_t *out_len);

/**
 * What monitoring knows beside the reports. The library has no clock: what is not given here is not
 * told.
 */
typedef struct fedval_metrics_options {
    size_t size;             /**< sizeof(fedval_metrics_options) */
    uint32_t num_unreadable; /**< inputs that could not be judged */
    int64_t run_at;          /**< when the reports were made, seconds since 1970;
                                FEDVAL_TIME_UNKNOWN: not said */
    int64_t duration_ms;     /**< how long that took; -1: not said */
} fedval_metrics_options;

/**
 * The output of a Nagios plugin. The first line counts: it has the status and the performance
 * data, the days until the certificate of each target ends, with the days that the policy warns at
 * and those that are critical. The lines after it tell the reports that are not sound, where there
 * are several, and each step that is broken or open.
 * @param reports num_reports of them, at least one
 * @param out_text, out_len as fedval_report_to_text
 * @param out_exit_status 0 pass, 1 pass with warnings, 2 fail, 3 otherwise; may be NULL
 * @returns 0; NO_MEMORY; ARGUMENT. Source: Monitoring Plugins guidelines. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_reports_to_nagios(const fedval_report *const *reports,
                                                  size_t num_reports, char **out_text,
                                                  size_t *out_len, uint32_t *out_exit_status);
/**
 * Metrics in the Prometheus text format 0.0.4. The times at which certificates and anchors end
 * are there for expired ones too. Of two reports on one domain by one profile the later counts.
 * @param reports may be NULL where num_reports is 0: the metrics about the run are written
 * @param options NULL: nothing more is known
 * @param out_text, out_len as fedval_report_to_text
 * @returns 0; NO_MEMORY; ARGUMENT. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_reports_to_prometheus(const fedval_report *const *reports,
                                                      size_t num_reports,
                                                      const fedval_metrics_options *options,
                                                      char **out_text, size_t *out_len);

/**
 * Markdown (CommonMark, with the tables of GitHub), for a ticket, a wiki or a merge request.
 * Nothing in the data can make a link, a heading or HTML.
 * @param reports num_reports of them, at least one
 * @param out_text, out_len as fedval_report_to_text
 * @returns 0; NO_MEMORY; ARGUMENT. Threads: any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_reports_to_markdown(const fedval_report *const *reports,
                                                    size_t num_reports, char **out_text,
                                                    size_t *out_len);
/** One chain in Markdown: its paths, the fault at its certificate. @param out_text, out_len as
 * fedval_report_to_text @returns and the rest as fedval_reports_to_markdown. @since 0.1.0 */
FEDVAL_API fedval_status fedval_chain_result_to_markdown(const fedval_chain_result *result,
                                                         char **out_text, size_t *out_len);
/** A plan in Markdown: the steps in their order, what comes of them, the letters. @param out_text,
 * out_len as fedval_report_to_text @returns and the rest as fedval_reports_to_markdown.
 * @since 0.1.0 */
FEDVAL_API fedval_status fedval_plan_to_markdown(const fedval_plan *plan, char **out_text,
                                                 size_t *out_len);
/** What works between two domains in Markdown, without their reports. @param out_text, out_len as
 * fedval_report_to_text @returns and the rest as fedval_reports_to_markdown. @since 0.1.0 */
FEDVAL_API fedval_status fedval_pair_to_markdown(const fedval_pair *pair, char **out_text,
                                                 size_t *out_len);
/** What changed of a domain in Markdown. @param out_text, out_len as fedval_report_to_text
 * @returns and the rest as fedval_reports_to_markdown. @since 0.1.0 */
FEDVAL_API fedval_status fedval_drift_to_markdown(const fedval_drift *drift, char **out_text,
                                                  size_t *out_len);
/** What breaks when, of one domain, in Markdown. @param out_text, out_len as fedval_report_to_text
 * @returns and the rest as fedval_reports_to_markdown. @since 0.1.0 */
FEDVAL_API fedval_status fedval_timeline_to_markdown(const fedval_timeline *timeline,
                                                     char **out_text, size_t *out_len);
/**
 * CSV (RFC 4180) with a header: a row for each finding, and one row without a finding for a report
 * that has none. A field that a spreadsheet would take for a formula begins with an apostrophe.
 * @returns and the rest as fedval_reports_to_markdown. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_reports_to_csv(const fedval_report *const *reports,
                                               size_t num_reports, char **out_text,
                                               size_t *out_len);
/**
 * JUnit XML, as build servers read it: a test suite for each report, a test case for each
 * requirement. A requirement that fails is a failure, an indeterminate one an error, one that was
 * not checked is skipped. @returns and the rest as fedval_reports_to_markdown. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_reports_to_junit(const fedval_report *const *reports,
                                                 size_t num_reports, char **out_text,
                                                 size_t *out_len);
/**
 * SARIF 2.1.0 (OASIS), on one line: one run, with a result for each finding. The domain is the
 * artifact, as a dns: URI (RFC 4501); target and address are the logical location.
 * @returns and the rest as fedval_reports_to_markdown. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_reports_to_sarif(const fedval_report *const *reports,
                                                 size_t num_reports, char **out_text,
                                                 size_t *out_len);

/** fedval_srv_match_to_json for people: one line. As fedval_report_to_text. @since 0.1.0 */
FEDVAL_API fedval_status fedval_srv_match_to_text(const char *domain, size_t domain_len,
                                                  const char *target, size_t target_len,
                                                  const fedval_text_options *options,
                                                  char **out_text, size_t *out_len);
/** fedval_error_to_json for people: "FILE:LINE:COLUMN: message" and a newline, as far as each is
 * known. @param source, error as there @returns as fedval_report_to_text. @since 0.1.0 */
FEDVAL_API fedval_status fedval_error_to_text(const char *source, size_t source_len,
                                              fedval_status status, const fedval_error *error,
                                              const fedval_text_options *options, char **out_text,
                                              size_t *out_len);

#ifdef __cplusplus
}
#endif

#endif
