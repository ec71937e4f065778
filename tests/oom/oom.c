#include "oom.h"

#include "../reading.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { MAX_ALLOCATIONS = 200000 };

static struct {
    bool counting;
    size_t made;    /* allocations asked for since the start */
    size_t failing; /* this one fails, counted from 1; 0: none */
    bool onwards;   /* and all that follow */
    size_t failed;
    long live; /* blocks that nobody has freed yet */
} state;

static bool spare_jansson;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void __real_free(void *block);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
void __wrap_free(void *block);

static bool is_to_fail(void)
{
    if (!state.counting)
        return false;
    state.made++;
    bool fails = state.failing != 0 &&
                 (state.onwards ? state.made >= state.failing : state.made == state.failing);
    state.failed += fails;
    return fails;
}

static void *counted(void *block)
{
    state.live += state.counting && block != NULL;
    return block;
}

void *__wrap_malloc(size_t size)
{
    return is_to_fail() ? NULL : counted(__real_malloc(size));
}

void *__wrap_calloc(size_t count, size_t size)
{
    return is_to_fail() ? NULL : counted(__real_calloc(count, size));
}

void *__wrap_realloc(void *old, size_t size)
{
    if (is_to_fail())
        return NULL;
    void *block = __real_realloc(old, size);
    return old == NULL ? counted(block) : block;
}

void __wrap_free(void *block)
{
    state.live -= state.counting && block != NULL;
    __real_free(block);
}

static fedval_status run_once(oom_work work, void *context, size_t failing, bool onwards)
{
    state.made = state.failed = 0;
    state.live = 0;
    state.failing = failing;
    state.onwards = onwards;
    state.counting = true;
    fedval_status status = work(context);
    state.counting = false;
    return status;
}

static void assert_nothing_is_left(void)
{
    if (state.live != 0) {
        fail_msg("allocation %zu%s failed: %ld blocks left", state.failing,
                 state.onwards ? " and later" : "", state.live);
    }
}

static size_t run_all(oom_work work, void *context, bool onwards, bool tolerant)
{
    for (size_t failing = 1; failing <= MAX_ALLOCATIONS; failing++) {
        fedval_status status = run_once(work, context, failing, onwards);
        assert_nothing_is_left();
        if (state.failed == 0) {
            assert_int_equal(status, FEDVAL_OK);
            return state.made;
        }
        if (status != FEDVAL_ERROR_NO_MEMORY && !(tolerant && status == FEDVAL_OK)) {
            fail_msg("allocation %zu%s failed: the work says %s", failing,
                     onwards ? " and later" : "", fedval_status_to_string(status));
        }
    }
    fail_msg("more than %d allocations: give the work a smaller input", MAX_ALLOCATIONS);
    return 0;
}

static void *counted_malloc(size_t size)
{
    return counted(__real_malloc(size));
}

void oom_spare_jansson(bool spare)
{
    spare_jansson = spare;
}

static size_t run(oom_work work, void *context, bool tolerant)
{
    json_set_alloc_funcs(spare_jansson ? counted_malloc : __wrap_malloc, __wrap_free);
    json_object_seed(1);
    /* What is made once and kept would look like a leak. */
    assert_int_equal(run_once(work, context, 0, false), FEDVAL_OK);
    run_all(work, context, true, tolerant);
    return run_all(work, context, false, tolerant);
}

size_t oom_run(oom_work work, void *context)
{
    return run(work, context, false);
}

size_t oom_run_tolerant(oom_work work, void *context)
{
    return run(work, context, true);
}

long oom_count_leaks(oom_work work, void *context)
{
    assert_int_equal(run_once(work, context, 0, false), FEDVAL_OK);
    return state.live;
}

bool oom_is_large(void)
{
    return getenv("FEDVAL_OOM_LARGE") != NULL;
}

char *oom_read_file(const char *path, size_t *out_len)
{
    char *data = read_file(path, out_len);
    if (data == NULL)
        fail_msg("cannot read %s", path);
    return data;
}
