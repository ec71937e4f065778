/* The tree's own logs against the incidents that each is to give (tests/vectors/logs/expected.tsv),
 * whole and in pieces of every size. With the argument "print" it writes that file anew. */
#define _DEFAULT_SOURCE /* scandir */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support.h"

static char *expected;

/* The rows of one fixture: the file has "# name" before them. */
static char *expected_rows(const char *name)
{
    char head[300];
    snprintf(head, sizeof(head), "# %s\n", name);
    const char *from = strstr(expected, head);
    if (from == NULL)
        return NULL;
    from += strlen(head);
    const char *to = strstr(from, "# ");
    size_t len = to != NULL ? (size_t)(to - from) : strlen(from);
    char *rows = calloc(1, len + 1);
    memcpy(rows, from, len);
    return rows;
}

static void compare_whole(const char *name, const uint8_t *bytes, size_t len)
{
    char *wanted = expected_rows(name);
    char *seen = rows_of_bytes(bytes, len, len, ROW_WHOLE);
    if (wanted == NULL)
        fail_msg("%s has no rows in expected.tsv", name);
    if (strcmp(wanted, seen) != 0)
        fail_msg("%s\nwanted\n%sseen\n%s", name, wanted, seen);
    free(wanted);
    free(seen);
}

static void each_fixture_gives_the_incidents_that_are_expected(void **state)
{
    (void)state;
    assert_true(visit_fixtures(compare_whole) > 30);
}

static void compare_pieces(const char *name, const uint8_t *bytes, size_t len)
{
    char *whole = rows_of_bytes(bytes, len, len, ROW_WHOLE);
    for (size_t step = 1; step <= 64; step++) {
        char *seen = rows_of_bytes(bytes, len, step, ROW_WHOLE);
        if (strcmp(whole, seen) != 0)
            fail_msg("%s in pieces of %zu\nwanted\n%sseen\n%s", name, step, whole, seen);
        free(seen);
    }
    free(whole);
}

static void pieces_of_any_size_give_the_same(void **state)
{
    (void)state;
    visit_fixtures(compare_pieces);
}

static void compare_cut(const char *name, const uint8_t *bytes, size_t len)
{
    char *whole = rows_of_bytes(bytes, len, len, ROW_WHOLE);
    for (size_t cut = 1; cut < len; cut += 7) {
        fedval_log *log = NULL;
        assert_int_equal(fedval_log_new(&log), FEDVAL_OK);
        assert_int_equal(fedval_log_begin_source(log, "test", FEDVAL_NUL_ENDED), FEDVAL_OK);
        assert_int_equal(fedval_log_feed(log, bytes, cut), FEDVAL_OK);
        assert_int_equal(fedval_log_feed(log, bytes + cut, len - cut), FEDVAL_OK);
        assert_int_equal(fedval_log_finish(log), FEDVAL_OK);
        char *seen = rows_of(log, ROW_WHOLE);
        if (strcmp(whole, seen) != 0)
            fail_msg("%s cut at %zu", name, cut);
        free(seen);
        fedval_log_free(log);
    }
    free(whole);
}

static void a_cut_anywhere_changes_nothing(void **state)
{
    (void)state;
    visit_fixtures(compare_cut);
}

/* Deep in a long source, wherever the window happens to end. */
static void compare_deep(const char *name, const uint8_t *bytes, size_t len)
{
    static const size_t depths[] = {1000, 131072, 235000, 255900, 262140, 262144, 300000, 524000};
    char *whole = rows_of_bytes(bytes, len, len, ROW_CORE);
    for (size_t i = 0; i < sizeof(depths) / sizeof(depths[0]); i++) {
        size_t depth = depths[i];
        uint8_t *text = malloc(depth + len);
        for (size_t at = 0; at < depth; at++)
            text[at] = at % 61 == 60 || at + 1 == depth ? '\n' : '.';
        memcpy(text + depth, bytes, len);
        char *seen = rows_of_bytes(text, depth + len, 65536, ROW_CORE);
        if (strcmp(whole, seen) != 0)
            fail_msg("%s after %zu bytes\nwanted\n%sseen\n%s", name, depth, whole, seen);
        free(seen);
        free(text);
    }
    free(whole);
}

static void the_place_in_a_long_source_changes_nothing(void **state)
{
    (void)state;
    visit_fixtures(compare_deep);
}

static void print_rows(const char *name, const uint8_t *bytes, size_t len)
{
    char *rows = rows_of_bytes(bytes, len, len, ROW_WHOLE);
    printf("# %s\n%s", name, rows);
    free(rows);
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "print") == 0)
        return visit_fixtures(print_rows) > 0 ? 0 : 1;
    size_t len = 0;
    uint8_t *bytes = (uint8_t *)read_file(VECTORS "/expected.tsv", &len);
    if (bytes == NULL)
        return 1;
    bytes[len] = '\0';
    expected = (char *)bytes;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_fixture_gives_the_incidents_that_are_expected),
        cmocka_unit_test(pieces_of_any_size_give_the_same),
        cmocka_unit_test(a_cut_anywhere_changes_nothing),
        cmocka_unit_test(the_place_in_a_long_source_changes_nothing),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    free(bytes);
    return failed;
}
