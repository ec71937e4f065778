#include "base/pem.h"

#include "base/base64.h"

#include <string.h>

static const fv_text dashes = {"-----", 5};
static const fv_text begin_mark = {"-----BEGIN ", 11};
static const fv_text end_mark = {"-----END ", 9};

void fv_pem_init(fv_pem *pem, fv_text text)
{
    pem->rest = fv_text_skip_mark(text);
    pem->line = 1;
}

static void advance(fv_pem *pem, size_t len)
{
    pem->rest.data += len;
    pem->rest.len -= len;
}

/* Whether the line ends at `at`: with a line feed, or with a carriage return alone, as old
 * Macintosh programs write it. */
static bool is_line_end(fv_text text, size_t at)
{
    return text.data[at] == '\n' ||
           (text.data[at] == '\r' && at + 1 < text.len && text.data[at + 1] != '\n');
}

void fv_pem_skip(fv_pem *pem, size_t len)
{
    for (size_t i = 0; i < len; i++)
        pem->line += is_line_end(pem->rest, i);
    advance(pem, len);
}

bool fv_pem_is_mark(fv_text text)
{
    return fv_text_starts_nocase(text, begin_mark) || fv_text_starts_nocase(text, end_mark);
}

/* Returns the length of the next line. It looks no further than the line goes, so that a text of
 * very many lines is read in one run. */
static size_t line_length(fv_text rest)
{
    size_t len = 0;
    while (len < rest.len && !is_line_end(rest, len))
        len++;
    return len;
}

/* Returns the next line, without its line end and without blanks around it. */
static bool next_line(fv_pem *pem, fv_text *out)
{
    if (pem->rest.len == 0)
        return false;
    size_t len = line_length(pem->rest);
    bool has_end = len < pem->rest.len;
    *out = fv_text_trim((fv_text){pem->rest.data, len});
    advance(pem, has_end ? len + 1 : len);
    pem->line += has_end;
    return true;
}

/* Reads the label of a line such as "-----BEGIN label-----"; `mark` is the part before the
 * label. */
static bool read_mark(fv_text line, fv_text mark, fv_text *out_label)
{
    if (line.len < mark.len + dashes.len || memcmp(line.data, mark.data, mark.len) != 0 ||
        !fv_text_ends_nocase(line, dashes))
        return false;
    *out_label = (fv_text){line.data + mark.len, line.len - mark.len - dashes.len};
    return true;
}

/* Skips the headers of RFC 1421 ("Proc-Type: 4,ENCRYPTED"), which come before the base64 of a key
 * and end with an empty line. */
static void skip_headers(fv_pem *pem)
{
    fv_pem ahead = *pem;
    fv_text line;
    if (!next_line(&ahead, &line) || line.len == 0 || memchr(line.data, ':', line.len) == NULL)
        return;
    while (next_line(&ahead, &line) && line.len > 0) {
    }
    *pem = ahead;
}

static enum fv_pem_result malformed_at(fv_pem *pem, uint32_t line)
{
    pem->line = line;
    return FV_PEM_MALFORMED;
}

/* Reads everything after the BEGIN line, up to and including the END line. */
static enum fv_pem_result read_body(fv_pem *pem, fv_arena *arena, fv_pem_block *block)
{
    uint32_t num_lines;
    fv_text line, label;
    skip_headers(pem);
    const char *end = pem->rest.len == 0 ? NULL : memchr(pem->rest.data, '-', pem->rest.len);
    if (end == NULL)
        return malformed_at(pem, block->line);
    fv_text body = {pem->rest.data, (size_t)(end - pem->rest.data)};
    fedval_status status = fv_base64_decode_lines(arena, body, &block->der, &num_lines);
    if (status == FEDVAL_ERROR_NO_MEMORY)
        return FV_PEM_NO_MEMORY;
    pem->line += num_lines;
    if (status != FEDVAL_OK || block->der.len == 0)
        return malformed_at(pem, pem->line);
    advance(pem, body.len);
    uint32_t end_line = pem->line;
    if (!next_line(pem, &line) || !read_mark(line, end_mark, &label) ||
        !fv_text_equal(label, block->label))
        return malformed_at(pem, end_line);
    return FV_PEM_BLOCK;
}

enum fv_pem_result fv_pem_next(fv_pem *pem, fv_arena *arena, fv_pem_block *out)
{
    fv_pem at = *pem;
    fv_text line;
    for (;;) {
        fv_pem_block block = {.line = at.line};
        if (!next_line(&at, &line)) {
            *pem = at;
            return FV_PEM_END;
        }
        if (line.len < dashes.len || line.data[0] != '-')
            continue;
        if (read_mark(line, begin_mark, &block.label)) {
            enum fv_pem_result result = read_body(&at, arena, &block);
            pem->line = at.line;
            if (result == FV_PEM_BLOCK) {
                *pem = at;
                *out = block;
            }
            return result;
        }
        /* A damaged BEGIN or END line, or an END without its BEGIN. Skipping it could lose a
         * certificate without a word, so the whole text is refused. */
        if (fv_pem_is_mark(line))
            return malformed_at(pem, block.line);
    }
}

void fv_pem_append(fv_buf *out, fv_bytes der)
{
    enum { LINE = 64 };
    fv_buf text;
    fv_buf_init(&text);
    fv_base64_encode(&text, der);
    fv_buf_append_text(out, "-----BEGIN CERTIFICATE-----\n");
    for (size_t at = 0; at < text.len; at += LINE) {
        fv_buf_append(out, text.data + at, text.len - at < LINE ? text.len - at : LINE);
        fv_buf_append_char(out, '\n');
    }
    fv_buf_append_text(out, "-----END CERTIFICATE-----\n");
    out->failed |= text.failed;
    fv_buf_clear(&text);
}
