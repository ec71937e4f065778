/* The table of byte sequences that stand for a character, a blank or a line end. */
#ifndef FV_LOGS_DISGUISE_H
#define FV_LOGS_DISGUISE_H

#include "logs/read/spacing.h"

typedef struct fv_disguise {
    const char *bytes;
    fv_symbol_kind kind;
    char c;
} fv_disguise;

extern const fv_disguise fv_disguises[];
extern const size_t fv_num_disguises;

#endif
