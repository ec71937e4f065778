#include "log_input.h"

#include "inputs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PIECE ((size_t)64 << 10)
#define PROGRESS_STEP ((uint64_t)256 << 20)

void log_input_show_progress(cmd_log_source *source, size_t num_bytes)
{
    uint64_t before = source->num_read / PROGRESS_STEP;
    source->num_read += num_bytes;
    if (!isatty(STDERR_FILENO) || source->num_read / PROGRESS_STEP == before)
        return;
    /* Not the name of the file: it may hold what a terminal acts on. */
    fprintf(stderr, "\r%llu MB read", (unsigned long long)(source->num_read >> 20));
    source->shows_progress = true;
}

void log_input_end_progress(cmd_log_source *source)
{
    if (source->shows_progress)
        fputs("\r\x1b[K", stderr);
}

/* Reads on until the piece is full or the file ends; false on an error. */
static bool fill(int file, uint8_t *bytes, size_t *len)
{
    while (*len < PIECE) {
        ssize_t got = read(file, bytes + *len, PIECE - *len);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return false;
        if (got == 0)
            break;
        *len += (size_t)got;
    }
    return true;
}

static bool read_plain(fedval_log *log, cmd_log_source *source, uint8_t *bytes, size_t len,
                       cmd_output *output)
{
    fedval_status status = fedval_log_begin_source(log, source->name);
    while (status == FEDVAL_OK && len > 0) {
        status = fedval_log_feed(log, bytes, len);
        log_input_show_progress(source, len);
        len = 0;
        if (status == FEDVAL_OK && !fill(source->file, bytes, &len)) {
            output_refuse_text(output, EXIT_INPUT, source->name, strerror(errno));
            return false;
        }
    }
    if (status == FEDVAL_OK)
        status = fedval_log_end_source(log);
    if (status != FEDVAL_OK)
        output_internal(output, status);
    return status == FEDVAL_OK;
}

static bool read_any(fedval_log *log, cmd_log_source *source, uint8_t *bytes, cmd_output *output)
{
    size_t len = 0;
    if (!fill(source->file, bytes, &len)) {
        output_refuse_text(output, EXIT_INPUT, source->name, strerror(errno));
        return false;
    }
    bool ok;
    if (log_archive_is_one(bytes, len)) {
        source->first = bytes;
        source->first_len = len;
        ok = log_archive_read(log, source, output);
    } else {
        ok = read_plain(log, source, bytes, len, output);
    }
    log_input_end_progress(source);
    return ok;
}

bool log_input_read(fedval_log *log, const char *path, cmd_output *output)
{
    bool is_stdin = strcmp(path, "-") == 0;
    cmd_log_source source = {.name = input_name(path)};
    source.file = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (source.file < 0) {
        output_refuse_text(output, EXIT_INPUT, path, strerror(errno));
        return false;
    }
    uint8_t *bytes = malloc(PIECE);
    bool ok = bytes != NULL && read_any(log, &source, bytes, output);
    if (bytes == NULL)
        output_internal(output, FEDVAL_ERROR_NO_MEMORY);
    free(bytes);
    if (!is_stdin)
        close(source.file);
    return ok;
}
