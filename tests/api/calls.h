/* The calls that make_calls.py writes, and what they are made with. */
#ifndef TESTS_API_CALLS_H
#define TESTS_API_CALLS_H

#include "fixtures.h"

typedef struct fv_call {
    const char *function, *name; /* of the case */
    void (*make)(int wrong);
    int wrong; /* the parameter that is absent or out of range; -1: none */
} fv_call;

extern const fv_call fv_calls[];
extern const size_t fv_num_calls;

enum { MAX_PARAMETERS = 12, OUT_SIZE = 512 };

/* Where outputs go, by the place of the parameter; filled with a pattern before each call. */
extern uint8_t out[MAX_PARAMETERS][OUT_SIZE];
extern fixtures *things;
extern const fedval_policy *policies[1];
extern const fedval_evidence *evidences[1];
extern const fedval_report *reports[1];
extern const fedval_timeline *timelines[1];

void show_nothing(void);
void show_pointer(const void *pointer);
void show_number(int64_t number);
void show_status(int64_t status);

#endif
