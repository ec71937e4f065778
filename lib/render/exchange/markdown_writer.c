#include "render/exchange/markdown.h"

#include "render/exchange/exchange.h"

#include <string.h>

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
