/* Markup of pages, mails and chats: HTML and XML tags, and the links and bold words that programs
 * make of names. */
#include "logs/read/markup.h"

#include "base/text.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define TAG_MAX 300
#define LINK_MAX 600
#define NAME_MAX_LEN 120

typedef struct tag {
    const char *name;
    fv_symbol_kind kind;
} tag;

/* HTML elements in which logs are shown: some begin a line, others are within one. */
static const tag tags[] = {
    {"br", FV_SYMBOL_ESCAPED_LINE_END},
    {"p", FV_SYMBOL_ESCAPED_LINE_END},
    {"div", FV_SYMBOL_ESCAPED_LINE_END},
    {"li", FV_SYMBOL_ESCAPED_LINE_END},
    {"pre", FV_SYMBOL_ESCAPED_LINE_END},
    {"tr", FV_SYMBOL_ESCAPED_LINE_END},
    {"td", FV_SYMBOL_ESCAPED_LINE_END},
    {"span", FV_SYMBOL_BLANK},
    {"code", FV_SYMBOL_BLANK},
    {"b", FV_SYMBOL_BLANK},
    {"strong", FV_SYMBOL_BLANK},
    {"i", FV_SYMBOL_BLANK},
    {"em", FV_SYMBOL_BLANK},
    {"font", FV_SYMBOL_BLANK},
    {"wbr", FV_SYMBOL_NOTHING}, /* a line may be broken here */
    {"a", FV_SYMBOL_NOTHING},   /* a link around a name: the text before and after goes on */
    {"o:p", FV_SYMBOL_BLANK},   /* a word processor's */
};

static const tag *find_tag(fv_text name)
{
    for (size_t i = 0; i < COUNT(tags); i++) {
        if (fv_text_equal_nocase(name, fv_text_of(tags[i].name)))
            return &tags[i];
    }
    return NULL;
}

static bool is_line_end(uint8_t c)
{
    return c == '\n' || c == '\r';
}

/* 0xc2 and 0xa0 are the two bytes of U+00A0 (no-break space); either may be next to the mark. */
static bool is_space(uint8_t c)
{
    return c == ' ' || c == '\t' || is_line_end(c) || c == 0xc2 || c == 0xa0;
}

static bool is_tag_character(uint8_t c)
{
    return fv_ascii_is_alnum((char)c) || c == ':' || c == '-' || c == '_';
}

/* Reads the name of an element; a line may have been broken within the name. */
static size_t read_tag_name(fv_bytes piece, size_t at, char *name, size_t size)
{
    size_t len = 0;
    while (at < piece.len && len + 1 < size &&
           (is_tag_character(piece.data[at]) || is_line_end(piece.data[at]))) {
        if (!is_line_end(piece.data[at]))
            name[len++] = (char)piece.data[at];
        at++;
    }
    name[len] = '\0';
    return at;
}

/* Whether an attribute follows the name of the element: <line n="3">. */
static bool has_attribute(fv_bytes piece, size_t at, size_t end)
{
    if (at >= end || piece.data[at] != ' ')
        return false;
    for (; at + 1 < end; at++) {
        if (piece.data[at] == '=' && (piece.data[at + 1] == '"' || piece.data[at + 1] == '\''))
            return true;
    }
    return false;
}

/* Returns the offset after a cell that holds the number of a line alone, "<td class="n">12</td>";
 * its text begins at `at`. Returns `at` if it holds something else. */
static size_t skip_number_cell(fv_bytes piece, size_t at)
{
    size_t end = at;
    while (fv_ascii_is_digit((char)fv_bytes_at(piece, end)) && end - at < 7)
        end++;
    return end > at && fv_bytes_have(piece, end, "</td>") ? end + strlen("</td>") : at;
}

/* Whether the tag is one of an event of Windows whose attribute says something. */
static bool is_of_event(fv_bytes piece, size_t at)
{
    static const char *const kept[] = {"<Provider Name=",        "<EventID",
                                       "<Data Name='TargetName", "<Data Name=\"TargetName",
                                       "<Data Name='AlertDesc",  "<Data Name=\"AlertDesc"};
    for (size_t i = 0; i < COUNT(kept); i++) {
        if (fv_bytes_have(piece, at, kept[i]))
            return true;
    }
    return false;
}

/* Reads a whole tag: "<span class="x">", "</p>", and "</line>" or "<line n="3">" of whatever
 * element; "<alice>" and "<sip:alice@example.com>" are none. */
static bool read_tag(fv_bytes piece, size_t at, fv_symbol *out)
{
    char name[24];
    size_t start = at + 1;
    bool closes = fv_bytes_at(piece, start) == '/';
    if (is_of_event(piece, at))
        return false;
    while (start < piece.len && (piece.data[start] == '/' || is_line_end(piece.data[start])))
        start++;
    size_t name_end = read_tag_name(piece, start, name, sizeof(name));
    size_t end = name_end;
    if (end >= piece.len || !fv_ascii_is_alpha(name[0]) ||
        (piece.data[end] != '>' && piece.data[end] != '/' && !is_space(piece.data[end]) &&
         !is_line_end(piece.data[end - 1])))
        return false;
    while (end < piece.len && end - at < TAG_MAX && piece.data[end] != '>' &&
           piece.data[end] != '<')
        end++;
    if (end >= piece.len || piece.data[end] != '>')
        return false;
    const tag *found = find_tag(fv_text_of(name));
    /* The time of an event is an attribute: <TimeCreated SystemTime="2019-05-14T09:22:33Z"/>. */
    if (fv_text_equal_nocase(fv_text_of(name), fv_text_of("TimeCreated")))
        return false;
    bool is_other = (closes && end == name_end) || has_attribute(piece, name_end, end);
    if (found == NULL && !is_other)
        return false;
    fv_symbol_kind kind = found != NULL ? found->kind
                          : closes      ? FV_SYMBOL_ESCAPED_LINE_END
                                        : FV_SYMBOL_BLANK;
    *out = (fv_symbol){kind, 0, end + 1 - at};
    if (!closes && fv_text_equal_nocase(fv_text_of(name), fv_text_of("td")))
        out->len = skip_number_cell(piece, end + 1) - at;
    return true;
}

static bool begins_link(fv_bytes piece, size_t at)
{
    return fv_bytes_have(piece, at, "http://") || fv_bytes_have(piece, at, "https://") ||
           fv_bytes_have(piece, at, "mailto:");
}

/* Returns the offset of the first of `ends` in the link that begins at `at`; 0 if there is none. */
static size_t link_end(fv_bytes piece, size_t at, const char *ends)
{
    for (size_t end = at; end < piece.len && end - at < LINK_MAX && piece.data[end] > ' '; end++) {
        if (strchr(ends, piece.data[end]) != NULL)
            return end;
    }
    return 0;
}

/* Skips the address that a program adds to a name: "example.com<http://example.com>", as mail
 * programs write it, or the first half of "<http://example.com|example.com>", as chats do. */
static bool read_link(fv_bytes piece, size_t at, fv_symbol *out)
{
    bool is_added = at > 0 && piece.data[at - 1] > ' ' && piece.data[at - 1] != '<';
    if (!begins_link(piece, at + 1))
        return false;
    size_t end = link_end(piece, at, "|>");
    if (end == 0 || (piece.data[end] == '>' && !is_added))
        return false;
    *out = (fv_symbol){FV_SYMBOL_NOTHING, 0, end + 1 - at};
    return true;
}

/* Whether this ">" ends the second half of "<http://example.com|example.com>". */
static bool ends_link(fv_bytes piece, size_t at)
{
    bool has_bar = false;
    for (size_t i = at; i > 0 && at - i < LINK_MAX && piece.data[i - 1] > ' '; i--) {
        has_bar = has_bar || piece.data[i - 1] == '|';
        if (piece.data[i - 1] == '<' || piece.data[i - 1] == '>')
            return piece.data[i - 1] == '<' && has_bar && begins_link(piece, i);
    }
    return false;
}

/* Reads the brackets that people put around a dot, so that no program makes a link of the name. */
static bool read_defanged(fv_bytes piece, size_t at, fv_symbol *out)
{
    static const struct {
        const char *bytes;
        char c;
    } forms[] = {{"[.]", '.'}, {"[dot]", '.'}, {"[@]", '@'}, {"[at]", '@'}};
    for (size_t i = 0; i < COUNT(forms); i++) {
        if (!fv_bytes_have(piece, at, forms[i].bytes))
            continue;
        *out = (fv_symbol){FV_SYMBOL_VISIBLE, forms[i].c, strlen(forms[i].bytes)};
        return true;
    }
    return false;
}

/* Whether "(http://...)" follows the "]" at `at`: a link of Markdown. */
static size_t markdown_link_end(fv_bytes piece, size_t at)
{
    return fv_bytes_at(piece, at) == ']' && fv_bytes_at(piece, at + 1) == '(' &&
                   begins_link(piece, at + 2)
               ? link_end(piece, at + 2, ")")
               : 0;
}

static bool read_bracket(fv_bytes piece, size_t at, fv_symbol *out)
{
    size_t end = markdown_link_end(piece, at);
    if (end > 0) {
        *out = (fv_symbol){FV_SYMBOL_NOTHING, 0, end + 1 - at};
        return true;
    }
    if (piece.data[at] == ']')
        return false;
    if (read_defanged(piece, at, out))
        return true;
    size_t close = link_end(piece, at, "]");
    *out = (fv_symbol){FV_SYMBOL_NOTHING, 0, 1};
    return close > 0 && markdown_link_end(piece, close) > 0;
}

static bool is_of_name(uint8_t c)
{
    return fv_ascii_is_alnum((char)c) || c == '.' || c == '-' || c == '@';
}

/* Whether "**" follows the characters of a name from `at` on, or comes before those up to `at`. */
static bool is_bold_after(fv_bytes piece, size_t at)
{
    size_t end = at;
    if (!fv_ascii_is_alnum((char)fv_bytes_at(piece, at)))
        return false;
    while (end - at < NAME_MAX_LEN && is_of_name(fv_bytes_at(piece, end)))
        end++;
    return fv_bytes_have(piece, end, "**") && fv_bytes_at(piece, end + 2) != '*';
}

static bool is_bold_before(fv_bytes piece, size_t at)
{
    size_t start = at;
    while (start > 0 && at - start < NAME_MAX_LEN && is_of_name(piece.data[start - 1]))
        start--;
    return fv_ascii_is_alnum((char)piece.data[start]) && start >= 2 &&
           fv_bytes_have(piece, start - 2, "**") && (start == 2 || piece.data[start - 3] != '*');
}

/* Whether "**" is Markdown's bold: "**SIP/2.0 504 Server time-out**", or around one name. A blank
 * or
 * ":" is next to it; masked characters ("sip:***@**.org") have neither. */
static bool read_bold(fv_bytes piece, size_t at, fv_symbol *out)
{
    uint8_t before = at > 0 ? piece.data[at - 1] : '\n';
    uint8_t after = at + 2 < piece.len ? piece.data[at + 2] : '\n';
    if (fv_bytes_at(piece, at + 1) != '*' || before == '*' || after == '*')
        return false;
    bool is_of_word = is_bold_after(piece, at + 2) || is_bold_before(piece, at);
    *out = (fv_symbol){is_of_word ? FV_SYMBOL_NOTHING : FV_SYMBOL_BLANK, 0, 2};
    return is_of_word || is_space(before) || is_space(after) || after == ':';
}

bool fv_markup_read(fv_bytes piece, size_t at, fv_symbol *out)
{
    switch (piece.data[at]) {
    case '<':
        return read_link(piece, at, out) || read_tag(piece, at, out);
    case '>':
        *out = (fv_symbol){FV_SYMBOL_NOTHING, 0, 1};
        return ends_link(piece, at);
    case '[':
    case ']':
        return read_bracket(piece, at, out);
    case '*':
        return read_bold(piece, at, out);
    default:
        return false;
    }
}
