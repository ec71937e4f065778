/* Each of 20 true entries through each way in which people wrap logs: the same incidents come out,
 * or fewer, or less certain ones; never others. tests/vectors/logs/wrapped.tsv tells which of all
 * logs lose something, in which wrapping: with the argument "print" that file is written anew. */
#define _DEFAULT_SOURCE /* scandir */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support.h"
#include "wrap.h"

static const char *const entries[] = {
    "client-1008.log",
    "client-1009.log",
    "client-1010-name.log",
    "client-1010-root.log",
    "client-1047.log",
    "client-public-and-client.log",
    "edge-srv.log",
    "edge-cert.log",
    "edge-connection.log",
    "edge-protocol.log",
    "expressway-504.log",
    "expressway-dns.log",
    "expressway-tcp.log",
    "expressway-event.log",
    "expressway-tls-errors.log",
    "powershell.txt",
    "powershell-exception.txt",
    "response-403.log",
    "search-history.txt",
    "windows-event.txt",
};
#define NUM_ENTRIES (sizeof(entries) / sizeof(entries[0]))

enum { SAME, LESS, WRONG, NOTHING, NUM_OUTCOMES };

/* Absent counts as less. */
static bool is_same_or_less(const char *whole, const char *seen, bool *less)
{
    if (seen == NULL && whole != NULL)
        *less = true;
    return seen == NULL || (whole != NULL && strcmp(whole, seen) == 0);
}

static bool fits(const fedval_incident *whole, const fedval_incident *seen, bool *less)
{
    bool undetermined = fedval_incident_get_certainty(seen) == FEDVAL_CERTAINTY_UNDETERMINED;
    bool same_finding = fedval_incident_get_finding(whole) == fedval_incident_get_finding(seen);
    uint32_t direction = fedval_incident_get_direction(seen);
    bool same_direction = fedval_incident_get_direction(whole) == direction;
    typedef const char *getter(const fedval_incident *);
    static getter *const texts[] = {
        fedval_incident_get_domain,         fedval_incident_get_reported_code,
        fedval_incident_get_call_id,        fedval_incident_get_cseq,
        fedval_incident_get_peer,           fedval_incident_get_expected_name,
        fedval_incident_get_from,           fedval_incident_get_to,
        fedval_incident_get_presented_name,
    };
    *less = !same_finding || !same_direction ||
            fedval_incident_get_certainty(whole) != fedval_incident_get_certainty(seen);
    if (!same_finding && !undetermined)
        return false;
    if (!same_direction && direction != FEDVAL_CALL_DIRECTION_UNKNOWN)
        return false;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        if (!is_same_or_less(texts[i](whole), texts[i](seen), less))
            return false;
    }
    for (size_t i = 0; i < fedval_incident_count_fqdns(seen); i++) {
        if (!is_same_or_less(fedval_incident_get_fqdn(whole, i), fedval_incident_get_fqdn(seen, i),
                             less))
            return false;
    }
    return fedval_incident_get_certainty(seen) >= fedval_incident_get_certainty(whole) || *less;
}

static int compare(const fedval_log *whole, const fedval_log *seen)
{
    size_t num_whole = fedval_log_count_incidents(whole);
    size_t num_seen = fedval_log_count_incidents(seen);
    bool any_less = num_seen != num_whole;
    size_t at = 0;
    if (num_seen == 0)
        return NOTHING;
    for (size_t i = 0; i < num_seen; i++) {
        bool less = false;
        const fedval_incident *incident = fedval_log_get_incident(seen, i);
        while (at < num_whole && !fits(fedval_log_get_incident(whole, at), incident, &less))
            at++;
        if (at++ >= num_whole)
            return WRONG;
        any_less = any_less || less;
    }
    return any_less ? LESS : SAME;
}

typedef struct original {
    uint8_t *bytes;
    size_t len;
    fedval_log *log;
} original;

static original originals[NUM_ENTRIES];

static int read_originals(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_ENTRIES; i++) {
        char path[1024];
        snprintf(path, sizeof(path), "%s/%s", VECTORS, entries[i]);
        originals[i].bytes = (uint8_t *)read_file(path, &originals[i].len);
        if (originals[i].bytes == NULL)
            return -1;
        originals[i].log = read_log("test", originals[i].bytes, originals[i].len, SIZE_MAX);
    }
    return 0;
}

static int free_originals(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_ENTRIES; i++) {
        fedval_log_free(originals[i].log);
        free(originals[i].bytes);
    }
    return 0;
}

static void show_difference(const char *entry, const wrapping *way, const fedval_log *whole,
                            const fedval_log *seen, const fv_buf *wrapped)
{
    char *wanted = rows_of(whole, ROW_WHOLE), *found = rows_of(seen, ROW_WHOLE);
    printf("%s through %s:\n%.*s\nwanted\n%sseen\n%s", entry, way->name,
           (int)(wrapped->len < 1500 ? wrapped->len : 1500), wrapped->data, wanted, found);
    free(wanted);
    free(found);
}

/* Writes a wrapped entry to the folder of WRAPPINGS_WRITE, for the tests of other forms of the
 * library. */
static void write_out(const char *entry, const wrapping *way, const fv_buf *wrapped)
{
    const char *folder = getenv("WRAPPINGS_WRITE");
    char path[1024];
    if (folder == NULL)
        return;
    snprintf(path, sizeof(path), "%s/%zu-%s", folder, (size_t)(way - wrappings), entry);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(wrapped->data, 1, wrapped->len, file), wrapped->len);
    assert_int_equal(fclose(file), 0);
}

static int try_one(const original *whole, const char *entry, const wrapping *way)
{
    fv_buf wrapped;
    fv_buf_init(&wrapped);
    wrap_append(&wrapped, way, whole->bytes, whole->len);
    write_out(entry, way, &wrapped);
    fedval_log *seen = read_log("test", (const uint8_t *)wrapped.data, wrapped.len, wrapped.len);
    int outcome = compare(whole->log, seen);
    if (outcome == WRONG || (outcome != SAME && getenv("WRAPPINGS_SHOW") != NULL))
        show_difference(entry, way, whole->log, seen, &wrapped);
    fedval_log_free(seen);
    fv_buf_clear(&wrapped);
    return outcome;
}

static void wrapped_entries_give_the_same_or_less(void **state)
{
    (void)state;
    size_t totals[NUM_OUTCOMES] = {0};
    assert_true(NUM_WRAPPINGS >= 100);
    printf("%-28s same  less certain  wrong  nothing\n", "wrapping");
    for (size_t w = 0; w < NUM_WRAPPINGS; w++) {
        size_t counts[NUM_OUTCOMES] = {0};
        const wrapping *way = &wrappings[w];
        for (size_t i = 0; i < NUM_ENTRIES; i++)
            counts[try_one(&originals[i], entries[i], way)]++;
        printf("%-28s %4zu  %12zu  %5zu  %7zu\n", way->name, counts[SAME], counts[LESS],
               counts[WRONG], counts[NOTHING]);
        for (size_t k = 0; k < NUM_OUTCOMES; k++)
            totals[k] += counts[k];
    }
    printf("%-28s %4zu  %12zu  %5zu  %7zu\n", "all", totals[SAME], totals[LESS], totals[WRONG],
           totals[NOTHING]);
    assert_int_equal(totals[WRONG], 0);
    /* Silence would be no answer either. */
    assert_true(totals[SAME] * 100 >= NUM_WRAPPINGS * NUM_ENTRIES * 95);
}

static void every_entry_is_an_incident(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_ENTRIES; i++)
        assert_true(fedval_log_count_incidents(originals[i].log) > 0);
}

/* ---- what each wrapping costs ---- */

static fv_buf costs;
static const char *const outcomes[] = {
    [SAME] = "details", [LESS] = "less", [WRONG] = "other", [NOTHING] = "nothing"};

/* Appends a row if the wrapping leaves something else of the log. */
static void append_cost(const char *name, const fedval_log *whole, const char *rows,
                        const wrapping *way, const fv_buf *wrapped)
{
    fedval_log *left = read_log("test", (const uint8_t *)wrapped->data, wrapped->len, wrapped->len);
    char *found = rows_of(left, ROW_BUT_LINE);
    if (strcmp(rows, found) != 0) {
        fv_buf_append_text(&costs, name);
        append_cell(&costs, way->name);
        append_cell(&costs, outcomes[compare(whole, left)]);
        fv_buf_append_char(&costs, '\n');
    }
    free(found);
    fedval_log_free(left);
}

static void append_costs(const char *name, const uint8_t *bytes, size_t len)
{
    fedval_log *whole = read_log("test", bytes, len, len);
    char *rows = rows_of(whole, ROW_BUT_LINE);
    for (size_t w = 0; w < NUM_WRAPPINGS; w++) {
        fv_buf wrapped;
        fv_buf_init(&wrapped);
        wrap_append(&wrapped, &wrappings[w], bytes, len);
        append_cost(name, whole, rows, &wrappings[w], &wrapped);
        fv_buf_clear(&wrapped);
    }
    free(rows);
    fedval_log_free(whole);
}

static char *take_costs(void)
{
    fv_buf_init(&costs);
    visit_fixtures(append_costs);
    return fv_buf_take(&costs, NULL);
}

static void each_wrapping_costs_what_it_is_known_to_cost(void **state)
{
    (void)state;
    size_t len = 0;
    char *wanted = read_file(VECTORS "/wrapped.tsv", &len), *found = take_costs();
    assert_non_null(wanted);
    for (size_t line = 1, at = 0; found[at] != '\0'; at++) {
        if (found[at] != wanted[at])
            fail_msg("wrapped.tsv, line %zu is another", line);
        line += found[at] == '\n';
    }
    assert_int_equal(strlen(found), len);
    free(wanted);
    free(found);
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "print") == 0) {
        char *rows = take_costs();
        printf("%s", rows);
        free(rows);
        return 0;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_entry_is_an_incident),
        cmocka_unit_test(wrapped_entries_give_the_same_or_less),
        cmocka_unit_test(each_wrapping_costs_what_it_is_known_to_cost),
    };
    return cmocka_run_group_tests(tests, read_originals, free_originals);
}
