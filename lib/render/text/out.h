/* Text under way: safe for a terminal whatever it holds, with columns, colours and wrapping. */
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
    size_t column; /* of the line under way, from 0 */
} fv_out;

/* NULL: the defaults. ARGUMENT for options of an unknown size. */
fedval_status fv_out_init(fv_out *out, const fedval_text_options *options);
/* Hands the text over; NO_MEMORY, and nothing handed over, when memory ran short on the way. */
fedval_status fv_out_finish(fv_out *out, char **out_text, size_t *out_len);

/* Each neutralises what a terminal would act on; NULL writes nothing. */
void fv_out_text(fv_out *out, const char *text);
void fv_out_run(fv_out *out, fv_text text);
void fv_out_u64(fv_out *out, uint64_t value);
/* RFC 3339, or "unknown". */
void fv_out_time(fv_out *out, int64_t time);
/* The day alone. */
void fv_out_date(fv_out *out, int64_t time);
/* Two letters of room at least, then up to the column. */
void fv_out_pad(fv_out *out, size_t column);
void fv_out_newline(fv_out *out);
void fv_out_styled(fv_out *out, enum fv_style style, const char *text);
/* The program's word for a FEDVAL_HINT_; NULL: it has none. */
const char *fv_out_hint(const fv_out *out, uint32_t hint);
/* Prose, broken at blanks where the width asks for it; lines go on at the indent. */
void fv_out_prose(fv_out *out, const char *text, size_t indent);
/* The same behind other prose: a blank or a new line stands before its first word. */
void fv_out_more_prose(fv_out *out, const char *text, size_t indent);

#endif
