/* Reads JSON piece by piece, without keeping it: of a long document a few members are wanted, and
 * of tens of thousands of documents every one is read. The caller asks for what it wants and passes
 * over the rest. The first fault sticks: from then on every call gives nothing. */
#ifndef FV_RENDER_JSON_PULL_H
#define FV_RENDER_JSON_PULL_H

#include "base/arena.h"
#include "base/text.h"

#define FV_PULL_MAX_DEPTH 32

typedef struct fv_pull {
    fv_text text;
    size_t at;
    size_t depth;          /* of objects and arrays that are open */
    bool has_items;        /* the innermost one had an item already */
    const char *fault;     /* what is wrong at `at`; NULL: nothing */
    bool is_beyond;        /* it is nested too deeply */
    bool is_out_of_memory; /* a text could not be kept */
    fv_arena *arena;       /* of the texts */
} fv_pull;

void fv_pull_init(fv_pull *pull, fv_text text, fv_arena *arena);
/* Whether the value that comes is an object or an array; then it is open. Null is passed over and
 * gives false without a fault, anything else is one. */
bool fv_pull_open(fv_pull *pull, char opener);
/* The next member of the innermost object; its value comes. False: the object has ended. A key with
 * an escape in it is no key of ours: it is empty. */
bool fv_pull_member(fv_pull *pull, fv_text *out_key);
bool fv_pull_is_key(fv_text key, const char *name);
/* Whether another item of the innermost array comes. False: the array has ended. */
bool fv_pull_item(fv_pull *pull);
/* Each reads the value that comes. Null leaves `*out` as it is. */
void fv_pull_text(fv_pull *pull, const char **out);
void fv_pull_i64(fv_pull *pull, int64_t *out);
void fv_pull_bool(fv_pull *pull, bool *out);
void fv_pull_skip(fv_pull *pull);
/* Nothing may come behind the document. */
void fv_pull_end(fv_pull *pull);

#endif
