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

/* Appends what the file `place` says of the SRV record; behind an alias a resolver goes on. */
static void answer(fedval_evidence *evidence, uint32_t view, uint32_t kind, const char *place,
                   const char *target)
{
    fedval_fact *fact = NULL;
    assert_int_equal(fedval_fact_new_dns(owner, FEDVAL_NUL_ENDED, FEDVAL_TYPE_SRV, view, &fact),
                     FEDVAL_OK);
    assert_int_equal(fedval_fact_append_srv(fact, owner, FEDVAL_NUL_ENDED, 60, 0, 0, 5061, target,
                                            FEDVAL_NUL_ENDED),
                     FEDVAL_OK);
    assert_int_equal(fedval_fact_append_source(fact, kind, place, FEDVAL_NUL_ENDED), FEDVAL_OK);
    assert_int_equal(
        fedval_fact_append_source(fact, FEDVAL_SOURCE_RESOLVER, "192.0.2.53", FEDVAL_NUL_ENDED),
        FEDVAL_OK);
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

/* Asserts that of the path `place` the `name` is left, in the report and where findings tell it,
 * and that no address is. */
static void assert_left(uint32_t kind, const char *place, const char *name)
{
    fedval_evidence *evidence = NULL;
    char member[96] = "\"dns_source\":\"";
    assert_int_equal(fedval_evidence_new("example.com", FEDVAL_NUL_ENDED, &evidence, NULL),
                     FEDVAL_OK);
    assert_int_equal(fedval_evidence_set_time(evidence, 0), FEDVAL_OK);
    answer(evidence, 0, kind, place, "sip.example.com");
    answer(evidence, 1, kind, place, "old.example.com");
    char *json = redacted(evidence, evidence), *alone = redacted(evidence, NULL);
    strcat(strcat(member, name), ", resolver address1\"");
    assert_null(strstr(json, "alice"));
    assert_null(strstr(json, "192.0.2.53"));
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
    assert_left(FEDVAL_SOURCE_ZONE, "/home/alice/lab.zone", "zone lab.zone");
    assert_left(FEDVAL_SOURCE_ZONE, "C:\\Users\\alice smith\\lab zone.txt", "zone lab zone.txt");
    assert_left(FEDVAL_SOURCE_LOG, "/home/alice/expe.log:12", "expe.log:12");
    assert_left(FEDVAL_SOURCE_OTHER, "/home/alice/lab.zone", "lab.zone");
    assert_left(FEDVAL_SOURCE_ZONE, "alice/lab.zone/", "zone lab.zone/");
    assert_left(FEDVAL_SOURCE_ZONE, "lab.zone", "zone lab.zone");
    assert_left(FEDVAL_SOURCE_OTHER, "the lab's own", "the lab's own");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_a_file_its_name_is_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
