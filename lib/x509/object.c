#include "x509/object.h"

#include "base/error.h"
#include "x509/bundle.h"
#include "x509/oid.h"

#include <stdlib.h>

/* Moves a finished text into the arena. Returns NULL when memory is short, or was short while the
 * text was built. */
static const char *keep(fv_arena *arena, fv_buf *buf)
{
    const char *kept =
        buf->failed ? NULL : fv_arena_copy_text(arena, buf->len == 0 ? "" : buf->data, buf->len);
    fv_buf_clear(buf);
    return kept;
}

static const char *name_text(fv_arena *arena, const fv_name *name)
{
    fv_buf buf;
    fv_buf_init(&buf);
    fv_name_append_text(&buf, name);
    return keep(arena, &buf);
}

static const char *oid_text(fv_arena *arena, fv_bytes oid)
{
    fv_buf buf;
    fv_buf_init(&buf);
    (void)fv_oid_append(&buf, oid);
    return keep(arena, &buf);
}

static const char *san_text(fv_arena *arena, const fv_general_name *name)
{
    fv_buf buf;
    fv_buf_init(&buf);
    fv_general_name_append_text(&buf, name);
    return keep(arena, &buf);
}

/* A list of texts: one for each name, purpose or extension, for example. */
struct texts {
    const char **items;
    size_t num_items;
    bool is_complete;
};

static struct texts new_texts(fv_arena *arena, size_t num_items)
{
    struct texts texts = {fv_arena_alloc_array(arena, num_items, sizeof(char *)), num_items, false};
    texts.is_complete = texts.items != NULL;
    if (!texts.is_complete)
        texts.num_items = 0;
    return texts;
}

static bool make_texts(fedval_certificate *certificate)
{
    fv_arena *arena = &certificate->arena;
    const fv_certificate *facts = &certificate->facts;
    const fv_general_names *names = &facts->subject_alt_name.names;
    struct texts sans = new_texts(arena, names->num_items);
    struct texts purposes = new_texts(arena, facts->extended_key_usage.num_oids);
    struct texts extensions = new_texts(arena, facts->num_extensions);
    bool is_complete = sans.is_complete && purposes.is_complete && extensions.is_complete;
    for (size_t i = 0; i < sans.num_items && is_complete; i++)
        is_complete = (sans.items[i] = san_text(arena, &names->items[i])) != NULL;
    for (size_t i = 0; i < purposes.num_items && is_complete; i++) {
        is_complete =
            (purposes.items[i] = oid_text(arena, facts->extended_key_usage.oids[i])) != NULL;
    }
    for (size_t i = 0; i < extensions.num_items && is_complete; i++)
        is_complete = (extensions.items[i] = oid_text(arena, facts->extensions[i].oid)) != NULL;
    certificate->sans = sans.items;
    certificate->purposes = purposes.items;
    certificate->extensions = extensions.items;
    certificate->subject = name_text(arena, &facts->subject);
    certificate->issuer = name_text(arena, &facts->issuer);
    return is_complete && certificate->subject != NULL && certificate->issuer != NULL;
}

fedval_status fv_object_new(fv_bytes der, fv_object_decode decode, fedval_certificate **out)
{
    fv_bytes copy;
    if (der.len > FEDVAL_CERTIFICATE_MAX)
        return FEDVAL_ERROR_LIMIT;
    fedval_certificate *certificate = calloc(1, sizeof(*certificate));
    if (certificate == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fv_arena_init(&certificate->arena);
    fedval_status status = FEDVAL_ERROR_NO_MEMORY;
    if (!fv_arena_copy_bytes(&certificate->arena, der, &copy))
        goto done;
    certificate->given = copy;
    status = decode(&certificate->arena, copy, &certificate->facts);
    if (status != FEDVAL_OK)
        goto done;
    status = make_texts(certificate) ? FEDVAL_OK : FEDVAL_ERROR_NO_MEMORY;
done:
    if (status == FEDVAL_OK)
        *out = certificate;
    else
        fedval_certificate_free(certificate);
    return status;
}

fedval_status fedval_certificate_new(const void *der, size_t der_len,
                                     fedval_certificate **out_certificate)
{
    if (der == NULL || out_certificate == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    return fv_object_new((fv_bytes){der, der_len}, fv_certificate_decode, out_certificate);
}

void fedval_certificate_free(fedval_certificate *certificate)
{
    if (certificate == NULL)
        return;
    fv_arena_clear(&certificate->arena);
    free(certificate);
}

/* --- Lists --------------------------------------------------------------------------------- */

struct fedval_certificate_list {
    /* holds the array `items`, and the DER while it is decoded */
    fv_arena arena;
    fedval_certificate **items;
    size_t num_items;
    size_t capacity;
};

static fedval_status append(fedval_certificate_list *list, fv_bytes der)
{
    void *items = list->items;
    fedval_certificate *certificate;
    fedval_status status = fedval_certificate_new(der.data, der.len, &certificate);
    if (status != FEDVAL_OK)
        return status;
    fedval_certificate **slot =
        fv_arena_append(&list->arena, &items, &list->num_items, &list->capacity, sizeof(*slot));
    if (slot == NULL) {
        fedval_certificate_free(certificate);
        return FEDVAL_ERROR_NO_MEMORY;
    }
    list->items = items;
    *slot = certificate;
    return FEDVAL_OK;
}

static fedval_status take(fv_bytes der, void *user)
{
    return append(user, der);
}

fedval_status fedval_certificate_list_new(const void *pem, size_t pem_len,
                                          fedval_certificate_list **out_list, fedval_error *error)
{
    fv_error_reset(error);
    if (pem == NULL || out_list == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_certificate_list *list = calloc(1, sizeof(*list));
    if (list == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fv_arena_init(&list->arena);
    fedval_status status = fv_bundle_each((fv_bytes){(const uint8_t *)pem, pem_len}, &list->arena,
                                          FV_BUNDLE_CERTIFICATE, take, list, error);
    if (status == FEDVAL_OK)
        *out_list = list;
    else
        fedval_certificate_list_free(list);
    return status;
}

/* Reads certificates that follow one another in DER. */
static fedval_status read_der(fedval_certificate_list *list, fv_bytes bytes, fedval_error *error)
{
    fv_cursor cursor;
    fv_der element;
    fv_cursor_init(&cursor, bytes);
    while (fv_cursor_left(&cursor) > 0) {
        size_t offset = fv_cursor_offset(&cursor);
        fedval_status status = fv_der_read_loosely(&cursor, &element) ? append(list, element.whole)
                                                                      : FEDVAL_ERROR_SYNTAX;
        if (status == FEDVAL_ERROR_SYNTAX) {
            fv_error_set(error, "this is not a certificate");
            fv_error_set_place(error, 0, 0, offset);
        }
        if (status != FEDVAL_OK)
            return status;
    }
    if (list->num_items > 0)
        return FEDVAL_OK;
    fv_error_set(error, "there is no certificate");
    return FEDVAL_ERROR_NOT_FOUND;
}

fedval_status fedval_certificate_list_new_from_der(const void *der, size_t der_len,
                                                   fedval_certificate_list **out_list,
                                                   fedval_error *error)
{
    fv_error_reset(error);
    if (der == NULL || out_list == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_certificate_list *list = calloc(1, sizeof(*list));
    if (list == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fv_arena_init(&list->arena);
    fedval_status status = read_der(list, (fv_bytes){der, der_len}, error);
    if (status == FEDVAL_OK)
        *out_list = list;
    else
        fedval_certificate_list_free(list);
    return status;
}

void fedval_certificate_list_free(fedval_certificate_list *list)
{
    if (list == NULL)
        return;
    for (size_t i = 0; i < list->num_items; i++)
        fedval_certificate_free(list->items[i]);
    fv_arena_clear(&list->arena);
    free(list);
}

size_t fedval_certificate_list_count(const fedval_certificate_list *list)
{
    return list == NULL ? 0 : list->num_items;
}

const fedval_certificate *fedval_certificate_list_get(const fedval_certificate_list *list,
                                                      size_t index)
{
    return list == NULL || index >= list->num_items ? NULL : list->items[index];
}
