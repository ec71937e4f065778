/* Name constraints (RFC 5280 4.2.1.10, 6.1.3 (b) and (c)). */
#ifndef FV_TRUST_NAMES_H
#define FV_TRUST_NAMES_H

#include "trust/sink.h"

/* Judges the constraints themselves. If one cannot be compared with any name, its certificate is
 * faulty. */
void fv_trust_judge_constraints(fv_sink *sink, const fv_certificate *issuer);
/* Compares the names of a certificate with the constraints of `issuer`, a CA above it.
 * `is_end_entity`: its Common Name may count as a name too, as the policy says. */
void fv_trust_judge_names(fv_sink *sink, const fv_certificate *issuer,
                          const fv_certificate *certificate, bool is_end_entity);

/* name_forms.c: the result of one name against one constraint of the same form. */
typedef enum fv_name_fit {
    FV_NAME_OUTSIDE,
    FV_NAME_WITHIN,
    /* a wildcard that covers some name within: enough for an exclusion, too little for a
     * permission */
    FV_NAME_TOUCHES,
    FV_NAME_UNUSABLE, /* the name cannot be compared */
} fv_name_fit;

typedef struct fv_name_form {
    fv_general_name_type type;
    bool (*is_usable)(const fv_general_name *constraint, bool is_strict);
    fv_name_fit (*fit)(const fv_general_name *name, const fv_general_name *constraint);
} fv_name_form;

/* Returns the form of `type`. NULL: it is not understood, so a name of this form is refused if a
 * constraint speaks of the form. */
const fv_name_form *fv_name_form_find(fv_general_name_type type);

#endif
