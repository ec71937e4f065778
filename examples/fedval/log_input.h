/* Logs from files, standard input ("-") and the archives in which the products export them. */
#ifndef LOG_INPUT_H
#define LOG_INPUT_H

#include "output.h"

#include <fedval/log.h>

/* Feeds a file, or every file of an archive, to the log. False when it cannot be read: the output
 * has been told. */
bool log_input_read(fedval_log *log, const char *path, cmd_output *output);

/* ---- archives (log_archive.c) ---- */

/* An archive expands to this much at most, beyond the first megabytes so many times, and holds so
 * many files. Logs shrink to a tenth or a fiftieth. */
#define LOG_ARCHIVE_MAX_BYTES ((uint64_t)4 << 30)
#define LOG_ARCHIVE_MAX_RATIO 300
#define LOG_ARCHIVE_FREE_BYTES ((uint64_t)64 << 20)
#define LOG_ARCHIVE_MAX_FILES 10000

typedef struct cmd_log_source {
    const char *name;
    int file;             /* descriptor */
    const uint8_t *first; /* what has been read of it already */
    size_t first_len;
    uint64_t num_read; /* bytes, for the progress line */
    bool shows_progress;
} cmd_log_source;

/* Whether the first bytes of a file are those of gzip, bzip2, xz, zip or tar. */
bool log_archive_is_one(const uint8_t *bytes, size_t len);
/* Feeds what the archive holds; nothing is written to disk. */
bool log_archive_read(fedval_log *log, cmd_log_source *source, cmd_output *output);
/* The line on standard error, now and then, on a terminal. */
void log_input_show_progress(cmd_log_source *source, size_t num_bytes);
void log_input_end_progress(cmd_log_source *source);

#endif
