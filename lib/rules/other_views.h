/* What another view leads to, where nothing tells which of the views partners have. */
#ifndef FV_RULES_OTHER_VIEWS_H
#define FV_RULES_OTHER_VIEWS_H

#include "rules/rules.h"

/* Compares `findings`, those of the judged view, with `other`, those of `view`. A fault that only
 * one of the two views has becomes a fault-in-one-view, which is no error; those of `view` are
 * added. False: memory is short. */
bool fv_other_views_merge(const fv_scene *scene, fv_findings *findings, const fv_findings *other,
                          uint32_t view);

#endif
