/* The wrong names under which people publish SRV records. */
#include "fedval/name.h"
#include "model/dns_name.h"

#include "base/text.h"

#include <string.h>

/* Returns the text behind the first dot; NULL when there is no dot. */
static const char *after_label(const char *name)
{
    const char *dot = name == NULL ? NULL : strchr(name, '.');
    return dot == NULL ? NULL : dot + 1;
}

static bool append(char out[FEDVAL_NAME_SIZE], size_t *len, const char *text, size_t text_len)
{
    if (text_len >= FEDVAL_NAME_SIZE - *len)
        return false;
    memcpy(out + *len, text, text_len);
    *len += text_len;
    out[*len] = '\0';
    return true;
}

const char *fv_dns_misplaced_srv(const char *owner, size_t index, char out[FEDVAL_NAME_SIZE])
{
    const char *transport = after_label(owner), *domain = after_label(transport);
    size_t len = 0;
    if (domain == NULL)
        return NULL;
    size_t service_len = (size_t)(transport - owner);
    const struct {
        const char *head;
        size_t head_len;
        const char *middle, *tail;
    } wrong[] = {
        /* Many zone editors append the zone to a name that has no final dot. */
        {owner, strlen(owner), ".", domain},
        /* People write "_tls" because the service runs over TLS. */
        {owner, service_len, "_tls.", domain},
        {owner, service_len, "", domain},
    };
    if (index >= sizeof(wrong) / sizeof(wrong[0]))
        return NULL;
    bool fits = append(out, &len, wrong[index].head, wrong[index].head_len) &&
                append(out, &len, wrong[index].middle, strlen(wrong[index].middle)) &&
                append(out, &len, wrong[index].tail, strlen(wrong[index].tail));
    return fits ? out : "";
}

bool fv_dns_is_misplaced_srv(const char *name, const char *owner)
{
    char wrong[FEDVAL_NAME_SIZE];
    const char *text;
    if (name == NULL || owner == NULL)
        return false;
    for (size_t i = 0; (text = fv_dns_misplaced_srv(owner, i, wrong)) != NULL; i++) {
        if (text[0] != '\0' && fv_text_equal_nocase(fv_text_of(name), fv_text_of(text)))
            return true;
    }
    return false;
}
