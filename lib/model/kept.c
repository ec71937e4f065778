#include "model/kept.h"

#include "base/hash.h"
#include "base/sha256.h"

fv_kept_certificate *fv_kept_add(fv_kept_list *list, fv_arena *arena, fv_bytes der)
{
    uint64_t hash = fv_hash_word(FV_HASH_SEED, (uintptr_t)der.data);
    fv_kept_certificate **bucket = &list->buckets[hash % FV_KEPT_BUCKETS];
    for (fv_kept_certificate *kept = *bucket; kept != NULL; kept = kept->next) {
        if (kept->from == der.data)
            return kept;
    }
    fv_kept_certificate *kept = fv_arena_alloc(arena, sizeof(*kept));
    if (kept == NULL || !fv_arena_copy_bytes(arena, der, &kept->der))
        return NULL;
    kept->from = der.data;
    kept->arena = arena;
    kept->next = *bucket;
    *bucket = kept;
    return kept;
}

static void release(void *object)
{
    fedval_certificate_free(object);
}

const fedval_certificate *fv_kept_read(fv_kept_certificate *kept, bool *no_memory)
{
    fedval_certificate *certificate = NULL;
    void *decoded = kept == NULL ? NULL : atomic_load(&kept->decoded);
    if (kept == NULL || decoded != NULL)
        return decoded;
    fedval_status status = fedval_certificate_new(kept->der.data, kept->der.len, &certificate);
    if (status == FEDVAL_OK)
        decoded = fv_arena_adopt_once(kept->arena, &kept->decoded, certificate, release);
    *no_memory |= status == FEDVAL_ERROR_NO_MEMORY || (status == FEDVAL_OK && decoded == NULL);
    return decoded;
}

const char *fv_kept_sha256(fv_kept_certificate *kept, bool *no_memory)
{
    char text[FV_SHA256_TEXT_SIZE];
    if (kept == NULL || kept->der.len == 0)
        return NULL;
    const char *made = atomic_load(&kept->sha256);
    if (made != NULL)
        return made;
    fv_sha256_write(kept->der, text);
    made = fv_arena_keep_once(kept->arena, &kept->sha256, (fv_text){text, sizeof(text) - 1});
    *no_memory |= made == NULL;
    return made;
}
