#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../judging.h"
#include "fedval/evaluate.h"
#include "fedval/report.h"
#include "model/evidence.h"

static const char owner[] = "_sipfederationtls._tcp.example.com";

/* Appends what a DNS source says of the SRV record. */
static void answer(fedval_evidence *evidence, uint32_t view, const char *source, const char *target)
{
    fedval_fact *fact = NULL;
    assert_int_equal(fedval_fact_new_dns(owner, FEDVAL_NUL_ENDED, FEDVAL_TYPE_SRV, view, &fact),
                     FEDVAL_OK);
    assert_int_equal(fedval_fact_append_srv(fact, owner, FEDVAL_NUL_ENDED, 60, 0, 0, 5061, target,
                                            FEDVAL_NUL_ENDED),
                     FEDVAL_OK);
    assert_int_equal(fedval_fact_set_source(fact, source, FEDVAL_NUL_ENDED), FEDVAL_OK);
    assert_int_equal(fedval_fact_set_outcome(fact, FEDVAL_OUTCOME_ANSWER), FEDVAL_OK);
    assert_int_equal(fedval_evidence_append(evidence, fact), FEDVAL_OK);
    fedval_fact_free(fact);
}

static char *redacted(const fedval_evidence *evidence, const fedval_evidence *learnt)
{
    fedval_report *report = NULL;
    char *json = NULL;
    size_t len = 0;
    assert_int_equal(evaluate_once(evidence, NULL, NULL, NULL, NULL, &report), FEDVAL_OK);
    assert_int_equal(fedval_report_redact(report, learnt), FEDVAL_OK);
    assert_int_equal(fedval_report_to_json(report, &json, &len), FEDVAL_OK);
    fedval_report_free(report);
    return json;
}

/* Asserts that of the path `source` the `name` is left, in the report and where findings tell it.
 */
static void assert_left(const char *source, const char *name)
{
    fedval_evidence *evidence = NULL;
    char member[64] = "\"dns_source\":\"";
    assert_int_equal(fedval_evidence_new("example.com", FEDVAL_NUL_ENDED, &evidence, NULL),
                     FEDVAL_OK);
    assert_int_equal(fedval_evidence_set_time(evidence, 0), FEDVAL_OK);
    answer(evidence, 0, source, "sip.example.com");
    answer(evidence, 1, source, "old.example.com");
    char *json = redacted(evidence, evidence), *alone = redacted(evidence, NULL);
    strcat(strcat(member, name), "\"");
    assert_null(strstr(json, "alice"));
    assert_non_null(strstr(json, member));
    assert_non_null(strstr(json, "views-differ"));
    assert_non_null(strstr(alone, member)); /* the report itself tells it, too */
    fedval_text_free(json);
    fedval_text_free(alone);
    fedval_evidence_free(evidence);
}

static void of_a_file_its_name_is_left(void **state)
{
    (void)state;
    assert_left("zone /home/alice/lab.zone", "zone lab.zone");
    assert_left("zone C:\\Users\\alice smith\\lab zone.txt", "zone lab zone.txt");
    assert_left("/home/alice/lab.zone", "lab.zone");
    assert_left("zone alice/lab.zone/", "zone lab.zone/");
    assert_left("zone lab.zone", "zone lab.zone");
    assert_left("resolver of the lab", "resolver of the lab");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_a_file_its_name_is_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
