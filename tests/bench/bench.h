/*
 * What fedval-bench measures: a table of measurements, one file a family. To add one: a row in the
 * family's table, or a new file with a table, its line in families[] of main.c and in meson.build.
 */
#ifndef FV_BENCH_H
#define FV_BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BENCH_MAX_CONTENDERS 6

/* Somebody who does the work. */
typedef struct bench_contender {
    const char *name;                              /* the member in JSON: "fedval", "openssl" */
    uint64_t (*run)(void *context, size_t rounds); /* does it that many times; returns anything that
                                                   depends on all results */
    /* The program that does it; NULL: this one. Where it is not installed the value is null. */
    const char *program;
} bench_contender;

typedef struct bench_measurement {
    const char *name; /* "name-match-1-san" */
    const char *what; /* one line for people */
    /* The value shown: nanoseconds for one of items things of a round (0: one thing), or, where
     * bytes is not 0, gigabytes a second. */
    size_t items;
    size_t bytes;
    /* Prepares what the contenders work on; NULL when that fails (reported, exit status 70). Both
     * may be NULL: then the context is. */
    void *(*setup)(void);
    void (*teardown)(void *context);
    bench_contender contenders[BENCH_MAX_CONTENDERS]; /* ends with a NULL name */
    const char *needs[4]; /* programs without which nothing is measured; ends with NULL */
} bench_measurement;

typedef struct bench_family {
    const bench_measurement *measurements;
    size_t num_measurements;
} bench_family;

extern const bench_family bench_chains, bench_evaluate, bench_live, bench_logs, bench_names;

/* Runs every contender num_windows times for a window, taking turns, and gives the median of each
 * in the unit of the measurement; NAN for one whose program is not installed. */
void bench_measure(const bench_measurement *measurement, void *context, size_t num_windows,
                   double out_values[BENCH_MAX_CONTENDERS]);
/* Whether a program can be run: it is found on PATH, or where servers are installed. */
bool bench_has_program(const char *program);
const char *bench_unit(const bench_measurement *measurement);

#endif
