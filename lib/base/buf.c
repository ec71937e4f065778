#include "base/buf.h"

#include "base/grow.h"
#include "base/size.h"

#include <stdlib.h>
#include <string.h>

void fv_buf_init(fv_buf *buf)
{
    memset(buf, 0, sizeof(*buf));
}

void fv_buf_clear(fv_buf *buf)
{
    free(buf->data);
    fv_buf_init(buf);
}

/* Makes room for `more` characters and the NUL after them. */
static bool reserve(fv_buf *buf, size_t more)
{
    size_t wanted;
    if (!fv_size_add(buf->len, more, &wanted) || !fv_size_add(wanted, 1, &wanted))
        return false;
    char *data = fv_grow(buf->data, wanted, &buf->capacity, 1);
    if (data == NULL)
        return false;
    buf->data = data;
    return true;
}

void fv_buf_append(fv_buf *buf, const char *data, size_t data_len)
{
    if (buf->failed)
        return;
    if (!reserve(buf, data_len)) {
        buf->failed = true;
        return;
    }
    if (data_len > 0)
        memcpy(buf->data + buf->len, data, data_len);
    buf->len += data_len;
    buf->data[buf->len] = '\0';
}

void fv_buf_append_text(fv_buf *buf, const char *text)
{
    if (text != NULL)
        fv_buf_append(buf, text, strlen(text));
}

void fv_buf_append_char(fv_buf *buf, char c)
{
    fv_buf_append(buf, &c, 1);
}

void fv_buf_append_u64(fv_buf *buf, uint64_t value)
{
    char digits[20];
    size_t first = sizeof(digits);
    do {
        digits[--first] = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    fv_buf_append(buf, digits + first, sizeof(digits) - first);
}

void fv_buf_append_i64(fv_buf *buf, int64_t value)
{
    if (value < 0)
        fv_buf_append_char(buf, '-');
    fv_buf_append_u64(buf, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

void fv_buf_append_hex(fv_buf *buf, fv_bytes bytes)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < bytes.len; i++) {
        const char pair[2] = {digits[bytes.data[i] >> 4], digits[bytes.data[i] & 15]};
        fv_buf_append(buf, pair, sizeof(pair));
    }
}

char *fv_buf_take(fv_buf *buf, size_t *out_len)
{
    fv_buf_append(buf, "", 0); /* an empty text is handed over as "" */
    if (buf->failed) {
        fv_buf_clear(buf);
        return NULL;
    }
    char *data = buf->data;
    if (out_len != NULL)
        *out_len = buf->len;
    fv_buf_init(buf);
    return data;
}

fedval_status fv_buf_hand_over(fv_buf *buf, char **out_text, size_t *out_len)
{
    size_t len = 0;
    char *text = fv_buf_take(buf, &len);
    if (text == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    *out_text = text;
    if (out_len != NULL)
        *out_len = len;
    return FEDVAL_OK;
}
