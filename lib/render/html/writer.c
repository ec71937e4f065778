#include "render/html/writer.h"

#include "base/versioned.h"

#include <string.h>

fedval_status fv_html_init(fv_html *out, const fedval_html_options *options)
{
    fedval_html_options chosen = {.size = sizeof(chosen)};
    if (options != NULL && !fv_versioned_copy(&chosen, sizeof(chosen), options))
        return FEDVAL_ERROR_ARGUMENT;
    fedval_text_options words = {.size = sizeof(words),
                                 .utf8 = 1,
                                 .public_roots = chosen.public_roots,
                                 .hints = chosen.hints,
                                 .num_hints = chosen.num_hints};
    fv_buf_init(&out->buf);
    out->is_fragment = chosen.fragment != 0;
    return fv_out_init(&out->words, &words);
}

fedval_status fv_html_finish(fv_html *out, char **out_text, size_t *out_len)
{
    out->buf.failed = out->buf.failed || out->words.buf.failed;
    fv_buf_clear(&out->words.buf);
    return fv_buf_hand_over(&out->buf, out_text, out_len);
}

void fv_html_raw(fv_html *out, const char *markup)
{
    fv_buf_append_text(&out->buf, markup);
}

static const char *entity_of(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

/* The text has gone through `words`: it has no control characters but line ends. */
static void append_escaped(fv_buf *buf, const char *text, size_t len)
{
    size_t begin = 0;
    for (size_t i = 0; i < len; i++) {
        const char *entity = entity_of(text[i]);
        if (entity == NULL)
            continue;
        fv_buf_append(buf, text + begin, i - begin);
        fv_buf_append_text(buf, entity);
        begin = i + 1;
    }
    fv_buf_append(buf, text + begin, len - begin);
}

void fv_html_take(fv_html *out, fv_out *words)
{
    fv_buf *buf = &words->buf;
    if (buf->len > 0)
        append_escaped(&out->buf, buf->data, buf->len);
    out->buf.failed = out->buf.failed || buf->failed;
    buf->len = 0;
    words->column = 0;
}

void fv_html_words(fv_html *out)
{
    fv_html_take(out, &out->words);
}

void fv_html_text(fv_html *out, const char *text)
{
    fv_out_text(&out->words, text);
    fv_html_words(out);
}

void fv_html_lines(fv_html *out, const char *text)
{
    for (const char *end; (end = strchr(text, '\n')) != NULL; text = end + 1) {
        fv_out_run(&out->words, (fv_text){text, (size_t)(end - text)});
        fv_html_words(out);
        fv_html_raw(out, "\n");
    }
    fv_html_text(out, text);
}

void fv_html_u64(fv_html *out, uint64_t value)
{
    fv_buf_append_u64(&out->buf, value);
}

void fv_html_value(fv_html *out, const char *text)
{
    fv_html_element(out, "<bdi>", text, "</bdi>");
}

void fv_html_element(fv_html *out, const char *before, const char *text, const char *after)
{
    fv_html_raw(out, before);
    fv_html_text(out, text);
    fv_html_raw(out, after);
}
