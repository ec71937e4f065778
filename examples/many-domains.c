/* Many domains at once, inside a poll loop of one's own: the runner says which descriptors it waits
 * for and how long it may wait, and takes a turn that does not block. Domains come from standard
 * input, which is one more descriptor of the loop; a line is printed as each check ends.
 *
 * usage: many-domains RESOLVER[:PORT] [--allow-private] <DOMAINS */
#define _POSIX_C_SOURCE 200809L

#include <fedval/check.h>
#include <fedval/ldns.h>
#include <fedval/mbedtls.h>

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MAX_WATCHES = 1024, LINE_SIZE = 1024 };

static fedval_judge *judge;
static fedval_port *resolver, *prober;
static fedval_runner *runner;

static int64_t tell_time(void *user)
{
    (void)user;
    return (int64_t)time(NULL);
}

/* One domain has ended: judge what was gathered. */
static void on_done(uint64_t id, fedval_evidence *evidence, fedval_status status, void *user)
{
    fedval_report *report = NULL;
    (void)id, (void)user;
    if (status == FEDVAL_OK)
        status = fedval_evaluate(judge, 0, evidence, &report);
    if (status == FEDVAL_OK) {
        printf("%s %s\n", fedval_report_get_domain(report),
               fedval_verdict_to_string(fedval_report_get_verdict(report)));
    } else
        fprintf(stderr, "many-domains: %s\n", fedval_status_to_string(status));
    fedval_report_free(report);
    fedval_evidence_free(evidence);
}

static void add(const char *domain, size_t domain_len)
{
    fedval_session *session = NULL;
    fedval_error *error = fedval_error_new();
    fedval_status status = fedval_judge_new_session(judge, domain, domain_len, 1, &session, error);
    if (status == FEDVAL_OK)
        status = fedval_runner_add(runner, session, on_done, NULL, NULL);
    else
        fprintf(stderr, "many-domains: %s\n", fedval_error_get_message(error));
    if (status != FEDVAL_OK)
        fedval_session_free(session);
    fedval_error_free(error);
}

/* Adds what stands in whole lines; false at the end of the input. */
static int read_domains(void)
{
    static char text[LINE_SIZE];
    static size_t len;
    ssize_t got = read(STDIN_FILENO, text + len, sizeof(text) - len);
    len += got > 0 ? (size_t)got : 0;
    for (char *end; (end = memchr(text, '\n', len)) != NULL;) {
        size_t line = (size_t)(end - text);
        if (line > 0)
            add(text, line);
        len -= line + 1;
        memmove(text, end + 1, len);
    }
    return got > 0 && len < sizeof(text);
}

/* The runner's descriptors, and standard input while there is more to read. */
static nfds_t fill(struct pollfd *polls, int is_reading)
{
    size_t count = fedval_runner_count_descriptors(runner);
    for (size_t i = 0; i < count && i + 1 < MAX_WATCHES; i++) {
        uint32_t events = 0;
        int fd = fedval_runner_get_descriptor(runner, i, &events);
        int wanted = (events & FEDVAL_IO_READ) != 0 ? POLLIN : 0;
        wanted |= (events & FEDVAL_IO_WRITE) != 0 ? POLLOUT : 0;
        polls[i + 1] = (struct pollfd){.fd = fd, .events = (short)wanted};
    }
    polls[0] = (struct pollfd){.fd = is_reading ? STDIN_FILENO : -1, .events = POLLIN};
    return (nfds_t)(count + 1 < MAX_WATCHES ? count + 1 : MAX_WATCHES);
}

static fedval_status run(void)
{
    struct pollfd polls[MAX_WATCHES];
    fedval_status status = FEDVAL_OK;
    int is_reading = 1;
    for (size_t left = 0; status == FEDVAL_OK && (is_reading || left > 0);) {
        int64_t wait = fedval_runner_get_wait_ms(runner);
        poll(polls, fill(polls, is_reading), wait > 3600000 ? 3600000 : (int)wait);
        if (is_reading && polls[0].revents != 0)
            is_reading = read_domains();
        status = fedval_runner_step(runner, 0, &left);
    }
    return status;
}

/* What a policy in JSON does not name is as in the profile, microsoft-edge. */
static const char lenient[] = "{\"format\":\"fedval-policy/1\",\"allow_private\":true}";

static fedval_status make_judge(int allow_private)
{
    fedval_policy *policy = NULL;
    fedval_status status = fedval_judge_new(&judge);
    if (status == FEDVAL_OK && allow_private)
        status = fedval_policy_new_from_json(lenient, FEDVAL_NUL_ENDED, &policy, NULL);
    if (status == FEDVAL_OK && allow_private)
        status = fedval_judge_append_policy(judge, policy, NULL);
    fedval_policy_free(policy);
    return status == FEDVAL_OK ? fedval_judge_seal(judge) : status;
}

static fedval_status open_all(const char *address, int allow_private)
{
    fedval_status status = make_judge(allow_private);
    if (status == FEDVAL_OK)
        status = fedval_ldns_resolver_new(address, FEDVAL_NUL_ENDED, NULL, &resolver, NULL);
    if (status == FEDVAL_OK)
        status = fedval_mbedtls_prober_new(NULL, 0, NULL, 0, &prober, NULL);
    if (status == FEDVAL_OK)
        status = fedval_runner_new(&runner);
    if (status == FEDVAL_OK)
        status = fedval_runner_append_resolver(runner, resolver);
    if (status == FEDVAL_OK)
        status = fedval_runner_set_prober(runner, prober);
    return status != FEDVAL_OK ? status : fedval_runner_set_clock(runner, tell_time, NULL);
}

int main(int argc, char **argv)
{
    if (argc < 2)
        return 64;
    fedval_status status = open_all(argv[1], argc > 2);
    if (status == FEDVAL_OK)
        status = run();
    if (status != FEDVAL_OK)
        fprintf(stderr, "many-domains: %s\n", fedval_status_to_string(status));
    fedval_runner_free(runner);
    fedval_port_free(resolver);
    fedval_port_free(prober);
    fedval_judge_free(judge);
    return status == FEDVAL_OK ? 0 : 70;
}
