/* Probes one address with the prober named, on a poll() loop of its own, and prints the fact as
 * one JSON object: what test_probe.py looks at. */
#define _POSIX_C_SOURCE 200809L

#include "../../now.h"
#include "../../reading.h"
#include "config-probe.h"
#include "fedval/backend.h"

#ifdef HAVE_MBEDTLS
#include "fedval/mbedtls.h"
#endif
#ifdef HAVE_OPENSSL
#include "fedval/openssl.h"
#endif

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct loop {
    struct pollfd wanted; /* one probe has one socket */
    int done;
} loop;

static void note_interest(int32_t fd, uint32_t events, void *user)
{
    loop *self = user;
    self->wanted.fd = events == 0 ? -1 : fd;
    self->wanted.events =
        (short)((events & FEDVAL_IO_READ ? POLLIN : 0) | (events & FEDVAL_IO_WRITE ? POLLOUT : 0));
}

static void note_done(uint64_t ticket, void *user)
{
    (void)ticket;
    ((loop *)user)->done = 1;
}

static fedval_status open_prober(const char *backend, uint16_t max_tls, char **identity,
                                 fedval_port **out_port)
{
    size_t certificate_len = 0, key_len = 0;
    static char *certificate, *key; /* for as long as the prober lives */
    if (identity[0] != NULL) {
        certificate = read_file(identity[0], &certificate_len);
        key = read_file(identity[1], &key_len);
        if (certificate == NULL || key == NULL)
            exit(65);
    }
    (void)max_tls;
    (void)certificate;
    (void)key;
    (void)out_port;
#ifdef HAVE_MBEDTLS
    if (strcmp(backend, "mbedtls") == 0) {
        return fedval_mbedtls_prober_new(certificate, certificate_len, key, key_len, out_port,
                                         NULL);
    }
#endif
#ifdef HAVE_OPENSSL
    if (strcmp(backend, "openssl") == 0) {
        return fedval_openssl_prober_new(certificate, certificate_len, key, key_len, max_tls,
                                         out_port, NULL);
    }
#endif
    return FEDVAL_ERROR_NOT_FOUND;
}

static void drive(fedval_port *port, loop *self)
{
    while (!self->done) {
        int64_t next = fedval_port_next_deadline_ms(port);
        int64_t wait = next == INT64_MAX ? 1000 : next - now_ms();
        int ready = poll(&self->wanted, 1, wait < 0 ? 0 : wait > 1000 ? 1000 : (int)wait);
        if (ready > 0)
            fedval_port_ready(port, self->wanted.fd, FEDVAL_IO_READ | FEDVAL_IO_WRITE, now_ms());
        if (!self->done)
            fedval_port_expire(port, now_ms());
    }
}

static void print_text(const char *name, const char *text)
{
    if (text == NULL)
        printf("\"%s\":null,", name);
    else
        printf("\"%s\":\"%s\",", name, text);
}

static void print_fact(const fedval_fact *fact)
{
    printf("{");
    print_text("outcome", fedval_outcome_to_string(fedval_fact_get_outcome(fact)));
    print_text("version", fedval_fact_get_tls_version(fact));
    print_text("cipher", fedval_fact_get_tls_cipher(fact));
    print_text("client",
               fedval_client_certificate_to_string(fedval_fact_get_client_certificate(fact)));
    print_text("detail", fedval_fact_get_detail(fact));
    print_text("group", fedval_fact_get_tls_group(fact));
    print_text("signature", fedval_fact_get_tls_signature(fact));
    print_text("banner", fedval_fact_get_banner(fact));
    print_text("server", fedval_fact_get_sip_server(fact));
    printf("\"sip\":%u,\"cas\":%zu,", fedval_fact_get_sip_status(fact),
           fedval_fact_count_client_cas(fact));
    printf("\"alert\":%d,\"chain\":[", fedval_fact_get_alert(fact));
    for (size_t i = 0; i < fedval_fact_count_certificates(fact); i++) {
        size_t der_len = 0;
        const uint8_t *der = fedval_fact_get_certificate(fact, i, &der_len);
        printf("%s\"", i == 0 ? "" : ",");
        for (size_t at = 0; at < der_len; at++)
            printf("%02x", der[at]);
        printf("\"");
    }
    printf("]}\n");
}

int main(int argc, char **argv)
{
    static char *no_identity[] = {NULL, NULL};
    loop self = {.wanted = {.fd = -1}};
    const fedval_port_events events = {sizeof(events), note_interest, note_done, &self};
    fedval_fact *fact = NULL;
    fedval_port *port = NULL;
    uint32_t look = FEDVAL_LOOK_ANY;
    if (argc != 7 && argc != 9) {
        fprintf(
            stderr,
            "usage: probe-once BACKEND[:LOOK] MAX_TLS HOST ADDRESS PORT TIMEOUT_MS [CERT KEY]\n");
        return 64;
    }
    char *colon = strchr(argv[1], ':');
    if (colon != NULL) {
        *colon = '\0';
        if (fedval_look_from_string(colon + 1, FEDVAL_NUL_ENDED, &look) != FEDVAL_OK)
            return 64;
    }
    if (open_prober(argv[1], (uint16_t)strtoul(argv[2], NULL, 0),
                    argc == 9 ? argv + 7 : no_identity, &port) != FEDVAL_OK)
        return 77;
    if (fedval_fact_new_look(argv[3], FEDVAL_NUL_ENDED, argv[4], FEDVAL_NUL_ENDED,
                             (uint16_t)atoi(argv[5]), look, &fact) != FEDVAL_OK ||
        fedval_port_attach(port, &events) != FEDVAL_OK ||
        fedval_port_start(port, 1, fedval_fact_get_question(fact), now_ms(),
                          now_ms() + atoi(argv[6]), fact) != FEDVAL_OK)
        return 70;
    drive(port, &self);
    print_fact(fact);
    fedval_port_free(port);
    fedval_fact_free(fact);
    return 0;
}
