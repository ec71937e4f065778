#include "render/text/wrap.h"

#include <stdlib.h>
#include <string.h>

/* Further to the right no column of a table begins. */
#define LAST_COLUMN 24

/* The columns of `len` bytes: escape sequences for colours have none, a character of UTF-8 one. */
static size_t count_columns(const char *text, size_t len)
{
    size_t columns = 0;
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '\x1b') {
            while (i < len && text[i] != 'm')
                i++;
        } else if (((unsigned char)text[i] & 0xc0) != 0x80) {
            columns++;
        }
    }
    return columns;
}

static size_t count_blanks(const char *text, size_t len)
{
    size_t count = 0;
    while (count < len && text[count] == ' ')
        count++;
    return count;
}

static size_t count_word(const char *text, size_t len)
{
    size_t count = 0;
    while (count < len && text[count] != ' ')
        count++;
    return count;
}

/* Where the rest of a line goes on: at its last table column, which two blanks come before. */
static size_t find_indent(const char *line, size_t len, size_t width)
{
    size_t at = count_blanks(line, len), column = at, indent = at + 2;
    while (at < len && column <= LAST_COLUMN) {
        size_t word = count_word(line + at, len - at);
        size_t gap = count_blanks(line + at + word, len - at - word);
        column += count_columns(line + at, word) + gap;
        at += word + gap;
        if (gap >= 2 && at < len && column <= LAST_COLUMN)
            indent = column;
    }
    return indent <= width / 2 ? indent : count_blanks(line, len) + 2;
}

static void put_break(fv_buf *buf, size_t indent)
{
    fv_buf_append_char(buf, '\n');
    for (size_t i = 0; i < indent; i++)
        fv_buf_append_char(buf, ' ');
}

/* Writes the words of a line; from `record` on it is one word. */
static void put_words(fv_buf *buf, const char *line, size_t len, size_t width, size_t record)
{
    size_t indent = find_indent(line, record < len ? record : len, width);
    size_t start = count_blanks(line, len), at = start, column = at;
    fv_buf_append(buf, line, at);
    while (at < len) {
        size_t word = at >= record ? len - at : count_word(line + at, len - at);
        size_t columns = count_columns(line + at, word);
        fv_buf_append(buf, line + at, word);
        column += columns;
        at += word;
        size_t gap = count_blanks(line + at, len - at);
        size_t next =
            at + gap >= record ? len - at - gap : count_word(line + at + gap, len - at - gap);
        bool fits = column + gap + count_columns(line + at + gap, next) <= width;
        if (next == 0)
            break;
        if (!fits && at + gap >= record) {
            put_break(buf, start + 3);
        } else if (fits || column < indent) {
            fv_buf_append(buf, line + at, gap);
            column += gap;
        } else {
            put_break(buf, indent);
            column = indent;
        }
        at += gap;
    }
}

void fv_wrap_line(fv_buf *buf, size_t start, size_t width, size_t record)
{
    size_t len = buf->len - start;
    char *line = malloc(len + 1);
    if (line == NULL) {
        buf->failed = true;
        return;
    }
    memcpy(line, buf->data + start, len);
    buf->len = start;
    put_words(buf, line, len, width, record == 0 ? SIZE_MAX : record - start);
    free(line);
}
