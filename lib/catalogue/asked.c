#include "catalogue/asked.h"

#include "fedval/topic.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

fv_text fv_asked_skip(fv_text text, size_t len)
{
    return (fv_text){text.data + len, text.len - len};
}

bool fv_asked_read_hex(fv_text text, fv_asked_number *out)
{
    size_t len = 0;
    uint32_t value = 0;
    while (len < text.len && len < 8 && fv_ascii_hex_digit(text.data[len]) >= 0)
        value = value << 4 | (uint32_t)fv_ascii_hex_digit(text.data[len++]);
    *out = (fv_asked_number){value, true, fv_asked_skip(text, len)};
    return len > 0;
}

static bool read_decimal(fv_text text, bool is_negative, fv_asked_number *out)
{
    size_t len = 0;
    uint64_t value = 0;
    while (len < text.len && len < 10 && fv_ascii_is_digit(text.data[len]))
        value = value * 10 + (uint64_t)(text.data[len++] - '0');
    if (len == 0 || value > UINT32_MAX)
        return false;
    bool is_hresult = is_negative || value > INT32_MAX;
    uint32_t bits = is_negative ? (uint32_t)(0 - value) : (uint32_t)value;
    *out = (fv_asked_number){bits, is_hresult, fv_asked_skip(text, len)};
    return true;
}

/* Whether the text begins with an HRESULT without its 0x, such as "80090322", as some logs write
 * it. */
static bool is_bare_hresult(fv_text text)
{
    size_t len = 0;
    while (len < text.len && fv_ascii_hex_digit(text.data[len]) >= 0)
        len++;
    return len == 8 && (text.data[0] == '8' || fv_ascii_lower(text.data[0]) == 'c');
}

/* Whether what follows a number makes it a part of something else: of a word, or of an address. */
static bool goes_on(fv_text rest)
{
    if (rest.len == 0)
        return false;
    if (rest.data[0] == '.')
        return rest.len > 1 && fv_ascii_is_digit(rest.data[1]);
    return fv_ascii_is_alnum(rest.data[0]) || rest.data[0] == '_';
}

bool fv_asked_read_number(fv_text text, fv_asked_number *out)
{
    bool found;
    if (fv_text_starts_nocase(text, fv_text_of("0x")))
        found = fv_asked_read_hex(fv_asked_skip(text, 2), out);
    else if (is_bare_hresult(text))
        found = fv_asked_read_hex(text, out);
    else if (text.len > 0 && text.data[0] == '-')
        found = read_decimal(fv_asked_skip(text, 1), true, out);
    else
        found = read_decimal(text, false, out);
    return found && !goes_on(out->rest);
}

/* ---- the kind that is named ---- */

static const struct {
    const char *word;
    uint32_t kind;
} kind_words[] = {
    {"ms-client-diagnostics", FEDVAL_TOPIC_MS_DIAGNOSTICS},
    {"ms-diagnostics-public", FEDVAL_TOPIC_MS_DIAGNOSTICS},
    {"ms-diagnostics", FEDVAL_TOPIC_MS_DIAGNOSTICS},
    {"ErrorCode", FEDVAL_TOPIC_MS_DIAGNOSTICS},
    {"ErrorId", FEDVAL_TOPIC_MS_DIAGNOSTICS},
    {"TLS alert number", FEDVAL_TOPIC_TLS_ALERT},
    {"SSL alert number", FEDVAL_TOPIC_TLS_ALERT},
    {"alert number", FEDVAL_TOPIC_TLS_ALERT},
    {"TLS alert", FEDVAL_TOPIC_TLS_ALERT},
    {"SSL alert", FEDVAL_TOPIC_TLS_ALERT},
    {"fatal alert", FEDVAL_TOPIC_TLS_ALERT},
    {"alert", FEDVAL_TOPIC_TLS_ALERT},
    {"Schannel event", FEDVAL_TOPIC_WINDOWS_EVENT},
    {"Schannel", FEDVAL_TOPIC_WINDOWS_EVENT},
    {"Windows event", FEDVAL_TOPIC_WINDOWS_EVENT},
    {"event id", FEDVAL_TOPIC_WINDOWS_EVENT},
    {"event", FEDVAL_TOPIC_WINDOWS_EVENT},
    {"SIP/2.0", FEDVAL_TOPIC_SIP_STATUS},
    {"SIP status", FEDVAL_TOPIC_SIP_STATUS},
    {"SIP", FEDVAL_TOPIC_SIP_STATUS},
    {"winsock", FEDVAL_TOPIC_WINSOCK},
    {"HRESULT", FEDVAL_TOPIC_HRESULT},
    {"Result-Code", FEDVAL_TOPIC_EDGE_RESULT},
    {"verify error:num", FEDVAL_TOPIC_OPENSSL_VERIFY},
    {"verify error", FEDVAL_TOPIC_OPENSSL_VERIFY},
    {"verify return code", FEDVAL_TOPIC_OPENSSL_VERIFY},
    {"X509_V_ERR", FEDVAL_TOPIC_OPENSSL_VERIFY},
    {"OpenSSL", FEDVAL_TOPIC_OPENSSL_VERIFY},
};

static bool is_separator(char c)
{
    return fv_ascii_is_space(c) || (c != '\0' && strchr(":=#\"'(_", c) != NULL);
}

uint32_t fv_asked_read_kind(fv_text *text)
{
    for (size_t i = 0; i < COUNT(kind_words); i++) {
        fv_text word = fv_text_of(kind_words[i].word);
        if (!fv_text_starts_nocase(*text, word) || text->len == word.len ||
            !is_separator(text->data[word.len]))
            continue;
        *text = fv_asked_skip(*text, word.len);
        while (text->len > 0 && is_separator(text->data[0]))
            *text = fv_asked_skip(*text, 1);
        return kind_words[i].kind;
    }
    return 0;
}

fv_text fv_asked_strip(fv_text text)
{
    static const char around[] = " \t\r\n,;:.!?()[]{}<>\"'`";
    while (text.len > 0 && memchr(around, text.data[0], sizeof(around) - 1) != NULL)
        text = fv_asked_skip(text, 1);
    while (text.len > 0 && memchr(around, text.data[text.len - 1], sizeof(around) - 1) != NULL)
        text.len--;
    return text;
}
