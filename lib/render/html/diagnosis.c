/* A diagnosis as HTML. First the result in short; then call by call. */
#include "render/html/diagnosis.h"
#include "logs/incidents/story.h"
#include "logs/log.h"

#include <string.h>

#define MAX_STORIES 50 /* more than anybody reads; the JSON has all of them */
#define MAX_UNRELATED 20

static fv_html_look look_of(const fedval_log *log)
{
    static const char *const marks[] = {
        [FEDVAL_HEADLINE_CAUSE_FOUND] = "broken",
        [FEDVAL_HEADLINE_CAUSE_NOT_TOLD] = "open",
        [FEDVAL_HEADLINE_ANSWER_CUT] = "open",
        [FEDVAL_HEADLINE_NOTHING_WRONG] = "sound",
        [FEDVAL_HEADLINE_NO_CALL_WITH_MICROSOFT] = "none",
        [FEDVAL_HEADLINE_NO_CALL_OF_FEDERATION] = "none",
        [FEDVAL_HEADLINE_NO_FAILED_CALL] = "none",
        [FEDVAL_HEADLINE_SEVERAL_CAUSES] = "broken",
        [FEDVAL_HEADLINE_CAUSE_OF_SOME] = "broken",
    };
    uint32_t headline = fedval_log_get_headline(log);
    return (fv_html_look){marks[headline], marks[headline], fedval_headline_get_sentence(headline)};
}

static void put_head(fv_html_diagnosis *d)
{
    fv_html_look look = look_of(d->text.log);
    fv_html_begin(&d->html, "Diagnosis of logs", &look);
    fv_html_raw(&d->html, "<p class=\"because\">");
    fv_diagnosis_put_head(&d->text);
    fv_html_diagnosis_take(d);
    fv_html_raw(&d->html, "</p>\n</div>\n");
}

static void put_stories(fv_html_diagnosis *d)
{
    const fedval_log *log = d->text.log;
    size_t num_stories = 0;
    for (size_t i = 0; i < fedval_log_count_groups(log); i++) {
        if (fv_group_is_story(&log->store.groups[i]) && num_stories++ < MAX_STORIES)
            fv_html_diagnosis_story(d, i);
    }
    if (num_stories > MAX_STORIES) {
        fv_html_raw(&d->html, "<p>Not shown, but in the JSON: ");
        fv_html_u64(&d->html, num_stories - MAX_STORIES);
        fv_html_raw(&d->html, " more</p>\n");
    }
    if (fedval_log_get_num_not_kept(log) > 0) {
        fv_html_raw(&d->html, "<p><code>limit-reached</code>: incidents counted and not kept: ");
        fv_html_u64(&d->html, fedval_log_get_num_not_kept(log));
        fv_html_raw(&d->html, "</p>\n");
    }
}

static void put_unrelated(fv_html_diagnosis *d, size_t group)
{
    const fedval_incident *incident = fedval_log_get_group_first(d->text.log, group);
    const char *id = fedval_finding_code_to_string(incident->finding);
    fv_buf told;
    fv_html_raw(&d->html, "<div class=\"card\">\n<p class=\"how\">");
    fv_diagnosis_put_unrelated_place(&d->text, group);
    fv_html_diagnosis_take(d);
    fv_html_element(&d->html, "</p>\n<p><code>", id, "</code> ");
    fv_buf_init(&told);
    fv_tell_message(&told, incident, fv_diagnosis_shower(&d->text));
    fv_html_diagnosis_told(d, &told);
    fv_html_raw(&d->html, "</p>\n");
    fv_buf_init(&told);
    if (fv_tell_unrelated_remedy(&told, incident, fv_diagnosis_shower(&d->text))) {
        fv_html_raw(&d->html, "<p>");
        fv_html_diagnosis_told(d, &told);
        fv_html_raw(&d->html, "</p>\n");
    }
    d->html.buf.failed = d->html.buf.failed || told.failed;
    fv_buf_clear(&told);
    fv_html_raw(&d->html, "</div>\n");
}

static void put_all_unrelated(fv_html_diagnosis *d)
{
    size_t shown = 0;
    for (size_t i = 0; i < fedval_log_count_groups(d->text.log); i++) {
        if (fedval_log_get_group_first(d->text.log, i)->is_related)
            continue;
        if (shown == 0) {
            fv_html_raw(
                &d->html,
                "<h3>Not tied to a partner</h3>\n<p class=\"how\">Nothing in these logs says that "
                "the other end is a Microsoft side.</p>\n");
        }
        if (shown++ < MAX_UNRELATED)
            put_unrelated(d, i);
    }
    if (shown > MAX_UNRELATED) {
        fv_html_raw(&d->html, "<p>Not shown, but in the JSON: ");
        fv_html_u64(&d->html, shown - MAX_UNRELATED);
        fv_html_raw(&d->html, " more kinds</p>\n");
    }
}

static void put_sources(fv_html_diagnosis *d)
{
    fv_html_raw(&d->html, "<h3>What was read</h3>\n<ul class=\"plain\">\n");
    for (size_t i = 0; i < fedval_log_count_sources(d->text.log); i++) {
        fv_html_raw(&d->html, "<li>");
        fv_diagnosis_put_source(&d->text, i);
        fv_html_diagnosis_take(d);
        fv_html_raw(&d->html, "</li>\n");
    }
    fv_html_raw(&d->html, "</ul>\n");
    if (fedval_log_get_num_not_understood(d->text.log) > 0) {
        fv_html_raw(&d->html, "<p class=\"how\">Entries that report a code or a text that is not "
                              "known here: ");
        fv_html_u64(&d->html, fedval_log_get_num_not_understood(d->text.log));
        fv_html_raw(&d->html, "</p>\n");
    }
    const char *unjudged = fedval_log_get_not_judged(d->text.log);
    if (unjudged == NULL)
        return;
    fv_html_raw(&d->html, "<p class=\"how\">Not judged: ");
    fv_html_text(&d->html, unjudged);
    fv_html_raw(&d->html, "</p>\n");
}

static fedval_status begin(fv_html_diagnosis *d, const fedval_log *log,
                           const fedval_diagnosis_options *shown,
                           const fedval_html_options *options, char *const *out)
{
    fedval_diagnosis_options chosen;
    fedval_text_options words = {.size = sizeof(words), .utf8 = 1};
    fedval_status status = fv_diagnosis_check(log, shown, out, &chosen);
    if (status == FEDVAL_OK)
        status = fv_html_init(&d->html, options);
    if (status == FEDVAL_OK)
        status = fv_out_init(&d->text.out, &words);
    if (status == FEDVAL_OK)
        fv_diagnosis_prepare(&d->text.redactor, log, chosen.redact != 0);
    return status;
}

fedval_status fedval_log_to_html(const fedval_log *log, const fedval_diagnosis_options *shown,
                                 const fedval_html_options *options, char **out_html,
                                 size_t *out_len)
{
    fv_html_diagnosis d = {.text = {.log = log}};
    fedval_status status = begin(&d, log, shown, options, out_html);
    if (status != FEDVAL_OK)
        return status;
    put_head(&d);
    put_stories(&d);
    put_all_unrelated(&d);
    put_sources(&d);
    fv_html_end(&d.html);
    d.html.buf.failed = d.html.buf.failed || d.text.redactor.failed || d.text.out.buf.failed;
    fv_buf_clear(&d.text.out.buf);
    fv_redactor_clear(&d.text.redactor);
    return fv_html_finish(&d.html, out_html, out_len);
}
