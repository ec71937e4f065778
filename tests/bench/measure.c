/* Medians of many short windows, the contenders taking turns: what disturbs the machine then
 * disturbs all of them, and the ratios hold. */
#include "bench.h"

#include <stdlib.h>
#include <time.h>

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

const char *bench_unit(const bench_measurement *measurement)
{
    return measurement->bytes != 0 ? "GB/s" : "ns";
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
        rounds[num] = calibrate(&contenders[num], context);
    for (size_t w = 0; w < num_windows; w++) {
        for (size_t c = 0; c < num; c++)
            windows[c][w] = run_window(&contenders[c], context, rounds[c]) / (double)rounds[c];
    }
    for (size_t c = 0; c < num; c++) {
        qsort(windows[c], num_windows, sizeof(double), compare);
        out_values[c] = convert(measurement, windows[c][num_windows / 2]);
    }
}
