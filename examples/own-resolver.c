/* A resolver of one's own behind the port: here a table; it could as well be the answer of a
 * database, of a cache, or of another DNS library. The simple face is one function that may block.
 *
 * usage: own-resolver DOMAIN     (example.com has records, whatever else has none) */
#include <fedval/check.h>
#include <fedval/evaluate.h>
#include <fedval/render.h>

#include <stdio.h>
#include <string.h>
#include <time.h>

typedef struct row {
    const char *name;
    uint32_t type;
    const char *data;
} row;

static const row rows[] = {
    {"_sipfederationtls._tcp.example.com", FEDVAL_TYPE_SRV, "expe.example.com"},
    {"expe.example.com", FEDVAL_TYPE_A, "198.41.0.4"},
};

static fedval_status append(fedval_fact *fact, const row *found)
{
    if (found->type == FEDVAL_TYPE_SRV) {
        return fedval_fact_append_srv(fact, found->name, FEDVAL_NUL_ENDED, 3600, 0, 0, 5061,
                                      found->data, FEDVAL_NUL_ENDED);
    }
    return fedval_fact_append_address(fact, found->name, FEDVAL_NUL_ENDED, 3600, found->data,
                                      FEDVAL_NUL_ENDED);
}

/* Fills the fact with what came of the question. That a name does not exist is an outcome, not an
 * error: only a lack of memory and misuse are. */
static fedval_status fetch(const fedval_question *question, int64_t timeout_ms, fedval_fact *fact,
                           void *user)
{
    (void)timeout_ms; /* a table takes no time */
    (void)user;
    uint32_t outcome = FEDVAL_OUTCOME_NXDOMAIN;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (strcmp(rows[i].name, fedval_question_get_name(question)) != 0)
            continue;
        if (rows[i].type == fedval_question_get_type(question)) {
            fedval_status status = append(fact, &rows[i]);
            if (status != FEDVAL_OK)
                return status;
            outcome = FEDVAL_OUTCOME_ANSWER;
        } else if (outcome == FEDVAL_OUTCOME_NXDOMAIN) {
            outcome = FEDVAL_OUTCOME_NODATA;
        }
    }
    fedval_fact_set_source(fact, "a table", FEDVAL_NUL_ENDED);
    return fedval_fact_set_outcome(fact, outcome);
}

/* Prints the report of what the resolver says; there is no prober, so R4 to R7 stay unchecked. */
static fedval_status check(const char *domain, fedval_port *resolver, const fedval_judge *judge)
{
    fedval_evidence *evidence = NULL;
    fedval_report *report = NULL;
    char *text = NULL;
    fedval_status status = fedval_check(judge, domain, FEDVAL_NUL_ENDED, resolver, NULL, 10000,
                                        (int64_t)time(NULL), &evidence, NULL);
    if (status == FEDVAL_OK)
        status = fedval_evaluate(judge, 0, evidence, &report);
    if (status == FEDVAL_OK)
        status = fedval_report_to_text(report, NULL, &text, NULL);
    if (status == FEDVAL_OK)
        printf("%s", text);
    fedval_text_free(text);
    fedval_report_free(report);
    fedval_evidence_free(evidence);
    return status;
}

int main(int argc, char **argv)
{
    const fedval_port_vtable vtable = {.size = sizeof(vtable), .fetch = fetch};
    fedval_port *resolver = NULL;
    fedval_judge *judge = NULL;
    if (argc != 2) {
        fprintf(stderr, "usage: own-resolver DOMAIN\n");
        return 64;
    }
    fedval_status status = fedval_port_new(&vtable, NULL, &resolver);
    if (status == FEDVAL_OK)
        status = fedval_judge_new(&judge);
    if (status == FEDVAL_OK)
        status = fedval_judge_seal(judge);
    if (status == FEDVAL_OK)
        status = check(argv[1], resolver, judge);
    if (status != FEDVAL_OK)
        fprintf(stderr, "own-resolver: %s\n", fedval_status_to_string(status));
    fedval_judge_free(judge);
    fedval_port_free(resolver);
    return status == FEDVAL_OK ? 0 : 65;
}
