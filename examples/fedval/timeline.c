/* fedval timeline FILE...: what breaks when, from saved evidence. */
#include "command.h"
#include "documents.h"
#include "judge.h"
#include "roots.h"

#include <fedval/timeline.h>

#include <stdlib.h>
#include <string.h>

typedef struct timelines {
    cmd_judge judge;
    cmd_roots roots;
    fedval_timeline **items; /* kept for the calendar */
    size_t count;
} timelines;

/* Takes the timeline over. */
static void keep(timelines *self, fedval_timeline *timeline)
{
    fedval_timeline **items = realloc(self->items, (self->count + 1) * sizeof(fedval_timeline *));
    if (items == NULL) {
        output_internal(self->judge.output, FEDVAL_ERROR_NO_MEMORY);
        fedval_timeline_free(timeline);
        return;
    }
    self->items = items;
    items[self->count++] = timeline;
}

/* Takes the timeline over. */
static void show(timelines *self, fedval_status status, fedval_timeline *timeline)
{
    cmd_output *output = self->judge.output;
    char *text = NULL;
    size_t len = 0;
    if (status != FEDVAL_OK) {
        output_internal(output, status);
        fedval_timeline_free(timeline);
        return;
    }
    if (output->format == FORMAT_ICALENDAR) {
        keep(self, timeline);
        return;
    }
    if (output->format == FORMAT_JSON) {
        status = fedval_timeline_to_json(timeline, &text, &len);
        output_document(output, status, text, len);
    } else if (output->format == FORMAT_HTML) {
        fedval_html_options page = output_html_options(output);
        status = fedval_timeline_to_html(timeline, &page, &text, NULL);
        output_fragment(output, status, text);
    } else if (output->format == FORMAT_MARKDOWN) {
        status = fedval_timeline_to_markdown(timeline, &text, &len);
        output_text(output, status, text, len);
    } else {
        status = fedval_timeline_to_text(timeline, &output->options, &text, &len);
        output_text(output, status, text, len);
    }
    fedval_timeline_free(timeline);
}

/* Of several files each timeline says which it is of; a document, a page and a calendar always do,
 * since they leave the command line behind. The timeline is freed where this fails. */
static fedval_status name_source(const timelines *self, const char *source,
                                 fedval_timeline *timeline)
{
    bool is_read_here = self->judge.output->format == FORMAT_TEXT;
    if (is_read_here && self->judge.settings->inputs.count == 1)
        return FEDVAL_OK;
    fedval_status status = fedval_timeline_set_source(timeline, source, FEDVAL_NUL_ENDED);
    if (status != FEDVAL_OK)
        fedval_timeline_free(timeline);
    return status;
}

/* The verdict at the begin hangs on the roots as a report does. */
static void note_roots(timelines *self, size_t index, const fedval_evidence *evidence)
{
    fedval_report *report = NULL;
    if (fedval_evaluate(self->judge.judge, index, evidence, &report) == FEDVAL_OK)
        roots_note(&self->roots, report);
    fedval_report_free(report);
}

static void judge_all(timelines *self, const char *source, const fedval_evidence *evidence)
{
    for (size_t i = 0; i < self->judge.policies.count; i++) {
        fedval_timeline *timeline = NULL;
        fedval_status status =
            fedval_timeline_new(self->judge.judge, i, evidence, FEDVAL_TIME_UNKNOWN, &timeline);
        if (status == FEDVAL_OK) {
            accepted_note_timeline(&self->judge.accepted, &self->judge.policies, timeline);
            status = name_source(self, source, timeline);
        }
        if (status == FEDVAL_OK) {
            note_roots(self, i, evidence);
            if (self->judge.settings->redact)
                status = fedval_timeline_redact(timeline, evidence);
            show(self, status, timeline);
        } else if (status == FEDVAL_ERROR_ARGUMENT) {
            output_refuse_text(self->judge.output, EXIT_INPUT, source,
                               "it does not say when it was gathered: --at has to say from when");
        } else {
            output_internal(self->judge.output, status);
        }
    }
}

static void read_document(void *user, const char *source, const char *json, size_t json_len,
                          uint32_t line)
{
    timelines *self = user;
    fedval_evidence *evidence = NULL;
    fedval_error *error = fedval_error_new();
    fedval_status status =
        documents_read_evidence(self->judge.settings, json, json_len, &evidence, error);
    if (status == FEDVAL_OK)
        judge_all(self, source, evidence);
    else
        documents_refuse(self->judge.output, source, status, error, line);
    fedval_error_free(error);
    fedval_evidence_free(evidence);
}

static void write_calendar(const timelines *self)
{
    char *text = NULL;
    size_t len = 0;
    fedval_status status = fedval_timelines_to_icalendar(
        (const fedval_timeline *const *)self->items, self->count, &text, &len);
    output_text(self->judge.output, status, text, len);
}

void command_timeline(const cmd_settings *settings, cmd_output *output)
{
    timelines self = {0};
    if (judge_init(&self.judge, settings, output)) {
        for (size_t i = 0; i < settings->inputs.count; i++)
            documents_visit(settings->inputs.items[i], output, read_document, &self);
        if (output->format == FORMAT_ICALENDAR)
            write_calendar(&self);
        accepted_tell(&self.judge.accepted, &self.judge.policies);
        roots_tell(&self.roots);
    }
    roots_clear(&self.roots);
    for (size_t i = 0; i < self.count; i++)
        fedval_timeline_free(self.items[i]);
    free(self.items);
    judge_clear(&self.judge);
}
