#include "base/secret.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

char *fv_secret_copy(const void *secret, size_t len)
{
    char *copy = len < SIZE_MAX ? malloc(len + 1) : NULL;
    if (copy != NULL) {
        if (len > 0)
            memcpy(copy, secret, len);
        copy[len] = '\0';
    }
    return copy;
}

void fv_secret_free(char *copy, size_t len)
{
    /* A compiler may leave out a memset before free(). */
    volatile char *bytes = copy;
    for (size_t i = 0; bytes != NULL && i < len; i++)
        bytes[i] = 0;
    free(copy);
}
