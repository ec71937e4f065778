/* What the formats that other programs read share. */
#ifndef FV_RENDER_EXCHANGE_H
#define FV_RENDER_EXCHANGE_H

#include "base/buf.h"
#include "model/report.h"

/* Writes all of the reports of a call. */
typedef void (*fv_exchange_write)(fv_buf *buf, const fedval_report *const *reports,
                                  size_t num_reports);

/* Checks what every such function takes, and hands over what `write` wrote. */
fedval_status fv_exchange(fv_exchange_write write, const fedval_report *const *reports,
                          size_t num_reports, char **out_text, size_t *out_len);

/* Appends `text` with what is no UTF-8, control characters and what changes the direction of text
 * as U+FFFD; line breaks and tabs become blanks. Each other character goes through `put`. */
void fv_exchange_text(fv_buf *buf, const char *text, void (*put)(fv_buf *buf, fv_text character));

/* "expe.example.com:5061 192.0.2.1" of a finding; nothing where it names no place. */
void fv_exchange_place(fv_buf *buf, const fv_where *where,
                       void (*put)(fv_buf *buf, fv_text character));

/* "R4" */
void fv_exchange_requirement(fv_buf *buf, uint32_t requirement);

#endif
