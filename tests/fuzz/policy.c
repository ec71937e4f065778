/* Policy documents: what is taken comes out the same after it was read again, opens a session, and
 * judges. */
#include "fuzz.h"

#include "../judging.h"
#include "fedval/render.h"
#include "fedval/session.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static fedval_policy *read_policy(const char *json, size_t len)
{
    fedval_policy *policy = NULL;
    fedval_error *error = fedval_error_new();
    fedval_status status = fedval_policy_new_from_json(json, len, &policy, error);
    require(status == FEDVAL_OK || fedval_error_get_message(error)[0] != '\0');
    fedval_error_free(error);
    return policy;
}

static void check_round_trip(const fedval_policy *policy)
{
    char *once = NULL, *twice = NULL;
    size_t len = 0;
    require(fedval_policy_to_json(policy, &once, &len) == FEDVAL_OK);
    fedval_policy *again = read_policy(once, len);
    require(again != NULL && fedval_policy_to_json(again, &twice, NULL) == FEDVAL_OK);
    require(strcmp(once, twice) == 0);
    fedval_text_free(once);
    fedval_text_free(twice);
    fedval_policy_free(again);
}

static void check_session(const fedval_policy *policy)
{
    const fedval_question *question = NULL;
    fedval_session *session = NULL;
    require(fedval_session_new("example.com", FEDVAL_NUL_ENDED, &policy, 1, 1, &session, NULL) ==
            FEDVAL_OK);
    require(fedval_session_next(session, &question) == FEDVAL_OK);
    require((question == NULL) == (fedval_session_is_done(session) != 0));
    fedval_session_free(session);
}

static fedval_evidence *new_evidence(void)
{
    static const char target[] = "expe.sub.example.com",
                      srv[] = "_sipfederationtls._tcp.example.com";
    fedval_evidence *evidence = NULL;
    fedval_fact *fact = NULL;
    require(fedval_evidence_new("example.com", FEDVAL_NUL_ENDED, &evidence, NULL) == FEDVAL_OK);
    require(fedval_evidence_set_time(evidence, 1893456000) == FEDVAL_OK);
    require(fedval_fact_new_dns(srv, FEDVAL_NUL_ENDED, FEDVAL_TYPE_SRV, 0, &fact) == FEDVAL_OK);
    require(fedval_fact_append_srv(fact, srv, FEDVAL_NUL_ENDED, 60, 0, 0, 5061, target,
                                   FEDVAL_NUL_ENDED) == FEDVAL_OK);
    require(fedval_fact_set_outcome(fact, FEDVAL_OUTCOME_ANSWER) == FEDVAL_OK);
    require(fedval_evidence_append(evidence, fact) == FEDVAL_OK);
    fedval_fact_free(fact);
    return evidence;
}

static void check_report(const fedval_policy *policy)
{
    fedval_evidence *evidence = new_evidence();
    fedval_report *report = NULL;
    char *text = NULL;
    require(evaluate_once(evidence, policy, NULL, NULL, NULL, &report) == FEDVAL_OK);
    require(fedval_report_to_text(report, NULL, &text, NULL) == FEDVAL_OK);
    fedval_text_free(text);
    require(fedval_report_to_json(report, &text, NULL) == FEDVAL_OK);
    fedval_text_free(text);
    fedval_report_free(report);
    fedval_evidence_free(evidence);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fedval_policy *policy = read_policy((const char *)data, size);
    if (policy != NULL) {
        check_round_trip(policy);
        check_session(policy);
        check_report(policy);
    }
    fedval_policy_free(policy);
    return 0;
}
