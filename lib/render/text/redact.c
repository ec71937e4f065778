#include "render/text/redact.h"

#include "base/address.h"

#include <string.h>

void fv_redactor_init(fv_redactor *redactor, bool on)
{
    memset(redactor, 0, sizeof(*redactor));
    fv_arena_init(&redactor->arena);
    redactor->on = on;
    if (!on)
        return;
    redactor->buckets =
        fv_arena_alloc_array(&redactor->arena, FV_REDACT_BUCKETS, sizeof(fv_alias *));
    redactor->failed = redactor->buckets == NULL;
}

void fv_redactor_clear(fv_redactor *redactor)
{
    fv_arena_clear(&redactor->arena);
}

static size_t bucket_of(fv_text text)
{
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (uint8_t)text.data[i]) * 16777619u;
    return hash % FV_REDACT_BUCKETS;
}

/* The number of a user or an address, given out in the order in which they appear. */
static uint32_t number_of(fv_redactor *redactor, fv_text original, uint32_t *count)
{
    fv_alias **bucket = &redactor->buckets[bucket_of(original)];
    for (const fv_alias *alias = *bucket; alias != NULL; alias = alias->next) {
        if (fv_text_equal(alias->original, original))
            return alias->number;
    }
    fv_alias *alias = fv_arena_alloc(&redactor->arena, sizeof(*alias));
    const char *copy = fv_arena_copy_text(&redactor->arena, original.data, original.len);
    if (alias == NULL || copy == NULL) {
        redactor->failed = true;
        return 0;
    }
    *alias = (fv_alias){{copy, original.len}, ++*count, *bucket};
    *bucket = alias;
    return alias->number;
}

static bool is_address_character(char c)
{
    char lower = fv_ascii_lower(c);
    return fv_ascii_is_digit(c) || (lower >= 'a' && lower <= 'f') || c == ':' || c == '.';
}

static bool is_user_character(char c)
{
    return fv_ascii_is_alnum(c) || (c != '\0' && strchr("-_.~+%$!", c) != NULL);
}

/* An address at the beginning of the text: an IPv4 one may have its port after it. */
static size_t address_len(fv_text text)
{
    fv_address address;
    size_t len = 0;
    while (len < text.len && is_address_character(text.data[len]))
        len++;
    while (len > 0 && text.data[len - 1] == '.')
        len--;
    if (fv_address_parse((fv_text){text.data, len}, &address))
        return len;
    const char *colon = memchr(text.data, ':', len);
    size_t before = colon != NULL ? (size_t)(colon - text.data) : 0;
    return before > 0 && fv_address_parse((fv_text){text.data, before}, &address) ? before : 0;
}

/* The user part that the text begins with: what stands before an "@". */
static size_t user_len(fv_text text)
{
    size_t len = 0;
    while (len < text.len && is_user_character(text.data[len]))
        len++;
    return len < text.len && text.data[len] == '@' ? len : 0;
}

static void append_alias(fv_buf *buf, const char *word, uint32_t number)
{
    fv_buf_append_text(buf, word);
    fv_buf_append_u64(buf, number);
}

static void append_word(fv_redactor *redactor, fv_buf *buf, fv_text *rest)
{
    size_t user = user_len(*rest);
    size_t address = user > 0 ? 0 : address_len(*rest);
    if (user > 0) {
        append_alias(buf, "user",
                     number_of(redactor, (fv_text){rest->data, user}, &redactor->num_users));
    } else if (address > 0) {
        append_alias(buf, "address",
                     number_of(redactor, (fv_text){rest->data, address}, &redactor->num_addresses));
    }
    size_t taken = user + address;
    bool is_word = fv_ascii_is_alnum(rest->data[0]);
    while (taken == 0 || (is_word && taken < rest->len && fv_ascii_is_alnum(rest->data[taken]))) {
        fv_buf_append_char(buf, rest->data[taken]);
        taken++;
    }
    rest->data += taken;
    rest->len -= taken;
}

const char *fv_redact(fv_redactor *redactor, const char *text)
{
    if (!redactor->on || text == NULL)
        return text;
    if (redactor->failed)
        return NULL;
    fv_buf buf;
    fv_buf_init(&buf);
    fv_text rest = fv_text_of(text);
    while (rest.len > 0)
        append_word(redactor, &buf, &rest);
    const char *copy = buf.failed ? NULL
                                  : fv_arena_copy_text(&redactor->arena,
                                                       buf.data == NULL ? "" : buf.data, buf.len);
    redactor->failed = redactor->failed || copy == NULL;
    fv_buf_clear(&buf);
    return copy;
}
