/* Asks a resolver all questions at once, out of a poll loop of its own, and prints what came of
 * them as an evidence document. The last line is the milliseconds that it took. */
#define _POSIX_C_SOURCE 200809L

#include "../../now.h"
#include "fedval/ldns.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_FDS = 256, MAX_QUESTIONS = 1000 };

typedef struct loop {
    struct pollfd polls[MAX_FDS];
    nfds_t num_polls;
    fedval_fact *facts[MAX_QUESTIONS];
    fedval_evidence *evidence;
    size_t num_open;
} loop;

static void on_interest(int32_t fd, uint32_t events, void *user)
{
    loop *self = user;
    nfds_t i = 0;
    while (i < self->num_polls && self->polls[i].fd != fd)
        i++;
    if (events == 0) {
        if (i < self->num_polls)
            self->polls[i] = self->polls[--self->num_polls];
        return;
    }
    if (i == MAX_FDS)
        abort();
    if (i == self->num_polls)
        self->num_polls++;
    short wanted = (short)(((events & FEDVAL_IO_READ) != 0 ? POLLIN : 0) |
                           ((events & FEDVAL_IO_WRITE) != 0 ? POLLOUT : 0));
    self->polls[i] = (struct pollfd){.fd = fd, .events = wanted};
}

static void on_done(uint64_t ticket, void *user)
{
    loop *self = user;
    if (fedval_evidence_append(self->evidence, self->facts[ticket]) != FEDVAL_OK)
        abort();
    self->num_open--;
}

static void drive(fedval_port *port, loop *self)
{
    struct pollfd polls[MAX_FDS];
    while (self->num_open > 0) {
        nfds_t count = self->num_polls;
        memcpy(polls, self->polls, count * sizeof(polls[0]));
        int64_t wait = fedval_port_next_deadline_ms(port) - now_ms();
        poll(polls, count, wait < 0 ? 0 : wait > 1000 ? 1000 : (int)wait);
        for (nfds_t i = 0; i < count; i++) {
            if (polls[i].revents != 0) {
                fedval_port_ready(port, polls[i].fd,
                                  ((polls[i].revents & POLLOUT) != 0 ? FEDVAL_IO_WRITE : 0u) |
                                      ((polls[i].revents & ~POLLOUT) != 0 ? FEDVAL_IO_READ : 0u),
                                  now_ms());
            }
        }
        if (fedval_port_next_deadline_ms(port) <= now_ms())
            fedval_port_expire(port, now_ms());
    }
}

static int ask(fedval_port *port, loop *self, size_t ticket, const char *type, const char *name,
               int64_t timeout_ms)
{
    uint32_t number = 0;
    if (fedval_type_from_string(type, FEDVAL_NUL_ENDED, &number) != FEDVAL_OK ||
        fedval_fact_new_dns(name, FEDVAL_NUL_ENDED, number, 0, &self->facts[ticket]) != FEDVAL_OK)
        return 0;
    self->num_open++;
    return fedval_port_start(port, ticket, fedval_fact_get_question(self->facts[ticket]), now_ms(),
                             now_ms() + timeout_ms, self->facts[ticket]) == FEDVAL_OK;
}

int main(int argc, char **argv)
{
    static loop self;
    const fedval_port_events events = {sizeof(events), on_interest, on_done, &self};
    fedval_port *port = NULL;
    char *json = NULL;
    size_t json_len = 0;
    if (argc < 7 || argc % 2 == 0 || argc > 2 * MAX_QUESTIONS) {
        fprintf(stderr, "usage: resolve ADDRESS|system TIMEOUT_MS TRUST_AD RETRY_MS "
                        "(TYPE NAME)...\n");
        return 64;
    }
    const fedval_ldns_options options = {.size = sizeof(options),
                                         .trust_ad = (uint32_t)atoi(argv[3]),
                                         .retry_ms = (uint32_t)atoi(argv[4])};
    const char *address = strcmp(argv[1], "system") == 0 ? NULL : argv[1];
    fedval_status status =
        fedval_ldns_resolver_new(address, FEDVAL_NUL_ENDED, &options, &port, NULL);
    if (status == FEDVAL_OK)
        status = fedval_evidence_new("example.com", 11, &self.evidence, NULL);
    if (status == FEDVAL_OK)
        status = fedval_port_attach(port, &events);
    if (status != FEDVAL_OK) {
        fprintf(stderr, "%s\n", fedval_status_to_string(status));
        return 65;
    }
    int64_t before = now_ms();
    for (int i = 5; i + 1 < argc; i += 2) {
        if (!ask(port, &self, (size_t)i / 2, argv[i], argv[i + 1], atoi(argv[2])))
            return 70;
    }
    drive(port, &self);
    int64_t took = now_ms() - before;
    if (fedval_evidence_to_json(self.evidence, &json, &json_len) != FEDVAL_OK)
        return 70;
    printf("%s\n%lld\n", json, (long long)took);
    fedval_text_free(json);
    fedval_evidence_free(self.evidence);
    fedval_port_free(port);
    for (size_t i = 0; i < MAX_QUESTIONS; i++)
        fedval_fact_free(self.facts[i]);
    return 0;
}
