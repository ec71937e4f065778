#include "render/json/json.h"

#include "base/base64.h"
#include "base/calendar.h"
#include "render/text/utf8.h"

#include <string.h>

void fv_json_init(fv_json *json)
{
    memset(json, 0, sizeof(*json));
    fv_buf_init(&json->buf);
}

fedval_status fv_json_finish(fv_json *json, char **out_json, size_t *out_len)
{
    return fv_buf_hand_over(&json->buf, out_json, out_len);
}

/* ---- strings (RFC 8259 7) ---- */

static void put_escape(fv_buf *buf, unsigned char c)
{
    static const char digits[] = "0123456789abcdef";
    static const struct {
        char c, letter;
    } letters[] = {{'"', '"'}, {'\\', '\\'}, {'\n', 'n'}, {'\r', 'r'}, {'\t', 't'}};
    fv_buf_append_char(buf, '\\');
    for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]); i++) {
        if ((char)c == letters[i].c) {
            fv_buf_append_char(buf, letters[i].letter);
            return;
        }
    }
    const char unicode[] = {'u', '0', '0', digits[c >> 4], digits[c & 15]};
    fv_buf_append(buf, unicode, sizeof(unicode));
}

/* DEL is escaped too: JSON allows it as it is, but terminals do not show it. */
static bool is_plain(char c)
{
    unsigned char byte = (unsigned char)c;
    return byte >= ' ' && byte != '"' && byte != '\\' && byte != 0x7f;
}

static void put_unit(fv_buf *buf, uint32_t unit)
{
    static const char digits[] = "0123456789abcdef";
    const char unicode[] = {'\\',
                            'u',
                            digits[unit >> 12 & 15],
                            digits[unit >> 8 & 15],
                            digits[unit >> 4 & 15],
                            digits[unit & 15]};
    fv_buf_append(buf, unicode, sizeof(unicode));
}

/* Writes `c` as UTF-16 escapes, as RFC 8259 section 7 asks: U+1F600 becomes \ud83d\ude00. */
static void put_hidden(fv_buf *buf, uint32_t c)
{
    if (c > 0xffff) {
        put_unit(buf, 0xd800 + ((c - 0x10000) >> 10));
        c = 0xdc00 + ((c - 0x10000) & 0x3ff);
    }
    put_unit(buf, c);
}

/* The length in bytes of the hidden character at the start of `text`; 0: there is none. */
static size_t hidden_at(fv_text text, uint32_t *out)
{
    size_t len = (unsigned char)text.data[0] < 0x80 ? 0 : fv_utf8_decode(text, out);
    return len > 0 && fv_utf8_is_hidden(*out) ? len : 0;
}

static size_t count_plain(fv_text text)
{
    size_t len = 0;
    uint32_t c;
    while (len < text.len && is_plain(text.data[len]) &&
           hidden_at((fv_text){text.data + len, text.len - len}, &c) == 0)
        len++;
    return len;
}

/* Escapes every character that a terminal would act on or that a reader cannot see, because people
 * look at JSON on a terminal too. */
static void put_string(fv_buf *buf, fv_text text)
{
    fv_buf_append_char(buf, '"');
    while (text.len > 0) {
        size_t plain = count_plain(text);
        uint32_t c;
        fv_utf8_append_repaired(buf, (fv_text){text.data, plain});
        if (plain < text.len) {
            size_t hidden = hidden_at((fv_text){text.data + plain, text.len - plain}, &c);
            if (hidden > 0)
                put_hidden(buf, c);
            else
                put_escape(buf, (unsigned char)text.data[plain]);
            plain += hidden > 0 ? hidden : 1;
        }
        text.data += plain;
        text.len -= plain;
    }
    fv_buf_append_char(buf, '"');
}

/* ---- values ---- */

static void begin_value(fv_json *json, const char *key)
{
    if (json->has_items)
        fv_buf_append_char(&json->buf, ',');
    json->has_items = true;
    if (key == NULL)
        return;
    put_string(&json->buf, fv_text_of(key));
    fv_buf_append_char(&json->buf, ':');
}

static void open_container(fv_json *json, const char *key, char opener, char closer)
{
    begin_value(json, key);
    fv_buf_append_char(&json->buf, opener);
    json->closers[json->depth++] = closer;
    json->has_items = false;
}

void fv_json_object(fv_json *json, const char *key)
{
    open_container(json, key, '{', '}');
}

void fv_json_array(fv_json *json, const char *key)
{
    open_container(json, key, '[', ']');
}

void fv_json_end(fv_json *json)
{
    fv_buf_append_char(&json->buf, json->closers[--json->depth]);
    json->has_items = true;
}

void fv_json_null(fv_json *json, const char *key)
{
    begin_value(json, key);
    fv_buf_append_text(&json->buf, "null");
}

void fv_json_bool(fv_json *json, const char *key, bool value)
{
    begin_value(json, key);
    fv_buf_append_text(&json->buf, value ? "true" : "false");
}

void fv_json_i64(fv_json *json, const char *key, int64_t value)
{
    begin_value(json, key);
    fv_buf_append_i64(&json->buf, value);
}

void fv_json_run(fv_json *json, const char *key, fv_text value)
{
    if (value.data == NULL) {
        fv_json_null(json, key);
        return;
    }
    begin_value(json, key);
    put_string(&json->buf, value);
}

void fv_json_text(fv_json *json, const char *key, const char *value)
{
    fv_json_run(json, key, fv_text_given(value, FEDVAL_NUL_ENDED));
}

void fv_json_text_if(fv_json *json, const char *key, const char *value)
{
    if (value != NULL)
        fv_json_text(json, key, value);
}

void fv_json_time(fv_json *json, const char *key, int64_t value)
{
    char text[FV_CALENDAR_TEXT_SIZE];
    fv_calendar_format(value, text);
    fv_json_text(json, key, text[0] == '\0' ? NULL : text);
}

void fv_json_base64(fv_json *json, const char *key, fv_bytes value)
{
    begin_value(json, key);
    fv_buf_append_char(&json->buf, '"');
    fv_base64_encode(&json->buf, value);
    fv_buf_append_char(&json->buf, '"');
}
