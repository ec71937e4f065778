/* Compares two certificates, one of which replaced the other. */
#ifndef FV_DRIFT_CERTIFICATES_H
#define FV_DRIFT_CERTIFICATES_H

#include "drift/drift.h"
#include "drift/state.h"

/* Returns whether `now` is a renewal of `before`: it has the same subject, names, issuer and
 * purposes. */
bool fv_drift_is_renewed(const fv_state_certificate *before, const fv_state_certificate *now);
/* Adds an item for each thing that changed from `before` to `now`, at the place of `place`. */
void fv_drift_add_certificates(fedval_drift *drift, const fv_state_thing *place,
                               const fv_state_certificate *before, const fv_state_certificate *now);

#endif
