/* Makes every call in a process of its own, so that one which crashes is a line like any other:
 * FUNCTION<TAB>CASE<TAB>RESULT<TAB>OUTPUTS<TAB>ERROR. */
#define _GNU_SOURCE
#include "calls.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATTERN = 0xa5 };

uint8_t out[MAX_PARAMETERS][OUT_SIZE];
fixtures *things;
const fedval_policy *policies[1];
const fedval_report *reports[1];
const fedval_timeline *timelines[1];
const fedval_evidence *evidences[1];

void show_nothing(void)
{
    printf("nothing");
}

void show_pointer(const void *pointer)
{
    printf("pointer %s", pointer == NULL ? "null" : "some");
}

void show_number(int64_t number)
{
    printf("number %" PRId64, number);
}

void show_status(int64_t status)
{
    const char *word = fedval_status_to_string((fedval_status)status);
    printf("status %s", word == NULL ? "unknown" : word);
}

/* The parameters whose memory was written to, by their place; "=0" where a zero now stands. */
static void show_outputs(void)
{
    static const uint8_t zero[sizeof(size_t)];
    uint8_t untouched[OUT_SIZE];
    memset(untouched, PATTERN, sizeof(untouched));
    printf("\t");
    for (int i = 0; i < MAX_PARAMETERS; i++) {
        if (memcmp(out[i], untouched, sizeof(untouched)) != 0)
            printf("%d%s ", i, memcmp(out[i], zero, sizeof(zero)) == 0 ? "=0" : "");
    }
}

static void make(const fv_call *call)
{
    memset(out, PATTERN, sizeof(out));
    fedval_error_set(things->error, "stale", FEDVAL_NUL_ENDED, 1, 1, 1);
    call->make(call->wrong);
    show_outputs();
    printf("\t%s", fedval_error_get_message(things->error));
    fflush(stdout);
    _exit(0);
}

static void make_alone(const fv_call *call)
{
    int state = 0;
    printf("%s\t%s\t", call->function, call->name);
    fflush(stdout);
    pid_t child = fork();
    if (child == 0)
        make(call);
    if (child < 0 || waitpid(child, &state, 0) != child || state != 0)
        printf("crash\t\t");
    printf("\n");
}

int main(void)
{
    fixtures made;
    fixtures_open(&made);
    things = &made;
    policies[0] = made.policy;
    reports[0] = made.report;
    timelines[0] = made.timeline;
    evidences[0] = made.evidence;
    for (size_t i = 0; i < fv_num_calls; i++)
        make_alone(&fv_calls[i]);
    fixtures_close(&made);
    return 0;
}
