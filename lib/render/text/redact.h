/* Texts with users and addresses replaced, consistently within one document. */
#ifndef FV_RENDER_REDACT_H
#define FV_RENDER_REDACT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"

typedef struct fv_alias {
    fv_text original;
    uint32_t number;
    struct fv_alias *next;
} fv_alias;

#define FV_REDACT_BUCKETS 1024

typedef struct fv_redactor {
    bool on;
    bool failed; /* memory ran short */
    fv_arena arena;
    fv_alias **buckets; /* FV_REDACT_BUCKETS lists */
    uint32_t num_users;
    uint32_t num_addresses;
} fv_redactor;

void fv_redactor_init(fv_redactor *redactor, bool on);
void fv_redactor_clear(fv_redactor *redactor);
/* The text as it may be shown: itself when nothing is to be replaced; valid until clear. NULL
 * gives NULL; NULL also, and failed set, when memory is short. */
const char *fv_redact(fv_redactor *redactor, const char *text);

#endif
