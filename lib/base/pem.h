/* The PEM armour of RFC 7468 around certificates and CRLs. */
#ifndef FV_BASE_PEM_H
#define FV_BASE_PEM_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "fedval/status.h"

/* Walks over the PEM blocks of a text. Other text between the blocks is skipped. */
typedef struct fv_pem {
    fv_text rest;  /* what has not been read yet */
    uint32_t line; /* of the start of rest, from 1 */
} fv_pem;

typedef struct fv_pem_block {
    fv_text label; /* "CERTIFICATE" */
    fv_bytes der;  /* in the arena */
    uint32_t line; /* of its BEGIN line */
} fv_pem_block;

enum fv_pem_result { FV_PEM_BLOCK, FV_PEM_END, FV_PEM_MALFORMED, FV_PEM_NO_MEMORY };

void fv_pem_init(fv_pem *pem, fv_text text);
/* Reads the next block. On FV_PEM_MALFORMED, `pem->line` is the line at fault and `out` is
 * untouched. */
enum fv_pem_result fv_pem_next(fv_pem *pem, fv_arena *arena, fv_pem_block *out);
/* Skips `len` bytes, and counts their lines. */
void fv_pem_skip(fv_pem *pem, size_t len);
/* Whether a line that begins here would begin or end a block, be it damaged or not. */
bool fv_pem_is_mark(fv_text text);
/* Appends a certificate in DER as a PEM block, with lines of 64 characters (RFC 7468 2). */
void fv_pem_append(fv_buf *out, fv_bytes der);

#endif
