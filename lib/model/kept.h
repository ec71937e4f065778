/* The certificates that a report keeps. Its endpoints, paths and findings share them: each is
 * copied once, whoever names it, and decoded when somebody asks for what is in it. */
#ifndef FV_MODEL_KEPT_H
#define FV_MODEL_KEPT_H

#include "base/arena.h"
#include "fedval/certificate.h"

typedef struct fv_kept_certificate fv_kept_certificate;

struct fv_kept_certificate {
    const uint8_t *from; /* where its bytes came from; only compared */
    fv_bytes der;        /* a copy */
    fv_arena *arena;     /* owns `decoded` and `sha256` */
    fv_late_object decoded;
    fv_late_text sha256; /* in hexadecimal */
    bool has_name;       /* `common_name` is set */
    const char *common_name;
    fv_kept_certificate *next; /* in the same bucket */
};

#define FV_KEPT_BUCKETS 64

typedef struct fv_kept_list {
    fv_kept_certificate *buckets[FV_KEPT_BUCKETS];
} fv_kept_list;

/* Returns what `list` keeps of `der`, which it copies into `arena` the first time. The same address
 * means the same certificate. NULL: memory is short. */
fv_kept_certificate *fv_kept_add(fv_kept_list *list, fv_arena *arena, fv_bytes der);

/* Returns the certificate, decoded; it lives as long as the arena. NULL: `kept` is NULL or no
 * certificate, or memory is short, which sets `*no_memory`. Threads: any number. */
const fedval_certificate *fv_kept_read(fv_kept_certificate *kept, bool *no_memory);
/* Returns the SHA-256 of its bytes in lower-case hexadecimal, made once. NULL: `kept` is NULL or
 * has no bytes, or memory is short, which sets `*no_memory`. Threads: any number. */
const char *fv_kept_sha256(fv_kept_certificate *kept, bool *no_memory);

#endif
