/* Masks one text. */
#include "base/address.h"
#include "base/buf.h"
#include "judge/mask.h"
#include "judge/redact_numbers.h"

#include <string.h>

/* A text that was cut ends so (fv_arena_copy_excerpt); the start of a name is known for one by this
 * many bytes. */
#define CUT "..."
enum { LEAST_OF_CUT = 4 };
/* A word for a type, such as "unknown:", may be before an address, and nothing else. */
enum { MOST_BEFORE_ADDRESS = 16 };

/* ---- words, which are searched ---- */

static bool is_of_word(char c)
{
    return fv_ascii_is_alnum(c) || c == '-' || c == '_';
}

/* Returns whether what is hidden ends at `at`, so that "CN=a" is not found in "CN=ab". */
static bool ends_here(fv_text text, size_t at)
{
    return at == text.len ||
           !(is_of_word(text.data[at]) ||
             (text.data[at] == '.' && at + 1 < text.len && is_of_word(text.data[at + 1])));
}

/* Returns how much of the text at `at` is the item: all of it, or, where the text is cut there, as
 * much as is left with the dots of the cut. 0: it is something else. */
static size_t match(const fv_mask_item *item, fv_text text, size_t at)
{
    size_t left = text.len - at, num_dots = strlen(CUT);
    if (item->len <= left) {
        return memcmp(text.data + at, item->text, item->len) == 0 && ends_here(text, at + item->len)
                   ? item->len
                   : 0;
    }
    bool is_cut = left >= LEAST_OF_CUT + num_dots &&
                  memcmp(text.data + text.len - num_dots, CUT, num_dots) == 0 &&
                  memcmp(text.data + at, item->text, left - num_dots) == 0;
    return is_cut ? left : 0;
}

static const char *find_item(const fv_mask_list *list, fv_text text, size_t at, size_t *out_len)
{
    for (size_t i = 0; i < list->num_items; i++) {
        *out_len = match(&list->items[i], text, at);
        if (*out_len > 0)
            return list->items[i].word;
    }
    return NULL;
}

/* Returns the word for the name or the path at `at`, and its length; NULL: there is none. */
static const char *find_learnt(const fv_mask *mask, fv_text text, size_t at, size_t *out_len)
{
    const fv_mask_list *const lists[] = {&mask->said, &mask->subjects, &mask->names, &mask->paths};
    const char *word = NULL;
    for (size_t i = 0; word == NULL && i < sizeof(lists) / sizeof(lists[0]); i++)
        word = find_item(lists[i], text, at, out_len);
    return word;
}

/* Returns the length of the word at `at`, as far as an address and a port could reach, without
 * punctuation at its end. */
static size_t word_length(fv_text text, size_t at)
{
    size_t end = at;
    while (end < text.len &&
           (is_of_word(text.data[end]) || text.data[end] == '.' || text.data[end] == ':'))
        end++;
    while (end > at + 2 &&
           (text.data[end - 1] == '.' || (text.data[end - 1] == ':' && text.data[end - 2] != ':')))
        end--;
    return end - at;
}

/* Returns how much of a word is an address: all of it, or all but a port such as ":5061". 0: it is
 * no address. */
static size_t address_length(fv_text word)
{
    fv_address address;
    size_t colon = word.len;
    if (fv_address_parse(word, &address))
        return word.len;
    while (colon > 0 && fv_ascii_is_digit(word.data[colon - 1]))
        colon--;
    if (colon == 0 || colon == word.len || word.data[colon - 1] != ':' ||
        !fv_address_parse((fv_text){word.data, colon - 1}, &address))
        return 0;
    return colon - 1;
}

/* Addresses are the same if their bytes are: "2001:db8::1" has one word, however it is written. */
static const char *take_address(fv_mask *mask, fv_text text)
{
    fv_address address;
    char canonical[FV_ADDRESS_TEXT_SIZE];
    if (!fv_address_parse(text, &address))
        return fv_mask_take(mask, &mask->names, text);
    fv_address_format(&address, canonical);
    return fv_mask_take(mask, &mask->addresses, fv_text_of(canonical));
}

/* Whether a mail or SIP address, which may hold anything, begins or ends beside this byte. */
static bool is_beside_mail(char c)
{
    return strchr(" \t\r\n<>,|", c) != NULL;
}

/* Returns the length of the quoted local part that begins at `at` (RFC 5322 3.2.4); 0: none. */
static size_t quoted_length(fv_text text, size_t at)
{
    size_t end = at + 1;
    if (text.data[at] != '"')
        return 0;
    while (end < text.len && text.data[end] != '"')
        end += text.data[end] == '\\' ? 2 : 1;
    return end + 1 < text.len && text.data[end + 1] == '@' ? end + 1 - at : 0;
}

/* Returns the length of the mail or SIP address that begins at `at`, with a scheme, parameters or a
 * password before its "@"; 0: none does. More may be hidden than is needed: "by=josé(work)@host".
 */
static size_t mail_length(fv_text text, size_t at)
{
    if (at > 0 && !is_beside_mail(text.data[at - 1]) && quoted_length(text, at) == 0)
        return 0;
    size_t end = at + quoted_length(text, at);
    while (end < text.len && !is_beside_mail(text.data[end]) && text.data[end] != '@')
        end++;
    if (end == at || end == text.len || text.data[end] != '@')
        return 0;
    size_t host = end + 1;
    end = host + word_length(text, host);
    return end > host ? end - at : 0;
}

/* Whether a telephone number may begin at `at`: behind ":" a port does, but behind "tel:". */
static bool may_begin_number(fv_text text, size_t at)
{
    if (at == 0)
        return true;
    if (text.data[at - 1] == ':') {
        return at >= 4 &&
               fv_text_equal_nocase((fv_text){text.data + at - 4, 4}, fv_text_of("tel:"));
    }
    return !is_of_word(text.data[at - 1]) && text.data[at - 1] != '.';
}

/* Returns the length of the telephone number that begins at `at`; 0: none does. An address has a
 * word of its own, and "192.0.2.1.log" is the name of a file. */
static size_t number_length(fv_text text, size_t at)
{
    if (!may_begin_number(text, at) ||
        address_length((fv_text){text.data + at, word_length(text, at)}) > 0)
        return 0;
    size_t len = fv_redact_number_len(text, at);
    return len > 0 && ends_here(text, at + len) ? len : 0;
}

/* Returns the length of what tells a person at `at`; 0: nothing does. */
static size_t person_length(fv_text text, size_t at)
{
    size_t len = mail_length(text, at);
    return len > 0 ? len : number_length(text, at);
}

/* Returns where in a word an address begins: at its start, or behind one of its colons, as in
 * "IP:192.0.2.1". `*out_len`: its length, 0: there is none. */
static size_t find_address(fv_text word, size_t *out_len)
{
    for (size_t at = 0; at < word.len && at <= MOST_BEFORE_ADDRESS; at++) {
        if (at > 0 && word.data[at - 1] != ':')
            continue;
        *out_len = address_length((fv_text){word.data + at, word.len - at});
        if (*out_len > 0)
            return at;
    }
    *out_len = 0;
    return 0;
}

/* Appends the word at the start of `text`, or as much of it as comes before something learnt.
 * Returns how many bytes it has. */
static size_t append_word(fv_mask *mask, fv_buf *buf, fv_text text, size_t at)
{
    fv_text word = {text.data + at, word_length(text, at)};
    size_t len, before = find_address(word, &len);
    if (len > 0) {
        fv_buf_append(buf, word.data, before);
        fv_buf_append_text(buf, take_address(mask, (fv_text){word.data + before, len}));
        return before + len;
    }
    /* What is learnt may begin inside a word, so move on by one byte only. */
    size_t taken = 1;
    while (taken < word.len && find_learnt(mask, text, at + taken, &len) == NULL &&
           person_length(text, at + taken) == 0)
        taken++;
    fv_buf_append(buf, text.data + at, taken);
    return taken;
}

static void append_words(fv_mask *mask, fv_buf *buf, fv_text text)
{
    for (size_t at = 0; at < text.len;) {
        size_t len;
        const char *word = find_learnt(mask, text, at, &len);
        if (word == NULL) {
            len = person_length(text, at);
            word =
                len > 0 ? fv_mask_take(mask, &mask->names, (fv_text){text.data + at, len}) : NULL;
        }
        if (word == NULL) {
            at += append_word(mask, buf, text, at);
            continue;
        }
        fv_buf_append_text(buf, word);
        at += len;
    }
}

/* ---- values, whose kind is known ---- */

/* A host stays if it is one. A certificate can hold anything as one, and so can a record. */
static void append_host(fv_mask *mask, fv_buf *buf, fv_text text)
{
    size_t len = fv_mask_type_length(text);
    fv_address address;
    fv_buf_append(buf, text.data, len);
    text = (fv_text){text.data + len, text.len - len};
    if (fv_address_parse(text, &address))
        fv_buf_append_text(buf, take_address(mask, text));
    else if (fv_mask_is_host(text))
        fv_buf_append(buf, text.data, text.len);
    else
        fv_buf_append_text(buf, fv_mask_take(mask, &mask->names, text));
}

static void append_value(fv_mask *mask, fv_buf *buf, fv_text text, uint32_t kind)
{
    switch (kind) {
    case FV_VALUE_PLAIN:
        fv_buf_append(buf, text.data, text.len);
        return;
    case FV_VALUE_HOST:
        append_host(mask, buf, text);
        return;
    case FV_VALUE_ADDRESS:
        fv_buf_append_text(buf, take_address(mask, text));
        return;
    case FV_VALUE_SUBJECT:
        fv_buf_append_text(buf, fv_mask_take(mask, &mask->subjects, text));
        return;
    case FV_VALUE_NAME:
        fv_buf_append_text(buf, fv_mask_take(mask, &mask->names, text));
        return;
    default:
        append_words(mask, buf, text);
    }
}

/* The words between the values are the library's own. */
static void append_list(fv_mask *mask, fv_buf *buf, fv_text text, const fv_parts *parts)
{
    size_t done = 0;
    for (size_t i = 0; i < parts->num_items; i++) {
        fv_part part = fv_part_within(parts->items[i], text.len);
        if (part.at < done || part.len == 0)
            continue;
        fv_buf_append(buf, text.data + done, part.at - done);
        append_value(mask, buf, (fv_text){text.data + part.at, part.len}, part.kind);
        done = part.at + part.len;
    }
    fv_buf_append(buf, text.data + done, text.len - done);
}

void fv_mask_value(fv_mask *mask, const char **text, uint32_t kind, const fv_parts *parts)
{
    fv_text from = fv_text_of(*text);
    fv_buf buf;
    if (from.len == 0)
        return;
    fv_buf_init(&buf);
    if (kind == FV_VALUE_LIST)
        append_list(mask, &buf, from, parts);
    else
        append_value(mask, &buf, from, kind);
    const char *copy = buf.failed ? NULL : fv_arena_copy_text(mask->texts, buf.data, buf.len);
    fv_buf_clear(&buf);
    mask->has_failed |= copy == NULL;
    *text = copy != NULL ? copy : "";
}

void fv_mask_text(fv_mask *mask, const char **text)
{
    fv_mask_value(mask, text, FV_VALUE_WORDS, NULL);
}
