/* The forms of names that can be constrained, and for each form the test whether a name is within a
 * constraint. */
#include "trust/names.h"

#include "model/dns_name.h"

#include <string.h>

static fv_text text_of(const fv_general_name *name)
{
    return (fv_text){(const char *)name->value.data, name->value.len};
}

static fv_text after(fv_text text, size_t len)
{
    return (fv_text){text.data + len, text.len - len};
}

static bool starts_with_dot(fv_text text)
{
    return text.len > 0 && text.data[0] == '.';
}

/* Whether `host` is `base` or has more labels in front of it. A dot at the start of `base` asks for
 * at least one more label: ".example.com" covers "a.example.com" but not "example.com". */
static bool is_below(fv_text host, fv_text base)
{
    if (base.len == 0)
        return true;
    if (host.len < base.len || !fv_text_ends_nocase(host, base))
        return false;
    return starts_with_dot(base)
               ? host.len > base.len
               : host.len == base.len || host.data[host.len - base.len - 1] == '.';
}

/* ---- dNSName ---- */

/* RFC 5280 has no dot at the start of a dNSName constraint. But CAs write it, and every library
 * except the strictest accepts it: it asks for at least one more label. */
static bool dns_is_usable(const fv_general_name *constraint, bool is_strict)
{
    fv_text base = text_of(constraint);
    if (base.len == 0)
        return true;
    if (starts_with_dot(base) && !is_strict)
        base = after(base, 1);
    return fv_host_name_is_valid(base);
}

/* "*.example.com" covers "host.example.com" too, so an exclusion of that name touches it. RFC 9525
 * defines the wildcard and RFC 5280 the constraint, but neither says how they work together
 * (CVE-2025-61727). */
static bool wildcard_touches(fv_text wildcard, fv_text base)
{
    if (starts_with_dot(base))
        base = after(base, 1);
    const char *dot = base.len == 0 ? NULL : memchr(base.data, '.', base.len);
    return dot != NULL &&
           fv_host_name_equal(after(base, (size_t)(dot + 1 - base.data)), after(wildcard, 2));
}

static fv_name_fit dns_fit(const fv_general_name *name, const fv_general_name *constraint)
{
    fv_text host = text_of(name), base = text_of(constraint);
    if (!fv_presented_dns_name_is_valid(host))
        return FV_NAME_UNUSABLE;
    if (is_below(host, base))
        return FV_NAME_WITHIN;
    return host.data[0] == '*' && wildcard_touches(host, base) ? FV_NAME_TOUCHES : FV_NAME_OUTSIDE;
}

/* ---- iPAddress: address and mask ---- */

static bool is_mask(const uint8_t *mask, size_t len)
{
    bool ended = false;
    for (size_t bit = 0; bit < 8 * len; bit++) {
        bool is_set = (mask[bit / 8] >> (7 - bit % 8) & 1) != 0;
        if (is_set && ended)
            return false;
        ended |= !is_set;
    }
    return true;
}

static bool ip_is_usable(const fv_general_name *constraint, bool is_strict)
{
    size_t len = constraint->value.len / 2;
    (void)is_strict;
    return (constraint->value.len == 8 || constraint->value.len == 32) &&
           is_mask(constraint->value.data + len, len);
}

static fv_name_fit ip_fit(const fv_general_name *name, const fv_general_name *constraint)
{
    size_t len = name->value.len;
    const uint8_t *address = name->value.data, *base = constraint->value.data;
    if (len != 4 && len != 16)
        return FV_NAME_UNUSABLE;
    if (constraint->value.len != 2 * len)
        return FV_NAME_OUTSIDE;
    for (size_t i = 0; i < len; i++) {
        if (((address[i] ^ base[i]) & base[len + i]) != 0)
            return FV_NAME_OUTSIDE;
    }
    return FV_NAME_WITHIN;
}

/* ---- directoryName ---- */

static bool directory_is_usable(const fv_general_name *constraint, bool is_strict)
{
    (void)is_strict;
    return constraint->directory != NULL && constraint->directory->presence == FV_KNOWN;
}

static fv_name_fit directory_fit(const fv_general_name *name, const fv_general_name *constraint)
{
    if (name->directory == NULL || name->directory->presence != FV_KNOWN)
        return FV_NAME_UNUSABLE;
    return fv_name_is_within(name->directory, constraint->directory) ? FV_NAME_WITHIN
                                                                     : FV_NAME_OUTSIDE;
}

/* ---- rfc822Name: a mailbox, a host, or a domain with a dot in front ---- */

static bool split_mailbox(fv_text text, fv_text *out_local, fv_text *out_host)
{
    const char *at = text.len == 0 ? NULL : memchr(text.data, '@', text.len);
    if (at == NULL)
        return false;
    *out_local = (fv_text){text.data, (size_t)(at - text.data)};
    *out_host = after(text, out_local->len + 1);
    return out_local->len > 0 && fv_host_name_is_valid(*out_host);
}

static bool is_host_or_domain(fv_text text)
{
    return fv_host_name_is_valid(starts_with_dot(text) ? after(text, 1) : text);
}

static bool mail_is_usable(const fv_general_name *constraint, bool is_strict)
{
    fv_text local, host, text = text_of(constraint);
    (void)is_strict;
    if (constraint->is_malformed)
        return false;
    return text.len == 0 || split_mailbox(text, &local, &host) || is_host_or_domain(text);
}

/* A constraint without a dot at its start covers that host alone (RFC 5280 4.2.1.10). */
static bool host_is_within(fv_text host, fv_text base)
{
    return base.len == 0 ||
           (starts_with_dot(base) ? is_below(host, base) : fv_host_name_equal(host, base));
}

static fv_name_fit mail_fit(const fv_general_name *name, const fv_general_name *constraint)
{
    fv_text local, host, wanted_local, wanted_host, base = text_of(constraint);
    if (name->is_malformed || !split_mailbox(text_of(name), &local, &host))
        return FV_NAME_UNUSABLE;
    if (!split_mailbox(base, &wanted_local, &wanted_host))
        return host_is_within(host, base) ? FV_NAME_WITHIN : FV_NAME_OUTSIDE;
    return fv_text_equal(local, wanted_local) && fv_host_name_equal(host, wanted_host)
               ? FV_NAME_WITHIN
               : FV_NAME_OUTSIDE;
}

/* ---- uniformResourceIdentifier: its host ---- */

static bool uri_is_usable(const fv_general_name *constraint, bool is_strict)
{
    fv_text base = text_of(constraint);
    (void)is_strict;
    return !constraint->is_malformed && (base.len == 0 || is_host_or_domain(base));
}

static size_t find_any(fv_text text, const char *characters)
{
    size_t i = 0;
    while (i < text.len && (text.data[i] == '\0' || strchr(characters, text.data[i]) == NULL))
        i++;
    return i;
}

/* RFC 3986 3.2: //user@host:port. A URI without an authority, or with an address in it, has no host
 * that could be compared. */
static bool uri_host(fv_text uri, fv_text *out)
{
    size_t colon = find_any(uri, ":");
    fv_text rest = after(uri, colon);
    if (!fv_text_starts_nocase(rest, (fv_text){"://", 3}))
        return false;
    rest = after(rest, 3);
    rest.len = find_any(rest, "/?#");
    size_t at = find_any(rest, "@");
    if (at < rest.len)
        rest = after(rest, at + 1);
    rest.len = find_any(rest, ":");
    *out = fv_dns_name_without_dot(rest);
    return fv_host_name_is_valid(*out);
}

static fv_name_fit uri_fit(const fv_general_name *name, const fv_general_name *constraint)
{
    fv_text host;
    if (name->is_malformed || !uri_host(text_of(name), &host))
        return FV_NAME_UNUSABLE;
    return host_is_within(host, text_of(constraint)) ? FV_NAME_WITHIN : FV_NAME_OUTSIDE;
}

const fv_name_form *fv_name_form_find(fv_general_name_type type)
{
    static const fv_name_form forms[] = {
        {FV_GN_DNS, dns_is_usable, dns_fit},
        {FV_GN_IP, ip_is_usable, ip_fit},
        {FV_GN_DIRECTORY, directory_is_usable, directory_fit},
        {FV_GN_RFC822, mail_is_usable, mail_fit},
        {FV_GN_URI, uri_is_usable, uri_fit},
    };
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        if (forms[i].type == type)
            return &forms[i];
    }
    return NULL;
}
