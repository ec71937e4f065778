/* Texts in each wrapping, and what is left of them to the byte. What only looks like a wrapping
 * passes as it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "logs/read/unwrap.h"

#define COUNTED (FV_WRAP_OCTETS | FV_WRAP_COUNTED)

typedef struct row {
    uint16_t kinds;
    bool in_field;
    const char *wrapped;
    const char *text;
} row;

static const row rows[] = {
    {FV_WRAP_JSON, false, "plain text\n", "plain text\n"},
    {FV_WRAP_JSON, false, "[x]\n", "[x]\n"},
    {FV_WRAP_JSON, false, "{not json}\n", "{not json}\n"},
    {FV_WRAP_JSON, false, "{\"a\":\"one\\ntwo\"}\n", "one\vtwo\v\n"},
    {FV_WRAP_JSON, false, "{\n  \"a\": \"one\",\n  \"b\": \"two\"\n}\n", "\n\n\n\n"},
    {FV_WRAP_JSON, false, "a line before {\"a\":\"b c d\"} after\n",
     "a line before b c d\vafter\n"},
    {FV_WRAP_JSON, false, "[\"a b\",\"c d\"]\n", "a b\vc d\n"},
    {FV_WRAP_JSON, false, "{\"n\":1,\"t\":true,\"x\":null,\"s\":\"e f\"}\n", "e f\n"},
    {FV_WRAP_JSON, false, "{\"s\":\"\\u0041\\u00e4\\u20ac\\ud83d\\ude00\"}\n",
     "A\303\244\342\202\254\360\237\230\200\n"},
    {FV_WRAP_JSON, false, "{\"s\":\"\\ud83d x\"}\n", " x\n"},
    {FV_WRAP_JSON, false, "{\"s\":\"\\udc00 x\"}\n", "\357\277\275 x\n"},
    {FV_WRAP_JSON, false, "{\"s\":\"a\\tb\\/c\\\\d\\\"e\"}\n", "a b/c\\d\"e\n"},
    {FV_WRAP_JSON, false, "{\"a\":{\"b\":\"c d\"},\"e\":[\"f g\"]}\n", "c d\vf g\n"},
    {FV_WRAP_JSON, false, "{'a': 'b c'}\n", "b c\n"},
    {FV_WRAP_JSON, false, "{\"a\"=>\"b c\"}\n", "b c\n"},
    {FV_WRAP_JSON, false,
     "{\"time\":\"2019-05-14T09:22:33Z\",\"host\":\"exp-e1\",\"message\":\"SIP/2.0 504 x\"}\n",
     "SIP/2.0 504 x\n"},
    {FV_WRAP_JSON, false, "{\"log\":\"{\\\"a\\\":\\\"b c\\\"}\"}\n", "b c\n"},
    {FV_WRAP_JSON, false, "\"a\": \"b c\"\n", "b c\n"},
    {FV_WRAP_JSON, false, "\"quoted text\" x\n", "\"quoted text\" x\n"},
    {FV_WRAP_JSON, false, "{\"a\":\"b\\r\\nc\\r\\n\"}\n", "b\vc\v\n"},
    {FV_WRAP_JSON, false, "{\"a\":\"b c", "b c"},
    {FV_WRAP_JSON, false, "[[[\"a b\"]]]\n", "a b\n"},
    {FV_WRAP_JSON, false, "{\"a\":\"b c\"}{\"a\":\"d e\"}\n", "b cd e\n"},
    {FV_WRAP_JSON, false, "{\"a\":\"b c\"}\n{\"a\":\"d e\"}\n", "b c\nd e\n"},
    {FV_WRAP_JSON, false, "{\"a\":\n\"b c\"\n,\"d\":\n\"e f\"}\n",
     "{\"a\":\n\"b c\"\n,\"d\":\n\"e f\"}\n"},
    {FV_WRAP_JSON, false, "{ \"a\" : \"b c\" , \"d\" : \"e f\" }\n", "b c\v\ve f\n"},
    {FV_WRAP_JSON, false, "[{\"message\":\"x y\"},{\"message\":\"z w\"}]\n", "x y\vz w\n"},
    {FV_WRAP_JSON, false, "{\"a\":\"b c\"} tail {\"d\":\"e f\"}\n", "b c\vtail e f\n"},
    {FV_WRAP_JSON, false, "  {\"a\":\"b c\"}\n", "  b c\n"},
    {FV_WRAP_JSON, false, "{\"a\":\"\"}\n", "\n"},
    {FV_WRAP_JSON, false, "{}\n", "{}\n"},
    {FV_WRAP_JSON, false, "[]\n", "[]\n"},
    {FV_WRAP_JSON, false, "{\"description\":\"x y\",\"detail\":\"z\"}\n", "x y\n"},
    {FV_WRAP_CSV, false, "a,b,c\n", "a,b,c\n"},
    {FV_WRAP_CSV, false, "\"a \"\"b\"\" c\",d\n", "a \"b\" c\v\n"},
    {FV_WRAP_CSV, false, "1,\"x y\",2\n3,\"z\nw\",4\n", "1,\vx y\v\nz\nw\v\n"},
    {FV_WRAP_CSV, false, "\"a\";\"b c\"\n", "b c\n"},
    {FV_WRAP_CSV, false, "\"a\"\011\"b c\"\n", "b c\n"},
    {FV_WRAP_CSV, false, "a \"b\" c\n", "a \"b\" c\n"},
    {FV_WRAP_CSV, false, "\"open\n", "open\n"},
    {FV_WRAP_CSV, false, "\"a b\"\"\"\n", "a b\"\n"},
    {FV_WRAP_CSV, false, "\"a\" x,\"b\"\n", "a\" x,\"b\n"},
    {FV_WRAP_CSV, true, "in a \"\"field\"\" x\",y\n", "in a \"field\" x\v\n"},
    {FV_WRAP_QUOTED, false, "a=3Db=20c=\nd\n", "a=b c\037\nd\n"},
    {FV_WRAP_QUOTED, false, "a=zz\n", "a=zz\n"},
    {FV_WRAP_QUOTED, false, "a=3\n", "a=3\n"},
    {FV_WRAP_QUOTED, false, "=C3=A4\n", "\303\244\n"},
    {FV_WRAP_QUOTED, false, "a=0Ab\n", "a\vb\n"},
    {FV_WRAP_QUOTED, false, "a=\015\nb\n", "a\037\nb\n"},
    {FV_WRAP_QUOTED, false, "=3d=3D\n", "==\n"},
    {FV_WRAP_QUOTED, false, "a = b\n", "a = b\n"},
    {FV_WRAP_MAIL, false, "Content-Transfer-Encoding: quoted-printable\n\na=3Db\n",
     "Content-Transfer-Encoding: quoted-printable\n\na=b\n"},
    {FV_WRAP_MAIL, false, "Content-Transfer-Encoding: base64\n\nYSBiIGMgZA==\n\nx=3D\n",
     "Content-Transfer-Encoding: base64\n\na b c d\037\n\037\n\334\037\n"},
    {FV_WRAP_MAIL, false, "content-transfer-encoding: BASE64\015\n\015\nYWJj\015\nZGVm\015\n",
     "content-transfer-encoding: BASE64\015\n\015\nabc\037\ndef\037\n"},
    {FV_WRAP_MAIL, false, "Content-Transfer-Encoding: 7bit\n\na=3Db\n",
     "Content-Transfer-Encoding: 7bit\n\na=3Db\n"},
    {FV_WRAP_MAIL, false, "a=3Db\n", "a=3Db\n"},
    {FV_WRAP_MAIL, false, "Content-Transfer-Encoding: base64\n\nYWJj*ZGVm\n",
     "Content-Transfer-Encoding: base64\n\nabcdef\037\n"},
    {FV_WRAP_MAIL, false, "Content-Transfer-Encoding: base64\n\nYWI=\n--x\nyes=3D\n",
     "Content-Transfer-Encoding: base64\n\nab\037\n\037\n\311\353\334\037\n"},
    {FV_WRAP_COLOUR, false, "\033[0;31mred\033[0m\n", "red\n"},
    {FV_WRAP_COLOUR, false, "a\033[2Bb\n", "a\vb\n"},
    {FV_WRAP_COLOUR, false, "\033]0;title\007x\n", "x\n"},
    {FV_WRAP_COLOUR, false, "\033]0;t\nx\n", "\nx\n"},
    {FV_WRAP_COLOUR, false, "a\033[1\nb\n", "a\nb\n"},
    {FV_WRAP_COLOUR, false, "\033(Bx\n", "Bx\n"},
    {FV_WRAP_COLOUR, false, "\033Pq\033\\x\n", "x\n"},
    {FV_WRAP_COLOUR, false, "a\033[Hb\033[1;1fc\033[1dd\033[Ke\n", "a\vb\vc\vde\n"},
    {FV_WRAP_BARE_COLOUR, false, "[0;31mred[0m [x] [2001:db8::1]:5061 a[1\n",
     "red [x] [2001:db8::1]:5061 a[1\n"},
    {FV_WRAP_BARE_COLOUR, false, "[[31mred[m[K\n", "[red\n"},
    {FV_WRAP_BARE_COLOUR, false, "a[31", "a[31"},
    {FV_WRAP_BARE_COLOUR, false, "[0000000000000000000m\n", "[0000000000000000000m\n"},
    {FV_WRAP_BASE64, false, "YSBiIGMgZA==\n", "a b c d\037\n"},
    {FV_WRAP_JSON, false, "{\"MESSAGE\":[72,105,32,84,13,10,120]}\n", "Hi T\vx\v\n"},
    {FV_WRAP_JSON, false, "{\"MESSAGE\":[27,91,51,50,109,72,32,105,27,91,48,109]}\n", "H i\n"},
    {FV_WRAP_JSON, false, "{\"MESSAGE\":[195,164,32,120]}\n", "\303\244 x\n"},
    {FV_WRAP_JSON, false, "{\"MESSAGE\":[72,150,105,32,120]}\n", "H\226i x\n"},
    {FV_WRAP_JSON, false, "{\"MESSAGE\":[72,10,150,105]}\n", "H\v\226i\v\n"},
    {FV_WRAP_JSON, false, "{\"MESSAGE\":[72,226,128,147,105]}\n", "H\342\200\223i\n"},
    {FV_WRAP_JSON, false, "{\"messages\":[\"a b\",{\"x\":[\"c d\"]}],\"y\":\"e f\"}\n",
     "a b\vc d\ve f\n"},
    {FV_WRAP_JSON, false, "{\"a\":\"\\u001b[31mb c\\u001b[0m d\"}\n", "b c d\n"},
    {FV_WRAP_CSV, false, "1;a;\"b c\"\n2;a;\"d e\"\n", "1;a;\vb c\n2;a;\vd e\n"},
    {FV_WRAP_CSV | FV_WRAP_CSV_LINES, false, "1;a;\"b c\"\n2;a;\"d e\"\n", "1;a;\vb c\nd e\n"},
    {FV_WRAP_MAIL, false, "Content-Transfer-Encoding: base64\r\rYWJj\rZGVm\r",
     "Content-Transfer-Encoding: base64\r\rabcdef"},
    {FV_WRAP_PERCENT, false, "a%20b%3D%0Ac\n", "a b=\vc\n"},
    {FV_WRAP_PERCENT | FV_WRAP_FORM, false, "a%20b%3D%0Ac\n", "a b=\vc\n"},
    {FV_WRAP_PERCENT, false, "a+b\n", "a+b\n"},
    {FV_WRAP_PERCENT | FV_WRAP_FORM, false, "a+b\n", "a b\n"},
    {FV_WRAP_PERCENT, false, "%zz%4\n", "%zz%4\n"},
    {FV_WRAP_PERCENT | FV_WRAP_FORM, false, "%zz%4\n", "%zz%4\n"},
    {FV_WRAP_PERCENT, false, "%4a%4A%\n", "JJ%\n"},
    {FV_WRAP_PERCENT | FV_WRAP_FORM, false, "%4a%4A%\n", "JJ%\n"},
    {FV_WRAP_OCTETS, false, "7 <13>a.8 <13>b c7 <1>e 10", "<13>a.\b\v<13>b c\b\v<1>e 10"},
    {COUNTED, false, "6 <13>a.8 <13>b c67 <1>e 10", "<13>a.\v<13>b c6\v<1>e 10"},
    {COUNTED, false, "5 <13>a.8 <13>b c67 <1>e 10", "<13>a.\b\v<13>b c6\v<1>e 10"},
    {COUNTED, false, "13 <13>1234567896 <13>a.", "<13>123456789\v<13>a."},
    {COUNTED, false, "21 <13>123456789012345676 <13>a.", "<13>12345678901234567\v<13>a."},
    {COUNTED, false, "7 <13>a.\n6 <13>b\n4 <13>6 <1>cd", "<13>a.\n<13>b\n<13>\v<1>cd"},
    {COUNTED, false, "7 <13>a\r\n7 <13>b\r\n", "<13>a\r\n<13>b\r\n"},
    {COUNTED, false, "tail 66 <13>a.8 <13>a b7 <13>", "tail \v<13>a.\b\v<13>a b\b\v<13>"},
    {COUNTED, false, "7 <13>a.05 <13>b", "<13>a.0\v<13>b"},
    {COUNTED, false, "6 <13a>9 <1234>1 <>12 x<1>1 ", "6 <13a>9 <1234>1 <>12 x<1>1 "},
    {FV_WRAP_NONE, false, "6 <13>a.8 <13>b c\n", "6 <13>a.8 <13>b c\n"},
};

/* Unwraps `from` in pieces of `step` bytes. */
static void unwrap(const row *from, size_t step, char *out, size_t out_size)
{
    fv_unwrap state;
    size_t len = 0, whole = strlen(from->wrapped);
    fv_unwrap_init(&state);
    fv_unwrap_start(&state, from->kinds, from->in_field);
    for (size_t at = 0; at < whole;) {
        size_t size = whole - at < step ? whole - at : step;
        fv_bytes piece = {(const uint8_t *)from->wrapped + at, size};
        len += fv_unwrap_read(&state, &piece, (uint8_t *)out + len, out_size - len);
        at += size - piece.len;
    }
    len += fv_unwrap_finish(&state, (uint8_t *)out + len);
    out[len] = '\0';
}

static void each_wrapping_is_removed_and_nothing_else(void **state)
{
    char whole[2048], bytes[2048];
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        unwrap(&rows[i], SIZE_MAX, whole, sizeof(whole));
        unwrap(&rows[i], 1, bytes, sizeof(bytes));
        assert_string_equal(whole, rows[i].text);
        assert_string_equal(bytes, rows[i].text);
    }
}

#define BASE64_LINE "U0lQLzIuMCA1MDQgU2VydmVyIHRpbWUtb3V0DQpDYWxsLUlEOiBjMQ0K\n"

/* A source that begins in a wrapping, with a byte order mark and blanks before it or without. */
static void the_head_of_a_source_shows_its_wrapping(void **state)
{
    static const struct {
        const char *head;
        uint16_t kinds;
    } heads[] = {
        {"{\"a\": 1}", FV_WRAP_JSON},
        {"[1]", FV_WRAP_JSON},
        {" \t\r\n[1]", FV_WRAP_JSON},
        {"\xef\xbb\xbf{\"a\": 1}", FV_WRAP_JSON},
        {"\xef\xbb\xbf \n{\"a\": 1}", FV_WRAP_JSON},
        {"\xef\xbb{\"a\": 1}", FV_WRAP_NONE},
        {"x{\"a\": 1}", FV_WRAP_NONE},
        {"", FV_WRAP_NONE},
        {"a\033[0m", FV_WRAP_COLOUR},
        {"x[31ma[0m", FV_WRAP_BARE_COLOUR},
        {"x[31ma[32mb", FV_WRAP_NONE},
        {"^[[31ma^[[0m\\u001b[0m\\033[0m\\e[0m", FV_WRAP_NONE},
        {"x[0ma [5m]", FV_WRAP_BARE_COLOUR},
        {"x[ma [5m]", FV_WRAP_BARE_COLOUR},
        {"x [main] a [main] b", FV_WRAP_NONE},
        {"x[0ma[0mb", FV_WRAP_NONE},
        {BASE64_LINE, FV_WRAP_BASE64},
        {BASE64_LINE "a b\n", FV_WRAP_NONE},
        {BASE64_LINE BASE64_LINE BASE64_LINE "a b\n", FV_WRAP_NONE},
        {BASE64_LINE BASE64_LINE BASE64_LINE "a b", FV_WRAP_NONE},
        {BASE64_LINE BASE64_LINE BASE64_LINE "U0lQ", FV_WRAP_BASE64},
        {BASE64_LINE BASE64_LINE BASE64_LINE "\r\nU0lQLw==\r\n\r\n", FV_WRAP_BASE64},
        {"MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAu1SU1LfVLPHCozMx\n", FV_WRAP_NONE},
        {"U0lQLzIuMCA1MDQg\n", FV_WRAP_NONE},
        {"Content-Transfer-Encoding: base64\n", FV_WRAP_MAIL},
        {"content-transfer-encoding: quoted-printable\n", FV_WRAP_MAIL},
        {"Content-Transfer-Encoding: BASE64", FV_WRAP_MAIL},
        {"Content-Transfer-Encoding: 7bit\n", FV_WRAP_NONE},
        {"Content-Type: base64\n", FV_WRAP_NONE},
        {"121 <134>1 2026-", FV_WRAP_OCTETS},
        {"\xef\xbb\xbf"
         "121 <134>1 2026-",
         FV_WRAP_OCTETS},
        {"1x <134>1 2026-", FV_WRAP_NONE},
        {"<134>1 2026-", FV_WRAP_NONE},
        {"6 <13>a.7 <13>a b", COUNTED},
        {"6 <13>a.7 <13>a b4 <13>", COUNTED},
        {"6 <13>a.8 <13>a b4 <13>", FV_WRAP_OCTETS},
        {"tail 66 <13>a.7 <13>a b", COUNTED},
        {"tail 67 <13>a.7 <13>a b", FV_WRAP_NONE},
        {"tail 6 <13>a.7 <1345>a b", FV_WRAP_NONE},
        {"tail 0 <13>a.7 <13>a b", FV_WRAP_NONE},
        {"7 <13>a.17 <13>a b", FV_WRAP_OCTETS | FV_WRAP_COUNTED},
        {"7 <13>a.10 <13>a b", FV_WRAP_OCTETS},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
        fv_bytes head = {(const uint8_t *)heads[i].head, strlen(heads[i].head)};
        if (fv_unwrap_kinds_of_head(head) != heads[i].kinds)
            fail_msg("%s: %u", heads[i].head, fv_unwrap_kinds_of_head(head));
    }
}

/* Values of a record that are no part of the log: a time, or a word where its name tells it. */
static void times_and_words_are_about_an_entry(void **state)
{
    static const struct {
        const char *value;
        bool is_about, is_about_if_named;
    } values[] = {
        {"Mar 5, 2024 @ 10:15:01.123", true, true},
        {"3/5/2024, 9:15:01 AM", true, true},
        {"Mar", false, true},
        {"Mar ", false, false},
        {"Mar x", false, false},
        {"Mar 5", true, true},
        {"Ma 5", false, false},
        {"Ma1 5", false, false},
        {"1ar 5", false, false},
        {"12", true, true},
        {"12 AM", true, true},
        {"12 PM", true, true},
        {"12 AX", false, false},
        {" AM", false, false},
        {"AM", false, true},
        {"exp-e1", false, true},
        {"exp e1", false, false},
        {"exp:", false, false},
        {"2019-05-14T09:22:33Z", true, true},
        {"2019-05-14 09:22:33", true, true},
        {"+02:00", false, true},
        {"-5", false, true},
        {"5x", false, true},
        {"", false, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        const uint8_t *value = (const uint8_t *)values[i].value;
        size_t len = strlen(values[i].value);
        if (fv_unwrap_is_about(value, len, false) != values[i].is_about ||
            fv_unwrap_is_about(value, len, true) != values[i].is_about_if_named)
            fail_msg("%s", values[i].value);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_wrapping_is_removed_and_nothing_else),
        cmocka_unit_test(times_and_words_are_about_an_entry),
        cmocka_unit_test(the_head_of_a_source_shows_its_wrapping),
    };
    return cmocka_run_group_tests_name("logs/unwrap", tests, NULL, NULL);
}
