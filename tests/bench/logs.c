/* Reading logs, beside grep -E and ripgrep looking for the same markers. The logs are generated:
 * Expressway's SIP messages and connections, without faults, with one in each 1,000 lines, and
 * faults alone. */
#include "bench.h"

#include "fedval/log.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define GIGABYTE ((size_t)1 << 30)
#define FAULTS_ONLY_BYTES ((size_t)128 << 20)
#define PIECE ((size_t)64 << 10)
#define LINES_A_FAULT 1000

extern char **environ;

static const char markers[] =
    "ms-diagnostics|TF_DIAG|SIP/2\\.0 504|Server time-out|Forbidden|0xc3e9|SIPPROXY_E|Result-Code|"
    "sipfederationtls|federated|TLS Negotiation|certificate|fail|network\\.dns|DNS query|Resolved|"
    "countdown|idle |alert |unacceptable|0x80|ErrorCode";

typedef struct log_file {
    char path[64];
    char counts[64]; /* what the programs print; grep stops at its first match when that is
                        /dev/null */
} log_file;

typedef struct generator {
    FILE *file;
    uint64_t random;
    size_t num_bytes, num_lines;
} generator;

static uint64_t next_random(generator *g)
{
    g->random ^= g->random << 13;
    g->random ^= g->random >> 7;
    g->random ^= g->random << 17;
    return g->random;
}

static void wrote(generator *g, int len, size_t num_lines)
{
    g->num_bytes += (size_t)len;
    g->num_lines += num_lines;
}

static void write_response(generator *g, const char *status)
{
    uint64_t a = next_random(g), b = next_random(g);
    wrote(
        g,
        fprintf(g->file,
                "2019-05-14T11:22:33.480+02:00 exp-e1 tvcs: UTCTime=\"2019-05-14 09:22:33,480\" "
                "Module=\"network.sip\" Level=\"DEBUG\":  Action=\"Received\" "
                "Local-ip=\"192.0.2.47\" Local-port=\"25011\" Src-ip=\"198.51.100.6\" "
                "Src-port=\"5061\" Msg-Hash=\"%llu\"\n SIPMSG:\n |SIP/2.0 %s\n"
                "Via: SIP/2.0/TLS 192.0.2.47:5061;egress-zone=DNSZone;branch=z9hG4bK%016llx%016llx;"
                "proxy-call-id=%016llx;rport;received=192.0.2.47;ms-received-port=25011\n"
                "Call-ID: %016llx\nCSeq: %u INVITE\n"
                "From: \"Board Room\" <sip:4711@meet.example.org>;tag=%08x\n"
                "To: <sip:alice@lync.example.net>;tag=%016llX\nServer: RTC/6.0\n"
                "Content-Length: 0\n\n",
                (unsigned long long)a, status, (unsigned long long)a, (unsigned long long)b,
                (unsigned long long)(a ^ b), (unsigned long long)b, (unsigned)(a >> 40),
                (unsigned)b, (unsigned long long)(a + b)),
        11);
}

static void write_request(generator *g)
{
    uint64_t a = next_random(g), b = next_random(g);
    wrote(
        g,
        fprintf(g->file,
                "2019-05-14T11:22:33.401+02:00 exp-e1 tvcs: UTCTime=\"2019-05-14 09:22:33,401\" "
                "Module=\"network.sip\" Level=\"DEBUG\":  Action=\"Sent\" Local-ip=\"192.0.2.47\" "
                "Local-port=\"25011\" Dst-ip=\"198.51.100.6\" Dst-port=\"5061\"\n SIPMSG:\n "
                "|INVITE sip:alice@lync.example.net SIP/2.0\nVia: SIP/2.0/TLS "
                "192.0.2.47:5061;egress-zone=DNSZone;branch=z9hG4bK%016llx;rport\n"
                "Max-Forwards: 15\nCall-ID: %016llx\nCSeq: %u INVITE\n"
                "User-Agent: TANDBERG/4137 (X8.9)\nContent-Type: application/sdp\n\nv=0\n"
                "o=tandberg 1 1 IN IP4 192.0.2.47\nm=audio 50000 RTP/SAVP 8 0 101\n"
                "a=rtpmap:8 PCMA/8000\na=rtpmap:0 PCMU/8000\na=rtpmap:101 telephone-event/8000\n"
                "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:%016llx%016llx|2^48\na=sendrecv\n\n",
                (unsigned long long)a, (unsigned long long)b, (unsigned)(a >> 40),
                (unsigned long long)(a * 3), (unsigned long long)(b * 3)),
        20);
}

static void write_connection(generator *g)
{
    wrote(g,
          fprintf(g->file,
                  "2019-05-14T14:00:00.100+02:00 exp-e1 tvcs: UTCTime=\"2019-05-14 12:00:00,100\" "
                  "Module=\"network.tcp\" Level=\"DEBUG\":  Src-ip=\"192.0.2.47\" Src-port=\"%u\" "
                  "Dst-ip=\"198.51.100.64\" Dst-port=\"5061\" Detail=\"TCP Connection "
                  "Established\"\n",
                  25000 + (unsigned)(next_random(g) % 5000)),
          1);
}

static void write_healthy(generator *g)
{
    switch (next_random(g) % 3) {
    case 0:
        write_response(g, "200 OK");
        break;
    case 1:
        write_request(g);
        break;
    default:
        write_connection(g);
    }
}

/* lines_a_fault: 0 for none, 1 for faults alone. */
static void *generate(size_t num_bytes, size_t lines_a_fault)
{
    log_file *made = calloc(1, sizeof(*made));
    generator g = {.random = 88172645463325252u};
    size_t next_fault = lines_a_fault / 2;
    if (made == NULL)
        return NULL;
    strcpy(made->path, "/tmp/fedval-bench-XXXXXX");
    int descriptor = mkstemp(made->path);
    snprintf(made->counts, sizeof(made->counts), "%s.counts", made->path);
    g.file = descriptor >= 0 ? fdopen(descriptor, "w") : NULL;
    if (g.file == NULL) {
        free(made);
        return NULL;
    }
    while (g.num_bytes < num_bytes) {
        if (lines_a_fault == 0 || (lines_a_fault > 1 && g.num_lines < next_fault)) {
            write_healthy(&g);
            continue;
        }
        write_response(&g, "504 Server time-out");
        next_fault += lines_a_fault;
    }
    fclose(g.file);
    return made;
}

static void *generate_healthy(void)
{
    return generate(GIGABYTE, 0);
}

static void *generate_mixed(void)
{
    return generate(GIGABYTE, LINES_A_FAULT);
}

static void *generate_faults(void)
{
    return generate(FAULTS_ONLY_BYTES, 1);
}

static void take_away(void *context)
{
    log_file *made = context;
    unlink(made->path);
    unlink(made->counts);
    free(made);
}

static uint64_t diagnose(const log_file *read_from)
{
    static uint8_t bytes[PIECE];
    fedval_log *log = NULL;
    int file = open(read_from->path, O_RDONLY);
    ssize_t got;
    if (file < 0 || fedval_log_new(&log) != FEDVAL_OK ||
        fedval_log_begin_source(log, "log", FEDVAL_NUL_ENDED) != FEDVAL_OK)
        abort();
    while ((got = read(file, bytes, sizeof(bytes))) > 0) {
        if (fedval_log_feed(log, bytes, (size_t)got) != FEDVAL_OK)
            abort();
    }
    close(file);
    if (fedval_log_finish(log) != FEDVAL_OK)
        abort();
    uint64_t found = fedval_log_count_incidents(log);
    fedval_log_free(log);
    return found;
}

static uint64_t run_fedval(void *context, size_t rounds)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < rounds; i++)
        sum += diagnose(context);
    return sum;
}

/* A program that counts lines. */
static uint64_t run_program(const log_file *read_from, char **argv, size_t rounds)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < rounds; i++) {
        posix_spawn_file_actions_t actions;
        pid_t child;
        int status = 0;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, read_from->counts,
                                         O_WRONLY | O_CREAT | O_TRUNC, 0600);
        if (posix_spawnp(&child, argv[0], &actions, NULL, argv, environ) == 0)
            waitpid(child, &status, 0);
        else
            fprintf(stderr, "fedval-bench: %s cannot be run\n", argv[0]);
        posix_spawn_file_actions_destroy(&actions);
        sum += (uint64_t)status;
    }
    return sum;
}

/* The markers of the reader do not mind letter case; nor do these, then. */
static uint64_t run_grep(void *context, size_t rounds)
{
    log_file *read_from = context;
    char *argv[] = {(char[]){"env"},
                    (char[]){"LC_ALL=C"},
                    (char[]){"grep"},
                    (char[]){"-Eic"},
                    strdup(markers),
                    read_from->path,
                    NULL};
    uint64_t sum = run_program(read_from, argv, rounds);
    free(argv[4]);
    return sum;
}

static uint64_t run_ripgrep(void *context, size_t rounds)
{
    log_file *read_from = context;
    char *argv[] = {(char[]){"rg"},  (char[]){"-ic"}, (char[]){"-j1"},
                    strdup(markers), read_from->path, NULL};
    uint64_t sum = run_program(read_from, argv, rounds);
    free(argv[3]);
    return sum;
}

static uint64_t run_ripgrep_cased(void *context, size_t rounds)
{
    log_file *read_from = context;
    char *argv[] = {(char[]){"rg"},  (char[]){"-c"},  (char[]){"-j1"},
                    strdup(markers), read_from->path, NULL};
    uint64_t sum = run_program(read_from, argv, rounds);
    free(argv[3]);
    return sum;
}

#define CONTENDERS                                                                                 \
    {                                                                                              \
        {"fedval", run_fedval, NULL}, {"grep", run_grep, "grep"}, {"ripgrep", run_ripgrep, "rg"},  \
        {                                                                                          \
            "ripgrep_cased", run_ripgrep_cased, "rg"                                               \
        }                                                                                          \
    }

static const bench_measurement measurements[] = {
    {.name = "log-no-fault",
     .what = "1 GB of log without faults, beside grep -Eic and rg -ic for the same markers",
     .bytes = GIGABYTE,
     .setup = generate_healthy,
     .teardown = take_away,
     .contenders = CONTENDERS},
    {.name = "log-few-faults",
     .what = "1 GB of log with one fault in 1,000 lines, each read, joined and explained",
     .bytes = GIGABYTE,
     .setup = generate_mixed,
     .teardown = take_away,
     .contenders = CONTENDERS},
    {.name = "log-faults-only",
     .what = "128 MB of nothing but faults",
     .bytes = FAULTS_ONLY_BYTES,
     .setup = generate_faults,
     .teardown = take_away,
     .contenders = CONTENDERS},
};

const bench_family bench_logs = {measurements, sizeof(measurements) / sizeof(measurements[0])};
