/* Logs from files, folders, standard input ("-") and the archives in which the products export
 * them. */
#ifndef LOG_INPUT_H
#define LOG_INPUT_H

#include "output.h"

#include <fedval/log.h>

/* What is attached to a mail and is no text. */
typedef struct log_attachment {
    struct log_attachment *next;
    char source[512]; /* the mail, as the log names it */
    char name[700];
    const struct log_kind *kind;
} log_attachment;

/* Feeds a file, every file of a folder, or every file of an archive to the log, and adds to
 * `*attachments` what is attached to mails. False when nothing of it could be read: the output has
 * been told. */
bool log_input_read(fedval_log *log, const char *path, cmd_output *output,
                    log_attachment **attachments);
/* Tells that something is not read, if the output is text; exit status and documents stay. */
void log_input_note(const cmd_output *output, const char *name, const char *message);

/* ---- what a file is (log_kind.c) ---- */

typedef enum log_class {
    LOG_CLASS_TEXT,   /* a log, as far as its first bytes tell */
    LOG_CLASS_FILTER, /* one file, compressed */
    LOG_CLASS_FOLDER, /* an archive of several */
    LOG_CLASS_OTHER,  /* neither */
} log_class;

typedef struct log_kind {
    log_class class;
    const char *name;   /* "a PDF document" */
    const char *remedy; /* how to get a log out of it; NULL: nothing known */
    int code;           /* of libarchive: a filter or a format */
} log_kind;

/* What begins with these bytes, of which LOG_KIND_BYTES are enough; `name` counts for binary data
 * that says nothing itself. Static. */
#define LOG_KIND_BYTES ((size_t)4096)
const log_kind *log_kind_of(const uint8_t *bytes, size_t len, const char *name);

/* ---- a stream of bytes, whose first ones can be looked at (log_stream.c) ---- */

/* Gives the next bytes, which are valid until the next call; 0 of them at the end. False on an
 * error, of which the output has been told. */
typedef bool log_pull(void *context, const uint8_t **out_bytes, size_t *out_len);

typedef struct log_stream {
    log_pull *pull;
    void *context;
    const char *name;
    uint8_t head[LOG_KIND_BYTES];
    size_t head_len;
    /* What the last block held beyond the head. */
    const uint8_t *rest;
    size_t rest_len;
    bool head_given;
} log_stream;

/* Fills the head; false on an error. */
bool log_stream_peek(log_stream *stream);
/* The next bytes, the head first. */
bool log_stream_next(log_stream *stream, const uint8_t **out_bytes, size_t *out_len);

/* ---- one run through a file or a folder ---- */

typedef struct log_reading {
    fedval_log *log;
    cmd_output *output;
    log_attachment **attachments;
    const char *path;
    uint64_t num_compressed; /* bytes read of the file */
    uint64_t num_expanded;   /* bytes that came out of any filter or container */
    uint64_t num_refiltered; /* bytes that went from one filter into another */
    size_t num_headers;      /* of archives */
    size_t num_logs;         /* files that were fed to the log */
    /* The first that is no log, and how many there are. */
    const log_kind *other;
    char other_name[512];
    size_t num_others;
    uint64_t num_read; /* for the progress line */
    bool shows_progress;
    bool has_failed;     /* the output has been told */
    size_t num_failures; /* of a folder's files */
} log_reading;

/* Feeds a stream that has been peeked at, whatever it is; `depth`: how many filters and containers
 * it lies in. False when the reading cannot go on. */
bool log_reading_take(log_reading *reading, log_stream *stream, unsigned depth);
/* Refuses the file as a whole, with `message`. Always returns false. */
bool log_reading_refuse(log_reading *reading, const char *name, const char *message);
void log_reading_note_other(log_reading *reading, const char *name, const log_kind *kind);

/* ---- archives (log_archive.c) ---- */

/* An archive expands to this much at most, all filters together; beyond the first megabytes, so
 * many times. Logs shrink to a tenth or a fiftieth. */
#define LOG_ARCHIVE_MAX_BYTES ((uint64_t)4 << 30)
#define LOG_ARCHIVE_MAX_RATIO 300
#define LOG_ARCHIVE_FREE_BYTES ((uint64_t)16 << 20)
/* What was compressed once does not shrink again. */
#define LOG_ARCHIVE_MAX_REFILTERED 4
#define LOG_ARCHIVE_FREE_REFILTERED ((uint64_t)1 << 20)
#define LOG_ARCHIVE_MAX_HEADERS 10000
/* A header is not free, however small. */
#define LOG_ARCHIVE_HEADER_BYTES 512
/* Filters and containers around a log: an Expressway's .tar.gz inside a .zip. */
#define LOG_ARCHIVE_MAX_DEPTH 3
#define LOG_ARCHIVE_MAX_MEMORY ((uint64_t)128 << 20)

/* Feeds what an archive holds; nothing is written to disk. */
bool log_archive_read(log_reading *reading, log_stream *stream, const log_kind *kind,
                      unsigned depth);

/* ---- mails (log_mail.c) ---- */

/* The state of a mail that is fed. */
typedef struct log_mail {
    bool is_mail;
    bool is_base64;
    bool has_attachment;
    int state;
    const char *source;
    size_t line_len;
    size_t head_len;
    uint32_t bits;
    unsigned num_bits;
    char name[160];   /* of the attachment */
    uint8_t head[64]; /* the beginning of the attachment, decoded */
    char line[1024];
} log_mail;

/* Begins with a stream that has been peeked at. */
void log_mail_begin(log_mail *mail, const log_stream *stream);
/* These note the first attachment that is no text. False if memory is short. */
bool log_mail_feed(log_mail *mail, const uint8_t *bytes, size_t len, log_attachment **attachments);
bool log_mail_end(log_mail *mail, log_attachment **attachments);
/* The attachment of the mail `source`; NULL. */
const log_attachment *log_attachment_of(const log_attachment *attachments, const char *source);
void log_attachments_free(log_attachment *attachments);

#endif
