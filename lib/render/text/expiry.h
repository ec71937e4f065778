/* The notAfter of the certificates of a report. Expired certificates count too; they matter most.
 */
#ifndef FV_RENDER_EXPIRY_H
#define FV_RENDER_EXPIRY_H

#include "model/report.h"

#define FV_MAX_EXPIRIES 64

typedef struct fv_expiry {
    const char *target; /* "client" for the calling certificate */
    int64_t not_after;
} fv_expiry;

typedef struct fv_expiries {
    fv_expiry items[FV_MAX_EXPIRIES];
    size_t num_items;
} fv_expiries;

/* Returns one entry for each target: the certificate with the earliest notAfter among its
 * addresses. */
fv_expiries fv_expiries_from(const fedval_report *report);

/* Whether there is at least one report, and none is absent. */
bool fv_reports_are_there(const fedval_report *const *reports, size_t num_reports);

#endif
