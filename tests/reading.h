/* Files, as the tests read them. */
#ifndef FV_TEST_READING_H
#define FV_TEST_READING_H

#include <stdio.h>
#include <stdlib.h>

/* The whole file with a NUL behind it, for free(); NULL when it cannot be read. */
static inline char *read_file(const char *path, size_t *out_len)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    long size = -1;
    if (file == NULL)
        return NULL;
    if (fseek(file, 0, SEEK_END) == 0)
        size = ftell(file);
    rewind(file);
    if (size >= 0)
        text = calloc(1, (size_t)size + 1);
    if (text != NULL)
        *out_len = fread(text, 1, (size_t)size, file);
    (void)fclose(file);
    return text;
}

/* The first `size` bytes of a file. Returns how many there are; 0: it cannot be read, or is empty.
 */
static inline size_t read_into(const char *path, void *out, size_t size)
{
    FILE *file = fopen(path, "rb");
    size_t len = 0;
    if (file == NULL)
        return 0;
    len = fread(out, 1, size, file);
    (void)fclose(file);
    return len;
}

#endif
