/* In the place of strconv.c of jansson. No document of the library has a number with a fraction:
 * whatever its value is, it is refused. So the module does without strtod, and knows of a number
 * only whether it is too large, which jansson tells in words of its own. */
#include "jansson_private.h"
#include "strbuffer.h"

#include <float.h>

#define MOST_DIGITS 20 /* that change what a double holds */
#define MOST_EXPONENT 10000

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Reads digits into `value`, as far as they count. Returns how many were left out. */
static int read_digits(const char **text, double *value, int *num_digits)
{
    int left_out = 0;
    for (; is_digit(**text); (*text)++) {
        if (*num_digits >= MOST_DIGITS) {
            left_out++;
            continue;
        }
        *value = *value * 10 + (**text - '0');
        *num_digits += *value > 0;
    }
    return left_out;
}

static int read_exponent(const char *text)
{
    int exponent = 0, is_negative = *text == '-';
    for (text += *text == '-' || *text == '+'; is_digit(*text); text++) {
        if (exponent < MOST_EXPONENT)
            exponent = exponent * 10 + (*text - '0');
    }
    return is_negative ? -exponent : exponent;
}

int jsonp_strtod(strbuffer_t *strbuffer, double *out)
{
    const char *text = strbuffer->value;
    double value = 0;
    int num_digits = 0, is_negative = *text == '-';
    text += is_negative;
    int exponent = read_digits(&text, &value, &num_digits);
    if (*text == '.') {
        const char *point = ++text;
        int left_out = read_digits(&text, &value, &num_digits);
        exponent -= (int)(text - point) - left_out;
    }
    if (*text == 'e' || *text == 'E')
        exponent += read_exponent(text + 1);
    for (; exponent > 0 && value > 0 && value <= DBL_MAX; exponent--)
        value *= 10;
    for (; exponent < 0 && value > 0; exponent++)
        value /= 10;
    if (value > DBL_MAX)
        return -1;
    *out = is_negative ? -value : value;
    return 0;
}
