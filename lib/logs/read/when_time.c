/* The time itself: made of a day and its clock, numbered, written. */
#include "logs/read/when.h"

#include <string.h>

fv_when fv_when_from_day(const fv_calendar *day, uint32_t ms, bool zone_known)
{
    int64_t seconds;
    if (!fv_calendar_to_seconds(day, &seconds))
        return FV_WHEN_UNKNOWN;
    return (fv_when){seconds * 1000 + ms, zone_known};
}

uint32_t fv_time_slot(const fv_when *when, int64_t milliseconds)
{
    return (uint32_t)(when->milliseconds / milliseconds);
}

void fv_when_format(int64_t milliseconds, bool zone_known, char out[FV_WHEN_TEXT_SIZE])
{
    char text[FV_CALENDAR_TEXT_SIZE];
    out[0] = '\0';
    if (milliseconds == FEDVAL_TIME_UNKNOWN)
        return;
    int64_t rest = milliseconds % 1000;
    int64_t seconds = milliseconds / 1000 - (rest < 0);
    rest += rest < 0 ? 1000 : 0;
    fv_calendar_format(seconds, text);
    size_t len = strlen(text);
    if (len == 0)
        return;
    memcpy(out, text, len - 1); /* without the Z */
    out[len - 1] = '.';
    out[len] = (char)('0' + rest / 100);
    out[len + 1] = (char)('0' + rest / 10 % 10);
    out[len + 2] = (char)('0' + rest % 10);
    out[len + 3] = zone_known ? 'Z' : '\0';
    out[len + 4] = '\0';
}
