/* The names of an incident are printed, looked up and checked by people: one that was read damaged
 * is dropped, and what was concluded from it is left open. */
#include "logs/interpret/draft.h"

#include <string.h>

static bool is_digits(fv_text text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!fv_ascii_is_digit(text.data[i]))
            return false;
    }
    return text.len > 0;
}

/* Splits "host:5061" and "[2001:db8::1]:5061". An address without brackets has several colons and
 * no port. Returns false if what follows the colon is no port. */
static bool split_port(fv_text text, fv_text *out_host)
{
    size_t colon = text.len;
    while (colon > 0 && text.data[colon - 1] != ':' && text.data[colon - 1] != ']')
        colon--;
    *out_host = text;
    bool is_bracketed = text.len > 0 && text.data[0] == '[';
    if (colon == 0 || text.data[colon - 1] == ']')
        return true;
    if (!is_bracketed && memchr(text.data, ':', colon - 1) != NULL)
        return true;
    *out_host = (fv_text){text.data, colon - 1};
    fv_text port = {text.data + colon, text.len - colon};
    uint64_t number;
    return is_digits(port) && fv_text_to_u64(port, &number) && number <= UINT16_MAX;
}

/* Whether the last label has only digits: then the name was meant to be an address, and some of its
 * digits were read as letters ("192.O.2.47"). */
static bool ends_like_address(fv_text host)
{
    size_t dot = host.len;
    while (dot > 0 && host.data[dot - 1] != '.')
        dot--;
    return dot > 0 && is_digits((fv_text){host.data + dot, host.len - dot});
}

static bool is_sound_host(fv_draft *draft, fv_text text)
{
    char name[FEDVAL_NAME_SIZE];
    uint32_t kind;
    fv_text host;
    if (!split_port(text, &host))
        return false;
    if (host.len > 2 && host.data[0] == '[' && host.data[host.len - 1] == ']')
        host = (fv_text){host.data + 1, host.len - 2};
    else if (host.len > 2 && host.data[0] == '*' && host.data[1] == '.')
        host = (fv_text){host.data + 2, host.len - 2};
    fedval_status status =
        fedval_name_normalise(host.data, host.len, name, sizeof(name), &kind, NULL);
    draft->failed = draft->failed || status == FEDVAL_ERROR_NO_MEMORY;
    if (status != FEDVAL_OK || !fv_draft_is_name(name))
        return false;
    bool is_address = kind == FEDVAL_NAME_KIND_IPV4 || kind == FEDVAL_NAME_KIND_IPV6;
    /* "expe." is the first piece of a name that was broken after a dot. */
    bool is_piece = host.data[host.len - 1] == '.' && strchr(name, '.') == NULL;
    return is_address || (!ends_like_address(host) && !is_piece);
}

/* A name, an address, or a list of them. */
static bool is_sound(fv_draft *draft, const char *text)
{
    if (!fv_draft_is_name(text))
        return false;
    bool is_list = text[strcspn(text, ", ")] != '\0';
    do {
        size_t len = strcspn(text, ", ");
        /* In a list a single label can be a piece of a word that was cut. */
        if (!is_sound_host(draft, (fv_text){text, len}) ||
            (is_list && len > 0 && strcspn(text, ".:") >= len))
            return false;
        text += len;
        text += strspn(text, ", ");
    } while (*text != '\0');
    return true;
}

/* Keeps a name that is sound. Returns false if it was dropped. */
static bool keep(fv_draft *draft, const char **name)
{
    if (*name == NULL || is_sound(draft, *name))
        return true;
    *name = NULL;
    return false;
}

static bool keep_fqdns(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    size_t kept = 0;
    for (size_t i = 0; i < incident->num_fqdns; i++) {
        if (keep(draft, &incident->fqdns[i]))
            incident->fqdns[kept++] = incident->fqdns[i];
    }
    bool all = kept == incident->num_fqdns;
    incident->num_fqdns = kept;
    return all;
}

/* A SIP domain has two labels at least: a single one is a piece of a name. */
static bool keep_domain(const char **domain)
{
    if (*domain == NULL || strchr(*domain, '.') != NULL)
        return true;
    *domain = NULL;
    return false;
}

void fv_draft_check_names(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    keep(draft, &incident->peer);
    keep_domain(&incident->other_domain);
    bool all = keep(draft, &incident->expected_name);
    all = keep(draft, &incident->presented_name) && all;
    all = keep_fqdns(draft) && all;
    all = keep_domain(&incident->domain) && all;
    if (!all && !fv_incident_is_of_connection(incident))
        draft->is_damaged = true;
}
