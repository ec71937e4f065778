/* The log of the Expressway and the one of the Microsoft side, of the same call, read together: one
 * story, whichever comes first. With the argument "print" it writes what is expected anew. */
#define _DEFAULT_SOURCE /* scandir */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support.h"

#define PAIRS FEDVAL_SOURCE_ROOT "/tests/unit/logs/both-sides"
#define EXPRESSWAY ".expressway.log"

static void feed(fedval_log *log, const char *name, const char *end)
{
    char path[1024];
    size_t len = 0;
    snprintf(path, sizeof(path), "%s/%s%s", PAIRS, name, end);
    char *bytes = read_file(path, &len);
    assert_non_null(bytes);
    assert_int_equal(fedval_log_begin_source(log, end + 1, FEDVAL_NUL_ENDED), FEDVAL_OK);
    assert_int_equal(fedval_log_feed(log, bytes, len), FEDVAL_OK);
    free(bytes);
}

/* Appends a row for each incident of a source. The row names the finding of the incident that
 * explains it, not its number: numbers depend on the order of the logs. */
static void append_incidents(fv_buf *buf, const fedval_log *log, const char *source)
{
    for (size_t i = 0; i < fedval_log_count_incidents(log); i++) {
        const fedval_incident *incident = fedval_log_get_incident(log, i);
        uint32_t cause = fedval_incident_get_explained_by(incident);
        if (strcmp(fedval_incident_get_source(incident), source) != 0)
            continue;
        fv_buf_append_text(buf, source);
        append_number(buf, fedval_incident_get_line(incident));
        append_cell(buf, fedval_finding_code_to_string(fedval_incident_get_finding(incident)));
        append_cell(buf, fedval_certainty_to_string(fedval_incident_get_certainty(incident)));
        append_cell(buf, fedval_incident_is_related(incident) ? "related" : "unrelated");
        append_cell(buf, cause == 0 ? NULL
                                    : fedval_finding_code_to_string(fedval_incident_get_finding(
                                          fedval_log_get_incident(log, cause - 1))));
        append_cell(buf, fedval_incident_get_joined_by(incident));
        append_cell(buf, fedval_mend_side_to_string(fedval_incident_get_mend_side(incident)));
        fv_buf_append_char(buf, '\n');
    }
}

static char *tell(const char *name, bool expressway_first)
{
    fv_buf buf;
    fedval_log *log = NULL;
    assert_int_equal(fedval_log_new(&log), FEDVAL_OK);
    feed(log, name, expressway_first ? EXPRESSWAY : ".microsoft.log");
    feed(log, name, expressway_first ? ".microsoft.log" : EXPRESSWAY);
    assert_int_equal(fedval_log_finish(log), FEDVAL_OK);
    fv_buf_init(&buf);
    fv_buf_append_text(&buf, "# ");
    fv_buf_append_text(&buf, name);
    append_number(&buf, fedval_log_get_num_calls(log));
    append_number(&buf, fedval_log_get_num_events(log));
    append_cell(&buf, fedval_mend_side_to_string(fedval_log_get_mend_side(log)));
    append_number(&buf, fedval_log_get_diagnosis(log));
    fv_buf_append_char(&buf, '\n');
    append_incidents(&buf, log, "expressway.log");
    append_incidents(&buf, log, "microsoft.log");
    fedval_log_free(log);
    return fv_buf_take(&buf, NULL);
}

static int is_pair(const struct dirent *entry)
{
    return strstr(entry->d_name, EXPRESSWAY) != NULL;
}

/* What all pairs tell, for free(); each has to tell the same in both orders. */
static char *tell_all(void)
{
    struct dirent **entries = NULL;
    int count = scandir(PAIRS, &entries, is_pair, alphasort);
    fv_buf all;
    fv_buf_init(&all);
    assert_true(count >= 12);
    for (int i = 0; i < count; i++) {
        *strstr(entries[i]->d_name, EXPRESSWAY) = '\0';
        char *one = tell(entries[i]->d_name, true), *other = tell(entries[i]->d_name, false);
        assert_string_equal(one, other);
        fv_buf_append_text(&all, one);
        free(one);
        free(other);
        free(entries[i]);
    }
    free(entries);
    return fv_buf_take(&all, NULL);
}

static void each_pair_tells_one_story(void **state)
{
    (void)state;
    size_t len = 0;
    char *wanted = read_file(PAIRS "/expected.tsv", &len);
    char *told = tell_all();
    assert_non_null(wanted);
    assert_string_equal(told, wanted);
    free(told);
    free(wanted);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_pair_tells_one_story)};
    if (argc > 1 && strcmp(argv[1], "print") == 0) {
        char *told = tell_all();
        fputs(told, stdout);
        free(told);
        return 0;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
