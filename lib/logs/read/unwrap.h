/* Logs within something else: JSON, CSV, quoted-printable mail, colours, taken off before the
 * reader looks.
 *
 * The log within comes out as plain lines, never longer than what it was wrapped in, and the line
 * ends of the file stay where they are, so that line numbers hold: a line end of the log within is
 * FV_INNER_LINE_END, and one that the wrapping put into a line of the log is FV_SOFT_BREAK before
 * the file's own line end. The structure itself (names, brackets, numbers) is left out. */
#ifndef FV_LOGS_UNWRAP_H
#define FV_LOGS_UNWRAP_H

#include "base/bytes.h"

#define FV_INNER_LINE_END '\v'
#define FV_SOFT_BREAK 0x1f
/* JSON in JSON in JSON, as collectors of logs nest it. */
#define FV_UNWRAP_JSON_DEPTH 3
/* What may begin a document is held back until that is known. */
#define FV_UNWRAP_HELD 120
#define FV_UNWRAP_NAME 24
/* No more comes out of one byte than this. */
#define FV_UNWRAP_MARGIN 512

/* Bits: what a log lies in. */
enum {
    FV_WRAP_NONE = 0,
    FV_WRAP_JSON = 1,
    FV_WRAP_CSV = 2,
    FV_WRAP_QUOTED = 4, /* quoted-printable, RFC 2045 6.7 */
    FV_WRAP_MAIL = 8,   /* the same where a mail's own header says so */
    FV_WRAP_COLOUR = 16,
};

/* Of each level of JSON; a level reads what the one before it gives. */
typedef struct fv_json_level {
    uint8_t state;
    uint8_t quote;
    uint8_t depth;
    uint8_t num_digits;
    uint8_t name_len;
    uint8_t num_held;
    uint8_t line_ends; /* of a text, that wait for more of it */
    bool wants_key;
    bool at_line;              /* the document began a line */
    bool has_cr;               /* a \r that waits for its \n */
    bool has_text;             /* a text of the document was pushed on */
    bool has_lines;            /* one of more than one line */
    bool is_same_object;       /* the text before stood in the same object */
    bool is_waiting;           /* nothing of the text was pushed on yet */
    bool is_muted;             /* the text is about the entry, not of it */
    uint32_t code;             /* of \uXXXX */
    uint32_t high;             /* a high surrogate that waits for its other half; 0 */
    uint64_t kinds;            /* a bit a bracket that is open: 1 for an object */
    char name[FV_UNWRAP_NAME]; /* of the value, as far as it goes */
    uint8_t held[FV_UNWRAP_HELD];
} fv_json_level;

typedef struct fv_csv {
    bool is_on;
    uint8_t state;
} fv_csv;

#define FV_QUOTED_LINE_SIZE 64

typedef struct fv_quoted {
    bool is_on;
    bool is_mail;
    bool is_next; /* on from the next empty line on */
    uint8_t state;
    uint8_t digit;
    size_t line_len;
    char line[FV_QUOTED_LINE_SIZE]; /* the beginning of the line, in lower case */
} fv_quoted;

typedef struct fv_unwrap {
    uint8_t kinds;  /* 0: nothing is taken off */
    uint8_t colour; /* the state within a control sequence */
    fv_quoted quoted;
    fv_csv csv;
    fv_json_level json[FV_UNWRAP_JSON_DEPTH];
    /* fv_unwrap_push_json: a text of one level is read by the next. */
    void (*push_json)(struct fv_unwrap *unwrap, size_t level, uint8_t c);
    uint8_t *out;
    size_t out_len;
} fv_unwrap;

void fv_unwrap_init(fv_unwrap *unwrap);
/* Adds to what is taken off; `in_field`: the bytes that follow lie within a field of CSV. */
void fv_unwrap_start(fv_unwrap *unwrap, uint8_t kinds, bool in_field);
/* Unwraps from *bytes into `out` as long as both last; takes away from *bytes what was read.
 * Returns how many bytes were written. */
size_t fv_unwrap_read(fv_unwrap *unwrap, fv_bytes *bytes, uint8_t *out, size_t out_size);

/* What was held back, at the end of the source; at most FV_UNWRAP_MARGIN bytes. */
size_t fv_unwrap_finish(fv_unwrap *unwrap, uint8_t *out);

/* What the beginning of a source says that it is. */
uint8_t fv_unwrap_kinds_of_head(fv_bytes head);
/* What the line of the place `at` says, up to there; *out_from: a line from which to unwrap, at
 * `floor` or after it. */
uint8_t fv_unwrap_kinds_of_line(fv_bytes bytes, size_t floor, size_t at, size_t *out_from);
/* What stands so many bytes before and after the place says; *out_from: where that begins;
 * *out_in_field as for fv_unwrap_start. */
#define FV_UNWRAP_AROUND ((size_t)1 << 10)
uint8_t fv_unwrap_kinds_around(fv_bytes bytes, size_t floor, size_t at, size_t *out_from,
                               bool *out_in_field);

/* ---- the stages (unwrap_json.c, unwrap_csv.c, unwrap_quoted.c): each pushes on what it takes off
 * ---- */

void fv_unwrap_push_json(fv_unwrap *unwrap, size_t level, uint8_t c);
void fv_unwrap_push_csv(fv_unwrap *unwrap, uint8_t c);
void fv_unwrap_push_quoted(fv_unwrap *unwrap, uint8_t c);
void fv_unwrap_init_csv(fv_csv *csv, bool in_field);

#endif
