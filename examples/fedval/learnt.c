/* What was learnt: how it is kept. */
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
    learnt_ask_for(l, NULL, before, subject, after);
}

void learnt_ask_for(learnt *l, const char *member, const char *before, const char *subject,
                    const char *after)
{
    size_t size = strlen(before) + strlen(subject) + strlen(after) + 1;
    char *text = malloc(size);
    l->is_out_of_memory |= text == NULL;
    if (text == NULL)
        return;
    strcpy(text, before);
    strcat(text, subject);
    strcat(text, after);
    learnt_add(l, &l->questions, text, member);
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

size_t learn_line(const char *text, size_t len, size_t at, char *line, size_t size)
{
    const char *end = memchr(text + at, '\n', len - at);
    size_t line_len = end == NULL ? len - at : (size_t)(end - text) - at;
    size_t kept = line_len < size - 1 ? line_len : size - 1;
    memcpy(line, text + at, kept);
    line[kept] = '\0';
    return at + line_len + 1;
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
    learnt_list *lists[] = {&l->domains,          &l->apexes, &l->addresses, &l->keep_names,
                            &l->target_addresses, &l->zones,  &l->evidence,  &l->peers,
                            &l->questions,        &l->hosts,  &l->inside,    &l->authorities};
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
        clear_list(lists[i]);
    free(l->peer);
    free(l->target);
    free(l->cluster);
    free(l->version);
    free(l->server_pem);
    free(l->calling_pem);
    free(l->certificate_name);
    for (size_t i = 0; i < l->num_groups; i++)
        learnt_clear(&l->groups[i].part);
    free(l->groups);
    for (size_t i = 0; i < l->num_further; i++) {
        learnt_clear(l->further[i]);
        free(l->further[i]);
    }
    free(l->further);
    *l = (learnt){0};
}
