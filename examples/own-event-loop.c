/* A check inside an event loop of one's own: the session says what is needed, the ports are driven
 * by poll(), the facts go back to the session. No runner, no threads, nothing that blocks.
 *
 * usage: own-event-loop DOMAIN RESOLVER[:PORT] [--allow-private] */
#define _POSIX_C_SOURCE 200809L

#include <fedval/evaluate.h>
#include <fedval/ldns.h>
#include <fedval/mbedtls.h>
#include <fedval/render.h>
#include <fedval/session.h>

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { MAX_WATCHES = 512, MAX_ASKS = 1024, QUESTION_MS = 5000 };

static struct pollfd watches[MAX_WATCHES];
static fedval_port *watch_ports[MAX_WATCHES]; /* whose descriptor it is */
static fedval_fact *facts[MAX_ASKS];          /* by ticket */
static uint8_t is_filled[MAX_ASKS];
static size_t num_watches, num_asks;
static fedval_port *ports[2]; /* resolver, prober */

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* A port wants to know about a descriptor, or no longer. */
static void on_interest(int32_t fd, uint32_t events, void *port)
{
    size_t i = 0;
    while (i < num_watches && (watches[i].fd != fd || watch_ports[i] != port))
        i++;
    if (events == 0 && i < num_watches) {
        watches[i] = watches[--num_watches];
        watch_ports[i] = watch_ports[num_watches];
    }
    if (events == 0 || i == MAX_WATCHES) { /* without a watch its question ends at its deadline */
        return;
    }
    num_watches += i == num_watches ? 1 : 0;
    int wanted = (events & FEDVAL_IO_READ) != 0 ? POLLIN : 0;
    wanted |= (events & FEDVAL_IO_WRITE) != 0 ? POLLOUT : 0;
    watches[i] = (struct pollfd){.fd = fd, .events = (short)wanted};
    watch_ports[i] = port;
}

/* A fact is filled. Only noted here: the port is still at work. */
static void on_done(uint64_t ticket, void *port)
{
    (void)port;
    is_filled[ticket] = 1;
}

/* Starts everything that the session needs now. */
static fedval_status start_needs(fedval_session *session)
{
    const fedval_question *question = NULL;
    fedval_status status = fedval_session_next(session, &question);
    for (; status == FEDVAL_OK && question != NULL && num_asks < MAX_ASKS; num_asks++) {
        fedval_port *port = ports[fedval_question_get_kind(question) == FEDVAL_QUESTION_PROBE];
        status = fedval_fact_new(question, &facts[num_asks]);
        if (status == FEDVAL_OK) {
            status = fedval_port_start(port, num_asks, question, now_ms(), now_ms() + QUESTION_MS,
                                       facts[num_asks]);
        }
        if (status == FEDVAL_ERROR_NOT_FOUND)
            status = fedval_session_skip(session, question);
        if (status == FEDVAL_OK)
            status = fedval_session_next(session, &question);
    }
    return status;
}

/* Hands the facts that were filled to the session, which copies them. */
static fedval_status supply_facts(fedval_session *session)
{
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < num_asks; is_filled[i++] = 0) {
        if (is_filled[i])
            status = fedval_session_supply(session, facts[i]);
    }
    return status;
}

static void wait_and_handle(void)
{
    struct pollfd polls[MAX_WATCHES];
    fedval_port *owners[MAX_WATCHES];
    size_t count = num_watches; /* handling one may change the list: work on a copy */
    memcpy(polls, watches, sizeof(polls));
    memcpy(owners, watch_ports, sizeof(owners));
    poll(polls, (nfds_t)count, 50); /* that deadlines are kept within 50 ms is good enough here */
    for (size_t i = 0; i < count; i++) {
        if (polls[i].revents != 0)
            fedval_port_ready(owners[i], polls[i].fd, FEDVAL_IO_READ | FEDVAL_IO_WRITE, now_ms());
    }
    for (size_t i = 0; i < 2; i++) {
        if (fedval_port_next_deadline_ms(ports[i]) <= now_ms())
            fedval_port_expire(ports[i], now_ms());
    }
}

static fedval_status run(fedval_session *session)
{
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < 2; i++) {
        fedval_port_events events = {sizeof(events), on_interest, on_done, ports[i]};
        status = fedval_port_attach(ports[i], &events);
    }
    while (status == FEDVAL_OK && !fedval_session_is_done(session)) {
        status = start_needs(session);
        wait_and_handle();
        if (status == FEDVAL_OK)
            status = supply_facts(session);
    }
    return status != FEDVAL_OK ? status : fedval_session_set_time(session, (int64_t)time(NULL));
}

/* What a policy in JSON does not name is as in the profile, microsoft-edge. */
static const char lenient[] = "{\"format\":\"fedval-policy/1\",\"allow_private\":true}";

int main(int argc, char **argv)
{
    fedval_policy *policy = NULL;
    fedval_judge *judge = NULL;
    fedval_session *session = NULL;
    fedval_report *report = NULL;
    char *text = NULL;
    if (argc < 3)
        return 64;
    if ((argc == 3 ||
         fedval_policy_new_from_json(lenient, FEDVAL_NUL_ENDED, &policy, NULL) == FEDVAL_OK) &&
        fedval_judge_new(&judge) == FEDVAL_OK &&
        (argc == 3 || fedval_judge_append_policy(judge, policy, NULL) == FEDVAL_OK) &&
        fedval_judge_seal(judge) == FEDVAL_OK &&
        fedval_ldns_resolver_new(argv[2], FEDVAL_NUL_ENDED, NULL, &ports[0], NULL) == FEDVAL_OK &&
        fedval_mbedtls_prober_new(NULL, 0, NULL, 0, &ports[1], NULL) == FEDVAL_OK &&
        fedval_judge_new_session(judge, argv[1], FEDVAL_NUL_ENDED, 1, &session, NULL) ==
            FEDVAL_OK &&
        run(session) == FEDVAL_OK &&
        fedval_evaluate(judge, 0, fedval_session_get_evidence(session), &report) == FEDVAL_OK &&
        fedval_report_to_text(report, NULL, &text, NULL) == FEDVAL_OK)
        printf("%s", text);
    int exit_status = text == NULL ? 70 : 0;
    fedval_text_free(text);
    fedval_report_free(report);
    fedval_session_free(session);
    fedval_judge_free(judge);
    fedval_policy_free(policy);
    fedval_port_free(ports[0]);
    fedval_port_free(ports[1]);
    while (num_asks > 0)
        fedval_fact_free(facts[--num_asks]);
    return exit_status;
}
