/* Many names in one text with the offsets between them: the shape of the batch calls. */
#ifndef FV_NAMES_PACKED_H
#define FV_NAMES_PACKED_H

#include "base/text.h"

/* Whether num_offsets (at least 1) offsets ascend and stay in the text. */
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
