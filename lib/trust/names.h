/* Name constraints (RFC 5280 4.2.1.10, 6.1.3 (b) and (c)). */
#ifndef FV_TRUST_NAMES_H
#define FV_TRUST_NAMES_H

#include "trust/sink.h"

/* The constraints themselves: one that cannot be compared with anything spoils its certificate. */
void fv_trust_judge_constraints(fv_sink *sink, const fv_certificate *issuer);
/* Holds the constraints of issuer against the names of a certificate below it. is_end_entity: its
 * Common Name may count as a name too, as the policy says. */
void fv_trust_judge_names(fv_sink *sink, const fv_certificate *issuer,
                          const fv_certificate *certificate, bool is_end_entity);

/* name_forms.c: one name against one constraint of the same form. */
typedef enum fv_name_fit {
    FV_NAME_OUTSIDE,
    FV_NAME_WITHIN,
    FV_NAME_TOUCHES,  /* a wildcard that could stand for a name within: enough to be excluded */
    FV_NAME_UNUSABLE, /* the name cannot be compared */
} fv_name_fit;

typedef struct fv_name_form {
    fv_general_name_type type;
    bool (*is_usable)(const fv_general_name *constraint, bool is_strict);
    fv_name_fit (*fit)(const fv_general_name *name, const fv_general_name *constraint);
} fv_name_form;

/* NULL: a form that is not understood: where it is constrained, a name of that form is refused. */
const fv_name_form *fv_name_form_find(fv_general_name_type type);

#endif
