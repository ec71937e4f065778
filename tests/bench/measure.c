/* Medians of many short windows, the contenders taking turns: what disturbs the machine then
 * disturbs all of them, and the ratios hold. */
#include "bench.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define WINDOW_NS 2e6
#define MAX_WINDOWS 1000

static volatile uint64_t sink; /* so that no work is optimised away */

static double now_ns(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static double run_window(const bench_contender *contender, void *context, size_t rounds)
{
    double start = now_ns();

    sink += contender->run(context, rounds);
    return now_ns() - start;
}

/* How many rounds fill a window. The first run also warms the caches. */
static size_t calibrate(const bench_contender *contender, void *context)
{
    size_t rounds = 1;
    double took = run_window(contender, context, rounds);

    while (took < WINDOW_NS / 4) {
        rounds *= 4;
        took = run_window(contender, context, rounds);
    }
    double fitting = (double)rounds * WINDOW_NS / took;
    return fitting < 1 ? 1 : (size_t)fitting;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double convert(const bench_measurement *measurement, double ns_a_round)
{
    if (measurement->bytes != 0)
        return (double)measurement->bytes / ns_a_round;
    return measurement->items == 0 ? ns_a_round : ns_a_round / (double)measurement->items;
}

static bool is_in(const char *folder, size_t folder_len, const char *program)
{
    char path[1024];
    int len = snprintf(path, sizeof(path), "%.*s/%s", (int)folder_len, folder, program);
    return len > 0 && (size_t)len < sizeof(path) && access(path, X_OK) == 0;
}

bool bench_has_program(const char *program)
{
    const char *path = getenv("PATH");
    while (path != NULL && *path != '\0') {
        size_t len = strcspn(path, ":");
        if (is_in(path, len, program))
            return true;
        path += path[len] == ':' ? len + 1 : len;
    }
    return is_in("/usr/sbin", strlen("/usr/sbin"), program);
}

const char *bench_unit(const bench_measurement *measurement)
{
    return measurement->bytes != 0 ? "GB/s" : "ns";
}

static bool is_able(const bench_contender *contender)
{
    return contender->program == NULL || bench_has_program(contender->program);
}

void bench_measure(const bench_measurement *measurement, void *context, size_t num_windows,
                   double out_values[BENCH_MAX_CONTENDERS])
{
    static double windows[BENCH_MAX_CONTENDERS][MAX_WINDOWS];
    const bench_contender *contenders = measurement->contenders;
    size_t rounds[BENCH_MAX_CONTENDERS], num = 0;

    if (num_windows > MAX_WINDOWS)
        num_windows = MAX_WINDOWS;
    for (; num < BENCH_MAX_CONTENDERS && contenders[num].name != NULL; num++)
        rounds[num] = is_able(&contenders[num]) ? calibrate(&contenders[num], context) : 0;
    for (size_t w = 0; w < num_windows; w++) {
        for (size_t c = 0; c < num; c++) {
            if (rounds[c] > 0)
                windows[c][w] = run_window(&contenders[c], context, rounds[c]) / (double)rounds[c];
        }
    }
    for (size_t c = 0; c < num; c++) {
        qsort(windows[c], num_windows, sizeof(double), compare);
        out_values[c] = rounds[c] > 0 ? convert(measurement, windows[c][num_windows / 2]) : NAN;
    }
}
