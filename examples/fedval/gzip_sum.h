/* The sum at the end of a gzip file (RFC 1952 2.3.1), which libarchive does not compare. */
#ifndef GZIP_SUM_H
#define GZIP_SUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GZIP_TRAILER 8

typedef struct gzip_sum {
    uint32_t table[256];
    uint32_t sum;               /* CRC-32 of what was unpacked */
    uint64_t unpacked;          /* bytes */
    uint8_t last[GZIP_TRAILER]; /* of what is packed */
} gzip_sum;

void gzip_sum_init(gzip_sum *self);
void gzip_sum_packed(gzip_sum *self, const uint8_t *bytes, size_t len);
void gzip_sum_unpacked(gzip_sum *self, const uint8_t *bytes, size_t len);
/* Whether the sum is wrong, once all was read. The length beside it has to be right: where a file
 * is made of several, it is that of the last alone, and so is the sum. */
bool gzip_sum_is_wrong(const gzip_sum *self);

#endif
