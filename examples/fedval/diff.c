/* fedval diff OLD NEW: what changed between two files of reports, or of evidence that is judged
 * now.
 */
#include "command.h"
#include "documents.h"
#include "drifts.h"
#include "judge.h"
#include "roots.h"

typedef void (*state_taker)(cmd_drifts *drifts, fedval_state *state);

typedef struct difference {
    cmd_judge judge;
    cmd_drifts drifts;
    cmd_roots roots;
    state_taker take;
    size_t num_documents; /* in the file that is being read */
    bool *is_short;       /* of the drifts: what is read now is not whole */
} difference;

/* Takes the report over. */
static void take_report(void *user, fedval_report *report)
{
    difference *self = user;
    fedval_state *state = NULL;
    roots_note(&self->roots, report);
    fedval_status status = fedval_state_new(report, &state);
    fedval_report_free(report);
    if (status == FEDVAL_OK)
        self->take(&self->drifts, state);
    else
        output_internal(self->judge.output, status);
}

/* What is no document at all, or one of another kind, is named so; else `error` says what is wrong
 * with it. */
static void refuse(difference *self, const char *source, fedval_status status,
                   const fedval_error *error, const char *json, uint32_t line)
{
    static const char wanted[] = "neither a report (fedval-report/1) nor evidence "
                                 "(fedval-evidence/1)";
    fedval_error *placed = documents_place(error, line);
    *self->is_short = true;
    if (status == FEDVAL_ERROR_FORMAT || (status == FEDVAL_ERROR_SYNTAX && json[0] != '{'))
        fedval_error_set(placed, wanted, FEDVAL_NUL_ENDED, line, 1, UINT64_MAX);
    judge_refuse(&self->judge, EXIT_INPUT, source, status, placed);
}

static void read_document(void *user, const char *source, const char *json, size_t json_len,
                          uint32_t line)
{
    difference *self = user;
    fedval_state *state = NULL;
    fedval_evidence *evidence = NULL;
    if (documents_is_blank(json, json_len))
        return;
    self->num_documents++;
    fedval_error *error = fedval_error_new();
    fedval_status status = fedval_state_new_from_json(json, json_len, &state, error);
    if (status == FEDVAL_ERROR_FORMAT)
        status = documents_read_evidence(self->judge.settings, json, json_len, &evidence, error);
    if (status != FEDVAL_OK)
        refuse(self, source, status, error, json, line);
    else if (state != NULL)
        self->take(&self->drifts, state);
    else
        judge_take(&self->judge, source, evidence);
    fedval_error_free(error);
}

/* Reads the old or the new file. One without a document would look as if every domain had gone. */
static bool read_file(difference *self, const char *path)
{
    cmd_output *output = self->judge.output;
    self->num_documents = 0;
    if (!documents_visit(path, output, read_document, self))
        return false;
    if (self->num_documents == 0) {
        output_refuse_text(output, EXIT_INPUT, path,
                           "it is empty: a report (fedval-report/1) or evidence "
                           "(fedval-evidence/1) is wanted");
        return false;
    }
    judge_held(&self->judge);
    return true;
}

void command_diff(const cmd_settings *settings, cmd_output *output)
{
    difference self = {.drifts = {.output = output, .redacts = settings->redact},
                       .take = drifts_add_before};
    if (judge_init(&self.judge, settings, output)) {
        self.judge.take = take_report;
        self.judge.taker = &self;
        self.is_short = &self.drifts.is_before_short;
        bool ok = read_file(&self, settings->inputs.items[0]);
        drifts_begin(&self.drifts);
        self.take = drifts_add_now;
        self.is_short = &self.drifts.is_now_short;
        ok = read_file(&self, settings->inputs.items[1]) && ok;
        if (ok)
            drifts_finish(&self.drifts);
        roots_tell(&self.roots);
    }
    roots_clear(&self.roots);
    drifts_clear(&self.drifts);
    judge_clear(&self.judge);
}
