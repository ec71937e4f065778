/* Shared by the two files about JSON: documents (unwrap_json.c) and their texts
 * (unwrap_json_text.c). */
#ifndef FV_LOGS_UNWRAP_JSON_H
#define FV_LOGS_UNWRAP_JSON_H

#include "logs/read/unwrap.h"

#include <string.h>

#define FV_JSON_DEPTH_MAX 64

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
    FV_JSON_VALUE_LINE, /* after a line end inside a text that was not escaped */
    FV_JSON_ESCAPE,
    FV_JSON_UNICODE,
    FV_JSON_AFTER, /* after a document, on the same line */
    FV_JSON_BYTES, /* within a list of the bytes of a text */
};

static inline bool fv_wrapped_is_line_end(uint8_t c)
{
    return c == '\n' || c == '\r' || c == FV_INNER_LINE_END;
}

static inline void fv_wrapped_init(fv_json_level *level)
{
    memset(level, 0, sizeof(*level));
}

/* Passes `c` on to the next level, or out. */
static inline void fv_wrapped_emit(fv_unwrap *unwrap, size_t level, uint8_t c)
{
    if (level + 1 < FV_UNWRAP_JSON_DEPTH)
        unwrap->push_json(unwrap, level + 1, c);
    else
        unwrap->out[unwrap->out_len++] = c;
}

/* Passes on what was held back: it was no document. */
static inline void fv_wrapped_release(fv_unwrap *unwrap, size_t level)
{
    fv_json_level *l = &unwrap->json[level];
    for (uint8_t i = 0; i < l->num_held; i++)
        fv_wrapped_emit(unwrap, level, l->held[i]);
    l->num_held = 0;
}

/* Begins a text; `c` is its quotation mark. */
void fv_wrapped_begin_text(fv_unwrap *unwrap, size_t level, uint8_t c);
void fv_wrapped_take_value(fv_unwrap *unwrap, size_t level, uint8_t c);
/* Whether a list that begins here can hold the bytes of a text: it is the value of a message. */
bool fv_wrapped_may_be_bytes(const fv_json_level *level);
void fv_wrapped_take_byte(fv_unwrap *unwrap, size_t level, uint8_t c);
void fv_wrapped_take_value_line(fv_unwrap *unwrap, size_t level, uint8_t c);
void fv_wrapped_take_escape(fv_unwrap *unwrap, size_t level, uint8_t c);
void fv_wrapped_take_digit(fv_unwrap *unwrap, size_t level, uint8_t c);

#endif
