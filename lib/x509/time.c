#include "x509/decoder.h"

#include "base/calendar.h"

/* Reads two digits; moves nothing when they are not there. */
static bool take_two_digits(fv_cursor *text, uint32_t *out)
{
    fv_cursor at = *text;
    uint8_t tens, ones;
    if (!fv_cursor_read_u8(&at, &tens) || !fv_cursor_read_u8(&at, &ones) || tens < '0' ||
        tens > '9' || ones < '0' || ones > '9')
        return false;
    *out = (uint32_t)(tens - '0') * 10 + (uint32_t)(ones - '0');
    *text = at;
    return true;
}

static bool take_year(fv_cursor *text, bool is_utc_time, int32_t *out)
{
    uint32_t high, low;
    if (is_utc_time) {
        if (!take_two_digits(text, &low))
            return false;
        *out = (int32_t)(low >= 50 ? 1900 + low : 2000 + low); /* RFC 5280 4.1.2.5.1 */
        return true;
    }
    if (!take_two_digits(text, &high) || !take_two_digits(text, &low))
        return false;
    *out = (int32_t)(high * 100 + low);
    return true;
}

/* Reads the time zone "+hhmm" or "-hhmm", or none at all. X.680 allows both; RFC 5280 does not. */
static bool take_odd_zone(fv_cursor *text, int64_t *out_ahead)
{
    uint32_t hours, minutes;
    uint8_t sign;
    if (!fv_cursor_read_u8(text, &sign))
        return true;
    if ((sign != '+' && sign != '-') || !take_two_digits(text, &hours) ||
        !take_two_digits(text, &minutes) || hours > 23 || minutes > 59)
        return false;
    int64_t ahead = (int64_t)hours * 3600 + (int64_t)minutes * 60;
    *out_ahead = sign == '-' ? -ahead : ahead;
    return true;
}

/* Skips fractions of a second. X.680 46 allows them in GeneralizedTime, RFC 5280 4.1.2.5.2 does
 * not. */
static bool skip_fraction(fv_cursor *text, bool is_utc_time)
{
    uint8_t c;
    if (is_utc_time || !fv_cursor_peek_u8(text, &c) || (c != '.' && c != ','))
        return true;
    (void)fv_cursor_skip(text, 1);
    size_t before = fv_cursor_left(text);
    while (fv_cursor_peek_u8(text, &c) && c >= '0' && c <= '9')
        (void)fv_cursor_skip(text, 1);
    return fv_cursor_left(text) < before;
}

static bool is_only_zulu(const fv_cursor *text)
{
    uint8_t c;
    return fv_cursor_left(text) == 1 && fv_cursor_peek_u8(text, &c) && c == 'Z';
}

static bool parse(fv_bytes raw, bool is_utc_time, int64_t *out, bool *out_is_proper)
{
    fv_calendar c = {0};
    fv_cursor text;
    int64_t ahead = 0, seconds;
    fv_cursor_init(&text, raw);
    if (!take_year(&text, is_utc_time, &c.year) || !take_two_digits(&text, &c.month) ||
        !take_two_digits(&text, &c.day) || !take_two_digits(&text, &c.hour) ||
        !take_two_digits(&text, &c.minute))
        return false;
    *out_is_proper = take_two_digits(&text, &c.second) && is_only_zulu(&text);
    if (!*out_is_proper) {
        if (!skip_fraction(&text, is_utc_time))
            return false;
        if (!is_only_zulu(&text) && (!take_odd_zone(&text, &ahead) || fv_cursor_left(&text) > 0))
            return false;
    }
    if (!fv_calendar_to_seconds(&c, &seconds))
        return false;
    *out = seconds - ahead;
    return true;
}

bool fv_decoder_read_time(fv_decoder *decoder, fv_cursor *cursor, fv_time *out)
{
    const int64_t year_2050 = INT64_C(2524608000);
    fv_der element;
    bool is_proper = true;
    if (!fv_decoder_read(decoder, cursor, FV_DER_UTC_TIME, &element) &&
        !fv_decoder_read(decoder, cursor, FV_DER_GENERALIZED_TIME, &element))
        return false;
    bool is_utc_time = element.tag == FV_DER_UTC_TIME;
    out->raw = element.value;
    out->seconds = FV_TIME_UNKNOWN;
    out->presence = FV_MALFORMED;
    if (!parse(element.value, is_utc_time, &out->seconds, &is_proper)) {
        fv_decoder_note(decoder, FV_DEFECT_TIME, element.whole.data);
        return true;
    }
    out->presence = FV_KNOWN;
    if (!is_proper)
        fv_decoder_note(decoder, FV_DEFECT_TIME_FORM, element.whole.data);
    if (!is_utc_time && out->seconds < year_2050)
        fv_decoder_note(decoder, FV_DEFECT_TIME_TYPE, element.whole.data);
    return true;
}

bool fv_decoder_read_tagged_time(fv_decoder *decoder, fv_cursor *cursor, uint8_t tag, fv_time *out)
{
    fv_der element;
    bool is_proper = false;
    *out = (fv_time){.presence = FV_ABSENT, .seconds = FV_TIME_UNKNOWN};
    if (!fv_der_next_is(cursor, tag))
        return true;
    if (!fv_decoder_read(decoder, cursor, tag, &element) ||
        !parse(element.value, false, &out->seconds, &is_proper))
        return false;
    out->raw = element.value;
    out->presence = FV_KNOWN;
    return is_proper;
}
