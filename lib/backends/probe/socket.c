#define _GNU_SOURCE /* SOCK_NONBLOCK, SOCK_CLOEXEC */
#include "backends/probe/socket.h"

#include "fedval/evidence.h"

#include <errno.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static const struct {
    int error;
    uint32_t outcome;
} outcomes[] = {
    {ECONNREFUSED, FEDVAL_OUTCOME_REFUSED},
    {ETIMEDOUT, FEDVAL_OUTCOME_TIMEOUT},
    {ENETUNREACH, FEDVAL_OUTCOME_UNREACHABLE},
    {EHOSTUNREACH, FEDVAL_OUTCOME_UNREACHABLE},
    {EADDRNOTAVAIL, FEDVAL_OUTCOME_LOCAL},
    {EAFNOSUPPORT, FEDVAL_OUTCOME_NOT_PROBED},
    {ECONNRESET, FEDVAL_OUTCOME_RESET},
    {EMFILE, FEDVAL_OUTCOME_LOCAL},
    {ENFILE, FEDVAL_OUTCOME_LOCAL},
    {ENOBUFS, FEDVAL_OUTCOME_LOCAL},
    {ENOMEM, FEDVAL_OUTCOME_LOCAL},
    {EAGAIN, FEDVAL_OUTCOME_LOCAL},
};

/* Whether an interface has an address of this family that reaches beyond this machine and its
 * link. */
static bool has_family(int family)
{
    struct ifaddrs *all = NULL;
    bool found = false;
    if (getifaddrs(&all) != 0)
        return true;
    for (const struct ifaddrs *one = all; one != NULL && !found; one = one->ifa_next) {
        if (one->ifa_addr == NULL || one->ifa_addr->sa_family != family ||
            (one->ifa_flags & IFF_LOOPBACK) != 0)
            continue;
        const struct sockaddr_in6 *address = (const void *)one->ifa_addr;
        found = family == AF_INET || !IN6_IS_ADDR_LINKLOCAL(&address->sin6_addr);
    }
    freeifaddrs(all);
    return found;
}

static uint32_t outcome_of(int error, const fv_address *address)
{
    uint32_t outcome = FEDVAL_OUTCOME_UNREACHABLE;
    for (size_t i = 0; i < sizeof(outcomes) / sizeof(outcomes[0]); i++) {
        if (outcomes[i].error == error)
            outcome = outcomes[i].outcome;
    }
    /* If this machine has no address of the family, the failure says nothing about the other
     * side. */
    bool is_unreachable = outcome == FEDVAL_OUTCOME_UNREACHABLE || error == EADDRNOTAVAIL;
    if (is_unreachable && !has_family(address->len == 4 ? AF_INET : AF_INET6))
        return FEDVAL_OUTCOME_NOT_PROBED;
    return outcome;
}

static socklen_t fill(const fv_address *address, uint16_t port, struct sockaddr_storage *out)
{
    memset(out, 0, sizeof(*out));
    if (address->len == 4) {
        struct sockaddr_in *v4 = (void *)out;
        v4->sin_family = AF_INET;
        v4->sin_port = htons(port);
        memcpy(&v4->sin_addr, address->bytes, 4);
        return sizeof(*v4);
    }
    struct sockaddr_in6 *v6 = (void *)out;
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons(port);
    memcpy(&v6->sin6_addr, address->bytes, 16);
    return sizeof(*v6);
}

int fv_socket_connect(const fv_address *address, uint16_t port, uint32_t *out_outcome)
{
    struct sockaddr_storage where;
    socklen_t where_len = fill(address, port, &where);
    int one = 1;
    int fd = socket(where.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        *out_outcome = outcome_of(errno, address);
        return -1;
    }
    /* mbedTLS writes its last three messages separately: Nagle's algorithm would add 40 ms to each
     * handshake. */
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
    if (connect(fd, (const struct sockaddr *)&where, where_len) == 0 || errno == EINPROGRESS)
        return fd;
    *out_outcome = outcome_of(errno, address);
    close(fd);
    return -1;
}

/* No error does not prove that the socket is connected: a loop may report a descriptor that was
 * closed and opened again since. */
uint32_t fv_socket_connected(int fd, const fv_address *address)
{
    struct sockaddr_storage peer;
    int error = 0;
    socklen_t error_len = sizeof(error), peer_len = sizeof(peer);
    if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &error_len) != 0)
        error = errno;
    if (error != 0)
        return outcome_of(error, address);
    bool is_under_way =
        getpeername(fd, (struct sockaddr *)&peer, &peer_len) != 0 && errno == ENOTCONN;
    return is_under_way ? FV_SOCKET_WAIT : 0;
}
