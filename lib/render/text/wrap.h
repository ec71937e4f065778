/* Breaks a line that is wider than wanted. */
#ifndef FV_RENDER_WRAP_H
#define FV_RENDER_WRAP_H

#include "base/buf.h"

/* Breaks the last line of `buf`, which begins at `start` and has no end yet, at blanks, so that it
 * keeps to `width` columns where its words do. A continued line begins below the last column of the
 * line's table, or two columns in. Nothing is broken from `record` on, an offset into `buf`: a
 * record is copied from the screen as it is. It has a line of its own if it is too wide.
 * `record` 0: there is none. */
void fv_wrap_line(fv_buf *buf, size_t start, size_t width, size_t record);

#endif
