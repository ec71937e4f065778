/* Finds the topics that a pasted text may be about. */
#include "catalogue/resolve.h"
#include "catalogue/asked.h"
#include "catalogue/clouds.h"
#include "catalogue/openssl_error.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define MOST_TOPICS 4096
/* only so much of a pasted text is searched: a code is near its beginning */
#define MOST_TEXT 4096

static void add_number(fv_finder *self, uint32_t kind, uint32_t number)
{
    fv_topic topic;
    for (size_t i = 0; fv_topic_at(i, &topic); i++) {
        if (topic.kind == kind && topic.number == number)
            fv_finder_add(self, i);
    }
}

/* ---- numbers ---- */

/* The kinds that a number without a kind may belong to, the likeliest first. */
static const struct {
    uint32_t kind, from, to;
} likeliest[] = {
    {FEDVAL_TOPIC_OPENSSL_VERIFY, 18, 34},      {FEDVAL_TOPIC_SIP_STATUS, 100, 699},
    {FEDVAL_TOPIC_MS_DIAGNOSTICS, 1000, 99999}, {FEDVAL_TOPIC_WINSOCK, 10000, 11999},
    {FEDVAL_TOPIC_WINDOWS_EVENT, 0, 65535},     {FEDVAL_TOPIC_TLS_ALERT, 0, 255},
    {FEDVAL_TOPIC_OPENSSL_VERIFY, 0, 99},       {FEDVAL_TOPIC_MS_DIAGNOSTICS, 0, 999},
};

static void add_hresult(fv_finder *self, uint32_t value)
{
    add_number(self, FEDVAL_TOPIC_EDGE_RESULT, value);
    add_number(self, FEDVAL_TOPIC_HRESULT, value);
    if (value >> 16 == 0x8007) { /* HRESULT_FROM_WIN32: the low 16 bits are a Windows error */
        add_number(self, FEDVAL_TOPIC_WINSOCK, value & 0xffff);
    }
}

/* Adds the topics of a number. A `kind` of 0 means any kind. */
static void add_value(fv_finder *self, const fv_asked_number *found, uint32_t kind)
{
    if (kind != 0)
        add_number(self, kind, found->value);
    if (found->is_hresult)
        add_hresult(self, found->value);
    for (size_t i = 0; kind == 0 && !found->is_hresult && i < COUNT(likeliest); i++) {
        if (found->value >= likeliest[i].from && found->value <= likeliest[i].to)
            add_number(self, likeliest[i].kind, found->value);
    }
}

static bool is_kind_of(uint32_t symptom_kind, uint32_t topic_kind)
{
    /* FV_SYMPTOM_ and FEDVAL_TOPIC_ number the same kinds in the same order. */
    return symptom_kind + FEDVAL_TOPIC_MS_DIAGNOSTICS - FV_SYMPTOM_MS_DIAGNOSTICS == topic_kind;
}

/* Adds the narrowest range of one kind that holds the number. */
static void add_range_of(fv_finder *self, uint32_t value, uint32_t kind)
{
    fv_topic topic;
    for (size_t i = 0; fv_topic_at(i, &topic); i++) {
        const fv_range *range = topic.range;
        if (range != NULL && value >= range->from && value <= range->to &&
            is_kind_of(range->kind, kind)) {
            fv_finder_add(self, i);
            return;
        }
    }
}

/* Says whose a number is that is in no table. A `kind` of 0 means any kind. */
static void add_range(fv_finder *self, const fv_asked_number *found, uint32_t kind)
{
    static const uint32_t results[] = {FEDVAL_TOPIC_EDGE_RESULT, FEDVAL_TOPIC_HRESULT};
    if (kind != 0) {
        add_range_of(self, found->value, kind);
        return;
    }
    for (size_t i = 0; i < COUNT(results); i++)
        add_range_of(self, found->value, results[i]);
    for (size_t i = 0; !found->is_hresult && i < COUNT(likeliest); i++) {
        bool is_small = likeliest[i].kind == FEDVAL_TOPIC_TLS_ALERT ||
                        likeliest[i].kind == FEDVAL_TOPIC_OPENSSL_VERIFY;
        if (!(is_small && self->count > 0) && found->value >= likeliest[i].from &&
            found->value <= likeliest[i].to)
            add_range_of(self, found->value, likeliest[i].kind);
    }
}

/* ---- names ---- */

/* Makes "unknown ca", "unknown-ca" and "unknown_ca" equal. */
static char plain(char c)
{
    return c == '_' || c == '-' ? ' ' : fv_ascii_lower(c);
}

static bool is_same_name(fv_text a, fv_text b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++) {
        if (plain(a.data[i]) != plain(b.data[i]))
            return false;
    }
    return true;
}

static void add_name(fv_finder *self, fv_text name)
{
    static const char prefix[] = "X509_V_ERR_";
    fv_topic topic;
    for (size_t i = 0; fv_topic_at(i, &topic); i++) {
        fv_text own = fv_text_of(topic.name);
        if (own.len > 0 && is_same_name(own, name))
            fv_finder_add(self, i);
        if (topic.kind == FEDVAL_TOPIC_OPENSSL_VERIFY && own.len > sizeof(prefix) - 1 &&
            is_same_name(fv_asked_skip(own, sizeof(prefix) - 1), name))
            fv_finder_add(self, i);
    }
}

/* The first letters of an unknown symbol still say which component it comes from. */
static const struct {
    const char *prefix;
    /* any number of the range */
    uint32_t kind, value;
} families[] = {
    {"SIPPROXY_", FEDVAL_TOPIC_EDGE_RESULT, 0xc3e90000},
    {"SIP_E_", FEDVAL_TOPIC_EDGE_RESULT, 0xc3e90000},
    {"SEC_", FEDVAL_TOPIC_HRESULT, 0x80090300},
    {"NTE_", FEDVAL_TOPIC_HRESULT, 0x80090000},
    {"CRYPT_E_", FEDVAL_TOPIC_HRESULT, 0x80092000},
    {"CERT_E_", FEDVAL_TOPIC_HRESULT, 0x800b0100},
    {"TRUST_E_", FEDVAL_TOPIC_HRESULT, 0x800b0100},
    {"WSA", FEDVAL_TOPIC_WINSOCK, 10000},
    {"X509_V_ERR_", FEDVAL_TOPIC_OPENSSL_VERIFY, 99},
};

static void add_family(fv_finder *self, fv_text name)
{
    for (size_t i = 0; i < COUNT(families); i++) {
        fv_asked_number value = {families[i].value, false, {NULL, 0}};
        if (fv_text_starts_nocase(name, fv_text_of(families[i].prefix)))
            add_range(self, &value, families[i].kind);
    }
}

/* ---- sentences ---- */

static bool matches_here(fv_text text, const char *key)
{
    size_t at = 0;
    while (*key != '\0' && at < text.len) {
        if (*key == ' ')
            key++;
        else if (fv_ascii_is_space(text.data[at]) || text.data[at] == '_')
            at++;
        else if (fv_ascii_lower(text.data[at++]) != fv_ascii_lower(*key++))
            return false;
    }
    return *key == '\0';
}

/* Whether the text holds `key`. Blanks in either of them do not count, and neither do underscores
 * in the text. */
static bool holds(fv_text text, const char *key)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!fv_ascii_is_space(text.data[i]) && matches_here(fv_asked_skip(text, i), key))
            return true;
    }
    return false;
}

static void add_written(fv_finder *self, const char *written)
{
    fv_topic topic;
    for (size_t i = 0; fv_topic_at(i, &topic); i++) {
        if (topic.kind == FEDVAL_TOPIC_SENTENCE && topic.name == written)
            fv_finder_add(self, i);
    }
}

/* Adds the sentence of an error of OpenSSL. */
static void add_openssl_error(fv_finder *self, uint32_t number)
{
    const fv_sentence *sentence = fv_openssl_error_find(number);
    if (sentence == NULL)
        sentence = fv_openssl_error_find_open(number);
    if (sentence != NULL)
        add_written(self, sentence->written);
}

/* Adds the error of "error:0A000086", whose number is hexadecimal. */
static void add_written_error(fv_finder *self, fv_text text)
{
    static const char word[] = "error:";
    fv_asked_number found;
    for (size_t i = 0; self->count == 0 && i < text.len; i++) {
        fv_text rest = fv_asked_skip(text, i);
        if (fv_text_starts_nocase(rest, fv_text_of(word)) &&
            fv_asked_read_hex(fv_asked_skip(rest, sizeof(word) - 1), &found))
            add_openssl_error(self, found.value);
    }
}

/* Adds the first sentence of the table that the text holds; in logs, too, the first one decides. */
static void add_sentence(fv_finder *self, fv_text text, const fv_sentence *table, size_t num)
{
    for (size_t i = 0; self->count == 0 && i < num; i++) {
        /* "alert" alone is in too many texts to mean anything. */
        if (strcmp(table[i].key, "alert") != 0 && holds(text, table[i].key))
            add_written(self, table[i].written);
    }
}

/* Adds the hexadecimal numbers inside a text such as HRESULT="0x80090322(...)". */
static void add_inner_numbers(fv_finder *self, fv_text text)
{
    for (size_t i = 0; i + 2 < text.len; i++) {
        fv_asked_number found;
        if (text.data[i] == '0' && fv_ascii_lower(text.data[i + 1]) == 'x' &&
            fv_asked_read_number(fv_asked_skip(text, i), &found))
            add_hresult(self, found.value);
    }
}

static bool is_of_symbol(char c)
{
    return fv_ascii_is_alnum(c) || c == '_';
}

/* Adds every symbol inside a text such as "HRESULT=... (SEC_E_WRONG_PRINCIPAL)". */
static void add_inner_names(fv_finder *self, fv_text text)
{
    for (size_t i = 0; i < text.len;) {
        size_t len = 0;
        bool has_line = false;
        for (; i + len < text.len && is_of_symbol(text.data[i + len]); len++)
            has_line = has_line || text.data[i + len] == '_';
        if (has_line)
            add_name(self, (fv_text){text.data + i, len});
        i += len + 1;
    }
}

static bool is_of_host(char c)
{
    return fv_ascii_is_alnum(c) || c == '.' || c == '-';
}

/* Adds what a check says of an SRV target that is this host of Microsoft's clouds. */
static void add_host(fv_finder *self, fv_text host)
{
    if (fv_cloud_is_provider(host))
        add_name(self, fv_text_of("srv-hosting-provider"));
    else if (fv_cloud_provider(host) != NULL)
        add_name(self, fv_text_of("srv-target-of-cloud"));
}

static void add_hosts(fv_finder *self, fv_text text)
{
    for (size_t i = 0; i < text.len;) {
        size_t len = 0;
        while (i + len < text.len && is_of_host(text.data[i + len]))
            len++;
        size_t dots = len > 0 && text.data[i + len - 1] == '.';
        add_host(self, (fv_text){text.data + i, len - dots});
        i += len + 1;
    }
}

/* Adds what the names of hosts and options stand for that people ask about. */
static void add_meant(fv_finder *self, fv_text text)
{
    static const struct {
        const char *word, *name;
    } meant[] = {
        {"ProxyFqdn", "allowed-domains"},
        {"sipfed.", "srv-hosting-provider"},
    };
    if (self->count == 0)
        add_hosts(self, text);
    for (size_t i = 0; self->count == 0 && i < sizeof(meant) / sizeof(meant[0]); i++) {
        if (holds(text, meant[i].word))
            add_name(self, fv_text_of(meant[i].name));
    }
}

/* ---- all of it ---- */

static void find_known(fv_finder *self, fv_text text)
{
    fv_text behind = text;
    fv_asked_number found;
    uint32_t kind = fv_asked_read_kind(&behind);
    if (fv_asked_read_number(behind, &found)) {
        add_inner_numbers(self, found.rest);
        add_value(self, &found, kind);
        if (self->count == 0)
            add_openssl_error(self, found.value);
        add_written_error(self, found.rest);
        return;
    }
    add_name(self, text);
    if (self->count == 0 && kind != 0)
        add_name(self, behind);
    if (self->count == 0)
        add_inner_numbers(self, text);
    add_sentence(self, text, fv_sentences, fv_num_sentences);
    for (size_t i = 0; self->count == 0 && i < fv_num_edge_texts; i++) {
        if (holds(text, fv_edge_texts[i].text))
            add_written(self, fv_edge_texts[i].text);
    }
    if (self->count == 0)
        add_inner_names(self, text);
    add_sentence(self, text, fv_open_sentences, fv_num_open_sentences);
    add_meant(self, text);
    add_written_error(self, text);
}

static void find_range(fv_finder *self, fv_text text)
{
    fv_text behind = text;
    fv_asked_number found;
    uint32_t kind = fv_asked_read_kind(&behind);
    if (fv_asked_read_number(behind, &found))
        add_range(self, &found, kind);
    else
        add_family(self, text);
}

fedval_status fedval_topics_find(const char *text, size_t text_len, size_t max_topics,
                                 size_t *out_topics, size_t *out_count, uint32_t *out_answer)
{
    static const struct {
        void (*find)(fv_finder *self, fv_text text);
        uint32_t answer;
    } ways[] = {{find_known, FEDVAL_ANSWER_KNOWN},
                {find_range, FEDVAL_ANSWER_RANGE},
                {fv_finder_add_similar, FEDVAL_ANSWER_SIMILAR}};
    if (text == NULL || out_topics == NULL || out_count == NULL || out_answer == NULL ||
        max_topics == 0 || max_topics > MOST_TOPICS)
        return FEDVAL_ERROR_ARGUMENT;
    fv_finder self = {out_topics, max_topics, 0};
    fv_text given = fv_text_given(text, text_len);
    fv_text asked = fv_asked_strip(fv_text_cut(given, MOST_TEXT));
    *out_answer = FEDVAL_ANSWER_UNKNOWN;
    for (size_t i = 0; asked.len > 0 && self.count == 0 && i < COUNT(ways); i++) {
        ways[i].find(&self, asked);
        if (self.count > 0)
            *out_answer = ways[i].answer;
    }
    *out_count = self.count;
    return FEDVAL_OK;
}
