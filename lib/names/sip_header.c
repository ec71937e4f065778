/* The public functions for SIP addresses. They return copies that a language binding can keep. */
#include "base/arena.h"
#include "fedval/name.h"
#include "names/sip.h"

#include <stdlib.h>
#include <string.h>

#define MAX_VALUE_LEN 65535

typedef struct address {
    uint32_t scheme;
    uint32_t port;
    uint32_t domain_kind;
    uint32_t domain_fault;
    const char *domain;
    const char *user;
    const char *display;
} address;

struct fedval_sip_header {
    fv_arena arena;
    address *addresses;
    size_t num_addresses;
    size_t capacity;
    size_t num_damaged;
};

fedval_status fedval_sip_uri_domain(const char *uri, size_t uri_len, char *out_name,
                                    size_t out_size, uint32_t *out_kind)
{
    fv_sip_uri parsed;

    if (uri == NULL || out_name == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (!fv_sip_uri_parse(fv_text_given(uri, uri_len), &parsed))
        return FEDVAL_ERROR_SYNTAX;
    if (parsed.host.len == 0)
        return FEDVAL_ERROR_NOT_FOUND;
    return fedval_name_normalise(parsed.host.data, parsed.host.len, out_name, out_size, out_kind,
                                 NULL);
}

/* ---- copying ---- */

/* Copies the user part; an empty one stays NULL. */
static bool copy_user(fv_arena *arena, fv_text user, const char **out)
{
    if (user.len == 0)
        return true;
    *out = fv_arena_copy_text(arena, user.data, user.len);
    return *out != NULL;
}

/* Copies the display name without its quotes and escapes. A line fold becomes one blank (RFC 3261
 * 25.1: quoted-pair, LWS). */
static bool copy_display(fv_arena *arena, const fv_sip_address *from, const char **out)
{
    fv_text text = from->display;
    size_t len = 0;

    if (text.len == 0)
        return true;
    char *copy = fv_arena_alloc(arena, text.len + 1);
    if (copy == NULL)
        return false;
    size_t edge = from->display_is_quoted ? 1 : 0;
    for (size_t i = edge; i + edge < text.len; i++) {
        /* The parser ends no quoted string at an escaped quotation mark, so a character follows. */
        if (edge == 1 && text.data[i] == '\\')
            i++;
        char c = text.data[i];
        if (c == '\r' || c == '\n' || c == '\t')
            c = ' ';
        if (c != ' ' || len == 0 || copy[len - 1] != ' ')
            copy[len++] = c;
    }
    *out = copy;
    return true;
}

static fedval_status copy_domain(fv_arena *arena, fv_text host, address *out)
{
    char name[FEDVAL_NAME_SIZE];

    if (host.len == 0)
        return FEDVAL_OK;
    fedval_status status = fedval_name_normalise(host.data, host.len, name, sizeof(name),
                                                 &out->domain_kind, &out->domain_fault);
    if (status == FEDVAL_ERROR_SYNTAX)
        return FEDVAL_OK; /* the fault says so */
    if (status != FEDVAL_OK)
        return status;
    out->domain = fv_arena_copy_text(arena, name, strlen(name));
    return out->domain == NULL ? FEDVAL_ERROR_NO_MEMORY : FEDVAL_OK;
}

static fedval_status append_address(fedval_sip_header *header, const fv_sip_address *from)
{
    address *to = fv_arena_append(&header->arena, (void **)&header->addresses,
                                  &header->num_addresses, &header->capacity, sizeof(*to));

    if (to == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    to->scheme = from->uri.scheme;
    to->port = from->uri.port;
    if (!copy_user(&header->arena, from->uri.user, &to->user) ||
        !copy_display(&header->arena, from, &to->display))
        return FEDVAL_ERROR_NO_MEMORY;
    return copy_domain(&header->arena, from->uri.host, to);
}

static bool has_nul(fv_text value)
{
    return value.len > 0 && memchr(value.data, '\0', value.len) != NULL;
}

static fedval_status read_values(fedval_sip_header *header, fv_text text)
{
    fv_sip_values values;
    fv_text value;

    fv_sip_values_init(&values, text);
    while (fv_sip_values_next(&values, &value)) {
        fv_sip_address parsed;
        if (has_nul(value) || !fv_sip_address_parse(value, &parsed)) {
            header->num_damaged++;
            continue;
        }
        fedval_status status = append_address(header, &parsed);
        if (status != FEDVAL_OK)
            return status;
    }
    return FEDVAL_OK;
}

fedval_status fedval_sip_header_parse(const char *value, size_t value_len,
                                      fedval_sip_header **out_header)
{
    if (value == NULL || out_header == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_text text = fv_text_given(value, value_len);
    if (text.len > MAX_VALUE_LEN)
        return FEDVAL_ERROR_LIMIT;
    fedval_sip_header *header = calloc(1, sizeof(*header));
    if (header == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fv_arena_init(&header->arena);
    fedval_status status = read_values(header, text);
    if (status != FEDVAL_OK) {
        fedval_sip_header_free(header);
        return status;
    }
    *out_header = header;
    return FEDVAL_OK;
}

void fedval_sip_header_free(fedval_sip_header *header)
{
    if (header == NULL)
        return;
    fv_arena_clear(&header->arena);
    free(header);
}

/* ---- reading ---- */

static const address absent = {0};

static const address *get(const fedval_sip_header *header, size_t index)
{
    return header == NULL || index >= header->num_addresses ? &absent : &header->addresses[index];
}

size_t fedval_sip_header_count(const fedval_sip_header *header)
{
    return header == NULL ? 0 : header->num_addresses;
}

size_t fedval_sip_header_get_num_damaged(const fedval_sip_header *header)
{
    return header == NULL ? 0 : header->num_damaged;
}

uint32_t fedval_sip_header_get_scheme(const fedval_sip_header *header, size_t index)
{
    return get(header, index)->scheme;
}

const char *fedval_sip_header_get_domain(const fedval_sip_header *header, size_t index)
{
    return get(header, index)->domain;
}

uint32_t fedval_sip_header_get_domain_kind(const fedval_sip_header *header, size_t index)
{
    return get(header, index)->domain_kind;
}

uint32_t fedval_sip_header_get_domain_fault(const fedval_sip_header *header, size_t index)
{
    return get(header, index)->domain_fault;
}

const char *fedval_sip_header_get_user(const fedval_sip_header *header, size_t index)
{
    return get(header, index)->user;
}

const char *fedval_sip_header_get_display_name(const fedval_sip_header *header, size_t index)
{
    return get(header, index)->display;
}

uint32_t fedval_sip_header_get_port(const fedval_sip_header *header, size_t index)
{
    return get(header, index)->port;
}
