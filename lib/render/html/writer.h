/* An HTML writer. Whatever text is written, it cannot become markup, and what cannot be seen is
 * shown as an escape. Words that the text forms have too are made by them: into `words`, and then
 * escaped. */
#ifndef FV_RENDER_HTML_WRITER_H
#define FV_RENDER_HTML_WRITER_H

#include "fedval/html.h"
#include "render/text/out.h"

typedef struct fv_html {
    fv_buf buf;
    fv_out words; /* not wrapped, not coloured */
    bool is_fragment;
} fv_html;

/* `options` NULL: the defaults. ARGUMENT: `options` has an unknown size. */
fedval_status fv_html_init(fv_html *out, const fedval_html_options *options);
/* Hands the text over to the caller. NO_MEMORY, with nothing handed over: memory ran short at some
 * point. */
fedval_status fv_html_finish(fv_html *out, char **out_text, size_t *out_len);

/* Appends markup of ours, as it is. */
void fv_html_raw(fv_html *out, const char *markup);
/* Appends text, escaped for elements and for attributes in quotation marks. NULL writes nothing. */
void fv_html_text(fv_html *out, const char *text);
/* The same of several lines, which stay lines. */
void fv_html_lines(fv_html *out, const char *text);
void fv_html_u64(fv_html *out, uint64_t value);
/* A value from outside, set apart from the direction of the text around it. */
void fv_html_value(fv_html *out, const char *text);
/* Markup, text, markup. */
void fv_html_element(fv_html *out, const char *before, const char *text, const char *after);

/* Writes what is in `words`, escaped, and empties it. */
void fv_html_words(fv_html *out);
/* The same for another text writer. */
void fv_html_take(fv_html *out, fv_out *words);

#endif
