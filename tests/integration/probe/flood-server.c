/* A TLS server that completes the handshake and then sends messages of one kind without end, until
 * the client is gone. */
#define _POSIX_C_SOURCE 200809L

#include <arpa/inet.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

typedef bool (*flood_send)(SSL *ssl);

static bool send_key_update(SSL *ssl)
{
    return SSL_key_update(ssl, SSL_KEY_UPDATE_REQUESTED) == 1 && SSL_do_handshake(ssl) == 1;
}

static bool send_ticket(SSL *ssl)
{
    return SSL_new_session_ticket(ssl) == 1 && SSL_do_handshake(ssl) == 1;
}

static bool send_certificate_request(SSL *ssl)
{
    SSL_set_verify(ssl, SSL_VERIFY_PEER, NULL);
    return SSL_verify_client_post_handshake(ssl) == 1 && SSL_do_handshake(ssl) == 1;
}

/* RFC 5246 7.4.1.1: the message that asks for a new handshake. */
static bool send_hello_request(SSL *ssl)
{
    return SSL_renegotiate(ssl) == 1 && SSL_do_handshake(ssl) == 1;
}

static bool send_data(SSL *ssl)
{
    static const char data[16000];
    return SSL_write(ssl, data, sizeof(data)) > 0;
}

static bool send_line(SSL *ssl)
{
    return SSL_write(ssl, "x", 1) > 0;
}

static const struct {
    const char *name;
    flood_send send;
    int version;
} floods[] = {
    {"key-updates", send_key_update, TLS1_3_VERSION},
    {"tickets", send_ticket, TLS1_3_VERSION},
    {"certificate-requests", send_certificate_request, TLS1_3_VERSION},
    {"hello-requests", send_hello_request, TLS1_2_VERSION},
    {"data", send_data, 0},
    {"bytes", send_line, 0},
};

static int listen_at(const char *port)
{
    struct sockaddr_in where = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(port))};
    int one = 1, fd = socket(AF_INET, SOCK_STREAM, 0);
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) != 0 ||
        bind(fd, (const struct sockaddr *)&where, sizeof(where)) != 0 || listen(fd, 16) != 0)
        return -1;
    return fd;
}

/* A client that takes nothing more for 10 s is as good as gone. */
static void serve(SSL_CTX *context, int client, flood_send send)
{
    const struct timeval limit = {.tv_sec = 10};
    SSL *ssl = SSL_new(context);
    setsockopt(client, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
    setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    if (ssl != NULL && SSL_set_fd(ssl, client) == 1 && SSL_accept(ssl) == 1) {
        while (send(ssl))
            continue;
    }
    SSL_free(ssl);
    close(client);
}

int main(int argc, char **argv)
{
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());
    size_t kind = 0;
    int listener, client;
    while (argc == 5 && kind < sizeof(floods) / sizeof(floods[0]) &&
           strcmp(floods[kind].name, argv[1]) != 0)
        kind++;
    if (argc != 5 || kind == sizeof(floods) / sizeof(floods[0])) {
        fprintf(stderr, "usage: flood-server KIND PORT CHAIN KEY\n");
        return 64;
    }
    signal(SIGPIPE, SIG_IGN);
    SSL_CTX_set_min_proto_version(context, floods[kind].version);
    SSL_CTX_set_max_proto_version(context, floods[kind].version);
    if (SSL_CTX_use_certificate_chain_file(context, argv[3]) != 1 ||
        SSL_CTX_use_PrivateKey_file(context, argv[4], SSL_FILETYPE_PEM) != 1 ||
        (listener = listen_at(argv[2])) < 0)
        return 70;
    while ((client = accept(listener, NULL, NULL)) >= 0)
        serve(context, client, floods[kind].send);
    return 0;
}
