/* One target a program: NAME.c defines this function, corpus/NAME holds its seeds.
 * A target checks more than "does not crash" where it can, and aborts when a check fails. */
#ifndef FV_TEST_FUZZ_H
#define FV_TEST_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
