/* Two sessions on one domain, and a world that answers each question the same way whenever it is
 * asked. One supplies the facts as they are asked for, the other in an order that the input
 * chooses: both ask the same questions, and what they gathered is judged the same. */
#include "fuzz.h"

#include "../judging.h"
#include "fedval/session.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_OPEN = 512, NUM_WORLD = 8 };

/* ---- the world ---- */

static const char *const targets[] = {"expe.example.com", "EXPE1.example.com.",     "example.com",
                                      "vcse.steven.lab",  "sipfed.online.lync.com", ".",
                                      "192.0.2.1",        "bad..example.com"};
static const char *const addresses[] = {"203.0.113.1", "203.0.113.2",   "10.0.0.1",
                                        "2001:db8::1", "93.184.216.34", "2606:2800:220::1"};
#define PICK(table, number) (table)[(number) % (sizeof(table) / sizeof((table)[0]))]

/* A number that depends on the question and on the world, and on nothing else. */
static uint32_t number_of(const uint8_t *world, const fedval_question *question)
{
    char text[1024];
    const char *name = fedval_question_get_name(question);
    const char *host = fedval_question_get_host(question);
    const char *address = fedval_question_get_address(question);
    uint32_t hash = 2166136261u;
    (void)snprintf(text, sizeof(text), "%s %s %u %s %u %u %u", name == NULL ? "" : name,
                   host == NULL ? "" : host, fedval_question_get_type(question),
                   address == NULL ? "" : address, (unsigned)fedval_question_get_port(question),
                   fedval_question_get_view(question), fedval_question_get_look(question));
    for (const char *c = text; *c != '\0'; c++)
        hash = (hash ^ (uint8_t)*c) * 16777619u;
    return hash ^ (uint32_t)world[hash % NUM_WORLD] * 2654435761u;
}

static void append_records(fedval_fact *fact, const fedval_question *question, uint32_t number)
{
    const char *owner = fedval_question_get_name(question);
    uint32_t type = fedval_question_get_type(question);
    for (uint32_t i = 0; i <= number % 4; i++, number /= 5) {
        if (type == FEDVAL_TYPE_SRV) {
            (void)fedval_fact_append_srv(fact, owner, FEDVAL_NUL_ENDED, 60, (uint16_t)(number % 3),
                                         (uint16_t)(number % 2), number % 7 == 0 ? 5060 : 5061,
                                         PICK(targets, number / 11), FEDVAL_NUL_ENDED);
        } else {
            (void)fedval_fact_append_address(fact, owner, FEDVAL_NUL_ENDED, 60,
                                             PICK(addresses, number / 11), FEDVAL_NUL_ENDED);
        }
    }
}

static fedval_fact *answer(const uint8_t *world, const fedval_question *question)
{
    static const uint32_t failures[] = {FEDVAL_OUTCOME_NXDOMAIN, FEDVAL_OUTCOME_NODATA,
                                        FEDVAL_OUTCOME_SERVFAIL, FEDVAL_OUTCOME_TIMEOUT};
    uint32_t number = number_of(world, question);
    bool is_probe = fedval_question_get_kind(question) == FEDVAL_QUESTION_PROBE;
    uint32_t outcome = is_probe ? FEDVAL_OUTCOME_HANDSHAKE : FEDVAL_OUTCOME_ANSWER;
    fedval_fact *fact = NULL;
    require(fedval_fact_new(question, &fact) == FEDVAL_OK);
    if (number % 8 == 0)
        outcome = is_probe ? FEDVAL_OUTCOME_TIMEOUT : PICK(failures, number / 8);
    else if (!is_probe)
        append_records(fact, question, number / 8);
    require(fedval_fact_set_outcome(fact, outcome) == FEDVAL_OK);
    return fact;
}

/* ---- a run ---- */

static void answer_one(fedval_session *session, const uint8_t *world,
                       const fedval_question *question)
{
    if (number_of(world, question) % 32 == 1) {
        require(fedval_session_skip(session, question) == FEDVAL_OK);
        return;
    }
    fedval_fact *fact = answer(world, question);
    require(fedval_session_supply(session, fact) == FEDVAL_OK);
    fedval_fact_free(fact);
}

static size_t take_open(fedval_session *session, const fedval_question **open, size_t num)
{
    while (true) {
        const fedval_question *question = NULL;
        require(fedval_session_next(session, &question) == FEDVAL_OK);
        if (question == NULL)
            return num;
        require(num < MAX_OPEN);
        open[num++] = question;
    }
}

/* No choices: facts are supplied as the questions were asked. */
static fedval_evidence *gather(const fedval_policy *policy, const uint8_t *world, choices chosen,
                               size_t *out_asked)
{
    const fedval_question *open[MAX_OPEN];
    fedval_session *session = NULL;
    size_t asked = 0;
    require(fedval_session_new("example.com", FEDVAL_NUL_ENDED, &policy, 1, 1 + world[0] % 2u,
                               &session, NULL) == FEDVAL_OK);
    size_t num = take_open(session, open, 0);
    for (; num > 0; asked++) {
        size_t at = choose(&chosen, num);
        const fedval_question *question = open[at];
        memmove(open + at, open + at + 1, (--num - at) * sizeof(*open));
        require(!fedval_session_is_done(session));
        answer_one(session, world, question);
        num = take_open(session, open, num);
    }
    require(fedval_session_is_done(session));
    *out_asked = asked;
    fedval_evidence *evidence = fedval_session_take_evidence(session);
    fedval_session_free(session);
    return evidence;
}

static fedval_report *judge_all(const fedval_policy *policy, const fedval_evidence *evidence)
{
    fedval_report *report = NULL;
    require(evaluate_once(evidence, policy, NULL, NULL, NULL, &report) == FEDVAL_OK);
    return report;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fedval_policy *policy = NULL;
    size_t asked[2];
    if (size <= NUM_WORLD)
        return 0;
    require(fedval_policy_new(1 + data[NUM_WORLD] % 6u, &policy) == FEDVAL_OK);
    require(fedval_policy_set_number(policy, FEDVAL_POLICY_TIME, 1893456000) == FEDVAL_OK);
    require(fedval_policy_set_number(policy, FEDVAL_POLICY_ALLOW_PRIVATE, data[0] / 2 % 2) ==
            FEDVAL_OK);
    fedval_evidence *first = gather(policy, data, (choices){NULL, 0}, &asked[0]);
    fedval_evidence *second =
        gather(policy, data, (choices){data + NUM_WORLD, size - NUM_WORLD}, &asked[1]);
    fedval_report *a = judge_all(policy, first), *b = judge_all(policy, second);
    require(asked[0] == asked[1]);
    require(fedval_evidence_count_facts(first) == fedval_evidence_count_facts(second));
    require(fedval_report_get_verdict(a) == fedval_report_get_verdict(b));
    require(fedval_report_count_findings(a) == fedval_report_count_findings(b));
    fedval_report_free(a);
    fedval_report_free(b);
    fedval_evidence_free(first);
    fedval_evidence_free(second);
    fedval_policy_free(policy);
    return 0;
}
