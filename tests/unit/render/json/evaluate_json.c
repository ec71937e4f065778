#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fedval/evaluate.h"

static const char evidence[] =
    "{\"format\":\"fedval-evidence/1\",\"domain\":\"example.com\",\"gathered_at\":"
    "\"2030-01-01T00:00:00Z\",\"facts\":[{\"question\":{\"name\":"
    "\"_sipfederationtls._tcp.example.com\",\"type\":\"SRV\"},\"outcome\":\"nxdomain\"}]}";

static fedval_status run(const char *document, const char *policy, char **out_json,
                         fedval_error *error)
{
    return fedval_evaluate_json(NULL, document, FEDVAL_NUL_ENDED, policy, FEDVAL_NUL_ENDED,
                                out_json, NULL, error);
}

static void evidence_in_gives_a_report_out(void **state)
{
    (void)state;
    char *json = NULL;
    assert_int_equal(run(evidence, NULL, &json, NULL), FEDVAL_OK);
    assert_non_null(strstr(json, "\"format\":\"fedval-report/1\""));
    assert_non_null(strstr(json, "\"profile\":\"microsoft-edge\""));
    assert_non_null(strstr(json, "\"verdict\":\"fail\""));
    assert_non_null(strstr(json, "\"code\":\"srv-missing\""));
    fedval_text_free(json);
}

static void the_policy_chooses_who_judges(void **state)
{
    (void)state;
    char *json = NULL;
    assert_int_equal(
        run(evidence, "{\"format\":\"fedval-policy/1\",\"profile\":\"office365\"}", &json, NULL),
        FEDVAL_OK);
    assert_non_null(strstr(json, "\"profile\":\"office365\""));
    fedval_text_free(json);
}

static void an_error_says_which_document_is_at_fault(void **state)
{
    (void)state;
    char *json = NULL;
    fedval_error *error = fedval_error_new();
    assert_int_equal(run("{}", NULL, &json, error), FEDVAL_ERROR_SYNTAX);
    assert_string_equal(fedval_error_get_message(error),
                        "format: missing, where fedval-evidence/1 is wanted");
    assert_int_equal(run(evidence, "{\n\"format\":7}", &json, error), FEDVAL_ERROR_SYNTAX);
    assert_string_equal(fedval_error_get_message(error), "policy: format: not a string");
    assert_int_equal(fedval_error_get_line(error), 2);
    assert_null(json);
    fedval_error_free(error);
}

static void evidence_without_a_time_needs_one_from_the_policy(void **state)
{
    (void)state;
    static const char timeless[] =
        "{\"format\":\"fedval-evidence/1\",\"domain\":\"example.com\",\"facts\":[]}";
    char *json = NULL;
    assert_int_equal(run(timeless, NULL, &json, NULL), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(
        run(timeless, "{\"format\":\"fedval-policy/1\",\"time\":\"2030-01-01\"}", &json, NULL),
        FEDVAL_OK);
    fedval_text_free(json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(evidence_in_gives_a_report_out),
        cmocka_unit_test(the_policy_chooses_who_judges),
        cmocka_unit_test(an_error_says_which_document_is_at_fault),
        cmocka_unit_test(evidence_without_a_time_needs_one_from_the_policy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
