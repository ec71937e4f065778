#include "gzip_sum.h"

#include <string.h>

#define POLYNOMIAL 0xEDB88320u /* RFC 1952 8 */

void gzip_sum_init(gzip_sum *self)
{
    memset(self, 0, sizeof(*self));
    self->sum = UINT32_MAX;
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t value = i;
        for (int bit = 0; bit < 8; bit++)
            value = (value & 1) != 0 ? value >> 1 ^ POLYNOMIAL : value >> 1;
        self->table[i] = value;
    }
}

void gzip_sum_packed(gzip_sum *self, const uint8_t *bytes, size_t len)
{
    if (len == 0)
        return; /* `bytes` may be NULL then */
    size_t kept = len < GZIP_TRAILER ? GZIP_TRAILER - len : 0;
    memmove(self->last, self->last + GZIP_TRAILER - kept, kept);
    memcpy(self->last + kept, bytes + len - (GZIP_TRAILER - kept), GZIP_TRAILER - kept);
}

void gzip_sum_unpacked(gzip_sum *self, const uint8_t *bytes, size_t len)
{
    self->unpacked += len;
    for (size_t i = 0; i < len; i++)
        self->sum = self->table[(self->sum ^ bytes[i]) & 0xFF] ^ self->sum >> 8;
}

static uint32_t read_u32(const uint8_t *bytes)
{
    return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

bool gzip_sum_is_wrong(const gzip_sum *self)
{
    return read_u32(self->last + 4) == (uint32_t)self->unpacked &&
           read_u32(self->last) != (self->sum ^ UINT32_MAX);
}
