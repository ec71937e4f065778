/* One log after another in one file, as a page or a mail has them: each pair of fixtures gives the
 * incidents of both. */
#define _DEFAULT_SOURCE /* scandir */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support.h"

enum { MAX_FIXTURES = 200, MAX_INCIDENTS = 40 };

/* What an incident says, without what the other log may add: its place, its call's other entries.
 */
typedef struct told {
    char *items[MAX_INCIDENTS];
    size_t num_items;
} told;

typedef struct fixture {
    char *name;
    uint8_t *bytes;
    size_t len;
    told alone;
} fixture;

/* Pairs that nobody could tell apart, in this order. */
static const struct {
    const char *first, *second, *why;
} passed_over[] = {
    {"article-prose.md", "article-retold.md", "prose quotes a command, and its output follows"},
    {"article-prose.md", "client-peer-types.txt", "the same"},
    {"article-prose.md", "windows-event-14502.txt", "prose begins an event, and the codes follow"},
    {"article-prose.md", "windows-events.txt", "the same"},
    {"client-1010-broken.log", "edge-lost-marker.log", "headers, and an entry without its head"},
    {"client-peer-types.txt", "edge-lost-marker.log", "the same"},
    {"edge-snooper.log", "edge-lost-marker.log", "the same"},
    {"expressway-headless.md", "expressway-other-ports.log", "one connection in both"},
    {"expressway-other-ports.log", "expressway-headless.md", "the same"},
};

static const char *why_passed_over(const fixture *first, const fixture *second)
{
    for (size_t i = 0; i < sizeof(passed_over) / sizeof(passed_over[0]); i++) {
        if (strcmp(passed_over[i].first, first->name) == 0 &&
            strcmp(passed_over[i].second, second->name) == 0)
            return passed_over[i].why;
    }
    return NULL;
}

static fixture fixtures[MAX_FIXTURES];
static size_t num_fixtures;

static char *words_of(const fedval_incident *incident)
{
    fv_buf buf;
    fv_buf_init(&buf);
    fv_buf_append_text(&buf, fedval_incident_kind_to_string(fedval_incident_get_kind(incident)));
    append_cell(&buf, fedval_finding_code_to_string(fedval_incident_get_finding(incident)));
    append_cell(&buf, fedval_incident_get_domain(incident));
    append_cell(&buf, fedval_incident_get_reported_code(incident));
    append_cell(&buf, fedval_incident_get_expected_name(incident));
    append_cell(&buf, fedval_incident_get_fqdn(incident, 0));
    return fv_buf_take(&buf, NULL);
}

static told read_told(const uint8_t *bytes, size_t len)
{
    told out = {.num_items = 0};
    fedval_log *log = read_log("test", bytes, len, len);
    for (size_t i = 0; i < fedval_log_count_incidents(log) && i < MAX_INCIDENTS; i++)
        out.items[out.num_items++] = words_of(fedval_log_get_incident(log, i));
    fedval_log_free(log);
    return out;
}

static void clear_told(told *all)
{
    for (size_t i = 0; i < all->num_items; i++)
        free(all->items[i]);
}

static bool is_told(const told *all, const char *words)
{
    for (size_t i = 0; i < all->num_items; i++) {
        if (strcmp(all->items[i], words) == 0)
            return true;
    }
    return false;
}

static void keep(const char *name, const uint8_t *bytes, size_t len)
{
    fixture *kept = &fixtures[num_fixtures++];
    assert_true(num_fixtures < MAX_FIXTURES);
    kept->name = strdup(name);
    kept->bytes = malloc(len + 2);
    memcpy(kept->bytes, bytes, len);
    memcpy(kept->bytes + len, "\n\n", 2);
    kept->len = len + 2;
    kept->alone = read_told(kept->bytes, kept->len);
}

/* Returns how many of the words of one are not among the others'. */
static size_t count_missing(const told *wanted, const told *there, const char *what,
                            const fixture *first, const fixture *second, bool is_loud)
{
    size_t count = 0;
    for (size_t i = 0; i < wanted->num_items; i++) {
        if (!is_told(there, wanted->items[i])) {
            if (is_loud)
                printf("%s and %s: %s %s\n", first->name, second->name, what, wanted->items[i]);
            count++;
        }
    }
    return count;
}

static size_t compare(const fixture *first, const fixture *second, bool is_loud)
{
    told both = {.num_items = 0};
    size_t len = first->len + second->len, faults;
    uint8_t *bytes = malloc(len);
    memcpy(bytes, first->bytes, first->len);
    memcpy(bytes + first->len, second->bytes, second->len);
    told seen = read_told(bytes, len);
    free(bytes);
    for (size_t i = 0; i < first->alone.num_items; i++)
        both.items[both.num_items++] = first->alone.items[i];
    for (size_t i = 0; i < second->alone.num_items && both.num_items < MAX_INCIDENTS; i++)
        both.items[both.num_items++] = second->alone.items[i];
    faults = count_missing(&both, &seen, "lost", first, second, is_loud) +
             count_missing(&seen, &both, "made up", first, second, is_loud);
    clear_told(&seen);
    return faults;
}

static size_t check(const fixture *first, const fixture *second)
{
    const char *why = why_passed_over(first, second);
    size_t faults = compare(first, second, why == NULL);
    if (why == NULL)
        return faults;
    if (faults == 0)
        printf("%s and %s are passed over (%s), and agree\n", first->name, second->name, why);
    return faults == 0;
}

static void one_log_after_another_gives_the_incidents_of_both(void **state)
{
    size_t faults = 0;
    (void)state;
    visit_fixtures(keep);
    assert_true(num_fixtures > 30);
    for (size_t i = 0; i < num_fixtures; i++) {
        for (size_t j = 0; j < num_fixtures; j++)
            faults += check(&fixtures[i], &fixtures[j]);
    }
    for (size_t i = 0; i < num_fixtures; i++) {
        clear_told(&fixtures[i].alone);
        free(fixtures[i].bytes);
        free(fixtures[i].name);
    }
    assert_int_equal(faults, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_log_after_another_gives_the_incidents_of_both),
    };
    return cmocka_run_group_tests_name("logs/pairs", tests, NULL, NULL);
}
