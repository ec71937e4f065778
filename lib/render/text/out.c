#include "render/text/out.h"

#include "base/calendar.h"
#include "base/versioned.h"
#include "render/text/utf8.h"
#include "render/text/wrap.h"

#include <string.h>

#define DEFAULT_WIDTH 80

fedval_status fv_out_init(fv_out *out, const fedval_text_options *options)
{
    fedval_text_options chosen = {.size = sizeof(chosen), .width = DEFAULT_WIDTH};
    if (options != NULL && !fv_versioned_copy(&chosen, sizeof(chosen), options))
        return FEDVAL_ERROR_ARGUMENT;
    fv_buf_init(&out->buf);
    out->options = chosen;
    out->column = 0;
    out->breaks = false;
    out->line = 0;
    out->record = 0;
    return FEDVAL_OK;
}

fedval_status fv_out_finish(fv_out *out, char **out_text, size_t *out_len)
{
    return fv_buf_hand_over(&out->buf, out_text, out_len);
}

/* ---- what a terminal would act on ---- */

static void put_hex(fv_out *out, uint32_t value, int num_digits)
{
    static const char digits[] = "0123456789abcdef";
    for (int shift = 4 * (num_digits - 1); shift >= 0; shift -= 4)
        fv_buf_append_char(&out->buf, digits[value >> shift & 15]);
    out->column += (size_t)num_digits;
}

/* \x1b for a byte, \u{202e} for a character. */
static void put_escape(fv_out *out, uint32_t c)
{
    if (c < 0x100) {
        fv_buf_append_text(&out->buf, "\\x");
        out->column += 2;
        put_hex(out, c, 2);
        return;
    }
    fv_buf_append_text(&out->buf, "\\u{");
    put_hex(out, c, c > 0xffff ? 6 : 4);
    fv_buf_append_char(&out->buf, '}');
    out->column += 4;
}

/* The length of the plain ASCII at the start of `text`, which is appended in one piece. */
static size_t count_plain(fv_text text)
{
    size_t len = 0;
    while (len < text.len && text.data[len] >= ' ' && text.data[len] < 0x7f)
        len++;
    return len;
}

void fv_out_run(fv_out *out, fv_text text)
{
    while (text.len > 0) {
        size_t len = count_plain(text);
        uint32_t c = 0;
        if (len > 0) {
            fv_buf_append(&out->buf, text.data, len);
            out->column += len;
        } else if ((len = fv_utf8_decode(text, &c)) == 0) {
            len = 1;
            put_escape(out, (unsigned char)text.data[0]);
        } else if (fv_utf8_is_hidden(c) || out->options.utf8 == 0) {
            put_escape(out, c);
        } else {
            fv_buf_append(&out->buf, text.data, len);
            out->column++;
        }
        text.data += len;
        text.len -= len;
    }
}

void fv_out_text(fv_out *out, const char *text)
{
    fv_out_run(out, fv_text_of(text));
}

/* ---- columns, colours, lines ---- */

void fv_out_u64(fv_out *out, uint64_t value)
{
    size_t before = out->buf.len;
    fv_buf_append_u64(&out->buf, value);
    out->column += out->buf.len - before;
}

void fv_out_time(fv_out *out, int64_t time)
{
    char text[FV_CALENDAR_TEXT_SIZE];
    fv_calendar_format(time, text);
    fv_out_text(out, text[0] == '\0' ? "unknown" : text);
}

void fv_out_date(fv_out *out, int64_t time)
{
    const size_t date_len = 10; /* "2017-03-02" */
    char text[FV_CALENDAR_TEXT_SIZE];
    fv_calendar_format(time, text);
    if (text[0] != '\0')
        text[date_len] = '\0';
    fv_out_text(out, text[0] == '\0' ? "unknown" : text);
}

void fv_out_pad(fv_out *out, size_t column)
{
    do {
        fv_buf_append_char(&out->buf, ' ');
        out->column++;
    } while (out->column < column);
}

/* Removes blanks from the end of the line before it ends. */
void fv_out_newline(fv_out *out)
{
    fv_buf *buf = &out->buf;
    while (buf->len > 0 && buf->data[buf->len - 1] == ' ')
        buf->data[--buf->len] = '\0';
    if (out->breaks && out->options.width > 0 && out->column > out->options.width && !buf->failed)
        fv_wrap_line(buf, out->line, out->options.width, out->record);
    fv_buf_append_char(buf, '\n');
    out->column = 0;
    out->line = buf->len;
    out->record = 0;
}

void fv_out_begin_record(fv_out *out)
{
    out->record = out->buf.len;
}

void fv_out_styled(fv_out *out, enum fv_style style, const char *text)
{
    static const char *const codes[] = {
        [FV_BOLD] = "\x1b[1m",   [FV_RED] = "\x1b[1;31m", [FV_YELLOW] = "\x1b[33m",
        [FV_GREEN] = "\x1b[32m", [FV_DIM] = "\x1b[2m",
    };
    bool coloured = out->options.colour != 0 && style != FV_PLAIN;
    if (coloured)
        fv_buf_append_text(&out->buf, codes[style]);
    fv_out_text(out, text);
    if (coloured)
        fv_buf_append_text(&out->buf, "\x1b[0m");
}

static fv_text next_word(fv_text *rest)
{
    size_t len = 0;
    while (rest->len > 0 && rest->data[0] == ' ') {
        rest->data++;
        rest->len--;
    }
    while (len < rest->len && rest->data[len] != ' ')
        len++;
    fv_text word = {rest->data, len};
    rest->data += len;
    rest->len -= len;
    return word;
}

static void put_next_word(fv_out *out, fv_text word, size_t indent)
{
    if (out->options.width == 0 || out->column + 1 + word.len <= out->options.width) {
        fv_out_run(out, (fv_text){" ", 1});
    } else {
        fv_out_newline(out);
        fv_out_pad(out, indent);
    }
    fv_out_run(out, word);
}

void fv_out_prose(fv_out *out, const char *text, size_t indent)
{
    fv_text rest = fv_text_of(text), word = next_word(&rest);
    fv_out_run(out, word);
    while ((word = next_word(&rest)).len > 0)
        put_next_word(out, word, indent);
}

void fv_out_more_prose(fv_out *out, const char *text, size_t indent)
{
    fv_text rest = fv_text_of(text), word;
    while ((word = next_word(&rest)).len > 0)
        put_next_word(out, word, indent);
}

void fv_out_first_words(fv_out *out, const char *text)
{
    static const char left_out[] = "...";
    fv_text rest = fv_text_of(text), word;
    size_t width = out->options.width;
    bool is_first = true;
    if (width == 0 || out->column + rest.len <= width) {
        fv_out_text(out, text);
        return;
    }
    while ((word = next_word(&rest)).len > 0) {
        if (!is_first && out->column + 1 + word.len + strlen(left_out) > width) {
            fv_out_text(out, left_out);
            return;
        }
        fv_out_text(out, is_first ? "" : " ");
        fv_out_run(out, word);
        is_first = false;
    }
}

const char *fv_out_hint(const fv_out *out, uint32_t hint)
{
    bool has_words = out->options.hints != NULL && hint < out->options.num_hints;
    return has_words ? out->options.hints[hint] : NULL;
}
