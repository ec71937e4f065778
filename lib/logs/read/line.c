/* What a line within a message is, when it is no header. */
#include "logs/read/record.h"

#include <string.h>

/* An address of IPv6 has no such letter. */
bool fv_line_is_annotation(const fv_view *view, size_t pos)
{
    char next = fv_ascii_lower(fv_view_char(view, pos + 1));
    return view->text[pos] == '[' && next > 'f' && next <= 'z';
}

bool fv_line_goes_on(const fv_view *view, size_t pos, bool doubled)
{
    char before = fv_view_char(view, pos - 1);
    char here = fv_view_char(view, pos);
    if (strchr(";,=:<(-", before) != NULL || strchr(";,=)>@", here) != NULL)
        return true;
    uint8_t gap = fv_view_gap(view, pos);
    bool one_line = gap != FV_GAP_PARAGRAPH || doubled;
    if (view->marks[pos].indented && one_line)
        return true;
    return fv_view_is_wrapped(view, pos) && one_line;
}
