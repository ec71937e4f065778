/* Stands in for libFuzzer: gives every file of the folders named to the target, once.
 * So the corpora, and every input that once crashed, run as ordinary tests in every build. */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static size_t num_run;

static int replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return 1;
    uint8_t *data = NULL;
    size_t len = 0;
    for (size_t got = 1; got != 0; len += got) {
        uint8_t *more = realloc(data, len + 4096);
        if (more == NULL)
            break;
        data = more;
        got = fread(data + len, 1, 4096, file);
    }
    fclose(file);
    /* A block of the exact size, so that AddressSanitizer sees a read behind it. */
    uint8_t *exact = malloc(len == 0 ? 1 : len);
    if (exact == NULL)
        abort();
    memcpy(exact, data, len);
    free(data);
    printf("%s\n", path);
    fflush(stdout);
    LLVMFuzzerTestOneInput(exact, len);
    free(exact);
    num_run++;
    return 0;
}

static int replay(const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return 1;
    if (!S_ISDIR(status.st_mode))
        return replay_file(path);
    DIR *folder = opendir(path);
    if (folder == NULL)
        return 1;
    int failed = 0;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        char below[4096];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(below, sizeof(below), "%s/%s", path, entry->d_name);
        failed |= replay(below);
    }
    closedir(folder);
    return failed;
}

int main(int argc, char **argv)
{
    int failed = 0;
    for (int i = 1; i < argc; i++)
        failed |= replay(argv[i]);
    printf("%zu inputs replayed\n", num_run);
    return failed != 0 || num_run == 0;
}
