/* Goes before ldns: strtod for LOC records, whose numbers have a fraction and no exponent. That of
 * libc would be a hundredth of the module. */
#ifndef FEDVAL_DECIMAL_H
#define FEDVAL_DECIMAL_H

#include <stdlib.h>

static inline double fedval_decimal(const char *text, char **end)
{
    const char *at = text + (*text == '-' || *text == '+');
    double value = 0, unit = 1;
    while (*at >= '0' && *at <= '9')
        value = value * 10 + (*at++ - '0');
    if (*at == '.') {
        for (at++; *at >= '0' && *at <= '9'; at++)
            value += (*at - '0') * (unit /= 10);
    }
    *end = (char *)at;
    return *text == '-' ? -value : value;
}

#define strtod fedval_decimal

#endif
