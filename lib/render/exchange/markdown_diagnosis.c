/* A diagnosis in Markdown: the result in short, then call by call. */
#include "fedval/diagnosis.h"
#include "logs/incidents/story.h"
#include "logs/incidents/tell.h"
#include "logs/log.h"
#include "render/diagnosis/diagnosis_text.h"
#include "render/exchange/markdown.h"

#define MAX_STORIES 50 /* more than anybody reads; the JSON has all of them */
#define MAX_EXPLAINED 10

typedef struct markdown_diagnosis {
    fv_markdown md;
    fv_diagnosis_writer text;
} markdown_diagnosis;

static void take(markdown_diagnosis *d)
{
    fv_markdown_take(&d->md, &d->text.out);
}

static void put_told(markdown_diagnosis *d, const char *label, fv_buf *told)
{
    fv_markdown_raw(&d->md, label);
    fv_diagnosis_put_told(&d->text, told);
    take(d);
    fv_markdown_raw(&d->md, "\n");
}

/* ---- the ladder ---- */

static void put_event(markdown_diagnosis *d, const fedval_incident *incident)
{
    char time[FV_WHEN_TEXT_SIZE];
    fv_when_format(fedval_incident_get_time_ms(incident),
                   fedval_incident_is_zone_known(incident) != 0, time);
    fv_markdown_raw(&d->md, "1. ");
    fv_diagnosis_put_words_of(&d->text, incident);
    take(d);
    fv_markdown_raw(&d->md, " (");
    fv_markdown_text(&d->md, time);
    fv_markdown_raw(&d->md, time[0] != '\0' ? ", " : "");
    fv_diagnosis_put(&d->text, FV_SHOWN_SOURCE, fedval_incident_get_source(incident));
    take(d);
    fv_markdown_raw(&d->md, ", line ");
    fv_markdown_u64(&d->md, fedval_incident_get_line(incident));
    fv_markdown_raw(&d->md, ")\n");
}

static void put_ladder(markdown_diagnosis *d, const fedval_incident *incident,
                       const fedval_incident *seen)
{
    const fedval_incident *explained = incident->first_explained;
    size_t count = fedval_incident_count_hops(seen);
    for (size_t i = count; i > 0; i--) {
        fv_markdown_raw(&d->md, "1. ");
        fv_diagnosis_put_hop(&d->text, seen, i - 1);
        take(d);
        fv_markdown_raw(&d->md, "\n");
    }
    put_event(d, incident);
    for (size_t n = 0; explained != NULL && n < MAX_EXPLAINED; n++) {
        put_event(d, explained);
        explained = explained->next_explained;
    }
}

/* ---- the cause, and what follows ---- */

static void put_cause(markdown_diagnosis *d, const fedval_incident *incident)
{
    const fv_shower *shower = fv_diagnosis_shower(&d->text);
    const char *id = fedval_finding_code_to_string(incident->finding);
    fv_buf told;
    fv_markdown_raw(&d->md, "\n- cause: **");
    fv_markdown_raw(&d->md, id != NULL ? id : "not known here");
    fv_markdown_raw(&d->md, "**, ");
    fv_markdown_raw(&d->md, fedval_certainty_to_string(incident->certainty));
    fv_buf_init(&told);
    fv_tell_message(&told, incident, shower);
    put_told(d, ": ", &told);
}

static void put_steps(markdown_diagnosis *d, const fedval_incident *incident)
{
    const fv_shower *shower = fv_diagnosis_shower(&d->text);
    fv_buf told;
    fv_buf_init(&told);
    if (fv_tell_next(&told, incident, shower))
        put_told(d, "- next: ", &told);
    fv_buf_init(&told);
    if (fv_tell_remedy(&told, incident, shower))
        put_told(d, fv_incident_is_fault(incident) ? "- change: " : "- do: ", &told);
    fv_buf_init(&told);
    if (fv_tell_partner(&told, incident, shower))
        put_told(d, "- partner: ", &told);
}

static void put_letter(markdown_diagnosis *d, const fedval_incident *incident)
{
    fv_buf letter;
    fv_buf_init(&letter);
    if (fv_tell_letter(&letter, &d->text.log->store, incident, fv_diagnosis_shower(&d->text))) {
        fv_markdown_raw(&d->md, "\n#### To send ");
        fv_markdown_raw(&d->md, fv_diagnosis_letter_to(&d->text, incident));
        fv_markdown_raw(&d->md, "\n");
        fv_diagnosis_put_told(&d->text, &letter);
        fv_markdown_block(&d->md, &d->text.out);
    }
    d->md.buf.failed = d->md.buf.failed || letter.failed;
    fv_buf_clear(&letter);
}

static void put_story(markdown_diagnosis *d, size_t group)
{
    const fedval_incident *incident = fedval_log_get_group_first(d->text.log, group);
    const fedval_incident *seen = fv_incident_seen(incident);
    fv_markdown_raw(&d->md, "\n### ");
    fv_diagnosis_put_call(&d->text, incident);
    take(d);
    fv_markdown_raw(&d->md, "\n\n");
    fv_diagnosis_put_people(&d->text, seen);
    take(d);
    fv_markdown_raw(&d->md, " ");
    fv_diagnosis_put_repetition(&d->text, group);
    take(d);
    fv_markdown_raw(&d->md, "\n\n");
    put_ladder(d, incident, seen);
    put_cause(d, incident);
    if (d->text.log->store.groups[group].is_gone) {
        fv_markdown_raw(&d->md, "- done: " FV_GROUP_GONE "\n");
        return;
    }
    put_steps(d, incident);
    put_letter(d, incident);
}

static void put_stories(markdown_diagnosis *d)
{
    size_t num_stories = 0;
    for (size_t i = 0; i < fedval_log_count_groups(d->text.log); i++) {
        if (fv_group_is_story(&d->text.log->store.groups[i]) && num_stories++ < MAX_STORIES)
            put_story(d, i);
    }
    if (num_stories <= MAX_STORIES)
        return;
    fv_markdown_raw(&d->md, "\nNot shown, but in the JSON: ");
    fv_markdown_u64(&d->md, num_stories - MAX_STORIES);
    fv_markdown_raw(&d->md, " more.\n");
}

static void put_sources(markdown_diagnosis *d)
{
    fv_markdown_raw(&d->md, "\n### What was read\n\n");
    for (size_t i = 0; i < fedval_log_count_sources(d->text.log); i++) {
        fv_markdown_raw(&d->md, "- ");
        fv_diagnosis_put_source(&d->text, i);
        take(d);
        fv_markdown_raw(&d->md, "\n");
    }
}

fedval_status fedval_incident_recheck_to_markdown(const fedval_incident *incident,
                                                  const fedval_report *report, char **out_text,
                                                  size_t *out_len)
{
    fv_markdown out;
    if (incident == NULL || report == NULL || out_text == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_markdown_init(&out);
    const char *finding = fedval_finding_code_to_string(fedval_incident_get_finding(incident));
    fv_markdown_raw(&out, "\n**");
    fv_markdown_text(&out, fedval_incident_get_domain(incident));
    fv_markdown_raw(&out, "** ");
    fv_markdown_text(&out, finding != NULL ? finding : fedval_incident_get_reported_code(incident));
    fv_markdown_raw(&out, ": ");
    fv_markdown_text(&out, fv_recheck_sentence(incident, report));
    fv_markdown_raw(&out, "\n");
    return fv_markdown_finish(&out, out_text, out_len);
}

fedval_status fedval_log_to_markdown(const fedval_log *log, const fedval_diagnosis_options *shown,
                                     char **out_text, size_t *out_len)
{
    markdown_diagnosis d = {.text = {.log = log}};
    fedval_diagnosis_options chosen;
    fedval_text_options words = {.size = sizeof(words), .utf8 = 1};
    fedval_status status = fv_diagnosis_check(log, shown, out_text, &chosen);
    if (status == FEDVAL_OK)
        status = fv_out_init(&d.text.out, &words);
    if (status != FEDVAL_OK)
        return status;
    fv_markdown_init(&d.md);
    fv_diagnosis_prepare(&d.text.redactor, log, chosen.redact != 0);
    fv_markdown_raw(&d.md, "## Diagnosis of logs\n\n");
    fv_diagnosis_put_head(&d.text);
    take(&d);
    fv_markdown_raw(&d.md, "\n");
    put_stories(&d);
    put_sources(&d);
    d.md.buf.failed = d.md.buf.failed || d.text.redactor.failed || d.text.out.buf.failed;
    fv_buf_clear(&d.text.out.buf);
    fv_redactor_clear(&d.text.redactor);
    return fv_markdown_finish(&d.md, out_text, out_len);
}
