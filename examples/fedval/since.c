#include "since.h"

#include "documents.h"
#include "drifts.h"
#include "gather.h"
#include "interrupt.h"
#include "kinds.h"
#include "saved.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct since {
    cmd_judge *judge;
    cmd_output *output;
    cmd_drifts drifts;
    saved_file saved;
} since;

/* Says of a file that is no reports what it is, or what is wanted. */
static void explain(const char *text, size_t len, fedval_error *error)
{
    char message[300];
    const char *kind = kinds_tell(text, len);
    if (kind == NULL)
        kind = fedval_error_get_found_format(error);
    snprintf(message, sizeof(message), "%s%s",
             kind == NULL ? "no report (fedval-report/1): --since wants a file that it wrote, or "
                            "that --format json did"
                          : "not reports but ",
             kind == NULL ? "" : kind);
    fedval_error_set(error, message, FEDVAL_NUL_ENDED, 0, 0, UINT64_MAX);
}

static void read_before(void *user, const char *source, const char *json, size_t json_len,
                        uint32_t line)
{
    since *self = user;
    fedval_state *state = NULL;
    if (documents_is_blank(json, json_len))
        return;
    fedval_error *error = fedval_error_new();
    fedval_status status = fedval_state_new_from_json(json, json_len, &state, error);
    if (status == FEDVAL_ERROR_FORMAT || (status == FEDVAL_ERROR_SYNTAX && json[0] != '{'))
        explain(json, json_len, error);
    if (status == FEDVAL_OK)
        drifts_add_before(&self->drifts, state);
    else
        documents_refuse(self->output, source, status, error, line);
    fedval_error_free(error);
}

static void save(since *self, const fedval_report *report)
{
    char *json = NULL;
    size_t json_len = 0;
    fedval_status status = fedval_report_to_json(report, &json, &json_len);
    output_save(self->output, &self->saved, status, json, json_len);
}

/* Takes the report over. */
static void take_report(void *user, fedval_report *report)
{
    since *self = user;
    fedval_state *state = NULL;
    fedval_status status = fedval_state_new(report, &state);
    save(self, report);
    fedval_report_free(report);
    if (status == FEDVAL_OK)
        drifts_add_now(&self->drifts, state);
    else
        output_internal(self->output, status);
}

static void complain(const since *self, const char *path)
{
    output_refuse_text(self->output, EXIT_OUTPUT, path, strerror(errno));
}

/* Whether the argument is a time, as other programs take with --since: 2026-01-01, 7d, yesterday.
 */
static bool is_time(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    const char *unit = text + digits;
    size_t unit_len = strlen(unit);
    return strcmp(text, "yesterday") == 0 || strcmp(text, "today") == 0 ||
           (digits > 0 && text[strspn(text, "0123456789-:+.TZ ")] == '\0') ||
           (digits > 0 && unit_len == 1 && strchr("smhdwy", unit[0]) != NULL);
}

/* A first run has no file yet. */
static bool read_file(since *self, const char *path)
{
    bool is_first = access(path, F_OK) != 0 && errno == ENOENT;
    if (is_first && is_time(path)) {
        output_refuse_text(self->output, EXIT_USAGE, path,
                           "this is a time, and --since wants the file of earlier reports");
        return false;
    }
    if (!is_first && !documents_visit(path, self->output, read_before, self))
        return false;
    drifts_begin(&self->drifts);
    return !output_has_failed(self->output);
}

static void finish(since *self, const char *path)
{
    if (output_has_failed(self->output) || interrupt_has_come()) {
        saved_discard(&self->saved);
        fprintf(stderr, "fedval: %s is left as it was\n", path);
        return;
    }
    drifts_finish(&self->drifts);
    if (!saved_finish(&self->saved))
        complain(self, path);
}

void since_check(const cmd_settings *settings, cmd_judge *judge, cmd_chains *chains)
{
    const char *path = settings->since;
    since self = {.judge = judge,
                  .output = judge->output,
                  .drifts = {.output = judge->output, .redacts = settings->redact}};
    judge->take = take_report;
    judge->taker = &self;
    if (read_file(&self, path)) {
        if (saved_open(&self.saved, path)) {
            gather(settings, judge, chains);
            finish(&self, path);
        } else {
            complain(&self, path);
        }
    }
    drifts_clear(&self.drifts);
}
