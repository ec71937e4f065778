/* Fields with users, numbers, addresses and the like replaced, consistently within one document.
 * What a field holds is known where it was read; a text that somebody wrote keeps the words alone
 * that the catalogue knows. */
#ifndef FV_RENDER_REDACT_H
#define FV_RENDER_REDACT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "judge/redact_words.h"
#include "logs/incidents/tell.h"

typedef struct fv_alias {
    fv_text original;
    uint32_t kind;
    uint32_t number;
    struct fv_alias *next;
} fv_alias;

#define FV_REDACT_BUCKETS 1024
#define FV_REDACT_KINDS 8

typedef struct fv_redactor {
    bool on;
    bool failed; /* memory ran short */
    fv_arena arena;
    fv_alias **buckets; /* FV_REDACT_BUCKETS lists */
    uint32_t counts[FV_REDACT_KINDS];
    fv_common_words words;
    fv_shower shower; /* what tells fields asks this one; over the redactor itself */
} fv_redactor;

/* The redactor must not be moved afterwards. */
void fv_redactor_init(fv_redactor *redactor, bool on);
void fv_redactor_clear(fv_redactor *redactor);
/* Keeps a host name readable in texts, because a field shows it; NULL is none. */
void fv_redactor_know_host(fv_redactor *redactor, const char *host);
/* Hides a user, or each word of a display name, wherever a text has it; NULL is none. */
void fv_redactor_know_person(fv_redactor *redactor, const char *text);
/* Returns `text` as it may be shown: `text` itself when nothing is to be replaced, else a text that
 * lives until the redactor is cleared. `what` says what it is (FV_SHOWN_). NULL gives NULL. When
 * memory is short the result is NULL too, and the redactor's member `failed` is set. */
const char *fv_redact(fv_redactor *redactor, uint32_t what, const char *text);

#endif
