#include "base/versioned.h"

#include <string.h>

static bool is_zero(const unsigned char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (bytes[i] != 0)
            return false;
    }
    return true;
}

bool fv_versioned_copy(void *out, size_t out_size, const void *from)
{
    size_t size;
    memcpy(&size, from, sizeof(size));
    if (size < sizeof(size))
        return false;
    size_t common = size < out_size ? size : out_size;
    if (!is_zero((const unsigned char *)from + common, size - common))
        return false;
    memset(out, 0, out_size);
    memcpy(out, from, common);
    memcpy(out, &out_size, sizeof(out_size));
    return true;
}
