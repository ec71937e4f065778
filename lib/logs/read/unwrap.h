/* Logs inside something else: JSON, CSV, mail, addresses of the web, colours. The wrapping is
 * removed before the reader looks.
 *
 * The log comes out as plain lines, never longer than its wrapped form. Line numbers stay right,
 * because the line ends of the file are kept: a line end of the inner log becomes
 * FV_INNER_LINE_END, and a line end that the wrapping put into a line of the log becomes
 * FV_SOFT_BREAK before the file's own line end. The structure itself (names, brackets, numbers) is
 * left out. */
#ifndef FV_LOGS_UNWRAP_H
#define FV_LOGS_UNWRAP_H

#include "base/bytes.h"

#define FV_INNER_LINE_END '\v'
#define FV_SOFT_BREAK 0x1f
#define FV_STRUCK_OUT '\b' /* characters are missing here, so the word is not known */
/* JSON in JSON in JSON, as collectors of logs nest it. */
#define FV_UNWRAP_JSON_DEPTH 3
/* So many bytes are held back until it is known whether they begin a document. */
#define FV_UNWRAP_HELD 120
#define FV_UNWRAP_NAME 24
/* One byte read gives at most so many bytes written. */
#define FV_UNWRAP_MARGIN 512

/* Bits: what the log is wrapped in. */
enum {
    FV_WRAP_NONE = 0,
    FV_WRAP_JSON = 1,
    FV_WRAP_CSV = 2,
    FV_WRAP_QUOTED = 4, /* quoted-printable, RFC 2045 6.7 */
    FV_WRAP_MAIL = 8,   /* the same and base64, switched on by the header of a mail */
    FV_WRAP_COLOUR = 16,
    FV_WRAP_PERCENT = 32,      /* RFC 3986 2.1 */
    FV_WRAP_FORM = 64,         /* with it: a blank is a "+" */
    FV_WRAP_CSV_LINES = 512,   /* with CSV: each row is one line of the log */
    FV_WRAP_BARE_COLOUR = 128, /* without the escape characters */
    FV_WRAP_BASE64 = 256,      /* without the header of a mail */
    FV_WRAP_OCTETS = 1024,     /* syslog whose messages are counted, RFC 6587 3.4.1 */
    FV_WRAP_COUNTED = 2048,    /* with it: the counts are right */
};

#define FV_OCTETS_DIGITS 12
/* The digits, " <", three digits of the priority, ">". */
#define FV_OCTETS_HELD (FV_OCTETS_DIGITS + 6)

typedef struct fv_octets {
    size_t left; /* of the frame, from the first byte that is held on; SIZE_MAX: not known */
    uint8_t num_held;
    uint8_t num_digits; /* of those held, before the blank */
    uint8_t last;       /* the byte before what is held */
    uint8_t held[FV_OCTETS_HELD];
} fv_octets;

/* Where a terminal's control sequence is. */
enum { FV_COLOUR_OUTSIDE, FV_COLOUR_ESCAPE, FV_COLOUR_SEQUENCE, FV_COLOUR_STRING };

#define FV_COLOUR_HELD 16

typedef struct fv_colour {
    uint8_t state;
    uint8_t num_held;
    uint8_t held[FV_COLOUR_HELD]; /* the beginning of a sequence without its escape character */
} fv_colour;

/* The state of one level of JSON. Each level reads what the level outside it gives. */
typedef struct fv_json_level {
    uint8_t state;
    uint8_t quote;
    uint8_t depth;
    uint8_t num_digits;
    uint8_t colour; /* FV_COLOUR_: where in a control sequence the text is */
    uint8_t name_len;
    uint8_t num_held;
    uint8_t line_ends; /* line ends of a text that are held until more text follows */
    bool wants_key;
    bool at_line;              /* the document began a line */
    bool has_cr;               /* a \r that waits for its \n */
    bool has_text;             /* a text of the document was already passed on */
    bool has_lines;            /* one such text had more than one line */
    bool is_same_object;       /* the text that was passed on last was in the same object */
    bool is_waiting;           /* the text has begun, and nothing of it was passed on yet */
    bool is_muted;             /* the text describes the entry and is not part of the log */
    uint32_t code;             /* of \uXXXX */
    uint32_t high;             /* a high surrogate that waits for its other half; 0 */
    uint64_t kinds;            /* one bit per open bracket: 1 for an object */
    char name[FV_UNWRAP_NAME]; /* beginning of the name of the value */
    uint8_t held[FV_UNWRAP_HELD];
} fv_json_level;

#define FV_CSV_HELD 64

typedef struct fv_csv {
    bool is_on;
    bool is_waiting; /* the field has begun, and nothing of it was passed on yet */
    bool has_lines;  /* the field has more than one line */
    bool has_text;   /* a field of this row was passed on */
    uint8_t state;
    bool is_lines;     /* each row is one line of the log */
    uint8_t before;    /* the separator before this field; 0: it is the first of its row */
    uint8_t separator; /* that was seen before or after a quoted field; 0: none yet */
    uint8_t num_held;
    uint8_t held[FV_CSV_HELD];
} fv_csv;

#define FV_QUOTED_LINE_SIZE 64

typedef struct fv_quoted {
    bool is_on;
    bool is_mail;
    bool is_base64;
    bool is_next; /* decode from the next empty line on */
    bool is_next_base64;
    bool has_cr; /* the last byte was a CR: alone, it ends a line as well */
    uint8_t state;
    uint8_t digit;
    uint8_t num_bits; /* of base64, not passed on yet */
    uint32_t bits;
    size_t line_len;
    char line[FV_QUOTED_LINE_SIZE]; /* the beginning of the line, in lower case */
} fv_quoted;

typedef struct fv_percent {
    uint8_t state;
    uint8_t digit;
} fv_percent;

typedef struct fv_unwrap {
    uint16_t kinds; /* 0: nothing is removed */
    fv_octets octets;
    fv_colour colour;
    fv_percent percent;
    fv_quoted quoted;
    fv_csv csv;
    fv_json_level json[FV_UNWRAP_JSON_DEPTH];
    /* Where a nested level hands its bytes: `fv_unwrap_push_json`, since the text of level n is
     * JSON for level n + 1. */
    void (*push_json)(struct fv_unwrap *unwrap, size_t level, uint8_t c);
    uint8_t *out;
    size_t out_len;
} fv_unwrap;

void fv_unwrap_init(fv_unwrap *unwrap);
/* Removes `kinds` too from now on. `in_field`: the next bytes are inside a CSV field. */
void fv_unwrap_start(fv_unwrap *unwrap, uint16_t kinds, bool in_field);
/* Unwraps from `*bytes` into `out` until one of them is used up, and moves `*bytes` past what was
 * read. Returns how many bytes were written. */
size_t fv_unwrap_read(fv_unwrap *unwrap, fv_bytes *bytes, uint8_t *out, size_t out_size);

/* Writes what was held back, at the end of the source: at most FV_UNWRAP_MARGIN bytes. */
size_t fv_unwrap_finish(fv_unwrap *unwrap, uint8_t *out);

/* Returns the wrappings that the beginning of a source shows. */
uint16_t fv_unwrap_kinds_of_head(fv_bytes head);
/* Returns the wrappings that the line of `at` shows before `at`. Sets `*out_from` to the start of a
 * line, at or after `floor`, from which to unwrap. */
uint16_t fv_unwrap_kinds_of_line(fv_bytes bytes, size_t floor, size_t at, size_t *out_from);
/* Returns the wrappings that so many bytes before and after `at` show. Sets `*out_from` to where to
 * begin; `*out_in_field` has the meaning of `in_field` of fv_unwrap_start. */
#define FV_UNWRAP_AROUND ((size_t)1 << 10)
uint16_t fv_unwrap_kinds_around(fv_bytes bytes, size_t floor, size_t at, size_t *out_from,
                                bool *out_in_field);

/* Whether a value of a record is about the entry and no part of it: the time, or one word such as
 * the name of a host. `is_named`: its name tells that it is no message. */
bool fv_unwrap_is_about(const uint8_t *value, size_t len, bool is_named);
/* Whether a value with this character can still be one. */
bool fv_unwrap_may_be_about(uint8_t c);

/* Returns the percent-encoding that the bytes from `from` to `to` show. */
uint16_t fv_unwrap_percent_kinds(fv_bytes bytes, size_t from, size_t to);
/* Returns FV_WRAP_BARE_COLOUR if the bytes from `from` to `to` hold colours without their escape
 * characters. */
uint16_t fv_unwrap_bare_colours(fv_bytes bytes, size_t from, size_t to);
/* Returns FV_WRAP_OCTETS if the beginning of a source holds counted messages of syslog, and
 * FV_WRAP_COUNTED too if their counts are right. */
uint16_t fv_unwrap_octets(fv_bytes head);
/* Returns FV_WRAP_BASE64 if the beginning of a source is text in base64 and nothing else. */
uint16_t fv_unwrap_bare_base64(fv_bytes head);
/* Returns FV_WRAP_CSV if the line of `at`, which begins at `line`, is one row of a table with
 * quoted fields. */
uint16_t fv_unwrap_csv_row(fv_bytes bytes, size_t line, size_t at);

/* ---- the stages (unwrap_json.c, unwrap_csv.c, unwrap_quoted.c and so on): each removes its
 * wrapping and passes the rest on ---- */

void fv_unwrap_push_octets(fv_unwrap *unwrap, uint8_t c);
void fv_unwrap_push_colour(fv_unwrap *unwrap, uint8_t c);
void fv_unwrap_push_json(fv_unwrap *unwrap, size_t level, uint8_t c);
void fv_unwrap_push_csv(fv_unwrap *unwrap, uint8_t c);
void fv_unwrap_push_base64(fv_unwrap *unwrap, uint8_t c);
void fv_unwrap_push_quoted(fv_unwrap *unwrap, uint8_t c);
void fv_unwrap_push_percent(fv_unwrap *unwrap, uint8_t c);
void fv_unwrap_init_octets(fv_octets *octets);
void fv_unwrap_init_csv(fv_csv *csv, bool in_field);
/* Passes on what may have begun a frame. */
void fv_unwrap_finish_octets(fv_unwrap *unwrap);
/* Passes on what may have begun a colour. */
void fv_unwrap_finish_colour(fv_unwrap *unwrap);
/* Passes on a field that was not ended. */
void fv_unwrap_finish_csv(fv_unwrap *unwrap);

#endif
