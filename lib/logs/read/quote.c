/* Where a quoted string ends, though its closing mark may be lost. */
#include "logs/read/record.h"

#define QUOTED_MAX 2000

/* A header that cannot stand within a quoted string: where one begins a line, a closing quotation
 * mark got lost. */
static bool is_strong_header(const fv_view *view, size_t pos)
{
    fv_header header = FV_HEADER_UNREAD;
    if (fv_view_gap(view, pos) < FV_GAP_FOLD)
        return false;
    fv_key key = fv_key_header_at(view, pos, &header);
    if (key == FV_KEY_FROM || key == FV_KEY_TO) /* words of prose too */
        return fv_view_char(view, header.value) == '<' || fv_view_char(view, header.value) == '"';
    return key >= FV_KEY_VIA && key <= FV_KEY_AUTHENTICATION;
}

size_t fv_quote_end(const fv_view *view, size_t pos)
{
    size_t limit = pos + QUOTED_MAX < view->len ? pos + QUOTED_MAX : view->len;
    for (size_t i = pos + 1; i < limit; i++) {
        if (view->text[i] == '\\' && i + 1 < limit && view->text[i + 1] == '"')
            i++;
        else if (view->text[i] == '"')
            return i;
        else if (is_strong_header(view, i))
            break;
    }
    return view->len;
}
