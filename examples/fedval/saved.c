#include "saved.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void clear(saved_file *saved)
{
    free(saved->path);
    free(saved->beside);
    *saved = (saved_file){0};
}

static bool is_replaceable(const char *path)
{
    struct stat status;
    return stat(path, &status) != 0 || S_ISREG(status.st_mode);
}

static bool open_beside(saved_file *saved)
{
    static const char ending[] = ".XXXXXX";
    size_t len = strlen(saved->path);
    saved->beside = malloc(len + sizeof(ending));
    if (saved->beside == NULL)
        return false;
    memcpy(saved->beside, saved->path, len);
    memcpy(saved->beside + len, ending, sizeof(ending));
    int descriptor = mkstemp(saved->beside);
    if (descriptor < 0) {
        free(saved->beside);
        saved->beside = NULL;
        return false;
    }
    saved->file = fdopen(descriptor, "wb");
    return saved->file != NULL;
}

bool saved_open(saved_file *saved, const char *path)
{
    *saved = (saved_file){0};
    /* A link stays one: what it leads to is replaced. */
    saved->path = realpath(path, NULL);
    if (saved->path == NULL)
        saved->path = strdup(path);
    if (saved->path == NULL)
        return false;
    bool ok;
    if (is_replaceable(saved->path)) {
        ok = open_beside(saved);
    } else {
        saved->file = fopen(path, "wb");
        ok = saved->file != NULL;
    }
    if (!ok) {
        int error = errno;
        saved_discard(saved);
        errno = error;
    }
    return ok;
}

bool saved_finish(saved_file *saved)
{
    bool failed = ferror(saved->file) != 0;
    errno = failed ? EIO : 0;
    failed = fflush(saved->file) != 0 || failed;
    if (saved->beside != NULL && !saved->is_remade)
        failed = fsync(fileno(saved->file)) != 0 || failed;
    failed = fclose(saved->file) != 0 || failed;
    saved->file = NULL;
    if (!failed && saved->beside != NULL)
        failed = rename(saved->beside, saved->path) != 0;
    int error = errno;
    if (failed)
        saved_discard(saved);
    clear(saved);
    errno = error;
    return !failed;
}

void saved_discard(saved_file *saved)
{
    if (saved->file != NULL)
        fclose(saved->file);
    if (saved->beside != NULL)
        unlink(saved->beside);
    clear(saved);
}
