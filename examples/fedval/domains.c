#include "domains.h"

#include "inputs.h"
#include "log_input.h"

#include <stdio.h>
#include <stdlib.h>
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

static bool keep_line(cmd_settings *settings, uint32_t line)
{
    size_t count = settings->inputs.count;
    uint32_t *lines = realloc(settings->domain_lines, count * sizeof(*lines));
    if (lines == NULL)
        return false;
    for (size_t i = settings->num_domain_lines; i < count; i++)
        lines[i] = 0;
    lines[count - 1] = line;
    settings->domain_lines = lines;
    settings->num_domain_lines = count;
    return true;
}

/* Ends the line before a "#" that begins it or follows a blank. */
static void cut_comment(char *line)
{
    for (char *at = strchr(line, '#'); at != NULL; at = strchr(at + 1, '#')) {
        if (at == line || is_blank(at[-1])) {
            *at = '\0';
            return;
        }
    }
}

/* One a line; empty lines and comments are passed over. */
static bool append_lines(cmd_settings *settings, char *text)
{
    uint32_t number = 1;
    for (char *line = text, *next; line != NULL; line = next, number++) {
        next = strchr(line, '\n');
        if (next != NULL)
            *next++ = '\0';
        cut_comment(line);
        line = trim(line);
        if (*line == '\0')
            continue;
        if (!values_append(&settings->inputs, line) || !keep_line(settings, number))
            return false;
    }
    return true;
}

uint32_t domains_get_line(const cmd_settings *settings, size_t index)
{
    return index < settings->num_domain_lines ? settings->domain_lines[index] : 0;
}

/* ---- files of another kind ---- */

/* Texts that are no list, by their first letters; what they are, and where they belong. */
static const struct {
    const char *start, *name;
} others[] = {
    {"-----BEGIN CERTIFICATE-----", "a certificate (PEM), which fedval chain judges"},
    {"-----BEGIN ", "a key, a request or a list in PEM"},
    {"{", "a JSON document"},
    {"[{", "a JSON document"},
    {"[\"", "a JSON document"},
    {"<", "a web page or an XML document"},
    {"$ORIGIN", "a zone file, which --zone takes"},
    {"$TTL", "a zone file, which --zone takes"},
    {"format:", "a YAML document, which fedval plan takes if it is an intent"},
    {"---", "a YAML document, which fedval plan takes if it is an intent"},
};

/* NULL: a list of domains, as far as its first bytes tell. */
static const char *name_other(const cmd_input *input)
{
    const char *text = input->data;
    size_t head_len = input->len < LOG_KIND_BYTES ? input->len : LOG_KIND_BYTES;
    const log_kind *kind = log_kind_of((const uint8_t *)text, head_len, "");
    while (is_blank(*text))
        text++;
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        if (strncmp(text, others[i].start, strlen(others[i].start)) == 0)
            return others[i].name;
    }
    if (kind->class == LOG_CLASS_FILTER)
        return "a compressed file";
    if (kind->class == LOG_CLASS_FOLDER)
        return "an archive";
    if (kind->class == LOG_CLASS_OTHER)
        return kind->name;
    return memchr(text, '\0', input->len - (size_t)(text - input->data)) == NULL
               ? NULL
               : "text in UTF-16, or binary data";
}

static bool refuse_list(const cmd_settings *settings, const char *message, cmd_output *output)
{
    bool is_stdin = strcmp(settings->domains, "-") == 0;
    output_refuse_text(output, EXIT_INPUT, is_stdin ? input_name("-") : settings->domains, message);
    return false;
}

bool domains_read(cmd_settings *settings, cmd_output *output)
{
    cmd_input input = {0};
    if (settings->domains == NULL)
        return true;
    if (!input_read(&input, settings->domains, output))
        return false;
    settings->domains_text = input.data;
    const char *other = name_other(&input);
    if (other != NULL) {
        char message[192];
        snprintf(message, sizeof(message),
                 "this is %s; --domains wants a text with one domain a line", other);
        return refuse_list(settings, message, output);
    }
    size_t before = settings->inputs.count;
    if (!append_lines(settings, input.data)) {
        output_internal(output, FEDVAL_ERROR_NO_MEMORY);
        return false;
    }
    return settings->inputs.count > before ||
           refuse_list(settings, "no domain is in it; one a line is wanted", output);
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

/* No zone of the user's holds such a name, which may be what a shell has left of it. */
void domains_doubt(const char *domain)
{
    if (strchr(domain, '.') == NULL) {
        fprintf(stderr,
                "fedval: %s: one label is seldom a SIP domain: is the rest of the name missing?\n",
                domain);
    }
}
