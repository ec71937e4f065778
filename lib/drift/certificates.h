/* One certificate in the place of another. */
#ifndef FV_DRIFT_CERTIFICATES_H
#define FV_DRIFT_CERTIFICATES_H

#include "drift/drift.h"
#include "drift/state.h"

/* Whether `now` is a renewal of `before`: its subject, names, issuer and purposes are the same. */
bool fv_drift_is_renewed(const fv_state_certificate *before, const fv_state_certificate *now);
/* Adds what changed from the one to the other. */
void fv_drift_add_certificates(fedval_drift *drift, const char *place,
                               const fv_state_certificate *before, const fv_state_certificate *now);

#endif
