#include "plugin.h"

#include <stdlib.h>
#include <string.h>

static size_t first_line(const char *text, size_t text_len)
{
    const char *end = memchr(text, '\n', text_len);
    return end == NULL ? text_len : (size_t)(end - text);
}

/* Where the performance data begins in a line of `len` bytes, with the blank before its bar; `len`
 * where there is none. */
static size_t find_data(const char *line, size_t len)
{
    const char *bar = memchr(line, '|', len);
    return bar == NULL || bar == line ? len : (size_t)(bar - line) - 1;
}

void plugin_write(cmd_output *output, const char *text, size_t text_len)
{
    const char *refusals = output->refusals;
    size_t line = first_line(text, text_len), data = find_data(text, line);
    size_t refused = first_line(refusals, strlen(refusals));
    output_put(output, refusals, refused);
    output_put(output, text + data, line - data);
    output_put(output, refusals + refused, strlen(refusals + refused));
    output_put(output, text, data);
    output_put(output, text + line, text_len - line);
    free(output->refusals);
    output->refusals = NULL;
}
