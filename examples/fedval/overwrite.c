/* An output that would replace a file that is read: the input would be gone. */
#include "options.h"
#include "zone_input.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { READS_FILES = IN_EVALUATE | IN_CHAIN | IN_DIAGNOSE | IN_PLAN | IN_DIFF | IN_TIMELINE };

/* Whether both are one file; a name that leads nowhere is compared as it stands. */
static bool is_same_file(const char *a, const char *b)
{
    struct stat first, second;
    bool is_first = stat(a, &first) == 0, is_second = stat(b, &second) == 0;
    if (!is_first && !is_second)
        return strcmp(a, b) == 0;
    return is_first && is_second && S_ISREG(first.st_mode) && first.st_dev == second.st_dev &&
           first.st_ino == second.st_ino;
}

static const char *path_of_chain(const char *value)
{
    const char *path = strchr(value, '=');
    return path != NULL ? path + 1 : value;
}

static const char *path_as_given(const char *value)
{
    return value;
}

/* Returns whether one of the values, each of which names a file that is read, is `output`. */
static bool is_read_by(const cmd_values *values, const char *(*path_of)(const char *value),
                       const char *output)
{
    for (size_t i = 0; i < values->count; i++) {
        if (is_same_file(path_of(values->items[i]), output))
            return true;
    }
    return false;
}

static bool is_read(const cmd_settings *settings, const char *output)
{
    const struct {
        const cmd_values *values;
        const char *(*path_of)(const char *value);
    } lists[] = {
        {&settings->policies, path_as_given},     {&settings->trust, path_as_given},
        {&settings->public_trust, path_as_given}, {&settings->crls, path_as_given},
        {&settings->zones, zone_input_path},      {&settings->chains, path_of_chain},
    };
    const char *const files[] = {settings->client_chain, settings->client_cert,
                                 settings->client_key,   settings->password_file,
                                 settings->apply,        settings->domains};
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        if (is_read_by(lists[i].values, lists[i].path_of, output))
            return true;
    }
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        if (files[i] != NULL && is_same_file(files[i], output))
            return true;
    }
    return (settings->command & READS_FILES) != 0 &&
           is_read_by(&settings->inputs, zone_input_path, output);
}

bool options_spare_inputs(const cmd_settings *settings, const char *name)
{
    const struct {
        const char *option, *path;
    } outputs[] = {{"--output", settings->output_file},
                   {"--save-evidence", settings->save_evidence}};
    char complaint[80];
    const char *fault = NULL;
    for (size_t i = 0; fault == NULL && i < 2; i++) {
        const char *path = outputs[i].path, *other = outputs[1 - i].path;
        if (path == NULL || strcmp(path, "-") == 0)
            continue;
        if (is_read(settings, path))
            fault = "would replace a file that is read";
        else if (other != NULL && is_same_file(path, other))
            fault = "names the file of another output";
        if (fault == NULL)
            continue;
        snprintf(complaint, sizeof(complaint), "%s %s", outputs[i].option, fault);
        options_complain(name, complaint, path);
    }
    return fault == NULL;
}
