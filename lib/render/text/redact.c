#include "render/text/redact.h"

#include "base/address.h"
#include "judge/redact_numbers.h"
#include "judge/redact_words.h"

#include <string.h>

#define MAX_LABEL 63
#define MAX_NAME 253

/* Kinds of aliases, and of what is only known. */
enum { USER, ADDRESS, NAME, CALL, ZONE, LOG, KNOWN_HOST };

static const char *const alias_words[] = {"user", "address", "name", "call", "zone", "log"};

static const char *show_field(void *user, uint32_t what, const char *text)
{
    return fv_redact(user, what, text);
}

void fv_redactor_init(fv_redactor *redactor, bool on)
{
    memset(redactor, 0, sizeof(*redactor));
    fv_arena_init(&redactor->arena);
    redactor->on = on;
    redactor->shower = (fv_shower){show_field, redactor};
    if (!on)
        return;
    redactor->buckets =
        fv_arena_alloc_array(&redactor->arena, FV_REDACT_BUCKETS, sizeof(fv_alias *));
    redactor->failed = redactor->buckets == NULL;
}

void fv_redactor_clear(fv_redactor *redactor)
{
    fv_arena_clear(&redactor->arena);
}

static fv_alias **bucket_of(fv_redactor *redactor, fv_text text)
{
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (uint8_t)fv_ascii_lower(text.data[i])) * 16777619u;
    return &redactor->buckets[hash % FV_REDACT_BUCKETS];
}

static fv_alias *find(fv_redactor *redactor, uint32_t kind, fv_text text)
{
    fv_alias *alias = redactor->failed ? NULL : *bucket_of(redactor, text);
    while (alias != NULL && (alias->kind != kind || !fv_text_equal_nocase(alias->original, text)))
        alias = alias->next;
    return alias;
}

/* Numbers are given out in the order in which what they stand for appears. */
static fv_alias *take(fv_redactor *redactor, uint32_t kind, fv_text text)
{
    fv_alias *alias = find(redactor, kind, text);
    if (alias != NULL || redactor->failed)
        return alias;
    alias = fv_arena_alloc(&redactor->arena, sizeof(*alias));
    const char *copy = fv_arena_copy_text(&redactor->arena, text.data, text.len);
    redactor->failed = alias == NULL || copy == NULL;
    if (redactor->failed)
        return NULL;
    fv_alias **bucket = bucket_of(redactor, text);
    *alias = (fv_alias){{copy, text.len}, kind, 0, *bucket};
    *bucket = alias;
    return alias;
}

static void append_alias(fv_redactor *redactor, fv_buf *buf, uint32_t kind, fv_text text)
{
    fv_alias *alias = take(redactor, kind, text);
    if (alias == NULL)
        return;
    if (alias->number == 0)
        alias->number = ++redactor->counts[kind];
    fv_buf_append_text(buf, alias_words[kind]);
    fv_buf_append_u64(buf, alias->number);
}

void fv_redactor_know_host(fv_redactor *redactor, const char *host)
{
    if (redactor->on && host != NULL)
        take(redactor, KNOWN_HOST, fv_text_of(host));
}

/* Known under the kind of users, without a number as long as none was shown. */
void fv_redactor_know_person(fv_redactor *redactor, const char *text)
{
    while (redactor->on && text != NULL && *text != '\0') {
        size_t len = strcspn(text, " \t\"'\\");
        if (len > 0)
            take(redactor, USER, (fv_text){text, len});
        text += len + (text[len] != '\0');
    }
}

/* ---- hosts ---- */

static bool is_number(fv_text text, size_t most)
{
    bool digits = text.len > 0 && text.len <= most;
    for (size_t i = 0; digits && i < text.len; i++)
        digits = fv_ascii_is_digit(text.data[i]);
    return digits;
}

/* Letters, digits, hyphens and underscores in labels: what a name in DNS looks like; not a number
 * alone. */
static bool is_host_name(fv_text text)
{
    size_t label = 0, letters = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        letters += fv_ascii_is_alpha(c);
        if (c == '.' ? label == 0 : !fv_ascii_is_alnum(c) && c != '-' && c != '_')
            return false;
        label = c == '.' ? 0 : label + 1;
        if (label > MAX_LABEL)
            return false;
    }
    return letters > 0 && text.len <= MAX_NAME;
}

static fv_text without_brackets(fv_text text)
{
    bool has_brackets = text.len > 2 && text.data[0] == '[' && text.data[text.len - 1] == ']';
    return has_brackets ? (fv_text){text.data + 1, text.len - 2} : text;
}

static bool is_address(fv_text text)
{
    fv_address address;
    fv_text bare = without_brackets(text);
    const char *zone = memchr(bare.data, '%', bare.len);
    if (zone != NULL)
        bare.len = (size_t)(zone - bare.data);
    return bare.len > 0 && fv_address_parse(bare, &address);
}

/* Splits "host:5061": returns "host" and sets `*out_port` to ":5061". A text without a port is
 * returned whole, with an empty port. */
static fv_text split_port(fv_text text, fv_text *out_port)
{
    size_t colon = text.len;
    while (colon > 0 && text.data[colon - 1] != ':')
        colon--;
    *out_port = (fv_text){text.data + text.len, 0};
    fv_text port = {text.data + colon, text.len - colon};
    if (is_address(text) || colon < 2 || !is_number(port, 5))
        return text;
    *out_port = (fv_text){text.data + colon - 1, text.len - colon + 1};
    return (fv_text){text.data, colon - 1};
}

static void append_host(fv_redactor *redactor, fv_buf *buf, fv_text text)
{
    fv_text port;
    fv_text host = split_port(text, &port);
    bool wildcard = host.len > 2 && host.data[0] == '*' && host.data[1] == '.';
    fv_text name = wildcard ? (fv_text){host.data + 2, host.len - 2} : host;
    if (is_address(host))
        append_alias(redactor, buf, ADDRESS, without_brackets(host));
    else if (is_host_name(name) && !fv_redact_tells_address(name))
        fv_buf_append(buf, host.data, host.len);
    else
        append_alias(redactor, buf, NAME, host);
    fv_buf_append(buf, port.data, port.len);
}

/* "a.example.com, b.example.com" */
static void append_names(fv_redactor *redactor, fv_buf *buf, fv_text text)
{
    size_t at = 0;
    while (at < text.len) {
        size_t end = at;
        while (end < text.len && strchr(",; ", text.data[end]) == NULL)
            end++;
        if (end > at)
            append_host(redactor, buf, (fv_text){text.data + at, end - at});
        for (; end < text.len && strchr(",; ", text.data[end]) != NULL; end++)
            fv_buf_append_char(buf, text.data[end]);
        at = end;
    }
}

/* ---- users, Call-IDs, zones, logs ---- */

static void append_user(fv_redactor *redactor, fv_buf *buf, fv_text text)
{
    append_alias(redactor, buf, USER, text);
}

static void append_call_id(fv_redactor *redactor, fv_buf *buf, fv_text text)
{
    size_t at = 0;
    while (at < text.len && text.data[at] != '@')
        at++;
    fv_text local = {text.data, at};
    if (fv_redact_is_random(local))
        fv_buf_append(buf, local.data, local.len);
    else
        append_alias(redactor, buf, at < text.len ? USER : CALL, local);
    if (at == text.len)
        return;
    fv_buf_append_char(buf, '@');
    append_host(redactor, buf, (fv_text){text.data + at + 1, text.len - at - 1});
}

static bool is_common(fv_redactor *redactor, fv_text word)
{
    bool is_found = fv_redact_is_common(&redactor->words, &redactor->arena, word);
    redactor->failed |= redactor->words.num_words > 0 && redactor->words.slots == NULL;
    return is_found;
}

/* "117004 INVITE": a method that nobody knows may be anything. */
static void append_cseq(fv_redactor *redactor, fv_buf *buf, fv_text text)
{
    size_t digits = 0;
    while (digits < text.len && (fv_ascii_is_digit(text.data[digits]) || text.data[digits] == ' '))
        digits++;
    fv_text method = {text.data + digits, text.len - digits};
    fv_buf_append(buf, text.data, digits);
    if (is_common(redactor, method))
        fv_buf_append(buf, method.data, method.len);
    else
        fv_buf_append_text(buf, method.len > 0 ? "..." : NULL);
}

/* The names that Expressway gives by itself, with a number behind; others were made up. */
static bool is_own_zone(fv_text text)
{
    static const char *const names[] = {
        "DefaultZone",         "DefaultSubZone",  "DNSZone",          "TraversalZone",
        "TraversalClient",     "TraversalServer", "TraversalSubZone", "TraversalZoneClient",
        "TraversalZoneServer", "NeighborZone"};
    while (text.len > 0 && fv_ascii_is_digit(text.data[text.len - 1]))
        text.len--;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (fv_text_equal(text, fv_text_of(names[i])))
            return true;
    }
    return false;
}

static void append_zone(fv_redactor *redactor, fv_buf *buf, fv_text text)
{
    if (is_own_zone(text))
        fv_buf_append(buf, text.data, text.len);
    else
        append_alias(redactor, buf, ZONE, text);
}

/* The last part of a path, where it is a plain name. */
static void append_source(fv_redactor *redactor, fv_buf *buf, fv_text text)
{
    size_t from = text.len;
    while (from > 0 && text.data[from - 1] != '/')
        from--;
    fv_text name = {text.data + from, text.len - from};
    if (is_host_name(name))
        fv_buf_append(buf, name.data, name.len);
    else
        append_alias(redactor, buf, LOG, text);
}

/* ---- what somebody wrote ---- */

static bool is_known_person(fv_redactor *redactor, fv_text word)
{
    return find(redactor, USER, word) != NULL;
}

static void append_word(fv_redactor *redactor, fv_buf *buf, fv_text word)
{
    fv_text port;
    fv_text host = split_port(word, &port);
    const char *at = memchr(word.data, '@', word.len);
    if (at != NULL) {
        size_t len = (size_t)(at - word.data);
        append_user(redactor, buf, (fv_text){word.data, len});
        fv_buf_append_char(buf, '@');
        append_host(redactor, buf, (fv_text){at + 1, word.len - len - 1});
    } else if (is_known_person(redactor, word)) {
        append_user(redactor, buf, word);
    } else if (is_address(host) || find(redactor, KNOWN_HOST, host) != NULL) {
        append_host(redactor, buf, word);
    } else if (fv_redact_is_figure(word) || is_common(redactor, word)) {
        fv_buf_append(buf, word.data, word.len);
    } else {
        fv_buf_append_text(buf, "...");
    }
}

static bool is_address_word(fv_text word)
{
    fv_text port;
    return is_address(split_port(word, &port));
}

/* Whether `word` is an address and the next word, after `end`, is one too: "192.0.2.1, 192.0.2.2".
 * An address before other digits may be a telephone number: "31.6.98.76 54 32". */
static bool is_in_list(fv_text text, fv_text word, size_t end)
{
    size_t next = end;
    if (!is_address_word(word))
        return false;
    while (next < text.len && fv_redact_is_mark(text.data[next]))
        next++;
    return is_address_word((fv_text){text.data + next, fv_redact_end_of_word(text, next) - next});
}

/* Returns the length of the number at `at`; 0 if there is none, or if the word up to `end` has an
 * alias of its own: a known user, an address. */
static size_t number_len_at(fv_redactor *redactor, fv_text text, size_t at, size_t end)
{
    fv_text word = {text.data + at, end - at};
    size_t len = is_in_list(text, word, end) ? 0 : fv_redact_number_len(text, at);
    bool is_one_word = is_known_person(redactor, word) || is_address_word(word);
    return is_one_word && len <= word.len ? 0 : len;
}

static void append_text(fv_redactor *redactor, fv_buf *buf, fv_text text)
{
    size_t at = 0;
    while (at < text.len) {
        size_t end = fv_redact_end_of_word(text, at),
               number_len = number_len_at(redactor, text, at, end);
        if (number_len > 0) {
            fv_buf_append_text(buf, "...");
            at += number_len;
            continue;
        }
        if (end > at)
            append_word(redactor, buf, (fv_text){text.data + at, end - at});
        else
            end++;
        if (end == at + 1 && fv_redact_is_mark(text.data[at]))
            fv_buf_append_char(buf, text.data[at]);
        at = end;
        for (; at < text.len && (text.data[at] == '.' || text.data[at] == ':'); at++)
            fv_buf_append_char(buf, text.data[at]);
    }
}

typedef void append_field(fv_redactor *redactor, fv_buf *buf, fv_text text);

static append_field *const appenders[] = {
    [FV_SHOWN_DOMAIN] = append_host,   [FV_SHOWN_HOST] = append_host,
    [FV_SHOWN_NAMES] = append_names,   [FV_SHOWN_USER] = append_user,
    [FV_SHOWN_TEXT] = append_text,     [FV_SHOWN_CALL_ID] = append_call_id,
    [FV_SHOWN_CSEQ] = append_cseq,     [FV_SHOWN_ZONE] = append_zone,
    [FV_SHOWN_SOURCE] = append_source,
};

const char *fv_redact(fv_redactor *redactor, uint32_t what, const char *text)
{
    if (!redactor->on || text == NULL)
        return text;
    if (redactor->failed)
        return NULL;
    fv_buf buf;
    fv_buf_init(&buf);
    appenders[what](redactor, &buf, fv_text_of(text));
    redactor->failed = redactor->failed || buf.failed;
    const char *shown = buf.data == NULL ? "" : buf.data;
    const char *copy =
        redactor->failed ? NULL : fv_arena_copy_text(&redactor->arena, shown, buf.len);
    redactor->failed = redactor->failed || copy == NULL;
    fv_buf_clear(&buf);
    return copy;
}
