/* What stands inside a value: the parameters of ms-diagnostics and of the Edge's Data field, and
 * numbers that are HRESULTs. */
#ifndef FV_LOGS_PARAMS_H
#define FV_LOGS_PARAMS_H

#include "logs/read/sight.h"

#define FV_PARAMS_MAX 40

typedef struct fv_pair {
    fv_span name;
    fv_span value; /* without quotation marks */
    bool is_cut;   /* the closing quotation mark is not there */
} fv_pair;

typedef struct fv_params {
    fv_pair pairs[FV_PARAMS_MAX];
    size_t num_pairs;
} fv_params;

/* name="value";name="value"... in any order and case; quotation marks may be missing. */
void fv_params_read(const fv_sight *sight, fv_span span, fv_params *out);
/* The value of a name (letter case and underscores aside); false when absent or empty. */
bool fv_params_get(const fv_sight *sight, const fv_params *params, const char *name, fv_span *out);

/* Whether the value of a name, which is there, ends for want of anything more. */
bool fv_params_is_cut(const fv_sight *sight, const fv_params *params, const char *name);

typedef struct fv_diagnostic {
    uint32_t id;
    uint32_t sub_id; /* 0: none */
    fv_params params;
} fv_diagnostic;

/* The value of an ms-diagnostics header: id[.sub];name="value"... The text of a retold one
 * (1008 "Unable to ...") becomes its reason. False when no number leads it. */
bool fv_diagnostic_read(const fv_sight *sight, fv_span span, fv_diagnostic *out);

typedef enum fv_number_state {
    FV_NUMBER_ABSENT,
    FV_NUMBER_READ,
    FV_NUMBER_DAMAGED, /* no HRESULT can look like this */
} fv_number_state;

/* An HRESULT of a failure: "0x80090322(SEC_E_WRONG_PRINCIPAL)", "80090322", "-2146893022",
 * "2148074274". Its top bit is set, whatever the way it is written. */
fv_number_state fv_hresult_read(fv_text text, uint32_t *out);

#endif
