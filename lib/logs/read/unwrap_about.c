/* Values beside a message in a record of JSON or CSV: when and where it was logged. */
#include "base/text.h"
#include "logs/read/unwrap.h"

#include <string.h>

bool fv_unwrap_may_be_about(uint8_t c)
{
    return fv_ascii_is_alnum((char)c) || (c != 0 && strchr("-_.:/=;+,@ ", c) != NULL);
}

static bool is_of_time(uint8_t c)
{
    return fv_ascii_is_digit((char)c) || (c != 0 && strchr("-:./+,@ TZ", c) != NULL);
}

/* Whether the value is a date, a time, or a number: "Mar 5, 2024 @ 10:15:01.123",
 * "3/5/2024, 9:15:01 AM". */
static bool is_time(const uint8_t *value, size_t len)
{
    if (len > 4 && fv_ascii_is_alpha((char)value[0]) && fv_ascii_is_alpha((char)value[1]) &&
        fv_ascii_is_alpha((char)value[2]) && value[3] == ' ') {
        value += 4;
        len -= 4;
    }
    if (len > 3 && value[len - 3] == ' ' && value[len - 1] == 'M')
        len -= 3;
    for (size_t i = 0; i < len; i++) {
        if (!is_of_time(value[i]))
            return false;
    }
    return len > 0 && fv_ascii_is_digit((char)value[0]);
}

bool fv_unwrap_is_about(const uint8_t *value, size_t len, bool is_named)
{
    if (len == 0 || is_time(value, len))
        return len > 0;
    return is_named && memchr(value, ' ', len) == NULL && value[len - 1] != ':';
}
