/* The encoding of a log: UTF-16 becomes UTF-8, everything else is left as it is. */
#ifndef FV_LOGS_CHARSET_H
#define FV_LOGS_CHARSET_H

#include "base/bytes.h"

typedef enum fv_encoding {
    FV_ENCODING_UNDECIDED,
    FV_ENCODING_BYTES,
    FV_ENCODING_UTF16_LE,
    FV_ENCODING_UTF16_BE,
} fv_encoding;

/* So many bytes of ASCII in UTF-16 show that a program appended text of another encoding. */
#define FV_CHARSET_NARROW 24

typedef struct fv_charset {
    fv_encoding encoding;
    uint8_t pending[2]; /* bytes that wait for more: the first half of a unit, or the beginning of
                           the log */
    size_t num_pending;
    uint8_t num_swapped; /* how many units in a row are letters only with their two bytes swapped: a
                            log in UTF-16 of the other byte order */
    uint8_t num_narrow;  /* how many bytes `narrow` holds: units of UTF-16 in a row that read as two
                            ASCII characters each */
    uint8_t narrow[FV_CHARSET_NARROW];
    uint32_t high; /* a high surrogate that waits for its other half; 0: none */
} fv_charset;

void fv_charset_init(fv_charset *charset);
/* Decodes from `*bytes` into `out` until one of them is used up, and moves `*bytes` past what was
 * read. Returns how many bytes were written. */
size_t fv_charset_read(fv_charset *charset, fv_bytes *bytes, uint8_t *out, size_t out_size);
/* Writes the bytes that still wait when the source ends: at most 2. */
size_t fv_charset_finish(fv_charset *charset, uint8_t *out);

#endif
