/* Files and folders of logs. */
#include "log_input.h"
#include "interrupt.h"

#include "inputs.h"
#include "options.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIECE ((size_t)64 << 10)
#define PROGRESS_STEP ((uint64_t)256 << 20)
#define FOLDER_MAX_DEPTH 8
#define FOLDER_MAX_FILES 10000
#define NAME_SIZE 1024

/* ---- progress and refusals ---- */

/* The line on standard error, now and then, on a terminal. */
static void show_progress(log_reading *reading, size_t num_bytes)
{
    uint64_t before = reading->num_read / PROGRESS_STEP;
    reading->num_read += num_bytes;
    if (!isatty(STDERR_FILENO) || reading->num_read / PROGRESS_STEP == before)
        return;
    /* Not the name of the file: it may hold what a terminal acts on. */
    fprintf(stderr, "\r%llu MB read", (unsigned long long)(reading->num_read >> 20));
    reading->shows_progress = true;
}

static void end_progress(log_reading *reading)
{
    if (reading->shows_progress)
        fputs("\r\x1b[K", stderr);
    reading->shows_progress = false;
}

bool log_reading_refuse(log_reading *reading, const char *name, const char *message)
{
    /* The first says why; what comes after follows from it. */
    if (!reading->has_failed) {
        end_progress(reading);
        output_refuse_text(reading->output, EXIT_INPUT, name,
                           message != NULL ? message : "it cannot be read");
    }
    reading->has_failed = true;
    return false;
}

void log_reading_note_other(log_reading *reading, const char *name, const log_kind *kind)
{
    if (reading->num_others++ == 0) {
        reading->other = kind;
        snprintf(reading->other_name, sizeof(reading->other_name), "%s", name);
    }
}

void log_input_note(const cmd_output *output, const char *name, const char *message)
{
    fedval_text_options options = output->options;
    char *text = NULL;
    if (output->format != FORMAT_TEXT)
        return;
    options.colour = 0;
    fedval_error *error = fedval_error_new();
    fedval_error_set(error, message, FEDVAL_NUL_ENDED, 0, 0, UINT64_MAX);
    if (fedval_error_to_text(name, FEDVAL_NUL_ENDED, FEDVAL_ERROR_FORMAT, error, &options, &text,
                             NULL) == FEDVAL_OK)
        fprintf(stderr, "fedval: %s", text);
    fedval_text_free(text);
    fedval_error_free(error);
}

/* "bundle.zip/shot.png: a picture (PNG), not read; 2 more files are no logs" */
static void tell_others(const log_reading *reading)
{
    char message[700];
    if (reading->num_others == 0)
        return;
    int len = snprintf(message, sizeof(message), "%s, not read", reading->other->name);
    if (reading->num_others > 1 && len > 0 && (size_t)len < sizeof(message)) {
        snprintf(message + len, sizeof(message) - (size_t)len, "; %zu more files are no logs",
                 reading->num_others - 1);
    }
    log_input_note(reading->output, reading->other_name, message);
}

/* A file that is no log is no fault of the folder or archive that holds logs as well. */
static bool conclude(log_reading *reading)
{
    char text[700];
    if (reading->num_logs > 0) {
        tell_others(reading);
        return true;
    }
    /* Of what was interrupted it is not known what else is in it. */
    if (reading->has_failed || reading->num_failures > 0 || interrupt_has_come())
        return false;
    if (reading->other == NULL)
        return log_reading_refuse(reading, input_name(reading->path), "no file is in it");
    snprintf(text, sizeof(text), "this is %s, no log that can be read%s%s", reading->other->name,
             reading->other->remedy != NULL ? ": " : "",
             reading->other->remedy != NULL ? reading->other->remedy : "");
    return log_reading_refuse(reading, reading->other_name, text);
}

/* ---- one stream ---- */

static bool take_log(log_reading *reading, log_stream *stream)
{
    const uint8_t *bytes;
    size_t len = 0;
    log_mail mail;
    reading->num_logs++;
    log_mail_begin(&mail, stream);
    fedval_status status = fedval_log_begin_source(reading->log, stream->name, FEDVAL_NUL_ENDED);
    while (status == FEDVAL_OK && !interrupt_has_come()) {
        if (!log_stream_next(stream, &bytes, &len))
            return false;
        if (len == 0)
            break;
        status = fedval_log_feed(reading->log, bytes, len);
        if (!log_mail_feed(&mail, bytes, len, reading->attachments))
            status = FEDVAL_ERROR_NO_MEMORY;
        show_progress(reading, len);
    }
    if (status == FEDVAL_OK && !log_mail_end(&mail, reading->attachments))
        status = FEDVAL_ERROR_NO_MEMORY;
    if (status == FEDVAL_OK)
        status = fedval_log_end_source(reading->log);
    if (status != FEDVAL_OK) {
        reading->has_failed = true;
        output_internal(reading->output, status);
    }
    return status == FEDVAL_OK;
}

bool log_reading_take(log_reading *reading, log_stream *stream, unsigned depth)
{
    static const log_kind too_deep = {LOG_CLASS_OTHER, "an archive within three others",
                                      "unpack the outer ones first", 0};
    const log_kind *kind = log_kind_of(stream->head, stream->head_len, stream->name);
    switch (kind->class) {
    case LOG_CLASS_TEXT:
        return take_log(reading, stream);
    case LOG_CLASS_FILTER:
    case LOG_CLASS_FOLDER:
        if (depth < LOG_ARCHIVE_MAX_DEPTH)
            return log_archive_read(reading, stream, kind, depth + 1);
        kind = &too_deep;
        break;
    case LOG_CLASS_OTHER:
        break;
    }
    log_reading_note_other(reading, stream->name, kind);
    return true;
}

/* ---- files ---- */

typedef struct open_file {
    log_reading *reading;
    const char *name;
    int descriptor;
    uint8_t bytes[PIECE];
} open_file;

static bool pull_file(void *context, const uint8_t **out_bytes, size_t *out_len)
{
    open_file *file = context;
    ssize_t got;
    do {
        got = read(file->descriptor, file->bytes, sizeof(file->bytes));
    } while (got < 0 && errno == EINTR && !interrupt_has_come());
    if (interrupt_has_come())
        got = 0;
    if (got < 0)
        return log_reading_refuse(file->reading, file->name, strerror(errno));
    *out_bytes = file->bytes;
    *out_len = (size_t)got;
    file->reading->num_compressed += (size_t)got;
    return true;
}

static bool take_descriptor(log_reading *reading, int descriptor, const char *name)
{
    open_file *file = calloc(1, sizeof(*file));
    log_stream *stream = calloc(1, sizeof(*stream));
    bool ok = false;
    if (file == NULL || stream == NULL) {
        reading->has_failed = true;
        output_internal(reading->output, FEDVAL_ERROR_NO_MEMORY);
        goto done;
    }
    file->reading = reading;
    file->name = name;
    file->descriptor = descriptor;
    stream->pull = pull_file;
    stream->context = file;
    stream->name = name;
    ok = log_stream_peek(stream) && log_reading_take(reading, stream, 0);
done:
    free(stream);
    free(file);
    return ok;
}

static bool take_file(log_reading *reading, const char *path, const char *name, int flags)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | flags);
    if (descriptor < 0)
        return log_reading_refuse(reading, name, strerror(errno));
    bool ok = take_descriptor(reading, descriptor, name);
    close(descriptor);
    return ok;
}

/* ---- folders ---- */

static bool take_folder(log_reading *reading, const char *path, const char *name, unsigned depth);

static bool take_member(log_reading *reading, const char *path, const char *name, unsigned depth)
{
    struct stat status;
    /* No links are followed: they lead elsewhere, or round. */
    if (lstat(path, &status) != 0)
        return log_reading_refuse(reading, name, strerror(errno));
    if (S_ISDIR(status.st_mode))
        return take_folder(reading, path, name, depth + 1);
    if (!S_ISREG(status.st_mode))
        return true;
    if (++reading->num_headers > FOLDER_MAX_FILES)
        return log_reading_refuse(reading, name, "the folder holds more than 10,000 files");
    reading->num_expanded = 0;
    reading->num_refiltered = 0;
    reading->num_compressed = 0;
    /* One that cannot be read is told; the others are read all the same. */
    take_file(reading, path, name, O_NOFOLLOW);
    reading->num_failures += reading->has_failed;
    reading->has_failed = false;
    return true;
}

static bool take_folder(log_reading *reading, const char *path, const char *name, unsigned depth)
{
    struct dirent **entries = NULL;
    if (depth > FOLDER_MAX_DEPTH)
        return log_reading_refuse(reading, name, "folders lie more than 8 deep in it");
    int count = scandir(path, &entries, NULL, alphasort);
    if (count < 0)
        return log_reading_refuse(reading, name, strerror(errno));
    bool ok = true;
    for (int i = 0; i < count; i++) {
        char inner_path[NAME_SIZE], inner_name[NAME_SIZE];
        const char *entry = entries[i]->d_name;
        if (ok && strcmp(entry, ".") != 0 && strcmp(entry, "..") != 0) {
            snprintf(inner_path, sizeof(inner_path), "%s/%s", path, entry);
            snprintf(inner_name, sizeof(inner_name), "%s/%s", name, entry);
            ok = take_member(reading, inner_path, inner_name, depth);
        }
        free(entries[i]);
    }
    free(entries);
    return ok;
}

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

bool log_input_read(fedval_log *log, const char *path, cmd_output *output,
                    log_attachment **attachments)
{
    log_reading reading = {.log = log, .output = output, .attachments = attachments, .path = path};
    const char *name = input_name(path);
    if (strcmp(path, "-") == 0)
        take_descriptor(&reading, STDIN_FILENO, name);
    else if (is_folder(path))
        take_folder(&reading, path, name, 1);
    else
        take_file(&reading, path, name, 0);
    end_progress(&reading);
    return conclude(&reading);
}
