/*
 * Compares what a log said with what a check sees today. Any thread may call these functions.
 *
 *     if (fedval_incident_recheck(incident, report) == FEDVAL_RECHECK_GONE)
 *         printf("mended since: %s\n", fedval_incident_get_message(incident));
 */
#ifndef FEDVAL_RECHECK_H
#define FEDVAL_RECHECK_H

#include "fedval/log.h"
#include "fedval/report.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Whether what a log said still holds. Numbers are permanent. */
enum {
    FEDVAL_RECHECK_STANDS = 1, /**< "stands": the requirement fails now too */
    FEDVAL_RECHECK_GONE = 2,   /**< "gone": the requirement passes now */
    FEDVAL_RECHECK_UNKNOWN =
        3, /**< "unknown": it could not be checked, or is not seen from outside */
};

/** The kebab-case word, static; NULL for an unknown code. @since 0.1.0 */
FEDVAL_API const char *fedval_recheck_to_string(uint32_t recheck);
/** The inverse. @returns 0; FEDVAL_ERROR_ARGUMENT for NULL, FEDVAL_ERROR_NOT_FOUND. @since 0.1.0 */
FEDVAL_API fedval_status fedval_recheck_from_string(const char *text, size_t text_len,
                                                    uint32_t *out_recheck);

/**
 * Compares an incident with a report on its domain. A 504 without a reason is still so
 * (FEDVAL_RECHECK_STANDS) when R2 or R4 fails, and is gone when both pass.
 * @returns FEDVAL_RECHECK_*; UNKNOWN also for NULL and for a report on another domain. Threads:
 * any. @since 0.1.0
 */
FEDVAL_API uint32_t fedval_incident_recheck(const fedval_incident *incident,
                                            const fedval_report *report);

#ifdef __cplusplus
}
#endif

#endif
