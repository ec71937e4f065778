/* Finds the end of a string in quotation marks (quoted mail: prefix.c), even if the closing mark
 * was lost. */
#include "logs/read/entry.h"

#define QUOTED_MAX 2000

/* Whether the date of another entry of Expressway is here: "2019-05-14T". */
static bool is_date(const fv_sight *sight, size_t pos)
{
    return fv_sight_count_digits(sight, pos, 5) == 4 && fv_sight_char(sight, pos + 4) == '-' &&
           fv_sight_count_digits(sight, pos + 5, 3) == 2 && fv_sight_char(sight, pos + 7) == '-' &&
           fv_sight_count_digits(sight, pos + 8, 3) == 2 && fv_sight_char(sight, pos + 10) == 'T';
}

/* Whether a header, or an entry, begins a line here that never occurs inside a quoted string. If
 * so, the closing quotation mark was lost. */
static bool is_strong_header(const fv_sight *sight, size_t pos)
{
    fv_header header = FV_HEADER_UNREAD;
    if (fv_sight_gap(sight, pos) < FV_GAP_FOLD)
        return false;
    if (fv_ascii_is_digit(sight->text[pos]) && is_date(sight, pos))
        return true;
    fv_key key = fv_key_header_at(sight, pos, &header);
    if (key == FV_KEY_FROM || key == FV_KEY_TO) { /* also words of prose */
        return fv_sight_char(sight, header.value) == '<' ||
               fv_sight_char(sight, header.value) == '"';
    }
    return key >= FV_KEY_VIA && key <= FV_KEY_AUTHENTICATION;
}

size_t fv_quote_end(const fv_sight *sight, size_t pos)
{
    size_t limit = pos + QUOTED_MAX < sight->len ? pos + QUOTED_MAX : sight->len;
    for (size_t i = pos + 1; i < limit; i++) {
        if (sight->text[i] == '\\' && i + 1 < limit && sight->text[i + 1] == '"')
            i++;
        else if (sight->text[i] == '"')
            return i;
        else if (is_strong_header(sight, i))
            break;
    }
    return sight->len;
}
