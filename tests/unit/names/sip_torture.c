/* The messages of RFC 4475: never a crash, and the caller is found wherever there is one. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../reading.h"
#include "base/text.h"
#include "fedval/name.h"

#define FOLDER FEDVAL_SOURCE_ROOT "/../shared/data/sip-torture"
#define MAX_SIZE 65536

typedef struct message {
    char text[MAX_SIZE];
    size_t len;
} message;

static bool read_message(const char *name, message *out)
{
    char path[4096];
    snprintf(path, sizeof(path), FOLDER "/%s", name);
    out->len = read_into(path, out->text, sizeof(out->text));
    return out->len > 0;
}

/* To the end of the line and of those folded into it. */
static size_t measure_value(const message *from, size_t start)
{
    size_t end = start;
    while (end < from->len) {
        bool is_line_end = from->text[end] == '\n';
        bool is_folded =
            end + 1 < from->len && (from->text[end + 1] == ' ' || from->text[end + 1] == '\t');
        if (is_line_end && !is_folded)
            break;
        end++;
    }
    return end - start;
}

static bool names_a_domain(const char *value, size_t value_len)
{
    fedval_sip_header *header = NULL;
    bool found = false;
    assert_int_equal(fedval_sip_header_parse(value, value_len, &header), FEDVAL_OK);
    for (size_t i = 0; i < fedval_sip_header_count(header); i++)
        found = found || fedval_sip_header_get_domain(header, i) != NULL;
    fedval_sip_header_free(header);
    return found;
}

/* Reads each From header; with a URI in it there must be a domain. */
static size_t count_callers(const message *from)
{
    size_t count = 0;
    for (size_t i = 0; i < from->len; i++) {
        fv_text rest = {from->text + i, from->len - i};
        if ((i > 0 && from->text[i - 1] != '\n') ||
            !fv_text_starts_nocase(rest, fv_text_of("From:")))
            continue;
        fv_text value = {rest.data + 5, measure_value(from, i + 5)};
        bool found = names_a_domain(value.data, value.len);
        bool has_uri = false;
        for (size_t j = 0; j + 4 < value.len; j++)
            has_uri = has_uri || memcmp(value.data + j, "sip:", 4) == 0;
        if (has_uri && !found)
            fail_msg("no domain in: %.*s", (int)value.len, value.data);
        count += found;
    }
    return count;
}

static void every_caller_is_found_and_nothing_crashes(void **state)
{
    size_t num_messages = 0, num_callers = 0;
    message *held = malloc(sizeof(*held));
    DIR *folder = opendir(FOLDER);
    (void)state;
    assert_non_null(held);
    if (folder == NULL) {
        free(held);
        print_message("skipped: the messages of RFC 4475 are not there\n");
        skip();
    }
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        if (entry->d_name[0] == '.' || !read_message(entry->d_name, held))
            continue;
        num_messages++;
        num_callers += count_callers(held);
        for (size_t cut = 0; cut < held->len; cut += 1 + cut / 8) {
            (void)names_a_domain(held->text + cut,
                                 held->len - cut > 65535 ? 65535 : held->len - cut);
        }
    }
    closedir(folder);
    free(held);
    assert_true(num_messages > 20);
    assert_true(num_callers > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_caller_is_found_and_nothing_crashes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
