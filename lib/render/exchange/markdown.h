/* A Markdown writer. Words that the text forms have too are made by them: into `words`, and then
 * escaped, so that nothing in the data is markup. */
#ifndef FV_RENDER_EXCHANGE_MARKDOWN_H
#define FV_RENDER_EXCHANGE_MARKDOWN_H

#include "model/report.h"
#include "render/text/out.h"

typedef struct fv_markdown {
    fv_buf buf;
    fv_out words; /* not wrapped, not coloured */
} fv_markdown;

void fv_markdown_init(fv_markdown *out);
/* As fv_out_finish. */
fedval_status fv_markdown_finish(fv_markdown *out, char **out_text, size_t *out_len);

/* Appends markup of ours, as it is. */
void fv_markdown_raw(fv_markdown *out, const char *markup);
void fv_markdown_u64(fv_markdown *out, uint64_t value);
/* Appends text, escaped; line ends become blanks. NULL writes nothing. */
void fv_markdown_text(fv_markdown *out, const char *text);
/* Appends what is in `words`, or in another text writer, in the same way, and empties it. */
void fv_markdown_words(fv_markdown *out);
void fv_markdown_take(fv_markdown *out, fv_out *words);
/* A block to copy, of what is in a text writer: its lines stay lines. */
void fv_markdown_block(fv_markdown *out, fv_out *words);
/* The same of a text. */
void fv_markdown_block_of(fv_markdown *out, const char *text);

/* One character, escaped where it could be markup. */
void fv_markdown_escaped(fv_buf *buf, fv_text character);
/* A line of a list, "- label: text", whose text `put` escapes. NULL as `text` writes nothing. */
void fv_markdown_item(fv_buf *buf, const char *label, const char *text,
                      void (*put)(fv_buf *buf, const char *text));
/* What to change, and what that comes to; what was not checked. Nothing where there is none. */
void fv_markdown_actions(fv_markdown *out, const fedval_report *report);
void fv_markdown_not_checked(fv_markdown *out, const fedval_report *report);
/* A finding: heading, message, what was wanted and seen, what mends it. */
void fv_markdown_finding(fv_buf *buf, const fedval_finding *finding);

#endif
