#include "base/calendar.h"

#include <string.h>

#define SECONDS_A_DAY 86400
#define DAYS_IN_400_YEARS 146097
/* Days from 0000-03-01 to 1970-01-01. Years are counted from March, so that the leap day is the
 * last day of a year. */
#define DAYS_BEFORE_1970 719468

static bool is_leap_year(int32_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static uint32_t days_in_month(int32_t year, uint32_t month)
{
    static const uint8_t days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap_year(year) ? 29 : days[month - 1];
}

static bool is_moment(const fv_calendar *c)
{
    return c->year >= 0 && c->year <= 9999 && c->month >= 1 && c->month <= 12 && c->day >= 1 &&
           c->day <= days_in_month(c->year, c->month) && c->hour <= 23 && c->minute <= 59 &&
           c->second <= 59;
}

bool fv_calendar_to_seconds(const fv_calendar *calendar, int64_t *out)
{
    if (!is_moment(calendar))
        return false;
    int64_t month = (calendar->month + 9) % 12;                      /* 0 is March */
    int64_t year = calendar->year + 400 - (calendar->month <= 2);    /* never negative */
    int64_t days = year * 365 + year / 4 - year / 100 + year / 400 + /* whole years */
                   (153 * month + 2) / 5 + (calendar->day - 1) -     /* whole months, days */
                   DAYS_IN_400_YEARS - DAYS_BEFORE_1970;
    *out = days * SECONDS_A_DAY + calendar->hour * 3600 + calendar->minute * 60 + calendar->second;
    return true;
}

static void set_date(int64_t days, fv_calendar *out)
{
    int64_t cycle = days / DAYS_IN_400_YEARS;
    int64_t day = days % DAYS_IN_400_YEARS;
    int64_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    day -= 365 * year + year / 4 - year / 100;
    int64_t month = (5 * day + 2) / 153;
    out->day = (uint32_t)(day - (153 * month + 2) / 5 + 1);
    out->month = (uint32_t)(month < 10 ? month + 3 : month - 9);
    out->year = (int32_t)(cycle * 400 + year + (out->month <= 2) - 400);
}

bool fv_calendar_from_seconds(int64_t seconds, fv_calendar *out)
{
    static const fv_calendar first = {0, 1, 1, 0, 0, 0}, last = {9999, 12, 31, 23, 59, 59};
    int64_t min = 0, max = 0;
    if (!fv_calendar_to_seconds(&first, &min) || !fv_calendar_to_seconds(&last, &max) ||
        seconds < min || seconds > max)
        return false;
    int64_t shifted = seconds + (int64_t)(DAYS_BEFORE_1970 + DAYS_IN_400_YEARS) * SECONDS_A_DAY;
    int64_t rest = shifted % SECONDS_A_DAY;
    set_date(shifted / SECONDS_A_DAY, out);
    out->hour = (uint32_t)(rest / 3600);
    out->minute = (uint32_t)(rest / 60 % 60);
    out->second = (uint32_t)(rest % 60);
    return true;
}

/* Reads exactly `num_digits` digits and moves `text` past them. */
static bool take_number(fv_text *text, size_t num_digits, uint32_t *out)
{
    uint64_t value;
    if (text->len < num_digits || !fv_text_to_u64((fv_text){text->data, num_digits}, &value))
        return false;
    *out = (uint32_t)value;
    text->data += num_digits;
    text->len -= num_digits;
    return true;
}

static bool take_one_of(fv_text *text, const char *wanted)
{
    if (text->len == 0 || text->data[0] == '\0' || strchr(wanted, text->data[0]) == NULL)
        return false;
    text->data++;
    text->len--;
    return true;
}

static bool take_date(fv_text *text, fv_calendar *out)
{
    uint32_t year;
    if (!take_number(text, 4, &year) || !take_one_of(text, "-") ||
        !take_number(text, 2, &out->month) || !take_one_of(text, "-") ||
        !take_number(text, 2, &out->day))
        return false;
    out->year = (int32_t)year;
    return true;
}

static bool take_time(fv_text *text, fv_calendar *out)
{
    if (!take_number(text, 2, &out->hour) || !take_one_of(text, ":") ||
        !take_number(text, 2, &out->minute) || !take_one_of(text, ":") ||
        !take_number(text, 2, &out->second))
        return false;
    if (!take_one_of(text, ".,"))
        return true;
    size_t num_digits = 0;
    while (take_one_of(text, "0123456789"))
        num_digits++;
    return num_digits > 0;
}

/* RFC 3339 5.6 time-offset: "Z", or "+hh:mm" and "-hh:mm". The result says by how many seconds the
 * local time is ahead of UTC. */
static bool take_offset(fv_text *text, int64_t *out_seconds)
{
    if (take_one_of(text, "Zz")) {
        *out_seconds = 0;
        return true;
    }
    bool is_behind = text->len > 0 && text->data[0] == '-';
    uint32_t hours, minutes;
    if (!take_one_of(text, "+-") || !take_number(text, 2, &hours) || !take_one_of(text, ":") ||
        !take_number(text, 2, &minutes) || hours > 23 || minutes > 59)
        return false;
    int64_t offset = (int64_t)hours * 3600 + (int64_t)minutes * 60;
    *out_seconds = is_behind ? -offset : offset;
    return true;
}

bool fv_calendar_parse(fv_text text, int64_t *out)
{
    fv_calendar calendar = {0};
    int64_t offset = 0, seconds;
    if (!take_date(&text, &calendar))
        return false;
    if (text.len > 0 && (!take_one_of(&text, "Tt ") || !take_time(&text, &calendar) ||
                         !take_offset(&text, &offset)))
        return false;
    if (text.len > 0 || !fv_calendar_to_seconds(&calendar, &seconds))
        return false;
    *out = seconds - offset;
    return true;
}

static char *put_number(char *to, uint32_t value, size_t num_digits, char after)
{
    for (size_t i = num_digits; i-- > 0; value /= 10)
        to[i] = (char)('0' + value % 10);
    to[num_digits] = after;
    return to + num_digits + 1;
}

void fv_calendar_format(int64_t seconds, char out[FV_CALENDAR_TEXT_SIZE])
{
    fv_calendar c;
    char *to = out;
    if (fv_calendar_from_seconds(seconds, &c)) {
        to = put_number(to, (uint32_t)c.year, 4, '-');
        to = put_number(to, c.month, 2, '-');
        to = put_number(to, c.day, 2, 'T');
        to = put_number(to, c.hour, 2, ':');
        to = put_number(to, c.minute, 2, ':');
        to = put_number(to, c.second, 2, 'Z');
    }
    *to = '\0';
}
