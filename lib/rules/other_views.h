/* What another view leads to, where nothing tells which of the views partners have. */
#ifndef FV_RULES_OTHER_VIEWS_H
#define FV_RULES_OTHER_VIEWS_H

#include "rules/rules.h"

/* Compares `own`, all that was found in the judged view, with `other`, that of `view`, and changes
 * `remarks`, which begins with the items of `own`. A fault that only one of the two views has
 * becomes a fault-in-one-view, which is no error; those of `view` are added. Where a requirement
 * fails in both views, the errors of the judged one stay errors, and those of `view` are left out.
 * False: memory is short. */
bool fv_other_views_merge(const fv_scene *scene, const fv_remarks *own, const fv_remarks *other,
                          uint32_t view, fv_remarks *remarks);

#endif
