/* The tables of words that JSON uses for the values of policy fields. */
#ifndef FV_MODEL_WORDS_H
#define FV_MODEL_WORDS_H

#include "base/code.h"

typedef struct fv_words {
    const fv_code *codes;
    size_t num_codes;
} fv_words;

extern const fv_words fv_side_words, fv_scope_words, fv_service_words, fv_target_rule_words,
    fv_reference_words, fv_roots_words, fv_tls_version_words, fv_wildcard_words,
    fv_common_name_words;

#endif
