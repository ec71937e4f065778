/* Values beside a message in a record of JSON or CSV: when and where it was logged. */
#include "base/text.h"
#include "logs/read/unwrap.h"

#include <string.h>

bool fv_unwrap_may_be_about(uint8_t c)
{
    return fv_ascii_is_alnum((char)c) || (c != 0 && strchr("-_.:/=;+, ", c) != NULL);
}

/* Whether the value is a date, a time, or a number. */
static bool is_time(const uint8_t *value, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (!fv_ascii_is_digit((char)value[i]) && strchr("-:./+, TZ", value[i]) == NULL)
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
