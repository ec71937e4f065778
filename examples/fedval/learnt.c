/* What was learnt, and how it is written down. */
#include "learn.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- keeping ---- */

static char *copy(learnt *l, const char *text)
{
    char *kept = strdup(text);
    l->is_out_of_memory |= kept == NULL;
    return kept;
}

void learnt_add(learnt *l, learnt_list *list, const char *first, const char *second)
{
    for (size_t i = 0; i < list->count; i++) {
        if (strcasecmp(list->items[i].first, first) != 0)
            continue;
        if (list->items[i].second == NULL && second != NULL)
            list->items[i].second = copy(l, second);
        return;
    }
    learnt_pair *items = realloc(list->items, (list->count + 1) * sizeof(*items));
    if (items == NULL) {
        l->is_out_of_memory = true;
        return;
    }
    list->items = items;
    items[list->count] = (learnt_pair){copy(l, first), second == NULL ? NULL : copy(l, second)};
    list->count += items[list->count].first != NULL;
}

void learnt_set(learnt *l, char **field, const char *value)
{
    if (*field == NULL && value[0] != '\0')
        *field = copy(l, value);
}

const char *learnt_address_of(const learnt *l, size_t index, const char *host)
{
    const char *item = l->hosts.items[index].first;
    size_t len = strlen(host);
    return strncasecmp(item, host, len) == 0 && item[len] == ' ' ? item + len + 1 : NULL;
}

void learnt_ask(learnt *l, const char *before, const char *subject, const char *after)
{
    size_t size = strlen(before) + strlen(subject) + strlen(after) + 1;
    char *text = malloc(size);
    l->is_out_of_memory |= text == NULL;
    if (text == NULL)
        return;
    strcpy(text, before);
    strcat(text, subject);
    strcat(text, after);
    learnt_add(l, &l->questions, text, NULL);
    free(text);
}

bool learn_has_word(const char *text, const char *word)
{
    size_t len = strlen(word);
    for (; *text != '\0'; text++) {
        if (strncasecmp(text, word, len) == 0)
            return true;
    }
    return false;
}

static void clear_list(learnt_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->items[i].first);
        free(list->items[i].second);
    }
    free(list->items);
}

void learnt_clear(learnt *l)
{
    learnt_list *lists[] = {&l->domains,  &l->apexes, &l->addresses, &l->keep_names, &l->zones,
                            &l->evidence, &l->peers,  &l->questions, &l->hosts};
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
        clear_list(lists[i]);
    free(l->peer);
    free(l->cluster);
    free(l->version);
    free(l->server_pem);
    free(l->calling_pem);
    free(l->certificate_name);
    *l = (learnt){0};
}

/* ---- writing ---- */

typedef struct writer {
    char *text;
    size_t len, capacity;
    bool failed;
} writer;

static void put(writer *w, const char *text, size_t len)
{
    if (w->len + len + 1 > w->capacity) {
        size_t wanted = (w->len + len + 1) * 2;
        char *grown = w->failed ? NULL : realloc(w->text, wanted);
        w->failed |= grown == NULL;
        if (grown == NULL)
            return;
        w->text = grown;
        w->capacity = wanted;
    }
    memcpy(w->text + w->len, text, len);
    w->len += len;
    w->text[w->len] = '\0';
}

static void put_text(writer *w, const char *text)
{
    put(w, text, strlen(text));
}

static void put_quoted(writer *w, const char *text)
{
    static const char digits[] = "0123456789abcdef";
    put_text(w, "\"");
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        char escape[] = {'\\', 'u', '0', '0', digits[c >> 4], digits[c & 15], '\0'};
        if (c == '\n')
            put_text(w, "\\n");
        else if (c < 0x20 || c == '"' || c == '\\' || c == 0x7f)
            put_text(w, escape);
        else
            put(w, text, 1);
    }
    put_text(w, "\"");
}

static void put_member(writer *w, const char *before, const char *key, const char *value)
{
    put_text(w, before);
    put_quoted(w, key);
    put_text(w, ": ");
    if (value == NULL)
        put_text(w, "null");
    else
        put_quoted(w, value);
}

static void put_list(writer *w, const char *before, const char *key, const learnt_list *list)
{
    put_text(w, before);
    put_quoted(w, key);
    put_text(w, ": [");
    for (size_t i = 0; i < list->count; i++) {
        put_text(w, i > 0 ? ", " : "");
        put_quoted(w, list->items[i].first);
    }
    put_text(w, "]");
}

static void put_domains(writer *w, const learnt *l)
{
    put_text(w, "  \"domains\": [");
    for (size_t i = 0; i < l->domains.count; i++) {
        put_member(w, i > 0 ? ",\n    {" : "\n    {", "name", l->domains.items[i].first);
        if (l->domains.items[i].second != NULL)
            put_member(w, ", ", "host", l->domains.items[i].second);
        put_text(w, "}");
    }
    put_text(w, "\n  ],\n");
}

static void put_store(writer *w, const char *key, const char *pem)
{
    put_text(w, ",\n       ");
    put_quoted(w, key);
    put_member(w, ": {", "certificate", pem);
    put_text(w, ", \"ready\": null}");
}

static bool is_host(const char *name)
{
    return strchr(name, ':') == NULL && strspn(name, "0123456789.") != strlen(name);
}

static void put_addresses(writer *w, const learnt *l, const char *host)
{
    size_t count = 0;
    put_text(w, ", \"addresses\": [");
    for (size_t i = 0; i < l->hosts.count; i++) {
        const char *address = learnt_address_of(l, i, host);
        if (address == NULL)
            continue;
        put_text(w, count++ > 0 ? ", " : "");
        put_quoted(w, address);
    }
    put_text(w, "]");
}

static void put_peers(writer *w, const learnt *l)
{
    const char *first = l->peer != NULL ? l->peer : PEER_TO_NAME;
    put_text(w, "     \"peers\": [\n      {");
    put_member(w, "", "name", first);
    put_list(w, ",\n       ", "addresses", &l->addresses);
    put_store(w, "server", l->server_pem);
    if (l->calling_pem != NULL)
        put_store(w, "calling", l->calling_pem);
    put_text(w, "}");
    for (size_t i = 0; i < l->peers.count; i++) {
        const char *name = l->peers.items[i].first;
        if (!is_host(name) || strcasecmp(name, first) == 0)
            continue;
        put_member(w, ",\n      {", "name", name);
        put_addresses(w, l, name);
        put_text(w, "}");
    }
    put_text(w, "\n     ]");
}

static void put_cluster(writer *w, const learnt *l)
{
    put_text(w, "  \"clusters\": [\n    {");
    put_member(w, "", "name", l->cluster);
    put_member(w, ", ", "version", l->version);
    put_text(w, ",\n");
    put_peers(w, l);
    if (l->keep_names.count > 0) {
        put_text(w, ",\n     \"keep_names\": [");
        for (size_t i = 0; i < l->keep_names.count; i++) {
            put_member(w, i > 0 ? ",\n      {" : "\n      {", "name", l->keep_names.items[i].first);
            put_member(w, ", ", "for", l->keep_names.items[i].second);
            put_text(w, "}");
        }
        put_text(w, "\n     ]");
    }
    put_text(w, "}\n  ],\n");
}

char *learnt_to_json(const learnt *l)
{
    writer w = {0};
    put_text(&w, "{\n  \"format\": \"fedval-intent/1\",\n");
    put_domains(&w, l);
    put_cluster(&w, l);
    put_text(&w, "  \"partners\": [],\n  \"today\": {");
    put_list(&w, "", "zones", &l->zones);
    put_list(&w, ", ", "evidence", &l->evidence);
    put_text(&w, "}");
    put_text(&w, ",\n  \"questions\": [");
    for (size_t i = 0; i < l->questions.count; i++) {
        put_text(&w, i > 0 ? ",\n    " : "\n    ");
        put_quoted(&w, l->questions.items[i].first);
    }
    put_text(&w, "\n  ]\n}\n");
    if (w.failed) {
        free(w.text);
        return NULL;
    }
    return w.text;
}
