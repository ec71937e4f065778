/* fedval timeline FILE...: what breaks when, from saved evidence. */
#include "command.h"
#include "documents.h"
#include "judge.h"

#include <fedval/timeline.h>

#include <stdlib.h>
#include <string.h>

typedef struct timelines {
    cmd_judge judge;
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

/* Of several files each timeline says which it is of: the name stands right above it. */
static void put_source(cmd_output *output, const char *before, const char *source,
                       const char *after)
{
    if (output->num_texts > 0)
        output_put(output, "\n", 1);
    output_put(output, before, strlen(before));
    for (const char *c = source; *c != '\0'; c++)
        output_put(output, (unsigned char)*c < ' ' || *c == 0x7f || *c == '`' ? "?" : c, 1);
    output_put(output, after, strlen(after));
    output->num_texts = 0;
}

/* Takes the timeline over. */
static void show(timelines *self, const char *source, fedval_timeline *timeline)
{
    bool is_one_of_several = self->judge.settings->inputs.count > 1;
    cmd_output *output = self->judge.output;
    char *text = NULL;
    size_t len = 0;
    fedval_status status;
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
        if (is_one_of_several)
            put_source(output, "From `", source, "`:\n\n");
        status = fedval_timeline_to_markdown(timeline, &text, &len);
        output_text(output, status, text, len);
    } else {
        if (is_one_of_several)
            put_source(output, "", source, ":\n");
        status = fedval_timeline_to_text(timeline, &output->options, &text, &len);
        output_text(output, status, text, len);
    }
    fedval_timeline_free(timeline);
}

static void judge_all(timelines *self, const char *source, const fedval_evidence *evidence)
{
    for (size_t i = 0; i < self->judge.policies.count; i++) {
        fedval_timeline *timeline = NULL;
        fedval_status status =
            fedval_timeline_new(self->judge.judge, i, evidence, FEDVAL_TIME_UNKNOWN, &timeline);
        if (status == FEDVAL_OK) {
            show(self, source, timeline);
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
    }
    for (size_t i = 0; i < self.count; i++)
        fedval_timeline_free(self.items[i]);
    free(self.items);
    judge_clear(&self.judge);
}
