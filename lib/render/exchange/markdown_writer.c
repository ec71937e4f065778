#include "render/exchange/markdown.h"

#include "base/text.h"
#include "render/exchange/exchange.h"

#include <string.h>

/* Returns the line so far, without the marks of items and quotations before its text. */
static fv_text line_of(const fv_buf *buf)
{
    size_t from = buf->len;
    while (from > 0 && buf->data[from - 1] != '\n')
        from--;
    fv_text line = {buf->data + from, buf->len - from};
    for (const char *mark; line.len > 1;) {
        mark = memchr(line.data, ' ', line.len);
        size_t len = mark != NULL ? (size_t)(mark - line.data) + 1 : 0;
        if (len == 0 || strspn(line.data, "0123456789-+*>#.) ") < len)
            break;
        line.data += len;
        line.len -= len;
    }
    return line;
}

/* Whether the text is the number of an item so far: "1" of "1. ". */
static bool is_number(fv_text text)
{
    size_t digits = 0;
    while (digits < text.len && fv_ascii_is_digit(text.data[digits]))
        digits++;
    return digits > 0 && digits == text.len;
}

static bool ends_with(fv_text text, const char *end)
{
    size_t len = strlen(end);
    return text.len >= len && memcmp(text.data + text.len - len, end, len) == 0;
}

/* Whether a character that is markup at some places alone is markup behind `line`. */
static bool is_markup_behind(fv_text line, char character)
{
    switch (character) {
    case '#': /* a heading may end with them, too */
        return line.len == 0 || line.data[line.len - 1] == ' ' || line.data[line.len - 1] == '#';
    case '+':
    case '-':
    case '=':
        return line.len == 0;
    case '.':
        return is_number(line) || ends_with(line, "www");
    case ')':
        return is_number(line);
    case ':':
        return ends_with(line, "http") || ends_with(line, "https") || ends_with(line, "ftp") ||
               ends_with(line, "mailto") || ends_with(line, "xmpp");
    default:
        return false;
    }
}

/* Escapes what Markdown takes for markup at its place (CommonMark 2.4); so nothing in the data is
 * markup, and tickets that show the source stay readable. "&" begins an entity, "$" a formula, "@"
 * a mention or the link of a mail address. */
void fv_markdown_escaped(fv_buf *buf, fv_text character)
{
    if (character.len == 1 && (strchr("\\`*_{}[]<>|~&@$", *character.data) != NULL ||
                               is_markup_behind(line_of(buf), *character.data)))
        fv_buf_append_char(buf, '\\');
    fv_buf_append(buf, character.data, character.len);
}

void fv_markdown_init(fv_markdown *out)
{
    fedval_text_options plain = {.size = sizeof(plain), .utf8 = 1};
    fv_buf_init(&out->buf);
    fv_out_init(&out->words, &plain); /* options of ours are never refused */
}

fedval_status fv_markdown_finish(fv_markdown *out, char **out_text, size_t *out_len)
{
    out->buf.failed = out->buf.failed || out->words.buf.failed;
    fv_buf_clear(&out->words.buf);
    return fv_buf_hand_over(&out->buf, out_text, out_len);
}

void fv_markdown_raw(fv_markdown *out, const char *markup)
{
    fv_buf_append_text(&out->buf, markup);
}

void fv_markdown_u64(fv_markdown *out, uint64_t value)
{
    fv_buf_append_u64(&out->buf, value);
}

/* Ends the text in a buffer with NUL, and empties the writer for the next one. NULL: it holds
 * nothing, or memory ran short. */
static const char *text_of(fv_markdown *out, fv_out *words)
{
    fv_buf_append_char(&words->buf, '\0');
    bool has_text = !words->buf.failed && words->buf.len > 1;
    out->buf.failed = out->buf.failed || words->buf.failed;
    words->buf.len = 0;
    words->column = 0;
    return has_text ? words->buf.data : NULL;
}

void fv_markdown_take(fv_markdown *out, fv_out *words)
{
    const char *text = text_of(out, words);
    if (text != NULL)
        fv_exchange_text(&out->buf, text, fv_markdown_escaped);
}

void fv_markdown_words(fv_markdown *out)
{
    fv_markdown_take(out, &out->words);
}

void fv_markdown_text(fv_markdown *out, const char *text)
{
    fv_out_text(&out->words, text);
    fv_markdown_words(out);
}

/* A fence is longer than every run of backticks inside of it (CommonMark 4.5). */
static size_t fence_of(const char *text)
{
    size_t longest = 2, run = 0;
    for (; *text != '\0'; text++) {
        run = *text == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest + 1;
}

void fv_markdown_block(fv_markdown *out, fv_out *words)
{
    const char *text = text_of(out, words);
    if (text == NULL)
        return;
    size_t fence = fence_of(text), len = strlen(text);
    fv_buf_append_char(&out->buf, '\n');
    for (size_t i = 0; i < fence; i++)
        fv_buf_append_char(&out->buf, '`');
    fv_buf_append_char(&out->buf, '\n');
    fv_buf_append(&out->buf, text, len);
    if (text[len - 1] != '\n')
        fv_buf_append_char(&out->buf, '\n');
    for (size_t i = 0; i < fence; i++)
        fv_buf_append_char(&out->buf, '`');
    fv_buf_append_text(&out->buf, "\n\n");
}

void fv_markdown_block_of(fv_markdown *out, const char *text)
{
    for (const char *end; (end = strchr(text, '\n')) != NULL; text = end + 1) {
        fv_out_run(&out->words, (fv_text){text, (size_t)(end - text)});
        fv_out_newline(&out->words);
    }
    fv_out_text(&out->words, text);
    fv_markdown_block(out, &out->words);
}
