/* A text that grows, without printf. Appending never reports a failure: after the first one the
 * buffer stays failed, and the caller checks once, at the end. */
#ifndef FV_BASE_BUF_H
#define FV_BASE_BUF_H

#include "base/bytes.h"
#include "fedval/status.h"

#include <stdbool.h>

typedef struct fv_buf {
    char *data; /* NUL-ended when not NULL */
    size_t len;
    size_t capacity;
    bool failed; /* memory ran short: the text is incomplete */
} fv_buf;

void fv_buf_init(fv_buf *buf);
void fv_buf_clear(fv_buf *buf);
void fv_buf_append(fv_buf *buf, const char *data, size_t data_len);
void fv_buf_append_text(fv_buf *buf, const char *text); /* NULL appends nothing */
void fv_buf_append_char(fv_buf *buf, char c);
void fv_buf_append_u64(fv_buf *buf, uint64_t value);
void fv_buf_append_i64(fv_buf *buf, int64_t value);
void fv_buf_append_hex(fv_buf *buf, fv_bytes bytes); /* lower case */
/* Gives the text to the caller (malloc'ed, NUL-ended) and empties the buffer. Returns NULL if the
 * buffer had failed. */
char *fv_buf_take(fv_buf *buf, size_t *out_len);
/* The same for a public function with outputs: they stay untouched when the buffer had failed.
 * `out_len` may be NULL. Returns 0, or NO_MEMORY. */
fedval_status fv_buf_hand_over(fv_buf *buf, char **out_text, size_t *out_len);

#endif
