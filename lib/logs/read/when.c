#include "logs/read/when.h"

#define LINE_HEAD_MAX 100

static bool read_number(const fv_sight *sight, size_t pos, size_t len, uint32_t *out)
{
    uint64_t value;
    if (pos + len > sight->len ||
        !fv_text_to_u64(fv_sight_text(sight, (fv_span){pos, pos + len}), &value))
        return false;
    *out = (uint32_t)value;
    return true;
}

/* "07:10:46" and, after a point or comma, three to nine digits of the second; sets *out_end after
 * what was read. */
static bool read_clock(const fv_sight *sight, size_t pos, fv_calendar *day, uint32_t *out_ms,
                       size_t *out_end)
{
    if (!read_number(sight, pos, 2, &day->hour) || fv_sight_char(sight, pos + 2) != ':' ||
        !read_number(sight, pos + 3, 2, &day->minute) || fv_sight_char(sight, pos + 5) != ':' ||
        !read_number(sight, pos + 6, 2, &day->second))
        return false;
    *out_ms = 0;
    *out_end = pos + 8;
    char mark = fv_sight_char(sight, pos + 8);
    size_t digits = fv_sight_count_digits(sight, pos + 9, 9);
    if ((mark == '.' || mark == ',') && digits >= 3) {
        read_number(sight, pos + 9, 3, out_ms);
        *out_end = pos + 9 + digits;
    }
    return true;
}

/* Reads "2017-03-02", then "T" or a blank (a sight has no blanks), then the clock. */
static bool read_iso(const fv_sight *sight, size_t pos, fv_calendar *day, uint32_t *out_ms,
                     size_t *out_end)
{
    uint32_t year;
    if (!read_number(sight, pos, 4, &year) || fv_sight_char(sight, pos + 4) != '-' ||
        !read_number(sight, pos + 5, 2, &day->month) || fv_sight_char(sight, pos + 7) != '-' ||
        !read_number(sight, pos + 8, 2, &day->day))
        return false;
    day->year = (int32_t)year;
    size_t clock = fv_sight_char(sight, pos + 10) == 'T' ? pos + 11 : pos + 10;
    return read_clock(sight, clock, day, out_ms, out_end);
}

/* "+01:00", "-0400", "Z" */
static bool read_zone(const fv_sight *sight, size_t pos, int64_t *out_ms)
{
    char sign = fv_sight_char(sight, pos);
    if (sign == 'Z') {
        *out_ms = 0;
        return true;
    }
    size_t minutes_at = fv_sight_char(sight, pos + 3) == ':' ? pos + 4 : pos + 3;
    uint32_t hours, minutes;
    if ((sign != '+' && sign != '-') || !read_number(sight, pos + 1, 2, &hours) ||
        !read_number(sight, minutes_at, 2, &minutes) || hours > 14 || minutes > 59)
        return false;
    *out_ms = (int64_t)(hours * 60 + minutes) * 60000 * (sign == '-' ? -1 : 1);
    return true;
}

static fv_when when_of_expressway(const fv_sight *sight, const fv_entry *entry)
{
    fv_calendar day;
    uint32_t ms;
    size_t end;
    fv_span utc;
    if (fv_entry_get(entry, FV_KEY_UTC_TIME, 0, &utc) && read_iso(sight, utc.from, &day, &ms, &end))
        return fv_when_from_day(&day, ms, true);
    if (!read_iso(sight, entry->span.from, &day, &ms, &end))
        return FV_WHEN_UNKNOWN;
    int64_t offset = 0;
    bool zoned = read_zone(sight, end, &offset);
    fv_when when = fv_when_from_day(&day, ms, zoned);
    if (when.milliseconds != FEDVAL_TIME_UNKNOWN)
        when.milliseconds -= offset;
    return when;
}

/* Reads "03/02/2017", one character, and the clock: the US order of both Microsoft formats. */
static fv_when when_of_us_date(const fv_sight *sight, size_t pos, bool zone_known)
{
    fv_calendar day;
    uint32_t year, ms;
    size_t end;
    if (!read_number(sight, pos, 2, &day.month) || fv_sight_char(sight, pos + 2) != '/' ||
        !read_number(sight, pos + 3, 2, &day.day) || fv_sight_char(sight, pos + 5) != '/' ||
        !read_number(sight, pos + 6, 4, &year) || !read_clock(sight, pos + 11, &day, &ms, &end))
        return FV_WHEN_UNKNOWN;
    day.year = (int32_t)year;
    return fv_when_from_day(&day, ms, zone_known);
}

/* The Edge writes "0584.0A44::03/02/2017-07:10:46.230.0000773E", in UTC. */
static fv_when when_of_edge(const fv_sight *sight, const fv_entry *entry)
{
    size_t to = entry->span.from + 200 < entry->span.to ? entry->span.from + 200 : entry->span.to;
    size_t mark = fv_sight_find(sight, (fv_span){entry->span.from, to}, "::");
    return mark < to ? when_of_us_date(sight, mark + 2, true) : FV_WHEN_UNKNOWN;
}

/* "StartTime: 2017-03-02 08:10:46" */
static fv_when when_of_search(const fv_sight *sight, const fv_entry *entry)
{
    fv_calendar day;
    uint32_t ms;
    size_t end, time;
    size_t label = fv_sight_find(sight, entry->span, "StartTime:");
    if (label == entry->span.to || !fv_sight_match(sight, label, "StartTime:", &time) ||
        !read_iso(sight, time, &day, &ms, &end))
        return FV_WHEN_UNKNOWN;
    return fv_when_from_day(&day, ms, false);
}

/* "2017-03-02 08:10:46", or "2017-03-02T08:10:46.240+01:00" */
static fv_when when_of_history(const fv_sight *sight, size_t pos)
{
    fv_calendar day;
    uint32_t ms;
    size_t end;
    int64_t offset = 0;
    if (!read_iso(sight, pos, &day, &ms, &end))
        return FV_WHEN_UNKNOWN;
    bool zoned = fv_sight_char(sight, pos + 10) == 'T' && read_zone(sight, end, &offset);
    fv_when when = fv_when_from_day(&day, ms, zoned);
    if (zoned && when.milliseconds != FEDVAL_TIME_UNKNOWN)
        when.milliseconds -= offset;
    return when;
}

/* Reads a time on the same line in front of the entry: "2018-10-12  11:25:16.201  Info
 * handshake error". */
static fv_when when_before(const fv_sight *sight, size_t pos)
{
    fv_calendar day;
    uint32_t ms;
    size_t end, at = pos;
    while (at > 0 && pos - at < LINE_HEAD_MAX && fv_sight_gap(sight, at) < FV_GAP_FOLD)
        at--;
    for (; at < pos; at++) {
        if (read_iso(sight, at, &day, &ms, &end) && end <= pos)
            return fv_when_from_day(&day, ms, false);
    }
    return FV_WHEN_UNKNOWN;
}

fv_when fv_when_of_entry(const fv_sight *sight, const fv_entry *entry)
{
    switch (entry->start) {
    case FV_START_EXPRESSWAY:
        return when_of_expressway(sight, entry);
    case FV_START_EDGE:
        return when_of_edge(sight, entry);
    case FV_START_CLIENT:
        return when_of_us_date(sight, entry->span.from, false);
    case FV_START_SEARCH:
        return when_of_search(sight, entry);
    case FV_START_SENTENCE:
        return when_before(sight, entry->span.from);
    case FV_START_WINDOWS_EVENT:
        return fv_when_of_event(sight, entry->span);
    case FV_START_HISTORY:
        return when_of_history(sight, entry->span.from);
    default:
        return FV_WHEN_UNKNOWN;
    }
}
