/* Allocation failures while logs are read, joined and shown. */
#include "../reading.h"
#include "oom.h"

#include "fedval/diagnosis.h"
#include "fedval/html.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static uint8_t text[20000];
static size_t text_len;

static fedval_status show(const fedval_log *log)
{
    fedval_diagnosis_options options = {sizeof(options), 1, 1};
    char *shown = NULL;
    fedval_status status = fedval_log_to_json(log, &options, &shown, NULL);
    fedval_text_free(shown);
    shown = NULL;
    if (status == FEDVAL_OK)
        status = fedval_log_to_text(log, &options, NULL, &shown, NULL);
    fedval_text_free(shown);
    shown = NULL;
    if (status == FEDVAL_OK)
        status = fedval_log_to_html(log, &options, NULL, &shown, NULL);
    fedval_text_free(shown);
    return status;
}

static fedval_status diagnose(void *context)
{
    fedval_log *log = NULL;
    (void)context;
    fedval_status status = fedval_log_new(&log);
    if (status == FEDVAL_OK)
        status = fedval_log_begin_source(log, "log", FEDVAL_NUL_ENDED);
    if (status == FEDVAL_OK)
        status = fedval_log_feed(log, text, text_len);
    if (status == FEDVAL_OK)
        status = fedval_log_finish(log);
    if (status == FEDVAL_OK)
        status = show(log);
    fedval_log_free(log);
    return status;
}

static void a_diagnosis_survives_failures(void **state)
{
    static const char *const names[] = {"pair.log", "client-1010-name.log", "search-history.txt",
                                        "windows-event.txt", "expressway-tls-one-connection.log"};
    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        char path[1024];
        snprintf(path, sizeof(path), FEDVAL_SOURCE_ROOT "/tests/vectors/logs/%s", names[i]);
        size_t len = read_into(path, text + text_len, sizeof(text) - text_len);
        assert_true(len > 0);
        text_len += len;
    }
    assert_true(oom_run(diagnose, NULL) > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_diagnosis_survives_failures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
