#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "render/json/pull.h"

#include <stdlib.h>
#include <string.h>

static fv_pull pull_of(fv_arena *arena, const char *text, size_t len)
{
    fv_pull pull;
    fv_arena_init(arena);
    fv_pull_init(&pull, (fv_text){text, len}, arena);
    return pull;
}

static void a_string_ends_at_the_first_quote_that_is_not_escaped(void **state)
{
    static const struct {
        const char *json, *wanted; /* NULL: a fault */
    } cases[] = {
        {"\"\"", ""},
        {"\"plain\"", "plain"},
        {"\"a\\\"b\"", "a\"b"},
        {"\"\\\\\"", "\\"},
        {"\"\\\\\\\"\"", "\\\""},
        {"\"\\\"\\\"\\\"\"", "\"\"\""},
        {"\"a\\nb\\\"c\"", "a\nb\"c"},
        {"\"", NULL},
        {"\"a", NULL},
        {"\"a\\", NULL},
        {"\"a\\\"", NULL},
        {"\"a\\\\\\\"", NULL},
        {"\"a\nb\"", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        fv_arena arena;
        const char *text = NULL;
        fv_pull pull = pull_of(&arena, cases[i].json, strlen(cases[i].json));
        fv_pull_text(&pull, &text);
        fv_pull_end(&pull);
        if (cases[i].wanted == NULL)
            assert_non_null(pull.fault);
        else {
            assert_null(pull.fault);
            assert_string_equal(text, cases[i].wanted);
        }
        fv_arena_clear(&arena);
    }
}

/* If the end was looked for anew after each escape, this would not come to an end in an hour. */
static void a_string_of_very_many_escapes_is_read_in_one_run(void **state)
{
    enum { ESCAPES = 8000000 };
    fv_arena arena;
    const size_t len = 2 * (size_t)ESCAPES + 2;
    char *json = malloc(len);
    (void)state;
    assert_non_null(json);
    for (size_t i = 1; i + 2 < len; i += 2)
        memcpy(json + i, "\\n", 2);
    json[0] = json[len - 1] = '"';
    fv_pull pull = pull_of(&arena, json, len);
    fv_pull_skip(&pull);
    fv_pull_end(&pull);
    assert_null(pull.fault);
    pull = pull_of(&arena, json, len - 1);
    fv_pull_skip(&pull);
    assert_non_null(pull.fault);
    fv_arena_clear(&arena);
    free(json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_string_ends_at_the_first_quote_that_is_not_escaped),
        cmocka_unit_test(a_string_of_very_many_escapes_is_read_in_one_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
