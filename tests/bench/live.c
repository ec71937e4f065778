/* One live check on loopback, from the question to the report, beside what one would type: dig for
 * SRV, A and AAAA and openssl s_client, one after the other. nsd and openssl s_server answer. */
#include "bench.h"

#include "../judging.h"
#include "fedval/check.h"
#include "fedval/ldns.h"
#include "fedval/mbedtls.h"
#include "fedval/openssl.h"
#include "fedval/report.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PKI FEDVAL_SOURCE_ROOT "/tests/pki/"
#define SERVICE "_sipfederationtls._tcp.example.com"
#define HOST "expe.example.com"
#define START_SECONDS 10

extern char **environ;

/* What fedval works with: one TLS library. */
typedef struct live_side {
    fedval_port *resolver, *prober;
    fedval_verifier *verifier;
    fedval_anchors *anchors;
} live_side;

typedef struct live_rig {
    char folder[64];
    uint16_t dns_port, tls_port;
    pid_t nsd, s_server;
    fedval_policy *policy;
    live_side mbedtls, openssl;
} live_rig;

/* ---- servers ---- */

static struct sockaddr_in loopback(uint16_t port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

static uint16_t free_port(void)
{
    struct sockaddr_in address = loopback(0);
    socklen_t len = sizeof(address);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    bool bound = bind(fd, (struct sockaddr *)&address, len) == 0 &&
                 getsockname(fd, (struct sockaddr *)&address, &len) == 0;
    close(fd);
    return bound ? ntohs(address.sin_port) : 0;
}

static bool wait_until_up(uint16_t port)
{
    struct sockaddr_in address = loopback(port);
    struct timespec pause = {0, 20000000};
    for (int i = 0; i < START_SECONDS * 50; i++) {
        int fd = socket(AF_INET, SOCK_STREAM, 0);
        bool up = connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0;
        close(fd);
        if (up)
            return true;
        nanosleep(&pause, NULL);
    }
    return false;
}

/* Runs a command, quietly and with nothing to read. 0 when it cannot be started. posix_spawn does
 * not write to the words, whatever its prototype says. */
static pid_t start(const char *const words[])
{
    posix_spawn_file_actions_t files;
    pid_t pid = 0;
    posix_spawn_file_actions_init(&files);
    for (int fd = 0; fd < 3; fd++)
        posix_spawn_file_actions_addopen(&files, fd, "/dev/null", fd == 0 ? 0 : 1, 0);
    int failed =
        posix_spawnp(&pid, words[0], &files, NULL, (char *const *)(uintptr_t)words, environ);
    posix_spawn_file_actions_destroy(&files);
    return failed != 0 ? 0 : pid;
}

static void stop(pid_t pid)
{
    if (pid <= 0)
        return;
    kill(pid, SIGTERM);
    waitpid(pid, NULL, 0);
}

static FILE *open_file(const live_rig *live, const char *name)
{
    char path[128];
    snprintf(path, sizeof(path), "%s/%s", live->folder, name);
    return fopen(path, "w");
}

static bool write_files(const live_rig *live)
{
    FILE *conf = open_file(live, "nsd.conf"), *zone = open_file(live, "zone");
    if (conf != NULL) {
        fprintf(conf,
                "server:\n ip-address: 127.0.0.1@%u\n username: \"\"\n zonesdir: %s\n"
                " database: \"\"\n pidfile: %s/pid\n xfrdfile: %s/xfrd\n zonelistfile: %s/list\n"
                " xfrdir: %s\n server-count: 1\n rrl-ratelimit: 0\nremote-control:\n"
                " control-enable: no\nzone:\n name: example.com\n zonefile: zone\n",
                live->dns_port, live->folder, live->folder, live->folder, live->folder,
                live->folder);
    }
    if (zone != NULL) {
        fprintf(zone,
                "$ORIGIN example.com.\n$TTL 60\n@ SOA ns host 1 2 3 4 5\n@ NS ns\nns A 127.0.0.1\n"
                "_sipfederationtls._tcp SRV 0 0 %u expe\nexpe A 127.0.0.1\n",
                live->tls_port);
    }
    bool good = conf != NULL && zone != NULL;
    if (conf != NULL)
        fclose(conf);
    if (zone != NULL)
        fclose(zone);
    return good;
}

static bool start_servers(live_rig *live)
{
    char conf[128], accept[32];
    snprintf(live->folder, sizeof(live->folder), "/tmp/fedval-bench-XXXXXX");
    if (mkdtemp(live->folder) == NULL)
        return false;
    live->dns_port = free_port();
    live->tls_port = free_port();
    snprintf(conf, sizeof(conf), "%s/nsd.conf", live->folder);
    snprintf(accept, sizeof(accept), "127.0.0.1:%u", live->tls_port);
    if (!write_files(live))
        return false;
    live->nsd = start((const char *[]){"nsd", "-d", "-c", conf, NULL});
    if (live->nsd == 0)
        live->nsd = start((const char *[]){"/usr/sbin/nsd", "-d", "-c", conf, NULL});
    live->s_server = start((const char *[]){"openssl", "s_server", "-accept", accept, "-quiet",
                                            "-tls1_2", "-cert", PKI "out/certs/valid.pem", "-key",
                                            PKI "keys/leaf-rsa2048.key", "-cert_chain",
                                            PKI "out/certs/issuing.pem", NULL});
    return live->nsd != 0 && live->s_server != 0 && wait_until_up(live->dns_port) &&
           wait_until_up(live->tls_port);
}

/* ---- both sides ---- */

static bool load_anchors(live_side *side)
{
    static uint8_t pem[65536];
    FILE *file = fopen(PKI "out/certs/root.pem", "rb");
    size_t len = file == NULL ? 0 : fread(pem, 1, sizeof(pem), file);
    if (file != NULL)
        fclose(file);
    return fedval_anchors_new(&side->anchors) == FEDVAL_OK &&
           fedval_anchors_append(side->anchors, FEDVAL_ANCHOR_PUBLIC, pem, len, NULL) ==
               FEDVAL_OK &&
           fedval_anchors_seal(side->anchors, side->verifier) == FEDVAL_OK;
}

static bool open_resolver(const live_rig *live, live_side *side)
{
    char address[32];
    snprintf(address, sizeof(address), "127.0.0.1:%u", live->dns_port);
    return fedval_ldns_resolver_new(address, FEDVAL_NUL_ENDED, NULL, &side->resolver, NULL) ==
           FEDVAL_OK;
}

static bool open_sides(live_rig *live)
{
    return fedval_policy_new(FEDVAL_PROFILE_MICROSOFT_EDGE, &live->policy) == FEDVAL_OK &&
           fedval_policy_set_number(live->policy, FEDVAL_POLICY_ALLOW_PRIVATE, 1) == FEDVAL_OK &&
           fedval_mbedtls_verifier_new(&live->mbedtls.verifier) == FEDVAL_OK &&
           fedval_mbedtls_prober_new(NULL, 0, NULL, 0, &live->mbedtls.prober, NULL) == FEDVAL_OK &&
           fedval_openssl_verifier_new(&live->openssl.verifier) == FEDVAL_OK &&
           fedval_openssl_prober_new(NULL, 0, NULL, 0, 0x0303, &live->openssl.prober, NULL) ==
               FEDVAL_OK &&
           open_resolver(live, &live->mbedtls) && open_resolver(live, &live->openssl) &&
           load_anchors(&live->mbedtls) && load_anchors(&live->openssl);
}

static void close_side(live_side *side)
{
    fedval_port_free(side->resolver);
    fedval_port_free(side->prober);
    fedval_anchors_free(side->anchors);
    fedval_verifier_free(side->verifier);
}

static void tear_down(void *context)
{
    static const char *const files[] = {"nsd.conf", "zone", "pid", "xfrd", "list"};
    live_rig *live = context;
    char path[128];
    stop(live->nsd);
    stop(live->s_server);
    close_side(&live->mbedtls);
    close_side(&live->openssl);
    fedval_policy_free(live->policy);
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        snprintf(path, sizeof(path), "%s/%s", live->folder, files[i]);
        unlink(path);
    }
    rmdir(live->folder);
    free(live);
}

/* ---- the work ---- */

static uint64_t check_once(const live_rig *live, const live_side *side)
{
    fedval_evidence *evidence = NULL;
    fedval_report *report = NULL;
    fedval_judge *judge = NULL;
    if (new_judge(live->policy, side->anchors, NULL, side->verifier, &judge) != FEDVAL_OK ||
        fedval_check(judge, "example.com", FEDVAL_NUL_ENDED, side->resolver, side->prober, 10000,
                     (int64_t)time(NULL), &evidence, NULL) != FEDVAL_OK ||
        fedval_evaluate(judge, 0, evidence, &report) != FEDVAL_OK)
        abort();
    uint64_t verdict = fedval_report_get_verdict(report);
    fedval_report_free(report);
    fedval_evidence_free(evidence);
    fedval_judge_free(judge);
    return verdict;
}

static uint64_t check_with_mbedtls(void *context, size_t rounds)
{
    const live_rig *live = context;
    uint64_t sum = 0;
    while (rounds-- > 0)
        sum += check_once(live, &live->mbedtls);
    return sum;
}

static uint64_t check_with_openssl(void *context, size_t rounds)
{
    const live_rig *live = context;
    uint64_t sum = 0;
    while (rounds-- > 0)
        sum += check_once(live, &live->openssl);
    return sum;
}

static uint64_t run_command(const char *const words[])
{
    int status = 1;
    pid_t pid = start(words);
    if (pid > 0)
        waitpid(pid, &status, 0);
    return (uint64_t)(status == 0);
}

static uint64_t check_by_hand(void *context, size_t rounds)
{
    const live_rig *live = context;
    char port[16], connect_to[32];
    uint64_t sum = 0;
    snprintf(port, sizeof(port), "%u", live->dns_port);
    snprintf(connect_to, sizeof(connect_to), "127.0.0.1:%u", live->tls_port);
    for (; rounds > 0; rounds--) {
        sum += run_command((const char *[]){"dig", "@127.0.0.1", "-p", port, SERVICE, "SRV", NULL});
        sum += run_command((const char *[]){"dig", "@127.0.0.1", "-p", port, HOST, "A", NULL});
        sum += run_command((const char *[]){"dig", "@127.0.0.1", "-p", port, HOST, "AAAA", NULL});
        sum += run_command((const char *[]){"openssl", "s_client", "-connect", connect_to,
                                            "-servername", HOST, "-showcerts", "-CAfile",
                                            PKI "out/certs/root.pem", NULL});
    }
    return sum;
}

/* A check that does not pass would be measured for nothing. */
/* What does not work; NULL: all does. */
static const char *find_failure(live_rig *live)
{
    if (!start_servers(live))
        return "nsd or openssl s_server does not come up on loopback";
    if (!open_sides(live))
        return "resolver, prober or verifier cannot be opened";
    if (check_with_mbedtls(live, 1) != FEDVAL_VERDICT_PASS)
        return "the check with mbedTLS does not pass";
    if (check_with_openssl(live, 1) != FEDVAL_VERDICT_PASS)
        return "the check with OpenSSL does not pass";
    if (bench_has_program("dig") && check_by_hand(live, 1) != 4)
        return "dig and openssl s_client do not succeed";
    return NULL;
}

static void *set_up(void)
{
    live_rig *live = calloc(1, sizeof(*live));
    if (live == NULL)
        return NULL;
    const char *failure = find_failure(live);
    if (failure == NULL)
        return live;
    fprintf(stderr, "fedval-bench: %s\n", failure);
    tear_down(live);
    return NULL;
}

static const bench_measurement measurements[] = {
    {.name = "live-check-loopback",
     .what = "one check on loopback, question to report, beside dig (3) and openssl s_client",
     .needs = {"nsd", "openssl"},
     .setup = set_up,
     .teardown = tear_down,
     .contenders = {{"fedval_mbedtls", check_with_mbedtls, NULL},
                    {"fedval_openssl", check_with_openssl, NULL},
                    {"dig_s_client", check_by_hand, "dig"}}},
};

const bench_family bench_live = {measurements, sizeof(measurements) / sizeof(measurements[0])};
