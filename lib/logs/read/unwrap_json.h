/* What the two files about JSON share: a document (unwrap_json.c) and its texts
 * (unwrap_json_text.c). */
#ifndef FV_LOGS_UNWRAP_JSON_H
#define FV_LOGS_UNWRAP_JSON_H

#include "logs/read/unwrap.h"

enum {
    FV_JSON_LINE, /* at the beginning of a line */
    FV_JSON_TEXT,
    FV_JSON_OPEN, /* after a bracket that may begin a document */
    FV_JSON_NAME,
    FV_JSON_AFTER_NAME,
    FV_JSON_AFTER_COLON,
    FV_JSON_STRUCTURE, /* within a document, outside its texts */
    FV_JSON_KEY,
    FV_JSON_KEY_ESCAPE,
    FV_JSON_VALUE,
    FV_JSON_VALUE_LINE, /* after a line end that nobody escaped */
    FV_JSON_ESCAPE,
    FV_JSON_UNICODE,
};

static inline bool fv_json_is_line_end(uint8_t c)
{
    return c == '\n' || c == '\r' || c == FV_INNER_LINE_END;
}

/* To the level within, or out. */
void fv_json_emit(fv_unwrap *unwrap, size_t level, uint8_t c);
/* `c` is the quotation mark. */
void fv_json_begin_text(fv_unwrap *unwrap, size_t level, uint8_t c);
void fv_json_take_value(fv_unwrap *unwrap, size_t level, uint8_t c);
void fv_json_take_value_line(fv_unwrap *unwrap, size_t level, uint8_t c);
void fv_json_take_escape(fv_unwrap *unwrap, size_t level, uint8_t c);
void fv_json_take_digit(fv_unwrap *unwrap, size_t level, uint8_t c);

#endif
