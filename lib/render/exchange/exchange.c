#include "render/exchange/exchange.h"

#include "model/finding.h"
#include "render/text/expiry.h"
#include "render/text/utf8.h"

fedval_status fv_exchange(fv_exchange_write write, const fedval_report *const *reports,
                          size_t num_reports, char **out_text, size_t *out_len)
{
    fv_buf buf;
    if (!fv_reports_are_there(reports, num_reports) || out_text == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (!fv_reports_make_texts(reports, num_reports))
        return FEDVAL_ERROR_NO_MEMORY;
    fv_buf_init(&buf);
    write(&buf, reports, num_reports);
    return fv_buf_hand_over(&buf, out_text, out_len);
}

/* U+FFFE and U+FFFF are no characters, and XML refuses them. */
static bool is_shown_as_is(uint32_t c)
{
    return !fv_utf8_is_hidden(c) && c != 0xFFFE && c != 0xFFFF;
}

void fv_exchange_text(fv_buf *buf, const char *text, void (*put)(fv_buf *buf, fv_text character))
{
    static const fv_text blank = {" ", 1}, replacement = {"\xEF\xBF\xBD", 3};
    fv_text rest = fv_text_of(text);
    while (rest.len > 0) {
        uint32_t c = 0;
        size_t len = fv_utf8_decode(rest, &c);
        if (c == '\n' || c == '\r' || c == '\t')
            put(buf, blank);
        else if (len == 0 || !is_shown_as_is(c))
            put(buf, replacement);
        else
            put(buf, (fv_text){rest.data, len});
        len += len == 0;
        rest.data += len;
        rest.len -= len;
    }
}

void fv_exchange_place(fv_buf *buf, const fv_where *where,
                       void (*put)(fv_buf *buf, fv_text character))
{
    if (where->target != NULL)
        fv_exchange_text(buf, where->target, put);
    if (where->port != 0) {
        fv_buf_append_char(buf, ':');
        fv_buf_append_u64(buf, where->port);
    }
    if (where->address != NULL) {
        fv_buf_append_text(buf, where->target != NULL || where->port != 0 ? " " : "");
        fv_exchange_text(buf, where->address, put);
    }
}

void fv_exchange_requirement(fv_buf *buf, uint32_t requirement)
{
    fv_buf_append_char(buf, 'R');
    fv_buf_append_u64(buf, requirement);
}
