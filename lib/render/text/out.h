/* A text writer. Whatever is written, the output is safe for a terminal; it has columns, colours
 * and wrapping. */
#ifndef FV_RENDER_OUT_H
#define FV_RENDER_OUT_H

#include "base/buf.h"
#include "base/text.h"
#include "fedval/render.h"

/* A mark, or an emphasis. */
enum fv_style { FV_PLAIN, FV_BOLD, FV_RED, FV_YELLOW, FV_GREEN, FV_DIM };

typedef struct fv_out {
    fv_buf buf;
    fedval_text_options options;
    size_t column; /* of the current line, from 0 */
    bool breaks;   /* lines that are wider than wanted are broken at blanks */
    size_t line;   /* where the current line begins in `buf` */
    size_t record; /* where a record begins in it; 0: it has none */
} fv_out;

/* `options` NULL: the defaults. ARGUMENT: `options` has an unknown size. */
fedval_status fv_out_init(fv_out *out, const fedval_text_options *options);
/* Hands the text over to the caller. NO_MEMORY, with nothing handed over: memory ran short at some
 * point. */
fedval_status fv_out_finish(fv_out *out, char **out_text, size_t *out_len);

/* Each escapes the characters that a terminal would act on. NULL writes nothing. */
void fv_out_text(fv_out *out, const char *text);
void fv_out_run(fv_out *out, fv_text text);
void fv_out_u64(fv_out *out, uint64_t value);
/* RFC 3339, or "unknown". */
void fv_out_time(fv_out *out, int64_t time);
/* The day alone. */
void fv_out_date(fv_out *out, int64_t time);
/* Writes blanks up to `column`, at least one. */
void fv_out_pad(fv_out *out, size_t column);
/* Ends the line. It is broken before, where `breaks` asks for it. */
void fv_out_newline(fv_out *out);
/* The rest of the line is a record, such as a line of a zone: it is not broken. */
void fv_out_begin_record(fv_out *out);
void fv_out_styled(fv_out *out, enum fv_style style, const char *text);
/* Returns the word that the calling program has for a FEDVAL_HINT_; NULL: it has none. */
const char *fv_out_hint(const fv_out *out, uint32_t hint);
/* Writes prose. If the width asks for it, the text is broken at blanks and goes on at column
 * `indent` of the next line. */
void fv_out_prose(fv_out *out, const char *text, size_t indent);
/* The same, after other prose on the same line: a blank or a line break comes before its first
 * word. */
void fv_out_more_prose(fv_out *out, const char *text, size_t indent);
/* Writes the words of `text` that the line has room for; "..." stands for the others. Without a
 * width all are written. */
void fv_out_first_words(fv_out *out, const char *text);

#endif
