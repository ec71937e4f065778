/*
 * usage: vectors-run [--write] [--coverage] [--reports] FILE|FOLDER...
 * Runs vectors: evidence, policy and anchors with the report that has to come of them. A FOLDER
 * stands for all files in the folders below it, whatever their names are, as they are there when
 * this runs; the folder "logs" has vectors of another kind.
 * A file whose text is not exactly what running it writes fails; --write writes it.
 * With --reports each report is printed, a line each: the file, a tab, the report as JSON. The
 * bindings are held to it byte for byte. With --coverage it fails too when a code of any family but
 * that of the logs fires in no vector, or is silent in none.
 */
#define _DEFAULT_SOURCE /* scandir */

#include "vector.h"

#include "catalogue/catalogue.h"
#include "fedval/mbedtls.h"
#include "judge/judgement.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_CODES 256

typedef struct tally {
    size_t num_vectors, num_failed;
    size_t num_fired[MAX_CODES];
} tally;

static void count_codes(tally *t, const fedval_report *report)
{
    bool has_fired[MAX_CODES] = {false};
    for (size_t i = 0; i < report->num_findings; i++) {
        uint32_t code = report->findings[i].remark.code;
        if (!has_fired[code])
            t->num_fired[code]++;
        has_fired[code] = true;
    }
}

static bool write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    if (file == NULL)
        return false;
    bool ok = fputs(text, file) >= 0;
    return fclose(file) == 0 && ok;
}

static void show_difference(const char *path, const char *is, const char *wanted)
{
    size_t line = 1;
    while (*is != '\0' && *is == *wanted) {
        line += *is == '\n';
        is++;
        wanted++;
    }
    (void)fprintf(stderr,
                  "%s:%zu: the report differs from what is expected here; it says\n%.400s\n", path,
                  line, wanted);
}

/* What neither DNS nor the certificate can mend: somebody has to open a port, or to look again. */
static bool is_beyond_actions(const fedval_report *report)
{
    for (size_t i = 0; i < report->num_findings; i++) {
        const fv_remark *remark = &report->findings[i].remark;
        if (remark->severity > FEDVAL_SEVERITY_WARNING &&
            fedval_catalogue_find(remark->code)->cure == FEDVAL_CURE_NONE)
            return true;
    }
    return false;
}

/* Every other fault is gone once the actions are carried out; these are not talked away, and what
 * was not seen before is not seen then either. */
static bool actions_mend(const vector *v, const fedval_report *report)
{
    bool is_pass = report->after_actions == FEDVAL_VERDICT_PASS;
    bool is_fail = report->after_actions == FEDVAL_VERDICT_FAIL;
    if (report->verdict == FEDVAL_VERDICT_PASS)
        return is_pass && report->num_actions == 0;
    if (is_beyond_actions(report) ? !is_pass : !is_fail)
        return true;
    (void)fprintf(stderr, "%s: with all actions carried out the verdict is %s\n", v->path,
                  fedval_verdict_to_string(report->after_actions));
    return false;
}

/* Whoever reads the list from above meets the way that hurts nobody first. */
static bool harmless_first(const vector *v, const fedval_report *report)
{
    for (size_t i = 0; i < report->num_actions; i++) {
        const fv_report_action *action = &report->actions[i];
        bool has_other = action->alternative_to >= 1 && action->alternative_to <= i &&
                         report->actions[action->alternative_to - 1].hurts == NULL;
        if (action->hurts == NULL || has_other)
            continue;
        (void)fprintf(stderr, "%s: action %zu hurts, and nothing stands before it in its place\n",
                      v->path, i + 1);
        return false;
    }
    return true;
}

/* What is no fault breaks no calls. */
static bool breaks_by_severity(const vector *v, const fedval_report *report)
{
    for (size_t i = 0; i < report->num_findings; i++) {
        const fedval_finding *finding = &report->findings[i];
        if (finding->remark.severity <= FEDVAL_SEVERITY_WARNING && finding->breaks != 0) {
            (void)fprintf(stderr, "%s: %s breaks calls, and is no fault\n", v->path,
                          fedval_finding_code_to_string(finding->remark.code));
            return false;
        }
    }
    return true;
}

/* The same inputs give the same report, byte for byte. */
static bool is_repeatable(const vector *v, const fedval_verifier *verifier,
                          const fedval_report *report)
{
    fedval_report *again = NULL;
    char *first = NULL, *second = NULL;
    size_t first_len = 0, second_len = 0;
    bool ok = vector_evaluate(v, verifier, &again) == FEDVAL_OK &&
              fedval_report_to_json(report, &first, &first_len) == FEDVAL_OK &&
              fedval_report_to_json(again, &second, &second_len) == FEDVAL_OK &&
              first_len == second_len && memcmp(first, second, first_len) == 0;
    if (!ok)
        (void)fprintf(stderr, "%s: judged again, the report is another one\n", v->path);
    fedval_text_free(first);
    fedval_text_free(second);
    fedval_report_free(again);
    return ok;
}

/* The order in which answers come is the machine's: the report does not depend on it. */
static bool is_alike_in_any_order(const vector *v, const fedval_verifier *verifier,
                                  const fedval_report *report)
{
    enum { NUM_ORDERS = 4 };
    char *wanted = NULL;
    bool ok = fedval_report_to_json(report, &wanted, NULL) == FEDVAL_OK;
    for (uint32_t seed = 0; ok && seed < NUM_ORDERS; seed++) {
        fedval_report *other = NULL;
        vector shuffled;
        char *text = NULL;
        ok = vector_shuffle(v, seed, &shuffled) &&
             vector_evaluate(&shuffled, verifier, &other) == FEDVAL_OK &&
             fedval_report_to_json(other, &text, NULL) == FEDVAL_OK && strcmp(text, wanted) == 0;
        if (!ok) {
            (void)fprintf(stderr,
                          "%s: with its facts in order %u the report is another one:\n%s\n%s\n",
                          v->path, seed, wanted, text != NULL ? text : "(none)");
        }
        fedval_text_free(text);
        fedval_report_free(other);
        vector_clear_shuffled(&shuffled);
    }
    fedval_text_free(wanted);
    return ok;
}

/* Whoever gives the actions of the report back is told what the report told. Domains that are
 * judged together share what a single one does not know. */
static bool is_same_applied(const vector *v, const fedval_verifier *verifier,
                            const fedval_report *report)
{
    fedval_report *applied = NULL;
    char *text = NULL;
    if (v->num_evidence > 1)
        return true;
    fedval_status status = fedval_report_to_json(report, &text, NULL);
    if (status == FEDVAL_OK)
        status = vector_evaluate_with(v, verifier, text, &applied);
    bool ok = status == FEDVAL_OK && applied->after_actions == report->after_actions &&
              applied->verdict == report->verdict && applied->num_actions == report->num_actions;
    if (!ok) {
        (void)fprintf(stderr, "%s: %s; with its actions given back the verdict is %s, not %s\n",
                      v->path, fedval_status_to_string(status),
                      applied != NULL ? fedval_verdict_to_string(applied->after_actions) : "none",
                      fedval_verdict_to_string(report->after_actions));
    }
    fedval_text_free(text);
    fedval_report_free(applied);
    return ok;
}

static bool print_report(const vector *v, const fedval_report *report)
{
    char *text = NULL;
    bool ok = fedval_report_to_json(report, &text, NULL) == FEDVAL_OK;
    if (ok)
        (void)printf("%s\t%s\n", v->path, text);
    fedval_text_free(text);
    return ok;
}

/* What a run does beside judging. */
typedef struct run_options {
    bool may_write, prints_reports;
} run_options;

static bool judge(const vector *v, const fedval_verifier *verifier, run_options options, tally *t)
{
    fedval_report *report = NULL;
    fedval_status status = vector_evaluate(v, verifier, &report);
    if (status != FEDVAL_OK) {
        (void)fprintf(stderr, "%s: %s\n", v->path, fedval_status_to_string(status));
        return false;
    }
    count_codes(t, report);
    json_t *expected = expected_from_report(report);
    char *text = vector_text_with(v, expected);
    bool is_same = strcmp(text, v->text) == 0;
    if (!is_same && options.may_write)
        is_same = write_file(v->path, text);
    else if (!is_same)
        show_difference(v->path, v->text, text);
    bool is_mended = actions_mend(v, report) && harmless_first(v, report) &&
                     breaks_by_severity(v, report) && is_repeatable(v, verifier, report) &&
                     is_alike_in_any_order(v, verifier, report) &&
                     is_same_applied(v, verifier, report);
    bool is_printed = !options.prints_reports || print_report(v, report);
    free(text);
    json_decref(expected);
    fedval_report_free(report);
    return is_same && is_mended && is_printed;
}

/* The same rules again, to see that each emitted no other codes than those that it lists. */
static bool emits_what_it_lists(const vector *v, const fedval_verifier *verifier)
{
    fv_arena arena;
    fv_judgement judgement;
    fv_rules_input input = {.evidence = v->evidence[0],
                            .policy = v->policy,
                            .anchors = v->anchors,
                            .crls = v->crls,
                            .verifier = verifier,
                            .time = v->evidence[0]->time};
    fv_arena_init(&arena);
    bool ok = fv_judgement_make(&arena, &input, &judgement) == FEDVAL_OK &&
              judgement.remarks.num_unlisted == 0;
    if (!ok)
        (void)fprintf(stderr, "%s: a rule emits a code that it does not list\n", v->path);
    fv_arena_clear(&arena);
    return ok;
}

static void run_vector(const char *path, const fedval_verifier *verifier, run_options options,
                       tally *t)
{
    vector v;
    bool ok = vector_load(path, verifier, &v) && judge(&v, verifier, options, t) &&
              emits_what_it_lists(&v, verifier);
    vector_clear(&v);
    t->num_vectors++;
    t->num_failed += !ok;
}

/* ---- folders ---- */

typedef struct run {
    const fedval_verifier *verifier;
    run_options options;
    tally done;
} run;

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* Calls `each` with the path of everything in a folder, in the order of the names. Returns false
 * when it is no folder. */
static bool each_in_folder(const char *folder, void (*each)(const char *path, run *self), run *self)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_visible, alphasort);
    for (int i = 0; i < count; i++) {
        char path[4096];
        (void)snprintf(path, sizeof(path), "%s/%s", folder, entries[i]->d_name);
        each(path, self);
        free(entries[i]);
    }
    free(entries);
    return count >= 0;
}

static void run_file(const char *path, run *self)
{
    run_vector(path, self->verifier, self->options, &self->done);
}

static void run_family(const char *path, run *self)
{
    const char *name = strrchr(path, '/') + 1;
    if (strcmp(name, "logs") != 0)
        (void)each_in_folder(path, run_file, self); /* a file beside the families is no vector */
}

/* What the rules say; logs have vectors of their own. */
static bool needs_vectors(const fedval_catalogue_entry *entry)
{
    return entry->family >= FEDVAL_FAMILY_SRV && entry->family <= FEDVAL_FAMILY_TRUST;
}

static size_t check_coverage(const tally *t, size_t *out_checked)
{
    size_t failed = 0;
    for (size_t i = 0; i < fedval_catalogue_count(); i++) {
        const fedval_catalogue_entry *entry = fedval_catalogue_get(i);
        size_t fired = t->num_fired[entry->code];
        if (!needs_vectors(entry))
            continue;
        ++*out_checked;
        if (fired == 0 || fired == t->num_vectors) {
            (void)fprintf(stderr, "%s fires in %zu of %zu vectors\n", entry->id, fired,
                          t->num_vectors);
            failed++;
        }
    }
    return failed;
}

int main(int argc, char **argv)
{
    fedval_verifier *verifier = NULL;
    bool wants_coverage = false;
    size_t num_codes = 0, num_uncovered = 0;
    if (fedval_mbedtls_verifier_new(&verifier) != FEDVAL_OK)
        return 1;
    run self = {.verifier = verifier};
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--write") == 0)
            self.options.may_write = true;
        else if (strcmp(argv[i], "--reports") == 0)
            self.options.prints_reports = true;
        else if (strcmp(argv[i], "--coverage") == 0)
            wants_coverage = true;
        else if (!each_in_folder(argv[i], run_family, &self))
            run_file(argv[i], &self);
    }
    if (wants_coverage)
        num_uncovered = check_coverage(&self.done, &num_codes);
    fedval_verifier_free(verifier);
    size_t num_failed = self.done.num_failed + num_uncovered;
    (void)printf("%zu passed, %zu failed\n", self.done.num_vectors + num_codes - num_failed,
                 num_failed);
    return self.done.num_vectors == 0 || num_failed > 0;
}
