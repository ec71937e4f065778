/* The time of a Windows event, in each form in which it is printed. */
#include "logs/read/when.h"

#include <string.h>

#define LABEL_BEFORE 300 /* the label may be so many bytes in front of the event's number */

/* Labels of Event Viewer, of Get-WinEvent and of the XML of an event. */
static const char *const labels[] = {
    "Date:", "Datum:", "TimeCreated:", "SystemTime=\"", "TimeGenerated:", "SystemTime='"};

static bool read_number(const fv_sight *sight, size_t *pos, size_t max_digits, uint32_t *out)
{
    size_t digits = fv_sight_count_digits(sight, *pos, max_digits);
    uint64_t value;
    if (digits == 0 ||
        !fv_text_to_u64(fv_sight_text(sight, (fv_span){*pos, *pos + digits}), &value))
        return false;
    *out = (uint32_t)value;
    *pos += digits;
    return true;
}

static bool take_mark(const fv_sight *sight, size_t *pos, char mark)
{
    if (fv_sight_char(sight, *pos) != mark)
        return false;
    (*pos)++;
    return true;
}

/* "11:03:07", "9:03:07 AM", "11:03:07.123" */
static bool read_clock(const fv_sight *sight, size_t *pos, fv_calendar *day, uint32_t *out_ms,
                       bool *out_twelve)
{
    if (!read_number(sight, pos, 2, &day->hour) || !take_mark(sight, pos, ':') ||
        !read_number(sight, pos, 2, &day->minute) || !take_mark(sight, pos, ':') ||
        !read_number(sight, pos, 2, &day->second))
        return false;
    *out_ms = 0;
    if (fv_sight_char(sight, *pos) == '.' && fv_sight_count_digits(sight, *pos + 1, 3) == 3) {
        size_t fraction = *pos + 1;
        read_number(sight, &fraction, 3, out_ms);
        *pos += 1 + fv_sight_count_digits(sight, *pos + 1, 9);
    }
    bool before_noon = fv_sight_match(sight, *pos, "AM", NULL);
    bool after_noon = fv_sight_match(sight, *pos, "PM", NULL);
    *out_twelve = before_noon || after_noon;
    if (*out_twelve && (day->hour < 1 || day->hour > 12))
        return false;
    if (*out_twelve)
        day->hour = day->hour % 12 + (after_noon ? 12 : 0);
    return true;
}

/* "2019-05-14T09:03:07.1234567Z", "2019-05-14 11:03:07" */
static fv_when read_iso(const fv_sight *sight, size_t pos)
{
    fv_calendar day = {0};
    uint32_t year, ms;
    bool twelve;
    if (!read_number(sight, &pos, 4, &year) || !take_mark(sight, &pos, '-') ||
        !read_number(sight, &pos, 2, &day.month) || !take_mark(sight, &pos, '-') ||
        !read_number(sight, &pos, 2, &day.day))
        return FV_WHEN_UNKNOWN;
    day.year = (int32_t)year;
    take_mark(sight, &pos, 'T');
    if (!read_clock(sight, &pos, &day, &ms, &twelve))
        return FV_WHEN_UNKNOWN;
    return fv_when_from_day(&day, ms, fv_sight_char(sight, pos) == 'Z');
}

/* Reads two numbers and a year, in the order that the server's country uses. The day is first with
 * "." as the mark or if the first number is above 12. The month is first if the second number is
 * above 12, or with "/" and AM or PM as in the US. Else the time is unknown. */
static fv_when read_local(const fv_sight *sight, size_t pos)
{
    fv_calendar day = {0};
    uint32_t first, second, year, ms;
    bool twelve;
    if (!read_number(sight, &pos, 2, &first))
        return FV_WHEN_UNKNOWN;
    char mark = fv_sight_char(sight, pos);
    if ((mark != '/' && mark != '.' && mark != '-') || !take_mark(sight, &pos, mark) ||
        !read_number(sight, &pos, 2, &second) || !take_mark(sight, &pos, mark) ||
        !read_number(sight, &pos, 4, &year) || year < 1000 ||
        !read_clock(sight, &pos, &day, &ms, &twelve))
        return FV_WHEN_UNKNOWN;
    bool day_first = mark == '.' || first > 12;
    bool month_first = second > 12 || (twelve && mark == '/' && !day_first);
    if (day_first == month_first && first != second)
        return FV_WHEN_UNKNOWN;
    day.year = (int32_t)year;
    day.month = day_first ? second : first;
    day.day = day_first ? first : second;
    return fv_when_from_day(&day, ms, false);
}

fv_when fv_when_of_event(const fv_sight *sight, fv_span entry)
{
    entry.from -= entry.from < LABEL_BEFORE ? entry.from : LABEL_BEFORE;
    for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
        size_t value;
        size_t at = fv_sight_find(sight, entry, labels[i]);
        if (at == entry.to || !fv_sight_match(sight, at, labels[i], &value))
            continue;
        fv_when when = fv_sight_count_digits(sight, value, 4) == 4 ? read_iso(sight, value)
                                                                   : read_local(sight, value);
        if (when.milliseconds != FEDVAL_TIME_UNKNOWN)
            return when;
    }
    return FV_WHEN_UNKNOWN;
}
