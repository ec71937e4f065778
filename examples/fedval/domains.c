#include "domains.h"

#include "inputs.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Ends the line without the blanks around it, and gives its first letter. */
static char *trim(char *line)
{
    char *end = line + strlen(line);
    while (is_blank(*line))
        line++;
    while (end > line && is_blank(end[-1]))
        end--;
    *end = '\0';
    return line;
}

/* One a line; empty lines and those that begin with "#" are passed over. */
static bool append_lines(cmd_settings *settings, char *text)
{
    for (char *line = text, *next; line != NULL; line = next) {
        next = strchr(line, '\n');
        if (next != NULL)
            *next++ = '\0';
        line = trim(line);
        if (*line != '\0' && *line != '#' && !values_append(&settings->inputs, line))
            return false;
    }
    return true;
}

bool domains_read(cmd_settings *settings, cmd_output *output)
{
    cmd_input input = {0};
    if (settings->domains == NULL)
        return true;
    if (!input_read(&input, settings->domains, output))
        return false;
    settings->domains_text = input.data;
    size_t before = settings->inputs.count;
    if (!append_lines(settings, input.data)) {
        output_internal(output, FEDVAL_ERROR_NO_MEMORY);
        return false;
    }
    if (settings->inputs.count > before)
        return true;
    bool is_stdin = strcmp(settings->domains, "-") == 0;
    output_refuse_text(output, EXIT_INPUT, is_stdin ? input_name("-") : settings->domains,
                       "no domain is in it; one a line is wanted");
    return false;
}

void domains_warn(const cmd_settings *settings)
{
    struct stat found;
    for (size_t i = 0; settings->command == IN_CHECK && i < settings->inputs.count; i++) {
        const char *input = settings->inputs.items[i];
        if (settings->domains == NULL && stat(input, &found) == 0 && S_ISREG(found.st_mode)) {
            fprintf(stderr,
                    "fedval check: %.253s is also the name of a file; domains from a file: "
                    "--domains FILE\n",
                    input);
        }
    }
}
