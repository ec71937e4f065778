#include "intent_yaml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool yaml_is_json(const char *text, size_t len)
{
    size_t at = 0;
    if (len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
        at = 3;
    while (at < len && strchr(" \t\r\n", text[at]) != NULL && text[at] != '\0')
        at++;
    return at < len && text[at] == '{';
}

void yaml_clear(yaml_json *yaml)
{
    free(yaml->json);
    free(yaml->places);
    *yaml = (yaml_json){0};
}

bool yaml_find(const yaml_json *yaml, uint64_t offset, uint32_t *out_line, uint32_t *out_column)
{
    bool found = false;
    for (size_t i = 0; i < yaml->num_places && yaml->places[i].offset <= offset; i++) {
        *out_line = yaml->places[i].line;
        *out_column = yaml->places[i].column;
        found = true;
    }
    return found;
}

#ifdef HAVE_YAML
#include <yaml.h>

/* Deeper than any intent. */
#define MOST_DEPTH 16

typedef struct converter {
    yaml_json *out;
    char closers[MOST_DEPTH];
    size_t num_items[MOST_DEPTH]; /* keys count as items of a mapping, and so do values */
    size_t depth;
    bool has_document;
} converter;

static bool fail(converter *c, const char *fault, const yaml_mark_t *mark)
{
    snprintf(c->out->fault, sizeof(c->out->fault), "%s", fault);
    c->out->fault_line = (uint32_t)mark->line + 1;
    c->out->fault_column = (uint32_t)mark->column + 1;
    return false;
}

/* ---- writing ---- */

static bool put(converter *c, const char *text, size_t len)
{
    yaml_json *out = c->out;
    if (out->len + len + 1 > out->capacity) {
        size_t wanted = (out->len + len + 1) * 2;
        char *json = realloc(out->json, wanted);
        if (json == NULL)
            return false;
        out->json = json;
        out->capacity = wanted;
    }
    memcpy(out->json + out->len, text, len);
    out->len += len;
    out->json[out->len] = '\0';
    return true;
}

static bool put_string(converter *c, const char *text, size_t len)
{
    bool ok = put(c, "\"", 1);
    for (size_t i = 0; ok && i < len; i++) {
        char escaped[8];
        unsigned char byte = (unsigned char)text[i];
        if (byte < 0x20 || byte == '"' || byte == '\\') {
            int size = snprintf(escaped, sizeof(escaped), "\\u%04x", byte);
            ok = put(c, escaped, (size_t)size);
        } else {
            ok = put(c, text + i, 1);
        }
    }
    return ok && put(c, "\"", 1);
}

static bool note_place(converter *c, const yaml_mark_t *mark)
{
    yaml_json *out = c->out;
    if (out->num_places == out->places_capacity) {
        size_t wanted = out->places_capacity == 0 ? 64 : out->places_capacity * 2;
        yaml_place *places = realloc(out->places, wanted * sizeof(*places));
        if (places == NULL)
            return false;
        out->places = places;
        out->places_capacity = wanted;
    }
    out->places[out->num_places++] =
        (yaml_place){out->len, (uint32_t)mark->line + 1, (uint32_t)mark->column + 1};
    return true;
}

/* ---- values ---- */

static bool is_whole_number(const char *text, size_t len)
{
    size_t at = len > 0 && text[0] == '-';
    if (len - at == 0 || len > 18 || (text[at] == '0' && len - at > 1))
        return false;
    for (; at < len; at++) {
        if (text[at] < '0' || text[at] > '9')
            return false;
    }
    return true;
}

/* A release such as 15.5 stays a text: no member of an intent is a broken number. */
static bool put_scalar(converter *c, const char *text, size_t len, bool is_plain)
{
    static const char *const words[] = {"true", "false", "null"};
    for (size_t i = 0; is_plain && i < sizeof(words) / sizeof(words[0]); i++) {
        if (strlen(words[i]) == len && memcmp(words[i], text, len) == 0)
            return put(c, text, len);
    }
    if (is_plain && (len == 0 || (len == 1 && text[0] == '~')))
        return put(c, "null", 4);
    return is_plain && is_whole_number(text, len) ? put(c, text, len) : put_string(c, text, len);
}

/* What parts an item from the one before. */
static bool begin_item(converter *c, const yaml_event_t *event)
{
    if (c->depth > 0) {
        size_t number = c->num_items[c->depth - 1]++;
        bool is_value = c->closers[c->depth - 1] == '}' && number % 2 == 1;
        bool is_key = c->closers[c->depth - 1] == '}' && !is_value;
        if (number > 0 && !put(c, is_value ? ":" : ",", 1))
            return false;
        if (is_key && event->type != YAML_SCALAR_EVENT)
            return fail(c, "a key is a word", &event->start_mark);
    }
    return note_place(c, &event->start_mark);
}

static bool is_at_key(const converter *c)
{
    return c->depth > 0 && c->closers[c->depth - 1] == '}' && c->num_items[c->depth - 1] % 2 == 1;
}

static bool open(converter *c, const yaml_event_t *event, const char *opener, char closer)
{
    if (!begin_item(c, event))
        return false;
    if (c->depth == MOST_DEPTH)
        return fail(c, "too deep", &event->start_mark);
    c->closers[c->depth] = closer;
    c->num_items[c->depth++] = 0;
    return put(c, opener, 1);
}

static bool take(converter *c, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_MAPPING_START_EVENT:
        return open(c, event, "{", '}');
    case YAML_SEQUENCE_START_EVENT:
        return open(c, event, "[", ']');
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
        c->depth--;
        return put(c, &c->closers[c->depth], 1);
    case YAML_SCALAR_EVENT: {
        bool is_plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
        if (!begin_item(c, event))
            return false;
        return put_scalar(c, (const char *)event->data.scalar.value, event->data.scalar.length,
                          is_plain && !is_at_key(c));
    }
    case YAML_ALIAS_EVENT: /* a few of them can stand for gigabytes */
        return fail(c, "aliases are not taken: write the value out", &event->start_mark);
    case YAML_DOCUMENT_START_EVENT:
        if (c->has_document)
            return fail(c, "a second document begins here", &event->start_mark);
        c->has_document = true;
        return true;
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_END_EVENT:
        break;
    }
    return true;
}

/* Whether the line of the mark is indented with a tab, which libyaml tells in other words. */
static bool has_tab(const char *text, const yaml_mark_t *mark)
{
    for (size_t i = 0; text != NULL && i < mark->line; i++) {
        text = strchr(text, '\n');
        text = text == NULL ? NULL : text + 1;
    }
    return text != NULL && text[strspn(text, " ")] == '\t';
}

static bool fail_parse(converter *c, const yaml_parser_t *parser, const char *text)
{
    char fault[sizeof(c->out->fault)];
    if (has_tab(text, &parser->problem_mark))
        return fail(c, "a tab: indent with spaces", &parser->problem_mark);
    snprintf(fault, sizeof(fault), "not YAML: %s",
             parser->problem == NULL ? "it cannot be read" : parser->problem);
    return fail(c, fault, &parser->problem_mark);
}

static bool convert(converter *c, yaml_parser_t *parser, const char *text)
{
    bool ok = true, is_end = false;
    while (ok && !is_end) {
        yaml_event_t event;
        if (!yaml_parser_parse(parser, &event))
            return fail_parse(c, parser, text);
        is_end = event.type == YAML_STREAM_END_EVENT;
        ok = take(c, &event);
        yaml_event_delete(&event);
    }
    return ok;
}

bool yaml_to_json(const char *text, size_t len, yaml_json *out)
{
    yaml_parser_t parser;
    *out = (yaml_json){0};
    converter c = {.out = out};
    if (!yaml_parser_initialize(&parser))
        return false;
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, len);
    bool ok = convert(&c, &parser, text);
    yaml_parser_delete(&parser);
    if (ok && out->json == NULL) {
        snprintf(out->fault, sizeof(out->fault), "it is empty");
        out->fault_line = out->fault_column = 1;
        ok = false;
    }
    return ok;
}
#else
bool yaml_to_json(const char *text, size_t len, yaml_json *out)
{
    (void)text;
    (void)len;
    *out = (yaml_json){.fault_line = 1, .fault_column = 1};
    snprintf(out->fault, sizeof(out->fault),
             "not JSON, and this fedval was built without libyaml, which reads YAML");
    return false;
}
#endif
