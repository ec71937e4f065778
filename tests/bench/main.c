/* fedval-bench [NAME...] --format text|json: each measured thing beside what else can do it. */
#include "bench.h"

#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXIT_USAGE 64
#define EXIT_INTERNAL 70

static const bench_family *const families[] = {
    &bench_names,  &bench_evaluate, &bench_logs,
#ifdef HAVE_BOTH_VERIFIERS
    &bench_chains,
#endif
#ifdef HAVE_LIVE_CHECK
    &bench_live,
#endif
};
#define NUM_FAMILIES (sizeof(families) / sizeof(families[0]))

typedef struct bench_options {
    bool is_json;
    bool is_list;
    size_t num_windows; /* 0: as many as fit the measurement */
    char **names;       /* all when there are none */
    int num_names;
} bench_options;

static const char usage[] =
    "usage: fedval-bench [NAME...] [--format text|json] [--windows N] [--list]\n"
    "NAME is a measurement, or the beginning of some (\"name-match\").\n";

static bool read_options(int argc, char **argv, bench_options *out)
{
    static const struct option known[] = {
        {"format", required_argument, NULL, 'f'},
        {"windows", required_argument, NULL, 'w'},
        {"list", no_argument, NULL, 'l'},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0},
    };
    int option;

    while ((option = getopt_long(argc, argv, "f:w:lh", known, NULL)) != -1) {
        if (option == 'f' && (strcmp(optarg, "json") == 0 || strcmp(optarg, "text") == 0))
            out->is_json = strcmp(optarg, "json") == 0;
        else if (option == 'w' && strtoul(optarg, NULL, 10) > 0)
            out->num_windows = strtoul(optarg, NULL, 10);
        else if (option == 'l')
            out->is_list = true;
        else
            return false;
    }
    out->names = argv + optind;
    out->num_names = argc - optind;
    return true;
}

static bool is_named(const char *name, const char *wanted)
{
    return strncmp(name, wanted, strlen(wanted)) == 0;
}

static bool is_wanted(const bench_measurement *measurement, const bench_options *options)
{
    for (int i = 0; i < options->num_names; i++) {
        if (is_named(measurement->name, options->names[i]))
            return true;
    }
    return options->num_names == 0;
}

static void print_json_value(const char *name, double value)
{
    if (isnan(value))
        printf(",\"%s\":null", name);
    else
        printf(",\"%s\":%.2f", name, value);
}

static void print_json(const bench_measurement *measurement, const double *values)
{
    printf("{\"name\":\"%s\",\"unit\":\"%s\"", measurement->name, bench_unit(measurement));
    for (size_t i = 0; i < BENCH_MAX_CONTENDERS && measurement->contenders[i].name != NULL; i++)
        print_json_value(measurement->contenders[i].name, values[i]);
    puts("}");
}

/* Beside each other contender, how many times the first one's time it takes (or, of a rate, what
 * share it reaches). */
static void print_text(const bench_measurement *measurement, const double *values)
{
    printf("%-22s %-4s", measurement->name, bench_unit(measurement));
    for (size_t i = 0; i < BENCH_MAX_CONTENDERS && measurement->contenders[i].name != NULL; i++) {
        if (isnan(values[i])) {
            printf("  %s -", measurement->contenders[i].name);
            continue;
        }
        printf("  %s %.2f", measurement->contenders[i].name, values[i]);
        if (i > 0 && !isnan(values[0]))
            printf(" (%.2fx)", values[i] / values[0]);
    }
    putchar('\n');
}

/* A gigabyte takes seconds where a name takes nanoseconds: fewer windows will do. */
static size_t windows_for(const bench_measurement *measurement, const bench_options *options)
{
    if (options->num_windows != 0)
        return options->num_windows;
    return measurement->bytes != 0 ? 5 : 101;
}

static void tell_missing(const char *name, const char *program)
{
    fprintf(stderr,
            "fedval-bench: %s: %s is not installed: no figure for it (tools/setup bench "
            "installs what is compared)\n",
            name, program);
}

/* Each program that is missing is named once. */
static bool has_needs(const bench_measurement *measurement)
{
    bool has_all = true;
    for (size_t i = 0; measurement->needs[i] != NULL; i++) {
        if (bench_has_program(measurement->needs[i]))
            continue;
        tell_missing(measurement->name, measurement->needs[i]);
        has_all = false;
    }
    for (size_t i = 0; i < BENCH_MAX_CONTENDERS && measurement->contenders[i].name != NULL; i++) {
        const bench_contender *contender = &measurement->contenders[i];
        bool is_named_before = i > 0 && contender[-1].program != NULL &&
                               contender->program != NULL &&
                               strcmp(contender[-1].program, contender->program) == 0;
        if (contender->program != NULL && !is_named_before &&
            !bench_has_program(contender->program))
            tell_missing(measurement->name, contender->program);
    }
    return has_all;
}

static bool measure(const bench_measurement *measurement, const bench_options *options,
                    double *values)
{
    void *context = measurement->setup == NULL ? NULL : measurement->setup();
    if (measurement->setup != NULL && context == NULL) {
        fprintf(stderr, "fedval-bench: %s cannot be prepared\n", measurement->name);
        return false;
    }
    bench_measure(measurement, context, windows_for(measurement, options), values);
    if (measurement->teardown != NULL)
        measurement->teardown(context);
    return true;
}

static bool run(const bench_measurement *measurement, const bench_options *options)
{
    double values[BENCH_MAX_CONTENDERS];
    for (size_t i = 0; i < BENCH_MAX_CONTENDERS; i++)
        values[i] = NAN;
    if (has_needs(measurement) && !measure(measurement, options, values))
        return false;
    if (options->is_json)
        print_json(measurement, values);
    else
        print_text(measurement, values);
    fflush(stdout);
    return true;
}

/* Returns how many measurements were meant; counts in *out_failed those that could not be made. */
static size_t run_family(const bench_family *family, const bench_options *options,
                         size_t *out_failed)
{
    size_t num_wanted = 0;

    for (size_t i = 0; i < family->num_measurements; i++) {
        const bench_measurement *measurement = &family->measurements[i];
        if (!is_wanted(measurement, options))
            continue;
        num_wanted++;
        if (options->is_list)
            printf("%-22s %s\n", measurement->name, measurement->what);
        else if (!run(measurement, options))
            (*out_failed)++;
    }
    return num_wanted;
}

int main(int argc, char **argv)
{
    bench_options options = {.num_windows = 0};
    size_t num_wanted = 0, num_failed = 0;

    if (!read_options(argc, argv, &options)) {
        fputs(usage, stderr);
        return EXIT_USAGE;
    }
    for (size_t i = 0; i < NUM_FAMILIES; i++)
        num_wanted += run_family(families[i], &options, &num_failed);
    if (num_wanted == 0) {
        fputs("fedval-bench: there is no measurement of that name (--list shows them)\n", stderr);
        return EXIT_USAGE;
    }
    return num_failed > 0 ? EXIT_INTERNAL : EXIT_SUCCESS;
}
