/* Many names in one text, with the offsets at which they begin and end. The functions that judge
 * many names at once take them so. */
#ifndef FV_NAMES_PACKED_H
#define FV_NAMES_PACKED_H

#include "base/text.h"

/* Whether the offsets (at least one) never decrease and never lie behind the end of the text. */
static inline bool fv_packed_is_sound(const uint32_t *offsets, size_t num_offsets, size_t text_len)
{
    for (size_t i = 0; i + 1 < num_offsets; i++) {
        if (offsets[i] > offsets[i + 1])
            return false;
    }
    return offsets[num_offsets - 1] <= text_len;
}

static inline fv_text fv_packed_get(const char *text, const uint32_t *offsets, size_t index)
{
    return (fv_text){text + offsets[index], offsets[index + 1] - offsets[index]};
}

#endif
