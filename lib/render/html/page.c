/* The frame of a page: head, style, the drawings of the marks. */
#include "base/text.h"
#include "render/html/parts.h"

/* Made of style.css by the build. */
extern const char fv_html_style[];

/* Each mark has a shape of its own: who sees no colours tells them apart. */
static const char symbols[] = "<svg class=\"fv-symbols\" aria-hidden=\"true\" focusable=\"false\">"
                              "<symbol id=\"fv-sound\" viewBox=\"0 0 24 24\"><circle cx=\"12\" "
                              "cy=\"12\" r=\"11\" fill=\"currentColor\"/>"
                              "<path d=\"M6.5 12.5l3.6 3.6 7.4-7.8\" fill=\"none\" "
                              "stroke=\"var(--card)\" stroke-width=\"2.6\"/></symbol>";
static const char more_symbols[] =
    "<symbol id=\"fv-broken\" viewBox=\"0 0 24 24\"><path d=\"M7.5 1h9L23 7.5v9L16.5 23h-9L1 "
    "16.5v-9z\" "
    "fill=\"currentColor\"/><path d=\"M8 8l8 8M16 8l-8 8\" stroke=\"var(--card)\" "
    "stroke-width=\"2.8\"/></symbol>"
    "<symbol id=\"fv-open\" viewBox=\"0 0 24 24\"><path d=\"M12 .8L23.2 12 12 23.2.8 12z\" "
    "fill=\"currentColor\"/>"
    "<path d=\"M9.2 9.6c.2-3.6 5.8-3.4 5.6 0-.1 2-2.8 2-2.8 4.2\" fill=\"none\" "
    "stroke=\"var(--card)\" "
    "stroke-width=\"2.2\"/><circle cx=\"12\" cy=\"17\" r=\"1.4\" fill=\"var(--card)\"/></symbol>";
static const char last_symbols[] =
    "<symbol id=\"fv-warning\" viewBox=\"0 0 24 24\"><path d=\"M12 1.5L23.5 22H.5z\" "
    "fill=\"currentColor\"/>"
    "<path d=\"M12 8.5v7\" stroke=\"var(--card)\" stroke-width=\"2.6\"/><circle cx=\"12\" "
    "cy=\"18.6\" r=\"1.5\" "
    "fill=\"var(--card)\"/></symbol>"
    "<symbol id=\"fv-none\" viewBox=\"0 0 24 24\"><circle cx=\"12\" cy=\"12\" r=\"10\" "
    "fill=\"var(--card)\" "
    "stroke=\"currentColor\" stroke-width=\"2\" stroke-dasharray=\"3 3\"/><path d=\"M7.5 12h9\" "
    "stroke=\"currentColor\" stroke-width=\"2.4\"/></symbol>"
    "<symbol id=\"fv-start\" viewBox=\"0 0 24 24\"><circle cx=\"12\" cy=\"12\" r=\"9.5\" "
    "fill=\"var(--card)\" "
    "stroke=\"var(--accent)\" stroke-width=\"3\"/></symbol></svg>";

static void put_style(fv_buf *buf)
{
    fv_buf_append_text(buf, fv_html_style);
}

/* The frame of a whole page, and its style and drawings. `heading` is the first line of the page.
 */
static void put_symbols(fv_buf *buf)
{
    fv_buf_append_text(buf, symbols);
    fv_buf_append_text(buf, more_symbols);
    fv_buf_append_text(buf, last_symbols);
}

static void begin_page(fv_buf *buf, const char *title_escaped, const char *heading_escaped)
{
    fv_buf_append_text(buf,
                       "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                       "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                       "style-src 'unsafe-inline'\">\n<meta name=\"color-scheme\" content=\"light "
                       "dark\">\n<title>");
    fv_buf_append_text(buf, title_escaped);
    fv_buf_append_text(buf, "</title>\n<style>\n");
    put_style(buf);
    fv_buf_append_text(buf, "</style>\n</head>\n<body class=\"fv-page\">\n");
    put_symbols(buf);
    fv_buf_append_text(buf, "\n<main>\n<h1>");
    fv_buf_append_text(buf, heading_escaped);
    fv_buf_append_text(buf, "</h1>\n");
}

static void end_page(fv_buf *buf)
{
    fv_buf_append_text(buf, "</main>\n<footer><p>Made by libfedval ");
    fv_buf_append_text(buf, fedval_version());
    fv_buf_append_text(
        buf, ". This page runs no script and loads nothing.</p></footer>\n</body>\n</html>\n");
}

void fv_html_begin(fv_html *out, const char *title, const fv_html_look *look)
{
    if (!out->is_fragment) {
        fv_buf name;
        fv_html writer = {.is_fragment = true};
        fv_buf_init(&name);
        if (fv_html_init(&writer, NULL) == FEDVAL_OK) {
            fv_html_text(&writer, title);
            fv_html_raw(&writer, ": ");
            fv_html_raw(&writer, look->word);
            name = writer.buf;
            fv_buf_clear(&writer.words.buf);
        }
        out->buf.failed = out->buf.failed || name.failed;
        begin_page(&out->buf, name.data, "fedval");
        fv_buf_clear(&name);
    }
    fv_html_open(out, "<article class=\"fv ", look, "\">\n<div class=\"head\">\n<h2><bdi>");
    fv_html_text(out, title);
    fv_html_raw(out, "</bdi></h2>\n<p class=\"outcome\">");
    fv_html_icon(out, look);
    fv_html_element(out, "<span>", look->word, "</span></p>\n");
}

void fv_html_end(fv_html *out)
{
    fv_html_raw(out, "</article>\n");
    if (!out->is_fragment)
        end_page(&out->buf);
}

fedval_status fedval_page_to_html(const char *title, size_t title_len, const char *fragments,
                                  size_t fragments_len, char **out_html, size_t *out_len)
{
    fv_html out;
    if (title == NULL || fragments == NULL || out_html == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_status status = fv_html_init(&out, NULL);
    if (status != FEDVAL_OK)
        return status;
    fv_out_run(&out.words, fv_text_given(title, title_len));
    fv_html_words(&out);
    fv_buf name = out.buf;
    fv_buf_init(&out.buf);
    out.buf.failed = name.failed;
    begin_page(&out.buf, name.data, name.data);
    fv_buf_clear(&name);
    fv_text parts = fv_text_given(fragments, fragments_len);
    fv_buf_append(&out.buf, parts.data, parts.len);
    end_page(&out.buf);
    return fv_html_finish(&out, out_html, out_len);
}

fedval_status fedval_html_frame(char **out_style, char **out_marks)
{
    fv_buf style, marks;
    size_t len;
    if (out_style == NULL || out_marks == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_buf_init(&style);
    fv_buf_init(&marks);
    put_style(&style);
    put_symbols(&marks);
    char *first = fv_buf_take(&style, &len), *second = fv_buf_take(&marks, &len);
    if (first == NULL || second == NULL) {
        fedval_text_free(first);
        fedval_text_free(second);
        return FEDVAL_ERROR_NO_MEMORY;
    }
    *out_style = first;
    *out_marks = second;
    return FEDVAL_OK;
}
