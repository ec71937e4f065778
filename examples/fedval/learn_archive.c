/* The archives in which an Expressway exports its diagnostics. */
#include "learn.h"

#include "inputs.h"

#include <stdlib.h>
#include <string.h>

#ifdef HAVE_LIBARCHIVE
#include <archive.h>
#include <archive_entry.h>

/* xConfiguration dumps and certificates are small; logs, which are large, are passed over. */
#define MOST_ENTRY ((size_t)16 << 20)
#define MOST_ALL ((size_t)512 << 20)
#define MOST_ENTRIES 10000

static bool is_wanted(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    static const char *const words[] = {"xconf", "xstat", "cert", ".pem", ".crt", ".cer", "eex"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (learn_has_word(name, words[i]))
            return true;
    }
    return false;
}

static bool read_entry(learnt *l, struct archive *archive, const char *name, size_t *left)
{
    size_t len = 0, capacity = 0;
    char *text = NULL;
    char block[16384];
    la_ssize_t got;
    while (len<MOST_ENTRY && * left> 0 &&
           (got = archive_read_data(archive, block, sizeof(block))) > 0) {
        if (len + (size_t)got + 1 > capacity) {
            capacity = (len + (size_t)got + 1) * 2;
            char *grown = realloc(text, capacity);
            l->is_out_of_memory |= grown == NULL;
            if (grown == NULL)
                break;
            text = grown;
        }
        memcpy(text + len, block, (size_t)got);
        len += (size_t)got;
        *left -= (size_t)got < *left ? (size_t)got : *left;
    }
    bool any = false;
    if (len > 0) {
        text[len] = '\0';
        learnt *part = learnt_part_of(l, name);
        any = part != NULL && learn_text(part, name, text, len);
    }
    free(text);
    return any;
}

/* Whether anything was learnt. */
static bool read_entries(learnt *l, struct archive *archive)
{
    struct archive_entry *entry;
    size_t left = MOST_ALL;
    bool any = false;
    for (size_t i = 0; i < MOST_ENTRIES && left > 0 && !l->is_out_of_memory; i++) {
        int status = archive_read_next_header(archive, &entry);
        if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
            break;
        const char *name = archive_entry_pathname(entry);
        if (name != NULL && is_wanted(name))
            any |= read_entry(l, archive, name, &left);
    }
    return any;
}

bool learn_archive(learnt *l, const char *path, cmd_output *output, bool *out_is_archive)
{
    struct archive *archive = archive_read_new();
    *out_is_archive = false;
    if (archive == NULL) {
        output_internal(output, FEDVAL_ERROR_NO_MEMORY);
        return false;
    }
    archive_read_support_filter_gzip(archive);
    archive_read_support_filter_bzip2(archive);
    archive_read_support_filter_xz(archive);
    archive_read_support_format_tar(archive);
    archive_read_support_format_zip(archive);
    if (archive_read_open_filename(archive, path, 16384) == ARCHIVE_OK) {
        *out_is_archive = true;
        if (!read_entries(l, archive)) {
            learnt_ask(l, "what is in ", path,
                       "? Nothing was learnt from it: wanted is the diagnostic archive of an "
                       "Expressway");
        }
    }
    archive_read_free(archive);
    return true;
}
#else
bool learn_archive(learnt *l, const char *path, cmd_output *output, bool *out_is_archive)
{
    (void)l;
    (void)path;
    (void)output;
    *out_is_archive = false;
    return true;
}
#endif
