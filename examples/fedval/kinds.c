#include "kinds.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

static bool begins(const char *text, const char *with)
{
    return strncasecmp(text, with, strlen(with)) == 0;
}

static const char *skip_comments(const char *text)
{
    text += strspn(text, " \t\r\n");
    while (*text == ';') {
        text += strcspn(text, "\n");
        text += strspn(text, " \t\r\n");
    }
    return text;
}

/* "IN" stands in front of a type, or the type is one that an owner has. */
static bool is_record(const char *line)
{
    static const char *const words[] = {"IN", "SOA", "SRV", "A", "AAAA", "CNAME", "NS"};
    const char *end = line + strcspn(line, "\n");
    for (size_t number = 0; line < end && number < 4; number++) {
        size_t len = strcspn(line, " \t\r\n");
        for (size_t i = 0; number > 0 && i < sizeof(words) / sizeof(words[0]); i++) {
            if (strlen(words[i]) == len && strncmp(line, words[i], len) == 0)
                return true;
        }
        line += len;
        line += strspn(line, " \t\r");
    }
    return false;
}

const char *kinds_tell(const char *text, size_t len)
{
    if (memchr(text, '\0', len) != NULL)
        return NULL;
    const char *first = skip_comments(text);
    if (*first == '{' || *first == '[')
        return NULL;
    if (begins(first, "-----BEGIN ") || strstr(first, "\n-----BEGIN CERTIFICATE") != NULL)
        return "certificates or keys (PEM): fedval chain FILE judges a chain";
    if (begins(first, "$ORIGIN") || begins(first, "$TTL") || is_record(first)) {
        return "a zone file: fedval check DOMAIN --offline --zone FILE judges it, and fedval plan "
               "--from FILE makes an intent of it";
    }
    return NULL;
}

bool kinds_is_intent(const char *text, size_t len)
{
    static const char member[] = "format:";
    const char *at = text;
    if (memchr(text, '\0', len) != NULL)
        return false;
    while ((at = strstr(at, member)) != NULL) {
        bool begins_line = at == text || at[-1] == '\n';
        at += sizeof(member) - 1;
        at += strspn(at, " \t'\"");
        if (begins_line && begins(at, "fedval-intent/"))
            return true;
    }
    return false;
}
