/* Turns a text as people write it into the one form in which names are compared. */
#include "base/address.h"
#include "fedval/name.h"
#include "model/dns_name.h"
#include "model/idna.h"

#include <string.h>

/* A longer text cannot fit 253 octets when it is normalised: a character takes 4 bytes of UTF-8 at
 * most, and makes at least one octet of an A-label. */
#define MAX_TEXT_LEN ((size_t)4 * FV_NAME_MAX_LEN)

typedef struct result {
    char name[FEDVAL_NAME_SIZE];
    size_t len;
    uint32_t kind;
    uint32_t fault;
} result;

static fedval_status refuse(result *out, uint32_t fault)
{
    out->fault = fault;
    return FEDVAL_ERROR_SYNTAX;
}

/* ---- addresses ---- */

static fedval_status take_address(const fv_address *address, result *out)
{
    fv_address_format(address, out->name);
    out->len = strlen(out->name);
    out->kind = address->len == 4 ? FEDVAL_NAME_KIND_IPV4 : FEDVAL_NAME_KIND_IPV6;
    return FEDVAL_OK;
}

static bool has_char(fv_text text, char c)
{
    return text.len > 0 && memchr(text.data, c, text.len) != NULL;
}

/* RFC 3986 3.2.2: only IPv6 addresses are in brackets. */
static fedval_status normalise_bracketed(fv_text text, result *out)
{
    fv_address address;
    fv_text inside = {text.data + 1, text.len - 1};

    if (inside.len == 0 || inside.data[inside.len - 1] != ']')
        return refuse(out, FEDVAL_NAME_FAULT_BAD_ADDRESS);
    inside.len--;
    if (!fv_address_parse(inside, &address) || address.len != 16)
        return refuse(out, FEDVAL_NAME_FAULT_BAD_ADDRESS);
    return take_address(&address, out);
}

/* ---- names ---- */

static bool has_a_label(fv_text name)
{
    static const fv_text prefix = {"xn--", 4};

    for (size_t i = 0; i < name.len; i++) {
        fv_text rest = {name.data + i, name.len - i};
        if ((i == 0 || name.data[i - 1] == '.') && fv_text_starts_nocase(rest, prefix))
            return true;
    }
    return false;
}

static uint32_t classify(fv_text name)
{
    if (name.data[0] == '*')
        return FEDVAL_NAME_KIND_WILDCARD;
    if (has_char(name, '_'))
        return FEDVAL_NAME_KIND_SERVICE;
    if (has_a_label(name))
        return FEDVAL_NAME_KIND_INTERNATIONALISED;
    return has_char(name, '.') ? FEDVAL_NAME_KIND_HOST : FEDVAL_NAME_KIND_SINGLE_LABEL;
}

static fedval_status normalise_ascii(fv_text text, result *out)
{
    fv_text name = fv_dns_name_without_dot(text);

    if (name.len == 0) {
        memcpy(out->name, ".", 1);
        out->len = 1;
        out->kind = FEDVAL_NAME_KIND_ROOT;
        return FEDVAL_OK;
    }
    uint32_t fault = fv_dns_name_check(name, FV_DNS_NAME_UNDERSCORE | FV_DNS_NAME_WILDCARD);
    if (fault != FEDVAL_NAME_FAULT_NONE)
        return refuse(out, fault);
    for (size_t i = 0; i < name.len; i++)
        out->name[i] = fv_ascii_lower(name.data[i]);
    out->len = name.len;
    out->kind = classify((fv_text){out->name, out->len});
    return FEDVAL_OK;
}

/* The mapping of UTS 46 can turn compatibility characters into any ASCII, even into a slash, so the
 * result is checked like any other name. */
static fedval_status normalise_idn(fv_text text, result *out)
{
    char name[MAX_TEXT_LEN + 1];
    uint32_t fault = FEDVAL_NAME_FAULT_NONE;

    fedval_status status = fv_idna_to_ascii(text, name, sizeof(name), &fault);
    if (status == FEDVAL_ERROR_SYNTAX)
        return refuse(out, fault);
    return status == FEDVAL_OK ? normalise_ascii(fv_text_of(name), out) : status;
}

static bool is_ascii(fv_text text)
{
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.data[i] >= 0x80)
            return false;
    }
    return true;
}

static fedval_status normalise(fv_text text, result *out)
{
    fv_address address;

    if (text.len == 0)
        return refuse(out, FEDVAL_NAME_FAULT_EMPTY);
    if (text.len > MAX_TEXT_LEN)
        return refuse(out, FEDVAL_NAME_FAULT_NAME_TOO_LONG);
    if (has_char(text, '\0'))
        return refuse(out, FEDVAL_NAME_FAULT_BAD_CHARACTER);
    if (text.data[0] == '[')
        return normalise_bracketed(text, out);
    if (fv_address_parse(text, &address))
        return take_address(&address, out);
    return is_ascii(text) ? normalise_ascii(text, out) : normalise_idn(text, out);
}

fedval_status fedval_name_normalise(const char *text, size_t text_len, char *out_name,
                                    size_t out_size, uint32_t *out_kind, uint32_t *out_fault)
{
    result found = {.fault = FEDVAL_NAME_FAULT_NONE};

    if (text == NULL || out_name == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_status status = normalise(fv_text_given(text, text_len), &found);
    if (status == FEDVAL_ERROR_SYNTAX && out_fault != NULL)
        *out_fault = found.fault;
    if (status != FEDVAL_OK)
        return status;
    if (found.len >= out_size)
        return FEDVAL_ERROR_LIMIT;
    memcpy(out_name, found.name, found.len + 1);
    if (out_kind != NULL)
        *out_kind = found.kind;
    if (out_fault != NULL)
        *out_fault = FEDVAL_NAME_FAULT_NONE;
    return FEDVAL_OK;
}
