/* The files that options name: each has a name, standard input is read once, and no output replaces
 * a file that is read. */
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

static const char empty_name[] = "wants a file, and its name is empty";

/* Returns whether a condition holds for the file `path`, which `option` names. */
typedef bool (*path_test)(const char *option, const char *path, void *user);

static bool is_any_of(const cmd_values *values, const char *option,
                      const char *(*path_of)(const char *value), path_test test, void *user)
{
    for (size_t i = 0; i < values->count; i++) {
        if (test(option, path_of(values->items[i]), user))
            return true;
    }
    return false;
}

/* Returns whether the condition holds for one of the files that are read. */
static bool is_any_read(const cmd_settings *settings, path_test test, void *user)
{
    const struct {
        const char *option;
        const cmd_values *values;
        const char *(*path_of)(const char *value);
    } lists[] = {
        {"--policy", &settings->policies, path_as_given},
        {"--trust", &settings->trust, path_as_given},
        {"--public-trust", &settings->public_trust, path_as_given},
        {"--crl", &settings->crls, path_as_given},
        {"--zone", &settings->zones, zone_input_path},
        {"--chain", &settings->chains, path_of_chain},
    };
    const struct {
        const char *option, *path;
    } files[] = {{"--client-chain", settings->client_chain},
                 {"--client-cert", settings->client_cert},
                 {"--client-key", settings->client_key},
                 {"--password-file", settings->password_file},
                 {"--apply", settings->apply},
                 {"--domains", settings->domains}};
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        if (is_any_of(lists[i].values, lists[i].option, lists[i].path_of, test, user))
            return true;
    }
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        if (files[i].path != NULL && test(files[i].option, files[i].path, user))
            return true;
    }
    return (settings->command & READS_FILES) != 0 &&
           is_any_of(&settings->inputs, "FILE", zone_input_path, test, user);
}

/* ---- names of inputs ---- */

typedef struct naming {
    const char *command;
    const char *first; /* the option that reads standard input */
} naming;

static bool complain_of(const naming *self, const char *option, const char *fault, const char *of)
{
    char complaint[120];
    snprintf(complaint, sizeof(complaint), "%s %s%s", option, fault, of);
    options_complain(self->command, complaint, NULL);
    return true;
}

/* Standard input is at its end after the first file is read from it. */
static bool is_wrong_name(const char *option, const char *path, void *user)
{
    naming *self = user;
    if (path[0] == '\0')
        return complain_of(self, option, empty_name, "");
    if (strcmp(path, "-") != 0)
        return false;
    if (self->first != NULL) {
        return complain_of(self, option, "cannot read standard input, which is read already for ",
                           self->first);
    }
    self->first = option;
    return false;
}

bool options_name_inputs(const cmd_settings *settings, const char *name)
{
    naming self = {.command = name};
    return !is_any_read(settings, is_wrong_name, &self);
}

/* ---- outputs ---- */

typedef struct output_name {
    const char *path;
} output_name;

static bool is_output(const char *option, const char *path, void *user)
{
    const output_name *output = user;
    (void)option;
    return is_same_file(path, output->path);
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
        output_name output = {path};
        if (path[0] == '\0')
            fault = empty_name;
        else if (is_any_read(settings, is_output, &output))
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
