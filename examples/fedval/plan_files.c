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
    saved.is_remade = true;
    fwrite(text, 1, len, saved.file); /* asked for once, when it is closed */
    return saved_finish(&saved) || complain(output, path);
}

static char *join(const char *folder, const char *name, size_t name_len)
{
    size_t size = strlen(folder) + name_len + 2;
    char *path = malloc(size);
    if (path != NULL)
        snprintf(path, size, "%s/%.*s", folder, (int)name_len, name);
    return path;
}

static bool write_file(const fedval_plan *plan, size_t index, const char *folder,
                       cmd_output *output)
{
    const char *name = fedval_plan_get_file_name(plan, index);
    size_t len = 0;
    char *path = join(folder, name, strlen(name)), *text = NULL;
    fedval_status status =
        path == NULL ? FEDVAL_ERROR_NO_MEMORY : fedval_plan_file_to_text(plan, index, &text, &len);
    bool ok = status == FEDVAL_OK;
    if (ok) {
        ok = write_text(path, text, len, output);
    } else {
        output_internal(output, status);
    }
    fedval_text_free(text);
    free(path);
    return ok;
}

/* ---- what an earlier run has written ---- */

/* Names the files that were written, so that the next run can tell them from those of others. */
#define LIST_NAME "fedval-plan.files"

static bool is_written(const fedval_plan *plan, const char *name, size_t len)
{
    for (size_t i = 0; i < fedval_plan_count_files(plan); i++) {
        const char *own = fedval_plan_get_file_name(plan, i);
        if (strlen(own) == len && memcmp(own, name, len) == 0)
            return true;
    }
    return false;
}

/* A line of the list may be anybody's: it must not lead out of the folder. */
static bool is_plain_name(const char *name, size_t len)
{
    return len > 0 && len < 512 && name[0] != '.' && memchr(name, '/', len) == NULL &&
           memchr(name, '\0', len) == NULL;
}

static bool remove_old(const char *folder, const char *name, size_t len, cmd_output *output)
{
    char *path = join(folder, name, len);
    bool ok = path != NULL;
    if (!ok)
        output_internal(output, FEDVAL_ERROR_NO_MEMORY);
    else if (remove(path) == 0)
        fprintf(stderr, "fedval: %s: removed, it is of an earlier plan\n", path);
    else if (errno != ENOENT)
        ok = complain(output, path);
    free(path);
    return ok;
}

static bool remove_all_old(const fedval_plan *plan, const char *folder, const char *list,
                           cmd_output *output)
{
    char line[520];
    bool ok = true;
    FILE *file = fopen(list, "rb");
    while (ok && file != NULL && fgets(line, sizeof(line), file) != NULL) {
        size_t len = strcspn(line, "\n");
        if (line[len] == '\n' && is_plain_name(line, len) && !is_written(plan, line, len))
            ok = remove_old(folder, line, len, output);
    }
    if (file != NULL)
        fclose(file);
    return ok;
}

static bool write_list(const fedval_plan *plan, const char *list, cmd_output *output)
{
    saved_file saved = {0};
    if (!saved_open(&saved, list))
        return complain(output, list);
    saved.is_remade = true;
    for (size_t i = 0; i < fedval_plan_count_files(plan); i++)
        fprintf(saved.file, "%s\n", fedval_plan_get_file_name(plan, i));
    return saved_finish(&saved) || complain(output, list);
}

bool plan_files_write(const fedval_plan *plan, const char *folder, cmd_output *output)
{
    if (mkdir(folder, 0777) != 0 && errno != EEXIST)
        return complain(output, folder);
    char *list = join(folder, LIST_NAME, strlen(LIST_NAME));
    bool ok = list != NULL;
    if (!ok)
        output_internal(output, FEDVAL_ERROR_NO_MEMORY);
    ok = ok && remove_all_old(plan, folder, list, output) && write_list(plan, list, output);
    for (size_t i = 0; ok && i < fedval_plan_count_files(plan); i++)
        ok = write_file(plan, i, folder, output);
    free(list);
    return ok;
}

/* ---- what was written, for people ---- */

#define MOST_LISTED 40

static void put(cmd_output *output, const char *text)
{
    output_put(output, text, strlen(text));
}

void plan_files_list(const fedval_plan *plan, const char *folder, cmd_output *output)
{
    size_t count = fedval_plan_count_files(plan);
    char rest[80];
    put(output, count == 0 ? "\nNothing to write to " : "\nWritten to ");
    put(output, folder);
    put(output, "\n");
    for (size_t i = 0; i < count && i < MOST_LISTED; i++) {
        put(output, "  ");
        put(output, fedval_plan_get_file_name(plan, i));
        put(output, "  ");
        put(output, fedval_plan_get_file_purpose(plan, i));
        put(output, "\n");
    }
    snprintf(rest, sizeof(rest), "  and %zu more: " LIST_NAME " names them all\n",
             count - MOST_LISTED);
    put(output, count > MOST_LISTED ? rest : "");
}
