/* The digits of base64 (RFC 4648 4), both ways. */
#ifndef BASE64_H
#define BASE64_H

#include <stddef.h>
#include <stdint.h>

/* The value of a digit, 0 to 63; -1 for any other character. */
int base64_value(char c);
/* Writes the four digits of the first `len` bytes, 1 to 3, with padding. */
void base64_put(const uint8_t *bytes, size_t len, char out[4]);

#endif
