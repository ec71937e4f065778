#include "inputs.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_CAPACITY ((size_t)64 << 10)

const char *input_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (strcmp(path, "-") == 0)
        return "standard input";
    return slash == NULL || slash[1] == '\0' ? path : slash + 1;
}

/* Room for more, and for a NUL. What was read moves without leaving a copy, for it may hold a key.
 */
static bool grow(cmd_input *input, size_t *capacity)
{
    size_t wanted = *capacity == 0 ? FIRST_CAPACITY : *capacity * 2;
    char *data = malloc(wanted + 1);
    if (data == NULL)
        return false;
    if (input->data != NULL) {
        memcpy(data, input->data, input->len);
        explicit_bzero(input->data, input->len);
        free(input->data);
    }
    input->data = data;
    *capacity = wanted;
    return true;
}

static const char no_memory[] = "out of memory";

static const char *fault_of(int error)
{
    if (error == ENOMEM)
        return no_memory;
    return strerror(error == 0 ? EIO : error);
}

/* NULL, or why it cannot be read; one byte over the limit is read to know. */
static const char *read_all(cmd_input *input, FILE *file)
{
    size_t capacity = 0;
    if (!grow(input, &capacity))
        return no_memory;
    setvbuf(file, NULL, _IONBF, 0); /* so that stdio keeps no copy */
    while (!feof(file)) {
        if (input->len == capacity && !grow(input, &capacity))
            return no_memory;
        errno = 0;
        input->len += fread(input->data + input->len, 1, capacity - input->len, file);
        if (ferror(file))
            return fault_of(errno);
        if (input->len > INPUT_LIMIT)
            return "it is larger than 64 MiB";
    }
    input->data[input->len] = '\0';
    return NULL;
}

size_t input_drop_mark(char *data, size_t len)
{
    static const char mark[] = "\xEF\xBB\xBF";
    const size_t mark_len = sizeof(mark) - 1;
    if (len < mark_len || memcmp(data, mark, mark_len) != 0)
        return len;
    memmove(data, data + mark_len, len - mark_len + 1);
    return len - mark_len;
}

bool input_read(cmd_input *input, const char *path, cmd_output *output)
{
    bool is_stdin = strcmp(path, "-") == 0;
    FILE *file = is_stdin ? stdin : fopen(path, "rb");
    const char *fault = file == NULL ? fault_of(errno) : read_all(input, file);
    if (file != NULL && !is_stdin)
        fclose(file);
    if (fault == NULL) {
        input->len = input_drop_mark(input->data, input->len);
        return true;
    }
    input_clear(input);
    if (fault == no_memory)
        output_internal(output, FEDVAL_ERROR_NO_MEMORY);
    else
        output_refuse_text(output, EXIT_INPUT, is_stdin ? input_name(path) : path, fault);
    return false;
}

void input_clear(cmd_input *input)
{
    if (input->data != NULL)
        explicit_bzero(input->data, input->len);
    free(input->data);
    *input = (cmd_input){0};
}
