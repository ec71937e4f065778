#include "intent_input.h"

#include "certificate_input.h"
#include "inputs.h"
#include "intent_yaml.h"
#include "kinds.h"
#include "zone_input.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- the document ---- */

static void refuse_at(cmd_output *output, const char *path, fedval_status status,
                      const char *message, uint32_t line, uint32_t column)
{
    fedval_error *error = fedval_error_new();
    fedval_error_set(error, message, FEDVAL_NUL_ENDED, line, column, UINT64_MAX);
    output_refuse(output, EXIT_INPUT, path, status, error);
    fedval_error_free(error);
}

/* The reader speaks of the JSON that the YAML became. */
static const char *yaml_message(const fedval_error *error)
{
    return fedval_error_get_reason(error) == FEDVAL_REASON_REPEATED_MEMBER
               ? "this key stands there twice"
               : fedval_error_get_message(error);
}

/* Saved evidence and reports are a document a line. Where the first line is one of another kind,
 * its error takes the place of `*error`. */
static void name_first_line(const char *json, size_t json_len, fedval_error **error)
{
    const char *end = memchr(json, '\n', json_len);
    fedval_error *of_line = fedval_error_new();
    fedval_intent *intent = NULL;
    fedval_status status =
        end == NULL ? FEDVAL_OK
                    : fedval_intent_new_from_json(json, (size_t)(end - json), &intent, of_line);
    if (status == FEDVAL_ERROR_FORMAT) {
        fedval_error *whole = *error;
        *error = of_line;
        of_line = whole;
    }
    fedval_intent_free(intent);
    fedval_error_free(of_line);
}

/* Of saved evidence an intent can be made. */
static void explain_evidence(fedval_error *error)
{
    char longer[300];
    const char *told = fedval_error_get_message(error);
    const char *format = fedval_error_get_found_format(error);
    if (format == NULL || strcmp(format, "fedval-evidence/1") != 0)
        return;
    snprintf(longer, sizeof(longer), "%s; fedval plan --from FILE makes one of evidence", told);
    fedval_error_set(error, longer, FEDVAL_NUL_ENDED, fedval_error_get_line(error),
                     fedval_error_get_column(error), fedval_error_get_offset(error));
}

static bool parse(const char *path, const char *json, size_t json_len, const yaml_json *yaml,
                  bool is_lenient, fedval_intent **out_intent, cmd_output *output)
{
    fedval_error *error = fedval_error_new();
    uint32_t line = 0, column = 0;
    fedval_status status =
        is_lenient ? fedval_intent_new_from_json_lenient(json, json_len, out_intent, error)
                   : fedval_intent_new_from_json(json, json_len, out_intent, error);
    if (status == FEDVAL_ERROR_SYNTAX && yaml == NULL)
        name_first_line(json, json_len, &error);
    if (status != FEDVAL_OK)
        explain_evidence(error);
    if (status != FEDVAL_OK && yaml != NULL &&
        yaml_find(yaml, fedval_error_get_offset(error), &line, &column))
        refuse_at(output, path, status, yaml_message(error), line, column);
    else if (status != FEDVAL_OK)
        output_refuse(output, EXIT_INPUT, path, status, error);
    fedval_error_free(error);
    return status == FEDVAL_OK;
}

/* Whether the file is told to be of another kind. */
static bool refuse_kind(const char *path, const cmd_input *input, cmd_output *output)
{
    char text[300];
    const char *kind = kinds_tell(input->data, input->len);
    if (kind == NULL)
        return false;
    snprintf(text, sizeof(text), "not an intent but %s", kind);
    output_refuse_text(output, EXIT_INPUT, path, text);
    return true;
}

static bool parse_yaml(const char *path, const cmd_input *input, bool is_lenient,
                       fedval_intent **out_intent, cmd_output *output)
{
    yaml_json yaml;
    bool ok = false;
    if (refuse_kind(path, input, output))
        return false;
    ok = yaml_to_json(input->data, input->len, &yaml);
    if (ok)
        ok = parse(path, yaml.json, yaml.len, &yaml, is_lenient, out_intent, output);
    else if (yaml.fault[0] == '\0')
        output_internal(output, FEDVAL_ERROR_NO_MEMORY);
    else {
        refuse_at(output, path, FEDVAL_ERROR_SYNTAX, yaml.fault, yaml.fault_line,
                  yaml.fault_column);
    }
    yaml_clear(&yaml);
    return ok;
}

/* ---- the files that it names ---- */

/* "dir/intent.yaml" and "expe.pem" give "dir/expe.pem". */
static char *beside(const char *path, const char *name)
{
    const char *slash = strrchr(path, '/');
    size_t len = slash == NULL || name[0] == '/' ? 0 : (size_t)(slash - path) + 1;
    char *joined = malloc(len + strlen(name) + 1);
    if (joined == NULL)
        return NULL;
    memcpy(joined, path, len);
    memcpy(joined + len, name, strlen(name) + 1);
    return joined;
}

/* "ORIGIN=FILE": the file is beside the document. */
static char *zone_beside(const char *document, const char *value)
{
    const char *name = zone_input_path(value);
    size_t len = (size_t)(name - value);
    char *path = beside(document, name);
    char *joined = path == NULL ? NULL : malloc(len + strlen(path) + 1);
    if (joined != NULL) {
        memcpy(joined, value, len);
        strcpy(joined + len, path);
    }
    free(path);
    return joined;
}

static bool supply(fedval_intent *intent, size_t index, const char *path,
                   const cmd_settings *settings, cmd_output *output)
{
    cmd_input input = {0};
    bool is_evidence = fedval_intent_get_file_use(intent, index) == FEDVAL_INTENT_FILE_EVIDENCE;
    if (is_evidence ? !input_read(&input, path, output)
                    : !certificate_input_read(&input, path, settings->password_file, output))
        return false;
    fedval_error *error = fedval_error_new();
    fedval_status status = fedval_intent_supply_file(intent, index, input.data, input.len, error);
    if (status != FEDVAL_OK)
        output_refuse(output, EXIT_INPUT, path, status, error);
    fedval_error_free(error);
    input_clear(&input);
    return status == FEDVAL_OK;
}

/* Says which document names a file that is not there. */
static bool is_there(const char *path, const char *intent_path, cmd_output *output)
{
    char text[600];
    if (access(path, R_OK) == 0)
        return true;
    snprintf(text, sizeof(text), "it names %.500s: %s", path, strerror(errno));
    output_refuse_text(output, EXIT_INPUT, intent_path, text);
    return false;
}

static bool take_file(fedval_intent *intent, size_t index, const char *intent_path,
                      cmd_settings *settings, cmd_values *paths, cmd_output *output)
{
    const char *name = fedval_intent_get_file_path(intent, index);
    uint32_t use = fedval_intent_get_file_use(intent, index);
    if (strncmp(name, "-----BEGIN ", 11) == 0)
        return true; /* the text of the file itself: supplied already */
    char *path =
        use == FEDVAL_INTENT_FILE_ZONE ? zone_beside(intent_path, name) : beside(intent_path, name);
    if (path == NULL || !values_append(paths, path)) {
        free(path);
        output_internal(output, FEDVAL_ERROR_NO_MEMORY);
        return false;
    }
    bool ok = is_there(use == FEDVAL_INTENT_FILE_ZONE ? zone_input_path(path) : path, intent_path,
                       output);
    if (ok && use != FEDVAL_INTENT_FILE_ZONE)
        ok = supply(intent, index, path, settings, output);
    if (ok && use == FEDVAL_INTENT_FILE_ZONE)
        ok = values_append(&settings->zones, path);
    if (ok && use == FEDVAL_INTENT_FILE_TRUST)
        ok = values_append(&settings->trust, path);
    return ok;
}

bool intent_input_read(const char *path, cmd_settings *settings, fedval_intent **out_intent,
                       cmd_values *out_paths, cmd_output *output)
{
    cmd_input input = {0};
    fedval_intent *intent = NULL;
    if (!input_read(&input, path, output))
        return false;
    size_t mark = input.len >= 3 && memcmp(input.data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    bool ok = yaml_is_json(input.data, input.len)
                  ? parse(path, input.data + mark, input.len - mark, NULL, settings->lenient,
                          &intent, output)
                  : parse_yaml(path, &input, settings->lenient, &intent, output);
    input_clear(&input);
    for (size_t i = 0; ok && i < fedval_intent_count_files(intent); i++)
        ok = take_file(intent, i, path, settings, out_paths, output);
    if (ok)
        *out_intent = intent;
    else
        fedval_intent_free(intent);
    return ok;
}

void intent_paths_clear(cmd_values *paths)
{
    for (size_t i = 0; i < paths->count; i++)
        free((char *)(uintptr_t)paths->items[i]);
    free(paths->items);
    *paths = (cmd_values){0};
}
