/* Sights of texts. */
#ifndef FV_TEST_LOGS_SIGHTS_H
#define FV_TEST_LOGS_SIGHTS_H

#include <stdlib.h>

#include "logs/read/sight.h"

/* The sight of a text, to be cleared. */
static inline void read_sight(fv_sight *sight, const fv_buf *text)
{
    fv_sight_init(sight);
    if (!fv_sight_read(sight, (fv_bytes){(const uint8_t *)text->data, text->len}))
        abort();
}

#endif
