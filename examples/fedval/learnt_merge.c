/* Puts together what was read of each Expressway: a cluster has several. */
#include "learn.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- groups ---- */

#define GROUP_SIZE sizeof(((learnt_group *)0)->key)

/* The host between the kind of a file and its time: "expe1" of
 * "xconf_dump_expe1_2026-05-01_10:20:30.txt". False: it is no such name. */
static bool read_host(const char *name, char *out, size_t size)
{
    static const char *const kinds[] = {"xconf_dump_", "xstat_dump_", "server_", "client_", "ca_"};
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (strncasecmp(name, kinds[i], strlen(kinds[i])) != 0)
            continue;
        const char *host = name + strlen(kinds[i]), *end = host;
        while (*end != '\0' && !(*end == '_' && end[1] >= '0' && end[1] <= '9'))
            end++;
        if (*end == '\0' || end == host || (size_t)(end - host) >= size)
            return false;
        memcpy(out, host, (size_t)(end - host));
        out[end - host] = '\0';
        return true;
    }
    return false;
}

/* Files of one Expressway have its host in their names, or lie in one folder. */
static void read_key(const char *path, char *out)
{
    const char *slash = strrchr(path, '/');
    size_t len = slash == NULL ? 0 : (size_t)(slash - path);
    if (read_host(slash == NULL ? path : slash + 1, out, GROUP_SIZE))
        return;
    len = len < GROUP_SIZE - 2 ? len : GROUP_SIZE - 2;
    out[0] = '/';
    memcpy(out + 1, path, len);
    out[len + 1] = '\0';
}

learnt *learnt_part_of(learnt *l, const char *path)
{
    char key[GROUP_SIZE];
    read_key(path, key);
    for (size_t i = 0; i < l->num_groups; i++) {
        if (strcmp(l->groups[i].key, key) == 0)
            return &l->groups[i].part;
    }
    learnt_group *grown = realloc(l->groups, (l->num_groups + 1) * sizeof(*grown));
    if (grown == NULL) {
        l->is_out_of_memory = true;
        return NULL;
    }
    l->groups = grown;
    learnt_group *added = &grown[l->num_groups++];
    memset(added, 0, sizeof(*added));
    memcpy(added->key, key, sizeof(key));
    return &added->part;
}

/* ---- putting together ---- */

static void add_all(learnt *l, learnt_list *to, const learnt_list *from)
{
    for (size_t i = 0; i < from->count; i++)
        learnt_add(l, to, from->items[i].first, from->items[i].second);
}

/* The peer of that name; NULL: it was not read. */
static learnt *find_peer(learnt *l, const char *name)
{
    if (name != NULL && l->peer != NULL && strcasecmp(l->peer, name) == 0)
        return l;
    for (size_t i = 0; name != NULL && i < l->num_further; i++) {
        if (strcasecmp(l->further[i]->peer, name) == 0)
            return l->further[i];
    }
    return NULL;
}

static learnt *add_peer(learnt *l, const char *name)
{
    learnt **grown = realloc(l->further, (l->num_further + 1) * sizeof(learnt *));
    if (grown != NULL)
        l->further = grown;
    learnt *added = grown == NULL ? NULL : calloc(1, sizeof(*added));
    if (added == NULL) {
        l->is_out_of_memory = true;
        return NULL;
    }
    learnt_set(added, &added->peer, name);
    if (added->peer == NULL) {
        l->is_out_of_memory = true;
        free(added);
        return NULL;
    }
    l->further[l->num_further++] = added;
    return added;
}

/* No file says which peers there are, and the certificate has another name than the one before. */
static bool is_of_another(const learnt *l, const learnt *part)
{
    return l->peer == NULL && l->certificate_name != NULL && part->certificate_name != NULL &&
           strcasecmp(l->certificate_name, part->certificate_name) != 0;
}

static learnt *add_certified(learnt *l, const char *name)
{
    learnt_ask_certified(l, name);
    return add_peer(l, name);
}

/* Whose a part is: it says so, or its certificate does; else it is the first peer's. */
static learnt *find_owner(learnt *l, const learnt *part)
{
    if (part->peer == NULL) {
        learnt *named = find_peer(l, part->certificate_name);
        return named != NULL            ? named
               : is_of_another(l, part) ? add_certified(l, part->certificate_name)
                                        : l;
    }
    if (l->peer == NULL) {
        learnt_set(l, &l->peer, part->peer);
        return l;
    }
    learnt *known = find_peer(l, part->peer);
    return known != NULL ? known : add_peer(l, part->peer);
}

static void take_pem(learnt *l, learnt *owner, char **field, const char *pem, const char *name)
{
    if (pem == NULL)
        return;
    if (*field != NULL && strcmp(*field, pem) != 0) {
        learnt_ask(l, "which peer has the certificate of ", name == NULL ? "no name" : name,
                   "? Another one was read before it, so this one is not in the intent "
                   "(clusters, peers)");
        if (name != NULL &&
            (owner->certificate_name == NULL || strcasecmp(owner->certificate_name, name) != 0))
            learnt_add(l, &l->peers, name, NULL);
    }
    learnt_set(owner, field, pem);
    l->is_out_of_memory |= owner->is_out_of_memory;
}

static void merge_peer(learnt *l, const learnt *part)
{
    learnt *owner = find_owner(l, part);
    if (owner == NULL)
        return;
    take_pem(l, owner, &owner->server_pem, part->server_pem, part->certificate_name);
    take_pem(l, owner, &owner->calling_pem, part->calling_pem, part->certificate_name);
    if (part->certificate_name != NULL)
        learnt_set(owner, &owner->certificate_name, part->certificate_name);
    add_all(owner, &owner->addresses, &part->addresses);
    l->is_out_of_memory |= owner->is_out_of_memory;
}

static void merge(learnt *l, learnt *part)
{
    l->is_out_of_memory |= part->is_out_of_memory;
    add_all(l, &l->domains, &part->domains);
    add_all(l, &l->questions, &part->questions);
    if (!part->is_of_inside) {
        learnt_set(l, &l->cluster, part->cluster == NULL ? "" : part->cluster);
        learnt_set(l, &l->version, part->version == NULL ? "" : part->version);
        add_all(l, &l->peers, &part->peers);
        add_all(l, &l->inside, &part->inside);
        merge_peer(l, part);
    }
    learnt_clear(part);
}

void learnt_merge(learnt *l)
{
    for (size_t i = 0; i < l->num_groups; i++) {
        learn_issuers(&l->groups[i].part);
        if (l->groups[i].part.peer != NULL)
            merge(l, &l->groups[i].part);
    }
    for (size_t i = 0; i < l->num_groups; i++)
        merge(l, &l->groups[i].part); /* what is left has no name of its own */
    free(l->groups);
    l->groups = NULL;
    l->num_groups = 0;
}
