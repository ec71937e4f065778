/* What was learnt, written down as an intent. */
#include "learn.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

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

static void put_stores(writer *w, const learnt *peer, bool is_first)
{
    if (is_first || peer->server_pem != NULL)
        put_store(w, "server", peer->server_pem);
    if (peer->calling_pem != NULL)
        put_store(w, "calling", peer->calling_pem);
}

static bool is_written(const learnt *l, const char *first, const char *name)
{
    bool is_known = strcasecmp(name, first) == 0;
    for (size_t i = 0; i < l->num_further; i++)
        is_known |= strcasecmp(name, l->further[i]->peer) == 0;
    return is_known;
}

static void put_further(writer *w, const learnt *l, const learnt *peer)
{
    put_member(w, ",\n      {", "name", peer->peer);
    if (peer->addresses.count > 0)
        put_list(w, ",\n       ", "addresses", &peer->addresses);
    else
        put_addresses(w, l, peer->peer);
    put_stores(w, peer, false);
    put_text(w, "}");
}

static void put_peers(writer *w, const learnt *l)
{
    const char *first = l->peer != NULL ? l->peer : PEER_TO_NAME;
    put_text(w, "     \"peers\": [\n      {");
    put_member(w, "", "name", first);
    put_list(w, ",\n       ", "addresses", &l->addresses);
    put_stores(w, l, true);
    put_text(w, "}");
    for (size_t i = 0; i < l->num_further; i++)
        put_further(w, l, l->further[i]);
    for (size_t i = 0; i < l->peers.count; i++) {
        const char *name = l->peers.items[i].first;
        if (!is_host(name) || is_written(l, first, name))
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

static void put_question(writer *w, const learnt_pair *question)
{
    if (question->second == NULL) {
        put_quoted(w, question->first);
        return;
    }
    put_member(w, "{", "question", question->first);
    put_member(w, ", ", "member", question->second);
    put_text(w, "}");
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
        put_question(&w, &l->questions.items[i]);
    }
    put_text(&w, "\n  ]\n}\n");
    if (w.failed) {
        free(w.text);
        return NULL;
    }
    return w.text;
}
