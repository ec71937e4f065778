#include "trust/crl_scope.h"

#include "base/text.h"

#include <string.h>

/* ---- names of distribution points ---- */

static size_t find_after(fv_text text, size_t from, const char *characters)
{
    while (from < text.len &&
           (text.data[from] == '\0' || strchr(characters, text.data[from]) == NULL))
        from++;
    return from;
}

/* Where the parts of a URI end whose case counts, and those whose case does not: "the scheme and
 * host are case-insensitive", "the other generic syntax components are assumed to be
 * case-sensitive" (RFC 3986 6.2.2.1), the user before the host among them. */
typedef struct uri_parts {
    size_t scheme, user, host; /* the end of each; equal where one is missing */
} uri_parts;

static uri_parts split_uri(fv_text uri)
{
    size_t colon = find_after(uri, 0, ":");
    bool has_host = uri.len > colon + 2 && uri.data[colon + 1] == '/' && uri.data[colon + 2] == '/';
    uri_parts parts = {colon, colon, colon};
    if (!has_host)
        return parts;
    parts.scheme = parts.user = colon + 3;
    parts.host = find_after(uri, parts.scheme, "/?#");
    for (size_t i = parts.scheme; i < parts.host; i++) {
        if (uri.data[i] == '@')
            parts.user = i + 1;
    }
    return parts;
}

static fv_text part_of(fv_text uri, size_t from, size_t to)
{
    return (fv_text){uri.data + from, to - from};
}

static bool is_same_uri(fv_bytes a, fv_bytes b)
{
    fv_text x = {(const char *)a.data, a.len}, y = {(const char *)b.data, b.len};
    if (x.len != y.len)
        return false;
    uri_parts p = split_uri(x), q = split_uri(y);
    if (p.scheme != q.scheme || p.user != q.user || p.host != q.host)
        return false;
    return fv_text_equal_nocase(part_of(x, 0, p.scheme), part_of(y, 0, p.scheme)) &&
           fv_text_equal(part_of(x, p.scheme, p.user), part_of(y, p.scheme, p.user)) &&
           fv_text_equal_nocase(part_of(x, p.user, p.host), part_of(y, p.user, p.host)) &&
           fv_text_equal(part_of(x, p.host, x.len), part_of(y, p.host, y.len));
}

static bool is_same_name(const fv_general_name *a, const fv_general_name *b)
{
    if (a->type != b->type)
        return false;
    if (a->type == FV_GN_DIRECTORY) {
        return a->directory != NULL && b->directory != NULL &&
               fv_name_equal(a->directory, b->directory);
    }
    return a->type == FV_GN_URI ? is_same_uri(a->value, b->value)
                                : fv_bytes_equal(a->value, b->value);
}

/* Only the first names of each list are compared. With more of them the CRL may seem to be for
 * another point, and then it is not used. */
static bool have_one_in_common(const fv_general_names *a, const fv_general_names *b)
{
    enum { MOST_NAMES = 16 };
    for (size_t i = 0; i < a->num_items && i < MOST_NAMES; i++) {
        for (size_t j = 0; j < b->num_items && j < MOST_NAMES; j++) {
            if (is_same_name(&a->items[i], &b->items[j]))
                return true;
        }
    }
    return false;
}

bool fv_crl_names_hold(const fv_general_names *names, const fv_name *wanted)
{
    for (size_t i = 0; i < names->num_items; i++) {
        if (names->items[i].type == FV_GN_DIRECTORY && names->items[i].directory != NULL &&
            fv_name_equal(names->items[i].directory, wanted))
            return true;
    }
    return false;
}

/* A list of one directory name, with room for the parts that it points at. */
typedef struct single_name {
    fv_name directory;
    fv_general_name name;
    fv_general_names list;
} single_name;

static fv_general_names make_single(single_name *out, const fv_name *directory)
{
    out->name = (fv_general_name){.type = FV_GN_DIRECTORY, .directory = directory};
    return (fv_general_names){.items = &out->name, .num_items = 1};
}

/* Gives the full names of a point. A relative name is appended to the name of the CRL issuer. */
static bool resolve(fv_arena *scratch, const fv_point_name *name, const fv_name *crl_issuer,
                    single_name *room, fv_general_names *out)
{
    *out = name->full;
    if (name->relative.len == 0)
        return true;
    if (!fv_name_append_rdn(scratch, crl_issuer, name->relative, &room->directory))
        return false;
    *out = make_single(room, &room->directory);
    return true;
}

static bool has_name(const fv_point_name *name)
{
    return name->full.num_items > 0 || name->relative.len > 0;
}

/* Gives the names that the certificate has for its point: the names of the point; if it has none,
 * those of its CRL issuer; without a point, the name of the certificate issuer. */
static bool names_of_point(fv_arena *scratch, const fv_certificate *certificate,
                           const fv_crl_point *point, single_name *room, fv_general_names *out)
{
    if (point == NULL) {
        *out = make_single(room, &certificate->issuer);
        return true;
    }
    if (!has_name(&point->name)) {
        *out = point->issuers;
        return true;
    }
    const fv_name *crl_issuer = fv_general_names_first_directory(&point->issuers);
    return resolve(scratch, &point->name, crl_issuer != NULL ? crl_issuer : &certificate->issuer,
                   room, out);
}

/* Whether the CRL is for this distribution point. 6.3.3 (b)(2)(i): "verify that one of the names in
 * the IDP matches one of the names in the DP". */
static bool is_at_point(fv_arena *scratch, const fv_crl *crl, const fv_certificate *certificate,
                        const fv_crl_point *point, fv_crl_fit *fit)
{
    single_name own_room, wanted_room;
    fv_general_names own, wanted;
    if (!resolve(scratch, &crl->point_name, &crl->issuer, &own_room, &own) ||
        !names_of_point(scratch, certificate, point, &wanted_room, &wanted)) {
        fit->no_memory = true;
        return false;
    }
    return have_one_in_common(&own, &wanted);
}

/* ---- the fit ---- */

static const char *find_issuer_fault(const fv_crl *crl, const fv_crl_point *point, bool is_own,
                                     bool is_named)
{
    if (point != NULL && point->issuers.num_items > 0 && !is_named)
        return "the certificate names another issuer of its CRLs";
    if (!is_own && !crl->is_indirect)
        return "it is of another issuer than the certificate, and not indirect";
    return NULL;
}

/* 6.3.3 (b)(2)(ii) to (iv) */
static const char *find_kind_fault(const fv_crl *crl, bool is_ca)
{
    if (crl->is_attribute_only)
        return "it lists attribute certificates only";
    if (crl->is_user_only && is_ca)
        return "it lists end-entity certificates only";
    return crl->is_ca_only && !is_ca ? "it lists CA certificates only" : NULL;
}

fv_crl_fit fv_crl_fit_of(fv_arena *scratch, const fv_crl *crl, const fv_certificate *certificate,
                         const fv_crl_point *point)
{
    fv_crl_fit fit = {.reasons = crl->reasons & (point == NULL ? FV_ALL_REASONS : point->reasons)};
    bool is_own = fv_name_equal(&crl->issuer, &certificate->issuer);
    bool is_named = point != NULL && fv_crl_names_hold(&point->issuers, &crl->issuer);
    fit.is_related = is_own || is_named;
    if (!fit.is_related)
        return fit;
    fit.fault = find_issuer_fault(crl, point, is_own, is_named);
    if (fit.fault == NULL)
        fit.fault = find_kind_fault(crl, certificate->basic_constraints.is_ca);
    if (fit.fault == NULL && crl->has_point_name &&
        !is_at_point(scratch, crl, certificate, point, &fit))
        fit.fault = "it is for another distribution point than those that the certificate names";
    return fit;
}

/* 6.3.3 (c)(3): "Verify that the delta CRL authority key identifier extension matches the complete
 * CRL authority key identifier extension." */
static bool is_same_key(const fv_key_id *a, const fv_key_id *b)
{
    return a->has_key_id == b->has_key_id &&
           (!a->has_key_id || fv_bytes_equal(a->key_id, b->key_id));
}

bool fv_crl_is_same_scope(const fv_crl *a, const fv_crl *b)
{
    return a->distribution_point_presence == b->distribution_point_presence &&
           fv_name_equal(&a->issuer, &b->issuer) &&
           is_same_key(&a->authority_key_id, &b->authority_key_id) &&
           fv_bytes_equal(a->distribution_point, b->distribution_point);
}
