/* Which calls a remark breaks, and how many findings a report has. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fedval/catalogue.h"
#include "judge/finding.h"

#define TO FEDVAL_DIRECTION_TO_MICROSOFT
#define FROM FEDVAL_DIRECTION_FROM_MICROSOFT

/* `role` is that of the certificate that the remark is about; 0: it is about none. */
static uint32_t breaks(uint32_t side, uint32_t role, uint32_t code, uint32_t severity)
{
    fv_scene scene = {.side = side};
    const fv_remark remark = {.code = code, .severity = severity, .where = {.role = role}};
    return fv_finding_breaks(&scene, &remark);
}

static uint32_t breaks_as_error(uint32_t side, uint32_t role, uint32_t code)
{
    return breaks(side, role, code, FEDVAL_SEVERITY_ERROR);
}

/* A certificate that calls is seen by whoever is called. */
static void a_calling_certificate_breaks_the_calls_of_its_side(void **state)
{
    const uint32_t code = FEDVAL_FINDING_CERT_EXPIRED;
    (void)state;
    assert_int_equal(breaks_as_error(FEDVAL_SIDE_CISCO, FEDVAL_ROLE_SERVER, code), TO | FROM);
    assert_int_equal(breaks_as_error(FEDVAL_SIDE_CISCO, FEDVAL_ROLE_CLIENT, code), TO);
    assert_int_equal(breaks_as_error(FEDVAL_SIDE_MICROSOFT, FEDVAL_ROLE_CLIENT, code), FROM);
    assert_int_equal(breaks_as_error(FEDVAL_SIDE_MICROSOFT, FEDVAL_ROLE_SERVER, code), TO);
}

static void only_errors_and_what_is_open_break_calls(void **state)
{
    const uint32_t code = FEDVAL_FINDING_CERT_EXPIRED;
    (void)state;
    assert_int_equal(breaks(FEDVAL_SIDE_CISCO, 0, code, FEDVAL_SEVERITY_NOTE), 0);
    assert_int_equal(breaks(FEDVAL_SIDE_CISCO, 0, code, FEDVAL_SEVERITY_WARNING), 0);
    assert_int_equal(breaks(FEDVAL_SIDE_CISCO, 0, code, FEDVAL_SEVERITY_INDETERMINATE), TO | FROM);
    assert_int_equal(breaks(FEDVAL_SIDE_CISCO, 0, code, FEDVAL_SEVERITY_ERROR), TO | FROM);
}

/* A code that breaks nothing breaks nothing on either side, whichever certificate it is about. */
static void what_breaks_no_call_breaks_none_on_either_side(void **state)
{
    const uint32_t code = FEDVAL_FINDING_CERT_EXPIRES_SOON;
    (void)state;
    assert_int_equal(fedval_catalogue_entry_get_breaks(fedval_catalogue_find(code)), 0);
    for (uint32_t side = FEDVAL_SIDE_UNKNOWN; side <= FEDVAL_SIDE_MICROSOFT; side++) {
        assert_int_equal(breaks_as_error(side, FEDVAL_ROLE_SERVER, code), 0);
        assert_int_equal(breaks_as_error(side, FEDVAL_ROLE_CLIENT, code), 0);
    }
}

static void assert_cut(size_t num, int64_t limit, size_t left, size_t left_out)
{
    fedval_policy policy = {.limits = {.findings = limit}};
    assert_int_equal(fv_findings_cut(&policy, &num), left_out);
    assert_int_equal(num, left);
}

static void a_report_is_cut_at_the_limit_of_its_policy(void **state)
{
    (void)state;
    assert_cut(0, 3, 0, 0);
    assert_cut(2, 3, 2, 0);
    assert_cut(3, 3, 3, 0);
    assert_cut(4, 3, 3, 1);
    assert_cut(1000, 3, 3, 997);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_calling_certificate_breaks_the_calls_of_its_side),
        cmocka_unit_test(only_errors_and_what_is_open_break_calls),
        cmocka_unit_test(what_breaks_no_call_breaks_none_on_either_side),
        cmocka_unit_test(a_report_is_cut_at_the_limit_of_its_policy),
    };
    return cmocka_run_group_tests_name("judge/finding", tests, NULL, NULL);
}
