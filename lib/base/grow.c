#include "base/grow.h"

#include "base/size.h"

#include <stdlib.h>

#define FIRST_BYTES 256

void *fv_grow(void *items, size_t wanted, size_t *capacity, size_t item_size)
{
    size_t first = item_size < FIRST_BYTES ? FIRST_BYTES / item_size : 1;
    size_t room = *capacity == 0 ? first : *capacity, bytes;
    if (wanted <= *capacity)
        return items;
    while (room < wanted) {
        if (!fv_size_mul(room, 2, &room))
            return NULL;
    }
    void *larger = fv_size_mul(room, item_size, &bytes) ? realloc(items, bytes) : NULL;
    if (larger != NULL)
        *capacity = room;
    return larger;
}
