/* Certificate policies (RFC 5280 6.1.2 to 6.1.5). The tree of the standard matters in one respect
 * only: whether anything is left of it where the user or a certificate of the path insists that
 * something is. */
#ifndef FV_TRUST_POLICIES_H
#define FV_TRUST_POLICIES_H

#include "base/arena.h"
#include "x509/certificate.h"

typedef enum fv_policies_result {
    FV_POLICIES_HOLD,
    FV_POLICIES_VIOLATED,
    FV_POLICIES_LIMIT,
    FV_POLICIES_NO_MEMORY,
} fv_policies_result;

/* What the user asks for (RFC 5280 6.1.1 (c), (e) to (g)): the members of a fedval_policy. */
typedef struct fv_policies_wanted {
    const fv_bytes *accepted; /* OIDs; none: any policy */
    size_t num_accepted;
    bool is_explicit, inhibits_mapping, inhibits_any;
} fv_policies_wanted;

/* path: end-entity first, the anchor last. *comparisons counts up to limit, over many calls.
 * FV_POLICIES_VIOLATED: *out_rung is the certificate at which the path breaks, *out_reason why. */
fv_policies_result fv_policies_check(fv_arena *scratch, const fv_policies_wanted *wanted,
                                     const fv_certificate *const *path, size_t path_len,
                                     size_t *comparisons, size_t limit, size_t *out_rung,
                                     const char **out_reason);

#endif
