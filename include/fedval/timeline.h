/*
 * The timeline: what breaks when. Evidence is judged again at every time at which a certificate
 * along a chain begins or ends, an end comes near, a CRL grows old or an acceptance ends; an
 * milestone is a time at which the findings are others than one second before. Dates that come from
 * outside (public CAs shorten their certificates, and leave clientAuth out) are told beside them.
 *
 *     fedval_timeline *timeline = NULL;
 *     if (fedval_timeline_new(judge, 0, evidence, FEDVAL_TIME_UNKNOWN, &timeline) == FEDVAL_OK &&
 *         fedval_timeline_count_milestones(timeline) > 0)
 *         remind(fedval_milestone_get_time(fedval_timeline_get_milestone(timeline, 0)));
 *     fedval_timeline_free(timeline);
 *
 * Worked example: the certificate of expe.example.com ends on 2027-03-01T00:00:00Z. The milestones
 * are cert-expires-soon, which begins 30 days before with the verdict still "pass", and
 * cert-expired one second after the end, with the verdict from "pass" to "fail".
 *
 * Functions that take no object may be called from any thread.
 */
#ifndef FEDVAL_TIMELINE_H
#define FEDVAL_TIMELINE_H

#include "fedval/judge.h"
#include "fedval/report.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Where an milestone comes from. */
enum {
    FEDVAL_MILESTONE_FINDINGS = 1, /**< "findings": the findings change */
    FEDVAL_MILESTONE_RULE = 2 /**< "rule": a rule of public CAs changes, or bears on a renewal */
};

/** The word of a code (FEDVAL_MILESTONE_), as JSON has it. @returns a static string; NULL for an
 * unknown code. Threads: any. @since 0.1.0 */
FEDVAL_API const char *fedval_milestone_to_string(uint32_t kind);
/** The code of a word: the inverse of fedval_milestone_to_string. @param text the word, `text_len`
 * bytes @returns 0; ARGUMENT for NULL; NOT_FOUND for an unknown word. Threads: any. @since 0.1.0 */
FEDVAL_API fedval_status fedval_milestone_from_string(const char *text, size_t text_len,
                                                      uint32_t *out_kind);

/** What breaks when, of one domain. Nothing but redacting changes it; any number of threads may
 * read it. */
typedef struct fedval_timeline fedval_timeline;

/**
 * Works out what breaks when, as long as nothing is renewed.
 * @param judge sealed @param index which of its policies, as fedval_evaluate
 * @param from milestones after this time, seconds since 1970; FEDVAL_TIME_UNKNOWN: after the time
 * that the policy or the evidence has
 * @returns 0; NO_MEMORY; ARGUMENT, also where nothing says from when; STATE for a judge that is not
 * sealed. Free with fedval_timeline_free. Threads: any number at once on the same const inputs.
 * @since 0.1.0
 */
FEDVAL_API fedval_status fedval_timeline_new(const fedval_judge *judge, size_t index,
                                             const fedval_evidence *evidence, int64_t from,
                                             fedval_timeline **out_timeline);
/**
 * Makes a timeline that can be sent on, as fedval_report_redact does of a report; the source stays
 * without its folders.
 * @param evidence that it was made of, which names the certificates
 * @returns 0; NO_MEMORY: the timeline is then to be freed, not shown; ARGUMENT for NULL. Threads:
 * no other may use the timeline meanwhile. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_timeline_redact(fedval_timeline *timeline,
                                                const fedval_evidence *evidence);
/** Accepts NULL. @since 0.1.0 */
FEDVAL_API void fedval_timeline_free(fedval_timeline *timeline);
/** The domain as A-labels. Borrowed, as long as the timeline. @since 0.1.0 */
FEDVAL_API const char *fedval_timeline_get_domain(const fedval_timeline *timeline);
/** FEDVAL_PROFILE_ (fedval/policy.h) that judges. @since 0.1.0 */
FEDVAL_API uint32_t fedval_timeline_get_profile(const fedval_timeline *timeline);
/** The time that it begins after, seconds since 1970. @since 0.1.0 */
FEDVAL_API int64_t fedval_timeline_get_from(const fedval_timeline *timeline);
/** FEDVAL_VERDICT_ at that time. @since 0.1.0 */
FEDVAL_API uint32_t fedval_timeline_get_verdict(const fedval_timeline *timeline);
/**
 * Says what the evidence was read from, such as the name of a file: every form of the timeline then
 * shows it. Call it before the timeline is shared with other threads.
 * @param source UTF-8, source_len bytes; copied
 * @returns 0; NO_MEMORY; ARGUMENT for NULL. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_timeline_set_source(fedval_timeline *timeline, const char *source,
                                                    size_t source_len);
/** What fedval_timeline_set_source was given; NULL: nothing. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_timeline_get_source(const fedval_timeline *timeline);
/** How many codes the policy accepts that are met at some time of the timeline. @since 0.1.0 */
FEDVAL_API size_t fedval_timeline_count_accepted(const fedval_timeline *timeline);
/** FEDVAL_FINDING_ of one of them; 0 past the end. @since 0.1.0 */
FEDVAL_API uint32_t fedval_timeline_get_accepted(const fedval_timeline *timeline, size_t index);

/** One time at which something changes. Threads: any number of readers; it lives as long as the
 * timeline. */
typedef struct fedval_milestone fedval_milestone;

/** How many milestones there are, the earliest first. @since 0.1.0 */
FEDVAL_API size_t fedval_timeline_count_milestones(const fedval_timeline *timeline);
/** Returns milestone `index`; NULL past the end. Borrowed. @since 0.1.0 */
FEDVAL_API const fedval_milestone *fedval_timeline_get_milestone(const fedval_timeline *timeline,
                                                                 size_t index);
/** The first second of the change, seconds since 1970; FEDVAL_TIME_UNKNOWN for NULL. @since 0.1.0
 */
FEDVAL_API int64_t fedval_milestone_get_time(const fedval_milestone *milestone);
/** FEDVAL_MILESTONE_. @since 0.1.0 */
FEDVAL_API uint32_t fedval_milestone_get_kind(const fedval_milestone *milestone);
/** FEDVAL_VERDICT_ from then on; 0 of a rule. @since 0.1.0 */
FEDVAL_API uint32_t fedval_milestone_get_verdict(const fedval_milestone *milestone);
/** FEDVAL_VERDICT_ until then; 0 of a rule. @since 0.1.0 */
FEDVAL_API uint32_t fedval_milestone_get_verdict_before(const fedval_milestone *milestone);
/** The sentence of a rule; NULL of findings. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_milestone_get_text(const fedval_milestone *milestone);
/** How many findings come or go; notes are left out. @since 0.1.0 */
FEDVAL_API size_t fedval_milestone_count_findings(const fedval_milestone *milestone);
/** FEDVAL_FINDING_ of one of them; 0 past the end. @since 0.1.0 */
FEDVAL_API uint32_t fedval_milestone_get_finding(const fedval_milestone *milestone, size_t index);
/** FEDVAL_SEVERITY_ (fedval/catalogue.h) of it; 0 past the end. @since 0.1.0 */
FEDVAL_API uint32_t fedval_milestone_get_severity(const fedval_milestone *milestone, size_t index);
/** The requirement that it is about, 1 to 8; 0: none, and past the end. @since 0.1.0 */
FEDVAL_API uint32_t fedval_milestone_get_requirement(const fedval_milestone *milestone,
                                                     size_t index);
/** 1 where it comes, 0 where it goes. @since 0.1.0 */
FEDVAL_API uint32_t fedval_milestone_is_new(const fedval_milestone *milestone, size_t index);
/** 1 where the policy accepts it, so that it does not count, else 0. @since 0.1.0 */
FEDVAL_API uint32_t fedval_milestone_is_accepted(const fedval_milestone *milestone, size_t index);
/** One line on it; NULL past the end. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_milestone_get_message(const fedval_milestone *milestone,
                                                    size_t index);

/** Writes "fedval-timeline/1" on one line. @param out_json malloc'ed, NUL-ended; free with
 * fedval_text_free @param out_len bytes; may be NULL @returns 0; NO_MEMORY; ARGUMENT.
 * @since 0.1.0 */
FEDVAL_API fedval_status fedval_timeline_to_json(const fedval_timeline *timeline, char **out_json,
                                                 size_t *out_len);

#ifdef __cplusplus
}
#endif

#endif
