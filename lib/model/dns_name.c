#include "model/dns_name.h"

#include "base/address.h"

#include "fedval/name.h"

#include <string.h>

fv_text fv_dns_name_without_dot(fv_text name)
{
    if (name.len > 0 && name.data[name.len - 1] == '.')
        name.len--;
    return name;
}

static uint32_t check_label(fv_text label, uint32_t allowed)
{
    if (label.len == 0)
        return FEDVAL_NAME_FAULT_EMPTY_LABEL;
    for (size_t i = 0; i < label.len; i++) {
        char c = label.data[i];
        if (c == '*')
            return FEDVAL_NAME_FAULT_BAD_WILDCARD;
        if (!fv_ascii_is_alnum(c) && c != '-' && !(c == '_' && (allowed & FV_DNS_NAME_UNDERSCORE)))
            return FEDVAL_NAME_FAULT_BAD_CHARACTER;
    }
    if (label.len > FV_LABEL_MAX_LEN)
        return FEDVAL_NAME_FAULT_LABEL_TOO_LONG;
    if (label.data[0] == '-' || label.data[label.len - 1] == '-')
        return FEDVAL_NAME_FAULT_BAD_HYPHEN;
    return FEDVAL_NAME_FAULT_NONE;
}

static bool is_all_digits(fv_text label)
{
    for (size_t i = 0; i < label.len; i++) {
        if (!fv_ascii_is_digit(label.data[i]))
            return false;
    }
    return true;
}

fv_text fv_dns_name_first_label(fv_text name)
{
    const char *dot = memchr(name.data, '.', name.len);

    return (fv_text){name.data, dot == NULL ? name.len : (size_t)(dot - name.data)};
}

uint32_t fv_dns_name_check(fv_text name, uint32_t allowed)
{
    if (name.len == 0)
        return FEDVAL_NAME_FAULT_EMPTY;
    size_t start = fv_dns_name_has_wildcard(name) && (allowed & FV_DNS_NAME_WILDCARD) ? 2 : 0;
    for (;;) {
        fv_text label = fv_dns_name_first_label((fv_text){name.data + start, name.len - start});
        uint32_t fault = check_label(label, allowed);
        if (fault != FEDVAL_NAME_FAULT_NONE)
            return fault;
        start += label.len;
        if (start == name.len) {
            /* RFC 1123 2.1: the last label is alphabetic. So a name is never taken for an IPv4
             * address, nor a broken address such as "192.0.2.999" for a name. */
            if (is_all_digits(label))
                return FEDVAL_NAME_FAULT_BAD_ADDRESS;
            break;
        }
        start++;
    }
    return name.len > FV_NAME_MAX_LEN ? FEDVAL_NAME_FAULT_NAME_TOO_LONG : FEDVAL_NAME_FAULT_NONE;
}

uint32_t fv_dns_name_count_shared(fv_text a, fv_text b)
{
    uint32_t shared = 0;

    while (a.len > 0 && b.len > 0) {
        char x = a.data[--a.len], y = b.data[--b.len];
        if (x != y && fv_ascii_lower(x) != fv_ascii_lower(y))
            return shared;
        shared += x == '.';
    }
    bool at_label_of_a = a.len == 0 || a.data[a.len - 1] == '.';
    bool at_label_of_b = b.len == 0 || b.data[b.len - 1] == '.';
    return shared + (at_label_of_a && at_label_of_b);
}

bool fv_presented_dns_name_is_valid(fv_text id)
{
    const uint32_t allowed = FV_DNS_NAME_UNDERSCORE | FV_DNS_NAME_WILDCARD;

    if (fv_dns_name_check(id, allowed) != FEDVAL_NAME_FAULT_NONE)
        return false;
    return !fv_dns_name_has_wildcard(id) || memchr(id.data + 2, '.', id.len - 2) != NULL;
}

uint32_t fedval_name_count_shared_labels(const char *a, size_t a_len, const char *b, size_t b_len)
{
    fv_text left = fv_dns_name_without_dot(fv_text_given(a, a_len));
    fv_text right = fv_dns_name_without_dot(fv_text_given(b, b_len));

    if (left.len == 0 || right.len == 0)
        return 0;
    return fv_dns_name_count_shared(left, right);
}

bool fv_dns_name_begins_with_address(fv_text name)
{
    size_t dots = 0, len = 0;
    fv_address address;
    for (; len < name.len; len++) {
        if (name.data[len] == '.' && ++dots == 4)
            break;
    }
    return fv_address_parse((fv_text){name.data, len}, &address) && address.len == 4;
}

bool fv_dns_name_is_inner(fv_text name)
{
    static const char *const zones[] = {".local", ".home.arpa", ".internal", ".corp", ".lan"};
    name = fv_dns_name_without_dot(name);
    for (size_t i = 0; i < sizeof(zones) / sizeof(zones[0]); i++) {
        if (fv_text_ends_nocase(name, fv_text_of(zones[i])))
            return true;
    }
    return false;
}

void fv_dns_name_append_srv_owner(fv_buf *out, const char *label, const char *domain)
{
    fv_buf_append_text(out, label);
    fv_buf_append_char(out, '.');
    fv_buf_append_text(out, domain);
}
