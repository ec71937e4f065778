/* The time of a Windows event, in each form in which it is printed. */
#include "logs/read/event.h"
#include "logs/read/when.h"

#include <string.h>

/* Labels of Event Viewer, of Get-WinEvent and of the XML of an event. */
static const char *const labels[] = {
    "Date:", "Datum:", "Fecha:", "TimeCreated:", "SystemTime=\"", "TimeGenerated:", "SystemTime='"};

/* ConvertTo-Json writes "/Date(1557825753000)/": milliseconds since 1970, in UTC. */
static const char json_label[] = "/Date(";
#define JSON_DIGITS 13

/* The time may be so many characters before the text of an event. */
#define HEAD_MAX 1000

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

static fv_when read_time(const fv_sight *sight, size_t pos)
{
    return fv_sight_count_digits(sight, pos, 4) == 4 ? read_iso(sight, pos)
                                                     : read_local(sight, pos);
}

static fv_when read_milliseconds(const fv_sight *sight, size_t pos)
{
    uint64_t value;
    if (fv_sight_count_digits(sight, pos, JSON_DIGITS + 1) != JSON_DIGITS ||
        !fv_text_to_u64(fv_sight_text(sight, (fv_span){pos, pos + JSON_DIGITS}), &value))
        return FV_WHEN_UNKNOWN;
    return (fv_when){(int64_t)value, true};
}

/* Reads the time after a label at `pos`, if there is one. */
static fv_when read_labelled(const fv_sight *sight, size_t pos)
{
    size_t value;
    fv_when when = FV_WHEN_UNKNOWN;
    if (fv_sight_match(sight, pos, json_label, &value))
        return read_milliseconds(sight, value);
    for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
        if (when.milliseconds == FEDVAL_TIME_UNKNOWN &&
            fv_sight_match(sight, pos, labels[i], &value))
            when = read_time(sight, value);
    }
    return when;
}

/* Whether a column of a table begins here: "Error,5/14/2019 9:22:33 AM,LS Protocol Stack". */
static bool begins_column(const fv_sight *sight, size_t pos)
{
    return fv_ascii_is_digit(fv_sight_char(sight, pos)) &&
           (fv_sight_gap(sight, pos) != FV_GAP_NONE ||
            (pos > 0 && strchr(",;\"", sight->text[pos - 1]) != NULL));
}

static bool is_event_id(const fv_sight *sight, size_t pos)
{
    return fv_event_is_number_label(sight, pos);
}

/* Returns the time nearest before an event: with a label, or as a column of a table, whose last
 * column begins on a line of its own if it was in quotation marks. A second
 * "Event ID:" is that of the event before. */
static fv_when read_before(const fv_sight *sight, size_t entry)
{
    size_t line_ends = fv_sight_gap(sight, entry) >= FV_GAP_FOLD;
    bool has_id = is_event_id(sight, entry);
    fv_when when = FV_WHEN_UNKNOWN;
    for (size_t at = entry; at > 0 && entry - at < HEAD_MAX;) {
        at--;
        if (has_id && is_event_id(sight, at))
            break;
        has_id = has_id || is_event_id(sight, at);
        when = read_labelled(sight, at);
        if (when.milliseconds == FEDVAL_TIME_UNKNOWN && line_ends < 2 && begins_column(sight, at))
            when = read_time(sight, at);
        if (when.milliseconds != FEDVAL_TIME_UNKNOWN)
            break;
        line_ends += fv_sight_gap(sight, at) >= FV_GAP_FOLD;
    }
    return when;
}

/* Event Viewer begins with "Log Name:" and has the time after it, and so has XML. */
fv_when fv_when_of_event(const fv_sight *sight, fv_span entry)
{
    fv_when when = FV_WHEN_UNKNOWN;
    size_t number;
    if (!fv_event_is_log_label(sight, entry.from) &&
        !fv_event_is_provider(sight, entry.from, &number))
        when = read_before(sight, entry.from);
    for (size_t at = entry.from; at < entry.to && when.milliseconds == FEDVAL_TIME_UNKNOWN; at++)
        when = read_labelled(sight, at);
    return when;
}
