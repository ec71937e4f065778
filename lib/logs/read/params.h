/* Parts of a value: the parameters of ms-diagnostics and of the Edge's Data field, and HRESULT
 * numbers. */
#ifndef FV_LOGS_PARAMS_H
#define FV_LOGS_PARAMS_H

#include "logs/read/sight.h"

#define FV_PARAMS_MAX 40

typedef struct fv_named_value {
    fv_span name;
    fv_span value; /* without quotation marks */
    bool is_cut;   /* the closing quotation mark is missing */
} fv_named_value;

typedef struct fv_params {
    fv_named_value items[FV_PARAMS_MAX];
    size_t num_items;
    bool is_cut; /* the end is missing: an open quotation mark, "...", or a piece of a name */
} fv_params;

/* Reads name="value";name="value"... in any order and letter case; quotation marks may be
 * missing. */
void fv_params_read(const fv_sight *sight, fv_span span, fv_params *out);
/* Gets the value of `name`; letter case and underscores do not matter. Returns false if it is
 * missing or empty. */
bool fv_params_get(const fv_sight *sight, const fv_params *params, const char *name, fv_span *out);

/* Whether `name` is present without any value: the value was lost. */
bool fv_params_is_empty(const fv_sight *sight, const fv_params *params, const char *name);

/* Whether the text ended before the value of `name` did. `name` must be present. */
bool fv_params_is_cut(const fv_sight *sight, const fv_params *params, const char *name);

typedef struct fv_diagnostic {
    uint32_t id;
    uint32_t sub_id; /* 0: none */
    fv_span word;    /* the id as it is written */
    bool is_damaged; /* as text read from a picture is: "1O1O" is not the id 1 */
    fv_params params;
} fv_diagnostic;

/* Reads the value of an ms-diagnostics header: id[.sub];name="value"... If somebody retold it as
 * 1008 "Unable to ...", the text becomes its reason. Returns false if it does not begin with a
 * number. */
bool fv_diagnostic_read(const fv_sight *sight, fv_span span, fv_diagnostic *out);

typedef enum fv_number_state {
    FV_NUMBER_ABSENT,
    FV_NUMBER_READ,
    FV_NUMBER_DAMAGED, /* it cannot be an HRESULT */
} fv_number_state;

/* Reads the HRESULT of a failure in any of its forms: "0x80090322(SEC_E_WRONG_PRINCIPAL)",
 * "80090322", "-2146893022", "2148074274". The top bit of a failure is always set. */
fv_number_state fv_hresult_read(fv_text text, uint32_t *out);

#endif
