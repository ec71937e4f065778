/* Archives, through libarchive, in memory alone and with bounds. One libarchive reader opens one
 * filter or one container; what it gives is counted, and looked at again: so no layer is free. */
#include "gzip_sum.h"
#include "interrupt.h"
#include "log_input.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef HAVE_LIBARCHIVE

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>

typedef struct layer {
    log_reading *reading;
    log_stream *below;
    struct archive *archive;
    const char *name;
    bool refilters; /* a filter within another */
    bool is_gzip;
    gzip_sum sum; /* gzip */
} layer;

static const char damaged_inside[] =
    "damaged: what is packed in it is not what was packed; copy or fetch it again";

static bool is_within_limits(log_reading *reading, const char *name)
{
    uint64_t expanded = reading->num_expanded + reading->num_headers * LOG_ARCHIVE_HEADER_BYTES;
    if (expanded > LOG_ARCHIVE_MAX_BYTES)
        return log_reading_refuse(reading, name, "the archive expands to more than 4 GiB");
    if (expanded > LOG_ARCHIVE_FREE_BYTES &&
        expanded / LOG_ARCHIVE_MAX_RATIO > reading->num_compressed) {
        return log_reading_refuse(reading, name,
                                  "the archive expands more than 300 times: no log does");
    }
    if (reading->num_refiltered > LOG_ARCHIVE_FREE_REFILTERED &&
        reading->num_refiltered / LOG_ARCHIVE_MAX_REFILTERED > reading->num_compressed) {
        return log_reading_refuse(reading, name,
                                  "the archive was compressed more than once, and each time it "
                                  "shrank: no log does");
    }
    if (reading->num_headers > LOG_ARCHIVE_MAX_HEADERS) {
        return log_reading_refuse(reading, name,
                                  "the archive holds more than 10,000 files and folders");
    }
    return true;
}

static la_ssize_t read_below(struct archive *archive, void *context, const void **out_bytes)
{
    layer *l = context;
    const uint8_t *bytes;
    size_t len;
    if (!log_stream_next(l->below, &bytes, &len)) {
        archive_set_error(archive, EIO, "it cannot be read");
        return ARCHIVE_FATAL;
    }
    l->reading->num_refiltered += l->refilters ? len : 0;
    if (!is_within_limits(l->reading, l->name))
        return ARCHIVE_FATAL;
    if (l->is_gzip)
        gzip_sum_packed(&l->sum, bytes, len);
    *out_bytes = bytes;
    return (la_ssize_t)len;
}

/* Our words for the reasons of libarchive that hold one of theirs. */
static const struct {
    const char *theirs, *ours;
} reasons[] = {
    {"it cannot be read", "it cannot be read"},
    {"ncrypt", "the archive is encrypted: unpack it with its password first"},
    {"assphrase", "the archive is encrypted: unpack it with its password first"},
    {"nsupported", "the archive is packed in a way that is not known here: unpack it first"},
    {"not supported", "the archive is packed in a way that is not known here: unpack it first"},
    {"memory", "there is not enough memory to unpack the archive: unpack it first"},
};

static bool refuse_damaged(layer *l)
{
    const char *theirs = archive_error_string(l->archive);
    const char *ours = "the archive is cut off or damaged, so not all of it was read: copy or "
                       "fetch it again";
    for (size_t i = 0; theirs != NULL && i < sizeof(reasons) / sizeof(reasons[0]); i++) {
        if (strstr(theirs, reasons[i].theirs) != NULL) {
            ours = reasons[i].ours;
            break;
        }
    }
    return log_reading_refuse(l->reading, l->name, ours);
}

/* What was read of it stays. */
static void tell_wrong_sum(layer *l)
{
    (void)log_reading_refuse(l->reading, l->name, damaged_inside);
}

/* What was interrupted ends early and is not damaged: its sum is not that of the whole. */
static void end_entry(layer *l)
{
    if (l->is_gzip && !interrupt_has_come() && gzip_sum_is_wrong(&l->sum))
        tell_wrong_sum(l);
}

/* What the reader gives is the stream of the layer above. */
static bool pull_entry(void *context, const uint8_t **out_bytes, size_t *out_len)
{
    layer *l = context;
    const void *bytes;
    la_int64_t offset;
    do {
        int result = archive_read_data_block(l->archive, &bytes, out_len, &offset);
        if (result == ARCHIVE_EOF || interrupt_has_come()) {
            *out_len = 0;
            end_entry(l);
            return true;
        }
        if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
            return refuse_damaged(l);
        if (result == ARCHIVE_WARN) { /* of the entry's sum or length */
            tell_wrong_sum(l);
        }
    } while (*out_len == 0);
    *out_bytes = bytes;
    if (l->is_gzip)
        gzip_sum_unpacked(&l->sum, *out_bytes, *out_len);
    l->reading->num_expanded += *out_len;
    return is_within_limits(l->reading, l->name);
}

/* A reader of tar stops where its files end, before the sum of what they are packed in. What is
 * there besides is padding; of more than that the sum is left alone. */
static bool read_to_end(layer *l)
{
    const uint8_t *bytes;
    size_t len = 1;
    uint64_t most = l->reading->num_expanded + LOG_ARCHIVE_FREE_BYTES;
    while (len > 0 && l->reading->num_expanded <= most && !interrupt_has_come()) {
        if (!pull_entry(l, &bytes, &len))
            return false;
    }
    return true;
}

/* "bundle.tar.gz/loggingsnapshot.txt"; a compressed single file has no name of its own. */
static bool take_entry(layer *l, const log_kind *kind, const char *inner, unsigned depth)
{
    char name[512];
    if (kind->class == LOG_CLASS_FILTER || inner == NULL)
        snprintf(name, sizeof(name), "%s", l->name);
    else
        snprintf(name, sizeof(name), "%s/%s", l->name, inner);
    log_stream *stream = calloc(1, sizeof(*stream));
    if (stream == NULL) {
        l->reading->has_failed = true;
        output_internal(l->reading->output, FEDVAL_ERROR_NO_MEMORY);
        return false;
    }
    stream->pull = pull_entry;
    stream->context = l;
    stream->name = name;
    bool ok = log_stream_peek(stream) && log_reading_take(l->reading, stream, depth);
    bool was_taken = stream->head_given; /* as a log, or as another archive */
    free(stream);
    return ok && (!l->is_gzip || !was_taken || read_to_end(l));
}

static bool take_entries(layer *l, const log_kind *kind, unsigned depth)
{
    for (;;) {
        struct archive_entry *entry;
        int result = archive_read_next_header(l->archive, &entry);
        if (result == ARCHIVE_EOF || interrupt_has_come())
            return true;
        if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
            return refuse_damaged(l);
        l->reading->num_headers++;
        if (!is_within_limits(l->reading, l->name))
            return false;
        mode_t type = archive_entry_filetype(entry);
        if ((type == AE_IFREG || type == 0) &&
            !take_entry(l, kind, archive_entry_pathname(entry), depth))
            return false;
    }
}

static struct archive *new_reader(const log_kind *kind)
{
    struct archive *archive = archive_read_new();
    if (archive == NULL)
        return NULL;
    /* Exactly one layer: libarchive would go on through filters that nobody counts. */
    if (kind->class == LOG_CLASS_FILTER) {
        archive_read_support_format_raw(archive);
        archive_read_append_filter(archive, kind->code);
    } else {
        archive_read_append_filter(archive, ARCHIVE_FILTER_NONE);
        if (kind->code == ARCHIVE_FORMAT_TAR)
            archive_read_support_format_tar(archive);
        else
            archive_read_support_format_zip_streamable(archive);
    }
    return archive;
}

/* The dictionary of the first block (xz file format 1.2.0, 3.1 and 5.3.1): as much memory is
 * wanted. 0: it cannot be told. */
static uint64_t xz_dictionary(const uint8_t *bytes, size_t len)
{
    size_t header = 12;
    if (len < header + 6)
        return 0;
    uint8_t flags = bytes[header + 1];
    size_t at = header + 2;
    for (int sizes = ((flags & 0x40) != 0) + ((flags & 0x80) != 0); sizes > 0; sizes--) {
        while (at < len && (bytes[at] & 0x80) != 0)
            at++;
        at++;
    }
    for (unsigned filter = 0; filter <= (flags & 3u) && at + 2 < len; filter++) {
        uint8_t id = bytes[at], size = bytes[at + 1], bits = bytes[at + 2];
        if (id == 0x21 && size == 1)
            return bits >= 40 ? UINT32_MAX : (uint64_t)(2 | (bits & 1)) << (bits / 2 + 11);
        at += 2u + size;
    }
    return 0;
}

bool log_archive_read(log_reading *reading, log_stream *stream, const log_kind *kind,
                      unsigned depth)
{
    layer l = {.reading = reading, .below = stream, .name = stream->name};
    bool is_filter = kind->class == LOG_CLASS_FILTER;
    if (is_filter && kind->code == ARCHIVE_FILTER_XZ &&
        xz_dictionary(stream->head, stream->head_len) > LOG_ARCHIVE_MAX_MEMORY) {
        return log_reading_refuse(reading, stream->name,
                                  "more than 128 MiB of memory is needed to unpack it: xz made it "
                                  "with a larger dictionary than its -9; unpack it first");
    }
    l.refilters = is_filter && depth > 1;
    l.is_gzip = is_filter && kind->code == ARCHIVE_FILTER_GZIP;
    gzip_sum_init(&l.sum);
    l.archive = new_reader(kind);
    if (l.archive == NULL) {
        reading->has_failed = true;
        output_internal(reading->output, FEDVAL_ERROR_NO_MEMORY);
        return false;
    }
    bool ok;
    if (archive_read_open(l.archive, &l, NULL, read_below, NULL) == ARCHIVE_OK)
        ok = take_entries(&l, kind, depth);
    else
        ok = interrupt_has_come() || refuse_damaged(&l);
    archive_read_free(l.archive);
    return ok;
}

#else

bool log_archive_read(log_reading *reading, log_stream *stream, const log_kind *kind,
                      unsigned depth)
{
    (void)kind;
    (void)depth;
    return log_reading_refuse(
        reading, stream->name,
        "an archive, and this program was built without libarchive: unpack it first");
}

#endif
