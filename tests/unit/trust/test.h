/* What every program of this folder includes first. */
#ifndef TESTS_TRUST_TEST_H
#define TESTS_TRUST_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "toy.h"
#include "x509/crl.h"

static inline int open_toy(void **state)
{
    static toy t;
    toy_open(&t);
    *state = &t;
    return 0;
}

static inline int close_toy(void **state)
{
    toy_close(*state);
    return 0;
}

#define T(test) cmocka_unit_test_setup_teardown(test, open_toy, close_toy)

#endif
