/* The certificates of an Expressway: its server's, the one it calls with, and its trusted CAs. */
#include "base64.h"
#include "learn.h"

#include <fedval/certificate.h>
#include <fedval/name.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static char *encode(const uint8_t *der, size_t len)
{
    static const char head[] = "-----BEGIN CERTIFICATE-----\n",
                      tail[] = "-----END CERTIFICATE-----\n";
    size_t size = sizeof(head) + sizeof(tail) + (len + 2) / 3 * 4 + len / 48 + 2;
    char *text = malloc(size), *at = text;
    if (text == NULL)
        return NULL;
    at += snprintf(at, size, "%s", head);
    for (size_t i = 0; i < len; i += 3) {
        base64_put(der + i, len - i, at);
        at += 4;
        if (i % 48 == 45 && i + 3 < len)
            *at++ = '\n';
    }
    *at++ = '\n';
    memcpy(at, tail, sizeof(tail));
    return text;
}

/* Puts the certificate behind the text, which it takes over. NULL: memory is short. */
static char *append_pem(char *text, const fedval_certificate *certificate)
{
    size_t len = 0;
    const uint8_t *der = fedval_certificate_get_der(certificate, &len);
    char *pem = encode(der, len);
    size_t text_len = text == NULL ? 0 : strlen(text);
    char *joined = pem == NULL ? NULL : realloc(text, text_len + strlen(pem) + 1);
    if (joined == NULL)
        free(text);
    else
        strcpy(joined + text_len, pem);
    free(pem);
    return joined;
}

/* More CAs than a chain has are a trust list. */
#define MOST_IN_CHAIN 8

/* The end entity, with the CAs of the file behind it, as PEM. */
static char *chain_text(const fedval_certificate_list *list, size_t first)
{
    size_t count = fedval_certificate_list_count(list);
    char *text = append_pem(NULL, fedval_certificate_list_get(list, first));
    for (size_t i = 0; text != NULL && count <= MOST_IN_CHAIN && i < count; i++) {
        const fedval_certificate *other = fedval_certificate_list_get(list, i);
        if (fedval_certificate_is_ca(other) != 0)
            text = append_pem(text, other);
    }
    return text;
}

static bool take_host(const char *text, size_t len, char out[FEDVAL_NAME_SIZE])
{
    return text != NULL && memchr(text, '*', len) == NULL &&
           fedval_name_normalise(text, len, out, FEDVAL_NAME_SIZE, NULL, NULL) == FEDVAL_OK &&
           strchr(out, '.') != NULL;
}

/* The Common Name, or the first name in its place that can be a host's. */
static bool name_of(const fedval_certificate *certificate, char out[FEDVAL_NAME_SIZE])
{
    size_t len = 0;
    const char *common_name = fedval_certificate_get_common_name(certificate, 0, &len);
    if (take_host(common_name, len, out))
        return true;
    for (size_t i = 0; i < fedval_certificate_count_sans(certificate); i++) {
        const char *name = fedval_certificate_get_san_text(certificate, i);
        if (name != NULL && take_host(name, strlen(name), out))
            return true;
    }
    return false;
}

/* One certificate a role is taken; that of another peer is asked about. */
static void take_certificate(learnt *l, const char *file, const fedval_certificate *certificate,
                             const char *pem, bool is_calling)
{
    char **field = is_calling ? &l->calling_pem : &l->server_pem;
    char host[FEDVAL_NAME_SIZE];
    bool has_name = name_of(certificate, host);
    if (*field != NULL && strcmp(*field, pem) != 0) {
        learnt_ask(l, "which peer has the certificate in ", file,
                   "? Another one was read before it, so this one is not in the intent "
                   "(clusters, peers)");
        if (has_name && l->certificate_name != NULL && strcmp(l->certificate_name, host) != 0)
            learnt_add(l, &l->peers, host, NULL);
    }
    if (has_name && !is_calling)
        learnt_set(l, &l->certificate_name, host);
    learnt_set(l, field, pem);
}

static bool starts_with(const char *name, const char *word)
{
    return strncasecmp(name, word, strlen(word)) == 0;
}

/* The list of trusted CAs of a system can be long; no chain needs more of it. */
#define MOST_AUTHORITIES 512

static void keep_authority(learnt *l, const fedval_certificate *certificate)
{
    char *pem = l->authorities.count < MOST_AUTHORITIES ? append_pem(NULL, certificate) : NULL;
    l->is_out_of_memory |= pem == NULL && l->authorities.count < MOST_AUTHORITIES;
    if (pem != NULL)
        learnt_add(l, &l->authorities, pem, NULL);
    free(pem);
}

bool learn_certificates(learnt *l, const char *name, const char *text, size_t len)
{
    fedval_certificate_list *list = NULL;
    bool is_found = false;
    const char *slash = strrchr(name, '/');
    bool is_calling = starts_with(slash == NULL ? name : slash + 1, "client");
    if (fedval_certificate_list_new(text, len, &list, NULL) != FEDVAL_OK)
        return false;
    for (size_t i = 0; !is_found && i < fedval_certificate_list_count(list); i++) {
        if (fedval_certificate_is_ca(fedval_certificate_list_get(list, i)) != 0) {
            keep_authority(l, fedval_certificate_list_get(list, i));
            continue;
        }
        char *pem = chain_text(list, i);
        l->is_out_of_memory |= pem == NULL;
        if (pem != NULL)
            take_certificate(l, name, fedval_certificate_list_get(list, i), pem, is_calling);
        free(pem);
        is_found = true;
    }
    fedval_certificate_list_free(list);
    return is_found;
}

bool learn_certificate_host(const char *text, size_t len, char out[FEDVAL_NAME_SIZE])
{
    fedval_certificate_list *list = NULL;
    bool is_found = false;
    if (fedval_certificate_list_new(text, len, &list, NULL) != FEDVAL_OK)
        return false;
    for (size_t i = 0; !is_found && i < fedval_certificate_list_count(list); i++) {
        const fedval_certificate *certificate = fedval_certificate_list_get(list, i);
        is_found = fedval_certificate_is_ca(certificate) == 0 && name_of(certificate, out);
    }
    fedval_certificate_list_free(list);
    return is_found;
}

/* ---- issuers ---- */

static bool is_issuer_of(const fedval_certificate *issuer, const fedval_certificate *certificate)
{
    size_t subject_len = 0, issuer_len = 0;
    const uint8_t *subject = fedval_certificate_get_subject_der(issuer, &subject_len);
    const uint8_t *wanted = fedval_certificate_get_issuer_der(certificate, &issuer_len);
    return subject_len == issuer_len && memcmp(subject, wanted, issuer_len) == 0;
}

/* The CA among those that were read which has issued the last certificate of a chain, and is not
 * its end; NULL: there is none. */
static const char *find_issuer(const learnt *l, const char *chain)
{
    fedval_certificate_list *list = NULL;
    const char *found = NULL;
    if (fedval_certificate_list_new(chain, strlen(chain), &list, NULL) != FEDVAL_OK)
        return NULL;
    const fedval_certificate *last =
        fedval_certificate_list_get(list, fedval_certificate_list_count(list) - 1);
    bool is_end = fedval_certificate_is_self_issued(last) != 0;
    for (size_t i = 0; !is_end && found == NULL && i < l->authorities.count; i++) {
        const char *pem = l->authorities.items[i].first;
        fedval_certificate_list *one = NULL;
        if (fedval_certificate_list_new(pem, strlen(pem), &one, NULL) != FEDVAL_OK)
            continue;
        const fedval_certificate *ca = fedval_certificate_list_get(one, 0);
        if (fedval_certificate_is_self_issued(ca) == 0 && is_issuer_of(ca, last))
            found = pem;
        fedval_certificate_list_free(one);
    }
    fedval_certificate_list_free(list);
    return found;
}

/* Expressway sends the intermediates that its list of trusted CAs has. */
static void complete(learnt *l, char **chain)
{
    for (size_t i = 0; *chain != NULL && i < MOST_IN_CHAIN; i++) {
        const char *issuer = find_issuer(l, *chain);
        if (issuer == NULL || strstr(*chain, issuer) != NULL)
            return;
        char *longer = realloc(*chain, strlen(*chain) + strlen(issuer) + 1);
        l->is_out_of_memory |= longer == NULL;
        if (longer == NULL)
            return;
        strcat(longer, issuer);
        *chain = longer;
    }
}

void learn_issuers(learnt *l)
{
    complete(l, &l->server_pem);
    complete(l, &l->calling_pem);
}
