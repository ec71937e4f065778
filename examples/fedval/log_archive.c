/* Archives, through libarchive, in memory alone and with bounds. */
#include "log_input.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct magic {
    const char *bytes;
    size_t len;
    size_t offset;
} magic;

static const magic magics[] = {
    {"\x1f\x8b", 2, 0},
    {"BZh", 3, 0},
    {"\xfd"
     "7zXZ",
     5, 0},
    {"PK\x03\x04", 4, 0},
    {"ustar", 5, 257},
};

bool log_archive_is_one(const uint8_t *bytes, size_t len)
{
    for (size_t i = 0; i < sizeof(magics) / sizeof(magics[0]); i++) {
        const magic *m = &magics[i];
        if (len >= m->offset + m->len && memcmp(bytes + m->offset, m->bytes, m->len) == 0)
            return true;
    }
    return false;
}

#ifdef HAVE_LIBARCHIVE

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <unistd.h>

typedef struct reading {
    cmd_log_source *source;
    cmd_output *output;
    fedval_log *log;
    uint64_t num_bytes;      /* expanded */
    uint64_t num_compressed; /* read of the file */
    size_t num_files;
    bool first_given;
    uint8_t bytes[64 << 10];
} reading;

/* What was read of the file to see what it is, then the rest of it. */
static la_ssize_t read_compressed(struct archive *archive, void *context, const void **out_bytes)
{
    reading *r = context;
    (void)archive;
    if (!r->first_given) {
        r->first_given = true;
        r->num_compressed = r->source->first_len;
        *out_bytes = r->source->first;
        return (la_ssize_t)r->source->first_len;
    }
    ssize_t got;
    do {
        got = read(r->source->file, r->bytes, sizeof(r->bytes));
    } while (got < 0 && errno == EINTR);
    *out_bytes = r->bytes;
    r->num_compressed += got > 0 ? (uint64_t)got : 0;
    return got;
}

static bool refuse(reading *r, const char *message)
{
    output_refuse_text(r->output, EXIT_INPUT, r->source->name, message);
    return false;
}

static bool feed_block(reading *r, const void *bytes, size_t len)
{
    r->num_bytes += len;
    if (r->num_bytes > LOG_ARCHIVE_MAX_BYTES)
        return refuse(r, "the archive expands to more than 4 GiB");
    if (r->num_bytes > LOG_ARCHIVE_FREE_BYTES &&
        r->num_bytes / LOG_ARCHIVE_MAX_RATIO > r->num_compressed)
        return refuse(r, "the archive expands more than 300 times: no log does");
    fedval_status status = fedval_log_feed(r->log, bytes, len);
    log_input_show_progress(r->source, len);
    if (status != FEDVAL_OK)
        output_internal(r->output, status);
    return status == FEDVAL_OK;
}

static bool feed_entry(reading *r, struct archive *archive, const char *name)
{
    fedval_status status = fedval_log_begin_source(r->log, name);
    if (status != FEDVAL_OK) {
        output_internal(r->output, status);
        return false;
    }
    for (;;) {
        const void *bytes;
        size_t len;
        la_int64_t offset;
        int result = archive_read_data_block(archive, &bytes, &len, &offset);
        if (result == ARCHIVE_EOF)
            break;
        if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
            return refuse(r, archive_error_string(archive));
        if (len > 0 && !feed_block(r, bytes, len))
            return false;
    }
    return fedval_log_end_source(r->log) == FEDVAL_OK;
}

/* "bundle.tar.gz/loggingsnapshot.txt"; a compressed single file has no name of its own. */
static bool read_entry(reading *r, struct archive *archive, struct archive_entry *entry)
{
    const char *inner = archive_entry_pathname(entry);
    char name[512];
    if (++r->num_files > LOG_ARCHIVE_MAX_FILES)
        return refuse(r, "the archive holds more than 10,000 files");
    if (inner == NULL || strcmp(inner, "data") == 0)
        snprintf(name, sizeof(name), "%s", r->source->name);
    else
        snprintf(name, sizeof(name), "%s/%s", r->source->name, inner);
    return feed_entry(r, archive, name);
}

static bool read_entries(reading *r, struct archive *archive)
{
    for (;;) {
        struct archive_entry *entry;
        int result = archive_read_next_header(archive, &entry);
        if (result == ARCHIVE_EOF)
            return true;
        if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
            return refuse(r, archive_error_string(archive));
        mode_t type = archive_entry_filetype(entry);
        if ((type == AE_IFREG || type == 0) && !read_entry(r, archive, entry))
            return false;
    }
}

bool log_archive_read(fedval_log *log, cmd_log_source *source, cmd_output *output)
{
    reading *r = calloc(1, sizeof(*r));
    struct archive *archive = archive_read_new();
    bool ok = false;
    if (r == NULL || archive == NULL) {
        output_internal(output, FEDVAL_ERROR_NO_MEMORY);
        goto done;
    }
    *r = (reading){.source = source, .output = output, .log = log};
    archive_read_support_filter_gzip(archive);
    archive_read_support_filter_bzip2(archive);
    archive_read_support_filter_xz(archive);
    archive_read_support_format_tar(archive);
    archive_read_support_format_zip_streamable(archive);
    archive_read_support_format_raw(archive);
    if (archive_read_open(archive, r, NULL, read_compressed, NULL) == ARCHIVE_OK)
        ok = read_entries(r, archive);
    else
        refuse(r, archive_error_string(archive));
done:
    if (archive != NULL)
        archive_read_free(archive);
    free(r);
    return ok;
}

#else

bool log_archive_read(fedval_log *log, cmd_log_source *source, cmd_output *output)
{
    (void)log;
    output_refuse_text(
        output, EXIT_INPUT, source->name,
        "an archive, and this program was built without libarchive: unpack it first");
    return false;
}

#endif
