/* A borrowed run of bytes: the shape in which decoded facts point into their DER. */
#ifndef FV_BASE_BYTES_H
#define FV_BASE_BYTES_H

#include <stddef.h>
#include <stdint.h>

typedef struct fv_bytes {
    const uint8_t *data; /* NULL only when len is 0 */
    size_t len;
} fv_bytes;

#endif
