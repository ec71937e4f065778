#include "zone_input.h"

#include <fedval/name.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A name with a slash in front of the "=" is part of a path. */
const char *zone_input_path(const char *value)
{
    size_t len = strcspn(value, "=/");
    return len > 0 && len < FEDVAL_NAME_SIZE && value[len] == '=' ? value + len + 1 : value;
}

/* ---- lines ---- */

/* What the owners in a file say of its zone. */
typedef struct owners {
    char origin[FEDVAL_NAME_SIZE]; /* that holds all of them so far; "": none is known */
    char stray[FEDVAL_NAME_SIZE];  /* an owner outside it; "": none */
    char relative[FEDVAL_NAME_SIZE];
    bool has_soa, has_origin;
} owners;

static bool is_within(const char *name, const char *zone)
{
    size_t len = strlen(name), zone_len = strlen(zone);
    return zone_len <= len && strcasecmp(name + len - zone_len, zone) == 0 &&
           (zone_len == len || name[len - zone_len - 1] == '.');
}

/* "_sipfederationtls._tcp.example.com" is a name of the zone example.com. */
static const char *skip_services(const char *name)
{
    while (name[0] == '_' && strchr(name, '.') != NULL)
        name = strchr(name, '.') + 1;
    return name;
}

static void copy_name(char out[FEDVAL_NAME_SIZE], const char *name, size_t len)
{
    snprintf(out, FEDVAL_NAME_SIZE, "%.*s", (int)(len < FEDVAL_NAME_SIZE ? len : 0), name);
}

static void take_owner(owners *o, const char *word, size_t len)
{
    char name[FEDVAL_NAME_SIZE];
    if (len == 0 || word[0] == '@' || word[0] == '$')
        return;
    if (word[len - 1] != '.') {
        if (o->relative[0] == '\0')
            copy_name(o->relative, word, len);
        return;
    }
    copy_name(name, word, len - 1);
    const char *zone = skip_services(name);
    if (zone[0] == '\0' || o->has_origin)
        return;
    if (o->origin[0] == '\0' || is_within(o->origin, zone))
        copy_name(o->origin, zone, strlen(zone));
    else if (!is_within(zone, o->origin) && o->stray[0] == '\0')
        copy_name(o->stray, name, strlen(name));
}

static size_t word_length(const char *at)
{
    return strcspn(at, " \t\r\n;()");
}

static bool has_word(const char *line, size_t len, const char *word)
{
    for (const char *at = line; at < line + len && *at != ';';) {
        size_t word_len = word_length(at);
        if (word_len == strlen(word) && strncasecmp(at, word, word_len) == 0)
            return true;
        at += word_len > 0 ? word_len : 1;
    }
    return false;
}

static void take_origin(owners *o, const char *line)
{
    const char *at = line + strlen("$ORIGIN");
    at += strspn(at, " \t");
    size_t len = word_length(at);
    if (o->has_origin || len == 0)
        return;
    copy_name(o->origin, at, len - (at[len - 1] == '.'));
    o->has_origin = true;
}

static owners read_owners(const char *text)
{
    owners o = {0};
    for (const char *line = text; *line != '\0';) {
        size_t len = strcspn(line, "\n");
        o.has_soa |= has_word(line, len, "SOA");
        if (strncasecmp(line, "$ORIGIN", 7) == 0)
            take_origin(&o, line);
        else
            take_owner(&o, line, word_length(line));
        line += len + (line[len] == '\n');
    }
    return o;
}

/* ---- the zone ---- */

static bool append_soa(cmd_input *input, const char *origin)
{
    static const char rest[] = ". 3600 IN SOA . . 1 3600 600 86400 300\n";
    size_t size = input->len + strlen(origin) + sizeof(rest) + 2;
    char *data = realloc(input->data, size);
    if (data == NULL)
        return false;
    input->data = data;
    input->len += (size_t)snprintf(data + input->len, size - input->len, "\n%s%s", origin, rest);
    return true;
}

/* Why the lines cannot be taken for a zone; NULL: they can. */
static const char *find_fault(const owners *o, const char *origin, char *out, size_t size)
{
    if (origin[0] == '\0') {
        return "record lines without a SOA record, whose names are relative to a zone that is not "
               "named: give it in front of the file, such as example.com=FILE, or end full names "
               "with a dot";
    }
    if (o->stray[0] != '\0') {
        snprintf(out, size,
                 "record lines without a SOA record, of several zones: %.200s is not in %.200s; "
                 "give each zone a file of its own",
                 o->stray, origin);
        return out;
    }
    if (o->relative[0] != '\0' && is_within(o->relative, origin)) {
        snprintf(out, size,
                 "%.200s is relative to %.200s as it stands: a full name ends with a dot",
                 o->relative, origin);
        return out;
    }
    return NULL;
}

/* The zone that the lines are of. */
static void choose_origin(const cmd_settings *settings, const owners *o,
                          char origin[FEDVAL_NAME_SIZE])
{
    if (origin[0] != '\0')
        return;
    if (o->origin[0] != '\0')
        copy_name(origin, o->origin, strlen(o->origin));
    else if (settings->inputs.count == 1 &&
             fedval_name_normalise(settings->inputs.items[0], FEDVAL_NUL_ENDED, origin,
                                   FEDVAL_NAME_SIZE, NULL, NULL) != FEDVAL_OK)
        origin[0] = '\0';
}

/* Whether there is a line that is neither blank nor a comment nor a directive. $GENERATE stands for
 * records. */
static bool has_records(const char *text)
{
    for (const char *line = text; *line != '\0';) {
        size_t blank = strspn(line, " \t\r");
        /* The end of the text is found in it too. */
        if (strchr("\n;$", line[blank]) == NULL || strncasecmp(line, "$GENERATE", 9) == 0)
            return true;
        line += strcspn(line, "\n");
        line += *line == '\n';
    }
    return false;
}

/* Lines that are pasted: a SOA record is all that they lack. */
static bool complete(const cmd_settings *settings, const char *path, cmd_input *input,
                     char origin[FEDVAL_NAME_SIZE], cmd_output *output)
{
    char text[600];
    owners o = read_owners(input->data);
    if (o.has_soa)
        return true;
    if (origin[0] == '\0' && !has_records(input->data)) {
        output_refuse_text(
            output, EXIT_INPUT, path,
            "no record is in it, where a zone is wanted: for a zone that is known to "
            "be empty, write ORIGIN=FILE");
        return false;
    }
    choose_origin(settings, &o, origin);
    const char *fault = find_fault(&o, origin, text, sizeof(text));
    if (fault != NULL) {
        output_refuse_text(output, EXIT_INPUT, path, fault);
        return false;
    }
    if (!append_soa(input, origin)) {
        output_internal(output, FEDVAL_ERROR_NO_MEMORY);
        return false;
    }
    /* A plan reads it twice. What no line of is a record is refused by the zone's reader. */
    if (output->noted != path && strstr(input->data, "-----BEGIN ") == NULL) {
        fprintf(stderr, "fedval: %s has no SOA record: its lines are taken for the whole zone %s\n",
                path, origin);
    }
    output->noted = path;
    return true;
}

/* Puts `origin` behind a relative name. A name that is too long becomes "". */
static void make_absolute(char out[FEDVAL_NAME_SIZE], const char *word, size_t len,
                          const char *origin)
{
    char made[2 * FEDVAL_NAME_SIZE];
    bool is_absolute = len > 0 && word[len - 1] == '.';
    int kept = (int)(len < FEDVAL_NAME_SIZE ? len - is_absolute : 0);
    if (len == 1 && word[0] == '@')
        snprintf(made, sizeof(made), "%s", origin);
    else if (is_absolute || origin[0] == '\0')
        snprintf(made, sizeof(made), "%.*s", kept, word);
    else
        snprintf(made, sizeof(made), "%.*s.%s", kept, word, origin);
    copy_name(out, made, strlen(made));
}

/* The name in `owner` goes on where a line begins with a space. */
static void follow_line(const char *line, char origin[FEDVAL_NAME_SIZE],
                        char owner[FEDVAL_NAME_SIZE])
{
    size_t len = word_length(line);
    if (strncasecmp(line, "$ORIGIN", 7) == 0) {
        const char *word = line + 7 + strspn(line + 7, " \t");
        make_absolute(origin, word, word_length(word), origin);
    } else if (len > 0 && line[0] != '$') {
        make_absolute(owner, line, len, origin);
    }
}

void zone_input_apex(const cmd_input *input, const char *given_origin, char out[FEDVAL_NAME_SIZE])
{
    char origin[FEDVAL_NAME_SIZE];
    out[0] = '\0';
    copy_name(origin, given_origin, strlen(given_origin));
    for (const char *line = input->data; *line != '\0';) {
        size_t len = strcspn(line, "\n");
        follow_line(line, origin, out);
        if (has_word(line, len, "SOA"))
            return;
        line += len + (line[len] == '\n');
    }
    out[0] = '\0';
}

size_t zone_input_depth(const cmd_input *input, const char *given_origin)
{
    char owner[FEDVAL_NAME_SIZE];
    zone_input_apex(input, given_origin, owner);
    size_t depth = owner[0] != '\0';
    for (const char *at = owner; *at != '\0'; at++)
        depth += *at == '.';
    return depth;
}

bool zone_input_read(const cmd_settings *settings, const char *value, cmd_input *out,
                     char out_origin[FEDVAL_NAME_SIZE], cmd_output *output)
{
    const char *path = zone_input_path(value);
    out_origin[0] = '\0';
    if (path != value)
        copy_name(out_origin, value, (size_t)(path - value) - 1);
    if (!input_read(out, path, output))
        return false;
    bool is_text = memchr(out->data, '\0', out->len) == NULL;
    if (!is_text || complete(settings, path, out, out_origin, output))
        return true;
    input_clear(out);
    return false;
}
