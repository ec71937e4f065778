#include "plan_files.h"

#include "saved.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool complain(cmd_output *output, const char *path)
{
    output_refuse_text(output, EXIT_OUTPUT, path, strerror(errno));
    return false;
}

static bool write_text(const char *path, const char *text, size_t len, cmd_output *output)
{
    saved_file saved = {0};
    if (!saved_open(&saved, path))
        return complain(output, path);
    fwrite(text, 1, len, saved.file); /* asked for once, when it is closed */
    return saved_finish(&saved) || complain(output, path);
}

static bool write_file(const fedval_plan *plan, size_t index, const char *folder,
                       cmd_output *output)
{
    const char *name = fedval_plan_get_file_name(plan, index);
    size_t size = strlen(folder) + strlen(name) + 2, len = 0;
    char *path = malloc(size), *text = NULL;
    fedval_status status =
        path == NULL ? FEDVAL_ERROR_NO_MEMORY : fedval_plan_file_to_text(plan, index, &text, &len);
    bool ok = status == FEDVAL_OK;
    if (ok) {
        snprintf(path, size, "%s/%s", folder, name);
        ok = write_text(path, text, len, output);
    } else {
        output_internal(output, status);
    }
    fedval_text_free(text);
    free(path);
    return ok;
}

bool plan_files_write(const fedval_plan *plan, const char *folder, cmd_output *output)
{
    if (mkdir(folder, 0777) != 0 && errno != EEXIST)
        return complain(output, folder);
    bool ok = true;
    for (size_t i = 0; ok && i < fedval_plan_count_files(plan); i++)
        ok = write_file(plan, i, folder, output);
    return ok;
}
