/* An intent: the files that it names, and what there is today. */
#include "model/intent.h"

#include "base/code.h"
#include "base/error.h"
#include "fedval/name.h"
#include "model/evidence.h"
#include "x509/bundle.h"

#include <stdlib.h>
#include <string.h>

static const fv_code uses[] = {
    {FEDVAL_INTENT_FILE_CERTIFICATE, "certificate"},
    {FEDVAL_INTENT_FILE_READY, "ready"},
    {FEDVAL_INTENT_FILE_ZONE, "zone"},
    {FEDVAL_INTENT_FILE_EVIDENCE, "evidence"},
    {FEDVAL_INTENT_FILE_TRUST, "trust"},
};

FV_CODE_FUNCTIONS(intent_file, uses)

fedval_intent *fv_intent_new(void)
{
    fedval_intent *intent = calloc(1, sizeof(*intent));
    if (intent == NULL)
        return NULL;
    fv_arena_init(&intent->arena);
    intent->ttl = FV_INTENT_TTL;
    intent->low_ttl = FV_INTENT_LOW_TTL;
    return intent;
}

void fedval_intent_free(fedval_intent *intent)
{
    if (intent == NULL)
        return;
    for (size_t i = 0; i < intent->num_domains; i++)
        fedval_evidence_free(intent->domains[i].today);
    fv_arena_clear(&intent->arena);
    free(intent);
}

/* ---- what it names ---- */

size_t fedval_intent_count_domains(const fedval_intent *intent)
{
    return intent == NULL ? 0 : intent->num_domains;
}

const char *fedval_intent_get_domain(const fedval_intent *intent, size_t index)
{
    return intent == NULL || index >= intent->num_domains ? NULL : intent->domains[index].name;
}

static bool is_within(const char *name, const char *zone)
{
    size_t len = strlen(name), zone_len = strlen(zone);
    return zone_len <= len && strcmp(name + len - zone_len, zone) == 0 &&
           (zone_len == len || name[len - zone_len - 1] == '.');
}

fedval_status fedval_intent_set_zone(fedval_intent *intent, size_t index, const char *zone,
                                     size_t zone_len)
{
    char name[FEDVAL_NAME_SIZE];
    if (intent == NULL || zone == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (index >= intent->num_domains)
        return FEDVAL_ERROR_NOT_FOUND;
    fv_intent_domain *domain = &intent->domains[index];
    fedval_status status = fedval_name_normalise(zone, zone_len, name, sizeof(name), NULL, NULL);
    if (status == FEDVAL_ERROR_NO_MEMORY)
        return status;
    if (status != FEDVAL_OK || !is_within(domain->name, name))
        return FEDVAL_ERROR_SYNTAX;
    if (domain->says_zone)
        return FEDVAL_OK;
    const char *copy = fv_arena_copy_text(&intent->arena, name, strlen(name));
    if (copy == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    domain->zone = copy;
    return FEDVAL_OK;
}

const char *fedval_intent_get_resolver(const fedval_intent *intent)
{
    return intent == NULL ? NULL : intent->resolver;
}

uint32_t fedval_intent_is_live(const fedval_intent *intent)
{
    return intent != NULL && intent->is_live;
}

size_t fedval_intent_count_files(const fedval_intent *intent)
{
    return intent == NULL ? 0 : intent->num_files;
}

const char *fedval_intent_get_file_path(const fedval_intent *intent, size_t index)
{
    return intent == NULL || index >= intent->num_files ? NULL : intent->files[index].path;
}

uint32_t fedval_intent_get_file_use(const fedval_intent *intent, size_t index)
{
    return intent == NULL || index >= intent->num_files ? 0 : intent->files[index].use;
}

fv_intent_domain *fv_intent_find_domain(const fedval_intent *intent, const char *name)
{
    for (size_t i = 0; i < intent->num_domains; i++) {
        if (strcmp(intent->domains[i].name, name) == 0)
            return &intent->domains[i];
    }
    return NULL;
}

size_t fv_intent_add_file(fedval_intent *intent, const char *path, uint32_t use)
{
    void *items = intent->files;
    fv_intent_file *file = fv_arena_append(&intent->arena, &items, &intent->num_files,
                                           &intent->files_capacity, sizeof(*file));
    if (file == NULL)
        return 0;
    intent->files = items;
    file->path = path;
    file->use = use;
    file->is_inline = fv_text_starts_nocase(fv_text_of(path), fv_text_of("-----BEGIN "));
    return intent->num_files;
}

/* ---- what the files hold ---- */

typedef struct taking {
    fv_arena *arena;
    fv_intent_file *file;
} taking;

static fedval_status take(fv_bytes der, void *user)
{
    taking *t = user;
    void *items = t->file->chain;
    fv_bytes copy;
    if (!fv_arena_copy_bytes(t->arena, der, &copy))
        return FEDVAL_ERROR_NO_MEMORY;
    fv_bytes *slot = fv_arena_append(t->arena, &items, &t->file->num_chain,
                                     &t->file->chain_capacity, sizeof(*slot));
    if (slot == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    t->file->chain = items;
    *slot = copy;
    return FEDVAL_OK;
}

fedval_status fv_intent_supply_chain(fedval_intent *intent, fv_intent_file *file, fv_bytes data,
                                     fedval_error *error)
{
    fv_intent_file read = {.path = file->path, .use = file->use, .is_inline = file->is_inline};
    taking taken = {&intent->arena, &read};
    fv_arena scratch;
    fv_arena_init(&scratch);
    fedval_status status =
        fv_bundle_each(data, &scratch, FV_BUNDLE_CERTIFICATE, take, &taken, error);
    if (status == FEDVAL_ERROR_NOT_FOUND && file->use == FEDVAL_INTENT_FILE_READY) {
        fedval_error request_error;
        fv_error_reset(&request_error);
        fedval_status second =
            fv_bundle_each(data, &scratch, FV_BUNDLE_REQUEST, take, &taken, &request_error);
        if (second != FEDVAL_ERROR_NOT_FOUND) {
            fv_error_reset(error);
            if (second != FEDVAL_OK && error != NULL)
                *error = request_error;
            status = second;
            read.is_request = true;
        }
    }
    fv_arena_clear(&scratch);
    if (status != FEDVAL_OK)
        return status;
    read.is_supplied = true;
    *file = read;
    return FEDVAL_OK;
}

/* ---- today ---- */

fedval_status fedval_intent_append_evidence(fedval_intent *intent, const fedval_evidence *evidence)
{
    fedval_evidence *copy = NULL;
    if (intent == NULL || evidence == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_intent_domain *domain = fv_intent_find_domain(intent, evidence->domain);
    if (domain == NULL)
        return FEDVAL_OK;
    fedval_status status =
        fv_evidence_copy_with_first(evidence, fv_evidence_judged_view(evidence), &copy);
    if (status != FEDVAL_OK)
        return status;
    fedval_evidence_free(domain->today);
    domain->today = copy;
    return FEDVAL_OK;
}
